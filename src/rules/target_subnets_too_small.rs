//! The subnets that machines fail over to must have an address for every network adapter.

use super::cidr::Cidr;
use super::estate_index::prefixes;
use super::prelude::*;
use crate::model::{Missing, Why};

pub(super) static RULE: Rule = Rule {
    name: "target-subnets-too-small",
    summary: "The subnets in the vault's region have fewer addresses than the machines have network adapters.",
    remedy: "Add a subnet or widen one before a test failover, or fail over in parts.",
    why: "Each adapter takes an address in Azure, which keeps some of every subnet for itself. Addresses that are already \
          in use in Azure are not known, so there may be fewer left than counted here.",
    needs: &[Field::AzureSubnetPrefixes, Field::NicCount, Field::AzureType],
    limits: &[("reserved", Kind::Count)],
    examples: &[
        Example::met(&[
            table(&["VM", "Number of network adapters"], &[&["web-01", "1"], &["db-01", "2"]]),
            table(
                &["Azure resource type", "Azure resource name", "Subnet prefixes"],
                &[&["Microsoft.Network/virtualNetworks", "recovery-net", "10.1.1.0/29"]],
            ),
        ]),
        Example::not_met(&[
            table(&["VM", "Number of network adapters"], &[&["web-01", "2"], &["db-01", "2"]]),
            table(
                &["Azure resource type", "Azure resource name", "Subnet prefixes"],
                &[&["Microsoft.Network/virtualNetworks", "recovery-net", "10.1.1.0/29"]],
            ),
        ]),
        Example::unknown(&[table(&["VM", "Number of network adapters"], &[&["web-01", "1"]])]),
    ],
    check: Check::Estate(check),
};

fn check(limits: &Limits, context: &Context<'_>) -> Answer {
    let Some(reserved) = limits.count("reserved") else { return Ok(Verdict::NotApplicable) };
    let azure = &context.estate.azure;
    let regions: Vec<&str> =
        azure.vaults.iter().filter_map(|vault| vault.location.value()).map(|name| &**name).collect();
    let mut room = 0_u64;
    let mut seen = None;
    for network in &azure.networks {
        let elsewhere = network
            .location
            .value()
            .is_some_and(|place| !regions.iter().any(|region| context.regions.same(region, place)));
        if elsewhere && !regions.is_empty() {
            continue;
        }
        let blocks = prefixes(&network.subnet_prefixes, Field::AzureSubnetPrefixes)?.into_iter();
        room += blocks.filter_map(Cidr::ipv4_addresses).map(|size| size.saturating_sub(reserved)).sum::<u64>();
        seen = seen.or(Some(network.subnet_prefixes.need()?.origin));
    }
    if seen.is_none() {
        return Err(Missing { field: Field::AzureSubnetPrefixes, why: Why::Absent });
    }
    let mut wanted = 0_u64;
    let mut missing = None;
    for vm in &context.estate.vms {
        match vm.nic_count() {
            Ok(count) => wanted += u64::from(count.value),
            Err(why) => missing = missing.or(Some(why)),
        }
    }
    if wanted > room {
        let observed = say!("room for {room} adapters in the subnets", room);
        return Ok(Verdict::observed(observed, say!("room for {wanted} adapters", wanted), seen));
    }
    missing.map_or(Ok(Verdict::Met), Err)
}
