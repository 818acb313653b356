//! What a column's cells say of the meanings it may have.

use super::claims::{Claim, Source};
use super::identify::Candidate;
use crate::ingest::cell::culture::Culture;
use crate::ingest::cell::form::Form;
use crate::ingest::cell::{self, Unread};
use crate::ingest::columns::Unit;
use crate::ingest::table::{Grid, Value};
use crate::model::Field;

/// Rows looked at to tell what a column holds.
const ROWS: usize = 200;

/// The first cells of each column of a table.
pub(super) struct Sample<'a> {
    /// By column; a blank cell is left out.
    columns: Vec<Vec<Value<'a>>>,
    /// The row of each cell, likewise.
    rows: Vec<Vec<u32>>,
}

/// How a column's cells go with a field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Fit {
    /// Cells that can be read as the field.
    pub(super) read: usize,
    /// Cells that hold something else.
    pub(super) unread: usize,
    /// Cells that say that nothing is known.
    pub(super) unsaid: usize,
    /// Cells that hold the path of a file or folder on a drive or a share.
    pub(super) on_drives: usize,
}

impl<'a> Sample<'a> {
    /// Takes the cells below a row of headings.
    pub(super) fn of(grid: &'a Grid, candidate: &Candidate) -> Self {
        let mut columns: Vec<Vec<Value<'a>>> = vec![Vec::new(); candidate.header.len()];
        let mut numbers: Vec<Vec<u32>> = vec![Vec::new(); candidate.header.len()];
        let rows = (candidate.first_data_row..grid.row_count()).map(|index| grid.row(index));
        for row in rows.filter(|row| !row.is_blank()).take(ROWS) {
            for (column, value) in row.cells() {
                if let Some(cells) = columns.get_mut(usize::from(column)) {
                    cells.push(value);
                    numbers[usize::from(column)].push(row.number);
                }
            }
        }
        Self { columns, rows: numbers }
    }

    /// Nothing below the headings.
    pub(super) const fn empty() -> Self {
        Self { columns: Vec::new(), rows: Vec::new() }
    }

    /// The cells of two columns that stand in one row.
    pub(super) fn pairs(&self, one: u16, other: u16) -> Vec<(Value<'a>, Value<'a>)> {
        let beside = |(at, row): (usize, &u32)| Some((self.cells(one)[at], self.at(other, *row)?));
        self.rows(one).iter().enumerate().filter_map(beside).collect()
    }

    /// The rows in which a column holds something, by number.
    pub(super) fn rows(&self, column: u16) -> &[u32] {
        self.rows.get(usize::from(column)).map_or(&[], Vec::as_slice)
    }

    /// The cell of a column in the row of a number.
    pub(super) fn at(&self, column: u16, row: u32) -> Option<Value<'a>> {
        let found = self.rows(column).binary_search(&row).ok()?;
        self.cells(column).get(found).copied()
    }

    /// Whether some row fills one column and leaves another empty.
    pub(super) fn has_without(&self, filled: u16, empty: u16) -> bool {
        self.rows(filled).iter().any(|row| self.at(empty, *row).is_none())
    }

    /// The cells of a column.
    pub(super) fn cells(&self, column: u16) -> &[Value<'a>] {
        self.columns.get(usize::from(column)).map_or(&[], Vec::as_slice)
    }

    /// Whether a column holds anything.
    pub(super) fn is_blank(&self, column: u16) -> bool {
        self.cells(column).iter().all(|value| matches!(value, Value::Text(text) if text.trim().is_empty()))
    }

    /// Whether no column holds anything.
    pub(super) fn is_empty(&self) -> bool {
        self.columns.iter().all(Vec::is_empty)
    }
}

impl Fit {
    /// Reads cells as a field.
    pub(super) fn of(cells: &[Value<'_>], field: Field, unit: Unit) -> Self {
        let form = Form::of(field);
        let mut fit = Self::default();
        for value in cells {
            // How the numbers are written is settled later; a number in any culture is one here.
            let any = [Culture::Unsettled, Culture::Comma, Culture::Parted];
            let read = any.iter().map(|culture| form.check(*value, unit, culture));
            let read = read.reduce(|first, other| if first == Err(Unread::Unreadable) { other } else { first });
            fit.on_drives += usize::from(matches!(value, Value::Text(text) if is_on_drive(text)));
            match read {
                Some(Ok(())) => fit.read += 1,
                Some(Err(Unread::Unreadable)) => fit.unread += 1,
                Some(Err(Unread::Unsaid)) => fit.unsaid += 1,
                Some(Err(Unread::Blank)) | None => {}
            }
        }
        fit
    }

    /// Reads cells as what kind of thing their rows are.
    pub(super) fn of_kinds(cells: &[Value<'_>], heading: &str) -> Self {
        let is_hardware = |value: Value<'_>| matches!(value, Value::Text(text) if cell::is_hardware(text));
        let tells = |value: &&Value<'_>| {
            cell::row_is(**value, heading).is_ok_and(|is| is != cell::RowIs::Model || is_hardware(**value))
        };
        let read = cells.iter().filter(tells).count();
        Self { read, unread: cells.len() - read, ..Self::default() }
    }

    /// Whether the cells bear out a meaning; a sure heading needs no bearing out but for plain contradiction.
    pub(super) fn bears_out(self, claim: &Claim, heading: &str) -> bool {
        let contradicts = self.read == 0 && self.unread >= 3;
        match claim.source {
            // One row that is a host is told of, whatever the others' roles are.
            Source::Kind | Source::Words if claim.field == Field::ServerType => self.read > 0,
            Source::Mapping | Source::Export => true,
            // Hosts stand under "Hypervisor" as well.
            Source::Kind if claim.field == Field::Platform => self.read > 0 || self.unread == 0,
            // Groups of hosts lie below each other as folders do, but on no drive and in no file.
            _ if claim.field == Field::GroupPath && self.on_drives > 0 => false,
            // Where a machine's files are is no site.
            _ if claim.field == Field::Site => self.read > 0 || self.unread == 0,
            // It is the hypervisor here and the guest's system there.
            _ if claim.field == Field::Platform && is_bare_platform(heading) => self.read >= self.unread,
            Source::Own | Source::Plain => !contradicts || matches!(Form::of(claim.field), Form::Size | Form::Count),
            Source::Kind | Source::Words if is_ambiguous(claim.field) => self.read >= self.unread,
            Source::Kind | Source::Words => !contradicts,
        }
    }
}

/// Whether a text begins with a drive or names a share.
fn is_on_drive(text: &str) -> bool {
    let text = text.trim();
    text.starts_with("\\\\")
        || (text.starts_with(|sign: char| sign.is_ascii_alphabetic()) && text[1..].starts_with(":\\"))
}

/// Whether a heading says "platform" and not of what, or "hypervisor", which may be a program or a host.
fn is_bare_platform(heading: &str) -> bool {
    let heading = heading.trim().to_lowercase();
    matches!(heading.as_str(), "platform" | "plattform" | "plateforme" | "plataforma" | "hypervisor" | "hyperviseur")
}

/// Whether headings of a field's kind are used for other things as often ("State", "Location", "Type", "Size").
fn is_ambiguous(field: Field) -> bool {
    match Form::of(field) {
        Form::Word(_) => !matches!(field, Field::Vcpus | Field::Platform),
        Form::Path | Form::Id | Form::System | Form::AzureType | Form::YesNo | Form::Addresses | Form::Mac => true,
        Form::Size => !matches!(field, Field::Memory | Field::MemoryStartup | Field::MemoryMaximum | Field::HostMemory),
        Form::Text | Form::Place | Form::Count | Form::Number => false,
    }
}
