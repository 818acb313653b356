//! Rows of a table that speak of no subject: blank ones, headings again, sums, notes, lines and titles of sections.

use super::exclude::{BLANK, HEADING, MARKER, NOTE, OF_CHECKPOINT, SECTION, TOTALS, names_checkpoint};
use super::notes::{ends_of_words, is_note, opens_note};
use crate::ingest::cell;
use crate::ingest::recognise::Recognised;
use crate::ingest::table::{Grid, Row, Value};
use crate::model::{AnyCase, Field};

/// How many rows below a title are looked at for the sum of its section.
const SECTION_ROWS: usize = 512;
/// How many rows up a row of data is looked for.
const ROWS_ABOVE: usize = 32;

/// Why a row speaks of no subject, if it does not.
pub(super) fn row_without_subject(grid: &Grid, index: usize, table: &Recognised) -> Option<&'static str> {
    let row = grid.row(index);
    let mut cells = filled(row);
    let Some((column, first)) = cells.next() else { return Some(BLANK) };
    let Value::Text(text) = first else { return None };
    let next = cells.next();
    let is_heading = |(column, value): (u16, Value<'_>)| {
        let heading = table.header.get(usize::from(column)).map(|heading| heading.trim());
        matches!(value, Value::Text(text) if heading == Some(text.trim()))
    };
    if text.starts_with("#TYPE")
        || (is_heading((column, first)) && next.is_some_and(is_heading) && cells.all(is_heading))
    {
        return Some(HEADING);
    }
    let word = text.trim().trim_end_matches(':').trim_end();
    if next.is_none() && (word.eq_ignore_ascii_case("start") || word.eq_ignore_ascii_case("end")) {
        return Some(MARKER);
    }
    if names(column, table) && opens_note(text) || is_lone_note(column, text, next.is_none(), table) {
        return Some(NOTE);
    }
    if next.is_none() && names(column, table) && is_page_title(grid, text, table) {
        return Some(NOTE);
    }
    if table.of_checkpoints.iter().any(|column| row.get(*column).is_some_and(names_checkpoint)) {
        return Some(OF_CHECKPOINT);
    }
    if has_id(row, table) {
        return (next.is_none() && is_note(text) && names(column, table)).then_some(NOTE);
    }
    if is_total(text) || is_count(text) && !tells_more(row) || sums_up(grid, index, text, table) {
        return Some(TOTALS);
    }
    if is_line(row) || next.is_none() && is_note(text) && names(column, table) {
        return Some(NOTE);
    }
    let is_title = || is_section(grid, index, text, table) || is_group(grid, index, text, table);
    (next.is_none() && names(column, table) && is_title()).then_some(SECTION)
}

/// The cells that hold more than white space.
fn filled(row: Row<'_>) -> impl Iterator<Item = (u16, Value<'_>)> {
    row.cells().filter(|(_, value)| !matches!(value, Value::Text(text) if text.trim().is_empty()))
}

/// Whether a row holds a text behind its first cell, beside what is measured or counted.
fn tells_more(row: Row<'_>) -> bool {
    filled(row).skip(1).any(|(_, value)| match value {
        Value::Text(text) => {
            text.chars().any(char::is_alphabetic) && !text.trim_start().starts_with(|sign: char| sign.is_ascii_digit())
        }
        Value::Number(_) | Value::Bool(_) | Value::Date(_) | Value::Error(_) => false,
    })
}

/// Whether a text tells how many rows there are: "500 rows", "12 machines", "Machines: 12".
fn is_count(text: &str) -> bool {
    let is_sign = |sign: char| sign.is_whitespace() || matches!(sign, ':' | '=' | '.' | ',' | '(' | ')');
    let parts: Vec<&str> = text.split(is_sign).filter(|part| !part.is_empty()).collect();
    let is_number = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    let words: Vec<&str> = parts.iter().copied().filter(|part| !is_number(part)).collect();
    // A machine may be called "Server 12".
    let is_counted = |part: &&str| is_number(part) && (parts.first() == Some(part) || text.contains([':', '=']));
    let counts = parts.first().into_iter().chain(parts.last()).any(is_counted);
    counts && parts.len() > words.len() && cell::is_counted(&words.join(" "))
}

