//! Findings of one edition, requirement by requirement: what it asks, why, what to do, and whom it concerns.

use std::collections::{BTreeMap, BTreeSet};

use super::super::document::{Block, Cell, Fact, Link, Section, Table, Tone};
use super::super::finding::{expected, observed, origin, waiver};
use super::super::view::{PdfDetail, View};
use super::super::words;
use super::edition_title;
use super::summary::columns;
use crate::catalogue::{Requirement, Severity};
use crate::evaluate::{Finding, Outcome, Run, Subject, machines_of};
use crate::model::{Origin, Phrase};

/// Subjects shown with their evidence under one requirement, unless all are asked for.
const FIRST: usize = 12;
/// Kinds of evidence shown where there are more subjects than have room.
const KINDS: usize = 8;

pub(super) fn section<'a>(view: &'a View<'a>, number: usize) -> Section<'a> {
    let run = &view.assessment.runs[number];
    let mut blocks = Vec::new();
    let mut brief = Vec::new();
    for severity in Severity::ALL {
        for (index, requirement) in run.edition.requirements.iter().enumerate() {
            if requirement.severity != *severity {
                continue;
            }
            match told_above(view, number, index) {
                Some(above) if run.tallies[index].not_met > 0 => brief.push((index, above)),
                Some(_) => {}
                None => blocks.extend(requirement_blocks(view, number, index)),
            }
        }
    }
    if !brief.is_empty() {
        let text = "Also broken on this road, and told with the evidence under an earlier one:";
        blocks.extend([Block::Text(text.to_owned()), Block::Table(brief_table(run, brief))]);
    }
    if blocks.is_empty() {
        blocks.push(Block::Text("Nothing that was checked is amiss.".to_owned()));
    } else {
        let text = "Each requirement below is broken by at least one machine, host or resource; what is waived is marked so. Requirements that could not be told stand under Unknowns.";
        blocks.insert(0, Block::Text(text.to_owned()));
    }
    Section { id: format!("findings-{number}"), title: format!("Findings: {}", edition_title(run.edition)), blocks }
}

/// The road under which a requirement is told already, as long as not everything is asked for in full.
fn told_above(view: &View<'_>, number: usize, index: usize) -> Option<usize> {
    let check = &view.assessment.runs[number].edition.requirements[index].check;
    let is_told = |run: &Run<'_>| {
        let place = run.edition.requirements.iter().position(|requirement| requirement.check == *check);
        place.is_some_and(|place| run.tallies[place].not_met > 0)
    };
    match view.options.pdf {
        PdfDetail::Short => view.assessment.runs[..number].iter().position(is_told),
        PdfDetail::Full => None,
    }
}

/// Requirements in a line each, with links to where their evidence is told.
fn brief_table<'a>(run: &'a Run<'a>, told: Vec<(usize, usize)>) -> Table<'a> {
    Table {
        columns: columns(&[("What", 60, false), ("Kind", 14, false), ("Subjects", 12, true)]),
        len: told.len(),
        row: Box::new(move |row| {
            let (index, above) = told[row];
            let requirement = &run.edition.requirements[index];
            let link = Some(Link::Inside(anchor(above, &requirement.check)));
            let severity = requirement.severity;
            vec![
                Cell { text: words::summary(requirement).to_owned(), tone: Tone::Plain, link },
                Cell { text: severity.as_str().to_owned(), tone: tone(severity), link: None },
                words::grouped(run.tallies[index].not_met).into(),
            ]
        }),
        empty: String::new(),
        of_machines: false,
    }
}

/// The identifier of a requirement's heading.
pub(super) fn anchor(number: usize, check: &str) -> String {
    format!("finding-{number}-{check}")
}

/// The colour of a severity.
pub(in crate::report) const fn tone(severity: Severity) -> Tone {
    match severity {
        Severity::Blocker => Tone::Bad,
        Severity::Condition => Tone::Fair,
        Severity::Warning => Tone::Doubt,
        Severity::Info => Tone::Faint,
    }
}

fn requirement_blocks<'a>(view: &'a View<'a>, number: usize, index: usize) -> Vec<Block<'a>> {
    let run = &view.assessment.runs[number];
    let requirement = &run.edition.requirements[index];
    let broken: Vec<&Finding> = run
        .findings
        .iter()
        .filter(|finding| usize::from(finding.requirement) == index && finding.outcome == Outcome::NotMet)
        .collect();
    if broken.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![
        Block::Heading {
            id: anchor(number, &requirement.check),
            text: words::summary(requirement).to_owned(),
            mark: Some((requirement.severity.as_str().to_owned(), tone(requirement.severity))),
        },
        Block::Facts(facts(view, run, requirement, &broken)),
    ];
    let listed = match view.options.pdf {
        PdfDetail::Short => FIRST,
        PdfDetail::Full => broken.len(),
    };
    let more = broken.len().saturating_sub(listed) as u64;
    if more > 0 {
        blocks.extend(kinds(&broken).map(Block::Table));
    }
    let mut shown = broken;
    shown.truncate(listed);
    blocks.push(Block::Table(subjects(view, shown)));
    if more > 0 {
        blocks.push(Block::Text(format!("And {} more, in report.xlsx and findings.csv.", words::grouped(more))));
    }
    blocks
}

