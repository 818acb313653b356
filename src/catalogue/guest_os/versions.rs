//! Lists of versions as the catalogue writes them, and answers that may hang on a version not known.

use std::str::FromStr;

use crate::model::words;

words! {
    /// Whether a published list names a guest.
    Support {
        /// It does.
        Yes = "yes",
        /// It does not.
        No = "no",
        /// It names some versions of the product, and the guest's version is not known.
        MinorUnknown = "minor-unknown",
        /// No list at hand speaks of the product.
        Unpublished = "unpublished",
    }
}

impl Support {
    /// The answer of a list that names a product whole (`true` and no versions), in part, or not at all.
    pub(super) fn listed(named: Option<bool>, versions: &Versions, version: Option<&str>) -> Self {
        match (named, version) {
            (None, _) => Self::Unpublished,
            (Some(true), _) if versions.is_empty() => Self::Yes,
            (Some(true), None) => Self::MinorUnknown,
            (Some(true), Some(version)) if versions.hold(version) => Self::Yes,
            (Some(false), _) | (Some(true), Some(_)) => Self::No,
        }
    }
}

/// Versions of a product: single ones, ranges and open ranges.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Versions(Vec<Span>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Span {
    lowest: Vec<u32>,
    /// `None` for an open range.
    highest: Option<Vec<u32>>,
}

impl Versions {
    /// Whether nothing is listed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a version is among them; "8.10" is after "8.9", and a text that is no version is not among them.
    #[must_use]
    pub fn hold(&self, version: &str) -> bool {
        parts(version).is_some_and(|version| {
            self.0
                .iter()
                .any(|span| span.lowest <= version && span.highest.as_ref().is_none_or(|highest| version <= *highest))
        })
    }

    /// Reads a list such as `["7.0", "7.4-7.9", "8.6+"]`.
    ///
    /// # Errors
    /// The first text that is neither.
    pub fn read(list: &[String]) -> Result<Self, String> {
        list.iter().map(|text| text.parse()).collect::<Result<_, _>>().map(Self)
    }
}

impl FromStr for Span {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let number = |part: &str| parts(part).ok_or_else(|| format!("`{part}` in `{text}` is no version"));
        if let Some(lowest) = text.strip_suffix('+') {
            return Ok(Self { lowest: number(lowest)?, highest: None });
        }
        let (lowest, highest) = text.split_once('-').unwrap_or((text, text));
        let span = Self { lowest: number(lowest)?, highest: Some(number(highest)?) };
        if span.highest.as_ref() < Some(&span.lowest) {
            return Err(format!("`{text}` ends before it starts"));
        }
        Ok(span)
    }
}

/// The numbers of a dotted version; `None` for any other text.
pub(super) fn parts(version: &str) -> Option<Vec<u32>> {
    version.split('.').map(|part| part.parse().ok()).collect()
}
