//! What published documents say of planning: space, growth, intervals and the limits of accounts.

use std::sync::LazyLock;

use jiff::civil::Date;
use serde::Deserialize;

use super::edition::Document;

/// A published number with the document it is from.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Published {
    /// The number.
    pub value: u64,
    /// The key of its document in [`Planning::sources`].
    pub source: String,
}

/// A published day with the document it is from.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublishedDay {
    /// The day.
    pub value: Date,
    /// The key of its document in [`Planning::sources`].
    pub source: String,
}

/// What documents say of planning.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Planning {
    /// The day the numbers were gathered.
    pub retrieved: Date,
    /// The documents.
    #[serde(rename = "source")]
    pub sources: Vec<Document>,
    /// How much the data grows while the plan is carried out, in percent.
    pub growth_percent: Published,
    /// The share of measurements that a measured peak covers, in percent.
    pub percentile: Published,
    /// What a volume must have free beside a disk during its first copy, in percent of the disk.
    pub initial_space_percent: Published,
    /// The same while its changes are copied.
    pub delta_space_percent: Published,
    /// How many machines Azure Migrate takes at a time.
    pub machines_at_a_time: Published,
    /// The seconds between copies.
    pub copy_seconds: Published,
    /// The fewest seconds between copies, which premium storage does not allow.
    pub copy_seconds_least: Published,
    /// The addresses that Azure keeps of every subnet.
    pub reserved_addresses: Published,
    /// What a general-purpose v2 account takes in, in megabits a second.
    pub ingress_mbit_v2: Published,
    /// What a general-purpose v1 account takes in, in megabits a second.
    pub ingress_mbit_v1: Published,
    /// From when on a standard HDD holds no operating system.
    pub hdd_os_disks_end: PublishedDay,
    /// The most machines of one import file of Azure Migrate.
    pub import_rows: Published,
    /// The most disks of a machine in it.
    pub import_disks: Published,
    /// The temporary machines that prepare disks at a failover.
    pub helper_machines: Published,
}

/// The facts built into Klar, as a file.
pub(super) const TEXT: &str = include_str!("../../templates/planning.toml");

static EMBEDDED: LazyLock<Planning> =
    LazyLock::new(|| Planning::parse(TEXT).expect("a test reads the embedded planning facts"));

impl Planning {
    /// The facts built into Klar.
    #[must_use]
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// Reads facts in the form of `templates/planning.toml`.
    ///
    /// # Errors
    /// What is wrong: its shape with the line, a document that is not listed, a number that nothing can be planned with.
    pub fn parse(text: &str) -> Result<Self, String> {
        let facts: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        match facts.problems().into_iter().next() {
            Some((key, problem)) => Err(format!("{key} {problem}")),
            None => Ok(facts),
        }
    }

    /// What of the facts cannot be planned with, each with its key.
    #[must_use]
    pub fn problems(&self) -> Vec<(&'static str, String)> {
        let mut problems = Vec::new();
        for (key, source) in self.cited() {
            if self.source(source).is_none() {
                problems.push((key, format!("names the source `{source}`, which the file does not list")));
            }
        }
        let never_nothing = [
            ("machines_at_a_time", &self.machines_at_a_time),
            ("ingress_mbit_v2", &self.ingress_mbit_v2),
            ("ingress_mbit_v1", &self.ingress_mbit_v1),
            ("import_rows", &self.import_rows),
            ("import_disks", &self.import_disks),
        ];
        for (key, _) in never_nothing.into_iter().filter(|(_, number)| number.value == 0) {
            problems.push((key, "is nothing, so that nothing could be planned".to_owned()));
        }
        problems
    }

    /// Every fact's key, with the key of its document.
    fn cited(&self) -> [(&'static str, &str); 14] {
        [
            ("growth_percent", &self.growth_percent.source),
            ("percentile", &self.percentile.source),
            ("initial_space_percent", &self.initial_space_percent.source),
            ("delta_space_percent", &self.delta_space_percent.source),
            ("machines_at_a_time", &self.machines_at_a_time.source),
            ("copy_seconds", &self.copy_seconds.source),
            ("copy_seconds_least", &self.copy_seconds_least.source),
            ("reserved_addresses", &self.reserved_addresses.source),
            ("ingress_mbit_v2", &self.ingress_mbit_v2.source),
            ("ingress_mbit_v1", &self.ingress_mbit_v1.source),
            ("hdd_os_disks_end", &self.hdd_os_disks_end.source),
            ("import_rows", &self.import_rows.source),
            ("import_disks", &self.import_disks.source),
            ("helper_machines", &self.helper_machines.source),
        ]
    }

    /// The document of a key.
    #[must_use]
    pub fn source(&self, key: &str) -> Option<&Document> {
        self.sources.iter().find(|source| source.key == key)
    }
}
