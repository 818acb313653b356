//! A VMM server should run a release that still gets free updates.

use super::prelude::*;
use super::release::{still_supported, vmm_release};

pub(super) static RULE: Rule = Rule {
    name: "vmm-out-of-support",
    summary: "The Virtual Machine Manager no longer gets free updates.",
    remedy: "Upgrade Virtual Machine Manager to a release that is supported.",
    why: "A manager without updates is at risk itself, and the provider on it is tested with what is supported.",
    needs: &[Field::VmmVersion],
    limits: &[],
    examples: &[
        Example::met(&[table(&["VMM server", "VMM version"], &[&["vmm01", "10.22.1287.0"]])]),
        Example::not_met(&[table(&["VMM server", "VMM version"], &[&["vmm01", "3.2.7510.0"]])]),
        Example::unknown(&[table(&["VMM server", "Internet access of the VMM server"], &[&["vmm01", "yes"]])]),
    ],
    check: Check::VmmServer(check),
};

fn check(server: &VmmServer, _: &Limits, context: &Context<'_>) -> Answer {
    Ok(still_supported(&vmm_release(server, context)?, context.as_of))
}