/// Whether a row's first text announces a total: "Total", "Summe:", "Total: 12", "Count 12".
fn is_total(text: &str) -> bool {
    let word =
        text.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace() || matches!(c, ':' | '=' | '.' | ','));
    let rest = &text[word.len()..];
    let parted = rest.is_empty() || rest.starts_with([':', '=', ' ']);
    parted && (cell::is_total(word.trim()) || (!rest.trim().is_empty() && counts_machines(word.trim())))
}

/// Whether a text says that it counts what rows are about: "Number of servers", "Antal virtuella maskiner".
fn counts_machines(text: &str) -> bool {
    ends_of_words(text).any(|(total, rest)| cell::is_total(total) && cell::is_counted(rest.trim()))
}

/// Whether a row sums up the rows above it: nothing but numbers stand beside a text that says so.
///
/// "Subtotal north" does alone; "Total north", "North total" and "Average" do where the rows above tell more in words
/// than they do, as a machine may have such a name.
fn sums_up(grid: &Grid, index: usize, text: &str, table: &Recognised) -> bool {
    let row = grid.row(index);
    let text = text.trim().trim_end_matches(':').trim_end();
    if tells_more(row) || filled(row).nth(1).is_none() {
        return false;
    }
    if ends_of_words(text).any(|(word, _)| cell::is_subtotal(word)) || part_of_sum(text).is_some_and(cell::is_subtotal)
    {
        return true;
    }
    let is_sum = ends_of_words(text).any(|(one, other)| cell::is_total(one) || cell::is_total(other.trim()))
        || text.split_whitespace().any(cell::is_figure);
    let mut above = (table.first_data_row..index).rev().take(ROWS_ABOVE).map(|above| grid.row(above));
    is_sum && above.any(tells_more)
}

/// What stands before the first hyphen, as in "Gesamt-RAM".
fn part_of_sum(text: &str) -> Option<&str> {
    text.split_once('-').map(|(word, _)| word)
}

/// Whether a row that holds nothing but a text is the title of the rows below it: the next one bears the text in another
/// column, or a sum further down has it in its name.
fn is_section(grid: &Grid, index: usize, text: &str, table: &Recognised) -> bool {
    let title = text.trim().trim_end_matches(':').trim_end();
    let below =
        || (index + 1..grid.row_count()).map(move |below| grid.row(below)).filter(|row| filled(*row).next().is_some());
    let is_wide =
        |row: Row<'_>| filled(row).next().is_some_and(|(column, _)| grid.titles.get(&row.number) == Some(&column));
    let Some(next) = below().next().filter(|next| filled(*next).nth(1).is_some()) else { return false };
    // One of several machines of which a list has but the names may have its cells merged to no purpose.
    if is_wide(grid.row(index)) && !is_wide(next) {
        return true;
    }
    let is_titled = |value: Value<'_>| matches!(value, Value::Text(text) if AnyCase(text.trim()) == AnyCase(title));
    // A host above its machines is listed as the host that it is.
    let tells_place =
        |column: u16| !table.columns.iter().any(|used| used.column == column && used.field == Field::VmHost);
    if filled(next).skip(1).any(|(column, value)| tells_place(column) && is_titled(value)) {
        return true;
    }
    let sum = below().take(SECTION_ROWS).find_map(|row| match filled(row).next() {
        Some((_, Value::Text(text))) if filled(row).nth(1).is_some() => summed(text),
        Some(_) | None => None,
    });
    sum.is_some_and(|sum| AnyCase(sum) == AnyCase(title))
}

/// Rows that are looked at for how a list names what it is about.
const NAMED_ROWS: usize = 64;

/// Words that begin the title of a group: "Cluster HVC1", "Site Lund".
const GROUPS: &[&str] = &[
    "site",
    "cluster",
    "customer",
    "host",
    "group",
    "location",
    "zone",
    "network",
    "department",
    "environment",
    "datacenter",
    "datacentre",
    "kund",
    "plats",
    "kluster",
    "grupp",
    "miljö",
    "nät",
    "avdelning",
    "ort",
    "standort",
    "kunde",
    "gruppe",
    "umgebung",
    "abteilung",
    "netz",
    "anlegg",
    "miljø",
    "klynge",
    "groupe",
    "environnement",
    "sitio",
    "grupo",
    "entorno",
    "ambiente",
];

