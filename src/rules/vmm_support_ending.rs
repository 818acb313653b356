//! A VMM server should run a release that gets free updates for a while yet.

use super::prelude::*;
use super::release::{supported_for, vmm_release};

pub(super) static RULE: Rule = Rule {
    name: "vmm-support-ending",
    summary: "Free updates for the Virtual Machine Manager end soon.",
    remedy: "Plan the upgrade of Virtual Machine Manager, or finish the move before.",
    why: "A replication that starts now may outlast the support of the manager that controls it.",
    needs: &[Field::VmmVersion],
    limits: &[("days", Kind::Count)],
    examples: &[
        Example::met(&[table(&["VMM server", "VMM version"], &[&["vmm01", "10.22.1287.0"]])]),
        Example::not_met(&[table(&["VMM server", "VMM version"], &[&["vmm01", "4.0.1662.0"]])]),
        Example::unknown(&[table(&["VMM server", "Internet access of the VMM server"], &[&["vmm01", "yes"]])]),
        Example::not_applicable(&[table(&["VMM server", "VMM version"], &[&["vmm01", "3.2.7510.0"]])]),
    ],
    check: Check::VmmServer(check),
};

fn check(server: &VmmServer, limits: &Limits, context: &Context<'_>) -> Answer {
    let Some(days) = limits.count("days") else { return Ok(Verdict::NotApplicable) };
    Ok(supported_for(days, &vmm_release(server, context)?, context.as_of))
}
