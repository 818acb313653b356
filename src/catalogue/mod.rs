//! Published facts as data: editions of requirements, guest operating systems, Azure VM sizes.

use std::collections::BTreeSet;

use include_dir::{Dir, File, include_dir};
use jiff::ToSpan as _;
use jiff::civil::Date;
use rayon::prelude::*;
use thiserror::Error;

mod carried;
mod digest;
mod disk_tiers;
mod edition;
mod effort;
mod folder;
mod guest_os;
mod guest_range;
mod import_names;
mod limits;
mod list;
mod planning;
mod regions;
mod releases;
mod signature;
mod sizes;
mod wording;

pub use crate::model::Vocabulary;
pub use carried::Carried;
pub use digest::digest;
pub use disk_tiers::{DiskTier, DiskTierKind, DiskTiers};
pub use edition::{Document, Edition, Notice, Prerequisite, Requirement, Severity, Target, WhenMissing};
pub use effort::Effort;
pub use folder::{CarriedError, CatalogueFile};
pub use guest_os::{
    CatalogueError, EarlierList, Endorsement, Family, GuestOs, GuestOsCatalogue, Lifecycle, Product, Release, Support,
    Versions,
};
pub use guest_range::guest_is_listed;
pub use import_names::{ImportName, ImportNames};
pub use limits::{Kind, Limit, Limits, parse_size};
pub use list::ListError;
pub use planning::{Planning, Published, PublishedDay};
pub use regions::{Region, Regions};
pub use releases::{HostKind, ReleaseList, Releases, ServerRelease};
pub use signature::{SIGNATURE_ENDING, SignatureError, SigningKey};
pub use sizes::{Demand, Generations, Size, SizeKind, Sizes};
pub use wording::{CheckWords, ENGLISH, Wording};

static REQUIREMENTS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates/requirements");

/// Everything published that judgements rest on.
#[derive(Clone, Debug)]
pub struct Catalogue {
    /// Editions, by target in the order of [`Target::ALL`] and then by age, oldest first.
    pub editions: Vec<Edition>,
    /// Guest operating systems.
    pub guest_os: GuestOsCatalogue,
    /// Azure VM sizes.
    pub sizes: Sizes,
    /// Azure managed disks.
    pub disks: DiskTiers,
    /// Azure regions.
    pub regions: Regions,
    /// Releases of hosts and of Virtual Machine Manager.
    pub releases: Releases,
    /// What documents say of planning.
    pub planning: Planning,
    /// The system names that an import of Azure Migrate takes.
    pub import_names: ImportNames,
    /// The files that came from outside the program, in the order given.
    pub carried: Vec<Carried>,
    /// The wording of languages other than English among them.
    pub wordings: Vec<Wording>,
}

/// After how many days an edition may no longer say what is published, and a report says so.
pub const STALE_AFTER_DAYS: i32 = 180;

/// A catalogue file that cannot be used.
#[derive(Debug, Error)]
pub enum EditionError {
    /// The file is no edition.
    #[error("{file}: not a requirements edition: {reason}. Compare it with a file that `klar rules list` shows.")]
    Edition {
        /// The file.
        file: String,
        /// What is wrong, with its line.
        reason: String,
    },
    /// A requirement or notice names a document that the edition does not list.
    #[error("{file}: {item} names the source `{key}`, which no [[source]] of the file has. Add it or correct the key.")]
    Source {
        /// The file.
        file: String,
        /// The requirement or notice.
        item: String,
        /// The key.
        key: String,
    },
    /// Two requirements of an edition have the same name.
    #[error("{file}: the requirement {name} stands twice. Join the two.")]
    Twice {
        /// The file.
        file: String,
        /// The requirement.
        name: String,
    },
}

