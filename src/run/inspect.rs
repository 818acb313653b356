//! `klar inspect`: how each file and sheet was understood, column by column.

use anyhow::Result;

use super::assess::read;
use super::load::load;
use super::{DONE, print};
use crate::cli::Inspect;
use crate::ingest::Dialects;
use crate::model::{Estate, Field, TableInfo};
use crate::report::text::line;

/// Shows how inputs were understood.
///
/// # Errors
/// When an input path does not exist.
pub(super) fn inspect(arguments: &Inspect) -> Result<u8> {
    let estate = read(load(&arguments.paths, &[])?, &Dialects::embedded(), None);
    let mut text = String::new();
    for (index, file) in estate.files.iter().enumerate() {
        line(&mut text, 0, &format!("{} ({} bytes)", file.path, file.bytes));
        if let Some(why) = &file.refused {
            line(&mut text, 2, why);
        }
        for table in estate.tables.iter().filter(|table| table.file == index) {
            table_lines(&mut text, table);
        }
        text.push('\n');
    }
    for note in &estate.notes {
        line(&mut text, 0, &format!("{}: {}", note.gravity, note.text));
    }
    missing_lines(&mut text, &estate);
    print(&text)?;
    Ok(DONE)
}

fn table_lines(text: &mut String, table: &TableInfo) {
    let sheet = if table.sheet.is_empty() { String::new() } else { format!("{}: ", table.sheet) };
    line(text, 2, &format!("{sheet}taken for {}", table.taken_for));
    let rows = &table.rows;
    let left_out = rows.left_out_total();
    line(
        text,
        4,
        &format!("{} rows: {} subjects, {} joined, {left_out} left out", rows.read, rows.subjects, rows.joined),
    );
    for (reason, count) in &rows.left_out {
        line(text, 6, &format!("{count} left out: {reason}"));
    }
    for (heading, read_as) in table.columns.iter().zip(&table.read_as).filter(|(_, read_as)| !read_as.is_empty()) {
        line(text, 4, &format!("{heading} -> {read_as}"));
    }
    let unused: Vec<&str> = table
        .columns
        .iter()
        .zip(&table.read_as)
        .filter(|(heading, read_as)| read_as.is_empty() && !heading.is_empty())
        .map(|(heading, _)| heading.as_str())
        .collect();
    if !unused.is_empty() {
        line(text, 4, &format!("not used: {}", unused.join(", ")));
    }
}

/// Names the facts of machines that no table has a column for, with what exports them.
fn missing_lines(text: &mut String, estate: &Estate) {
    let given =
        |field: Field| estate.tables.iter().flat_map(|table| &table.read_as).any(|read_as| read_as == field.key());
    let missing: Vec<Field> = Field::ALL.iter().copied().filter(|field| field.is_judged() && !given(*field)).collect();
    if missing.is_empty() {
        return;
    }
    line(text, 0, "No column gives:");
    for field in missing {
        line(text, 2, &format!("{}: {}", field.title(), field.export()));
    }
}
