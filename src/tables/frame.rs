//! Columns of a published table as a data frame, for conditions, for queries and for Parquet files.

use std::ops::Range;

use jiff::civil::Date;
use polars::prelude::{
    BooleanChunkedBuilder, ChunkedBuilder, Column, DataFrame, DataType, Field, Int32Type, Int64Type, IntoSeries,
    PolarsResult, PrimitiveChunkedBuilder, Schema, StringChunkedBuilder,
};

use super::{Cells, Head, Kind, Table, Value};

/// The largest number that a column of a frame holds: more than any machine has, and small enough that arithmetic on it
/// stays exact. A larger one counts as not known.
pub const LARGEST: i64 = 1 << 44;

/// Builds the wanted columns of a table.
///
/// # Errors
/// When the columns do not fit together, which would be a defect.
pub fn frame(table: &Table<'_>, wanted: &[&str]) -> PolarsResult<DataFrame> {
    build(table, wanted, 0..table.len, Builder::of_conditions)
}

/// Builds the wanted columns of some rows of a table as they are published: every number, and days as days.
///
/// # Errors
/// When the columns do not fit together, which would be a defect.
pub fn published(table: &Table<'_>, wanted: &[&str], rows: Range<usize>) -> PolarsResult<DataFrame> {
    build(table, wanted, rows, Builder::of_publishing)
}

/// The columns of a table and what they hold, as they are published.
#[must_use]
pub fn schema(heads: &[Head]) -> Schema {
    heads.iter().map(|head| Field::new((&*head.name).into(), data_type(head.kind))).collect()
}

/// What a column of a kind holds where it is published.
#[must_use]
pub const fn data_type(kind: Kind) -> DataType {
    match kind {
        Kind::Text => DataType::String,
        Kind::Number => DataType::Int64,
        Kind::Flag => DataType::Boolean,
        Kind::Date => DataType::Date,
    }
}

fn build(
    table: &Table<'_>,
    wanted: &[&str],
    rows: Range<usize>,
    builder: fn(&Head, usize) -> Builder,
) -> PolarsResult<DataFrame> {
    if !table.heads.iter().any(|head| wanted.contains(&&*head.name)) {
        return Ok(DataFrame::default());
    }
    let builder = |head: &Head| wanted.contains(&&*head.name).then(|| builder(head, rows.len()));
    let mut columns = Columns { builders: table.heads.iter().map(builder).collect(), next: 0 };
    for index in rows.clone() {
        columns.next = 0;
        table.row(index, &mut columns);
    }
    DataFrame::new(columns.builders.into_iter().flatten().map(Builder::finish).collect())
}

struct Columns {
    /// A builder for each wanted column, in the table's order.
    builders: Vec<Option<Builder>>,
    next: usize,
}

enum Builder {
    Text(StringChunkedBuilder),
    /// Numbers, and the largest that counts as known.
    Number(PrimitiveChunkedBuilder<Int64Type>, i64),
    Flag(BooleanChunkedBuilder),
    Day(PrimitiveChunkedBuilder<Int32Type>),
}

impl Cells for Columns {
    fn cell(&mut self, _: &Head, value: Value<'_>) {
        if let Some(builder) = &mut self.builders[self.next] {
            builder.take(&value);
        }
        self.next += 1;
    }
}

impl Builder {
    /// Conditions compare days as texts, and reckon with numbers.
    fn of_conditions(head: &Head, rows: usize) -> Self {
        let name = (&*head.name).into();
        match head.kind {
            Kind::Text | Kind::Date => Self::Text(StringChunkedBuilder::new(name, rows)),
            Kind::Number => Self::Number(PrimitiveChunkedBuilder::new(name, rows), LARGEST),
            Kind::Flag => Self::Flag(BooleanChunkedBuilder::new(name, rows)),
        }
    }

    fn of_publishing(head: &Head, rows: usize) -> Self {
        let name = (&*head.name).into();
        match head.kind {
            Kind::Text => Self::Text(StringChunkedBuilder::new(name, rows)),
            Kind::Number => Self::Number(PrimitiveChunkedBuilder::new(name, rows), i64::MAX),
            Kind::Flag => Self::Flag(BooleanChunkedBuilder::new(name, rows)),
            Kind::Date => Self::Day(PrimitiveChunkedBuilder::new(name, rows)),
        }
    }

    fn take(&mut self, value: &Value<'_>) {
        match (self, value) {
            (Self::Text(texts), Value::Nothing) => texts.append_null(),
            (Self::Text(texts), value) => texts.append_value(value.plain()),
            (Self::Number(numbers, largest), Value::Number(number)) if number <= largest => {
                numbers.append_value(*number);
            }
            (Self::Number(numbers, _), _) => numbers.append_null(),
            (Self::Flag(flags), Value::Flag(flag)) => flags.append_value(*flag),
            (Self::Flag(flags), _) => flags.append_null(),
            (Self::Day(days), Value::Date(date)) => days.append_value(days_since_1970(*date)),
            (Self::Day(days), _) => days.append_null(),
        }
    }

    fn finish(self) -> Column {
        match self {
            Self::Text(texts) => texts.finish().into_series().into(),
            Self::Number(numbers, _) => numbers.finish().into_series().into(),
            Self::Flag(flags) => flags.finish().into_series().into(),
            Self::Day(days) => days.finish().into_date().into_series().into(),
        }
    }
}

/// A day as frames hold it.
#[must_use]
pub fn days_since_1970(date: Date) -> i32 {
    const EPOCH: Date = jiff::civil::date(1970, 1, 1);
    date.duration_since(EPOCH).as_hours().div_euclid(24).try_into().expect("a calendar has fewer days than 2^31")
}
