//! A storage account should have a redundancy that the target lists.

use super::prelude::*;
use super::storage_sku::redundancy;

pub(super) static RULE: Rule = Rule {
    name: "storage-redundancy-unlisted",
    summary: "The storage account's redundancy is neither listed nor refused.",
    remedy: "Use an account with a listed redundancy, or ask Microsoft before relying on this one.",
    why: "The matrix lists the redundancies that are supported and does not mention this one. It concerns an account \
          only if replication is to use it.",
    needs: &[Field::AzureSku],
    limits: &[("listed", Kind::List), ("refused", Kind::List)],
    examples: &[
        Example::met(&[table(
            &["Azure resource type", "Azure resource name", "SKU"],
            &[&["Microsoft.Storage/storageAccounts", "replicas01", "Standard_LRS"]],
        )]),
        Example::not_met(&[table(
            &["Azure resource type", "Azure resource name", "SKU"],
            &[&["Microsoft.Storage/storageAccounts", "replicas01", "Standard_GZRS"]],
        )]),
        Example::unknown(&[table(
            &["Azure resource type", "Azure resource name", "Azure region"],
            &[&["Microsoft.Storage/storageAccounts", "replicas01", "northeurope"]],
        )]),
    ],
    check: Check::StorageAccount(check),
};

fn check(account: &StorageAccount, limits: &Limits, _: &Context<'_>) -> Answer {
    let Some(listed) = limits.list("listed") else { return Ok(Verdict::NotApplicable) };
    let sku = account.sku.need()?;
    let redundancy = redundancy(&sku.value);
    if limits.list("refused").is_some_and(|refused| refused.contains(&redundancy)) {
        return Ok(Verdict::NotApplicable);
    }
    if listed.contains(&redundancy) {
        return Ok(Verdict::Met);
    }
    Ok(Verdict::refused(Identity::Term, sku, say!("one of {listed}", listed = Arg::texts(", ", listed))))
}
