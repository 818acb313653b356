//! What came of judging: the results of each edition, and of all together.

use jiff::civil::Date;

use super::finding::{Finding, Tally};
use super::guests::Guests;
use super::marks::Marks;
use super::outcome::Readiness;
use super::prerequisites::PrerequisiteResult;
use super::subject::{Subject, number};
use super::vm_result::VmResult;
use super::waive::WaiverResult;
use crate::catalogue::{Catalogue, Edition};

/// The results of one edition.
#[derive(Clone, Debug)]
pub struct Run<'a> {
    /// The edition.
    pub edition: &'a Edition,
    /// A result per machine, in the estate's order.
    pub vms: Vec<VmResult>,
    /// For each machine, in the estate's order, the checks that concern it.
    pub applicable: Vec<Marks>,
    /// For each requirement, in the edition's order, the place of its check in the roster.
    pub checks: Vec<Option<u8>>,
    /// A tally per requirement, in the edition's order.
    pub tallies: Vec<Tally>,
    /// Findings: subjects other than machines first, each in the estate's order, then in the edition's order of requirements.
    pub findings: Vec<Finding>,
    /// The rows of the prerequisites article, when the edition has them.
    pub prerequisites: Vec<PrerequisiteResult>,
}

impl Run<'_> {
    /// The findings of the machine of an index.
    #[must_use]
    pub fn findings_of_machine(&self, index: usize) -> &[Finding] {
        self.findings_of(Subject::Vm(number(index)))
    }

    /// How many machines came out how, worst first.
    #[must_use]
    pub fn readiness_counts(&self) -> [(Readiness, u64); 4] {
        let mut counts = [
            (Readiness::NotReady, 0),
            (Readiness::Unknown, 0),
            (Readiness::ReadyWithConditions, 0),
            (Readiness::Ready, 0),
        ];
        for vm in &self.vms {
            counts[vm.readiness as usize].1 += 1;
        }
        counts
    }
}

/// Everything concluded about an estate.
#[derive(Clone, Debug)]
pub struct Assessment<'a> {
    /// The date that lifecycles were compared with.
    pub as_of: Date,
    /// A run per edition asked for, in the order asked.
    pub runs: Vec<Run<'a>>,
    /// What each machine's guest operating system name means.
    pub guests: Guests,
    /// The waivers, and what became of each.
    pub waivers: Vec<WaiverResult>,
    /// The catalogue it rests on.
    pub catalogue: &'a Catalogue,
}
