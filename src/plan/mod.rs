//! What to move where, in what order, and what must be there first.

mod account;
mod basis;
mod cost;
mod demand;
mod disk;
mod group;
mod host_load;
mod line;
mod machine;
mod movers;
mod network;
mod offer;
mod price;
mod price_file;
mod quota;
mod size;
mod space;
mod wave;
mod wished;
mod wishes;
pub mod words;

use crate::catalogue::{Catalogue, Planning, Regions, Target};
use crate::evaluate::{Assessment, Readiness, Run};
use crate::model::{Estate, Name, SubjectKind, Vm};

use line::Load;

pub use account::{AccountPlan, Accounts, Purpose, Unfit};
pub use basis::{Amount, Bases, Basis, From};
pub use cost::{Cost, MachineCost};
pub use demand::RightSize;
pub use disk::{DiskPlan, MayExclude, NoTier, TierReason, leaves_os_disks};
pub use host_load::HostLoad;
pub use line::{Kbit, LinePlan, WaveTime, WhatIf, data_of};
pub use machine::{MachinePlan, Standing};
pub use network::{Landing, NetworkPlan, NetworkProblem, TargetReason};
pub use offer::{Availability, Offer, Offers};
pub use price::{Guest, HOURS_A_MONTH, Item, Money, Prices, Rate, decimal, hourly};
pub use price_file::PriceError;
pub use quota::{QuotaNeed, QuotaStanding, REGION};
pub use size::{Asks, Chooser, NoSize, Outcome, Shortfall, SizeChoice, Unverified, shortfalls, unverified};
pub use space::{VolumeNeed, VolumePlan};
pub use wave::{Remedy, Seat, SeatReason, Wave, WaveProblem};
pub use wished::Wished;
pub use wishes::{DailyChange, Exclusion, Licence, Need, NetworkWish, Pin, Redundancy, Sizing, Term, Together, Wishes};

/// What to move where, in what order, and what must be there first.
#[derive(Debug)]
pub struct Plan<'a> {
    /// The road planned for.
    pub road: Target,
    /// What documents say of planning.
    pub facts: &'a Planning,
    /// The sizes that can be had.
    pub offers: Offers,
    /// What was chosen for each set of demands.
    pub choices: Vec<(Asks, Outcome)>,
    /// A plan for each machine, in the estate's order.
    pub machines: Vec<MachinePlan>,
    /// The disks of the machines planned, in the estate's order.
    pub disks: Vec<DiskPlan<'a>>,
    /// The waves, in order.
    pub waves: Vec<Wave>,
    /// For each wave the host on which its first copies concentrate, when they do.
    pub busiest: Vec<Option<HostLoad>>,
    /// For each machine its wave and its place in it, as indexes.
    pub seats: Vec<Option<(u32, u32)>>,
    /// What the wishes and the estate do not allow together.
    pub problems: Vec<WaveProblem>,
    /// What is needed of each quota, the region's first.
    pub quotas: Vec<QuotaNeed>,
    /// The size of the temporary machine that the quotas count.
    pub helper: Option<u16>,
    /// The storage accounts.
    pub accounts: Accounts,
    /// The volumes of the source side.
    pub volumes: Vec<VolumePlan>,
    /// The line that replication uses.
    pub line: LinePlan,
    /// Where the site's networks land.
    pub networks: Vec<NetworkPlan>,
    /// What a month costs, when prices are given.
    pub cost: Option<Cost>,
    /// What was wished of it.
    pub wishes: Vec<Wished>,
    /// What sizes are chosen by.
    pub sizing: Sizing,
    /// Of which percentile the exported utilisation is, as far as the site says.
    pub percentile: Option<u32>,
    /// The resource group that machines go to.
    pub resource_group: Option<Name>,
    /// The zone that machines go to.
    pub zone: Option<Name>,
}

/// What each machine becomes, before it is known when.
struct Chosen<'a> {
    machines: Vec<MachinePlan>,
    disks: Vec<DiskPlan<'a>>,
    choices: Vec<(Asks, Outcome)>,
}

