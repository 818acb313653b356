//! The short summary for the terminal, within 80 columns.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use super::view::View;
use super::{story, words};
use crate::evaluate::{Outcome, Readiness, Run, WaiverState};
use crate::model::Gravity;

/// The width a line keeps to.
const WIDTH: usize = 80;
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
    line(&mut text, 0, &format!("{machines} on {hosts}, from {tables} in {files}, as of {}", view.assessment.as_of));
    for run in &view.assessment.runs {
        text.push('\n');
        line(&mut text, 0, &format!("{}, edition {}", words::target(run.edition.target), run.edition.edition));
        bars(&mut text, run, estate.vms.len() as u64);
    }
    for run in view.assessment.runs.iter().filter(|run| !run.prerequisites.is_empty()) {
        text.push('\n');
        line(&mut text, 0, &format!("Prerequisites, edition {}", run.edition.edition));
        for row in &run.prerequisites {
            let name = words::prerequisite(row.prerequisite);
            line(&mut text, 2, &format!("{name:<24}{}", words::outcome(row.outcome).to_lowercase()));
        }
    }
    holdbacks(&mut text, view);
    waivers(&mut text, view);
    notes(&mut text, view);
    text.push('\n');
    line(&mut text, 0, &story::reconciliation(view));
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
    line(text, 0, "What holds the estate back");
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
            WaiverState::Expired => format!("expired on {}; {findings} count again", result.waiver.expires),
            WaiverState::Unused => "unused; nothing found is what it speaks of".to_owned(),
        };
        line(text, 2, &format!("{}: {what}", result.waiver.requirement));
    }
}

fn notes(text: &mut String, view: &View<'_>) {
    let mut notes: Vec<_> = view.estate.notes.iter().filter(|note| note.gravity != Gravity::Remark).collect();
    notes.sort_by_key(|note| note.gravity);
    if notes.is_empty() {
        return;
    }
    text.push('\n');
    for note in notes.iter().take(NOTES) {
        line(text, 0, &note.text);
    }
    if let Some(more) = notes.len().checked_sub(NOTES).filter(|more| *more > 0) {
        line(text, 0, &format!("{}; the report has them all.", words::count(more as u64, "more note", "more notes")));
    }
}

/// Writes words as lines of at most [`WIDTH`] columns, the later ones indented by two more.
pub fn line(text: &mut String, indent: usize, words: &str) {
    let mut column = 0;
    for (place, word) in words.split(' ').enumerate() {
        let width = word.width();
        if place == 0 {
            write!(text, "{:indent$}{word}", "").expect("writing to a String does not fail");
            column = indent + width;
        } else if column + 1 + width > WIDTH {
            let indent = indent + 2;
            write!(text, "\n{:indent$}{word}", "").expect("writing to a String does not fail");
            column = indent + width;
        } else {
            text.push(' ');
            text.push_str(word);
            column += 1 + width;
        }
    }
    text.push('\n');
}
