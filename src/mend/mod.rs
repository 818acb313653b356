//! What would make a machine ready for a road: the fewest changes of facts that are found, none of which can be spared.
//!
//! Changes are tried, not derived: each is made in a copy of what the machine's judgement rests on, and that is judged again
//! by the same checks. So whatever a check asks, a change that is told does what is said of it.

mod around;
mod change;
mod values;

use jiff::civil::Date;

use self::values::Shelf;
use crate::catalogue::{Catalogue, Edition, Severity};
use crate::evaluate::{Finding, Outcome, Waiver, evaluate_waiving};
use crate::model::Estate;

pub use change::{Bound, Change, Part};

/// Changes made one after the other before it is given up.
const MOST_STEPS: usize = 200;
/// Judgements spent on a set that is smaller than the one found.
const TRIES: usize = 60;

/// By what a machine is judged.
pub struct Judge<'a> {
    catalogue: &'a Catalogue,
    as_of: Date,
    waivers: &'a [Waiver],
    shelf: Shelf,
}

/// What would make a machine ready for a road.
#[derive(Clone, Debug, Default)]
pub struct Mended {
    /// The changes; none for a machine that is ready as it is.
    pub changes: Vec<Change>,
    /// The requirements that no change of its facts answers, by their place in the edition. Where there are any, the machine
    /// is not ready for all the changes.
    pub left: Vec<u16>,
}

impl<'a> Judge<'a> {
    /// A judge by a catalogue and a day.
    #[must_use]
    pub fn new(catalogue: &'a Catalogue, as_of: Date, waivers: &'a [Waiver]) -> Self {
        Self { catalogue, as_of, waivers, shelf: Shelf::new() }
    }

    /// What would make the machine of an index ready by an edition.
    #[must_use]
    pub fn mend(&self, estate: &Estate, machine: usize, edition: &Edition) -> Mended {
        let start = around::around(estate, machine);
        let (mut state, mut changes, mut left) = (start.clone(), Vec::new(), Vec::new());
        for _ in 0..MOST_STEPS {
            let held = self.held(&state, edition);
            let Some(finding) = held.iter().find(|finding| !left.contains(&finding.requirement)) else { break };
            match self.step(&state, edition, (&held, finding), &changes) {
                Some(step) => {
                    for change in step {
                        change.apply(&mut state, 0);
                        changes.push(change);
                    }
                }
                None => left.push(finding.requirement),
            }
        }
        let rest = self.held(&state, edition);
        left.retain(|requirement| rest.iter().any(|finding| finding.requirement == *requirement));
        if !rest.is_empty() {
            left.extend(rest.iter().map(|finding| finding.requirement));
            left.sort_unstable();
            left.dedup();
        }
        self.spare(&start, edition, &mut changes, rest.len());
        if left.is_empty() {
            self.shorten(&start, edition, &mut changes);
            self.widen(&start, edition, &mut changes);
        }
        for change in &mut changes {
            // One may have gone before that another made needless.
            change.before = values::now(&start, change.part, change.field);
        }
        Mended { changes, left }
    }

    /// The findings that keep the first machine of an estate from being ready.
    fn held(&self, estate: &Estate, edition: &Edition) -> Vec<Finding> {
        let assessment = evaluate_waiving(estate, self.catalogue, &[edition], self.as_of, self.waivers);
        let run = &assessment.runs[0];
        let all = run.findings_of_machine(0).iter().chain(run.inherited(&estate.vms[0]));
        let weighs = |finding: &&Finding| match finding.outcome {
            Outcome::Unknown => true,
            Outcome::NotMet => {
                let severity = edition.requirements[usize::from(finding.requirement)].severity;
                finding.waiver.is_none() && matches!(severity, Severity::Blocker | Severity::Condition)
            }
            Outcome::Met | Outcome::Unverified | Outcome::NotApplicable => false,
        };
        all.filter(weighs).cloned().collect()
    }

