//! What a column that is not used may hold: by a heading that means it elsewhere, by words that are nearly those of a known
//! heading, or by what its cells look like.

use std::collections::BTreeSet;

use super::claims::{Base, Claim, claims};
use super::fit::Fit;
use super::generic::{Generic, reads};
use super::heading::Heading;
use super::meaning::Meaning;
use super::naming::Naming;
use crate::ingest::cell::form::Form;
use crate::ingest::columns::{RowKind, Unit};
use crate::ingest::table::Value;
use crate::model::{Arg, Field, Phrase, letters_apart, say};

/// Letters by which a heading may differ from a known one, as a share of its length: one of this many.
const LETTERS: usize = 5;
/// A heading shorter than this is like too many others.
const SHORTEST: usize = 5;
/// A heading longer than this is a text.
const LONGEST: usize = 100;
/// Cells of which all must look alike before they tell what a column holds.
const CELLS: usize = 2;

/// A column without a use, in a table whose rows speak of something.
pub(super) struct Unused<'a> {
    pub(super) heading: &'a str,
    /// Its first cells.
    pub(super) cells: &'a [Value<'a>],
    /// What a row speaks of; `None` where the table is not understood.
    pub(super) rows: Option<RowKind>,
    /// The fields that other columns give.
    pub(super) given: &'a BTreeSet<Field>,
}

/// The field that a column without a use comes nearest to, and why, as a sentence.
pub(super) fn nearest(unused: &Unused<'_>, generic: &Generic) -> Option<(Field, Phrase)> {
    if unused.heading.len() > LONGEST {
        return None;
    }
    let heading = Heading::of(unused.heading);
    elsewhere(unused, &heading, generic).or_else(|| alike(unused, &heading, generic)).or_else(|| by_cells(unused))
}

impl Unused<'_> {
    /// Whether the column could give a field that no other gives.
    fn may_give(&self, field: Field) -> bool {
        self.rows.is_none_or(|rows| reads(rows, field)) && !self.given.contains(&field)
    }

    /// Whether its cells, if it has any, can be read as a field.
    fn fits(&self, field: Field, unit: Unit) -> bool {
        // A path may be that of anything but for its ending.
        let is_disk =
            |value: &Value<'_>| matches!(value, Value::Text(text) if text.to_ascii_lowercase().contains(".vhd"));
        if field == Field::DiskPath && !self.cells.iter().all(is_disk) {
            return false;
        }
        let fit = Fit::of(self.cells, field, unit);
        self.cells.is_empty() || (fit.read > 0 && fit.read >= fit.unread)
    }
}

/// A heading that means something in another kind of table.
fn elsewhere(unused: &Unused<'_>, heading: &Heading, generic: &Generic) -> Option<(Field, Phrase)> {
    generic.kinds.iter().find_map(|kind| {
        let base = Base { dialect: None, kind: Some(kind), rows: kind.rows, naming: Naming::Loose };
        let fits = |claim: &Claim| unused.may_give(claim.field) && unused.fits(claim.field, claim.unit);
        let claim = claims(heading, &base, generic, None).into_iter().find(fits)?;
        let (fact, table) = (claim.field, Arg::wording(&kind.title));
        Some((fact, say!("In a table that is read as {table} its heading means {fact}.", table, fact)))
    })
}

/// A heading that has nearly all of its letters, or most of its words, in common with a known one.
fn alike(unused: &Unused<'_>, heading: &Heading, generic: &Generic) -> Option<(Field, Phrase)> {
    let kind = unused.rows.and_then(|rows| generic.kind_for(rows)).map(|kind| &kind.headings);
    let known = || [kind, Some(&generic.own), Some(&generic.headings)].into_iter().flatten();
    let letters: Vec<char> = heading.key.chars().collect();
    let mut near: Vec<(usize, &Meaning)> = Vec::new();
    for (key, meaning) in known().flat_map(|meanings| &meanings.by_key).filter(|(key, _)| key.len() >= SHORTEST) {
        let key: Vec<char> = key.chars().collect();
        let may_be = letters.len() >= SHORTEST && key.len().abs_diff(letters.len()) * LETTERS <= letters.len();
        if may_be && unused.may_give(meaning.field) {
            near.push((letters_apart(&letters, &key), meaning));
        }
    }
    // Any text fits a field of texts, so that the heading must tell more of it.
    let most =
        |field: Field| if matches!(Form::of(field), Form::Text | Form::Place) { 1 } else { letters.len() / LETTERS };
    near.retain(|(apart, meaning)| *apart <= most(meaning.field));
    if let Some(field) = closest(unused, near) {
        return Some((field, say!("Its heading is nearly one of {field}.", field)));
    }
    let words: Vec<&str> = heading.bag.as_ref()?.key.split(' ').collect();
    let mut near: Vec<(usize, &Meaning)> = Vec::new();
    for (known, meaning) in known().flat_map(|meanings| &meanings.by_words) {
        let Some(meaning) = meaning.as_ref().filter(|meaning| unused.may_give(meaning.field)) else { continue };
        // Each word stands once in either.
        let shared = known.split(' ').filter(|word| words.contains(word)).count();
        let all = words.len() + known.split(' ').count() - shared;
        // Two words at least, and no more than a third of all on one side only; any text is one.
        if shared >= 2 && shared * 3 >= all * 2 && !matches!(Form::of(meaning.field), Form::Text | Form::Place) {
            near.push((all - shared, meaning));
        }
    }
    closest(unused, near).map(|field| (field, say!("Most words of its heading are those of {field}.", field)))
}

/// The field of the nearest meaning that the column's cells go with; of equals the field that is declared first.
fn closest(unused: &Unused<'_>, mut near: Vec<(usize, &Meaning)>) -> Option<Field> {
    near.sort_by_key(|(apart, meaning)| (*apart, meaning.field));
    near.into_iter()
        .map(|(_, meaning)| meaning)
        .find(|meaning| unused.fits(meaning.field, meaning.unit))
        .map(|meaning| meaning.field)
}

/// Fields of which the cells alone tell, whatever the heading.
const TOLD_BY_CELLS: &[Field] =
    &[Field::NicMac, Field::NicAddresses, Field::DiskPath, Field::PowerState, Field::Architecture, Field::DiskFormat];

fn by_cells(unused: &Unused<'_>) -> Option<(Field, Phrase)> {
    let field = TOLD_BY_CELLS.iter().copied().find(|field| {
        let fit = Fit::of(unused.cells, *field, Unit::None);
        let looks_like = fit.read >= CELLS && fit.unread == 0 && unused.fits(*field, Unit::None);
        unused.rows.is_some() && unused.may_give(*field) && looks_like
    })?;
    Some((field, say!("Its cells look like {field}.", field)))
}
