//! Which machines change readiness from one edition to another, and because of which requirements.

use std::collections::{BTreeMap, BTreeSet};

use super::phrased::{Block, Section};
use super::story::heading;
use super::words;
use crate::catalogue::Severity;
use crate::evaluate::{Outcome, Run, machines_of};
use crate::model::{Arg, Estate, Identity, Phrase, say};

/// Machines named in a group; the others are counted.
const NAMED: usize = 20;

/// Tells which machines of an estate the second run finds otherwise than the first, grouped by the reason.
#[must_use]
pub fn diff<'a>(estate: &Estate, old: &Run<'_>, new: &Run<'_>) -> Section<'a> {
    let (before, after) = (held(estate, old), held(estate, new));
    let mut groups: BTreeMap<_, Vec<&str>> = BTreeMap::new();
    for (index, vm) in estate.vms.iter().enumerate() {
        let change = (old.vms[index].readiness, new.vms[index].readiness);
        if change.0 != change.1 {
            groups.entry((change, reasons(&before[index], &after[index]))).or_default().push(vm.shown_name());
        }
    }
    let title = say!(
        "Readiness: {changed} of {machines} {machines:machine|machines} changed",
        changed = groups.values().map(Vec::len).sum::<usize>(),
        machines = estate.vms.len()
    );
    let mut blocks = Vec::new();
    for (((from, to), reasons), names) in groups {
        let [from, to] = [from, to].map(|readiness| Arg::Word(words::readiness_within(readiness)));
        let count = names.len();
        let title = say!("{old} -> {new}, {count} {count:machine|machines}", old = from, new = to, count = count);
        blocks.push(heading("", title));
        blocks.extend(reasons.into_iter().map(Block::Text));
        let named = Arg::names(Identity::Machine, names.iter().take(NAMED).copied());
        blocks.push(Block::Text(match count.saturating_sub(NAMED) {
            0 => named.into(),
            more => say!("{items} and {more} more", items = named, more = more),
        }));
    }
    Section { id: "readiness".to_owned(), title, blocks, ..Section::default() }
}

/// What holds a machine back: requirement, and whether as blocker, condition or unknown.
type Held<'a> = BTreeMap<&'a str, &'static str>;

/// What holds each machine back, its own and inherited.
fn held<'a>(estate: &Estate, run: &'a Run<'_>) -> Vec<Held<'a>> {
    let mut held: Vec<Held<'a>> = vec![Held::new(); estate.vms.len()];
    for finding in &run.findings {
        let requirement = &run.edition.requirements[usize::from(finding.requirement)];
        let how = match (finding.outcome, requirement.severity) {
            (Outcome::NotMet, Severity::Blocker | Severity::Condition) => requirement.severity.as_str(),
            (Outcome::Unknown, _) => "unknown",
            (Outcome::NotMet, Severity::Warning | Severity::Info)
            | (Outcome::Met | Outcome::Unverified | Outcome::NotApplicable, _) => continue,
        };
        for machine in machines_of(estate, finding.subject) {
            held[machine].insert(&requirement.check, how);
        }
    }
    held
}

/// What holds a machine back in one run and not, or otherwise, in the other.
fn reasons(before: &Held<'_>, after: &Held<'_>) -> Vec<Phrase> {
    let names: BTreeSet<&str> = before.keys().chain(after.keys()).copied().collect();
    let reasons = names.into_iter().filter_map(|name| {
        let rule = Arg::text(name);
        match (before.get(name).copied(), after.get(name).copied()) {
            (Some(old), Some(new)) if old == new => None,
            (Some(old), Some(new)) => {
                Some(say!("{rule}: {old} -> {new}", rule = rule, old = Arg::Word(old), new = Arg::Word(new)))
            }
            (Some(old), None) => Some(say!("- {rule} ({how})", rule = rule, how = Arg::Word(old))),
            (None, Some(new)) => Some(say!("+ {rule} ({how})", rule = rule, how = Arg::Word(new))),
            (None, None) => None,
        }
    });
    reasons.collect()
}
