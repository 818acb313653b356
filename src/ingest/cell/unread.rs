//! Why a cell gave no value.

/// Why a cell gave no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// The cell holds nothing.
    Blank,
    /// The cell says that the value is not known: "Unknown", "n/a", "-", or a type name in its place.
    Unsaid,
    /// The cell holds something else than this kind of value.
    Unreadable,
}
