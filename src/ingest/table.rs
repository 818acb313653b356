//! The one shape that every input format becomes: rows of cells, sparse, with repeated texts stored once.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::Name;

/// A cell's value as its file holds it, not yet read as anything.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'a> {
    /// A text; also every cell of a text file.
    Text(&'a Name),
    /// A number.
    Number(f64),
    /// A truth value.
    Bool(bool),
    /// A date and time as days since 1899-12-30, already corrected for the workbook's date system.
    Date(f64),
    /// An error value, such as "#N/A".
    Error(&'a Name),
}

/// One sheet, text file or JSON array, before anything is made of it.
#[derive(Debug, Default)]
pub struct Grid {
    /// The sheet's name, or the path of a JSON array inside its file; empty for a text file.
    pub sheet: String,
    /// Whether it comes from a workbook, so that cells have spreadsheet names.
    pub is_sheet: bool,
    /// Whether rows stand for columns of the sheet and columns for its rows, a cell's place being the two changed for each other.
    pub is_turned: bool,
    /// Whether the sheet is hidden; it is read all the same.
    pub hidden: bool,
    /// What parts the cells of a text file.
    pub delimiter: Option<char>,
    /// The .NET type that a `#TYPE` line names.
    pub type_name: Option<String>,
    /// The headings, for formats that have them by nature (JSON); else they are one of the rows.
    pub header: Option<Vec<String>>,
    /// Cells, by row number and column, that are merged with the one above and hold what that holds.
    pub continued: FxHashSet<(u32, u16)>,
    /// Rows, by number, of which a cell is merged over several columns, and the column of the first such cell.
    pub titles: FxHashMap<u32, u16>,
    rows: Vec<RowStart>,
    cells: Vec<Cell>,
    texts: Vec<Name>,
    lookup: FxHashMap<Name, u32>,
    text_bytes: u64,
}

/// What keeping a text takes beside its bytes: its counts, and its places in the list and in the lookup.
const TEXT_KEPT: u64 = 96;

#[derive(Clone, Copy, Debug)]
struct RowStart {
    number: u32,
    start: u32,
}

#[derive(Clone, Copy, Debug)]
struct Cell {
    bits: u64,
    column: u16,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    Number,
    Bool,
    Date,
    Error,
}

/// A row of a grid: its number as the user counts and its cells that hold something.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// The sheet's row, the text file's line, or the JSON array's item, from 1.
    pub number: u32,
    cells: &'a [Cell],
    texts: &'a [Name],
}

/// The cells whose texts were replaced.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Replaced {
    /// How many there are.
    pub(super) cells: u64,
    /// The row and column of the first.
    pub(super) first: Option<(u32, u16)>,
}

impl Grid {
    /// Begins a row; rows come in order of their number.
    pub fn begin_row(&mut self, number: u32) {
        let start = u32::try_from(self.cells.len()).expect("the cell limit is far below 2^32");
        self.rows.push(RowStart { number, start });
    }

    /// Adds a text to the row begun last; an empty text adds nothing.
    pub fn push_text(&mut self, column: u16, text: &str) {
        if !text.is_empty() {
            let bits = u64::from(self.intern(text));
            self.cells.push(Cell { bits, column, kind: Kind::Text });
        }
    }

    /// Adds a number to the row begun last.
    pub fn push_number(&mut self, column: u16, number: f64) {
        self.cells.push(Cell { bits: number.to_bits(), column, kind: Kind::Number });
    }

    /// Adds a truth value to the row begun last.
    pub fn push_bool(&mut self, column: u16, truth: bool) {
        self.cells.push(Cell { bits: u64::from(truth), column, kind: Kind::Bool });
    }

    /// Adds a date and time, in days since 1899-12-30, to the row begun last.
    pub fn push_date(&mut self, column: u16, days: f64) {
        self.cells.push(Cell { bits: days.to_bits(), column, kind: Kind::Date });
    }

    /// Adds an error value to the row begun last.
    pub fn push_error(&mut self, column: u16, text: &str) {
        let bits = u64::from(self.intern(text));
        self.cells.push(Cell { bits, column, kind: Kind::Error });
    }

    /// Adds a value of another grid to the row begun last.
    pub fn push(&mut self, column: u16, value: Value<'_>) {
        match value {
            Value::Text(text) => self.push_text(column, text),
            Value::Number(number) => self.push_number(column, number),
            Value::Bool(truth) => self.push_bool(column, truth),
            Value::Date(days) => self.push_date(column, days),
            Value::Error(text) => self.push_error(column, text),
        }
    }

