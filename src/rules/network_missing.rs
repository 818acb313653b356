//! There must be a virtual network, in the region of a vault where the edition asks for that.

use super::prelude::*;
use super::regions::{NOTHING_LISTED, has_vault, vault_regions};

pub(super) static RULE: Rule = Rule {
    name: "network-missing",
    summary: "There is no virtual network that replication can use.",
    remedy: "Create a virtual network in the region of the vault.",
    why: "Machines are connected to a virtual network after failover, which the earlier documents want in the region of the vault.",
    needs: &[Field::AzureType, Field::AzureLocation],
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
    if azure.networks.is_empty() {
        if azure.listed.networks {
            return Ok(Verdict::observed("none among the resources exported", "a virtual network", None));
        }
        return Err(NOTHING_LISTED);
    }
    if limits.flag("in_region_of_vault") != Some(true) {
        return Ok(Verdict::Met);
    }
    let mut missing = None;
    for found in &azure.networks {
        match found.location.need().and_then(|region| has_vault(context, region)) {
            Ok(true) => return Ok(Verdict::Met),
            Ok(false) => {}
            Err(unknown) => missing = missing.or(Some(unknown)),
        }
    }
    if let Some(missing) = missing {
        return Err(missing);
    }
    if !azure.listed.networks {
        return Err(NOTHING_LISTED);
    }
    let observed = format!("{} exported, none in {}", azure.networks.len(), vault_regions(context));
    Ok(Verdict::observed(observed, "a virtual network in the region of a vault", None))
}
