//! What a requirement came to for a subject, and for how many it came out how.

use super::outcome::Outcome;
use super::subject::Subject;
use crate::model::Missing;
use crate::rules::Evidence;

/// Why a finding stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Because {
    /// What was seen and what was expected.
    Seen(Box<Evidence>),
    /// What is missing.
    Missing(Missing),
}

/// A requirement that is not met, unknown or unverified for a subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Index into the edition's requirements.
    pub requirement: u16,
    /// Not met, unknown or unverified.
    pub outcome: Outcome,
    /// What it is about.
    pub subject: Subject,
    /// Why.
    pub because: Because,
    /// The waiver that waives it: an index into the assessment's waivers.
    pub waiver: Option<u16>,
}

/// How many subjects a requirement came out how for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Met.
    pub met: u64,
    /// Not met.
    pub not_met: u64,
    /// Unknown.
    pub unknown: u64,
    /// Unverified.
    pub unverified: u64,
    /// Not applicable.
    pub not_applicable: u64,
    /// Not met and waived; counted under not met as well.
    pub waived: u64,
}

impl Tally {
    /// Counts a subject that came out so.
    pub fn count(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Met => self.met += 1,
            Outcome::NotMet => self.not_met += 1,
            Outcome::Unknown => self.unknown += 1,
            Outcome::Unverified => self.unverified += 1,
            Outcome::NotApplicable => self.not_applicable += 1,
        }
    }

    pub(super) fn add(&mut self, other: Self) {
        self.met += other.met;
        self.not_met += other.not_met;
        self.unknown += other.unknown;
        self.unverified += other.unverified;
        self.not_applicable += other.not_applicable;
        self.waived += other.waived;
    }

    /// Subjects the requirement was put to.
    #[must_use]
    pub const fn total(self) -> u64 {
        self.met + self.not_met + self.unknown + self.unverified + self.not_applicable
    }
}
