//! The plan in sentences not yet said: numbers and names apart from their wording.

use super::account::Unfit;
use super::basis::{Basis, From as Of};
use super::cost::Cost;
use super::disk::{DiskPlan, MayExclude, NoTier, TierReason};
use super::network::NetworkProblem;
use super::offer::Offers;
use super::size::{Asks, NoSize, Outcome, Shortfall, SizeChoice, Unverified};
use super::wave::{SeatReason, WaveProblem};
use crate::catalogue::Planning;
use crate::model::{Arg, Bytes, Estate, Identity, Missing, Phrase, say};

/// What a missing fact leaves unknown, and the export that would settle it.
#[must_use]
pub fn missing(missing: Missing) -> Phrase {
    say!("{fact} is not known: {export}", fact = missing.field, export = Arg::Export(missing.field))
}

/// What a size lacks, with both numbers.
#[must_use]
pub fn shortfall(short: &Shortfall) -> Phrase {
    match *short {
        Shortfall::Vcpus { needed, has } => say!("{has} of {needed} vCPUs", has = has, needed = needed),
        Shortfall::Memory { needed, has } => say!("{has} of {needed} memory", has = has, needed = needed),
        Shortfall::DataDisks { needed, has } => say!("{has} of {needed} data disks", has = has, needed = needed),
        Shortfall::Adapters { needed, has } => say!("{has} of {needed} network adapters", has = has, needed = needed),
        Shortfall::Generation { needed, has } => {
            say!(
                "runs {has}, not generation {needed}",
                has = Arg::Word(has.as_str()),
                needed = Arg::Word(needed.as_str())
            )
        }
        Shortfall::Processor { needed, has } => {
            say!(
                "its processor is {has}, not {needed}",
                has = Arg::Word(has.as_str()),
                needed = Arg::Word(needed.as_str())
            )
        }
        Shortfall::NvmeOnly => say!("its disks are on NVMe only, which the guest is not known to start from"),
        Shortfall::PremiumStorage => say!("takes no premium disks"),
        Shortfall::AcceleratedNetworking => say!("has no accelerated networking"),
        Shortfall::Iops { needed, has } => {
            say!("{has} of {needed} disk operations a second", has = has, needed = needed)
        }
        Shortfall::Throughput { needed, has } => {
            say!("{has} of {needed} disk throughput a second", has = has, needed = needed)
        }
    }
}

fn lacks(lacks: &[Shortfall]) -> Arg {
    Arg::List(lacks.iter().map(|short| Arg::from(shortfall(short))).collect())
}

/// What decided a choice.
#[must_use]
pub fn why(asks: &Asks, outcome: &Outcome, offers: &Offers) -> Phrase {
    match outcome {
        Ok(choice) => chosen(asks, choice, offers),
        Err(none) => no_size(none, offers),
    }
}

fn chosen(asks: &Asks, choice: &SizeChoice, offers: &Offers) -> Phrase {
    let decided = match &choice.smaller {
        Some((_, lacks)) => {
            let decisive = lacks.iter().map(|short| Arg::from(need(short)));
            say!("decided by {needs}", needs = Arg::List(decisive.collect()))
        }
        None => say!(
            "the least of the sizes to choose from, for {vcpus} {vcpus:vCPU|vCPUs} and {memory}",
            vcpus = asks.vcpus,
            memory = asks.memory
        ),
    };
    let basis = offers.get(choice.size).basis;
    let known = say!("{decided}; size {basis}", decided = decided, basis = Arg::Word(basis.as_str()));
    match not_verified(&choice.unverified) {
        Some(open) => say!("{known}; {open}", known = known, open = open),
        None => known,
    }
}

