//! What sections share: columns, headings, the colour of a readiness and the names of editions.

use super::super::document::{Block, Column, Tone};
use super::super::words;
use crate::catalogue::Edition;
use crate::evaluate::Readiness;

/// A heading without a mark.
pub(in crate::report) fn heading<'a>(id: &str, text: &str) -> Block<'a> {
    Block::Heading { id: id.to_owned(), text: text.to_owned(), mark: None }
}

/// The colour of a readiness.
pub(in crate::report) const fn tone(readiness: Readiness) -> Tone {
    match readiness {
        Readiness::NotReady => Tone::Bad,
        Readiness::Unknown => Tone::Doubt,
        Readiness::ReadyWithConditions => Tone::Fair,
        Readiness::Ready => Tone::Good,
    }
}

/// Columns from heading, weight and whether they hold numbers.
pub(in crate::report) fn columns(columns: &[(&str, u16, bool)]) -> Vec<Column> {
    columns
        .iter()
        .map(|(title, weight, numeric)| Column { title: (*title).to_owned(), weight: *weight, numeric: *numeric })
        .collect()
}

/// "Azure Site Recovery 2026-10", where room is short.
pub(super) fn edition_name(edition: &Edition) -> String {
    format!("{} {}", words::target(edition.target), edition.edition)
}

/// "Azure Site Recovery, edition 2026-10".
pub(in crate::report) fn edition_title(edition: &Edition) -> String {
    format!("{}, edition {}", words::target(edition.target), edition.edition)
}
