//! A Hyper-V host must have a machine to replicate.

use super::prelude::*;
use super::release::is_hyper_v;
use crate::model::{Missing, Why};

pub(super) static RULE: Rule = Rule {
    name: "host-without-vm",
    summary: "The host has no machine to replicate.",
    remedy: "Leave the host out of the plan, or check that the export lists its machines.",
    why: "A host is prepared for replication for the machines on it. A host without one often means that an export \
          left its machines out.",
    needs: &[Field::VmHost],
    limits: &[],
    examples: &[
        Example::met(&[
            table(&["Host name", "Host OS version"], &[&["hv01", "10.0.17763"]]),
            table(&["VM", "VM host"], &[&["web-01", "hv01"]]),
        ]),
        Example::not_met(&[
            table(&["Host name", "Host OS version"], &[&["hv02", "10.0.17763"], &["hv01", "10.0.17763"]]),
            table(&["VM", "VM host"], &[&["web-01", "hv01"]]),
        ]),
        Example::unknown(&[
            table(&["Host name", "Host OS version"], &[&["hv01", "10.0.17763"]]),
            table(&["VM", "vCPUs"], &[&["web-01", "2"]]),
        ]),
    ],
    check: Check::Host(check),
};

fn check(host: &Host, _: &Limits, context: &Context<'_>) -> Answer {
    if !is_hyper_v(host) {
        return Ok(Verdict::NotApplicable);
    }
    if !host.vms.is_empty() {
        return Ok(Verdict::Met);
    }
    if context.estate.vms.is_empty() {
        return Err(Missing { field: Field::VmHost, why: Why::Absent });
    }
    match context.whole.host_missing {
        Some(missing) => Err(missing),
        None => Ok(Verdict::observed("no machine on the host", "at least one machine", None)),
    }
}
