//! What a machine's own row says, put right before it is taken.

use super::called::same_machine;
use super::parts::MachineRow;
use super::stage::Table;
use crate::ingest::cell::{self, RowIs};
use crate::ingest::table::Value;
use crate::model::{Disk, Fact, Field, Missing, Name, Origin, Vm, Why};

/// Puts right what a row says of its machine, and says the site that its whole list is of.
pub(super) fn put_right(row: &mut MachineRow, table: &Table<'_>, site: Option<&Name>) {
    let is_told = row.marks.is.is_some() || row.vm.host.is_known();
    if let Some(title) = table.physical_title().filter(|_| !is_told) {
        row.marks.is = Some(RowIs::Physical);
        row.marks.server_type = Fact::known(title, row.vm.seen);
    }
    let vm = &mut row.vm;
    if table.recognised.title.starts_with(PLANNER) {
        part_host_from_name(vm);
    }
    strip_own_name(vm);
    forget_services_of_a_stopped_guest(vm);
    if let Some(site) = site.filter(|_| !vm.site.is_known()) {
        vm.site = Fact::known(site.clone(), vm.seen);
    }
}

/// How the titles of the planner's reports begin, which call a machine "web01 (HV01)" by its host.
const PLANNER: &str = "Site Recovery Deployment Planner";

/// Takes the host that stands in brackets behind a machine's name off it.
fn part_host_from_name(vm: &mut Vm) {
    let Fact::Known(name) = &mut vm.name else { return };
    let parted = name.value.strip_suffix(')').and_then(|whole| whole.rsplit_once(" ("));
    let Some((bare, host)) = parted.map(|(bare, host)| (Name::from(bare.trim()), Name::from(host.trim()))) else {
        return;
    };
    if !bare.is_empty() && !host.is_empty() && !host.contains(char::is_whitespace) {
        vm.host.fill(Fact::known(host, name.origin));
        name.value = bare;
    }
}

/// Makes what stands in the place of a machine's name the name of the row's disk or adapter.
pub(super) fn name_item(row: &mut MachineRow) {
    let name = std::mem::replace(&mut row.vm.name, Fact::absent(Field::VmName));
    match (&mut row.disk, &mut row.nic) {
        (None, Some(nic)) => nic.name.fill(name),
        (disk, _) => disk.get_or_insert_with(|| Disk::seen_at(row.vm.seen)).name.fill(name),
    }
}

/// Says yes to what a machine has by each row of an export being there.
pub(super) fn say_yes(vm: &mut Vm, says: &[Field]) {
    let row = vm.seen;
    for field in says {
        let fact = match field {
            Field::FibreChannel => &mut vm.fibre_channel,
            Field::PassThrough => &mut vm.pass_through,
            Field::SharedStorage => &mut vm.shared_storage,
            Field::HighlyAvailable => &mut vm.highly_available,
            Field::BitLocker => &mut vm.bitlocker,
            _ => continue,
        };
        *fact = Fact::known(true, row);
    }
}

/// Leaves a machine called as the list that begins it calls it, where another's name differs in its dress alone.
pub(super) fn keep_name(known: &Vm, other: &mut Vm) {
    if other.name.value().is_some_and(|name| same_machine(known.shown_name(), name)) {
        other.name = Fact::absent(Field::VmName);
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
fn forget_services_of_a_stopped_guest(vm: &mut Vm) {
    let Fact::Known(services) = &vm.integration_services else { return };
    let is_stopped = vm.power_state.value().is_some_and(|state| ["Off", "Saved"].contains(&&**state));
    if is_stopped && services.value.chars().all(|sign| sign == '0' || sign == '.') {
        vm.integration_services =
            Fact::Missing(Missing { field: Field::IntegrationServices, why: Why::Unsaid(services.origin) });
    }
}

/// VMM ends a machine's host group path with the machine's own name.
fn strip_own_name(vm: &mut Vm) {
    let Fact::Known(group) = &mut vm.host_group else { return };
    let Some(name) = vm.name.value() else { return };
    if let Ok(path) = cell::clean_host_group(Value::Text(&group.value), name) {
        group.value = path;
    }
}

/// What stands as a guest's own name where a list names hosts so; the guest's name is not known then.
pub(super) fn host_by_computer(vm: &mut Vm) -> Fact<Name> {
    match std::mem::replace(&mut vm.computer_name, Fact::absent(Field::ComputerName)) {
        Fact::Known(computer) => Fact::Known(computer),
        Fact::Missing(_) => Fact::absent(Field::VmHost),
    }
}

/// A machine whose row leaves its name empty is called as its guest calls itself.
pub(super) fn name_by_its_computer(vm: &mut Vm) {
    if let (false, Fact::Known(computer)) = (vm.name.is_known(), &vm.computer_name) {
        vm.name = Fact::known(computer.value.clone(), computer.origin);
    }
}

/// Whether a row is of hardware by its model; where it has a host or a generation, the model is its host's.
pub(super) fn is_hardware(row: &MachineRow) -> bool {
    let is_machine = row.vm.host.is_known() || row.vm.generation.is_known();
    !is_machine && row.marks.server_type.value().is_some_and(|model| cell::is_hardware(model))
}
