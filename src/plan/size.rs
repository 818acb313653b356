//! The size that a machine becomes: the smallest, or with prices the cheapest, that takes it.

use rustc_hash::FxHashMap;

use super::offer::{Offer, Offers};
use super::price::Rate;
use super::wishes::{Need, Wishes};
use crate::catalogue::{Generations, Support};
use crate::model::{Architecture, Bytes, Generation, Mebibytes, words};

/// What a machine asks of a size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Asks {
    /// Its vCPUs.
    pub vcpus: u32,
    /// Its memory.
    pub memory: Mebibytes,
    /// Its disks, the operating system disk not counted.
    pub data_disks: u32,
    /// Its network adapters, when known.
    pub nics: Option<u32>,
    /// Its generation, when known.
    pub generation: Option<Generation>,
    /// The processor that its guest runs on.
    pub architecture: Architecture,
    /// Whether its guest knows disks on `NVMe`.
    pub nvme: Support,
    /// Whether its disks are premium ones.
    pub premium: bool,
    /// The operations a second of all its disks, when every disk's are known.
    pub iops: Option<u64>,
    /// The bytes a second of all its disks, when every disk's are known.
    pub throughput: Option<Bytes>,
    /// Whether its licence is of Windows and paid with the machine.
    pub windows: bool,
}

/// What a size lacks for a machine, with both numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shortfall {
    /// vCPUs.
    Vcpus {
        /// What the machine needs.
        needed: u32,
        /// What the size has.
        has: u32,
    },
    /// Memory.
    Memory {
        /// What the machine needs.
        needed: Mebibytes,
        /// What the size has.
        has: Mebibytes,
    },
    /// Data disks.
    DataDisks {
        /// What the machine needs.
        needed: u32,
        /// What the size takes.
        has: u32,
    },
    /// Network adapters.
    Adapters {
        /// What the machine needs.
        needed: u32,
        /// What the size takes.
        has: u32,
    },
    /// The machine's generation.
    Generation {
        /// The machine's.
        needed: Generation,
        /// Those the size runs.
        has: Generations,
    },
    /// The processor.
    Processor {
        /// What the guest runs on.
        needed: Architecture,
        /// What the size has.
        has: Architecture,
    },
    /// The guest does not know disks on `NVMe`, and the size has no others.
    NvmeOnly,
    /// The size takes no premium disks.
    PremiumStorage,
    /// The size has no accelerated networking.
    AcceleratedNetworking,
    /// Disk operations a second.
    Iops {
        /// What the machine needs.
        needed: u64,
        /// What the size does.
        has: u64,
    },
    /// Disk throughput.
    Throughput {
        /// What the machine needs in a second.
        needed: Bytes,
        /// What the size does.
        has: Bytes,
    },
}

words! {
    /// A property of a size that nobody published, or of a machine that no export gives.
    Unverified {
        /// How many network adapters it takes, or the machine has.
        Adapters = "adapters",
        /// Which generations it runs, or the machine's generation.
        Generation = "generation",
        /// Its processor.
        Processor = "processor",
        /// Whether the guest knows disks on `NVMe`.
        Nvme = "NVMe",
        /// Whether it takes premium disks.
        PremiumStorage = "premium storage",
        /// Whether it has accelerated networking.
        AcceleratedNetworking = "accelerated networking",
        /// How many disk operations a second it does.
        Iops = "disk operations",
        /// How many bytes a second its disks do.
        Throughput = "disk throughput",
    }
}

/// A size chosen for a machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SizeChoice {
    /// The size: an index into the offers.
    pub size: u16,
    /// What nobody published of it, so that it is taken without being known to fit.
    pub unverified: Vec<Unverified>,
    /// The next smaller size, or with prices the next cheaper one, and what it lacks.
    pub smaller: Option<(u16, Vec<Shortfall>)>,
    /// The best sizes of up to three other families.
    pub alternatives: Vec<u16>,
}

/// Why no size is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoSize {
    /// The best size that takes the machine and is not among those wished for.
    pub outside: Option<u16>,
    /// The largest of the sizes wished for, and what it lacks.
    pub largest: Option<(u16, Vec<Shortfall>)>,
}

/// The chosen size, or why there is none.
pub type Outcome = Result<SizeChoice, NoSize>;

/// How many alternatives are named.
const ALTERNATIVES: usize = 3;

