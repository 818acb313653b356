//! Where the site's networks land in Azure: subnets, room, addresses kept or changed, overlaps.

use core::net::IpAddr;
use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::wave::Wave;
use super::wishes::Wishes;
use crate::catalogue::Catalogue;
use crate::model::{Estate, Field, Missing, Name, Network, Nic, SubjectKind, Why, words};
use crate::rules::Cidr;

words! {
    /// Why a subnet is the target of a network.
    TargetReason {
        /// The wishes say so.
        Wished = "wished",
        /// It has the network's name.
        SameName = "same-name",
        /// It is the first one of the only network of the region, which is used where no name is the same.
        First = "first-subnet",
    }
}

/// Where a network lands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Landing {
    /// The Azure network.
    pub network: Name,
    /// Its subnet, when one is known.
    pub subnet: Option<Name>,
    /// Its addresses, when they are exported.
    pub prefix: Result<Name, Missing>,
    /// Why it is the target.
    pub reason: TargetReason,
}

/// What is wrong with where a network lands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NetworkProblem {
    /// Nothing says where it lands.
    NoTarget,
    /// The subnet has too few addresses once a wave is there.
    TooSmall {
        /// The wave.
        wave: u32,
        /// The adapters that land there until then.
        adapters: u64,
        /// The addresses it has, without those that Azure keeps.
        room: u64,
    },
    /// Addresses of the site that do not land there are in its network's address space.
    Overlap {
        /// How many.
        addresses: u64,
    },
    /// The wishes name a network that no export lists.
    NotListed,
}

/// Where a network of the site lands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkPlan {
    /// The network as the site names it; none for adapters that no export connects.
    pub from: Option<Name>,
    /// Where it lands.
    pub target: Option<Landing>,
    /// Its machines.
    pub machines: u32,
    /// Their adapters on it.
    pub adapters: u64,
    /// Adapters whose addresses are in the target subnet, so that they may be kept.
    pub kept: u64,
    /// Adapters whose addresses are outside it, so that they change.
    pub changed: u64,
    /// Adapters of which that cannot be told: the addresses or the target subnet are not known.
    pub unknown: u64,
    /// What is free in the subnet when all machines are there; none while it is not known or less than nothing.
    pub free: Option<u64>,
    /// What is wrong.
    pub problems: Vec<NetworkProblem>,
}

/// What the machines planned have on a network of the site.
#[derive(Default)]
struct Site {
    from: Option<Name>,
    machines: Vec<u32>,
    addresses: Vec<Option<Vec<IpAddr>>>,
    by_wave: BTreeMap<u32, u64>,
}

/// Plans the networks of the machines in waves.
pub(super) fn plan(
    estate: &Estate,
    waves: &[Wave],
    region: Option<&Name>,
    wishes: &Wishes,
    catalogue: &Catalogue,
) -> Vec<NetworkPlan> {
    let mut sites: BTreeMap<String, Site> = BTreeMap::new();
    for wave in waves {
        for seat in &wave.machines {
            for nic in &estate.vms[seat.machine as usize].nics {
                add(&mut sites, seat.machine, wave.number, nic);
            }
        }
    }
    let here = |network: &&Network| match (network.location.value(), region) {
        (Some(place), Some(region)) => catalogue.regions.same(place, region),
        (Some(_) | None, _) => true,
    };
    let networks: Vec<&Network> = estate.azure.networks.iter().filter(here).collect();
    let overlaps = Overlaps::of(&networks, estate);
    let mut plans: Vec<(NetworkPlan, BTreeMap<u32, u64>)> =
        sites.into_values().map(|site| one(site, &networks, &overlaps, wishes)).collect();
    check_room(&mut plans, catalogue.planning.reserved_addresses.value);
    plans.into_iter().map(|(plan, _)| plan).collect()
}

