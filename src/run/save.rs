//! A set of reports, made whole in a hidden folder and then put in place: what stands in the folder is all of the old set
//! or all of the new one, and `manifest.json` stands there only when the set is whole.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use super::load::place;
use super::lock::{Place, unwritable};
use super::manifest::{self, Entry, MANIFEST, Manifest};
use super::sign::{SIGNATURE, Signer};
use super::unable::{Unable, unable};
use crate::model::{Arg, say};

/// In the hidden folder: reports written, and the manifest of their set.
const NEW: &str = "new";
/// In the hidden folder: files of the set before, moved out of the way.
const OLD: &str = "old";
/// In the hidden folder: says that the new set is whole and is being put in place.
const READY: &str = "ready";

/// What tells of the set and is none of its reports; the manifest comes last.
const FRAME: [&str; 2] = [SIGNATURE, MANIFEST];

/// What the names of files under way began with before there was a hidden folder.
const EARLIER_VERSIONS: &str = ".klar-under-way-";

/// A folder that reports are written to.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    hidden: Place,
    /// Where files of this set or of the one before stand, by their paths without links.
    taken: BTreeSet<PathBuf>,
    /// Reports written whole.
    written: Vec<Entry>,
    /// A file that stands where a report will be and is none of the set before.
    foreign: Option<String>,
}

impl Folder {
    /// Makes the folder if need be, and makes sure before any work that it can be written to. A set that an interrupted
    /// run left half in place is completed, and one that it had not finished is cleared away.
    ///
    /// # Errors
    /// When it is a file, cannot be made, cannot be written to, or another run is writing to it.
    pub(super) fn open(path: &Path, names: &[String]) -> Result<Self> {
        if path.exists() && !path.is_dir() {
            return Err(unable!(
                "{place}: is a file, where a folder for the reports is needed; name another with --output",
                place = place(path)
            ));
        }
        fs::create_dir_all(path).with_context(|| {
            Unable(say!("{place}: the folder cannot be made; name another with --output", place = place(path)))
        })?;
        let hidden = Place::take(path)?;
        let mut folder =
            Self { path: path.to_owned(), hidden, taken: BTreeSet::new(), written: Vec::new(), foreign: None };
        if folder.hidden(READY).exists() {
            folder.complete()?;
        }
        folder.clear()?;
        let earlier = folder.earlier()?;
        let is_ours = |name: &String| earlier.outputs.iter().any(|entry| entry.path == *name);
        folder.foreign = names.iter().find(|name| !is_ours(name) && path.join(name).exists()).cloned();
        let names = names.iter().chain(earlier.outputs.iter().map(|entry| &entry.path)).map(String::as_str);
        // Asking the system for each real path finds it also where names differ only in case.
        folder.taken = names.chain(FRAME).filter_map(|name| path.join(name).canonicalize().ok()).collect();
        Ok(folder)
    }

    /// Makes sure that a file is not where a report is or will be.
    ///
    /// # Errors
    /// When it is.
    pub(super) fn keep_clear(&self, file: &Path, real: &Path) -> Result<()> {
        if self.taken.contains(real) {
            return Err(unable!(
                "{place}: a report would be written over it. Move it out of {folder}, or name another folder with --output",
                place = place(file),
                folder = place(&self.path)
            ));
        }
        Ok(())
    }

    /// Makes sure that no file of anybody else stands where a report will be.
    ///
    /// # Errors
    /// When one does, which no manifest of the folder names.
    pub(super) fn spare_others(&self) -> Result<()> {
        let Some(name) = &self.foreign else { return Ok(()) };
        Err(unable!(
            "{place}: is no report of Klar's that the manifest of its folder names, and a report of that name would be written over it. Move it elsewhere, or name another folder with --output",
            place = place(&self.path(name))
        ))
    }

