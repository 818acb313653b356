//! vCPU quotas: what the sizes chosen need of each family and of the region, against what is used and allowed.

use std::collections::BTreeMap;

use super::offer::Offers;
use super::wave::Wave;
use crate::catalogue::Regions;
use crate::model::{Azure, Field, Generation, Known, Missing, Name, Quota, Why};

/// The name of the quota of all sizes of a region, as `az vm list-usage` gives it.
pub const REGION: &str = "cores";

/// What is needed of a quota.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuotaNeed {
    /// The family as its source spells it, or [`REGION`].
    pub family: Name,
    /// The vCPUs of all machines planned, with those of the temporary machine where it is of the family.
    pub needed: u64,
    /// The vCPUs of the largest wave, which a test failover of it needs.
    pub for_a_test: u64,
    /// What is used and allowed, where exported.
    pub standing: Result<QuotaStanding, Missing>,
}

/// What is used of a quota and allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuotaStanding {
    /// The vCPUs in use.
    pub used: u64,
    /// The vCPUs allowed.
    pub limit: u64,
}

impl QuotaNeed {
    /// The vCPUs that are wanting for all machines; `None` while what is allowed is not known.
    #[must_use]
    pub fn short(&self) -> Option<u64> {
        let QuotaStanding { used, limit } = self.standing.ok()?;
        Some(used.saturating_add(self.needed).saturating_sub(limit))
    }

    /// The vCPUs that are wanting for a test failover of the largest wave.
    #[must_use]
    pub fn short_for_a_test(&self) -> Option<u64> {
        let QuotaStanding { used, limit } = self.standing.ok()?;
        Some(used.saturating_add(self.for_a_test).saturating_sub(limit))
    }

    /// The limit to ask for, when the one there is falls short.
    #[must_use]
    pub fn request(&self) -> Option<u64> {
        let QuotaStanding { used, .. } = self.standing.ok()?;
        (self.short()? > 0).then(|| used.saturating_add(self.needed))
    }
}

/// The size of the temporary machine that prepares the disks of a machine at its failover: the smallest that runs
/// generation 1 and takes as many disks as any machine planned.
#[must_use]
pub(super) fn helper(offers: &Offers, most_disks: u32) -> Option<u16> {
    let fits = |index: &u16| {
        let offer = offers.get(*index);
        offer.wished
            && offer.data_disks >= most_disks
            && offer.generations.is_some_and(|all| all.include(Generation::One))
    };
    (0..offers.list.len()).filter_map(|index| u16::try_from(index).ok()).find(fits)
}

/// What the sizes of the machines planned need of each quota; the region's total comes first.
pub(super) fn needs(
    azure: &Azure,
    regions: &Regions,
    offers: &Offers,
    sizes: &[Option<u16>],
    waves: &[Wave],
    helper: Option<u16>,
) -> Vec<QuotaNeed> {
    let mut families: BTreeMap<String, (Name, u64, u64)> = BTreeMap::new();
    let mut total = (0, 0);
    for size in sizes.iter().flatten().copied().chain(helper) {
        let offer = offers.get(size);
        let vcpus = u64::from(offer.vcpus);
        families.entry(offer.family.to_ascii_lowercase()).or_insert_with(|| (offer.family.clone(), 0, 0)).1 += vcpus;
        total.0 += vcpus;
    }
    for wave in waves {
        let mut of_wave: BTreeMap<String, u64> = BTreeMap::new();
        let chosen = wave.machines.iter().filter_map(|seat| sizes.get(seat.machine as usize).copied().flatten());
        for size in chosen.chain(helper) {
            let offer = offers.get(size);
            *of_wave.entry(offer.family.to_ascii_lowercase()).or_default() += u64::from(offer.vcpus);
        }
        total.1 = total.1.max(of_wave.values().sum());
        for (family, vcpus) in of_wave {
            if let Some((_, _, test)) = families.get_mut(&family) {
                *test = vcpus.max(*test);
            }
        }
    }
    if total.0 == 0 {
        return Vec::new();
    }
    let region = (REGION.into(), total.0, total.1);
    let all = std::iter::once(region).chain(families.into_values());
    all.map(|(family, needed, for_a_test)| {
        let standing = standing(azure, regions, &family, offers.region.as_ref());
        QuotaNeed { family, needed, for_a_test, standing }
    })
    .collect()
}

/// What an export says of a quota in a region; a quota of no stated region is taken for one of the region planned for.
fn standing(azure: &Azure, regions: &Regions, family: &str, region: Option<&Name>) -> Result<QuotaStanding, Missing> {
    let here = |quota: &&Quota| match (quota.location.value(), region) {
        (Some(place), Some(region)) => regions.same(place, region),
        (Some(_) | None, _) => true,
    };
    let is_of = |quota: &&Quota| quota.name.value().is_some_and(|name| name.eq_ignore_ascii_case(family));
    let absent = Missing { field: Field::QuotaLimit, why: Why::Absent };
    let quota = azure.quotas.iter().filter(is_of).find(here).ok_or(absent)?;
    let value = |known: &Known<u64>| known.value;
    Ok(QuotaStanding { used: quota.used.need().map(value)?, limit: quota.limit.need().map(value)? })
}
