//! `klar template columns`: what the columns of given files were taken for, as the section of klar.toml that says it
//! otherwise.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use anyhow::Result;
use toml::Value;

use super::inspect::read_inputs;
use super::policy::Policy;
use super::terminal::print;
use crate::cli::Inputs;
use crate::ingest::columns::{RowKind, Unit};
use crate::ingest::recognise::{mapping, reads};
use crate::model::{ColumnSeen, Estate, Field};
use crate::report::visible::visible;

/// Prints a `[[column]]` for each column of the inputs: as it is read, or commented out with its nearest field.
///
/// # Errors
/// When an input path does not exist.
pub(super) fn columns(inputs: &Inputs) -> Result<u8> {
    let estate = read_inputs(inputs, &Policy::open(&inputs.reading.given)?)?;
    let mut text = String::from(
        "# What each column of these files is read as. Keep what you change, put it into klar.toml, and leave out the rest.\n\
         # field: the key of a fact, or \"none\"; unit: bytes, KB, MB, GB or TB, for sizes. The keys of facts are at the end.\n",
    );
    for seen in estate.columns.iter().filter(|seen| !seen.heading.trim().is_empty()) {
        column(&mut text, &estate, seen);
    }
    text.push_str(&keys(&estate));
    print(&text)
}

fn column(text: &mut String, estate: &Estate, seen: &ColumnSeen) {
    let table = &estate.tables[seen.table];
    let path = estate.files[table.file].path.as_str();
    let is_read = seen.field.is_some();
    let mark = if is_read { "" } else { "# " };
    let field = seen.field.or(seen.nearest).map_or("none", Field::key);
    let unit = Some(seen.unit).filter(|unit| is_read && Unit::named(unit).is_some());
    let mut lines = vec![format!("# {}", seen.why)];
    if !seen.samples.is_empty() {
        lines.push(format!("# It holds {}.", samples(seen)));
    }
    lines.push(format!("{mark}[[column]]"));
    let mapped = mapping::lines(path, &table.sheet, &seen.heading, field, unit);
    lines.extend(mapped.iter().map(|line| format!("{mark}{line}")));
    if is_read && seen.unit == Unit::Unsettled.title() {
        lines.push("# unit = \"GB\"".to_owned());
    }
    for line in lines {
        put(text, &line);
    }
    text.push('\n');
}

/// A column's first values, quoted.
pub(super) fn samples(seen: &ColumnSeen) -> String {
    let quoted = |sample: &String| Value::from(sample.chars().take(40).collect::<String>()).to_string();
    seen.samples.iter().map(quoted).collect::<Vec<_>>().join(", ")
}

/// Writes a line that holds what an input says: on one line, and with nothing that a terminal would obey.
pub(super) fn put(text: &mut String, line: &str) {
    writeln!(text, "{}", visible(line).replace('\n', " ")).expect("writing to a String does not fail");
}

/// The keys of the facts that rows of these tables can give, as comments.
fn keys(estate: &Estate) -> String {
    let kinds: BTreeSet<RowKind> = estate.readings.iter().filter_map(|reading| row_kind(reading.rows)).collect();
    let fields = Field::ALL.iter().filter(|field| kinds.iter().any(|rows| reads(*rows, **field)));
    let mut text = String::from("# The facts that rows of these files can give, each by its key:\n");
    for field in fields {
        put(&mut text, &format!("# {}: {}", field.key(), field.title()));
    }
    text
}

/// A kind of row by its word.
pub(super) fn row_kind(word: &str) -> Option<RowKind> {
    RowKind::ALL.iter().copied().find(|kind| kind.word() == word)
}
