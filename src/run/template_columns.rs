//! `klar template columns`: what the columns of given files were taken for, as the section of klar.toml that says it
//! otherwise.

use std::fmt::Write as _;

use anyhow::Result;
use toml::Value;

use super::assess::read;
use super::load::load;
use super::policy::Policy;
use super::{DONE, print};
use crate::cli::Inspect;
use crate::model::{ColumnSeen, Estate};

/// Prints a `[[column]]` for each column of the inputs: as it is read, or commented out with its nearest field.
///
/// # Errors
/// When an input path does not exist.
pub(super) fn columns(arguments: &Inspect) -> Result<u8> {
    let policy = Policy::open(&arguments.given)?;
    let limits = arguments.given.limits();
    let loaded = load(&arguments.paths, &policy.leave_out(), &limits)?;
    let estate = read(loaded, &policy.dialects, policy.declarations(), &arguments.taken.include, limits)?;
    let mut text = String::from(
        "# What each column of these files is read as. Keep what you change, put it into klar.toml, and leave out the rest.\n\
         # field: a fact's key, as columns.csv spells it, or \"none\"; unit: bytes, KB, MB, GB or TB, for sizes.\n",
    );
    for seen in estate.columns.iter().filter(|seen| !seen.heading.trim().is_empty()) {
        column(&mut text, &estate, seen);
    }
    print(&text)?;
    Ok(DONE)
}

fn column(text: &mut String, estate: &Estate, seen: &ColumnSeen) {
    let table = &estate.tables[seen.table];
    let path = estate.files[table.file].path.as_str();
    let quoted = |text: &str| Value::from(text).to_string();
    let examples: Vec<String> =
        seen.samples.iter().map(|sample| quoted(&sample.chars().take(40).collect::<String>())).collect();
    let mark = if seen.field.is_some() { "" } else { "# " };
    let field = seen.field.or(seen.nearest).map_or("none", crate::model::Field::key);
    let mut lines = vec![format!("# {}", seen.why)];
    if !examples.is_empty() {
        lines.push(format!("# It holds {}.", examples.join(", ")));
    }
    lines.push(format!("{mark}[[column]]"));
    lines.push(format!("{mark}file = {}", quoted(path.rsplit('/').next().unwrap_or(path))));
    if !table.sheet.is_empty() {
        lines.push(format!("{mark}sheet = {}", quoted(&table.sheet)));
    }
    lines.push(format!("{mark}heading = {}", quoted(&seen.heading)));
    lines.push(format!("{mark}field = {}", quoted(field)));
    if !seen.unit.is_empty() && seen.field.is_some() {
        lines.push(format!("{mark}unit = {}", quoted(seen.unit)));
    }
    for line in lines {
        writeln!(text, "{}", crate::report::visible::visible(&line).replace('\n', " "))
            .expect("writing to a String does not fail");
    }
    text.push('\n');
}
