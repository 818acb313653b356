//! The table `groups`: a row per group of machines, with how ready they are and what holds most of them back.

use super::super::grouping::{By, Group, Groups, NOT_GIVEN, Outcomes};
use super::super::view::View;
use crate::catalogue::Target;
use crate::model::{Arg, say};
use crate::tables::{Column, Shape, Table, Value};

struct Lines;

impl Shape for Lines {
    type Row<'a> = Row<'a>;
}

struct Row<'a> {
    by: By<'a>,
    value: Option<String>,
    machines: u64,
    roads: [Option<Outcomes>; 3],
    held_back: Vec<(&'a str, u64)>,
}

const COLUMNS: &[Column<Lines>] = &[
    Column::text("group", |row| match row.by.heading {
        Some(identity) => Value::named(identity, Some(&*row.by.name)),
        None => Value::text(Some(&*row.by.name)),
    }),
    Column::text("value", |row| match &row.value {
        Some(value) => Value::named(row.by.identity, Some(value)),
        None => Value::Word(NOT_GIVEN),
    }),
    Column::number("machines", |row| Value::number(Some(row.machines))),
    Column::number("site_recovery_ready", |row| of(row, 0, |road| road.ready)),
    Column::number("site_recovery_conditions", |row| of(row, 0, |road| road.conditions)),
    Column::number("site_recovery_not_ready", |row| of(row, 0, |road| road.not_ready)),
    Column::number("site_recovery_unknown", |row| of(row, 0, |road| road.unknown)),
    Column::number("azure_migrate_ready", |row| of(row, 1, |road| road.ready)),
    Column::number("azure_migrate_conditions", |row| of(row, 1, |road| road.conditions)),
    Column::number("azure_migrate_not_ready", |row| of(row, 1, |road| road.not_ready)),
    Column::number("azure_migrate_unknown", |row| of(row, 1, |road| road.unknown)),
    Column::number("azure_vm_ready", |row| of(row, 2, |road| road.ready)),
    Column::number("azure_vm_conditions", |row| of(row, 2, |road| road.conditions)),
    Column::number("azure_vm_not_ready", |row| of(row, 2, |road| road.not_ready)),
    Column::number("azure_vm_unknown", |row| of(row, 2, |road| road.unknown)),
    Column::text("held_back_by", |row| held_back(&row.held_back)),
];

/// The roads of the columns, in their order.
const ROADS: [Target; 3] = [Target::SiteRecovery, Target::AzureMigrate, Target::AzureVm];

/// The table. Within a key every machine is in one row, so that its numbers add up to the machines read.
pub fn groups<'a>(view: &'a View<'a>) -> Table<'a> {
    let groups = Groups::of(view);
    Table::of("groups", COLUMNS, groups.list.len(), move |index| {
        let group: &Group<'a> = &groups.list[index];
        Row {
            by: group.by.clone(),
            value: group.value.clone(),
            machines: group.machines.len() as u64,
            roads: ROADS.map(|road| groups.outcomes(group, road)),
            held_back: groups.held_back(group),
        }
    })
}

fn of(row: &Row<'_>, road: usize, count: fn(&Outcomes) -> u64) -> Value<'static> {
    Value::number(row.roads[road].as_ref().map(count))
}

fn held_back(requirements: &[(&str, u64)]) -> Value<'static> {
    if requirements.is_empty() {
        return Value::Nothing;
    }
    let each = requirements
        .iter()
        .map(|(name, count)| say!("{name} ({count})", name = Arg::text(name), count = *count).into());
    Value::said(say!("{each}", each = Arg::Items(each.collect())))
}