/// The name a network goes by: the VM network, or the virtual switch without one.
pub(super) fn name_of(nic: &Nic) -> Option<&Name> {
    nic.network.value().or_else(|| nic.switch.value())
}

/// The same in lower case; empty for an adapter that no export connects.
fn key_of(nic: &Nic) -> String {
    name_of(nic).map_or(String::new(), |name| name.to_lowercase())
}

fn add(sites: &mut BTreeMap<String, Site>, machine: u32, wave: u32, nic: &Nic) {
    let site = sites.entry(key_of(nic)).or_default();
    site.from = name_of(nic).cloned();
    if site.machines.last() != Some(&machine) {
        site.machines.push(machine);
    }
    let is_v4 = |address: &&IpAddr| address.is_ipv4();
    site.addresses.push(nic.addresses.value().map(|all| all.iter().filter(is_v4).copied().collect()));
    *site.by_wave.entry(wave).or_default() += 1;
}

fn one(site: Site, networks: &[&Network], overlaps: &Overlaps, wishes: &Wishes) -> (NetworkPlan, BTreeMap<u32, u64>) {
    let target = site.from.as_ref().and_then(|from| landing(from, networks, wishes));
    let prefix: Option<Cidr> = target.as_ref().and_then(|landing| landing.prefix.as_ref().ok()?.parse().ok());
    let mut plan = NetworkPlan {
        from: site.from,
        machines: u32::try_from(site.machines.len()).unwrap_or(u32::MAX),
        adapters: site.addresses.len() as u64,
        kept: 0,
        changed: 0,
        unknown: 0,
        free: None,
        problems: Vec::new(),
        target,
    };
    for addresses in &site.addresses {
        match (addresses.as_deref(), prefix) {
            (None | Some([]), _) | (_, None) => plan.unknown += 1,
            (Some(all), Some(prefix)) if all.iter().all(|address| prefix.contains(*address)) => plan.kept += 1,
            (Some(_), Some(_)) => plan.changed += 1,
        }
    }
    match &plan.target {
        None => plan.problems.push(NetworkProblem::NoTarget),
        Some(landing) => {
            let listed = networks.iter().position(|network| is_named(network, &landing.network));
            match listed {
                None => plan.problems.push(NetworkProblem::NotListed),
                Some(network) => {
                    let addresses = overlaps.others(network, plan.from.as_ref());
                    if addresses > 0 {
                        plan.problems.push(NetworkProblem::Overlap { addresses });
                    }
                }
            }
        }
    }
    (plan, site.by_wave)
}

fn is_named(network: &Network, name: &str) -> bool {
    network.name.value().is_some_and(|known| known.eq_ignore_ascii_case(name))
}

/// Where a network lands: as wished, in a subnet of its name, or in the first subnet of the region's only network.
fn landing(from: &Name, networks: &[&Network], wishes: &Wishes) -> Option<Landing> {
    if let Some(wish) = wishes.networks.iter().find(|wish| wish.from.fits(SubjectKind::Network, from)) {
        let network = networks.iter().find(|network| is_named(network, &wish.network));
        let first = network.and_then(|network| subnets(network).into_iter().next()).map(|(name, _)| name);
        let subnet = wish.subnet.clone().or(first);
        return Some(land(wish.network.clone(), subnet, network.copied(), TargetReason::Wished));
    }
    for network in networks {
        let same = subnets(network).into_iter().find(|(name, _)| name.eq_ignore_ascii_case(from));
        if let (Some((subnet, _)), Some(name)) = (same, network.name.value()) {
            return Some(land(name.clone(), Some(subnet), Some(network), TargetReason::SameName));
        }
    }
    let [only] = networks else { return None };
    let (subnet, _) = subnets(only).into_iter().next()?;
    Some(land(only.name.value()?.clone(), Some(subnet), Some(only), TargetReason::First))
}

