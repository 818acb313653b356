//! What every report says of a finding: its subject, its evidence, the defect or what is missing, and what settles it.

use std::borrow::Cow;

use jiff::civil::Date;

use super::ids::Ids;
use super::organisation;
use super::view::{SubjectWords, View};
use super::words;
use crate::catalogue::{Document, Edition, Requirement};
use crate::evaluate::{Because, Finding, Outcome, Run, Subject, Waiver, machines_of};
use crate::model::{Arg, Estate, Identity, Missing, Origin, Phrase, Place, Vm, Why, say};
use crate::organisation::{Answered, Found};
use crate::tables::Value;

/// A finding spelled out.
#[derive(Debug)]
pub struct Told<'a> {
    /// What names it from visit to visit.
    pub id: Phrase,
    /// The subject that hands it down, when it is told of a machine that inherits it: kind and name.
    pub inherited_from: Option<Phrase>,
    /// The machine it is told of, when it is told of one.
    pub machine: Option<&'a Vm>,
    /// The name of the cluster that the machine or host belongs to.
    pub cluster: Option<&'a str>,
    /// The name of the machine's cloud.
    pub cloud: Option<&'a str>,
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
    pub observed: Value<'a>,
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
    /// Spells out a finding of a published requirement; as one of the machine that inherits it, when one is given.
    #[must_use]
    pub fn of(view: &'a View<'a>, ids: &Ids, run: &Run<'_>, asked: Asked<'a>, line: Line<'a>) -> Self {
        let Line { finding, heir } = line;
        let origin = origin(view, finding);
        let (observed, expected, remedy) = match &finding.because {
            Because::Missing(missing) => (Value::Nothing, Value::Nothing, Value::said(words::settle(*missing))),
            Because::Seen(evidence) => {
                let said = |phrase| Value::Said(Cow::Borrowed(phrase));
                (said(&evidence.observed), said(&evidence.expected), Value::Wording(asked.remedy))
            }
        };
        let shown = heir.map_or(finding.subject, Subject::Vm);
        let machine = shown.machine(view.estate);
        let action = ids.action(run, &asked.requirement.check);
        Self {
            id: ids.finding(view.estate, action, finding.subject, heir),
            inherited_from: heir.map(|_| holder(view.estate, finding.subject)),
            machine,
            cluster: cluster(view.estate, shown),
            cloud: machine.and_then(|vm| vm.cloud.value()).map(|cloud| &**cloud),
            subject: view.subject(shown),
            target: asked.edition.target.as_str(),
            edition: &asked.edition.edition,
            requirement: &asked.requirement.check,
            severity: asked.requirement.severity.as_str(),
            outcome: finding.outcome,
            observed,
            expected,
            message: message(view, asked.summary, line, origin),
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
    pub fn of_rule(view: &'a View<'a>, ids: &Ids, answered: &'a Answered, found: &'a Found) -> Self {
        let rule = &answered.rule;
        let shown = found.item.subject();
        let machine = shown.machine(view.estate);
        let action = say!("{target}/{rule}", target = Arg::Word(organisation::TARGET), rule = Arg::text(&rule.name));
        Self {
            id: ids.rule_finding(view.estate, action, found.item),
            inherited_from: None,
            machine,
            cluster: cluster(view.estate, shown),
            cloud: machine.and_then(|vm| vm.cloud.value()).map(|cloud| &**cloud),
            subject: organisation::subject(view, found.item),
            target: organisation::TARGET,
            edition: &rule.edition,
            requirement: &rule.name,
            severity: rule.severity.as_str(),
            outcome: found.outcome,
            observed: Value::named(Identity::Free, Some(&found.observed)),
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

/// A finding, and the machine that it is told of when that machine inherits it.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// The finding.
    pub finding: &'a Finding,
    /// An index into the estate's machines.
    pub heir: Option<u32>,
}

/// A subject by kind and name: "host hv01".
#[must_use]
pub fn holder(estate: &Estate, subject: Subject) -> Phrase {
    let kind = subject.kind();
    say!("{kind} {name}", kind = Arg::Word(kind.as_str()), name = Arg::named(kind.identity(), subject.name(estate)))
}

/// The name of the cluster that a machine or host belongs to.
fn cluster(estate: &Estate, subject: Subject) -> Option<&str> {
    if let Subject::Cluster(index) = subject {
        return estate.clusters[index as usize].name.value().map(|name| &**name);
    }
    let of_machine = subject.machine(estate).map(|vm| (&vm.cluster, vm.cluster_index));
    let of_host = || subject.host(estate).map(|host| (&host.cluster, host.cluster_index));
    let (named, index) = of_machine.or_else(of_host)?;
    let of_index = || estate.clusters.get(index?)?.name.value();
    named.value().or_else(of_index).map(|name| &**name)
}

/// The waiver that waives a finding.
#[must_use]
pub fn waiver<'a>(view: &View<'a>, finding: &Finding) -> Option<&'a Waiver> {
    let number = finding.waiver?;
    view.assessment.waivers.get(usize::from(number)).map(|result| &result.waiver)
}

/// What was seen; nothing when the fact is missing altogether.
#[must_use]
pub fn observed(finding: &Finding) -> Option<&Phrase> {
    match &finding.because {
        Because::Seen(evidence) => Some(&evidence.observed),
        Because::Missing(_) => None,
    }
}

/// What was expected; nothing when the fact is missing.
#[must_use]
pub fn expected(finding: &Finding) -> Option<&Phrase> {
    match &finding.because {
        Because::Seen(evidence) => Some(&evidence.expected),
        Because::Missing(_) => None,
    }
}

/// The defect in a sentence, or which fact is missing; how many machines it holds for, when it is inherited; and who
/// declared what was seen, when no export says it.
fn message<'a>(view: &View<'_>, summary: &'a str, line: Line<'_>, origin: Option<Origin>) -> Value<'a> {
    let Line { finding, heir } = line;
    let message = match &finding.because {
        Because::Seen(_) if heir.is_some() => Value::Wording(summary),
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
        Because::Missing(Missing {
            why: Why::Unsaid(origin) | Why::Unreadable(origin) | Why::StandIn(origin) | Why::Disputed(origin),
            ..
        }) => Some(*origin),
        Because::Missing(Missing { why: Why::Absent, .. }) => None,
    };
    cell.or_else(|| finding.subject.seen(view.estate))
}
