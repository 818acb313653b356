//! The table `gaps`: a row per fact and target that no input gives, with what it leaves open and what exports it.

use std::collections::{BTreeMap, BTreeSet};

use super::super::view::View;
use crate::evaluate::{Because, Subject, machines_of};
use crate::model::{Arg, Field, Missing, Why, say};
use crate::tables::{Column, Shape, Table, Value};

struct Gaps;

impl Shape for Gaps {
    type Row<'a> = Gap;
}

/// A fact that no input gives, for some subjects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The target that asks for it.
    pub target: &'static str,
    /// The fact.
    pub field: Field,
    /// The requirements that cannot be told without it.
    pub requirements: BTreeSet<String>,
    /// The machines that it leaves something open for, themselves or by what holds them.
    pub machines: u64,
    /// Whether a machine cannot be called ready without it.
    pub essential: bool,
}

const COLUMNS: &[Column<Gaps>] = &[
    Column::text("target", |row| Value::Word(row.target)),
    Column::text("fact", |row| Value::Word(row.field.title())),
    Column::text("requirements", |row| {
        let names = row.requirements.iter().map(|name| Arg::text(name)).collect();
        Value::said(say!("{names}", names = Arg::Items(names)))
    }),
    Column::number("machines", |row| Value::number(Some(row.machines))),
    Column::text("export", |row| Value::Word(row.field.export())),
    Column::flag("essential", |row| Value::Flag(row.essential)),
];

/// The table of gaps: target by target, essential facts first, then those that the most machines lack.
pub fn table<'a>(view: &View<'_>) -> Table<'a> {
    let gaps = gaps(view);
    Table::of("gaps", COLUMNS, gaps.len(), move |index| gaps[index].clone())
}

/// What is known of a gap while findings are gone through.
#[derive(Default)]
struct Open {
    requirements: BTreeSet<u16>,
    /// The subjects, each once after they are all there.
    subjects: Vec<Subject>,
    essential: bool,
}

/// The facts that no input gives, of every target asked for.
pub fn gaps(view: &View<'_>) -> Vec<Gap> {
    let mut found = Vec::new();
    for run in &view.assessment.runs {
        let mut open: BTreeMap<Field, Open> = BTreeMap::new();
        for finding in &run.findings {
            let Because::Missing(Missing { field, why: Why::Absent }) = &finding.because else { continue };
            let gap = open.entry(*field).or_default();
            gap.requirements.insert(finding.requirement);
            gap.subjects.push(finding.subject);
            gap.essential |= finding.outcome == crate::evaluate::Outcome::Unknown;
        }
        let mut of_run: Vec<Gap> = open
            .into_iter()
            .map(|(field, Open { requirements, subjects, essential })| Gap {
                target: run.edition.target.as_str(),
                field,
                requirements: requirements
                    .into_iter()
                    .map(|requirement| run.edition.requirements[usize::from(requirement)].check.clone())
                    .collect(),
                machines: machines(view, subjects),
                essential,
            })
            .collect();
        of_run.sort_by_key(|gap| (!gap.essential, std::cmp::Reverse(gap.machines), gap.field));
        found.extend(of_run);
    }
    found
}

/// How many machines stand behind subjects, each counted once.
fn machines(view: &View<'_>, mut subjects: Vec<Subject>) -> u64 {
    subjects.sort_unstable();
    subjects.dedup();
    let mut marked = vec![false; view.estate.vms.len()];
    for subject in subjects {
        if let Subject::Vm(index) = subject {
            marked[index as usize] = true;
        } else {
            for machine in machines_of(view.estate, subject) {
                marked[machine] = true;
            }
        }
    }
    marked.into_iter().filter(|marked| *marked).count() as u64
}
