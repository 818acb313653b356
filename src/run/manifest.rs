//! `manifest.json`: what a set of reports was made from and consists of, so that anyone can tell whether it is whole.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::parser::ValueSource;
use clap::{ArgMatches, CommandFactory};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::load::{named, shown};
use crate::cli::Cli;
use crate::report::view::View;

/// The name of the file.
pub(super) const MANIFEST: &str = "manifest.json";
/// The form of the file; another number means that a reader of this one would misread it.
const SCHEMA: &str = "klar.manifest/1";
/// What no report depends on, and a set made twice must not differ by.
const NO_MATTER: &[&str] = &["output", "jobs", "quiet", "diagnose", "sign", "password_file", "bundle", "bundle_inputs"];

/// What was asked for on a command line, by option.
pub(super) type Arguments = BTreeMap<String, Vec<String>>;

/// What a set of reports was made from and consists of. It holds no clock and no absolute path.
#[derive(Debug, Default, Deserialize, Serialize)]
pub(super) struct Manifest {
    schema: String,
    /// The program's version.
    pub(super) klar_version: String,
    /// The date that support lifecycles were compared with.
    pub(super) as_of: String,
    /// What was asked for, by option.
    pub(super) arguments: Arguments,
    /// What the folder read was called, which tells the site where none is named; unknown in the sets of versions that did
    /// not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) folder: Option<String>,
    /// The files that told the run what to do.
    configuration: Vec<Entry>,
    catalogue: CatalogueEntries,
    pub(super) inputs: Vec<Entry>,
    /// The reports of the set.
    pub(super) outputs: Vec<Entry>,
    /// The SHA-256 of the file as it is without this, so that a slip in the manifest itself is seen; empty in the sets of
    /// versions that wrote none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    seal: String,
}

#[derive(Debug, Default, Deserialize, Serialize)]
struct CatalogueEntries {
    /// The editions judged against.
    editions: Vec<EditionEntry>,
    /// The catalogue files that came from outside the program.
    carried: Vec<Entry>,
}

#[derive(Debug, Deserialize, Serialize)]
struct EditionEntry {
    edition: String,
    sha256: String,
}

/// A file of a set or one that it was made from.
#[derive(Debug, PartialEq, Eq, Deserialize, Serialize)]
pub(super) struct Entry {
    pub(super) path: String,
    pub(super) bytes: u64,
    /// None for an input that could not be read.
    pub(super) sha256: Option<String>,
}

impl Manifest {
    /// The manifest of a set that is yet to be written.
    pub(super) fn of(view: &View<'_>, paths: &[PathBuf], arguments: Arguments) -> Self {
        let carried: Vec<Entry> =
            view.stamp.carried.iter().map(|file| entry(&file.path, file.bytes, &file.sha256, &[])).collect();
        let mut configuration: BTreeMap<&str, (u64, &str)> = BTreeMap::new();
        let mut inputs = Vec::new();
        for (index, file) in view.estate.files.iter().enumerate() {
            let is = |name: &str| view.estate.tables.iter().any(|table| table.file == index && table.taken_for == name);
            if is("configuration") || is("declarations") {
                configuration.insert(&file.path, (file.bytes, &file.sha256));
            } else if !is("catalogue file") {
                inputs.push(entry(&file.path, file.bytes, &file.sha256, paths));
            }
        }
        if let Some(logo) = &view.stamp.front.logo {
            configuration.insert(&logo.file, (logo.bytes.len() as u64, &logo.sha256));
        }
        for answered in &view.organisation.rules {
            configuration.insert(&answered.rule.file, (answered.rule.bytes, &answered.rule.sha256));
        }
        let configuration = configuration.into_iter();
        Self {
            schema: SCHEMA.to_owned(),
            klar_version: env!("CARGO_PKG_VERSION").to_owned(),
            as_of: view.assessment.as_of.to_string(),
            arguments,
            folder: Some(view.stamp.folder.clone()),
            configuration: configuration.map(|(path, (bytes, sha256))| entry(path, bytes, sha256, &[])).collect(),
            catalogue: CatalogueEntries {
                editions: view
                    .assessment
                    .runs
                    .iter()
                    .map(|run| EditionEntry { edition: run.edition.id(), sha256: run.edition.digest.clone() })
                    .collect(),
                carried,
            },
            inputs,
            outputs: Vec::new(),
            seal: String::new(),
        }
    }

    /// The manifest of a report over other sets, that is yet to be written.
    pub(super) fn over(as_of: Date, arguments: Arguments, inputs: Vec<Entry>) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            klar_version: env!("CARGO_PKG_VERSION").to_owned(),
            as_of: as_of.to_string(),
            arguments,
            inputs,
            ..Self::default()
        }
    }

    /// The file's text, sealed.
    pub(super) fn sealed(&mut self) -> String {
        self.seal = String::new();
        self.seal = hexadecimal(&Sha256::digest(self.text()));
        self.text()
    }

    /// Whether a text is what was written of it, byte for byte.
    pub(super) fn is_as_written(&mut self, text: &[u8]) -> bool {
        let is_its_text = self.text().as_bytes() == text;
        let seal = std::mem::take(&mut self.seal);
        let is_sealed = seal.is_empty() || hexadecimal(&Sha256::digest(self.text())) == seal;
        self.seal = seal;
        is_its_text && is_sealed
    }

    fn text(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).expect("texts and numbers are JSON");
        text.push('\n');
        text
    }
}

