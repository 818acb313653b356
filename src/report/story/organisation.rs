//! The organisation's own rules: what each asks, and whom it concerns.

use super::super::organisation::{blocked, subject};
use super::super::phrased::{Block, Cell, Fact, Link, Section, Start, Table, Tone};
use super::super::view::View;
use super::findings;
use super::parts::columns;
use crate::evaluate::Outcome;
use crate::model::{Arg, Identity, Phrase, say};
use crate::organisation::{Answered, Found};

/// Subjects shown with their evidence under one rule; `findings.csv` holds every one.
const WITH_EVIDENCE: usize = 40;

/// The section, when there are rules.
pub(super) fn section<'a>(view: &'a View<'a>) -> Option<Section<'a>> {
    let rules = &view.organisation.rules;
    let text = "These rules are the organisation's own. They count beside the published requirements and change the readiness of no machine.";
    let mut blocks = vec![Block::Text(text.into()), Block::Text(blocked(view)?), Block::Table(overview(rules))];
    if rules.iter().any(|answered| answered.tally.unknown > 0) {
        let text = "A row is unknown when an input does not give a value that decides; findings.csv names each, and what to export.";
        blocks.push(Block::Text(text.into()));
    }
    for answered in rules {
        let shown: Vec<&Found> =
            answered.found.iter().filter(|found| found.outcome == Outcome::NotMet).take(WITH_EVIDENCE).collect();
        if !shown.is_empty() {
            blocks.extend(broken(view, answered, shown));
        }
    }
    Some(Section { id: "organisation".to_owned(), title: "Organisation rules".into(), blocks, start: Start::Page })
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
                Cell { text: rule.severity.as_str().into(), tone: findings::tone(rule.severity), link: None };
            let name = Cell { text: Arg::named(Identity::Rule, &rule.name).into(), tone: Tone::Plain, link };
            let mut cells = vec![name, severity, rule.table.scope().into()];
            cells.extend([tally.met, tally.not_met, tally.unknown].map(Cell::from));
            cells
        }),
        empty: Phrase::default(),
        of_machines: false,
    }
}

fn broken<'a>(view: &'a View<'a>, answered: &'a Answered, shown: Vec<&'a Found>) -> Vec<Block<'a>> {
    let rule = &answered.rule;
    let fact = |label: &'static str, value: Phrase| Fact { label: label.into(), value: value.into() };
    let free = |text: &str| Arg::named(Identity::Free, text);
    let mut blocks = vec![
        Block::Heading {
            id: anchor(&rule.name),
            text: free(&rule.message).into(),
            mark: Some((rule.severity.as_str().into(), findings::tone(rule.severity))),
        },
        Block::Facts(vec![
            fact("Rule", Arg::named(Identity::Rule, &rule.name).into()),
            fact("Expected", Arg::text(&rule.expected()).into()),
            fact("What to do", free(&rule.remedy).into()),
            fact(
                "Source",
                say!(
                    "{file}, line {line}, SHA-256 {digest}",
                    file = Arg::named(Identity::File, &rule.file),
                    line = Arg::at(rule.line),
                    digest = Arg::text(&rule.sha256)
                ),
            ),
        ]),
    ];
    let rest = answered.tally.not_met.saturating_sub(shown.len() as u64);
    blocks.push(Block::Table(subjects(view, shown)));
    if rest > 0 {
        blocks.push(Block::Text(say!("And {more} more, all of them in findings.csv.", more = rest)));
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
            let name = Arg::named(subject.identity, subject.name);
            let name = match subject.kind {
                "disk" | "nic" => {
                    say!("{machine}: {name}", machine = Arg::named(Identity::Machine, subject.id), name = name)
                }
                _ => name.into(),
            };
            vec![
                name.into(),
                Arg::named(Identity::Host, subject.host).into(),
                Arg::named(Identity::Free, &found.observed).into(),
                Cell { text: findings::place_of(view, found.origin), tone: Tone::Faint, link: None },
            ]
        }),
        empty: Phrase::default(),
        of_machines: false,
    }
}
