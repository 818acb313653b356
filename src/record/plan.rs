//! The plan in a written assessment: what it was made for, and its published tables cell by cell.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::text::Text;
use super::word::Word;
use crate::catalogue::Target;

/// A plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Plan<'a> {
    /// The road planned for.
    pub road: Word<Target>,
    /// The region planned for, when one is known.
    pub region: Option<Text<'a>>,
    /// The zone that machines go to, when one is wished for.
    pub zone: Option<Text<'a>>,
    /// What sizes are chosen by: "allocated" or "right-sized".
    pub sizing: Text<'a>,
    /// Whether an export of the region says which sizes it has: "exported" or "not-verified".
    pub availability: Text<'a>,
    /// The files that prices are from; empty for a plan without cost.
    pub prices: Vec<Text<'a>>,
    /// SHA-256 of those files, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prices_sha256: Vec<Text<'a>>,
    /// What was wished, by the key of the configuration; what is not wished for is not told.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wishes: Vec<(Text<'a>, Text<'a>)>,
    /// What the wishes and the estate do not allow together, a sentence each.
    pub problems: Vec<Text<'a>>,
    /// The tables of the plan. The rows of the first, `plan`, are the machines in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tables: Vec<PlanTable<'a>>,
}

/// A published table of the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanTable<'a> {
    /// Its name, which its CSV file has too.
    pub table: Text<'a>,
    /// The names of its columns, which never change; new ones are added at the end.
    pub columns: Vec<Text<'a>>,
    /// Its rows: a cell for each column.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<Vec<Cell<'a>>>,
}

/// A cell of a published table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Cell<'a> {
    /// Not known, or not applicable.
    Nothing,
    /// True or false.
    Flag(bool),
    /// A whole number.
    Number(i64),
    /// A text, a word, a sentence, a day or a decimal sum of money.
    Text(Text<'a>),
}

impl Plan<'_> {
    /// The table of a name.
    #[must_use]
    pub fn table(&self, name: &str) -> Option<&PlanTable<'_>> {
        self.tables.iter().find(|table| table.table == name)
    }
}

impl PlanTable<'_> {
    /// The cell of a row in the column of a name.
    #[must_use]
    pub fn cell(&self, row: usize, column: &str) -> Option<&Cell<'_>> {
        let at = self.columns.iter().position(|name| name == column)?;
        self.rows.get(row)?.get(at)
    }
}
