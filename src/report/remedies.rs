//! What to do first: the remedies of what holds machines back, with how many machines each frees alone and with the others.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::view::View;
use super::words;
use crate::catalogue::{Effort, Severity, Target};
use crate::evaluate::{Finding, Outcome, Readiness, Run};

/// A remedy, with everything that asks for it.
#[derive(Clone, Debug)]
pub struct Remedy<'a> {
    /// What to do, in a sentence.
    pub text: &'a str,
    /// The requirements that ask for it: places of the road among the runs and of the requirement in its edition.
    pub asked_by: Vec<(usize, usize)>,
    /// How much work it is, of several requirements the most.
    pub effort: Option<Effort>,
    /// Machines that it holds back on some road, whatever else does.
    pub machines: u64,
    /// Machines that can go on a road that they cannot take today, with this remedy alone.
    pub alone: u64,
    /// The same for this remedy and all before it.
    pub together: u64,
}

impl<'a> Remedy<'a> {
    /// The defects that it mends, in a sentence each.
    #[must_use]
    pub fn defects(&self, view: &View<'a>) -> Vec<&'a str> {
        let mut defects = Vec::new();
        for (run, requirement) in &self.asked_by {
            let defect = words::summary(&view.assessment.runs[*run].edition.requirements[*requirement]);
            if !defects.contains(&defect) {
                defects.push(defect);
            }
        }
        defects
    }

    /// The roads that ask for it.
    #[must_use]
    pub fn roads(&self, view: &View<'a>) -> Vec<Target> {
        let mut roads: Vec<Target> =
            self.asked_by.iter().map(|(run, _)| view.assessment.runs[*run].edition.target).collect();
        roads.dedup();
        roads
    }
}

/// The roads that move machines. Running in Azure moves none, so that it is a road of its own only where no other is judged.
pub fn moving<'v, 'a>(view: &'v View<'a>) -> impl Iterator<Item = (usize, &'v Run<'a>)> + Clone {
    let moves = |run: &Run<'_>| run.edition.target != Target::AzureVm;
    let any = view.assessment.runs.iter().any(moves);
    view.assessment.runs.iter().enumerate().filter(move |(_, run)| !any || moves(run))
}

/// How many machines can go by the best of their roads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Best {
    /// As they are.
    pub ready: u64,
    /// After a change.
    pub conditions: u64,
    /// Of these too little is known on every road that is not blocked.
    pub unknown: u64,
    /// A blocker stands in the way on every road.
    pub not_ready: u64,
}

impl Best {
    /// Machines that can go as they are or after a change.
    #[must_use]
    pub const fn can_go(self) -> u64 {
        self.ready + self.conditions
    }
}

/// Counts each machine once, by the best of its roads.
#[must_use]
pub fn best(view: &View<'_>) -> Best {
    let mut best = Best::default();
    for index in 0..view.estate.vms.len() {
        match moving(view).map(|(_, run)| run.vms[index].readiness).max() {
            Some(Readiness::Ready) => best.ready += 1,
            Some(Readiness::ReadyWithConditions) => best.conditions += 1,
            Some(Readiness::Unknown) => best.unknown += 1,
            Some(Readiness::NotReady) | None => best.not_ready += 1,
        }
    }
    best
}

/// What keeps a machine from a road: remedies, by their places in the list, ascending.
struct Held {
    machine: usize,
    remedies: Vec<usize>,
    /// Whether nothing else is in the way, so that the remedies free it.
    settled: bool,
}

/// The remedies of blockers that hold machines back, and how many there are: those first that free the most machines with the
/// ones before them, and of those as many as asked for.
#[must_use]
pub fn remedies<'a>(view: &View<'a>, most: usize) -> (Vec<Remedy<'a>>, u64) {
    let mut found: Vec<Remedy<'a>> = Vec::new();
    let mut places: BTreeMap<&'a str, usize> = BTreeMap::new();
    let mut held = Vec::new();
    for (number, run) in moving(view) {
        let of_requirement = gather(number, run, &mut found, &mut places);
        held.extend((0..view.estate.vms.len()).filter_map(|machine| holds(view, run, machine, &of_requirement)));
    }
    held.sort_by_key(|held| held.machine);
    count(&mut found, &held);
    let all = found.iter().filter(|remedy| remedy.machines > 0).count() as u64;
    (order(found, held, most), all)
}

