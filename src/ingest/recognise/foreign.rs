//! Tables that are no inventory: objects of a type that says nothing here, and what the rows of others quote.

use super::dialect::Dialects;
use super::found::Recognition;
use crate::ingest::cell;
use crate::ingest::table::Grid;
use crate::model::{Arg, Identity, Phrase, say};

/// The namespaces of VMM and Hyper-V: what has a type of theirs is a list of nothing else.
const NAMESPACES: &[&str] =
    &["Microsoft.SystemCenter.VirtualMachineManager.", "Microsoft.HyperV.", "Microsoft.VirtualManager."];

/// Says of a table of VMM's or Hyper-V's own objects, such as boot orders, that nothing is read from its type.
pub(super) fn foreign_type(grid: &Grid, dialects: &Dialects) -> Option<Recognition> {
    let name = grid.type_name.as_deref()?;
    let is_theirs = NAMESPACES.iter().any(|namespace| name.starts_with(namespace));
    let is_known =
        dialects.known.iter().flat_map(|dialect| &dialect.type_names).any(|tail| name.ends_with(tail.as_str()));
    (is_theirs && !is_known).then(|| Recognition::NotInventory {
        taken_for: format!("objects of type {}", name.rsplit('.').next().unwrap_or(name)),
        why: say!(
            "Objects of type {name} say nothing of machines, hosts or clouds that is read.",
            name = Arg::named(Identity::Term, name)
        ),
        doubt: None,
    })
}

/// How many rows a caution quotes.
const QUOTED: usize = 5;

/// A caution with what the first rows below the headings say.
pub(super) fn with_rows(caution: &str, grid: &Grid, first_row: usize) -> Phrase {
    let said = |index: usize| {
        let texts = grid.row(index).cells().filter_map(|(_, value)| cell::text(value).ok());
        Arg::List(texts.map(|text| Arg::Named(Identity::Free, text)).collect())
    };
    let rows = first_row..grid.row_count();
    let quoted = rows.clone().take(QUOTED).map(said).collect();
    let more = match rows.len().saturating_sub(QUOTED) {
        0 => Arg::Word(""),
        more => say!("; and {more} more", more).into(),
    };
    say!("{caution}: {rows}{more}", caution = Arg::wording(caution), rows = Arg::Items(quoted), more)
}
