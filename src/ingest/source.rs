//! A file's bytes as the outside hands them in, and what reading it gave.

use super::table::Grid;
use crate::model::{Arg, Gravity, Identity, Note, Phrase};

/// An input file, already read into memory.
#[derive(Clone, Debug)]
pub struct Source {
    /// The path as the user named it, with `/` between parts.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// SHA-256 of the bytes, in lower-case hexadecimal.
    pub sha256: String,
}

impl Source {
    /// The file's own name, without its folders.
    #[must_use]
    pub fn file_name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// That name, as what goes into a sentence.
    #[must_use]
    pub fn named(&self) -> Arg {
        Arg::named(Identity::File, self.file_name())
    }

    /// A note about this file, or about one of its sheets if `sheet` is not empty.
    #[must_use]
    pub fn note(&self, gravity: Gravity, sheet: &str, text: impl Into<Phrase>) -> Note {
        Note { gravity, file: self.path.clone(), sheet: sheet.to_owned(), origin: None, text: text.into() }
    }
}

/// What a file's bytes turned out to hold.
#[derive(Debug, Default)]
pub struct Reading {
    /// Its tables, in order of position.
    pub grids: Vec<Grid>,
    /// What there is to say about it.
    pub notes: Vec<Note>,
    /// Why the whole file could not be used, when it could not; a note says the same.
    pub refused: Option<Phrase>,
}