    /// Writes a report of a name, which stands in the folder once it is [finished](Self::finish).
    ///
    /// # Errors
    /// When writing fails, for example because the disk is full; the reports that stand there stay.
    pub(super) fn save<T>(
        &mut self,
        name: &str,
        write: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<T>,
    ) -> Result<T> {
        let place = self.path(name);
        let begun = self.begin(name).map_err(|error| not_written(&place, &error))?;
        let mut out = BufWriter::with_capacity(1 << 20, begun);
        let written = write(&mut out).and_then(|written| out.flush().map(|()| written));
        let written = written.map_err(|error| not_written(&place, &error))?;
        let Counted { file, bytes, digest } = out.into_inner().map_err(|error| not_written(&place, error.error()))?;
        file.sync_all().map_err(|error| not_written(&place, &error))?;
        self.written.push(Entry {
            path: name.to_owned(),
            bytes,
            sha256: Some(manifest::hexadecimal(&digest.finalize())),
        });
        Ok(written)
    }

    /// Puts the set in place, and removes what only the set before had.
    ///
    /// # Errors
    /// When a report cannot be put in its place, for example because another program holds it open; the set before then
    /// stands there as it did.
    pub(super) fn finish(&mut self, mut manifest: Manifest, signer: Option<&Signer>) -> Result<()> {
        for Entry { path, .. } in &self.written {
            let place = self.path(path);
            if place.is_dir() {
                let error = io::Error::new(io::ErrorKind::IsADirectory, "a folder has its name");
                return Err(not_written(&place, &error));
            }
        }
        manifest.outputs = std::mem::take(&mut self.written);
        manifest.outputs.sort_by(|one, other| one.path.cmp(&other.path));
        let text = manifest.sealed();
        if let Some(signer) = signer {
            let signature = signer.signature(text.as_bytes())?;
            let put = self.put_down(NEW, SIGNATURE, signature.as_bytes());
            put.map_err(|error| not_written(&self.path(SIGNATURE), &error))?;
        }
        self.put_down(NEW, MANIFEST, text.as_bytes()).map_err(|error| not_written(&self.path(MANIFEST), &error))?;
        self.put_down("", READY, b"").map_err(|error| not_written(&self.path(MANIFEST), &error))?;
        self.complete()
    }

