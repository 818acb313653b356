//! The Azure collector in PowerShell: the answers that it saves are read as those of the Azure CLI are.

use std::collections::BTreeMap;

use klar::cli::{CollectFrom, ScriptForm};
use klar::ingest::source::Source;
use klar::ingest::{self, Dialects};

use super::{of_kind, powershell, script, text};

/// The answers of the Azure Resource Manager, by the table that the script saves them as.
const ANSWERS: &[(&str, &str)] = &[
    (
        "resources",
        r#"{"value": [{"id": "/subscriptions/0a1b/resourceGroups/tall/providers/Microsoft.Network/publicIPAddresses/ut", "name": "ut",
            "type": "Microsoft.Network/publicIPAddresses", "location": "northeurope", "tags": {"owner": "Anna"}},
           {"id": "/subscriptions/0a1b/resourceGroups/tall/providers/Microsoft.RecoveryServices/vaults/valv", "name": "valv",
            "type": "Microsoft.RecoveryServices/vaults", "location": "northeurope"}], "nextLink":null}"#,
    ),
    (
        "vaults",
        r#"{"value": [{"id": "/subscriptions/0a1b/resourceGroups/tall/providers/Microsoft.RecoveryServices/vaults/valv", "name": "valv",
            "type": "Microsoft.RecoveryServices/vaults", "location": "northeurope", "sku": {"name": "RS0", "tier": "Standard"},
            "properties": {"provisioningState": "Succeeded"}}]}"#,
    ),
    (
        "storage-accounts",
        r#"{"value": [{"id": "/subscriptions/0a1b/resourceGroups/tall/providers/Microsoft.Storage/storageAccounts/lager", "name": "lager",
            "type": "Microsoft.Storage/storageAccounts", "location": "northeurope", "kind": "StorageV2",
            "sku": {"name": "Standard_GRS", "tier": "Standard"},
            "properties": {"networkAcls": {"defaultAction": "Deny"}, "primaryLocation": "northeurope", "accessTier": "Hot"}}]}"#,
    ),
    (
        "networks",
        r#"{"value": [{"id": "/subscriptions/0a1b/resourceGroups/tall/providers/Microsoft.Network/virtualNetworks/net", "name": "net",
            "type": "Microsoft.Network/virtualNetworks", "location": "northeurope",
            "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
              "subnets": [{"name": "servers", "properties": {"addressPrefix": "10.0.1.0/24"}}]}}]}"#,
    ),
    (
        "usage",
        r#"{"value": [{"limit": 100, "unit": "Count", "currentValue": 12, "name": {"value": "cores", "localizedValue": "Total Regional vCPUs"}}]}"#,
    ),
    (
        "sizes",
        r#"{"value": [{"resourceType": "virtualMachines", "name": "Standard_D2s_v5", "tier": "Standard", "size": "D2s_v5",
            "family": "standardDSv5Family", "locations": ["northeurope"], "restrictions": [],
            "locationInfo": [{"location": "northeurope", "zones": ["1", "2"]}],
            "capabilities": [{"name": "vCPUs", "value": "2"}, {"name": "MemoryGB", "value": "8"}]}]}"#,
    ),
];

/// The tables that the script saves lists as, with the paths that it asks for.
fn lists(script: &str) -> BTreeMap<String, String> {
    let tree = powershell(script);
    let calls = of_kind(tree.root_node(), "command").into_iter().map(|command| text(command, script));
    let lists = calls.filter(|call| call.starts_with("Save-List ")).map(|call| {
        let table = call.split('\'').nth(1).expect("a table has a name").trim_end_matches('-').to_owned();
        (table, call.to_owned())
    });
    lists.collect()
}

#[test]
fn what_azure_answers_is_read() {
    let script = script(CollectFrom::Azure, ScriptForm::Powershell);
    let lists = lists(&script);
    let mut known: Vec<&str> = ANSWERS.iter().map(|(table, _)| *table).collect();
    known.sort_unstable();
    assert_eq!(lists.keys().map(String::as_str).collect::<Vec<_>>(), known);
    assert!(lists.values().all(|call| call.contains("?api-version=20")), "{lists:?}");
    // As the script puts them together itself.
    let made = [
        (
            "soft-delete-lager.json",
            r#"{"type": "Microsoft.Storage/storageAccounts", "name": "lager", "deleteRetentionPolicy": {"enabled": true, "days": 7},
                "id": "/subscriptions/0a1b/resourceGroups/tall/providers/Microsoft.Storage/storageAccounts/lager"}"#,
        ),
        (
            "roles-0a1b.json",
            r#"[{"roleDefinitionName": "Contributor", "principalName": "anna@tall.example", "scope": "/subscriptions/0a1b"}]"#,
        ),
    ];
    let named = ANSWERS.iter().map(|(table, text)| (format!("{table}-0a1b-1.json"), *text));
    let files = named.chain(made.map(|(path, text)| (path.to_owned(), text)));
    let sources: Vec<Source> = files
        .map(|(path, text)| Source { path, sha256: String::new(), bytes: format!("\u{feff}{text}\r\n").into_bytes() })
        .collect();
    let estate = ingest::read(&sources, &Dialects::embedded());
    let azure = &estate.azure;
    assert_eq!(
        (azure.vaults.len(), azure.storage_accounts.len(), azure.networks.len()),
        (1, 1, 1),
        "{:?}",
        estate.notes
    );
    assert_eq!((azure.quotas.len(), azure.skus.len()), (1, 1), "{:?}", estate.tables);
    let account = &azure.storage_accounts[0];
    assert_eq!(account.sku.value().map(|sku| &**sku), Some("Standard_GRS"));
    assert_eq!(account.soft_delete.value(), Some(&true));
    assert!(account.firewall.is_known(), "the answer nests what the Azure CLI does not");
    assert!(azure.subscriptions.iter().any(|one| one.roles.is_known()), "{:?}", azure.subscriptions);
    assert!(!estate.notes.iter().any(|note| note.text.to_string().contains("only a part")), "{:?}", estate.notes);
}
