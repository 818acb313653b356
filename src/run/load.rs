//! Files and folders named on the command line, read into memory.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use rayon::prelude::*;

use super::unable::{Unable, unable};
use crate::catalogue::digest;
use crate::ingest::limits::Limits;
use crate::ingest::open::{Member, unpack};
use crate::ingest::source::Source;
use crate::model::{Arg, Estate, FileInfo, Gravity, Identity, Note, Phrase, say};

/// The largest configuration, rules or catalogue file read.
const LARGEST_NAMED: u64 = 64 << 20;

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
    why: Phrase,
}

/// A file found, with the path that leads to it without links.
struct Found {
    path: PathBuf,
    /// What is opened: on Windows such a path may be of any length, and its parts may have names that others may not.
    real: PathBuf,
    /// Why it is not even opened, when it is a folder that cannot be gone into.
    refused: Option<Phrase>,
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
            return Err(unable!(
                "{place}: is both read from and written to; name another folder with --output",
                place = place(path)
            ));
        }
    }
    Ok(())
}

fn about(path: &Path) -> Result<fs::Metadata> {
    fs::metadata(path).with_context(|| unopened(path))
}

/// Reads every file named, and every file below each folder named, except the files and folders to leave out.
///
/// # Errors
/// When a path named does not exist or a folder named cannot be listed.
pub(super) fn load(paths: &[PathBuf], leave_out: &[&Path], limits: &Limits) -> Result<Loaded> {
    load_beside(paths, leave_out, limits, |_, _| Ok(()))
}

