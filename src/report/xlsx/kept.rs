//! What people entered into an earlier workbook: owner, status, due date and comment of its actions and findings.

use std::collections::BTreeMap;

use super::entry::{CLOSED, ENTRIES, Entered, Entry};
use crate::ingest::open::open;
use crate::ingest::source::Source;
use crate::ingest::table::{Grid, Row, Value};
use crate::report::language::Language;
use crate::tables::heading;

/// The entries of an earlier workbook, by the identifier of what they were made for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kept {
    pub(super) actions: BTreeMap<String, Entry>,
    pub(super) findings: BTreeMap<String, Entry>,
}

impl Kept {
    /// Reads the entries of a workbook that an earlier run wrote.
    ///
    /// # Errors
    /// The sentence that says why it cannot be read, or that it is no such workbook.
    pub fn read(file: &str, bytes: Vec<u8>, languages: &[Language]) -> Result<Self, String> {
        let source = Source { path: file.to_owned(), bytes, sha256: String::new() };
        let reading = open(&source);
        if let Some(refused) = reading.refused {
            return Err(refused.to_string());
        }
        let mut kept = Self::default();
        let mut is_klars = false;
        for grid in &reading.grids {
            let name = grid.sheet.trim_end_matches(|letter: char| letter.is_ascii_digit() || letter == ' ');
            let is = |sheet: &'static str| languages.iter().any(|language| language.words(sheet) == name);
            let read = |id| Heads::of(grid, id, languages);
            if is("Actions") {
                is_klars |= take(read("action_id"), grid, "action_id", &["what_is_wrong", "target"], &mut kept.actions);
            } else if is("Findings") {
                is_klars |= take(read("finding_id"), grid, "finding_id", &["message", "subject"], &mut kept.findings);
            } else if is(CLOSED) {
                kept.take_closed(grid, languages);
            }
        }
        if is_klars { Ok(kept) } else { Err(format!("{file} has no sheet Actions or Findings that Klar wrote.")) }
    }

    /// Whether nothing was entered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.actions.is_empty() && self.findings.is_empty()
    }

    fn take_closed(&mut self, grid: &Grid, languages: &[Language]) {
        let Some(heads) = Heads::of(grid, "id", languages) else { return };
        let is_action = |kind: &str| languages.iter().any(|language| language.words("action") == kind);
        for row in grid.rows().skip(1) {
            let Some(id) = heads.text(row, "id") else { continue };
            let entry = Entry { cells: heads.entries(row), what: heads.text(row, "what_it_was").unwrap_or_default() };
            if heads.text(row, "kind").is_some_and(|kind| is_action(&kind)) {
                &mut self.actions
            } else {
                &mut self.findings
            }
            .entry(id)
            .or_insert(entry);
        }
    }
}

/// Takes the entries of a sheet; whether it is one that Klar wrote.
fn take(heads: Option<Heads>, grid: &Grid, id: &str, told: &[&str], entries: &mut BTreeMap<String, Entry>) -> bool {
    let Some(heads) = heads else { return false };
    for row in grid.rows().skip(1) {
        let cells = heads.entries(row);
        let Some(id) = heads.text(row, id).filter(|_| cells.iter().any(|cell| *cell != Entered::Nothing)) else {
            continue;
        };
        let what: Vec<String> = told.iter().filter_map(|name| heads.text(row, name)).collect();
        entries.insert(id, Entry { cells, what: what.join(" | ") });
    }
    true
}

/// The columns of a sheet by their names: headings are shown as people read them, in the language of the report.
struct Heads(BTreeMap<&'static str, u16>);

/// The columns that entries are read from.
const NAMES: [&str; 9] =
    ["action_id", "finding_id", "id", "kind", "what_it_was", "what_is_wrong", "target", "message", "subject"];

impl Heads {
    fn of(grid: &Grid, id: &str, languages: &[Language]) -> Option<Self> {
        if grid.row_count() == 0 {
            return None;
        }
        let texts: Vec<(u16, &str)> = grid
            .row(0)
            .cells()
            .filter_map(|(column, value)| match value {
                Value::Text(text) => Some((column, &**text)),
                Value::Number(_) | Value::Bool(_) | Value::Date(_) | Value::Error(_) => None,
            })
            .collect();
        let column = |name: &'static str| {
            let shown = heading(name);
            let is_it = |text: &str| languages.iter().any(|language| language.speech().words(&shown) == text);
            texts.iter().find(|(_, text)| is_it(text)).map(|(column, _)| (name, *column))
        };
        let heads: BTreeMap<&'static str, u16> = NAMES.into_iter().chain(ENTRIES).filter_map(column).collect();
        heads.contains_key(id).then_some(Self(heads))
    }

    fn text(&self, row: Row<'_>, name: &str) -> Option<String> {
        match row.get(*self.0.get(name)?)? {
            Value::Text(text) => Some(text.to_string()).filter(|text| !text.trim().is_empty()),
            Value::Number(number) => Some(number.to_string()),
            Value::Bool(_) | Value::Date(_) | Value::Error(_) => None,
        }
    }

    fn entries(&self, row: Row<'_>) -> [Entered; 4] {
        ENTRIES.map(|name| match self.0.get(name).and_then(|column| row.get(*column)) {
            Some(Value::Text(text)) if !text.trim().is_empty() => Entered::Text(text.to_string()),
            Some(Value::Number(number)) => Entered::Number(number),
            Some(Value::Date(days)) => Entered::Date(days),
            Some(Value::Bool(truth)) => Entered::Text(truth.to_string()),
            Some(Value::Text(_) | Value::Error(_)) | None => Entered::Nothing,
        })
    }
}
