//! What is wrong with a configuration file, and where.

use std::error::Error;
use std::fmt;
use std::ops::Range;

use toml::Spanned;

use crate::model::{Arg, Identity, Phrase, say};

/// What is wrong with a configuration file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// The key, empty when no single one is meant.
    pub key: String,
    /// What is wrong, and what to do.
    pub problem: Phrase,
}

impl ConfigError {
    /// All of it in a sentence, not yet said.
    #[must_use]
    pub fn told(&self) -> Phrase {
        let (file, line) = (Arg::named(Identity::File, &self.file), Arg::at(self.line));
        let (key, problem) = (Arg::text(&self.key), self.problem.clone());
        if self.key.is_empty() {
            return say!("{file}, line {line}: {problem}", file = file, line = line, problem = problem);
        }
        say!("{file}, line {line}, {key}: {problem}", file = file, line = line, key = key, problem = problem)
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.told().fmt(out)
    }
}

impl Error for ConfigError {}

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

    pub(super) fn error(&self, key: &str, span: Range<usize>, problem: impl Into<Phrase>) -> ConfigError {
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
