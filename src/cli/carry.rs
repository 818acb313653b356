//! What the configuration file carries through.

use serde::Deserialize;
use toml::Spanned;

use super::source::{ConfigError, Source};
use crate::ingest::recognise::heading_key;

/// The section `[carry]` as it is written.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CarryPart {
    #[serde(default)]
    columns: Vec<Spanned<String>>,
}

impl Source<'_> {
    /// The headings of columns to carry through, each once.
    pub(super) fn carried(&self, part: &CarryPart) -> Result<Vec<String>, ConfigError> {
        let mut keys: Vec<String> = Vec::new();
        for heading in &part.columns {
            let key = heading_key(heading.get_ref());
            let wrong = |problem: &'static str| Err(self.error("columns", heading.span(), problem));
            if key.is_empty() {
                return wrong("names a heading without a letter or digit. Write the heading as the input has it.");
            }
            if keys.contains(&key) {
                return wrong("names a heading twice; case, spaces and accents do not count. Name it once.");
            }
            keys.push(key);
        }
        let one_line = |heading: &Spanned<String>| heading.get_ref().split_whitespace().collect::<Vec<_>>().join(" ");
        Ok(part.columns.iter().map(one_line).collect())
    }
}
