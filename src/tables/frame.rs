//! Columns of a published table as a data frame; with organisation conditions, the only place that knows polars.

use polars::prelude::{
    BooleanChunkedBuilder, ChunkedBuilder, Column, DataFrame, Int64Type, IntoSeries, PolarsResult,
    PrimitiveChunkedBuilder, StringChunkedBuilder,
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
    if !table.heads.iter().any(|head| wanted.contains(&head.name)) {
        return Ok(DataFrame::default());
    }
    let builder = |head: &Head| wanted.contains(&head.name).then(|| Builder::of(head, table.len));
    let mut columns = Columns { builders: table.heads.iter().map(builder).collect(), next: 0 };
    for index in 0..table.len {
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
    Number(PrimitiveChunkedBuilder<Int64Type>),
    Flag(BooleanChunkedBuilder),
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
    fn of(head: &Head, rows: usize) -> Self {
        let name = head.name.into();
        match head.kind {
            Kind::Text | Kind::Date => Self::Text(StringChunkedBuilder::new(name, rows)),
            Kind::Number => Self::Number(PrimitiveChunkedBuilder::new(name, rows)),
            Kind::Flag => Self::Flag(BooleanChunkedBuilder::new(name, rows)),
        }
    }

    fn take(&mut self, value: &Value<'_>) {
        match (self, value) {
            (Self::Text(texts), Value::Nothing) => texts.append_null(),
            (Self::Text(texts), value) => texts.append_value(value.plain()),
            (Self::Number(numbers), Value::Number(number)) if *number <= LARGEST => numbers.append_value(*number),
            (Self::Number(numbers), _) => numbers.append_null(),
            (Self::Flag(flags), Value::Flag(flag)) => flags.append_value(*flag),
            (Self::Flag(flags), _) => flags.append_null(),
        }
    }

    fn finish(self) -> Column {
        match self {
            Self::Text(texts) => texts.finish().into_series().into(),
            Self::Number(numbers) => numbers.finish().into_series().into(),
            Self::Flag(flags) => flags.finish().into_series().into(),
        }
    }
}
