//! How a column of an input was read, used or not.

use super::{Field, Phrase};

/// A column of a table, with what was made of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnSeen {
    /// Index into the estate's tables.
    pub table: usize,
    /// The column, from 0.
    pub column: u16,
    /// Its heading as written.
    pub heading: String,
    /// What it gives; `None` when it is not used.
    pub field: Option<Field>,
    /// The unit its numbers are read in, empty when it has none.
    pub unit: &'static str,
    /// Why it is read so, or why it is not used: a sentence.
    pub why: Phrase,
    /// Cells that hold something.
    pub values: u64,
    /// Cells of data rows that hold nothing.
    pub blank: u64,
    /// Cells that hold something the field cannot be read from.
    pub unreadable: u64,
    /// Its first different values, at most three, as written.
    pub samples: Vec<String>,
    /// What an unused column comes nearest to.
    pub nearest: Option<Field>,
    /// What to do, empty when nothing is.
    pub advice: Phrase,
}
