//! What an assessment was judged against, and the findings of each edition by what names them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::subjects::Subjects;
use crate::catalogue::{Severity, Target, WhenMissing};
use crate::evaluate::Outcome;
use crate::record::{Edition, Recorded, Side, Text, Turn, Word};

/// What stands for a target where an organisation's own rules are judged by.
const OWN: &str = "organisation";

/// An edition, or the organisation's own rules as one.
pub(super) struct Book<'r> {
    pub(super) target: &'r str,
    pub(super) edition: String,
    pub(super) sha256: String,
    /// Its place among the editions; none for the organisation's own rules.
    pub(super) place: Option<u16>,
    terms: BTreeMap<&'r str, Terms<'r>>,
}

/// By what a requirement is judged.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Terms<'r> {
    pub(super) severity: Severity,
    when_missing: WhenMissing,
    limits: Vec<(&'r str, &'r str)>,
}

/// What names a finding within its edition.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key<'r> {
    pub(super) requirement: &'r str,
    pub(super) kind: &'r str,
    pub(super) subject: Cow<'r, str>,
}

/// A finding of an assessment.
pub(super) struct Held<'r> {
    pub(super) id: Cow<'r, str>,
    pub(super) subject: &'r str,
    pub(super) subject_id: &'r str,
    pub(super) host: &'r str,
    pub(super) holds_for: Option<u64>,
    pub(super) severity: Severity,
    outcome: Outcome,
    waived: bool,
    observed: &'r str,
    expected: &'r str,
}

impl<'r> Book<'r> {
    /// Everything that an assessment was judged against.
    pub(super) fn all(record: &'r Recorded<'r>) -> Vec<Self> {
        let mut books: Vec<Self> = (0..).zip(&record.editions).map(|(place, edition)| of(place, edition)).collect();
        if !record.organisation.is_empty() {
            books.push(own(record));
        }
        books
    }

    pub(super) fn terms(&self, requirement: &str) -> Option<&Terms<'r>> {
        self.terms.get(requirement)
    }

    /// Where the target stands among the targets.
    pub(super) fn rank(&self) -> usize {
        Target::ALL.iter().position(|target| target.as_str() == self.target).unwrap_or(Target::ALL.len())
    }

    /// Its findings that weigh, and those of machines that no input gives a fact for; each by what names it.
    pub(super) fn findings(&self, record: &'r Recorded<'r>, subjects: &Subjects<'r>) -> BTreeMap<Key<'r>, Held<'r>> {
        match self.place {
            Some(place) => of_edition(place, record, subjects),
            None => of_rules(record, subjects),
        }
    }
}

fn of<'r>(place: u16, edition: &'r Edition<'_>) -> Book<'r> {
    let terms = edition.requirements.iter().map(|asked| {
        let limits = asked.limits.iter().map(|(name, limit)| (&**name, &**limit)).collect();
        let (severity, when_missing) = (asked.severity.0, asked.when_missing.0);
        (&*asked.requirement, Terms { severity, when_missing, limits })
    });
    Book {
        target: edition.target.0.as_str(),
        edition: edition.edition.to_string(),
        sha256: edition.sha256.to_string(),
        place: Some(place),
        terms: terms.collect(),
    }
}

fn own<'r>(record: &'r Recorded<'r>) -> Book<'r> {
    let terms = record.organisation.iter().map(|rule| {
        let limits = vec![(&*rule.table, &*rule.when)];
        (&*rule.rule, Terms { severity: rule.severity.0, when_missing: WhenMissing::Unknown, limits })
    });
    let mut files: Vec<(&str, &str)> = record.organisation.iter().map(|rule| (&*rule.edition, &*rule.sha256)).collect();
    files.sort_unstable();
    files.dedup();
    let (names, digests): (Vec<&str>, Vec<&str>) = files.into_iter().unzip();
    Book { target: OWN, edition: names.join(", "), sha256: digests.join(" "), place: None, terms: terms.collect() }
}

