//! Turns nested JSON items into rows: paths become headings, lists become texts joined by semicolons.

use rustc_hash::{FxHashMap, FxHashSet};

use super::json_tree::Json;
use crate::ingest::limits::{Limits, count, within};
use crate::ingest::refusal::Refusal;
use crate::ingest::table::Grid;

/// A row per item, a column per path, in order of first appearance.
pub(super) fn flatten(sheet: String, items: &[Json<'_>], limits: &Limits) -> Result<Grid, Refusal> {
    let mut rows = Rows { limits: *limits, ..Rows::default() };
    for item in items {
        rows.find_lists(item);
    }
    let mut grid = Grid::default();
    grid.sheet = sheet;
    within(count(items.len()), limits.rows, "items in one list")?;
    for (number, item) in (1_u32..).zip(items) {
        rows.path.clear();
        rows.add(item, Spread::Single)?;
        rows.write(&mut grid, number)?;
    }
    grid.header = Some(rows.header);
    Ok(grid)
}

#[derive(Default)]
struct Rows<'j> {
    limits: Limits,
    header: Vec<String>,
    columns: FxHashMap<String, u16>,
    /// Paths at which some item has a list of objects; `PowerShell` writes a list of one as the bare object.
    lists: FxHashSet<String>,
    path: String,
    row: Vec<(u16, Slot<'j>)>,
    /// Where in `row` each column stands, plus one.
    places: Vec<usize>,
}

enum Slot<'j> {
    Number(f64),
    Bool(bool),
    Text(&'j str),
    Joined(String),
}

/// Whether a value is the only one at its path, or one of several whose places count.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Spread {
    Single,
    OneOfMany,
}

impl<'j> Rows<'j> {
    fn find_lists(&mut self, json: &Json<'_>) {
        match json {
            Json::Object(members) => {
                for (key, value) in members {
                    let length = self.enter(key);
                    self.find_lists(value);
                    self.path.truncate(length);
                }
            }
            Json::List(items) if pairs(items).is_none() => {
                let length = self.path.len();
                if items.iter().any(|item| matches!(item, Json::Object(_))) {
                    if !self.lists.contains(&self.path) {
                        self.lists.insert(self.path.clone());
                    }
                    self.path.push_str("[]");
                }
                for item in items {
                    self.find_lists(item);
                }
                self.path.truncate(length);
            }
            Json::List(_) | Json::Null | Json::Bool(_) | Json::Number(_) | Json::Text(_) => {}
        }
    }

    /// Adds a key to the path and returns the length to go back to. Identifiers used as keys share one column.
    fn enter(&mut self, key: &str) -> usize {
        let length = self.path.len();
        if length > 0 {
            self.path.push('.');
        }
        self.path.push_str(if key.contains('/') { "*" } else { key });
        length
    }

    fn add(&mut self, json: &'j Json<'_>, spread: Spread) -> Result<(), Refusal> {
        match json {
            Json::Null if spread == Spread::OneOfMany => self.put(Slot::Text("")),
            Json::Null => Ok(()),
            Json::Bool(truth) => self.put(Slot::Bool(*truth)),
            Json::Number(number) => self.put(Slot::Number(*number)),
            Json::Text(text) => {
                within(count(text.len()), self.limits.text_bytes, "bytes in one value")?;
                self.put(Slot::Text(text))
            }
            Json::List(items) => self.add_list(items),
            Json::Object(members) => {
                let length = self.path.len();
                let is_list_of_one = !self.path.is_empty() && self.lists.contains(&self.path);
                if is_list_of_one {
                    self.path.push_str("[]");
                }
                for (key, value) in members {
                    let length = self.enter(key);
                    self.add(value, spread)?;
                    self.path.truncate(length);
                }
                self.path.truncate(length);
                Ok(())
            }
        }
    }

    fn add_list(&mut self, items: &'j [Json<'_>]) -> Result<(), Refusal> {
        if let Some(pairs) = pairs(items) {
            for (name, value) in pairs {
                let length = self.enter(name);
                self.add(value, Spread::Single)?;
                self.path.truncate(length);
            }
            return Ok(());
        }
        let spread = if items.len() > 1 { Spread::OneOfMany } else { Spread::Single };
        items.iter().try_for_each(|item| self.add(item, spread))
    }

    fn put(&mut self, slot: Slot<'j>) -> Result<(), Refusal> {
        let column = self.column()?;
        let place = self.places[usize::from(column)];
        if place == 0 {
            self.row.push((column, slot));
            self.places[usize::from(column)] = self.row.len();
            return Ok(());
        }
        let (_, before) = &mut self.row[place - 1];
        let mut joined = std::mem::replace(before, Slot::Bool(false)).into_text();
        joined.push(';');
        joined.push_str(&slot.into_text());
        within(count(joined.len()), self.limits.text_bytes, "bytes in the values of one list")?;
        *before = Slot::Joined(joined);
        Ok(())
    }

    fn column(&mut self) -> Result<u16, Refusal> {
        let heading = if self.path.is_empty() { "value" } else { &self.path };
        if let Some(&column) = self.columns.get(heading) {
            return Ok(column);
        }
        within(count(self.header.len()) + 1, self.limits.columns, "columns")?;
        let column = u16::try_from(self.header.len()).expect("the column limit fits 16 bits");
        self.columns.insert(heading.to_owned(), column);
        self.header.push(heading.to_owned());
        self.places.push(0);
        Ok(column)
    }

    fn write(&mut self, grid: &mut Grid, number: u32) -> Result<(), Refusal> {
        within(count(grid.cell_count() + self.row.len()), self.limits.sheet_cells, "cells in one list")?;
        self.row.sort_unstable_by_key(|(column, _)| *column);
        grid.begin_row(number);
        for (column, slot) in self.row.drain(..) {
            self.places[usize::from(column)] = 0;
            match slot {
                Slot::Number(number) => grid.push_number(column, number),
                Slot::Bool(truth) => grid.push_bool(column, truth),
                Slot::Text(text) => grid.push_text(column, text),
                Slot::Joined(text) => grid.push_text(column, &text),
            }
        }
        Ok(())
    }
}

impl Slot<'_> {
    fn into_text(self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Bool(truth) => truth.to_string(),
            Self::Text(text) => text.to_owned(),
            Self::Joined(text) => text,
        }
    }
}

/// A list of names and values, such as the capabilities of a size, if it is nothing else.
fn pairs<'j, 'a>(items: &'j [Json<'a>]) -> Option<Vec<(&'j str, &'j Json<'a>)>> {
    if items.is_empty() {
        return None;
    }
    items.iter().map(pair).collect()
}

fn pair<'j, 'a>(item: &'j Json<'a>) -> Option<(&'j str, &'j Json<'a>)> {
    let Json::Object(members) = item else { return None };
    let [(first, name), (second, value)] = &members[..] else { return None };
    let is_pair = (first.eq_ignore_ascii_case("name") || first.eq_ignore_ascii_case("key"))
        && second.eq_ignore_ascii_case("value")
        && !matches!(value, Json::List(_) | Json::Object(_));
    match name {
        Json::Text(name) if is_pair => Some((name, value)),
        _ => None,
    }
}
