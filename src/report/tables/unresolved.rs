//! The table `unresolved`: the machines that lack an essential fact, with a column for each such fact that the site can fill
//! in and give back.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::super::view::View;
use crate::evaluate::{Because, Outcome};
use crate::model::{Fact, Field, Identity, Missing, Name, Why};
use crate::tables::{Cells, Head, Inventory, Kind, Table, Value};

/// The columns before those of the facts; `who` and `when` are filled in with them.
const FIXED: [Head; 5] = [
    Head { name: Cow::Borrowed("vm"), kind: Kind::Text, field: Some(Field::VmName) },
    Head { name: Cow::Borrowed("vm_id"), kind: Kind::Text, field: Some(Field::VmId) },
    Head { name: Cow::Borrowed("host"), kind: Kind::Text, field: Some(Field::VmHost) },
    Head { name: Cow::Borrowed("who"), kind: Kind::Text, field: None },
    Head { name: Cow::Borrowed("when"), kind: Kind::Date, field: None },
];

/// The table: a row per machine that lacks an essential fact, a column per essential fact that some machine lacks. What is
/// known already is shown, so that the empty cells are those to fill in.
pub fn unresolved<'a>(view: &'a View<'a>) -> Table<'a> {
    let mut lacking: Vec<(usize, BTreeSet<Field>)> = Vec::new();
    for machine in 0..view.estate.vms.len() {
        let fields = essential(view, machine);
        if !fields.is_empty() {
            lacking.push((machine, fields));
        }
    }
    let wanted: BTreeSet<Field> = lacking.iter().flat_map(|(_, fields)| fields).copied().collect();
    let facts: Vec<Head> = wanted.into_iter().map(head).collect();
    let heads = FIXED.into_iter().chain(facts.iter().cloned()).collect();
    let machines = Inventory::Vms.table(view.estate, view.assessment);
    let len = lacking.len();
    Table::with("unresolved", heads, len, move |row, cells| {
        let (machine, fields) = &lacking[row];
        let vm = &view.estate.vms[*machine];
        let name = |fact: &'a Fact<Name>| fact.value().map(|name| &**name);
        cells.cell(&FIXED[0], Value::named(Identity::Machine, Some(vm.shown_name())));
        cells.cell(&FIXED[1], Value::named(Identity::Id, name(&vm.id)));
        cells.cell(&FIXED[2], Value::named(Identity::Host, name(&vm.host)));
        cells.cell(&FIXED[3], Value::Nothing);
        cells.cell(&FIXED[4], Value::Nothing);
        let mut known = Known(BTreeMap::new());
        machines.row(*machine, &mut known);
        for head in &facts {
            let is_missing = head.field.is_some_and(|field| fields.contains(&field));
            let value = known.0.remove(&head.name).filter(|_| !is_missing);
            cells.cell(head, value.unwrap_or(Value::Nothing));
        }
    })
}

/// What is known of a machine, by the names of `vms.csv`.
struct Known(BTreeMap<Cow<'static, str>, Value<'static>>);

impl Cells for Known {
    fn cell(&mut self, head: &Head, value: Value<'_>) {
        self.0.insert(head.name.clone(), value.into_owned());
    }
}

/// The essential facts that a machine lacks.
fn essential(view: &View<'_>, machine: usize) -> BTreeSet<Field> {
    let findings = view.assessment.runs.iter().flat_map(|run| run.findings_of_machine(machine));
    let missing =
        findings.filter(|finding| finding.outcome == Outcome::Unknown).filter_map(|finding| match &finding.because {
            // Nothing that a site fills in makes a machine of a template or a replica, or makes another input say otherwise.
            Because::Missing(Missing { why: Why::StandIn(_) | Why::Disputed(_), .. }) | Because::Seen(_) => None,
            Because::Missing(missing) => Some(missing.field),
        });
    missing.collect()
}

/// The column of a fact, under its name in `vms.csv` where it has one there, else under its title.
fn head(field: Field) -> Head {
    let known = Inventory::Vms.heads().find(|head| head.field == Some(field));
    known.unwrap_or(Head { name: Cow::Borrowed(field.title()), kind: Kind::Text, field: Some(field) })
}
