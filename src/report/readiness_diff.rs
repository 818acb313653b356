//! Which machines change readiness from one edition to another, and because of which requirements.

use std::collections::{BTreeMap, BTreeSet};

use super::lines::line;
use super::words;
use crate::catalogue::Severity;
use crate::evaluate::{Outcome, Run, machines_of};
use crate::model::Estate;

/// Machines named in a group; the others are counted.
const NAMED: usize = 20;

/// Tells which machines of an estate the second run finds otherwise than the first, grouped by the reason.
#[must_use]
pub fn diff(estate: &Estate, old: &Run<'_>, new: &Run<'_>) -> String {
    let (before, after) = (held(estate, old), held(estate, new));
    let mut groups: BTreeMap<_, Vec<&str>> = BTreeMap::new();
    for (index, vm) in estate.vms.iter().enumerate() {
        let change = (old.vms[index].readiness, new.vms[index].readiness);
        if change.0 != change.1 {
            groups.entry((change, reasons(&before[index], &after[index]))).or_default().push(vm.shown_name());
        }
    }
    let machines = words::count(estate.vms.len() as u64, "machine", "machines");
    let changed = groups.values().map(Vec::len).sum::<usize>() as u64;
    let mut text = String::new();
    line(&mut text, 0, &format!("Readiness: {} of {machines} changed", words::grouped(changed)));
    for (((from, to), reasons), names) in groups {
        text.push('\n');
        line(&mut text, 2, &format!("{from} -> {to}: {}", words::count(names.len() as u64, "machine", "machines")));
        for reason in reasons {
            line(&mut text, 4, &reason);
        }
        let mut named = names.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
        if let Some(more) = names.len().checked_sub(NAMED).filter(|more| *more > 0) {
            named = format!("{named} and {} more", words::grouped(more as u64));
        }
        line(&mut text, 4, &named);
    }
    text
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
fn reasons(before: &Held<'_>, after: &Held<'_>) -> Vec<String> {
    let names: BTreeSet<&str> = before.keys().chain(after.keys()).copied().collect();
    let reasons = names.into_iter().filter_map(|name| match (before.get(name), after.get(name)) {
        (Some(old), Some(new)) if old == new => None,
        (Some(old), Some(new)) => Some(format!("{name}: {old} -> {new}")),
        (Some(old), None) => Some(format!("- {name} ({old})")),
        (None, Some(new)) => Some(format!("+ {name} ({new})")),
        (None, None) => None,
    });
    reasons.collect()
}
