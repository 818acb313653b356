//! What could not be told, fact by fact, and what to export to settle it.

use std::collections::{BTreeMap, BTreeSet};

use super::super::phrased::{Block, Section, Start, Table};
use super::super::view::View;
use super::super::words;
use super::parts::columns;
use crate::evaluate::{Because, Outcome, Subject};
use crate::model::{Arg, Field, Why, say};

/// Requirements named beside one missing fact; `gaps.csv` names every one.
const REQUIREMENTS: usize = 3;

/// Missing facts shown, unless all are asked for.
const SHOWN: usize = 8;

/// A missing fact, counted.
struct Row {
    field: Field,
    subjects: u64,
    requirements: Vec<String>,
    essential: bool,
}

/// A missing fact and what hangs on it.
#[derive(Default)]
struct Unknown {
    /// The subjects it is missing for, each once after every run.
    subjects: Vec<Subject>,
    requirements: BTreeSet<String>,
    essential: bool,
}

pub(super) fn section<'a>(view: &'a View<'a>) -> Section<'a> {
    let text = "A requirement that could not be checked is not a requirement that is met. Facts marked essential keep a machine from being called ready; the others lower its coverage.";
    let mut rows = rows(view);
    let more = rows.len().saturating_sub(view.options.pdf.most(SHOWN));
    rows.truncate(view.options.pdf.most(SHOWN));
    let mut blocks = vec![Block::Text(text.into()), Block::Table(table(rows))];
    blocks.extend(words::and_more(more, "report.xlsx and gaps.csv").map(Block::Text));
    let title = "Unknowns, and what to export next".into();
    Section { id: "unknowns".to_owned(), title, start: Start::Room, blocks }
}

fn rows(view: &View<'_>) -> Vec<Row> {
    let mut unknowns: BTreeMap<Field, Unknown> = BTreeMap::new();
    for run in &view.assessment.runs {
        for finding in &run.findings {
            let Because::Missing(missing) = &finding.because else { continue };
            // Nothing that is exported makes a machine of a template or a replica, or settles which of two inputs is right.
            if matches!(missing.why, Why::StandIn(_) | Why::Disputed(_)) {
                continue;
            }
            let unknown = unknowns.entry(missing.field).or_default();
            unknown.subjects.push(finding.subject);
            let check = &run.edition.requirements[usize::from(finding.requirement)].check;
            if !unknown.requirements.contains(check) {
                unknown.requirements.insert(check.clone());
            }
            unknown.essential |= finding.outcome == Outcome::Unknown;
        }
        for unknown in unknowns.values_mut() {
            unknown.subjects.sort_unstable();
            unknown.subjects.dedup();
        }
    }
    let row = |(field, unknown): (Field, Unknown)| Row {
        field,
        subjects: unknown.subjects.len() as u64,
        requirements: unknown.requirements.into_iter().collect(),
        essential: unknown.essential,
    };
    let mut rows: Vec<Row> = unknowns.into_iter().map(row).collect();
    rows.sort_by_key(|row| (!row.essential, std::cmp::Reverse(row.subjects), row.field));
    rows
}

/// The facts that keep the most machines from an answer, with how many.
#[must_use]
pub fn essential(view: &View<'_>, most: usize) -> Vec<(Field, u64)> {
    let rows = rows(view).into_iter().filter(|row| row.essential);
    rows.take(most).map(|row| (row.field, row.subjects)).collect()
}

/// The facts that matter most: those that keep a machine from an answer, else those that the most requirements lack.
pub(super) fn brief<'a>(view: &View<'_>, most: usize) -> Table<'a> {
    let mut rows = rows(view);
    let essential = rows.iter().filter(|row| row.essential).count();
    rows.truncate(if essential > 0 { essential.min(most) } else { most });
    Table {
        columns: columns(&[
            ("Missing fact", 26, false),
            ("What for", 26, false),
            ("Missing for", 10, true),
            ("What it takes to know", 38, false),
        ]),
        len: rows.len(),
        row: Box::new(move |index| {
            let Row { field, subjects, essential, .. } = &rows[index];
            let what_for = if *essential { "a machine's readiness" } else { "coverage; no readiness changes" };
            vec![(*field).into(), what_for.into(), (*subjects).into(), Arg::Export(*field).into()]
        }),
        empty: "Every fact that the requirements ask for was given.".into(),
        of_machines: false,
    }
}

fn table<'a>(rows: Vec<Row>) -> Table<'a> {
    Table {
        columns: columns(&[
            ("Missing fact", 20, false),
            ("Weight", 10, false),
            ("Missing for", 10, true),
            ("Requirements it would settle", 42, false),
            ("How to get it", 32, false),
        ]),
        len: rows.len(),
        row: Box::new(move |index| {
            let Row { field, subjects, requirements, essential } = &rows[index];
            let named = Arg::texts(", ", requirements.iter().take(REQUIREMENTS));
            let named = match requirements.len().saturating_sub(REQUIREMENTS) {
                0 => named.into(),
                more => say!("{named} and {more} more", named = named, more = Arg::at(more)),
            };
            vec![
                (*field).into(),
                if *essential { "essential" } else { "coverage" }.into(),
                (*subjects).into(),
                named.into(),
                Arg::Export(*field).into(),
            ]
        }),
        empty: "Every fact that the requirements ask for was given.".into(),
        of_machines: false,
    }
}
