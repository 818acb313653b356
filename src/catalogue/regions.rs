//! Azure regions: their short names and what people call them.

use std::sync::LazyLock;

use serde::Deserialize;

use super::list::{self, ListError};

/// An Azure region.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Region {
    /// Its short name, "northeurope".
    pub name: String,
    /// Its name for people, "North Europe".
    pub display_name: String,
}

/// The regions of the catalogue, by short name.
#[derive(Clone, Debug)]
pub struct Regions(Vec<Region>);

/// The list built into Klar, as a file.
pub(super) const TEXT: &str = include_str!("../../templates/regions.csv");

static EMBEDDED: LazyLock<Regions> =
    LazyLock::new(|| Regions::parse(TEXT).expect("a test reads the embedded region catalogue"));

impl Regions {
    /// The regions built into Klar.
    #[must_use]
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// Reads a catalogue of regions in the form of `templates/regions.csv`.
    ///
    /// # Errors
    /// The line that is not a region, and why.
    pub fn parse(text: &str) -> Result<Self, ListError> {
        let mut regions: Vec<Region> = list::rows(text, |region: &Region| region.name.clone())?;
        regions.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(Self(regions))
    }

    /// The region that a text names in either form, whatever its case.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<&Region> {
        let text = text.trim();
        self.0
            .iter()
            .find(|region| region.name.eq_ignore_ascii_case(text) || region.display_name.eq_ignore_ascii_case(text))
    }

    /// Every region, by short name.
    pub fn iter(&self) -> impl Iterator<Item = &Region> {
        self.0.iter()
    }
}
