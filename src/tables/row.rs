//! A row of the inventory, and the columns that end each of its tables.

use super::{Column, Shape, Value};
use crate::evaluate::{Assessment, Counts};
use crate::model::{Disk, Estate, Host, Identity, Name, Nic, Place, Vm};

/// The rows of the inventory.
pub(super) struct Subjects;

impl Shape for Subjects {
    type Row<'a> = Row<'a>;
}

/// A row under way: everything that its columns are taken from.
pub(super) struct Row<'a> {
    pub(super) estate: &'a Estate,
    pub(super) assessment: &'a Assessment<'a>,
    pub(super) vm: Option<(usize, &'a Vm)>,
    pub(super) disk: Option<&'a Disk>,
    pub(super) nic: Option<&'a Nic>,
    pub(super) host: Option<&'a Host>,
    /// What the requirements came to; for machines alone.
    pub(super) counts: Option<Counts>,
    pub(super) place: Place<'a>,
}

/// A name that may not be known.
pub(super) fn named(identity: Identity, name: Option<&Name>) -> Value<'_> {
    Value::named(identity, name.map(|name| &**name))
}

/// A text that may not be known.
pub(super) fn text(text: Option<&Name>) -> Value<'_> {
    Value::text(text.map(|text| &**text))
}

/// The columns that end every table: where its row was read.
pub(super) const SOURCE_FILE: Column<Subjects> =
    Column::text("source_file", |row| Value::named(Identity::File, Some(row.place.file)));
pub(super) const SOURCE_SHEET: Column<Subjects> =
    Column::text("source_sheet", |row| Value::named(Identity::Sheet, Some(row.place.sheet)));
pub(super) const SOURCE_ROW: Column<Subjects> = Column::number("source_row", |row| Value::number(Some(row.place.row)));
