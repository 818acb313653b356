//! What was loaded, read into an estate.

use anyhow::{Result, bail};

use super::carried;
use super::diagnose;
use super::load::Loaded;
use crate::ingest::limits::{Budget, Limits};
use crate::ingest::{self, Dialects};
use crate::model::{Declarations, Estate, Include};

/// Reads what was loaded, and what is declared of it, into an estate.
///
/// # Errors
/// When the inputs together hold more than may be read.
pub(super) fn read(
    loaded: Loaded,
    dialects: &Dialects,
    declarations: Option<&Declarations>,
    include: &[Include],
    limits: Limits,
) -> Result<Estate> {
    let budget = Budget::new(limits);
    let mut estate = ingest::read_spending(&loaded.sources, dialects, declarations, include, &budget);
    if let Some(over) = budget.overdrawn() {
        bail!(over);
    }
    loaded.note(&mut estate);
    carried::note(&mut estate, declarations.map_or("", |declared| &declared.file));
    diagnose::estate(&estate);
    Ok(estate)
}
