//! The rows of a recognised table, read cell by cell into parts of entities, in parallel and joined in order.

use std::ops::Range;

use rayon::prelude::*;

use super::exclude;
use super::no_subject::row_without_subject;
use super::registry::Export;
use super::seen::{Seen, Trouble};
use crate::ingest::cell::{self, form::is_weighed};
use crate::ingest::columns::ColumnUse;
use crate::ingest::recognise::Recognised;
use crate::ingest::table::{Grid, Row, Value};
use crate::model::{Fact, LeftOutKind, Name, Origin};

/// Rows that one thread reads at a time.
const CHUNK: usize = 512;
/// Rows held in parts before they are merged, so that a long table is never held twice.
const BATCH: usize = 16 * CHUNK;

/// A recognised table on its way into the estate.
#[derive(Clone, Copy)]
pub(super) struct Table<'a> {
    pub index: u16,
    pub grid: &'a Grid,
    pub recognised: &'a Recognised,
    /// Its file, an index into the estate's files.
    pub file: usize,
    /// One past its last row that holds anything.
    end: usize,
}

/// The columns that a part has a place for.
struct Readers<'a, P> {
    /// One for each fact, in order of columns.
    preferred: Vec<(&'a ColumnUse, Put<P>)>,
    /// Those that stand in where the preferred one is blank, in order of preference.
    stand_ins: Vec<(&'a ColumnUse, Put<P>)>,
}

/// Puts a cell into a part of an entity.
pub(super) type Put<P> = fn(&mut P, &Seen<'_>) -> Option<Trouble>;

/// What a row names, for the list of rows left out.
pub(super) struct Label {
    pub kind: LeftOutKind,
    pub name: Option<Name>,
    /// The machine whose disk or adapter it is.
    pub machine: Option<Name>,
}

impl Label {
    /// The label of a row that names a subject of its own.
    pub(super) fn of(kind: LeftOutKind, name: &Fact<Name>) -> Self {
        Self { kind, name: name.value().cloned(), machine: None }
    }
}

/// What a row becomes before it is known whose row it is.
pub(super) trait Part: Send {
    /// A part of which nothing is known yet.
    fn start(seen: Origin) -> Self;
    /// What the row names.
    fn label(&self) -> Label;
    /// Takes in what second columns of the same row say, where each may hold what the other lacks or denies.
    fn weigh(&mut self, _: Self)
    where
        Self: Sized,
    {
    }
    /// Notes a cell that holds the size of something that its heading does not name.
    fn take_unnamed_size(&mut self, _: Origin) {}
    /// How a column is read into it; `None` when the part has no place for the column.
    fn reader(used: ColumnUse) -> Option<Put<Self>>
    where
        Self: Sized;
}

/// A row read into a part, or why it is left out.
pub(super) struct Staged<P> {
    /// The row's index in the grid.
    pub index: usize,
    /// Its number as the user counts.
    pub number: u32,
    pub part: Result<P, &'static str>,
}

/// A run of rows with what was odd about their cells.
struct Chunk<P> {
    rows: Vec<Staged<P>>,
    troubles: Vec<(Origin, Trouble)>,
}

impl<'a> Table<'a> {
    pub(super) fn new(file: usize, index: u16, grid: &'a Grid, recognised: &'a Recognised) -> Self {
        let mut end = grid.row_count();
        while end > recognised.first_data_row && exclude::is_blank(grid.row(end - 1)) {
            end -= 1;
        }
        Self { index, grid, recognised, file, end }
    }

    /// Its data rows, as indexes into the grid.
    pub(super) fn data(&self) -> Range<usize> {
        self.recognised.first_data_row.min(self.end)..self.end
    }

    /// Whose identifiers its rows use.
    pub(super) fn export(&self) -> Export {
        Export { file: self.file, title: self.recognised.title.as_str().into() }
    }

    /// The name of its sheet, or the title above its headings, where that says that what it lists is no virtual machine.
    pub(super) fn physical_title(&self) -> Option<Name> {
        /// The most words of a title.
        const WORDS: usize = 5;
        let headings = self.recognised.first_data_row.saturating_sub(1);
        let above = (0..headings).map(|index| self.grid.row(index)).filter(|row| row.cells().nth(1).is_none());
        let titles = above.filter_map(exclude::first_text).chain([self.grid.sheet.as_str().into()]);
        let says = |title: &Name| title.split_whitespace().count() <= WORDS && cell::is_physical(title);
        titles.take(WORDS).find(says)
    }

    /// Whether a column gives a field.
    pub(super) fn gives(&self, wanted: impl Fn(&ColumnUse) -> bool) -> bool {
        self.recognised.columns.iter().any(wanted)
    }

    /// Reads every data row and hands it on in order of rows.
    pub(super) fn stage<P: Part>(&self, mut take: impl FnMut(Staged<P>), mut odd: impl FnMut(Origin, Trouble)) {
        let readers = self.readers();
        let data = self.data();
        for batch in data.clone().step_by(BATCH) {
            let starts: Vec<usize> = (batch..data.end.min(batch + BATCH)).step_by(CHUNK).collect();
            let chunks: Vec<Chunk<P>> =
                starts.into_par_iter().map(|start| self.chunk(start..data.end.min(start + CHUNK), &readers)).collect();
            for chunk in chunks {
                chunk.rows.into_iter().for_each(&mut take);
                chunk.troubles.into_iter().for_each(|(origin, trouble)| odd(origin, trouble));
            }
        }
    }

    fn readers<P: Part>(&self) -> Readers<'_, P> {
        let mut readers = Readers { preferred: Vec::new(), stand_ins: Vec::new() };
        for used in &self.recognised.columns {
            let Some(put) = P::reader(*used) else { continue };
            let preferred: &mut Vec<(&ColumnUse, Put<P>)> = &mut readers.preferred;
            if preferred.iter().any(|(known, _)| (known.field, known.number) == (used.field, used.number)) {
                readers.stand_ins.push((used, put));
            } else {
                preferred.push((used, put));
            }
        }
        readers.preferred.sort_by_key(|(used, _)| used.column);
        readers
    }

    fn chunk<P: Part>(&self, rows: Range<usize>, readers: &Readers<'_, P>) -> Chunk<P> {
        let mut chunk = Chunk { rows: Vec::with_capacity(rows.len()), troubles: Vec::new() };
        for index in rows {
            let row = self.grid.row(index);
            let part = match row_without_subject(self.grid, index, self.recognised) {
                Some(reason) => Err(reason),
                None => Ok(self.part(row, readers, &mut chunk.troubles)),
            };
            chunk.rows.push(Staged { index, number: row.number, part });
        }
        chunk
    }

    /// Walks the row's cells and the preferred readers side by side, both in order of columns; then the stand-ins.
    fn part<P: Part>(&self, row: Row<'_>, readers: &Readers<'_, P>, troubles: &mut Vec<(Origin, Trouble)>) -> P {
        let start = || P::start(Origin::row(self.index, row.number));
        let mut part = start();
        let mut put = |part: &mut P, (used, put): &(&ColumnUse, Put<P>), value| {
            let Some(value) = multiplied(row, used, value) else { return };
            let seen = self.seen(row.number, used, value);
            if let Some(trouble) = put(part, &seen) {
                troubles.push((seen.origin, trouble));
            }
        };
        let mut waiting = &readers.preferred[..];
        for (column, value) in row.cells() {
            while let Some(first) = waiting.first().filter(|(used, _)| used.column <= column) {
                waiting = &waiting[1..];
                if first.0.column == column {
                    put(&mut part, first, value);
                }
            }
        }
        let mut again: Option<P> = None;
        for reader in &readers.stand_ins {
            if let Some(value) = row.get(reader.0.column) {
                let is_weighed = is_weighed(reader.0.field);
                put(if is_weighed { again.get_or_insert_with(start) } else { &mut part }, reader, value);
            }
        }
        if let Some(again) = again {
            part.weigh(again);
        }
        for column in &self.recognised.unnamed_sizes {
            if row.get(*column).is_some_and(is_some_size) {
                part.take_unnamed_size(Origin { row: row.number, table: self.index, column: *column });
            }
        }
        part
    }

    fn seen<'s>(&'s self, row: u32, used: &'s ColumnUse, value: Value<'s>) -> Seen<'s> {
        Seen {
            value,
            used,
            heading: self.recognised.header.get(usize::from(used.column)).map_or("", String::as_str),
            culture: &used.culture,
            origin: Origin { row, table: self.index, column: used.column },
        }
    }
}

