//! The guest operating system catalogue as a file: read, checked, and turned into products.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;
use std::sync::Arc;

use jiff::civil::Date;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::editions::Editions;
use super::names::{Line, Names, Pattern, ReleaseNames, tokens};
use super::{EarlierList, Endorsement, Family, GuestOs, Product, Release, Versions};
use crate::catalogue::Document;
use crate::model::{Architecture, Vocabulary};

/// The list built into Klar, as a file.
pub const EMBEDDED: &str = include_str!("../../../templates/guest_os.toml");

/// Every product that Klar knows, and the names that exports give them.
#[derive(Clone, Debug)]
pub struct GuestOsCatalogue {
    products: Vec<Arc<Product>>,
    sources: Vec<Document>,
    retrieved: Date,
    digest: String,
    names: Names,
}

/// Why a catalogue file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CatalogueError {
    /// It is not TOML of the expected shape; the problem tells the line.
    #[error("{file} is not a catalogue of guest operating systems: {problem}")]
    Shape {
        /// The file, as the caller names it.
        file: String,
        /// What the TOML reader said.
        problem: String,
    },
    /// It is not TOML of the shape that releases have; the problem tells the line.
    #[error("{file} is not a catalogue of releases: {problem}")]
    Releases {
        /// The file, as the caller names it.
        file: String,
        /// What the TOML reader said.
        problem: String,
    },
    /// An entry says what cannot be.
    #[error("{file}: `{key}` {problem}")]
    Entry {
        /// The file, as the caller names it.
        file: String,
        /// The key of the entry.
        key: String,
        /// What is wrong with it.
        problem: String,
    },
}

impl GuestOsCatalogue {
    /// The catalogue that Klar carries.
    ///
    /// # Panics
    /// Never: a test reads the embedded file.
    #[must_use]
    pub fn embedded() -> Self {
        Self::parse("templates/guest_os.toml", EMBEDDED).expect("the embedded catalogue is tested")
    }

    /// Reads a catalogue from the text of a file; the file's name is for messages only.
    ///
    /// # Errors
    /// When the text is no TOML of the expected shape, or an entry contradicts itself or another.
    pub fn parse(file: &str, text: &str) -> Result<Self, CatalogueError> {
        let shape = |problem: toml::de::Error| CatalogueError::Shape {
            file: file.to_owned(),
            problem: problem.to_string().trim_end().to_owned(),
        };
        let content: Content = toml::from_str(text).map_err(shape)?;
        content.build(digest_of(text)).map_err(|(key, problem)| CatalogueError::Entry {
            file: file.to_owned(),
            key,
            problem,
        })
    }

    /// What the name of a guest operating system says, with the version and bitness that other columns give.
    ///
    /// `None` for a name that says nothing ("Unknown", "None", ""). A version of three numbers beside the name of a
    /// Linux distribution is its kernel and is not used.
    #[must_use]
    pub fn identify(
        &self,
        name: &str,
        version: Option<&str>,
        architecture: Option<Architecture>,
        vocabulary: Vocabulary,
    ) -> Option<GuestOs> {
        self.names.identify(&self.products, name, version, architecture, vocabulary)
    }

    /// Every product, in the order of the file.
    #[must_use]
    pub fn products(&self) -> &[Arc<Product>] {
        &self.products
    }

    /// The product of a key.
    #[must_use]
    pub fn product(&self, key: &str) -> Option<&Arc<Product>> {
        self.products.iter().find(|product| product.key == key)
    }

    /// The documents that products name by key.
    #[must_use]
    pub fn sources(&self) -> &[Document] {
        &self.sources
    }

    /// The date its facts were gathered.
    #[must_use]
    pub fn retrieved(&self) -> Date {
        self.retrieved
    }

    /// SHA-256 of the file, in lower-case hexadecimal.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.digest
    }
}

fn digest_of(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().fold(String::with_capacity(64), |hex, byte| hex + &format!("{byte:02x}"))
}