/// How a size is preferred before others: priced before unpriced, the cheapest, the fewest vCPUs, the least memory.
type Rank = (bool, Option<Rate>, u32, Mebibytes);

/// Sizes put in the order of preference, and what was chosen for what already.
#[derive(Debug)]
pub struct Chooser<'a> {
    offers: &'a Offers,
    accelerated: Need,
    /// For guests whose licence is paid with the machine.
    windows: Order,
    /// For other guests.
    bare: Order,
    known: FxHashMap<Asks, u32>,
    outcomes: Vec<(Asks, Outcome)>,
}

/// Indexes of offers, the preferred first: those wished for, and all.
#[derive(Debug)]
struct Order {
    wished: Vec<u16>,
    all: Vec<u16>,
}

impl Order {
    fn of(offers: &Offers, windows: bool) -> Self {
        let mut all: Vec<u16> = (0..offers.list.len()).filter_map(|index| u16::try_from(index).ok()).collect();
        let key = |index: u16| {
            let offer = offers.get(index);
            (rank(offer, windows), offer.order())
        };
        all.sort_by(|one, other| key(*one).cmp(&key(*other)));
        let wished = all.iter().copied().filter(|index| offers.get(*index).wished).collect();
        Self { wished, all }
    }
}

fn rank(offer: &Offer, windows: bool) -> Rank {
    let rate = if windows { offer.windows } else { offer.bare };
    (rate.is_none(), rate, offer.vcpus, offer.memory)
}

impl<'a> Chooser<'a> {
    /// Makes ready to choose among offers.
    #[must_use]
    pub fn new(offers: &'a Offers, wishes: &Wishes) -> Self {
        Self {
            offers,
            accelerated: wishes.accelerated_networking,
            windows: Order::of(offers, true),
            bare: Order::of(offers, false),
            known: FxHashMap::default(),
            outcomes: Vec::new(),
        }
    }

    /// Chooses a size, once for each set of demands; an index into the outcomes.
    pub fn choose(&mut self, asks: &Asks) -> u32 {
        if let Some(known) = self.known.get(asks) {
            return *known;
        }
        let index = u32::try_from(self.outcomes.len()).expect("fewer sets of demands than machines");
        let outcome = self.outcome(asks);
        self.outcomes.push((*asks, outcome));
        self.known.insert(*asks, index);
        index
    }

    /// Every set of demands with its outcome.
    #[must_use]
    pub fn finish(self) -> Vec<(Asks, Outcome)> {
        self.outcomes
    }

    fn outcome(&self, asks: &Asks) -> Outcome {
        let order = if asks.windows { &self.windows } else { &self.bare };
        let Some(first) = self.first(asks, &order.wished) else {
            let largest = order.wished.iter().copied().max_by_key(|index| self.offers.get(*index).order());
            let outside = self.first(asks, &order.all).map(|at| order.all[at]);
            return Err(NoSize { outside, largest: largest.map(|index| (index, self.lacks(asks, index))) });
        };
        let rank_at = |at: usize| rank(self.offers.get(order.wished[at]), asks.windows);
        // Of sizes equal in price, vCPUs and memory, the one of which most is published is taken.
        let equals = order.wished[first..].iter().copied();
        let equals = equals.take_while(|index| rank(self.offers.get(*index), asks.windows) == rank_at(first));
        let size = equals.filter(|index| self.takes(asks, *index)).min_by_key(|index| {
            let offer = self.offers.get(*index);
            (unverified(asks, offer, self.accelerated).len(), offer.order())
        });
        let size = size.expect("the first that takes the machine is among its equals");
        // A size with another processor is no smaller one of the same kind.
        let is_below = |index: &u16| {
            let offer = self.offers.get(*index);
            rank(offer, asks.windows) != rank_at(first) && offer.architecture.is_none_or(|has| has == asks.architecture)
        };
        let below = order.wished[..first].iter().rposition(is_below);
        let smaller = below.filter(|at| rank_at(*at).0 == rank_at(first).0).map(|at| order.wished[at]);
        Ok(SizeChoice {
            size,
            unverified: unverified(asks, self.offers.get(size), self.accelerated),
            smaller: smaller.map(|index| (index, self.lacks(asks, index))),
            alternatives: self.alternatives(asks, size, &order.all),
        })
    }

