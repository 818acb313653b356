//! Findings, requirement by requirement: what is wrong, what to do, and whom it concerns on which road.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::super::finding::{expected, observed, origin};
use super::super::phrased::{Band, Bands, Block, Cell, Section, Start, Table, Tone};
use super::super::view::{PdfDetail, View};
use super::super::words;
use super::parts::columns;
use super::sources::Sources;
use crate::catalogue::Severity;
use crate::evaluate::{Finding, Outcome, Subject, machines_of};
use crate::model::{Arg, Identity, Origin, Phrase, Vm, say};

mod broken;
mod notes;

use broken::{Broken, FIRST, findings, requirement, says_something};
use notes::{expectations, notes};

pub(super) fn section<'a>(view: &'a View<'a>) -> Section<'a> {
    let broken = all(view);
    let text = match broken.len() {
        0 => say!("Nothing that was checked is amiss."),
        count => say!(
            "{count} {count:requirement is|requirements are} not met by some machine, host or resource, worst first. In the column of a road stands what that means there: a blocker, a condition, a warning, or a note for information (info); a dash where the road does not ask for it, or it is met. What could not be told stands under Unknowns.",
            count = count
        ),
    };
    let mut blocks = vec![Block::Text(text)];
    if !broken.is_empty() {
        blocks.push(Block::Bands(bands(view, &broken)));
    }
    Section { id: "findings".to_owned(), title: "Findings".into(), blocks, start: Start::Room }
}

/// What is not met, the worst first, then what concerns the most machines.
fn all<'a>(view: &'a View<'a>) -> Vec<Broken<'a>> {
    let runs = &view.assessment.runs;
    let mut found: Vec<Broken<'a>> = Vec::new();
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    for (number, run) in runs.iter().enumerate() {
        let mut of_run = vec![None; run.edition.requirements.len()];
        for finding in run.findings.iter().filter(|finding| finding.outcome == Outcome::NotMet) {
            let index = usize::from(finding.requirement);
            let requirement = &run.edition.requirements[index];
            let at = *of_run[index].get_or_insert_with(|| {
                *known.entry(requirement.check.as_str()).or_insert_with(|| {
                    found.push(Broken {
                        check: &requirement.check,
                        places: vec![None; runs.len()],
                        severity: requirement.severity,
                        subjects: Vec::new(),
                        machines: BTreeSet::new(),
                    });
                    found.len() - 1
                })
            });
            let broken = &mut found[at];
            broken.places[number] = Some(index);
            broken.severity = broken.severity.min(requirement.severity);
            broken.subjects.push(finding.subject);
        }
    }
    for broken in &mut found {
        broken.subjects.sort_unstable();
        broken.subjects.dedup();
        broken.machines = broken.subjects.iter().flat_map(|subject| machines_of(view.estate, *subject)).collect();
    }
    found.sort_by_key(|broken| (broken.severity, Reverse(broken.machines.len()), Reverse(broken.subjects.len())));
    found
}

/// The identifier of a requirement's heading.
pub(super) fn anchor(check: &str) -> String {
    format!("finding-{check}")
}

/// The colour of a severity.
pub(in crate::report) const fn tone(severity: Severity) -> Tone {
    match severity {
        Severity::Blocker => Tone::Bad,
        Severity::Condition => Tone::Fair,
        Severity::Warning => Tone::Doubt,
        Severity::Info => Tone::Faint,
    }
}

fn bands<'a>(view: &'a View<'a>, broken: &[Broken<'a>]) -> Bands<'a> {
    let sources = Sources::of(view);
    let doubles = doubles(view);
    let mut bands = Vec::new();
    let with_owner = view.estate.vms.iter().any(|vm| vm.owner.value().is_some());
    let mut rows: Vec<Row> = Vec::new();
    for broken in broken {
        let expects = expectations(view, broken);
        let shown = view.options.pdf.most(FIRST);
        bands.push(Band {
            first: rows.len(),
            id: anchor(broken.check),
            title: Arg::wording(words::summary(requirement(view, broken).1)).into(),
            mark: Some((broken.severity.as_str().into(), tone(broken.severity))),
            notes: notes(view, broken, expects.as_ref(), &sources),
            more: words::and_more(broken.subjects.len().saturating_sub(shown), "report.xlsx and findings.csv"),
        });
        let subjects = &broken.subjects[..broken.subjects.len().min(shown)];
        rows.extend(gathered(view, broken, subjects, expects.is_none()));
    }
    let roads: Vec<&'static str> = view.assessment.runs.iter().map(|run| words::target(run.edition.target)).collect();
    let mut heads = vec![("Subject", 28, false)];
    heads.extend(with_owner.then_some(("Owner", 13, false)));
    heads.push(("Seen", 30, false));
    heads.extend(roads.iter().map(|road| (*road, 14, false)));
    heads.extend((view.options.pdf == PdfDetail::Full).then_some(("Where", 22, false)));
    let table = Table {
        columns: columns(&heads),
        len: rows.len(),
        row: Box::new(move |index| {
            let Row { places, subjects, is_expected } = &rows[index];
            let names = subjects.iter().map(|subject| Arg::from(named(view, *subject, &doubles))).collect();
            let mut cells = vec![Arg::List(names).into()];
            cells.extend(with_owner.then(|| owner(view, subjects[0]).into()));
            cells.extend(evidence(view, places, subjects[0], *is_expected));
            cells
        }),
        empty: Phrase::default(),
        of_machines: false,
    };
    Bands { table, bands }
}

