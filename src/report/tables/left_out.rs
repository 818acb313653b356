//! The table `left_out`: a row per row of the inputs that says something and was not counted.

use super::super::view::View;
use crate::model::{Identity, LeftOut, LeftOutKind, Place};
use crate::tables::{Column, Shape, Table, Value};

struct Rows;

impl Shape for Rows {
    type Row<'a> = Row<'a>;
}

struct Row<'a> {
    left_out: &'a LeftOut,
    place: Place<'a>,
}

const COLUMNS: &[Column<Rows>] = &[
    Column::text("name", |row| Value::named(identity(row.left_out.kind), Some(&row.left_out.name))),
    Column::text("kind", |row| Value::Word(row.left_out.kind.as_str())),
    Column::text("reason", |row| Value::Word(row.left_out.reason)),
    Column::text("detail", |row| match &row.left_out.detail {
        Some(detail) => Value::Said(std::borrow::Cow::Borrowed(detail)),
        None => Value::Nothing,
    }),
    Column::text("source_file", |row| Value::named(Identity::File, Some(row.place.file))),
    Column::text("source_sheet", |row| Value::named(Identity::Sheet, Some(row.place.sheet))),
    Column::number("source_row", |row| Value::number(Some(row.place.row))),
];

/// What a name of a kind tells of whom.
const fn identity(kind: LeftOutKind) -> Identity {
    match kind {
        LeftOutKind::Vm | LeftOutKind::AzureVm => Identity::Machine,
        LeftOutKind::Disk | LeftOutKind::Volume => Identity::Path,
        LeftOutKind::Nic => Identity::Mac,
        LeftOutKind::Host => Identity::Host,
        LeftOutKind::Cluster => Identity::Cluster,
        LeftOutKind::Cloud => Identity::Cloud,
        LeftOutKind::HostGroup => Identity::HostGroup,
        LeftOutKind::VmmServer | LeftOutKind::Connection => Identity::Server,
        LeftOutKind::AzureResource => Identity::Resource,
        LeftOutKind::Quota | LeftOutKind::VmSize | LeftOutKind::Role | LeftOutKind::Row => Identity::Free,
    }
}

/// The table of rows left out, in order of table and row.
pub fn rows_left_out<'a>(view: &'a View<'a>) -> Table<'a> {
    let estate = view.estate;
    Table::of("left_out", COLUMNS, estate.left_out.len(), move |index| {
        let left_out = &estate.left_out[index];
        Row { left_out, place: estate.place(left_out.origin) }
    })
}
