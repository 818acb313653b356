//! The places of the workbook that people fill in, and what they entered.

/// The columns that people fill in, in order.
pub(super) const ENTRIES: [&str; 4] = ["owner", "status", "due", "comment"];

/// The sheet of entries whose action or finding is no more.
pub(super) const CLOSED: &str = "Closed";

/// The columns of that sheet.
pub(super) const CLOSED_HEADS: [&str; 7] = ["kind", "id", "what_it_was", "owner", "status", "due", "comment"];

/// What was entered for one action or finding.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Entry {
    /// The entries, in the order of [`ENTRIES`].
    pub(super) cells: [Entered; 4],
    /// The action or finding in words, for when it is gone.
    pub(super) what: String,
}

/// An entry of one cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Entered {
    #[default]
    Nothing,
    Text(String),
    Number(f64),
    /// Days since 1899-12-30.
    Date(f64),
}
