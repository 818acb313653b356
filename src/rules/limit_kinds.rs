//! Whether the limits of an edition are ones that its checks look for, each of the kind the check expects.

use super::{Rule, find};
use crate::catalogue::{Edition, Kind, Limit, Requirement};

/// Says what is wrong with the limits of an edition, a sentence for each; none for one that every check can read.
///
/// A limit that a check cannot read would switch the check off, and every machine would pass.
#[must_use]
pub fn unreadable_limits(edition: &Edition) -> Vec<String> {
    let unknown = limits(edition).filter(|(requirement, key, _)| !is_known(requirement, key));
    let unknown = unknown.filter_map(|(requirement, key, limit)| limit_fault(requirement, key, limit));
    misread_limits(edition).into_iter().chain(unknown).collect()
}

/// Says which limits of an edition their checks look for and cannot read, which switches the check off; one that no check
/// looks for changes nothing.
#[must_use]
pub fn misread_limits(edition: &Edition) -> Vec<String> {
    let known = limits(edition).filter(|(requirement, key, _)| is_known(requirement, key));
    known.filter_map(|(requirement, key, limit)| limit_fault(requirement, key, limit)).collect()
}

fn limits(edition: &Edition) -> impl Iterator<Item = (&Requirement, &str, &Limit)> {
    edition.requirements.iter().flat_map(|one| one.limits.iter().map(move |(key, limit)| (one, key, limit)))
}

fn is_known(requirement: &Requirement, key: &str) -> bool {
    find(&requirement.check).is_some_and(|rule| rule.limits.iter().any(|(known, _)| *known == key))
}

/// Limits that bear another name than in files of an earlier Klar: the check, the name then and the name now.
const RENAMED: &[(&str, &str, &str)] = &[("provider-too-old-for-large-disk", "provider", "agent")];

/// What is wrong with a limit of a requirement; `None` when its check can read it, or is not known.
pub(super) fn limit_fault(requirement: &Requirement, key: &str, limit: &Limit) -> Option<String> {
    let rule = find(&requirement.check)?;
    let place = format!("the limit `{key}` of {}", rule.name);
    match rule.limits.iter().find(|(known, _)| *known == key) {
        Some((_, kind)) if kind.holds(limit) => None,
        Some((_, kind)) => Some(format!("{place} is \"{limit}\"; {}.", kind.looks())),
        None => {
            let now =
                RENAMED.iter().find(|(check, then, _)| (*check, *then) == (rule.name, key)).map(|(_, _, now)| now);
            let why = now.map_or_else(|| looked_for(rule.limits), |now| format!("it is called `{now}` now"));
            Some(format!("{place} is none that the check looks for; {why}."))
        }
    }
}

/// Whether a check cannot judge without a limit.
pub(super) fn looks_for_limits(rule: &Rule) -> bool {
    !rule.limits.is_empty() && !LIMITS_OPTIONAL.contains(&rule.name)
}

/// Checks that read limits and judge without any too.
const LIMITS_OPTIONAL: &[&str] = &["guest-32-bit", "network-missing", "storage-account-missing"];

fn looked_for(limits: &[(&str, Kind)]) -> String {
    if limits.is_empty() {
        return "it has no limits".to_owned();
    }
    let keys: Vec<String> = limits.iter().map(|(key, _)| format!("`{key}`")).collect();
    format!("it looks for {}", keys.join(", "))
}
