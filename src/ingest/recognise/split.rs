//! Several tables on one sheet, below each other or beside each other, as tables of their own.

use super::begin::{begins, follows_blank, top_of};
use super::beside;
use super::dialect::Dialects;
use super::heading::Heading;
use super::identify::ROWS_SEARCHED;
use super::turned::turned;
use crate::ingest::table::{Grid, Row, Value};

/// Parts a grid into the tables that it shows.
///
/// A single table stays as it is, whatever title or legend stands above it.
pub(in crate::ingest) fn split(grid: Grid, dialects: &Dialects) -> Vec<Grid> {
    if grid.header.is_some() {
        return vec![grid];
    }
    // Each part holds less than the whole, so that this ends.
    match beside::parts(&grid, dialects).or_else(|| below(&grid, dialects)) {
        Some(parts) => parts.into_iter().flat_map(|part| split(part, dialects)).collect(),
        None => vec![turned(&grid, dialects).unwrap_or(grid)],
    }
}

/// Parts a grid before each row that holds the headings of another table: after a blank row, or where the headings above
/// are given again with other units or columns.
fn below(grid: &Grid, dialects: &Dialects) -> Option<Vec<Grid>> {
    let mut starts: Vec<usize> = Vec::new();
    let mut headings: Option<usize> = None;
    for index in 0..grid.row_count() {
        let top = top_of(grid, index);
        let is_after_blank = follows_blank(grid, top);
        let is_again = headings.is_some_and(|before| before + 1 < index && shares(grid.row(before), grid.row(index)));
        let is_first = headings.is_none() && index < ROWS_SEARCHED;
        if !(is_after_blank || is_again || is_first) {
            continue;
        }
        let changes_units = || is_again && changes_units(grid, headings, index);
        if !begins(grid, index, dialects) && !changes_units() {
            continue;
        }
        // The same headings again are the same table, unless it has a title of its own.
        let is_other =
            headings.is_none_or(|before| top < index || !grid.row(before).cells().eq(grid.row(index).cells()));
        if is_other && (is_after_blank || is_again) {
            starts.push(top);
        }
        if is_other {
            headings = Some(index);
        }
    }
    // What stands above the first headings belongs to their table, and those may stand right below a title.
    if let Some(first) = starts.first_mut() {
        if (0..*first).take(ROWS_SEARCHED).any(|index| begins(grid, index, dialects)) {
            starts.insert(0, 0);
        } else {
            *first = 0;
        }
    }
    if starts.len() < 2 {
        return None;
    }
    let ends = starts.iter().copied().skip(1).chain([grid.row_count()]);
    Some(starts.iter().zip(ends).map(|(&start, end)| grid.part(start..end)).collect())
}

/// Whether a row bears a heading in the column in which the headings above bear it.
fn shares(headings: Row<'_>, row: Row<'_>) -> bool {
    row.cells().any(|(column, value)| {
        matches!((value, headings.get(column)), (Value::Text(here), Some(Value::Text(above))) if here.trim() == above.trim())
    })
}

/// Whether a row gives the headings above again, each in its column, with other units.
fn changes_units(grid: &Grid, headings: Option<usize>, index: usize) -> bool {
    let Some(headings) = headings.map(|before| grid.row(before)) else { return false };
    let stem = |value: Value<'_>| match value {
        Value::Text(text) => {
            let Heading { key, stem, .. } = Heading::of(text);
            Some(stem.map_or(key, |(stem, _)| stem))
        }
        Value::Number(_) | Value::Bool(_) | Value::Date(_) | Value::Error(_) => None,
    };
    let row = grid.row(index);
    let is_same = |(column, value): (u16, Value<'_>)| {
        let (here, above) = (stem(value), headings.get(column).and_then(stem));
        here.is_some() && here == above
    };
    row.cells().nth(1).is_some() && row.cells().all(is_same)
}
