//! Which export a table is.

use super::columns::{ColumnUse, RowKind};
use super::culture::Culture;

/// What a table was found to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recognition {
    /// A table of the inventory.
    Table(Recognised),
    /// A known export that says nothing Klar reads.
    NotInventory {
        /// What the table is.
        taken_for: String,
        /// Why it is not read.
        why: String,
    },
    /// No known export.
    NotRecognised {
        /// The nearest match and the headings it lacks.
        why: String,
    },
}

/// A table of the inventory with its headings understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recognised {
    /// The export's name for people: "Get-SCVirtualMachine", "machine list".
    pub title: String,
    /// What a row speaks of.
    pub rows: RowKind,
    /// The headings as written, by column.
    pub header: Vec<String>,
    /// The first row of data, as an index into the grid's rows.
    pub first_data_row: usize,
    /// The columns that give a field, in order of column.
    pub columns: Vec<ColumnUse>,
    /// How the table writes its numbers.
    pub culture: Culture,
    /// What there is to say about it, each a sentence.
    pub notes: Vec<String>,
}
