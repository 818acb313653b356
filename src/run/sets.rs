//! Written sets of reports and Parquet folders, found below the paths named: what `klar query` and `klar rollup` read.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use jiff::civil::Date;
use polars::prelude::{DataFrame, Schema};

use super::load::shown;
use super::manifest::{self, MANIFEST};
use crate::report::{csv_back, parquet};
use crate::tables::Head;

/// How many folders inside each other are gone into.
const DEEPEST: u32 = 8;
/// The record of a set.
const RECORD: &str = "assessment.json";

/// The tables of a site.
#[derive(Debug)]
pub(super) struct Set {
    /// The folder, or the file where one is named.
    pub(super) place: PathBuf,
    /// What the site is called by the set's own word, for tables that do not tell it.
    pub(super) site: String,
    /// The day it is of, where its manifest tells.
    pub(super) as_of: Option<Date>,
    /// The file of each table, by the table's name.
    pub(super) tables: BTreeMap<String, TableFile>,
    /// The record, where there is one.
    pub(super) record: Option<PathBuf>,
}

/// A file that holds a table.
#[derive(Debug)]
pub(super) enum TableFile {
    /// Typed, and with its site.
    Parquet(PathBuf),
    /// Texts, without the site.
    Csv(PathBuf),
}

/// What paths lead to.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) sets: Vec<Set>,
    /// Paths that hold no set, and so may be exports.
    pub(super) others: Vec<PathBuf>,
    /// Files beside the sets, which are not read.
    pub(super) beside: Vec<PathBuf>,
}

/// Finds the sets that paths lead to.
///
/// # Errors
/// When a path does not exist, or a folder cannot be listed.
pub(super) fn find(paths: &[PathBuf]) -> Result<Found> {
    let mut found = Found::default();
    for path in paths {
        let about = fs::metadata(path).with_context(|| format!("{}: cannot be opened; check the path", shown(path)))?;
        let (sets, beside) = (found.sets.len(), found.beside.len());
        if about.is_dir() {
            walk(path, 1, &mut found)?;
        } else if is_parquet(path) {
            found.sets.extend(parquet_files(vec![path.clone()]).map(|tables| Set {
                place: path.clone(),
                site: String::new(),
                as_of: None,
                tables,
                record: None,
            }));
        }
        if found.sets.len() == sets {
            found.beside.truncate(beside);
            found.others.push(path.clone());
        }
    }
    Ok(found)
}

fn walk(folder: &Path, depth: u32, found: &mut Found) -> Result<()> {
    if let Some(set) = set_in(folder) {
        if set.tables.is_empty() && set.record.is_none() {
            found.beside.push(folder.to_owned());
        } else {
            found.sets.push(set);
        }
        return Ok(());
    }
    let (folders, files) = list(folder)?;
    if let Some(tables) = parquet_files(files.iter().filter(|file| is_parquet(file)).cloned().collect()) {
        found.sets.push(Set { place: folder.to_owned(), site: String::new(), as_of: None, tables, record: None });
        return Ok(());
    }
    found.beside.extend(files);
    for folder in folders.iter().filter(|_| depth < DEEPEST) {
        walk(folder, depth + 1, found)?;
    }
    Ok(())
}

/// The set that a folder holds, by its manifest.
fn set_in(folder: &Path) -> Option<Set> {
    let set = manifest::read(&folder.join(MANIFEST)).ok().flatten()?;
    let path = |entry: &manifest::Entry| folder.join(&entry.path);
    let in_parquet = |entry: &&manifest::Entry| Path::new(&entry.path).starts_with(parquet::FOLDER);
    let mut tables = BTreeMap::new();
    for entry in &set.outputs {
        let file = path(entry);
        if let Some(name) = file.file_stem().filter(|_| file.extension().is_some_and(|ending| ending == "csv")) {
            tables.insert(name.to_string_lossy().into_owned(), TableFile::Csv(file));
        }
    }
    let typed = set.outputs.iter().filter(in_parquet).map(path).collect();
    tables.extend(parquet_files(typed).unwrap_or_default());
    let record = set.outputs.iter().find(|entry| entry.path == RECORD).map(path);
    let asked = set.arguments.get("site").and_then(|names| names.first()).cloned();
    let site = asked.or(set.folder).unwrap_or_default();
    Some(Set { place: folder.to_owned(), site, as_of: set.as_of.parse().ok(), tables, record })
}

/// The tables that Parquet files hold, by their names; none where there is no file.
fn parquet_files(files: Vec<PathBuf>) -> Option<BTreeMap<String, TableFile>> {
    let named = |file: PathBuf| Some((file.file_stem()?.to_string_lossy().into_owned(), TableFile::Parquet(file)));
    let tables: BTreeMap<_, _> = files.into_iter().filter_map(named).collect();
    if tables.is_empty() { None } else { Some(tables) }
}

fn is_parquet(file: &Path) -> bool {
    file.extension().is_some_and(|ending| ending == parquet::ENDING)
}

/// The folders and files in a folder, in order of name; hidden ones and links to folders aside.
fn list(folder: &Path) -> Result<(Vec<PathBuf>, Vec<PathBuf>)> {
    let listed = fs::read_dir(folder).with_context(|| format!("{}: the folder cannot be listed", shown(folder)))?;
    let mut entries: Vec<fs::DirEntry> = listed.filter_map(Result::ok).collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    let (mut folders, mut files) = (Vec::new(), Vec::new());
    for entry in entries.iter().filter(|entry| !entry.file_name().to_string_lossy().starts_with('.')) {
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => folders.push(entry.path()),
            Ok(kind) if kind.is_file() => files.push(entry.path()),
            Ok(_) | Err(_) => {}
        }
    }
    Ok((folders, files))
}

impl TableFile {
    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        match self {
            Self::Parquet(path) | Self::Csv(path) => path,
        }
    }

    /// Its columns.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(super) fn schema(&self, heads: &[Head]) -> Result<Schema> {
        match self {
            Self::Parquet(path) => parquet::schema_of(open(path)?).with_context(|| unreadable(path)),
            Self::Csv(path) => csv_back::schema_of(open(path)?, heads).with_context(|| shown(path)),
        }
    }
}

impl Set {
    /// Columns of a table.
    ///
    /// # Errors
    /// When its file cannot be read.
    pub(super) fn read(&self, file: &TableFile, heads: &[Head], columns: &[&str]) -> Result<DataFrame> {
        match file {
            TableFile::Parquet(path) => parquet::read(open(path)?, columns).with_context(|| unreadable(path)),
            TableFile::Csv(path) => {
                csv_back::read(open(path)?, &self.site, heads, columns).with_context(|| shown(path))
            }
        }
    }
}

fn unreadable(path: &Path) -> String {
    format!("{}: is no Parquet file, or a damaged one; write the set again", shown(path))
}

#[expect(clippy::disallowed_methods, reason = "this reads what an earlier run wrote")]
fn open(path: &Path) -> Result<File> {
    File::open(path).with_context(|| format!("{}: cannot be opened", shown(path)))
}
