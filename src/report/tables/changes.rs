//! The table `changes`: a row per machine that came or went, readiness, finding and fact that is otherwise than it was.

use crate::model::{Identity, say};
use crate::record::{Changes, FactChange, FindingChange, Named, PlanChange, PlanPart, ReadinessChange, Side};
use crate::tables::{Column, Shape, Table, Value};

struct Lines;

impl Shape for Lines {
    type Row<'a> = Line<'a>;
}

/// A change of any kind.
#[derive(Clone, Copy)]
enum Line<'a> {
    Readiness(&'a ReadinessChange),
    Came(&'a Named),
    Gone(&'a Named),
    Finding(&'a FindingChange),
    Fact(&'a FactChange),
    Plan(&'a PlanChange),
}

const COLUMNS: &[Column<Lines>] = &[
    Column::text("about", |row| {
        Value::Word(match row {
            Line::Readiness(_) => "readiness",
            Line::Came(_) | Line::Gone(_) => "machine",
            Line::Finding(_) => "finding",
            Line::Fact(_) => "fact",
            Line::Plan(_) => "plan",
        })
    }),
    Column::text("change", |row| {
        Value::Word(match row {
            Line::Readiness(change) => change.way.0.as_str(),
            Line::Came(_) => "came",
            Line::Gone(_) => "gone",
            Line::Finding(change) => change.turn.0.as_str(),
            Line::Fact(_) => "changed",
            Line::Plan(change) => change.turn.0.as_str(),
        })
    }),
    Column::text("target", |row| match row {
        Line::Readiness(change) => text(&change.target),
        Line::Finding(change) => text(&change.target),
        Line::Came(_) | Line::Gone(_) | Line::Fact(_) | Line::Plan(_) => Value::Nothing,
    }),
    Column::text("subject_kind", |row| match row {
        Line::Readiness(_) | Line::Came(_) | Line::Gone(_) => Value::Word("vm"),
        Line::Finding(change) => text(&change.subject_kind),
        Line::Fact(change) => text(&change.subject_kind),
        Line::Plan(change) => Value::Word(change.part.0.as_str()),
    }),
    Column::text("subject", |row| {
        let (kind, name) = match row {
            Line::Plan(change) => return of_plan(change),
            Line::Readiness(change) => ("vm", &change.vm),
            Line::Came(machine) | Line::Gone(machine) => ("vm", &machine.vm),
            Line::Finding(change) => (change.subject_kind.as_str(), &change.subject),
            Line::Fact(change) => (change.subject_kind.as_str(), &change.subject),
        };
        let identity = kind.parse().map_or(Identity::Path, crate::model::SubjectKind::identity);
        Value::named(identity, Some(name))
    }),
    Column::text("subject_id", |row| {
        let id = match row {
            Line::Readiness(change) => change.vm_id.as_deref(),
            Line::Came(machine) | Line::Gone(machine) => machine.vm_id.as_deref(),
            Line::Finding(change) => Some(&*change.subject_id),
            Line::Fact(change) => change.subject_id.as_deref(),
            Line::Plan(change) => change.subject_id.as_deref(),
        };
        Value::named(Identity::Id, id.filter(|id| !id.is_empty()))
    }),
    Column::text("host", |row| {
        let host = match row {
            Line::Readiness(change) => change.host.as_deref(),
            Line::Came(machine) | Line::Gone(machine) => machine.host.as_deref(),
            Line::Finding(change) => Some(&*change.host),
            Line::Plan(change) => change.place.as_deref().filter(|_| change.part.0 == PlanPart::Machine),
            Line::Fact(_) => None,
        };
        Value::named(Identity::Host, host.filter(|host| !host.is_empty()))
    }),
    Column::text("requirement", |row| finding(row, |change| text(&change.requirement))),
    Column::text("severity", |row| finding(row, |change| Value::Word(change.severity.0.as_str()))),
    Column::text("part", |row| match row {
        Line::Fact(change) => Value::named(Identity::Path, Some(&*change.part).filter(|part| !part.is_empty())),
        // The region of a quota.
        Line::Plan(change) => {
            Value::named(Identity::Term, change.place.as_deref().filter(|_| change.part.0 == PlanPart::Quota))
        }
        Line::Readiness(_) | Line::Came(_) | Line::Gone(_) | Line::Finding(_) => Value::Nothing,
    }),
    Column::text("fact", |row| match row {
        Line::Fact(change) => text(&change.fact),
        Line::Plan(change) => text(&change.property),
        Line::Readiness(_) | Line::Came(_) | Line::Gone(_) | Line::Finding(_) => Value::Nothing,
    }),
    Column::text("before", |row| match row {
        Line::Readiness(change) => Value::Word(change.before.0.as_str()),
        Line::Gone(machine) => readiness(machine),
        Line::Came(_) => Value::Nothing,
        Line::Finding(change) => side(change.before.as_ref()),
        Line::Fact(change) => Value::named(Identity::Free, change.before.as_deref()),
        Line::Plan(change) => Value::named(Identity::Free, change.before.as_deref()),
    }),
    Column::text("after", |row| match row {
        Line::Readiness(change) => Value::Word(change.after.0.as_str()),
        Line::Came(machine) => readiness(machine),
        Line::Gone(_) => Value::Nothing,
        Line::Finding(change) => side(change.after.as_ref()),
        Line::Fact(change) => Value::named(Identity::Free, change.after.as_deref()),
        Line::Plan(change) => Value::named(Identity::Free, change.after.as_deref()),
    }),
    Column::text("made_by", |row| match row {
        Line::Readiness(change) => Value::Word(change.cause.0.as_str()),
        Line::Finding(change) => Value::Word(change.cause.0.as_str()),
        Line::Plan(change) => Value::Word(change.cause.0.as_str()),
        Line::Came(_) | Line::Gone(_) | Line::Fact(_) => Value::Word("site"),
    }),
    Column::text("observed_before", |row| finding(row, |change| observed(change.before.as_ref()))),
    Column::text("observed_after", |row| finding(row, |change| observed(change.after.as_ref()))),
    Column::number("machines", |row| finding(row, |change| Value::number(change.holds_for))),
    Column::text("finding_id", |row| finding(row, |change| Value::named(Identity::Id, Some(&*change.id)))),
];

/// The table: readiness first, then machines, findings, facts and the plan.
pub fn table<'a>(changes: &'a Changes) -> Table<'a> {
    let lines = changes.readiness.iter().map(Line::Readiness);
    let machines = changes.came.iter().map(Line::Came).chain(changes.gone.iter().map(Line::Gone));
    let lines = lines.chain(machines).chain(changes.changed.iter().map(Line::Finding));
    let lines = lines.chain(changes.facts.iter().map(Line::Fact));
    let lines: Vec<Line<'a>> = lines.chain(changes.plan_changes().iter().map(Line::Plan)).collect();
    Table::of("changes", COLUMNS, lines.len(), move |index| lines[index])
}

/// What a change of the plan is about, by name.
fn of_plan(change: &PlanChange) -> Value<'_> {
    let name = Some(&*change.subject).filter(|name| !name.is_empty());
    match change.part.0 {
        PlanPart::Machine => Value::named(Identity::Machine, name),
        PlanPart::Account => Value::named(Identity::Resource, name),
        PlanPart::Quota => Value::named(Identity::Term, name),
        PlanPart::Wish | PlanPart::Total | PlanPart::Wave => Value::text(name),
    }
}

fn text(text: &str) -> Value<'_> {
    Value::text(Some(text))
}

fn finding<'a>(row: &Line<'a>, of: impl Fn(&'a FindingChange) -> Value<'a>) -> Value<'a> {
    match row {
        Line::Finding(change) => of(change),
        Line::Readiness(_) | Line::Came(_) | Line::Gone(_) | Line::Fact(_) | Line::Plan(_) => Value::Nothing,
    }
}

/// What became of a requirement: its outcome, or that it is waived.
fn side(side: Option<&Side>) -> Value<'_> {
    match side {
        None => Value::Nothing,
        Some(side) if side.waived => Value::Word("waived"),
        Some(side) => Value::Word(side.outcome.0.as_str()),
    }
}

fn observed(side: Option<&Side>) -> Value<'_> {
    Value::named(Identity::Free, side.map(|side| &*side.observed).filter(|observed| !observed.is_empty()))
}

/// How ready a machine is for each target.
fn readiness(machine: &Named) -> Value<'_> {
    let of = |(target, readiness): &(String, crate::record::Word<crate::evaluate::Readiness>)| {
        let readiness = crate::model::Arg::Word(readiness.0.as_str());
        say!("{target}: {readiness}", target = crate::model::Arg::text(target), readiness = readiness).into()
    };
    let each = machine.readiness.iter().map(of).collect();
    Value::said(say!("{each}", each = crate::model::Arg::Items(each)))
}
