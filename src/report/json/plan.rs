//! The plan in a written assessment: its head, and every cell of its tables.

use std::io::{self, Write};

use super::super::view::View;
use super::parts::write_items;
use crate::plan::{self, words};
use crate::record::{Cell, Plan, PlanTable, Word};
use crate::tables::{Cells, Head, Table, Value};

/// Writes the plan.
///
/// # Errors
/// What `out` fails with.
pub(super) fn write(view: &View<'_>, plan: &plan::Plan<'_>, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let head = serde_json::to_string(&head(view, plan))?;
    out.write_all(head.strip_suffix('}').expect("an object ends in a brace").as_bytes())?;
    out.write_all(b",\"tables\":[")?;
    for (number, table) in view.plan_tables().iter().enumerate() {
        out.write_all(if number == 0 { b"\n" } else { b",\n" })?;
        let columns = table.heads.iter().map(|head| head.name.to_string().into()).collect();
        let head = serde_json::to_string(&PlanTable { table: table.name.into(), columns, rows: Vec::new() })?;
        out.write_all(head.strip_suffix('}').expect("an object ends in a brace").as_bytes())?;
        out.write_all(b",\"rows\":[")?;
        write_items(table.len, out, |index| row(table, index))?;
        out.write_all(b"]}")?;
    }
    out.write_all(b"]}")
}

/// The plan as it is written.
pub(super) fn of<'a>(view: &View<'_>, plan: &'a plan::Plan<'_>) -> Plan<'a> {
    let tables = view.plan_tables().into_iter().map(|table| PlanTable {
        table: table.name.into(),
        columns: table.heads.iter().map(|head| head.name.to_string().into()).collect(),
        rows: (0..table.len).map(|index| row(&table, index)).collect(),
    });
    Plan { tables: tables.collect(), ..head(view, plan) }
}

fn head<'a>(view: &View<'_>, plan: &'a plan::Plan<'_>) -> Plan<'a> {
    Plan {
        road: Word(plan.road),
        region: plan.offers.region.as_deref().map(Into::into),
        zone: plan.zone.as_deref().map(Into::into),
        sizing: plan.sizing.as_str().into(),
        availability: plan.offers.availability.as_str().into(),
        prices: plan.cost.iter().flat_map(|cost| &cost.files).map(Into::into).collect(),
        prices_sha256: plan.cost.iter().flat_map(|cost| &cost.digests).map(Into::into).collect(),
        wishes: plan.wishes.iter().map(|wish| (wish.key.into(), wish.value.to_string().into())).collect(),
        problems: plan.problems.iter().map(|told| words::problem(told, view.estate).to_string().into()).collect(),
        tables: Vec::new(),
    }
}

/// The cells of a row.
fn row(table: &Table<'_>, index: usize) -> Vec<Cell<'static>> {
    let mut row = Row(Vec::with_capacity(table.heads.len()));
    table.row(index, &mut row);
    row.0
}

struct Row(Vec<Cell<'static>>);

impl Cells for Row {
    fn cell(&mut self, _: &Head, value: Value<'_>) {
        self.0.push(match value {
            Value::Nothing => Cell::Nothing,
            Value::Flag(flag) => Cell::Flag(flag),
            Value::Number(number) => Cell::Number(number),
            Value::Word(word) => Cell::Text(word.into()),
            Value::Text(_) | Value::Named(..) | Value::Wording(_) | Value::Said(_) | Value::Date(_) => {
                Cell::Text(value.plain().into_owned().into())
            }
        });
    }
}
