//! What the requirements of all editions came to for one machine, what several editions ask for counted once.

use std::collections::BTreeSet;
use std::ops::Range;

use super::finding::Finding;
use super::marks::{Marks, number_of};
use super::outcome::Outcome;
use super::results::{Assessment, Run};
use super::subject::{Subject, number};
use crate::catalogue::Severity;
use crate::model::{Estate, Vm};

/// What the requirements of every edition came to for one machine, each requirement counted once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Blockers not met, its own and inherited ones.
    pub blockers: u32,
    /// Conditions not met, its own and inherited ones.
    pub conditions: u32,
    /// Warnings not met, its own and inherited ones.
    pub warnings: u32,
    /// Essential requirements that could not be told, its own and inherited ones.
    pub unknown: u32,
    /// Its own other requirements that could not be told.
    pub unverified: u32,
    /// Its own requirements that were told by every edition that asks.
    pub checked: u32,
    /// Its own requirements that concern it.
    pub applicable: u32,
    /// Not met and waived, its own and inherited ones.
    pub waived: u32,
}

/// The subjects whose findings hold for a machine besides its own: the other way round than [`super::machines_of`].
pub fn holders(vm: &Vm) -> impl Iterator<Item = Subject> {
    [
        vm.vmm_index.map(|index| Subject::VmmServer(number(index))),
        vm.cloud_index.map(|index| Subject::Cloud(number(index))),
        vm.cluster_index.map(|index| Subject::Cluster(number(index))),
        vm.host_index.map(|index| Subject::Host(number(index))),
    ]
    .into_iter()
    .flatten()
}

impl Run<'_> {
    /// Whether a check concerns the machine of an index.
    #[must_use]
    pub fn concerns(&self, check: &str, machine: usize) -> bool {
        number_of(check).is_some_and(|number| self.applicable[machine].holds(number))
    }

    /// The findings of a subject.
    #[must_use]
    pub fn findings_of(&self, subject: Subject) -> &[Finding] {
        &self.findings[self.places_of(subject)]
    }

    /// Where the findings of a subject stand.
    fn places_of(&self, subject: Subject) -> Range<usize> {
        let start = self.findings.partition_point(|finding| finding.subject < subject);
        let end = self.findings.partition_point(|finding| finding.subject <= subject);
        start..end
    }

    /// What a machine inherits from the subjects that hold it: what is not met, and what is essential and unknown.
    pub fn inherited(&self, vm: &Vm) -> impl Iterator<Item = &Finding> {
        self.inherited_places(vm).map(|place| &self.findings[place])
    }

    /// Where what a machine inherits stands among the findings.
    pub fn inherited_places<'r>(&'r self, vm: &Vm) -> impl Iterator<Item = usize> + use<'r> {
        let held: Vec<Subject> = holders(vm).collect();
        let places = held.into_iter().flat_map(|subject| self.places_of(subject));
        places.filter(|place| match self.findings[*place].outcome {
            Outcome::NotMet | Outcome::Unknown => true,
            Outcome::Met | Outcome::Unverified | Outcome::NotApplicable => false,
        })
    }
}

impl Assessment<'_> {
    /// What the requirements of every edition came to for the machine of an index, each requirement counted once.
    #[must_use]
    pub fn counts(&self, estate: &Estate, index: usize) -> Counts {
        let mut marks: [Marks; 7] = [Marks::default(); 7];
        let [applicable, blockers, conditions, warnings, unknown, unverified, waived] = &mut marks;
        let mut open = Marks::default();
        for run in &self.runs {
            applicable.join(run.applicable[index]);
            let own = run.findings_of_machine(index);
            for finding in own.iter().chain(run.inherited(&estate.vms[index])) {
                let requirement = usize::from(finding.requirement);
                let Some(check) = run.checks[requirement] else { continue };
                let is_own = matches!(finding.subject, Subject::Vm(_));
                let severity = run.edition.requirements[requirement].severity;
                match (finding.outcome, severity) {
                    (Outcome::NotMet, _) if finding.waiver.is_some() => waived.add(check),
                    (Outcome::NotMet, Severity::Blocker) => blockers.add(check),
                    (Outcome::NotMet, Severity::Condition) => conditions.add(check),
                    (Outcome::NotMet, Severity::Warning) => warnings.add(check),
                    (Outcome::Unknown, _) => unknown.add(check),
                    (Outcome::Unverified, _) => unverified.add(check),
                    (Outcome::NotMet, Severity::Info) | (Outcome::Met | Outcome::NotApplicable, _) => {}
                }
                if is_own && matches!(finding.outcome, Outcome::Unknown | Outcome::Unverified) {
                    open.add(check);
                }
            }
        }
        let mut checked = *applicable;
        checked.leave(open);
        // What one edition lists as essential and another does not is counted where it weighs more.
        unverified.leave(*unknown);
        Counts {
            blockers: blockers.len(),
            conditions: conditions.len(),
            warnings: warnings.len(),
            unknown: unknown.len(),
            unverified: unverified.len(),
            checked: checked.len(),
            applicable: applicable.len(),
            waived: waived.len(),
        }
    }

    /// The findings that keep a machine from being ready, worst kind first: blockers, essential unknowns, conditions;
    /// of each requirement one, whatever the edition, and none that is waived.
    #[must_use]
    pub fn reasons(&self, estate: &Estate, index: usize) -> Vec<(&Run<'_>, &Finding)> {
        let mut found = Vec::new();
        for run in &self.runs {
            for finding in run.findings_of_machine(index).iter().chain(run.inherited(&estate.vms[index])) {
                let severity = run.edition.requirements[usize::from(finding.requirement)].severity;
                if let Some(rank) = rank(finding, severity) {
                    found.push((rank, run, finding));
                }
            }
        }
        found.sort_by_key(|(rank, ..)| *rank);
        let mut seen = BTreeSet::new();
        found.retain(|(_, run, finding)| {
            seen.insert(run.edition.requirements[usize::from(finding.requirement)].check.as_str())
        });
        found.into_iter().map(|(_, run, finding)| (run, finding)).collect()
    }
}

/// How much a finding weighs for readiness, from 0; none when it does not.
fn rank(finding: &Finding, severity: Severity) -> Option<u8> {
    match (finding.outcome, severity) {
        (Outcome::NotMet, _) if finding.waiver.is_some() => None,
        (Outcome::NotMet, Severity::Blocker) => Some(0),
        (Outcome::Unknown, _) => Some(1),
        (Outcome::NotMet, Severity::Condition) => Some(2),
        (Outcome::NotMet, Severity::Warning | Severity::Info)
        | (Outcome::Met | Outcome::Unverified | Outcome::NotApplicable, _) => None,
    }
}
