//! What a row of a drive, VHD or adapter table gives, before it is known whose it is.

use core::net::IpAddr;

use super::seen::{Seen, Trouble, set, set_disk_size};
use super::stage::{Label, Part, Put, readers};
use crate::ingest::cell::{DiskType, Unread};
use crate::ingest::columns::ColumnUse;
use crate::model::{Bytes, Disk, DiskRole, Fact, Field, LeftOutKind, Name, Nic, Origin};

/// How a row names its machine.
pub(super) struct Owner {
    pub id: Fact<Name>,
    pub name: Fact<Name>,
    pub host: Fact<Name>,
}

/// A row of a drive table.
pub(super) struct DriveRow {
    pub owner: Owner,
    pub disk: Disk,
    pub is_vhd: Fact<bool>,
}

/// A row of a table of VHD files.
pub(super) struct HardDiskRow {
    pub owner: Owner,
    pub disk: Disk,
    /// `LibraryServer` for a file of the VMM library.
    pub host_type: Fact<Name>,
    /// `Missing` for a file that VMM has lost.
    pub status: Fact<Name>,
}

/// A row of an adapter table.
pub(super) struct NicRow {
    pub owner: Owner,
    pub nic: Nic,
}

/// A row that speaks of a disk.
pub(super) trait DiskPart {
    fn disk(&mut self, seen: &Seen<'_>) -> &mut Disk;
}

/// A row that speaks of an adapter.
pub(super) trait NicPart {
    fn nic(&mut self, seen: &Seen<'_>) -> &mut Nic;
}

impl Owner {
    fn unknown() -> Self {
        Self { id: Fact::absent(Field::VmId), name: Fact::absent(Field::VmName), host: Fact::absent(Field::VmHost) }
    }
}

impl Owner {
    /// What a row names by the first of some facts that is known, and whose it is.
    fn label(&self, kind: LeftOutKind, names: &[&Fact<Name>]) -> Label {
        let machine = self.name.value().or(self.id.value()).cloned();
        Label { kind, name: names.iter().find_map(|name| name.value()).cloned(), machine }
    }
}

impl DiskPart for DriveRow {
    fn disk(&mut self, _: &Seen<'_>) -> &mut Disk {
        &mut self.disk
    }
}

impl DiskPart for HardDiskRow {
    fn disk(&mut self, _: &Seen<'_>) -> &mut Disk {
        &mut self.disk
    }
}

impl NicPart for NicRow {
    fn nic(&mut self, _: &Seen<'_>) -> &mut Nic {
        &mut self.nic
    }
}

impl Part for DriveRow {
    fn start(seen: Origin) -> Self {
        Self { owner: Owner::unknown(), disk: Disk::seen_at(seen), is_vhd: Fact::absent(Field::DiskIsVhd) }
    }

    fn label(&self) -> Label {
        self.owner.label(LeftOutKind::Disk, &[&self.disk.path, &self.disk.name, &self.disk.id])
    }

    fn reader(used: ColumnUse) -> Option<Put<Self>> {
        let own = readers! { used.field;
            VmId => owner.id = guid;
            VmName => owner.name = name;
            VmHost => owner.host = text;
            DiskIsVhd => is_vhd = yes_no;
        };
        own.or_else(|| disk_reader(used.field))
    }
}

impl Part for HardDiskRow {
    fn start(seen: Origin) -> Self {
        Self {
            owner: Owner::unknown(),
            disk: Disk::seen_at(seen),
            host_type: Fact::absent(Field::HostType),
            status: Fact::absent(Field::VmStatus),
        }
    }

    fn label(&self) -> Label {
        self.owner.label(LeftOutKind::Disk, &[&self.disk.path, &self.disk.name, &self.disk.id])
    }

    fn reader(used: ColumnUse) -> Option<Put<Self>> {
        let own = readers! { used.field;
            VmId => owner.id = guid;
            VmName => owner.name = name;
            VmHost => owner.host = text;
            HostName => owner.host = text;
            HostType => host_type = text;
            VmStatus => status = text;
        };
        own.or_else(|| disk_reader(used.field))
    }
}

impl Part for NicRow {
    fn start(seen: Origin) -> Self {
        Self { owner: Owner::unknown(), nic: Nic::seen_at(seen) }
    }

    fn label(&self) -> Label {
        self.owner.label(LeftOutKind::Nic, &[&self.nic.name, &self.nic.mac])
    }

