//! `klar verify`: a written set of reports against its manifest, file by file, and made again.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::{ArgAction, CommandFactory, Parser};

use super::assess::{Call, Ended, assess, own_names};
use super::bundle::Bundle;
use super::exit::{DONE, FAILED_ON};
use super::judged::Then;
use super::load::{named, shown};
use super::manifest::{self, Entry, MANIFEST, Manifest, digest_of};
use super::sign::{self, SIGNATURE};
use super::terminal::print;
use crate::catalogue::SigningKey;
use crate::cli::{Cli, Command, Verify};
use crate::report::words;

/// Names of reports that are numbered, with `#` for the number.
const NUMBERED: &[&str] = &["azure-migrate-#.csv", "mapping-wave-#.csv"];
/// The folder that a run which was broken off leaves in the place of its reports.
const UNDER_WAY: &str = ".klar-under-way";
/// What no report depends on, or what a check has in its own way.
const NOT_AGAIN: &[&str] = &["paths", "output", "jobs", "quiet", "fail-on", "strict"];
/// How many names are tried for a temporary folder.
const TRIES: u32 = 100;

/// Checks a set, and makes it again where that is asked for.
///
/// # Errors
/// When no manifest stands in the folder, or the set cannot be made again.
pub(super) fn verify(arguments: &Verify) -> Result<u8> {
    let folder = &arguments.folder;
    let key = arguments.public_key.as_deref().map(sign::public_key).transpose()?;
    if folder.is_file() {
        return verify_bundle(arguments, key.as_ref());
    }
    let place = folder.join(MANIFEST);
    if !place.is_file() {
        bail!(
            "{}: holds no {MANIFEST}, so there is nothing to check it against; name the folder of a set of reports",
            folder.display()
        );
    }
    let text = named(&place)?;
    let mut told = Told::default();
    let Some(mut set) = manifest::read(&place).ok().flatten() else {
        told.differs(MANIFEST, "is not as Klar writes it, so nothing can be checked against it");
        return told.print(folder, 0);
    };
    if !set.is_as_written(&text) {
        told.differs(MANIFEST, "is not as it was written");
    }
    for entry in &set.outputs {
        check(folder, entry, &mut told);
    }
    let signature = folder.join(SIGNATURE);
    let signature = if signature.is_file() { Some(named(&signature)?) } else { None };
    told.signature(key.as_ref(), &text, signature.as_deref());
    extra(folder, &set, &mut told)?;
    if !arguments.rerun.is_empty() {
        rerun(arguments, &set, &mut told)?;
    }
    // The manifest is one of the files.
    told.print(folder, set.outputs.len() as u64 + 1)
}

/// Checks a set that is packed in one file.
fn verify_bundle(arguments: &Verify, key: Option<&SigningKey>) -> Result<u8> {
    if !arguments.rerun.is_empty() {
        bail!("{}: unpack the bundle, and name its folder to make the set again", shown(&arguments.folder));
    }
    let mut bundle = Bundle::open(&arguments.folder)?;
    let mut told = Told::default();
    let text = std::mem::take(&mut bundle.text);
    if !bundle.set.is_as_written(&text) {
        told.differs(MANIFEST, "is not as it was written");
    }
    for (name, how) in bundle.differences() {
        told.differs(&name, &how);
    }
    told.signature(key, &text, bundle.signature().as_deref());
    told.print(&arguments.folder, bundle.set.outputs.len() as u64 + 1)
}

/// What is wrong with a set, a line each, and the files that it is wrong with.
#[derive(Debug, Default)]
struct Told {
    text: String,
    files: BTreeSet<String>,
    is_made_again: bool,
}

impl Told {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn differs(&mut self, name: &str, how: &str) {
        self.line(&format!("{name}: {how}."));
        self.files.insert(name.to_owned());
    }

