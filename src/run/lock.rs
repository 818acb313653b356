//! The hidden place in a folder of reports where a set is made, held by one run at a time.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::load::place;
use super::unable::{Unable, unable};
use crate::model::say;

/// The name of the hidden folder.
const UNDER_WAY: &str = ".klar-under-way";
/// The file in it that the run holds a lock on, which the system gives up whatever ends the run.
const LOCK: &str = "lock";
/// How often a place is asked for that another run is just clearing away.
const TRIES: usize = 20;

/// A hidden folder that only this run writes to.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) path: PathBuf,
    /// Whether it holds what the next run has to complete.
    pub(super) is_needed: bool,
    lock: Option<File>,
}

impl Place {
    /// Takes the place in a folder of reports.
    ///
    /// # Errors
    /// When another run has it, or nothing can be written to the folder.
    pub(super) fn take(folder: &Path) -> Result<Self> {
        let path = folder.join(UNDER_WAY);
        let unwritable = || unwritable(folder);
        for _ in 0..TRIES {
            fs::create_dir_all(&path).with_context(unwritable)?;
            let file = path.join(LOCK);
            #[expect(clippy::disallowed_methods, reason = "the lock is a file of run's own")]
            let lock = match File::create(&file) {
                // The run that had it has just cleared it away.
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                created => created.with_context(unwritable)?,
            };
            match lock.try_lock() {
                Ok(()) if is_at(&lock, &file) => return Ok(Self { path, is_needed: false, lock: Some(lock) }),
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    return Err(unable!(
                        "{place}: another run of Klar is writing there. Wait until it has ended, or name another folder with --output",
                        place = place(folder)
                    ));
                }
                // Some network drives know no locks; there, two runs at once are the user's to avoid.
                Err(TryLockError::Error(_)) => return Ok(Self { path, is_needed: false, lock: Some(lock) }),
            }
        }
        Err(unable!(
            "{place}: other runs of Klar keep writing there; name another folder with --output",
            place = place(folder)
        ))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if self.is_needed {
            return;
        }
        // What cannot be cleared away now is by the next run. The lock's file goes while it is held, where the system
        // allows, so that no other run takes hold of a file that is about to go.
        let lock = self.lock.take();
        if fs::remove_dir_all(&self.path).is_err() {
            drop(lock);
            drop(fs::remove_dir_all(&self.path));
        }
    }
}

/// Whether a file that was opened still stands at its path.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let number = |about: fs::Metadata| (about.dev(), about.ino());
    file.metadata().map(number).ok() == fs::metadata(path).map(number).ok()
}

/// Whether a file that was opened still stands at its path.
#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> bool {
    path.exists()
}

/// What is said of a folder that nothing can be put into.
pub(super) fn unwritable(folder: &Path) -> Unable {
    Unable(say!("{place}: nothing can be written to the folder", place = place(folder)))
}