fn land(network: Name, subnet: Option<Name>, listed: Option<&Network>, reason: TargetReason) -> Landing {
    let absent = Missing { field: Field::AzureSubnetPrefixes, why: Why::Absent };
    let prefix = listed.zip(subnet.as_ref()).and_then(|(listed, subnet)| {
        subnets(listed).into_iter().find(|(name, _)| name.eq_ignore_ascii_case(subnet)).and_then(|(_, prefix)| prefix)
    });
    Landing { network, subnet, prefix: prefix.ok_or(absent), reason }
}

/// The subnets of a network with their prefixes; lists of two lengths do not tell which prefix is whose.
fn subnets(network: &Network) -> Vec<(Name, Option<Name>)> {
    let names = network.subnets.value().map_or(&[][..], Vec::as_slice);
    let prefixes = network.subnet_prefixes.value().map_or(&[][..], Vec::as_slice);
    let prefix = |at: usize| if names.len() == prefixes.len() { prefixes.get(at).cloned() } else { None };
    names.iter().enumerate().map(|(at, name)| (name.clone(), prefix(at))).collect()
}

/// For each Azure network, how many addresses of each network of the site are in its address space.
struct Overlaps(Vec<FxHashMap<String, u64>>);

impl Overlaps {
    fn of(networks: &[&Network], estate: &Estate) -> Self {
        let spaces = |network: &&Network| -> Vec<Cidr> {
            let texts = network.prefixes.value().map_or(&[][..], Vec::as_slice);
            texts.iter().filter_map(|text| text.parse().ok()).collect()
        };
        let spaces: Vec<Vec<Cidr>> = networks.iter().map(spaces).collect();
        let mut counts = vec![FxHashMap::default(); networks.len()];
        for nic in estate.vms.iter().flat_map(|vm| &vm.nics) {
            for address in nic.addresses.value().into_iter().flatten() {
                for (spaces, counts) in spaces.iter().zip(&mut counts) {
                    if spaces.iter().any(|space| space.contains(*address)) {
                        *counts.entry(key_of(nic)).or_default() += 1;
                    }
                }
            }
        }
        Self(counts)
    }

    /// The addresses of other networks of the site in the space of the Azure network of an index.
    fn others(&self, network: usize, from: Option<&Name>) -> u64 {
        let all: u64 = self.0[network].values().sum();
        let own = from.map_or(String::new(), |name| name.to_lowercase());
        all - self.0[network].get(&own).copied().unwrap_or(0)
    }
}

/// Adds up what lands in each subnet wave by wave, whichever networks it comes from.
fn check_room(plans: &mut [(NetworkPlan, BTreeMap<u32, u64>)], reserved: u64) {
    let key = |plan: &NetworkPlan| {
        let landing = plan.target.as_ref()?;
        Some((landing.network.to_lowercase(), landing.subnet.as_ref()?.to_lowercase()))
    };
    let mut by_subnet: BTreeMap<(String, String), BTreeMap<u32, u64>> = BTreeMap::new();
    for (plan, waves) in plans.iter() {
        let Some(key) = key(plan) else { continue };
        for (wave, adapters) in waves {
            *by_subnet.entry(key.clone()).or_default().entry(*wave).or_default() += adapters;
        }
    }
    for (plan, _) in plans.iter_mut() {
        let Some(waves) = key(plan).and_then(|key| by_subnet.get(&key)) else { continue };
        let prefix = plan.target.as_ref().and_then(|landing| landing.prefix.as_ref().ok()?.parse::<Cidr>().ok());
        let Some(room) = prefix.and_then(Cidr::ipv4_addresses).map(|size| size.saturating_sub(reserved)) else {
            continue;
        };
        let mut adapters = 0;
        let mut full = None;
        for (wave, more) in waves {
            adapters += more;
            if adapters > room && full.is_none() {
                full = Some(NetworkProblem::TooSmall { wave: *wave, adapters, room });
            }
        }
        plan.free = room.checked_sub(adapters);
        plan.problems.extend(full);
    }
}
