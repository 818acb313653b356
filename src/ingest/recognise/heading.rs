//! Headings as people and programs spell them, brought to one form.

use std::sync::LazyLock;

use super::bag::{Bag, bag, drive_letter, folded};
use crate::ingest::columns::{NAMES, Unit};

/// A heading in the forms under which dialects may know it.
#[derive(Clone, Debug)]
pub(super) struct Heading {
    /// As written, without blanks around.
    pub(super) text: String,
    /// Letters and digits only, in lower case.
    pub(super) key: String,
    /// The key without its unit, and that unit.
    pub(super) stem: Option<(String, Unit)>,
    /// Every form to look up, the closest to what was written first.
    pub(super) forms: Vec<Form>,
    /// The words it is made of.
    pub(super) bag: Option<Bag>,
    /// The drive whose size it names.
    pub(super) drive: Option<u8>,
}

/// A form of a heading to look up.
#[derive(Clone, Debug)]
pub(super) struct Form {
    /// The key, with `#` in place of the number if there is one.
    pub(super) key: String,
    /// The unit taken off its end.
    pub(super) unit: Option<Unit>,
    /// The number taken out of it.
    pub(super) number: Option<u16>,
}

impl Heading {
    /// Reads a heading; `{n}` in a dialect's heading stands for any number.
    pub(super) fn of(text: &str) -> Self {
        let written = text.trim().to_owned();
        // What each of several has is that of one: "Disks[].Size" is a disk's size.
        let text = &text.replace("s[].", " ");
        let (text, bracketed) = without_bracketed_unit(text);
        let bag = bag(&text).map(|bag| Bag { unit: bag.unit.or(bracketed), ..bag });
        let drive = drive_letter(&text);
        let key = text.split("{n}").map(key).collect::<Vec<_>>().join("#");
        let stem = match bracketed {
            Some(unit) => Some((key.clone(), unit)),
            None => without_unit_at_end(&key),
        };
        let mut forms = vec![];
        // A unit in brackets is no part of the key; one at the end may be part of a word.
        if bracketed.is_none() {
            forms.push(Form { key: key.clone(), unit: None, number: None });
        }
        if let Some((stem, unit)) = &stem {
            forms.push(Form { key: stem.clone(), unit: Some(*unit), number: None });
        }
        let numbered: Vec<Form> = forms.iter().flat_map(numbered).collect();
        forms.extend(numbered);
        Self { text: written, key, stem, forms, bag, drive }
    }

    /// The unit it names.
    pub(super) fn unit(&self) -> Option<Unit> {
        let among_words = self.bag.as_ref().and_then(|bag| bag.unit);
        among_words.or_else(|| self.forms.iter().find_map(|form| form.unit))
    }
}

/// A heading's letters and digits in lower case; a percent sign is a word, for a share is not the thing itself.
#[must_use]
pub fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    if text.is_ascii() && !text.contains('%') {
        key.extend(text.chars().filter(char::is_ascii_alphanumeric).map(|ch| ch.to_ascii_lowercase()));
        return key;
    }
    for ch in folded(text).flat_map(char::to_lowercase) {
        if ch.is_alphanumeric() {
            key.push(ch);
        } else if ch == '%' {
            key.push_str("percent");
        }
    }
    key
}

/// The form with each of its numbers taken out in turn.
fn numbered(form: &Form) -> Vec<Form> {
    let mut forms = vec![];
    let mut rest = form.key.as_str();
    while let Some(start) = rest.find(|ch: char| ch.is_ascii_digit()) {
        let digits = rest[start..].bytes().take_while(u8::is_ascii_digit).count();
        let at = form.key.len() - rest.len() + start;
        if let Ok(number @ 1..=999) = form.key[at..at + digits].parse::<u16>() {
            let key = format!("{}#{}", &form.key[..at], &form.key[at + digits..]);
            forms.push(Form { key, unit: form.unit, number: Some(number) });
        }
        rest = &rest[start + digits..];
    }
    forms
}

/// Takes a unit in brackets out of a heading: "Memory (In MB)", "OS disk [GB] size".
fn without_bracketed_unit(text: &str) -> (String, Option<Unit>) {
    for (open, close) in [('(', ')'), ('[', ']')] {
        let Some(start) = text.find(open) else { continue };
        let Some(length) = text[start..].find(close) else { continue };
        let inner = text[start + 1..start + length].trim();
        let word = inner.strip_prefix("In ").or_else(|| inner.strip_prefix("in ")).or_else(|| inner.strip_prefix("i "));
        if let Some(unit) = Unit::named(word.unwrap_or(inner)) {
            return (format!("{} {}", &text[..start], &text[start + length + 1..]), Some(unit));
        }
    }
    (text.to_owned(), None)
}

/// The names of units that may end a key, as keys.
static ENDINGS: LazyLock<Vec<(String, Unit)>> = LazyLock::new(|| {
    let names = NAMES.iter().flat_map(|(names, unit)| names.iter().map(|name| (*name, *unit)));
    let may_end = names.filter(|(name, _)| name.len() > 1 && !matches!(*name, "Mo" | "Go" | "To" | "Ko"));
    may_end.map(|(name, unit)| (key(name), unit)).collect()
});

/// Takes a unit off the end of a key: "memorymb", "writechurnmbs", "sizeinbytes".
fn without_unit_at_end(key: &str) -> Option<(String, Unit)> {
    let mut best: Option<(&str, Unit)> = None;
    for (name, unit) in ENDINGS.iter() {
        if let Some(stem) = key.strip_suffix(name.as_str())
            && best.is_none_or(|(shortest, _)| stem.len() < shortest.len())
        {
            best = Some((stem, *unit));
        }
    }
    let (stem, unit) = best?;
    let stem = stem.strip_suffix("in").filter(|short| short.len() > 2).unwrap_or(stem);
    (!stem.is_empty()).then(|| (stem.to_owned(), unit))
}
