//! Hosts in lists of machines: rows that say so, and rows on which other machines run.

use super::assembly::{Assembly, Fate};
use super::called::same_server;
use super::counted::of_another_kind;
use super::exclude::{HOST, OTHER_KIND, Reason, hypervisor_of};
use super::own_row::is_hardware;
use super::parts::MachineRow;
use super::servers::Servers;
use super::stage::{Label, Table};
use crate::ingest::cell::{RowIs, row_is};
use crate::model::{Arg, Fact, Field, Host, Identity, Include, LeftOutKind, Name, Vm, say};

/// What the columns of kinds of a list call its rows.
#[derive(Clone, Copy)]
pub(super) struct Kinds {
    /// Whether some rows are called machines, so that what is called otherwise is none.
    call_machines: bool,
    /// Whether nothing else tells that a row is of a machine.
    tell_all: bool,
}

impl Kinds {
    pub(super) fn of(table: &Table<'_>) -> Self {
        let call_machines = calls_machines(table);
        Self { call_machines, tell_all: call_machines && !gives_facts(table) }
    }

    /// Why a row is no machine by its kind.
    pub(super) fn why_no_machine(self, row: &MachineRow, include: &[Include]) -> Option<Reason> {
        of_another_kind(row, include)
            .filter(|_| self.call_machines || is_hardware(row))
            .or_else(|| of_unknown_kind(row).filter(|_| self.tell_all))
    }
}

/// Whether a column of a list calls some of its rows machines.
fn calls_machines(table: &Table<'_>) -> bool {
    let kinds = table.recognised.columns.iter().filter(|used| used.field == Field::ServerType);
    let mut cells = kinds.flat_map(|used| {
        let heading = table.recognised.header.get(usize::from(used.column)).map_or("", String::as_str);
        table.data().filter_map(move |index| Some((table.grid.row(index).get(used.column)?, heading)))
    });
    cells.any(|(value, heading)| row_is(value, heading) == Ok(RowIs::Machine))
}

/// Whether a list tells more of its rows than a list of a cluster's roles or of objects of any kind does.
fn gives_facts(table: &Table<'_>) -> bool {
    const FACTS: &[Field] = &[
        Field::GuestOs,
        Field::Generation,
        Field::Vcpus,
        Field::Memory,
        Field::MemoryStartup,
        Field::MemoryMaximum,
        Field::VmId,
        Field::DiskSize,
        Field::OsDiskSize,
        Field::DiskTotal,
        Field::DiskProvisioned,
        Field::NicAddresses,
        Field::IntegrationServices,
    ];
    table.gives(|used| FACTS.contains(&used.field))
}

/// Why a row is no machine whose kind is none that is known, where nothing but that would tell.
fn of_unknown_kind(row: &MachineRow) -> Option<Reason> {
    let kind = row.marks.server_type.value().filter(|_| row.marks.is.is_none())?;
    Some(Reason::with(OTHER_KIND, say!("its kind is {kind}", kind = Arg::text(kind))))
}

/// What a row of a list of machines that is a host says of it.
pub(super) fn host_of(row: MachineRow) -> Host {
    let MachineRow { vm, marks, .. } = row;
    let mut host = Host::seen_at(vm.seen);
    // "ESXi host" names the platform as well.
    let by_kind = marks.server_type.need().ok().filter(|kind| hypervisor_of(&kind.value).is_some()).cloned();
    host.platform = by_kind.map_or(vm.platform, |kind| Fact::known(kind.value, kind.origin));
    host.memory = if vm.memory.is_known() { vm.memory } else { vm.memory_startup };
    let Vm { name, guest_os, guest_os_version, vcpus, cluster, vmm_server, host_group, .. } = vm;
    host.name.fill(name);
    host.os.fill(guest_os);
    host.os_version.fill(guest_os_version);
    host.processors.fill(vcpus);
    host.cluster.fill(cluster);
    host.vmm_server.fill(vmm_server);
    host.group.fill(host_group);
    host
}

impl Assembly {
    /// Gives the hosts of lists of machines to those of the lists of hosts, by name.
    pub(super) fn take_listed_hosts(
        &mut self,
        hosts: &mut Servers,
        place: impl Fn(&mut Self, Host, &mut Servers) -> Fate,
    ) {
        for host in std::mem::take(&mut self.listed_hosts) {
            let (label, seen) = (Label::of(LeftOutKind::Host, &host.name), host.seen);
            let fate = place(self, host, hosts);
            if let Fate::Out(reason) = &fate {
                self.list(label, || None, reason, seen);
            }
            self.count(seen.table, fate);
        }
    }

    /// Leaves out machines on which others run: a list of servers has its hosts among them.
    ///
    /// A machine that has a host or a generation of its own is one, whatever runs inside it.
    pub(super) fn leave_out_hosts(&mut self) {
        let mut hosts = Servers::default();
        for (number, vm) in self.estate.vms.iter().enumerate() {
            if let Some(host) = vm.host.value().filter(|host| !same_server(host, vm.shown_name())) {
                hosts.add(host, number);
            }
        }
        for (number, vm) in self.estate.vms.iter().enumerate() {
            let is_elsewhere = |host: &Name| !same_server(host, vm.shown_name());
            if vm.generation.is_known() || vm.host.value().is_some_and(is_elsewhere) {
                continue;
            }
            if let Some(guest) = hosts.find(vm.shown_name()).map(|guest| &self.estate.vms[guest]) {
                let guest = Arg::named(Identity::Machine, guest.shown_name());
                self.removed.push((number, Reason::with(HOST, say!("{guest} runs on it", guest = guest))));
            }
        }
        self.drop_removed();
    }
}
