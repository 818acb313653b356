//! What the requirements of an edition came to for one machine, and the readiness drawn from it.

use super::outcome::{Outcome, Readiness};
use crate::catalogue::Severity;

/// What the requirements of an edition came to for one machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VmResult {
    /// Its readiness.
    pub readiness: Readiness,
    /// Blockers not met, its own and inherited ones.
    pub blockers: u16,
    /// Conditions not met, its own and inherited ones.
    pub conditions: u16,
    /// Warnings not met, its own and inherited ones.
    pub warnings: u16,
    /// Essential requirements that could not be told, its own and inherited ones.
    pub unknown: u16,
    /// Its own other requirements that could not be told.
    pub unverified: u16,
    /// Its own requirements that were told: met or not met.
    pub checked: u16,
    /// Its own requirements that concern it.
    pub applicable: u16,
    /// Not met and waived, its own and inherited ones; counted neither as blocker, condition nor warning.
    pub waived: u16,
}

impl VmResult {
    pub(super) const fn nothing_wrong() -> Self {
        Self {
            readiness: Readiness::Ready,
            blockers: 0,
            conditions: 0,
            warnings: 0,
            unknown: 0,
            unverified: 0,
            checked: 0,
            applicable: 0,
            waived: 0,
        }
    }

    /// Counts an outcome of the machine's own.
    pub(super) fn count(&mut self, outcome: Outcome, severity: Severity) {
        match outcome {
            Outcome::NotApplicable => return,
            Outcome::Met => self.checked += 1,
            Outcome::NotMet => {
                self.checked += 1;
                self.count_not_met(severity);
            }
            Outcome::Unknown => self.unknown += 1,
            Outcome::Unverified => self.unverified += 1,
        }
        self.applicable += 1;
    }

    pub(super) fn count_not_met(&mut self, severity: Severity) {
        match severity {
            Severity::Blocker => self.blockers += 1,
            Severity::Condition => self.conditions += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Info => {}
        }
    }

    /// Takes back a requirement of its own that was counted as not met and is waived.
    pub(super) fn waive(&mut self, severity: Severity) {
        match severity {
            Severity::Blocker => self.blockers -= 1,
            Severity::Condition => self.conditions -= 1,
            Severity::Warning => self.warnings -= 1,
            Severity::Info => {}
        }
        self.waived += 1;
        self.settle();
    }

    /// Draws the readiness from the counts.
    pub(super) fn settle(&mut self) {
        self.readiness = if self.blockers > 0 {
            Readiness::NotReady
        } else if self.unknown > 0 {
            Readiness::Unknown
        } else if self.conditions > 0 {
            Readiness::ReadyWithConditions
        } else {
            Readiness::Ready
        };
    }
}
