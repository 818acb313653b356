//! `klar inspect`: how each file and sheet was understood, column by column.

use std::collections::BTreeSet;

use anyhow::Result;
use unicode_width::UnicodeWidthStr;

use super::assess::read;
use super::load::load;
use super::policy::Policy;
use super::{DONE, print};
use crate::cli::Inspect;
use crate::model::{ColumnSeen, Estate, Field, TableInfo};
use crate::report::text::line;
use crate::report::words;
use crate::rules::RULES;

/// The width that headings are aligned to; a longer one pushes only its own line.
const HEADING: usize = 32;
/// How much of a value is shown as an example.
const LONGEST_EXAMPLE: usize = 24;

/// Shows how inputs were understood.
///
/// # Errors
/// When an input path does not exist.
pub(super) fn inspect(arguments: &Inspect) -> Result<u8> {
    let policy = Policy::open(&arguments.given)?;
    let limits = arguments.given.limits();
    let loaded = load(&arguments.paths, &policy.leave_out(), &limits)?;
    let estate = read(loaded, &policy.dialects, policy.declarations(), &arguments.taken.include, limits)?;
    let mut text = String::new();
    for (index, file) in estate.files.iter().enumerate() {
        line(&mut text, 0, &format!("{} ({})", file.path, words::count(file.bytes, "byte", "bytes")));
        if let Some(exported) = file.exported {
            let by = if exported.by_data { "its data" } else { "its name" };
            line(&mut text, 2, &format!("exported on {}, by {by}", exported.day));
        }
        note_lines(&mut text, 2, &estate, &file.path, "");
        for (number, table) in estate.tables.iter().enumerate().filter(|(_, table)| table.file == index) {
            let seen: Vec<&ColumnSeen> = estate.columns.iter().filter(|column| column.table == number).collect();
            if table.sheet.is_empty() {
                table_lines(&mut text, 2, table, &seen);
                continue;
            }
            line(&mut text, 2, &format!("{}:", table.sheet));
            table_lines(&mut text, 4, table, &seen);
            note_lines(&mut text, 4, &estate, &file.path, &table.sheet);
        }
        for sheet in unread(&estate, index) {
            line(&mut text, 2, &format!("{sheet}:"));
            note_lines(&mut text, 4, &estate, &file.path, sheet);
        }
        text.push('\n');
    }
    missing_lines(&mut text, &estate);
    print(&text)?;
    Ok(DONE)
}

/// The sheets of a file that gave no table, and of which there is something to say.
fn unread(estate: &Estate, file: usize) -> BTreeSet<&str> {
    let tables = estate.tables.iter().filter(|table| table.file == file);
    let read: BTreeSet<&str> = tables.map(|table| table.sheet.as_str()).chain([""]).collect();
    let notes = estate.notes.iter().filter(|note| note.file == estate.files[file].path);
    notes.map(|note| note.sheet.as_str()).filter(|sheet| !read.contains(sheet)).collect()
}

/// Writes the notes about a file, or about one of its sheets.
fn note_lines(text: &mut String, indent: usize, estate: &Estate, file: &str, sheet: &str) {
    for note in estate.notes.iter().filter(|note| note.file == file && note.sheet == sheet) {
        line(text, indent, &format!("{}: {}", note.gravity, note.text));
    }
}

/// Up to three values of a column, as written.
fn examples(seen: &[&ColumnSeen], heading: &str) -> String {
    let Some(column) = seen.iter().find(|column| column.heading == heading) else { return String::new() };
    let short = |sample: &String| sample.chars().take(LONGEST_EXAMPLE).collect::<String>();
    let shown: Vec<String> = column.samples.iter().map(short).collect();
    if shown.is_empty() { String::new() } else { format!(": {}", shown.join(" | ")) }
}

fn table_lines(text: &mut String, indent: usize, table: &TableInfo, seen: &[&ColumnSeen]) {
    let rows = &table.rows;
    let count = words::count(rows.read, "row", "rows");
    if table.read_as.is_empty() {
        line(text, indent, &format!("{}, {count} not used", table.taken_for));
        return;
    }
    line(text, indent, &format!("taken for {}, {count}", table.taken_for));
    for (count, fate) in [(rows.subjects, "began a subject"), (rows.joined, "told more of one")] {
        if count > 0 {
            line(text, indent + 2, &format!("{} {fate}", words::grouped(count)));
        }
    }
    for (reason, count) in &rows.left_out {
        line(text, indent + 2, &format!("{} left out: {reason}", words::grouped(*count)));
    }
    let used = used(table);
    let width = used.iter().map(|(heading, _)| heading.width()).filter(|width| *width <= HEADING).max().unwrap_or(0);
    for (heading, meaning) in &used {
        let gap = " ".repeat(width.saturating_sub(heading.width()));
        line(text, indent + 2, &format!("{heading}{gap} -> {meaning}{}", examples(seen, heading)));
    }
    let unused: Vec<&str> = table
        .columns
        .iter()
        .zip(&table.read_as)
        .filter(|(heading, read_as)| read_as.is_empty() && !heading.is_empty())
        .map(|(heading, _)| heading.as_str())
        .collect();
    if !unused.is_empty() {
        line(text, indent + 2, &format!("not used: {}", unused.join(", ")));
    }
    for column in seen.iter().filter(|column| column.field.is_none() && column.nearest.is_some()) {
        line(text, indent + 4, &format!("{}: {}{}", column.heading, column.why, examples(seen, &column.heading)));
    }
}

/// The headings that are used, each with what it gives and in which unit.
fn used(table: &TableInfo) -> Vec<(&str, String)> {
    let columns = table.columns.iter().zip(&table.read_as).zip(&table.units);
    let known = columns.filter_map(|((heading, read_as), unit)| {
        let field = Field::ALL.iter().find(|field| field.key() == read_as)?;
        let meaning = if unit.is_empty() { field.title().to_owned() } else { format!("{}, {unit}", field.title()) };
        Some((heading.as_str(), meaning))
    });
    known.collect()
}

/// Names the facts that checks need and no table has a column for, with what exports them.
fn missing_lines(text: &mut String, estate: &Estate) {
    let given =
        |field: Field| estate.tables.iter().flat_map(|table| &table.read_as).any(|read_as| read_as == field.key());
    let needed = |field: Field| RULES.iter().any(|rule| rule.needs.contains(&field));
    let missing: Vec<Field> =
        Field::ALL.iter().copied().filter(|field| field.is_judged() && needed(*field) && !given(*field)).collect();
    if missing.is_empty() {
        return;
    }
    line(text, 0, "Facts that checks need and no column gives, with what exports them:");
    for field in missing {
        line(text, 2, &format!("{}: {}", field.title(), field.export()));
    }
}