    /// Tells what is wrong with a signature, and where there is one that nobody asked about.
    fn signature(&mut self, key: Option<&SigningKey>, text: &[u8], signature: Option<&[u8]>) {
        if let Some(how) = sign::fault(key, text, signature) {
            self.differs(SIGNATURE, how);
        } else if key.is_some() {
            self.line("The manifest is signed with the key given.");
        } else if signature.is_some() {
            self.line("The manifest is signed; name the key with --public-key to know whether by whom you think.");
        }
    }

    fn print(mut self, folder: &Path, files: u64) -> Result<u8> {
        let of = format!("{} of {}", words::count(files, "file", "files"), folder.display());
        let code = if self.files.is_empty() {
            let again = if self.is_made_again { ", and the same when made again" } else { "" };
            self.line(&format!("{of}: all as they were written{again}."));
            DONE
        } else {
            let names: Vec<&str> = self.files.iter().map(String::as_str).collect();
            self.line(&format!("{of}: not the set that was written: {}.", names.join(", ")));
            FAILED_ON
        };
        print(&self.text)?;
        Ok(code)
    }
}

/// Checks that a report is as the manifest says.
fn check(folder: &Path, entry: &Entry, told: &mut Told) {
    let path = folder.join(&entry.path);
    let Ok(about) = fs::metadata(&path) else {
        return told.differs(&entry.path, "is missing");
    };
    if !about.is_file() {
        return told.differs(&entry.path, "is no file");
    }
    match digest_of(&path) {
        Err(error) => told.differs(&entry.path, &format!("cannot be read ({error})")),
        Ok(_) if about.len() != entry.bytes => {
            let how = format!("differs: it has {} bytes, where {} were written", about.len(), entry.bytes);
            told.differs(&entry.path, &how);
        }
        Ok(digest) if entry.sha256.as_ref() != Some(&digest) => {
            told.differs(&entry.path, "differs: it has as many bytes as were written, but not the same");
        }
        Ok(_) => {}
    }
}

/// Tells what stands in the folder under a name of Klar's and is none of the set's.
fn extra(folder: &Path, set: &Manifest, told: &mut Told) -> Result<()> {
    let written: BTreeSet<&str> = set.outputs.iter().map(|entry| entry.path.as_str()).collect();
    let mut own: BTreeSet<String> = own_names()?.into_iter().filter(|name| folder.join(name).exists()).collect();
    let listed = fs::read_dir(folder).with_context(|| format!("{}: cannot be listed", folder.display()))?;
    let names = listed.filter_map(Result::ok).map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut is_under_way = false;
    for name in names {
        is_under_way |= name == UNDER_WAY;
        if NUMBERED.contains(&without_number(&name).as_str()) {
            own.insert(name);
        }
    }
    for name in own.iter().filter(|name| !written.contains(name.as_str())) {
        told.differs(name, "has the name of a report, and is none of this set");
    }
    if is_under_way {
        told.differs(UNDER_WAY, "is what a run left that is still writing or was broken off; run it again");
    }
    Ok(())
}

/// A name with `#` for each run of digits.
fn without_number(name: &str) -> String {
    let mut short = String::with_capacity(name.len());
    for letter in name.chars().map(|letter| if letter.is_ascii_digit() { '#' } else { letter }) {
        if letter != '#' || !short.ends_with('#') {
            short.push(letter);
        }
    }
    short
}

