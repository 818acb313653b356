//! The estate and what was concluded about it as tables of typed columns, named as the published files name them.

use std::borrow::Cow;

use polars::prelude::{Column as Values, DataFrame, PolarsResult};

use crate::evaluate::Assessment;
use crate::model::{Disk, Estate, Field, Host, Nic, Origin, Vm, words};

mod hosts;
mod parts;
mod vms;

words! {
    /// A table that conditions are put to.
    Table {
        /// A row per machine, as in `vms.csv`.
        Vms = "vms",
        /// A row per disk of a machine.
        Disks = "disks",
        /// A row per network adapter of a machine.
        Nics = "nics",
        /// A row per host.
        Hosts = "hosts",
    }
}

words! {
    /// What a column holds.
    Kind {
        /// Texts.
        Text = "texts",
        /// Whole numbers.
        Number = "whole numbers",
        /// True or false.
        Flag = "true or false",
    }
}

/// What a row is about; the numbers are indexes into the estate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Item {
    /// A machine.
    Vm(usize),
    /// A disk of a machine: the machine, and the disk among its disks.
    Disk(usize, usize),
    /// A network adapter of a machine: the machine, and the adapter among its adapters.
    Nic(usize, usize),
    /// A host.
    Host(usize),
}

/// A column: its name, the fact it shows if it shows one, and how a row gives it.
#[derive(Debug)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// The fact it shows; none for what Klar concluded or where it was read.
    pub field: Option<Field>,
    get: Get,
}

#[derive(Debug)]
enum Get {
    Text(for<'a> fn(&Row<'a>) -> Option<Cow<'a, str>>),
    Number(fn(&Row<'_>) -> Option<i64>),
    Flag(fn(&Row<'_>) -> Option<bool>),
}

/// A row under way: everything that its columns are taken from.
#[derive(Debug)]
struct Row<'a> {
    estate: &'a Estate,
    assessment: &'a Assessment<'a>,
    vm: Option<(usize, &'a Vm)>,
    disk: Option<&'a Disk>,
    nic: Option<&'a Nic>,
    host: Option<&'a Host>,
    seen: Origin,
}

impl Column {
    const fn text(name: &'static str, field: Field, get: for<'a> fn(&Row<'a>) -> Option<Cow<'a, str>>) -> Self {
        Self { name, field: Some(field), get: Get::Text(get) }
    }

    const fn number(name: &'static str, field: Field, get: fn(&Row<'_>) -> Option<i64>) -> Self {
        Self { name, field: Some(field), get: Get::Number(get) }
    }

    const fn flag(name: &'static str, field: Field, get: fn(&Row<'_>) -> Option<bool>) -> Self {
        Self { name, field: Some(field), get: Get::Flag(get) }
    }

    /// A text that Klar concluded.
    const fn told(name: &'static str, get: for<'a> fn(&Row<'a>) -> Option<Cow<'a, str>>) -> Self {
        Self { name, field: None, get: Get::Text(get) }
    }

    /// A number that Klar concluded.
    const fn counted(name: &'static str, get: fn(&Row<'_>) -> Option<i64>) -> Self {
        Self { name, field: None, get: Get::Number(get) }
    }

    /// What it holds.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self.get {
            Get::Text(_) => Kind::Text,
            Get::Number(_) => Kind::Number,
            Get::Flag(_) => Kind::Flag,
        }
    }
}

impl Table {
    /// Its columns, in order.
    #[must_use]
    pub const fn columns(self) -> &'static [Column] {
        match self {
            Self::Vms => vms::COLUMNS,
            Self::Disks => parts::DISKS,
            Self::Nics => parts::NICS,
            Self::Hosts => hosts::COLUMNS,
        }
    }

