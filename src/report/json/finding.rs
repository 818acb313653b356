//! A finding in the assessment's JSON.

use serde::Serialize;

use super::super::finding::{Asked, Line, Told, inherited, origin};
use super::super::ids::Ids;
use super::super::view::View;
use super::SourceItem;
use crate::evaluate::{Finding, Outcome};

/// A finding names its edition by number, so that a million findings do not repeat what `editions` says once.
#[derive(Serialize)]
pub(super) struct FindingItem<'a> {
    edition: usize,
    requirement: &'a str,
    subject_kind: &'static str,
    subject: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    subject_id: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    host: &'a str,
    outcome: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    observed: &'a str,
    #[serde(skip_serializing_if = "String::is_empty")]
    expected: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    holds_for: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<SourceItem<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    waived_by: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    waived_until: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    waived_reason: Option<&'a str>,
}

impl<'a> FindingItem<'a> {
    pub(super) fn of(view: &'a View<'_>, ids: &Ids, number: usize, asked: Asked<'a>, finding: &'a Finding) -> Self {
        let holds_for = Some(inherited(view, finding)).filter(|machines| *machines > 0);
        let source = origin(view, finding);
        let is_declared = source.is_some_and(|origin| view.estate.declared(origin).is_some());
        let says_more = finding.outcome != Outcome::NotMet || is_declared;
        let Told { subject, requirement, observed, expected, message, waiver, .. } =
            Told::of(view, ids, &view.assessment.runs[number], asked, Line { finding, heir: None });
        Self {
            edition: number,
            requirement,
            subject_kind: subject.kind,
            subject: subject.name,
            subject_id: subject.id,
            host: subject.host,
            outcome: finding.outcome.as_str(),
            observed,
            expected: expected.plain().into_owned(),
            message: says_more.then(|| message.plain().into_owned()),
            holds_for,
            source: source.map(|origin| SourceItem::of(view, origin)),
            waived_by: waiver.map(|waiver| waiver.owner.as_str()),
            waived_until: waiver.map(|waiver| waiver.expires.to_string()),
            waived_reason: waiver.map(|waiver| waiver.reason.as_str()),
        }
    }
}
