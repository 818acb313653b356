//! Network adapters to machines.

use super::ages::Ages;
use super::assembly::{Assembly, Fate};
use super::attached::NicRow;
use super::conflicts;
use super::disks::make_room;
use super::doubts::Doubts;
use super::stage::Table;
use crate::model::{Nic, Vm};

/// The most adapters of one machine that are compared with a further one.
const MOST_COMPARED: usize = 300;

/// Takes the rows of a table of adapters.
pub(super) fn take(assembly: &mut Assembly, table: Table<'_>) {
    let export = table.export();
    assembly.rows(&table, |assembly, row: NicRow, _| {
        let NicRow { owner, nic } = row;
        match assembly.owner(&owner, &export, nic.seen) {
            Ok(number) => {
                attach(&mut assembly.estate.vms[number], nic, &assembly.ages, &mut assembly.doubts);
                Fate::Joined
            }
            Err(fate) => fate,
        }
    });
}

fn attach(vm: &mut Vm, nic: Nic, ages: &Ages, doubts: &mut Doubts) {
    if let Some(known) = same(vm, &nic) {
        conflicts::take_nic(vm.name.value().map_or("", |name| name), &mut vm.nics[known], nic, ages, doubts);
    } else {
        make_room(&mut vm.nics);
        vm.nics.push(nic);
    }
}

/// The adapter of the machine that has the same MAC address.
pub(super) fn same(vm: &Vm, nic: &Nic) -> Option<usize> {
    let mac = nic.mac.value()?;
    let last = vm.nics.len().saturating_sub(MOST_COMPARED);
    (last..vm.nics.len()).find(|at| vm.nics[*at].mac.value() == Some(mac))
}
