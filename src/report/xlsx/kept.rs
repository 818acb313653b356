//! What people entered into an earlier workbook: owner, status, due date and comment of its actions and findings.

use std::collections::BTreeMap;

use super::entry::{CLOSED, ENTRIES, Entered, Entry};
use super::sheet::name_of;
use crate::ingest::open::open;
use crate::ingest::source::Source;
use crate::ingest::table::{Grid, Row, Value};

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
    pub fn read(file: &str, bytes: Vec<u8>) -> Result<Self, String> {
        let source = Source { path: file.to_owned(), bytes, sha256: String::new() };
        let reading = open(&source);
        if let Some(refused) = reading.refused {
            return Err(refused.to_string());
        }
        let mut kept = Self::default();
        let mut is_klars = false;
        for grid in &reading.grids {
            let name = grid.sheet.trim_end_matches(|letter: char| letter.is_ascii_digit() || letter == ' ');
            match name {
                "Actions" => is_klars |= take(grid, "action_id", &["what_is_wrong", "target"], &mut kept.actions),
                "Findings" => is_klars |= take(grid, "finding_id", &["message", "subject"], &mut kept.findings),
                CLOSED => kept.take_closed(grid),
                _ => {}
            }
        }
        if is_klars { Ok(kept) } else { Err(format!("{file} has no sheet Actions or Findings that Klar wrote.")) }
    }

    /// Whether nothing was entered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.actions.is_empty() && self.findings.is_empty()
    }

    fn take_closed(&mut self, grid: &Grid) {
        let Some(heads) = Heads::of(grid, "id") else { return };
        for row in grid.rows().skip(1) {
            let Some(id) = heads.text(row, "id") else { continue };
            let entry = Entry { cells: heads.entries(row), what: heads.text(row, "what_it_was").unwrap_or_default() };
            let is_action = heads.text(row, "kind").is_some_and(|kind| kind == "action");
            if is_action { &mut self.actions } else { &mut self.findings }.entry(id).or_insert(entry);
        }
    }
}

/// Takes the entries of a sheet; whether it is one that Klar wrote.
fn take(grid: &Grid, id: &str, told: &[&str], entries: &mut BTreeMap<String, Entry>) -> bool {
    let Some(heads) = Heads::of(grid, id) else { return false };
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

/// The columns of a sheet by the names in their headings' notes: headings are shown as people read them.
struct Heads(BTreeMap<String, u16>);

impl Heads {
    fn of(grid: &Grid, id: &str) -> Option<Self> {
        if grid.row_count() == 0 {
            return None;
        }
        let named = |(column, value)| match value {
            Value::Text(text) => Some((name_of(text), column)),
            Value::Number(_) | Value::Bool(_) | Value::Date(_) | Value::Error(_) => None,
        };
        let heads: BTreeMap<String, u16> = grid.row(0).cells().filter_map(named).collect();
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
