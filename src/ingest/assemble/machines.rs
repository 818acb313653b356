//! Rows of machine lists to machines: which begin one, which tell more of one, which are left out.

use std::sync::Arc;

use super::assembly::{Assembly, Fate};
use super::conflicts;
use super::exclude::{self, Reason};
use super::parts::{MachineRow, machine_not_counted};
use super::registry::{By, Key, Match, Target, same_server};
use super::stage::Table;
use crate::ingest::cell;
use crate::ingest::columns::RowKind;
use crate::ingest::table::Value;
use crate::model::{Fact, Field, Missing, Name, Origin, Vm, Why};

/// Machine rows of one table on their way into the estate.
struct Merge<'a> {
    table: Table<'a>,
    title: Name,
    /// Whether a row may begin a machine.
    begins: bool,
    /// Whether a machine may have several rows.
    several_rows: bool,
    /// Whether each row is a checkpoint of its machine.
    checkpoints: bool,
    current: Option<Current>,
}

/// The machine of the row before.
struct Current {
    entry: u32,
    row: u32,
    id: Option<Name>,
    name: Name,
    host: Option<Name>,
}

/// Takes the rows of a table of machines, or of more facts of machines.
pub(super) fn take(assembly: &mut Assembly, table: Table<'_>, another_list: bool) {
    let (begins, several_rows) = match table.recognised.rows {
        RowKind::Machine => (true, false),
        RowKind::MachineDisk | RowKind::MachineNic => (!another_list || gives_machine_facts(&table), true),
        _ => (false, false),
    };
    let title: Name = table.recognised.title.as_str().into();
    let checkpoints = table.recognised.rows == RowKind::MachineDetail && &*title == "Get-VMSnapshot";
    let mut merge = Merge { table, title, begins, several_rows, checkpoints, current: None };
    assembly.rows(&table, |assembly, row, index| merge.place(assembly, row, index));
}

/// Whether a table has columns of the machine itself beside those that name it.
fn gives_machine_facts(table: &Table<'_>) -> bool {
    use crate::model::Field::{Generation, GuestOs, Memory, PowerState, Vcpus, VmCloud};
    table.gives(|used| matches!(used.field, GuestOs | Generation | Memory | PowerState | Vcpus | VmCloud))
}

fn key(vm: &Vm) -> Key<'_> {
    Key { id: vm.id.value(), name: vm.name.value(), host: vm.host.value() }
}

