//! The list of what is unresolved, filled in by the site and given back: declared facts of machines that other tables began.

use jiff::civil::Date;

use super::ages::day_of;
use super::assembly::{Assembly, Fate};
use super::attached::Owner;
use super::declare::{read, row_of};
use super::exclude::{self, Reason};
use super::filled_parts::{Told, fill_part, parts_know};
use super::registry::Export;
use super::stage::Label;
use crate::ingest::cell::culture::{Culture, Evidence};
use crate::ingest::columns::{ColumnUse, Unit};
use crate::ingest::recognise::meaning::usual_unit;
use crate::ingest::table::{Grid, Row, Value};
use crate::model::{
    Arg, Declaration, Declared, Disk, Fact, Field, Gravity, Identity, LeftOutKind, Name, Nic, Origin, Pattern,
    RowCount, SubjectKind, TableInfo, Vm, Vocabulary, say,
};

/// What such a list is called.
const TITLE: &str = "unresolved.csv, filled in";
/// The columns before those of the facts.
const FIXED: [&str; 5] = ["vm", "vm_id", "host", "who", "when"];
/// How many rows that hold something are looked at for the headings.
const ROWS_SEARCHED: usize = 10;
/// The columns whose names in `vms.csv` are not those of their fields.
const OWN_NAMES: [(&str, Field, Unit); 4] = [
    ("memory_mib", Field::Memory, Unit::MiB),
    ("disk_gib", Field::DiskTotal, Unit::GiB),
    ("cluster", Field::VmCluster, Unit::None),
    ("cloud", Field::VmCloud, Unit::None),
];

const NOTHING_FILLED_IN: &str = "nothing filled in";
const NOBODY: &str = "filled in, and not by whom and when";
const UNUSED: &str = "filled in, and known otherwise or not readable";

/// A list that was given back.
pub(super) struct FilledIn<'a> {
    grid: &'a Grid,
    header: Vec<String>,
    first_row: usize,
    fixed: [u16; 5],
    facts: Vec<ColumnUse>,
    /// Its file and table, as indexes into the estate's.
    file: usize,
    table: u16,
}

impl<'a> FilledIn<'a> {
    /// The list that a table is, when it has its columns.
    pub(super) fn of(grid: &'a Grid, file: usize, table: u16) -> Option<Self> {
        let (header, first_row) = match &grid.header {
            Some(header) => (header.clone(), 0),
            None => headings(grid)?,
        };
        let fixed = fixed(&header)?;
        let facts = (0_u16..).zip(&header).filter_map(|(column, heading)| {
            let (field, unit) = meaning(heading)?;
            Some(ColumnUse { column, field, unit, number: None, culture: Culture::Point, times: None })
        });
        let mut facts: Vec<ColumnUse> = facts.collect();
        let numbers: Vec<u16> = facts.iter().filter(|used| used.unit != Unit::None).map(|used| used.column).collect();
        let culture = Evidence::together(&Evidence::gather(grid, first_row, &numbers)).culture(grid.delimiter);
        for used in &mut facts {
            used.culture = culture;
        }
        Some(Self { grid, header, first_row, fixed, facts, file, table })
    }

    fn info(&self) -> TableInfo {
        let mut read_as = vec![String::new(); self.header.len()];
        let mut units = vec![""; self.header.len()];
        for (column, field) in self.fixed.iter().zip([Field::VmName, Field::VmId, Field::VmHost]) {
            field.key().clone_into(&mut read_as[usize::from(*column)]);
        }
        for (column, name) in self.fixed.iter().zip(FIXED).skip(3) {
            name.clone_into(&mut read_as[usize::from(*column)]);
        }
        for used in &self.facts {
            used.field.key().clone_into(&mut read_as[usize::from(used.column)]);
            units[usize::from(used.column)] = used.unit.title();
        }
        TableInfo {
            file: self.file,
            sheet: self.grid.sheet.clone(),
            taken_for: TITLE.to_owned(),
            vocabulary: Vocabulary::Any,
            columns: self.header.clone(),
            read_as,
            units,
            is_sheet: self.grid.is_sheet,
            is_turned: false,
            rows: RowCount::default(),
        }
    }

    fn cell(&self, row: Row<'_>, column: usize) -> Option<Name> {
        text(row.get(self.fixed[column])?)
    }

    /// By whom and when a row was filled in.
    fn declarer(&self, row: Row<'_>) -> Option<(String, Date)> {
        Some((self.cell(row, 3)?.to_string(), day_of(row.get(self.fixed[4])?)?))
    }

