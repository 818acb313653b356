//! A requirement that is not met, with what every part of the section asks of it.

use std::collections::BTreeSet;

use super::super::super::view::View;
use crate::catalogue::{Requirement, Severity};
use crate::evaluate::{Finding, Outcome, Run, Subject};
use crate::model::Phrase;

/// Subjects shown with their evidence under one requirement, unless all are asked for.
pub(super) const FIRST: usize = 12;
/// Kinds of evidence told where there are more subjects than have room.
pub(super) const KINDS: usize = 4;

/// A requirement that some subject does not meet on some road.
pub(super) struct Broken<'a> {
    pub(super) check: &'a str,
    /// For each run, the requirement's place in its edition.
    pub(super) places: Vec<Option<usize>>,
    pub(super) severity: Severity,
    /// Those that do not meet it on some road, each once.
    pub(super) subjects: Vec<Subject>,
    pub(super) machines: BTreeSet<usize>,
}

/// The first road that asks for it and where it is not met, with the requirement.
pub(super) fn requirement<'a>(view: &'a View<'a>, broken: &Broken<'_>) -> (&'a Run<'a>, &'a Requirement) {
    let asked = view.assessment.runs.iter().zip(&broken.places);
    let mut asked = asked.filter_map(|(run, place)| Some((run, &run.edition.requirements[(*place)?])));
    asked.next().expect("what is broken is asked for by a road")
}

/// The findings of a subject, road by road.
pub(super) fn findings<'a>(view: &'a View<'a>, places: &[Option<usize>], subject: Subject) -> Vec<Option<&'a Finding>> {
    let of_run = |(run, place): (&'a Run<'a>, &Option<usize>)| {
        let wanted = (*place)?;
        let not_met =
            |finding: &&Finding| usize::from(finding.requirement) == wanted && finding.outcome == Outcome::NotMet;
        run.findings_of(subject).iter().find(not_met)
    };
    view.assessment.runs.iter().zip(places).map(of_run).collect()
}

/// Whether anything is said: some evidence expects nothing in particular.
pub(super) fn says_something(phrase: &Phrase) -> bool {
    !phrase.to_string().is_empty()
}