    /// The change that answers a finding and leaves the fewest others; else the two that do; else one that answers it in part,
    /// for one of several disks. Nothing is changed to the same twice.
    fn step(
        &self,
        state: &Estate,
        edition: &Edition,
        (held, finding): (&[Finding], &Finding),
        made: &[Change],
    ) -> Option<Vec<Change>> {
        let is_same = |one: &Change, other: &Change| {
            one.part == other.part && one.field == other.field && one.after == other.after
        };
        let is_made = |change: &Change| made.iter().any(|of| is_same(of, change));
        let mut changes = self.changes(state, edition, finding);
        changes.retain(|change| !is_made(change));
        let tried: Vec<(Change, Estate, Vec<Finding>)> =
            changes.into_iter().map(|change| self.tried(state, edition, change)).collect();
        let fewest = tried.iter().min_by_key(|(.., rest)| rest.len());
        if let Some((change, ..)) = fewest.filter(|(.., rest)| rest.len() < held.len()) {
            return Some(vec![change.clone()]);
        }
        let goes_on = |(change, _, rest): &&(Change, Estate, Vec<Finding>)| {
            let of_it = rest.iter().find(|other| other.requirement == finding.requirement);
            matches!(change.part, Part::Disk(_) | Part::Nic(_))
                && rest.len() == held.len()
                && of_it.is_some_and(|of_it| of_it.because != finding.because)
        };
        if let Some((change, ..)) = tried.iter().find(goes_on) {
            return Some(vec![change.clone()]);
        }
        let mut best: Option<(usize, Vec<Change>)> = None;
        // What was not known and is now known to be wrong, or what calls for another change, is half way.
        for (first, between, rest) in tried.iter().filter(|(.., rest)| rest.len() <= held.len() + 1) {
            let is_of_it = |other: &&Finding| {
                other.requirement == finding.requirement
                    || !held.iter().any(|before| before.requirement == other.requirement)
            };
            for other in rest.iter().filter(is_of_it) {
                for second in self.changes(between, edition, other) {
                    let (second, _, left) = self.tried(between, edition, second);
                    if left.len() < best.as_ref().map_or(held.len(), |(fewest, _)| *fewest) {
                        best = Some((left.len(), vec![first.clone(), second]));
                    }
                }
            }
        }
        best.map(|(_, changes)| changes)
    }

    /// An estate with a change made, and what is left to find in it.
    fn tried(&self, state: &Estate, edition: &Edition, change: Change) -> (Change, Estate, Vec<Finding>) {
        let mut tried = state.clone();
        change.apply(&mut tried, 0);
        let rest = self.held(&tried, edition);
        (change, tried, rest)
    }

    fn changes(&self, state: &Estate, edition: &Edition, finding: &Finding) -> Vec<Change> {
        self.shelf.changes(state, finding, &edition.requirements[usize::from(finding.requirement)])
    }

    /// How many findings are left after changes.
    fn left(&self, start: &Estate, edition: &Edition, changes: &[&Change]) -> usize {
        let mut state = start.clone();
        for change in changes {
            change.apply(&mut state, 0);
        }
        self.held(&state, edition).len()
    }

    /// Takes out every change that can be spared.
    fn spare(&self, start: &Estate, edition: &Edition, changes: &mut Vec<Change>, left: usize) {
        let mut place = 0;
        while place < changes.len() {
            let others: Vec<&Change> =
                changes.iter().enumerate().filter(|(other, _)| *other != place).map(|(_, change)| change).collect();
            if self.left(start, edition, &others) <= left {
                changes.remove(place);
                // One that was needed may have been for the sake of this one.
                place = 0;
            } else {
                place += 1;
            }
        }
    }

    /// Raises each number that an example gave to the most that does as well, up to what it is now.
    fn widen(&self, start: &Estate, edition: &Edition, changes: &mut [Change]) {
        for place in 0..changes.len() {
            let Change { part, field, ref donor, bound, .. } = changes[place];
            let (Some(mut does), Some(now)) = (values::number(field, donor), values::number_now(start, part, field))
            else {
                continue;
            };
            if bound == Bound::Limit || does >= now {
                continue;
            }
            let mut fails = now;
            while fails - does > 1 {
                let between = does + (fails - does) / 2;
                let Some(donor) = values::of_number(field, between) else { break };
                let mut tried = changes.to_vec();
                tried[place].donor = donor;
                if self.left(start, edition, &tried.iter().collect::<Vec<_>>()) == 0 {
                    does = between;
                } else {
                    fails = between;
                }
            }
            let donor = values::of_number(field, does);
            if let Some((donor, after)) = donor.and_then(|donor| donor.shown(field).map(|after| (donor, after))) {
                let change = &mut changes[place];
                (change.after, change.donor, change.bound) = (after, donor, Bound::Limit);
            }
        }
    }

    /// Looks for one change, or two, that do what more were found to.
    fn shorten(&self, start: &Estate, edition: &Edition, changes: &mut Vec<Change>) {
        if changes.len() < 2 {
            return;
        }
        let held = self.held(start, edition);
        let singles: Vec<Change> =
            held.first().map(|finding| self.changes(start, edition, finding)).into_iter().flatten().collect();
        let mut tries = 0;
        let mut pairs = Vec::new();
        for change in &singles {
            let mut state = start.clone();
            change.apply(&mut state, 0);
            let rest = self.held(&state, edition);
            tries += 1;
            match rest.first() {
                None => {
                    *changes = vec![change.clone()];
                    return;
                }
                Some(next) if changes.len() > 2 && rest.len() < held.len() => pairs.push((change, state, next.clone())),
                Some(_) => {}
            }
        }
        for (first, state, next) in pairs {
            for second in self.changes(&state, edition, &next) {
                tries += 1;
                if tries > TRIES {
                    return;
                }
                let mut both = state.clone();
                second.apply(&mut both, 0);
                if self.held(&both, edition).is_empty() {
                    *changes = vec![first.clone(), second];
                    return;
                }
            }
        }
    }
}
