//! The names of hosts as lists of hosts and of machines give them, known before any row is taken in.

use super::called::same_server;
use super::servers::Servers;
use super::stage::Table;
use crate::ingest::columns::RowKind;
use crate::ingest::table::{Row, Value};
use crate::model::{Field, Name};

/// The names of hosts that any table gives.
#[derive(Default)]
pub(super) struct HostNames(Servers);

impl HostNames {
    /// Gathers the names of every table.
    pub(super) fn of(tables: &[Table<'_>]) -> Self {
        let mut names = Servers::default();
        for table in tables {
            let field = match table.recognised.rows {
                RowKind::Host => Field::HostName,
                RowKind::Machine | RowKind::MachineDisk | RowKind::MachineNic => Field::VmHost,
                _ => continue,
            };
            let rows = table.data().map(|index| table.grid.row(index));
            for row in rows {
                // What some call the host name is the guest's own.
                let own = text(table, row, Field::VmName);
                let host = text(table, row, field).filter(|host| own.is_none_or(|own| !same_server(own, host)));
                if let Some(host) = host {
                    names.add(host, 0);
                }
            }
        }
        Self(names)
    }

    /// Whether a list that names no hosts gives nothing but hosts as the names of computers.
    pub(super) fn are_all_computers_of(&self, table: &Table<'_>) -> bool {
        let rows = table.data().map(|index| table.grid.row(index));
        let mut computers = rows.filter_map(|row| text(table, row, Field::ComputerName)).peekable();
        computers.peek().is_some()
            && !table.gives(|used| used.field == Field::VmHost)
            && computers.all(|computer| self.0.find(computer).is_some())
    }
}

/// What a row says under the first column of a field.
fn text<'t>(table: &Table<'_>, row: Row<'t>, field: Field) -> Option<&'t Name> {
    let used = table.recognised.columns.iter().find(|used| used.field == field)?;
    match row.get(used.column)? {
        Value::Text(text) if !text.trim().is_empty() => Some(text),
        Value::Text(_) | Value::Number(_) | Value::Bool(_) | Value::Date(_) | Value::Error(_) => None,
    }
}
