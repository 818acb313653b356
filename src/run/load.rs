//! Files and folders named on the command line, read into memory.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use rayon::prelude::*;

use crate::catalogue::digest;
use crate::ingest::source::Source;
use crate::model::{Estate, FileInfo, Gravity, Note};

/// The largest file read; a disk image left among exports is refused before it fills the memory.
const LARGEST_FILE: u64 = 1 << 30;

/// The most that all files may hold together, as they are all in memory at once.
const LARGEST_SUM: u64 = 4 << 30;

/// What loading gave: sources, and files that could not be read.
pub(super) struct Loaded {
    /// Files read.
    pub(super) sources: Vec<Source>,
    /// Files that could not be read, with why.
    pub(super) refused: Vec<Refused>,
    /// Files that hold what an earlier one holds, with that one's path.
    same: Vec<(String, String)>,
}

/// A file that could not be read.
pub(super) struct Refused {
    path: String,
    bytes: u64,
    why: String,
}

/// Makes sure that every path named exists and is not the folder that reports go to.
///
/// # Errors
/// When one does not, cannot be looked at, or is that folder.
pub(super) fn check(paths: &[PathBuf], output: &Path) -> Result<()> {
    let output = output.canonicalize().ok();
    for path in paths {
        about(path)?;
        if output.is_some() && path.canonicalize().ok() == output {
            bail!("{}: is both read from and written to; name another folder with --output", path.display());
        }
    }
    Ok(())
}

fn about(path: &Path) -> Result<fs::Metadata> {
    fs::metadata(path).with_context(|| format!("{}: cannot be opened; check the path", path.display()))
}

/// Reads every file named, and every file below each folder named, except the files and folders to leave out.
///
/// # Errors
/// When a path named does not exist or a folder named cannot be listed.
pub(super) fn load(paths: &[PathBuf], leave_out: &[&Path]) -> Result<Loaded> {
    let leave_out: BTreeSet<PathBuf> = leave_out.iter().filter_map(|path| path.canonicalize().ok()).collect();
    let mut files = Vec::new();
    for path in paths {
        if about(path)?.is_dir() {
            let listed = fs::read_dir(path).with_context(|| format!("{}: the folder cannot be listed", path.display()));
            drop(listed?);
            walk(path, &leave_out, &mut files);
        } else {
            files.push(path.clone());
        }
    }
    let mut seen = BTreeSet::new();
    files.retain(|file| {
        let file = file.canonicalize().unwrap_or_else(|_| file.clone());
        !leave_out.contains(&file) && seen.insert(file)
    });
    if files.is_empty() {
        bail!("no file to read in {}", names(paths));
    }
    let fitting = fitting(&files);
    let read: Vec<Result<Source, Refused>> =
        files.par_iter().enumerate().map(|(at, file)| read(file, at < fitting)).collect();
    let mut loaded = Loaded { sources: Vec::new(), refused: Vec::new(), same: Vec::new() };
    for result in read {
        match result {
            Ok(source) => loaded.sources.push(source),
            Err(refused) => loaded.refused.push(refused),
        }
    }
    let mut first = BTreeMap::new();
    for source in loaded.sources.iter().filter(|source| !source.bytes.is_empty()) {
        match first.get(&source.sha256) {
            Some(path) => loaded.same.push((source.path.clone(), String::clone(path))),
            None => drop(first.insert(source.sha256.clone(), source.path.clone())),
        }
    }
    Ok(loaded)
}

impl Loaded {
    /// Notes in an estate the files that could not be read, and those that tell nothing new.
    pub(super) fn note(self, estate: &mut Estate) {
        for (file, first) in self.same {
            let text = format!("Holds the same as {first}, byte for byte; leave one of them out if that is a mistake.");
            estate.notes.push(Note { gravity: Gravity::Doubt, file, sheet: String::new(), origin: None, text });
        }
        for Refused { path, bytes, why } in self.refused {
            let text = format!("not read: {path} {why}");
            estate.notes.push(Note {
                gravity: Gravity::Refused,
                file: path.clone(),
                sheet: String::new(),
                origin: None,
                text: text.clone(),
            });
            estate.files.push(FileInfo { path, bytes, sha256: String::new(), refused: Some(text) });
        }
    }
}

fn names(paths: &[PathBuf]) -> String {
    let names: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    names.join(", ")
}

/// Collects the files below a folder, in order of name; a folder that cannot be listed is kept as if a file, so that reading it says why.
fn walk(folder: &Path, leave_out: &BTreeSet<PathBuf>, files: &mut Vec<PathBuf>) {
    if folder.canonicalize().is_ok_and(|folder| leave_out.contains(&folder)) {
        return;
    }
    let Ok(entries) = fs::read_dir(folder) else {
        files.push(folder.to_owned());
        return;
    };
    let mut entries: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    entries.sort();
    for entry in entries {
        let hidden = entry.file_name().is_none_or(|name| is_hidden(&name.to_string_lossy()));
        let is_link = entry.symlink_metadata().is_ok_and(|about| about.is_symlink());
        if hidden {
            continue;
        }
        if entry.is_dir() {
            // A link to a folder could lead back here.
            if !is_link {
                walk(&entry, leave_out, files);
            }
        } else {
            files.push(entry);
        }
    }
}

/// Hidden files, and the lock files that Excel leaves beside an open workbook.
fn is_hidden(name: &str) -> bool {
    name.starts_with('.') || name.starts_with("~$")
}

/// How many of the files, from the first on, hold no more than may be read together; those too large for themselves aside.
fn fitting(files: &[PathBuf]) -> usize {
    let mut sum = 0;
    files
        .iter()
        .position(|file| {
            let bytes = fs::metadata(file).map_or(0, |about| about.len());
            sum += if bytes > LARGEST_FILE { 0 } else { bytes };
            sum > LARGEST_SUM
        })
        .unwrap_or(files.len())
}

fn read(file: &Path, fits: bool) -> Result<Source, Refused> {
    let path = shown(file);
    let about = fs::metadata(file);
    // A pipe or a device may never end.
    if about.as_ref().is_ok_and(|about| !about.is_file() && !about.is_dir()) {
        let why = "is neither a file nor a folder. Save what it gives as a file, and name that.".to_owned();
        return Err(Refused { path, bytes: 0, why });
    }
    let bytes = about.map_or(0, |about| about.len());
    if bytes > LARGEST_FILE {
        let why = format!(
            "is {} MiB; the largest file read is 1024 MiB. Take it out of the folder, or split it.",
            bytes >> 20
        );
        return Err(Refused { path, bytes, why });
    }
    if !fits {
        let why = "and what was read before it are more than 4096 MiB together. Read fewer files at a time.".to_owned();
        return Err(Refused { path, bytes, why });
    }
    #[expect(clippy::disallowed_methods, reason = "this is the place that opens input files")]
    let content = fs::read(file);
    match content {
        Ok(content) => Ok(Source { path, sha256: digest(&content), bytes: content }),
        Err(error) => Err(Refused { path, bytes, why: reason(&error) }),
    }
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => {
            "may not be read by this user. Give read rights, or copy it elsewhere.".to_owned()
        }
        io::ErrorKind::NotFound => {
            "could not be opened: it is a link to a file that is not there. Copy that file here, or remove the link."
                .to_owned()
        }
        _ => format!("could not be opened ({error}). Close the program that holds it, or copy it elsewhere."),
    }
}

/// A path with `/` between its parts, as reports show it on every system.
pub(super) fn shown(file: &Path) -> String {
    file.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}
