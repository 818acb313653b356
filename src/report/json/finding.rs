//! Findings in a written assessment, and what the organisation's own rules found.

use std::borrow::Cow;

use super::super::finding::{Asked, Line, Told, inherited, origin};
use super::super::ids::Ids;
use super::super::view::View;
use super::parts::source;
use crate::evaluate::{Finding as Of, Outcome};
use crate::organisation::Answered;
use crate::record::{Finding, Found, OwnRule, Word};

/// A finding, which names edition and requirement by number, so that a million of them do not repeat what stands there.
pub(super) fn item<'a>(view: &'a View<'_>, ids: &Ids, number: usize, asked: Asked<'a>, finding: &'a Of) -> Finding<'a> {
    let holds_for = Some(inherited(view, finding) as u64).filter(|machines| *machines > 0);
    let place = origin(view, finding);
    let is_declared = place.is_some_and(|origin| view.estate.declared(origin).is_some());
    let says_more = finding.outcome != Outcome::NotMet || is_declared;
    let told = Told::of(view, ids, &view.assessment.runs[number], asked, Line { finding, heir: None });
    Finding {
        id: told.id.to_string().into(),
        edition: u16::try_from(number).expect("an edition is judged against once"),
        requirement: finding.requirement,
        subject_kind: told.subject.kind.into(),
        subject: told.subject.name.into(),
        subject_id: told.subject.id.into(),
        host: told.subject.host.into(),
        outcome: Word(finding.outcome),
        observed: told.observed.plain().into_owned().into(),
        expected: told.expected.plain().into_owned().into(),
        message: says_more.then(|| told.message.plain().into_owned().into()),
        holds_for,
        source: place.map(|origin| source(view, origin)),
        waived_by: told.waiver.map(|waiver| (&waiver.owner).into()),
        waived_until: told.waiver.map(|waiver| waiver.expires.to_string().into()),
        waived_reason: told.waiver.map(|waiver| (&waiver.reason).into()),
    }
}

/// A rule of the organisation's own with what it found.
pub(super) fn rule<'a>(view: &'a View<'_>, ids: &Ids, answered: &'a Answered) -> OwnRule<'a> {
    let (rule, tally) = (&answered.rule, answered.tally);
    let found = |found| {
        let told = Told::of_rule(view, ids, answered, found);
        Found {
            id: told.id.to_string().into(),
            subject_kind: told.subject.kind.into(),
            subject: told.subject.name.into(),
            subject_id: told.subject.id.into(),
            host: told.subject.host.into(),
            outcome: Word(found.outcome),
            observed: (&found.observed).into(),
            message: (found.outcome != Outcome::NotMet).then(|| Cow::Owned(told.message.plain().into_owned())),
            source: source(view, found.origin),
        }
    };
    OwnRule {
        rule: (&rule.name).into(),
        file: (&rule.file).into(),
        sha256: (&rule.sha256).into(),
        edition: (&rule.edition).into(),
        line: rule.line as u64,
        table: rule.table.as_str().into(),
        when: (&rule.when).into(),
        severity: Word(rule.severity),
        message: (&rule.message).into(),
        remedy: (&rule.remedy).into(),
        met: tally.met,
        not_met: tally.not_met,
        unknown: tally.unknown,
        findings: answered.found.iter().map(found).collect(),
    }
}
