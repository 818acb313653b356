//! Requirements for a person: which there are, what each asks since when, and how an organisation's own rules answer their
//! examples.

use super::lines::line;
use super::phrased::{Block, Cell, Document, Fact, Section, Table};
use super::story::{columns, heading};
use super::words;
use crate::catalogue::{Catalogue, Edition, Limits, Requirement, Severity};
use crate::model::{Arg, Phrase, say};
use crate::organisation::{self, Failure};
use crate::rules::{self, Example, Expect, Rule};

/// Lists the requirements of editions, of one severity or of all.
#[must_use]
pub fn list<'a>(editions: &[&'a Edition], severity: Option<Severity>) -> Document<'a> {
    let sections = editions.iter().map(|edition| listed(edition, severity)).collect();
    Document { sections, ..Document::default() }
}

fn listed(edition: &Edition, severity: Option<Severity>) -> Section<'_> {
    let all = edition.requirements.len();
    let listed: Vec<&Requirement> =
        edition.requirements.iter().filter(|item| severity.is_none_or(|wanted| item.severity == wanted)).collect();
    let count = say!("{all} {all:requirement|requirements}", all = all);
    let count = if listed.len() < all { say!("{listed} of {all}", listed = listed.len(), all = count) } else { count };
    let table = Table {
        columns: columns(&[("Severity", 12, false), ("Requirement", 40, false), ("Judges each", 20, false)]),
        len: listed.len(),
        row: Box::new(move |index| {
            let requirement = listed[index];
            let name = Arg::text(&requirement.check);
            vec![requirement.severity.as_str().into(), name.into(), scope(requirement).into()]
        }),
        empty: "None.".into(),
        of_machines: false,
    };
    let title = say!("{edition} ({count})", edition = Arg::text(&edition.id()), count = count);
    let blocks = vec![Block::Text(Arg::wording(&edition.title).into()), Block::Table(table)];
    Section { id: edition.id(), title, blocks, ..Section::default() }
}

/// What a requirement judges, in a word.
pub(super) fn scope(requirement: &Requirement) -> &'static str {
    rules::find(&requirement.check).map_or("", |rule| rule.check.scope())
}

/// Limits in short: "`generation_1` 1023 GiB; `generation_2` 300 GiB".
fn limits(limits: &Limits) -> String {
    let limits: Vec<String> = limits.iter().map(|(key, limit)| format!("{key} {limit}")).collect();
    limits.join("; ")
}

/// Explains a requirement: what, why, limits by edition, what to do, what to export, where it is published, examples.
#[must_use]
pub fn explain<'a>(catalogue: &'a Catalogue, rule: &'static Rule) -> Document<'a> {
    let asked: Vec<(&Edition, &Requirement)> = catalogue
        .editions
        .iter()
        .filter_map(|edition| Some((edition, edition.requirements.iter().find(|item| item.check == rule.name)?)))
        .collect();
    let mut blocks = vec![
        Block::Text(rule.summary.into()),
        Block::Text(rule.why.into()),
        Block::Text(say!("What to do: {remedy}", remedy = Arg::Word(rule.remedy))),
        heading("editions", "By edition"),
        Block::Table(by_edition(asked.clone())),
        heading("facts", "What settles it, and what exports that"),
    ];
    let fact = |field| Fact { label: Arg::Field(field).into(), value: Arg::Export(field).into() };
    blocks.push(Block::Facts(rule.needs.iter().copied().map(fact).collect()));
    blocks.push(heading("sources", "Sources"));
    for (edition, requirement) in asked {
        blocks.extend(sources(edition, requirement).into_iter().map(Block::Text));
    }
    blocks.push(heading("examples", "Examples"));
    blocks.extend(rule.examples.iter().flat_map(example).map(Block::Text));
    let (name, scope) = (Arg::Word(rule.name), Arg::Word(rule.check.scope()));
    let title = say!("{rule} (judges each {scope})", rule = name, scope = scope);
    Document {
        sections: vec![Section { id: rule.name.to_owned(), title, blocks, ..Section::default() }],
        ..Document::default()
    }
}

