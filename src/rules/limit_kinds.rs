//! Whether the limits of an edition are ones that its checks look for, each of the kind the check expects.

use super::find;
use crate::catalogue::{Edition, Kind, Requirement};

/// Says what is wrong with the limits of an edition, a sentence for each; none for one that every check can read.
///
/// A limit that a check cannot read would switch the check off, and every machine would pass.
#[must_use]
pub fn unreadable_limits(edition: &Edition) -> Vec<String> {
    edition.requirements.iter().flat_map(of_requirement).collect()
}

fn of_requirement(requirement: &Requirement) -> Vec<String> {
    let Some(rule) = find(&requirement.check) else { return Vec::new() };
    let fault = |(key, limit): (&str, &crate::catalogue::Limit)| {
        let place = format!("the limit `{key}` of {}", rule.name);
        match rule.limits.iter().find(|(known, _)| *known == key) {
            Some((_, kind)) if kind.holds(limit) => None,
            Some((_, kind)) => Some(format!("{place} is \"{limit}\"; {}.", kind.looks())),
            None => Some(format!("{place} is none that the check looks for; {}.", looked_for(rule.limits))),
        }
    };
    requirement.limits.iter().filter_map(fault).collect()
}

fn looked_for(limits: &[(&str, Kind)]) -> String {
    if limits.is_empty() {
        return "it has no limits".to_owned();
    }
    let keys: Vec<String> = limits.iter().map(|(key, _)| format!("`{key}`")).collect();
    format!("it looks for {}", keys.join(", "))
}