/// Plans an estate.
#[must_use]
pub fn plan<'a>(
    estate: &'a Estate,
    assessment: &Assessment<'_>,
    catalogue: &'a Catalogue,
    wishes: &Wishes,
    prices: Option<&Prices>,
) -> Plan<'a> {
    let facts = &catalogue.planning;
    let run = road(assessment, wishes);
    let road = road_of(run);
    let region = region(estate, &catalogue.regions, wishes);
    let offers = Offers::new(catalogue, &estate.azure.skus, wishes, region.as_ref(), prices);
    let Chosen { machines, disks, choices } = choose(estate, assessment, run, catalogue, &offers, wishes, prices);
    let sizes: Vec<Option<u16>> =
        machines.iter().map(|plan| chosen(plan, &choices, wishes.sizing)).map(|found| Some(found?.1)).collect();
    let loads: Vec<Load> = estate.vms.iter().map(|vm| load(vm, wishes)).collect();
    let change = |machine: usize| loads[machine].change.map(|change| change.value.0);
    let mut remedies = movers::remedies(estate, run);
    let movers = movers::movers(estate, &machines, &mut remedies, change, wishes);
    let most = wishes.wave_size.map_or(facts.machines_at_a_time.value, u64::from).max(1);
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let mut problems = Vec::new();
    let groups = movers::groups(estate, &movers, wishes, &mut problems);
    let (waves, found) = wave::plan(&movers, &groups, most);
    problems.extend(found);
    let by_wave: Vec<Vec<Load>> =
        waves.iter().map(|wave| wave.machines.iter().map(|seat| loads[seat.machine as usize]).collect()).collect();
    let line = line::plan(&by_wave, wishes, facts);
    let days = |number: u32| {
        let at = waves.binary_search_by_key(&number, |wave| wave.number).ok()?;
        line.waves.get(at)?.days
    };
    let volumes = space::plan(estate, &waves, facts, |machine| change(machine as usize), days);
    let writes = |machine: u32| estate.vms[machine as usize].write_churn.value().map(|rate| rate.0);
    let accounts = account::plan(&estate.azure, road, region.as_ref(), &waves, catalogue, writes);
    let networks = network::plan(estate, &waves, region.as_ref(), wishes, catalogue);
    let most_disks =
        machines.iter().filter_map(|plan| chosen(plan, &choices, wishes.sizing)).map(|(asks, _)| asks.data_disks);
    let helper =
        if facts.helper_machines.value > 0 { quota::helper(&offers, most_disks.max().unwrap_or(0)) } else { None };
    let quotas = quota::needs(&estate.azure, &catalogue.regions, &offers, &sizes, &waves, helper);
    let cost = prices.map(|prices| {
        let of_machine = |plan: &MachinePlan| match chosen(plan, &choices, wishes.sizing) {
            _ if plan.standing != Standing::Planned => cost::Sized::Unplanned,
            None => cost::Sized::Unknown,
            Some((asks, size)) => cost::Sized::Chosen { size, windows: asks.windows },
        };
        cost::plan(prices, &offers, &machines.iter().map(of_machine).collect::<Vec<_>>(), &disks, road)
    });
    Plan {
        road,
        facts,
        offers,
        choices,
        machines,
        disks,
        busiest: host_load::busiest(estate, &waves, &loads),
        seats: seats(&waves, estate.vms.len()),
        waves,
        problems,
        quotas,
        helper,
        accounts,
        volumes,
        line,
        networks,
        cost,
        wishes: wished::of(wishes),
        sizing: wishes.sizing,
        percentile: wishes.percentile,
        resource_group: wishes.resource_group.clone(),
        zone: wishes.zone.clone(),
    }
}

fn choose<'a>(
    estate: &Estate,
    assessment: &Assessment<'_>,
    run: Option<&Run<'_>>,
    catalogue: &'a Catalogue,
    offers: &Offers,
    wishes: &Wishes,
    prices: Option<&Prices>,
) -> Chosen<'a> {
    let mut chooser = Chooser::new(offers, wishes);
    let mut machines = Vec::with_capacity(estate.vms.len());
    let mut disks = Vec::with_capacity(estate.vms.iter().map(|vm| vm.disks.len()).sum());
    let prices = prices.map(|prices| (prices, offers.region.as_ref()));
    for (number, (index, vm)) in (0_u32..).zip(estate.vms.iter().enumerate()) {
        let readiness = run.and_then(|run| run.vms.get(index)).map(|result| result.readiness);
        let standing = standing(vm, readiness, wishes);
        if standing != Standing::Planned {
            machines.push(MachinePlan { standing, readiness, allocated: None, right_sized: None });
            continue;
        }
        let guest = demand::guest(assessment.guests.of_machine(index, vm));
        let asks = demand::allocated(vm, guest, wishes);
        let right = asks.as_ref().ok().and_then(|asks| demand::right_sized(vm, asks, wishes));
        machines.push(MachinePlan {
            standing,
            readiness,
            allocated: Some(asks.map(|asks| chooser.choose(&asks))),
            right_sized: right.map(|(asks, right)| (chooser.choose(&asks), right)),
        });
        disk::plan(number, vm, catalogue, road_of(run), wishes, prices, &mut disks);
    }
    Chosen { machines, disks, choices: chooser.finish() }
}

