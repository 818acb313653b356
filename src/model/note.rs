//! What reading had to say: every note names its file and what to do.

use super::{Origin, Phrase};

words! {
    /// How much a note matters.
    Gravity {
        /// A file, sheet or row could not be used.
        Refused = "refused",
        /// A file is damaged in a place, and what could be read of it was.
        Broken = "broken",
        /// Something was read with a doubt the user should settle.
        Doubt = "doubt",
        /// Worth knowing, nothing to do.
        Remark = "remark",
    }
}

/// One thing reading had to say about an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// How much it matters.
    pub gravity: Gravity,
    /// The file, as the user named it.
    pub file: String,
    /// The sheet or JSON part, empty for a whole file or a text file.
    pub sheet: String,
    /// The cell or row, when one is meant.
    pub origin: Option<Origin>,
    /// What was seen, what was expected, what to do.
    pub text: Phrase,
}