/// The key of an entry and what is wrong with it.
type Problem = (String, String);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Content {
    retrieved: Date,
    silent: Vec<String>,
    editions: Vec<String>,
    #[serde(default)]
    short_editions: BTreeMap<String, String>,
    #[serde(rename = "source")]
    sources: Vec<Document>,
    #[serde(rename = "line")]
    lines: Vec<LineEntry>,
    #[serde(rename = "product")]
    products: Vec<ProductEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LineEntry {
    key: String,
    family: Option<String>,
    names: Vec<String>,
    #[serde(default)]
    numbered: bool,
    #[serde(default)]
    alone: bool,
    kernel_tag: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProductEntry {
    key: String,
    title: String,
    line: String,
    family: Option<String>,
    #[serde(default)]
    versions: Vec<String>,
    #[serde(default)]
    builds: Vec<String>,
    #[serde(default)]
    names_32_bit: Vec<String>,
    source: String,
    mainstream_end: Option<Date>,
    support_end: Option<Date>,
    paid_end: Option<Date>,
    paid_name: Option<String>,
    #[serde(default)]
    only_64_bit: bool,
    #[serde(default)]
    only_32_bit: bool,
    endorsement: Option<String>,
    #[serde(default)]
    endorsed_versions: Vec<String>,
    #[serde(default)]
    minimums: Vec<MinimumEntry>,
    generation_2: Option<bool>,
    #[serde(default)]
    generation_2_versions: Vec<String>,
    trusted_launch: Option<bool>,
    #[serde(default)]
    trusted_launch_versions: Vec<String>,
    nvme: Option<bool>,
    #[serde(default)]
    nvme_versions: Vec<String>,
    remark: Option<String>,
    #[serde(rename = "release", default)]
    releases: Vec<ReleaseEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MinimumEntry {
    until: i16,
    version: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReleaseEntry {
    key: String,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    builds: Vec<String>,
    #[serde(default)]
    editions: Vec<String>,
    channel: Option<String>,
    support_end: Option<Date>,
    paid_end: Option<Date>,
    remark: Option<String>,
}

impl Content {
    fn build(self, digest: String) -> Result<GuestOsCatalogue, Problem> {
        unique("source", self.sources.iter().map(|source| source.key.as_str()))?;
        unique("line", self.lines.iter().map(|line| line.key.as_str()))?;
        unique("product", self.products.iter().map(|product| product.key.as_str()))?;
        let lists: BTreeSet<i16> =
            self.products.iter().flat_map(|product| &product.minimums).map(|minimum| minimum.until).collect();
        let title = |title: &String| self.editions.contains(title);
        if let Some((word, stands_for)) = self.short_editions.iter().find(|(_, stands_for)| !title(stands_for)) {
            return Err((word.clone(), format!("stands for the edition `{stands_for}`, which the file does not list")));
        }
        let mut lines = self.lines.into_iter().map(LineEntry::build).collect::<Result<Vec<_>, _>>()?;
        let mut products = Vec::with_capacity(self.products.len());
        for entry in self.products {
            if !self.sources.iter().any(|source| source.key == entry.source) {
                return Err((entry.key, format!("names the source `{}`, which the file does not list", entry.source)));
            }
            let Some(line) = lines.iter_mut().find(|line| line.key == entry.line) else {
                return Err((entry.key, format!("names the line `{}`, which the file does not list", entry.line)));
            };
            if let Some(edition) = entry.releases.iter().flat_map(|release| &release.editions).find(|one| !title(one)) {
                return Err((entry.key, format!("names the edition `{edition}`, which the file does not list")));
            }
            let pattern = entry.pattern(products.len());
            if let Some(other) = line.products.iter().find(|other| other.shares_a_version_with(&pattern)) {
                let other: &Arc<Product> = &products[other.product];
                return Err((entry.key, format!("has a version of `{}` in the line `{}`", other.key, entry.line)));
            }
            let family = line.family;
            line.products.push(pattern);
            products.push(Arc::new(entry.build(family, &lists)?));
        }
        let editions = Editions::new(self.editions, &self.short_editions);
        let names = Names::new(&self.silent, editions, lines);
        Ok(GuestOsCatalogue { products, sources: self.sources, retrieved: self.retrieved, digest, names })
    }
}

impl LineEntry {
    fn build(self) -> Result<Line, Problem> {
        let family = self.family.as_deref().map(|family| word(&self.key, family)).transpose()?;
        if self.names.is_empty() {
            return Err((self.key, "has no names".to_owned()));
        }
        let names = self.names.iter().map(|name| tokens(name)).collect();
        let Self { key, numbered, alone, kernel_tag, .. } = self;
        Ok(Line { key, family, names, numbered, alone, kernel_tag, products: Vec::new() })
    }
}

impl ProductEntry {
    fn pattern(&self, product: usize) -> Pattern {
        Pattern {
            product,
            versions: self.versions.iter().map(|version| tokens(version)).collect(),
            builds: self.builds.clone(),
            names_32_bit: self.names_32_bit.iter().map(|name| name.to_lowercase()).collect(),
            releases: self.releases.iter().map(ReleaseEntry::names).collect(),
        }
    }

    fn build(self, line_family: Option<Family>, lists: &BTreeSet<i16>) -> Result<Product, Problem> {
        let key = self.key;
        let family = match (&self.family, line_family) {
            (Some(family), _) => word(&key, family)?,
            (None, Some(family)) => family,
            (None, None) => return Err((key, "has no family, and its line has none".to_owned())),
        };
        let endorsement = match (&self.endorsement, family) {
            (Some(endorsement), _) => word(&key, endorsement)?,
            (None, Family::Linux) => return Err((key, "is a Linux distribution without `endorsement`".to_owned())),
            (None, Family::WindowsServer | Family::WindowsClient | Family::Other) => Endorsement::NotApplicable,
        };
        ordered(&key, &[self.mainstream_end, self.support_end, self.paid_end])?;
        releases_apart(&key, &self.releases)?;
        for release in &self.releases {
            ordered(&key, &[release.support_end, release.paid_end])?;
        }
        let some = |flag: Option<bool>, list: &[String]| versions_of(&key, flag, list);
        let endorsed = Some(endorsement == Endorsement::Endorsed);
        Ok(Product {
            generation_2_versions: some(self.generation_2, &self.generation_2_versions)?,
            trusted_launch_versions: some(self.trusted_launch, &self.trusted_launch_versions)?,
            nvme_versions: some(self.nvme, &self.nvme_versions)?,
            endorsed_versions: some(endorsed, &self.endorsed_versions)?,
            earlier_lists: earlier_lists(&key, family, lists, &self.minimums)?,
            key,
            title: self.title,
            family,
            mainstream_end: self.mainstream_end,
            support_end: self.support_end,
            paid_end: self.paid_end,
            paid_name: self.paid_name,
            generation_2: self.generation_2,
            trusted_launch: self.trusted_launch,
            nvme: self.nvme,
            endorsement,
            only_64_bit: self.only_64_bit,
            only_32_bit: self.only_32_bit,
            releases: self.releases.into_iter().map(ReleaseEntry::build).collect(),
            source: self.source,
            remark: self.remark,
        })
    }
}

impl ReleaseEntry {
    fn names(&self) -> ReleaseNames {
        ReleaseNames {
            key: self.key.clone(),
            words: self.words.iter().map(|words| tokens(words)).collect(),
            builds: self.builds.clone(),
            editions: self.editions.clone(),
            channel: self.channel.is_some(),
        }
    }

    fn build(self) -> Release {
        Release {
            key: self.key,
            support_end: self.support_end,
            paid_end: self.paid_end,
            editions: self.editions,
            channel: self.channel,
            remark: self.remark,
        }
    }
}

fn earlier_lists(
    key: &str,
    family: Family,
    lists: &BTreeSet<i16>,
    minimums: &[MinimumEntry],
) -> Result<Vec<EarlierList>, Problem> {
    if family != Family::Linux {
        return Ok(Vec::new());
    }
    lists
        .iter()
        .map(|&until| {
            let minimum = minimums.iter().find(|minimum| minimum.until == until);
            let lowest = minimum.and_then(|minimum| minimum.version.as_ref());
            let open: Vec<_> = lowest.map(|lowest| format!("{lowest}+")).into_iter().collect();
            Ok(EarlierList { until, named: minimum.is_some(), versions: versions_of(key, Some(true), &open)? })
        })
        .collect()
}

fn versions_of(key: &str, named: Option<bool>, list: &[String]) -> Result<Versions, Problem> {
    if named != Some(true) && !list.is_empty() {
        return Err((key.to_owned(), format!("lists the versions {} of what it says it lacks", list.join(", "))));
    }
    Versions::read(list).map_err(|problem| (key.to_owned(), format!("lists versions that cannot be read: {problem}")))
}

fn ordered(key: &str, dates: &[Option<Date>]) -> Result<(), Problem> {
    if dates.iter().flatten().is_sorted() {
        return Ok(());
    }
    let dates: Vec<_> = dates.iter().flatten().map(ToString::to_string).collect();
    Err((key.to_owned(), format!("has dates out of order: {}", dates.join(", "))))
}

fn unique<'a>(what: &str, mut keys: impl Iterator<Item = &'a str>) -> Result<(), Problem> {
    let mut seen = BTreeSet::new();
    match keys.find(|key| !seen.insert(*key)) {
        Some(key) => Err((what.to_owned(), format!("`{key}` is listed twice"))),
        None => Ok(()),
    }
}

/// A release may stand several times, each time for other editions.
fn releases_apart(key: &str, releases: &[ReleaseEntry]) -> Result<(), Problem> {
    for (place, release) in releases.iter().enumerate() {
        let clash = |earlier: &&ReleaseEntry| {
            let both = release.editions.iter().any(|edition| earlier.editions.contains(edition));
            earlier.key == release.key && (both || release.editions.is_empty() || earlier.editions.is_empty())
        };
        if releases[..place].iter().any(|earlier| clash(&earlier)) {
            return Err((key.to_owned(), format!("lists the release `{}` twice for one edition", release.key)));
        }
    }
    Ok(())
}

fn word<T: FromStr<Err = String>>(key: &str, text: &str) -> Result<T, Problem> {
    text.parse().map_err(|problem| (key.to_owned(), format!("has a word that is not known: {problem}")))
}
