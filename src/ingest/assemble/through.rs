//! Columns that are carried through to the machines by their headings, whatever they mean.

use std::collections::BTreeMap;

use super::ages::day_of;
use super::stage::Table;
use crate::ingest::cell;
use crate::ingest::recognise::heading_key;
use crate::ingest::table::Value;
use crate::model::{Arg, CarriedColumn, Estate, Gravity, Identity, Known, Name, Origin, Stands, say};

/// The columns asked for, and the rows that tell of machines in tables that have one.
#[derive(Default)]
pub(super) struct Carry {
    /// The heading of each, and its key.
    wanted: Vec<(Name, String)>,
    /// For a table the columns in it: which of those asked for, and where it stands.
    columns: BTreeMap<u16, Vec<(usize, u16)>>,
    /// The rows that tell of a machine, in the order they were taken in.
    rows: Vec<(usize, Origin)>,
}

/// The values of a column of which a machine has more than one.
struct Different {
    machines: u64,
    vm: usize,
    kept: Known<Name>,
    other: Known<Name>,
}

impl Carry {
    /// Looks for the headings asked for in the tables whose rows tell of machines.
    pub(super) fn of(headings: &[String], tables: &[Table<'_>]) -> Self {
        let wanted: Vec<(Name, String)> =
            headings.iter().map(|heading| (heading.trim().into(), heading_key(heading))).collect();
        let mut columns = BTreeMap::new();
        for table in tables.iter().filter(|table| table.recognised.rows.tells_of_machines()) {
            let headings = (0_u16..).zip(&table.recognised.header);
            let place = |heading: &str| {
                let key = heading_key(heading);
                wanted.iter().position(|(_, wanted)| *wanted == key)
            };
            let found: Vec<(usize, u16)> =
                headings.filter_map(|(column, heading)| Some((place(heading)?, column))).collect();
            if !wanted.is_empty() && !found.is_empty() {
                columns.insert(table.index, found);
            }
        }
        Self { wanted, columns, rows: Vec::new() }
    }

    /// Takes down that a row tells of a machine.
    pub(super) fn row(&mut self, machine: usize, row: Origin) {
        if self.columns.contains_key(&row.table) {
            self.rows.push((machine, row));
        }
    }

    /// Gives each machine the first value of each column that is carried, and notes where its rows differ.
    pub(super) fn give(self, estate: &mut Estate, tables: &[Table<'_>]) {
        let Self { wanted, columns, rows } = self;
        let mut different: BTreeMap<usize, Different> = BTreeMap::new();
        let by_index: BTreeMap<u16, &Table<'_>> = tables.iter().map(|table| (table.index, table)).collect();
        let mut told = vec![false; if rows.is_empty() { 0 } else { estate.vms.len() * wanted.len() }];
        for (machine, origin) in rows {
            let row = by_index.get(&origin.table).and_then(|table| table.grid.row_numbered(origin.row));
            let Some(row) = row else { continue };
            let vm = &mut estate.vms[machine];
            for (place, column) in columns.get(&origin.table).into_iter().flatten() {
                let Some(value) = row.get(*column).and_then(text) else { continue };
                let read = Known { value, origin: Origin { column: *column, ..origin } };
                vm.carried.resize(wanted.len(), None);
                let Some(kept) = &vm.carried[*place] else {
                    vm.carried[*place] = Some(read);
                    continue;
                };
                if kept.value.trim().to_lowercase() == read.value.trim().to_lowercase() {
                    continue;
                }
                let is_told = std::mem::replace(&mut told[machine * wanted.len() + place], true);
                let first = || Different { machines: 0, vm: machine, kept: kept.clone(), other: read };
                different.entry(*place).or_insert_with(first).machines += u64::from(!is_told);
            }
        }
        for (place, Different { machines, vm, kept, other }) in different {
            let text = say!(
                "{machines} {machines:machine has|machines have} more than one value under {heading}, such as {machine}: {kept} and {other}. The first is carried through; set the others right if it is not the one that is meant.",
                machines,
                heading = Arg::named(Identity::Heading, &wanted[place].0),
                machine = Arg::named(Identity::Machine, estate.vms[vm].shown_name()),
                kept = Arg::named(Identity::Customer, &kept.value),
                other = Arg::named(Identity::Customer, &other.value)
            );
            estate.note_at(Gravity::Doubt, other.origin, text);
        }
        let stands = |place: usize| {
            let is_there = columns.values().flatten().any(|(known, _)| *known == place);
            if is_there { Stands::AtMachines } else { Stands::Nowhere }
        };
        let carried = wanted.iter().enumerate();
        estate.carried = carried
            .map(|(place, (heading, _))| CarriedColumn { heading: heading.clone(), stands: stands(place) })
            .collect();
    }
}

/// What a cell holds, as a person reads it; none for a blank and for words such as "n/a".
fn text(value: Value<'_>) -> Option<Name> {
    match value {
        Value::Date(_) => Some(day_of(value)?.to_string().into()),
        Value::Text(_) | Value::Number(_) | Value::Bool(_) | Value::Error(_) => cell::text(value).ok(),
    }
}
