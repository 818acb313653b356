//! A host's operating system should be one that the documents name.

use super::prelude::*;
use super::release::{admits, host_release, is_hyper_v};

pub(super) static RULE: Rule = Rule {
    name: "host-os-not-listed",
    summary: "The host runs a version of Windows Server that the documents do not name.",
    remedy: "Look for a newer edition of the support matrix, or move the machine to a host of a listed version first.",
    why: "A version may be missing because it is newer than the document or by mistake; nobody promises that it works. \
          Versions that are certainly too old are found by host-os-unsupported.",
    needs: &[Field::HostOsVersion, Field::HostOs],
    limits: &[("allowed", Kind::List), ("minimum", Kind::Text)],
    examples: &[
        Example::met(&[table(&["Host name", "Host OS version"], &[&["hv-01", "10.0.17763"]])]),
        Example::not_met(&[table(&["Host name", "Host OS version"], &[&["hv-01", "10.0.14393"]])]),
        Example::unknown(&[table(&["Host name", "Host memory (GB)"], &[&["hv-01", "256"]])]),
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
