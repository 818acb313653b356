//! A virtual network should not be of the classic deployment model.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "classic-network",
    summary: "The virtual network is of the classic deployment model.",
    remedy: "Use a virtual network of Azure Resource Manager.",
    why: "The matrices of 2017 accept classic resources; the later ones no longer mention them.",
    needs: &[Field::AzureType],
    limits: &[],
    examples: &[
        Example::met(&[table(
            &["Azure resource type", "Azure resource name"],
            &[&["Microsoft.Network/virtualNetworks", "target01"]],
        )]),
        Example::not_met(&[table(
            &["Azure resource type", "Azure resource name"],
            &[&["Microsoft.ClassicNetwork/virtualNetworks", "target01"]],
        )]),
    ],
    check: Check::Network(check),
};

fn check(network: &Network, _: &Limits, _: &Context<'_>) -> Answer {
    let resource_type = network.resource_type.need()?;
    if resource_type.value.to_lowercase().contains("classic") {
        return Ok(Verdict::refused(Identity::Term, resource_type, "Microsoft.Network/virtualNetworks"));
    }
    Ok(Verdict::Met)
}
