//! Network adapters to machines.

use super::attached::NicRow;
use super::stage::{Staged, Table};
use super::{Assembly, Fate};
use crate::model::{Nic, Vm};

/// The most adapters of one machine that are compared with a further one.
const MOST_COMPARED: usize = 300;

impl Assembly {
    /// Keeps the adapters that a machine's own row gives until the tables of adapters are read.
    pub(super) fn hold_nics(&mut self, vm: usize, nic: Option<Nic>, mut columns: Vec<(u16, Nic)>) {
        columns.sort_by_key(|(number, _)| *number);
        self.held_nics.extend(nic.into_iter().chain(columns.into_iter().map(|(_, nic)| nic)).map(|nic| (vm, nic)));
    }

    /// Gives the adapters held to their machines, unless a table of adapters lists them.
    pub(super) fn release_nics(&mut self) {
        let mut held = std::mem::take(&mut self.held_nics).into_iter().peekable();
        let listed: Vec<usize> = self.estate.vms.iter().map(|vm| vm.nics.len()).collect();
        while let Some((number, nic)) = held.next() {
            let vm = &mut self.estate.vms[number];
            match listed[number] {
                0 => attach(vm, nic),
                // One adapter listed and one stated are the same one; of several, only a MAC address tells which.
                1 => vm.nics[0].fill(nic),
                _ => {
                    if let Some(known) = same(vm, &nic) {
                        vm.nics[known].fill(nic);
                    }
                }
            }
        }
    }
}

/// Takes the rows of a table of adapters.
pub(super) fn take(assembly: &mut Assembly, table: Table<'_>) {
    let title = table.recognised.title.as_str();
    let mut doubts = std::mem::take(&mut assembly.doubts);
    table.stage(
        |row: Staged<NicRow>| {
            let origin = row.origin;
            let fate = match row.part {
                Ok(NicRow { owner, nic }) => match assembly.owner(&owner, title, origin) {
                    Ok(number) => {
                        attach(&mut assembly.estate.vms[number], nic);
                        Fate::Joined
                    }
                    Err(fate) => fate,
                },
                Err(reason) => Fate::Out(reason.into()),
            };
            assembly.count(table.index, fate);
        },
        |origin, trouble| doubts.cell(origin, trouble),
    );
    doubts.append(&mut assembly.doubts);
    assembly.doubts = doubts;
}

fn attach(vm: &mut Vm, nic: Nic) {
    match same(vm, &nic) {
        Some(known) => vm.nics[known].fill(nic),
        None => vm.nics.push(nic),
    }
}

/// The adapter of the machine that has the same MAC address.
fn same(vm: &Vm, nic: &Nic) -> Option<usize> {
    let mac = nic.mac.value()?;
    let last = vm.nics.len().saturating_sub(MOST_COMPARED);
    (last..vm.nics.len()).find(|at| vm.nics[*at].mac.value() == Some(mac))
}
