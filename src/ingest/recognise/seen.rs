//! What was made of each column of a table, used or not.

use std::collections::BTreeSet;

use super::advice::{Placed, advice};
use super::dialect::Dialects;
use super::fit::Sample;
use super::found::{Recognised, Recognition};
use super::generic::Generic;
use super::identify::{Candidate, candidates};
use super::meaning::look_up;
use super::near::{Unused, nearest};
use super::written::written;
use crate::ingest::cell::Unread;
use crate::ingest::cell::form::Form;
use crate::ingest::columns::ColumnUse;
use crate::ingest::table::{Grid, Value};
use crate::model::{Arg, ColumnSeen, Field, Rival, say};

/// How many different values of a column are shown.
const SAMPLES: usize = 3;

/// Rows of a table that was not understood that are looked at for headings.
const ROWS_SEARCHED: usize = 10;

/// Columns of a table that are shown where it is not understood: a workbook may hold millions.
const SHOWN: usize = 300;

/// Columns of a table that are likened to what is known.
const LIKENED: usize = 2000;

/// Headings that a row must have, to be taken for the headings of a table that was not understood.
const HEADINGS: usize = 2;

/// Every column that has a heading, with what it gives, what its cells hold, and what to do where it is not used.
pub(in crate::ingest) fn columns(
    grid: &Grid,
    recognition: &Recognition,
    file: &str,
    dialects: &Dialects,
) -> Vec<ColumnSeen> {
    let found = match recognition {
        Recognition::Table(found) => Some(&**found),
        Recognition::NotInventory { .. } | Recognition::NotRecognised { .. } => None,
    };
    let candidate = match recognition {
        Recognition::Table(found) => Some(Candidate::under(found.header.clone(), found.first_data_row)),
        Recognition::NotRecognised { .. } => headings(grid, &dialects.generic).map(|candidate| {
            let header = candidate.header.into_iter().take(SHOWN).collect();
            Candidate::under(header, candidate.first_data_row)
        }),
        Recognition::NotInventory { .. } => grid.header.clone().map(|header| Candidate::under(header, 0)),
    };
    let Some(candidate) = candidate else { return Vec::new() };
    let used = found.map_or(&[][..], |found| &found.columns[..]);
    let (mut columns, unreadable) = counted(grid, &candidate, used);
    columns.retain(|seen| !seen.heading.is_empty());
    let sample = Sample::of(grid, &candidate);
    let given: BTreeSet<Field> = used.iter().map(|one| one.field).collect();
    let place = Placed { file, sheet: &grid.sheet };
    for (number, seen) in columns.iter_mut().enumerate() {
        let cells = sample.cells(seen.column);
        if let Some(found) = found {
            tell(seen, found, &candidate);
        }
        // What is told of a column is surer than a likeness.
        let is_told = found.is_some_and(|found| found.told.iter().any(|told| told.column == seen.column));
        if let Recognition::NotInventory { taken_for, .. } = recognition {
            seen.why = say!("Nothing of {export} is looked for.", export = Arg::wording(taken_for));
            seen.advice = "Nothing is to be done; the table is not read.".into();
            continue;
        }
        if seen.field.is_none()
            && found.is_some_and(|found| found.rows.tells_of_machines())
            && dialects.carries(&seen.heading)
        {
            seen.why = "It is carried through to the machines, as the configuration asks.".into();
            seen.nearest = None;
            continue;
        }
        if seen.field.is_none() && !is_told {
            let unused = Unused { heading: &seen.heading, cells, rows: found.map(|found| found.rows), given: &given };
            let is_looked_at = number < LIKENED && seen.values > 0;
            let near = is_looked_at.then(|| nearest(&unused, &dialects.generic)).flatten();
            seen.why = match near {
                Some((field, why)) => {
                    seen.nearest = Some(field);
                    why
                }
                None if seen.values == 0 => "It holds nothing.".into(),
                None if number >= LIKENED => {
                    say!("It was likened to nothing: only the first {count} columns of a table are.", count = LIKENED)
                }
                None => "Its heading means nothing that is looked for here.".into(),
            };
        }
        let bad = unreadable.iter().find(|(column, _)| *column == seen.column).map(|(_, text)| text.as_str());
        seen.advice = advice(seen, found, cells, bad, &place);
    }
    columns
}