impl Catalogue {
    /// The catalogue that the program carries.
    ///
    /// # Errors
    /// When a file it carries cannot be used, which the tests rule out.
    pub fn embedded() -> Result<Self, EditionError> {
        let files: Vec<&File<'_>> = REQUIREMENTS.dirs().flat_map(Dir::files).collect();
        // Every start of the program waits for these files, so they are read side by side.
        let (editions, (guest_os, sizes)) = rayon::join(
            || files.par_iter().map(|file| embedded_edition(file)).collect::<Vec<Result<Edition, EditionError>>>(),
            || rayon::join(GuestOsCatalogue::embedded, Sizes::embedded),
        );
        let mut catalogue = Self {
            editions: editions.into_iter().collect::<Result<_, _>>()?,
            guest_os,
            sizes: sizes.clone(),
            disks: DiskTiers::embedded().clone(),
            regions: Regions::embedded().clone(),
            releases: Releases::embedded().clone(),
            planning: Planning::embedded().clone(),
            import_names: ImportNames::embedded().clone(),
            carried: Vec::new(),
            wordings: Vec::new(),
        };
        catalogue.sort();
        Ok(catalogue)
    }

    fn sort(&mut self) {
        self.editions.sort_by(|one, other| (one.target, &one.edition).cmp(&(other.target, &other.edition)));
    }

    /// The newest edition of a target, when its facts were gathered so long before a date that they may have changed.
    #[must_use]
    pub fn stale(&self, target: Target, as_of: Date) -> Option<&Edition> {
        let newest = self.newest(target)?;
        let fresh_until = newest.retrieved.saturating_add(STALE_AFTER_DAYS.days());
        (as_of > fresh_until).then_some(newest)
    }

    /// The newest edition of a target.
    #[must_use]
    pub fn newest(&self, target: Target) -> Option<&Edition> {
        self.editions.iter().rfind(|edition| edition.target == target)
    }

    /// The edition of a target and name.
    #[must_use]
    pub fn edition(&self, target: Target, name: &str) -> Option<&Edition> {
        self.editions.iter().find(|edition| edition.target == target && edition.edition == name)
    }
}

/// The catalogue that the program carries as files, each by its path below a folder and its text.
#[must_use]
pub fn embedded_files() -> Vec<(String, &'static str)> {
    let lists = [
        ("guest_os.toml", guest_os::TEXT),
        ("releases.toml", releases::TEXT),
        ("sizes.csv", sizes::TEXT),
        ("disks.csv", disk_tiers::TEXT),
        ("regions.csv", regions::TEXT),
        ("planning.toml", planning::TEXT),
        ("import_names.csv", import_names::TEXT),
    ];
    let editions = REQUIREMENTS.dirs().flat_map(Dir::files).filter_map(|file| {
        let parts: Vec<_> = file.path().components().map(|part| part.as_os_str().to_string_lossy()).collect();
        Some((format!("requirements/{}", parts.join("/")), file.contents_utf8()?))
    });
    editions.chain(lists.map(|(name, text)| (name.to_owned(), text))).collect()
}

fn embedded_edition(file: &File<'_>) -> Result<Edition, EditionError> {
    let name = file.path().display().to_string();
    match file.contents_utf8() {
        Some(text) => read_edition(&name, text),
        None => Err(EditionError::Edition { file: name, reason: "its bytes are no UTF-8 text".to_owned() }),
    }
}

/// Reads an edition and checks what its types cannot.
///
/// # Errors
/// When the text is no edition, names an unknown source, or states a requirement twice.
pub fn read_edition(file: &str, text: &str) -> Result<Edition, EditionError> {
    let mut edition: Edition = toml::from_str(text)
        .map_err(|error| EditionError::Edition { file: file.to_owned(), reason: error.to_string() })?;
    let keys: BTreeSet<&str> = edition.sources.iter().map(|source| source.key.as_str()).collect();
    let requirements = edition.requirements.iter().map(|item| (&item.check, &item.source));
    let notices = edition.notices.iter().map(|item| (&item.name, &item.source));
    for (item, key) in requirements.chain(notices) {
        if !keys.contains(key.as_str()) {
            return Err(EditionError::Source { file: file.to_owned(), item: item.clone(), key: key.clone() });
        }
    }
    let mut seen = BTreeSet::new();
    if let Some(twice) = edition.requirements.iter().find(|item| !seen.insert(&item.check)) {
        return Err(EditionError::Twice { file: file.to_owned(), name: twice.check.clone() });
    }
    edition.digest = digest(text.as_bytes());
    Ok(edition)
}
