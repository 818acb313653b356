//! What lists of Azure resources leave out.

use std::collections::BTreeMap;

use crate::model::{Estate, Fact, Field, Gravity, Missing, Why, say};

/// Notes the tables whose storage accounts come without a SKU, as in the portal's "All resources".
pub(super) fn note(estate: &mut Estate) {
    let mut without: BTreeMap<u16, u64> = BTreeMap::new();
    for account in &estate.azure.storage_accounts {
        // A classic account has none to tell.
        let classic = account.resource_type.value().is_some_and(|kind| kind.to_lowercase().contains("classic"));
        if let Fact::Missing(Missing { field: Field::AzureSku, why: Why::Absent }) = account.sku
            && !classic
        {
            *without.entry(account.seen.table).or_default() += 1;
        }
    }
    for (table, count) in without {
        let first = estate.azure.storage_accounts.iter().map(|account| account.seen).find(|seen| seen.table == table);
        let Some(first) = first else { continue };
        let text = say!(
            "{count} {count:storage account is|storage accounts are} listed without a SKU, so redundancy and performance are not known. Add what `az storage account list` gives.",
            count
        );
        estate.note_at(Gravity::Doubt, first, text);
    }
}