    /// Puts other texts in the place of those for which there is one, and tells how many cells had them.
    pub(super) fn replace_texts(&mut self, other: impl Fn(&str) -> Option<String>) -> Replaced {
        let mut changed = vec![false; self.texts.len()];
        for (text, changed) in self.texts.iter_mut().zip(&mut changed) {
            if let Some(other) = other(text) {
                self.lookup.remove(text);
                *text = other.into();
                *changed = true;
            }
        }
        let mut found = Replaced::default();
        if !changed.contains(&true) {
            return found;
        }
        for (index, row) in self.rows.iter().enumerate() {
            let end = self.rows.get(index + 1).map_or(self.cells.len(), |next| next.start as usize);
            for cell in &self.cells[row.start as usize..end] {
                let is_text = matches!(cell.kind, Kind::Text | Kind::Error);
                if is_text && usize::try_from(cell.bits).is_ok_and(|text| changed[text]) {
                    found.cells += 1;
                    found.first = found.first.or(Some((row.number, cell.column)));
                }
            }
        }
        found
    }

    fn intern(&mut self, text: &str) -> u32 {
        if let Some(&known) = self.lookup.get(text) {
            return known;
        }
        let index = u32::try_from(self.texts.len()).expect("the cell limit is far below 2^32");
        let name: Name = text.into();
        self.text_bytes += text.len() as u64 + TEXT_KEPT;
        self.texts.push(name.clone());
        self.lookup.insert(name, index);
        index
    }

    /// How many rows there are, blank ones included if they were begun.
    #[must_use]
    pub fn row_count(&self) -> usize {
        self.rows.len()
    }

    /// How many cells hold something.
    #[must_use]
    pub fn cell_count(&self) -> usize {
        self.cells.len()
    }

    /// The bytes of its different texts, with what keeping them takes.
    #[must_use]
    pub const fn text_bytes(&self) -> u64 {
        self.text_bytes
    }

    /// The row at an index, from 0, in order of row numbers.
    #[must_use]
    pub fn row(&self, index: usize) -> Row<'_> {
        let RowStart { number, start } = self.rows[index];
        let end = self.rows.get(index + 1).map_or(self.cells.len(), |next| next.start as usize);
        Row { number, cells: &self.cells[start as usize..end], texts: &self.texts }
    }

    /// The row of a number, if there is one.
    #[must_use]
    pub fn row_numbered(&self, number: u32) -> Option<Row<'_>> {
        self.rows.binary_search_by_key(&number, |row| row.number).ok().map(|index| self.row(index))
    }

    /// Some of the rows as a grid of their own, with the numbers they have here.
    #[must_use]
    pub fn part(&self, rows: Range<usize>) -> Self {
        let mut part = Self {
            sheet: self.sheet.clone(),
            is_sheet: self.is_sheet,
            is_turned: self.is_turned,
            hidden: self.hidden,
            delimiter: self.delimiter,
            type_name: self.type_name.clone(),
            header: self.header.clone(),
            continued: self.continued.clone(),
            titles: self.titles.clone(),
            ..Self::default()
        };
        for row in rows.map(|index| self.row(index)) {
            part.begin_row(row.number);
            for (column, value) in row.cells() {
                part.push(column, value);
            }
        }
        part
    }

    /// Some of the columns as a grid of their own, with the rows that hold something there and the numbers both have here.
    #[must_use]
    pub fn columns(&self, columns: Range<u16>) -> Self {
        let titles = self.titles.iter().filter(|(_, column)| columns.contains(column));
        let titles = titles.map(|(row, column)| (*row, *column)).collect();
        let mut part = Self { titles, ..self.part(0..0) };
        for row in self.rows() {
            let mut cells = row.cells().filter(|(column, _)| columns.contains(column)).peekable();
            if cells.peek().is_some() {
                part.begin_row(row.number);
                cells.for_each(|(column, value)| part.push(column, value));
            }
        }
        part
    }

    /// Every row, in order.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.rows.len()).map(|index| self.row(index))
    }
}

impl<'a> Row<'a> {
    /// The cells that hold something, in order of columns.
    pub fn cells(self) -> impl Iterator<Item = (u16, Value<'a>)> {
        self.cells.iter().map(move |cell| (cell.column, self.value(*cell)))
    }

    /// The cell in a column, if it holds something.
    #[must_use]
    pub fn get(self, column: u16) -> Option<Value<'a>> {
        // In a full row a cell stands at its column's number, in others before it.
        let near = self.cells.len().min(usize::from(column) + 1);
        let cell = self.cells[..near].iter().rev().find(|cell| cell.column <= column)?;
        (cell.column == column).then(|| self.value(*cell))
    }

    /// Whether no cell holds anything.
    #[must_use]
    pub fn is_blank(self) -> bool {
        self.cells.is_empty()
    }

    fn value(self, cell: Cell) -> Value<'a> {
        match cell.kind {
            Kind::Text => Value::Text(&self.texts[usize::try_from(cell.bits).expect("a text index")]),
            Kind::Number => Value::Number(f64::from_bits(cell.bits)),
            Kind::Bool => Value::Bool(cell.bits != 0),
            Kind::Date => Value::Date(f64::from_bits(cell.bits)),
            Kind::Error => Value::Error(&self.texts[usize::try_from(cell.bits).expect("a text index")]),
        }
    }
}
