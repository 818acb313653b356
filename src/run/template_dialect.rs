//! `klar template dialect`: a file of headings for a new export, begun from a file of it.

use std::borrow::Cow;
use std::collections::BTreeSet;

use anyhow::{Result, bail};
use toml::Value;

use super::inspect::read_inputs;
use super::policy::Policy;
use super::template_columns::{put, row_kind, samples};
use super::terminal::print;
use crate::cli::Inputs;
use crate::ingest::columns::{RowKind, Unit};
use crate::ingest::recognise::reads;
use crate::model::{ColumnSeen, Estate, Field};
use crate::report::visible::visible;

/// A heading longer than this tells nothing apart.
const LONGEST_HEADING: usize = 200;

/// Prints a file of headings for the table of the inputs that is to be a new export.
///
/// # Errors
/// When an input path does not exist, no table has headings, or none is on the sheet named.
pub(super) fn dialect(inputs: &Inputs, sheet: Option<&str>) -> Result<u8> {
    let policy = Policy::open(&inputs.reading.given)?;
    let estate = read_inputs(inputs, &policy)?;
    let tables: Vec<usize> =
        (0..estate.tables.len()).filter(|table| estate.columns.iter().any(|column| column.table == *table)).collect();
    let named = |table: &usize| sheet.is_none_or(|sheet| estate.tables[*table].sheet == sheet);
    let is_new = |table: &usize| estate.tables[*table].read_as.is_empty();
    let fitting: Vec<usize> = tables.iter().copied().filter(named).collect();
    // What is not understood is what a file of headings is for.
    let Some(chosen) = fitting.iter().copied().find(is_new).or_else(|| fitting.first().copied()) else {
        let sheets: Vec<&str> = tables.iter().map(|table| estate.tables[*table].sheet.as_str()).collect();
        match sheet {
            Some(sheet) => bail!("--sheet {sheet}: no table of headings is on it; there are {}", sheets.join(", ")),
            None => bail!("no row of headings was found; write the first row of headings above the data"),
        }
    };
    let mut others =
        tables.into_iter().filter(|table| *table != chosen).map(|table| estate.tables[table].sheet.as_str());
    let known: Vec<&str> = policy.dialects.titles().collect();
    print(&text(&estate, chosen, &known, &mut others))
}

fn text(estate: &Estate, table: usize, known: &[&str], others: &mut dyn Iterator<Item = &str>) -> String {
    let info = &estate.tables[table];
    let path = &estate.files[info.file].path;
    let stem = path.rsplit('/').next().unwrap_or(path);
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    let is_known = known.iter().any(|title| title.eq_ignore_ascii_case(stem));
    let title = if is_known { format!("{stem} of our own") } else { stem.to_owned() };
    let columns: Vec<&ColumnSeen> =
        estate.columns.iter().filter(|column| column.table == table && !column.heading.trim().is_empty()).collect();
    let taken = estate.readings.iter().find(|reading| reading.table == table && reading.taken);
    let rows = taken.and_then(|reading| row_kind(reading.rows));
    let mut text = String::new();
    for line in [
        format!("# Headings of a new export, begun from {path}. It was taken for: {}.", info.taken_for),
        format!(
            "# Fill in what is to be, save it as dialects/{}.toml in a folder of catalogue files, and try it:",
            slug(stem)
        ),
        "#   klar rules lint FOLDER".to_owned(),
        "#   klar inspect --catalogue FOLDER FILE".to_owned(),
    ] {
        put(&mut text, &line);
    }
    let others: Vec<&str> = others.filter(|sheet| !sheet.is_empty()).collect();
    if !others.is_empty() {
        put(&mut text, &format!("# Other tables, which --sheet begins from: {}", others.join(", ")));
    }
    text.push_str("\n# What reports call it.\n");
    put(&mut text, &format!("title = {}", Value::from(title)));
    put(&mut text, "");
    let kinds: Vec<&str> = RowKind::ALL.iter().map(|kind| kind.word()).collect();
    put(&mut text, &format!("# What a row speaks of: {}.", kinds.join(", ")));
    if rows.is_none() {
        put(&mut text, "# It was not understood what a row of it is; a machine is only the likeliest.");
    }
    put(&mut text, &format!("rows = {}", Value::from(rows.unwrap_or(RowKind::Machine).word())));
    text.push('\n');
    put(&mut text, "# Headings that stand in every such file and tell it from others. Take out those that some lack.");
    put(&mut text, &format!("signatures = [{}]", list(signature(&columns))));
    text.push('\n');
    put(
        &mut text,
        "# What the headings mean: the key of a fact, and its headings, the preferred one first; {n} is any number.",
    );
    put(&mut text, "[columns]");
    text.push_str(&understood(&columns));
    text.push_str(&open(&columns));
    text.push_str(&places(&columns, rows.unwrap_or(RowKind::Machine)));
    text
}

