//! Waves: what moves together, what first, by readiness and remedy, with pins kept.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::group::{Group, Groups};
use crate::evaluate::Readiness;
use crate::model::{Field, Name};

/// What waves are made from: a machine that is planned.
#[derive(Clone, Debug)]
pub(super) struct Mover<'a> {
    /// The machine: an index into the estate's machines.
    pub machine: u32,
    pub name: &'a str,
    pub readiness: Readiness,
    /// What it waits for, in order.
    pub remedies: Vec<Remedy>,
    pub host_group: Option<&'a str>,
    pub owner: Option<&'a str>,
    pub application: Option<&'a str>,
    /// What changes on it in a day.
    pub change: Option<u64>,
    pub pin: Option<u32>,
    /// The wave of an earlier plan.
    pub kept: Option<u32>,
}

/// What is to be done before a machine moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Remedy {
    /// What a requirement that is not met asks for: an index into the edition's.
    Requirement(u16),
    /// A fact is to be exported, without which an essential requirement is unknown.
    Settle(Field),
}

/// Why a machine is in its wave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SeatReason {
    /// It is ready, and goes with others that are.
    Ready,
    /// It waits for the same remedies as the others.
    Remedy,
    /// Something essential is not known of it.
    Unknown,
    /// It moves with others by a wish or application of this name.
    Together(Name),
    /// It and others need each other.
    Cycle,
    /// It comes no earlier than a machine that it needs: an index into the estate's machines.
    After(u32),
    /// The wishes say so.
    Pinned,
    /// An earlier plan had it there, and nothing speaks against it.
    Kept,
}

/// A machine in a wave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    /// The machine: an index into the estate's machines.
    pub machine: u32,
    /// Why it is there.
    pub reason: SeatReason,
}

/// Machines that move at one time, in the order they should.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wave {
    /// Its number, from 1; numbers that no machine has are left out.
    pub number: u32,
    /// The machines, in order.
    pub machines: Vec<Seat>,
    /// What comes first.
    pub remedies: Vec<Remedy>,
}

/// What the wishes and the estate do not allow together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WaveProblem {
    /// A machine is pinned to a wave before one that it needs.
    PinnedBefore {
        /// The machine.
        machine: u32,
        /// The machine that it needs.
        needs: u32,
    },
    /// Machines that move together are pinned to two waves; the first stands.
    PinnedApart {
        /// A machine pinned to another wave.
        machine: u32,
        /// The wave that stands.
        wave: u32,
    },
    /// Machines that move together are more than a wave takes.
    TooManyTogether {
        /// Their wave.
        wave: u32,
        /// How many they are.
        machines: u32,
        /// The wish or application that names them, when one does.
        name: Option<Name>,
    },
    /// A machine needs one that is not planned.
    NeedsUnplanned {
        /// The machine.
        machine: u32,
        /// The machine that it needs.
        needs: u32,
    },
}

/// The class of a unit: ready ones first, then by how many remedies and which.
type Class = (Reverse<Readiness>, usize, Reverse<usize>, Vec<Remedy>);
/// What units of one class are put in order by.
type Rank = (Class, String, String, String, u64, String, usize);

