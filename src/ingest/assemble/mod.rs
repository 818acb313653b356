//! Recognised tables to one estate: whose row is whose, what is left out and why.

use rustc_hash::{FxHashMap, FxHashSet};

use super::columns::RowKind;
use super::recognise::{Recognised, Recognition};
use super::source::{Reading, Source};
use super::table::Grid;
use crate::model::{Declarations, Estate, FileInfo, Gravity, Nic, Note, RowCount, TableInfo};

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
mod machines;
mod nics;
mod parts;
mod registry;
mod seen;
mod servers;
mod stage;
mod vmm;
mod volumes;

pub use declare::check_declaration;
use doubts::Doubts;
use exclude::Reason;
use registry::Registry;
use stage::{Part, Staged, Table};

/// A file that was opened, with what each of its tables was found to be.
pub(super) struct Opened {
    pub reading: Reading,
    pub recognitions: Vec<Recognition>,
}

/// The estate while tables are still being taken in.
#[derive(Default)]
struct Assembly {
    estate: Estate,
    registry: Registry,
    doubts: Doubts,
    /// Machines that a later table says are not to be counted.
    removed: Vec<(usize, Reason)>,
    /// Disks of machines' own rows, held until the tables of drives are read.
    held_disks: Vec<held::HeldDisk>,
    /// Adapters of machines' own rows, held likewise.
    held_nics: Vec<(usize, Nic)>,
    /// VHD files, by lower-case path or GUID, of machines that are not in the estate.
    foreign_files: FxHashSet<String>,
    /// Whether any table says which machine has which VHD file.
    files_claimed: bool,
}

/// What became of a row.
enum Fate {
    /// It began a subject.
    Subject,
    /// It told more of one.
    Joined,
    /// It is left out.
    Out(Reason),
    /// Not settled before every table is read; whoever settles it counts it.
    Open,
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
    assembly.take(&tables);
    if let Some(declarations) = declarations {
        declare::apply(&mut assembly.estate, declarations);
    }
    links::link(&mut assembly.estate);
    let Assembly { mut estate, doubts, .. } = assembly;
    doubts.write(&mut estate, &grids);
    duplicates::note(&mut estate);
    azure_gaps::note(&mut estate);
    estate
}

impl Assembly {
    fn file(&mut self, source: &Source, reading: &Reading) {
        self.estate.files.push(FileInfo {
            path: source.path.clone(),
            bytes: source.bytes.len() as u64,
            sha256: source.sha256.clone(),
            refused: reading.refused.clone(),
        });
        self.estate.notes.extend(reading.notes.iter().cloned());
    }

    fn too_many_tables(&mut self, source: &Source) {
        let text =
            format!("more than {} tables were given; the rest of this file is not read. Give fewer files.", u16::MAX);
        let (file, sheet) = (source.path.clone(), String::new());
        self.estate.notes.push(Note { gravity: Gravity::Refused, file, sheet, origin: None, text });
    }

