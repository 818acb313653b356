//! The columns of the table `vms`.

use super::row::{Row, SOURCE_FILE, SOURCE_ROW, SOURCE_SHEET, Subjects, named, text};
use super::{Column, Value};
use crate::catalogue::Target;
use crate::evaluate::{Counts, Finding, Outcome, Run, Subject};
use crate::model::{Architecture, Arg, Field, GIB, Generation, Identity, Name, Vm, say};

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
    Column::number("blockers", |row| count(row, |counts| counts.blockers)),
    Column::number("conditions", |row| count(row, |counts| counts.conditions)),
    Column::number("warnings", |row| count(row, |counts| counts.warnings)),
    Column::number("unknown", |row| count(row, |counts| counts.unknown)),
    Column::number("unverified", |row| count(row, |counts| counts.unverified)),
    Column::number("checked", |row| count(row, |counts| counts.checked)),
    Column::number("applicable", |row| count(row, |counts| counts.applicable)),
    SOURCE_FILE,
    SOURCE_SHEET,
    SOURCE_ROW,
    Column::number("waived", |row| count(row, |counts| counts.waived)),
    Column::text("reasons", |row| reasons(row)),
    Column::text("owner", |row| named(Identity::Person, vm(row).and_then(|vm| vm.owner.value()))).of(Field::Owner),
    Column::text("environment", |row| text(vm(row).and_then(|vm| vm.environment.value()))).of(Field::Environment),
    Column::text("tags", |row| named(Identity::Free, vm(row).and_then(|vm| vm.tags.value()))).of(Field::Tags),
    Column::text("department", |row| named(Identity::Customer, vm(row).and_then(|vm| vm.department.value())))
        .of(Field::Department),
    Column::text("application", |row| named(Identity::Customer, vm(row).and_then(|vm| vm.application.value())))
        .of(Field::Application),
    Column::text("cost_centre", |row| named(Identity::Customer, vm(row).and_then(|vm| vm.cost_centre.value())))
        .of(Field::CostCentre),
    Column::text("wave", |row| text(vm(row).and_then(|vm| vm.wave.value()))).of(Field::Wave),
    Column::text("site", |row| named(Identity::Customer, vm(row).and_then(|vm| vm.site.value()))).of(Field::Site),
    Column::text("description", |row| named(Identity::Free, vm(row).and_then(|vm| vm.description.value())))
        .of(Field::Description),
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

fn count(row: &Row<'_>, of: fn(&Counts) -> u32) -> Value<'static> {
    Value::number(row.counts.as_ref().map(of))
}

/// The requirements that hold a machine back, worst first; of an inherited one, whose it is.
fn reasons(row: &Row<'_>) -> Value<'static> {
    let Some((index, _)) = row.vm else { return Value::Nothing };
    let reason = |(run, finding): (&Run<'_>, &Finding)| {
        let name = Arg::text(&run.edition.requirements[usize::from(finding.requirement)].check);
        let unknown = finding.outcome == Outcome::Unknown;
        match finding.subject {
            Subject::Vm(_) if unknown => say!("{name} (unknown)", name = name),
            Subject::Vm(_) => return name,
            holder => {
                let (kind, identity) = (Arg::Word(holder.kind().as_str()), holder.kind().identity());
                let whose = Arg::named(identity, holder.name(row.estate));
                if unknown {
                    say!("{name} (unknown, {kind} {whose})", name = name, kind = kind, whose = whose)
                } else {
                    say!("{name} ({kind} {whose})", name = name, kind = kind, whose = whose)
                }
            }
        }
        .into()
    };
    let reasons: Vec<Arg> = row.assessment.reasons(row.estate, index).into_iter().map(reason).collect();
    if reasons.is_empty() {
        return Value::Nothing;
    }
    Value::said(say!("{reasons}", reasons = Arg::Items(reasons.into())))
}
