//! A virtual network must be in the region of a vault.

use super::prelude::*;
use super::regions::{has_vault, vault_regions};

pub(super) static RULE: Rule = Rule {
    name: "network-region-mismatch",
    summary: "The virtual network is in a region without a vault.",
    remedy: "Use a virtual network in the region of the vault, or leave this one out of the plan.",
    why: "A vault connects failed-over machines to networks of its own region. It concerns a virtual network only if replication is to use it.",
    needs: &[Field::AzureLocation, Field::AzureType],
    limits: &[],
    examples: &[
        Example::met(&[table(
            &["Azure resource type", "Azure resource name", "Azure region"],
            &[
                &["Microsoft.RecoveryServices/vaults", "vault-north", "northeurope"],
                &["Microsoft.Network/virtualNetworks", "target01", "North Europe"],
            ],
        )]),
        Example::not_met(&[table(
            &["Azure resource type", "Azure resource name", "Azure region"],
            &[
                &["Microsoft.RecoveryServices/vaults", "vault-north", "northeurope"],
                &["Microsoft.Network/virtualNetworks", "target01", "westeurope"],
            ],
        )]),
        Example::unknown(&[table(
            &["Azure resource type", "Azure resource name", "Azure region"],
            &[&["Microsoft.Network/virtualNetworks", "target01", "northeurope"]],
        )]),
    ],
    check: Check::Network(check),
};

fn check(network: &Network, _: &Limits, context: &Context<'_>) -> Answer {
    let region = network.location.need()?;
    if has_vault(context, region)? {
        return Ok(Verdict::Met);
    }
    Ok(Verdict::refused(
        Identity::Term,
        region,
        say!("the region of a vault: {regions}", regions = vault_regions(context)),
    ))
}
