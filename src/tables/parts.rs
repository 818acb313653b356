//! The columns of the tables `disks` and `nics`: those of the machine first, then those of the part.

use super::row::{Row, SOURCE_FILE, SOURCE_ROW, SOURCE_SHEET, Subjects, named, text};
use super::vms::{CLOUD, GUEST_OS, HOST, VM, VM_ID};
use super::{Column, Value};
use crate::model::{Bytes, Disk, Fact, Field, GIB, Identity, Nic};

pub(super) const DISKS: &[Column<Subjects>] = &[
    VM,
    VM_ID,
    HOST,
    CLOUD,
    GUEST_OS,
    Column::text("disk", |row| named(Identity::Path, disk(row).and_then(|disk| disk.name.value()))).of(Field::DiskName),
    Column::text("path", |row| named(Identity::Path, disk(row).and_then(|disk| disk.path.value()))).of(Field::DiskPath),
    Column::number("size_gib", |row| gib(row, |disk| &disk.size)).of(Field::DiskSize),
    Column::number("used_gib", |row| gib(row, |disk| &disk.used)).of(Field::DiskUsed),
    Column::text("format", |row| {
        Value::word(disk(row).and_then(|disk| disk.format.value()).map(|format| format.as_str()))
    })
    .of(Field::DiskFormat),
    Column::text("kind", |row| Value::word(disk(row).and_then(|disk| disk.kind.value()).map(|kind| kind.as_str())))
        .of(Field::DiskType),
    Column::text("role", |row| Value::word(disk(row).and_then(|disk| disk.role.value()).map(|role| role.as_str())))
        .of(Field::DiskRole),
    Column::text("controller", |row| text(disk(row).and_then(|disk| disk.controller.value())))
        .of(Field::DiskController),
    Column::number("bus", |row| Value::number(disk(row).and_then(|disk| disk.bus.value().copied()))).of(Field::DiskBus),
    Column::number("lun", |row| Value::number(disk(row).and_then(|disk| disk.lun.value().copied()))).of(Field::DiskLun),
    Column::flag("shared", |row| Value::flag(disk(row).and_then(|disk| disk.shared.value().copied())))
        .of(Field::DiskShared),
    Column::flag("pass_through", |row| Value::flag(disk(row).and_then(|disk| disk.pass_through.value().copied())))
        .of(Field::DiskPassThrough),
    Column::number("logical_sector", |row| bytes(row, |disk| &disk.logical_sector)).of(Field::LogicalSector),
    Column::number("physical_sector", |row| bytes(row, |disk| &disk.physical_sector)).of(Field::PhysicalSector),
    SOURCE_FILE,
    SOURCE_SHEET,
    SOURCE_ROW,
];

pub(super) const NICS: &[Column<Subjects>] = &[
    VM,
    VM_ID,
    HOST,
    CLOUD,
    GUEST_OS,
    Column::text("nic", |row| text(nic(row).and_then(|nic| nic.name.value()))).of(Field::NicName),
    Column::text("mac", |row| named(Identity::Mac, nic(row).and_then(|nic| nic.mac.value()))).of(Field::NicMac),
    Column::text("addresses", |row| {
        let Some(addresses) = nic(row).and_then(|nic| nic.addresses.value()) else { return Value::Nothing };
        let addresses: Vec<String> = addresses.iter().map(ToString::to_string).collect();
        Value::Named(Identity::Address, addresses.join("; ").into())
    })
    .of(Field::NicAddresses),
    Column::text("assignment", |row| {
        Value::word(nic(row).and_then(|nic| nic.assignment.value()).map(|word| word.as_str()))
    })
    .of(Field::NicAssignment),
    Column::text("network", |row| named(Identity::Network, nic(row).and_then(|nic| nic.network.value())))
        .of(Field::NicNetwork),
    Column::text("logical_network", |row| {
        named(Identity::Network, nic(row).and_then(|nic| nic.logical_network.value()))
    })
    .of(Field::NicLogicalNetwork),
    Column::text("switch", |row| named(Identity::Network, nic(row).and_then(|nic| nic.switch.value())))
        .of(Field::NicSwitch),
    Column::flag("legacy", |row| Value::flag(nic(row).and_then(|nic| nic.legacy.value().copied())))
        .of(Field::NicLegacy),
    SOURCE_FILE,
    SOURCE_SHEET,
    SOURCE_ROW,
];

fn disk<'a>(row: &Row<'a>) -> Option<&'a Disk> {
    row.disk
}

fn nic<'a>(row: &Row<'a>) -> Option<&'a Nic> {
    row.nic
}

fn bytes(row: &Row<'_>, fact: fn(&Disk) -> &Fact<Bytes>) -> Value<'static> {
    Value::number(disk(row).and_then(|disk| fact(disk).value()).map(|size| size.0))
}

/// Gibibytes, rounded up.
fn gib(row: &Row<'_>, fact: fn(&Disk) -> &Fact<Bytes>) -> Value<'static> {
    Value::number(disk(row).and_then(|disk| fact(disk).value()).map(|size| size.0.div_ceil(GIB)))
}
