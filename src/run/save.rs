//! Reports written beside their places and renamed into them together, so that no half-written report stands there and
//! none beside another run's.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use tempfile::NamedTempFile;

/// What the names of files under way begin with.
const UNDER_WAY: &str = ".klar-under-way-";

/// A folder that reports are written to.
pub(super) struct Folder {
    path: PathBuf,
    /// Reports written whole, each with the place that it is to stand in.
    whole: Vec<(NamedTempFile, PathBuf)>,
}

impl Folder {
    /// Makes the folder if need be, and makes sure before any work that it can be written to.
    ///
    /// # Errors
    /// When it is a file, cannot be made, or cannot be written to.
    pub(super) fn open(path: &Path) -> Result<Self> {
        if path.exists() && !path.is_dir() {
            bail!(
                "{}: is a file, where a folder for the reports is needed; name another with --output",
                path.display()
            );
        }
        fs::create_dir_all(path)
            .with_context(|| format!("{}: the folder cannot be made; name another with --output", path.display()))?;
        let folder = Self { path: path.to_owned(), whole: Vec::new() };
        folder.clear_under_way();
        drop(folder.begin()?);
        Ok(folder)
    }

    /// Writes a report of a name, which stands there once the folder is [finished](Self::finish).
    ///
    /// # Errors
    /// When writing fails, for example because the disk is full; no report then stands there that did not before.
    pub(super) fn save<T>(
        &mut self,
        name: &str,
        write: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<T>,
    ) -> Result<T> {
        let place = self.path(name);
        let mut file = self.begin()?;
        let mut out = BufWriter::with_capacity(1 << 20, file.as_file_mut());
        let written = write(&mut out).and_then(|written| out.flush().map(|()| written));
        drop(out);
        let written = written.map_err(|error| not_written(&place, &error))?;
        self.whole.push((file, place));
        Ok(written)
    }

    /// Puts every report in its place.
    ///
    /// # Errors
    /// When one cannot be put there, for example because another program holds it open.
    pub(super) fn finish(&mut self) -> Result<()> {
        for (file, place) in self.whole.drain(..) {
            file.persist(&place).map_err(|error| not_written(&place, &error.error))?;
        }
        Ok(())
    }

    /// The path of a report.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    fn begin(&self) -> Result<NamedTempFile> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(UNDER_WAY);
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644));
        builder
            .tempfile_in(&self.path)
            .with_context(|| format!("{}: nothing can be written to the folder", self.path.display()))
    }

    /// Removes what a run that was interrupted left behind.
    fn clear_under_way(&self) {
        let Ok(entries) = fs::read_dir(&self.path) else { return };
        for entry in entries.filter_map(Result::ok) {
            if entry.file_name().to_string_lossy().starts_with(UNDER_WAY) {
                // Another run may be using the folder; what cannot be removed is left.
                drop(fs::remove_file(entry.path()));
            }
        }
    }
}

/// Which report could not be written, why, and what to do about it.
fn not_written(place: &Path, error: &io::Error) -> anyhow::Error {
    let remedy = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            "make room there, or name another folder with --output"
        }
        _ => "close the program that holds it, or name another folder with --output",
    };
    anyhow!("{}: could not be written ({error}); {remedy}", place.display())
}
