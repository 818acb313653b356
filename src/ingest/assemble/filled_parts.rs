//! What the site fills in of a machine's disks and adapters.

use super::disks::boot_disk;
use super::parts::MachineRow;
use crate::model::{Disk, Field, Nic, Origin, Vm};

/// What became of a cell.
pub(super) enum Told {
    /// It is known already, and the same.
    Known,
    /// It filled a fact.
    Filled,
    /// It cannot be read.
    Unreadable,
    /// The cell of an export says otherwise.
    Contradicted(Origin),
    /// It does not tell which of the machine's disks or adapters it is of.
    OfNone,
}

/// Whether a fact of every disk or adapter that a machine has is known.
pub(super) fn parts_know(vm: &Vm, field: Field) -> bool {
    match field {
        Field::OsDiskSize => knows_all(&vm.disks, Field::DiskSize),
        field if Disk::has(field) => knows_all(&vm.disks, field),
        field => knows_all(&vm.nics, field),
    }
}

fn knows_all<T: Item>(parts: &[T], field: Field) -> bool {
    !parts.is_empty() && parts.iter().all(|part| part.knows(field))
}

/// Fills a fact of a machine's disks or adapters.
pub(super) fn fill_part(vm: &mut Vm, row: MachineRow, field: Field) -> Told {
    if Nic::has(field) {
        let given = row.nic.into_iter().chain(row.nic_columns.into_iter().map(|(_, nic)| nic)).collect();
        return begin_or_fill(&mut vm.nics, given, field, true);
    }
    fill_disks(vm, row, field)
}

fn fill_disks(vm: &mut Vm, row: MachineRow, field: Field) -> Told {
    let given: Vec<Disk> = row.disk.into_iter().chain(row.columns.into_iter().map(|(_, disk)| disk)).collect();
    if field != Field::OsDiskSize {
        let begins = matches!(field, Field::DiskSize | Field::DiskPath);
        return begin_or_fill(&mut vm.disks, given, field, begins);
    }
    match boot_disk(vm) {
        Some(at) => fill_parts(&mut vm.disks[at..=at], given, Field::DiskSize),
        None if vm.disks.is_empty() => begin_or_fill(&mut vm.disks, given, Field::DiskSize, true),
        None => Told::OfNone,
    }
}

/// A disk or an adapter.
trait Item: Clone {
    fn knows(&self, field: Field) -> bool;
    fn contradicted_by(&self, other: &Self) -> Option<Origin>;
    fn fill(&mut self, other: Self);
}

macro_rules! item {
    ($($item:ident)+) => {$(
        impl Item for $item {
            fn knows(&self, field: Field) -> bool {
                $item::knows(self, field)
            }

            fn contradicted_by(&self, other: &Self) -> Option<Origin> {
                $item::contradicted_by(self, other)
            }

            fn fill(&mut self, other: Self) {
                $item::fill(self, other);
            }
        }
    )+};
}

item! { Disk Nic }

/// Facts that the disks or adapters of a machine often share, so that one word may be meant for all of them.
const SHARED: &[Field] = &[
    Field::DiskFormat,
    Field::DiskType,
    Field::DiskController,
    Field::LogicalSector,
    Field::PhysicalSector,
    Field::DiskShared,
    Field::DiskPassThrough,
    Field::NicAssignment,
    Field::NicLegacy,
    Field::NicSwitch,
    Field::NicNetwork,
    Field::NicLogicalNetwork,
];

/// Begins the disks or adapters of a machine of which no table lists any, where the fact may; else fills them.
fn begin_or_fill<T: Item>(parts: &mut Vec<T>, given: Vec<T>, field: Field, begins: bool) -> Told {
    if !parts.is_empty() || !begins {
        return fill_parts(parts, given, field);
    }
    parts.extend(given.into_iter().filter(|part| part.knows(field)));
    if parts.is_empty() { Told::Unreadable } else { Told::Filled }
}

/// Fills a fact of a machine's disks or adapters: one for one in their order, or one for all that lack it.
fn fill_parts<T: Item>(parts: &mut [T], given: Vec<T>, field: Field) -> Told {
    let given: Vec<T> = given.into_iter().filter(|part| part.knows(field)).collect();
    let Some(first) = given.first() else { return Told::Unreadable };
    if let ([known], [said]) = (&*parts, &given[..])
        && let Some(cell) = known.contradicted_by(said)
    {
        return Told::Contradicted(cell);
    }
    let lacking: Vec<usize> = (0..parts.len()).filter(|at| !parts[*at].knows(field)).collect();
    if lacking.is_empty() && !parts.is_empty() {
        return Told::Known;
    }
    let for_all = given.len() == 1 && (lacking.len() == 1 || SHARED.contains(&field));
    if lacking.is_empty() || !for_all && given.len() != lacking.len() {
        return Told::OfNone;
    }
    let said: Vec<T> = if for_all { vec![first.clone(); lacking.len()] } else { given };
    for (at, said) in lacking.into_iter().zip(said) {
        parts[at].fill(said);
    }
    Told::Filled
}
