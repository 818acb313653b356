//! Cells of a sheet that are merged: what stands in the first of them holds for every row that they cover.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::ingest::limits::{Budget, count, within};
use crate::ingest::refusal::Refusal;
use crate::ingest::table::{Grid, Value};

/// Cells that are merged, from the first to the last, each by row and column from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Merged {
    pub(super) first: (u32, u32),
    pub(super) last: (u32, u32),
}

impl Merged {
    /// As a workbook writes it: "A2:A4".
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (first, last) = text.split_once(':')?;
        Some(Self { first: place(first)?, last: place(last)? })
    }
}

/// The row and column, from 0, of a cell's name such as "B12".
pub(super) fn place(name: &str) -> Option<(u32, u32)> {
    let at = name.find(|sign: char| sign.is_ascii_digit())?;
    let (letters, digits) = name.split_at(at);
    let row: u32 = digits.parse().ok()?;
    let column = letters.bytes().try_fold(0_u32, |column, letter| {
        let letter = letter.is_ascii_uppercase().then(|| u32::from(letter - b'A') + 1)?;
        column.checked_mul(26)?.checked_add(letter)
    })?;
    Some((row.checked_sub(1)?, column.checked_sub(1)?))
}

/// A grid in which each row that merged cells cover holds what stands in the first of them.
pub(super) fn fill_down(mut grid: Grid, merged: &[Merged], limits: &Budget) -> Result<Grid, Refusal> {
    for one in merged.iter().filter(|one| one.last.1 > one.first.1) {
        let column = u16::try_from(one.first.1).unwrap_or(u16::MAX);
        let first = grid.titles.entry(one.first.0 + 1).or_insert(column);
        *first = column.min(*first);
    }
    let mut by_column: BTreeMap<u16, Vec<(u32, u32)>> = BTreeMap::new();
    for one in merged.iter().filter(|one| one.last.0 > one.first.0) {
        if let Ok(column) = u16::try_from(one.first.1) {
            by_column.entry(column).or_default().push((one.first.0 + 1, one.last.0 + 1));
        }
    }
    // For each row, the columns that go on from the row of a number.
    let mut covered: FxHashMap<u32, Vec<(u16, u32)>> = FxHashMap::default();
    let numbers: Vec<u32> = grid.rows().map(|row| row.number).collect();
    for (column, mut spans) in by_column {
        spans.sort_unstable();
        let mut end = 0;
        for (first, last) in spans {
            // Cells that are merged twice are those of a broken sheet.
            if first <= end {
                continue;
            }
            end = last;
            let from = numbers.partition_point(|number| *number <= first);
            for number in numbers[from..].iter().take_while(|number| **number <= last) {
                covered.entry(*number).or_default().push((column, first));
            }
        }
    }
    if covered.is_empty() {
        return Ok(grid);
    }
    filled(&grid, &covered, limits)
}

fn filled(grid: &Grid, covered: &FxHashMap<u32, Vec<(u16, u32)>>, limits: &Budget) -> Result<Grid, Refusal> {
    let mut filled = grid.part(0..0);
    for row in grid.rows() {
        filled.begin_row(row.number);
        let mut cells: Vec<(u16, Value<'_>)> = row.cells().collect();
        // A row that holds nothing of its own says nothing.
        let more = covered.get(&row.number).filter(|_| !cells.is_empty());
        for (column, first) in more.into_iter().flatten() {
            let value = grid.row_numbered(*first).and_then(|first| first.get(*column));
            if let (Some(value), None) = (value, row.get(*column)) {
                cells.push((*column, value));
                filled.continued.insert((row.number, *column));
            }
        }
        cells.sort_by_key(|(column, _)| *column);
        within(count(filled.cell_count() + cells.len()), limits.sheet_cells, "cells in one sheet")?;
        for (column, value) in cells {
            filled.push(column, value);
        }
    }
    let more = count(filled.cell_count() - grid.cell_count());
    limits.spend(more, 0)?;
    Ok(filled)
}
