//! A storage account should not be of the classic deployment model.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "classic-storage",
    summary: "The storage account is of the classic deployment model.",
    remedy: "Use a storage account of Azure Resource Manager.",
    why: "The matrices of 2017 accept classic resources; the later ones no longer mention them.",
    needs: &[Field::AzureType],
    limits: &[],
    examples: &[
        Example::met(&[table(
            &["Azure resource type", "Azure resource name"],
            &[&["Microsoft.Storage/storageAccounts", "target01"]],
        )]),
        Example::not_met(&[table(
            &["Azure resource type", "Azure resource name"],
            &[&["Microsoft.ClassicStorage/storageAccounts", "target01"]],
        )]),
    ],
    check: Check::StorageAccount(check),
};

fn check(account: &StorageAccount, _: &Limits, _: &Context<'_>) -> Answer {
    let resource_type = account.resource_type.need()?;
    if resource_type.value.to_lowercase().contains("classic") {
        return Ok(Verdict::refused(Identity::Term, resource_type, "Microsoft.Storage/storageAccounts"));
    }
    Ok(Verdict::Met)
}
