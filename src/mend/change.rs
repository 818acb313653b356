//! A change of one fact, of a machine or of what it stands on, and what it makes of an estate.

use std::rc::Rc;

use crate::model::{Cloud, Cluster, Disk, DiskRole, Estate, Fact, Field, Host, Nic, Origin, Vm, VmmServer};

/// Where a changed fact stands: in no table.
const NOWHERE: Origin = Origin::row(u16::MAX, 0);

/// Where a changed fact of a disk or adapter stands: in no table, and with none of another, so that what rests on it tells which.
fn nowhere(index: usize) -> Origin {
    Origin::row(u16::MAX, u32::try_from(index).map_or(u32::MAX, |index| index.saturating_add(1)))
}

/// What a change is of; the numbers are indexes into the machine's list, or the estate's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The machine.
    Machine,
    /// One of its disks.
    Disk(usize),
    /// The disks that it has and that no table lists.
    OtherDisks,
    /// One of its network adapters.
    Nic(usize),
    /// Its host.
    Host(usize),
    /// Its cluster.
    Cluster(usize),
    /// Its cloud.
    Cloud(usize),
    /// Its VMM server.
    VmmServer(usize),
}

/// How far the value of a change binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// It is a limit: anything within it does as well.
    Limit,
    /// It is one of the values that do.
    Example,
}

/// A change of one fact.
#[derive(Clone, Debug)]
pub struct Change {
    /// What it is of.
    pub part: Part,
    /// The fact.
    pub field: Field,
    /// What the fact is now; none when no input tells.
    pub before: Option<String>,
    /// What it becomes.
    pub after: String,
    /// How far that binds.
    pub bound: Bound,
    /// What the fact is taken from.
    pub(super) donor: Donor,
}

/// A subject that has the fact as it is to be.
#[derive(Clone, Debug)]
pub(super) enum Donor {
    Vm(Rc<Vm>),
    Disk(Rc<Disk>),
    Nic(Rc<Nic>),
    Host(Rc<Host>),
    Cluster(Rc<Cluster>),
    Cloud(Rc<Cloud>),
    VmmServer(Rc<VmmServer>),
}

impl Donor {
    /// Its fact of a field, as people read it.
    pub(super) fn shown(&self, field: Field) -> Option<String> {
        match self {
            Self::Vm(vm) => vm.told(field),
            Self::Disk(disk) => disk.told(field),
            Self::Nic(nic) => nic.told(field),
            Self::Host(host) => host.told(field),
            Self::Cluster(cluster) => cluster.told(field),
            Self::Cloud(cloud) => cloud.told(field),
            Self::VmmServer(server) => server.told(field),
        }
    }
}

impl Change {
    /// Makes the change in an estate, for the machine of an index.
    pub fn apply(&self, estate: &mut Estate, machine: usize) {
        let field = self.field;
        match (&self.donor, self.part) {
            (Donor::Vm(from), _) => of_machine(&mut estate.vms[machine], field, from),
            (Donor::Disk(from), Part::Disk(index)) => of_disk(&mut estate.vms[machine], index, field, from),
            (Donor::Disk(from), _) => list_disks(&mut estate.vms[machine], from),
            (Donor::Nic(from), Part::Nic(index)) => {
                if let Some(nic) = estate.vms[machine].nics.get_mut(index) {
                    nic.take_over(field, from, nowhere(index));
                }
            }
            (Donor::Host(from), Part::Host(index)) => estate.hosts[index].take_over(field, from, NOWHERE),
            (Donor::Cluster(from), Part::Cluster(index)) => estate.clusters[index].take_over(field, from, NOWHERE),
            (Donor::Cloud(from), Part::Cloud(index)) => estate.clouds[index].take_over(field, from, NOWHERE),
            (Donor::VmmServer(from), Part::VmmServer(index)) => {
                estate.vmm_servers[index].take_over(field, from, NOWHERE);
            }
            (Donor::Nic(_) | Donor::Host(_) | Donor::Cluster(_) | Donor::Cloud(_) | Donor::VmmServer(_), _) => {}
        }
    }
}

fn of_machine(vm: &mut Vm, field: Field, from: &Vm) {
    vm.take_over(field, from, NOWHERE);
    match field {
        // The version that is told is that of the system before.
        Field::GuestOs => vm.guest_os_version = Fact::absent(Field::GuestOsVersion),
        Field::DiskCount => keep_disks(vm),
        Field::NicCount => {
            if let Some(count) = vm.stated_nic_count.value() {
                vm.nics.truncate(*count as usize);
            }
        }
        _ => {}
    }
}

/// Takes disks away until no more are left than the machine's row states; the one it starts from stays.
fn keep_disks(vm: &mut Vm) {
    let Some(count) = vm.stated_disk_count.value().map(|count| *count as usize) else { return };
    if vm.disks.len() > count && count > 0 {
        if let Some(place) = vm.os_disk.filter(|place| *place >= count) {
            vm.disks.swap(0, place);
            vm.os_disk = Some(0);
        }
        vm.disks.truncate(count);
    }
}

fn of_disk(vm: &mut Vm, index: usize, field: Field, from: &Disk) {
    // One that another change lists, or takes away, may not be there without it.
    let Some(disk) = vm.disks.get_mut(index) else { return };
    disk.take_over(field, from, nowhere(index));
    if field == Field::DiskRole {
        let starts = disk.role.value() == Some(&DiskRole::OperatingSystem);
        vm.os_disk = if starts { Some(index) } else { vm.os_disk.filter(|place| *place != index) };
    }
}

/// Lists disks until there are as many as the machine's row states; the first is the one it starts from.
fn list_disks(vm: &mut Vm, like: &Disk) {
    let count = vm.stated_disk_count.value().map_or(1, |count| (*count as usize).max(1));
    while vm.disks.len() < count {
        let (is_first, place) = (vm.disks.is_empty(), nowhere(vm.disks.len()));
        let mut disk = Disk::seen_at(place);
        for field in [Field::DiskSize, Field::DiskFormat, Field::DiskType] {
            disk.take_over(field, like, place);
        }
        disk.role = Fact::known(if is_first { DiskRole::OperatingSystem } else { DiskRole::Data }, place);
        vm.disks.push(disk);
        if is_first {
            vm.os_disk = Some(0);
        }
    }
}
