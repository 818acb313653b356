//! Rows of machine lists to machines: which begin one, which tell more of one, which are left out.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::any_part::add_parts;
use super::assembly::{Assembly, Fate};
use super::called::{same_machine, same_server};
use super::conflicts;
use super::counted::{machine_not_counted, stand_in};
use super::exclude::{self, Reason};
use super::in_azure::InAzure;
use super::listed_hosts::{Kinds, host_of};
use super::own_row::{
    add_checkpoint, host_by_computer, keep_name, name_by_its_computer, name_item, put_right, say_yes,
};
use super::parts::MachineRow;
use super::registry::{By, Export, Key, Match, Target};
use super::repeats::{Columns, Difference, names_item};
use super::role::{role, unmatched};
use super::stage::Table;
use crate::ingest::cell::{RowIs, is_guid};
use crate::ingest::columns::RowKind;
use crate::ingest::table::Row;
use crate::model::{Fact, Field, Include, Name, Vm};

/// The most rows of one machine that a further one is compared with.
const MOST_COMPARED: usize = 64;

/// Machine rows of one table on their way into the estate.
#[expect(clippy::struct_excessive_bools, reason = "each is a property of the table")]
struct Merge<'a> {
    table: Table<'a>,
    export: Export,
    columns: Columns,
    azure: InAzure,
    /// Whether a row may begin a machine.
    begins: bool,
    /// Whether a machine may have several rows, each with a disk or adapter of its own.
    items: Option<RowKind>,
    /// Whether each row is a checkpoint of its machine.
    checkpoints: bool,
    /// Whether each machine stands in a row above those of its disks or adapters.
    is_grouped: bool,
    /// What a column of kinds calls its rows.
    kinds: Kinds,
    /// Whether what it gives as the computer's name is that of the host.
    names_hosts: bool,
    current: Option<Current>,
    /// The entry of the row before and its number.
    last: Option<(u32, u32)>,
    /// The rows of this table that told of each entry.
    rows: FxHashMap<u32, Vec<u32>>,
}

/// The machine of the row before.
struct Current {
    entry: u32,
    row: u32,
    /// Its first row.
    head: u32,
    id: Option<Name>,
    name: Name,
    host: Option<Name>,
}

/// What a row repeats of its machine's earlier rows in the same list.
#[derive(Clone, Copy, Default)]
struct Repeated {
    disks: bool,
    nics: bool,
}

/// Takes the rows of a table of machines, or of more facts of machines.
pub(super) fn take(assembly: &mut Assembly, table: Table<'_>, another_list: bool) {
    let (begins, items) = role(&table, another_list);
    let checkpoints = table.recognised.checkpoints;
    let (export, columns, azure) = (table.export(), Columns::of(&table), InAzure::of(&table));
    let (rows, kinds) = (FxHashMap::default(), Kinds::of(&table));
    let names_hosts = assembly.host_names.are_all_computers_of(&table);
    let is_grouped = items.is_some() && columns.are_grouped(&table);
    let mut merge = Merge {
        table,
        export,
        columns,
        azure,
        begins,
        items,
        checkpoints,
        is_grouped,
        kinds,
        names_hosts,
        current: None,
        last: None,
        rows,
    };
    assembly.rows(&table, |assembly, row, index| merge.place(assembly, row, index));
}