    /// Its column of a name.
    #[must_use]
    pub fn column(self, name: &str) -> Option<&'static Column> {
        self.columns().iter().find(|column| column.name == name)
    }

    /// What a row of it is, in a word.
    #[must_use]
    pub const fn scope(self) -> &'static str {
        match self {
            Self::Vms => "machine",
            Self::Disks => "disk",
            Self::Nics => "network adapter",
            Self::Hosts => "host",
        }
    }

    /// What its rows are about, in order.
    #[must_use]
    pub fn items(self, estate: &Estate) -> Vec<Item> {
        let machines = || estate.vms.iter().enumerate();
        match self {
            Self::Vms => machines().map(|(vm, _)| Item::Vm(vm)).collect(),
            Self::Disks => {
                machines().flat_map(|(vm, of)| (0..of.disks.len()).map(move |disk| Item::Disk(vm, disk))).collect()
            }
            Self::Nics => {
                machines().flat_map(|(vm, of)| (0..of.nics.len()).map(move |nic| Item::Nic(vm, nic))).collect()
            }
            Self::Hosts => (0..estate.hosts.len()).map(Item::Host).collect(),
        }
    }
}

impl Item {
    /// The row it was first read from.
    #[must_use]
    pub fn seen(self, estate: &Estate) -> Origin {
        match self {
            Self::Vm(vm) => estate.vms[vm].seen,
            Self::Disk(vm, disk) => estate.vms[vm].disks[disk].seen,
            Self::Nic(vm, nic) => estate.vms[vm].nics[nic].seen,
            Self::Host(host) => estate.hosts[host].seen,
        }
    }

    /// The machines that what is said of it holds for: indexes into the estate's machines.
    #[must_use]
    pub fn machines(self, estate: &Estate) -> Vec<usize> {
        match self {
            Self::Vm(vm) | Self::Disk(vm, _) | Self::Nic(vm, _) => vec![vm],
            Self::Host(host) => estate.hosts[host].vms.clone(),
        }
    }

    fn row<'a>(self, estate: &'a Estate, assessment: &'a Assessment<'a>) -> Row<'a> {
        let seen = self.seen(estate);
        let mut row = Row { estate, assessment, vm: None, disk: None, nic: None, host: None, seen };
        match self {
            Self::Vm(vm) => row.vm = Some((vm, &estate.vms[vm])),
            Self::Disk(vm, disk) => {
                row.vm = Some((vm, &estate.vms[vm]));
                row.disk = Some(&estate.vms[vm].disks[disk]);
            }
            Self::Nic(vm, nic) => {
                row.vm = Some((vm, &estate.vms[vm]));
                row.nic = Some(&estate.vms[vm].nics[nic]);
            }
            Self::Host(host) => row.host = Some(&estate.hosts[host]),
        }
        row
    }
}

/// Builds the wanted columns of a table, a row per item.
///
/// # Errors
/// When the columns do not fit together, which would be a defect.
pub fn build(
    table: Table,
    items: &[Item],
    estate: &Estate,
    assessment: &Assessment<'_>,
    wanted: &[&str],
) -> PolarsResult<DataFrame> {
    let rows: Vec<Row<'_>> = items.iter().map(|item| item.row(estate, assessment)).collect();
    let columns = table.columns().iter().filter(|column| wanted.contains(&column.name));
    let values = columns.map(|column| {
        let name = column.name.into();
        match column.get {
            Get::Text(get) => Values::new(name, rows.iter().map(get).collect::<Vec<_>>()),
            Get::Number(get) => Values::new(name, rows.iter().map(get).collect::<Vec<_>>()),
            Get::Flag(get) => Values::new(name, rows.iter().map(get).collect::<Vec<_>>()),
        }
    });
    DataFrame::new(values.collect())
}

/// The columns that end every table: where its row was read.
const SOURCE_FILE: Column = Column::told("source_file", |row| Some(row.estate.place(row.seen).file.into()));
const SOURCE_SHEET: Column = Column::told("source_sheet", |row| Some(row.estate.place(row.seen).sheet.into()));
const SOURCE_ROW: Column = Column::counted("source_row", |row| Some(i64::from(row.seen.row)));

/// A whole number as conditions compare it; beyond 2^44, more than any machine has, it is taken for unknown so that
/// arithmetic on it stays exact.
fn whole(number: u64) -> Option<i64> {
    i64::try_from(number).ok().filter(|number| *number <= LARGEST)
}

/// The largest number that a column holds.
pub const LARGEST: i64 = 1 << 44;
