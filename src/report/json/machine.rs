//! Hosts and machines in a written assessment.

use super::super::groups;
use super::super::ids::Ids;
use super::super::view::View;
use super::parts::{is_absence, source};
use crate::evaluate::{Because, Run, Subject};
use crate::model::{Fact, Field, GIB, Generation, Known, Missing, Name, Vm};
use crate::record::{Disk, Host, Machine, Nic, Text, Verdict, Word};

fn text(fact: &Fact<Name>) -> Option<Text<'_>> {
    fact.value().map(|name| (&**name).into())
}

/// What the inputs say of a subject that has no entry of its own in the record.
fn others<'a>(
    facts: impl Iterator<Item = (Field, Result<Known<String>, Missing>)>,
    told: &[Field],
) -> Vec<(Text<'a>, Text<'a>)> {
    let others = facts.filter(|(field, _)| !told.contains(field));
    others.filter_map(|(field, fact)| Some((field.key().into(), fact.ok()?.value.into()))).collect()
}

/// The facts of a host that have an entry of their own.
const OF_HOST: &[Field] = &[
    Field::HostName,
    Field::HostId,
    Field::HostOs,
    Field::HostOsVersion,
    Field::HostCluster,
    Field::HostGroupOfHost,
    Field::HostVmmServer,
    Field::HostMemory,
    Field::HostProcessors,
];

/// The facts of a machine that have an entry of their own.
const OF_MACHINE: &[Field] = &[
    Field::VmName,
    Field::VmId,
    Field::VmHost,
    Field::VmCluster,
    Field::VmCloud,
    Field::GuestOs,
    Field::Architecture,
    Field::Generation,
    Field::Vcpus,
    Field::Memory,
    Field::DiskCount,
    Field::DiskTotal,
    Field::NicCount,
    Field::PowerState,
    Field::Owner,
    Field::Department,
    Field::Environment,
    Field::Application,
    Field::CostCentre,
    Field::Wave,
    Field::Tags,
    Field::Site,
    Field::Description,
];

/// The facts of a disk that have an entry of their own.
const OF_DISK: &[Field] = &[
    Field::DiskName,
    Field::DiskPath,
    Field::DiskSize,
    Field::DiskUsed,
    Field::DiskFormat,
    Field::DiskType,
    Field::DiskRole,
    Field::DiskController,
    Field::DiskBus,
    Field::DiskLun,
    Field::DiskShared,
    Field::DiskPassThrough,
];

/// The facts of a network adapter that have an entry of their own.
const OF_NIC: &[Field] =
    &[Field::NicName, Field::NicMac, Field::NicAddresses, Field::NicAssignment, Field::NicNetwork, Field::NicSwitch];

/// A host.
pub(super) fn host<'a>(view: &'a View<'_>, index: usize) -> Host<'a> {
    let host = &view.estate.hosts[index];
    let cluster = host.cluster_index.and_then(|index| text(&view.estate.clusters[index].name));
    Host {
        host: text(&host.name).unwrap_or_default(),
        host_id: text(&host.id),
        os: text(&host.os),
        os_version: text(&host.os_version),
        cluster: text(&host.cluster).or(cluster),
        host_group: text(&host.group),
        vmm_server: text(&host.vmm_server),
        memory_mib: host.memory.value().map(|memory| memory.0),
        processors: host.processors.value().copied(),
        machines: host.vms.len() as u64,
        facts: others(host.facts(), OF_HOST),
        source: source(view, host.seen),
    }
}

