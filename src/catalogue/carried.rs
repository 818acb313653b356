//! Catalogue files from outside the program: laid out as `templates/`, they replace files of the same name and add others.

use std::collections::BTreeSet;
use std::str::FromStr;

use jiff::civil::Date;
use thiserror::Error;

use super::{
    Catalogue, CatalogueError, DiskTiers, Edition, EditionError, GuestOsCatalogue, Regions, Requirement, Sizes, digest,
    read_edition, wording,
};

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

/// A catalogue file that was carried in, as reports list it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// Its path as the user named it.
    pub path: String,
    /// Length in bytes.
    pub bytes: u64,
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// The day its facts were gathered, when it says so.
    pub date: Option<Date>,
}

/// A catalogue file from outside that cannot be used.
#[derive(Debug, Error)]
pub enum CarriedError {
    /// It is no edition.
    #[error(transparent)]
    Edition(#[from] EditionError),
    /// It is no list of guest operating systems.
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
        "{file}: no file of a catalogue has that place. A catalogue folder holds requirements/TARGET/EDITION.toml, guest_os.toml, sizes.csv, disks.csv, regions.csv, wording/LANGUAGE.toml and dialects/NAME.toml; take other files out."
    )]
    Stranger {
        /// The file.
        file: String,
    },
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
        self.name.starts_with("dialects/")
    }

    /// Whether it holds words for what checks say.
    fn is_wording(&self) -> bool {
        self.name.strip_prefix("wording/").is_some_and(|name| name.strip_suffix(".toml").is_some())
    }
}

impl Catalogue {
    /// The catalogue that the program carries, with files from outside in place of those of the same name.
    ///
    /// # Errors
    /// When a file cannot be used, with its name and what to do.
    pub fn with(files: &[CatalogueFile]) -> Result<Self, CarriedError> {
        let mut catalogue = Self::embedded()?;
        for file in files {
            catalogue.carry(file)?;
        }
        catalogue.sort();
        // Words are for requirements, whichever file brought those.
        for file in files.iter().filter(|file| file.is_wording()) {
            wording::apply(&mut catalogue, file)?;
        }
        Ok(catalogue)
    }

    fn carry(&mut self, file: &CatalogueFile) -> Result<(), CarriedError> {
        let text = file.text()?;
        let list = |error: csv::Error| CarriedError::List { file: file.path.clone(), problem: error.to_string() };
        let mut date = gathered(text);
        match file.name.as_str() {
            "guest_os.toml" => {
                self.guest_os = GuestOsCatalogue::parse(&file.path, text)?;
                date = Some(self.guest_os.retrieved());
            }
            "sizes.csv" => self.sizes = Sizes::parse(text).map_err(list)?,
            "disks.csv" => self.disks = DiskTiers::parse(text).map_err(list)?,
            "regions.csv" => self.regions = Regions::parse(text).map_err(list)?,
            _ if file.is_dialect() || file.is_wording() => {}
            name => {
                let place = name.strip_prefix("requirements/").and_then(|rest| rest.strip_suffix(".toml"));
                let place = place.ok_or_else(|| CarriedError::Stranger { file: file.path.clone() })?;
                let edition = read_edition(&file.path, text)?;
                date = Some(edition.retrieved);
                self.put(edition, place, file)?;
            }
        }
        self.carried.push(Carried {
            path: file.path.clone(),
            bytes: file.bytes.len() as u64,
            sha256: digest(&file.bytes),
            date,
        });
        Ok(())
    }

    fn put(&mut self, edition: Edition, place: &str, file: &CatalogueFile) -> Result<(), CarriedError> {
        let own = format!("{}/{}", edition.target, edition.edition);
        if own != place {
            return Err(CarriedError::Misplaced { file: file.path.clone(), id: edition.id(), place: own });
        }
        for requirement in &edition.requirements {
            self.check_limits(requirement).map_err(|problem| CarriedError::Limit {
                file: file.path.clone(),
                check: requirement.check.clone(),
                problem,
            })?;
        }
        match self.editions.iter_mut().find(|known| known.id() == edition.id()) {
            Some(known) => *known = edition,
            None => self.editions.push(edition),
        }
        Ok(())
    }

    /// A limit under a name that a check does not read would be a requirement silently left out.
    fn check_limits(&self, requirement: &Requirement) -> Result<(), String> {
        let all = self.editions.iter().flat_map(|edition| &edition.requirements);
        let known: Vec<&Requirement> = all.filter(|known| known.check == requirement.check).collect();
        let keys: BTreeSet<&str> = known.iter().flat_map(|known| known.limits.iter()).map(|(key, _)| key).collect();
        if known.is_empty() {
            return Ok(());
        }
        if let Some((key, _)) = requirement.limits.iter().find(|(key, _)| !keys.contains(key)) {
            return Err(format!("has the limit `{key}`, which no edition at hand gives it"));
        }
        let always = known.iter().all(|known| known.limits.iter().next().is_some());
        if always && requirement.limits.iter().next().is_none() {
            let keys: Vec<&str> = keys.into_iter().collect();
            return Err(format!("has none of the limits {}", keys.join(", ")));
        }
        Ok(())
    }
}

/// The day that the comments of a list say it was gathered: "# Azure regions, gathered 2026-11-22."
fn gathered(text: &str) -> Option<Date> {
    let comments = text.lines().take_while(|line| line.starts_with('#'));
    comments.flat_map(|line| line.split("gathered ").skip(1)).find_map(|rest| Date::from_str(rest.get(..10)?).ok())
}