/// A cell's value, times that of the column which its numbers are multiplied with.
fn multiplied<'v>(row: Row<'v>, used: &ColumnUse, value: Value<'v>) -> Option<Value<'v>> {
    let Some(other) = used.times else { return Some(value) };
    let number = |value| cell::count(value, &used.culture).ok().map(f64::from);
    Some(Value::Number(number(value)? * number(row.get(other)?)?))
}

/// Whether a cell holds a number that is not nothing.
fn is_some_size(value: Value<'_>) -> bool {
    match value {
        Value::Number(number) => number > 0.0,
        Value::Text(text) => text.bytes().any(|byte| matches!(byte, b'1'..=b'9')),
        Value::Bool(_) | Value::Date(_) | Value::Error(_) => false,
    }
}

/// Pairs fields with the facts they fill and the way to read them.
macro_rules! readers {
    ($field:expr; $($name:ident => $($fact:ident).+ = $read:ident;)+) => {{
        let put: Option<$crate::ingest::assemble::stage::Put<Self>> = match $field {
            $($crate::model::Field::$name => {
                Some(|row, seen| $crate::ingest::assemble::seen::set(&mut row.$($fact).+, seen.$read(), seen))
            })+
            _ => None,
        };
        put
    }};
}

pub(super) use readers;