    fn origin(&self, row: Row<'_>, column: u16) -> Origin {
        Origin { row: row.number, table: self.table, column }
    }

    /// How a row names its machine.
    fn owner(&self, row: Row<'_>) -> Owner {
        let fact = |column: usize, field| match self.cell(row, column) {
            Some(name) => Fact::known(name, self.origin(row, self.fixed[column])),
            None => Fact::absent(field),
        };
        let id = self.cell(row, 1).and_then(|id| read::<Vm>(&self.id(), &id, self.origin(row, self.fixed[1])));
        Owner {
            id: id.map_or(Fact::absent(Field::VmId), |vm| vm.id),
            name: fact(0, Field::VmName),
            host: fact(2, Field::VmHost),
        }
    }

    const fn id(&self) -> ColumnUse {
        ColumnUse {
            column: self.fixed[1],
            field: Field::VmId,
            unit: Unit::None,
            number: None,
            culture: Culture::Point,
            times: None,
        }
    }
}

/// The first row that holds every fixed heading, with the index of the row below it.
fn headings(grid: &Grid) -> Option<(Vec<String>, usize)> {
    let rows = (0..grid.row_count()).filter(|index| !grid.row(*index).is_blank()).take(ROWS_SEARCHED);
    rows.into_iter().find_map(|index| {
        let mut header = Vec::new();
        for (column, value) in grid.row(index).cells() {
            if let Value::Text(text) = value {
                header.resize(usize::from(column), String::new());
                header.push(text.trim().to_owned());
            }
        }
        fixed(&header).map(|_| (header, index + 1))
    })
}

fn fixed(header: &[String]) -> Option<[u16; 5]> {
    let mut columns = [0; 5];
    for (column, name) in columns.iter_mut().zip(FIXED) {
        let at = header.iter().position(|heading| heading.trim().eq_ignore_ascii_case(name))?;
        *column = u16::try_from(at).ok()?;
    }
    Some(columns)
}

/// The fact of a machine that a column gives, and its unit.
fn meaning(heading: &str) -> Option<(Field, Unit)> {
    let heading = heading.trim();
    let own = OWN_NAMES.iter().find(|(name, _, _)| heading.eq_ignore_ascii_case(name));
    if let Some((_, field, unit)) = own {
        return Some((*field, *unit));
    }
    let is_named =
        |field: &Field| heading.eq_ignore_ascii_case(field.key()) || heading.eq_ignore_ascii_case(field.title());
    let field = Field::ALL.iter().copied().find(is_named)?;
    let is_identity = matches!(field, Field::VmName | Field::VmId | Field::VmHost);
    let is_fact = Vm::has(field) || field == Field::OsDiskSize || Disk::has(field) || Nic::has(field);
    (is_fact && !is_identity).then(|| (field, usual_unit(field)))
}

/// What a cell says as a text; a blank one says nothing.
fn text(value: Value<'_>) -> Option<Name> {
    match value {
        Value::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()).map(Name::from),
        Value::Number(number) | Value::Date(number) => Some(number.to_string().into()),
        Value::Bool(truth) => Some(if truth { "yes" } else { "no" }.into()),
        Value::Error(_) => None,
    }
}

/// A cell with the use of its column; a number that is none of a text is written with a point.
fn in_cell(used: &ColumnUse, value: Value<'_>) -> Option<(ColumnUse, Name)> {
    let culture = if matches!(value, Value::Text(_)) { used.culture } else { Culture::Point };
    Some((ColumnUse { culture, ..*used }, text(value)?))
}

/// Whether a machine's fact is known, from its own row or from what is listed of it.
fn knows(vm: &Vm, field: Field) -> bool {
    match field {
        Field::DiskCount => vm.disk_count().is_ok(),
        Field::DiskTotal => vm.disk_total().is_ok(),
        Field::NicCount => vm.nic_count().is_ok(),
        field if Vm::has(field) => vm.knows(field),
        field => parts_know(vm, field),
    }
}

fn fill(vm: &mut Vm, used: &ColumnUse, value: &Name, origin: Origin) -> Told {
    if !Vm::has(used.field) {
        return row_of(used, value, origin).map_or(Told::Unreadable, |row| fill_part(vm, row, used.field));
    }
    let is_known = knows(vm, used.field);
    let Some(said) = read::<Vm>(used, value, origin) else { return Told::Unreadable };
    if let Some(cell) = vm.contradicted_by(&said) {
        return Told::Contradicted(cell);
    }
    if is_known {
        return Told::Known;
    }
    vm.fill(said);
    Told::Filled
}

