//! Rows of one list that name one machine: whether they say the same of it, and what they repeat.

use super::stage::Table;
use crate::ingest::cell;
use crate::ingest::table::{Row, Value};
use crate::model::{About, Field};

/// Words in headings of what a machine may have several of, so that its row is repeated for each: no word of a disk.
const SEVERAL_OF: &[&str] = &[
    "tag",
    "tags",
    "application",
    "app",
    "software",
    "service",
    "program",
    "package",
    "role",
    "adapter",
    "nic",
    "network",
    "ip",
    "mac",
    "vlan",
    "subnet",
    "extension",
    "update",
    "patch",
    "group",
    "user",
    "datastore",
    "volume",
    "drive",
    "partition",
    "mountpoint",
    "mount",
    "lun",
    "snapshot",
    "checkpoint",
    "backup",
    "job",
    "certificate",
    "share",
    "database",
    "instance",
    "port",
    "dependency",
    "datalager",
    "lagringsplats",
    "volym",
    "ögonblicksbild",
    "kontrollpunkt",
    "säkerhetskopia",
    "databas",
    "laufwerk",
    "datenspeicher",
    "momentaufnahme",
    "prüfpunkt",
    "sicherung",
    "datenbank",
    "volumen",
    "banque",
    "instantané",
    "etikett",
    "märke",
    "applikation",
    "program",
    "tjänst",
    "anwendung",
    "dienst",
    "étiquette",
    "etiqueta",
    "application",
    "aplicación",
];

/// What a column tells of a row's machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Which machine it is.
    Name,
    /// Something of a disk.
    Disk,
    /// Something of an adapter.
    Nic,
    /// Something that a machine may have several of.
    Several,
    /// What a machine's own row tells and a row of one of its disks leaves empty.
    Own,
    /// Anything else.
    Other,
}

/// In what two rows differ; cells that one of them leaves empty are no difference.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a way in which two rows differ")]
pub(super) struct Difference {
    /// In a cell of a disk, an empty one included.
    pub disks: bool,
    /// In a cell of an adapter, an empty one included.
    pub nics: bool,
    /// In a cell of a disk or an adapter that both fill.
    pub items: bool,
    /// In a cell of what a machine may have several of.
    pub several: bool,
    /// In any other cell.
    pub other: bool,
    /// In whether cells are empty.
    pub blanks: bool,
}

impl Difference {
    /// Whether the rows are the same cell by cell.
    pub(super) const fn none(self) -> bool {
        !(self.disks || self.nics || self.several || self.other || self.blanks)
    }
}

/// The columns of a list, by what they tell of a machine.
pub(super) struct Columns(Vec<Kind>);

impl Columns {
    pub(super) fn of(table: &Table<'_>) -> Self {
        let header = &table.recognised.header;
        let mut kinds: Vec<Kind> = header.iter().map(|heading| unread(heading)).collect();
        for used in &table.recognised.columns {
            if let Some(kind) = kinds.get_mut(usize::from(used.column)) {
                *kind = match (used.field, used.field.about()) {
                    (Field::VmName, _) => Kind::Name,
                    (
                        Field::Application
                        | Field::Owner
                        | Field::Tags
                        | Field::Checkpoints
                        | Field::BitLocker
                        | Field::GuestIscsi
                        | Field::GuestSmb
                        | Field::GuestNfs,
                        _,
                    ) => Kind::Several,
                    (Field::GuestOs | Field::Generation | Field::Memory | Field::Vcpus, _) => Kind::Own,
                    (_, About::Disk) => Kind::Disk,
                    (_, About::Nic) => Kind::Nic,
                    (_, _) => Kind::Other,
                };
            }
        }
        Self(kinds)
    }

    fn kind(&self, column: u16) -> Kind {
        self.0.get(usize::from(column)).copied().unwrap_or(Kind::Other)
    }

