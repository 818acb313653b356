//! The organisation's own rules: what each asks, and whom it concerns.

use super::super::document::{Block, Cell, Fact, Link, Section, Start, Table, Tone};
use super::super::organisation::{blocked, subject};
use super::super::view::View;
use super::super::words;
use super::findings;
use super::parts::columns;
use crate::evaluate::Outcome;
use crate::organisation::{Answered, Found};

/// Subjects shown with their evidence under one rule; `findings.csv` holds every one.
const WITH_EVIDENCE: usize = 40;

/// The section, when there are rules.
pub(super) fn section<'a>(view: &'a View<'a>) -> Option<Section<'a>> {
    let rules = &view.organisation.rules;
    let text = "These rules are the organisation's own. They count beside the published requirements and change the readiness of no machine.";
    let mut blocks = vec![Block::Text(text.to_owned()), Block::Text(blocked(view)?), Block::Table(overview(rules))];
    if rules.iter().any(|answered| answered.tally.unknown > 0) {
        let text = "A row is unknown when an input does not give a value that decides; findings.csv names each, and what to export.";
        blocks.push(Block::Text(text.to_owned()));
    }
    for answered in rules {
        let shown: Vec<&Found> =
            answered.found.iter().filter(|found| found.outcome == Outcome::NotMet).take(WITH_EVIDENCE).collect();
        if !shown.is_empty() {
            blocks.extend(broken(view, answered, shown));
        }
    }
    Some(Section { id: "organisation".to_owned(), title: "Organisation rules".to_owned(), blocks, start: Start::Page })
}

/// How many machines break one of its blockers, for the summary.
pub(super) fn callout<'a>(view: &View<'_>) -> Option<Block<'a>> {
    let tone = if view.organisation.machines_blocked(view.estate) > 0 { Tone::Bad } else { Tone::Faint };
    Some(Block::Callout { tone, text: blocked(view)? })
}

fn anchor(name: &str) -> String {
    format!("organisation-{name}")
}

fn overview(rules: &[Answered]) -> Table<'_> {
    Table {
        columns: columns(&[
            ("Rule", 34, false),
            ("Severity", 12, false),
            ("Judges", 16, false),
            ("Met", 10, true),
            ("Not met", 10, true),
            ("Unknown", 10, true),
        ]),
        len: rules.len(),
        row: Box::new(|index| {
            let Answered { rule, tally, .. } = &rules[index];
            let link = (tally.not_met > 0).then(|| Link::Inside(anchor(&rule.name)));
            let severity =
                Cell { text: rule.severity.as_str().to_owned(), tone: findings::tone(rule.severity), link: None };
            let mut cells =
                vec![Cell { text: rule.name.clone(), tone: Tone::Plain, link }, severity, rule.table.scope().into()];
            cells.extend([tally.met, tally.not_met, tally.unknown].map(|count| words::grouped(count).into()));
            cells
        }),
        empty: String::new(),
        of_machines: false,
    }
}

fn broken<'a>(view: &'a View<'a>, answered: &'a Answered, shown: Vec<&'a Found>) -> Vec<Block<'a>> {
    let rule = &answered.rule;
    let fact = |label: &str, value: String| Fact { label: label.to_owned(), value: value.into() };
    let mut blocks = vec![
        Block::Heading {
            id: anchor(&rule.name),
            text: rule.message.clone(),
            mark: Some((rule.severity.as_str().to_owned(), findings::tone(rule.severity))),
        },
        Block::Facts(vec![
            fact("Rule", rule.name.clone()),
            fact("Expected", rule.expected()),
            fact("What to do", rule.remedy.clone()),
            fact("Source", format!("{}, line {}, SHA-256 {}", rule.file, rule.line, rule.sha256)),
        ]),
    ];
    let rest = answered.tally.not_met.saturating_sub(shown.len() as u64);
    blocks.push(Block::Table(subjects(view, shown)));
    if rest > 0 {
        blocks.push(Block::Text(format!("And {} more, all of them in findings.csv.", words::grouped(rest))));
    }
    blocks
}

fn subjects<'a>(view: &'a View<'a>, shown: Vec<&'a Found>) -> Table<'a> {
    Table {
        columns: columns(&[("Subject", 30, false), ("Host", 18, false), ("Seen", 34, false), ("Where", 26, false)]),
        len: shown.len(),
        row: Box::new(move |index| {
            let found = shown[index];
            let subject = subject(view, found.item);
            let name = match subject.kind {
                "disk" | "nic" => format!("{}: {}", subject.id, subject.name),
                _ => subject.name.to_owned(),
            };
            vec![
                name.into(),
                subject.host.into(),
                found.observed.as_str().into(),
                Cell { text: findings::place_of(view, found.origin), tone: Tone::Faint, link: None },
            ]
        }),
        empty: String::new(),
        of_machines: false,
    }
}
