//! What is wrong with what a catalogue says of planning, and with its names for an import.

use std::collections::BTreeSet;

use super::lint_file::{Known, Linted, document_problems};
use crate::catalogue::{ImportNames, Planning};

/// Holds what documents say of planning to what the program's own is held to.
pub(super) fn planning(linted: &mut Linted<'_>) {
    let facts: Planning = match toml::from_str(linted.text) {
        Ok(facts) => facts,
        Err(error) => return linted.whole(&error.to_string()),
    };
    let mut keys = BTreeSet::new();
    for source in &facts.sources {
        let at = format!("key = \"{}\"", source.key);
        for problem in document_problems(source, facts.retrieved) {
            linted.entry(&[&at], &source.key, &problem);
        }
        if !keys.insert(source.key.as_str()) {
            linted.entry(&[&at, &at], &source.key, "is listed twice");
        }
    }
    for (key, problem) in facts.problems() {
        linted.entry(&[&format!("[{key}]")], key, &problem);
    }
}

/// Holds names for an import to what the program's own are held to.
pub(super) fn import_names(linted: &mut Linted<'_>, known: &Known) {
    let names = match ImportNames::parse(linted.text) {
        Ok(names) => names,
        Err(error) => return linted.whole(&error.to_string()),
    };
    for name in names.iter() {
        let at = format!("{},", name.key);
        if name.name.trim().is_empty() {
            linted.entry(&[&at], &name.key, "has no name");
        }
        if let Some(before) = names.of(&name.key).filter(|before| before.key != name.key) {
            let problem = format!("is never reached, as {} stands before it", before.key);
            linted.entry(&[&at], &name.key, &problem);
        }
        if !known.guests.products().iter().any(|product| product.key.starts_with(&name.key)) {
            linted.entry(&[&at], &name.key, "begins the key of no guest that guest_os.toml lists");
        }
    }
}
