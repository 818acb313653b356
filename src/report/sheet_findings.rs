//! `findings.csv`: a row per requirement that is not met, unknown or unverified, per subject.

use std::borrow::Cow;

use super::organisation;
use super::sheet::{Record, Run, Sheet};
use super::view::View;
use super::words;
use crate::catalogue::{Edition, Requirement};
use crate::evaluate::{self, Because, Finding, Subject, Waiver, machines_of};
use crate::model::{Field, Missing, Origin, Why};

const COLUMNS: &[&str] = &[
    "subject_kind",
    "subject",
    "subject_id",
    "host",
    "target",
    "edition",
    "requirement",
    "severity",
    "outcome",
    "observed",
    "expected",
    "message",
    "remedy",
    "source_file",
    "source_sheet",
    "source_row",
    "source_column",
    "source_cell",
    "document",
    "section",
    "document_date",
    "url",
    "waived_by",
    "waived_until",
    "waived_reason",
];

/// The sheet of findings: target by target in the order asked, then the organisation's own rules.
pub(super) fn sheet<'a>(view: &'a View<'_>) -> Sheet<'a> {
    let mut ends = Vec::new();
    let mut len = 0;
    for run in &view.assessment.runs {
        len += run.findings.len();
        ends.push(len);
    }
    let fixed: Vec<Vec<Fixed<'_>>> = view.assessment.runs.iter().map(Fixed::of_run).collect();
    let told = MissingTold::all();
    Sheet {
        name: "findings",
        columns: COLUMNS,
        len: len + organisation::found(view),
        row: Box::new(move |index, record| {
            if let Some((answered, found)) = index.checked_sub(len).and_then(|index| organisation::nth(view, index)) {
                organisation::push_finding(view, answered, found, record);
                push_origin(view, Some(found.origin), record);
                organisation::push_end(answered, record);
                return;
            }
            let run = ends.partition_point(|end| *end <= index);
            let start = run.checked_sub(1).map_or(0, |before| ends[before]);
            let results = &view.assessment.runs[run];
            let finding = &results.findings[index - start];
            let fixed = &fixed[run][usize::from(finding.requirement)];
            row(view, finding, fixed, &told, record);
        }),
    }
}

/// What every row of a requirement has in common, written out once.
struct Fixed<'a> {
    requirement: &'a Requirement,
    /// Message and remedy of a machine's own defect that no one declared.
    told: Run,
    /// Target, edition, requirement, severity.
    named: Run,
    /// Document, section, date, address.
    published: Run,
}

impl<'a> Fixed<'a> {
    fn of_run(run: &'a evaluate::Run<'_>) -> Vec<Self> {
        let edition: &Edition = run.edition;
        let fixed = edition.requirements.iter().map(|requirement| {
            let document = edition.document(&requirement.source);
            let severity = requirement.severity.as_str();
            let date = document.date.to_string();
            Self {
                requirement,
                told: Run::of(&[words::summary(requirement), words::remedy(requirement)]),
                named: Run::of(&[edition.target.as_str(), &edition.edition, &requirement.check, severity]),
                published: Run::of(&[&document.document, &requirement.section, &date, &document.url]),
            }
        });
        fixed.collect()
    }
}

/// What rows say when no input gives a fact, by field, from observed to remedy: most rows of a large estate say no more.
struct MissingTold(Vec<Run>);

impl MissingTold {
    fn all() -> Self {
        let told = |field: &Field| {
            let missing = Missing { field: *field, why: Why::Absent };
            Run::of(&["", "", &words::missing(missing), &words::settle(missing)])
        };
        Self(Field::ALL.iter().map(told).collect())
    }
}

