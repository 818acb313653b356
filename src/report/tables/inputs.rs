//! The table `inputs`: a row per file and sheet, with what it was taken for and what became of its rows.

use std::borrow::Cow;

use super::super::view::View;
use super::super::words;
use crate::model::{FileInfo, Identity, TableInfo};
use crate::tables::{Column, Shape, Table, Value};

struct Inputs;

impl Shape for Inputs {
    type Row<'a> = Row<'a>;
}

struct Row<'a> {
    file: &'a FileInfo,
    table: Option<&'a TableInfo>,
}

const COLUMNS: &[Column<Inputs>] = &[
    Column::text("file", |row| Value::named(Identity::File, Some(&row.file.path))),
    Column::text("sheet", |row| Value::named(Identity::Sheet, row.table.map(|table| table.sheet.as_str()))),
    Column::text("taken_for", |row| row.table.map_or(Value::Nothing, |table| Value::Wording(&table.taken_for))),
    Column::number("rows_read", |row| Value::number(row.table.map(|table| table.rows.read))),
    Column::number("rows_subjects", |row| Value::number(row.table.map(|table| table.rows.subjects))),
    Column::number("rows_joined", |row| Value::number(row.table.map(|table| table.rows.joined))),
    Column::number("rows_left_out", |row| Value::number(row.table.map(|table| table.rows.left_out_total()))),
    Column::text("left_out_reasons", |row| {
        row.table.map_or(Value::Nothing, |table| Value::said(words::left_out(&table.rows.left_out).into()))
    }),
    Column::text("columns_used", |row| text(row, |table| columns(table, |read_as| !read_as.is_empty()))),
    Column::text("columns_not_used", |row| text(row, |table| columns(table, str::is_empty))),
    Column::text("refused", |row| {
        row.file.refused.as_ref().map_or(Value::Nothing, |why| Value::Said(Cow::Borrowed(why)))
    }),
    Column::number("bytes", |row| Value::number(Some(row.file.bytes))),
    Column::text("sha256", |row| Value::text(Some(&row.file.sha256))),
];

fn text(row: &Row<'_>, of: impl Fn(&TableInfo) -> String) -> Value<'static> {
    row.table.map_or(Value::Nothing, |table| Value::Named(Identity::Free, of(table).into()))
}

/// The table of inputs: each file with its tables; a file without tables has a row of its own.
pub fn inputs<'a>(view: &'a View<'a>) -> Table<'a> {
    let mut lines: Vec<(usize, Option<usize>)> = Vec::new();
    for file in 0..view.estate.files.len() {
        let before = lines.len();
        let tables = (0..view.estate.tables.len()).filter(|table| view.estate.tables[*table].file == file);
        lines.extend(tables.map(|table| (file, Some(table))));
        if lines.len() == before {
            lines.push((file, None));
        }
    }
    Table::of("inputs", COLUMNS, lines.len(), move |line| {
        let (file, table) = lines[line];
        Row { file: &view.estate.files[file], table: table.map(|table| &view.estate.tables[table]) }
    })
}

/// The headings of the columns whose use passes a test.
fn columns(table: &TableInfo, keep: impl Fn(&str) -> bool) -> String {
    let headings: Vec<&str> = table
        .columns
        .iter()
        .zip(&table.read_as)
        .filter(|(heading, read_as)| !heading.is_empty() && keep(read_as))
        .map(|(heading, _)| heading.as_str())
        .collect();
    headings.join("; ")
}
