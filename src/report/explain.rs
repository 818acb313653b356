//! One machine's sheet: what the inputs say of it, what each road asks and how that is answered, and what would make it ready.

use serde::Serialize;

use super::finding::{Asked, Line, Told, holder};
use super::ids::Ids;
use super::language::Language;
use super::view::View;
use super::words;
use super::{story, terminal};
use crate::evaluate::{Finding, Outcome, Run, Subject, holders};
use crate::mend::{Bound, Change, Mended, Part};
use crate::model::{Arg, Estate, Field, Identity, Known, Missing, Origin, Phrase, Speech, Vm, Why, say};
use crate::rules;

/// The name and version of the form; a change that breaks readers raises the number.
pub const SCHEMA: &str = "klar.explanation/1";

/// A machine explained.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// The name and version of this form.
    pub schema: &'static str,
    /// The date that lifecycles were compared with.
    pub as_of: String,
    /// Its name.
    pub vm: String,
    /// Its ID.
    pub vm_id: Option<String>,
    /// Its host.
    pub host: Option<String>,
    /// What the inputs say of it and its parts.
    pub facts: Vec<FactTold>,
    /// What could be said and is not.
    pub not_told: Vec<NotTold>,
    /// The roads, in the order asked.
    pub roads: Vec<Road>,
}

/// A fact with the cell it was read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FactTold {
    /// The disk or network adapter it is of; empty for the machine.
    pub part: String,
    /// Its key.
    pub fact: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// Its value.
    pub value: String,
    /// Where it was read.
    pub source: Place,
}

/// A fact that no input gives, or that a cell does not tell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NotTold {
    /// Its key.
    pub fact: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// Why it is not told.
    pub why: String,
    /// Whether no input gives it at all.
    #[serde(skip)]
    pub is_absent: bool,
}

/// A cell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The file.
    pub file: String,
    /// The sheet; empty for a text file.
    pub sheet: String,
    /// The row, from 1.
    pub row: u32,
    /// The column's heading.
    pub column: String,
    /// The cell, such as C7; empty where cells have no names.
    pub cell: String,
}

/// What a road asks of the machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Road {
    /// The target.
    pub target: &'static str,
    /// The edition.
    pub edition: String,
    /// How ready the machine is.
    pub readiness: &'static str,
    /// What is asked, of the machine and of what it stands on, in the edition's order.
    pub requirements: Vec<Answered>,
    /// The changes that make it ready.
    pub changes: Vec<ChangeTold>,
    /// The requirements that no change of its facts answers.
    pub not_answered: Vec<String>,
}

/// A requirement and its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answered {
    /// Its name.
    pub requirement: String,
    /// What not met means.
    pub severity: &'static str,
    /// What became of it.
    pub outcome: &'static str,
    /// Whose it is, where the machine inherits it.
    pub inherited_from: Option<String>,
    /// The defect, or which fact is missing.
    pub message: String,
    /// What was seen.
    pub observed: String,
    /// What was expected.
    pub expected: String,
    /// What to do.
    pub remedy: String,
    /// The cell it rests on.
    pub evidence: Option<Place>,
    /// Who waives it.
    pub waived_by: Option<String>,
    /// The document that requires it.
    pub document: String,
    /// Where in the document.
    pub section: String,
    /// The document's date.
    pub document_date: Option<String>,
    /// The document's address.
    pub url: String,
}

/// A change of a fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChangeTold {
    /// What it is of: the machine, or a part of it, or what it stands on.
    pub of: String,
    /// The fact's key.
    pub fact: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// What it is; none when no input tells.
    pub before: Option<String>,
    /// What it becomes.
    pub after: String,
    /// Whether the value is a limit, and not one of several that do.
    pub is_limit: bool,
}

/// Explains a machine in the language of the view; `mended` says for each run what would make it ready.
#[must_use]
pub fn explain(view: &View<'_>, machine: usize, mended: &[Mended]) -> Explanation {
    let (estate, ids) = (view.estate, Ids::of(view));
    let vm = &estate.vms[machine];
    let speech = view.options.language.cells();
    let (facts, not_told) = facts(estate, vm, speech);
    let roads = view.assessment.runs.iter().zip(mended).map(|(run, mended)| Road {
        target: run.edition.target.as_str(),
        edition: run.edition.edition.clone(),
        readiness: run.vms[machine].readiness.as_str(),
        requirements: requirements(view, &ids, run, machine),
        changes: mended.changes.iter().map(|change| told(estate, vm, change, speech)).collect(),
        not_answered: mended
            .left
            .iter()
            .map(|place| run.edition.requirements[usize::from(*place)].check.clone())
            .collect(),
    });
    Explanation {
        schema: SCHEMA,
        as_of: view.assessment.as_of.to_string(),
        vm: vm.shown_name().to_owned(),
        vm_id: vm.id.value().map(ToString::to_string),
        host: vm.host.value().map(ToString::to_string),
        facts,
        not_told,
        roads: roads.collect(),
    }
}

