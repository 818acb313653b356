//! The system names that an import of Azure Migrate takes, and which product each stands for.

use std::sync::LazyLock;

use serde::Deserialize;
use serde::de::{Deserializer, Error as _};

use super::list::{self, ListError};

/// A system name that the import takes.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportName {
    /// What a product's key begins with.
    pub key: String,
    /// The name.
    pub name: String,
    /// Whether it means the product; else it stands in for a newer one.
    #[serde(deserialize_with = "yes_or_no")]
    pub exact: bool,
}

/// The names of the catalogue, in the order tried.
#[derive(Clone, Debug)]
pub struct ImportNames(Vec<ImportName>);

/// The list built into Klar, as a file.
pub(super) const TEXT: &str = include_str!("../../templates/import_names.csv");

static EMBEDDED: LazyLock<ImportNames> =
    LazyLock::new(|| ImportNames::parse(TEXT).expect("a test reads the embedded import names"));

impl ImportNames {
    /// The names built into Klar.
    #[must_use]
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// Reads names in the form of `templates/import_names.csv`.
    ///
    /// # Errors
    /// The line that is no name, and why.
    pub fn parse(text: &str) -> Result<Self, ListError> {
        list::rows(text, |name: &ImportName| name.key.clone()).map(Self)
    }

    /// The name for the product of a key.
    #[must_use]
    pub fn of(&self, product: &str) -> Option<&ImportName> {
        self.0.iter().find(|known| product.starts_with(&known.key))
    }

    /// Every name, in the order tried.
    pub fn iter(&self) -> impl Iterator<Item = &ImportName> {
        self.0.iter()
    }
}

fn yes_or_no<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    match String::deserialize(deserializer)?.as_str() {
        "yes" => Ok(true),
        "no" => Ok(false),
        other => Err(D::Error::custom(format!("`{other}` is neither yes nor no"))),
    }
}
