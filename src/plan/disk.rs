//! The managed disk that each disk becomes: type and tier, and what to look at before it is replicated.

use super::price::{Item, Money, Prices};
use super::wishes::Wishes;
use crate::catalogue::{Catalogue, DiskTier, DiskTierKind, Target};
use crate::model::{Bytes, Disk, DiskKind, DiskRole, GIB, Missing, Name, Vm, words};

/// Bytes in a megabyte (10^6), in which the throughput of tiers is published.
const MEGABYTE: u64 = 1_000_000;

words! {
    /// What decided a disk's tier.
    TierReason {
        /// Its size.
        Size = "size",
        /// Its operations a second, which the tier of its size does not do.
        Iops = "operations",
        /// Its throughput, which the tier of its size does not do.
        Throughput = "throughput",
    }
}

words! {
    /// Why replication may leave a disk out.
    MayExclude {
        /// Another machine uses it as well.
        Shared = "shared",
        /// Its name says that it holds the page file.
        PageFile = "page-file",
        /// Its name says that it holds what is not kept.
        Temporary = "temporary",
    }
}

/// Why a disk has no tier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoTier {
    /// Its size is not known.
    Missing(Missing),
    /// It is larger than every tier of the kinds wished for.
    TooLarge,
    /// No tier of the kinds wished for does as many operations or as much throughput.
    TooFast,
}

/// The managed disk that a disk becomes.
#[derive(Clone, Debug)]
pub struct DiskPlan<'a> {
    /// The machine: an index into the estate's machines.
    pub vm: u32,
    /// The disk: an index into the machine's disks.
    pub disk: u16,
    /// Whether it is the disk the machine starts from; unknown while no export settles that.
    pub role: Option<DiskRole>,
    /// Its tier.
    pub tier: Result<&'a DiskTier, NoTier>,
    /// What decided the tier.
    pub reason: TierReason,
    /// Its size in whole gibibytes, to which Azure rounds up.
    pub size_gib: Option<u64>,
    /// What the rounding adds.
    pub rounded_by: Bytes,
    /// How many times the data it is, when that is worth telling.
    pub oversize: Option<u64>,
    /// Why replication may leave it out.
    pub may_exclude: Option<MayExclude>,
    /// What a month of it costs.
    pub monthly: Option<Money>,
}

/// Plans the disks of a machine.
pub(super) fn plan<'a>(
    number: u32,
    vm: &Vm,
    catalogue: &'a Catalogue,
    road: Target,
    wishes: &Wishes,
    prices: Option<(&Prices, Option<&Name>)>,
    out: &mut Vec<DiskPlan<'a>>,
) {
    for (index, disk) in vm.disks.iter().enumerate() {
        let Ok(place) = u16::try_from(index) else { break };
        let size = disk.size.need().map(|known| known.value);
        let price = |tier: &DiskTier| monthly(tier, wishes, prices);
        let role = role(vm, index);
        let kinds = kinds(role, road, wishes);
        let (tier, reason) = match size {
            Ok(size) => tier_of(disk, size, catalogue, &kinds, wishes, price),
            Err(missing) => (Err(NoTier::Missing(missing)), TierReason::Size),
        };
        let size_gib = size.ok().map(|size| size.0.div_ceil(GIB));
        out.push(DiskPlan {
            vm: number,
            disk: place,
            role,
            tier,
            reason,
            size_gib,
            rounded_by: Bytes(size.map_or(0, |size| size.0.next_multiple_of(GIB) - size.0)),
            oversize: size.ok().and_then(|size| oversize(disk, size, wishes.oversize_factor)),
            may_exclude: may_exclude(disk),
            monthly: tier.ok().and_then(price),
        });
    }
}

fn role(vm: &Vm, index: usize) -> Option<DiskRole> {
    match vm.os_disk {
        Some(os) if os == index => Some(DiskRole::OperatingSystem),
        Some(_) => Some(DiskRole::Data),
        None => None,
    }
}

/// The kinds that a disk may become: an operating system is put on one that Azure keeps for it, where one is wished for.
fn kinds(role: Option<DiskRole>, road: Target, wishes: &Wishes) -> Vec<DiskTierKind> {
    let all = wishes.disk_kinds.iter().copied();
    let stays = |kind: &DiskTierKind| !leaves_os_disks(*kind, road);
    if role == Some(DiskRole::OperatingSystem) && wishes.disk_kinds.iter().any(stays) {
        return all.filter(stays).collect();
    }
    all.collect()
}

