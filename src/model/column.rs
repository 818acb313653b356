//! How a table of an input was read, and each of its columns, used or not.

use super::{Field, Phrase};

/// A way in which a table can be read, with how much of the table that explains.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadingSeen {
    /// Index into the estate's tables.
    pub table: usize,
    /// What the table would be: an export's title, or a kind of list.
    pub title: String,
    /// What a row would speak of, in the word of the files of headings.
    pub rows: &'static str,
    /// Whether it was taken.
    pub taken: bool,
    /// Different facts that its columns give.
    pub facts: u64,
    /// Cells that can be read as what their column gives, of the first rows.
    pub fit: u64,
    /// Cells that cannot, of the first rows.
    pub unfit: u64,
    /// Columns that hold something and are not used.
    pub dropped: u64,
    /// Why it was taken, or was not: a sentence.
    pub why: Phrase,
}

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
    /// The number in its heading, where it is one of several such columns.
    pub number: Option<u16>,
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
    /// What else could have been read here, and why it was not.
    pub rivals: Vec<Rival>,
}

/// A meaning that lost: another column for what this one gives, or another meaning of this one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rival {
    /// The heading of the column that could have given it.
    pub heading: String,
    /// What it would have given.
    pub field: Field,
    /// Why it does not: a part of a sentence.
    pub why: Phrase,
}
