//! What is wrong with a requirements edition.

use std::collections::BTreeSet;

use super::find;
use super::limit_kinds::{limit_fault, looks_for_limits};
use super::lint_file::{Known, Linted, document_problems};
use crate::catalogue::{Edition, Limit, Requirement};

/// The target and edition of a file's place, "requirements/azure-vm/2027-03.toml".
pub(super) fn place(name: &str) -> Option<(&str, &str)> {
    name.strip_prefix("requirements/")?.strip_suffix(".toml")?.split_once('/')
}

/// Holds an edition to all that the program's own are held to.
pub(super) fn edition(linted: &mut Linted<'_>, target: &str, name: &str, known: &Known) {
    let edition: Edition = match toml::from_str(linted.text) {
        Ok(edition) => edition,
        Err(error) => return linted.whole(&error.to_string()),
    };
    if edition.target.as_str() != target || edition.edition != name {
        let problem = format!("says that it is {}; put it where that belongs, or correct it", edition.id());
        linted.entry(&["edition ="], "edition", &problem);
    }
    if !edition.published.to_string().starts_with(&edition.edition) {
        let problem = format!("is published {}, which is not in {}", edition.published, edition.edition);
        linted.entry(&["published ="], "published", &problem);
    }
    if edition.retrieved < edition.published {
        linted.entry(&["retrieved ="], "retrieved", "is before the day of publication");
    }
    if edition.requirements.is_empty() {
        linted.entry(&["edition ="], "edition", "requires nothing");
    }
    sources(linted, &edition);
    requirements(linted, &edition, known);
    notices(linted, &edition);
}

fn sources(linted: &mut Linted<'_>, edition: &Edition) {
    let mut keys = BTreeSet::new();
    for source in &edition.sources {
        let at = format!("key = \"{}\"", source.key);
        for problem in document_problems(source, edition.retrieved) {
            linted.entry(&[&at], &source.key, &problem);
        }
        if !keys.insert(source.key.as_str()) {
            linted.entry(&[&at, &at], &source.key, "is listed twice");
        }
    }
}

fn requirements(linted: &mut Linted<'_>, edition: &Edition, known: &Known) {
    let keys: BTreeSet<&str> = edition.sources.iter().map(|source| source.key.as_str()).collect();
    let mut names = BTreeSet::new();
    for requirement in &edition.requirements {
        let name = requirement.check.as_str();
        let at = format!("check = \"{name}\"");
        if !names.insert(name) {
            linted.entry(&[&at, &at], name, "stands twice");
        }
        if find(name).is_none() {
            linted.entry(&[&at], name, "is no check of this Klar; use a newer one, or take the requirement out");
        }
        if !keys.contains(requirement.source.as_str()) {
            let problem = format!("names the source `{}`, which the file does not list", requirement.source);
            linted.entry(&[&at, "source ="], name, &problem);
        }
        if requirement.section.trim().is_empty() {
            linted.entry(&[&at, "section ="], name, "names no section");
        }
        let from = requirement.carried_from.as_ref();
        if let Some(from) = from.filter(|from| !known.editions.contains(&format!("{}@{from}", edition.target))) {
            linted.entry(&[&at, "carried_from ="], name, &format!("is carried from {from}, which is no edition"));
        }
        limits(linted, requirement, &at, known);
    }
}

fn limits(linted: &mut Linted<'_>, requirement: &Requirement, at: &str, known: &Known) {
    let name = requirement.check.as_str();
    if find(name).is_some_and(looks_for_limits) && requirement.limits.iter().next().is_none() {
        linted.entry(&[at], name, "needs a limit and is given none");
    }
    for (key, limit) in requirement.limits.iter() {
        // A limit stands in a line of its own, or in one with the others.
        let own = linted.line_of(&[at, &format!("{key} =")]);
        let line = own.filter(|line| Some(*line) != linted.line_of(&[at]));
        let line = line.or_else(|| linted.line_of(&[at, "limits ="]));
        if let Some(problem) = limit_fault(requirement, key, limit) {
            linted.put(line, name, &problem);
        }
        for problem in strangers(limit, known) {
            linted.put(line, name, &format!("the limit `{key}` {problem}"));
        }
    }
}

/// What a limit names that no list at hand has: releases by their title, guests by their key.
fn strangers(limit: &Limit, known: &Known) -> Vec<String> {
    let texts: Vec<&str> = match limit {
        Limit::List(texts) => texts.iter().map(String::as_str).collect(),
        Limit::Text(text) => vec![text],
        Limit::Size(_) | Limit::Count(_) | Limit::Flag(_) => return Vec::new(),
    };
    let key = |text: &str| text.split(' ').next().unwrap_or_default().to_owned();
    let is_guest = |text: &str| known.guests.product(&key(text)).is_some();
    let guests = texts.iter().any(|text| is_guest(text));
    let is_release = |text: &str| text.starts_with("Windows Server") || text.starts_with("Virtual Machine Manager");
    let releases = &known.releases;
    let titled = |text: &str| releases.hosts.titled(text).is_some() || releases.managers.titled(text).is_some();
    let mut problems = Vec::new();
    for text in texts {
        if guests && !is_guest(text) {
            problems.push(format!("names the guest `{}`, which guest_os.toml does not list", key(text)));
        }
        if is_release(text) && !titled(text) {
            problems.push(format!("names the release `{text}`, which releases.toml does not list"));
        }
    }
    problems
}

fn notices(linted: &mut Linted<'_>, edition: &Edition) {
    let mut names: BTreeSet<&str> = edition.requirements.iter().map(|requirement| requirement.check.as_str()).collect();
    for notice in &edition.notices {
        let at = format!("name = \"{}\"", notice.name);
        if !names.insert(notice.name.as_str()) {
            linted.entry(&[&at], &notice.name, "is the name of another notice or of a requirement");
        }
        if notice.text.trim().is_empty() || notice.section.trim().is_empty() {
            linted.entry(&[&at], &notice.name, "has no text, or names no section");
        }
        if !edition.sources.iter().any(|source| source.key == notice.source) {
            let problem = format!("names the source `{}`, which the file does not list", notice.source);
            linted.entry(&[&at, "source ="], &notice.name, &problem);
        }
    }
}
