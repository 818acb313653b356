//! A set of reports in one zip, with its inputs on request: the same bytes every time, and checked without unpacking.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::load::{place, shown, unopened};
use super::manifest::{self, Entry, MANIFEST, Manifest};
use super::sign::SIGNATURE;
use super::unable::{Unable, unable};
use crate::model::say;
use crate::report::view::View;

/// The folder of the inputs in it.
const INPUTS: &str = "inputs/";
/// The largest manifest read.
const LARGEST_MANIFEST: u64 = 64 << 20;

/// What goes into a bundle: each name in it, and the file.
pub(super) type Contents = Vec<(String, PathBuf)>;

/// Makes sure that a bundle may be written to a path: nothing stands there, or another bundle.
///
/// # Errors
/// When something else does.
pub(super) fn check(path: &Path) -> Result<()> {
    if path.is_dir() {
        return Err(unable!("{place}: is a folder; name the file of the bundle", place = place(path)));
    }
    if path.exists() && Bundle::open(path).is_err() {
        return Err(unable!(
            "{place}: is no bundle of Klar's and is not written over; name another with --bundle",
            place = place(path)
        ));
    }
    Ok(())
}

/// The inputs of an estate, as they lie on the disk: `read` are the paths that its files were read from, in order.
pub(super) fn inputs(view: &View<'_>, read: &[String], named: &[PathBuf]) -> Contents {
    let mut contents = Contents::new();
    let mut seen = BTreeSet::new();
    for (file, from) in view.estate.files.iter().zip(read) {
        let (mut name, mut from) = (PathBuf::from(manifest::portable(&file.path, named)), PathBuf::from(from));
        // What was read from a zip lies in it.
        while !from.is_file() && from.pop() {
            name.pop();
        }
        if from.is_file() && seen.insert(from.clone()) {
            contents.push((input_name(&shown(&name)), from));
        }
    }
    contents
}

/// The name of an input in a bundle: its path, which leads nowhere else.
fn input_name(path: &str) -> String {
    let parts = Path::new(path).components().filter_map(|part| match part {
        Component::Normal(part) => Some(part.to_string_lossy().into_owned()),
        Component::ParentDir => Some("up".to_owned()),
        Component::Prefix(_) | Component::RootDir | Component::CurDir => None,
    });
    format!("{INPUTS}{}", parts.collect::<Vec<_>>().join("/"))
}

/// Writes a bundle beside its place and puts it there when it is whole.
///
/// # Errors
/// When a file cannot be read, or the bundle cannot be written.
pub(super) fn write(path: &Path, mut contents: Contents) -> Result<()> {
    contents.sort();
    contents.dedup_by(|one, other| one.0 == other.0);
    let mut beside = path.as_os_str().to_owned();
    beside.push(".klar-under-way");
    let beside = PathBuf::from(beside);
    let unwritten =
        || Unable(say!("{place}: the bundle cannot be written; name another with --bundle", place = place(path)));
    let written = pack(&beside, &contents).with_context(unwritten);
    let placed = written.and_then(|()| fs::rename(&beside, path).with_context(unwritten));
    if placed.is_err() {
        drop(fs::remove_file(&beside));
    }
    placed
}

#[expect(clippy::disallowed_methods, reason = "this reads back what run wrote, and packs it")]
fn pack(path: &Path, contents: &Contents) -> Result<()> {
    let mut zip = ZipWriter::new(File::create(path)?);
    for (name, from) in contents {
        let mut file =
            File::open(from).with_context(|| Unable(say!("{place}: cannot be read", place = place(from))))?;
        let is_large = file.metadata()?.len() >= u64::from(u32::MAX);
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644)
            .large_file(is_large);
        zip.start_file(name, options)?;
        io::copy(&mut file, &mut zip)?;
    }
    let mut file = zip.finish()?;
    file.flush()?;
    file.sync_all()?;
    Ok(())
}

/// A bundle that is read.
pub(super) struct Bundle {
    zip: ZipArchive<File>,
    /// Its manifest, as it stands there.
    pub(super) text: Vec<u8>,
    pub(super) set: Manifest,
}

