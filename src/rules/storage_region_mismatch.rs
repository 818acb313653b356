//! A storage account must be in the region of a vault.

use super::prelude::*;
use super::regions::{has_vault, vault_regions};

pub(super) static RULE: Rule = Rule {
    name: "storage-region-mismatch",
    summary: "The storage account is in a region without a vault.",
    remedy: "Use a storage account in the region of the vault, or leave this one out of the plan.",
    why: "A vault replicates to storage accounts of its own region. It concerns a storage account only if replication is to use it.",
    needs: &[Field::AzureLocation, Field::AzureType],
    limits: &[],
    examples: &[
        Example::met(&[table(
            &["Azure resource type", "Azure resource name", "Azure region"],
            &[
                &["Microsoft.RecoveryServices/vaults", "vault-north", "northeurope"],
                &["Microsoft.Storage/storageAccounts", "target01", "North Europe"],
            ],
        )]),
        Example::not_met(&[table(
            &["Azure resource type", "Azure resource name", "Azure region"],
            &[
                &["Microsoft.RecoveryServices/vaults", "vault-north", "northeurope"],
                &["Microsoft.Storage/storageAccounts", "target01", "westeurope"],
            ],
        )]),
        Example::unknown(&[table(
            &["Azure resource type", "Azure resource name", "Azure region"],
            &[&["Microsoft.Storage/storageAccounts", "target01", "northeurope"]],
        )]),
    ],
    check: Check::StorageAccount(check),
};

fn check(account: &StorageAccount, _: &Limits, context: &Context<'_>) -> Answer {
    let region = account.location.need()?;
    if has_vault(context, region)? {
        return Ok(Verdict::Met);
    }
    Ok(Verdict::refused(
        Identity::Term,
        region,
        say!("the region of a vault: {regions}", regions = vault_regions(context)),
    ))
}
