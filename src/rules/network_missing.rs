//! There must be a virtual network, in the region of a vault where the edition asks for that.

use super::prelude::*;
use super::regions::one_in_a_vaults_region;

pub(super) static RULE: Rule = Rule {
    name: "network-missing",
    summary: "There is no virtual network that replication can use.",
    remedy: "Create a virtual network in the region of the vault.",
    why: "Machines are connected to a virtual network after failover, which the earlier documents want in the region of the vault.",
    needs: &[Field::AzureType, Field::AzureLocation],
    limits: &[("in_region_of_vault", Kind::Flag)],
    examples: &[
        Example::met(&[table(
            &["Azure resource type", "Azure resource name", "Azure region"],
            &[
                &["Microsoft.RecoveryServices/vaults", "vault-north", "northeurope"],
                &["Microsoft.Network/virtualNetworks", "recovery-net", "North Europe"],
            ],
        )]),
        Example::not_met(&[table(
            &["Azure resource type", "Azure resource name", "Azure region"],
            &[
                &["Microsoft.RecoveryServices/vaults", "vault-north", "northeurope"],
                &["Microsoft.Storage/storageAccounts", "other01", "northeurope"],
            ],
        )]),
        Example::unknown(&[table(&["VM", "VM host"], &[&["web-01", "hv01"]])]),
    ],
    check: Check::Estate(check),
};

fn check(limits: &Limits, context: &Context<'_>) -> Answer {
    let azure = &context.estate.azure;
    let regions = azure.networks.iter().map(|found| &found.location);
    one_in_a_vaults_region("a virtual network", regions, azure.listed.networks, limits, context)
}
