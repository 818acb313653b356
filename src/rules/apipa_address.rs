//! A self-assigned address tells of a guest that found no DHCP server.

use core::net::IpAddr;

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "apipa-address",
    summary: "A network adapter has a self-assigned address (APIPA, 169.254.0.0/16).",
    remedy: "Mend the guest's addressing: its DHCP server, or a static address.",
    why: "Automatic private addresses are not taken to Azure, and show that the adapter is not really connected.",
    needs: &[Field::NicAddresses],
    limits: &[],
    examples: &[
        Example::met(&[table(&["VM", "MAC address", "IP addresses"], &[&["web-01", "00155D010101", "10.0.0.5"]])]),
        Example::not_met(&[table(
            &["VM", "MAC address", "IP addresses"],
            &[&["web-02", "00155D010102", "169.254.17.3"]],
        )]),
        Example::unknown(&[table(&["VM", "vCPUs"], &[&["web-01", "2"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, _: &Limits, _: &Context<'_>) -> Answer {
    for nic in &vm.nics {
        if let Ok(addresses) = nic.addresses.need()
            && let Some(address) = addresses.value.iter().find(|address| is_self_assigned(address))
        {
            return Ok(Verdict::observed(
                Arg::named(Identity::Address, &address.to_string()),
                "no self-assigned address",
                Some(addresses.origin),
            ));
        }
    }
    vm.every_nic_listed(Field::NicAddresses)?;
    for nic in &vm.nics {
        nic.addresses.need()?;
    }
    Ok(Verdict::Met)
}

fn is_self_assigned(address: &IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_link_local(),
        IpAddr::V6(_) => false,
    }
}