/// Makes the set again in a temporary folder and compares every file.
fn rerun(arguments: &Verify, set: &Manifest, told: &mut Told) -> Result<()> {
    if set.arguments.contains_key("redact") {
        bail!(
            "{}: the set is redacted, so its manifest does not tell what it was made from; assess the inputs again with the same --redact-key, and compare",
            arguments.folder.display()
        );
    }
    let temporary = Temporary::make()?;
    let line = line(set, &arguments.rerun, &temporary.0)?;
    let again = Cli::try_parse_from(line).with_context(|| {
        format!("{}: asks for what this Klar {} does not know", MANIFEST, env!("CARGO_PKG_VERSION"))
    })?;
    let Command::Assess(again) = again.command else { bail!("internal error: only an assessment is made again") };
    let call = Call {
        asked: set.arguments.clone(),
        folder: set.folder.as_deref(),
        leave_out: &[&arguments.folder],
        signer: None,
        then: Then::GoOn,
    };
    let Ended { code, .. } = assess(&again, call)?;
    let Some(made) = manifest::read(&temporary.0.join(MANIFEST))? else {
        bail!("made again from {}, the reports did not come about (exit code {code})", paths(&arguments.rerun));
    };
    if made.klar_version != set.klar_version {
        told.line(&format!(
            "The set was written by Klar {}, and made again by {}; its reports may differ for that.",
            set.klar_version, made.klar_version
        ));
    }
    told.is_made_again = true;
    compare(&set.inputs, &made.inputs, told, |told, name, how| {
        told.line(&format!("Input {name}: {how}."));
    });
    compare(&set.outputs, &made.outputs, told, Told::differs);
    Ok(())
}

/// Tells where two lists of files are not the same.
fn compare(before: &[Entry], again: &[Entry], told: &mut Told, differs: fn(&mut Told, &str, &str)) {
    let by_path = |list: &'_ [Entry]| -> BTreeMap<String, Option<String>> {
        list.iter().map(|entry| (entry.path.clone(), entry.sha256.clone())).collect()
    };
    let (before, again) = (by_path(before), by_path(again));
    for (path, digest) in &before {
        match again.get(path) {
            None => differs(told, path, "is not there when the set is made again"),
            Some(other) if other != digest => differs(told, path, "is another when the set is made again"),
            Some(_) => {}
        }
    }
    for path in again.keys().filter(|path| !before.contains_key(*path)) {
        differs(told, path, "is there only when the set is made again");
    }
}

/// The command line that a manifest tells of, over other inputs and into another folder.
fn line(set: &Manifest, inputs: &[PathBuf], output: &Path) -> Result<Vec<OsString>> {
    let command = Cli::command();
    let command = command.find_subcommand("assess").context("internal error: no assessment")?;
    let mut line: Vec<OsString> = vec!["klar".into(), "assess".into(), "--quiet".into(), "--output".into()];
    line.push(output.into());
    for (key, values) in set.arguments.iter().filter(|(key, _)| !NOT_AGAIN.contains(&key.as_str())) {
        let known = command.get_arguments().find(|known| known.get_id().as_str().replace('_', "-") == *key);
        let Some((known, long)) = known.and_then(|known| Some((known, known.get_long()?))) else {
            bail!(
                "{MANIFEST}: tells of the argument {key}, which this Klar {} does not know",
                env!("CARGO_PKG_VERSION")
            );
        };
        if matches!(known.get_action(), ArgAction::SetTrue) {
            line.push(format!("--{long}").into());
        } else {
            line.extend(values.iter().map(|value| OsString::from(format!("--{long}={value}"))));
        }
    }
    if !set.arguments.contains_key("as-of") {
        line.push(format!("--as-of={}", set.as_of).into());
    }
    line.push("--".into());
    line.extend(inputs.iter().map(OsString::from));
    Ok(line)
}

fn paths(paths: &[PathBuf]) -> String {
    let paths: Vec<String> = paths.iter().map(|path| shown(path)).collect();
    paths.join(", ")
}

/// A folder that goes when it is no longer needed.
#[derive(Debug)]
struct Temporary(PathBuf);

impl Temporary {
    fn make() -> Result<Self> {
        let above = std::env::temp_dir();
        for number in 0..TRIES {
            let path = above.join(format!("klar-verify-{}-{number}", std::process::id()));
            if fs::create_dir(&path).is_ok() {
                return Ok(Self(path));
            }
        }
        bail!("{}: no temporary folder can be made there", above.display())
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}
