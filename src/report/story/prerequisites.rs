//! The six prerequisites: each met, not met or unknown, with what that rests on.

use super::super::document::{Block, Cell, Link, Section, Start, Table, Tone};
use super::super::view::{PdfDetail, View};
use super::super::words;
use super::findings;
use super::parts::{columns, edition_title};
use crate::catalogue::{Prerequisite, Severity};
use crate::evaluate::{Outcome, PrerequisiteResult, Run};

pub(super) fn section<'a>(view: &'a View<'a>) -> Section<'a> {
    let mut blocks = Vec::new();
    for (number, run) in view.assessment.runs.iter().enumerate().filter(|(_, run)| !run.prerequisites.is_empty()) {
        blocks.push(Block::Heading {
            id: format!("prerequisites-{number}"),
            text: edition_title(run.edition),
            mark: None,
        });
        blocks.push(Block::Table(rows(run)));
        if view.options.pdf == PdfDetail::Full {
            let (id, text) = (format!("prerequisites-{number}-basis"), "What each rests on".to_owned());
            blocks.push(Block::Heading { id, text, mark: None });
            blocks.push(Block::Table(lines(run)));
        }
    }
    if blocks.is_empty() {
        blocks.push(Block::Text("None of the editions judged against names prerequisites.".to_owned()));
    }
    Section { id: "prerequisites".to_owned(), title: "Prerequisites".to_owned(), blocks, start: Start::Room }
}

/// Each prerequisite with its answer, in a row.
pub(super) fn rows<'a>(run: &'a Run<'a>) -> Table<'a> {
    Table {
        columns: columns(&[("Prerequisite", 24, false), ("Answer", 14, false), ("In words", 62, false)]),
        len: run.prerequisites.len(),
        row: Box::new(|index| {
            let row = &run.prerequisites[index];
            vec![words::prerequisite(row.prerequisite).into(), answer(row.outcome), in_words(run, row).into()]
        }),
        empty: String::new(),
        of_machines: false,
    }
}

/// An outcome as a toned cell.
pub(super) fn answer(outcome: Outcome) -> Cell {
    let tone = match outcome {
        Outcome::Met => Tone::Good,
        Outcome::NotMet => Tone::Bad,
        Outcome::Unknown | Outcome::Unverified => Tone::Doubt,
        Outcome::NotApplicable => Tone::Faint,
    };
    Cell { text: words::outcome(outcome).to_owned(), tone, link: None }
}

/// What is only for information is no fault, even where it is not met.
fn noted_or(answer: Cell, severity: Severity) -> Cell {
    match severity {
        Severity::Info => Cell { tone: Tone::Faint, ..answer },
        Severity::Blocker | Severity::Condition | Severity::Warning => answer,
    }
}

/// Defects named in words; the findings name them all.
const DEFECTS_NAMED: usize = 3;

fn in_words(run: &Run<'_>, row: &PrerequisiteResult) -> String {
    let seen = words::grouped(row.subjects);
    let name = |outcome: Outcome| -> Vec<&str> {
        let lines = row.lines.iter().filter(|line| line.outcome == outcome);
        lines.map(|line| words::summary(&run.edition.requirements[usize::from(line.requirement)])).collect()
    };
    match row.outcome {
        Outcome::NotMet => {
            let broken = name(Outcome::NotMet);
            let more = match broken.len().saturating_sub(DEFECTS_NAMED) as u64 {
                0 => String::new(),
                more => format!(" And {}.", words::count(more, "more requirement", "more requirements")),
            };
            let named = broken[..broken.len().min(DEFECTS_NAMED)].join(" ");
            let waived = match row.lines.iter().map(|line| line.tally.waived).sum() {
                0 => String::new(),
                waived => format!("; {} waived", words::count(waived, "finding is", "findings are")),
            };
            // How many machines are not ready stands under the roads: a row of this article is less than all that counts there.
            let broken = match row.prerequisite {
                Prerequisite::VirtualMachines => "not all of them meet what is asked".to_owned(),
                _ => format!("{} with something to fix", words::grouped(row.broken)),
            };
            format!("{seen} in the inputs; {broken}{waived}. {named}{more}")
        }
        Outcome::Unknown if row.subjects == 0 => {
            "No input describes any. The collector scripts export what is needed: klar collect vmm, hyperv, azure."
                .to_owned()
        }
        Outcome::Unknown => {
            let open = name(Outcome::Unknown).len();
            format!(
                "{seen} in the inputs; {} could not be told.",
                words::count(open as u64, "requirement", "requirements")
            )
        }
        Outcome::Met | Outcome::Unverified | Outcome::NotApplicable => match name(Outcome::NotMet).len() as u64 {
            0 => format!("{seen} in the inputs; all that was asked is met."),
            noted => format!(
                "{seen} in the inputs; all that was asked is met, and {} for information under Findings.",
                words::count(noted, "requirement is noted", "requirements are noted")
            ),
        },
    }
}

fn lines<'a>(run: &'a Run<'a>) -> Table<'a> {
    let rests: Vec<_> =
        run.prerequisites.iter().flat_map(|row| row.lines.iter().map(|line| (row.prerequisite, line))).collect();
    Table {
        columns: columns(&[
            ("Prerequisite", 18, false),
            ("Requirement", 34, false),
            ("Answer", 14, false),
            ("Met", 8, true),
            ("Not met", 8, true),
            ("Unknown", 9, true),
        ]),
        len: rests.len(),
        row: Box::new(move |index| {
            let (prerequisite, rest) = rests[index];
            let requirement = &run.edition.requirements[usize::from(rest.requirement)];
            let link = Link::Inside(findings::anchor(&requirement.check));
            vec![
                words::prerequisite(prerequisite).into(),
                Cell { text: requirement.check.clone(), tone: Tone::Plain, link: Some(link) },
                noted_or(answer(rest.outcome), requirement.severity),
                words::grouped(rest.tally.met).into(),
                words::grouped(rest.tally.not_met).into(),
                words::grouped(rest.tally.unknown + rest.tally.unverified).into(),
            ]
        }),
        empty: String::new(),
        of_machines: false,
    }
}
