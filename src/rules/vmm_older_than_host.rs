//! A host must not be managed by a Virtual Machine Manager older than itself.

use super::prelude::*;
use super::release::{host_release, is_hyper_v, vmm_release};
use crate::model::{Missing, Why};

pub(super) static RULE: Rule = Rule {
    name: "vmm-older-than-host",
    summary: "The host is newer than the Virtual Machine Manager that manages it.",
    remedy: "Manage the host from the Virtual Machine Manager of its own release.",
    why: "The matrix pairs each release of Windows Server with the Virtual Machine Manager of its year. \
          A newer Virtual Machine Manager is not counted as a defect.",
    needs: &[Field::HostOs, Field::HostOsVersion, Field::HostVmmServer, Field::VmmVersion],
    limits: &[("hosts", Kind::List)],
    examples: &[
        Example::met(&[
            table(&["Host name", "Host OS version", "VMM server of the host"], &[&["hv01", "10.0.14393", "vmm01"]]),
            table(&["VMM server", "VMM version"], &[&["vmm01", "4.0.1662.0"]]),
        ]),
        Example::not_met(&[
            table(&["Host name", "Host OS version", "VMM server of the host"], &[&["hv01", "10.0.14393", "vmm01"]]),
            table(&["VMM server", "VMM version"], &[&["vmm01", "3.2.7510.0"]]),
        ]),
        Example::unknown(&[table(
            &["Host name", "Host OS version", "VMM server of the host"],
            &[&["hv01", "10.0.14393", "vmm01"]],
        )]),
        Example::not_applicable(&[table(&["Host name", "Host OS version"], &[&["hv01", "10.0.14393"]])]),
    ],
    check: Check::Host(check),
};

fn check(host: &Host, limits: &Limits, context: &Context<'_>) -> Answer {
    let Some(named) = limits.list("hosts") else { return Ok(Verdict::NotApplicable) };
    if !context.whole.vmm || !is_hyper_v(host) {
        return Ok(Verdict::NotApplicable);
    }
    let release = host_release(host, context)?;
    let manager = release.value.manager.as_ref().filter(|_| named.contains(&release.value.title));
    let manager = manager.and_then(|key| context.releases.managers.keyed(key));
    let Some(manager) = manager else { return Ok(Verdict::NotApplicable) };
    let version_missing = Missing { field: Field::VmmVersion, why: Why::Absent };
    let server = host.vmm_index.and_then(|index| context.estate.vmm_servers.get(index));
    let server = server.ok_or_else(|| host.vmm_server.need().err().unwrap_or(version_missing))?;
    let vmm = vmm_release(server, context)?;
    if vmm.value >= manager {
        return Ok(Verdict::Met);
    }
    let seen = say!("{host} under {manager}", host = release.value, manager = vmm.value);
    Ok(Verdict::observed(seen, Arg::from(manager), Some(vmm.origin)))
}
