//! What was loaded, read into an estate.

use anyhow::{Result, bail};

use super::carried;
use super::diagnose;
use super::load::Loaded;
use super::policy::Policy;
use crate::cli::Reading;
use crate::ingest;
use crate::ingest::limits::Budget;
use crate::model::Estate;

/// Reads what was loaded, and what is declared of it, into an estate.
///
/// # Errors
/// When the inputs together hold more than may be read.
pub(super) fn read(loaded: Loaded, policy: &Policy, asked: &Reading) -> Result<Estate> {
    let (budget, declarations) = (Budget::new(asked.given.limits()), policy.declarations());
    let include = &asked.taken.include;
    let mut estate = ingest::read_spending(&loaded.sources, &policy.dialects, declarations, include, &budget);
    if let Some(over) = budget.overdrawn() {
        bail!(over);
    }
    loaded.note(&mut estate);
    carried::note(&mut estate, declarations.map_or("", |declared| &declared.file));
    diagnose::estate(&estate);
    Ok(estate)
}
