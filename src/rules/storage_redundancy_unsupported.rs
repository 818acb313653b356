//! A storage account must not have a redundancy that the target refuses.

use super::prelude::*;
use super::storage_sku::redundancy;

pub(super) static RULE: Rule = Rule {
    name: "storage-redundancy-unsupported",
    summary: "The storage account's redundancy is refused.",
    remedy: "Use an account with locally redundant or geo-redundant storage.",
    why: "The matrix says no to this redundancy. It concerns an account only if replication is to use it.",
    needs: &[Field::AzureSku],
    limits: &[("refused", Kind::List)],
    examples: &[
        Example::met(&[table(
            &["Azure resource type", "Azure resource name", "SKU"],
            &[&["Microsoft.Storage/storageAccounts", "replicas01", "Standard_GRS"]],
        )]),
        Example::not_met(&[table(
            &["Azure resource type", "Azure resource name", "SKU"],
            &[&["Microsoft.Storage/storageAccounts", "replicas01", "Standard_ZRS"]],
        )]),
        Example::unknown(&[table(
            &["Azure resource type", "Azure resource name", "Azure region"],
            &[&["Microsoft.Storage/storageAccounts", "replicas01", "northeurope"]],
        )]),
    ],
    check: Check::StorageAccount(check),
};

fn check(account: &StorageAccount, limits: &Limits, _: &Context<'_>) -> Answer {
    let Some(refused) = limits.list("refused") else { return Ok(Verdict::NotApplicable) };
    let sku = account.sku.need()?;
    if refused.contains(&redundancy(&sku.value)) {
        return Ok(Verdict::refused(
            Identity::Term,
            sku,
            say!("a redundancy other than {refused}", refused = Arg::texts(", ", refused)),
        ));
    }
    Ok(Verdict::Met)
}
