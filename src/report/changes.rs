//! A comparison of two assessments in the forms that `klar diff` gives it.

use super::language::Language;
use super::view::CsvKind;
use super::{csv, story, tables, terminal};
use crate::record::Changes;

/// For people at a terminal.
#[must_use]
pub fn text(changes: &Changes, language: Language) -> String {
    terminal::write(&story::changes(changes, "--format csv").said(language))
}

/// A row per change, as `changes.csv` has them.
///
/// # Panics
/// Never: writing to memory does not fail.
#[must_use]
pub fn csv(changes: &Changes, kind: CsvKind) -> String {
    let mut bytes = Vec::new();
    csv::write(&tables::changes(changes), kind, &mut bytes).expect("writing to memory does not fail");
    String::from_utf8(bytes).expect("tables are written as UTF-8")
}

/// For programs.
///
/// # Panics
/// Never: texts and numbers are JSON.
#[must_use]
pub fn json(changes: &Changes) -> String {
    let mut text = serde_json::to_string_pretty(changes).expect("texts and numbers are JSON");
    text.push('\n');
    text
}
