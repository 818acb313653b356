//! What could not be told, fact by fact, and what to export to settle it.

use std::collections::{BTreeMap, BTreeSet};

use super::super::document::{Block, Section, Table};
use super::super::view::View;
use super::super::words;
use super::summary::columns;
use crate::evaluate::{Because, Outcome, Subject};
use crate::model::Field;

/// A missing fact and what hangs on it.
#[derive(Default)]
struct Unknown {
    subjects: BTreeSet<Subject>,
    requirements: BTreeSet<String>,
    essential: bool,
}

pub(super) fn section<'a>(view: &'a View<'a>) -> Section<'a> {
    let text = "A requirement that could not be checked is not a requirement that is met. Facts marked essential keep a machine from being called ready; the others lower its coverage.";
    let blocks = vec![Block::Text(text.to_owned()), Block::Table(table(view))];
    Section { id: "unknowns".to_owned(), title: "Unknowns, and what to export next".to_owned(), blocks }
}

fn table<'a>(view: &View<'_>) -> Table<'a> {
    let mut unknowns: BTreeMap<Field, Unknown> = BTreeMap::new();
    for run in &view.assessment.runs {
        for finding in &run.findings {
            let Because::Missing(missing) = &finding.because else { continue };
            let unknown = unknowns.entry(missing.field).or_default();
            unknown.subjects.insert(finding.subject);
            let check = &run.edition.requirements[usize::from(finding.requirement)].check;
            if !unknown.requirements.contains(check) {
                unknown.requirements.insert(check.clone());
            }
            unknown.essential |= finding.outcome == Outcome::Unknown;
        }
    }
    let mut rows: Vec<(Field, Unknown)> = unknowns.into_iter().collect();
    rows.sort_by_key(|(field, unknown)| (!unknown.essential, std::cmp::Reverse(unknown.subjects.len()), *field));
    Table {
        columns: columns(&[
            ("Missing fact", 22, false),
            ("Weight", 12, false),
            ("Missing for", 12, true),
            ("Requirements it would settle", 34, false),
            ("How to get it", 34, false),
        ]),
        len: rows.len(),
        row: Box::new(move |index| {
            let (field, unknown) = &rows[index];
            let requirements: Vec<&str> = unknown.requirements.iter().map(String::as_str).collect();
            vec![
                field.title().into(),
                if unknown.essential { "essential" } else { "coverage" }.into(),
                words::grouped(unknown.subjects.len() as u64).into(),
                requirements.join(", ").into(),
                field.export().into(),
            ]
        }),
        empty: "Every fact that the requirements ask for was given.".to_owned(),
    }
}
