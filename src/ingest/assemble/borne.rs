//! What several machines bear of which each should have its own, and what one machine bears several of.

use super::assembly::Assembly;
use super::parts::MachineRow;
use super::registry::{Export, Target};
use crate::ingest::cell::is_guid;
use crate::model::{Disk, Fact, Field, Vm};

impl Assembly {
    /// Notes that a machine bears the identifier of another.
    pub(super) fn doubt_id(&mut self, vm: &Vm, file: usize) {
        let Fact::Known(id) = &vm.id else { return };
        let Some(entry) = self.registry.other_bearer(&id.value, file) else { return };
        let Target::Machine(number) = self.registry.target(entry) else { return };
        let other = &self.estate.vms[*number];
        // A running number stands in each sheet anew; within one it is meant to be the machine's own.
        if is_guid(&id.value) || other.seen.table == vm.seen.table {
            let names = [other.shown_name(), vm.shown_name()];
            self.doubts.same_id(&id.value, names, [other.seen, vm.seen]);
        }
    }

    /// Notes that a machine bears another name in another export.
    pub(super) fn rename(&mut self, entry: u32, vm: &Vm, export: &Export) {
        let Some(name) = vm.name.value() else { return };
        if let Target::Machine(number) = self.registry.target(entry) {
            let known = &self.estate.vms[*number];
            self.doubts.renamed([known.shown_name(), name], [known.seen, vm.seen]);
        }
        self.registry.add_name(entry, name, export);
    }

    /// Makes a disk of each size that rows of one machine give: below a name that is merged over them they are no totals.
    pub(super) fn part_totals(&mut self, entry: u32, row: &mut MachineRow) {
        let Target::Machine(number) = *self.registry.target(entry) else { return };
        let Some(disk) = total_as_disk(&mut row.vm) else { return };
        let first = total_as_disk(&mut self.estate.vms[number]);
        for disk in first.into_iter().chain([disk]) {
            self.hold_disks(number, Some(disk), Vec::new());
        }
    }
}

/// A disk of the size that a row gives as a machine's total, which it then gives no more.
fn total_as_disk(vm: &mut Vm) -> Option<Disk> {
    let total = std::mem::replace(&mut vm.stated_disk_total, Fact::absent(Field::DiskTotal));
    let Fact::Known(known) = total else {
        vm.stated_disk_total = total;
        return None;
    };
    let mut disk = Disk::seen_at(known.origin);
    disk.size.fill(Fact::Known(known));
    Some(disk)
}
