//! A storage account must be of a kind that can hold replicas.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "storage-kind-unsupported",
    summary: "The storage account is of a kind that cannot hold replicas.",
    remedy: "Use a general-purpose storage account, or leave this one out of the plan.",
    why: "Replicas are page blobs, which only general-purpose accounts hold; the earlier documents also refuse \
          general-purpose version 2.",
    needs: &[Field::AzureKind],
    limits: &[("refused", Kind::List)],
    examples: &[
        Example::met(&[table(
            &["Azure resource type", "Azure resource name", "Kind"],
            &[&["Microsoft.Storage/storageAccounts", "replicas01", "Storage"]],
        )]),
        Example::not_met(&[table(
            &["Azure resource type", "Azure resource name", "Kind"],
            &[&["Microsoft.Storage/storageAccounts", "archive01", "BlobStorage"]],
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
    let kind = account.kind.need()?;
    if refused.iter().any(|name| name.eq_ignore_ascii_case(&kind.value)) {
        return Ok(Verdict::refused(
            Identity::Term,
            kind,
            say!("a kind other than {refused}", refused = Arg::texts(", ", refused)),
        ));
    }
    Ok(Verdict::Met)
}
