//! The table `plan_disks`: a row per disk of the machines planned, with the managed disk it becomes.

use super::super::view::View;
use crate::model::{Disk, DiskRole, Identity, Vm};
use crate::plan::{Bases, Basis, DiskPlan, Plan, leaves_os_disks, words};
use crate::tables::{Column, Shape, Table, Value};

struct Disks;

impl Shape for Disks {
    type Row<'a> = Row<'a>;
}

struct Row<'a> {
    vm: &'a Vm,
    disk: &'a Disk,
    planned: &'a DiskPlan<'a>,
    plan: &'a Plan<'a>,
    size_basis: Option<Basis>,
}

const COLUMNS: &[Column<Disks>] = &[
    Column::text("vm", |row| Value::named(Identity::Machine, Some(row.vm.shown_name()))),
    Column::text("vm_id", |row| Value::named(Identity::Id, row.vm.id.value().map(|id| &**id))),
    Column::text("disk", |row| Value::named(Identity::Path, Some(row.disk.shown_name()))),
    Column::text("role", |row| Value::word(row.planned.role.map(DiskRole::as_str))),
    Column::number("size_gib", |row| Value::number(row.planned.size_gib)),
    Column::text("type", |row| Value::word(row.planned.tier.ok().map(|tier| tier.kind.as_str()))),
    Column::text("tier", |row| Value::text(row.planned.tier.ok().map(|tier| tier.tier.as_str()))),
    Column::text("why", |row| Value::said(words::tier(row.planned))),
    Column::text("monthly_cost", |row| {
        let shown = row.plan.cost.as_ref().zip(row.planned.monthly).map(|(cost, money)| cost.shown(money));
        shown.map_or(Value::Nothing, |shown| Value::Text(shown.into()))
    }),
    Column::text("currency", |row| {
        let cost = row.plan.cost.as_ref().filter(|_| row.planned.monthly.is_some());
        Value::text(cost.map(|cost| cost.currency.as_str()))
    }),
    Column::number("rounded_up_bytes", |row| Value::number(row.planned.size_gib.map(|_| row.planned.rounded_by.0))),
    Column::number("times_its_data", |row| Value::number(row.planned.oversize)),
    Column::text("may_exclude", |row| {
        row.planned.may_exclude.map_or(Value::Nothing, |why| Value::said(words::may_exclude(why)))
    }),
    Column::date("os_disk_until", |row| {
        let is_os = row.planned.role == Some(DiskRole::OperatingSystem);
        let ends = row.planned.tier.is_ok_and(|tier| is_os && leaves_os_disks(tier.kind, row.plan.road));
        Value::date(ends.then_some(row.plan.facts.hdd_os_disks_end.value))
    }),
    Column::text("size_basis", |row| Value::word(row.size_basis.map(Basis::as_str))),
    Column::text("rounded_up_basis", |row| Value::word(row.size_basis.map(|_| Basis::Estimated.as_str()))),
    Column::text("times_basis", |row| Value::word(row.planned.oversize.map(|_| Basis::Estimated.as_str()))),
    Column::text("tier_basis", |row| Value::word(row.planned.tier.ok().map(|_| Basis::Published.as_str()))),
    Column::text("monthly_cost_basis", |row| {
        let cost = row.plan.cost.as_ref().filter(|_| row.planned.monthly.is_some());
        cost.map_or(Value::Nothing, |cost| Value::said(words::cost_basis(cost)))
    }),
];

/// The table of disks.
pub fn plan_disks<'a>(view: &'a View<'a>, plan: &'a Plan<'a>) -> Table<'a> {
    let bases = Bases::of(view.estate);
    Table::of("plan_disks", COLUMNS, plan.disks.len(), move |index| {
        let planned = &plan.disks[index];
        let vm = &view.estate.vms[planned.vm as usize];
        let disk = &vm.disks[usize::from(planned.disk)];
        Row { vm, disk, planned, plan, size_basis: bases.of_fact(&disk.size) }
    })
}