/// Makes waves of machines, of at most so many each.
pub(super) fn plan(movers: &[Mover<'_>], groups: &Groups, most: usize) -> (Vec<Wave>, Vec<WaveProblem>) {
    let mut problems = Vec::new();
    let classes = classes(movers, groups);
    let ranks = ranks(movers, groups, &classes);
    let mut waves = Waves { groups, most, by_number: BTreeMap::new(), of_group: vec![None; groups.list.len()] };
    let pins = pins(movers, groups, &mut problems);
    for (group, pin) in pins.iter().enumerate() {
        if let Some(wave) = pin {
            waves.put(group, *wave);
        }
    }
    let closed = kept(movers, groups, &classes, &mut waves, most);
    waves.fill(&ranks, &closed);
    note(movers, groups, &waves, &pins, &mut problems);
    let list = waves.by_number.iter().map(|(number, held)| {
        let order = in_order(held, groups, &ranks);
        let mut remedies: Vec<Remedy> = Vec::new();
        let mut machines = Vec::new();
        for group in order {
            let known = &groups.list[group];
            for member in &known.members {
                remedies.extend(&movers[*member].remedies);
                let reason = reason(
                    known,
                    &movers[*member],
                    *number,
                    pins[group].is_some(),
                    closed.contains(number),
                    &waves,
                    movers,
                );
                machines.push(Seat { machine: movers[*member].machine, reason });
            }
        }
        remedies.sort_unstable();
        remedies.dedup();
        Wave { number: *number, machines, remedies }
    });
    (list.collect(), problems)
}

/// The class of each group: the worst of itself and of what it needs, so that nothing comes before what it needs.
fn classes(movers: &[Mover<'_>], groups: &Groups) -> Vec<Class> {
    let mut worst: Vec<(Readiness, Vec<Remedy>)> = Vec::with_capacity(groups.list.len());
    // Groups are listed after those they need.
    for group in &groups.list {
        let mut readiness = Readiness::Ready;
        let mut remedies: Vec<Remedy> = Vec::new();
        for member in &group.members {
            readiness = readiness.min(movers[*member].readiness);
            remedies.extend(&movers[*member].remedies);
        }
        for (needed, _) in &group.needs {
            readiness = readiness.min(worst[*needed].0);
            remedies.extend(&worst[*needed].1);
        }
        remedies.sort_unstable();
        remedies.dedup();
        worst.push((readiness, remedies));
    }
    let mut held: BTreeMap<&Vec<Remedy>, usize> = BTreeMap::new();
    for (group, (_, remedies)) in groups.list.iter().zip(&worst) {
        *held.entry(remedies).or_default() += group.members.len();
    }
    let class = |(readiness, remedies): &(Readiness, Vec<Remedy>)| {
        (Reverse(*readiness), remedies.len(), Reverse(held[remedies]), remedies.clone())
    };
    worst.iter().map(class).collect()
}

fn ranks(movers: &[Mover<'_>], groups: &Groups, classes: &[Class]) -> Vec<Rank> {
    let lower = |text: Option<&str>| text.unwrap_or("\u{10ffff}").to_lowercase();
    let rank = |(index, group): (usize, &Group)| {
        let first = &movers[group.members[0]];
        let change = group.members.iter().map(|member| movers[*member].change.unwrap_or(u64::MAX)).max();
        (
            classes[index].clone(),
            lower(first.host_group),
            lower(first.owner),
            lower(first.application),
            change.unwrap_or(u64::MAX),
            first.name.to_lowercase(),
            index,
        )
    };
    groups.list.iter().enumerate().map(rank).collect()
}

/// The wave that each group is pinned to; of two pins in one group the first stands.
fn pins(movers: &[Mover<'_>], groups: &Groups, problems: &mut Vec<WaveProblem>) -> Vec<Option<u32>> {
    let mut pins = Vec::with_capacity(groups.list.len());
    for group in &groups.list {
        let mut pin = None;
        for member in &group.members {
            let Some(wave) = movers[*member].pin else { continue };
            match pin {
                None => pin = Some(wave),
                Some(known) if known != wave => {
                    problems.push(WaveProblem::PinnedApart { machine: movers[*member].machine, wave: known });
                }
                Some(_) => {}
            }
        }
        pins.push(pin);
    }
    pins
}

/// Keeps the waves of an earlier plan whose constraints still hold, and returns their numbers.
fn kept(movers: &[Mover<'_>], groups: &Groups, classes: &[Class], waves: &mut Waves<'_>, most: usize) -> Vec<u32> {
    let mut of_group: Vec<Option<u32>> = Vec::with_capacity(groups.list.len());
    for (index, group) in groups.list.iter().enumerate() {
        let first = movers[group.members[0]].kept;
        let agree = group.members.iter().all(|member| movers[*member].kept == first);
        of_group.push(first.filter(|_| agree && waves.of_group[index].is_none()));
    }
    let mut candidates: Vec<u32> = movers.iter().filter_map(|mover| mover.kept).collect();
    candidates.sort_unstable();
    candidates.dedup();
    candidates.retain(|number| {
        let held: Vec<usize> = (0..groups.list.len()).filter(|group| of_group[*group] == Some(*number)).collect();
        let machines: usize = held.iter().map(|group| groups.list[*group].members.len()).sum();
        let parted = movers
            .iter()
            .enumerate()
            .any(|(member, mover)| mover.kept == Some(*number) && of_group[groups.of_member[member]] != Some(*number));
        let alike = held.windows(2).all(|pair| classes[pair[0]] == classes[pair[1]]);
        !parted && alike && (machines <= most || held.len() == 1) && !waves.by_number.contains_key(number)
    });
    // A wave falls when what it needs is not in one that stands before it.
    loop {
        let before = candidates.len();
        let standing = candidates.clone();
        let wave_of = |group: usize| waves.of_group[group].or(of_group[group].filter(|wave| standing.contains(wave)));
        candidates.retain(|number| {
            let held = (0..groups.list.len()).filter(|group| of_group[*group] == Some(*number));
            held.flat_map(|group| &groups.list[group].needs)
                .all(|(needed, _)| wave_of(*needed).is_some_and(|wave| wave <= *number))
        });
        if candidates.len() == before {
            break;
        }
    }
    for (group, wave) in of_group.iter().enumerate() {
        if let Some(wave) = wave.filter(|wave| candidates.contains(wave)) {
            waves.put(group, wave);
        }
    }
    let stays = |(number, held): (&u32, &Vec<usize>)| {
        let mut members = held.iter().flat_map(|group| &groups.list[*group].members);
        members.all(|member| movers[*member].kept == Some(*number)).then_some(*number)
    };
    // A pinned wave that was there before takes nothing new either.
    waves.by_number.iter().filter_map(stays).collect()
}

/// Groups on their way into waves.
struct Waves<'a> {
    groups: &'a Groups,
    most: usize,
    by_number: BTreeMap<u32, Vec<usize>>,
    of_group: Vec<Option<u32>>,
}

impl Waves<'_> {
    fn put(&mut self, group: usize, wave: u32) {
        self.by_number.entry(wave).or_default().push(group);
        self.of_group[group] = Some(wave);
    }

    fn size(&self, wave: u32) -> usize {
        let held = self.by_number.get(&wave);
        held.map_or(0, |held| held.iter().map(|group| self.groups.list[*group].members.len()).sum())
    }

    /// Puts every group that has no wave yet into one, in order of rank, after what it needs.
    fn fill(&mut self, ranks: &[Rank], closed: &[u32]) {
        let mut waiting: Vec<usize> = self.groups.list.iter().map(|group| self.open_needs(group)).collect();
        let mut ready: BinaryHeap<Reverse<(&Rank, usize)>> = BinaryHeap::new();
        for (group, open) in waiting.iter().enumerate() {
            if *open == 0 && self.of_group[group].is_none() {
                ready.push(Reverse((&ranks[group], group)));
            }
        }
        let mut later: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        let mut current = 1;
        let mut class: Option<&Class> = None;
        loop {
            let due: Vec<u32> = later.range(..=current).map(|(wave, _)| *wave).collect();
            for group in due.iter().filter_map(|wave| later.remove(wave)).flatten() {
                ready.push(Reverse((&ranks[group], group)));
            }
            let Some(Reverse((rank, group))) = ready.pop() else {
                let Some(next) = later.keys().next().copied() else { break };
                current = next;
                continue;
            };
            let needs = &self.groups.list[group].needs;
            let earliest = needs.iter().filter_map(|(needed, _)| self.of_group[*needed]).max().unwrap_or(1);
            if earliest > current {
                later.entry(earliest).or_default().push(group);
                continue;
            }
            let members = self.groups.list[group].members.len();
            let begins_class = class.is_some_and(|known| *known != rank.0) && self.size(current) > 0;
            class = Some(&rank.0);
            if begins_class {
                current += 1;
            }
            while closed.contains(&current) || (self.size(current) > 0 && self.size(current) + members > self.most) {
                current += 1;
            }
            self.put(group, current);
            for dependent in &self.groups.list[group].needed_by {
                waiting[*dependent] -= 1;
                if waiting[*dependent] == 0 && self.of_group[*dependent].is_none() {
                    ready.push(Reverse((&ranks[*dependent], *dependent)));
                }
            }
        }
    }

    /// How many groups that a group needs have no wave yet.
    fn open_needs(&self, group: &Group) -> usize {
        group.needs.iter().filter(|(needed, _)| self.of_group[*needed].is_none()).count()
    }
}

/// The groups of a wave in the order they should move: after what they need, then by rank.
fn in_order(held: &[usize], groups: &Groups, ranks: &[Rank]) -> Vec<usize> {
    let mut left: Vec<usize> = held.to_vec();
    left.sort_by(|one, other| ranks[*one].cmp(&ranks[*other]));
    let mut placed: Vec<usize> = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let free = |group: &usize| groups.list[*group].needs.iter().all(|(needed, _)| !left.contains(needed));
        let at = left.iter().position(free).expect("groups that need each other are one");
        placed.push(left.remove(at));
    }
    placed
}

fn note(
    movers: &[Mover<'_>],
    groups: &Groups,
    waves: &Waves<'_>,
    pins: &[Option<u32>],
    problems: &mut Vec<WaveProblem>,
) {
    for (index, group) in groups.list.iter().enumerate() {
        let Some(wave) = waves.of_group[index] else { continue };
        if group.members.len() > waves.most {
            let machines = u32::try_from(group.members.len()).unwrap_or(u32::MAX);
            problems.push(WaveProblem::TooManyTogether { wave, machines, name: group.name.clone() });
        }
        if pins[index].is_none() {
            continue;
        }
        for (needed, (machine, needs)) in &group.needs {
            if waves.of_group[*needed].is_some_and(|other| other > wave) {
                let (machine, needs) = (movers[*machine].machine, movers[*needs].machine);
                problems.push(WaveProblem::PinnedBefore { machine, needs });
            }
        }
    }
}

/// Why a machine is in its wave: what binds most is said.
fn reason(
    group: &Group,
    mover: &Mover<'_>,
    wave: u32,
    is_pinned: bool,
    is_kept: bool,
    waves: &Waves<'_>,
    movers: &[Mover<'_>],
) -> SeatReason {
    if is_pinned {
        return SeatReason::Pinned;
    }
    if is_kept {
        return SeatReason::Kept;
    }
    if group.is_cycle {
        return SeatReason::Cycle;
    }
    if let Some(name) = group.name.as_ref().filter(|_| group.members.len() > 1) {
        return SeatReason::Together(name.clone());
    }
    let in_this = group.needs.iter().find(|(needed, _)| waves.of_group[*needed] == Some(wave));
    if let Some((_, (_, needs))) = in_this {
        return SeatReason::After(movers[*needs].machine);
    }
    match mover.readiness {
        Readiness::Ready => SeatReason::Ready,
        Readiness::ReadyWithConditions | Readiness::NotReady => SeatReason::Remedy,
        Readiness::Unknown => SeatReason::Unknown,
    }
}