/// Whether a row that holds nothing but a text is the title of a group: every full row is called by a word with a number or
/// a hyphen in it, and this one by none such.
fn is_group(grid: &Grid, index: usize, text: &str, table: &Recognised) -> bool {
    const FULL: usize = 3;
    let rows =
        |from: usize| (from..grid.row_count()).map(|index| grid.row(index)).filter(|row| filled(*row).next().is_some());
    let is_full = |row: &Row<'_>| filled(*row).count() >= FULL;
    let is_coded = |text: &str| {
        !text.contains(char::is_whitespace)
            && text.contains(|sign: char| sign.is_ascii_digit() || matches!(sign, '-' | '_'))
    };
    if table.columns.len() < FULL || is_coded(text.trim()) || !rows(index + 1).next().is_some_and(|row| is_full(&row)) {
        return false;
    }
    let around = || rows(table.first_data_row).take(NAMED_ROWS);
    let is_sum = |row: &Row<'_>| matches!(filled(*row).next(), Some((_, Value::Text(text))) if is_total(text) || summed(text).is_some());
    let mut named = around().filter(|row| is_full(row) && !is_sum(row)).peekable();
    if named.peek().is_none()
        || !named.all(|row| matches!(filled(row).next(), Some((_, Value::Text(text))) if is_coded(text.trim())))
    {
        return false;
    }
    // A machine of which nothing is known stands alone; titles stand above each group.
    let titles = around().filter(|row| filled(*row).nth(1).is_none()).count();
    let begins = text.split_whitespace().next().is_some_and(|word| GROUPS.contains(&word.to_lowercase().as_str()));
    let is_first = index == table.first_data_row;
    (begins && text.trim().contains(char::is_whitespace)) || titles > 1 || is_first
}

/// What a text says that it is the sum of: "Subtotal north", "North total".
fn summed(text: &str) -> Option<&str> {
    let text = text.trim().trim_end_matches(':').trim_end();
    ends_of_words(text).find_map(|(one, other)| {
        let other = other.trim();
        let is_sum = |word: &str| cell::is_total(word) || cell::is_subtotal(word);
        if is_sum(one) { Some(other) } else { is_sum(other).then_some(one) }
    })
}

/// Whether a row is a line drawn with signs: "----,---,-----".
fn is_line(row: Row<'_>) -> bool {
    let is_drawn =
        |text: &str| text.trim().chars().all(|sign| matches!(sign, '-' | '=' | '_' | '–' | '—' | '─' | '═' | '*'));
    let all = filled(row).all(|(_, value)| matches!(value, Value::Text(text) if is_drawn(text)));
    // A single dash is how many write that there is nothing.
    all && filled(row).any(|(_, value)| matches!(value, Value::Text(text) if text.trim().chars().count() > 2))
}

/// Whether a text stands alone above the headings as well, as the title of a printed page does.
fn is_page_title(grid: &Grid, text: &str, table: &Recognised) -> bool {
    let above = (0..table.first_data_row.saturating_sub(1)).map(|index| grid.row(index));
    let mut titles = above.filter(|row| filled(*row).nth(1).is_none()).filter_map(|row| filled(row).next());
    titles.any(|(_, value)| matches!(value, Value::Text(title) if title.trim() == text.trim()))
}

/// Whether a text is a note in a table of nothing but names, or a page's number: "3 / 12", "- 2 -".
fn is_lone_note(column: u16, text: &str, is_alone: bool, table: &Recognised) -> bool {
    let is_name = table.columns.iter().any(|used| used.column == column && is_subject(used.field));
    let is_page = || {
        let sign = |sign: char| sign.is_ascii_digit() || matches!(sign, '-' | '–' | '/' | '|' | ' ');
        text.chars().all(sign) && text.contains(['/', '|', ' ']) && text.contains(|sign: char| sign.is_ascii_digit())
    };
    is_alone && is_name && (opens_note(text) || is_page())
}

/// Whether a column names what a table of several columns is about.
fn names(column: u16, table: &Recognised) -> bool {
    table.columns.len() > 1 && table.columns.iter().any(|used| used.column == column && is_subject(used.field))
}

const fn is_subject(field: Field) -> bool {
    matches!(field, Field::VmName | Field::HostName | Field::ClusterName | Field::CloudName)
}

fn has_id(row: Row<'_>, table: &Recognised) -> bool {
    table.columns.iter().any(|used| {
        matches!(used.field, Field::VmId | Field::DiskId | Field::HostId | Field::CloudId | Field::AzureId)
            && row.get(used.column).is_some()
    })
}