/// Reads a manifest; none where no file stands or one that was cut off.
///
/// # Errors
/// When the file is something else that has the name.
pub(super) fn read(path: &Path) -> Result<Option<Manifest>> {
    if !path.exists() {
        return Ok(None);
    }
    parse(&named(path)?, &path.display().to_string())
}

/// Reads the text of a manifest; none where it was cut off.
///
/// # Errors
/// When the text is something else.
pub(super) fn parse(text: &[u8], place: &str) -> Result<Option<Manifest>> {
    let Ok(value) = serde_json::from_slice::<serde_json::Value>(text) else { return Ok(None) };
    let foreign =
        || format!("{place}: is no manifest of Klar's; move it elsewhere, or name another folder with --output");
    if !value
        .get("schema")
        .and_then(serde_json::Value::as_str)
        .is_some_and(|schema| schema.starts_with("klar.manifest/"))
    {
        bail!(foreign());
    }
    let manifest: Manifest = serde_json::from_value(value).with_context(foreign)?;
    // A path that leads out of the folder is no report's.
    let is_plain = |entry: &Entry| Path::new(&entry.path).components().all(|part| matches!(part, Component::Normal(_)));
    if !manifest.outputs.iter().all(is_plain) {
        bail!(foreign());
    }
    Ok(Some(manifest))
}

/// Whether a file still is what a manifest says of it.
pub(super) fn fits(path: &Path, entry: &Entry) -> bool {
    digest_of(path).is_ok_and(|digest| entry.sha256.as_ref() == Some(&digest))
}

pub(super) fn digest_of(path: &Path) -> io::Result<String> {
    #[expect(clippy::disallowed_methods, reason = "this reads back what run wrote")]
    let mut file = File::open(path)?;
    let mut digest = Sha256::new();
    let mut part = vec![0; 1 << 16];
    loop {
        match file.read(&mut part)? {
            0 => return Ok(hexadecimal(&digest.finalize())),
            read => digest.update(&part[..read]),
        }
    }
}

/// Bytes as lower-case hexadecimal.
pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to a String does not fail");
        text
    })
}

/// A file as a set that was made from it tells of it.
///
/// # Errors
/// When it cannot be read.
pub(super) fn entry_of(file: &Path, named: &[PathBuf]) -> Result<Entry> {
    let unread = || format!("{}: cannot be read", shown(file));
    let (bytes, digest) = (fs::metadata(file).with_context(unread)?.len(), digest_of(file).with_context(unread)?);
    Ok(entry(&shown(file), bytes, &digest, named))
}

fn entry(path: &str, bytes: u64, sha256: &str, named: &[PathBuf]) -> Entry {
    let sha256 = Some(sha256).filter(|digest| !digest.is_empty()).map(str::to_owned);
    Entry { path: portable(path, named), bytes, sha256 }
}

/// A path as it is on every machine: an absolute one begins with the last part of what was named.
pub(super) fn portable(path: &str, named: &[PathBuf]) -> String {
    let path = Path::new(path);
    if !path.is_absolute() {
        return shown(path);
    }
    let base = named.iter().filter(|base| path.starts_with(base)).max_by_key(|base| base.components().count());
    let below = base.and_then(|base| path.strip_prefix(base.parent()?).ok());
    let last = || path.file_name().map_or_else(|| PathBuf::from("."), PathBuf::from);
    shown(&below.map_or_else(last, Path::to_owned))
}

/// What a command line asks for, by option, without what no report depends on.
pub(super) fn arguments(line: impl IntoIterator<Item = OsString>) -> Arguments {
    let command = Cli::command();
    let Ok(matches) = command.clone().try_get_matches_from(line) else { return Arguments::new() };
    let mut asked = Arguments::new();
    let mut level: Option<(&ArgMatches, &clap::Command)> = Some((&matches, &command));
    while let Some((matches, command)) = level {
        // Groups of arguments have identifiers as well, and no values of their own.
        let options = command.get_arguments().map(|option| option.get_id().as_str());
        for id in options.filter(|id| !NO_MATTER.contains(id)) {
            if matches.value_source(id) == Some(ValueSource::CommandLine) {
                let values = matches.try_get_raw(id).ok().flatten().into_iter().flatten();
                let values = values.map(|value| portable(&value.to_string_lossy(), &[])).collect();
                asked.insert(id.replace('_', "-"), values);
            }
        }
        let below = matches.subcommand();
        level = below.and_then(|(name, below)| Some((below, command.find_subcommand(name)?)));
    }
    asked
}
