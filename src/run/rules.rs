//! `klar rules`: what is required, by whom, since when, and what changed.

use std::path::Path;

use anyhow::{Result, anyhow};

use super::against::{select, today};
use super::exit::{DONE, FAILED_ON};
use super::load::load;
use super::organisation;
use super::policy::{self, Policy};
use super::read::read;
use super::terminal::print;
use super::unable::unable;
use crate::catalogue::{Catalogue, Edition, Severity};
use crate::cli::{Against, RuleDiff, Rules, SeverityName};
use crate::evaluate::evaluate;
use crate::model::Arg;
use crate::near::near;
use crate::report::language::Language;
use crate::report::phrased::Document;
use crate::report::{edition_diff, readiness_diff, rulebook, terminal, words};
use crate::rules;

/// The names suggested for one that is not known.
const NEAR: usize = 6;

/// Lists, explains or compares requirements, or tries an organisation's own.
///
/// # Errors
/// When an edition or a requirement of the name given does not exist, or a file cannot be read.
pub(super) fn rules(arguments: &Rules) -> Result<u8> {
    match arguments {
        Rules::List { against, severity, given, spoken } => {
            let policy = Policy::open(given)?;
            let catalogue = &policy.catalogue;
            let editions =
                if against.is_empty() { catalogue.editions.iter().collect() } else { select(catalogue, against)? };
            show(rulebook::list(&editions, severity.map(severity_of)), policy.language(spoken)?)
        }
        Rules::Explain { name, given, spoken } => {
            let policy = Policy::open(given)?;
            let rule = rules::find(name).ok_or_else(|| unknown_rule(name))?;
            show(rulebook::explain(&policy.catalogue, rule), policy.language(spoken)?)
        }
        Rules::Diff(arguments) => diff(&Policy::open(&arguments.reading.given)?, arguments),
        Rules::Lint { folder } => lint(folder),
        Rules::Test { files } => organisation::test(files),
    }
}

/// Says what is wrong with the files of a catalogue folder.
fn lint(folder: &Path) -> Result<u8> {
    let files = policy::catalogue_files(folder)?;
    let faults = rules::lint::lint(&files);
    let (files, count) = (words::count(files.len() as u64, "file", "files"), faults.len() as u64);
    let found = if count == 0 { "nothing is wrong".to_owned() } else { words::count(count, "fault", "faults") };
    let lines = faults.iter().map(ToString::to_string).chain([format!("{files}: {found}")]);
    let text = lines.fold(String::new(), |text, line| text + &line + "\n");
    print(&text)?;
    Ok(if count == 0 { DONE } else { FAILED_ON })
}

fn diff(policy: &Policy, arguments: &RuleDiff) -> Result<u8> {
    let catalogue = &policy.catalogue;
    let (old, new) = (only(catalogue, &arguments.old)?, only(catalogue, &arguments.new)?);
    let mut sections = vec![edition_diff::diff(old, new)];
    if !arguments.estate.is_empty() {
        let limits = arguments.reading.given.limits();
        let loaded = load(&arguments.estate, &policy.leave_out(), &limits)?;
        let estate = read(loaded, policy, &arguments.reading)?;
        let as_of = arguments.as_of.unwrap_or_else(today);
        let assessment = evaluate(&estate, catalogue, &[old, new], as_of);
        if let [before, after] = assessment.runs.as_slice() {
            sections.push(readiness_diff::diff(&estate, before, after));
        }
    }
    show(Document { sections, ..Document::default() }, policy.language(&arguments.spoken)?)
}

/// Prints a document for a person.
fn show(document: Document<'_>, language: Language) -> Result<u8> {
    print(&terminal::write(&document.said(language)))
}

fn only<'a>(catalogue: &'a Catalogue, against: &Against) -> Result<&'a Edition> {
    let editions = select(catalogue, std::slice::from_ref(against))?;
    editions.first().copied().ok_or_else(|| anyhow!("{}: no edition", against.target))
}

fn unknown_rule(name: &str) -> anyhow::Error {
    let known: Vec<&str> = rules::RULES.iter().map(|rule| rule.name).collect();
    let shares = |known: &&str| name.split('-').any(|word| word.len() > 2 && known.contains(word));
    let mut sharing: Vec<&str> = known.iter().copied().filter(shares).collect();
    sharing.sort_by_key(|known| (!known.starts_with(name), !known.contains(name)));
    let mut nearest = near(name, &known);
    nearest.extend(sharing.into_iter().filter(|known| !nearest.contains(known)).collect::<Vec<_>>());
    nearest.truncate(NEAR);
    let name = Arg::text(name);
    if nearest.is_empty() {
        return unable!("{name}: no requirement of that name; klar rules list shows them all", name = name);
    }
    let near = Arg::List(nearest.into_iter().map(Arg::text).collect());
    unable!(
        "{name}: no requirement of that name; near it: {near}; klar rules list shows them all",
        name = name,
        near = near
    )
}

const fn severity_of(name: SeverityName) -> Severity {
    match name {
        SeverityName::Blocker => Severity::Blocker,
        SeverityName::Condition => Severity::Condition,
        SeverityName::Warning => Severity::Warning,
        SeverityName::Info => Severity::Info,
    }
}
