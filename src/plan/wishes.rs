//! What a site wishes of the plan: region, road, sizes, disks, bandwidth, waves, and what goes with what.

use crate::catalogue::{DiskTierKind, Target};
use crate::model::{Mebibytes, Name, Pattern, words};

words! {
    /// What sizes are chosen by.
    Sizing {
        /// What a machine has been given.
        Allocated = "allocated",
        /// What it uses, where utilisation is exported.
        RightSized = "right-sized",
    }
}

words! {
    /// How copies of a disk are kept apart.
    Redundancy {
        /// In one data centre.
        Local = "LRS",
        /// Across zones.
        Zone = "ZRS",
    }
}

words! {
    /// How the guest's licence is paid.
    Licence {
        /// In the price of the machine.
        Included = "included",
        /// By a licence that the customer has.
        Own = "own",
    }
}

words! {
    /// For how long the price of compute is agreed.
    Term {
        /// As it is used.
        AsYouGo = "as-you-go",
        /// Reserved for one year.
        OneYear = "1-year",
        /// Reserved for three years.
        ThreeYears = "3-years",
    }
}

/// How much changes on the disks in a day, where no export says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DailyChange {
    /// A share of what is used, in percent.
    Percent(u32),
    /// Gibibytes for each machine.
    GibEach(u64),
}

/// Machines that move together.
#[derive(Clone, Debug)]
pub struct Together {
    /// What they have in common.
    pub name: Name,
    /// The names of the machines.
    pub machines: Vec<Pattern>,
}

/// A machine whose wave is given.
#[derive(Clone, Debug)]
pub struct Pin {
    /// The names of the machines.
    pub machine: Pattern,
    /// The wave, from 1.
    pub wave: u32,
}

/// Machines that stay out of the plan.
#[derive(Clone, Debug)]
pub struct Exclusion {
    /// The names of the machines.
    pub machine: Pattern,
    /// Why.
    pub why: Name,
}

/// Where a network of the site goes.
#[derive(Clone, Debug)]
pub struct NetworkWish {
    /// The names of the site's networks.
    pub from: Pattern,
    /// The Azure network.
    pub network: Name,
    /// Its subnet.
    pub subnet: Option<Name>,
}

/// Everything wished of the plan.
#[derive(Clone, Debug)]
pub struct Wishes {
    /// The Azure region, in its short form.
    pub region: Option<Name>,
    /// The zone that a size must be offered in.
    pub zone: Option<Name>,
    /// The road to Azure; the first that was judged without it.
    pub road: Option<Target>,
    /// What sizes are chosen by.
    pub sizing: Sizing,
    /// Sizes to choose from: letters of a series, a series, a size or a quota family, as patterns.
    pub sizes: Vec<Pattern>,
    /// Sizes not to choose.
    pub avoid: Vec<Pattern>,
    /// Whether a size must have accelerated networking.
    pub accelerated_networking: Need,
    /// The kinds of managed disks to choose from, the preferred one first.
    pub disk_kinds: Vec<DiskTierKind>,
    /// How copies of a disk are kept apart.
    pub redundancy: Redundancy,
    /// A factor on what is used, in percent.
    pub comfort_percent: u32,
    /// The percentile that an export's utilisation is, as far as the site knows.
    pub percentile: Option<u32>,
    /// The fewest vCPUs of a right-sized machine.
    pub least_vcpus: u32,
    /// The least memory of a right-sized machine.
    pub least_memory: Mebibytes,
    /// How many times the data a disk must be to be told.
    pub oversize_factor: u64,
    /// How much the data grows meanwhile, in percent; the published share without it.
    pub growth_percent: Option<u32>,
    /// How much changes in a day, where no export says.
    pub daily_change: Option<DailyChange>,
    /// The bandwidth for replication, in megabits (10^6) a second.
    pub bandwidth_mbit: Option<u64>,
    /// The hours of a day in which it may be used.
    pub hours_a_day: u32,
    /// The hours of a day in which data changes.
    pub busy_hours: u32,
    /// The most machines of a wave; the published number without it.
    pub wave_size: Option<u32>,
    /// What moves together.
    pub together: Vec<Together>,
    /// What moves when.
    pub pins: Vec<Pin>,
    /// What stays out of the plan.
    pub excluded: Vec<Exclusion>,
    /// Where the site's networks go.
    pub networks: Vec<NetworkWish>,
    /// How the guest's licence is paid.
    pub licence: Licence,
    /// For how long the price of compute is agreed.
    pub term: Term,
    /// The resource group that machines go to.
    pub resource_group: Option<Name>,
    /// The waves of an earlier plan, by the machine's ID or name in lower case.
    pub kept_waves: Vec<(Name, u32)>,
}

/// Whether something must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// It must.
    Needed,
    /// It may be there or not.
    Indifferent,
}

impl Default for Wishes {
    fn default() -> Self {
        Self {
            region: None,
            zone: None,
            road: None,
            sizing: Sizing::Allocated,
            // General purpose: the D and E series.
            sizes: vec![Pattern::new("D"), Pattern::new("E")],
            avoid: Vec::new(),
            accelerated_networking: Need::Indifferent,
            disk_kinds: vec![DiskTierKind::PremiumSsd],
            redundancy: Redundancy::Local,
            comfort_percent: 100,
            percentile: None,
            least_vcpus: 1,
            least_memory: Mebibytes(1024),
            oversize_factor: 4,
            growth_percent: None,
            daily_change: None,
            bandwidth_mbit: None,
            hours_a_day: 24,
            busy_hours: 24,
            wave_size: None,
            together: Vec::new(),
            pins: Vec::new(),
            excluded: Vec::new(),
            networks: Vec::new(),
            licence: Licence::Included,
            term: Term::AsYouGo,
            resource_group: None,
            kept_waves: Vec::new(),
        }
    }
}
