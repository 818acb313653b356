//! What a script for replication needs of each machine: a CSV file for each wave of the plan.

use std::io::Write;

use super::csv;
use super::view::View;
use super::writer::{Report, Writer};
use crate::catalogue::Family;
use crate::model::{DiskRole, Identity, Name, Vm};
use crate::plan::{DiskPlan, Plan, Wave};
use crate::tables::{Column, Shape, Table, Value};

/// A file for each wave.
pub(super) const WRITER: Writer = Writer {
    name: "mapping",
    about: "mapping-wave-N.csv: what a script needs to replicate each wave of the plan",
    usual: false,
    files,
};

struct Mapping;

impl Shape for Mapping {
    type Row<'a> = Row<'a>;
}

struct Row<'a> {
    vm: &'a Vm,
    index: u32,
    place: usize,
    plan: &'a Plan<'a>,
    view: &'a View<'a>,
}

const COLUMNS: &[Column<Mapping>] = &[
    Column::text("source_machine", |row| Value::named(Identity::Machine, Some(row.vm.shown_name()))),
    Column::text("vm_id", |row| Value::named(Identity::Id, row.vm.id.value().map(|id| &**id))),
    Column::text("host", |row| Value::named(Identity::Host, row.vm.host.value().map(|host| &**host))),
    Column::number("order", |row| Value::number(Some(row.place + 1))),
    Column::text("os", |row| Value::word(os(row))),
    Column::text("os_disk", |row| named(row, |disk| disk.role == Some(DiskRole::OperatingSystem))),
    Column::text("disks_to_include", |row| named(row, |disk| disk.may_exclude.is_none())),
    Column::text("disks_to_look_at", |row| named(row, |disk| disk.may_exclude.is_some())),
    Column::text("disk_types", |row| types(row)),
    Column::text("target_resource_group", |row| Value::named(Identity::Resource, row.plan.resource_group.as_deref())),
    Column::text("size", |row| Value::text(row.plan.size_of(row.index as usize).map(|size| &*size.name))),
    Column::text("network", |row| {
        Value::named(Identity::Network, row.plan.landing_of(row.vm).map(|landing| &*landing.network))
    }),
    Column::text("subnet", |row| {
        Value::named(Identity::Network, row.plan.landing_of(row.vm).and_then(|landing| landing.subnet.as_deref()))
    }),
    Column::text("availability", |row| Value::text(row.plan.zone.as_deref())),
    Column::text("tags", |row| tags(row)),
];

fn files<'a>(view: &'a View<'a>) -> Vec<Report<'a>> {
    let Some(plan) = view.plan else { return Vec::new() };
    let report = |wave: &'a Wave| Report {
        name: format!("mapping-wave-{}.csv", wave.number),
        write: Box::new(move |out: &mut (dyn Write + Send)| {
            csv::write(&table(view, plan, wave), view.options.csv, out).map(|_| None)
        }),
    };
    plan.waves.iter().map(report).collect()
}

fn table<'a>(view: &'a View<'a>, plan: &'a Plan<'a>, wave: &'a Wave) -> Table<'a> {
    Table::of("mapping", COLUMNS, wave.machines.len(), move |place| {
        let index = wave.machines[place].machine;
        Row { vm: &view.estate.vms[index as usize], index, place, plan, view }
    })
}

/// The word that the replication cmdlets know the guest by.
fn os(row: &Row<'_>) -> Option<&'static str> {
    let guest = row.view.assessment.guests.of_machine(row.index as usize, row.vm).ok()?;
    match guest.value.family? {
        Family::WindowsServer | Family::WindowsClient => Some("Windows"),
        Family::Linux => Some("Linux"),
        Family::Other => None,
    }
}

/// The names of the files of some disks.
fn named(row: &Row<'_>, wanted: impl Fn(&DiskPlan<'_>) -> bool) -> Value<'static> {
    let disks = row.plan.disks_of(row.index).iter().filter(|disk| wanted(disk));
    let file = |path: &Name| path.rsplit(['\\', '/']).next().unwrap_or(path).to_owned();
    let names = disks.filter_map(|disk| {
        let disk = &row.vm.disks[usize::from(disk.disk)];
        disk.path.value().map(file).or_else(|| disk.name.value().map(ToString::to_string))
    });
    let names: Vec<String> = names.collect();
    if names.is_empty() { Value::Nothing } else { Value::Named(Identity::Path, names.join("; ").into()) }
}

fn types(row: &Row<'_>) -> Value<'static> {
    let disks = row.plan.disks_of(row.index).iter().filter(|disk| disk.may_exclude.is_none());
    let kinds: Vec<&str> = disks.map(|disk| disk.tier.map_or("?", |tier| tier.kind.as_str())).collect();
    if kinds.is_empty() { Value::Nothing } else { Value::Text(kinds.join("; ").into()) }
}

/// Tags by which the machine is found again: its wave, application and owner.
fn tags(row: &Row<'_>) -> Value<'static> {
    let wave = row.plan.wave_of(row.index as usize).map(|(wave, _)| format!("wave={}", wave.number));
    let of = |key: &str, name: Option<&Name>| name.map(|name| format!("{key}={name}"));
    let all = [wave, of("application", row.vm.application.value()), of("owner", row.vm.owner.value())];
    let all: Vec<String> = all.into_iter().flatten().collect();
    Value::Named(Identity::Free, all.join("; ").into())
}
