//! The table `actions`: a row per requirement that is not met, with what to do and how many machines that frees.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::super::ids::Ids;
use super::super::view::View;
use super::super::words;
use crate::catalogue::{Requirement, Severity};
use crate::evaluate::{Finding, Outcome, Run, machines_held};
use crate::model::Phrase;
use crate::tables::{Column, Shape, Table, Value};

struct Actions;

impl Shape for Actions {
    type Row<'a> = Action<'a>;
}

/// What to do about a requirement that some subject does not meet.
#[derive(Clone, Debug)]
pub struct Action<'a> {
    id: Phrase,
    /// The target and the requirement that ask for it.
    pub run: &'a Run<'a>,
    requirement: &'a Requirement,
    /// Machines that it holds for, inherited findings counted.
    pub machines: u64,
    /// Machines that nothing else of its severity or a graver one holds back.
    pub alone: u64,
    findings: u64,
}

const COLUMNS: &[Column<Actions>] = &[
    Column::text("action_id", |row| Value::said(row.id.clone())),
    Column::text("target", |row| Value::Word(row.run.edition.target.as_str())),
    Column::text("severity", |row| Value::Word(row.requirement.severity.as_str())),
    Column::text("what_is_wrong", |row| Value::Wording(words::summary(row.requirement))),
    Column::text("what_to_do", |row| Value::Wording(words::remedy(row.requirement))),
    Column::number("machines", |row| Value::number(Some(row.machines))),
    Column::number("freed_by_this_alone", |row| Value::number(Some(row.alone))),
    Column::number("findings", |row| Value::number(Some(row.findings))),
    Column::text("requirement", |row| Value::text(Some(row.requirement.check.as_str()))),
    Column::text("edition", |row| Value::text(Some(row.run.edition.edition.as_str()))),
];

/// The table of actions: blockers first, then those that concern the most machines.
pub fn actions<'a>(view: &'a View<'a>) -> Table<'a> {
    let actions = list(view);
    Table::of("actions", COLUMNS, actions.len(), move |index| actions[index].clone())
}

/// The actions that the findings ask for, in that order.
fn list<'a>(view: &'a View<'a>) -> Vec<Action<'a>> {
    let ids = Ids::of(view);
    let mut actions: Vec<Action<'a>> = Vec::new();
    for run in &view.assessment.runs {
        let held = machines_held(view.estate, run, Outcome::NotMet);
        let alone = alone(view, run);
        let mut counts = vec![0_u64; run.edition.requirements.len()];
        for finding in run.findings.iter().filter(|finding| holds(finding)) {
            counts[usize::from(finding.requirement)] += 1;
        }
        for (index, (requirement, findings)) in run.edition.requirements.iter().zip(counts).enumerate() {
            if findings > 0 {
                let id = ids.action(run, &requirement.check);
                actions.push(Action { id, run, requirement, machines: held[index], alone: alone[index], findings });
            }
        }
    }
    actions.sort_by_key(|action| (rank(action.requirement.severity), Reverse(action.machines), Reverse(action.alone)));
    actions
}

/// Whether a finding asks for something: what is waived may stand.
fn holds(finding: &Finding) -> bool {
    finding.outcome == Outcome::NotMet && finding.waiver.is_none()
}

/// For each requirement, the machines that its remedy alone lets go: a blocker's where no other blocker and nothing unknown
/// is in the way, whatever conditions there are; a condition's where it is the only one and nothing blocks.
fn alone(view: &View<'_>, run: &Run<'_>) -> Vec<u64> {
    let mut alone = vec![0; run.edition.requirements.len()];
    for (index, vm) in view.estate.vms.iter().enumerate() {
        let own = run.findings_of_machine(index).iter();
        let inherited = run.inherited_places(vm).map(|place| &run.findings[place]);
        let findings: Vec<&Finding> = own.chain(inherited).collect();
        if findings.iter().any(|finding| finding.outcome == Outcome::Unknown) {
            continue;
        }
        let of_rank = |wanted: u8| {
            let severity = |finding: &Finding| run.edition.requirements[usize::from(finding.requirement)].severity;
            let of_it = findings.iter().filter(|finding| holds(finding) && rank(severity(finding)) == wanted);
            of_it.map(|finding| finding.requirement).collect::<BTreeSet<u16>>()
        };
        let blockers = of_rank(0);
        let in_the_way = if blockers.is_empty() { of_rank(1) } else { blockers };
        if let (1, Some(only)) = (in_the_way.len(), in_the_way.first()) {
            alone[usize::from(*only)] += 1;
        }
    }
    alone
}

const fn rank(severity: Severity) -> u8 {
    match severity {
        Severity::Blocker => 0,
        Severity::Condition => 1,
        Severity::Warning => 2,
        Severity::Info => 3,
    }
}
