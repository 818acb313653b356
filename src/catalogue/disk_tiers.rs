//! Azure managed disks of fixed size: the tier that a disk of a given size becomes.

use std::sync::LazyLock;

use serde::Deserialize;
use serde::de::{Deserializer, Error as _};

use super::list::{self, ListError};
use crate::model::{Bytes, words};

words! {
    /// A kind of managed disk with tiers of fixed size.
    DiskTierKind {
        /// Premium SSD.
        PremiumSsd = "premium-ssd",
        /// Standard SSD.
        StandardSsd = "standard-ssd",
        /// Standard HDD.
        StandardHdd = "standard-hdd",
    }
}

/// A tier of managed disks.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DiskTier {
    /// The kind of disk.
    #[serde(deserialize_with = "kind")]
    pub kind: DiskTierKind,
    /// Its name, "P30".
    pub tier: String,
    /// The largest disk of the tier.
    #[serde(rename = "size_gib", deserialize_with = "gibibytes")]
    pub size: Bytes,
    /// Provisioned input and output operations a second, without bursts.
    pub iops: u32,
    /// Provisioned throughput in 10^6 bytes a second, without bursts.
    pub mb_per_second: u32,
}

/// The tiers of the catalogue, by kind and size.
#[derive(Clone, Debug)]
pub struct DiskTiers(Vec<DiskTier>);

/// The list built into Klar, as a file.
pub(super) const TEXT: &str = include_str!("../../templates/disks.csv");

static EMBEDDED: LazyLock<DiskTiers> =
    LazyLock::new(|| DiskTiers::parse(TEXT).expect("a test reads the embedded disk catalogue"));

impl DiskTiers {
    /// The tiers built into Klar.
    #[must_use]
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// Reads a catalogue of tiers in the form of `templates/disks.csv`.
    ///
    /// # Errors
    /// The line that is not a tier, and why.
    pub fn parse(text: &str) -> Result<Self, ListError> {
        let mut tiers: Vec<DiskTier> = list::rows(text, |tier: &DiskTier| format!("{} {}", tier.kind, tier.tier))?;
        tiers.sort_by_key(|tier| (tier.kind, tier.size));
        Ok(Self(tiers))
    }

    /// The smallest tier of a kind that holds a disk of a size; `None` above the largest.
    #[must_use]
    pub fn holding(&self, kind: DiskTierKind, size: Bytes) -> Option<&DiskTier> {
        self.0.iter().find(|tier| tier.kind == kind && tier.size >= size)
    }

    /// Every tier, by kind and size.
    pub fn iter(&self) -> impl Iterator<Item = &DiskTier> {
        self.0.iter()
    }
}

fn kind<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DiskTierKind, D::Error> {
    String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
}

fn gibibytes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Bytes, D::Error> {
    u64::deserialize(deserializer).map(Bytes::gib)
}
