//! The summary page: readiness per target, how much could be told, and what holds the estate back.

use super::super::document::{Bar, Block, Cell, Chart, Column, Link, Section, Table, Tone};
use super::super::view::View;
use super::super::words;
use super::{edition_name, findings, organisation, policy, prerequisites};
use crate::catalogue::Severity;
use crate::evaluate::{Outcome, Readiness, Run, machines_held};

/// The findings shown as what holds the estate back.
const HOLDBACKS: usize = 5;

pub(super) fn section<'a>(view: &'a View<'a>) -> Section<'a> {
    let mut blocks: Vec<Block<'a>> = Vec::new();
    if view.estate.vms.is_empty() {
        blocks.push(Block::Callout { tone: Tone::Doubt, text: words::NO_MACHINE.to_owned() });
        for run in view.assessment.runs.iter().filter(|run| !run.prerequisites.is_empty()) {
            blocks.push(Block::Table(prerequisites::rows(run)));
        }
    } else {
        blocks.extend(view.assessment.runs.iter().map(|run| Block::Text(stands(run))));
        blocks.push(Block::Chart(readiness_chart(view)));
    }
    blocks.extend(doubt(view));
    blocks.extend(organisation::callout(view));
    blocks.extend(policy::callouts(view));
    blocks.push(heading("holdbacks", "What holds the estate back"));
    blocks.push(Block::Table(holdback_table(view)));
    Section { id: "summary".to_owned(), title: "Summary".to_owned(), blocks }
}

/// Where the machines stand on a road, in a sentence.
fn stands(run: &Run<'_>) -> String {
    let counts = run.readiness_counts();
    let of = |readiness: Readiness| counts[readiness as usize].1;
    let (ready, conditions) = (of(Readiness::Ready), of(Readiness::ReadyWithConditions));
    format!(
        "{}: {} can go as they are, {} after a change, {} cannot go until a blocker is fixed, and of {} too little is known.",
        edition_name(run.edition),
        words::count(ready, "machine", "machines"),
        words::grouped(conditions),
        words::grouped(of(Readiness::NotReady)),
        words::grouped(of(Readiness::Unknown))
    )
}

/// A heading without a mark.
pub(in crate::report) fn heading<'a>(id: &str, text: &str) -> Block<'a> {
    Block::Heading { id: id.to_owned(), text: text.to_owned(), mark: None }
}

fn readiness_chart(view: &View<'_>) -> Chart {
    let bars = view.assessment.runs.iter().map(|run| {
        let parts = run
            .readiness_counts()
            .into_iter()
            .rev()
            .map(|(readiness, count)| (words::readiness(readiness).to_owned(), count, tone(readiness)));
        Bar { label: edition_name(run.edition), parts: parts.collect() }
    });
    Chart { title: "Machines by readiness".to_owned(), bars: bars.collect() }
}

/// The colour of a readiness.
pub(in crate::report) const fn tone(readiness: Readiness) -> Tone {
    match readiness {
        Readiness::NotReady => Tone::Bad,
        Readiness::Unknown => Tone::Doubt,
        Readiness::ReadyWithConditions => Tone::Fair,
        Readiness::Ready => Tone::Good,
    }
}

/// Says plainly how much could not be told.
fn doubt<'a>(view: &View<'_>) -> Option<Block<'a>> {
    let unknown: u64 =
        view.assessment.runs.iter().map(|run| run.readiness_counts()[Readiness::Unknown as usize].1).max()?;
    let (checked, applicable) = view
        .assessment
        .runs
        .iter()
        .flat_map(|run| &run.vms)
        .fold((0_u64, 0_u64), |sum, vm| (sum.0 + u64::from(vm.checked), sum.1 + u64::from(vm.applicable)));
    if applicable == 0 {
        return None;
    }
    let share = checked * 100 / applicable;
    let missing = if unknown > 0 {
        let machines = words::count(unknown, "machine", "machines");
        format!(" For {machines} an essential fact is missing, so nothing is claimed of them.")
    } else {
        String::new()
    };
    let text = format!(
        "{share} % of the machine requirements that apply could be checked.{missing} What to export next stands under \
         Unknowns."
    );
    Some(Block::Callout { tone: if unknown > 0 { Tone::Doubt } else { Tone::Faint }, text })
}

/// A requirement that keeps machines from being ready.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holdback {
    /// Index into the assessment's runs.
    pub run: usize,
    /// Index into the edition's requirements.
    pub requirement: usize,
    /// Not met or unknown.
    pub outcome: Outcome,
    /// How many machines it concerns, inherited ones counted once.
    pub machines: u64,
}

/// The blockers, unknowns and conditions that concern the most machines, worst kind first.
#[must_use]
pub fn holdbacks(view: &View<'_>) -> Vec<Holdback> {
    let mut found = Vec::new();
    for (number, run) in view.assessment.runs.iter().enumerate() {
        for outcome in [Outcome::NotMet, Outcome::Unknown] {
            let held = machines_held(view.estate, run, outcome);
            for (requirement, machines) in held.into_iter().enumerate() {
                if machines > 0 && weighs(run, requirement) {
                    found.push(Holdback { run: number, requirement, outcome, machines });
                }
            }
        }
    }
    found.sort_by_key(|holdback| {
        let severity = view.assessment.runs[holdback.run].edition.requirements[holdback.requirement].severity;
        let rank = match (holdback.outcome, severity) {
            (Outcome::NotMet, Severity::Blocker) => 0,
            (Outcome::NotMet, _) => 2,
            (_, _) => 1,
        };
        (rank, std::cmp::Reverse(holdback.machines), holdback.run, holdback.requirement)
    });
    found.truncate(HOLDBACKS);
    found
}

fn holdback_table<'a>(view: &'a View<'a>) -> Table<'a> {
    let found = holdbacks(view);
    Table {
        columns: columns(&[("What", 45, false), ("Target", 30, false), ("Kind", 13, false), ("Machines", 12, true)]),
        len: found.len(),
        row: Box::new(move |index| {
            let Holdback { run: number, requirement, outcome, machines } = found[index];
            let run = &view.assessment.runs[number];
            let requirement = &run.edition.requirements[requirement];
            let summary = words::summary(requirement);
            let (what, kind, tone, link) = if outcome == Outcome::NotMet {
                let link = Link::Inside(findings::anchor(number, &requirement.check));
                (summary.to_owned(), requirement.severity.as_str(), findings::tone(requirement.severity), link)
            } else {
                let link = Link::Inside("unknowns".to_owned());
                (format!("Could not be told: {summary}"), "unknown", Tone::Doubt, link)
            };
            vec![
                Cell { text: what, tone: Tone::Plain, link: Some(link) },
                edition_name(run.edition).into(),
                Cell { text: kind.to_owned(), tone, link: None },
                words::grouped(machines).into(),
            ]
        }),
        empty: "Nothing that was checked holds a machine back.".to_owned(),
        of_machines: false,
    }
}

fn weighs(run: &Run<'_>, requirement: usize) -> bool {
    match run.edition.requirements[requirement].severity {
        Severity::Blocker | Severity::Condition => true,
        Severity::Warning | Severity::Info => false,
    }
}

/// Columns from heading, weight and whether they hold numbers.
pub(in crate::report) fn columns(columns: &[(&str, u16, bool)]) -> Vec<Column> {
    columns
        .iter()
        .map(|(title, weight, numeric)| Column { title: (*title).to_owned(), weight: *weight, numeric: *numeric })
        .collect()
}
