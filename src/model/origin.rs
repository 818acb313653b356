//! Where a value was seen: a table, a row and a column, small enough to keep for every fact.

/// The place a value was read from; [`crate::model::Estate`] resolves it to file, sheet and cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// Row as the user counts them: the sheet's row, the text file's line or the JSON array's item, from 1.
    pub row: u32,
    /// Index into the estate's tables.
    pub table: u16,
    /// Column of the table, from 0; [`Origin::WHOLE_ROW`] when the row as a whole is meant.
    pub column: u16,
}

impl Origin {
    /// The column number that stands for the whole row.
    pub const WHOLE_ROW: u16 = u16::MAX;

    /// The row as a whole, when no single cell holds the value.
    #[must_use]
    pub const fn row(table: u16, row: u32) -> Self {
        Self { row, table, column: Self::WHOLE_ROW }
    }
}
