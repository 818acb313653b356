//! Recognised tables to one estate: whose row is whose, what is left out and why.

use super::columns::RowKind;
use super::recognise::Recognition;
use super::source::{Reading, Source};
use super::table::Value;
use crate::model::{Declarations, Estate, Field, Include};

mod ages;
mod any_part;
mod apart;
mod arm;
mod assembly;
mod attached;
mod azure;
mod azure_gaps;
mod azure_parts;
mod borne;
mod bounds;
mod called;
mod composed;
mod computers;
mod conflicts;
mod counted;
mod declare;
mod disks;
mod doubts;
mod duplicates;
mod exclude;
mod filled_in;
mod filled_parts;
mod foreign;
mod hard_disks;
mod held;
mod host_names;
mod hosts;
mod in_azure;
mod links;
mod listed_hosts;
mod listing;
mod machines;
mod memory;
mod mentions;
mod nics;
mod no_subject;
mod notes;
mod own_row;
mod parts;
mod paths;
mod registry;
mod remarks;
mod repeats;
mod role;
mod seen;
mod servers;
mod sites;
mod stage;
mod through;
mod vmm;
mod volumes;

use assembly::Assembly;
pub use declare::check_declaration;
use filled_in::FilledIn;
use host_names::HostNames;
use stage::Table;
use through::Carry;

/// A file that was opened, with what each of its tables was found to be.
pub(super) struct Opened {
    pub reading: Reading,
    pub recognitions: Vec<Recognition>,
}

/// Joins everything that was opened into an estate, and what is declared of it.
pub(super) fn assemble(
    sources: &[Source],
    opened: &[Opened],
    declarations: Option<&Declarations>,
    include: &[Include],
    carried: &[String],
) -> Estate {
    let mut assembly = Assembly { include: include.to_vec(), ..Assembly::default() };
    let mut grids = Vec::new();
    let mut tables = Vec::new();
    let mut filled_in = Vec::new();
    for (number, (source, opened)) in sources.iter().zip(opened).enumerate() {
        assembly.file(source, &opened.reading);
        for (grid, recognition) in opened.reading.grids.iter().zip(&opened.recognitions) {
            let Ok(index) = u16::try_from(assembly.estate.tables.len()) else {
                assembly.too_many_tables(source);
                break;
            };
            grids.push(Some(grid));
            let day = assembly.estate.files[number].exported.map(|exported| exported.day);
            let kind = match recognition {
                Recognition::Table(recognised) => order(recognised.rows),
                Recognition::NotInventory { .. } | Recognition::NotRecognised { .. } => order(RowKind::RoleAssignment),
            };
            assembly.ages.add(day, (kind << u16::BITS) + u32::from(index));
            if let Some(list) = FilledIn::of(grid, number, index) {
                assembly.list_filled_in(&list);
                filled_in.push(list);
            } else if let Some(recognised) = assembly.table(number, grid, recognition) {
                let table = Table::new(number, index, grid, recognised);
                assembly.estate.tables[usize::from(index)].rows.read = table.data().len() as u64;
                tables.push(table);
            }
        }
    }
    assembly.carry = Carry::of(carried, &tables);
    take(&mut assembly, &tables, &filled_in);
    if let Some(declarations) = declarations {
        declare::apply(&mut assembly.estate, declarations);
    }
    foreign::leave_out(&mut assembly);
    assembly.leave_out_hosts();
    links::link(&mut assembly.estate);
    let Assembly { mut estate, doubts, .. } = assembly;
    doubts.write(&mut estate, &grids);
    duplicates::note(&mut estate);
    azure_gaps::note(&mut estate);
    apart::note(&mut estate);
    bounds::doubt(&mut estate);
    bounds::note(&mut estate);
    estate.left_out.sort_by_key(|row| (row.origin.table, row.origin.row));
    estate
}

