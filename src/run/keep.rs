//! What people entered into the workbook of an earlier run: carried over when it is named, and never lost unasked.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow};

use super::load::{place, unopened};
use super::unable::{Unable, unable};
use crate::cli::Assess;
use crate::model::say;
use crate::report::language::{Language, every};
use crate::report::xlsx::{self, Kept};

/// The entries to carry over.
///
/// # Errors
/// When the workbook named cannot be read, or when the one about to be replaced holds entries and is not named.
pub(super) fn entries(arguments: &Assess, writes_workbook: bool, language: Language) -> Result<Kept> {
    if let Some(named) = &arguments.keep {
        return read(named, language);
    }
    let earlier = arguments.output.join(xlsx::FILE);
    if !writes_workbook || !earlier.is_file() {
        return Ok(Kept::default());
    }
    let kept = read(&earlier, language).with_context(|| {
        Unable(say!(
            "{place} is not replaced, since what may be entered in it cannot be read; move it elsewhere, and run again",
            place = place(&earlier)
        ))
    })?;
    if !kept.is_empty() {
        return Err(unable!(
            "{place} holds entries (owner, status, due or comment) and is not replaced. Carry them over with `--keep {place}`, \
             or move it elsewhere",
            place = place(&earlier)
        ));
    }
    Ok(kept)
}

/// Reads a workbook of the language asked for, or of any that the program knows.
fn read(path: &Path, language: Language) -> Result<Kept> {
    #[expect(clippy::disallowed_methods, reason = "this is the place that opens the workbook of an earlier run")]
    let bytes = fs::read(path).with_context(|| unopened(path))?;
    Kept::read(&super::load::shown(path), bytes, &every(language)?).map_err(|why| anyhow!("{why}"))
}
