//! Recognised tables to one estate: whose row is whose, what is left out and why.

use super::columns::RowKind;
use super::recognise::Recognition;
use super::source::{Reading, Source};
use crate::model::{Declarations, Estate};

mod arm;
mod assembly;
mod attached;
mod azure;
mod azure_gaps;
mod azure_parts;
mod conflicts;
mod declare;
mod disks;
mod doubts;
mod duplicates;
mod exclude;
mod hard_disks;
mod held;
mod hosts;
mod links;
mod listing;
mod machines;
mod nics;
mod parts;
mod registry;
mod seen;
mod servers;
mod stage;
mod vmm;
mod volumes;

use assembly::Assembly;
pub use declare::check_declaration;
use stage::Table;

/// A file that was opened, with what each of its tables was found to be.
pub(super) struct Opened {
    pub reading: Reading,
    pub recognitions: Vec<Recognition>,
}

/// Joins everything that was opened into an estate, and what is declared of it.
pub(super) fn assemble(sources: &[Source], opened: &[Opened], declarations: Option<&Declarations>) -> Estate {
    let mut assembly = Assembly::default();
    let mut grids = Vec::new();
    let mut tables = Vec::new();
    for (number, (source, opened)) in sources.iter().zip(opened).enumerate() {
        assembly.file(source, &opened.reading);
        for (grid, recognition) in opened.reading.grids.iter().zip(&opened.recognitions) {
            let Ok(index) = u16::try_from(assembly.estate.tables.len()) else {
                assembly.too_many_tables(source);
                break;
            };
            grids.push(Some(grid));
            if let Some(recognised) = assembly.table(number, grid, recognition) {
                let table = Table::new(index, grid, recognised);
                assembly.estate.tables[usize::from(index)].rows.read = table.data().len() as u64;
                tables.push(table);
            }
        }
    }
    take(&mut assembly, &tables);
    if let Some(declarations) = declarations {
        declare::apply(&mut assembly.estate, declarations);
    }
    links::link(&mut assembly.estate);
    let Assembly { mut estate, doubts, .. } = assembly;
    doubts.write(&mut estate, &grids);
    duplicates::note(&mut estate);
    azure_gaps::note(&mut estate);
    estate.left_out.sort_by_key(|row| (row.origin.table, row.origin.row));
    estate
}

/// Takes the tables in, those that begin subjects first, so that the order of files does not matter to joins.
fn take(assembly: &mut Assembly, tables: &[Table<'_>]) {
    let of = |wanted: &'static [RowKind]| {
        tables.iter().copied().filter(move |table| wanted.contains(&table.recognised.rows))
    };
    let lists_machines = of(&[RowKind::Machine]).any(|table| !table.data().is_empty());
    of(&[RowKind::Machine]).for_each(|table| machines::take(assembly, table, false));
    of(&[RowKind::MachineDisk, RowKind::MachineNic]).for_each(|table| machines::take(assembly, table, lists_machines));
    of(&[RowKind::MachineDetail]).for_each(|table| machines::take(assembly, table, true));
    of(&[RowKind::Drive]).for_each(|table| disks::take_drives(assembly, table));
    let files: Vec<Table<'_>> = of(&[RowKind::HardDisk]).collect();
    hard_disks::take(assembly, &files);
    assembly.estate.vms.iter_mut().for_each(disks::join_same_files);
    assembly.release_disks();
    of(&[RowKind::Nic]).for_each(|table| nics::take(assembly, table));
    assembly.release_nics();
    assembly.drop_removed();
    disks::finish(&mut assembly.estate);
    hosts::take(assembly, tables);
    vmm::take(assembly, tables);
    volumes::take(assembly, tables);
    azure::take(assembly, tables);
}
