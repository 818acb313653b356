//! Machines grouped by what the inputs say of them: owner, environment and the like, and columns that are carried through.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use rayon::prelude::*;

use super::view::View;
use crate::catalogue::Target;
use crate::evaluate::Readiness;
use crate::model::{Estate, Fact, Field, Identity, Name, Vm};

/// The requirements named of a group.
const HELD_BACK: usize = 3;

/// What stands in the place of a value that no input gives.
pub const NOT_GIVEN: &str = "not given";

/// A fact that machines are grouped by: its name, the fact, and where a machine has it.
type Key = (&'static str, Field, fn(&Vm) -> &Fact<Name>);

const KEYS: &[Key] = &[
    ("owner", Field::Owner, |vm| &vm.owner),
    ("environment", Field::Environment, |vm| &vm.environment),
    ("department", Field::Department, |vm| &vm.department),
    ("cost_centre", Field::CostCentre, |vm| &vm.cost_centre),
    ("application", Field::Application, |vm| &vm.application),
    ("wave", Field::Wave, |vm| &vm.wave),
    (TAG, Field::Tags, |vm| &vm.tags),
    ("site", Field::Site, |vm| &vm.site),
];

/// The key by which machines are grouped by all of their tags together, so that each is counted once.
const TAG: &str = "tag";

/// What machines are grouped by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct By<'a> {
    /// Its name: that of the fact, or the heading that is carried through.
    pub name: Cow<'a, str>,
    /// What the name tells; none for one of ours.
    pub heading: Option<Identity>,
    /// What the values tell.
    pub identity: Identity,
}

/// Machines that have something in common.
#[derive(Debug)]
pub struct Group<'a> {
    /// By what they are grouped.
    pub by: By<'a>,
    /// What they have in common, as the first of them writes it; none where it is not given.
    pub value: Option<String>,
    /// The machines, as indexes into the estate's.
    pub machines: Vec<u32>,
}

/// The groups of an estate. Every machine is in one group of each key that any input gives.
#[derive(Debug)]
pub struct Groups<'a> {
    view: &'a View<'a>,
    /// The groups, key by key, the largest first and those not given last.
    pub list: Vec<Group<'a>>,
    /// For each machine the requirements that hold it back, each once; made when first asked for.
    reasons: OnceLock<Vec<Vec<&'a str>>>,
}

/// How many machines of a group came out how on a road.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcomes {
    /// Ready.
    pub ready: u64,
    /// Ready with conditions.
    pub conditions: u64,
    /// Not ready.
    pub not_ready: u64,
    /// Unknown.
    pub unknown: u64,
}

impl<'a> Groups<'a> {
    /// Groups the machines.
    #[must_use]
    pub fn of(view: &'a View<'a>) -> Self {
        let estate = view.estate;
        let mut list = Vec::new();
        for (name, field, fact) in KEYS {
            let by = By { name: Cow::Borrowed(name), heading: None, identity: field.identity() };
            let value =
                |vm: &Vm| fact(vm).value().map(|value| if *name == TAG { tags(value) } else { value.to_string() });
            if estate.vms.iter().any(|vm| fact(vm).is_known()) {
                list.extend(groups(&by, estate, value));
            }
        }
        for (place, column) in estate.carried.iter().enumerate() {
            let heading = &*column.heading;
            let is_taken = KEYS.iter().any(|(name, ..)| name.eq_ignore_ascii_case(heading));
            let name = if is_taken { format!("{heading} (carried)").into() } else { Cow::Borrowed(heading) };
            let by = By { name, heading: Some(Identity::Heading), identity: Identity::Customer };
            list.extend(groups(&by, estate, |vm| vm.carried(place).map(|known| known.value.to_string())));
        }
        Self { view, list, reasons: OnceLock::new() }
    }

    /// How many machines of a group came out how on a road; none where that was not judged.
    #[must_use]
    pub fn outcomes(&self, group: &Group<'_>, road: Target) -> Option<Outcomes> {
        let run = self.view.run(road)?;
        let mut outcomes = Outcomes::default();
        for machine in &group.machines {
            *match run.vms[*machine as usize].readiness {
                Readiness::Ready => &mut outcomes.ready,
                Readiness::ReadyWithConditions => &mut outcomes.conditions,
                Readiness::NotReady => &mut outcomes.not_ready,
                Readiness::Unknown => &mut outcomes.unknown,
            } += 1;
        }
        Some(outcomes)
    }

    /// The requirements that hold back the most machines of a group, on any road, with how many.
    #[must_use]
    pub fn held_back(&self, group: &Group<'_>) -> Vec<(&'a str, u64)> {
        let view = self.view;
        let reasons = self
            .reasons
            .get_or_init(|| (0..view.estate.vms.len()).into_par_iter().map(|machine| reasons(view, machine)).collect());
        let mut counts: BTreeMap<&'a str, u64> = BTreeMap::new();
        for machine in &group.machines {
            for name in &reasons[*machine as usize] {
                *counts.entry(name).or_default() += 1;
            }
        }
        let mut counts: Vec<(&str, u64)> = counts.into_iter().collect();
        counts.sort_by_key(|(name, count)| (Reverse(*count), *name));
        counts.truncate(HELD_BACK);
        counts
    }
}

/// The requirements that hold a machine back, each once.
fn reasons<'a>(view: &'a View<'a>, machine: usize) -> Vec<&'a str> {
    let all = view.assessment.reasons(view.estate, machine).into_iter();
    let mut names: Vec<&str> =
        all.map(|(run, finding)| &*run.edition.requirements[usize::from(finding.requirement)].check).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// The machines by a value, without regard to case and blanks around it.
fn groups<'a>(by: &By<'a>, estate: &Estate, value: impl Fn(&Vm) -> Option<String>) -> Vec<Group<'a>> {
    let mut found: BTreeMap<Option<String>, Group<'a>> = BTreeMap::new();
    for (index, vm) in (0_u32..).zip(&estate.vms) {
        let value = value(vm).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
        let key = value.as_ref().map(|value| value.to_lowercase());
        found.entry(key).or_insert_with(|| Group { by: by.clone(), value, machines: Vec::new() }).machines.push(index);
    }
    let mut groups: Vec<(Option<String>, Group<'a>)> = found.into_iter().collect();
    groups.sort_by(|(one, first), (other, second)| {
        let rank = |key: &Option<String>, group: &Group<'_>| (key.is_none(), Reverse(group.machines.len()));
        rank(one, first).cmp(&rank(other, second)).then_with(|| one.cmp(other))
    });
    groups.into_iter().map(|(_, group)| group).collect()
}

/// The tags of a machine in one order, so that machines of the same tags are one group.
fn tags(text: &str) -> String {
    let mut tags: Vec<&str> = text.split([',', ';']).map(str::trim).filter(|tag| !tag.is_empty()).collect();
    tags.sort_by_key(|tag| tag.to_lowercase());
    tags.dedup_by_key(|tag| tag.to_lowercase());
    tags.join("; ")
}
