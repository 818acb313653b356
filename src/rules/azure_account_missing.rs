//! There must be an Azure account.

use super::prelude::*;
use super::regions::NOTHING_LISTED;
use crate::model::Missing;

pub(super) static RULE: Rule = Rule {
    name: "azure-account-missing",
    summary: "No Azure account is known.",
    remedy: "Create an Azure subscription, or export the one that is to be used.",
    why: "Everything that replication needs in Azure lives in a subscription. Any Azure resource in an export shows \
          that there is one; that none is exported does not show that there is none, so the answer is never *not met*.",
    needs: &[Field::AzureSubscription],
    limits: &[],
    examples: &[
        Example::met(&[table(
            &["Azure resource type", "Azure resource name", "Azure region"],
            &[&["Microsoft.RecoveryServices/vaults", "vault-north", "northeurope"]],
        )]),
        Example::unknown(&[table(&["VM", "VM host"], &[&["web-01", "hv01"]])]),
    ],
    check: Check::Estate(check),
};

fn check(_: &Limits, context: &Context<'_>) -> Answer {
    let azure = &context.estate.azure;
    let holds_resource = !azure.vaults.is_empty() || !azure.storage_accounts.is_empty() || !azure.networks.is_empty();
    let holds_offer = !azure.quotas.is_empty() || !azure.skus.is_empty();
    if !azure.subscriptions.is_empty() || holds_resource || holds_offer {
        return Ok(Verdict::Met);
    }
    Err(Missing { field: Field::AzureSubscription, ..NOTHING_LISTED })
}