/// What was seen and expected how often, the commonest first, if the subjects have anything in common.
fn kinds<'a>(broken: &[&'a Finding]) -> Option<Table<'a>> {
    let mut counts: BTreeMap<(Option<&Phrase>, Option<&Phrase>), u64> = BTreeMap::new();
    for finding in broken {
        *counts.entry((observed(finding), expected(finding))).or_default() += 1;
    }
    if counts.len() > broken.len() / 2 {
        return None;
    }
    let said = |phrase: Option<&Phrase>| phrase.map(ToString::to_string).unwrap_or_default();
    let own = |((seen, expected), count)| (said(seen), said(expected), count);
    let mut kinds: Vec<(String, String, u64)> = counts.into_iter().map(own).collect();
    kinds.sort_by_key(|(_, _, count)| std::cmp::Reverse(*count));
    if kinds.len() > KINDS + 1 {
        let rest = kinds.split_off(KINDS);
        let seen = words::count(rest.len() as u64, "other kind", "other kinds");
        kinds.push((seen, String::new(), rest.iter().map(|(_, _, count)| count).sum()));
    }
    Some(Table {
        columns: columns(&[("Seen", 46, false), ("Expected", 42, false), ("How many", 12, true)]),
        len: kinds.len(),
        row: Box::new(move |index| {
            let (seen, expected, count) = &kinds[index];
            vec![seen.as_str().into(), expected.as_str().into(), words::grouped(*count).into()]
        }),
        empty: String::new(),
        of_machines: false,
    })
}

fn facts(view: &View<'_>, run: &Run<'_>, requirement: &Requirement, broken: &[&Finding]) -> Vec<Fact> {
    let document = run.edition.document(&requirement.source);
    let source = format!("{}, {}, {}", document.document, requirement.section, document.date);
    let mut facts = vec![
        fact("Requirement", requirement.check.as_str().into()),
        fact("Concerns", concerned(view, broken).into()),
        fact("What to do", words::remedy(requirement).into()),
        fact("Source", Cell { text: source, tone: Tone::Plain, link: Some(Link::Outside(document.url.clone())) }),
    ];
    let waived = broken.iter().filter(|finding| finding.waiver.is_some()).count() as u64;
    if waived > 0 {
        let of = words::count(broken.len() as u64, "finding", "findings");
        facts.push(fact("Waived", format!("{} of {of}; they hold nothing back", words::grouped(waived)).into()));
    }
    if let Some(remark) = &requirement.remark {
        facts.push(fact("Remark", remark.as_str().into()));
    }
    facts
}

fn fact(label: &str, value: Cell) -> Fact {
    Fact { label: label.to_owned(), value }
}

/// How many subjects of which kind, and how many machines stand behind them.
fn concerned(view: &View<'_>, broken: &[&Finding]) -> String {
    let mut kinds: Vec<(&'static str, u64)> = Vec::new();
    let mut inherited = BTreeSet::new();
    for finding in broken {
        let kind = view.subject(finding.subject).kind;
        match kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, count)) => *count += 1,
            None => kinds.push((kind, 1)),
        }
        if !matches!(finding.subject, Subject::Vm(_)) {
            inherited.extend(machines_of(view.estate, finding.subject));
        }
    }
    let counts: Vec<String> = kinds.into_iter().map(|(kind, count)| words::subjects(kind, count)).collect();
    let text = counts.join(", ");
    match inherited.len() as u64 {
        0 => text,
        machines => format!("{text}; inherited by {}", words::subjects("vm", machines)),
    }
}

fn subjects<'a>(view: &'a View<'a>, shown: Vec<&'a Finding>) -> Table<'a> {
    let mut heads = vec![("Subject", 28, false)];
    let with_host = shown.iter().any(|finding| !view.subject(finding.subject).host.is_empty());
    heads.extend(with_host.then_some(("Host", 16, false)));
    heads.extend([("Seen", 24, false), ("Expected", 24, false), ("Where", 24, false)]);
    Table {
        columns: columns(&heads),
        len: shown.len(),
        row: Box::new(move |index| {
            let finding = shown[index];
            let subject = view.subject(finding.subject);
            let name = match finding.subject {
                Subject::Vm(_) => subject.name.to_owned(),
                _ if subject.kind == subject.name => subject.name.to_owned(),
                _ => format!("{} {}", words::subject_kind(subject.kind).0, subject.name),
            };
            let name = match waiver(view, finding) {
                Some(waiver) => format!("{name}, {}", words::waived(waiver)),
                None => name,
            };
            let mut cells = vec![name.into()];
            cells.extend(with_host.then(|| subject.host.into()));
            cells.extend(
                [observed(finding), expected(finding)]
                    .map(|said| said.map_or_else(String::new, ToString::to_string).into()),
            );
            cells.push(Cell { text: place(view, finding), tone: Tone::Faint, link: None });
            cells
        }),
        empty: String::new(),
        of_machines: false,
    }
}

/// Where a finding was seen: "hosts.csv, row 7, `OperatingSystem`" or "estate.xlsx, VMs, C7".
fn place(view: &View<'_>, finding: &Finding) -> String {
    origin(view, finding).map_or_else(String::new, |origin| place_of(view, origin))
}

/// A cell or row in short.
pub(super) fn place_of(view: &View<'_>, origin: Origin) -> String {
    let place = view.estate.place(origin);
    let mut parts = vec![place.file.rsplit('/').next().unwrap_or(place.file).to_owned()];
    if !place.sheet.is_empty() {
        parts.push(place.sheet.to_owned());
    }
    if place.cell.is_empty() {
        parts.push(format!("row {}", place.row));
        parts.extend(Some(place.column.to_owned()).filter(|column| !column.is_empty()));
    } else {
        parts.push(place.cell);
    }
    if let Some(declared) = view.estate.declared(origin) {
        let declaration = &declared.declaration;
        parts.push(format!("declared by {} on {}", declaration.who, declaration.when));
    }
    parts.join(", ")
}
