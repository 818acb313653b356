//! Findings that someone has answered for: they hold nothing back until the day they expire, and stay in every report.

use jiff::civil::Date;

use super::finding::{Finding, Tally};
use super::outcome::Outcome;
use super::subject::Subject;
use super::vm_result::VmResult;
use crate::catalogue::Edition;
use crate::model::{Estate, Pattern, SubjectKind, words};

/// Someone's word that a requirement need not be met, for some subjects and until a day.
#[derive(Clone, Debug)]
pub struct Waiver {
    /// The requirement's name.
    pub requirement: String,
    /// The names of the subjects.
    pub subject: Pattern,
    /// Their kind, when only one is meant.
    pub kind: Option<SubjectKind>,
    /// Why it may stand.
    pub reason: String,
    /// Who answers for it.
    pub owner: String,
    /// The last day it holds.
    pub expires: Date,
    /// The line of the configuration file that names the requirement, from 1.
    pub line: u32,
}

words! {
    /// What a waiver does at the date judged.
    WaiverState {
        /// It waives findings.
        InForce = "in-force",
        /// Its day has passed, so that what it waived counts again.
        Expired = "expired",
        /// It is in force and nothing that was found is what it speaks of.
        Unused = "unused",
    }
}

/// A waiver and what became of it.
#[derive(Clone, Debug)]
pub struct WaiverResult {
    /// The waiver.
    pub waiver: Waiver,
    /// What it does.
    pub state: WaiverState,
    /// The findings it speaks of, over every edition judged against: waived ones while it is in force.
    pub findings: u64,
}

impl Waiver {
    /// Whether it still holds.
    #[must_use]
    pub fn holds(&self, as_of: Date) -> bool {
        as_of <= self.expires
    }

    fn speaks_of(&self, requirement: &str, subject: Subject, estate: &Estate) -> bool {
        let kind = subject.kind();
        self.requirement == requirement
            && self.kind.is_none_or(|only| only == kind)
            && self.subject.fits(kind, subject.name(estate))
    }
}

impl WaiverResult {
    /// Waivers as they are before anything is judged.
    pub(super) fn begin(waivers: &[Waiver], as_of: Date) -> Vec<Self> {
        let begin = |waiver: &Waiver| Self {
            waiver: waiver.clone(),
            state: if waiver.holds(as_of) { WaiverState::Unused } else { WaiverState::Expired },
            findings: 0,
        };
        waivers.iter().map(begin).collect()
    }

    fn found(&mut self) {
        self.findings += 1;
        self.state = match self.state {
            WaiverState::Unused | WaiverState::InForce => WaiverState::InForce,
            WaiverState::Expired => WaiverState::Expired,
        };
    }
}

/// Marks the findings that waivers speak of, and takes those that are waived out of what holds machines back.
///
/// The first waiver in force that speaks of a finding waives it.
pub(super) fn waive(
    estate: &Estate,
    edition: &Edition,
    waivers: &mut [WaiverResult],
    findings: &mut [Finding],
    tallies: &mut [Tally],
    vms: &mut [VmResult],
) {
    let waived: Vec<bool> = edition
        .requirements
        .iter()
        .map(|requirement| waivers.iter().any(|result| result.waiver.requirement == requirement.check))
        .collect();
    for finding in findings {
        let requirement = usize::from(finding.requirement);
        if finding.outcome != Outcome::NotMet || !waived[requirement] {
            continue;
        }
        let check = &edition.requirements[requirement].check;
        for (number, result) in (0_u16..).zip(waivers.iter_mut()) {
            if result.waiver.speaks_of(check, finding.subject, estate) {
                result.found();
                if result.state == WaiverState::InForce && finding.waiver.is_none() {
                    finding.waiver = Some(number);
                }
            }
        }
        if finding.waiver.is_some() {
            tallies[requirement].waived += 1;
            if let Subject::Vm(index) = finding.subject {
                vms[index as usize].waive(edition.requirements[requirement].severity);
            }
        }
    }
}
