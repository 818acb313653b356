//! What is said of a requirement above those that do not meet it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::super::super::finding::{expected, observed, waiver};
use super::super::super::view::{PdfDetail, View};
use super::super::super::words;
use super::super::parts::edition_name;
use super::super::sources::Sources;
use super::broken::{Broken, FIRST, KINDS, findings, requirement, says_something};
use crate::catalogue::{Effort, Severity};
use crate::evaluate::{Finding, Outcome, Run, Subject, machines_of};
use crate::model::{Arg, Phrase, say};

/// What each road expects, when each expects the same of all; else it must stand beside each subject.
pub(super) fn expectations(view: &View<'_>, broken: &Broken<'_>) -> Option<Phrase> {
    let mut wanted: Vec<(Option<&Phrase>, Vec<&'static str>)> = Vec::new();
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
    let said = |text: Option<&Phrase>| text.cloned().unwrap_or_default();
    Some(match wanted.as_slice() {
        [(text, _)] => said(*text),
        several => {
            let each = several.iter().map(|(text, roads)| {
                let roads = Arg::List(roads.iter().map(|road| Arg::Word(road)).collect());
                say!("{expected} ({roads})", expected = said(*text), roads = roads).into()
            });
            Arg::Items(each.collect()).into()
        }
    })
}

/// What to do, what is expected, whom it concerns, and where that is published.
pub(super) fn notes(
    view: &View<'_>,
    broken: &Broken<'_>,
    expects: Option<&Phrase>,
    sources: &Sources<'_>,
) -> Vec<Phrase> {
    let mut notes = vec![remedy(view, broken, expects, sources)];
    if broken.subjects.len() > view.options.pdf.most(FIRST) {
        notes.extend(kinds(view, broken));
    }
    notes.extend(waived(view, broken));
    if view.options.pdf == PdfDetail::Full {
        let remark = |(run, place): (&Run<'_>, &Option<usize>)| {
            let remark = Arg::wording(run.edition.requirements[(*place)?].remark.as_ref()?);
            Some(say!("Remark ({edition}): {remark}", edition = edition_name(run.edition), remark = remark))
        };
        let remarks = view.assessment.runs.iter().zip(&broken.places).filter_map(remark);
        let remarks: BTreeMap<String, Phrase> = remarks.map(|remark| (remark.to_string(), remark)).collect();
        notes.extend(remarks.into_values());
    }
    notes
}

/// What to do and what is expected; behind it the name, whom it concerns, the effort and the source.
fn remedy(view: &View<'_>, broken: &Broken<'_>, expects: Option<&Phrase>, sources: &Sources<'_>) -> Phrase {
    let (_, requirement) = requirement(view, broken);
    let told = Arg::wording(words::remedy(requirement));
    let told = match expects.filter(|expects| says_something(expects)) {
        Some(expects) => say!("{told} Expected: {expects}.", told = told, expects = expects.clone()),
        None => told.into(),
    };
    let mut basis: Vec<Arg> = vec![Arg::text(broken.check), concerned(view, broken).into()];
    if let Some(effort) = Effort::of(broken.check).filter(|_| broken.severity <= Severity::Condition) {
        basis.push(say!("effort {effort}", effort = effort).into());
    }
    let numbers = sources.numbers(view, broken.check);
    let numbers = if numbers.contains(',') {
        say!("sources {numbers}", numbers = Arg::text(&numbers))
    } else {
        say!("source {number}", number = Arg::text(&numbers))
    };
    basis.push(numbers.into());
    say!("{told} ({basis})", told = told, basis = Arg::Items(basis.into()))
}

/// How many findings are waived, and by whom.
fn waived(view: &View<'_>, broken: &Broken<'_>) -> Vec<Phrase> {
    let mut waivers: Vec<(Phrase, u64)> = Vec::new();
    for subject in &broken.subjects {
        let of_subject = findings(view, &broken.places, *subject);
        let Some(waiver) = of_subject.into_iter().flatten().find_map(|finding| waiver(view, finding)) else { continue };
        let text = words::waived(waiver);
        match waivers.iter_mut().find(|(known, _)| *known == text) {
            Some((_, count)) => *count += 1,
            None => waivers.push((text, 1)),
        }
    }
    let told = |(waived, count)| say!("{count} {count:subject|subjects}: {waived}.", count = count, waived = waived);
    waivers.into_iter().map(told).collect()
}

/// What was seen how often, the commonest first, if the subjects have anything in common.
fn kinds(view: &View<'_>, broken: &Broken<'_>) -> Option<Phrase> {
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
    let kind = |(seen, count): &(Option<&Phrase>, u64)| {
        let seen = seen.cloned().unwrap_or_default();
        say!("{seen} ({count})", seen = seen, count = *count).into()
    };
    let mut told: Vec<Arg> = kinds.iter().map(kind).collect();
    if !rest.is_empty() {
        let sum: u64 = rest.iter().map(|(_, count)| count).sum();
        told.push(say!("{kinds} {kinds:other kind|other kinds} ({sum})", kinds = rest.len(), sum = sum).into());
    }
    Some(say!("Seen: {kinds}.", kinds = Arg::Items(told.into())))
}

/// How many subjects of which kind, and how many machines stand behind them.
fn concerned(view: &View<'_>, broken: &Broken<'_>) -> Phrase {
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
    let counts = kinds.into_iter().map(|(kind, count)| words::subjects(kind, count).into());
    let text = Arg::List(counts.collect());
    match inherited.len() {
        0 => text.into(),
        count => say!("{subjects}, inherited by {count} {count:machine|machines}", subjects = text, count = count),
    }
}
