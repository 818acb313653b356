//! The table `findings`: a row per requirement and subject that is not met, or essential and unknown; what a machine
//! inherits stands at the machine as well.

use std::borrow::Cow;
use std::ops::Range;

use super::super::finding::{Asked, Line, Told};
use super::super::ids::Ids;
use super::super::organisation;
use super::super::view::{FindingsTold, View};
use crate::evaluate::{Finding, Outcome, Subject};
use crate::model::{Fact, Identity, Name, Vm};
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
    Column::text("observed", |row| row.observed.as_ref()),
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
    Column::text("finding_id", |row| Value::Said(Cow::Borrowed(&row.id))),
    Column::text("inherited_from", |row| {
        row.inherited_from.as_ref().map_or(Value::Nothing, |holder| Value::Said(Cow::Borrowed(holder)))
    }),
    Column::text("cluster", |row| Value::named(Identity::Cluster, row.cluster)),
    Column::text("cloud", |row| Value::named(Identity::Cloud, row.cloud)),
    Column::text("owner", |row| Value::named(Identity::Person, of_machine(row, |vm| &vm.owner))),
    Column::text("environment", |row| Value::text(of_machine(row, |vm| &vm.environment))),
];

/// A fact of the machine that a row tells of.
fn of_machine<'r>(row: &'r Told<'_>, fact: fn(&Vm) -> &Fact<Name>) -> Option<&'r str> {
    fact(row.machine?).value().map(|name| &**name)
}

fn place<'r>(row: &'r Told<'_>) -> Option<&'r crate::model::Place<'r>> {
    row.place.as_ref()
}

/// Where a row comes from.
#[derive(Clone, Copy)]
struct Place {
    run: u16,
    finding: u32,
    /// The machine that inherits it; [`OWN`] when it is told of its own subject.
    heir: u32,
}

/// No machine.
const OWN: u32 = u32::MAX;

/// The table of findings: target by target in the order asked, subjects other than machines first, then each machine with
/// its own findings and those it inherits; last what the organisation's own rules found.
pub fn findings<'a>(view: &'a View<'a>) -> Table<'a> {
    let mut places = Vec::new();
    for run in 0..view.assessment.runs.len() {
        collect(view, run, &mut places);
    }
    let asked: Vec<Vec<Asked<'a>>> = view.assessment.runs.iter().map(Asked::of_run).collect();
    let ids = Ids::of(view);
    let len = places.len();
    Table::of("findings", COLUMNS, len + organisation::found(view), move |index| {
        if let Some((answered, found)) = index.checked_sub(len).and_then(|index| organisation::nth(view, index)) {
            return Told::of_rule(view, &ids, answered, found);
        }
        let Place { run, finding, heir } = places[index];
        let results = &view.assessment.runs[usize::from(run)];
        let finding = &results.findings[finding as usize];
        let asked = asked[usize::from(run)][usize::from(finding.requirement)];
        let heir = Some(heir).filter(|heir| *heir != OWN);
        Told::of(view, &ids, results, asked, Line { finding, heir })
    })
}

/// Whether a finding has a row: one that explains a readiness, and any when all are asked for.
fn has_row(view: &View<'_>, finding: &Finding) -> bool {
    match finding.outcome {
        Outcome::NotMet | Outcome::Unknown => true,
        Outcome::Unverified => view.options.findings == FindingsTold::All,
        Outcome::Met | Outcome::NotApplicable => false,
    }
}

fn collect(view: &View<'_>, run: usize, places: &mut Vec<Place>) {
    let results = &view.assessment.runs[run];
    let run = u16::try_from(run).expect("an edition is judged against once");
    let own = |finding: usize| Place { run, finding: number(finding), heir: OWN };
    let others = results.findings.partition_point(|finding| finding.subject < Subject::Vm(0));
    let told = |range: Range<usize>| range.filter(|at| has_row(view, &results.findings[*at])).map(own);
    places.extend(told(0..others));
    let mut next = others;
    for (machine, vm) in view.estate.vms.iter().enumerate() {
        let subject = Subject::Vm(number(machine));
        let end = next + results.findings[next..].partition_point(|finding| finding.subject <= subject);
        places.extend(told(next..end));
        next = end;
        let inherited = results.inherited_places(vm);
        places.extend(inherited.map(|at| Place { run, finding: number(at), heir: number(machine) }));
    }
}

fn number(index: usize) -> u32 {
    u32::try_from(index).expect("findings are numbered below 2^32")
}