impl Merge<'_> {
    fn place(&mut self, assembly: &mut Assembly, mut row: MachineRow, index: usize) -> Fate {
        put_right(&mut row, &self.table, assembly.sites.get(&self.table.index));
        if self.names_hosts {
            row.vm.host = host_by_computer(&mut row.vm);
        }
        say_yes(&mut row.vm, &self.table.recognised.says);
        let is_item = names_item(&self.table, self.table.grid.row(index), self.items.is_some());
        if let Some(entry) = self.continued(&row.vm, index, is_item) {
            if is_item {
                name_item(&mut row);
            }
            return self.join(assembly, entry, row, index);
        }
        if let Some(entry) = self.merged_with_above(&row.vm) {
            assembly.part_totals(entry, &mut row);
            return self.join(assembly, entry, row, index);
        }
        if is_item {
            return Fate::Out(exclude::OF_NO_MACHINE.into());
        }
        if let Some(id) = assembly.registry.id_in_place_of_name(&row.vm) {
            (row.vm.id, row.vm.name) = (id, Fact::absent(Field::VmName));
        }
        if self.begins {
            name_by_its_computer(&mut row.vm);
        }
        self.current = None;
        if row.marks.is == Some(RowIs::Host) && row.vm.name.is_known() {
            assembly.listed_hosts.push(host_of(row));
            return Fate::Open;
        }
        let reason = self.why_not_counted(&row, &assembly.include, index);
        row.vm.stand_in = stand_in(&row, &assembly.include);
        if let Some(reason) = reason.filter(|_| row.vm.name.is_known()) {
            return self.leave_out(assembly, &row.vm, reason);
        }
        match self.again(assembly, &row.vm, index) {
            Match::One(entry, _) => return self.repeat(assembly, entry, row, index),
            Match::Several => {
                assembly.doubts.several(row.vm.seen);
                return Fate::Out(exclude::SEVERAL_MACHINES.into());
            }
            Match::None => {}
        }
        let taken = |entry: u32| self.is_list() && self.rows.contains_key(&entry);
        let key = Key::of(&row.vm, &self.export);
        let found = assembly.registry.find(&key, &taken);
        if let Some(entry) = assembly.registry.by_computer(&key).filter(|_| found == Match::None) {
            row.vm.name = Fact::absent(Field::VmName);
            return self.join(assembly, entry, row, index);
        }
        match found {
            Match::None | Match::Several | Match::One(..) if self.is_another(assembly, &row.vm, &found) => {
                self.begin(assembly, row)
            }
            Match::One(entry, by) => {
                if by == By::Renamed {
                    assembly.rename(entry, &row.vm, &self.export);
                }
                self.join(assembly, entry, row, index)
            }
            Match::None if row.vm.name.value().is_none() => Fate::Out(exclude::NAMELESS.into()),
            Match::None => Fate::Out(unmatched(&self.table).into()),
            Match::Several => {
                assembly.doubts.several(row.vm.seen);
                Fate::Out(exclude::SEVERAL_MACHINES.into())
            }
        }
    }

    /// Why a row's machine is not counted.
    fn why_not_counted(&self, row: &MachineRow, include: &[Include], index: usize) -> Option<Reason> {
        // What stands on a host of the site runs there, whatever group of Azure it is planned for.
        let in_azure = !row.vm.host.is_known() && self.azure.says(self.table.grid.row(index));
        if in_azure && !include.contains(&Include::Azure) {
            return Some(exclude::IN_AZURE.into());
        }
        machine_not_counted(row, include).or_else(|| self.kinds.why_no_machine(row, include))
    }

    /// Whether the table has a row for each machine.
    fn is_list(&self) -> bool {
        self.begins && self.items.is_none()
    }

    fn row(&self, number: u32) -> Option<Row<'_>> {
        self.table.grid.row_numbered(number)
    }

    /// The entry of the row before, when this row goes on with its machine.
    ///
    /// A row without a name does where the sheet shows it: the row above fills a column that it fills as well, as rows of
    /// a machine's disks do, and rows of another section of the sheet do not.
    fn continued(&mut self, vm: &Vm, index: usize, is_item: bool) -> Option<u32> {
        let current = self.current.as_ref().filter(|_| self.items.is_some())?;
        let agrees = |mine: Option<&Name>, theirs: Option<&Name>, same: fn(&str, &str) -> bool| match (mine, theirs) {
            (Some(mine), Some(theirs)) => same(mine, theirs),
            (None, _) | (_, None) => true,
        };
        let shows = || {
            let (above, here) = (self.row(current.row), self.table.grid.row(index));
            let is_below =
                self.is_grouped && self.row(current.head).is_some_and(|head| self.columns.is_item_below(head, here));
            is_below || above.is_some_and(|above| self.columns.goes_on(above, here))
        };
        let goes_on = current.row + 1 == vm.seen.row
            && (is_item || agrees(vm.name.value(), Some(&current.name), same_machine))
            && agrees(vm.id.value(), current.id.as_ref(), str::eq_ignore_ascii_case)
            && agrees(vm.host.value(), current.host.as_ref(), same_server)
            && (vm.name.is_known() || shows());
        let entry = current.entry;
        if let Some(current) = self.current.as_mut().filter(|_| goes_on) {
            current.row = vm.seen.row;
        }
        goes_on.then_some(entry)
    }

    /// The entry of the row above, where the sheet shows one name for both.
    fn merged_with_above(&self, vm: &Vm) -> Option<u32> {
        let name = vm.name.need().ok()?.origin;
        let (entry, row) = self.last?;
        (self.table.grid.continued.contains(&(name.row, name.column)) && row + 1 == name.row).then_some(entry)
    }

    /// The machine of an earlier row of a list with a row for each machine that this row tells of again.
    ///
    /// Two such rows of one name are two machines, unless they bear one GUID or contradict each other nowhere.
    fn again(&self, assembly: &Assembly, vm: &Vm, index: usize) -> Match {
        if !self.is_list() {
            return Match::None;
        }
        let registry = &assembly.registry;
        let (key, row) = (Key::of(vm, &self.export), self.table.grid.row(index));
        let mut same = Vec::new();
        for entry in registry.numbers(key.name) {
            let Some(rows) = self.rows.get(&entry) else { continue };
            if matches!(registry.target(entry), Target::Out(_)) {
                continue;
            }
            let ids = key.id.zip(registry.id(entry));
            if ids.is_some_and(|(mine, theirs)| mine == theirs && is_guid(mine)) {
                return Match::One(entry, By::Id);
            }
            let agrees = key.place.agrees(registry.place(entry));
            if agrees == Some(false) || ids.is_some_and(|(mine, theirs)| mine != theirs) {
                continue;
            }
            let items_may_differ = agrees == Some(true);
            let known = rows.iter().take(MOST_COMPARED).filter_map(|number| self.row(*number));
            let mut differences = known.map(|known| self.columns.difference(known, row));
            if differences.all(|found| !found.other && (items_may_differ || !found.items)) {
                same.push(entry);
            }
        }
        match same[..] {
            [] => Match::None,
            [one] => Match::One(one, By::Name),
            _ => Match::Several,
        }
    }

    /// What becomes of a further row of a machine of the same list: the same row again, or one that tells more.
    fn repeat(&mut self, assembly: &mut Assembly, entry: u32, row: MachineRow, index: usize) -> Fate {
        let here = self.table.grid.row(index);
        let mut known = self.rows.get(&entry).into_iter().flatten().filter_map(|number| self.row(*number));
        if known.any(|known| self.columns.difference(known, here).none()) {
            let reason = if row.vm.id.is_known() { exclude::DUPLICATE_ID } else { exclude::DUPLICATE_ROW };
            return Fate::Out(reason.into());
        }
        self.join(assembly, entry, row, index)
    }

    /// Whether a row begins a machine, by what was found under its keys.
    fn is_another(&self, assembly: &Assembly, vm: &Vm, found: &Match) -> bool {
        if !self.begins || !vm.name.is_known() {
            return false;
        }
        match found {
            Match::None => true,
            Match::Several => false,
            Match::One(entry, by) => match assembly.registry.target(*entry) {
                Target::Machine(_) => false,
                // The primary of a replica left out has its GUID and name on another host.
                Target::Out(_) => matches!(by, By::IdElsewhere | By::Name),
            },
        }
    }

    fn begin(&mut self, assembly: &mut Assembly, row: MachineRow) -> Fate {
        let number = assembly.estate.vms.len();
        assembly.doubt_id(&row.vm, self.table.file);
        let entry = assembly.registry.add(Key::of(&row.vm, &self.export), Target::Machine(number));
        if let Some(other) = &row.other_id {
            assembly.registry.add_id(entry, other);
        }
        self.remember(assembly, entry, &row.vm);
        let MachineRow { vm, disk, nic, columns, nic_columns, .. } = row;
        assembly.carry.row(number, vm.seen);
        assembly.estate.vms.push(vm);
        assembly.hold_disks(number, disk, columns);
        assembly.hold_nics(number, nic, nic_columns);
        Fate::Subject
    }

    fn join(&mut self, assembly: &mut Assembly, entry: u32, row: MachineRow, index: usize) -> Fate {
        let number = match assembly.registry.target(entry) {
            Target::Machine(number) => *number,
            Target::Out(reason) => {
                let reason = reason.clone();
                self.remember(assembly, entry, &row.vm);
                return Fate::Out(reason);
            }
        };
        assembly.registry.learn(entry, Key::of(&row.vm, &self.export));
        let repeated = self.repeated(entry, index);
        self.remember(assembly, entry, &row.vm);
        let MachineRow { mut vm, disk, nic, columns, nic_columns, .. } = row;
        assembly.carry.row(number, vm.seen);
        let known = &mut assembly.estate.vms[number];
        keep_name(known, &mut vm);
        add_parts(known, &mut vm);
        conflicts::note(known, &mut vm, &assembly.ages, &mut assembly.doubts);
        if self.checkpoints {
            add_checkpoint(known, vm.seen);
        }
        known.stand_in = known.stand_in.or(vm.stand_in);
        let ages = &assembly.ages;
        known.merge(vm, &|theirs, mine| ages.believes(theirs, mine));
        if !repeated.disks {
            assembly.hold_disks(number, disk, columns);
        }
        if !repeated.nics {
            assembly.hold_nics(number, nic, nic_columns);
        }
        Fate::Joined
    }

    /// Whether a row tells of the disks and adapters of an earlier row of its machine again: rows may be repeated for
    /// each tag, application, adapter or disk.
    fn repeated(&self, entry: u32, index: usize) -> Repeated {
        let here = self.table.grid.row(index);
        let known = self.rows.get(&entry).into_iter().flatten().take(MOST_COMPARED);
        let known: Vec<(Row<'_>, Difference)> =
            known.filter_map(|number| self.row(*number)).map(|row| (row, self.columns.difference(row, here))).collect();
        let alike =
            |row: Row<'_>| known.iter().filter(|(other, _)| self.columns.difference(row, *other).none()).count();
        // A row that stands twice in a list of disks may be two disks of a size; once for each tag it is one.
        let more = alike(here) >= known.iter().map(|(row, _)| alike(*row)).max().unwrap_or(0);
        let mut repeated = Repeated::default();
        for (_, found) in &known {
            let for_another = found.several && !found.other && !more;
            repeated.disks |= !found.disks && (self.items != Some(RowKind::MachineDisk) || for_another || found.nics);
            repeated.nics |= !found.nics && (self.items != Some(RowKind::MachineNic) || for_another || found.disks);
        }
        repeated
    }

    /// Registers a machine that is not counted, and takes it back if an earlier table began it.
    fn leave_out(&mut self, assembly: &mut Assembly, vm: &Vm, reason: Reason) -> Fate {
        let registry = &mut assembly.registry;
        let mut entry = None;
        let found = registry.find(&Key::of(vm, &self.export), &|_| false);
        if let Match::One(found, By::Id | By::NameAndPlace) = found {
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
        let entry = entry.unwrap_or_else(|| registry.add(Key::of(vm, &self.export), Target::Out(reason.clone())));
        self.remember(assembly, entry, vm);
        Fate::Out(reason)
    }

    fn remember(&mut self, assembly: &mut Assembly, entry: u32, vm: &Vm) {
        if let Some(computer) = vm.computer_name.value().filter(|_| vm.name.is_known()) {
            assembly.registry.add_computer(entry, computer);
        }
        self.last = Some((entry, vm.seen.row));
        if self.is_list() || self.items.is_some() {
            self.rows.entry(entry).or_default().push(vm.seen.row);
        }
        if self.items.is_none() {
            return;
        }
        if let Some(name) = vm.name.value() {
            let (id, host) = (vm.id.value().cloned(), vm.host.value().cloned());
            let row = vm.seen.row;
            self.current = Some(Current { entry, row, head: row, id, name: Arc::clone(name), host });
        }
    }
}
