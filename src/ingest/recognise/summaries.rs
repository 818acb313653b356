//! Words that tell tables which count machines by what they have in common.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::heading::key;

/// The words, as the data file has them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SummariesFile {
    counts: Vec<String>,
    labels: Vec<String>,
    begins: Vec<String>,
    systems: Vec<String>,
}

/// What tells tables that sum up.
#[derive(Debug)]
pub(super) struct Summaries {
    /// Headings of how many there are in each row, and over what a pivot table groups by, as keys.
    counts: BTreeSet<String>,
    labels: BTreeSet<String>,
    /// How a pivot table's headings of sums begin, in lower case.
    begins: Vec<String>,
    /// How names of operating systems begin, in lower case.
    systems: Vec<String>,
}

impl Summaries {
    pub(super) fn of(file: &SummariesFile) -> Self {
        let keys = |texts: &[String]| texts.iter().map(|text| key(text)).collect();
        let lower = |texts: &[String]| texts.iter().map(|text| text.to_lowercase()).collect();
        Self {
            counts: keys(&file.counts),
            labels: keys(&file.labels),
            begins: lower(&file.begins),
            systems: lower(&file.systems),
        }
    }

    /// Whether a heading says that its column tells how many.
    pub(super) fn counts(&self, heading: &str) -> bool {
        let lower = heading.trim().to_lowercase();
        self.counts.contains(&key(heading)) || self.begins.iter().any(|begin| lower.starts_with(begin.as_str()))
    }

    /// Whether a heading stands over what a pivot table groups by.
    pub(super) fn is_label(&self, heading: &str) -> bool {
        self.labels.contains(&key(heading))
    }

    /// Whether a text is the name of an operating system.
    pub(super) fn is_system(&self, text: &str) -> bool {
        let lower = text.trim().to_lowercase();
        let goes_on = |begin: &String| {
            lower.strip_prefix(begin.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '(']))
        };
        self.systems.iter().any(goes_on)
    }
}