fn load(vm: &Vm, wishes: &Wishes) -> Load {
    let data = data_of(vm);
    Load { data, change: line::change_of(vm, data.ok().map(|data| data.value), wishes) }
}

/// The demands and size that a machine is planned with.
fn chosen<'c>(plan: &MachinePlan, choices: &'c [(Asks, Outcome)], sizing: Sizing) -> Option<(&'c Asks, u16)> {
    let (asks, outcome) = choices.get(choice_index(plan, sizing)?)?;
    outcome.as_ref().ok().map(|choice| (asks, choice.size))
}

fn choice_index(plan: &MachinePlan, sizing: Sizing) -> Option<usize> {
    let right = plan.right_sized.as_ref().filter(|_| sizing == Sizing::RightSized).map(|(choice, _)| *choice);
    usize::try_from(right.or(plan.allocated?.ok())?).ok()
}

impl Plan<'_> {
    /// The choice that a machine is planned with: by what it uses where that is wished and known, else by what it was
    /// given.
    #[must_use]
    pub fn choice_of(&self, machine: usize) -> Option<&(Asks, Outcome)> {
        self.choices.get(choice_index(self.machines.get(machine)?, self.sizing)?)
    }

    /// The disks of a machine.
    #[must_use]
    pub fn disks_of(&self, machine: u32) -> &[DiskPlan<'_>] {
        let start = self.disks.partition_point(|disk| disk.vm < machine);
        let end = self.disks.partition_point(|disk| disk.vm <= machine);
        &self.disks[start..end]
    }

    /// The wave of a machine, with its place in it from 1.
    #[must_use]
    pub fn wave_of(&self, machine: usize) -> Option<(&Wave, u32)> {
        let (wave, place) = (*self.seats.get(machine)?)?;
        Some((self.waves.get(wave as usize)?, place + 1))
    }

    /// Where a machine's first adapter lands.
    #[must_use]
    pub fn landing_of(&self, vm: &Vm) -> Option<&Landing> {
        let name = network::name_of(vm.nics.first()?)?;
        let of_name = |known: &&NetworkPlan| known.from.as_ref().is_some_and(|from| from.eq_ignore_ascii_case(name));
        self.networks.iter().find(of_name)?.target.as_ref()
    }

    /// The size that a machine is planned with.
    #[must_use]
    pub fn size_of(&self, machine: usize) -> Option<&Offer> {
        let (_, outcome) = self.choice_of(machine)?;
        outcome.as_ref().ok().map(|choice| self.offers.get(choice.size))
    }
}

/// For each machine its wave and its place in it.
fn seats(waves: &[Wave], machines: usize) -> Vec<Option<(u32, u32)>> {
    let mut seats = vec![None; machines];
    for (wave, held) in (0_u32..).zip(waves) {
        for (place, seat) in (0_u32..).zip(&held.machines) {
            seats[seat.machine as usize] = Some((wave, place));
        }
    }
    seats
}

/// The results of the road planned for: the one wished for, else the first that was judged.
fn road<'r, 'e>(assessment: &'r Assessment<'e>, wishes: &Wishes) -> Option<&'r Run<'e>> {
    let asked = assessment.runs.iter().find(|run| Some(run.edition.target) == wishes.road);
    asked.or_else(|| assessment.runs.first())
}

/// The road that results are of; without any it is the one that the first article speaks of.
fn road_of(run: Option<&Run<'_>>) -> Target {
    run.map_or(Target::SiteRecovery, |run| run.edition.target)
}

/// The region planned for: the one wished for, else the only one that the vaults or the list of sizes are of.
fn region(estate: &Estate, regions: &Regions, wishes: &Wishes) -> Option<Name> {
    let only = |mut places: Vec<&Name>| {
        places.dedup_by(|one, other| regions.same(one, other));
        if let [only] = places[..] { Some(regions.short(only).into()) } else { None }
    };
    let vaults = estate.azure.vaults.iter().filter_map(|vault| vault.location.value()).collect();
    let sizes = estate.azure.skus.iter().filter_map(|sku| sku.location.value()).collect();
    let asked = wishes.region.as_ref().map(|region| regions.short(region).into());
    asked.or_else(|| only(vaults)).or_else(|| only(sizes))
}

fn standing(vm: &Vm, readiness: Option<Readiness>, wishes: &Wishes) -> Standing {
    let fits = |exclusion: &Exclusion| exclusion.machine.fits(SubjectKind::Vm, vm.shown_name());
    if let Some(index) = wishes.excluded.iter().position(fits) {
        return Standing::Excluded(u16::try_from(index).unwrap_or(u16::MAX));
    }
    if readiness == Some(Readiness::NotReady) { Standing::NotReady } else { Standing::Planned }
}
