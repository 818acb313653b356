//! An edition of a target's requirements: dated data, read from a TOML file.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;
use serde::de::{Deserializer, Error as _};

use crate::model::{Bytes, GIB, MIB, words};

words! {
    /// A road to Azure.
    Target {
        /// Replicate with Azure Site Recovery.
        SiteRecovery = "site-recovery",
        /// Move with Azure Migrate.
        AzureMigrate = "azure-migrate",
        /// Run as an Azure virtual machine: the assessment's readiness logic.
        AzureVm = "azure-vm",
    }
}

words! {
    /// What a requirement that is not met means, worst first.
    Severity {
        /// Cannot be replicated, moved or run until it is fixed.
        Blocker = "blocker",
        /// Works after a change to the machine or to the chosen target.
        Condition = "condition",
        /// Works; not fully supported, or data or timing at risk.
        Warning = "warning",
        /// Should be known.
        Info = "info",
    }
}

words! {
    /// What an answer that could not be given means.
    WhenMissing {
        /// The machine cannot be called ready.
        Unknown = "unknown",
        /// Listed as not verified; lowers coverage, does not change readiness.
        Unverified = "unverified",
    }
}

words! {
    /// A row of the prerequisites article that a requirement belongs to.
    Prerequisite {
        /// An Azure account.
        AzureAccount = "azure-account",
        /// A storage account in the vault's region.
        Storage = "storage",
        /// A network in the vault's region.
        Network = "network",
        /// VMM servers.
        VmmServers = "vmm-servers",
        /// Hyper-V hosts.
        HyperVHosts = "hyper-v-hosts",
        /// Virtual machines.
        VirtualMachines = "virtual-machines",
    }
}

/// The requirements of a target as published at a date.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edition {
    /// The target.
    #[serde(deserialize_with = "word")]
    pub target: Target,
    /// Its name: the year and month of publication, "2026-10".
    pub edition: String,
    /// One line for people.
    pub title: String,
    /// The date of the newest document it restates.
    #[serde(deserialize_with = "word")]
    pub published: Date,
    /// The date its facts were gathered.
    #[serde(deserialize_with = "word")]
    pub retrieved: Date,
    /// The documents, by key.
    #[serde(rename = "source")]
    pub sources: Vec<Document>,
    /// What it requires, in report order.
    #[serde(rename = "requirement")]
    pub requirements: Vec<Requirement>,
    /// What it says that no export can be judged against.
    #[serde(rename = "notice", default)]
    pub notices: Vec<Notice>,
    /// SHA-256 of the file, filled in after reading.
    #[serde(skip)]
    pub digest: String,
}

impl Edition {
    /// "target@edition".
    #[must_use]
    pub fn id(&self) -> String {
        format!("{}@{}", self.target, self.edition)
    }

    /// The document that a requirement or notice names by key.
    ///
    /// # Panics
    /// Never on an edition that [`crate::catalogue`] has read, which refuses unknown keys.
    #[must_use]
    pub fn document(&self, key: &str) -> &Document {
        self.sources.iter().find(|document| document.key == key).expect("reading an edition checks its source keys")
    }
}

/// A published document.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// The key that requirements name it by.
    pub key: String,
    /// Its title.
    pub document: String,
    /// Its date.
    #[serde(deserialize_with = "word")]
    pub date: Date,
    /// Its address.
    pub url: String,
}

/// One requirement of an edition.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    /// The name of the check, which is also the requirement's name.
    pub check: String,
    /// What not met means.
    #[serde(deserialize_with = "word")]
    pub severity: Severity,
    /// What a missing fact means.
    #[serde(deserialize_with = "word")]
    pub when_missing: WhenMissing,
    /// Its limits, by key.
    #[serde(default)]
    pub limits: Limits,
    /// The key of its document.
    pub source: String,
    /// The section of the document.
    pub section: String,
    /// The row of the prerequisites article it belongs to.
    #[serde(default, deserialize_with = "optional_word")]
    pub prerequisite: Option<Prerequisite>,
    /// What else should be known, such as another document that contradicts this one.
    #[serde(default)]
    pub remark: Option<String>,
    /// The defect in a sentence of the catalogue's own, in place of the check's.
    #[serde(default)]
    pub summary: Option<String>,
    /// What to do about it in words of the catalogue's own, in place of the check's.
    #[serde(default)]
    pub remedy: Option<String>,
}

/// Something an edition says that cannot be judged from an export.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// A short name.
    pub name: String,
    /// What should be known.
    pub text: String,
    /// The key of its document.
    pub source: String,
    /// The section of the document.
    pub section: String,
}

/// A requirement's limits, in order of keys.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "BTreeMap<String, Limit>")]
pub struct Limits(Vec<(String, Limit)>);

impl From<BTreeMap<String, Limit>> for Limits {
    fn from(limits: BTreeMap<String, Limit>) -> Self {
        Self(limits.into_iter().collect())
    }
}