impl Bundle {
    /// Opens a bundle.
    ///
    /// # Errors
    /// When the file is none.
    #[expect(clippy::disallowed_methods, reason = "this reads back what run wrote")]
    pub(super) fn open(path: &Path) -> Result<Self> {
        let file = File::open(path).with_context(|| unopened(path))?;
        let none = |fault: &str| anyhow!("{}: is no bundle of Klar's ({fault})", shown(path));
        let mut zip = ZipArchive::new(file).map_err(|fault| none(&fault.to_string()))?;
        let mut text = Vec::new();
        let unread = |fault: &str| none(&format!("its {MANIFEST} cannot be read: {fault}"));
        let part = zip.by_name(MANIFEST).map_err(|fault| unread(&fault.to_string()))?;
        part.take(LARGEST_MANIFEST).read_to_end(&mut text).map_err(|fault| unread(&fault.to_string()))?;
        let set = manifest::parse(&text, &shown(path))?.ok_or_else(|| none("its manifest.json is cut off"))?;
        Ok(Self { zip, text, set })
    }

    /// The signature of its manifest.
    pub(super) fn signature(&mut self) -> Option<Vec<u8>> {
        let mut text = Vec::new();
        self.zip.by_name(SIGNATURE).ok()?.take(LARGEST_MANIFEST).read_to_end(&mut text).ok()?;
        Some(text)
    }

    /// What differs from the manifest: each name with how it does.
    pub(super) fn differences(&mut self) -> Vec<(String, String)> {
        let mut told = Vec::new();
        let mut known: BTreeSet<String> = [MANIFEST, SIGNATURE].map(str::to_owned).into();
        let set = std::mem::take(&mut self.set);
        for entry in &set.outputs {
            match self.difference(&entry.path, entry) {
                Ok(None) => {}
                Ok(Some(how)) | Err(how) => told.push((entry.path.clone(), how)),
            }
            known.insert(entry.path.clone());
        }
        let names: BTreeSet<String> = self.zip.file_names().filter_map(Result::ok).map(Cow::into_owned).collect();
        for entry in set.inputs.iter().filter(|entry| entry.sha256.is_some()) {
            let name = input_name(&entry.path);
            if names.contains(&name)
                && let Some(how) = self.difference(&name, entry).unwrap_or_else(Some)
            {
                told.push((name.clone(), how));
            }
            known.insert(name);
        }
        for name in names.iter().filter(|name| !known.contains(*name)) {
            if !name.starts_with(INPUTS) {
                told.push((name.clone(), "is none of this set".to_owned()));
            } else if let Err(how) = self.digest(name) {
                // A zip that inputs were read from has its own sums, and no line in the manifest.
                told.push((name.clone(), how));
            }
        }
        self.set = set;
        told
    }

    /// How a file of the bundle differs from what its manifest says.
    fn difference(&mut self, name: &str, entry: &Entry) -> Result<Option<String>, String> {
        let (bytes, digest) = self.digest(name)?;
        Ok(if bytes != entry.bytes {
            Some(format!("differs: it has {bytes} bytes, where {} were written", entry.bytes))
        } else if Some(digest) != entry.sha256 {
            Some("differs: it has as many bytes as were written, but not the same".to_owned())
        } else {
            None
        })
    }

    /// The length and the SHA-256 of a file of the bundle.
    fn digest(&mut self, name: &str) -> Result<(u64, String), String> {
        let mut file = self.zip.by_name(name).map_err(|fault| match fault {
            zip::result::ZipError::FileNotFound => "is missing".to_owned(),
            other => format!("cannot be read ({other})"),
        })?;
        let (mut digest, mut part, mut bytes) = (Sha256::new(), vec![0; 1 << 16], 0);
        loop {
            match file.read(&mut part).map_err(|fault| format!("cannot be read ({fault})"))? {
                0 => return Ok((bytes, manifest::hexadecimal(&digest.finalize()))),
                read => {
                    digest.update(&part[..read]);
                    bytes += read as u64;
                }
            }
        }
    }
}
