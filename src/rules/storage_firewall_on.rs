//! A storage account must not be behind a storage firewall.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "storage-firewall-on",
    summary: "The storage account's firewall is on.",
    remedy: "Allow all networks on the account, or use another account.",
    why: "Storage firewalls on the account that holds replicas, or caches them, were not supported.",
    needs: &[Field::AzureFirewall],
    limits: &[],
    examples: &[
        Example::met(&[table(
            &["Azure resource type", "Azure resource name", "Storage firewall default action"],
            &[&["Microsoft.Storage/storageAccounts", "replicas01", "Allow"]],
        )]),
        Example::not_met(&[table(
            &["Azure resource type", "Azure resource name", "Storage firewall default action"],
            &[&["Microsoft.Storage/storageAccounts", "replicas01", "Deny"]],
        )]),
        Example::unknown(&[table(
            &["Azure resource type", "Azure resource name", "Azure region"],
            &[&["Microsoft.Storage/storageAccounts", "replicas01", "northeurope"]],
        )]),
    ],
    check: Check::StorageAccount(check),
};

fn check(account: &StorageAccount, _: &Limits, _: &Context<'_>) -> Answer {
    let action = account.firewall.need()?;
    if action.value.eq_ignore_ascii_case("allow") {
        return Ok(Verdict::Met);
    }
    Ok(Verdict::refused(Identity::Term, action, "Allow"))
}
