//! What changed of the plan from one assessment to the next.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::cause::Cause;
use super::word::{Word, Words, words_of};
use crate::model::words;

words! {
    /// Which of two assessments hold a plan.
    PlanHeld {
        /// Both, so that their plans are compared.
        Both = "both",
        /// The earlier one alone.
        Old = "old",
        /// The later one alone.
        New = "new",
        /// None of them.
        Neither = "neither",
    }
}

words! {
    /// What a change of the plan is about.
    PlanPart {
        /// Something wished of the plan.
        Wish = "wish",
        /// A number that the whole plan adds up to.
        Total = "total",
        /// A machine that is in both assessments.
        Machine = "vm",
        /// A wave, by its number.
        Wave = "wave",
        /// A quota of a region.
        Quota = "quota",
        /// A storage account.
        Account = "storage-account",
    }
}

words! {
    /// What became of a part of the plan.
    PlanTurn {
        /// There is a shortfall and was none.
        New = "new",
        /// A shortfall is larger than it was, or a machine has no size any longer.
        Worse = "worse",
        /// There was a shortfall, and no export tells any longer whether there is.
        Untold = "no-longer-told",
        /// A shortfall is smaller than it was.
        Eased = "eased",
        /// A shortfall is none any longer, or a machine that had no size has one.
        Fixed = "fixed",
        /// It is planned and was not.
        Came = "came",
        /// It was planned and is not.
        Gone = "gone",
        /// It is otherwise.
        Changed = "changed",
    }
}

words_of!(PlanHeld, PlanPart, PlanTurn);

/// What changed of the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanChanges {
    /// Which of the two assessments hold a plan; nothing else is told unless both do.
    pub held_by: Word<PlanHeld>,
    /// The numbers that the plans add up to, changed or not.
    pub totals: Vec<PlanTotal>,
    /// What is otherwise, a row for each.
    pub changes: Vec<PlanChange>,
}

/// A number that a plan adds up to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanTotal {
    /// What it counts.
    pub total: String,
    /// What it was; none where the earlier plan does not tell it.
    pub before: Option<String>,
    /// What it is.
    pub after: Option<String>,
}

/// Something of the plan that is otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanChange {
    /// What it is about.
    pub part: Word<PlanPart>,
    /// Its name; empty for storage accounts that are to be made.
    pub subject: String,
    /// The ID of a machine.
    pub subject_id: Option<String>,
    /// The host of a machine, or the region of a quota.
    pub place: Option<String>,
    /// What became of it.
    pub turn: Word<PlanTurn>,
    /// What of it is otherwise.
    pub property: String,
    /// What it was.
    pub before: Option<String>,
    /// What it is.
    pub after: Option<String>,
    /// Who made the change.
    pub cause: Word<Cause>,
}

impl PlanChange {
    /// Whether the plan is worse by it: a machine has no size any longer, or a quota falls short, or by more than it did.
    #[must_use]
    pub const fn is_worse(&self) -> bool {
        matches!(self.turn.0, PlanTurn::New | PlanTurn::Worse)
    }
}
