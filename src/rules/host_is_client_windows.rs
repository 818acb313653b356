//! A Hyper-V host must run Windows Server, not a Windows client.

use super::prelude::*;
use super::release::{host_release, is_hyper_v};
use crate::catalogue::HostKind;

pub(super) static RULE: Rule = Rule {
    name: "host-is-client-windows",
    summary: "The host runs a Windows client.",
    remedy: "Move the machines to a host that runs Windows Server.",
    why: "Machines on Hyper-V of a client operating system cannot be protected as Hyper-V machines. \
          A client and a server of the same year share their build number, so the name must tell them apart.",
    needs: &[Field::HostOs, Field::HostOsVersion],
    limits: &[],
    examples: &[
        Example::met(&[table(&["Host name", "Host operating system"], &[&["hv01", "Windows Server 2022 Datacenter"]])]),
        Example::not_met(&[table(
            &["Host name", "Host operating system", "Host OS version"],
            &[&["desk-07", "Microsoft Windows 11 Pro", "10.0.26100"]],
        )]),
        Example::unknown(&[table(&["Host name", "Logical processors"], &[&["hv01", "32"]])]),
    ],
    check: Check::Host(check),
};

fn check(host: &Host, _: &Limits, context: &Context<'_>) -> Answer {
    if !is_hyper_v(host) {
        return Ok(Verdict::NotApplicable);
    }
    let release = host_release(host, context)?;
    if release.value.kind == Some(HostKind::Client) {
        return Ok(Verdict::not_met(&release, "Windows Server"));
    }
    host.os.need()?;
    Ok(Verdict::Met)
}