    /// The path of a report.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    fn hidden(&self, name: &str) -> PathBuf {
        self.hidden.path.join(name)
    }

    #[expect(clippy::disallowed_methods, reason = "this is the place that writes reports, hidden until they are whole")]
    fn begin(&self, name: &str) -> io::Result<Counted> {
        let path = self.hidden(NEW).join(name);
        if let Some(above) = path.parent() {
            fs::create_dir_all(above)?;
        }
        Ok(Counted { file: File::create(path)?, bytes: 0, digest: Sha256::new() })
    }

    /// Writes a small file of the hidden folder for good.
    fn put_down(&self, folder: &str, name: &str, content: &[u8]) -> io::Result<()> {
        let folder = self.hidden(folder);
        #[expect(clippy::disallowed_methods, reason = "this is the place that writes reports")]
        let mut file = File::create(folder.join(name))?;
        file.write_all(content)?;
        file.sync_all()?;
        sync(&folder)
    }

    /// What the set that stands in the folder is, as far as a manifest tells; a file of the name that is no manifest
    /// tells nothing.
    fn earlier(&self) -> Result<Manifest> {
        let moved = self.hidden(OLD).join(MANIFEST);
        let place = if moved.exists() { moved } else { self.path(MANIFEST) };
        Ok(manifest::read(&place)?.unwrap_or_default())
    }

    /// Puts a set that is whole in place, from wherever an earlier attempt may have stopped.
    fn complete(&mut self) -> Result<()> {
        // The manifest goes last: without one, everything is in place.
        if let Some(new) = manifest::read(&self.hidden(NEW).join(MANIFEST))? {
            self.hidden.is_needed = true;
            if let Err(error) = self.swap(&new) {
                self.hidden.is_needed = self.restore(&new).is_err();
                return Err(error);
            }
            self.hidden.is_needed = false;
        }
        self.clear()
    }

    fn swap(&self, new: &Manifest) -> Result<()> {
        let earlier = self.earlier()?;
        let failed = |name: &str| {
            let place = self.path(name);
            move |error: io::Error| not_written(&place, &error)
        };
        for name in FRAME {
            self.move_aside(name).map_err(failed(name))?;
        }
        sync(&self.path).map_err(failed(MANIFEST))?;
        let names: BTreeSet<&str> = new.outputs.iter().map(|entry| entry.path.as_str()).collect();
        for entry in &earlier.outputs {
            // A file that someone has worked in since is no longer only Klar's.
            if !names.contains(entry.path.as_str()) && manifest::fits(&self.path(&entry.path), entry) {
                self.move_aside(&entry.path).map_err(failed(&entry.path))?;
            }
        }
        for name in &names {
            if self.hidden(NEW).join(name).exists() {
                self.move_aside(name).map_err(failed(name))?;
            }
        }
        for name in names.iter().copied().chain(FRAME) {
            if name == MANIFEST {
                sync(&self.path).map_err(failed(name))?;
            }
            self.move_in(name).map_err(failed(name))?;
        }
        for entry in &earlier.outputs {
            if let Some(above) = Path::new(&entry.path).parent().filter(|above| !above.as_os_str().is_empty()) {
                // It goes when it is empty, and stays when it holds anything.
                drop(fs::remove_dir(self.path.join(above)));
            }
        }
        sync(&self.path).map_err(failed(MANIFEST))
    }

    /// Moves a file of the set before out of the way, if there is one.
    fn move_aside(&self, name: &str) -> io::Result<()> {
        let aside = self.hidden(OLD).join(name);
        if let Some(above) = aside.parent() {
            fs::create_dir_all(above)?;
        }
        gone_is_fine(fs::rename(self.path(name), aside))
    }

    /// Moves a file of the new set in place, unless it is there already.
    fn move_in(&self, name: &str) -> io::Result<()> {
        let place = self.path(name);
        if let Some(above) = place.parent() {
            fs::create_dir_all(above)?;
        }
        gone_is_fine(fs::rename(self.hidden(NEW).join(name), place))
    }

    /// Puts the set before back, its manifest last, so that nothing is left to complete.
    fn restore(&self, new: &Manifest) -> Result<()> {
        let earlier = self.earlier()?;
        let new: Vec<&str> = new.outputs.iter().map(|entry| entry.path.as_str()).chain(FRAME).collect();
        for name in &new {
            // What is no longer in the hidden folder was moved in.
            let made = self.hidden(NEW).join(name);
            if !made.exists() {
                gone_is_fine(fs::rename(self.path(name), made))?;
            }
        }
        for name in earlier.outputs.iter().map(|entry| entry.path.as_str()).chain(new) {
            gone_is_fine(fs::rename(self.hidden(OLD).join(name), self.path(name)))?;
        }
        fs::remove_file(self.hidden(READY))?;
        Ok(())
    }

    /// Clears the hidden folder for a new set, and away what earlier versions of Klar left beside it.
    fn clear(&self) -> Result<()> {
        for entry in fs::read_dir(&self.path).into_iter().flatten().flatten() {
            if entry.file_name().to_string_lossy().starts_with(EARLIER_VERSIONS) {
                drop(fs::remove_file(entry.path()));
            }
        }
        for name in [READY, OLD, NEW] {
            let path = self.hidden(name);
            let cleared = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
            gone_is_fine(cleared)
                .with_context(|| Unable(say!("{place}: cannot be cleared away", place = place(&path))))?;
        }
        fs::create_dir_all(self.hidden(NEW)).with_context(|| unwritable(&self.path))
    }
}

/// A file under way, with what its manifest tells of it.
#[derive(Debug)]
struct Counted {
    file: File,
    bytes: u64,
    digest: Sha256,
}

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.digest.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

fn gone_is_fine(done: io::Result<()>) -> io::Result<()> {
    match done {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

/// Makes sure that names put into a folder stay there when the power fails.
#[cfg(unix)]
fn sync(folder: &Path) -> io::Result<()> {
    #[expect(clippy::disallowed_methods, reason = "a folder is synced by opening it")]
    File::open(folder)?.sync_all()
}

/// Makes sure that names put into a folder stay there when the power fails, which is the system's own care here.
#[cfg(not(unix))]
fn sync(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Which report could not be written, why, and what to do about it.
fn not_written(file: &Path, error: &io::Error) -> anyhow::Error {
    let remedy = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            "make room there, or name another folder with --output"
        }
        _ => "close the program that holds it, or name another folder with --output",
    };
    unable!(
        "{place}: could not be written ({error}); {remedy}. The reports that stood there are unchanged",
        place = place(file),
        error = Arg::text(&error.to_string()),
        remedy = Arg::Word(remedy)
    )
}
