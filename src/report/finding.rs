//! What every report says of a finding: its subject, its evidence, the defect or what is missing, and what settles it.

use jiff::civil::Date;

use super::organisation;
use super::view::{SubjectWords, View};
use super::words;
use crate::catalogue::{Document, Edition, Requirement};
use crate::evaluate::{Because, Finding, Outcome, Run, Subject, Waiver, machines_of};
use crate::model::{Missing, Origin, Place, Why};
use crate::organisation::{Answered, Found};
use crate::tables::Value;

/// A finding spelled out.
#[derive(Debug)]
pub struct Told<'a> {
    /// Whom it is about.
    pub subject: SubjectWords<'a>,
    /// The target judged.
    pub target: &'static str,
    /// The edition, by name.
    pub edition: &'a str,
    /// The requirement, by name.
    pub requirement: &'a str,
    /// What not met means.
    pub severity: &'static str,
    /// What became of it.
    pub outcome: Outcome,
    /// What was seen; empty when the fact is missing.
    pub observed: &'a str,
    /// What was expected; empty when the fact is missing.
    pub expected: Value<'a>,
    /// The defect in a sentence, or which fact is missing.
    pub message: Value<'a>,
    /// What to do about it, or what to export.
    pub remedy: Value<'a>,
    /// The cell it rests on: the one it was seen in, else the row of its subject.
    pub place: Option<Place<'a>>,
    /// The document that requires it.
    pub document: &'a str,
    /// Where in the document.
    pub section: Value<'a>,
    /// The document's date.
    pub date: Option<Date>,
    /// The document's address.
    pub url: &'a str,
    /// The waiver that waives it.
    pub waiver: Option<&'a Waiver>,
}

/// A requirement with everything about it that is looked up once.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    edition: &'a Edition,
    /// The requirement.
    pub requirement: &'a Requirement,
    summary: &'a str,
    remedy: &'a str,
    document: &'a Document,
}

impl<'a> Asked<'a> {
    /// The requirements of a run, in the edition's order.
    #[must_use]
    pub fn of_run(run: &Run<'a>) -> Vec<Self> {
        let edition = run.edition;
        let asked = edition.requirements.iter().map(|requirement| Self {
            edition,
            requirement,
            summary: words::summary(requirement),
            remedy: words::remedy(requirement),
            document: edition.document(&requirement.source),
        });
        asked.collect()
    }
}

impl<'a> Told<'a> {
    /// Spells out a finding of a published requirement.
    #[must_use]
    pub fn of(view: &'a View<'a>, asked: Asked<'a>, finding: &'a Finding) -> Self {
        let origin = origin(view, finding);
        let (observed, expected, remedy) = match &finding.because {
            Because::Missing(missing) => ("", Value::Nothing, Value::said(words::settle(*missing))),
            Because::Seen(evidence) => {
                (evidence.observed.as_str(), Value::text(Some(&evidence.expected)), Value::Wording(asked.remedy))
            }
        };
        Self {
            subject: view.subject(finding.subject),
            target: asked.edition.target.as_str(),
            edition: &asked.edition.edition,
            requirement: &asked.requirement.check,
            severity: asked.requirement.severity.as_str(),
            outcome: finding.outcome,
            observed,
            expected,
            message: message(view, asked.summary, finding, origin),
            remedy,
            place: origin.map(|origin| view.estate.place(origin)),
            document: &asked.document.document,
            section: Value::text(Some(&asked.requirement.section)),
            date: Some(asked.document.date),
            url: &asked.document.url,
            waiver: waiver(view, finding),
        }
    }

    /// Spells out what a rule of the organisation's own found.
    #[must_use]
    pub fn of_rule(view: &'a View<'a>, answered: &'a Answered, found: &'a Found) -> Self {
        let rule = &answered.rule;
        Self {
            subject: organisation::subject(view, found.item),
            target: organisation::TARGET,
            edition: &rule.edition,
            requirement: &rule.name,
            severity: rule.severity.as_str(),
            outcome: found.outcome,
            observed: &found.observed,
            expected: Value::Text(rule.expected().into()),
            message: organisation::message(answered, found),
            remedy: organisation::remedy(answered, found),
            place: Some(view.estate.place(found.origin)),
            document: &rule.file,
            section: organisation::section(answered),
            date: None,
            url: "",
            waiver: None,
        }
    }
}

/// The waiver that waives a finding.
#[must_use]
pub fn waiver<'a>(view: &View<'a>, finding: &Finding) -> Option<&'a Waiver> {
    let number = finding.waiver?;
    view.assessment.waivers.get(usize::from(number)).map(|result| &result.waiver)
}

/// What was seen; empty when the fact is missing altogether.
#[must_use]
pub fn observed(finding: &Finding) -> &str {
    match &finding.because {
        Because::Seen(evidence) => &evidence.observed,
        Because::Missing(_) => "",
    }
}

/// What was expected; empty when the fact is missing.
#[must_use]
pub fn expected(finding: &Finding) -> &str {
    match &finding.because {
        Because::Seen(evidence) => &evidence.expected,
        Because::Missing(_) => "",
    }
}

/// The defect in a sentence, or which fact is missing; how many machines it holds for, when it is inherited; and who
/// declared what was seen, when no export says it.
fn message<'a>(view: &View<'_>, summary: &'a str, finding: &Finding, origin: Option<Origin>) -> Value<'a> {
    let message = match &finding.because {
        Because::Missing(missing) => Value::said(words::missing(*missing)),
        Because::Seen(_) => match inherited(view, finding) {
            0 => Value::Wording(summary),
            machines => Value::said(words::holds_for(summary, machines)),
        },
    };
    match origin.and_then(|origin| view.estate.declared(origin)) {
        Some(declared) => Value::said(words::and_declared(message.to_arg(), declared)),
        None => message,
    }
}

/// How many machines inherit the finding; 0 for a machine's own.
#[must_use]
pub fn inherited(view: &View<'_>, finding: &Finding) -> usize {
    match finding.subject {
        Subject::Vm(_) => 0,
        other => machines_of(view.estate, other).len(),
    }
}

/// The cell a finding rests on: the one it was seen in, else the row of its subject.
#[must_use]
pub fn origin(view: &View<'_>, finding: &Finding) -> Option<Origin> {
    let cell = match &finding.because {
        Because::Seen(evidence) => evidence.origin,
        Because::Missing(Missing { why: Why::Unsaid(origin) | Why::Unreadable(origin), .. }) => Some(*origin),
        Because::Missing(Missing { why: Why::Absent, .. }) => None,
    };
    cell.or_else(|| view.seen_at(finding.subject))
}
