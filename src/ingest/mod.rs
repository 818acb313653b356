//! Bytes in, facts out; never fails, adds notes.

use rayon::prelude::*;

use crate::model::{ColumnSeen, Declarations, Estate};

mod assemble;
pub mod cell;
pub mod columns;
pub mod limits;
pub mod open;
pub mod recognise;
mod refusal;
pub mod source;
pub mod table;

use assemble::Opened;
pub use assemble::check_declaration;
pub use recognise::dialect::Dialects;
use source::Source;

/// Reads every source and joins what they say into one estate; what cannot be read becomes a note.
#[must_use]
pub fn read(sources: &[Source], dialects: &Dialects) -> Estate {
    read_declared(sources, dialects, None)
}

/// Reads every source like [`read`], and takes in what the configuration file declares where no source tells.
#[must_use]
pub fn read_declared(sources: &[Source], dialects: &Dialects, declarations: Option<&Declarations>) -> Estate {
    let opened: Vec<Opened> = sources.par_iter().map(|source| open_one(source, dialects)).collect();
    let mut estate = assemble::assemble(sources, &opened, declarations);
    let tables = opened.iter().flat_map(|one| one.reading.grids.iter().zip(&one.recognitions));
    let seen: Vec<_> =
        tables.collect::<Vec<_>>().into_par_iter().map(|(grid, found)| recognise::seen::columns(grid, found)).collect();
    estate.columns = seen
        .into_iter()
        .enumerate()
        .flat_map(|(table, columns)| columns.into_iter().map(move |column| ColumnSeen { table, ..column }))
        .collect();
    estate
}

fn open_one(source: &Source, dialects: &Dialects) -> Opened {
    let mut reading = open::open(source);
    reading.grids = reading.grids.into_iter().flat_map(|grid| recognise::split::split(grid, dialects)).collect();
    let recognitions =
        reading.grids.par_iter().map(|grid| recognise::recognise(grid, &source.path, dialects)).collect();
    Opened { reading, recognitions }
}
