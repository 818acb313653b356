//! There must be a Recovery Services vault.

use super::prelude::*;
use super::regions::NOTHING_LISTED;

pub(super) static RULE: Rule = Rule {
    name: "vault-missing",
    summary: "There is no Recovery Services vault.",
    remedy: "Create a Recovery Services vault in the region to replicate to.",
    why: "The vault holds the configuration and the metadata of every protected machine.",
    needs: &[Field::AzureType],
    limits: &[],
    examples: &[
        Example::met(&[table(
            &["Azure resource type", "Azure resource name", "Azure region"],
            &[&["Microsoft.RecoveryServices/vaults", "vault-north", "northeurope"]],
        )]),
        Example::not_met(&[table(
            &["Azure resource type", "Azure resource name", "Azure region"],
            &[
                &["Microsoft.Storage/storageAccounts", "replicas01", "northeurope"],
                &["Microsoft.Network/virtualNetworks", "recovery-net", "northeurope"],
            ],
        )]),
        Example::unknown(&[table(&["VM", "VM host"], &[&["web-01", "hv01"]])]),
    ],
    check: Check::Estate(check),
};

fn check(_: &Limits, context: &Context<'_>) -> Answer {
    let azure = &context.estate.azure;
    if !azure.vaults.is_empty() {
        return Ok(Verdict::Met);
    }
    if azure.listed.vaults {
        return Ok(Verdict::observed("none among the resources exported", "a Recovery Services vault", None));
    }
    Err(NOTHING_LISTED)
}
