//! The short summary for the terminal, within 80 columns.

use std::collections::BTreeSet;

use super::lines::{line, paragraph};
use super::view::View;
use super::{organisation, story, words};
use crate::evaluate::{Outcome, Readiness, Run, WaiverState};
use crate::model::{Gravity, Note};

/// The notes shown; the report holds them all.
const NOTES: usize = 8;
/// The length of the longest bar.
const BAR: u64 = 30;

/// Writes the summary of an assessment.
#[must_use]
pub fn summary(view: &View<'_>) -> String {
    let mut text = String::new();
    let estate = view.estate;
    let machines = words::count(estate.vms.len() as u64, "machine", "machines");
    let hosts = words::count(estate.hosts.len() as u64, "host", "hosts");
    let tables = words::count(estate.tables.len() as u64, "table", "tables");
    let files = words::count(estate.files.len() as u64, "file", "files");
    let hosts = if estate.hosts.is_empty() { ", no host described".to_owned() } else { format!(" on {hosts}") };
    line(&mut text, 0, &format!("{machines}{hosts}, from {tables} in {files}, as of {}", view.assessment.as_of));
    if let Some(exports) = story::exports(view) {
        paragraph(&mut text, 0, &format!("Exported {exports}"));
    }
    if estate.vms.is_empty() {
        text.push('\n');
        paragraph(&mut text, 0, words::NO_MACHINE);
    }
    for run in view.assessment.runs.iter().filter(|_| !estate.vms.is_empty()) {
        text.push('\n');
        line(&mut text, 0, &format!("{}, edition {}", words::target(run.edition.target), run.edition.edition));
        bars(&mut text, run, estate.vms.len() as u64);
    }
    for run in view.assessment.runs.iter().filter(|run| !run.prerequisites.is_empty()) {
        text.push('\n');
        line(
            &mut text,
            0,
            &format!("Prerequisites of {}, edition {}", words::target(run.edition.target), run.edition.edition),
        );
        for row in &run.prerequisites {
            let name = words::prerequisite(row.prerequisite);
            line(&mut text, 2, &format!("{name:<24}{}", words::outcome(row.outcome).to_lowercase()));
        }
    }
    holdbacks(&mut text, view);
    waivers(&mut text, view);
    if let Some(blocked) = organisation::blocked(view) {
        text.push('\n');
        line(&mut text, 0, &blocked);
    }
    notes(&mut text, &view.estate.notes, "the report has them all");
    text.push('\n');
    paragraph(&mut text, 0, &story::reconciliation(view));
    text
}

fn bars(text: &mut String, run: &Run<'_>, machines: u64) {
    for (readiness, count) in run.readiness_counts().into_iter().rev() {
        let length = (count * BAR).div_ceil(machines.max(1));
        let bar: String = std::iter::repeat_n(mark(readiness), usize::try_from(length).unwrap_or(0)).collect();
        let row = format!("  {:<24}{:>8}  {bar}", words::readiness(readiness).to_lowercase(), words::grouped(count));
        text.push_str(row.trim_end());
        text.push('\n');
    }
}

/// A mark per readiness, so that the bars differ without colour.
const fn mark(readiness: Readiness) -> char {
    match readiness {
        Readiness::NotReady => 'x',
        Readiness::Unknown => '?',
        Readiness::ReadyWithConditions => '~',
        Readiness::Ready => '=',
    }
}

fn holdbacks(text: &mut String, view: &View<'_>) {
    let holdbacks = story::holdbacks(view);
    if holdbacks.is_empty() {
        return;
    }
    text.push('\n');
    line(text, 0, "What holds machines back, worst first");
    for holdback in holdbacks {
        let run = &view.assessment.runs[holdback.run];
        let requirement = &run.edition.requirements[holdback.requirement];
        let kind = if holdback.outcome == Outcome::NotMet { requirement.severity.as_str() } else { "unknown" };
        let target = run.edition.target;
        line(text, 2, &format!("{:>6}  {:<34} {kind}, {target}", words::grouped(holdback.machines), requirement.check));
    }
}

fn waivers(text: &mut String, view: &View<'_>) {
    let waivers = &view.assessment.waivers;
    if waivers.is_empty() {
        return;
    }
    text.push('\n');
    line(text, 0, "Waivers");
    for result in waivers {
        let findings = words::count(result.findings, "finding", "findings");
        let what = match result.state {
            WaiverState::InForce => format!("{findings} waived until {}", result.waiver.expires),
            WaiverState::Expired if result.findings == 0 => format!("expired on {}, unused", result.waiver.expires),
            WaiverState::Expired => format!("expired on {}; {findings} no longer waived", result.waiver.expires),
            WaiverState::Unused => "unused; nothing found is what it speaks of".to_owned(),
        };
        line(text, 2, &format!("{}: {what}", result.waiver.requirement));
    }
}

/// Writes what reading had to say and a user may want to act on, equal sayings once, and where the rest is told.
pub fn notes(text: &mut String, notes: &[Note], rest: &str) {
    let mut groups: Vec<Vec<&Note>> = Vec::new();
    for note in notes.iter().filter(|note| note.gravity != Gravity::Remark) {
        match groups.iter_mut().find(|group| group[0].gravity == note.gravity && group[0].text == note.text) {
            Some(group) => group.push(note),
            None => groups.push(vec![note]),
        }
    }
    if groups.is_empty() {
        return;
    }
    // A file of which nothing is read comes before sheets.
    groups.sort_by_key(|group| (group[0].gravity, !group[0].sheet.is_empty()));
    text.push('\n');
    for group in groups.iter().take(NOTES) {
        line(text, 0, &placed(group));
    }
    if let Some(more) = groups.len().checked_sub(NOTES).filter(|more| *more > 0) {
        line(text, 0, &format!("{}; {rest}.", words::count(more as u64, "more note", "more notes")));
    }
}

/// A note with its file and sheet in front, unless it names its file itself; for several, how many they are.
fn placed(group: &[&Note]) -> String {
    let Note { file, sheet, text, .. } = group[0];
    let tables: BTreeSet<(&str, &str)> = group.iter().map(|note| (&*note.file, &*note.sheet)).collect();
    let files: BTreeSet<&str> = group.iter().map(|note| &*note.file).collect();
    let name = file.rsplit('/').next().unwrap_or(file);
    match (files.len(), tables.len()) {
        (1, 1) if text.to_string().contains(name) => text.to_string(),
        (1, 1) if sheet.is_empty() => format!("{file}: {text}"),
        (1, 1) => format!("{file}: {sheet}: {text}"),
        (1, many) => format!("{file}, {many} tables: {text}"),
        (many, _) => format!("{many} files: {text}"),
    }
}
