//! An edition of a target's requirements: dated data, read from a TOML file.

use jiff::civil::Date;
use serde::Deserialize;
use serde::de::{Deserializer, Error as _};

use super::limits::Limits;
use crate::model::words;

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
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// The key that requirements name it by.
    pub key: String,
    /// Its title.
    pub document: String,
    /// Its date.
    #[serde(deserialize_with = "word")]
    pub date: Date,
    /// Its published address.
    pub url: String,
    /// The address of the copy in which the text of that date was read, when the published address shows a newer one.
    #[serde(default)]
    pub copy: Option<String>,
    /// SHA-256 of the copy in lower-case hexadecimal, or why there is none.
    #[serde(default)]
    pub sha256: Option<String>,
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
    /// What decides in the section, in the catalogue's own words: its row or sentence.
    #[serde(default)]
    pub line: Option<String>,
    /// The edition it carries over from, when the newer documents do not restate it.
    #[serde(default)]
    pub carried_from: Option<String>,
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
