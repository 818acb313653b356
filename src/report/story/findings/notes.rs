//! What is said of a requirement above those that do not meet it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::super::super::finding::{expected, observed, waiver};
use super::super::super::view::{PdfDetail, View};
use super::super::super::words;
use super::super::parts::edition_name;
use super::super::sources::Sources;
use super::broken::{Broken, FIRST, KINDS, findings, requirement, said};
use crate::catalogue::{Effort, Severity};
use crate::evaluate::{Finding, Outcome, Subject, machines_of};
use crate::model::Phrase;

/// What each road expects, when each expects the same of all; else it must stand beside each subject.
pub(super) fn expectations(view: &View<'_>, broken: &Broken<'_>) -> Option<String> {
    let mut wanted: Vec<(Option<&Phrase>, Vec<&str>)> = Vec::new();
    for (run, place) in view.assessment.runs.iter().zip(&broken.places) {
        let Some(place) = place else { continue };
        let not_met =
            |finding: &&Finding| usize::from(finding.requirement) == *place && finding.outcome == Outcome::NotMet;
        let mut all = run.findings.iter().filter(not_met).map(expected);
        let first = all.next()?;
        if all.any(|other| other != first) {
            return None;
        }
        let road = words::target(run.edition.target);
        match wanted.iter_mut().find(|(text, _)| *text == first) {
            Some((_, roads)) => roads.push(road),
            None => wanted.push((first, vec![road])),
        }
    }
    Some(match wanted.as_slice() {
        [(text, _)] => said(*text),
        several => {
            let each: Vec<String> =
                several.iter().map(|(text, roads)| format!("{} ({})", said(*text), roads.join(", "))).collect();
            each.join("; ")
        }
    })
}

/// What to do, what is expected, whom it concerns, and where that is published.
pub(super) fn notes(view: &View<'_>, broken: &Broken<'_>, expects: Option<&str>, sources: &Sources<'_>) -> Vec<String> {
    let (_, requirement) = requirement(view, broken);
    let mut told = words::remedy(requirement).to_owned();
    if let Some(expects) = expects.filter(|expects| !expects.is_empty()) {
        told = format!("{told} Expected: {expects}.");
    }
    let effort = match Effort::of(broken.check) {
        Some(effort) if broken.severity <= Severity::Condition => format!("; effort {effort}"),
        Some(_) | None => String::new(),
    };
    let numbers = sources.numbers(view, broken.check);
    let source = if numbers.contains(',') { "sources" } else { "source" };
    let concerned = concerned(view, broken);
    let mut notes = vec![format!("{told} ({}; {concerned}{effort}; {source} {numbers})", broken.check)];
    if broken.subjects.len() > view.options.pdf.most(FIRST) {
        notes.extend(kinds(view, broken));
    }
    notes.extend(waived(view, broken));
    if view.options.pdf == PdfDetail::Full {
        let remarks: BTreeSet<String> = view
            .assessment
            .runs
            .iter()
            .zip(&broken.places)
            .filter_map(|(run, place)| {
                let remark = run.edition.requirements[(*place)?].remark.as_ref()?;
                Some(format!("Remark ({}): {remark}", edition_name(run.edition)))
            })
            .collect();
        notes.extend(remarks);
    }
    notes
}

/// How many findings are waived, and by whom.
fn waived(view: &View<'_>, broken: &Broken<'_>) -> Vec<String> {
    let mut waivers: Vec<(String, u64)> = Vec::new();
    for subject in &broken.subjects {
        let of_subject = findings(view, &broken.places, *subject);
        let Some(waiver) = of_subject.into_iter().flatten().find_map(|finding| waiver(view, finding)) else { continue };
        let text = words::waived(waiver);
        match waivers.iter_mut().find(|(known, _)| *known == text) {
            Some((_, count)) => *count += 1,
            None => waivers.push((text, 1)),
        }
    }
    waivers
        .into_iter()
        .map(|(text, count)| format!("{}: {text}.", words::count(count, "subject", "subjects")))
        .collect()
}

/// What was seen how often, the commonest first, if the subjects have anything in common.
fn kinds(view: &View<'_>, broken: &Broken<'_>) -> Option<String> {
    let mut counts: BTreeMap<Option<&Phrase>, u64> = BTreeMap::new();
    for subject in &broken.subjects {
        let of_subject = findings(view, &broken.places, *subject);
        *counts.entry(observed(of_subject.into_iter().flatten().next()?)).or_default() += 1;
    }
    if counts.len() > broken.subjects.len() / 2 {
        return None;
    }
    let mut kinds: Vec<(Option<&Phrase>, u64)> = counts.into_iter().collect();
    kinds.sort_by_key(|(_, count)| Reverse(*count));
    let rest = kinds.split_off(kinds.len().min(KINDS));
    let mut told: Vec<String> =
        kinds.iter().map(|(seen, count)| format!("{} ({})", said(*seen), words::grouped(*count))).collect();
    if !rest.is_empty() {
        let count = rest.iter().map(|(_, count)| count).sum();
        told.push(format!(
            "{} ({})",
            words::count(rest.len() as u64, "other kind", "other kinds"),
            words::grouped(count)
        ));
    }
    Some(format!("Seen: {}.", told.join("; ")))
}

/// How many subjects of which kind, and how many machines stand behind them.
fn concerned(view: &View<'_>, broken: &Broken<'_>) -> String {
    let mut kinds: Vec<(&'static str, u64)> = Vec::new();
    let mut inherited = BTreeSet::new();
    for subject in &broken.subjects {
        let kind = view.subject(*subject).kind;
        match kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, count)) => *count += 1,
            None => kinds.push((kind, 1)),
        }
        if !matches!(subject, Subject::Vm(_)) {
            inherited.extend(machines_of(view.estate, *subject));
        }
    }
    let counts: Vec<String> = kinds.into_iter().map(|(kind, count)| words::subjects(kind, count)).collect();
    let text = counts.join(", ");
    match inherited.len() as u64 {
        0 => text,
        machines => format!("{text}, inherited by {}", words::subjects("vm", machines)),
    }
}
