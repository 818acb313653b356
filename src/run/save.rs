//! Reports written beside their place and renamed into it, so that no half-written report stands there.

use std::fs;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// What the names of files under way begin with.
const UNDER_WAY: &str = ".klar-under-way-";

/// A folder that reports are written to.
pub(super) struct Folder(PathBuf);

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
        fs::create_dir_all(path).with_context(|| format!("{}: the folder cannot be made", path.display()))?;
        let folder = Self(path.to_owned());
        folder.clear_under_way();
        drop(folder.begin()?);
        Ok(folder)
    }

    /// Writes a report of a name.
    ///
    /// # Errors
    /// When writing fails, for example because the disk is full; nothing then stands under the name that did not before.
    pub(super) fn save<T>(
        &self,
        name: &str,
        write: impl FnOnce(&mut (dyn Write + Send)) -> std::io::Result<T>,
    ) -> Result<T> {
        let place = self.0.join(name);
        let failed = || format!("{}: could not be written", place.display());
        let file = self.begin()?;
        let mut out = BufWriter::with_capacity(1 << 20, file);
        let written = write(&mut out).with_context(failed)?;
        let file = out.into_inner().map_err(std::io::IntoInnerError::into_error).with_context(failed)?;
        file.persist(&place).map_err(|error| error.error).with_context(failed)?;
        Ok(written)
    }

    /// The path of a report.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn begin(&self) -> Result<tempfile::NamedTempFile> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(UNDER_WAY);
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644));
        builder
            .tempfile_in(&self.0)
            .with_context(|| format!("{}: nothing can be written to the folder", self.0.display()))
    }

    /// Removes what a run that was interrupted left behind.
    fn clear_under_way(&self) {
        let Ok(entries) = fs::read_dir(&self.0) else { return };
        for entry in entries.filter_map(Result::ok) {
            if entry.file_name().to_string_lossy().starts_with(UNDER_WAY) {
                // Another run may be using the folder; what cannot be removed is left.
                drop(fs::remove_file(entry.path()));
            }
        }
    }
}
