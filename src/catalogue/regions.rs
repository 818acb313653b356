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

    /// Whether two texts name one region, each in the short form ("northeurope") or the long one ("North Europe").
    #[must_use]
    pub fn same(&self, one: &str, other: &str) -> bool {
        folded(one).eq(folded(other))
            || self.find(one).zip(self.find(other)).is_some_and(|(one, other)| one.name == other.name)
    }

    /// The short form of a region; of one that is not listed, its letters without spaces.
    #[must_use]
    pub fn short(&self, text: &str) -> String {
        self.find(text).map_or_else(|| folded(text).collect(), |region| region.name.clone())
    }

    /// Every region, by short name.
    pub fn iter(&self) -> impl Iterator<Item = &Region> {
        self.0.iter()
    }
}

fn folded(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|letter| !letter.is_whitespace()).map(|letter| letter.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_have_two_names() {
        let regions = Regions::embedded();
        assert!(regions.same("northeurope", "North Europe"));
        assert!(regions.same("South Central US", "southcentralus"));
        assert!(!regions.same("northeurope", "northeurope2"));
        assert!(!regions.same("northeurope", "westeurope"));
        assert!(regions.same("newregion1", "New Region 1"));
        let renamed = Regions::parse("name,display_name\nmars,Red Planet\n").expect("a list");
        assert!(renamed.same("Red planet", "MARS") && !renamed.same("venus", "mars"));
        assert_eq!((renamed.short("Red Planet"), renamed.short("New Region 1")), ("mars".into(), "newregion1".into()));
    }
}
