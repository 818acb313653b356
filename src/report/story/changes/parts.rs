//! What the tables of changes share: their headings, columns, and who made a change.

use super::super::super::phrased::{Block, Cell, Column, Table};
use crate::model::Phrase;
use crate::record::Cause;

/// The machines whose readiness is told one by one.
pub(super) const MACHINES: usize = 40;
/// The rows of groups of findings, and of facts.
pub(super) const GROUPS: usize = 40;

pub(super) fn more<'a>(len: usize, most: usize, told: impl FnOnce(usize) -> Phrase) -> Option<Block<'a>> {
    let left = len.checked_sub(most).filter(|left| *left > 0)?;
    Some(Block::Text(told(left)))
}

pub(super) fn heading<'a>(text: &'static str) -> Block<'a> {
    let id = format!("changes-{}", text.to_lowercase().replace(' ', "-"));
    Block::Heading { id, text: text.into(), mark: None }
}

pub(super) fn column(title: &'static str, weight: u16, numeric: bool) -> Column {
    Column { title: title.into(), weight, numeric }
}

pub(super) fn table<'a>(
    columns: Vec<Column>,
    len: usize,
    row: impl Fn(usize) -> Vec<Cell> + Sync + Send + 'a,
) -> Block<'a> {
    Block::Table(Table { columns, len, row: Box::new(row), empty: Phrase::default(), of_machines: false })
}

pub(super) const fn made_by(cause: Cause) -> &'static str {
    match cause {
        Cause::Site => "site",
        Cause::Rulebook => "rulebook",
        Cause::Either => "site or rulebook",
        Cause::Date => "date",
        Cause::Waiver => "waiver",
        Cause::Wishes => "wishes",
        Cause::Prices => "prices",
        Cause::Several => "several of these",
    }
}
