//! Tables that count machines by what they have in common: whatever stands in the place of a name there, it names none.

use std::collections::BTreeSet;

use super::fit::Sample;
use super::identify::Candidate;
use super::naming::Naming;
use super::reading::Reading;
use super::summaries::Summaries;
use crate::ingest::cell;
use crate::ingest::table::Value;
use crate::model::Field;

/// Whether the rows of a reading are groups of machines.
pub(super) fn sums_up(words: &Summaries, reading: &Reading<'_>, candidate: &Candidate, sample: &Sample<'_>) -> bool {
    let Some(name) = reading.giving(Field::VmName).map(|one| one.column) else { return false };
    let cells = sample.cells(name);
    if cells.is_empty() {
        return false;
    }
    if cells.iter().all(|value| whole(*value).is_some()) {
        return words.counts(candidate.text(name)) || groups(reading, candidate, sample, name);
    }
    let is_plain = reading.base.naming == Naming::Plain;
    let is_counted = has_counts(words, candidate, sample);
    let are_systems = cells.iter().all(|value| is_system(words, *value)) && cells.iter().any(is_word);
    (are_systems && (is_counted || !is_plain)) || (is_counted && !is_plain && !tells_of_one(reading))
}

/// Whether a reading gives what a single machine has and a group of them has not.
fn tells_of_one(reading: &Reading<'_>) -> bool {
    let of_one = [Field::Generation, Field::DiskSize, Field::OsDiskSize, Field::NicMac, Field::SecureBoot];
    of_one.into_iter().any(|field| reading.giving(field).is_some_and(|one| one.fit.read > 0))
}

/// Whether a table is of groups by its headings and cells alone: one column says of what, another how many.
pub(super) fn is_pivot(words: &Summaries, candidate: &Candidate, sample: &Sample<'_>) -> bool {
    let texts = || candidate.headings.iter().map(|(_, heading)| &heading.text);
    texts().any(|heading| words.is_label(heading))
        || (texts().count() < 4 && !sample.is_empty() && has_counts(words, candidate, sample))
}

/// Whether a column tells how many each row stands for; each of one is a list, and 1, 2, 3 are its numbers.
fn has_counts(words: &Summaries, candidate: &Candidate, sample: &Sample<'_>) -> bool {
    candidate.headings.iter().filter(|(_, heading)| words.counts(&heading.text)).any(|(column, _)| {
        let numbers: Option<Vec<u64>> = sample.cells(*column).iter().map(|value| whole(*value)).collect();
        numbers.is_some_and(|numbers| {
            !(numbers.iter().all(|number| *number == 1) || numbers.len() > 2 && are_running(&numbers))
        })
    })
}

fn is_system(words: &Summaries, value: Value<'_>) -> bool {
    let Value::Text(text) = value else { return false };
    words.is_system(text) || cell::is_total(text.trim()) || cell::text(value).is_err()
}

fn is_word(value: &Value<'_>) -> bool {
    cell::text(*value).is_ok_and(|text| !cell::is_total(&text))
}

/// What a table's rows may be grouped by.
const GROUPED_BY: &[Field] = &[
    Field::GuestOs,
    Field::VmHost,
    Field::VmCluster,
    Field::VmCloud,
    Field::Owner,
    Field::Department,
    Field::Environment,
    Field::Application,
    Field::Site,
];

/// Whether numbers in the place of names go with texts that each stand once, as counts do with what they count.
fn groups(reading: &Reading<'_>, candidate: &Candidate, sample: &Sample<'_>, name: u16) -> bool {
    let numbers: Vec<u64> = sample.cells(name).iter().filter_map(|value| whole(*value)).collect();
    if are_running(&numbers) || numbers.iter().any(|number| *number > 9999) {
        return false;
    }
    let given = |column: u16| reading.columns.iter().find(|one| one.column == column).map(|one| one.claim.field);
    candidate.headings.iter().filter(|(column, _)| *column != name).any(|(column, _)| {
        let cells = sample.cells(*column);
        let mut seen = BTreeSet::new();
        given(*column).is_none_or(|field| GROUPED_BY.contains(&field))
            && cells.len() == numbers.len()
            && cells
                .iter()
                .all(|value| matches!(value, Value::Text(text) if is_word(value) && seen.insert(text.trim())))
    })
}

/// Whether numbers only go up, as those that a list is numbered by do.
fn are_running(numbers: &[u64]) -> bool {
    numbers.len() > 1 && numbers.windows(2).all(|pair| pair[0] + 1 == pair[1])
}

fn whole(value: Value<'_>) -> Option<u64> {
    cell::long_count(value, &cell::culture::Culture::Unsettled).ok()
}
