//! There must be a storage account that replication can use, in the region of a vault where the edition asks for that.

use super::prelude::*;
use super::regions::{NOTHING_LISTED, has_vault, vault_regions};
use super::storage_sku::{is_premium, redundancy};
use crate::model::Missing;

pub(super) static RULE: Rule = Rule {
    name: "storage-account-missing",
    summary: "There is no storage account that replication can use.",
    remedy: "Create a general-purpose storage account with locally redundant or geo-redundant storage in the region of the \
             vault.",
    why: "Replicated data is written to a storage account of a listed redundancy and a kind that holds page blobs, which the \
          earlier documents want in the region of the vault. A premium account counts only beside a standard one for its \
          logs. One account that fits is enough; those beside it are listed by the other requirements on storage.",
    needs: &[Field::AzureType, Field::AzureLocation, Field::AzureSku, Field::AzureKind],
    limits: &[("in_region_of_vault", Kind::Flag), ("redundancy", Kind::List), ("kinds_refused", Kind::List)],
    examples: &[
        Example::met(&[table(
            &["Azure resource type", "Azure resource name", "Azure region", "SKU", "Kind"],
            &[
                &["Microsoft.RecoveryServices/vaults", "vault-north", "northeurope", "", ""],
                &["Microsoft.Storage/storageAccounts", "replicas01", "North Europe", "Standard_GRS", "Storage"],
                &["Microsoft.Storage/storageAccounts", "archive01", "westeurope", "Standard_ZRS", "StorageV2"],
            ],
        )]),
        Example::not_met(&[table(
            &["Azure resource type", "Azure resource name", "Azure region", "SKU", "Kind"],
            &[
                &["Microsoft.RecoveryServices/vaults", "vault-north", "northeurope", "", ""],
                &["Microsoft.Storage/storageAccounts", "zones01", "northeurope", "Standard_ZRS", "Storage"],
            ],
        )]),
        Example::not_met(&[table(
            &["Azure resource type", "Azure resource name", "Azure region"],
            &[
                &["Microsoft.RecoveryServices/vaults", "vault-north", "northeurope"],
                &["Microsoft.Network/virtualNetworks", "other01", "northeurope"],
            ],
        )]),
        Example::unknown(&[table(&["VM", "VM host"], &[&["web-01", "hv01"]])]),
    ],
    check: Check::Estate(check),
};

fn check(limits: &Limits, context: &Context<'_>) -> Answer {
    let azure = &context.estate.azure;
    let accounts = &azure.storage_accounts;
    let is_listed = azure.listed.storage_accounts;
    if accounts.is_empty() && is_listed {
        return Ok(Verdict::observed("none among the resources exported", "a storage account", None));
    }
    let mut missing = None;
    for account in accounts {
        match fits(account, limits, context) {
            Ok(true) => return Ok(Verdict::Met),
            Ok(false) => {}
            Err(unknown) => missing = missing.or(Some(unknown)),
        }
    }
    if let Some(missing) = missing {
        return Err(missing);
    }
    if !is_listed {
        return Err(NOTHING_LISTED);
    }
    let count = accounts.len();
    let redundancy = Arg::texts(", ", limits.list("redundancy").unwrap_or_default());
    let mut expected = say!("one of {redundancy}", redundancy);
    if limits.flag("in_region_of_vault") == Some(true) {
        expected = say!("{expected} in the region of a vault: {regions}", expected, regions = vault_regions(context));
    }
    Ok(Verdict::observed(say!("{count} exported, none that fits", count), expected, None))
}

/// Whether replication can use an account; what is known to be against it decides, whatever else is not known.
fn fits(account: &StorageAccount, limits: &Limits, context: &Context<'_>) -> Result<bool, Missing> {
    let answers = [has_redundancy(account, limits), is_of_a_kind(account, limits), is_placed(account, limits, context)];
    if answers.contains(&Ok(false)) {
        return Ok(false);
    }
    for answer in answers {
        answer?;
    }
    has_an_account_for_logs(account, context)
}

fn has_redundancy(account: &StorageAccount, limits: &Limits) -> Result<bool, Missing> {
    let Some(listed) = limits.list("redundancy") else { return Ok(true) };
    Ok(listed.contains(&redundancy(&account.sku.need()?.value)))
}

fn is_of_a_kind(account: &StorageAccount, limits: &Limits) -> Result<bool, Missing> {
    let Some(refused) = limits.list("kinds_refused") else { return Ok(true) };
    let kind = account.kind.need()?;
    Ok(!refused.iter().any(|name| name.eq_ignore_ascii_case(&kind.value)))
}

fn is_placed(account: &StorageAccount, limits: &Limits, context: &Context<'_>) -> Result<bool, Missing> {
    if limits.flag("in_region_of_vault") != Some(true) {
        return Ok(true);
    }
    has_vault(context, account.location.need()?)
}

/// Whether an account is a standard one, or has a standard one in its region.
fn has_an_account_for_logs(account: &StorageAccount, context: &Context<'_>) -> Result<bool, Missing> {
    if !account.sku.value().is_some_and(|sku| is_premium(sku)) {
        return Ok(true);
    }
    let region = account.location.need()?;
    let serves = |other: &StorageAccount| {
        other.location.value().is_some_and(|location| context.regions.same(location, &region.value))
            && other.sku.value().is_some_and(|sku| !is_premium(sku))
    };
    Ok(context.estate.azure.storage_accounts.iter().any(serves))
}