/// One limit, with its unit in its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Limit {
    /// A size, written "1023 GiB", "4 TiB", "512 bytes" or "54 MB" (10^6 bytes).
    Size(Bytes),
    /// A count, written as a bare number of disks, adapters, cores or characters.
    Count(u64),
    /// A yes or no.
    Flag(bool),
    /// A text, such as a version.
    Text(String),
    /// A list of texts, such as the operating systems allowed.
    List(Vec<String>),
}

impl Limits {
    /// The limit under a key. Checks ask for every machine, and to compare a few lengths is quicker than to search.
    fn get(&self, key: &str) -> Option<&Limit> {
        self.0.iter().find(|(known, _)| known == key).map(|(_, limit)| limit)
    }

    /// The size under a key; `None` where the edition is silent.
    #[must_use]
    pub fn size(&self, key: &str) -> Option<Bytes> {
        match self.get(key)? {
            Limit::Size(size) => Some(*size),
            Limit::Count(_) | Limit::Flag(_) | Limit::Text(_) | Limit::List(_) => None,
        }
    }

    /// The count under a key; `None` where the edition is silent.
    #[must_use]
    pub fn count(&self, key: &str) -> Option<u64> {
        match self.get(key)? {
            Limit::Count(count) => Some(*count),
            Limit::Size(_) | Limit::Flag(_) | Limit::Text(_) | Limit::List(_) => None,
        }
    }

    /// The yes or no under a key; `None` where the edition is silent.
    #[must_use]
    pub fn flag(&self, key: &str) -> Option<bool> {
        match self.get(key)? {
            Limit::Flag(flag) => Some(*flag),
            Limit::Size(_) | Limit::Count(_) | Limit::Text(_) | Limit::List(_) => None,
        }
    }

    /// The text under a key; `None` where the edition is silent.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<&str> {
        match self.get(key)? {
            Limit::Text(text) => Some(text),
            Limit::Size(_) | Limit::Count(_) | Limit::Flag(_) | Limit::List(_) => None,
        }
    }

    /// The list under a key; `None` where the edition is silent.
    #[must_use]
    pub fn list(&self, key: &str) -> Option<&[String]> {
        match self.get(key)? {
            Limit::List(list) => Some(list),
            Limit::Size(_) | Limit::Count(_) | Limit::Flag(_) | Limit::Text(_) => None,
        }
    }

    /// Every limit with its key, in order of keys.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Limit)> {
        self.0.iter().map(|(key, limit)| (key.as_str(), limit))
    }
}

impl std::fmt::Display for Limit {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Size(size) => size.fmt(out),
            Self::Count(count) => count.fmt(out),
            Self::Flag(true) => out.write_str("yes"),
            Self::Flag(false) => out.write_str("no"),
            Self::Text(text) => out.write_str(text),
            Self::List(list) => out.write_str(&list.join(", ")),
        }
    }
}

impl<'de> Deserialize<'de> for Limit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match toml::Value::deserialize(deserializer)? {
            toml::Value::Integer(count) => {
                u64::try_from(count).map(Self::Count).map_err(|_| D::Error::custom("a limit is not negative"))
            }
            toml::Value::Boolean(flag) => Ok(Self::Flag(flag)),
            toml::Value::String(text) => Ok(parse_size(&text).map_or(Self::Text(text), Self::Size)),
            toml::Value::Array(items) => items
                .into_iter()
                .map(|item| {
                    item.as_str().map(str::to_owned).ok_or_else(|| D::Error::custom("a list limit holds texts"))
                })
                .collect::<Result<_, _>>()
                .map(Self::List),
            toml::Value::Float(_) | toml::Value::Datetime(_) | toml::Value::Table(_) => Err(D::Error::custom(
                "a limit is a size with its unit, a whole number, true or false, a text, or a list of texts",
            )),
        }
    }
}

/// Reads "1023 GiB"; `None` when the text is no whole number with a unit of size.
#[must_use]
pub fn parse_size(text: &str) -> Option<Bytes> {
    let (number, unit) = text.split_once(' ')?;
    let number: u64 = number.parse().ok()?;
    let unit = match unit {
        "bytes" => 1,
        "MB" => 1_000_000,
        "MiB" => MIB,
        "GiB" => GIB,
        "TiB" => GIB << 10,
        _ => return None,
    };
    number.checked_mul(unit).map(Bytes)
}

fn word<'de, D: Deserializer<'de>, T: std::str::FromStr<Err: std::fmt::Display>>(
    deserializer: D,
) -> Result<T, D::Error> {
    let text = match toml::Value::deserialize(deserializer)? {
        toml::Value::String(text) => text,
        toml::Value::Datetime(date) => date.to_string(),
        other => return Err(D::Error::custom(format!("expected a word or a date, found {}", other.type_str()))),
    };
    text.parse().map_err(D::Error::custom)
}

fn optional_word<'de, D: Deserializer<'de>, T: std::str::FromStr<Err: std::fmt::Display>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    word(deserializer).map(Some)
}
