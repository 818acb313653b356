//! Who made a change from one assessment to the next.

use super::word::{Words, words_of};
use crate::model::words;

words! {
    /// Who made a change.
    Cause {
        /// The site: what its exports say is otherwise, and what is required of it is not.
        Site = "site",
        /// The rulebook: what is required is otherwise, and what the exports say is not.
        Rulebook = "rulebook",
        /// Both are otherwise, and either may have made it.
        Either = "site-or-rulebook",
        /// The calendar: a support lifecycle went on between the days judged for.
        Date = "date",
        /// The configuration: a waiver began or ended.
        Waiver = "waiver",
        /// What was wished of the plan.
        Wishes = "wishes",
        /// The prices that the plan was made by.
        Prices = "prices",
        /// More than one of these is otherwise, and any of them may have made it.
        Several = "several",
    }
}

words_of!(Cause);
