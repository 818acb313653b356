//! JSON as `az`, Resource Graph and PowerShell write it: finds the lists of objects and hands each to be flattened.

use super::enumerations::spell_out;
use super::envelope;
use super::flatten::flatten;
use super::json_tree::{Json, plain};
use super::nested::{self, ItemList};
use crate::ingest::limits::{Budget, Limits, count, within};
use crate::ingest::refusal::Refusal;
use crate::ingest::source::{Reading, Source};
use crate::model::{Arg, Gravity, Phrase, say};

/// How far warnings may stand above the JSON.
const LOOK: usize = 16 << 10;

/// Where the JSON of a text begins, after warnings that a command printed into the same stream.
pub(super) fn begins_at(text: &str) -> Option<usize> {
    let first = text.len() - text.trim_start().len();
    if looks_like_json(&text[first..]) {
        return Some(first);
    }
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if at > LOOK {
            return None;
        }
        if looks_like_json(line) || (matches!(line.trim(), "[" | "{") && looks_like_json(&text[at..])) {
            return is_warning(&text[..at]).then_some(at);
        }
        at += line.len();
    }
    None
}

fn looks_like_json(text: &str) -> bool {
    let mut letters = text.chars().filter(|letter| !letter.is_whitespace());
    match (letters.next(), letters.next()) {
        (Some('['), Some(second)) => matches!(second, '{' | '[' | '"' | ']' | '-' | '0'..='9'),
        (Some('{'), second) => matches!(second, Some('"' | '}') | None),
        _ => false,
    }
}

/// Whether a text begins as commands warn; a heading that speaks of warnings does not.
fn is_warning(text: &str) -> bool {
    let first = text.trim_start().lines().next().unwrap_or_default().to_lowercase();
    first.starts_with("warning ") || ["warning:", "in preview", "deprecat"].iter().any(|word| first.contains(word))
}

/// Reads the JSON that begins at an offset of a text.
pub(super) fn read(source: &Source, text: &str, begins_at: usize, limits: &Budget) -> Result<Reading, Refusal> {
    let mut reading = Reading::default();
    if !text[..begins_at].trim().is_empty() {
        let text = say!("{file}: text before the JSON was left out (warnings of the command).", file = source.named());
        reading.notes.push(source.note(Gravity::Remark, "", text));
    }
    check_depth(text, begins_at, limits)?;
    let mut values = Vec::new();
    let mut stream = serde_json::Deserializer::from_str(&text[begins_at..]).into_iter::<Json<'_>>();
    loop {
        let offset = begins_at + stream.byte_offset();
        match stream.next() {
            None => break,
            Some(Ok(value)) => values.push(value),
            Some(Err(_)) if !values.is_empty() && is_warning(&text[offset..]) => {
                let text =
                    say!("{file}: text after the JSON was left out (warnings of the command).", file = source.named());
                reading.notes.push(source.note(Gravity::Remark, "", text));
                break;
            }
            Some(Err(error)) => return Err(fault(&error, &text[..begins_at])),
        }
    }
    values.iter_mut().for_each(spell_out);
    for incomplete in values.iter().filter_map(incomplete) {
        let text = say!(
            "{file} holds only a part of the result: {incomplete}. Fetch the following pages as well (`az graph query --skip-token ...`), and give all files.",
            file = source.named(),
            incomplete
        );
        reading.notes.push(source.note(Gravity::Doubt, "", text));
    }
    let mut cells = 0;
    for ItemList { sheet, type_name, items } in envelope::lists(values).into_iter().flat_map(nested::part) {
        let mut grid = flatten(sheet, &items, limits)?;
        grid.type_name = type_name;
        cells += count(grid.cell_count());
        within(cells, limits.file_cells, "cells in one file")?;
        limits.spend_table(&grid)?;
        reading.grids.push(grid);
    }
    if reading.grids.is_empty() { Err(Refusal::JsonWithoutObjects) } else { Ok(reading) }
}

fn fault(error: &serde_json::Error, before: &str) -> Refusal {
    let what = error.to_string();
    let what = what.rsplit_once(" at line ").map_or(what.as_str(), |(what, _)| what).to_owned();
    Refusal::Json { line: before.matches('\n').count() + error.line(), column: error.column(), what }
}

/// Parsers recurse into what is nested and make room for each value, so both are counted first.
fn check_depth(text: &str, begins_at: usize, limits: &Limits) -> Result<(), Refusal> {
    let (mut depth, mut in_text, mut is_escaped) = (0_u64, false, false);
    // Each value but the outermost follows a mark or begins what it is in.
    let mut values = 1_u64;
    for (at, byte) in text.bytes().enumerate().skip(begins_at) {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if in_text => is_escaped = true,
            b'"' => in_text = !in_text,
            b',' | b'{' | b'[' if !in_text => {
                values += 1;
                within(values, limits.json_values, "values")?;
                if byte == b',' {
                    continue;
                }
                depth += 1;
                if depth > limits.json_depth {
                    let line = text[..at].matches('\n').count() + 1;
                    return Err(Refusal::JsonDepth { limit: limits.json_depth, line });
                }
            }
            b'}' | b']' if !in_text => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    Ok(())
}

/// What says that more pages follow, if anything does.
fn incomplete(value: &Json<'_>) -> Option<Phrase> {
    let Json::Object(members) = value else { return None };
    let next = members.iter().find(|(key, value)| {
        MORE.contains(&&*plain(key)) && matches!(value, Json::Text(text) if !text.trim().is_empty())
    });
    let cut = || members.iter().find(|(key, value)| plain(key) == "resulttruncated" && is_true(value));
    if let Some((key, _)) = next.or_else(cut) {
        return Some(say!("{key} is set", key = Arg::text(key)));
    }
    let listed = members.iter().find_map(|(key, value)| match value {
        Json::List(items) if envelope::PAGES.contains(&&*plain(key)) => Some(items.len()),
        _ => None,
    })?;
    let total = members.iter().find_map(|(key, value)| whole_number(value).filter(|_| plain(key) == "totalrecords"))?;
    (total > count(listed)).then(|| say!("it lists {listed} of {total} records", listed, total))
}

/// Keys that say where the next page is, in lower case without marks.
const MORE: &[&str] = &["skiptoken", "nextlink", "odatanextlink", "nextpagelink", "continuationtoken"];

fn is_true(value: &Json<'_>) -> bool {
    match value {
        Json::Bool(truth) => *truth,
        Json::Text(text) => text.trim().eq_ignore_ascii_case("true"),
        Json::Null | Json::Number(_) | Json::List(_) | Json::Object(_) => false,
    }
}

fn whole_number(value: &Json<'_>) -> Option<u64> {
    match value {
        // A double's shortest form has no decimals when it is whole.
        Json::Number(number) => number.to_string().parse().ok(),
        Json::Text(text) => text.trim().parse().ok(),
        Json::Null | Json::Bool(_) | Json::List(_) | Json::Object(_) => None,
    }
}
