//! A host's operating system should still get free updates.

use super::prelude::*;
use super::release::{host_release, is_hyper_v, still_supported};

pub(super) static RULE: Rule = Rule {
    name: "host-out-of-support",
    summary: "The host runs a Windows Server that no longer gets free updates.",
    remedy: "Upgrade the host, or move its machines to one that is supported.",
    why: "A host without updates is at risk itself, and replication is tested with what is supported.",
    needs: &[Field::HostOs, Field::HostOsVersion],
    limits: &[],
    examples: &[
        Example::met(&[table(&["Host name", "Host OS version"], &[&["hv01", "10.0.20348"]])]),
        Example::not_met(&[table(&["Host name", "Host OS version"], &[&["hv01", "6.3.9600"]])]),
        Example::unknown(&[table(&["Host name", "Logical processors"], &[&["hv01", "32"]])]),
    ],
    check: Check::Host(check),
};

fn check(host: &Host, _: &Limits, context: &Context<'_>) -> Answer {
    if !is_hyper_v(host) {
        return Ok(Verdict::NotApplicable);
    }
    Ok(still_supported(&host_release(host, context)?, context.as_of))
}
