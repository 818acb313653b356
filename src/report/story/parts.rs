//! What sections share: columns, headings, the colour of a readiness and the names of editions.

use super::super::phrased::{Block, Column, Fact, Tone};
use super::super::words;
use crate::catalogue::Edition;
use crate::evaluate::Readiness;
use crate::model::{Arg, Phrase, say};

/// A heading without a mark.
pub(in crate::report) fn heading<'a>(id: &str, text: impl Into<Phrase>) -> Block<'a> {
    Block::Heading { id: id.to_owned(), text: text.into(), mark: None }
}

/// A label with its value.
pub(super) fn fact(label: impl Into<Phrase>, value: impl Into<Phrase>) -> Fact {
    Fact { label: label.into(), value: value.into().into() }
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
pub(in crate::report) fn columns(columns: &[(&'static str, u16, bool)]) -> Vec<Column> {
    columns
        .iter()
        .map(|(title, weight, numeric)| Column { title: (*title).into(), weight: *weight, numeric: *numeric })
        .collect()
}

/// "Azure Site Recovery 2026-10", where room is short.
pub(in crate::report) fn edition_name(edition: &Edition) -> Phrase {
    say!("{target} {edition}", target = Arg::Word(words::target(edition.target)), edition = Arg::text(&edition.edition))
}

/// "Azure Site Recovery, edition 2026-10".
pub(in crate::report) fn edition_title(edition: &Edition) -> Phrase {
    say!(
        "{target}, edition {edition}",
        target = Arg::Word(words::target(edition.target)),
        edition = Arg::text(&edition.edition)
    )
}