/// A name for a file on any system.
fn slug(stem: &str) -> String {
    let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '-' };
    let slug: String = stem.chars().map(plain).collect();
    let parts: Vec<&str> = slug.split('-').filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { "new-export".to_owned() } else { parts.join("-") }
}

/// Texts as a list in TOML.
fn list<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = texts.into_iter().map(|text| Value::from(one_line(text)).to_string()).collect();
    format!("[{}]", quoted.join(", "))
}

/// A heading on one line, without letters that cannot be seen: headings are compared without either.
fn one_line(text: &str) -> String {
    let is_seen = |letter: &char| matches!(visible(letter.encode_utf8(&mut [0; 4])), Cow::Borrowed(_));
    let seen: String = text.chars().filter(is_seen).collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The headings that tell the export: each once, and none that is numbered or as long as a text.
fn signature<'a>(columns: &[&'a ColumnSeen]) -> Vec<&'a str> {
    let mut seen = BTreeSet::new();
    let tells = |column: &&&ColumnSeen| column.number.is_none() && column.heading.len() <= LONGEST_HEADING;
    let headings = columns.iter().filter(tells).map(|column| column.heading.trim());
    headings.filter(|heading| seen.insert(heading.to_lowercase())).collect()
}

/// The columns that give a fact, fact by fact.
fn understood(columns: &[&ColumnSeen]) -> String {
    let mut text = String::new();
    let mut fields: Vec<Field> = columns.iter().filter_map(|column| column.field).collect();
    fields.sort_unstable();
    fields.dedup();
    for field in fields {
        let of_field: Vec<&&ColumnSeen> = columns.iter().filter(|column| column.field == Some(field)).collect();
        for column in &of_field {
            put(&mut text, &format!("# {}{}", field.title(), held(column)));
        }
        let mut headings: Vec<String> = of_field.iter().filter_map(|column| pattern(column)).collect();
        headings.dedup();
        if headings.is_empty() {
            put(&mut text, "# Its heading names a drive, which is read wherever it stands.");
            continue;
        }
        let headings = list(headings.iter().map(String::as_str));
        let unit = of_field.first().and_then(|column| unit(column.unit));
        let is_unsettled = of_field.iter().any(|column| column.unit == Unit::Unsettled.title());
        let value =
            unit.map_or_else(|| headings.clone(), |unit| format!("{{ headings = {headings}, unit = \"{unit}\" }}"));
        put(&mut text, &format!("{} = {value}", field.key()));
        if is_unsettled {
            put(&mut text, "# Nothing settles the unit of its numbers. Say it, in place of the line above:");
            put(&mut text, &format!("# {} = {{ headings = {headings}, unit = \"GiB\" }}", field.key()));
        }
    }
    text
}

/// A heading with its number left open; `None` for a drive, whose letter is its number.
fn pattern(column: &ColumnSeen) -> Option<String> {
    let heading = one_line(&column.heading);
    let Some(number) = column.number else { return Some(heading) };
    let (before, after) = heading.split_once(&number.to_string())?;
    Some(format!("{before}{{n}}{after}"))
}

/// A unit as files of headings spell it.
fn unit(title: &str) -> Option<&'static str> {
    match title {
        "bytes" => Some("Bytes"),
        "KiB" => Some("KiB"),
        "MiB" => Some("MiB"),
        "GiB" => Some("GiB"),
        "TiB" => Some("TiB"),
        "bytes/s" => Some("BytesPerSecond"),
        "MB/s" => Some("MBPerSecond"),
        "the unit in the cell" => Some("Text"),
        _ => None,
    }
}

/// The columns that give nothing yet, commented out.
fn open(columns: &[&ColumnSeen]) -> String {
    let unused: Vec<&&ColumnSeen> = columns.iter().filter(|column| column.field.is_none()).collect();
    let mut text = String::new();
    if unused.is_empty() {
        return text;
    }
    text.push_str("\n# Not understood: put the key of a fact in front of those that give one, and take the # away.\n");
    for column in unused {
        let key = column.nearest.map_or("KEY", Field::key);
        put(&mut text, &format!("# {key} = {}{}", list([column.heading.as_str()]), held(column)));
    }
    text
}

fn held(column: &ColumnSeen) -> String {
    if column.samples.is_empty() { " # holds nothing".to_owned() } else { format!(" # holds {}", samples(column)) }
}

/// The facts that a row can give and no column gives yet.
fn places(columns: &[&ColumnSeen], rows: RowKind) -> String {
    let mut text = format!("\n# Facts that a row of the kind {} can give and no column gives yet:\n", rows.word());
    let given = |field: &Field| columns.iter().any(|column| column.field == Some(*field));
    for field in Field::ALL.iter().filter(|field| reads(rows, **field) && !given(field)) {
        put(&mut text, &format!("# {} = [\"\"] # {}", field.key(), field.title()));
    }
    text
}