fn by_edition<'a>(asked: Vec<(&'a Edition, &'a Requirement)>) -> Table<'a> {
    Table {
        columns: columns(&[
            ("Edition", 24, false),
            ("Severity", 12, false),
            ("If not known", 14, false),
            ("Limits", 50, false),
        ]),
        len: asked.len(),
        row: Box::new(move |index| {
            let (edition, requirement) = asked[index];
            let text = |text: &str| Cell::from(Arg::text(text));
            let (severity, missing) = (requirement.severity.as_str(), requirement.when_missing.as_str());
            vec![text(&edition.id()), severity.into(), missing.into(), text(&limits(&requirement.limits))]
        }),
        empty: "None.".into(),
        of_machines: false,
    }
}

/// Where a requirement is published, and what an auditor may want to know beside the address: what decides, where the dated
/// text was read, and what carries over.
fn sources(edition: &Edition, requirement: &Requirement) -> Vec<Phrase> {
    let document = edition.document(&requirement.source);
    let place = say!(
        "{edition}: {document}, {section}, {date}",
        edition = Arg::text(&edition.id()),
        document = Arg::text(&document.document),
        section = Arg::text(&requirement.section),
        date = document.date
    );
    let parts: [(&'static str, &Option<String>); 4] = [
        ("What decides", &requirement.line),
        ("Read in the copy", &document.copy),
        ("SHA-256", &document.sha256),
        ("Remark", &requirement.remark),
    ];
    let told = parts.into_iter().filter_map(|(what, text)| {
        Some(say!("{what}: {text}", what = Arg::Word(what), text = Arg::wording(text.as_ref()?)))
    });
    let carried = requirement.carried_from.as_ref().map(|from| {
        say!(
            "Carried over from {edition}: the text of {old}, which those of {new} do not restate",
            edition = Arg::text(&format!("{}@{from}", edition.target)),
            old = document.date,
            new = edition.published
        )
    });
    [place, Arg::text(&document.url).into()].into_iter().chain(told).chain(carried).collect()
}

/// An example, a line each row of its tables.
fn example(example: &Example) -> Vec<Phrase> {
    let expect = match example.expect {
        Expect::Met => "met",
        Expect::NotMet => "not met",
        Expect::Unknown => "unknown",
        Expect::NotApplicable => "not applicable",
    };
    let mut rows = Vec::new();
    for table in example.tables {
        for row in table.rows {
            let cells = table.header.iter().zip(*row).map(|(heading, cell)| {
                Arg::from(say!("{heading} = {value}", heading = Arg::text(heading), value = Arg::text(cell)))
            });
            rows.push(say!("{outcome}: {cells}", outcome = Arg::Word(expect), cells = Arg::List(cells.collect())));
        }
    }
    rows
}

/// Tells how an organisation's own rules answered their examples: each that failed, and how many there are.
#[must_use]
pub fn tried(
    rules: &[organisation::Rule],
    tried: &[(&organisation::Rule, &organisation::Example, Vec<Failure>)],
) -> String {
    let mut text = String::new();
    for (rule, example, failures) in tried {
        for Failure { row, outcome, observed } in failures {
            let place = format!("{}, line {}", rule.file, example.line);
            let said = format!("{}: row {row} comes out {outcome}, expected {}: {observed}", rule.name, example.expect);
            line(&mut text, 0, &format!("{place}: {said}"));
        }
    }
    let failed = tried.iter().filter(|(_, _, failures)| !failures.is_empty()).count() as u64;
    let bare: Vec<&str> = rules.iter().filter(|rule| rule.examples.is_empty()).map(|rule| rule.name.as_str()).collect();
    if !bare.is_empty() {
        line(&mut text, 0, &format!("Without an example: {}", bare.join(", ")));
    }
    let examples = words::count(tried.len() as u64, "example", "examples");
    let rules = words::count(rules.len() as u64, "rule", "rules");
    let end = if failed == 0 { "as expected".to_owned() } else { format!("{} failed", words::grouped(failed)) };
    line(&mut text, 0, &format!("{examples} of {rules}: {end}"));
    text
}
