//! A catalogue folder from outside: its files in memory, and why one cannot be used.

use thiserror::Error;

use super::{CatalogueError, EditionError};

/// A file of a catalogue folder, already read into memory.
#[derive(Clone, Debug)]
pub struct CatalogueFile {
    /// Its path below the folder, with `/` between parts: "requirements/azure-vm/2027-03.toml".
    pub name: String,
    /// Its path as messages and reports show it.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl CatalogueFile {
    /// Its text.
    ///
    /// # Errors
    /// When its bytes are no UTF-8.
    pub fn text(&self) -> Result<&str, CarriedError> {
        std::str::from_utf8(&self.bytes).map_err(|_| CarriedError::Encoding { file: self.path.clone() })
    }

    /// Whether it describes an export, which is for the readers and not for the catalogue.
    #[must_use]
    pub fn is_dialect(&self) -> bool {
        self.name.strip_prefix("dialects/").is_some_and(|name| name.strip_suffix(".toml").is_some())
    }

    /// The language it holds words in, "en" of "wording/en.toml".
    pub(super) fn language(&self) -> Option<&str> {
        let language = self.name.strip_prefix("wording/")?.strip_suffix(".toml")?;
        let is_code = language.len() == 2 && language.bytes().all(|letter| letter.is_ascii_lowercase());
        is_code.then_some(language)
    }
}

/// A catalogue file from outside that cannot be used.
#[derive(Debug, Error)]
pub enum CarriedError {
    /// It is no edition.
    #[error(transparent)]
    Edition(#[from] EditionError),
    /// It is no list of guest operating systems, or of releases.
    #[error(transparent)]
    GuestOs(#[from] CatalogueError),
    /// It is no list of sizes, disks or regions.
    #[error("{file}: {problem}. Compare it with the file of that name in the program's templates.")]
    List {
        /// The file.
        file: String,
        /// The line and what is wrong with it.
        problem: String,
    },
    /// It is not what documents say of planning.
    #[error("{file}: {problem}. Compare it with the file of that name that `klar template catalogue` writes.")]
    Planning {
        /// The file.
        file: String,
        /// What is wrong, with its line where one can be told.
        problem: String,
    },
    /// Its bytes are no text.
    #[error("{file}: its bytes are no UTF-8 text. Save it as UTF-8.")]
    Encoding {
        /// The file.
        file: String,
    },
    /// An edition says that it is another than its place says.
    #[error("{file}: says that it is {id}. Put it at requirements/{place}.toml of the catalogue folder.")]
    Misplaced {
        /// The file.
        file: String,
        /// What it says that it is.
        id: String,
        /// Where that belongs.
        place: String,
    },
    /// A requirement of an edition lacks a limit, or has one that no edition known gives it.
    #[error(
        "{file}: the requirement {check} {problem}, so that it would not be judged. Compare it with `klar rules explain {check}`."
    )]
    Limit {
        /// The file.
        file: String,
        /// The requirement.
        check: String,
        /// What is wrong with its limits.
        problem: String,
    },
    /// It is no list of words by check.
    #[error(
        "{file}: {problem}. Each part is headed by a check, [os-disk-over-limit], and holds summary, remedy, or both."
    )]
    Wording {
        /// The file.
        file: String,
        /// What is wrong with it.
        problem: String,
    },
    /// It is none of the files a catalogue has.
    #[error(
        "{file}: no file of a catalogue has that place. A catalogue folder holds requirements/TARGET/EDITION.toml, guest_os.toml, releases.toml, sizes.csv, disks.csv, regions.csv, planning.toml, import_names.csv, wording/LANGUAGE.toml and dialects/NAME.toml; take other files out."
    )]
    Stranger {
        /// The file.
        file: String,
    },
}
