//! What was made of each column of a table, used or not.

use super::{Recognised, Recognition};
use crate::ingest::cell::Unread;
use crate::ingest::cell::form::Form;
use crate::ingest::columns::{ColumnUse, Unit};
use crate::ingest::table::{Grid, Value};
use crate::model::{ColumnSeen, say};

/// How many different values of a column are shown.
const SAMPLES: usize = 3;

/// A sample longer than this is cut.
const SAMPLE_CHARS: usize = 40;

/// Every column that has a heading, with what it gives and what its cells hold.
pub(in crate::ingest) fn columns(grid: &Grid, recognition: &Recognition) -> Vec<ColumnSeen> {
    let (header, first_row, used) = match recognition {
        Recognition::Table(found) => (found.header.clone(), found.first_data_row, &found.columns[..]),
        Recognition::NotInventory { .. } | Recognition::NotRecognised { .. } => {
            (grid.header.clone().unwrap_or_default(), 0, &[][..])
        }
    };
    let found = match recognition {
        Recognition::Table(found) => Some(found),
        Recognition::NotInventory { .. } | Recognition::NotRecognised { .. } => None,
    };
    let mut columns: Vec<ColumnSeen> = Vec::new();
    for (column, heading) in (0_u16..).zip(header) {
        let known = used.iter().find(|one| one.column == column);
        columns.push(ColumnSeen {
            table: 0,
            column,
            heading,
            field: known.map(|one| one.field),
            unit: known.map_or("", |one| one.unit.title()),
            why: "".into(),
            values: 0,
            blank: 0,
            unreadable: 0,
            samples: Vec::new(),
            nearest: None,
            advice: "".into(),
        });
    }
    let mut rows = 0;
    for row in (first_row..grid.row_count()).map(|index| grid.row(index)).filter(|row| !row.is_blank()) {
        rows += 1;
        for (column, value) in row.cells() {
            if let Some(seen) = columns.get_mut(usize::from(column)) {
                seen.values += 1;
                sample(&mut seen.samples, value);
                let known = used.iter().find(|one| one.column == column);
                seen.unreadable += u64::from(known.is_some_and(|known| is_unreadable(known, value)));
            }
        }
    }
    for seen in &mut columns {
        seen.blank = rows - seen.values;
    }
    columns.retain(|seen| !seen.heading.is_empty());
    if let Some(found) = found {
        for seen in &mut columns {
            tell(seen, found);
        }
    }
    columns
}

/// Adds why a column is read as it is, or not at all, and what to do.
fn tell(seen: &mut ColumnSeen, found: &Recognised) {
    let told = found.told.iter().find(|told| told.column == seen.column);
    seen.why = match (told, seen.field) {
        (Some(told), Some(_)) => say!("{why}.", why = told.why.clone()),
        (Some(told), None) => told
            .nearest
            .map_or("".into(), |fact| say!("It is not read as {fact}: {why}.", fact, why = told.why.clone())),
        (None, _) => "Its heading means nothing that is looked for here.".into(),
    };
    if seen.field.is_some() {
        let unsettled = found.columns.iter().any(|used| used.column == seen.column && used.unit == Unit::Unsettled);
        if unsettled {
            seen.advice = "Write the unit of its numbers into the heading.".into();
        }
        return;
    }
    seen.nearest = told.and_then(|told| told.nearest);
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

/// A cell as a person would see it, cut where it is long.
pub(super) fn written(value: Value<'_>) -> String {
    match value {
        Value::Text(text) | Value::Error(text) => text.chars().take(SAMPLE_CHARS).collect(),
        Value::Number(number) | Value::Date(number) => number.to_string(),
        Value::Bool(truth) => truth.to_string(),
    }
}