fn of_edition<'r>(place: u16, record: &'r Recorded<'r>, subjects: &Subjects<'r>) -> BTreeMap<Key<'r>, Held<'r>> {
    let edition = &record.editions[usize::from(place)];
    let mut found = BTreeMap::new();
    for finding in record.findings.iter().filter(|finding| finding.edition == place) {
        let Some(asked) = edition.requirements.get(usize::from(finding.requirement)) else { continue };
        let Some((requirement, kind, subject)) = parts(&finding.id) else { continue };
        let held = Held {
            id: Cow::Borrowed(&finding.id),
            subject: &finding.subject,
            subject_id: &finding.subject_id,
            host: &finding.host,
            holds_for: finding.holds_for,
            severity: asked.severity.0,
            outcome: finding.outcome.0,
            waived: finding.waived_by.is_some(),
            observed: &finding.observed,
            expected: &finding.expected,
        };
        found.insert(Key { requirement, kind, subject: subjects.now(kind, subject) }, held);
    }
    for machine in &record.machines {
        for verdict in machine.results.iter().filter(|verdict| verdict.edition == place) {
            for (number, _) in &verdict.missing {
                let Some(asked) = edition.requirements.get(usize::from(*number)) else { continue };
                let outcome = match asked.when_missing.0 {
                    WhenMissing::Unknown => Outcome::Unknown,
                    WhenMissing::Unverified => Outcome::Unverified,
                };
                let (target, key) = (edition.target.0.as_str(), &machine.key);
                let held = Held {
                    id: Cow::Owned(format!("{target}/{}/vm/{key}", asked.requirement)),
                    subject: &machine.vm,
                    subject_id: text(machine.vm_id.as_ref()),
                    host: text(machine.host.as_ref()),
                    holds_for: None,
                    severity: asked.severity.0,
                    outcome,
                    waived: false,
                    observed: "",
                    expected: "",
                };
                let subject = subjects.now("vm", key);
                found.insert(Key { requirement: &asked.requirement, kind: "vm", subject }, held);
            }
        }
    }
    found
}

fn of_rules<'r>(record: &'r Recorded<'r>, subjects: &Subjects<'r>) -> BTreeMap<Key<'r>, Held<'r>> {
    let mut found = BTreeMap::new();
    for rule in &record.organisation {
        for finding in &rule.findings {
            let Some((requirement, kind, subject)) = parts(&finding.id) else { continue };
            let held = Held {
                id: Cow::Borrowed(&finding.id),
                subject: &finding.subject,
                subject_id: &finding.subject_id,
                host: &finding.host,
                holds_for: None,
                severity: rule.severity.0,
                outcome: finding.outcome.0,
                waived: false,
                observed: &finding.observed,
                expected: &rule.when,
            };
            found.insert(Key { requirement, kind, subject: subjects.now(kind, subject) }, held);
        }
    }
    found
}

/// The requirement, the kind of subject and the subject that an identifier names.
fn parts(id: &str) -> Option<(&str, &str, &str)> {
    let (_, rest) = id.split_once('/')?;
    let (requirement, rest) = rest.split_once('/')?;
    let (kind, subject) = rest.split_once('/')?;
    Some((requirement, kind, subject))
}

pub(super) fn text<'r>(text: Option<&'r Text<'_>>) -> &'r str {
    text.map_or("", |text| text)
}

impl Held<'_> {
    /// Whether it counts among the findings: what only could not be verified does not.
    pub(super) fn counts(&self) -> bool {
        matches!(self.outcome, Outcome::NotMet | Outcome::Unknown)
    }

    /// Whether it bears on how ready a machine is.
    pub(super) fn weighs(&self) -> bool {
        match self.outcome {
            Outcome::NotMet => matches!(self.severity, Severity::Blocker | Severity::Condition),
            Outcome::Unknown => true,
            Outcome::Met | Outcome::Unverified | Outcome::NotApplicable => false,
        }
    }

    pub(super) fn side(&self) -> Side {
        Side {
            outcome: Word(self.outcome),
            waived: self.waived,
            severity: Word(self.severity),
            observed: self.observed.to_owned(),
            expected: self.expected.to_owned(),
        }
    }

    /// Whether a waiver alone tells it from another.
    pub(super) fn differs_by_waiver(&self, other: &Self) -> bool {
        self.waived != other.waived && self.outcome == other.outcome && self.severity == other.severity
    }

    /// How much it weighs, the most first.
    fn weight(&self) -> (bool, u8, Severity) {
        let outcome = match self.outcome {
            Outcome::NotMet => 0,
            Outcome::Unknown => 1,
            Outcome::Unverified => 2,
            Outcome::Met | Outcome::NotApplicable => 3,
        };
        (self.waived, outcome, self.severity)
    }
}

/// What became of a finding; none where it is as it was, and where neither counts.
pub(super) fn turn(old: Option<&Held<'_>>, new: Option<&Held<'_>>) -> Option<Turn> {
    match (old.filter(|old| old.counts()), new.filter(|new| new.counts())) {
        (None, None) => None,
        (None, Some(_)) => Some(Turn::New),
        // What was broken and is not told any longer is not mended.
        (Some(old), None) if old.outcome == Outcome::NotMet && new.is_some() => Some(Turn::Untold),
        (Some(_), None) => Some(Turn::Fixed),
        (Some(old), Some(new)) if old.outcome == Outcome::NotMet && new.outcome == Outcome::Unknown => {
            Some(Turn::Untold)
        }
        (Some(old), Some(new)) => match new.weight().cmp(&old.weight()) {
            std::cmp::Ordering::Less => Some(Turn::Worse),
            std::cmp::Ordering::Greater => Some(Turn::Eased),
            std::cmp::Ordering::Equal => None,
        },
    }
}