    /// In what two rows differ.
    pub(super) fn difference(&self, one: Row<'_>, other: Row<'_>) -> Difference {
        let mut found = Difference::default();
        let mut theirs = other.cells().peekable();
        let blank = |found: &mut Difference, column: u16| {
            found.blanks = true;
            match self.kind(column) {
                Kind::Disk => found.disks = true,
                Kind::Nic => found.nics = true,
                Kind::Name | Kind::Several | Kind::Own | Kind::Other => {}
            }
        };
        for (column, value) in one.cells() {
            while let Some((theirs, _)) = theirs.next_if(|(theirs, _)| *theirs < column) {
                blank(&mut found, theirs);
            }
            match theirs.next_if(|(theirs, _)| *theirs == column) {
                None => blank(&mut found, column),
                Some((_, their_value)) if same(value, their_value) => {}
                Some(_) => match self.kind(column) {
                    Kind::Name => {}
                    Kind::Disk => (found.disks, found.items) = (true, true),
                    Kind::Nic => (found.nics, found.items) = (true, true),
                    Kind::Several => found.several = true,
                    Kind::Own | Kind::Other => found.other = true,
                },
            }
        }
        for (column, _) in theirs {
            blank(&mut found, column);
        }
        found
    }

    /// Whether a row without a name goes on with the item of the row above: both fill a column of such an item, and it
    /// tells nothing that would make it another machine's own row.
    pub(super) fn goes_on(&self, above: Row<'_>, row: Row<'_>) -> bool {
        let is_own = row.cells().any(|(column, _)| self.kind(column) == Kind::Own);
        !is_own && row.cells().any(|(column, _)| self.kind(column) != Kind::Name && above.get(column).is_some())
    }
}

impl Columns {
    /// Whether each machine of a table stands in a row above those of its disks or adapters, with nothing of them.
    ///
    /// A row with a name and nothing more above another with a name leaves open whose the rows without names are.
    pub(super) fn are_grouped(&self, table: &Table<'_>) -> bool {
        let mut waits = false;
        let mut groups = false;
        for index in table.data() {
            let row = table.grid.row(index);
            let fills = |of: &[Kind]| row.cells().any(|(column, _)| of.contains(&self.kind(column)));
            let has_item = fills(&[Kind::Disk, Kind::Nic]);
            match (fills(&[Kind::Name]), has_item) {
                (true, _) if waits => return false,
                (true, false) => waits = true,
                (false, true) => (groups, waits) = (groups || waits, false),
                (true, true) | (false, false) => {}
            }
        }
        groups && !waits
    }

    /// Whether a row without a name is one of the items below its machine's own row: what the one fills the other leaves
    /// empty.
    pub(super) fn is_item_below(&self, head: Row<'_>, row: Row<'_>) -> bool {
        let is_item = |column: u16| matches!(self.kind(column), Kind::Disk | Kind::Nic);
        row.cells().any(|(column, _)| is_item(column)) && row.cells().all(|(column, _)| head.get(column).is_none())
    }
}

/// What a name below a machine's own row tells of: a disk or adapter that is indented, or a disk's file.
pub(super) fn names_item(table: &Table<'_>, row: Row<'_>, lists_items: bool) -> bool {
    let name = table.recognised.columns.iter().find(|used| used.field == Field::VmName);
    let Some(Value::Text(text)) = name.and_then(|used| row.get(used.column)) else { return false };
    let is_indented = text.starts_with("  ") || text.starts_with(['\t', '\u{a0}', '└', '├', '↳']);
    is_indented && lists_items || cell::is_disk_file(text)
}

/// What a column tells that is not read, by the words of its heading.
fn unread(heading: &str) -> Kind {
    let spaced: String = heading
        .chars()
        .scan(false, |was_lower, c| {
            let parts = *was_lower && c.is_uppercase();
            *was_lower = c.is_lowercase();
            Some(if parts { format!(" {c}") } else { c.to_string() })
        })
        .collect();
    let lower = spaced.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    if words.any(|word| SEVERAL_OF.contains(&word)) { Kind::Several } else { Kind::Other }
}

fn same(one: Value<'_>, other: Value<'_>) -> bool {
    match (one, other) {
        (Value::Text(one), Value::Text(other)) => one == other || one.trim().eq_ignore_ascii_case(other.trim()),
        (one, other) => one == other,
    }
}