/// For people at a terminal.
#[must_use]
pub fn text(explanation: &Explanation, language: Language) -> String {
    terminal::write(&story::explanation(explanation).said(language))
}

/// For programs.
///
/// # Panics
/// Never: texts and numbers are JSON.
#[must_use]
pub fn json(explanation: &Explanation) -> String {
    let mut text = serde_json::to_string_pretty(explanation).expect("texts and numbers are JSON");
    text.push('\n');
    text
}

/// A fact as people read it with its cell, or why it is missing.
type Read = (Field, Result<Known<String>, Missing>);

fn facts(estate: &Estate, vm: &Vm, speech: &dyn Speech) -> (Vec<FactTold>, Vec<NotTold>) {
    let (mut facts, mut not_told) = (Vec::new(), Vec::new());
    let mut take = |part: &str, read: &mut dyn Iterator<Item = Read>, tells_gaps: bool| {
        for (field, fact) in read {
            match fact {
                Ok(known) => facts.push(FactTold {
                    part: part.to_owned(),
                    fact: field.key(),
                    title: field.title(),
                    value: known.value,
                    source: place(estate, known.origin),
                }),
                Err(missing) if tells_gaps && (field.is_judged() || missing.why != Why::Absent) => {
                    let why = words::missing(missing).said(speech);
                    let is_absent = missing.why == Why::Absent;
                    not_told.push(NotTold { fact: field.key(), title: field.title(), why, is_absent });
                }
                Err(_) => {}
            }
        }
    };
    take("", &mut vm.facts(), true);
    for index in 0..vm.disks.len() {
        take(&part_name(estate, vm, Part::Disk(index)).said(speech), &mut vm.disks[index].facts(), false);
    }
    for index in 0..vm.nics.len() {
        take(&part_name(estate, vm, Part::Nic(index)).said(speech), &mut vm.nics[index].facts(), false);
    }
    (facts, not_told)
}

fn place(estate: &Estate, origin: Origin) -> Place {
    let place = estate.place(origin);
    Place {
        file: place.file.to_owned(),
        sheet: place.sheet.to_owned(),
        row: place.row,
        column: place.column.to_owned(),
        cell: place.cell,
    }
}

/// What a road asks of the machine and of each subject that it stands on.
fn requirements(view: &View<'_>, ids: &Ids, run: &Run<'_>, machine: usize) -> Vec<Answered> {
    let vm = &view.estate.vms[machine];
    let number = u32::try_from(machine).expect("the row limit is below 2^32");
    let subjects: Vec<Subject> = std::iter::once(Subject::Vm(number)).chain(holders(vm)).collect();
    let mut answered = Vec::new();
    for (place, asked) in (0_u16..).zip(Asked::of_run(run)) {
        let scope = rules::find(&asked.requirement.check).map_or("", |rule| rule.check.scope());
        for subject in subjects.iter().filter(|subject| scope_of(**subject) == scope) {
            let found = run.findings_of(*subject).iter().find(|finding| finding.requirement == place);
            answered.push(match found {
                Some(finding) => of_finding(view, ids, run, asked, finding),
                None => without_finding(view, run, asked, *subject),
            });
        }
    }
    answered
}

/// What a check that judges a subject calls it.
fn scope_of(subject: Subject) -> &'static str {
    match subject {
        Subject::Estate => "estate",
        other => words::subject_kind(other.kind().as_str()).0,
    }
}

