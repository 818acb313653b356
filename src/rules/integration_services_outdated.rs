//! A guest's integration services should be up to date.

use super::prelude::*;
use crate::model::{Missing, Why};

pub(super) static RULE: Rule = Rule {
    name: "integration-services-outdated",
    summary: "The guest's integration services are missing or out of date.",
    remedy: "Update the integration services in the guest.",
    why: "Application-consistent snapshots need working integration services.",
    needs: &[Field::IntegrationServices],
    limits: &[("current", Kind::List), ("outdated", Kind::List)],
    examples: &[
        Example::met(&[table(&["VM", "Integration services"], &[&["web-01", "Up to date"]])]),
        Example::not_met(&[table(&["VM", "Integration services"], &[&["old-01", "Update required"]])]),
        Example::unknown(&[table(&["VM", "vCPUs"], &[&["web-01", "2"]])]),
        Example::unknown(&[table(&["VM", "Integration services"], &[&["web-02", "6.3.9600.17415"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, limits: &Limits, _: &Context<'_>) -> Answer {
    let state = vm.integration_services.need()?;
    let listed =
        |key: &str| limits.list(key).unwrap_or_default().iter().any(|known| known.eq_ignore_ascii_case(&state.value));
    if listed("current") {
        return Ok(Verdict::Met);
    }
    if listed("outdated") {
        return Ok(Verdict::refused(Identity::Term, state, "up to date"));
    }
    // A bare version does not tell whether the host has a newer one to give.
    Err(Missing { field: Field::IntegrationServices, why: Why::Unsaid(state.origin) })
}
