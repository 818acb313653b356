//! A private subnet needs a way out of its own.

use super::prelude::*;
use crate::model::{Missing, Why};

pub(super) static RULE: Rule = Rule {
    name: "network-without-outbound-access",
    summary: "The virtual network has private subnets and no NAT gateway.",
    remedy: "Put a NAT gateway on the subnets, or route their traffic through a firewall or load balancer, before machines \
             land there.",
    why: "A machine in a private subnet reaches nothing outside without an explicit way out, and agents and the temporary \
          machine of a failover have to reach Azure. A load balancer with outbound rules, a public address or a route to a \
          firewall gives one as well; no export of networks tells of those. A NAT gateway on one subnet counts for the \
          network, and a network that says nothing of its subnets is as old as its export: look at it.",
    needs: &[Field::AzureOutbound, Field::AzureNatGateways, Field::AzureType],
    limits: &[],
    examples: &[
        Example::met(&[table(
            &["Azure resource type", "Azure resource name", "Default outbound access", "NAT gateways"],
            &[&["Microsoft.Network/virtualNetworks", "target01", "false; false", "/subscriptions/0/natGateways/out01"]],
        )]),
        Example::met(&[table(
            &["Azure resource type", "Azure resource name", "Default outbound access"],
            &[&["Microsoft.Network/virtualNetworks", "target01", "true"]],
        )]),
        Example::not_met(&[table(
            &["Azure resource type", "Azure resource name", "Default outbound access"],
            &[&["Microsoft.Network/virtualNetworks", "target01", "true; false"]],
        )]),
        Example::unknown(&[table(
            &["Azure resource type", "Azure resource name"],
            &[&["Microsoft.Network/virtualNetworks", "target01"]],
        )]),
    ],
    check: Check::Network(check),
};

fn check(network: &Network, _: &Limits, _: &Context<'_>) -> Answer {
    let told = network.outbound.need()?;
    let is = |word: &str| told.value.iter().any(|said| said.eq_ignore_ascii_case(word));
    if is("false") {
        let has_gateway = network.nat_gateways.value().is_some_and(|gateways| !gateways.is_empty());
        if has_gateway {
            return Ok(Verdict::Met);
        }
        let observed = "private subnets, and no NAT gateway exported";
        return Ok(Verdict::observed(observed, "default outbound access, or a NAT gateway", Some(told.origin)));
    }
    if told.value.iter().all(|said| said.eq_ignore_ascii_case("true")) {
        return Ok(Verdict::Met);
    }
    Err(Missing { field: Field::AzureOutbound, why: Why::Unreadable(told.origin) })
}
