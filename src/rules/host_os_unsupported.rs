//! A Hyper-V host must run a release of Windows Server that the target supports.

use super::prelude::*;
use super::release::{admits, host_release, is_hyper_v};

pub(super) static RULE: Rule = Rule {
    name: "host-os-unsupported",
    summary: "The host runs a release of Windows Server that is not supported.",
    remedy: "Upgrade the host, or move its machines to a host that runs a supported release.",
    why: "The replication provider and agent run on the host, and are made for the releases that the edition lists. \
          The version number decides before the name, because it reads the same in every language.",
    needs: &[Field::HostOs, Field::HostOsVersion],
    limits: &[("allowed", Kind::List), ("minimum", Kind::Text)],
    examples: &[
        Example::met(&[table(
            &["Host name", "Host operating system", "Host OS version"],
            &[&["hv01", "Microsoft Windows Server 2016 Datacenter", "10.0.14393"]],
        )]),
        Example::not_met(&[table(
            &["Host name", "Host operating system", "Host OS version"],
            &[&["hv01", "Microsoft Windows Server 2012 Standard", "6.2.9200"]],
        )]),
        Example::not_met(&[table(&["Host name", "Host operating system"], &[&["hv01", "Windows Server 2008 R2"]])]),
        Example::unknown(&[table(&["Host name", "Host operating system"], &[&["hv01", "Unknown"]])]),
    ],
    check: Check::Host(check),
};

fn check(host: &Host, limits: &Limits, context: &Context<'_>) -> Answer {
    if !is_hyper_v(host) {
        return Ok(Verdict::NotApplicable);
    }
    let release = host_release(host, context)?;
    Ok(match admits(limits, release.value, &context.releases.hosts) {
        Some(Ok(())) => Verdict::Met,
        Some(Err(expected)) => Verdict::not_met(&release, expected),
        None => Verdict::NotApplicable,
    })
}