/// The remedy of each requirement of a road, where it is a blocker that is not met somewhere.
fn gather<'a>(
    number: usize,
    run: &Run<'a>,
    found: &mut Vec<Remedy<'a>>,
    places: &mut BTreeMap<&'a str, usize>,
) -> Vec<Option<usize>> {
    let edition = run.edition;
    let remedy_of = |(index, requirement): (usize, &'a crate::catalogue::Requirement)| {
        if requirement.severity != Severity::Blocker || run.tallies[index].not_met == 0 {
            return None;
        }
        let text = words::remedy(requirement);
        let place = *places.entry(text).or_insert_with(|| {
            found.push(Remedy { text, asked_by: Vec::new(), effort: None, machines: 0, alone: 0, together: 0 });
            found.len() - 1
        });
        found[place].asked_by.push((number, index));
        found[place].effort = found[place].effort.max(Effort::of(&requirement.check));
        Some(place)
    };
    edition.requirements.iter().enumerate().map(remedy_of).collect()
}

fn holds(view: &View<'_>, run: &Run<'_>, machine: usize, of_requirement: &[Option<usize>]) -> Option<Held> {
    if run.vms[machine].readiness != Readiness::NotReady {
        return None;
    }
    let findings = || run.findings_of_machine(machine).iter().chain(run.inherited(&view.estate.vms[machine]));
    let is_blocker = |finding: &&Finding| finding.outcome == Outcome::NotMet && finding.waiver.is_none();
    let mut remedies: Vec<usize> =
        findings().filter(is_blocker).filter_map(|finding| of_requirement[usize::from(finding.requirement)]).collect();
    remedies.sort_unstable();
    remedies.dedup();
    let settled = findings().all(|finding| finding.outcome != Outcome::Unknown);
    Some(Held { machine, remedies, settled })
}

/// Counts for each remedy the machines it holds back and those it frees alone; a machine's roads stand together.
fn count(found: &mut [Remedy<'_>], held: &[Held]) {
    for roads in held.chunk_by(|one, other| one.machine == other.machine) {
        for (place, remedy) in found.iter_mut().enumerate() {
            remedy.machines += u64::from(roads.iter().any(|held| held.remedies.contains(&place)));
            remedy.alone += u64::from(roads.iter().any(|held| held.settled && held.remedies == [place]));
        }
    }
}

/// Takes the remedies one after the other, each time the one that frees the most machines with those taken.
fn order<'a>(found: Vec<Remedy<'a>>, mut held: Vec<Held>, most: usize) -> Vec<Remedy<'a>> {
    let mut rest: Vec<Option<Remedy<'a>>> =
        found.into_iter().map(|found| (found.machines > 0).then_some(found)).collect();
    let mut ordered: Vec<Remedy<'a>> = Vec::new();
    let mut together = 0;
    while ordered.len() < most {
        let gains = gains(&held, rest.len());
        let weight = |(place, remedy): &(usize, &Remedy<'_>)| {
            let (freed, near) = gains[*place];
            (freed, near, remedy.alone, remedy.machines, Reverse(*place))
        };
        let left = rest.iter().enumerate().filter_map(|(place, remedy)| Some((place, remedy.as_ref()?)));
        let Some((place, _)) = left.max_by_key(weight) else { break };
        together += gains[place].0;
        let remedy = rest[place].take().expect("the remedy is one of those left");
        ordered.push(Remedy { together, ..remedy });
        for held in &mut held {
            held.remedies.retain(|left| *left != place);
        }
        let freed: Vec<usize> = held.iter().filter(|held| held.is_freed()).map(|held| held.machine).collect();
        held.retain(|held| freed.binary_search(&held.machine).is_err());
    }
    ordered
}

/// For each remedy, the machines that it frees next, and how many more it helps, the nearer to being freed the more.
fn gains(held: &[Held], remedies: usize) -> Vec<(u64, u64)> {
    let mut gains = vec![(0, 0); remedies];
    for roads in held.chunk_by(|one, other| one.machine == other.machine) {
        let mut last: Vec<usize> =
            roads.iter().filter(|held| held.settled && held.remedies.len() == 1).map(|held| held.remedies[0]).collect();
        last.sort_unstable();
        last.dedup();
        for place in last {
            gains[place].0 += 1;
        }
        for held in roads.iter().filter(|held| held.settled) {
            for place in &held.remedies {
                gains[*place].1 += 60 / held.remedies.len() as u64;
            }
        }
    }
    gains
}

impl Held {
    fn is_freed(&self) -> bool {
        self.settled && self.remedies.is_empty()
    }
}
