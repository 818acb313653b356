//! The columns of the tables `disks` and `nics`: those of the machine first, then those of the part.

use super::vms::{CLOUD, GUEST_OS, HOST, VM, VM_ID};
use super::{Column, SOURCE_FILE, SOURCE_ROW, SOURCE_SHEET, whole};
use crate::model::{Field, GIB};

pub(super) const DISKS: &[Column] = &[
    VM,
    VM_ID,
    HOST,
    CLOUD,
    GUEST_OS,
    Column::text("disk", Field::DiskName, |row| row.disk?.name.value().map(|name| (&**name).into())),
    Column::text("path", Field::DiskPath, |row| row.disk?.path.value().map(|name| (&**name).into())),
    Column::number("size_gib", Field::DiskSize, |row| whole(row.disk?.size.value()?.0.div_ceil(GIB))),
    Column::number("used_gib", Field::DiskUsed, |row| whole(row.disk?.used.value()?.0.div_ceil(GIB))),
    Column::text("format", Field::DiskFormat, |row| row.disk?.format.value().map(|word| word.as_str().into())),
    Column::text("kind", Field::DiskType, |row| row.disk?.kind.value().map(|word| word.as_str().into())),
    Column::text("role", Field::DiskRole, |row| row.disk?.role.value().map(|word| word.as_str().into())),
    Column::text("controller", Field::DiskController, |row| row.disk?.controller.value().map(|name| (&**name).into())),
    Column::number("bus", Field::DiskBus, |row| row.disk?.bus.value().map(|number| i64::from(*number))),
    Column::number("lun", Field::DiskLun, |row| row.disk?.lun.value().map(|number| i64::from(*number))),
    Column::flag("shared", Field::DiskShared, |row| row.disk?.shared.value().copied()),
    Column::flag("pass_through", Field::DiskPassThrough, |row| row.disk?.pass_through.value().copied()),
    Column::number("logical_sector", Field::LogicalSector, |row| whole(row.disk?.logical_sector.value()?.0)),
    Column::number("physical_sector", Field::PhysicalSector, |row| whole(row.disk?.physical_sector.value()?.0)),
    SOURCE_FILE,
    SOURCE_SHEET,
    SOURCE_ROW,
];

pub(super) const NICS: &[Column] = &[
    VM,
    VM_ID,
    HOST,
    CLOUD,
    GUEST_OS,
    Column::text("nic", Field::NicName, |row| row.nic?.name.value().map(|name| (&**name).into())),
    Column::text("mac", Field::NicMac, |row| row.nic?.mac.value().map(|name| (&**name).into())),
    Column::text("addresses", Field::NicAddresses, |row| {
        let addresses: Vec<String> = row.nic?.addresses.value()?.iter().map(ToString::to_string).collect();
        Some(addresses.join("; ").into())
    }),
    Column::text("assignment", Field::NicAssignment, |row| {
        row.nic?.assignment.value().map(|word| word.as_str().into())
    }),
    Column::text("network", Field::NicNetwork, |row| row.nic?.network.value().map(|name| (&**name).into())),
    Column::text("logical_network", Field::NicLogicalNetwork, |row| {
        row.nic?.logical_network.value().map(|name| (&**name).into())
    }),
    Column::text("switch", Field::NicSwitch, |row| row.nic?.switch.value().map(|name| (&**name).into())),
    Column::flag("legacy", Field::NicLegacy, |row| row.nic?.legacy.value().copied()),
    SOURCE_FILE,
    SOURCE_SHEET,
    SOURCE_ROW,
];