/// What a machine needs that a smaller size does not have.
fn need(short: &Shortfall) -> Phrase {
    match *short {
        Shortfall::Vcpus { needed, .. } => say!("{needed} {needed:vCPU|vCPUs}", needed = needed),
        Shortfall::Memory { needed, .. } => say!("{needed} memory", needed = needed),
        Shortfall::DataDisks { needed, .. } => say!("{needed} {needed:data disk|data disks}", needed = needed),
        Shortfall::Adapters { needed, .. } => {
            say!("{needed} {needed:network adapter|network adapters}", needed = needed)
        }
        Shortfall::Generation { needed, .. } => say!("generation {needed}", needed = Arg::Word(needed.as_str())),
        Shortfall::Processor { needed, .. } => say!("the processor, {needed}", needed = Arg::Word(needed.as_str())),
        Shortfall::NvmeOnly => say!("a guest that is not known to start from NVMe"),
        Shortfall::PremiumStorage => say!("premium disks"),
        Shortfall::AcceleratedNetworking => say!("accelerated networking"),
        Shortfall::Iops { needed, .. } => say!("{needed} disk operations a second", needed = needed),
        Shortfall::Throughput { needed, .. } => say!("{needed} disk throughput a second", needed = needed),
    }
}

/// What nobody published of a size; none when all that matters is published.
#[must_use]
pub fn not_verified(open: &[Unverified]) -> Option<Phrase> {
    let list = Arg::List(open.iter().map(|property| Arg::Word(property.as_str())).collect());
    (!open.is_empty()).then(|| say!("not verified: {list}", list = list))
}

/// Why not the next smaller size.
#[must_use]
pub fn why_not_smaller(short: &[Shortfall]) -> Phrase {
    say!("{lacks}", lacks = lacks(short))
}

fn no_size(none: &NoSize, offers: &Offers) -> Phrase {
    let name = |index: u16| Arg::text(&offers.get(index).name);
    let largest = match &none.largest {
        Some((index, short)) => {
            say!("no size to choose from takes it; {size}: {lacks}", size = name(*index), lacks = lacks(short))
        }
        None => say!("there is no size to choose from"),
    };
    match none.outside {
        Some(index) => {
            say!("{largest}; {size} would, and is not among those wished for", largest = largest, size = name(index))
        }
        None => largest,
    }
}

/// What decided a disk's tier, or why it has none.
#[must_use]
pub fn tier(disk: &DiskPlan<'_>) -> Phrase {
    match disk.tier {
        Err(NoTier::Missing(fact)) => missing(fact),
        Err(NoTier::TooLarge) => say!("no managed disk of the kinds wished for is as large"),
        Err(NoTier::TooFast) => say!("no managed disk of the kinds wished for is as fast"),
        Ok(tier) => {
            let reason = match disk.reason {
                TierReason::Size => say!("the least tier that holds it"),
                TierReason::Iops => say!("the least tier that does its operations, {iops} a second", iops = tier.iops),
                TierReason::Throughput => {
                    say!("the least tier that does its throughput, {rate} MB/s", rate = tier.mb_per_second)
                }
            };
            match (disk.rounded_by, disk.oversize) {
                (Bytes(0), None) => reason,
                (added, None) => say!("{reason}; rounded up by {added}", reason = reason, added = added),
                (_, Some(times)) => say!("{reason}; {times} times the data in it", reason = reason, times = times),
            }
        }
    }
}

/// Why replication may leave a disk out.
#[must_use]
pub fn may_exclude(why: MayExclude) -> Phrase {
    match why {
        MayExclude::Shared => say!("another machine uses it"),
        MayExclude::PageFile => say!("a page file, by its name"),
        MayExclude::Temporary => say!("temporary data, by its name"),
    }
}

fn machine(estate: &Estate, index: u32) -> Arg {
    Arg::named(Identity::Machine, estate.vms.get(index as usize).map_or("", |vm| vm.shown_name()))
}

/// Why a machine is in its wave.
#[must_use]
pub fn seat(reason: &SeatReason, estate: &Estate) -> Phrase {
    match reason {
        SeatReason::Ready => say!("ready"),
        SeatReason::Remedy => say!("waits for the same remedies"),
        SeatReason::Unknown => say!("something essential is not known"),
        SeatReason::Together(name) => say!("moves together: {name}", name = Arg::named(Identity::Customer, name)),
        SeatReason::Cycle => say!("it and others of the wave need each other"),
        SeatReason::After(needed) => say!("after {machine}, which it needs", machine = machine(estate, *needed)),
        SeatReason::Pinned => say!("pinned"),
        SeatReason::Kept => say!("kept from the plan before"),
    }
}

