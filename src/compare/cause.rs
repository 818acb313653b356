//! Who made a change: the site, the rulebook, the calendar or the configuration.

use std::collections::BTreeSet;

use super::book::{Book, Terms};
use crate::record::{Cause, Recorded};

/// The requirements whose answer depends on the day judged for.
pub const DATED: &[&str] = &[
    "guest-os-on-paid-updates",
    "guest-os-out-of-support",
    "guest-os-support-ending",
    "host-out-of-support",
    "host-support-ending",
    "vmm-out-of-support",
    "vmm-support-ending",
];

/// What is the same in two assessments, whatever the subject.
#[derive(Clone, Copy, Debug)]
pub(super) struct Alike {
    /// The files read, byte for byte, and what is declared beside them.
    pub(super) inputs: bool,
    /// The program and the catalogue that was carried in.
    pub(super) program: bool,
    /// The day judged for.
    pub(super) day: bool,
}

impl Alike {
    pub(super) fn of(old: &Recorded<'_>, new: &Recorded<'_>) -> Self {
        let files = |record: &Recorded<'_>| {
            let mut files: Vec<String> = record.inputs.iter().map(|input| input.sha256.to_string()).collect();
            files.sort_unstable();
            files
        };
        let declared = |record: &Recorded<'_>| {
            let of = |told: &crate::record::Declaration<'_>| {
                [&told.subject_kind, &told.subject, &told.fact, &told.value].map(ToString::to_string)
            };
            record.declarations.iter().map(of).collect::<BTreeSet<_>>()
        };
        let carried = |record: &Recorded<'_>| {
            record.catalogue.files.iter().map(|file| file.sha256.to_string()).collect::<BTreeSet<_>>()
        };
        Self {
            inputs: files(old) == files(new) && declared(old) == declared(new),
            program: old.klar_version == new.klar_version && carried(old) == carried(new),
            day: old.as_of == new.as_of,
        }
    }

    /// Who made a finding otherwise, by the terms it is judged by before and after, and whether what is recorded of its
    /// subject is the same; none where nothing is recorded of such subjects.
    pub(super) fn cause(
        self,
        books: (&Book<'_>, &Book<'_>),
        requirement: &str,
        terms: (Option<&Terms<'_>>, Option<&Terms<'_>>),
        same_facts: Option<bool>,
    ) -> Cause {
        let (Some(old), Some(new)) = terms else { return Cause::Rulebook };
        let same_rules = self.program && books.0.sha256 == books.1.sha256;
        if same_rules && self.day {
            return Cause::Site;
        }
        let same_facts = self.inputs || same_facts.unwrap_or(false);
        match (old == new, same_facts) {
            (false, true) => Cause::Rulebook,
            (true, false) => Cause::Site,
            (true, true) if !self.day && DATED.contains(&requirement) => Cause::Date,
            (true, true) if self.inputs => Cause::Rulebook,
            // What stands around the subject may have changed, such as another machine of its name.
            (true, true) if same_rules => Cause::Site,
            (false, false) | (true, true) => Cause::Either,
        }
    }
}

/// Who made a readiness otherwise, by who made the findings that weigh on it otherwise.
pub(super) fn of_all(causes: &BTreeSet<Cause>, otherwise: Cause) -> Cause {
    let mut causes = causes.iter();
    match (causes.next(), causes.next()) {
        (None, _) => otherwise,
        (Some(only), None) => *only,
        (Some(_), Some(_)) => Cause::Either,
    }
}
