//! Where a table begins on a sheet: with a row of headings that are told from data by themselves.

use super::choose::names_table;
use super::dialect::Dialects;
use super::identify::Candidate;
use crate::ingest::table::{Grid, Row, Value};

/// The row that a table begins with: its headings, or the title right above them.
pub(super) fn top_of(grid: &Grid, headings: usize) -> usize {
    let title = headings.checked_sub(1).filter(|above| {
        let (row, below) = (grid.row(*above), grid.row(headings));
        row.number + 1 == below.number && row.cells().count() == 1
    });
    title.unwrap_or(headings)
}

pub(super) fn follows_blank(grid: &Grid, index: usize) -> bool {
    let Some(above) = index.checked_sub(1).map(|above| grid.row(above)) else { return true };
    above.is_blank() || above.number + 1 < grid.row(index).number
}

/// Whether a row holds headings that are told from data by themselves, with a row of data below.
pub(super) fn begins(grid: &Grid, index: usize, dialects: &Dialects) -> bool {
    let has_data = index + 1 < grid.row_count() && !grid.row(index + 1).is_blank();
    has_data && is_words(grid.row(index)) && names_table(&Candidate::of(grid.row(index), index + 1), dialects)
}

/// Whether a row holds at least two cells, each with a letter in it.
fn is_words(row: Row<'_>) -> bool {
    let is_word =
        |(_, value): (u16, Value<'_>)| matches!(value, Value::Text(text) if text.chars().any(char::is_alphabetic));
    row.cells().nth(1).is_some() && row.cells().all(is_word)
}
