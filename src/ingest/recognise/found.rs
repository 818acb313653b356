//! What a table was found to be.

use crate::ingest::cell::culture::Culture;
use crate::ingest::columns::{ColumnUse, Listed, RowKind};
use crate::model::{Field, Phrase, ReadingSeen, Vocabulary};

/// What a table was found to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recognition {
    /// A table of the inventory.
    Table(Box<Recognised>),
    /// A known export that says nothing Klar reads.
    NotInventory {
        /// What the table is.
        taken_for: String,
        /// Why it is not read.
        why: Phrase,
        /// What its rows say that the user should settle, as a sentence.
        doubt: Option<Phrase>,
    },
    /// No known export.
    NotRecognised {
        /// The nearest match and the headings it lacks.
        why: Phrase,
    },
}

/// A table of the inventory with its headings understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recognised {
    /// The export's name for people: "Get-SCVirtualMachine", "machine list".
    pub title: String,
    /// Whose words its names of guest operating systems are in.
    pub vocabulary: Vocabulary,
    /// What a row speaks of.
    pub rows: RowKind,
    /// Whether each row is a checkpoint of its machine.
    pub checkpoints: bool,
    /// Whether it tells more of the machines of other lists, where there are such, and begins none beside them.
    pub yields: bool,
    /// Facts of its machine to which each row says yes by being there.
    pub says: Vec<Field>,
    /// Columns that say of a row that it is of a checkpoint and not of the machine as it is.
    pub of_checkpoints: Vec<u16>,
    /// The only type of Azure resource that it lists.
    pub lists: Option<Listed>,
    /// The headings as written, by column.
    pub header: Vec<String>,
    /// The first row of data, as an index into the grid's rows.
    pub first_data_row: usize,
    /// The columns that give a field, in order of column; where several give one field, the preferred one comes first
    /// and the others stand in where it is blank.
    pub columns: Vec<ColumnUse>,
    /// Columns of sizes that nothing explains, each of which may be one more disk of its machine.
    pub unnamed_sizes: Vec<u16>,
    /// How the table writes its numbers.
    pub culture: Culture,
    /// What there is to say about it, each a sentence.
    pub notes: Vec<Phrase>,
    /// How much of the table the reading explains.
    pub tally: Tally,
    /// The reading that comes next to it, with how much that explains.
    pub runner_up: Option<(String, Tally)>,
    /// That reading and this one, with why this one was taken.
    pub readings: Vec<ReadingSeen>,
    /// Why columns are read as they are, or not at all.
    pub told: Vec<Told>,
}

/// Why a column is read as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The column, from 0.
    pub column: u16,
    /// Why, as a part of a sentence.
    pub why: Phrase,
    /// What a column that is not used comes nearest to.
    pub nearest: Option<Field>,
}

/// How much of a table a reading explains.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tally {
    /// Different facts that its columns give.
    pub facts: usize,
    /// Cells that can be read as what their column gives.
    pub fit: usize,
    /// Cells that cannot.
    pub unfit: usize,
    /// Columns that hold something and are not used.
    pub dropped: usize,
}
