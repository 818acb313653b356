//! Azure virtual machine sizes: what each one holds, and the smallest that holds a machine.

use std::sync::LazyLock;

use jiff::civil::Date;
use serde::Deserialize;
use serde::de::{Deserializer, Error as _};

use super::list::{self, ListError};
use crate::model::{Architecture, Generation, Mebibytes, Missing, Vm, words};

words! {
    /// Who a size is made for.
    SizeKind {
        /// Any workload.
        General = "general",
        /// Workloads that are idle most of the time; judging that takes a week of measurements.
        Burstable = "burstable",
        /// Fewer vCPUs than the memory's usual share, to save licences.
        Constrained = "constrained",
        /// Confidential computing.
        Confidential = "confidential",
        /// Graphics or other accelerators.
        Accelerated = "accelerated",
        /// High-performance computing.
        HighPerformance = "high-performance",
        /// A promotion that has ended.
        Promotional = "promotional",
    }
}

/// A virtual machine size.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Size {
    /// Its name, `Standard_D4s_v5`.
    pub name: String,
    /// Its quota family, "standardDSv5Family"; compare it without regard to case.
    pub family: String,
    /// The vCPUs that the guest sees.
    pub vcpus: u32,
    /// Its memory.
    #[serde(rename = "memory_mib", deserialize_with = "mebibytes")]
    pub memory: Mebibytes,
    /// The most data disks it takes, the operating system disk not counted.
    pub max_data_disks: u32,
    /// Its processor, where a source tells.
    #[serde(deserialize_with = "word")]
    pub architecture: Option<Architecture>,
    /// The most network adapters it takes, where documented.
    pub max_nics: Option<u32>,
    /// The generations it runs, where documented.
    #[serde(deserialize_with = "word")]
    pub generations: Option<Generations>,
    /// Whether it has no SCSI controller for its disks, where documented.
    #[serde(deserialize_with = "yes_no_or_empty")]
    pub nvme_only: Option<bool>,
    /// The announced day of its retirement.
    pub retires: Option<Date>,
    /// Who it is made for.
    #[serde(deserialize_with = "required_word")]
    pub kind: SizeKind,
    /// Its graphics or other accelerators; none when absent.
    #[serde(default)]
    pub gpus: Option<u32>,
    /// Whether it has accelerated networking, where a source tells.
    #[serde(default, deserialize_with = "yes_no_or_empty")]
    pub accelerated_networking: Option<bool>,
    /// The most operations a second that all its disks do together without cache, where a source tells.
    #[serde(default)]
    pub uncached_iops: Option<u32>,
    /// The most MiB a second that all its disks do together without cache, where a source tells.
    #[serde(default)]
    pub uncached_mibps: Option<u32>,
    /// Whether it takes premium disks, where a source tells.
    #[serde(default, deserialize_with = "yes_no_or_empty")]
    pub premium_storage: Option<bool>,
}

words! {
    /// The generations that a size runs.
    Generations {
        /// Generation 1 only.
        One = "V1",
        /// Generation 2 only.
        Two = "V2",
        /// Either.
        Both = "V1+V2",
    }
}

impl Generations {
    /// Whether a generation is among them.
    #[must_use]
    pub const fn include(self, generation: Generation) -> bool {
        match (self, generation) {
            (Self::Both, _) | (Self::One, Generation::One) | (Self::Two, Generation::Two) => true,
            (Self::One, Generation::Two) | (Self::Two, Generation::One) => false,
        }
    }
}

/// What a machine asks of a size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Demand {
    /// Its vCPUs.
    pub vcpus: u32,
    /// Its memory.
    pub memory: Mebibytes,
    /// Its disks, the operating system disk not counted.
    pub data_disks: u32,
    /// Its network adapters; `None` to leave them aside.
    pub nics: Option<u32>,
    /// Its generation; `None` to leave it aside.
    pub generation: Option<Generation>,
}

