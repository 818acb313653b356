//! Hosts without VMM must be gathered in sites that do not mix certain releases.

use super::mixed_host_versions::mix;
use super::prelude::*;
use crate::model::{Missing, Why};

pub(super) static RULE: Rule = Rule {
    name: "mixed-hosts-outside-vmm",
    summary: "Hosts of releases that must be kept apart would share a Hyper-V site.",
    remedy: "Create a Hyper-V site for each release, or upgrade the older hosts.",
    why: "Without Virtual Machine Manager, hosts are gathered in Hyper-V sites, and one site must not mix these \
          releases. No export tells the sites, so all hosts are taken for one.",
    needs: &[Field::HostOs, Field::HostOsVersion],
    limits: &[("apart", Kind::List)],
    examples: &[
        Example::met(&[table(&["Host name", "Host OS version"], &[&["hv01", "10.0.14393"], &["hv02", "10.0.14393"]])]),
        Example::not_met(&[table(
            &["Host name", "Host OS version"],
            &[&["hv01", "6.3.9600"], &["hv02", "10.0.14393"]],
        )]),
        Example::unknown(&[table(&["VM", "VM host"], &[&["web-01", "hv01"]])]),
        Example::not_applicable(&[table(
            &["Host name", "Host OS version", "Host group of the host"],
            &[&["hv01", "6.3.9600", "All Hosts"], &["hv02", "10.0.14393", "All Hosts"]],
        )]),
    ],
    check: Check::Estate(check),
};

fn check(limits: &Limits, context: &Context<'_>) -> Answer {
    let Some(apart) = limits.list("apart") else { return Ok(Verdict::NotApplicable) };
    if context.whole.vmm {
        return Ok(Verdict::NotApplicable);
    }
    let missing = Missing { field: Field::HostOs, why: Why::Absent };
    mix(context.estate.hosts.iter(), apart, context.releases).unwrap_or(Err(missing))
}