impl Merge<'_> {
    fn place(&mut self, assembly: &mut Assembly, mut row: MachineRow, index: usize) -> Fate {
        strip_own_name(&mut row.vm);
        forget_services_of_a_stopped_guest(&mut row.vm);
        if let Some(entry) = self.continued(&row.vm) {
            return self.join(assembly, entry, row);
        }
        self.current = None;
        if let Some(reason) = machine_not_counted(&row).filter(|_| row.vm.name.is_known()) {
            return self.leave_out(assembly, &row.vm, reason);
        }
        let found = assembly.registry.find(key(&row.vm), &self.title);
        let one_per_row = self.begins && !self.several_rows;
        if one_per_row && let Some(fate) = self.again(assembly, &row.vm, &found, index) {
            if let Match::One(entry, _) = found
                && let Target::Machine(number) = assembly.registry.target(entry)
            {
                conflicts::note_host(&assembly.estate.vms[*number], &row.vm, &mut assembly.doubts);
            }
            return fate;
        }
        match found {
            Match::None | Match::Several | Match::One(..) if self.is_another(assembly, &row.vm, &found) => {
                self.begin(assembly, row)
            }
            Match::One(entry, _) => self.join(assembly, entry, row),
            Match::None if row.vm.name.value().is_none() => Fate::Out(exclude::NAMELESS.into()),
            Match::None => Fate::Out(exclude::NO_MACHINE.into()),
            Match::Several => {
                assembly.doubts.several(row.vm.seen);
                Fate::Out(exclude::SEVERAL_MACHINES.into())
            }
        }
    }

    /// The entry of the row before, when this row goes on with its machine.
    fn continued(&mut self, vm: &Vm) -> Option<u32> {
        let current = self.current.as_mut().filter(|_| self.several_rows)?;
        let follows = current.row + 1 == vm.seen.row;
        let agrees = |mine: Option<&Name>, theirs: Option<&Name>, same: fn(&str, &str) -> bool| match (mine, theirs) {
            (Some(mine), Some(theirs)) => same(mine, theirs),
            (None, _) | (_, None) => true,
        };
        let goes_on = follows
            && agrees(vm.name.value(), Some(&current.name), str::eq_ignore_ascii_case)
            && agrees(vm.id.value(), current.id.as_ref(), str::eq_ignore_ascii_case)
            && agrees(vm.host.value(), current.host.as_ref(), same_server);
        goes_on.then(|| {
            current.row = vm.seen.row;
            current.entry
        })
    }

    /// What becomes of a row whose machine the same list has already; `None` when it is not such a row.
    fn again(&self, assembly: &Assembly, vm: &Vm, found: &Match, index: usize) -> Option<Fate> {
        let registry = &assembly.registry;
        let in_this_table = |entry: u32| match registry.target(entry) {
            Target::Machine(known) => {
                Some(assembly.estate.vms[*known].seen).filter(|seen| seen.table == self.table.index)
            }
            Target::Out(_) => None,
        };
        if let Match::One(entry, By::Id | By::IdElsewhere) = found {
            return in_this_table(*entry).map(|_| Fate::Out(exclude::DUPLICATE_ID.into()));
        }
        let row = self.table.grid.row(index);
        let rows = registry.named(vm.name.value()).filter_map(|entry| in_this_table(entry)?.row.into());
        rows.filter_map(|number| self.table.grid.row_numbered(number))
            .any(|known| known.cells().eq(row.cells()))
            .then(|| Fate::Out(exclude::DUPLICATE_ROW.into()))
    }

    /// Whether a row begins a machine, by what was found under its keys.
    fn is_another(&self, assembly: &Assembly, vm: &Vm, found: &Match) -> bool {
        if !self.begins || !vm.name.is_known() {
            return false;
        }
        let registry = &assembly.registry;
        let in_this_table = |entry: u32| match registry.target(entry) {
            Target::Machine(known) => assembly.estate.vms[*known].seen.table == self.table.index,
            Target::Out(_) => false,
        };
        match found {
            Match::None => true,
            // A list with one row for each machine means another one by each of its rows.
            Match::Several => !self.several_rows && registry.named(vm.name.value()).all(in_this_table),
            Match::One(entry, by) => match registry.target(*entry) {
                Target::Machine(_) => !self.several_rows && in_this_table(*entry),
                // The primary of a replica left out has its GUID and name on another host.
                Target::Out(_) => matches!(by, By::IdElsewhere | By::Name),
            },
        }
    }

    fn begin(&mut self, assembly: &mut Assembly, row: MachineRow) -> Fate {
        let number = assembly.estate.vms.len();
        let entry = assembly.registry.add(key(&row.vm), &self.title, Target::Machine(number));
        if let Some(other) = &row.other_id {
            assembly.registry.add_id(entry, other);
        }
        self.remember(entry, &row.vm);
        let MachineRow { vm, disk, nic, columns, nic_columns, .. } = row;
        assembly.estate.vms.push(vm);
        assembly.hold_disks(number, disk, columns);
        assembly.hold_nics(number, nic, nic_columns);
        Fate::Subject
    }

    fn join(&mut self, assembly: &mut Assembly, entry: u32, row: MachineRow) -> Fate {
        let number = match assembly.registry.target(entry) {
            Target::Machine(number) => *number,
            Target::Out(reason) => {
                let reason = reason.clone();
                self.remember(entry, &row.vm);
                return Fate::Out(reason);
            }
        };
        assembly.registry.learn(entry, key(&row.vm));
        self.remember(entry, &row.vm);
        let MachineRow { vm, disk, nic, columns, nic_columns, .. } = row;
        let known = &mut assembly.estate.vms[number];
        conflicts::note(known, &vm, &mut assembly.doubts);
        if self.checkpoints {
            add_checkpoint(known, vm.seen);
        }
        known.fill(vm);
        assembly.hold_disks(number, disk, columns);
        assembly.hold_nics(number, nic, nic_columns);
        Fate::Joined
    }

    /// Registers a machine that is not counted, and takes it back if an earlier table began it.
    fn leave_out(&mut self, assembly: &mut Assembly, vm: &Vm, reason: Reason) -> Fate {
        let registry = &mut assembly.registry;
        let mut entry = None;
        if let Match::One(found, By::Id | By::NameAndHost) = registry.find(key(vm), &self.title) {
            match registry.target(found) {
                Target::Machine(number) => {
                    let began_elsewhere = assembly.estate.vms[*number].seen.table != self.table.index;
                    if began_elsewhere && reason.counted != "missing in VMM" {
                        assembly.removed.push((*number, reason.clone()));
                        registry.retarget(found, Target::Out(reason.clone()));
                        entry = Some(found);
                    }
                }
                Target::Out(_) => entry = Some(found),
            }
        }
        let entry = entry.unwrap_or_else(|| registry.add(key(vm), &self.title, Target::Out(reason.clone())));
        self.remember(entry, vm);
        Fate::Out(reason)
    }

    fn remember(&mut self, entry: u32, vm: &Vm) {
        if !self.several_rows {
            return;
        }
        if let Some(name) = vm.name.value() {
            let (id, host) = (vm.id.value().cloned(), vm.host.value().cloned());
            self.current = Some(Current { entry, row: vm.seen.row, id, name: Arc::clone(name), host });
        }
    }
}

/// Counts a checkpoint that has a row of its own, unless another table gave the number.
fn add_checkpoint(vm: &mut Vm, row: Origin) {
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
