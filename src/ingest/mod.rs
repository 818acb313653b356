//! Bytes in, facts out; never fails, adds notes.

use rayon::prelude::*;

use crate::model::{ColumnSeen, Declarations, Estate, Include, ReadingSeen, Stands};

mod assemble;
pub mod cell;
pub mod columns;
pub mod limits;
pub mod open;
pub mod recognise;
mod refusal;
mod secrets;
pub mod source;
pub mod table;

use assemble::Opened;
pub use assemble::check_declaration;
use limits::Budget;
use recognise::Recognition;
pub use recognise::dialect::Dialects;
use source::Source;

/// Reads every source and joins what they say into one estate; what cannot be read becomes a note.
#[must_use]
pub fn read(sources: &[Source], dialects: &Dialects) -> Estate {
    read_spending(sources, dialects, None, &[], &Budget::default())
}

/// Reads every source like [`read`], and takes in what the configuration file declares where no source tells.
#[must_use]
pub fn read_declared(sources: &[Source], dialects: &Dialects, declarations: Option<&Declarations>) -> Estate {
    read_spending(sources, dialects, declarations, &[], &Budget::default())
}

/// Reads every source like [`read_declared`], within a budget, and takes in what is left out unless asked for. Once that is overdrawn, nothing is made of what was read.
#[must_use]
pub fn read_spending(
    sources: &[Source],
    dialects: &Dialects,
    declarations: Option<&Declarations>,
    include: &[Include],
    budget: &Budget,
) -> Estate {
    let mut opened: Vec<Opened> = Vec::with_capacity(sources.len());
    for batch in open::batches(sources) {
        opened.par_extend(sources[batch].par_iter().map(|source| open_one(source, dialects, budget)));
    }
    if budget.overdrawn().is_some() {
        return Estate::default();
    }
    let mut estate = assemble::assemble(sources, &opened, declarations, include, &dialects.carried);
    budget.spend_machines(limits::count(estate.vms.len()));
    if budget.overdrawn().is_some() {
        return Estate::default();
    }
    let tables: Vec<_> = sources
        .iter()
        .zip(&opened)
        .flat_map(|(source, one)| {
            one.reading.grids.iter().zip(&one.recognitions).map(|table| (source.path.as_str(), table))
        })
        .collect();
    for (number, (_, (_, recognition))) in tables.iter().enumerate() {
        if let Recognition::Table(found) = recognition {
            let readings = found.readings.iter().cloned();
            estate.readings.extend(readings.map(|reading| ReadingSeen { table: number, ..reading }));
        }
    }
    let seen: Vec<_> = tables
        .into_par_iter()
        .map(|(file, (grid, found))| recognise::seen::columns(grid, found, file, dialects))
        .collect();
    estate.columns = seen
        .into_iter()
        .enumerate()
        .flat_map(|(table, columns)| columns.into_iter().map(move |column| ColumnSeen { table, ..column }))
        .collect();
    find_elsewhere(&mut estate);
    estate
}

/// Tells columns that are to be carried through and stand in other tables than those of machines from those that stand nowhere.
fn find_elsewhere(estate: &mut Estate) {
    for carried in estate.carried.iter_mut().filter(|carried| carried.stands == Stands::Nowhere) {
        let wanted = recognise::heading_key(&carried.heading);
        if estate.columns.iter().any(|seen| recognise::heading_key(&seen.heading) == wanted) {
            carried.stands = Stands::Elsewhere;
        }
    }
}

fn open_one(source: &Source, dialects: &Dialects, budget: &Budget) -> Opened {
    let mut reading = open::open_spending(source, budget);
    secrets::withhold(source, &mut reading.grids, &mut reading.notes);
    reading.grids = reading.grids.into_iter().flat_map(|grid| recognise::split::split(grid, dialects)).collect();
    let recognitions: Vec<Recognition> =
        reading.grids.par_iter().map(|grid| recognise::recognise(grid, &source.path, dialects)).collect();
    for (grid, recognition) in reading.grids.iter().zip(&recognitions) {
        if let Recognition::Table(_) = recognition {
            budget.spend_rows(limits::count(grid.row_count()));
        }
    }
    Opened { reading, recognitions }
}
