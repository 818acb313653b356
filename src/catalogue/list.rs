//! Lists of the catalogue as CSV with comments: read, and refused where they hold nothing or one thing twice.

use std::collections::BTreeMap;

use csv::{Reader, ReaderBuilder};
use serde::de::DeserializeOwned;
use thiserror::Error;

/// Why a list cannot be used.
#[derive(Debug, Error)]
pub enum ListError {
    /// A line is not of the list's shape.
    #[error("{0}")]
    Line(#[from] csv::Error),
    /// It has a heading at most.
    #[error("it lists nothing, and nothing could be judged by it")]
    Empty,
    /// Two lines are of one thing.
    #[error("lines {first} and {second} are both of {name}")]
    Twice {
        /// What both are of.
        name: String,
        /// The earlier line.
        first: u64,
        /// The later line.
        second: u64,
    },
}

/// Reads the rows of a list; `name` tells what a row is of, which no other may be.
pub(super) fn rows<T: DeserializeOwned>(text: &str, name: fn(&T) -> String) -> Result<Vec<T>, ListError> {
    let mut reader: Reader<&[u8]> = ReaderBuilder::new().comment(Some(b'#')).from_reader(text.as_bytes());
    let headings = reader.headers()?.clone();
    let mut rows = Vec::new();
    let mut lines: BTreeMap<String, u64> = BTreeMap::new();
    for record in reader.into_records() {
        let record = record?;
        let line = record.position().map_or(0, csv::Position::line);
        let row: T = record.deserialize(Some(&headings))?;
        let name = name(&row);
        if let Some(first) = lines.insert(name.to_lowercase(), line) {
            return Err(ListError::Twice { name, first, second: line });
        }
        rows.push(row);
    }
    if rows.is_empty() { Err(ListError::Empty) } else { Ok(rows) }
}
