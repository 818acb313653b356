//! `inputs.csv`: a row per file and sheet, with what it was taken for and what became of its rows.

use super::sheet::{Record, Sheet};
use super::view::View;
use crate::model::TableInfo;

const COLUMNS: &[&str] = &[
    "file",
    "sheet",
    "taken_for",
    "rows_read",
    "rows_subjects",
    "rows_joined",
    "rows_left_out",
    "left_out_reasons",
    "columns_used",
    "columns_not_used",
    "refused",
    "bytes",
    "sha256",
];

/// The sheet of inputs: each file with its tables; a file without tables has a row of its own.
pub(super) fn sheet<'a>(view: &'a View<'_>) -> Sheet<'a> {
    let mut lines: Vec<(usize, Option<usize>)> = Vec::new();
    for file in 0..view.estate.files.len() {
        let before = lines.len();
        lines.extend(
            (0..view.estate.tables.len())
                .filter(|table| view.estate.tables[*table].file == file)
                .map(|table| (file, Some(table))),
        );
        if lines.len() == before {
            lines.push((file, None));
        }
    }
    Sheet {
        name: "inputs",
        columns: COLUMNS,
        len: lines.len(),
        row: Box::new(move |line, record| {
            let (file, table) = lines[line];
            row(view, file, table, record);
        }),
    }
}

fn row(view: &View<'_>, file: usize, table: Option<usize>, record: &mut Record) {
    let file = &view.estate.files[file];
    record.push(&file.path);
    match table.map(|table| &view.estate.tables[table]) {
        Some(table) => push_table(table, record),
        None => {
            for _ in 0..9 {
                record.push("");
            }
        }
    }
    record.push(file.refused.as_deref().unwrap_or(""));
    record.push_shown(file.bytes);
    record.push(&file.sha256);
}

fn push_table(table: &TableInfo, record: &mut Record) {
    record.push(&table.sheet);
    record.push(&table.taken_for);
    record.push_shown(table.rows.read);
    record.push_shown(table.rows.subjects);
    record.push_shown(table.rows.joined);
    record.push_shown(table.rows.left_out_total());
    record.push(&left_out(table));
    record.push(&columns(table, |read_as| !read_as.is_empty()));
    record.push(&columns(table, str::is_empty));
}

/// The reasons with their counts: "template: 2; blank row: 4".
pub(super) fn left_out(table: &TableInfo) -> String {
    let reasons: Vec<String> = table.rows.left_out.iter().map(|(reason, count)| format!("{reason}: {count}")).collect();
    reasons.join("; ")
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
