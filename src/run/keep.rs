//! What people entered into the workbook of an earlier run: carried over when it is named, and never lost unasked.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};

use crate::cli::Assess;
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
    let path = earlier.display();
    let kept = read(&earlier, language).with_context(|| {
        format!(
            "{path} is not replaced, since what may be entered in it cannot be read; move it elsewhere, and run again"
        )
    })?;
    if !kept.is_empty() {
        bail!(
            "{path} holds entries (owner, status, due or comment) and is not replaced. Carry them over with \
             `--keep {path}`, or move it elsewhere"
        );
    }
    Ok(kept)
}

/// Reads a workbook of the language asked for, or of any that the program knows.
fn read(path: &Path, language: Language) -> Result<Kept> {
    #[expect(clippy::disallowed_methods, reason = "this is the place that opens the workbook of an earlier run")]
    let bytes = fs::read(path).with_context(|| format!("{}: cannot be opened; check the path", path.display()))?;
    Kept::read(&super::load::shown(path), bytes, &every(language)?).map_err(|why| anyhow!("{why}"))
}