/// A machine.
pub(super) fn machine<'a>(view: &'a View<'_>, ids: &Ids, index: usize) -> Machine<'a> {
    let vm = &view.estate.vms[index];
    let guest = view.assessment.guests.of_machine(index, vm).ok().and_then(|guest| guest.value.architecture);
    let cluster = vm.cluster_index.and_then(|index| text(&view.estate.clusters[index].name));
    let number = u32::try_from(index).expect("the row limit is below 2^32");
    Machine {
        key: ids.key(view.estate, Subject::Vm(number)).to_string().into(),
        vm: vm.shown_name().into(),
        vm_id: text(&vm.id),
        host: text(&vm.host),
        cluster: text(&vm.cluster).or(cluster),
        cloud: text(&vm.cloud),
        guest_os: text(&vm.guest_os),
        guest_os_product: groups::guest_product(view, index, vm).map(Into::into),
        architecture: vm.architecture.value().copied().or(guest).map(|known| known.as_str().into()),
        generation: vm.generation.value().map(|generation| match generation {
            Generation::One => 1,
            Generation::Two => 2,
        }),
        vcpus: vm.vcpus.value().copied(),
        memory_mib: vm.memory.value().map(|memory| memory.0),
        disk_count: vm.disk_count().ok().map(|count| count.value),
        disk_gib: vm.disk_total().ok().map(|total| total.0.div_ceil(GIB)),
        nic_count: vm.nic_count().ok().map(|count| count.value),
        power_state: text(&vm.power_state),
        owner: text(&vm.owner),
        department: text(&vm.department),
        environment: text(&vm.environment),
        application: text(&vm.application),
        cost_centre: text(&vm.cost_centre),
        wave: text(&vm.wave),
        tags: text(&vm.tags),
        site: text(&vm.site),
        description: text(&vm.description),
        facts: others(vm.facts(), OF_MACHINE),
        carried: carried(view, vm),
        disks: vm.disks.iter().map(disk).collect(),
        nics: vm.nics.iter().map(nic).collect(),
        results: (0..).zip(&view.assessment.runs).map(|(edition, run)| verdict(edition, run, index)).collect(),
        source: source(view, vm.seen),
    }
}

/// What the columns that are carried through give of a machine, by their headings.
fn carried<'a>(view: &'a View<'_>, vm: &'a Vm) -> Vec<(Text<'a>, Text<'a>)> {
    let columns = view.estate.carried.iter().enumerate();
    columns
        .filter_map(|(place, column)| Some(((&*column.heading).into(), (&*vm.carried(place)?.value).into())))
        .collect()
}

fn disk(disk: &crate::model::Disk) -> Disk<'_> {
    Disk {
        disk: text(&disk.name),
        path: text(&disk.path),
        size_bytes: disk.size.value().map(|size| size.0),
        used_bytes: disk.used.value().map(|size| size.0),
        format: disk.format.value().map(|format| format.as_str().into()),
        kind: disk.kind.value().map(|kind| kind.as_str().into()),
        role: disk.role.value().map(|role| role.as_str().into()),
        controller: text(&disk.controller),
        bus: disk.bus.value().copied(),
        lun: disk.lun.value().copied(),
        shared: disk.shared.value().copied(),
        pass_through: disk.pass_through.value().copied(),
        facts: others(disk.facts(), OF_DISK),
    }
}

fn nic(nic: &crate::model::Nic) -> Nic<'_> {
    Nic {
        nic: text(&nic.name),
        mac: text(&nic.mac),
        addresses: nic.addresses.value().into_iter().flatten().map(|address| address.to_string().into()).collect(),
        assignment: nic.assignment.value().map(|word| word.as_str().into()),
        network: text(&nic.network),
        switch: text(&nic.switch),
        facts: others(nic.facts(), OF_NIC),
    }
}

fn verdict(edition: u16, run: &Run<'_>, index: usize) -> Verdict {
    let result = run.vms[index];
    let absences = run.findings_of_machine(index).iter().filter(|finding| is_absence(finding));
    let missing = absences.filter_map(|finding| match &finding.because {
        Because::Missing(missing) => Some((finding.requirement, missing.field.key().to_owned())),
        Because::Seen(_) => None,
    });
    Verdict {
        edition,
        readiness: Word(result.readiness),
        blockers: result.blockers,
        conditions: result.conditions,
        warnings: result.warnings,
        unknown: result.unknown,
        unverified: result.unverified,
        checked: result.checked,
        applicable: result.applicable,
        waived: result.waived,
        missing: missing.collect(),
    }
}
