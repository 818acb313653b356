//! The estate and what was concluded about it as tables: machines, disks, network adapters and hosts.

use super::row::{Row, Subjects};
use super::{Column, Head, Kind, Table, carried, hosts, parts, vms};
use crate::evaluate::{Assessment, Subject};
use crate::model::{Estate, Origin, words};

words! {
    /// A table of the inventory, which conditions can be put to.
    Inventory {
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

impl Inventory {
    const fn columns(self) -> &'static [Column<Subjects>] {
        match self {
            Self::Vms => vms::COLUMNS,
            Self::Disks => parts::DISKS,
            Self::Nics => parts::NICS,
            Self::Hosts => hosts::COLUMNS,
        }
    }

    /// Its columns, in order.
    pub fn heads(self) -> impl Iterator<Item = Head> {
        self.columns().iter().map(Column::head)
    }

    /// The names of its columns, in order.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        self.columns().iter().map(Column::name)
    }

    /// Its column of a name: the name that it is published under, and what it holds.
    #[must_use]
    pub fn column(self, name: &str) -> Option<(&'static str, Kind)> {
        self.columns().iter().find(|column| column.name() == name).map(|column| (column.name(), column.kind()))
    }

    /// Its column of a name, as writers see it.
    #[must_use]
    pub fn head(self, name: &str) -> Option<Head> {
        self.heads().find(|head| head.name == name)
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

    /// The table.
    #[must_use]
    pub fn table<'a>(self, estate: &'a Estate, assessment: &'a Assessment<'a>) -> Table<'a> {
        let items = self.items(estate);
        let table =
            Table::of(self.as_str(), self.columns(), items.len(), move |index| items[index].row(estate, assessment));
        match self {
            Self::Vms => carried::onto(table, estate),
            Self::Disks | Self::Nics | Self::Hosts => table,
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

    /// The machine or host that it is, or is a part of.
    #[must_use]
    pub fn subject(self) -> Subject {
        match self {
            Self::Vm(vm) | Self::Disk(vm, _) | Self::Nic(vm, _) => Subject::of_machine(vm),
            Self::Host(host) => Subject::of_host(host),
        }
    }

    fn row<'a>(self, estate: &'a Estate, assessment: &'a Assessment<'a>) -> Row<'a> {
        let place = estate.place(self.seen(estate));
        let mut row = Row { estate, assessment, vm: None, disk: None, nic: None, host: None, counts: None, place };
        match self {
            Self::Vm(vm) => {
                row.vm = Some((vm, &estate.vms[vm]));
                row.counts = Some(assessment.counts(estate, vm));
            }
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
