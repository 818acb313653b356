//! An Azure network's address space and the site's addresses should not overlap unawares.

use super::estate_index::prefixes;
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "network-address-overlap",
    summary: "The network's address space holds addresses that machines of the site use.",
    remedy: "Move whole subnets at failover if the addresses are to be kept; otherwise give the network other addresses.",
    why: "Azure does not stretch a subnet over both sites: a range can be routed to the site or to Azure, not to both.",
    needs: &[Field::AzurePrefixes, Field::NicAddresses],
    limits: &[],
    examples: &[
        Example::met(&[
            table(
                &["Azure resource type", "Azure resource name", "Address space"],
                &[&["Microsoft.Network/virtualNetworks", "recovery-net", "10.50.0.0/16"]],
            ),
            table(&["VM", "MAC address", "IP addresses"], &[&["web-01", "00:15:5D:00:00:01", "10.1.0.4"]]),
        ]),
        Example::not_met(&[
            table(
                &["Azure resource type", "Azure resource name", "Address space"],
                &[&["Microsoft.Network/virtualNetworks", "recovery-net", "10.1.0.0/16"]],
            ),
            table(&["VM", "MAC address", "IP addresses"], &[&["web-01", "00:15:5D:00:00:01", "10.1.0.4"]]),
        ]),
        Example::unknown(&[
            table(
                &["Azure resource type", "Azure resource name", "Address space"],
                &[&["Microsoft.Network/virtualNetworks", "recovery-net", "10.1.0.0/16"]],
            ),
            table(&["VM", "VM host"], &[&["web-01", "hv01"]]),
        ]),
    ],
    check: Check::Network(check),
};

fn check(network: &Network, _: &Limits, context: &Context<'_>) -> Answer {
    let known = network.prefixes.need()?;
    let blocks = prefixes(&network.prefixes, Field::AzurePrefixes)?;
    for (block, text) in blocks.iter().zip(&known.value) {
        if let (count, Some((address, machine))) = context.whole.addresses_in(*block) {
            let machine = context.estate.vms.get(machine).map_or("", |vm| vm.shown_name());
            let observed = say!(
                "{block} holds {count} addresses of the site, such as {address} of {machine}",
                block = Arg::named(Identity::Address, text),
                count,
                address = Arg::named(Identity::Address, &address.to_string()),
                machine = Arg::named(Identity::Machine, machine)
            );
            return Ok(Verdict::observed(observed, "addresses that the site does not use", Some(known.origin)));
        }
    }
    context.whole.addresses_missing.map_or(Ok(Verdict::Met), Err)
}