/// What the wishes and the estate do not allow together.
#[must_use]
pub fn problem(problem: &WaveProblem, estate: &Estate) -> Phrase {
    match problem.clone() {
        WaveProblem::PinnedBefore { machine: one, needs } => say!(
            "{machine} is pinned to a wave before {needed}, which it needs.",
            machine = machine(estate, one),
            needed = machine(estate, needs)
        ),
        WaveProblem::PinnedApart { machine: one, wave } => say!(
            "{machine} is pinned to another wave than those it moves together with; wave {wave} stands.",
            machine = machine(estate, one),
            wave = wave
        ),
        WaveProblem::TooManyTogether { wave, machines, name: Some(name) } => say!(
            "Wave {wave} holds the {machines} machines of {name}, which move together and are more than a wave is to have.",
            wave = wave,
            machines = machines,
            name = Arg::named(Identity::Customer, &name)
        ),
        WaveProblem::TooManyTogether { wave, machines, name: None } => say!(
            "Wave {wave} holds {machines} machines that move together, more than a wave is to have.",
            wave = wave,
            machines = machines
        ),
        WaveProblem::NeedsUnplanned { machine: one, needs } => say!(
            "{machine} needs {needed}, which is not planned.",
            machine = machine(estate, one),
            needed = machine(estate, needs)
        ),
    }
}

/// Why an account is not used.
#[must_use]
pub fn unfit(why: &Unfit) -> Phrase {
    match why {
        Unfit::Elsewhere(place) => say!("in another region: {place}", place = Arg::text(place)),
        Unfit::Kind(kind) => say!("its kind, {kind}, does not take what replication writes", kind = Arg::text(kind)),
        Unfit::Redundancy(sku) => say!("its redundancy, {sku}, is not supported", sku = Arg::text(sku)),
        Unfit::Premium(sku) => say!("a premium account, {sku}; logs need a standard one", sku = Arg::text(sku)),
        Unfit::Classic => say!("a classic account"),
        Unfit::SoftDelete => say!("soft delete is on, which replication does not support"),
        Unfit::Missing(fact) => missing(*fact),
        Unfit::NotNeeded => say!("the accounts before it suffice"),
    }
}

/// What is wrong with where a network lands.
#[must_use]
pub fn network_problem(problem: &NetworkProblem) -> Phrase {
    match *problem {
        NetworkProblem::NoTarget => say!("nothing says where it lands; name it in [[plan.network]]"),
        NetworkProblem::TooSmall { wave, adapters, room } => say!(
            "too small from wave {wave}: {adapters} adapters, {room} addresses",
            wave = wave,
            adapters = adapters,
            room = room
        ),
        NetworkProblem::Overlap { addresses } => say!(
            "{addresses} {addresses:address|addresses} of other networks of the site {addresses:is|are} in its address space",
            addresses = addresses
        ),
        NetworkProblem::NotListed => say!("no export lists the network"),
    }
}

/// How a number is known, and from what.
#[must_use]
pub fn basis(basis: Basis, from: &[Of], facts: &Planning) -> Phrase {
    let source = |of: &Of| match *of {
        Of::Fact(field) => Arg::from(field),
        Of::Wish(key) => Arg::Word(key),
        Of::Document(key) => Arg::wording(facts.source(key).map_or(key, |source| &source.document)),
    };
    let list = Arg::List(from.iter().map(source).collect());
    say!("{basis} from {list}", basis = Arg::Word(basis.as_str()), list = list)
}

/// How a sum of money is known: estimated, from the price files.
#[must_use]
pub fn cost_basis(cost: &Cost) -> Phrase {
    let files = Arg::names(Identity::File, cost.files.iter().map(String::as_str));
    say!("{basis} from {files}", basis = Arg::Word(Basis::Estimated.as_str()), files = files)
}
