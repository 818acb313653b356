//! Lists of machines whose heading of names is not known: the one column in which each row has a word of its own names them.

use std::collections::BTreeSet;

use super::chosen::Chosen;
use super::claims::{Claim, Source, plain};
use super::fit::{Fit, Sample};
use super::identify::Candidate;
use super::reading::Reading;
use crate::ingest::cell;
use crate::ingest::columns::Unit;
use crate::ingest::table::Value;
use crate::model::{Arg, Field, Identity, say};

/// Facts that machines have, of which a list has an operating system and two more.
const FACTS: &[Field] = &[
    Field::Vcpus,
    Field::Memory,
    Field::DiskTotal,
    Field::DiskProvisioned,
    Field::DiskSize,
    Field::OsDiskSize,
    Field::Generation,
];

/// Takes a column for the names of machines where the others tell what machines have, and whether there is one.
pub(super) fn adopt(reading: &mut Reading<'_>, candidate: &Candidate, sample: &Sample<'_>) -> bool {
    let gives = |field: Field| reading.columns.iter().any(|one| one.claim.field == field && one.fit.read > 0);
    if !gives(Field::GuestOs) || FACTS.iter().filter(|field| gives(**field)).count() < 2 {
        return false;
    }
    let rows = reading.columns.iter().map(|one| sample.cells(one.column).len()).max().unwrap_or(0);
    let is_free =
        |column: u16| reading.columns.iter().all(|one| one.column != column || one.claim.field == Field::ComputerName);
    let mut columns = candidate.headings.iter().map(|(column, _)| *column);
    let Some(column) = columns.find(|column| is_free(*column) && are_names(sample.cells(*column), rows)) else {
        return false;
    };
    reading.columns.retain(|one| one.column != column);
    reading.lost.retain(|one| one.column != column);
    let claim = Claim { source: Source::Words, ..plain(Field::VmName) };
    let fit = Fit::of(sample.cells(column), Field::VmName, Unit::None);
    reading.columns.push(Chosen { column, claim, fit, is_blank: false, has_noughts: false, times: None });
    reading.notes.push(say!(
        "No heading is one of names; `{heading}` is read as the names of the machines, for each row has a word of its own there.",
        heading = Arg::named(Identity::Heading, candidate.text(column))
    ));
    true
}

/// Whether cells are words that each stand once in every row, and most are such as machines are called by.
fn are_names(cells: &[Value<'_>], rows: usize) -> bool {
    let mut seen = BTreeSet::new();
    let is_word = |value: &Value<'_>| match value {
        Value::Text(text) => {
            let text = text.trim();
            let is_plain = !text.contains(char::is_whitespace) && text.chars().any(char::is_alphabetic);
            is_plain
                && !cell::is_path(text)
                && !cell::is_guid(text)
                && cell::mac(*value).is_err()
                && seen.insert(text.to_lowercase())
        }
        Value::Number(_) | Value::Bool(_) | Value::Date(_) | Value::Error(_) => false,
    };
    let is_coded = |value: &&Value<'_>| matches!(value, Value::Text(text) if text.contains(|sign: char| sign.is_ascii_digit() || matches!(sign, '-' | '_')));
    let are_addresses = || cells.iter().any(|value| cell::addresses(*value).is_ok());
    !cells.is_empty()
        && cells.len() >= rows
        && cells.iter().all(is_word)
        && cells.iter().filter(is_coded).count() * 2 > cells.len()
        && !are_addresses()
}