    /// The place of the first size of an order that takes a machine.
    fn first(&self, asks: &Asks, order: &[u16]) -> Option<usize> {
        order.iter().position(|index| self.takes(asks, *index))
    }

    /// The best size of up to three families other than the chosen one's.
    fn alternatives(&self, asks: &Asks, chosen: u16, order: &[u16]) -> Vec<u16> {
        let mut found: Vec<u16> = Vec::with_capacity(ALTERNATIVES);
        let same =
            |one: u16, other: u16| self.offers.get(one).family.eq_ignore_ascii_case(&self.offers.get(other).family);
        for index in order.iter().copied() {
            if found.len() == ALTERNATIVES {
                break;
            }
            if self.takes(asks, index) && !same(index, chosen) && !found.iter().any(|known| same(index, *known)) {
                found.push(index);
            }
        }
        found
    }

    fn takes(&self, asks: &Asks, index: u16) -> bool {
        let offer = self.offers.get(index);
        // These two settle most sizes, without making a list.
        offer.vcpus >= asks.vcpus && offer.memory >= asks.memory && self.lacks(asks, index).is_empty()
    }

    fn lacks(&self, asks: &Asks, index: u16) -> Vec<Shortfall> {
        shortfalls(asks, self.offers.get(index), self.accelerated)
    }
}

/// What a size lacks for a machine; what nobody published is no lack.
#[must_use]
pub fn shortfalls(asks: &Asks, offer: &Offer, accelerated: Need) -> Vec<Shortfall> {
    let mut lacks = Vec::new();
    let mut less = |is_less: bool, shortfall: Shortfall| {
        if is_less {
            lacks.push(shortfall);
        }
    };
    less(offer.vcpus < asks.vcpus, Shortfall::Vcpus { needed: asks.vcpus, has: offer.vcpus });
    less(offer.memory < asks.memory, Shortfall::Memory { needed: asks.memory, has: offer.memory });
    less(offer.data_disks < asks.data_disks, Shortfall::DataDisks { needed: asks.data_disks, has: offer.data_disks });
    if let (Some(needed), Some(has)) = (asks.nics, offer.nics) {
        less(has < needed, Shortfall::Adapters { needed, has });
    }
    if let (Some(needed), Some(has)) = (asks.generation, offer.generations) {
        less(!has.include(needed), Shortfall::Generation { needed, has });
    }
    if let Some(has) = offer.architecture {
        less(has != asks.architecture, Shortfall::Processor { needed: asks.architecture, has });
    }
    less(offer.nvme_only && asks.nvme == Support::No, Shortfall::NvmeOnly);
    less(asks.premium && offer.premium == Some(false), Shortfall::PremiumStorage);
    less(accelerated == Need::Needed && offer.accelerated == Some(false), Shortfall::AcceleratedNetworking);
    if let (Some(needed), Some(has)) = (asks.iops, offer.iops) {
        less(has < needed, Shortfall::Iops { needed, has });
    }
    if let (Some(needed), Some(has)) = (asks.throughput, offer.throughput) {
        less(has < needed, Shortfall::Throughput { needed, has });
    }
    lacks
}

/// What nobody published of a size, as far as a machine asks for it, and what no export gives of the machine.
#[must_use]
pub fn unverified(asks: &Asks, offer: &Offer, accelerated: Need) -> Vec<Unverified> {
    let mut open = Vec::new();
    let mut unless = |is_settled: bool, property: Unverified| {
        if !is_settled {
            open.push(property);
        }
    };
    // Every size takes the one adapter that a virtual machine has.
    unless(asks.nics.is_some_and(|nics| nics <= 1 || offer.nics.is_some()), Unverified::Adapters);
    let runs_any = offer.generations == Some(Generations::Both);
    unless(runs_any || (asks.generation.is_some() && offer.generations.is_some()), Unverified::Generation);
    unless(offer.architecture.is_some(), Unverified::Processor);
    unless(!offer.nvme_only || matches!(asks.nvme, Support::Yes | Support::No), Unverified::Nvme);
    unless(!asks.premium || offer.premium.is_some(), Unverified::PremiumStorage);
    unless(accelerated == Need::Indifferent || offer.accelerated.is_some(), Unverified::AcceleratedNetworking);
    unless(asks.iops.is_none() || offer.iops.is_some(), Unverified::Iops);
    unless(asks.throughput.is_none() || offer.throughput.is_some(), Unverified::Throughput);
    open
}
