//! The short summary for the terminal, within 80 columns.

use std::collections::BTreeSet;

use unicode_width::UnicodeWidthStr;

use super::language::Language;
use super::lines::{line, paragraph};
use super::view::View;
use super::{organisation, story, words};
use crate::evaluate::{Outcome, Readiness, Run, WaiverState};
use crate::model::{Arg, Gravity, Identity, Note, Phrase, say};

/// The notes shown; the report holds them all.
const NOTES: usize = 8;
/// The length of the longest bar.
const BAR: u64 = 30;

/// Writes the summary of an assessment.
#[must_use]
pub fn summary(view: &View<'_>) -> String {
    let mut text = String::new();
    let (estate, language) = (view.estate, view.options.language);
    line(&mut text, 0, &language.said(&holds(view)));
    if let Some(exports) = story::exports(view) {
        paragraph(&mut text, 0, &language.said(&say!("Exported {exports}", exports = exports)));
    }
    if estate.vms.is_empty() {
        text.push('\n');
        paragraph(&mut text, 0, language.words(words::NO_MACHINE));
    }
    for run in view.assessment.runs.iter().filter(|_| !estate.vms.is_empty()) {
        text.push('\n');
        line(&mut text, 0, &language.said(&story::edition_title(run.edition)));
        bars(&mut text, run, estate.vms.len() as u64, language);
    }
    for run in view.assessment.runs.iter().filter(|run| !run.prerequisites.is_empty()) {
        text.push('\n');
        let title = say!("Prerequisites of {edition}", edition = story::edition_title(run.edition));
        line(&mut text, 0, &language.said(&title));
        for row in &run.prerequisites {
            let name = padded(language.words(words::prerequisite(row.prerequisite)), 24);
            line(&mut text, 2, &format!("{name}{}", language.words(words::outcome_within(row.outcome))));
        }
    }
    holdbacks(&mut text, view);
    waivers(&mut text, view);
    if let Some(blocked) = organisation::blocked(view) {
        text.push('\n');
        line(&mut text, 0, &language.said(&blocked));
    }
    notes(&mut text, &view.estate.notes, "the report has them all", language);
    text.push('\n');
    paragraph(&mut text, 0, &language.said(&story::reconciliation(view)));
    text
}

/// How much was read of what.
fn holds(view: &View<'_>) -> Phrase {
    let estate = view.estate;
    let machines = say!("{machines} {machines:machine|machines}", machines = estate.vms.len());
    let holds = match estate.hosts.len() {
        0 => say!("{machines}, no host described", machines = machines),
        hosts => say!("{machines} on {hosts} {hosts:host|hosts}", machines = machines, hosts = hosts),
    };
    say!(
        "{holds}, from {tables} {tables:table|tables} in {files} {files:file|files}, as of {day}",
        holds = holds,
        tables = estate.tables.len(),
        files = estate.files.len(),
        day = view.assessment.as_of
    )
}

/// A text filled up to a width, by what is seen of it.
fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// A text filled up to a width from before.
fn right(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(text.width())))
}

fn bars(text: &mut String, run: &Run<'_>, machines: u64, language: Language) {
    for (readiness, count) in run.readiness_counts().into_iter().rev() {
        let length = (count * BAR).div_ceil(machines.max(1));
        let bar: String = std::iter::repeat_n(mark(readiness), usize::try_from(length).unwrap_or(0)).collect();
        let name = padded(language.words(words::readiness_within(readiness)), 24);
        let row = format!("  {name}{}  {bar}", right(&language.count(count), 8));
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
    let language = view.options.language;
    text.push('\n');
    line(text, 0, language.words("What holds machines back, worst first"));
    for holdback in holdbacks {
        let run = &view.assessment.runs[holdback.run];
        let requirement = &run.edition.requirements[holdback.requirement];
        let kind = if holdback.outcome == Outcome::NotMet { requirement.severity.as_str() } else { "unknown" };
        let (kind, target) = (language.words(kind), run.edition.target);
        let machines = right(&language.count(holdback.machines), 6);
        line(text, 2, &format!("{machines}  {:<34} {kind}, {target}", requirement.check));
    }
}

fn waivers(text: &mut String, view: &View<'_>) {
    let waivers = &view.assessment.waivers;
    if waivers.is_empty() {
        return;
    }
    let language = view.options.language;
    text.push('\n');
    line(text, 0, language.words("Waivers"));
    for result in waivers {
        let (findings, day) = (result.findings, result.waiver.expires);
        let what = match result.state {
            WaiverState::InForce => {
                say!("{findings} {findings:finding|findings} waived until {day}", findings = findings, day = day)
            }
            WaiverState::Expired if findings == 0 => say!("expired on {day}, unused", day = day),
            WaiverState::Expired => say!(
                "expired on {day}; {findings} {findings:finding|findings} no longer waived",
                day = day,
                findings = findings
            ),
            WaiverState::Unused => say!("unused; nothing found is what it speaks of"),
        };
        line(text, 2, &format!("{}: {}", result.waiver.requirement, language.said(&what)));
    }
}

/// Writes what reading had to say and a user may want to act on, equal sayings once, and where the rest is told.
pub fn notes(text: &mut String, notes: &[Note], rest: &'static str, language: Language) {
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
        line(text, 0, &language.said(&placed(group)));
    }
    if let Some(more) = groups.len().checked_sub(NOTES).filter(|more| *more > 0) {
        let more = say!("{more} more {more:note|notes}; {rest}.", more = more, rest = Arg::Word(rest));
        line(text, 0, &language.said(&more));
    }
}

/// A note with its file and sheet in front, unless it names its file itself; for several, how many they are.
fn placed(group: &[&Note]) -> Phrase {
    let Note { file, sheet, text, .. } = group[0];
    let tables: BTreeSet<(&str, &str)> = group.iter().map(|note| (&*note.file, &*note.sheet)).collect();
    let files: BTreeSet<&str> = group.iter().map(|note| &*note.file).collect();
    let name = file.rsplit('/').next().unwrap_or(file);
    let note = text.clone();
    let (of_file, of_sheet) = (Arg::named(Identity::File, file), Arg::named(Identity::Sheet, sheet));
    match (files.len(), tables.len()) {
        (1, 1) if text.to_string().contains(name) => note,
        (1, 1) if sheet.is_empty() => say!("{file}: {note}", file = of_file, note = note),
        (1, 1) => say!("{file}: {sheet}: {note}", file = of_file, sheet = of_sheet, note = note),
        (1, many) => say!("{file}, {tables} tables: {note}", file = of_file, tables = Arg::at(many), note = note),
        (many, _) => say!("{files} files: {note}", files = Arg::at(many), note = note),
    }
}
