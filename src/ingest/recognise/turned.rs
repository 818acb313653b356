//! Facts that stand below each other, a row each, with a column or a block of rows for each machine: turned, so that each
//! machine has a row and each fact a column.

use std::collections::BTreeMap;

use super::choose::{Found, choose, names_table};
use super::claims::{Base, claims};
use super::dialect::Dialects;
use super::heading::Heading;
use super::identify::{Candidate, candidates};
use super::naming::Naming;
use crate::ingest::cell;
use crate::ingest::columns::RowKind;
use crate::ingest::table::{Grid, Value};
use crate::model::Field;

/// Rows that hold something and are looked at for names of facts.
const ROWS: usize = 60;
/// More facts than are told of one machine.
const MOST_FACTS: usize = 1000;
/// The fewest facts that tell a list of facts, its name among them.
const FEWEST: usize = 3;

/// A table of facts below each other as one with a row for each machine; `None` for any other table.
pub(super) fn turned(grid: &Grid, dialects: &Dialects) -> Option<Grid> {
    let column = grid.rows().filter_map(|row| row.cells().next()).map(|(column, _)| column).min()?;
    let known = known(grid, column, dialects)?;
    if !matches!(choose(grid, "", &candidates(grid), dialects), Found::Nothing(_)) {
        return None;
    }
    let blocks = blocks(grid, column, &known);
    let found = match &blocks[..] {
        [] => return None,
        [one] => across(grid, one),
        several => stacked(grid, several),
    };
    let headings = found.header.clone().unwrap_or_default();
    names_table(&Candidate::under(headings, 0), dialects).then_some(found)
}

/// What is known of the facts of a list.
struct Known {
    /// The key of the fact that names a machine or host; `None` where the first row gives the names.
    name: Option<String>,
}

/// What the names of facts in a column tell, where they are such.
fn known(grid: &Grid, column: u16, dialects: &Dialects) -> Option<Known> {
    let rows = grid.rows().filter(|row| !row.is_blank()).take(ROWS);
    let mut keys: BTreeMap<String, Vec<Field>> = BTreeMap::new();
    let mut names: Vec<String> = Vec::new();
    for value in rows.filter_map(|row| row.get(column)) {
        let Value::Text(text) = value else { continue };
        let heading = Heading::of(named(text));
        if heading.key.is_empty() || keys.contains_key(&heading.key) {
            continue;
        }
        let fields = meanings(&heading, dialects);
        if fields.iter().any(|field| matches!(field, Field::VmName | Field::HostName)) {
            names.push(heading.key.clone());
        }
        keys.insert(heading.key, fields);
    }
    let facts = keys.values().filter(|fields| !fields.is_empty()).count();
    if facts < FEWEST || facts * 2 < keys.len() && facts <= FEWEST {
        return None;
    }
    if let Some(name) = names.into_iter().next() {
        return Some(Known { name: Some(name) });
    }
    let tells_system = keys.values().any(|fields| fields.contains(&Field::GuestOs));
    (tells_system && bears_names(grid, column)).then_some(Known { name: None })
}

/// The name of a fact without what parts it from its value.
fn named(text: &str) -> &str {
    text.trim().trim_end_matches(':').trim_end()
}

/// The facts that a name may be that of, in a list of machines or hosts.
fn meanings(heading: &Heading, dialects: &Dialects) -> Vec<Field> {
    let kinds = dialects.generic.kinds.iter().filter(|kind| matches!(kind.rows, RowKind::Machine | RowKind::Host));
    let claimed = kinds.flat_map(|kind| {
        let base = Base { dialect: None, kind: Some(kind), rows: kind.rows, naming: Naming::Loose };
        claims(heading, &base, &dialects.generic, None)
    });
    claimed.map(|claim| claim.field).collect()
}

/// Whether the first row gives names of machines, above a column each: words of one piece with a number or a hyphen.
fn bears_names(grid: &Grid, column: u16) -> bool {
    let Some(first) = grid.rows().find(|row| !row.is_blank()) else { return false };
    let is_name = |value: Value<'_>| {
        matches!(value, Value::Text(text)
            if !text.trim().contains(char::is_whitespace)
                && text.chars().any(char::is_alphabetic)
                && text.contains(|sign: char| sign.is_ascii_digit() || sign == '-'))
    };
    let mut names = first.cells().filter(|(other, _)| *other > column).peekable();
    names.peek().is_some() && names.all(|(_, value)| is_name(value))
}

