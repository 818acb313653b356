//! JSON as `az`, Resource Graph and PowerShell write it: finds the lists of objects and hands each to be flattened.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use super::flatten::flatten;
use super::limits::{Limits, count, within};
use super::refusal::Refusal;
use super::source::{Reading, Source};
use crate::model::Gravity;

/// A JSON value that borrows its texts and keeps the order of its keys.
#[derive(Debug)]
pub(super) enum Json<'a> {
    Null,
    Bool(bool),
    Number(f64),
    Text(Cow<'a, str>),
    List(Vec<Json<'a>>),
    Object(Vec<(Cow<'a, str>, Json<'a>)>),
}

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

fn is_warning(text: &str) -> bool {
    let text = text.to_lowercase();
    ["warning", "preview", "deprecat"].iter().any(|word| text.contains(word))
}

/// Reads the JSON that begins at an offset of a text.
pub(super) fn read(source: &Source, text: &str, begins_at: usize, limits: &Limits) -> Result<Reading, Refusal> {
    let name = source.file_name();
    let mut reading = Reading::default();
    if !text[..begins_at].trim().is_empty() {
        let text = format!("{name}: text before the JSON was left out (warnings of the command).");
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
            Some(Err(_)) if !values.is_empty() && is_warning(text[offset..].lines().next().unwrap_or_default()) => {
                let text = format!("{name}: text after the JSON was left out (warnings of the command).");
                reading.notes.push(source.note(Gravity::Remark, "", text));
                break;
            }
            Some(Err(error)) => return Err(fault(&error, &text[..begins_at])),
        }
    }
    for incomplete in values.iter().filter_map(incomplete) {
        let text = format!(
            "{name} holds only a part of the result: {incomplete} is set. Fetch the following pages as well \
             (`az graph query --skip-token ...`), and give all files."
        );
        reading.notes.push(source.note(Gravity::Doubt, "", text));
    }
    let mut cells = 0;
    for (sheet, items) in tables(values) {
        let grid = flatten(sheet, &items, limits)?;
        cells += count(grid.cell_count());
        within(cells, limits.file_cells, "cells in one file")?;
        reading.grids.push(grid);
    }
    if reading.grids.is_empty() { Err(Refusal::JsonWithoutObjects) } else { Ok(reading) }
}

fn fault(error: &serde_json::Error, before: &str) -> Refusal {
    let what = error.to_string();
    let what = what.rsplit_once(" at line ").map_or(what.as_str(), |(what, _)| what).to_owned();
    Refusal::Json { line: before.matches('\n').count() + error.line(), column: error.column(), what }
}

/// Parsers recurse into what is nested, so the depth is measured first.
fn check_depth(text: &str, begins_at: usize, limits: &Limits) -> Result<(), Refusal> {
    let (mut depth, mut in_text, mut is_escaped) = (0_u64, false, false);
    for (at, byte) in text.bytes().enumerate().skip(begins_at) {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if in_text => is_escaped = true,
            b'"' => in_text = !in_text,
            b'{' | b'[' if !in_text => {
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

/// The key that says more pages follow, if it is set.
fn incomplete<'j>(value: &'j Json<'_>) -> Option<&'j str> {
    const MORE: &[&str] = &["skip_token", "skipToken", "$skipToken", "nextLink", "@odata.nextLink", "NextPageLink"];
    let Json::Object(members) = value else { return None };
    let set = members
        .iter()
        .find(|(key, value)| MORE.contains(&&**key) && matches!(value, Json::Text(text) if !text.trim().is_empty()));
    set.map(|(key, _)| &**key)
}

/// The lists of objects in the values of a file, each with the key it stands under.
fn tables<'a>(values: Vec<Json<'a>>) -> Vec<(String, Vec<Json<'a>>)> {
    let mut loose = Vec::new();
    let mut tables = Vec::new();
    for value in values {
        match value {
            Json::List(items) => loose.extend(items),
            Json::Object(members) => match wrapped(&members) {
                Wrapped::Under(index) => {
                    let (key, value) = members.into_iter().nth(index).expect("the index was found in these members");
                    tables.push((key.into_owned(), items(value)));
                }
                Wrapped::Named => {
                    tables.extend(members.into_iter().map(|(key, value)| (key.into_owned(), items(value))));
                }
                Wrapped::Not => loose.push(Json::Object(members)),
            },
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::Text(_) => {}
        }
    }
    if !loose.is_empty() {
        tables.insert(0, (String::new(), loose));
    }
    tables.retain(|(_, items)| !items.is_empty());
    tables
}

fn items(value: Json<'_>) -> Vec<Json<'_>> {
    match value {
        Json::List(items) => items,
        other => vec![other],
    }
}

enum Wrapped {
    /// The one member at this index is the list.
    Under(usize),
    /// Every member is a list or an object of its own.
    Named,
    /// The object is itself an item.
    Not,
}

fn wrapped(members: &[(Cow<'_, str>, Json<'_>)]) -> Wrapped {
    let has = |name: &str| members.iter().any(|(key, _)| key.eq_ignore_ascii_case(name));
    let is_template = has("$schema");
    let list = members.iter().position(|(key, value)| {
        matches!(value, Json::List(_))
            && (matches!(&**key, "value" | "data" | "Items") || (is_template && key == "resources"))
    });
    if let Some(index) = list.filter(|_| is_template || !(has("name") || has("id"))) {
        return Wrapped::Under(index);
    }
    let is_nest = |value: &Json<'_>| matches!(value, Json::List(_) | Json::Object(_));
    let is_list =
        |value: &Json<'_>| matches!(value, Json::List(items) if items.iter().any(|it| matches!(it, Json::Object(_))));
    if members.iter().all(|(_, value)| is_nest(value)) && members.iter().any(|(_, value)| is_list(value)) {
        return Wrapped::Named;
    }
    Wrapped::Not
}

impl<'de: 'a, 'a> Deserialize<'de> for Json<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Values)
    }
}

struct Values;

impl<'de> Visitor<'de> for Values {
    type Value = Json<'de>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Json<'de>, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Json<'de>, E> {
        Ok(Json::Bool(truth))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Json<'de>, E> {
        Ok(whole(number.unsigned_abs(), number.is_negative()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json<'de>, E> {
        Ok(whole(number, false))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Json<'de>, E> {
        Ok(Json::Number(number))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Json<'de>, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Json::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json<'de>, A::Error> {
        let mut members = Vec::new();
        while let Some(Key(key)) = map.next_key()? {
            members.push((key, map.next_value()?));
        }
        Ok(Json::Object(members))
    }
}

/// Doubles hold whole numbers up to 2^53; longer ones are kept digit by digit.
fn whole<'a>(size: u64, is_negative: bool) -> Json<'a> {
    let sign = if is_negative { "-" } else { "" };
    if size <= 1 << 53 {
        #[expect(clippy::cast_precision_loss, reason = "the size was just compared with what a double holds")]
        let number = size as f64;
        Json::Number(if is_negative { -number } else { number })
    } else {
        Json::Text(Cow::Owned(format!("{sign}{size}")))
    }
}

struct Key<'a>(Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Key<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match deserializer.deserialize_str(Values)? {
            Json::Text(text) => Ok(Self(text)),
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::List(_) | Json::Object(_) => {
                Err(serde::de::Error::custom("a key is no text"))
            }
        }
    }
}
