//! Volumes of hosts, and connections between servers, for the plan.

use rustc_hash::FxHashSet;

use super::assembly::{Assembly, Fate};
use super::exclude;
use super::stage::{Label, Part, Put, Table, readers};
use crate::ingest::columns::{ColumnUse, RowKind};
use crate::model::{Connection, LeftOutKind, Origin, Volume};

impl Part for Volume {
    fn start(seen: Origin) -> Self {
        Self::seen_at(seen)
    }

    fn label(&self) -> Label {
        Label::of(LeftOutKind::Volume, &self.name)
    }

    fn reader(used: ColumnUse) -> Option<Put<Self>> {
        readers! { used.field;
            VolumeName => name = text;
            VolumeHost => host = text;
            VolumeSize => size = size;
            VolumeFree => free = size;
            HostName => host = text;
        }
    }
}

impl Part for Connection {
    fn start(seen: Origin) -> Self {
        Self::seen_at(seen)
    }

    fn label(&self) -> Label {
        Label::of(LeftOutKind::Connection, if self.from.is_known() { &self.from } else { &self.to })
    }

    fn reader(used: ColumnUse) -> Option<Put<Self>> {
        readers! { used.field;
            ConnectionFrom => from = name;
            ConnectionTo => to = name;
        }
    }
}

/// Takes every table of volumes and of connections.
pub(super) fn take(assembly: &mut Assembly, tables: &[Table<'_>]) {
    let of = |kind: RowKind| tables.iter().filter(move |table| table.recognised.rows == kind);
    of(RowKind::Volume).for_each(|table| {
        assembly.rows(table, |assembly, volume: Volume, _| {
            if !volume.name.is_known() {
                return Fate::Out(exclude::NAMELESS.into());
            }
            assembly.estate.volumes.push(volume);
            Fate::Subject
        });
    });
    // An export lists a pair of servers once for each port and hour.
    let mut known = FxHashSet::default();
    of(RowKind::Connection).for_each(|table| {
        assembly.rows(table, |assembly, connection: Connection, _| {
            let (Some(from), Some(to)) = (connection.from.value(), connection.to.value()) else {
                return Fate::Out(exclude::NAMELESS.into());
            };
            if !known.insert((from.to_lowercase(), to.to_lowercase())) {
                return Fate::Joined;
            }
            assembly.estate.connections.push(connection);
            Fate::Subject
        });
    });
}