impl Demand {
    /// What every check asks of a size for a machine: its vCPUs, memory and data disks.
    ///
    /// # Errors
    /// The first of them that is missing.
    pub fn of(vm: &Vm) -> Result<Self, Missing> {
        let bare = Self::without_disks(vm)?;
        // One of the disks becomes the operating system disk, which sizes do not count.
        Ok(Self { data_disks: vm.disk_count()?.value.saturating_sub(1), ..bare })
    }

    /// The least that is asked for a machine, whatever its disks: its vCPUs and memory.
    ///
    /// # Errors
    /// The first of them that is missing.
    pub fn without_disks(vm: &Vm) -> Result<Self, Missing> {
        let vcpus = vm.vcpus.need()?.value;
        let memory = vm.memory.need()?.value;
        Ok(Self { vcpus, memory, data_disks: 0, nics: None, generation: None })
    }
}

/// The sizes of the catalogue, smallest first.
#[derive(Clone, Debug)]
pub struct Sizes(Vec<Size>);

/// The list built into Klar, as a file.
pub(super) const TEXT: &str = include_str!("../../templates/sizes.csv");

static EMBEDDED: LazyLock<Sizes> =
    LazyLock::new(|| Sizes::parse(TEXT).expect("a test reads the embedded size catalogue"));

impl Sizes {
    /// The sizes built into Klar.
    #[must_use]
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// Reads a catalogue of sizes in the form of `templates/sizes.csv`.
    ///
    /// # Errors
    /// The line that is not a size, and why.
    pub fn parse(text: &str) -> Result<Self, ListError> {
        let mut sizes: Vec<Size> = list::rows(text, |size: &Size| size.name.clone())?;
        sizes.sort_by(|a, b| (a.vcpus, a.memory, &a.name).cmp(&(b.vcpus, b.memory, &b.name)));
        Ok(Self(sizes))
    }

    /// The smallest general size, by vCPUs, then memory, then name, that meets a demand.
    ///
    /// Only sizes known to run x64 guests and without an announced retirement are proposed. A size whose adapters or
    /// generations are not documented is not proposed to a machine that asks for several adapters or a generation.
    #[must_use]
    pub fn fits(&self, demand: &Demand) -> Option<&Size> {
        self.0.iter().find(|size| size.is_proposed() && size.meets(demand))
    }

    /// The size of a name, whatever its case.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Size> {
        self.0.iter().find(|size| size.name.eq_ignore_ascii_case(name))
    }

    /// Every size, smallest first.
    pub fn iter(&self) -> impl Iterator<Item = &Size> {
        self.0.iter()
    }
}

impl Size {
    /// Whether the size may be proposed for a machine of which only an inventory is known.
    #[must_use]
    pub fn is_proposed(&self) -> bool {
        self.kind == SizeKind::General && self.architecture == Some(Architecture::X64) && self.retires.is_none()
    }

    /// Whether the size is known to meet a demand.
    #[must_use]
    pub fn meets(&self, demand: &Demand) -> bool {
        let generation = demand.generation.is_none_or(|wanted| self.generations.is_some_and(|all| all.include(wanted)));
        // Every size takes the one adapter that a virtual machine has.
        let nics = demand.nics.is_none_or(|wanted| wanted <= self.max_nics.unwrap_or(1));
        self.vcpus >= demand.vcpus
            && self.memory >= demand.memory
            && self.max_data_disks >= demand.data_disks
            && generation
            && nics
    }
}

fn mebibytes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Mebibytes, D::Error> {
    u64::deserialize(deserializer).map(Mebibytes)
}

fn required_word<'de, D: Deserializer<'de>, T: std::str::FromStr<Err: std::fmt::Display>>(
    deserializer: D,
) -> Result<T, D::Error> {
    String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
}

fn word<'de, D: Deserializer<'de>, T: std::str::FromStr<Err: std::fmt::Display>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(D::Error::custom)
}

fn yes_no_or_empty<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
    match String::deserialize(deserializer)?.as_str() {
        "yes" => Ok(Some(true)),
        "no" => Ok(Some(false)),
        "" => Ok(None),
        other => Err(D::Error::custom(format!("`{other}` is neither `yes` nor `no` nor empty"))),
    }
}
