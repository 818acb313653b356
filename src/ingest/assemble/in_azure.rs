//! Lists of machines that run in Azure already: told by their resource group and size, or by their resource IDs.

use super::stage::Table;
use crate::ingest::table::{Row, Value};

/// Headings over resource groups, as letters only.
const GROUPS: &[&str] = &[
    "resourcegroup",
    "resourcegroupname",
    "ressourcengruppe",
    "resursgrupp",
    "resursgruppsnamn",
    "ressourcegruppe",
    "ressursgruppe",
    "groupederessources",
    "grupoderecursos",
];

/// Headings beside it that only a list of Azure's machines has, as letters only.
const PROOFS: &[&str] = &[
    "vmsize",
    "size",
    "vmsku",
    "instancetype",
    "hardwareprofilevmsize",
    "propertieshardwareprofilevmsize",
    "subscription",
    "subscriptionname",
    "subscriptionid",
    "abonnement",
    "prenumeration",
    "suscripción",
    "assinatura",
];

/// How many rows are searched for resource IDs.
const ROWS_SEARCHED: usize = 50;

/// The columns of a list by which a row tells that its machine runs in Azure.
pub(super) struct InAzure {
    groups: Vec<u16>,
    proofs: Vec<u16>,
    ids: Vec<u16>,
}

impl InAzure {
    pub(super) fn of(table: &Table<'_>) -> Self {
        let under = |known: &[&str]| -> Vec<u16> {
            let headings = (0_u16..).zip(&table.recognised.header);
            headings.filter(|(_, heading)| known.contains(&&*letters(heading))).map(|(column, _)| column).collect()
        };
        let mut ids = Vec::new();
        for index in table.data().take(ROWS_SEARCHED) {
            let cells = table.grid.row(index).cells();
            ids.extend(cells.filter(|(_, cell)| is_machine(*cell)).map(|(column, _)| column));
        }
        // What Azure Arc manages runs elsewhere.
        let is_of_arc = table.recognised.header.iter().any(|heading| letters(heading).starts_with("arcagent"));
        if is_of_arc {
            return Self { groups: Vec::new(), proofs: Vec::new(), ids: Vec::new() };
        }
        ids.sort_unstable();
        ids.dedup();
        Self { groups: under(GROUPS), proofs: under(PROOFS), ids }
    }

    /// Whether a row's machine runs in Azure.
    pub(super) fn says(&self, row: Row<'_>) -> bool {
        let fills = |columns: &[u16]| columns.iter().any(|column| row.get(*column).is_some());
        (fills(&self.groups) && fills(&self.proofs))
            || self.ids.iter().any(|column| row.get(*column).is_some_and(is_machine))
    }
}

/// A heading's letters, in lower case.
fn letters(heading: &str) -> String {
    heading.chars().filter(|sign| sign.is_alphabetic()).flat_map(char::to_lowercase).collect()
}

/// Whether a cell is the resource ID of one of Azure's own machines.
fn is_machine(cell: Value<'_>) -> bool {
    let Value::Text(text) = cell else { return false };
    text.contains('/') && text.to_ascii_lowercase().contains("/providers/microsoft.compute/virtualmachines/")
}
