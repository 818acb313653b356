//! A guest's IPv6 addresses do not come along.

use core::net::IpAddr;

use super::prelude::*;
use crate::model::{Missing, Nic, Why};

pub(super) static RULE: Rule = Rule {
    name: "guest-ipv6-address",
    summary: "The guest has IPv6 addresses, which the target does not take.",
    remedy: "Make sure that the workload runs on IPv4 alone.",
    why: "Replicated machines get IPv4 addresses; later editions take IPv6 where VMM does not manage the machine.",
    needs: &[Field::NicAddresses, Field::VmVmmServer],
    limits: &[("with_vmm_refused", Kind::Flag), ("without_vmm_refused", Kind::Flag)],
    examples: &[
        Example::met(&[table(
            &["VM", "VMM server of the VM", "MAC address", "IP addresses"],
            &[&["web-01", "vmm-01", "00155D010101", "10.0.0.5; fe80::215:5dff:fe01:101"]],
        )]),
        Example::not_met(&[table(
            &["VM", "VMM server of the VM", "MAC address", "IP addresses"],
            &[&["web-02", "vmm-01", "00155D010102", "10.0.0.6; 2001:db8::6"]],
        )]),
        Example::unknown(&[table(&["VM", "VMM server of the VM"], &[&["web-01", "vmm-01"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, limits: &Limits, ctx: &Context<'_>) -> Answer {
    let refused = |key| limits.flag(key) == Some(true);
    match (refused("with_vmm_refused"), refused("without_vmm_refused")) {
        (false, false) => return Ok(Verdict::NotApplicable),
        (true, false) if vm.managed_by_vmm() => {}
        (true, false) if !any_vmm(ctx) => return Ok(Verdict::NotApplicable),
        (true, false) => return Err(Missing { field: Field::VmVmmServer, why: Why::Absent }),
        (false, true) if vm.managed_by_vmm() => return Ok(Verdict::NotApplicable),
        (true | false, true) => {}
    }
    for nic in &vm.nics {
        if let Ok(addresses) = nic.addresses.need()
            && let Some(address) = addresses.value.iter().find(|address| is_routed_ipv6(address))
        {
            return Ok(Verdict::observed(
                Arg::named(Identity::Address, &address.to_string()),
                "IPv4 addresses only",
                Some(addresses.origin),
            ));
        }
    }
    vm.every_nic_listed(Field::NicAddresses)?;
    vm.nics.iter().try_for_each(known_addresses)?;
    Ok(Verdict::Met)
}

fn known_addresses(nic: &Nic) -> Result<(), Missing> {
    nic.addresses.need().map(|_| ())
}

fn any_vmm(ctx: &Context<'_>) -> bool {
    !ctx.estate.vmm_servers.is_empty() || !ctx.estate.clouds.is_empty()
}

/// Link-local addresses do not count: every guest gives itself one on each adapter, used or not.
fn is_routed_ipv6(address: &IpAddr) -> bool {
    match address {
        IpAddr::V4(_) => false,
        IpAddr::V6(address) => !address.is_unicast_link_local() && !address.is_loopback(),
    }
}
