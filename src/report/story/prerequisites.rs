//! The six prerequisites: each met, not met or unknown, with what that rests on.

use super::super::phrased::{Block, Cell, Link, Section, Start, Table, Tone};
use super::super::view::{PdfDetail, View};
use super::super::words;
use super::findings;
use super::parts::{columns, edition_title, heading};
use crate::catalogue::{Prerequisite, Severity};
use crate::evaluate::{Outcome, PrerequisiteResult, Run};
use crate::model::{Arg, Phrase, say};

pub(super) fn section<'a>(view: &'a View<'a>) -> Section<'a> {
    let mut blocks = Vec::new();
    for (number, run) in view.assessment.runs.iter().enumerate().filter(|(_, run)| !run.prerequisites.is_empty()) {
        blocks.push(heading(&format!("prerequisites-{number}"), edition_title(run.edition)));
        blocks.push(Block::Table(rows(run)));
        if view.options.pdf == PdfDetail::Full {
            blocks.push(heading(&format!("prerequisites-{number}-basis"), "What each rests on"));
            blocks.push(Block::Table(lines(run)));
        }
    }
    if blocks.is_empty() {
        blocks.push(Block::Text("None of the editions judged against names prerequisites.".into()));
    }
    Section { id: "prerequisites".to_owned(), title: "Prerequisites".into(), blocks, start: Start::Room }
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
        empty: Phrase::default(),
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
    Cell { text: words::outcome(outcome).into(), tone, link: None }
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

fn in_words(run: &Run<'_>, row: &PrerequisiteResult) -> Phrase {
    let seen = row.subjects;
    let name = |outcome: Outcome| -> Vec<&str> {
        let lines = row.lines.iter().filter(|line| line.outcome == outcome);
        lines.map(|line| words::summary(&run.edition.requirements[usize::from(line.requirement)])).collect()
    };
    match row.outcome {
        Outcome::NotMet => not_met(row, &name(Outcome::NotMet)),
        Outcome::Unknown if row.subjects == 0 => {
            say!(
                "No input describes any. The collector scripts export what is needed: klar collect vmm, hyperv, azure."
            )
        }
        Outcome::Unknown => say!(
            "{seen} in the inputs; {open} {open:requirement|requirements} could not be told.",
            seen = seen,
            open = name(Outcome::Unknown).len()
        ),
        Outcome::Met | Outcome::Unverified | Outcome::NotApplicable => match name(Outcome::NotMet).len() {
            0 => say!("{seen} in the inputs; all that was asked is met.", seen = seen),
            noted => say!(
                "{seen} in the inputs; all that was asked is met, and {noted} {noted:requirement is|requirements are} noted for information under Findings.",
                seen = seen,
                noted = noted
            ),
        },
    }
}

/// How many of those seen have something to fix, and what.
fn not_met(row: &PrerequisiteResult, broken: &[&str]) -> Phrase {
    let mut named: Vec<Arg> = broken.iter().take(DEFECTS_NAMED).map(|defect| Arg::wording(defect)).collect();
    let more = broken.len().saturating_sub(DEFECTS_NAMED);
    if more > 0 {
        named.push(say!("And {more} more {more:requirement|requirements}.", more = more).into());
    }
    // How many machines are not ready stands under the roads: a row of this article is less than all that counts there.
    let fault = match row.prerequisite {
        Prerequisite::VirtualMachines => say!("not all of them meet what is asked"),
        Prerequisite::AzureAccount
        | Prerequisite::Storage
        | Prerequisite::Network
        | Prerequisite::VmmServers
        | Prerequisite::HyperVHosts => say!("{count} with something to fix", count = row.broken),
    };
    let fault = match row.lines.iter().map(|line| line.tally.waived).sum::<u64>() {
        0 => fault,
        waived => {
            say!("{fault}; {waived} {waived:finding is|findings are} waived", fault = fault, waived = waived)
        }
    };
    say!(
        "{seen} in the inputs; {fault}. {named}",
        seen = row.subjects,
        fault = fault,
        named = Arg::Joined(" ", named.into())
    )
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
                Cell { text: Arg::text(&requirement.check).into(), tone: Tone::Plain, link: Some(link) },
                noted_or(answer(rest.outcome), requirement.severity),
                rest.tally.met.into(),
                rest.tally.not_met.into(),
                (rest.tally.unknown + rest.tally.unverified).into(),
            ]
        }),
        empty: Phrase::default(),
        of_machines: false,
    }
}
