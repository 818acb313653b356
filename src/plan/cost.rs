//! What a month costs, from the prices of a file: compute, disks and replication, each rounded once, so that sums add up.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::disk::DiskPlan;
use super::offer::Offers;
use super::price::{HOURS_A_MONTH, Item, Money, Prices};
use crate::catalogue::Target;
use crate::model::Name;

/// What a month of a machine costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MachineCost {
    /// Its size, when priced.
    pub compute: Option<Money>,
    /// Its disks, when every one has a tier and a price.
    pub disks: Option<Money>,
    /// Its replication, when priced.
    pub fee: Option<Money>,
}

impl MachineCost {
    /// The whole, when size and disks are priced; replication is added where it has a price.
    #[must_use]
    pub fn total(&self) -> Option<Money> {
        let fee = self.fee.map_or(0, |fee| fee.0);
        Some(Money(self.compute?.0.saturating_add(self.disks?.0).saturating_add(fee)))
    }
}

/// What a month of everything planned costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cost {
    /// The price files.
    pub files: Vec<String>,
    /// SHA-256 of each.
    pub digests: Vec<String>,
    /// The newest day on which one of their prices took effect.
    pub date: Option<Date>,
    /// Whether they name a further page that is not there.
    pub more: bool,
    /// The currency.
    pub currency: String,
    /// How many decimals a sum has.
    pub places: u32,
    /// Compute of the machines that are priced.
    pub compute: Money,
    /// Disks that are priced.
    pub disks: Money,
    /// Replication.
    pub fees: Money,
    /// Machines of which some part has no price.
    pub unpriced_machines: u32,
    /// The sizes chosen that have no price, in order of names.
    pub unpriced_sizes: Vec<Name>,
    /// The tiers chosen that have no price.
    pub unpriced_tiers: Vec<String>,
    /// What a month of each machine costs, in the estate's order; none for one that is not planned.
    pub machines: Vec<Option<MachineCost>>,
}

impl Cost {
    /// A sum as a decimal text with the currency's places.
    #[must_use]
    pub fn shown(&self, money: Money) -> String {
        super::price::shown(money, self.places)
    }

    /// The sum of compute, disks and replication.
    #[must_use]
    pub fn total(&self) -> Money {
        Money(self.compute.0.saturating_add(self.disks.0).saturating_add(self.fees.0))
    }
}

/// The size of a machine, as far as its cost asks.
#[derive(Clone, Copy, Debug)]
pub(super) enum Sized {
    /// The machine is not planned.
    Unplanned,
    /// No size is chosen for it.
    Unknown,
    /// The size chosen, and whether its licence is of Windows.
    Chosen { size: u16, windows: bool },
}

/// Adds up what a month costs, for the size of each machine.
pub(super) fn plan(prices: &Prices, offers: &Offers, sized: &[Sized], disks: &[DiskPlan<'_>], road: Target) -> Cost {
    let mut cost = Cost {
        files: prices.files.clone(),
        digests: prices.digests.clone(),
        date: prices.date,
        more: prices.more,
        currency: prices.currency.clone(),
        places: prices.places(),
        compute: Money(0),
        disks: Money(0),
        fees: Money(0),
        unpriced_machines: 0,
        unpriced_sizes: Vec::new(),
        unpriced_tiers: Vec::new(),
        machines: Vec::with_capacity(sized.len()),
    };
    let fee = prices.rate(Item::Fee(road), offers.region.as_ref()).map(|rate| prices.sum(rate, 1));
    let mut unpriced_sizes: BTreeSet<Name> = BTreeSet::new();
    let mut unpriced_tiers: BTreeSet<String> = BTreeSet::new();
    let mut rest = disks;
    for (number, planned) in (0_u32..).zip(sized) {
        let end = rest.partition_point(|disk| disk.vm <= number);
        let (mine, others) = rest.split_at(end);
        rest = others;
        let size = match *planned {
            Sized::Unplanned => {
                cost.machines.push(None);
                continue;
            }
            Sized::Unknown => None,
            Sized::Chosen { size, windows } => Some((size, windows)),
        };
        let compute = size.and_then(|(size, windows)| {
            let offer = offers.get(size);
            let rate = if windows { offer.windows } else { offer.bare };
            if rate.is_none() {
                unpriced_sizes.insert(offer.name.clone());
            }
            rate.map(|rate| prices.sum(rate, HOURS_A_MONTH))
        });
        for tier in mine.iter().filter(|disk| disk.monthly.is_none()).filter_map(|disk| disk.tier.ok()) {
            unpriced_tiers.insert(tier.tier.clone());
        }
        let of_disks: u64 = mine.iter().filter_map(|disk| disk.monthly).map(|money| money.0).sum();
        let every = !mine.is_empty() && mine.iter().all(|disk| disk.monthly.is_some());
        let machine = MachineCost { compute, disks: every.then_some(Money(of_disks)), fee };
        cost.compute.0 += compute.map_or(0, |money| money.0);
        cost.disks.0 += of_disks;
        cost.fees.0 += fee.map_or(0, |money| money.0);
        cost.unpriced_machines += u32::from(machine.total().is_none());
        cost.machines.push(Some(machine));
    }
    cost.unpriced_sizes = unpriced_sizes.into_iter().collect();
    cost.unpriced_tiers = unpriced_tiers.into_iter().collect();
    cost
}
