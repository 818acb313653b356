//! What differs between two editions of requirements, for the terminal.

use std::collections::{BTreeMap, BTreeSet};

use super::lines::{aligned, line};
use super::rulebook::scope;
use crate::catalogue::{Edition, Limit, Requirement};

/// The items shown of a list that comes or goes with its requirement.
const LISTED: usize = 4;

/// Tells what the second edition requires otherwise than the first.
#[must_use]
pub fn diff(old: &Edition, new: &Edition) -> String {
    let mut text = String::new();
    line(&mut text, 0, &format!("{} -> {}", old.id(), new.id()));
    line(&mut text, 0, &format!("published {} -> {}", old.published, new.published));
    let length = text.len();
    part(&mut text, "Added", &only(new, old));
    part(&mut text, "Removed", &only(old, new));
    let pairs: Vec<(&Requirement, &Requirement)> =
        new.requirements.iter().filter_map(|item| Some((find(old, &item.check)?, item))).collect();
    part(&mut text, "Severity", &changed(&pairs, |item| item.severity.as_str()));
    part(&mut text, "If not known", &changed(&pairs, |item| item.when_missing.as_str()));
    part(&mut text, "Limits", &pairs.iter().flat_map(|(old, new)| limits(old, new)).collect::<Vec<_>>());
    part(&mut text, "Notices added", &notices(new, old));
    part(&mut text, "Notices removed", &notices(old, new));
    if text.len() == length {
        text.push_str("\nThe same is required.\n");
    }
    text
}

fn part(text: &mut String, title: &str, rows: &[Vec<String>]) {
    if !rows.is_empty() {
        text.push('\n');
        line(text, 0, &format!("{title}:"));
        aligned(text, 2, rows);
    }
}

fn find<'a>(edition: &'a Edition, check: &str) -> Option<&'a Requirement> {
    edition.requirements.iter().find(|item| item.check == check)
}

/// The requirements that one edition has and another has not.
fn only(edition: &Edition, other: &Edition) -> Vec<Vec<String>> {
    let items = edition.requirements.iter().filter(|item| find(other, &item.check).is_none());
    let rows = items.map(|item| {
        let limits: Vec<String> = item.limits.iter().map(|(key, limit)| format!("{key} {}", short(limit))).collect();
        let about = if limits.is_empty() { String::new() } else { format!(": {}", limits.join("; ")) };
        vec![item.severity.as_str().to_owned(), item.check.clone(), format!("{}{about}", scope(item))]
    });
    rows.collect()
}

/// A limit, a long list by its beginning; klar rules explain shows it whole.
fn short(limit: &Limit) -> String {
    match limit {
        Limit::List(list) if list.len() > LISTED => {
            format!("{} and {} more", list[..LISTED - 1].join(", "), list.len() + 1 - LISTED)
        }
        Limit::List(_) | Limit::Size(_) | Limit::Count(_) | Limit::Flag(_) | Limit::Text(_) => limit.to_string(),
    }
}

fn changed(pairs: &[(&Requirement, &Requirement)], of: fn(&Requirement) -> &'static str) -> Vec<Vec<String>> {
    let differ = pairs.iter().filter(|(old, new)| of(old) != of(new));
    differ.map(|(old, new)| vec![new.check.clone(), format!("{} -> {}", of(old), of(new))]).collect()
}

/// The limits of a requirement that changed; a list by what it gained and lost.
fn limits(old: &Requirement, new: &Requirement) -> Vec<Vec<String>> {
    let (before, after): (BTreeMap<&str, &Limit>, BTreeMap<&str, &Limit>) =
        (old.limits.iter().collect(), new.limits.iter().collect());
    let keys: BTreeSet<&str> = before.keys().chain(after.keys()).copied().collect();
    let rows = keys.into_iter().filter_map(|key| {
        let change = match (before.get(key), after.get(key)) {
            (Some(Limit::List(old)), Some(Limit::List(new))) => list_change(old, new)?,
            (Some(old), Some(new)) if old == new => return None,
            (old, new) => format!("{} -> {}", value(old.copied()), value(new.copied())),
        };
        Some(vec![new.check.clone(), key.to_owned(), change])
    });
    rows.collect()
}

fn value(limit: Option<&Limit>) -> String {
    limit.map_or_else(|| "none".to_owned(), Limit::to_string)
}

fn list_change(old: &[String], new: &[String]) -> Option<String> {
    let only = |sign: &str, list: &[String], other: &[String]| {
        let items: Vec<&str> = list.iter().filter(|item| !other.contains(item)).map(String::as_str).collect();
        (!items.is_empty()).then(|| format!("{sign} {}", items.join(", ")))
    };
    let changes: Vec<String> = [only("-", old, new), only("+", new, old)].into_iter().flatten().collect();
    (!changes.is_empty()).then(|| changes.join("; "))
}

/// The notices that one edition has and another has not.
fn notices(edition: &Edition, other: &Edition) -> Vec<Vec<String>> {
    let known = |name: &str| other.notices.iter().any(|notice| notice.name == name);
    edition.notices.iter().filter(|notice| !known(&notice.name)).map(|notice| vec![notice.name.clone()]).collect()
}