fn row(view: &View<'_>, finding: &Finding, fixed: &Fixed<'_>, told: &MissingTold, record: &mut Record) {
    let subject = view.subject(finding.subject);
    record.push(subject.kind);
    record.push(subject.name);
    record.push(subject.id);
    record.push(subject.host);
    record.push_run(&fixed.named);
    record.push(finding.outcome.as_str());
    let origin = origin(view, finding);
    match &finding.because {
        Because::Missing(Missing { field, why: Why::Absent }) => record.push_run(&told.0[*field as usize]),
        Because::Missing(missing) => {
            record.push("");
            record.push("");
            record.push(&message(view, fixed.requirement, finding));
            record.push(&words::settle(*missing));
        }
        Because::Seen(evidence) => {
            record.push(&evidence.observed);
            record.push(&evidence.expected);
            let is_declared = origin.is_some_and(|origin| view.estate.declared(origin).is_some());
            if matches!(finding.subject, Subject::Vm(_)) && !is_declared {
                record.push_run(&fixed.told);
            } else {
                record.push(&message(view, fixed.requirement, finding));
                record.push(words::remedy(fixed.requirement));
            }
        }
    }
    push_origin(view, origin, record);
    record.push_run(&fixed.published);
    let waiver = waiver(view, finding);
    record.push(waiver.map_or("", |waiver| &waiver.owner));
    record.push_known(waiver.map(|waiver| waiver.expires));
    record.push(waiver.map_or("", |waiver| &waiver.reason));
}

/// The waiver that waives a finding.
pub(super) fn waiver<'a>(view: &View<'a>, finding: &Finding) -> Option<&'a Waiver> {
    let number = finding.waiver?;
    view.assessment.waivers.get(usize::from(number)).map(|result| &result.waiver)
}

/// What was seen; empty when the fact is missing altogether.
pub(super) fn observed(finding: &Finding) -> &str {
    match &finding.because {
        Because::Seen(evidence) => &evidence.observed,
        Because::Missing(_) => "",
    }
}

/// What was expected; empty when the fact is missing.
pub(super) fn expected(finding: &Finding) -> &str {
    match &finding.because {
        Because::Seen(evidence) => &evidence.expected,
        Because::Missing(_) => "",
    }
}

/// The defect in a sentence, or which fact is missing; how many machines it holds for, when it is inherited; and who
/// declared what was seen, when no export says it.
pub(super) fn message<'a>(view: &View<'_>, requirement: &'a Requirement, finding: &Finding) -> Cow<'a, str> {
    let message = defect(view, requirement, finding);
    match origin(view, finding).and_then(|origin| view.estate.declared(origin)) {
        Some(declared) => Cow::Owned(format!("{message} {}", words::declared(declared))),
        None => message,
    }
}

fn defect<'a>(view: &View<'_>, requirement: &'a Requirement, finding: &Finding) -> Cow<'a, str> {
    match &finding.because {
        Because::Missing(missing) => Cow::Owned(words::missing(*missing)),
        Because::Seen(_) => {
            let summary = words::summary(requirement);
            match inherited(view, finding) {
                0 => Cow::Borrowed(summary),
                1 => Cow::Owned(format!("{summary} It holds for 1 machine.")),
                machines => Cow::Owned(format!("{summary} It holds for {machines} machines.")),
            }
        }
    }
}

/// How many machines inherit the finding; 0 for a machine's own.
pub(super) fn inherited(view: &View<'_>, finding: &Finding) -> usize {
    match finding.subject {
        Subject::Vm(_) => 0,
        other => machines_of(view.estate, other).len(),
    }
}

/// The cell a finding rests on: the one it was seen in, else the row of its subject.
pub(super) fn origin(view: &View<'_>, finding: &Finding) -> Option<Origin> {
    let cell = match &finding.because {
        Because::Seen(evidence) => evidence.origin,
        Because::Missing(Missing { why: Why::Unsaid(origin) | Why::Unreadable(origin), .. }) => Some(*origin),
        Because::Missing(Missing { why: Why::Absent, .. }) => None,
    };
    cell.or_else(|| view.seen_at(finding.subject))
}

fn push_origin(view: &View<'_>, origin: Option<Origin>, record: &mut Record) {
    let Some(origin) = origin else {
        for _ in 0..5 {
            record.push("");
        }
        return;
    };
    let place = view.estate.place(origin);
    record.push(place.file);
    record.push(place.sheet);
    record.push_shown(place.row);
    record.push(place.column);
    record.push(&place.cell);
}
