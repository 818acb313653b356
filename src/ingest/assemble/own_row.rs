//! What a machine's own row says, put right before it is taken.

use super::parts::MachineRow;
use crate::ingest::cell;
use crate::ingest::table::Value;
use crate::model::{Disk, Fact, Field, Missing, Origin, Vm, Why};

/// Makes what stands in the place of a machine's name the name of the row's disk or adapter.
pub(super) fn name_item(row: &mut MachineRow) {
    let name = std::mem::replace(&mut row.vm.name, Fact::absent(Field::VmName));
    match (&mut row.disk, &mut row.nic) {
        (None, Some(nic)) => nic.name.fill(name),
        (disk, _) => disk.get_or_insert_with(|| Disk::seen_at(row.vm.seen)).name.fill(name),
    }
}

/// Counts a checkpoint that has a row of its own, unless another table gave the number.
pub(super) fn add_checkpoint(vm: &mut Vm, row: Origin) {
    match &mut vm.checkpoints {
        Fact::Known(known) if known.origin.table == row.table => known.value += 1,
        Fact::Known(_) => {}
        missing @ Fact::Missing(_) => *missing = Fact::known(1, row),
    }
}

/// Hyper-V gives integration services of a machine that does not run the version 0.0, which says nothing of the guest.
pub(super) fn forget_services_of_a_stopped_guest(vm: &mut Vm) {
    let Fact::Known(services) = &vm.integration_services else { return };
    let is_stopped = vm.power_state.value().is_some_and(|state| ["Off", "Saved"].contains(&&**state));
    if is_stopped && services.value.chars().all(|sign| sign == '0' || sign == '.') {
        vm.integration_services =
            Fact::Missing(Missing { field: Field::IntegrationServices, why: Why::Unsaid(services.origin) });
    }
}

/// VMM ends a machine's host group path with the machine's own name.
pub(super) fn strip_own_name(vm: &mut Vm) {
    let Fact::Known(group) = &mut vm.host_group else { return };
    let Some(name) = vm.name.value() else { return };
    if let Ok(path) = cell::clean_host_group(Value::Text(&group.value), name) {
        group.value = path;
    }
}
