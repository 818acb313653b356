//! Tables beside each other on one sheet, parted by empty columns.

use std::collections::BTreeSet;
use std::ops::Range;

use super::begin::begins;
use super::choose::{Found, choose};
use super::dialect::Dialects;
use super::heading::key;
use super::identify::candidates;
use crate::ingest::columns::RowKind;
use crate::ingest::table::{Grid, Row, Value};
use crate::model::Field;

/// More runs of columns than a sheet that a person laid out has.
const MOST: usize = 32;

/// Rows that are looked at for headings.
const ROWS: usize = 200;

/// The tables beside each other, from left to right; `None` for a single one, whatever empty columns it has.
pub(super) fn parts(grid: &Grid, dialects: &Dialects) -> Option<Vec<Grid>> {
    let runs = runs(grid);
    if !(2..=MOST).contains(&runs.len()) {
        return None;
    }
    let mut parts: Vec<Range<u16>> = Vec::new();
    for run in runs {
        let Some(before) = parts.last_mut() else {
            parts.push(run);
            continue;
        };
        if are_apart(&grid.columns(before.clone()), &grid.columns(run.clone()), dialects) {
            parts.push(run);
        } else {
            before.end = run.end;
        }
    }
    (parts.len() > 1).then(|| parts.into_iter().map(|columns| grid.columns(columns)).collect())
}

/// The runs of columns that hold something.
fn runs(grid: &Grid) -> Vec<Range<u16>> {
    let mut filled: BTreeSet<u16> = BTreeSet::new();
    for row in grid.rows() {
        // Most rows fill the same columns, and asking is cheaper than adding.
        filled.extend(row.cells().filter(|(_, value)| says_something(*value)).map(|(column, _)| column));
    }
    let mut runs: Vec<Range<u16>> = Vec::new();
    for column in filled {
        match runs.last_mut().filter(|run| run.end == column) {
            Some(run) => run.end = column + 1,
            None => runs.push(column..column + 1),
        }
    }
    runs
}

fn says_something(value: Value<'_>) -> bool {
    !matches!(value, Value::Text(text) if text.trim().is_empty())
}

/// Whether two blocks of columns are tables of their own.
fn are_apart(left: &Grid, right: &Grid, dialects: &Dialects) -> bool {
    let headings = |grid: &Grid| (0..grid.row_count()).take(ROWS).find(|index| begins(grid, *index, dialects));
    let row = |grid: &Grid, index: usize| grid.row(index).number;
    match (headings(left), headings(right)) {
        (Some(one), Some(other)) if row(left, one) == row(right, other) => {
            let both = (Side::of(left, one, dialects), Side::of(right, other, dialects));
            matches!(both, (Some(left), Some(right)) if left.is_apart_from(&right))
        }
        (Some(_), Some(_)) => true,
        // A legend or a sum beside a table has no part in its row of headings, unlike the first columns of that table.
        (None, Some(other)) => is_block(left) && left.row_numbered(row(right, other)).is_none(),
        (Some(_) | None, None) => false,
    }
}

/// Whether a block is wider than a margin in which somebody wrote a word.
fn is_block(grid: &Grid) -> bool {
    grid.rows().any(|row| row.cells().nth(1).is_some())
}

/// One of two blocks whose headings stand in one row.
struct Side<'a> {
    grid: &'a Grid,
    /// The row of its headings, as an index.
    headings: usize,
    rows: RowKind,
    /// What names its rows: the field and its column.
    subject: Option<(Field, u16)>,
}

/// Fields that name what a row is about, each no more than once in a list of its own.
const SUBJECTS: &[Field] = &[Field::VmName, Field::HostName, Field::ClusterName, Field::CloudName, Field::VmmName];

impl<'a> Side<'a> {
    fn of(grid: &'a Grid, headings: usize, dialects: &Dialects) -> Option<Self> {
        let Found::Table(found) = choose(grid, "", &candidates(grid), dialects) else { return None };
        let (reading, _) = *found;
        let subject = SUBJECTS.iter().find_map(|field| Some((*field, reading.giving(*field)?.column)));
        Some(Self { grid, headings, rows: reading.base.rows, subject })
    }

    /// Whether two blocks are two tables: both name machines, or each names its own and something shows it.
    fn is_apart_from(&self, other: &Self) -> bool {
        let field = |side: &Self| side.subject.map(|(field, _)| field);
        if field(self).is_some() && field(self) == field(other) {
            return true;
        }
        let last = |side: &Self| side.data().last().map(|row| row.number);
        let shows = last(self) != last(other)
            || self.keys().intersection(&other.keys()).next().is_some()
            || (self.has_title() && other.has_title());
        self.is_list() && other.is_list() && shows
    }

    fn data(&self) -> impl Iterator<Item = Row<'_>> {
        (self.headings + 1..self.grid.row_count()).map(|index| self.grid.row(index)).filter(|row| !row.is_blank())
    }

    fn keys(&self) -> BTreeSet<String> {
        let texts = self.grid.row(self.headings).cells().filter_map(|(_, value)| match value {
            Value::Text(text) => Some(key(text)),
            Value::Number(_) | Value::Bool(_) | Value::Date(_) | Value::Error(_) => None,
        });
        texts.collect()
    }

    /// Whether a text of one cell stands right above the headings.
    fn has_title(&self) -> bool {
        let Some(above) = self.headings.checked_sub(1).map(|above| self.grid.row(above)) else { return false };
        above.number + 1 == self.grid.row(self.headings).number && above.cells().count() == 1
    }

    /// Whether its rows follow each other, and each is of a subject of its own where rows are such.
    ///
    /// What a table says of each machine's host, behind an empty column, comes again for the next machine.
    fn is_list(&self) -> bool {
        let mut number = self.grid.row(self.headings).number;
        let mut seen = BTreeSet::new();
        for row in self.data() {
            if std::mem::replace(&mut number, row.number) + 1 != row.number {
                return false;
            }
            let name = self.subject.and_then(|(_, column)| row.get(column));
            if let Some(Value::Text(name)) = name.filter(|_| self.has_row_each())
                && !seen.insert(name.trim().to_lowercase())
            {
                return false;
            }
        }
        true
    }

    const fn has_row_each(&self) -> bool {
        matches!(
            self.rows,
            RowKind::Machine
                | RowKind::MachineDetail
                | RowKind::Host
                | RowKind::Cluster
                | RowKind::Cloud
                | RowKind::VmmServer
        )
    }
}
