//! An earlier set of reports, named by `--since`: its waves, and its assessment to compare with.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::diff;
use super::load::place;
use super::unable::unable;
use crate::model::Arg;
use crate::record::Recorded;

/// The table of waves in a set of reports.
const WAVES: &str = "waves.csv";

/// The files of an earlier set of reports.
pub(super) struct Since {
    /// The table of its waves.
    pub(super) waves: Option<PathBuf>,
    /// Its assessment.
    record: Option<PathBuf>,
}

impl Since {
    /// Finds the files that a path stands for: those in the folder, those beside an assessment, or a table of waves alone.
    ///
    /// # Errors
    /// When a folder holds neither.
    pub(super) fn of(old: &Path) -> Result<Self> {
        let waves = |folder: &Path| Some(folder.join(WAVES)).filter(|file| file.is_file());
        if old.is_dir() {
            let found = Self { waves: waves(old), record: diff::in_folder(old) };
            if found.waves.is_none() && found.record.is_none() {
                return Err(unable!(
                    "{place}: holds neither an assessment.json nor a {waves}; name the folder of an earlier set of reports",
                    place = place(old),
                    waves = Arg::Word(WAVES)
                ));
            }
            return Ok(found);
        }
        if old.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json")) {
            let beside = old.parent().and_then(waves);
            return Ok(Self { waves: beside, record: Some(old.to_owned()) });
        }
        Ok(Self { waves: Some(old.to_owned()), record: None })
    }

    /// Its files, which are no exports.
    pub(super) fn files(&self) -> impl Iterator<Item = PathBuf> {
        self.waves.iter().chain(&self.record).cloned()
    }

    /// Its assessment, when it holds one.
    ///
    /// # Errors
    /// When that cannot be read.
    pub(super) fn record(&self) -> Result<Option<Recorded<'static>>> {
        self.record.as_deref().map(diff::record).transpose()
    }
}