/// A run of rows that tell of one machine, or of several with a column each: indexes of rows with the names of their facts.
struct Block {
    column: u16,
    facts: Vec<(usize, String)>,
}

/// The blocks below each other, each with a name of its own.
fn blocks(grid: &Grid, column: u16, known: &Known) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut waiting: Vec<(usize, String)> = Vec::new();
    let mut is_named = false;
    let mut close = |waiting: &mut Vec<(usize, String)>| {
        blocks.push(Block { column, facts: std::mem::take(waiting) });
    };
    for index in 0..grid.row_count() {
        let row = grid.row(index);
        // Names of machines may stand above the columns with nothing in the corner.
        let is_first = waiting.is_empty() && known.name.is_none();
        let text = match row.get(column) {
            Some(Value::Text(text)) => named(text),
            None if is_first => "",
            Some(Value::Number(_) | Value::Bool(_) | Value::Date(_) | Value::Error(_)) | None => continue,
        };
        let has_value = row.cells().any(|(other, _)| other > column);
        if text.is_empty() && !is_first || !has_value {
            continue;
        }
        let same = |key: &str| super::heading::key(text) == key;
        let is_name = known.name.as_deref().is_some_and(same);
        let begins_again = waiting.first().is_some_and(|(_, first)| same(&super::heading::key(first)));
        if is_named && (is_name || begins_again) {
            close(&mut waiting);
            is_named = false;
        }
        is_named |= is_name || is_first;
        let name = if is_first { Field::VmName.title() } else { text };
        waiting.push((index, name.to_owned()));
    }
    if is_named {
        close(&mut waiting);
    }
    blocks.retain(|block| block.facts.len() <= MOST_FACTS);
    blocks
}

/// A block with a column for each machine. A cell keeps its place, its row and column being changed for each other.
fn across(grid: &Grid, block: &Block) -> Grid {
    let mut turned = like(grid);
    turned.is_turned = true;
    let place = |index: usize| u16::try_from(grid.row(index).number.saturating_sub(1)).ok();
    let mut header: Vec<String> = Vec::new();
    for (index, fact) in &block.facts {
        if let Some(place) = place(*index) {
            header.resize(usize::from(place), String::new());
            header.push(fact.clone());
        }
    }
    turned.header = Some(header);
    let last =
        block.facts.iter().filter_map(|(index, _)| grid.row(*index).cells().last()).map(|(column, _)| column).max();
    for column in block.column + 1..=last.unwrap_or(block.column) {
        turned.begin_row(u32::from(column) + 1);
        for (index, _) in &block.facts {
            if let Some((place, value)) = place(*index).zip(grid.row(*index).get(column)) {
                turned.push(place, value);
            }
        }
    }
    turned
}

/// Blocks below each other, a row for each, with the number of its first row.
fn stacked(grid: &Grid, blocks: &[Block]) -> Grid {
    let mut turned = like(grid);
    // A row stands for a block, so that no cell is at its place.
    turned.is_sheet = false;
    let mut header: Vec<String> = Vec::new();
    let mut places: BTreeMap<String, u16> = BTreeMap::new();
    for block in blocks {
        let Some((first, _)) = block.facts.first() else { continue };
        let mut cells: BTreeMap<u16, Vec<Value<'_>>> = BTreeMap::new();
        for (index, fact) in &block.facts {
            let place = *places.entry(super::heading::key(fact)).or_insert_with(|| {
                header.push(fact.clone());
                u16::try_from(header.len() - 1).unwrap_or(u16::MAX)
            });
            let value = grid.row(*index).cells().find(|(column, _)| *column > block.column);
            cells.entry(place).or_default().extend(value.map(|(_, value)| value));
        }
        turned.begin_row(grid.row(*first).number);
        for (place, values) in cells {
            match &values[..] {
                [] => {}
                [one] => turned.push(place, *one),
                several => turned.push_text(place, &joined(several)),
            }
        }
    }
    turned.header = Some(header);
    turned
}

/// What several rows of one fact tell, as a list in one cell.
fn joined(values: &[Value<'_>]) -> String {
    let texts: Vec<String> =
        values.iter().filter_map(|value| cell::text(*value).ok()).map(|text| text.to_string()).collect();
    texts.join("; ")
}

/// A grid of the same sheet without any row.
fn like(grid: &Grid) -> Grid {
    let mut like = grid.part(0..0);
    (like.continued, like.titles) = Default::default();
    like
}