    /// Lists a table with what it was found to be.
    fn table<'a>(&mut self, file: usize, grid: &Grid, recognition: &'a Recognition) -> Option<&'a Recognised> {
        let read = (0..grid.row_count()).filter(|index| !exclude::is_blank(grid.row(*index))).count() as u64;
        let mut info = TableInfo {
            file,
            sheet: grid.sheet.clone(),
            taken_for: String::new(),
            columns: grid.header.clone().unwrap_or_default(),
            read_as: Vec::new(),
            units: Vec::new(),
            is_sheet: grid.is_sheet,
            rows: RowCount::default(),
        };
        let mut note = |gravity: Gravity, text: &str| {
            let (file, sheet) = (self.estate.files[file].path.clone(), grid.sheet.clone());
            self.estate.notes.push(Note { gravity, file, sheet, origin: None, text: text.to_owned() });
        };
        let recognised = match recognition {
            Recognition::Table(recognised) => {
                recognised.notes.iter().for_each(|text| note(Gravity::Doubt, text));
                info.taken_for.clone_from(&recognised.title);
                info.columns.clone_from(&recognised.header);
                (info.read_as, info.units) = read_as(recognised);
                Some(recognised)
            }
            Recognition::NotInventory { taken_for, why } => {
                note(Gravity::Remark, why);
                info.taken_for.clone_from(taken_for);
                None
            }
            // Workbooks come with empty sheets that nobody meant to fill.
            Recognition::NotRecognised { why } if grid.is_sheet && read == 0 => {
                note(Gravity::Remark, why);
                "an empty sheet".clone_into(&mut info.taken_for);
                None
            }
            Recognition::NotRecognised { why } => {
                note(Gravity::Refused, why);
                "not recognised".clone_into(&mut info.taken_for);
                None
            }
        };
        if recognised.is_none() && read > 0 {
            info.rows.read = read;
            info.rows.left_out.push((exclude::NOT_INVENTORY.to_owned(), read));
        }
        self.estate.tables.push(info);
        recognised
    }

    /// Takes the tables in, those that begin subjects first, so that the order of files does not matter to joins.
    fn take(&mut self, tables: &[Table<'_>]) {
        let of = |wanted: &'static [RowKind]| {
            tables.iter().copied().filter(move |table| wanted.contains(&table.recognised.rows))
        };
        let lists_machines = of(&[RowKind::Machine]).any(|table| !table.data().is_empty());
        of(&[RowKind::Machine]).for_each(|table| machines::take(self, table, false));
        of(&[RowKind::MachineDisk, RowKind::MachineNic]).for_each(|table| machines::take(self, table, lists_machines));
        of(&[RowKind::MachineDetail]).for_each(|table| machines::take(self, table, true));
        of(&[RowKind::Drive]).for_each(|table| disks::take_drives(self, table));
        let files: Vec<Table<'_>> = of(&[RowKind::HardDisk]).collect();
        hard_disks::take(self, &files);
        self.estate.vms.iter_mut().for_each(disks::join_same_files);
        self.release_disks();
        of(&[RowKind::Nic]).for_each(|table| nics::take(self, table));
        self.release_nics();
        self.drop_removed();
        disks::finish(&mut self.estate);
        hosts::take(self, tables);
        vmm::take(self, tables);
        volumes::take(self, tables);
        azure::take(self, tables);
    }

    /// Reads a table's rows, each with its index in the grid, and counts what became of them.
    fn rows<P: Part>(&mut self, table: &Table<'_>, mut place: impl FnMut(&mut Self, P, usize) -> Fate) {
        let mut doubts = std::mem::take(&mut self.doubts);
        table.stage(
            |row: Staged<P>| {
                let fate = match row.part {
                    Ok(part) => place(self, part, row.index),
                    Err(reason) => Fate::Out(reason.into()),
                };
                self.count(table.index, fate);
            },
            |origin, trouble| doubts.cell(origin, trouble),
        );
        doubts.append(&mut self.doubts);
        self.doubts = doubts;
    }

    fn count(&mut self, table: u16, fate: Fate) {
        let rows = &mut self.estate.tables[usize::from(table)].rows;
        match fate {
            Fate::Subject => rows.subjects += 1,
            Fate::Joined => rows.joined += 1,
            Fate::Out(reason) => rows.leave_out(&reason),
            Fate::Open => {}
        }
    }

    /// Takes back machines that a later table said are not to be counted; their rows are left out after all.
    fn drop_removed(&mut self) {
        if self.removed.is_empty() {
            return;
        }
        let mut reasons: FxHashMap<usize, Reason> = FxHashMap::default();
        for (number, reason) in std::mem::take(&mut self.removed) {
            reasons.entry(number).or_insert(reason);
        }
        let vms = std::mem::take(&mut self.estate.vms);
        for (number, vm) in vms.into_iter().enumerate() {
            let Some(reason) = reasons.remove(&number) else {
                self.estate.vms.push(vm);
                continue;
            };
            self.estate.tables[usize::from(vm.seen.table)].rows.subjects -= 1;
            self.count(vm.seen.table, Fate::Out(reason));
        }
    }
}

/// For each heading, the key of the field it was read as, and the unit.
fn read_as(recognised: &Recognised) -> (Vec<String>, Vec<&'static str>) {
    let mut read_as = vec![String::new(); recognised.header.len()];
    let mut units = vec![""; recognised.header.len()];
    for used in &recognised.columns {
        let column = usize::from(used.column);
        if let Some(key) = read_as.get_mut(column).filter(|key| key.is_empty()) {
            used.field.key().clone_into(key);
            units[column] = used.unit.title();
        }
    }
    (read_as, units)
}
