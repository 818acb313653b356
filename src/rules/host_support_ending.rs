//! A host's operating system should get free updates for a while yet.

use super::prelude::*;
use super::release::{host_release, is_hyper_v, supported_for};

pub(super) static RULE: Rule = Rule {
    name: "host-support-ending",
    summary: "Free updates for the Windows Server that the host runs end soon.",
    remedy: "Plan the upgrade of the host, or finish the move before.",
    why: "A replication that starts now may outlast the support of the host it starts from.",
    needs: &[Field::HostOs, Field::HostOsVersion],
    limits: &[("days", Kind::Count)],
    examples: &[
        Example::met(&[table(&["Host name", "Host OS version"], &[&["hv01", "10.0.26100"]])]),
        Example::not_met(&[table(&["Host name", "Host OS version"], &[&["hv01", "10.0.14393"]])]),
        Example::unknown(&[table(&["Host name", "Logical processors"], &[&["hv01", "32"]])]),
        Example::not_applicable(&[table(&["Host name", "Host OS version"], &[&["hv01", "6.3.9600"]])]),
    ],
    check: Check::Host(check),
};

fn check(host: &Host, limits: &Limits, context: &Context<'_>) -> Answer {
    let Some(days) = limits.count("days") else { return Ok(Verdict::NotApplicable) };
    if !is_hyper_v(host) {
        return Ok(Verdict::NotApplicable);
    }
    Ok(supported_for(days, &host_release(host, context)?, context.as_of))
}
