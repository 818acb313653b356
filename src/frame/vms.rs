//! The columns of the table `vms`, which are those of `vms.csv`.

use super::{Column, Row, SOURCE_FILE, SOURCE_ROW, SOURCE_SHEET, whole};
use crate::catalogue::Target;
use crate::evaluate::VmResult;
use crate::model::{Field, GIB, Generation};

pub(super) const COLUMNS: &[Column] = &[
    VM,
    VM_ID,
    HOST,
    Column::text("cluster", Field::VmCluster, |row| {
        let vm = row.vm?.1;
        let of_host = || row.estate.clusters.get(vm.cluster_index?)?.name.value();
        vm.cluster.value().or_else(of_host).map(|name| (&**name).into())
    }),
    CLOUD,
    GUEST_OS,
    Column::text("guest_os_product", Field::GuestOs, |row| {
        let (index, vm) = row.vm?;
        let guest = row.assessment.guests.of_machine(index, vm).ok()?;
        guest.value.product.as_ref().map(|product| product.title.as_str().into())
    }),
    Column::text("architecture", Field::Architecture, |row| {
        let (index, vm) = row.vm?;
        let guest = || row.assessment.guests.of_machine(index, vm).ok()?.value.architecture;
        vm.architecture.value().copied().or_else(guest).map(|known| known.as_str().into())
    }),
    Column::number("generation", Field::Generation, |row| {
        row.vm?.1.generation.value().map(|generation| match generation {
            Generation::One => 1,
            Generation::Two => 2,
        })
    }),
    Column::number("vcpus", Field::Vcpus, |row| row.vm?.1.vcpus.value().map(|count| i64::from(*count))),
    Column::number("memory_mib", Field::Memory, |row| whole(row.vm?.1.memory.value()?.0)),
    Column::number("disk_count", Field::DiskCount, |row| Some(i64::from(row.vm?.1.disk_count().ok()?.value))),
    Column::number("disk_gib", Field::DiskTotal, |row| whole(row.vm?.1.disk_total().ok()?.0.div_ceil(GIB))),
    Column::number("nic_count", Field::NicCount, |row| Some(i64::from(row.vm?.1.nic_count().ok()?.value))),
    Column::text("power_state", Field::PowerState, |row| row.vm?.1.power_state.value().map(|name| (&**name).into())),
    Column::told("site_recovery", |row| readiness(row, Target::SiteRecovery).map(Into::into)),
    Column::told("azure_migrate", |row| readiness(row, Target::AzureMigrate).map(Into::into)),
    Column::told("azure_vm", |row| readiness(row, Target::AzureVm).map(Into::into)),
    Column::counted("blockers", |row| sum(row, |result| result.blockers)),
    Column::counted("conditions", |row| sum(row, |result| result.conditions)),
    Column::counted("warnings", |row| sum(row, |result| result.warnings)),
    Column::counted("unknown", |row| sum(row, |result| result.unknown)),
    Column::counted("unverified", |row| sum(row, |result| result.unverified)),
    Column::counted("checked", |row| sum(row, |result| result.checked)),
    Column::counted("applicable", |row| sum(row, |result| result.applicable)),
    SOURCE_FILE,
    SOURCE_SHEET,
    SOURCE_ROW,
    Column::counted("waived", |row| sum(row, |result| result.waived)),
];

/// The columns of a machine that begin the tables of its parts as well.
pub(super) const VM: Column = Column::text("vm", Field::VmName, |row| Some(row.vm?.1.shown_name().into()));
pub(super) const VM_ID: Column =
    Column::text("vm_id", Field::VmId, |row| row.vm?.1.id.value().map(|name| (&**name).into()));
pub(super) const HOST: Column =
    Column::text("host", Field::VmHost, |row| row.vm?.1.host.value().map(|name| (&**name).into()));
pub(super) const CLOUD: Column =
    Column::text("cloud", Field::VmCloud, |row| row.vm?.1.cloud.value().map(|name| (&**name).into()));
pub(super) const GUEST_OS: Column =
    Column::text("guest_os", Field::GuestOs, |row| row.vm?.1.guest_os.value().map(|name| (&**name).into()));

fn readiness(row: &Row<'_>, target: Target) -> Option<&'static str> {
    let run = row.assessment.runs.iter().find(|run| run.edition.target == target)?;
    Some(run.vms[row.vm?.0].readiness.as_str())
}

fn sum(row: &Row<'_>, count: fn(&VmResult) -> u16) -> Option<i64> {
    let index = row.vm?.0;
    Some(row.assessment.runs.iter().map(|run| i64::from(count(&run.vms[index]))).sum())
}
