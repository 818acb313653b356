//! The answer to a query: rows of cells of a few kinds, whatever the engine made them of.

use std::collections::BTreeMap;

use jiff::Span;
use jiff::civil::{Date, date};
use polars::prelude::{AnyValue, Column, DataFrame, DataType, IntoColumn, NamedFrom, PolarsResult, Schema, Series};

/// What a query may be put to: each table's columns, by the table's name.
pub type Tables = BTreeMap<String, Schema>;

/// The answer to a query.
#[derive(Clone, Debug)]
pub struct Answer {
    frame: DataFrame,
}

/// What a column of an answer holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Texts, and what has no other form here.
    Text,
    /// Whole numbers.
    Whole,
    /// Numbers with decimals.
    Decimal,
    /// True or false.
    Flag,
    /// Days.
    Day,
}

/// A cell of an answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing: not known, or not applicable.
    Nothing,
    /// A text.
    Text(String),
    /// A whole number.
    Whole(i128),
    /// A number with decimals.
    Decimal(f64),
    /// True or false.
    Flag(bool),
    /// A day.
    Day(Date),
}

impl Cell {
    /// The cell as text.
    #[must_use]
    pub fn plain(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Text(text) => text.clone(),
            Self::Whole(number) => number.to_string(),
            Self::Decimal(number) => number.to_string(),
            Self::Flag(flag) => flag.to_string(),
            Self::Day(day) => day.to_string(),
        }
    }
}

impl Answer {
    pub(super) const fn of(frame: DataFrame) -> Self {
        Self { frame }
    }

    /// Its columns, in order.
    #[must_use]
    pub fn heads(&self) -> Vec<(&str, Kind)> {
        self.frame.get_columns().iter().map(|column| (column.name().as_str(), kind(column.dtype()))).collect()
    }

    /// How many rows it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.frame.height()
    }

    /// Whether it has no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The cells of a row, below [its length](Self::len).
    #[must_use]
    pub fn row(&self, index: usize) -> Vec<Cell> {
        self.frame.get_columns().iter().map(|column| cell(column, index)).collect()
    }

    /// Its columns as a frame, each in one piece.
    #[must_use]
    pub fn frame(&self) -> DataFrame {
        let mut frame = self.frame.clone();
        frame.as_single_chunk_par();
        frame
    }
}

fn kind(dtype: &DataType) -> Kind {
    match dtype {
        DataType::Boolean => Kind::Flag,
        DataType::Date => Kind::Day,
        dtype if dtype.is_integer() => Kind::Whole,
        dtype if dtype.is_float() => Kind::Decimal,
        _ => Kind::Text,
    }
}

fn cell(column: &Column, index: usize) -> Cell {
    let Ok(value) = column.get(index) else { return Cell::Nothing };
    match value {
        AnyValue::Null => Cell::Nothing,
        AnyValue::Boolean(flag) => Cell::Flag(flag),
        AnyValue::String(text) => Cell::Text(text.to_owned()),
        AnyValue::StringOwned(text) => Cell::Text(text.to_string()),
        AnyValue::Date(days) => day(days).map_or(Cell::Nothing, Cell::Day),
        value if value.is_float() => value.extract::<f64>().map_or(Cell::Nothing, Cell::Decimal),
        value if value.is_integer() => value.extract::<i128>().map_or(Cell::Nothing, Cell::Whole),
        value => Cell::Text(value.to_string()),
    }
}

/// A day of a frame.
fn day(since_1970: i32) -> Option<Date> {
    date(1970, 1, 1).checked_add(Span::new().try_days(since_1970).ok()?).ok()
}

/// The tables that there are, as an answer: a row for each column.
///
/// # Errors
/// When the columns do not fit together, which would be a defect.
pub fn described(tables: &Tables) -> PolarsResult<Answer> {
    let rows =
        || tables.iter().flat_map(|(table, schema)| schema.iter().map(move |(name, dtype)| (table, name, dtype)));
    let texts = |name: &str, texts: Vec<String>| Series::new(name.into(), texts).into_column();
    let kinds = |dtype: &DataType| match kind(dtype) {
        Kind::Text => "text",
        Kind::Whole => "whole number",
        Kind::Decimal => "number",
        Kind::Flag => "true or false",
        Kind::Day => "day",
    };
    DataFrame::new(vec![
        texts("table", rows().map(|(table, _, _)| table.clone()).collect()),
        texts("column", rows().map(|(_, name, _)| name.to_string()).collect()),
        texts("type", rows().map(|(_, _, dtype)| kinds(dtype).to_owned()).collect()),
    ])
    .map(Answer::of)
}
