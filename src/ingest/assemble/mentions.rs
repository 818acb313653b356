//! Rows of lists that only mention machines: jobs, alerts, licences. They tell nothing of a machine but that it is.

use super::assembly::{Assembly, Fate};
use super::attached::Owner;
use super::exclude::{MENTIONED, NAMELESS, NO_MACHINE, Reason};
use super::seen::{Seen, set};
use super::stage::{Label, Part, Put, Table};
use crate::ingest::columns::ColumnUse;
use crate::model::{Arg, Fact, Field, Identity, LeftOutKind, Name, Origin, say};

/// Whose a row is, and whether its column names machines or anything.
struct Mention {
    owner: Owner,
    kind: LeftOutKind,
    seen: Origin,
}

impl Part for Mention {
    fn start(seen: Origin) -> Self {
        let absent = Fact::absent;
        let owner = Owner { id: absent(Field::VmId), name: absent(Field::VmName), host: absent(Field::VmHost) };
        Self { owner, kind: LeftOutKind::Row, seen }
    }

    fn label(&self) -> Label {
        Label::of(self.kind, if self.owner.name.is_known() { &self.owner.name } else { &self.owner.id })
    }

    fn reader(used: ColumnUse) -> Option<Put<Self>> {
        match used.field {
            Field::VmName => Some(|row, seen| {
                row.kind = if names_machines(seen) { LeftOutKind::Vm } else { LeftOutKind::Row };
                set(&mut row.owner.name, seen.name(), seen)
            }),
            Field::VmId => Some(|row, seen| set(&mut row.owner.id, seen.guid(), seen)),
            _ => None,
        }
    }
}

/// Whether a heading names machines, and not anything that may be backed up or watched.
fn names_machines(seen: &Seen<'_>) -> bool {
    let heading = seen.heading.to_lowercase();
    let mut words = heading.split(|ch: char| !ch.is_alphanumeric());
    words.any(|word| word.starts_with("vm") || word.starts_with("virtu") || word.starts_with("ma"))
}

/// Takes the rows of a list that mentions machines.
pub(super) fn take(assembly: &mut Assembly, table: Table<'_>) {
    let export = table.export();
    assembly.rows(&table, |assembly, row: Mention, _| {
        let mut unknown: Vec<Name> = Vec::new();
        let mut out: Option<Fate> = None;
        let names = names(&row.owner);
        let several = names.len() > 1;
        for name in names {
            let Owner { id, host, .. } = &row.owner;
            let name = name.map_or(Fact::absent(Field::VmName), |name| Fact::known(name, row.seen));
            let owner = Owner { id: id.clone(), name: name.clone(), host: host.clone() };
            match assembly.owner(&owner, &export, row.seen) {
                Err(Fate::Out(reason)) if reason.counted == NO_MACHINE => unknown.extend(name.value().cloned()),
                Err(Fate::Out(reason)) if reason.counted == NAMELESS => return Fate::Out(reason),
                Ok(_) | Err(Fate::Subject | Fate::Joined | Fate::Open) => {}
                Err(fate @ Fate::Out(_)) => out = out.or(Some(fate)),
            }
        }
        match &unknown[..] {
            [] => out.unwrap_or(Fate::Joined),
            names if several => {
                let names = names.iter().map(|name| Arg::named(Identity::Machine, name)).collect::<Vec<_>>();
                Fate::Out(Reason::with(MENTIONED, say!("no list has {names}", names = Arg::List(names.into()))))
            }
            _ => Fate::Out(MENTIONED.into()),
        }
    });
}

/// The names that a cell holds; one without a name goes by its identifier.
fn names(owner: &Owner) -> Vec<Option<Name>> {
    let Some(name) = owner.name.value().filter(|_| !owner.id.is_known()) else {
        return vec![owner.name.value().cloned()];
    };
    let parts = name.split([',', ';', '\n', '|']).map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| Some(part.into())).collect()
}
