//! Releases of Windows Server as Hyper-V hosts and of Virtual Machine Manager: how they are known, and until when they
//! are served.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::LazyLock;

use jiff::civil::Date;
use serde::Deserialize;

use super::digest::digest;
use super::edition::Document;
use super::guest_os::{CatalogueError, Lifecycle};
use crate::model::Arg;

/// What a host's release is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HostKind {
    /// Windows Server, or Hyper-V Server.
    Server,
    /// Windows 8, 10 or 11.
    Client,
    /// Azure Stack HCI or Azure Local.
    AzureLocal,
}

/// A release, with what tells it and what is published of it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServerRelease {
    /// Its key, "windows-server-2012-r2".
    pub key: String,
    /// Its name for people, by which editions list it.
    pub title: String,
    /// What a host's release is; absent for Virtual Machine Manager.
    pub kind: Option<HostKind>,
    /// The beginnings of its version number.
    #[serde(default)]
    versions: Vec<String>,
    /// Sets of words, of which a name of it holds every one.
    names: Vec<Vec<String>>,
    /// Its name goes before its version number, which another release shares.
    #[serde(default)]
    name_first: bool,
    /// The key of the Virtual Machine Manager of the same year.
    pub manager: Option<String>,
    /// The key of the document that its lifecycle, or for want of one its mention, comes from.
    pub source: String,
    /// The last day of mainstream support.
    pub mainstream_end: Option<Date>,
    /// The last day with free security updates.
    pub support_end: Option<Date>,
    /// The last day of paid updates.
    pub paid_end: Option<Date>,
    /// What the paid updates are called.
    pub paid_name: Option<String>,
    /// What else should be known.
    pub remark: Option<String>,
    /// Its place in the order of age.
    #[serde(skip)]
    place: usize,
}

/// Releases of one kind of software, the oldest first.
#[derive(Clone, Debug)]
pub struct ReleaseList(Vec<ServerRelease>);

/// The releases of the catalogue.
#[derive(Clone, Debug)]
pub struct Releases {
    /// Of Windows Server as a host.
    pub hosts: ReleaseList,
    /// Of Virtual Machine Manager.
    pub managers: ReleaseList,
    /// The documents that releases name by key.
    pub sources: Vec<Document>,
    /// The day its facts were gathered.
    pub retrieved: Date,
    /// SHA-256 of the file, in lower-case hexadecimal.
    pub digest: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Content {
    retrieved: Date,
    #[serde(rename = "source")]
    sources: Vec<Document>,
    #[serde(rename = "host")]
    hosts: Vec<ServerRelease>,
    #[serde(rename = "vmm")]
    managers: Vec<ServerRelease>,
}

/// The list built into Klar, as a file.
pub(super) const TEXT: &str = include_str!("../../templates/releases.toml");

static EMBEDDED: LazyLock<Releases> =
    LazyLock::new(|| Releases::parse("templates/releases.toml", TEXT).expect("a test reads the embedded releases"));

impl Releases {
    /// The releases built into Klar.
    #[must_use]
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// Reads the text of a file in the form of `templates/releases.toml`; the file's name is for messages only.
    ///
    /// # Errors
    /// When the text is no TOML of that shape, or an entry contradicts itself or another.
    pub fn parse(file: &str, text: &str) -> Result<Self, CatalogueError> {
        let content: Content = toml::from_str(text).map_err(|problem| CatalogueError::Releases {
            file: file.to_owned(),
            problem: problem.to_string().trim_end().to_owned(),
        })?;
        let wrong = |(key, problem)| CatalogueError::Entry { file: file.to_owned(), key, problem };
        content.build(digest(text.as_bytes())).map_err(wrong)
    }
}

impl Content {
    fn build(self, digest: String) -> Result<Releases, (String, String)> {
        let sources: BTreeSet<&str> = self.sources.iter().map(|source| source.key.as_str()).collect();
        let managers: BTreeSet<&str> = self.managers.iter().map(|release| release.key.as_str()).collect();
        let mut keys = BTreeSet::new();
        for release in self.hosts.iter().chain(&self.managers) {
            let problem = if !keys.insert(release.key.as_str()) {
                Some("is listed twice".to_owned())
            } else if !sources.contains(release.source.as_str()) {
                Some(format!("names the source `{}`, which the file does not list", release.source))
            } else if let Some(manager) = release.manager.as_ref().filter(|key| !managers.contains(key.as_str())) {
                Some(format!("names the manager `{manager}`, which the file does not list"))
            } else {
                release.problem()
            };
            if let Some(problem) = problem {
                return Err((release.key.clone(), problem));
            }
        }
        if let Some(host) = self.hosts.iter().find(|release| release.kind.is_none()) {
            return Err((host.key.clone(), "is a host's release without `kind`".to_owned()));
        }
        if self.hosts.is_empty() || self.managers.is_empty() {
            return Err(("host".to_owned(), "or `vmm` lists nothing".to_owned()));
        }
        let (hosts, managers) = (ReleaseList::of(self.hosts), ReleaseList::of(self.managers));
        Ok(Releases { hosts, managers, sources: self.sources, retrieved: self.retrieved, digest })
    }
}

impl ServerRelease {
    /// What is wrong with the release by itself.
    fn problem(&self) -> Option<String> {
        let dates: Vec<Date> = [self.mainstream_end, self.support_end, self.paid_end].into_iter().flatten().collect();
        if !dates.is_sorted() {
            return Some("has dates out of order".to_owned());
        }
        if self.names.iter().any(Vec::is_empty) || (self.names.is_empty() && self.versions.is_empty()) {
            return Some("has nothing that tells it".to_owned());
        }
        let unreadable = self.versions.iter().find(|version| numbers(version).is_none());
        unreadable.map(|version| format!("has the version `{version}`, which is no version number"))
    }

