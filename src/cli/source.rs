//! What is wrong with a configuration file, and where.

use std::ops::Range;

use thiserror::Error;
use toml::Spanned;

/// What is wrong with a configuration file.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{file}, line {line}{}{key}: {problem}", if key.is_empty() { "" } else { ", " })]
pub struct ConfigError {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// The key, empty when no single one is meant.
    pub key: String,
    /// What is wrong, and what to do.
    pub problem: String,
}

/// A configuration file's name and text, which every error speaks of, and where its lines end.
pub(super) struct Source<'a> {
    pub(super) file: &'a str,
    pub(super) text: &'a str,
    pub(super) line_ends: Vec<usize>,
}

impl Source<'_> {
    pub(super) fn line(&self, at: usize) -> u32 {
        let before = self.line_ends.partition_point(|end| *end < at);
        u32::try_from(before + 1).unwrap_or(u32::MAX)
    }

    pub(super) fn error(&self, key: &str, span: Range<usize>, problem: impl Into<String>) -> ConfigError {
        ConfigError {
            file: self.file.to_owned(),
            line: self.line(span.start),
            key: key.to_owned(),
            problem: problem.into(),
        }
    }

    pub(super) fn text<'t>(&self, key: &str, text: &'t Spanned<String>) -> Result<&'t str, ConfigError> {
        let trimmed = text.get_ref().trim();
        if trimmed.is_empty() {
            return Err(self.error(key, text.span(), "is empty. Say it, so that a reader of the report can ask."));
        }
        Ok(trimmed)
    }
}
