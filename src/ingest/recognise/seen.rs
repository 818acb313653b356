//! What was made of each column of a table, used or not.

use super::Recognition;
use crate::ingest::table::{Grid, Value};
use crate::model::ColumnSeen;

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
    let mut columns: Vec<ColumnSeen> = Vec::new();
    for (column, heading) in (0_u16..).zip(header) {
        let known = used.iter().find(|one| one.column == column);
        columns.push(ColumnSeen {
            table: 0,
            column,
            heading,
            field: known.map(|one| one.field),
            unit: known.map_or("", |one| one.unit.title()),
            why: String::new(),
            values: 0,
            blank: 0,
            unreadable: 0,
            samples: Vec::new(),
            nearest: None,
            advice: String::new(),
        });
    }
    let mut rows = 0;
    for row in (first_row..grid.row_count()).map(|index| grid.row(index)).filter(|row| !row.is_blank()) {
        rows += 1;
        for (column, value) in row.cells() {
            if let Some(seen) = columns.get_mut(usize::from(column)) {
                seen.values += 1;
                sample(&mut seen.samples, value);
            }
        }
    }
    for seen in &mut columns {
        seen.blank = rows - seen.values;
    }
    columns.retain(|seen| !seen.heading.is_empty());
    columns
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
fn written(value: Value<'_>) -> String {
    match value {
        Value::Text(text) | Value::Error(text) => text.chars().take(SAMPLE_CHARS).collect(),
        Value::Number(number) | Value::Date(number) => number.to_string(),
        Value::Bool(truth) => truth.to_string(),
    }
}
