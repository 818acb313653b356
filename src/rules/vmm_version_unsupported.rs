//! A VMM server must run a release that the target supports.

use super::prelude::*;
use super::release::{admits, vmm_release};

pub(super) static RULE: Rule = Rule {
    name: "vmm-version-unsupported",
    summary: "The VMM server runs a release of Virtual Machine Manager that is not supported.",
    remedy: "Upgrade Virtual Machine Manager to a supported release.",
    why: "The replication provider is installed on the VMM server, and is made for the releases that the edition lists.",
    needs: &[Field::VmmVersion],
    limits: &[("allowed", Kind::List), ("minimum", Kind::Text)],
    examples: &[
        Example::met(&[table(&["VMM server", "VMM version"], &[&["vmm01", "4.0.2314.0"]])]),
        Example::met(&[table(
            &["VMM server", "VMM version"],
            &[&["vmm01", "System Center 2012 R2 Virtual Machine Manager"]],
        )]),
        Example::not_met(&[table(&["VMM server", "VMM version"], &[&["vmm01", "3.1.6011.0"]])]),
        Example::unknown(&[table(&["VMM server", "Internet access of the VMM server"], &[&["vmm01", "yes"]])]),
    ],
    check: Check::VmmServer(check),
};

fn check(server: &VmmServer, limits: &Limits, context: &Context<'_>) -> Answer {
    let release = vmm_release(server, context)?;
    Ok(match admits(limits, release.value, &context.releases.managers) {
        Some(Ok(())) => Verdict::Met,
        Some(Err(expected)) => Verdict::not_met(&release, expected),
        None => Verdict::NotApplicable,
    })
}