    /// Where it stands in its published lifecycle on a date.
    #[must_use]
    pub fn lifecycle(&self, as_of: Date) -> Lifecycle {
        Lifecycle::of(self.support_end, self.paid_end, as_of)
    }

    /// How many numbers of a version its own begin; `None` when none fits.
    fn fit(&self, version: &[u32]) -> Option<usize> {
        let own = self.versions.iter().filter_map(|own| numbers(own));
        own.filter(|own| version.starts_with(own)).map(|own| own.len()).max()
    }

    /// How many words of a set a name holds, in lower case; `None` when it holds no set whole.
    fn named(&self, name: &str) -> Option<usize> {
        let sets = self.names.iter().filter(|words| words.iter().all(|word| name.contains(word.as_str())));
        sets.map(Vec::len).max()
    }
}

impl fmt::Display for ServerRelease {
    fn fmt(&self, form: &mut fmt::Formatter<'_>) -> fmt::Result {
        form.write_str(&self.title)
    }
}

impl From<&ServerRelease> for Arg {
    fn from(release: &ServerRelease) -> Self {
        Self::text(&release.title)
    }
}

impl PartialOrd for ServerRelease {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ServerRelease {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.place, &self.key).cmp(&(other.place, &other.key))
    }
}

impl ReleaseList {
    fn of(mut releases: Vec<ServerRelease>) -> Self {
        releases.iter_mut().enumerate().for_each(|(place, release)| release.place = place);
        Self(releases)
    }

    /// The release that a name tells before any version number may: "Windows 11 Pro" has the build of a server.
    #[must_use]
    pub fn by_name_first(&self, name: &str) -> Option<&ServerRelease> {
        let name = name.to_lowercase();
        self.0.iter().find(|release| release.name_first && release.named(&name).is_some())
    }

    /// The release of a version number.
    #[must_use]
    pub fn by_version(&self, version: &str) -> Option<&ServerRelease> {
        let version = numbers(version)?;
        let fitting = self.0.iter().filter_map(|release| Some((release.fit(&version)?, release)));
        fitting.max_by_key(|(length, _)| *length).map(|(_, release)| release)
    }

    /// The release of a name; of two that fit alike, the newer.
    #[must_use]
    pub fn by_name(&self, name: &str) -> Option<&ServerRelease> {
        let name = name.to_lowercase();
        let servers = self.0.iter().filter(|release| !release.name_first);
        let fitting = servers.filter_map(|release| Some((release.named(&name)?, release)));
        fitting.max_by_key(|(length, _)| *length).map(|(_, release)| release)
    }

    /// The release of a title, as editions list it.
    #[must_use]
    pub fn titled(&self, title: &str) -> Option<&ServerRelease> {
        self.0.iter().find(|release| release.title == title)
    }

    /// The release of a key.
    #[must_use]
    pub fn keyed(&self, key: &str) -> Option<&ServerRelease> {
        self.0.iter().find(|release| release.key == key)
    }

    /// Every release, the oldest first.
    pub fn iter(&self) -> impl Iterator<Item = &ServerRelease> {
        self.0.iter()
    }
}

/// The numbers of a version text; `None` when it holds none.
fn numbers(text: &str) -> Option<Vec<u32>> {
    let digits = text.split(|character: char| !character.is_ascii_digit()).filter(|digits| !digits.is_empty());
    let numbers: Vec<u32> = digits.map(str::parse).collect::<Result<_, _>>().ok()?;
    (!numbers.is_empty()).then_some(numbers)
}