    fn reader(used: ColumnUse) -> Option<Put<Self>> {
        let own = readers! { used.field;
            VmId => owner.id = guid;
            VmName => owner.name = name;
            VmHost => owner.host = text;
        };
        own.or_else(|| nic_reader(used.field))
    }
}

/// Readers of cells of a disk or an adapter, wherever the row keeps it.
macro_rules! cells {
    ($field:expr, $part:ident; $($name:ident => $fact:ident = $read:ident;)+) => {
        match $field {
            $(Field::$name => Some(|row, seen| set(&mut row.$part(seen).$fact, seen.$read(), seen)),)+
            _ => None,
        }
    };
}

/// How a column of a disk is read.
pub(super) fn disk_reader<P: DiskPart>(field: Field) -> Option<Put<P>> {
    match field {
        Field::DiskSize => Some(|row, seen| {
            // An empty place among numbered columns is written as a size of nothing, or as a word for it.
            let is_no_disk = seen.used.number.is_some() && (seen.size() == Ok(Bytes(0)) || seen.says_none());
            if is_no_disk { None } else { set_disk_size(&mut row.disk(seen).size, seen.size(), seen) }
        }),
        Field::OsDiskSize => Some(|row, seen| {
            let disk = row.disk(seen);
            disk.role.fill(Fact::known(DiskRole::OperatingSystem, seen.origin));
            set_disk_size(&mut disk.size, seen.size(), seen)
        }),
        Field::DiskType => Some(|row, seen| take_type(row.disk(seen), seen)),
        Field::DiskShared => Some(|row, seen| take_shared(row.disk(seen), seen)),
        Field::DiskController => Some(|row, seen| take_controller(row.disk(seen), seen)),
        other => cells! { other, disk;
            DiskName => name = text;
            DiskPath => path = text;
            DiskId => id = guid;
            DiskUsed => used = size;
            DiskFormat => format = disk_format;
            DiskParent => parent = text;
            DiskBus => bus = count;
            DiskLun => lun = count;
            DiskRole => role = disk_role;
            DiskPassThrough => pass_through = pass_through;
            DiskIops => iops = rounded_count;
            DiskThroughput => throughput = size;
            DiskReads => reads = rounded_count;
            DiskWrites => writes = rounded_count;
            DiskReadThroughput => read_throughput = size;
            DiskWriteThroughput => write_throughput = size;
            LogicalSector => logical_sector = sector;
            PhysicalSector => physical_sector = sector;
        },
    }
}

/// One of several columns that says a disk is shared settles it.
fn take_shared(disk: &mut Disk, seen: &Seen<'_>) -> Option<Trouble> {
    let read = seen.yes_no();
    if read == Ok(true) {
        disk.shared = Fact::known(true, seen.origin);
    }
    set(&mut disk.shared, read, seen)
}

/// A cell of a disk's type may tell its kind, its format, or that it is shared.
fn take_type(disk: &mut Disk, seen: &Seen<'_>) -> Option<Trouble> {
    let read = match seen.disk_type() {
        Ok(DiskType::Kind(kind)) => Ok(kind),
        Ok(DiskType::Format(format)) => return set(&mut disk.format, Ok(format), seen),
        Ok(DiskType::Shared) => return set(&mut disk.shared, Ok(true), seen),
        Err(unread) => Err(unread),
    };
    set(&mut disk.kind, read, seen)
}

/// A controller cell is a type ("SCSI", or the number that stands for it) or a whole place ("SCSI 0:1").
fn take_controller(disk: &mut Disk, seen: &Seen<'_>) -> Option<Trouble> {
    let text = match seen.text() {
        Ok(text) => text,
        Err(unread) => return set(&mut disk.controller, Err(unread), seen),
    };
    let upper = text.to_ascii_uppercase();
    let kind = ["IDE", "SCSI"]
        .into_iter()
        .enumerate()
        .find(|(number, name)| upper.contains(name) || upper == number.to_string());
    let mut numbers = upper.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse::<u32>().ok());
    if let (Some(bus), Some(lun)) = (numbers.next(), numbers.next()) {
        disk.bus.fill(Fact::known(bus, seen.origin));
        disk.lun.fill(Fact::known(lun, seen.origin));
    }
    set(&mut disk.controller, kind.map(|(_, name)| name.into()).ok_or(Unread::Unreadable), seen)
}

/// How a column of an adapter is read; IPv4 and IPv6 addresses may stand in two.
pub(super) fn nic_reader<P: NicPart>(field: Field) -> Option<Put<P>> {
    if field == Field::NicAddresses {
        return Some(|row, seen| add_addresses(&mut row.nic(seen).addresses, seen));
    }
    cells! { field, nic;
        NicName => name = text;
        NicMac => mac = mac;
        NicAssignment => assignment = assignment;
        NicNetwork => network = text;
        NicLogicalNetwork => logical_network = text;
        NicSwitch => switch = text;
        NicLegacy => legacy = legacy;
    }
}

fn add_addresses(known: &mut Fact<Vec<IpAddr>>, seen: &Seen<'_>) -> Option<Trouble> {
    let Fact::Known(first) = known else { return set(known, seen.addresses(), seen) };
    for address in seen.addresses().into_iter().flatten() {
        if !first.value.contains(&address) {
            first.value.push(address);
        }
    }
    None
}
