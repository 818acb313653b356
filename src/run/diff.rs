//! `klar diff`: two assessments compared.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::exit::{DONE, FAILED_ON};
use super::load::{named_up_to, place, shown};
use super::terminal::print;
use super::unable::unable;
use crate::cli::{Diff, DiffFormat, FailOnChange};
use crate::compare::assessments;
use crate::model::Arg;
use crate::record::Recorded;
use crate::report::changes;
use crate::report::language::Language;

/// The name of a written assessment.
const RECORD: &str = "assessment.json";
/// The longest assessment read: twice what 100,000 machines come to with every finding of theirs.
const LARGEST_RECORD: u64 = 2 << 30;
/// Folders in folders that are looked into for an assessment.
const DEPTH: usize = 4;

/// Compares two assessments.
///
/// # Errors
/// When one of them is not there, or cannot be read.
pub(super) fn diff(arguments: &Diff) -> Result<u8> {
    let language = Language::of(&arguments.spoken.lang, None)?;
    let old = record(&file(&arguments.old)?)?;
    let new = record(&file(&arguments.new)?)?;
    let found = assessments(&old, &new);
    let text = match arguments.format {
        DiffFormat::Text => changes::text(&found, language),
        DiffFormat::Csv => changes::csv(&found, arguments.csv),
        DiffFormat::Json => changes::json(&found),
    };
    print(&text)?;
    match arguments.fail_on {
        Some(FailOnChange::Worse) if found.has_worse() => Ok(FAILED_ON),
        Some(FailOnChange::Worse) | None => Ok(DONE),
    }
}

/// Reads a written assessment.
///
/// # Errors
/// When it cannot be opened, or is none that this program can read.
pub(super) fn record(file: &Path) -> Result<Recorded<'static>> {
    Ok(Recorded::read(&shown(file), &named_up_to(file, LARGEST_RECORD)?)?)
}

/// The assessment in a folder of reports, when there is one.
pub(super) fn in_folder(folder: &Path) -> Option<PathBuf> {
    Some(folder.join(RECORD)).filter(|file| file.is_file())
}

/// The assessment that a path names: the file itself, or the one in the folder or below it.
fn file(path: &Path) -> Result<PathBuf> {
    if !path.is_dir() {
        return Ok(path.to_owned());
    }
    let mut found = Vec::new();
    below(path, DEPTH, &mut found);
    found.sort();
    match found.as_slice() {
        [only] => Ok(only.clone()),
        [] => Err(unable!(
            "{place}: holds no {file}; name a folder of reports that klar assess wrote",
            place = place(path),
            file = Arg::Word(RECORD)
        )),
        [first, second, ..] => Err(unable!(
            "{place}: holds {count} of the name {file}, such as {first} and {second}; name the one that is meant",
            place = place(path),
            count = found.len(),
            file = Arg::Word(RECORD),
            first = place(first),
            second = place(second)
        )),
    }
}

/// Takes down the assessments in a folder, else those in the folders in it.
fn below(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) {
    if let Some(file) = in_folder(folder) {
        found.push(file);
        return;
    }
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    if depth > 0 {
        for entry in entries.flatten() {
            // A link may lead back to where it lies.
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                below(&entry.path(), depth - 1, found);
            }
        }
    }
}