/// Takes the tables in, those that begin subjects first, so that the order of files does not matter to joins.
fn take(assembly: &mut Assembly, tables: &[Table<'_>], filled_in: &[FilledIn<'_>]) {
    let of = |wanted: &'static [RowKind]| {
        tables.iter().copied().filter(move |table| wanted.contains(&table.recognised.rows))
    };
    name_files(assembly, tables);
    assembly.host_names = HostNames::of(tables);
    assembly.tell_sites_apart(tables);
    let lists_machines = of(&[RowKind::Machine]).any(|table| !table.data().is_empty());
    let another_list = |table: &Table<'_>| lists_machines && table.recognised.rows != RowKind::Machine;
    let mut lists: Vec<Table<'_>> = of(&[RowKind::Machine, RowKind::MachineDisk, RowKind::MachineNic]).collect();
    // A row that tells where its machine is may begin one of several of a name; a row that does not has to wait.
    lists.sort_by_key(|table| {
        let (begins, items) = role::role(table, another_list(table));
        // A list that says what guests call themselves is read before those that may know them by that.
        let calls_guests = table.gives(|used| used.field == Field::ComputerName);
        (!(begins && tells_where(table)), !calls_guests, items.is_some())
    });
    let (own, yielding): (Vec<_>, Vec<_>) = lists.into_iter().partition(|table| !table.recognised.yields);
    for table in own {
        machines::take(assembly, table, another_list(&table));
    }
    let mut computers: Vec<Table<'_>> = of(&[RowKind::Computer]).collect();
    let is_first = assembly.estate.vms.is_empty();
    for table in yielding {
        match table.recognised.rows {
            RowKind::Machine if !is_first => computers.push(table),
            _ => machines::take(assembly, table, !is_first || another_list(&table)),
        }
    }
    // What details tell of guests' own names helps to know computers, unless those are the machines.
    let is_alone = assembly.estate.vms.is_empty();
    if is_alone {
        computers::take(assembly, std::mem::take(&mut computers));
    }
    of(&[RowKind::MachineDetail]).for_each(|table| machines::take(assembly, table, true));
    computers::take(assembly, computers);
    of(&[RowKind::Drive]).for_each(|table| disks::take_drives(assembly, table));
    let files: Vec<Table<'_>> = of(&[RowKind::HardDisk]).collect();
    hard_disks::take(assembly, &files);
    assembly.estate.vms.iter_mut().for_each(disks::join_same_files);
    assembly.release_disks();
    of(&[RowKind::Nic]).for_each(|table| nics::take(assembly, table));
    assembly.release_nics();
    of(&[RowKind::Mention]).for_each(|table| mentions::take(assembly, table));
    for list in filled_in {
        assembly.fill_in(list);
    }
    std::mem::take(&mut assembly.carry).give(&mut assembly.estate, tables);
    assembly.drop_removed();
    let ages = &assembly.ages;
    assembly.estate.vms.sort_by_key(|vm| (ages.rank(vm.seen), vm.seen.row));
    assembly.estate.vms.iter_mut().for_each(memory::settle);
    disks::finish(&mut assembly.estate);
    hosts::take(assembly, tables);
    vmm::take(assembly, tables);
    volumes::take(assembly, tables);
    for table in tables {
        assembly.read_remarks(table);
    }
    azure::take(assembly, tables);
}

/// Whether a list tells its machines apart by more than their names.
fn tells_where(table: &Table<'_>) -> bool {
    use crate::model::Field::{Site, VmCluster, VmHost, VmId, VmVcenter, VmVmmServer};
    table.gives(|used| matches!(used.field, VmId | VmHost | VmCluster | VmVmmServer | VmVcenter | Site))
}

/// Notes which machines each file names, which tells whether one was renamed.
fn name_files(assembly: &mut Assembly, tables: &[Table<'_>]) {
    for table in tables {
        let columns = table.recognised.columns.iter().filter(|used| used.field == Field::VmName);
        for used in columns {
            for name in table.data().filter_map(|index| table.grid.row(index).get(used.column)) {
                if let Value::Text(name) = name {
                    assembly.registry.note_name(table.file, name);
                }
            }
        }
    }
}

/// The place of a kind of table in the order in which tables are asked for a fact.
const fn order(rows: RowKind) -> u32 {
    match rows {
        RowKind::Machine => 0,
        RowKind::MachineDisk | RowKind::MachineNic => 1,
        RowKind::MachineDetail | RowKind::Computer => 2,
        RowKind::Drive => 3,
        RowKind::HardDisk => 4,
        RowKind::Nic => 5,
        RowKind::Host
        | RowKind::HostDetail
        | RowKind::Cluster
        | RowKind::ClusterDetail
        | RowKind::Cloud
        | RowKind::HostGroup
        | RowKind::VmmServer
        | RowKind::Volume
        | RowKind::Connection
        | RowKind::AzureResource
        | RowKind::Quota
        | RowKind::Sku
        | RowKind::Mention
        | RowKind::RoleAssignment => 6,
    }
}
