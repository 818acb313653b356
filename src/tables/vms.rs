//! The columns of the table `vms`.

use super::inventory::{Row, SOURCE_FILE, SOURCE_ROW, SOURCE_SHEET, Subjects, named, text};
use super::{Column, Value};
use crate::catalogue::Target;
use crate::evaluate::VmResult;
use crate::model::{Architecture, Field, GIB, Generation, Identity, Name, Vm};

pub(super) const COLUMNS: &[Column<Subjects>] = &[
    VM,
    VM_ID,
    HOST,
    Column::text("cluster", |row| named(Identity::Cluster, cluster(row))).of(Field::VmCluster),
    CLOUD,
    GUEST_OS,
    Column::text("guest_os_product", |row| Value::text(product(row))).of(Field::GuestOs),
    Column::text("architecture", |row| Value::word(architecture(row).map(Architecture::as_str)))
        .of(Field::Architecture),
    Column::number("generation", |row| {
        let generation = vm(row).and_then(|vm| vm.generation.value());
        Value::number(generation.map(|generation| match generation {
            Generation::One => 1,
            Generation::Two => 2,
        }))
    })
    .of(Field::Generation),
    Column::number("vcpus", |row| Value::number(vm(row).and_then(|vm| vm.vcpus.value().copied()))).of(Field::Vcpus),
    Column::number("memory_mib", |row| Value::number(vm(row).and_then(|vm| vm.memory.value().map(|size| size.0))))
        .of(Field::Memory),
    Column::number("disk_count", |row| {
        Value::number(vm(row).and_then(|vm| vm.disk_count().ok()).map(|count| count.value))
    })
    .of(Field::DiskCount),
    Column::number("disk_gib", |row| {
        Value::number(vm(row).and_then(|vm| vm.disk_total().ok()).map(|total| total.0.div_ceil(GIB)))
    })
    .of(Field::DiskTotal),
    Column::number("nic_count", |row| {
        Value::number(vm(row).and_then(|vm| vm.nic_count().ok()).map(|count| count.value))
    })
    .of(Field::NicCount),
    Column::text("power_state", |row| text(vm(row).and_then(|vm| vm.power_state.value()))).of(Field::PowerState),
    Column::text("site_recovery", |row| readiness(row, Target::SiteRecovery)),
    Column::text("azure_migrate", |row| readiness(row, Target::AzureMigrate)),
    Column::text("azure_vm", |row| readiness(row, Target::AzureVm)),
    Column::number("blockers", |row| sum(row, |result| result.blockers)),
    Column::number("conditions", |row| sum(row, |result| result.conditions)),
    Column::number("warnings", |row| sum(row, |result| result.warnings)),
    Column::number("unknown", |row| sum(row, |result| result.unknown)),
    Column::number("unverified", |row| sum(row, |result| result.unverified)),
    Column::number("checked", |row| sum(row, |result| result.checked)),
    Column::number("applicable", |row| sum(row, |result| result.applicable)),
    SOURCE_FILE,
    SOURCE_SHEET,
    SOURCE_ROW,
    Column::number("waived", |row| sum(row, |result| result.waived)),
];

/// The columns of a machine that begin the tables of its parts as well.
pub(super) const VM: Column<Subjects> =
    Column::text("vm", |row| Value::named(Identity::Machine, vm(row).map(Vm::shown_name))).of(Field::VmName);
pub(super) const VM_ID: Column<Subjects> =
    Column::text("vm_id", |row| named(Identity::Id, vm(row).and_then(|vm| vm.id.value()))).of(Field::VmId);
pub(super) const HOST: Column<Subjects> =
    Column::text("host", |row| named(Identity::Host, vm(row).and_then(|vm| vm.host.value()))).of(Field::VmHost);
pub(super) const CLOUD: Column<Subjects> =
    Column::text("cloud", |row| named(Identity::Cloud, vm(row).and_then(|vm| vm.cloud.value()))).of(Field::VmCloud);
pub(super) const GUEST_OS: Column<Subjects> =
    Column::text("guest_os", |row| text(vm(row).and_then(|vm| vm.guest_os.value()))).of(Field::GuestOs);

fn vm<'a>(row: &Row<'a>) -> Option<&'a Vm> {
    row.vm.map(|(_, vm)| vm)
}

/// The cluster that the machine's row names, or its host's.
fn cluster<'a>(row: &Row<'a>) -> Option<&'a Name> {
    let vm = vm(row)?;
    let of_host = || row.estate.clusters.get(vm.cluster_index?)?.name.value();
    vm.cluster.value().or_else(of_host)
}

fn product<'a>(row: &Row<'a>) -> Option<&'a str> {
    let (index, vm) = row.vm?;
    let guest = row.assessment.guests.of_machine(index, vm).ok()?;
    guest.value.product.as_ref().map(|product| product.title.as_str())
}

/// The architecture that a column gives, or the guest's name.
fn architecture(row: &Row<'_>) -> Option<Architecture> {
    let (index, vm) = row.vm?;
    let guest = || row.assessment.guests.of_machine(index, vm).ok()?.value.architecture;
    vm.architecture.value().copied().or_else(guest)
}

fn readiness(row: &Row<'_>, target: Target) -> Value<'static> {
    let run = row.assessment.runs.iter().find(|run| run.edition.target == target);
    Value::word(run.zip(row.vm).map(|(run, (index, _))| run.vms[index].readiness.as_str()))
}

fn sum(row: &Row<'_>, count: fn(&VmResult) -> u16) -> Value<'static> {
    let sum = |index: usize| row.assessment.runs.iter().map(|run| u32::from(count(&run.vms[index]))).sum::<u32>();
    Value::number(row.vm.map(|(index, _)| sum(index)))
}