/// Subjects of a requirement of which the same is seen.
struct Row {
    places: Vec<Option<usize>>,
    subjects: Vec<Subject>,
    /// Whether what is expected stands with what is seen.
    is_expected: bool,
}

/// The rows of a band. Where not everything is asked for, those of one owner of which the same is seen share one.
fn gathered(view: &View<'_>, broken: &Broken<'_>, subjects: &[Subject], is_expected: bool) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut known: BTreeMap<Vec<Phrase>, usize> = BTreeMap::new();
    for subject in subjects {
        if view.options.pdf == PdfDetail::Short {
            let cells = evidence(view, &broken.places, *subject, is_expected).into_iter().map(|cell| cell.text);
            let key = cells.chain([owner(view, *subject)]).collect();
            if let Some(at) = known.get(&key) {
                rows[*at].subjects.push(*subject);
                continue;
            }
            known.insert(key, rows.len());
        }
        rows.push(Row { places: broken.places.clone(), subjects: vec![*subject], is_expected });
    }
    rows
}

/// What is seen of a subject, what that means on each road, and in full where it was seen.
fn evidence<'a>(view: &'a View<'a>, places: &[Option<usize>], subject: Subject, is_expected: bool) -> Vec<Cell> {
    let findings = findings(view, places, subject);
    let first = findings.iter().flatten().next();
    let seen = first.and_then(|finding| observed(finding)).cloned().unwrap_or_default();
    let wanted = first.and_then(|finding| expected(finding)).filter(|wanted| is_expected && says_something(wanted));
    let seen = match wanted {
        Some(wanted) => say!("{seen}; expected {wanted}", seen = seen, wanted = wanted.clone()),
        None => seen,
    };
    let mut cells = vec![seen.into()];
    for (finding, run) in findings.iter().zip(&view.assessment.runs) {
        cells.push(match finding {
            Some(finding) if finding.waiver.is_some() => Cell { text: "waived".into(), tone: Tone::Faint, link: None },
            Some(finding) => {
                let severity = run.edition.requirements[usize::from(finding.requirement)].severity;
                Cell { text: severity.as_str().into(), tone: tone(severity), link: None }
            }
            None => "–".into(),
        });
    }
    if view.options.pdf == PdfDetail::Full {
        let place = first.map_or_else(Phrase::default, |finding| place(view, finding));
        cells.push(Cell { text: place, tone: Tone::Faint, link: None });
    }
    cells
}

/// Names that several machines bear, so that their hosts must tell them apart.
fn doubles<'a>(view: &'a View<'_>) -> BTreeSet<&'a str> {
    let mut seen = BTreeSet::new();
    view.estate.vms.iter().map(Vm::shown_name).filter(|name| !seen.insert(*name)).collect()
}

fn named(view: &View<'_>, subject: Subject, doubles: &BTreeSet<&str>) -> Phrase {
    let words = view.subject(subject);
    let name = Arg::named(words.identity, words.name);
    match subject {
        Subject::Vm(_) if doubles.contains(words.name) && !words.host.is_empty() => {
            say!("{machine} on {host}", machine = name, host = Arg::named(Identity::Host, words.host))
        }
        Subject::Vm(_) => name.into(),
        Subject::Estate => say!("the estate"),
        _ => {
            let name = say!("{kind} {name}", kind = Arg::Word(words::subject_kind(words.kind).0), name = name);
            match machines_of(view.estate, subject).len() {
                0 => name,
                count => say!("{name}, with {count} {count:machine|machines}", name = name, count = count),
            }
        }
    }
}

fn owner(view: &View<'_>, subject: Subject) -> Phrase {
    subject.machine(view.estate).map_or_else(Phrase::default, |vm| match vm.owner.value() {
        Some(owner) => Arg::named(Identity::Person, owner).into(),
        None => "–".into(),
    })
}

/// Where a finding was seen: "hosts.csv, row 7, `OperatingSystem`" or "estate.xlsx, VMs, C7".
fn place(view: &View<'_>, finding: &Finding) -> Phrase {
    origin(view, finding).map_or_else(Phrase::default, |origin| place_of(view, origin))
}

/// A cell or row in short.
pub(super) fn place_of(view: &View<'_>, origin: Origin) -> Phrase {
    let place = view.estate.place(origin);
    let mut parts = vec![Arg::named(Identity::File, place.file.rsplit('/').next().unwrap_or(place.file))];
    if !place.sheet.is_empty() {
        parts.push(Arg::named(Identity::Sheet, place.sheet));
    }
    if place.cell.is_empty() {
        parts.push(say!("row {row}", row = Arg::at(place.row)).into());
        if !place.column.is_empty() {
            parts.push(Arg::named(Identity::Heading, place.column));
        }
    } else {
        parts.push(Arg::text(&place.cell));
    }
    if let Some(declared) = view.estate.declared(origin) {
        let declaration = &declared.declaration;
        let who = Arg::named(Identity::Person, &declaration.who);
        parts.push(say!("declared by {who} on {when}", who = who, when = declaration.when).into());
    }
    Arg::List(parts.into()).into()
}
