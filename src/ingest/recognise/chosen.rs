//! A column with the meaning that was taken for it, or why none was.

use super::claims::Claim;
use super::fit::Fit;
use crate::ingest::cell::culture::Culture;
use crate::ingest::columns::ColumnUse;
use crate::model::{Field, Phrase};

/// A column that gives a field in a reading.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chosen {
    pub(super) column: u16,
    pub(super) claim: Claim,
    pub(super) fit: Fit,
    pub(super) is_blank: bool,
    /// Whether it is of memory and holds noughts: what is assigned to a machine that is off.
    pub(super) has_noughts: bool,
    /// The column that its numbers are multiplied with.
    pub(super) times: Option<u16>,
}

/// A column that a reading does not use, and why.
#[derive(Clone, Debug)]
pub(super) struct Lost {
    pub(super) column: u16,
    /// What it would have given.
    pub(super) field: Field,
    pub(super) why: Phrase,
}

impl Chosen {
    /// How the column is read.
    pub(super) fn used(&self) -> ColumnUse {
        ColumnUse {
            column: self.column,
            field: self.claim.field,
            unit: self.claim.unit,
            number: self.claim.number,
            culture: Culture::Unsettled,
            times: self.times,
        }
    }
}