/// The columns below some headings with their cells counted, and the first cell of each that cannot be read.
fn counted(grid: &Grid, candidate: &Candidate, used: &[ColumnUse]) -> (Vec<ColumnSeen>, Vec<(u16, String)>) {
    let mut columns: Vec<ColumnSeen> = Vec::new();
    let mut unreadable: Vec<(u16, String)> = Vec::new();
    for (column, heading) in (0_u16..).zip(&candidate.header) {
        let known = used.iter().find(|one| one.column == column);
        columns.push(ColumnSeen {
            table: 0,
            column,
            heading: heading.clone(),
            field: known.map(|one| one.field),
            number: known.and_then(|one| one.number),
            unit: known.map_or("", |one| one.unit.title()),
            why: "".into(),
            values: 0,
            blank: 0,
            unreadable: 0,
            samples: Vec::new(),
            nearest: None,
            advice: "".into(),
            rivals: Vec::new(),
        });
    }
    let mut rows = 0;
    for row in (candidate.first_data_row..grid.row_count()).map(|index| grid.row(index)).filter(|row| !row.is_blank()) {
        rows += 1;
        for (column, value) in row.cells() {
            if let Some(seen) = columns.get_mut(usize::from(column)) {
                seen.values += 1;
                sample(&mut seen.samples, value);
                if used.iter().find(|one| one.column == column).is_some_and(|known| is_unreadable(known, value)) {
                    if seen.unreadable == 0 {
                        unreadable.push((column, written(value)));
                    }
                    seen.unreadable += 1;
                }
            }
        }
    }
    for seen in &mut columns {
        seen.blank = rows - seen.values;
    }
    (columns, unreadable)
}

/// The row of a table that was not understood that is likest to hold its headings: it has the most that are known, or the
/// most of any.
fn headings(grid: &Grid, generic: &Generic) -> Option<Candidate> {
    let known = |candidate: &Candidate| {
        let maps = || generic.kinds.iter().map(|kind| &kind.headings).chain([&generic.own, &generic.headings]);
        let is_known = |heading: &super::heading::Heading| {
            maps().any(|meanings| look_up(&meanings.by_key, &heading.forms, None).is_some())
        };
        candidate.headings.iter().filter(|(_, heading)| is_known(heading)).count()
    };
    let rows = candidates(grid).into_iter().take(ROWS_SEARCHED);
    let rows = rows.filter(|row| row.headings.len() >= HEADINGS && row.first_data_row < grid.row_count().max(1));
    let counted = rows.map(|candidate| ((known(&candidate), candidate.headings.len()), candidate));
    // Of equals the row above.
    counted.reduce(|best, other| if other.0 > best.0 { other } else { best }).map(|(_, candidate)| candidate)
}

/// Adds why a column is read as it is, or not at all, and what else it could have been.
fn tell(seen: &mut ColumnSeen, found: &Recognised, candidate: &Candidate) {
    let told = found.told.iter().find(|told| told.column == seen.column);
    seen.why = match (told, seen.field) {
        (Some(told), Some(_)) => say!("{why}.", why = told.why.clone()),
        (Some(told), None) => match told.nearest {
            Some(fact) => say!("It is not read as {fact}: {why}.", fact, why = told.why.clone()),
            None => say!("It is not read: {why}.", why = told.why.clone()),
        },
        (None, _) => "".into(),
    };
    if seen.field.is_none() {
        seen.nearest = told.and_then(|told| told.nearest);
    }
    let is_used = |column: u16| found.columns.iter().any(|used| used.column == column);
    let rivals = found.told.iter().filter_map(|told| {
        let field = told.nearest?;
        let is_own = told.column == seen.column && seen.field.is_some();
        let is_other = Some(field) == seen.field && told.column != seen.column && !is_used(told.column);
        let rival = || Rival { heading: candidate.text(told.column).to_owned(), field, why: told.why.clone() };
        (is_own || is_other).then(rival)
    });
    seen.rivals = rivals.collect();
}

/// Whether a cell holds something that its field cannot be read from.
fn is_unreadable(used: &ColumnUse, value: Value<'_>) -> bool {
    Form::of(used.field).check(value, used.unit, &used.culture) == Err(Unread::Unreadable)
}

fn sample(samples: &mut Vec<String>, value: Value<'_>) {
    if samples.len() == SAMPLES {
        return;
    }
    let text = written(value);
    if !samples.contains(&text) {
        samples.push(text);
    }
}
