//! A premium storage account needs a standard account in its region for the replication logs.

use super::prelude::*;
use super::regions::NOTHING_LISTED;
use super::storage_sku::is_premium;

pub(super) static RULE: Rule = Rule {
    name: "storage-premium-without-log-account",
    summary: "The premium storage account has no standard account in its region for the replication logs.",
    remedy: "Create a standard storage account in the region of the premium one.",
    why: "Changes are kept as replication logs in a standard account before they reach the premium one. One standard \
          account may serve several premium ones.",
    needs: &[Field::AzureSku, Field::AzureLocation],
    limits: &[],
    examples: &[
        Example::met(&[table(
            &["Azure resource type", "Azure resource name", "Azure region", "SKU"],
            &[
                &["Microsoft.Storage/storageAccounts", "fast01", "northeurope", "Premium_LRS"],
                &["Microsoft.Storage/storageAccounts", "logs01", "northeurope", "Standard_LRS"],
            ],
        )]),
        Example::not_met(&[table(
            &["Azure resource type", "Azure resource name", "Azure region", "SKU"],
            &[
                &["Microsoft.Storage/storageAccounts", "fast01", "northeurope", "Premium_LRS"],
                &["Microsoft.Storage/storageAccounts", "logs01", "westeurope", "Standard_LRS"],
            ],
        )]),
        Example::not_met(&[table(
            &["Azure resource type", "Azure resource name", "Azure region", "SKU"],
            &[
                &["Microsoft.Storage/storageAccounts", "fast01", "northeurope", "Premium_LRS"],
                &["Microsoft.Storage/storageAccounts", "other01", "westeurope", ""],
            ],
        )]),
        Example::unknown(&[table(
            &["Azure resource type", "Azure resource name", "Azure region", "SKU"],
            &[
                &["Microsoft.Storage/storageAccounts", "fast01", "northeurope", "Premium_LRS"],
                &["Microsoft.Storage/storageAccounts", "other01", "northeurope", ""],
            ],
        )]),
        Example::not_applicable(&[table(
            &["Azure resource type", "Azure resource name", "SKU"],
            &[&["Microsoft.Storage/storageAccounts", "replicas01", "Standard_LRS"]],
        )]),
    ],
    check: Check::StorageAccount(check),
};

fn check(account: &StorageAccount, _: &Limits, context: &Context<'_>) -> Answer {
    let sku = account.sku.need()?;
    if !is_premium(&sku.value) {
        return Ok(Verdict::NotApplicable);
    }
    let region = account.location.need()?;
    let mut missing = None;
    for other in &context.estate.azure.storage_accounts {
        if other.location.value().is_some_and(|location| !context.regions.same(location, &region.value)) {
            continue;
        }
        let serves = other.sku.need().and_then(|sku| {
            other.location.need()?;
            Ok(!is_premium(&sku.value))
        });
        match serves {
            Ok(true) => return Ok(Verdict::Met),
            Ok(false) => {}
            Err(unknown) => missing = missing.or(Some(unknown)),
        }
    }
    if let Some(missing) = missing {
        return Err(missing);
    }
    if !context.estate.azure.listed.storage_accounts {
        return Err(NOTHING_LISTED);
    }
    let observed = say!(
        "{sku} with no standard account in {region}",
        sku = Arg::named(Identity::Term, &sku.value),
        region = Arg::named(Identity::Term, &region.value)
    );
    Ok(Verdict::observed(
        observed,
        say!("a standard account in {region}", region = Arg::named(Identity::Term, &region.value)),
        Some(sku.origin),
    ))
}
