//! The answer to a query as a table for the terminal, as CSV and as JSON.

use std::fmt::Write as _;
use std::io;

use serde_json::{Map, Number, Value};
use unicode_width::UnicodeWidthStr;

use super::lines::{Long, WIDTH, fold};
use super::visible::{disarmed, visible};
use super::words;
use crate::query::{Answer, Cell, Kind};

/// The gap between columns.
const GAP: usize = 2;
/// The narrowest that a column is made to fit; where that does not do, each row is told by itself.
const NARROWEST: usize = 8;

/// The answer as a table of at most 80 columns, or where it has too many columns row by row.
#[must_use]
pub fn table(answer: &Answer) -> String {
    let heads = answer.heads();
    let rows: Vec<Vec<String>> = (0..answer.len()).map(|row| answer.row(row).iter().map(shown).collect()).collect();
    let mut text = String::new();
    match widths(&heads, &rows) {
        Some(widths) => {
            let names: Vec<String> = heads.iter().map(|(name, _)| visible(name).into_owned()).collect();
            write_row(&mut text, &names, &widths, &heads);
            let rules: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
            write_row(&mut text, &rules, &widths, &heads);
            for row in &rows {
                write_row(&mut text, row, &widths, &heads);
            }
        }
        None => one_by_one(&mut text, &heads, &rows),
    }
    if !heads.is_empty() {
        text.push('\n');
    }
    text.push_str(&words::count(answer.len() as u64, "row", "rows"));
    text.push('\n');
    text
}

/// The answer as CSV, with no cell that a spreadsheet would run.
///
/// # Errors
/// When the answer is larger than memory takes.
pub fn csv(answer: &Answer) -> io::Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(answer.heads().iter().map(|(name, _)| disarmed(name).into_owned()))?;
    let cell = |cell: &Cell| match cell {
        Cell::Text(text) => disarmed(text).into_owned(),
        Cell::Nothing | Cell::Whole(_) | Cell::Decimal(_) | Cell::Flag(_) | Cell::Day(_) => cell.plain(),
    };
    for row in 0..answer.len() {
        writer.write_record(answer.row(row).iter().map(cell))?;
    }
    let bytes = writer.into_inner().map_err(csv::IntoInnerError::into_error)?;
    String::from_utf8(bytes).map_err(io::Error::other)
}

/// The answer as a JSON list of objects, one a line.
#[must_use]
pub fn json(answer: &Answer) -> String {
    let heads = answer.heads();
    let rows = (0..answer.len()).map(|row| {
        let members = heads.iter().zip(answer.row(row)).map(|((name, _), cell)| ((*name).to_owned(), value(cell)));
        Value::Object(members.collect::<Map<_, _>>()).to_string()
    });
    let rows: Vec<String> = rows.collect();
    if rows.is_empty() { "[]\n".to_owned() } else { format!("[\n{}\n]\n", rows.join(",\n")) }
}

fn value(cell: Cell) -> Value {
    match cell {
        Cell::Nothing => Value::Null,
        Cell::Text(text) => Value::String(text),
        Cell::Whole(number) => {
            Number::from_i128(number).map_or_else(|| Value::String(number.to_string()), Value::Number)
        }
        Cell::Decimal(number) => Number::from_f64(number).map_or(Value::Null, Value::Number),
        Cell::Flag(flag) => Value::Bool(flag),
        Cell::Day(day) => Value::String(day.to_string()),
    }
}

/// A cell on one line.
fn shown(cell: &Cell) -> String {
    let text = cell.plain();
    visible(&text.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned()
}

/// How wide each column is; none where they do not fit beside one another.
fn widths(heads: &[(&str, Kind)], rows: &[Vec<String>]) -> Option<Vec<usize>> {
    let widest = |column: usize| rows.iter().map(|row| row[column].width()).max().unwrap_or(0);
    let mut widths: Vec<usize> =
        heads.iter().enumerate().map(|(column, (name, _))| name.width().max(widest(column)).max(1)).collect();
    let room = WIDTH.checked_sub(GAP * heads.len().saturating_sub(1))?;
    while widths.iter().sum::<usize>() > room {
        let widest = widths.iter_mut().max()?;
        if *widest <= NARROWEST {
            return None;
        }
        *widest -= 1;
    }
    Some(widths)
}

/// Writes a row, each cell folded within its column.
fn write_row(text: &mut String, cells: &[String], widths: &[usize], heads: &[(&str, Kind)]) {
    let folded: Vec<Vec<String>> =
        cells.iter().zip(widths).map(|(cell, width)| fold(cell.split(' '), *width, *width, Long::Broken)).collect();
    for place in 0..folded.iter().map(Vec::len).max().unwrap_or(0) {
        let mut line = String::new();
        for ((lines, width), (_, kind)) in folded.iter().zip(widths).zip(heads) {
            let part = lines.get(place).map_or("", String::as_str);
            let gap = " ".repeat(width.saturating_sub(part.width()));
            let (before, after) = if is_number(*kind) { (gap.as_str(), "") } else { ("", gap.as_str()) };
            write!(line, "{before}{part}{after}{:GAP$}", "").expect("writing to a String does not fail");
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
}

const fn is_number(kind: Kind) -> bool {
    matches!(kind, Kind::Whole | Kind::Decimal)
}

/// Tells each row by itself: a column a line.
fn one_by_one(text: &mut String, heads: &[(&str, Kind)], rows: &[Vec<String>]) {
    let width = heads.iter().map(|(name, _)| name.width()).max().unwrap_or(0).min(WIDTH / 2);
    let room = WIDTH - width - 2 * GAP;
    for (number, row) in (1..).zip(rows) {
        if number > 1 {
            text.push('\n');
        }
        writeln!(text, "row {number}").expect("writing to a String does not fail");
        for ((name, _), cell) in heads.iter().zip(row) {
            let name = visible(name);
            for (place, part) in fold(cell.split(' '), room, room, Long::Broken).iter().enumerate() {
                let name = if place == 0 { &*name } else { "" };
                let gap = " ".repeat(width.saturating_sub(name.width()));
                text.push_str(format!("{:GAP$}{name}{gap}{:GAP$}{part}", "", "").trim_end());
                text.push('\n');
            }
        }
    }
}
