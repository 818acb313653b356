//! A machine that is to keep its address needs a target subnet that holds it.

use super::estate_index::{every_nic_listed, is_site_address};
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "address-outside-target-subnets",
    summary: "No Azure subnet holds an address of the machine.",
    remedy: "Add a subnet with the machine's address range to the target network, or plan a new address.",
    why: "A machine keeps its address after failover only if a target subnet holds it. Otherwise it gets a new one, \
          and names and routes must follow.",
    needs: &[Field::AzureSubnetPrefixes, Field::NicAddresses],
    limits: &[],
    examples: &[
        Example::met(&[
            table(&["VM", "MAC address", "IP addresses"], &[&["web-01", "00:15:5D:00:00:01", "10.1.2.4"]]),
            table(
                &["Azure resource type", "Azure resource name", "Subnet prefixes"],
                &[&["Microsoft.Network/virtualNetworks", "recovery-net", "10.1.1.0/24; 10.1.2.0/24"]],
            ),
        ]),
        Example::not_met(&[
            table(&["VM", "MAC address", "IP addresses"], &[&["web-01", "00:15:5D:00:00:01", "192.168.7.4"]]),
            table(
                &["Azure resource type", "Azure resource name", "Subnet prefixes"],
                &[&["Microsoft.Network/virtualNetworks", "recovery-net", "10.1.1.0/24; 10.1.2.0/24"]],
            ),
        ]),
        Example::unknown(&[table(
            &["VM", "MAC address", "IP addresses"],
            &[&["web-01", "00:15:5D:00:00:01", "10.1.2.4"]],
        )]),
        Example::unknown(&[
            table(&["VM", "VM host"], &[&["web-01", "hv01"]]),
            table(
                &["Azure resource type", "Azure resource name", "Subnet prefixes"],
                &[&["Microsoft.Network/virtualNetworks", "recovery-net", "10.1.1.0/24"]],
            ),
        ]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, _: &Limits, context: &Context<'_>) -> Answer {
    let whole = &context.whole;
    if whole.subnets.is_empty()
        && let Some(missing) = whole.subnets_missing
    {
        return Err(missing);
    }
    if vm.nics.is_empty() && vm.stated_nic_count.value() == Some(&0) {
        return Ok(Verdict::NotApplicable);
    }
    for nic in &vm.nics {
        let Ok(addresses) = nic.addresses.need() else { continue };
        for address in addresses.value.iter().filter(|address| is_site_address(**address)) {
            if whole.subnets.iter().any(|subnet| subnet.contains(*address)) {
                continue;
            }
            if let Some(missing) = whole.subnets_missing {
                return Err(missing);
            }
            let expected = "an address in a subnet of an Azure network";
            return Ok(Verdict::observed(
                Arg::named(Identity::Address, &address.to_string()),
                expected,
                Some(addresses.origin),
            ));
        }
    }
    every_nic_listed(vm)?;
    for nic in &vm.nics {
        nic.addresses.need()?;
    }
    Ok(Verdict::Met)
}
