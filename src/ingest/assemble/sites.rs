//! Lists of one shape on different sheets or in different folders that tell of different sites, each called by its sheet
//! or folder.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::assembly::Assembly;
use super::called::{hash, same_machine};
use super::stage::Table;
use crate::ingest::cell;
use crate::ingest::columns::RowKind;
use crate::ingest::table::{Row, Value};
use crate::model::{Arg, Field, Gravity, Identity, Name, Origin, say};

/// What a machine that is the same one keeps from one view of it to the next, as far as two may differ by chance.
const FACTS: &[Field] = &[
    Field::GuestOs,
    Field::Memory,
    Field::MemoryStartup,
    Field::Vcpus,
    Field::Generation,
    Field::Architecture,
    Field::BitLocker,
    Field::OsDiskSize,
    Field::DiskSize,
];

/// Words in the names of sheets and folders that keep one list as it was at several times.
const TIMES: &[&str] = &[
    "old", "new", "copy", "backup", "before", "after", "archive", "version", "gammal", "gammalt", "gamla", "ny",
    "nytt", "nya", "kopia", "före", "efter", "arkiv", "alt", "alte", "neu", "neue", "kopie", "vorher", "nachher",
    "archiv", "gammel", "kopi", "ancien", "nouveau", "copie", "antiguo", "nuevo", "copia", "antigo", "novo",
];

/// A list of machines with what tells it from lists of the same shape.
struct List<'t, 'a> {
    table: &'t Table<'a>,
    /// The row of each name, by the hash of what names of one machine have in common.
    rows: FxHashMap<u64, (Name, usize)>,
    site: String,
}

/// What two lists say of machines of the same names.
#[derive(Default)]
struct Compared {
    common: usize,
    /// Of which they tell differently.
    differing: usize,
    /// Of which they tell two or more facts differently.
    plainly: usize,
    /// The rows of one of those.
    example: Option<(Name, [Origin; 2])>,
}

impl Assembly {
    /// Finds lists of one shape that tell of different sites, and notes it.
    pub(super) fn tell_sites_apart(&mut self, tables: &[Table<'_>]) {
        let mut shapes: BTreeMap<(Option<usize>, Vec<String>), Vec<List<'_, '_>>> = BTreeMap::new();
        let lists = tables.iter().filter(|table| tells_no_place(table));
        for table in lists {
            let sheet = &table.grid.sheet;
            if table.grid.is_sheet && !is_of_a_time(sheet) {
                shapes.entry((Some(table.file), shape(table))).or_default().push(List::of(table, sheet.clone()));
            }
            let folder = folder(&self.estate.files[table.file].path).to_owned();
            shapes.entry((None, shape(table))).or_default().push(List::of(table, folder));
        }
        for ((file, _), mut lists) in shapes {
            if file.is_none() {
                name_by_folders(&mut lists);
            }
            let Some((pair, found)) = first_of_two_sites(&lists) else { continue };
            let Some((machine, rows)) = found.example else { continue };
            let named = |list: &List<'_, '_>| Arg::named(Identity::Customer, &list.site);
            let text = say!(
                "{machine} stands in two lists of the same headings, {one} and {other}, with other facts in each: they are read as lists of two sites, and machines of one name in both as two. If they are one site's, give both lists a column `Site` that says so.",
                machine = Arg::named(Identity::Machine, &machine),
                one = named(&lists[pair[0]]),
                other = named(&lists[pair[1]])
            );
            self.estate.note_at(Gravity::Doubt, rows[1], text);
            for list in &lists {
                let of_file = tables.iter().filter(|table| {
                    let path = |file: usize| folder(&self.estate.files[file].path);
                    table.index == list.table.index || file.is_none() && path(table.file) == path(list.table.file)
                });
                let site: Name = list.site.as_str().into();
                let indexes: Vec<u16> = of_file.map(|table| table.index).collect();
                for index in indexes {
                    self.sites.entry(index).or_insert_with(|| site.clone());
                }
            }
        }
    }
}

impl<'t, 'a> List<'t, 'a> {
    fn of(table: &'t Table<'a>, site: String) -> Self {
        let name = table.recognised.columns.iter().find(|used| used.field == Field::VmName);
        let mut rows = FxHashMap::default();
        for index in table.data() {
            if let Some(Value::Text(name)) = name.and_then(|used| table.grid.row(index).get(used.column)) {
                rows.entry(hash(name)).or_insert((name.clone(), index));
            }
        }
        Self { table, rows, site }
    }

