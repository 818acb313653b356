//! Text to size, count, yes or no: the only place that parses cells.

use crate::model::{Fact, Field, Missing, Origin, Why};

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

/// A fact from what reading its cell gave.
pub fn fact<T>(read: Result<T, Unread>, field: Field, origin: Origin) -> Fact<T> {
    let why = match read {
        Ok(value) => return Fact::known(value, origin),
        Err(Unread::Blank) => Why::Absent,
        Err(Unread::Unsaid) => Why::Unsaid(origin),
        Err(Unread::Unreadable) => Why::Unreadable(origin),
    };
    Fact::Missing(Missing { field, why })
}