/// Reads like [`load`], once each file, given by its path as named and without links, was found to be no report's place.
///
/// # Errors
/// As [`load`], and what `keep_clear` says of a file, before anything is read.
pub(super) fn load_beside(
    paths: &[PathBuf],
    leave_out: &[&Path],
    limits: &Limits,
    keep_clear: impl Fn(&Path, &Path) -> Result<()>,
) -> Result<Loaded> {
    let files = list(paths, leave_out, limits)?;
    for file in &files {
        keep_clear(&file.path, &file.real)?;
    }
    check_sum(&files, limits)?;
    let read: Vec<Result<Source, Refused>> = files.par_iter().map(|file| read(file, limits)).collect();
    let mut loaded = Loaded { sources: Vec::new(), refused: Vec::new(), same: Vec::new() };
    let mut bytes = 0;
    for result in read {
        let before = loaded.sources.len();
        match result {
            Ok(source) => loaded.take(source, limits),
            Err(refused) => loaded.refused.push(refused),
        }
        // What lies packed in archives counts unpacked, and the next one stays packed when it is too much.
        bytes += loaded.sources[before..].iter().map(|source| source.bytes.len() as u64).sum::<u64>();
        check_bytes(bytes, limits)?;
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

/// The files named and those below the folders named, each once.
fn list(paths: &[PathBuf], leave_out: &[&Path], limits: &Limits) -> Result<Vec<Found>> {
    let leave_out: BTreeSet<PathBuf> = leave_out.iter().filter_map(|path| path.canonicalize().ok()).collect();
    let mut files = Vec::new();
    for path in paths {
        let is_folder = about(path)?.is_dir();
        let real = path.canonicalize().unwrap_or_else(|_| path.clone());
        if is_folder {
            let listed = fs::read_dir(path).with_context(|| unlisted(path));
            drop(listed?);
            walk(Found { path: path.clone(), real, refused: None }, (1, limits.folders), &leave_out, &mut files);
        } else {
            files.push(Found { path: path.clone(), real, refused: None });
        }
    }
    let mut seen = BTreeSet::new();
    files.retain(|file| !leave_out.contains(&file.real) && seen.insert(file.real.clone()));
    if files.is_empty() {
        return Err(unable!(
            "no file to read in {places}",
            places = Arg::List(paths.iter().map(|path| place(path)).collect())
        ));
    }
    Ok(files)
}

impl Loaded {
    /// Keeps a file, or in place of a zip of exports the files in it.
    fn take(&mut self, source: Source, limits: &Limits) {
        match unpack(&source.bytes, limits) {
            None => self.sources.push(source),
            Some(Ok(members)) => self.sources.extend(members.into_iter().map(|Member { path, bytes }| Source {
                path: format!("{}/{path}", source.path),
                sha256: digest(&bytes),
                bytes,
            })),
            Some(Err(why)) => {
                let bytes = source.bytes.len() as u64;
                self.refused.push(Refused { path: source.path, bytes, why: say!("{why}.", why) });
            }
        }
    }

    /// Notes in an estate the files that could not be read, and those that tell nothing new.
    pub(super) fn note(self, estate: &mut Estate) {
        for (file, first) in self.same {
            let text = say!(
                "Holds the same as {first}, byte for byte; leave one of them out if that is a mistake.",
                first = Arg::named(Identity::File, &first)
            );
            estate.notes.push(Note { gravity: Gravity::Doubt, file, sheet: String::new(), origin: None, text });
        }
        for Refused { path, bytes, why } in self.refused {
            let text = say!("not read: {file} {why}", file = Arg::named(Identity::File, &path), why);
            estate.notes.push(Note {
                gravity: Gravity::Refused,
                file: path.clone(),
                sheet: String::new(),
                origin: None,
                text: text.clone(),
            });
            estate.files.push(FileInfo { path, bytes, sha256: String::new(), refused: Some(text), exported: None });
        }
    }
}

/// What is said of a path that nothing can be opened at.
pub(super) fn unopened(path: &Path) -> Unable {
    Unable(say!("{place}: cannot be opened; check the path", place = place(path)))
}

/// What is said of a folder whose contents cannot be told.
pub(super) fn unlisted(folder: &Path) -> Unable {
    Unable(say!("{place}: the folder cannot be listed; check the path", place = place(folder)))
}

/// Collects the files below a folder, in order of name; a folder that cannot be listed is kept as if a file, so that
/// reading it says why.
fn walk(folder: Found, (depth, deepest): (u64, u64), leave_out: &BTreeSet<PathBuf>, files: &mut Vec<Found>) {
    if leave_out.contains(&folder.real) {
        return;
    }
    if depth > deepest {
        let why =
            say!("lies inside more than {deepest} folders and is not gone into. Give that folder by itself.", deepest);
        files.push(Found { refused: Some(why), ..folder });
        return;
    }
    let Ok(entries) = fs::read_dir(&folder.real) else {
        files.push(folder);
        return;
    };
    let mut entries: Vec<fs::DirEntry> = entries.filter_map(Result::ok).collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name();
        if is_hidden(&name.to_string_lossy()) {
            continue;
        }
        let path = folder.path.join(&name);
        let kind = entry.file_type();
        // Only a link's target has to be looked for. What a folder is really called is known from the one above it.
        let is_link = kind.as_ref().is_ok_and(fs::FileType::is_symlink);
        let real = if is_link { path.canonicalize().ok() } else { None };
        let found = Found { real: real.unwrap_or_else(|| folder.real.join(&name)), path, refused: None };
        // A link to a folder could lead back here.
        if is_link && found.path.is_dir() {
            continue;
        }
        if kind.is_ok_and(|kind| kind.is_dir()) {
            walk(found, (depth + 1, deepest), leave_out, files);
        } else {
            files.push(found);
        }
    }
}

/// Hidden files, and the lock files that Excel leaves beside an open workbook.
fn is_hidden(name: &str) -> bool {
    name.starts_with('.') || name.starts_with("~$")
}

/// All files are in memory at once, so they may hold no more than so much together; those too large for themselves aside.
fn check_sum(files: &[Found], limits: &Limits) -> Result<()> {
    let sizes = files.iter().map(|file| fs::metadata(&file.real).map_or(0, |about| about.len()));
    check_bytes(sizes.filter(|bytes| *bytes <= limits.file_bytes).sum(), limits)
}

fn check_bytes(bytes: u64, limits: &Limits) -> Result<()> {
    if bytes > limits.all_bytes {
        return Err(unable!(
            "the inputs are {size} MiB together, and at most {most} MiB are read. Read fewer files at a time, or raise the \
             limit with --limit all-bytes=N where there is memory for it",
            size = bytes >> 20,
            most = limits.all_bytes >> 20
        ));
    }
    Ok(())
}

fn read(file: &Found, limits: &Limits) -> Result<Source, Refused> {
    let path = shown(&file.path);
    if let Some(why) = file.refused.clone() {
        return Err(Refused { path, bytes: 0, why });
    }
    let about = fs::metadata(&file.real);
    // A pipe or a device may never end.
    if about.as_ref().is_ok_and(|about| !about.is_file() && !about.is_dir()) {
        let why = "is neither a file nor a folder. Save what it gives as a file, and name that.".into();
        return Err(Refused { path, bytes: 0, why });
    }
    let bytes = about.map_or(0, |about| about.len());
    if bytes > limits.file_bytes {
        let why = say!(
            "is {size} MiB; the largest file read is {largest} MiB. Take it out of the folder, split it, or raise the limit with --limit file-bytes=N.",
            size = bytes >> 20,
            largest = limits.file_bytes >> 20
        );
        return Err(Refused { path, bytes, why });
    }
    match content(&file.real, limits.file_bytes) {
        Ok(content) => Ok(Source { path, sha256: digest(&content), bytes: content }),
        Err(error) => Err(Refused { path, bytes, why: reason(&error) }),
    }
}

/// Everything in a file, unless it grows while it is read beyond what may be read.
#[expect(clippy::disallowed_methods, reason = "this is the place that opens input files")]
pub(super) fn content(path: &Path, largest: u64) -> io::Result<Vec<u8>> {
    let file = fs::File::open(path)?;
    let bytes = file.metadata()?.len();
    let mut content = Vec::with_capacity(usize::try_from(bytes.min(largest)).unwrap_or(0));
    file.take(largest.saturating_add(1)).read_to_end(&mut content)?;
    if content.len() as u64 > largest {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(content)
}

/// The text of a file that a run is told by: a configuration, rules, a catalogue file.
///
/// # Errors
/// When it is no file, too large, or cannot be read.
pub(super) fn named(path: &Path) -> Result<Vec<u8>> {
    named_up_to(path, LARGEST_NAMED)
}

/// The bytes of a file that is named, of at most so many.
///
/// # Errors
/// When it is no file, too large, or cannot be read.
pub(super) fn named_up_to(path: &Path, largest: u64) -> Result<Vec<u8>> {
    let about = fs::metadata(path).with_context(|| unopened(path))?;
    // A pipe or a device may never end.
    if !about.is_file() || about.len() > largest {
        return Err(unable!(
            "{place}: is no file, or one of more than {most} MiB; check the path",
            place = place(path),
            most = largest >> 20
        ));
    }
    content(path, largest).with_context(|| Unable(say!("{place}: cannot be read", place = place(path))))
}

fn reason(error: &io::Error) -> Phrase {
    match error.kind() {
        io::ErrorKind::FileTooLarge => "grew while it was read. Wait until it is complete.".into(),
        io::ErrorKind::PermissionDenied => {
            "may not be read by this user. Give read rights, or copy it elsewhere.".into()
        }
        io::ErrorKind::NotFound => {
            "could not be opened: it is a link to a file that is not there. Copy that file here, or remove the link."
                .into()
        }
        _ => say!(
            "could not be opened ({error}). Close the program that holds it, or copy it elsewhere.",
            error = Arg::named(Identity::Free, &error.to_string())
        ),
    }
}

/// A path with `/` between its parts, as reports show it on every system.
pub(super) fn shown(file: &Path) -> String {
    file.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}

/// A path as messages name it.
pub(super) fn place(path: &Path) -> Arg {
    Arg::named(Identity::File, &shown(path))
}