fn monthly(tier: &DiskTier, wishes: &Wishes, prices: Option<(&Prices, Option<&Name>)>) -> Option<Money> {
    let (prices, region) = prices?;
    let item = Item::Disk(tier.kind, tier.tier.clone(), wishes.redundancy);
    Some(prices.sum(prices.rate(item, region)?, 1))
}

/// How a tier is preferred before others: priced before unpriced, the cheapest, the least, the kind named first.
type Rank = (bool, Option<Money>, Bytes, usize);

/// The tier that holds a disk and does what it does: of the kinds wished for the cheapest, and without prices the one
/// of the least size, the kind named first among equals.
fn tier_of<'a>(
    disk: &Disk,
    size: Bytes,
    catalogue: &'a Catalogue,
    kinds: &[DiskTierKind],
    wishes: &Wishes,
    price: impl Fn(&DiskTier) -> Option<Money>,
) -> (Result<&'a DiskTier, NoTier>, TierReason) {
    let iops = disk.operations().map(|iops| with_comfort(iops, wishes));
    let throughput = disk.bytes_a_second().map(|rate| with_comfort(rate.0, wishes));
    let holds = |tier: &&DiskTier| tier.size >= size;
    let does_operations = |tier: &&DiskTier| iops.is_none_or(|iops| u64::from(tier.iops) >= iops);
    let does_throughput =
        |tier: &&DiskTier| throughput.is_none_or(|rate| u64::from(tier.mb_per_second) * MEGABYTE >= rate);
    let mut best: Option<(Rank, &DiskTier, TierReason)> = None;
    let mut holding = false;
    for (place, kind) in kinds.iter().enumerate() {
        let of_kind = || catalogue.disks.iter().filter(|tier| tier.kind == *kind);
        let Some(by_size) = of_kind().find(holds) else { continue };
        holding = true;
        let Some(tier) = of_kind().filter(holds).filter(does_operations).find(does_throughput) else { continue };
        let reason = if std::ptr::eq(tier, by_size) {
            TierReason::Size
        } else if does_operations(&by_size) {
            TierReason::Throughput
        } else {
            TierReason::Iops
        };
        let money = price(tier);
        let rank = (money.is_none(), money, tier.size, place);
        if best.as_ref().is_none_or(|(known, ..)| rank < *known) {
            best = Some((rank, tier, reason));
        }
    }
    match best {
        Some((_, tier, reason)) => (Ok(tier), reason),
        None if holding => (Err(NoTier::TooFast), TierReason::Iops),
        None => (Err(NoTier::TooLarge), TierReason::Size),
    }
}

/// A measured number with the comfort wished for, rounded up.
pub(super) fn with_comfort(measured: u64, wishes: &Wishes) -> u64 {
    u64::try_from((u128::from(measured) * u128::from(wishes.comfort_percent)).div_ceil(100)).unwrap_or(u64::MAX)
}

/// How many times its data a disk is; the file of a fixed disk tells nothing of the data in it.
fn oversize(disk: &Disk, size: Bytes, factor: u64) -> Option<u64> {
    if disk.kind.value() != Some(&DiskKind::Dynamic) {
        return None;
    }
    let used = disk.used.value()?.0;
    let times = size.0.checked_div(used)?;
    (times >= factor).then_some(times)
}

/// Why replication may leave a disk out: a flag of the export, or a word in the disk's own name.
fn may_exclude(disk: &Disk) -> Option<MayExclude> {
    if disk.shared.value() == Some(&true) {
        return Some(MayExclude::Shared);
    }
    let path = disk.path.value().or_else(|| disk.name.value())?;
    let file = path.rsplit(['\\', '/']).next().unwrap_or(path).to_lowercase();
    let words: Vec<&str> = file.split(|letter: char| !letter.is_alphanumeric()).collect();
    let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(word));
    if has(&["pagefile", "swap", "swapfile", "växlingsfil", "auslagerungsdatei"]) || (has(&["page"]) && has(&["file"]))
    {
        return Some(MayExclude::PageFile);
    }
    has(&["temp", "tmp", "tempdb", "scratch", "cache"]).then_some(MayExclude::Temporary)
}

/// Whether a kind of managed disk should not hold an operating system, which Azure stops allowing for it; what Site
/// Recovery makes is exempt.
#[must_use]
pub const fn leaves_os_disks(kind: DiskTierKind, road: Target) -> bool {
    matches!(kind, DiskTierKind::StandardHdd) && !matches!(road, Target::SiteRecovery)
}
