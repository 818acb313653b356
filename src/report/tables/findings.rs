//! The table `findings`: a row per requirement that is not met, unknown or unverified, per subject.

use super::super::finding::{Asked, Told};
use super::super::organisation;
use super::super::view::View;
use crate::model::{Identity, Place};
use crate::tables::{Column, Shape, Table, Value};

struct Findings;

impl Shape for Findings {
    type Row<'a> = Told<'a>;
}

const COLUMNS: &[Column<Findings>] = &[
    Column::text("subject_kind", |row| Value::Word(row.subject.kind)),
    Column::text("subject", |row| Value::named(row.subject.identity, Some(row.subject.name))),
    Column::text("subject_id", |row| Value::named(Identity::Id, Some(row.subject.id))),
    Column::text("host", |row| Value::named(Identity::Host, Some(row.subject.host))),
    Column::text("target", |row| Value::Word(row.target)),
    Column::text("edition", |row| Value::text(Some(row.edition))),
    Column::text("requirement", |row| Value::text(Some(row.requirement))),
    Column::text("severity", |row| Value::Word(row.severity)),
    Column::text("outcome", |row| Value::Word(row.outcome.as_str())),
    Column::text("observed", |row| Value::named(Identity::Free, Some(row.observed))),
    Column::text("expected", |row| row.expected.as_ref()),
    Column::text("message", |row| row.message.as_ref()),
    Column::text("remedy", |row| row.remedy.as_ref()),
    Column::text("source_file", |row| Value::named(Identity::File, place(row).map(|place| place.file))),
    Column::text("source_sheet", |row| Value::named(Identity::Sheet, place(row).map(|place| place.sheet))),
    Column::number("source_row", |row| Value::number(place(row).map(|place| place.row))),
    Column::text("source_column", |row| Value::text(place(row).map(|place| place.column))),
    Column::text("source_cell", |row| Value::text(place(row).map(|place| place.cell.as_str()))),
    Column::text("document", |row| Value::text(Some(row.document))),
    Column::text("section", |row| row.section.as_ref()),
    Column::date("document_date", |row| Value::date(row.date)),
    Column::text("url", |row| Value::text(Some(row.url))),
    Column::text("waived_by", |row| Value::named(Identity::Person, row.waiver.map(|waiver| waiver.owner.as_str()))),
    Column::date("waived_until", |row| Value::date(row.waiver.map(|waiver| waiver.expires))),
    Column::text("waived_reason", |row| Value::named(Identity::Free, row.waiver.map(|waiver| waiver.reason.as_str()))),
];

fn place<'r>(row: &'r Told<'_>) -> Option<&'r Place<'r>> {
    row.place.as_ref()
}

/// The table of findings: target by target in the order asked, then the organisation's own rules.
pub fn findings<'a>(view: &'a View<'a>) -> Table<'a> {
    let mut ends = Vec::new();
    let mut len = 0;
    for run in &view.assessment.runs {
        len += run.findings.len();
        ends.push(len);
    }
    let asked: Vec<Vec<Asked<'a>>> = view.assessment.runs.iter().map(Asked::of_run).collect();
    Table::of("findings", COLUMNS, len + organisation::found(view), move |index| {
        if let Some((answered, found)) = index.checked_sub(len).and_then(|index| organisation::nth(view, index)) {
            return Told::of_rule(view, answered, found);
        }
        let run = ends.partition_point(|end| *end <= index);
        let start = run.checked_sub(1).map_or(0, |before| ends[before]);
        let finding = &view.assessment.runs[run].findings[index - start];
        Told::of(view, asked[run][usize::from(finding.requirement)], finding)
    })
}
