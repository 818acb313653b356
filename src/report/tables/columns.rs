//! The table `columns`: a row per column of the inputs, used or not, with what was made of it.

use std::borrow::Cow;

use super::super::view::View;
use crate::model::{ColumnSeen, Field, Identity, TableInfo};
use crate::tables::{Column, Shape, Table, Value};

struct Columns;

impl Shape for Columns {
    type Row<'a> = Row<'a>;
}

struct Row<'a> {
    file: &'a str,
    table: &'a TableInfo,
    seen: &'a ColumnSeen,
}

const COLUMNS: &[Column<Columns>] = &[
    Column::text("source_file", |row| Value::named(Identity::File, Some(row.file))),
    Column::text("source_sheet", |row| Value::named(Identity::Sheet, Some(&row.table.sheet))),
    Column::number("column", |row| Value::number(Some(u32::from(row.seen.column) + 1))),
    Column::text("heading", |row| Value::text(Some(&row.seen.heading))),
    Column::text("field", |row| Value::text(row.seen.field.map(Field::key))),
    Column::text("unit", |row| Value::Word(row.seen.unit)),
    Column::text("why", |row| Value::Said(Cow::Borrowed(&row.seen.why))),
    Column::number("values", |row| Value::number(Some(row.seen.values))),
    Column::number("blank", |row| Value::number(Some(row.seen.blank))),
    Column::number("unreadable", |row| Value::number(Some(row.seen.unreadable))),
    Column::text("nearest", |row| Value::text(row.seen.nearest.map(Field::key))),
    Column::text("advice", |row| Value::Said(Cow::Borrowed(&row.seen.advice))),
];

/// The table of columns, in order of input and column.
pub fn columns<'a>(view: &'a View<'a>) -> Table<'a> {
    let estate = view.estate;
    Table::of("columns", COLUMNS, estate.columns.len(), move |index| {
        let seen = &estate.columns[index];
        let table = &estate.tables[seen.table];
        Row { file: estate.files.get(table.file).map_or("", |file| &file.path), table, seen }
    })
}
