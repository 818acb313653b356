//! Blob soft delete must be off on the storage account that replication writes to.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "storage-soft-delete-on",
    summary: "Blob soft delete is on for the storage account.",
    remedy: "Turn blob soft delete off on the account, or use another account for replication.",
    why: "Replication creates and deletes log files all the time; soft delete keeps them all and makes the account dear. \
          Azure Migrate does not support it on the account for replication.",
    needs: &[Field::AzureSoftDelete],
    limits: &[],
    examples: &[
        Example::met(&[table(
            &["Azure resource type", "Azure resource name", "Blob soft delete"],
            &[&["Microsoft.Storage/storageAccounts", "replicas01", "no"]],
        )]),
        Example::not_met(&[table(
            &["Azure resource type", "Azure resource name", "Blob soft delete"],
            &[&["Microsoft.Storage/storageAccounts", "replicas01", "yes"]],
        )]),
        Example::unknown(&[table(
            &["Azure resource type", "Azure resource name", "Azure region"],
            &[&["Microsoft.Storage/storageAccounts", "replicas01", "northeurope"]],
        )]),
    ],
    check: Check::StorageAccount(check),
};

fn check(account: &StorageAccount, _: &Limits, _: &Context<'_>) -> Answer {
    let soft_delete = account.soft_delete.need()?;
    if soft_delete.value {
        return Ok(Verdict::observed("on", "off", Some(soft_delete.origin)));
    }
    Ok(Verdict::Met)
}
