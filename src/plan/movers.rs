//! What the waves are made from: each machine planned with what it waits for, belongs to and needs.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::group::{Groups, Sets};
use super::machine::{MachinePlan, Standing};
use super::wave::{Mover, Remedy, WaveProblem};
use super::wishes::Wishes;
use crate::catalogue::Severity;
use crate::evaluate::{Because, Outcome, Readiness, Run, Subject, machines_of};
use crate::model::{AnyCase, Estate, Name, SubjectKind, Vm};

/// What each machine waits for, for itself and for what it is on.
pub(super) fn remedies(estate: &Estate, run: Option<&Run<'_>>) -> Vec<Vec<Remedy>> {
    let mut remedies: Vec<Vec<Remedy>> = vec![Vec::new(); estate.vms.len()];
    let Some(run) = run else { return remedies };
    for finding in &run.findings {
        let severity = run.edition.requirements[usize::from(finding.requirement)].severity;
        let holds_back = matches!(severity, Severity::Blocker | Severity::Condition) && finding.waiver.is_none();
        let remedy = match (finding.outcome, &finding.because) {
            (Outcome::NotMet, _) if holds_back => Remedy::Requirement(finding.requirement),
            (Outcome::Unknown, Because::Missing(missing)) => Remedy::Settle(missing.field),
            (Outcome::Unknown, Because::Seen(_)) => Remedy::Requirement(finding.requirement),
            (Outcome::NotMet | Outcome::Met | Outcome::Unverified | Outcome::NotApplicable, _) => continue,
        };
        match finding.subject {
            Subject::Vm(index) => remedies[index as usize].push(remedy),
            subject => machines_of(estate, subject).into_iter().for_each(|vm| remedies[vm].push(remedy)),
        }
    }
    for list in &mut remedies {
        list.sort_unstable();
        list.dedup();
    }
    remedies
}

/// The machines planned, with what waves are made by.
pub(super) fn movers<'a>(
    estate: &'a Estate,
    machines: &[MachinePlan],
    remedies: &mut [Vec<Remedy>],
    change: impl Fn(usize) -> Option<u64>,
    wishes: &Wishes,
) -> Vec<Mover<'a>> {
    let kept: FxHashMap<&str, u32> = wishes.kept_waves.iter().map(|(key, wave)| (&**key, *wave)).collect();
    let mut movers = Vec::new();
    for (number, (index, vm)) in (0_u32..).zip(estate.vms.iter().enumerate()) {
        let plan = &machines[index];
        if plan.standing != Standing::Planned {
            continue;
        }
        let name = vm.shown_name();
        let pinned = wishes.pins.iter().find(|pin| pin.machine.fits(SubjectKind::Vm, name)).map(|pin| pin.wave);
        let pin = pinned.or_else(|| vm.wave.value().and_then(|wave| wave_number(wave)));
        movers.push(Mover {
            machine: number,
            name,
            readiness: plan.readiness.unwrap_or(Readiness::Unknown),
            remedies: std::mem::take(&mut remedies[index]),
            host_group: host_group(estate, vm).map(|group| &**group),
            owner: vm.owner.value().map(|owner| &**owner),
            application: vm.application.value().map(|application| &**application),
            change: change(index),
            pin,
            kept: if kept.is_empty() { None } else { kept_wave(&kept, vm) },
        });
    }
    // By name, so that the order of an export's rows changes nothing.
    movers.sort_by_cached_key(|mover| (mover.name.to_lowercase(), mover.machine));
    movers
}

/// The number of a wave as a column of an inventory writes it: "3", "Wave 3"; other words name no number.
fn wave_number(text: &str) -> Option<u32> {
    let digits =
        text.trim().trim_start_matches(|letter: char| letter.is_alphabetic() || letter == ' ' || letter == '-');
    digits.parse().ok().filter(|number| *number > 0)
}

fn kept_wave(kept: &FxHashMap<&str, u32>, vm: &Vm) -> Option<u32> {
    let by_id = vm.id.value().and_then(|id| kept.get(id.to_lowercase().as_str()));
    by_id.or_else(|| kept.get(vm.shown_name().to_lowercase().as_str())).copied()
}

/// The host group of a machine, from its own row or its host's.
fn host_group<'a>(estate: &'a Estate, vm: &'a Vm) -> Option<&'a Name> {
    let host = vm.host_index.and_then(|index| estate.hosts.get(index));
    vm.host_group.value().or_else(|| host?.group.value())
}

/// Groups the machines planned by what moves together and what needs what.
pub(super) fn groups(
    estate: &Estate,
    movers: &[Mover<'_>],
    wishes: &Wishes,
    problems: &mut Vec<WaveProblem>,
) -> Groups {
    let mut sets = Sets::new(movers.len());
    for wish in &wishes.together {
        let fits = |mover: &Mover<'_>| wish.machines.iter().any(|machine| machine.fits(SubjectKind::Vm, mover.name));
        let members: Vec<usize> = (0..movers.len()).filter(|member| fits(&movers[*member])).collect();
        sets.join(&members, &wish.name);
    }
    let mut applications: BTreeMap<String, (Name, Vec<usize>)> = BTreeMap::new();
    for (member, mover) in movers.iter().enumerate() {
        if let Some(application) = mover.application {
            let entry = applications.entry(application.to_lowercase());
            entry.or_insert_with(|| (application.into(), Vec::new())).1.push(member);
        }
    }
    // One that is too large for a wave is kept together all the same, and told.
    for (name, members) in applications.into_values() {
        sets.join(&members, &name);
    }
    sets.groups(&needs(estate, movers, problems))
}

/// Which machine planned needs which: the server that opens a connection needs the one that answers.
fn needs(estate: &Estate, movers: &[Mover<'_>], problems: &mut Vec<WaveProblem>) -> Vec<(usize, usize)> {
    if estate.connections.is_empty() {
        return Vec::new();
    }
    let mut named: FxHashMap<AnyCase<'_>, Option<usize>> = FxHashMap::default();
    for (index, vm) in estate.vms.iter().enumerate() {
        // A name that two machines bear tells of neither.
        named.entry(AnyCase(vm.shown_name())).and_modify(|known| *known = None).or_insert(Some(index));
    }
    let find = |name: &str| {
        let label = name.split('.').next().unwrap_or(name);
        named.get(&AnyCase(name)).or_else(|| named.get(&AnyCase(label))).copied().flatten()
    };
    let member_of: FxHashMap<u32, usize> =
        movers.iter().enumerate().map(|(member, mover)| (mover.machine, member)).collect();
    let member = |index: usize| u32::try_from(index).ok().and_then(|index| member_of.get(&index)).copied();
    let mut pairs = Vec::new();
    let mut told = FxHashSet::default();
    for connection in &estate.connections {
        let ends =
            connection.from.value().and_then(|from| find(from)).zip(connection.to.value().and_then(|to| find(to)));
        let Some((from, to)) = ends.filter(|(from, to)| from != to) else { continue };
        match (member(from), member(to)) {
            (Some(from), Some(to)) => pairs.push((from, to)),
            (Some(from), None) => {
                let needs = u32::try_from(to).unwrap_or(u32::MAX);
                if told.insert((from, needs)) {
                    problems.push(WaveProblem::NeedsUnplanned { machine: movers[from].machine, needs });
                }
            }
            (None, _) => {}
        }
    }
    pairs
}