fn of_finding(view: &View<'_>, ids: &Ids, run: &Run<'_>, asked: Asked<'_>, finding: &Finding) -> Answered {
    let told = Told::of(view, ids, run, asked, Line { finding, heir: None });
    let speech = view.options.language.cells();
    let is_own = matches!(finding.subject, Subject::Vm(_));
    let evidence = told.place.as_ref().map(|place| Place {
        file: place.file.to_owned(),
        sheet: place.sheet.to_owned(),
        row: place.row,
        column: place.column.to_owned(),
        cell: place.cell.clone(),
    });
    Answered {
        requirement: told.requirement.to_owned(),
        severity: told.severity,
        outcome: finding.outcome.as_str(),
        inherited_from: (!is_own).then(|| holder(view.estate, finding.subject).said(speech)),
        message: told.message.told(speech).into_owned(),
        observed: told.observed.told(speech).into_owned(),
        expected: told.expected.told(speech).into_owned(),
        remedy: told.remedy.told(speech).into_owned(),
        evidence,
        waived_by: told.waiver.map(|waiver| waiver.owner.clone()),
        document: told.document.to_owned(),
        section: told.section.plain().into_owned(),
        document_date: told.date.map(|date| date.to_string()),
        url: told.url.to_owned(),
    }
}

/// A requirement without a finding: met, or of no concern to the subject.
fn without_finding(view: &View<'_>, run: &Run<'_>, asked: Asked<'_>, subject: Subject) -> Answered {
    let requirement = asked.requirement;
    let concerns = match subject {
        Subject::Vm(machine) => run.concerns(&requirement.check, machine as usize),
        _ => true,
    };
    let document = run.edition.document(&requirement.source);
    let outcome = if concerns { Outcome::Met } else { Outcome::NotApplicable };
    Answered {
        requirement: requirement.check.clone(),
        severity: requirement.severity.as_str(),
        outcome: outcome.as_str(),
        inherited_from: (!matches!(subject, Subject::Vm(_)))
            .then(|| holder(view.estate, subject).said(view.options.language.cells())),
        message: String::new(),
        observed: String::new(),
        expected: String::new(),
        remedy: String::new(),
        evidence: None,
        waived_by: None,
        document: document.document.clone(),
        section: requirement.section.clone(),
        document_date: Some(document.date.to_string()),
        url: document.url.clone(),
    }
}

fn told(estate: &Estate, vm: &Vm, change: &Change, speech: &dyn Speech) -> ChangeTold {
    ChangeTold {
        of: part_name(estate, vm, change.part).said(speech),
        fact: change.field.key(),
        title: change.field.title(),
        before: before(estate, vm, change),
        after: change.after.clone(),
        is_limit: change.bound == Bound::Limit,
    }
}

/// What the fact of a change is, as the estate that is shown tells it.
fn before(estate: &Estate, vm: &Vm, Change { part, field, before, .. }: &Change) -> Option<String> {
    let before = before.as_ref()?;
    match *part {
        Part::Machine => vm.told(*field),
        Part::Disk(index) => vm.disks.get(index)?.told(*field),
        Part::Nic(index) => vm.nics.get(index)?.told(*field),
        Part::Host(index) => estate.hosts.get(index)?.told(*field),
        Part::Cluster(index) => estate.clusters.get(index)?.told(*field),
        Part::Cloud(index) => estate.clouds.get(index)?.told(*field),
        Part::VmmServer(index) => estate.vmm_servers.get(index)?.told(*field),
        Part::OtherDisks => Some(before.clone()),
    }
}

/// What a part of a machine, or what it stands on, is called.
fn part_name(estate: &Estate, vm: &Vm, part: Part) -> Phrase {
    let number = |index: usize| u32::try_from(index).expect("the row limit is below 2^32");
    match part {
        Part::Machine => say!("machine"),
        Part::Disk(index) => {
            // One that no table lists yet has no name.
            let name = vm.disks.get(index).and_then(|disk| disk.path.value().or_else(|| disk.name.value()));
            let name = name.map_or_else(|| Arg::at(index + 1), |name| Arg::named(Identity::Path, name));
            say!("disk {name}", name = name)
        }
        Part::OtherDisks => say!("disks that no table lists"),
        Part::Nic(index) => {
            let name = vm.nics.get(index).and_then(|nic| nic.name.value().or_else(|| nic.mac.value()));
            let name = name.map_or_else(|| Arg::at(index + 1), |name| Arg::named(Identity::Mac, name));
            say!("network adapter {name}", name = name)
        }
        Part::Host(index) => holder(estate, Subject::Host(number(index))),
        Part::Cluster(index) => holder(estate, Subject::Cluster(number(index))),
        Part::Cloud(index) => holder(estate, Subject::Cloud(number(index))),
        Part::VmmServer(index) => holder(estate, Subject::VmmServer(number(index))),
    }
}