    /// What two lists say of machines of the same names.
    fn compared(&self, other: &Self) -> Compared {
        let mut found = Compared::default();
        let mut mine: Vec<_> = self.rows.iter().collect();
        mine.sort_by_key(|(_, (_, index))| *index);
        for (key, (name, index)) in mine {
            let Some((their_name, their_index)) = other.rows.get(key) else { continue };
            let (row, their_row) = (self.table.grid.row(*index), other.table.grid.row(*their_index));
            if !same_machine(name, their_name) || cell::is_total(name) || cell::is_subtotal(name) {
                continue;
            }
            let differing =
                FACTS.iter().filter(|fact| differs(self.table, row, other.table, their_row, **fact)).count();
            found.common += 1;
            found.differing += usize::from(differing > 0);
            found.plainly += usize::from(differing > 1);
            if differing > 0 && found.example.is_none() {
                let origins =
                    [Origin::row(self.table.index, row.number), Origin::row(other.table.index, their_row.number)];
                found.example = Some((name.clone(), origins));
            }
        }
        found
    }

    /// Whether two lists are of two sites: two views of one site share most names and tell nearly the same of each.
    fn is_of_another_site(&self, other: &Self, found: &Compared) -> bool {
        let fewer = self.rows.len().min(other.rows.len());
        found.differing > 0 && (found.plainly * 3 >= found.common || found.common * 2 <= fewer)
    }
}

/// The first two lists that are of two sites, with what they say.
fn first_of_two_sites(lists: &[List<'_, '_>]) -> Option<([usize; 2], Compared)> {
    for (at, one) in lists.iter().enumerate() {
        for (more, other) in lists[at + 1..].iter().enumerate() {
            if one.site.is_empty() || other.site.is_empty() || one.site == other.site {
                continue;
            }
            let found = one.compared(other);
            if one.is_of_another_site(other, &found) {
                return Some(([at, at + 1 + more], found));
            }
        }
    }
    None
}

/// Whether a table lists machines by their names and nothing that would tell one of a name from another.
fn tells_no_place(table: &Table<'_>) -> bool {
    use Field::{Site, VmCluster, VmHost, VmId, VmName, VmVcenter, VmVmmServer};
    let is_list = matches!(table.recognised.rows, RowKind::Machine | RowKind::MachineDisk | RowKind::MachineNic);
    let places = |field: Field| matches!(field, VmId | VmHost | VmCluster | VmVmmServer | VmVcenter | Site);
    is_list && table.gives(|used| used.field == VmName) && !table.gives(|used| places(used.field))
}

/// The headings of a table in a form that does not depend on their order.
fn shape(table: &Table<'_>) -> Vec<String> {
    let header = table.recognised.header.iter().map(|heading| heading.trim().to_lowercase());
    let mut header: Vec<String> = header.filter(|heading| !heading.is_empty()).collect();
    header.sort_unstable();
    header
}

/// Whether two rows give a fact differently.
fn differs(table: &Table<'_>, row: Row<'_>, other: &Table<'_>, their_row: Row<'_>, fact: Field) -> bool {
    let given = |table: &Table<'_>, row: Row<'_>| {
        let columns = table.recognised.columns.iter().filter(|used| used.field == fact);
        columns.filter_map(|used| row.get(used.column)).map(written).collect::<Vec<String>>()
    };
    let (mine, theirs) = (given(table, row), given(other, their_row));
    !mine.is_empty() && mine.len() == theirs.len() && mine != theirs
}

fn written(value: Value<'_>) -> String {
    match value {
        Value::Text(text) | Value::Error(text) => text.trim().to_lowercase(),
        Value::Number(number) | Value::Date(number) => number.to_string(),
        Value::Bool(truth) => truth.to_string(),
    }
}

/// The folder of a path.
fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Calls each list by the part of its folder in which it differs from the others; by nothing where that is a time.
fn name_by_folders(lists: &mut [List<'_, '_>]) {
    let folders: Vec<Vec<String>> =
        lists.iter().map(|list| list.site.split('/').map(str::to_owned).collect()).collect();
    let shared =
        |at: usize| folders.iter().all(|folder| folder.get(at).is_some() && folder.get(at) == folders[0].get(at));
    let depth = (0..folders[0].len()).take_while(|at| shared(*at)).count();
    for (list, folder) in lists.iter_mut().zip(&folders) {
        let own = folder.get(depth).filter(|part| !is_of_a_time(part));
        list.site = own.cloned().unwrap_or_default();
    }
}

/// Whether a name tells a time and no place: "2026-10", "Old", "Servers (copy)".
fn is_of_a_time(name: &str) -> bool {
    let digits = name.chars().filter(char::is_ascii_digit).count();
    let lower = name.to_lowercase();
    digits >= 4 || lower.split(|sign: char| !sign.is_alphanumeric()).any(|word| TIMES.contains(&word))
}