/// What was filled in of a machine, as a declaration.
fn declared(name: &str, fact: Field, value: Name, (who, when): (String, Date), origin: Origin) -> Declared {
    let (subject, line) = (SubjectKind::Vm, origin.row);
    let declaration = Declaration { subject, name: Pattern::new(name), fact, value, who, when, line };
    Declared { declaration, origin, fitting: 1, filled: 1, contradicted: 0 }
}

impl Assembly {
    /// Lists a table that was filled in and given back.
    pub(super) fn list_filled_in(&mut self, list: &FilledIn<'_>) {
        self.estate.tables.push(list.info());
    }

    /// Fills the facts of machines from a list that was given back.
    pub(super) fn fill_in(&mut self, list: &FilledIn<'_>) {
        let export = Export { file: list.file, title: TITLE.into() };
        for index in list.first_row..list.grid.row_count() {
            let row = list.grid.row(index);
            if exclude::is_blank(row) {
                continue;
            }
            self.estate.tables[usize::from(list.table)].rows.read += 1;
            let owner = list.owner(row);
            let whole = Origin::row(list.table, row.number);
            let fate = match self.owner(&owner, &export, whole) {
                Ok(machine) => self.fill_row(list, row, machine),
                Err(fate) => fate,
            };
            if let Fate::Out(reason) = &fate
                && reason.counted != NOTHING_FILLED_IN
            {
                let named = if owner.name.is_known() { &owner.name } else { &owner.id };
                self.list(Label::of(LeftOutKind::Vm, named), || exclude::texts(row), reason, whole);
            }
            self.count(list.table, fate);
        }
    }

    fn fill_row(&mut self, list: &FilledIn<'_>, row: Row<'_>, machine: usize) -> Fate {
        let vm = &self.estate.vms[machine];
        let name: Name = vm.shown_name().into();
        let machine_named = Arg::Named(Identity::Machine, name.clone());
        let given: Vec<(ColumnUse, Name)> =
            list.facts.iter().filter_map(|used| in_cell(used, row.get(used.column)?)).collect();
        let is_new = given.iter().any(|(used, _)| !knows(vm, used.field));
        let Some((who, when)) = list.declarer(row) else {
            if !is_new {
                return Fate::Out(NOTHING_FILLED_IN.into());
            }
            let text = say!(
                "{machine} is filled in, but not by whom and when, so it is not used. Fill in `who` and `when`, a day such as 2026-11-20.",
                machine = machine_named
            );
            self.estate.note_at(Gravity::Doubt, Origin::row(list.table, row.number), text);
            return Fate::Out(NOBODY.into());
        };
        let (mut filled, mut unused) = (0_u32, 0_u32);
        for (used, value) in given {
            let origin = list.origin(row, used.column);
            let (fact, entered) = (used.field, Arg::named(Identity::Free, &value));
            match fill(&mut self.estate.vms[machine], &used, &value, origin) {
                Told::Known => {}
                Told::Filled => {
                    filled += 1;
                    self.estate.declarations.push(declared(&name, fact, value, (who.clone(), when), origin));
                }
                Told::Unreadable => {
                    unused += 1;
                    let text = say!(
                        "\"{value}\" cannot be read as {fact} of {machine}, so it is not used; write it as an export would.",
                        value = entered,
                        fact,
                        machine = machine_named.clone()
                    );
                    self.estate.note_at(Gravity::Doubt, origin, text);
                }
                Told::OfNone => {
                    unused += 1;
                    let text = say!(
                        "{fact} of {machine} is filled in as {value}, and nothing tells of which disk or adapter that is, so it is not used; give a value for each of them, parted by semicolons, or export them.",
                        fact,
                        machine = machine_named.clone(),
                        value = entered
                    );
                    self.estate.note_at(Gravity::Doubt, origin, text);
                }
                Told::Contradicted(cell) => {
                    unused += 1;
                    let place = self.estate.place(cell);
                    let text = say!(
                        "{fact} of {machine} is filled in as {value}, but {file} row {row} says otherwise; what was exported is kept. Correct whichever is out of date.",
                        fact,
                        machine = machine_named.clone(),
                        value = entered,
                        file = place.in_file(),
                        row = Arg::at(place.row)
                    );
                    self.estate.note_at(Gravity::Doubt, origin, text);
                }
            }
        }
        match (filled, unused) {
            (0, 0) => Fate::Out(NOTHING_FILLED_IN.into()),
            (0, _) => Fate::Out(Reason::from(UNUSED)),
            (_, _) => Fate::Joined,
        }
    }
}
