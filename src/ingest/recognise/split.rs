//! Several tables below each other on one sheet, parted by blank rows, as tables of their own.

use super::choose::names_table;
use super::dialect::Dialects;
use super::identify::{Candidate, ROWS_SEARCHED};
use crate::ingest::table::{Grid, Row, Value};

/// Parts a grid before each row that follows a blank one and holds the headings of another table.
///
/// A single table stays as it is, whatever title or legend stands above it.
pub(in crate::ingest) fn split(grid: Grid, dialects: &Dialects) -> Vec<Grid> {
    if grid.header.is_some() {
        return vec![grid];
    }
    let mut starts: Vec<usize> = Vec::new();
    let mut headings: Option<usize> = None;
    for index in 0..grid.row_count() {
        let top = top_of(&grid, index);
        if !follows_blank(&grid, top) || !begins(&grid, index, dialects) {
            continue;
        }
        // The same headings again are the same table.
        if headings.is_none_or(|before| !grid.row(before).cells().eq(grid.row(index).cells())) {
            starts.push(top);
            headings = Some(index);
        }
    }
    // What stands above the first headings belongs to their table, and those may stand right below a title.
    if let Some(first) = starts.first_mut() {
        if (0..*first).take(ROWS_SEARCHED).any(|index| begins(&grid, index, dialects)) {
            starts.insert(0, 0);
        } else {
            *first = 0;
        }
    }
    if starts.len() < 2 {
        return vec![grid];
    }
    let ends = starts.iter().copied().skip(1).chain([grid.row_count()]);
    starts.iter().zip(ends).map(|(&start, end)| grid.part(start..end)).collect()
}

/// The row that a table begins with: its headings, or the title right above them.
fn top_of(grid: &Grid, headings: usize) -> usize {
    let title = headings.checked_sub(1).filter(|above| {
        let (row, below) = (grid.row(*above), grid.row(headings));
        row.number + 1 == below.number && row.cells().count() == 1
    });
    title.unwrap_or(headings)
}

fn follows_blank(grid: &Grid, index: usize) -> bool {
    let Some(above) = index.checked_sub(1).map(|above| grid.row(above)) else { return true };
    above.is_blank() || above.number + 1 < grid.row(index).number
}

/// Whether a row holds headings that are told from data by themselves, with a row of data below.
fn begins(grid: &Grid, index: usize, dialects: &Dialects) -> bool {
    let has_data = index + 1 < grid.row_count() && !grid.row(index + 1).is_blank();
    has_data && is_words(grid.row(index)) && names_table(&Candidate::of(grid.row(index), index + 1), dialects)
}

/// Whether a row holds at least two cells, each with a letter in it.
fn is_words(row: Row<'_>) -> bool {
    let is_word =
        |(_, value): (u16, Value<'_>)| matches!(value, Value::Text(text) if text.chars().any(char::is_alphabetic));
    row.cells().nth(1).is_some() && row.cells().all(is_word)
}
