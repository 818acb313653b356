//! The summary: what someone must know who reads nothing else.

use super::super::phrased::{Bar, Block, Cell, Chart, Link, Section, Table, Tone};
use super::super::remedies::{Remedy, remedies};
use super::super::view::View;
use super::super::words;
use super::parts::{columns, edition_name, heading, tone};
use super::verdict::{on_some_road, verdict};
use super::{findings, guide, organisation, policy, prerequisites, unknowns};
use crate::catalogue::Severity;
use crate::evaluate::{Outcome, Readiness, Run, machines_held};
use crate::model::{Arg, Phrase, say};

/// The findings shown as what holds the estate back.
const HOLDBACKS: usize = 5;

/// The remedies shown of what holds machines back.
const REMEDIES: usize = 7;
/// The missing facts shown.
const FACTS: usize = 4;

/// The two pages that are read alone: where the estate stands, what to do first and why, what is not known, what comes next.
pub(super) fn section<'a>(view: &'a View<'a>) -> Section<'a> {
    let mut blocks: Vec<Block<'a>> = Vec::new();
    if view.estate.vms.is_empty() {
        blocks.push(Block::Callout { tone: Tone::Doubt, text: words::NO_MACHINE.into() });
        for run in view.assessment.runs.iter().filter(|run| !run.prerequisites.is_empty()) {
            blocks.push(Block::Table(prerequisites::rows(run)));
        }
    } else {
        blocks.extend(verdict(view).map(Block::Text));
        blocks.push(Block::Chart(readiness_chart(view)));
        let text = "Ready: nothing that could be checked stands in the way. Ready with conditions: it works after a change. Not ready: a blocker must be fixed first. Unknown: an essential fact is missing, and nothing is claimed.";
        blocks.push(Block::Text(text.into()));
        blocks.push(heading("first", "What to do first, and why"));
        blocks.extend(first(view));
    }
    blocks.push(heading("not-known", "What is not known"));
    blocks.extend(not_known(view));
    blocks.extend(organisation::callout(view));
    blocks.extend(policy::callouts(view));
    blocks.push(heading("next", "What comes next"));
    let steps = guide::steps(view);
    blocks.extend((1..).zip(&steps).map(|(number, step): (u32, _)| Block::Text(numbered(number, step.what.clone()))));
    blocks.push(Block::Text("How to take each step stands under Next steps.".into()));
    Section { id: "summary".to_owned(), title: "Summary".into(), blocks, ..Section::default() }
}

/// A sentence with its number before it.
fn numbered(number: u32, sentence: Phrase) -> Phrase {
    say!("{number}. {sentence}", number = Arg::at(number), sentence = sentence)
}

/// The remedies that free the most machines.
fn first<'a>(view: &'a View<'a>) -> Vec<Block<'a>> {
    let (remedies, all) = remedies(view, REMEDIES);
    let held = on_some_road(view, Readiness::NotReady);
    if remedies.is_empty() {
        let text = match held {
            0 => say!(
                "No blocker was found, so nothing has to be done before the first machines go. What a condition asks of a machine stands under Findings."
            ),
            _ => say!("What holds the machines back stands under Findings."),
        };
        return vec![Block::Text(text)];
    }
    let text = say!(
        "A blocker holds {held} {held:machine|machines} back on at least one road. These remedies come in the order that frees the most of them; a machine is freed when it can take a road that it cannot take today.",
        held = held
    );
    let mut blocks = vec![Block::Text(text), Block::Table(remedy_table(view, remedies))];
    let more = all.saturating_sub(REMEDIES as u64);
    if more > 0 {
        let text = say!(
            "And {more} more {more:remedy|remedies}, in report.xlsx, sheet Actions; the reasons of each stand under Findings.",
            more = more
        );
        blocks.push(Block::Text(text));
    }
    blocks
}

fn remedy_table<'a>(view: &'a View<'a>, remedies: Vec<Remedy<'a>>) -> Table<'a> {
    Table {
        columns: columns(&[
            ("What to do", 34, false),
            ("Why", 34, false),
            ("Effort", 9, false),
            ("Holds back", 8, true),
            ("Frees alone", 8, true),
            ("With those above", 9, true),
        ]),
        len: remedies.len(),
        row: Box::new(move |index| {
            let remedy = &remedies[index];
            let (run, requirement) = remedy.asked_by[0];
            let check = &view.assessment.runs[run].edition.requirements[requirement].check;
            let why = remedy.defects(view).into_iter().map(Arg::wording).collect();
            let roads = remedy.roads(view).into_iter().map(|road| Arg::Word(words::target(road))).collect();
            let why = say!("{why} ({roads})", why = Arg::Joined(" ", why), roads = Arg::List(roads));
            let link = Some(Link::Inside(findings::anchor(check)));
            vec![
                Arg::wording(remedy.text).into(),
                Cell { text: why, tone: Tone::Plain, link },
                remedy.effort.map_or("–", |effort| effort.as_str()).into(),
                remedy.machines.into(),
                remedy.alone.into(),
                remedy.together.into(),
            ]
        }),
        empty: Phrase::default(),
        of_machines: false,
    }
}

/// How much could not be told, and what would tell it.
fn not_known<'a>(view: &View<'_>) -> Vec<Block<'a>> {
    let results = || view.assessment.runs.iter().flat_map(|run| &run.vms);
    let checked: u64 = results().map(|vm| u64::from(vm.checked)).sum();
    let applicable: u64 = results().map(|vm| u64::from(vm.applicable)).sum();
    let unknown = on_some_road(view, Readiness::Unknown);
    let mut blocks = Vec::new();
    if let Some(share) = (checked * 100).checked_div(applicable) {
        let text = match unknown {
            0 => say!(
                "{share} % of what is asked of the machines could be checked, and no machine lacks an essential fact.",
                share = share
            ),
            _ => say!(
                "{share} % of what is asked of the machines could be checked. Of {unknown} {unknown:machine|machines} an essential fact is missing on at least one road, and nothing is claimed of {unknown:it|them} there.",
                share = share,
                unknown = unknown
            ),
        };
        blocks.push(Block::Text(text));
    }
    blocks.push(Block::Table(unknowns::brief(view, FACTS)));
    blocks
}

fn readiness_chart(view: &View<'_>) -> Chart {
    let bars = view.assessment.runs.iter().map(|run| {
        let parts = run
            .readiness_counts()
            .into_iter()
            .rev()
            .map(|(readiness, count)| (words::readiness(readiness).into(), count, tone(readiness)));
        Bar { label: edition_name(run.edition), parts: parts.collect() }
    });
    Chart { title: "Machines by readiness".into(), bars: bars.collect() }
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

fn weighs(run: &Run<'_>, requirement: usize) -> bool {
    match run.edition.requirements[requirement].severity {
        Severity::Blocker | Severity::Condition => true,
        Severity::Warning | Severity::Info => false,
    }
}
