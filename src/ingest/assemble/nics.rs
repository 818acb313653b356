//! Network adapters to machines.

use super::attached::NicRow;
use super::stage::{Staged, Table};
use super::{Assembly, Fate};
use crate::model::{Nic, Vm};

/// The most adapters of one machine that are compared with a further one.
const MOST_COMPARED: usize = 300;

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

pub(super) fn attach(vm: &mut Vm, nic: Nic) {
    match same(vm, &nic) {
        Some(known) => vm.nics[known].fill(nic),
        None => vm.nics.push(nic),
    }
}

/// The adapter of the machine that has the same MAC address.
pub(super) fn same(vm: &Vm, nic: &Nic) -> Option<usize> {
    let mac = nic.mac.value()?;
    let last = vm.nics.len().saturating_sub(MOST_COMPARED);
    (last..vm.nics.len()).find(|at| vm.nics[*at].mac.value() == Some(mac))
}
