//! What published documents say of planning: space, growth, intervals and the limits of accounts.

use std::sync::LazyLock;

use jiff::civil::Date;
use serde::Deserialize;

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

/// A document that a number of the plan is from.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanningSource {
    /// Its key.
    pub key: String,
    /// Its title.
    pub document: String,
    /// The date of its text.
    pub date: Date,
    /// Its address.
    pub url: String,
}

/// What documents say of planning.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Planning {
    /// The day the numbers were gathered.
    pub retrieved: Date,
    /// The documents.
    #[serde(rename = "source")]
    pub sources: Vec<PlanningSource>,
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

static EMBEDDED: LazyLock<Planning> = LazyLock::new(|| {
    toml::from_str(include_str!("../../templates/planning.toml")).expect("a test reads the embedded planning facts")
});

impl Planning {
    /// The facts built into Klar.
    #[must_use]
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// The document of a key.
    #[must_use]
    pub fn source(&self, key: &str) -> Option<&PlanningSource> {
        self.sources.iter().find(|source| source.key == key)
    }
}
