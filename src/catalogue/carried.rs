//! Catalogue files from outside the program: laid out as `templates/`, they replace files of the same name and add others.

use std::collections::BTreeSet;
use std::str::FromStr;

use super::folder::{CarriedError, CatalogueFile};
use super::list::ListError;
use super::{
    Catalogue, DiskTiers, Edition, GuestOsCatalogue, ImportNames, Planning, Regions, Releases, Requirement, Sizes,
    digest, read_edition, wording,
};
use jiff::civil::Date;

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
        for file in files.iter().filter(|file| file.language().is_some()) {
            wording::apply(&mut catalogue, file)?;
        }
        Ok(catalogue)
    }

    fn carry(&mut self, file: &CatalogueFile) -> Result<(), CarriedError> {
        let text = file.text()?;
        let list = |error: ListError| CarriedError::List { file: file.path.clone(), problem: error.to_string() };
        let mut date = gathered(text);
        match file.name.as_str() {
            "guest_os.toml" => {
                self.guest_os = GuestOsCatalogue::parse(&file.path, text)?;
                date = Some(self.guest_os.retrieved());
            }
            "releases.toml" => {
                self.releases = Releases::parse(&file.path, text)?;
                date = Some(self.releases.retrieved);
            }
            "sizes.csv" => self.sizes = Sizes::parse(text).map_err(list)?,
            "disks.csv" => self.disks = DiskTiers::parse(text).map_err(list)?,
            "regions.csv" => self.regions = Regions::parse(text).map_err(list)?,
            "import_names.csv" => self.import_names = ImportNames::parse(text).map_err(list)?,
            "planning.toml" => {
                self.planning = Planning::parse(text)
                    .map_err(|problem| CarriedError::Planning { file: file.path.clone(), problem })?;
                date = Some(self.planning.retrieved);
            }
            _ if file.is_dialect() || file.language().is_some() => {}
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
