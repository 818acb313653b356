//! What a row of a machine list gives, before it is known which machine it is.

use super::attached::{DiskPart, NicPart, disk_reader, nic_reader};
use super::conflicts;
use super::exclude::{
    CLUSTER, IN_AZURE, OTHER_HYPERVISOR, OTHER_KIND, PHYSICAL, Reason, asked_for_as, hypervisor_of, other_hypervisor,
};
use super::seen::{Seen, Trouble, set, set_disk_size, set_memory};
use super::stage::{Label, Part, Put};
use crate::ingest::cell::{RowIs, is_physical, row_is};
use crate::ingest::columns::ColumnUse;
use crate::model::{
    Arg, Bytes, Disk, Fact, Field, Identity, Include, LeftOutKind, Missing, Name, Nic, Origin, Vm, Why, say,
};

/// A row of a machine list, with or without one of the machine's disks or adapters beside it.
pub(super) struct MachineRow {
    pub vm: Vm,
    /// A second GUID of the same machine: VMM gives its own beside Hyper-V's.
    pub other_id: Option<Name>,
    pub marks: Marks,
    /// The disk that the row itself speaks of.
    pub disk: Option<Disk>,
    /// The adapter that the row itself speaks of.
    pub nic: Option<Nic>,
    /// Disks in columns of their own: "OS disk size" is number 0, "Disk 3 size" number 3.
    pub columns: Vec<(u16, Disk)>,
    /// Adapters in columns of their own.
    pub nic_columns: Vec<(u16, Nic)>,
    /// Whether the row holds anything of the machine beside its name, GUID and host.
    pub has_machine_cells: bool,
}

/// What a row says of itself that keeps its machine from being counted.
pub(super) struct Marks {
    pub template: Fact<bool>,
    pub recovery_copy: Fact<bool>,
    pub test_replica: Fact<bool>,
    pub host_type: Fact<Name>,
    pub status: Fact<Name>,
    /// Physical or virtual, or what else the row is, as written.
    pub server_type: Fact<Name>,
    /// What that says the row is.
    pub is: Option<RowIs>,
}

impl Marks {
    fn none() -> Self {
        Self {
            template: Fact::absent(Field::Template),
            recovery_copy: Fact::absent(Field::RecoveryCopy),
            test_replica: Fact::absent(Field::TestReplica),
            host_type: Fact::absent(Field::HostType),
            status: Fact::absent(Field::VmStatus),
            server_type: Fact::absent(Field::ServerType),
            is: None,
        }
    }
}

impl DiskPart for MachineRow {
    fn disk(&mut self, seen: &Seen<'_>) -> &mut Disk {
        let number = if seen.used.field == Field::OsDiskSize { Some(0) } else { seen.used.number };
        match number {
            None => self.disk.get_or_insert_with(|| Disk::seen_at(seen.origin)),
            Some(number) => numbered(&mut self.columns, number, || Disk::seen_at(seen.origin)),
        }
    }
}

impl NicPart for MachineRow {
    fn nic(&mut self, seen: &Seen<'_>) -> &mut Nic {
        match seen.used.number {
            None => self.nic.get_or_insert_with(|| Nic::seen_at(seen.origin)),
            Some(number) => numbered(&mut self.nic_columns, number, || Nic::seen_at(seen.origin)),
        }
    }
}

/// The item of a number, begun when the row's first cell of that number comes.
fn numbered<T>(items: &mut Vec<(u16, T)>, number: u16, begin: impl FnOnce() -> T) -> &mut T {
    let at = items.iter().position(|(known, _)| *known == number).unwrap_or_else(|| {
        items.push((number, begin()));
        items.len() - 1
    });
    &mut items[at].1
}

impl Part for MachineRow {
    fn start(seen: Origin) -> Self {
        Self {
            vm: Vm::seen_at(seen),
            other_id: None,
            marks: Marks::none(),
            disk: None,
            nic: None,
            columns: Vec::new(),
            nic_columns: Vec::new(),
            has_machine_cells: false,
        }
    }

    fn label(&self) -> Label {
        Label::of(LeftOutKind::Vm, if self.vm.name.is_known() { &self.vm.name } else { &self.vm.id })
    }

    fn weigh(&mut self, again: Self) {
        conflicts::note_columns(&mut self.vm, again.vm);
    }
    fn take_unnamed_size(&mut self, cell: Origin) {
        if let Fact::Missing(missing) = &mut self.vm.stated_disk_count {
            missing.why = Why::Unreadable(cell);
        }
    }

    fn reader(used: ColumnUse) -> Option<Put<Self>> {
        match used.field {
            Field::VmName => Some(|row, seen| set(&mut row.vm.name, seen.name(), seen)),
            Field::VmHost => Some(|row, seen| set(&mut row.vm.host, seen.text(), seen)),
            Field::VmId => Some(take_id),
            Field::NicMac => Some(take_macs),
            Field::DiskSize if used.number.is_none() => Some(take_sizes),
            Field::DiskTotal => Some(|row, seen| take_total(row, seen, |vm| &mut vm.stated_disk_total)),
            Field::DiskProvisioned => Some(|row, seen| take_total(row, seen, |vm| &mut vm.stated_disk_provisioned)),
            Field::Memory => Some(|row, seen| {
                row.has_machine_cells = true;
                set_memory(&mut row.vm.memory, seen)
            }),
            Field::MemoryStartup => Some(|row, seen| {
                row.has_machine_cells = true;
                set_memory(&mut row.vm.memory_startup, seen)
            }),
            field => machine_reader(field)
                .or_else(|| guest_reader(field))
                .or_else(|| mark_reader(field))
                .or_else(|| disk_reader(field))
                .or_else(|| nic_reader(field)),
        }
    }
}

/// The preferred column's GUID is the machine's; a further one finds it as well.
fn take_id(row: &mut MachineRow, seen: &Seen<'_>) -> Option<Trouble> {
    if row.vm.id.is_known() {
        row.other_id = seen.guid().ok();
        return None;
    }
    set(&mut row.vm.id, seen.guid(), seen)
}

/// The numbers of disks that one cell lists, above those of numbered columns.
const FIRST_LISTED: u16 = u16::MAX / 2;

/// A machine's row may list the sizes of all its disks in one cell.
fn take_sizes(row: &mut MachineRow, seen: &Seen<'_>) -> Option<Trouble> {
    match seen.sizes() {
        Ok(sizes) if sizes.len() > 1 => add_listed(row, &sizes, seen),
        read => set_disk_size(&mut row.disk(seen).size, read.map(|sizes| sizes[0]), seen),
    }
}

/// What is meant to be a total may list the sizes of the disks.
fn take_total(row: &mut MachineRow, seen: &Seen<'_>, total: fn(&mut Vm) -> &mut Fact<Bytes>) -> Option<Trouble> {
    row.has_machine_cells = true;
    match seen.sizes() {
        Ok(sizes) if sizes.len() > 1 => add_listed(row, &sizes, seen),
        read => set(total(&mut row.vm), read.map(|sizes| sizes[0]), seen),
    }
}

fn add_listed(row: &mut MachineRow, sizes: &[Bytes], seen: &Seen<'_>) -> Option<Trouble> {
    let mut trouble = None;
    for (number, size) in (FIRST_LISTED..).zip(sizes) {
        let disk = numbered(&mut row.columns, number, || Disk::seen_at(seen.origin));
        trouble = trouble.or(set_disk_size(&mut disk.size, Ok(*size), seen));
    }
    trouble
}

/// A machine's row may list the addresses of all its adapters in one cell.
fn take_macs(row: &mut MachineRow, seen: &Seen<'_>) -> Option<Trouble> {
    let macs = seen.macs();
    let [first, rest @ ..] = &macs[..] else { return set(&mut row.nic(seen).mac, seen.mac(), seen) };
    let trouble = set(&mut row.nic(seen).mac, first.clone(), seen);
    for (number, mac) in (u16::MAX / 2..).zip(rest) {
        let nic = numbered(&mut row.nic_columns, number, || Nic::seen_at(seen.origin));
        set(&mut nic.mac, mac.clone(), seen);
    }
    trouble
}

/// Readers of a machine's own cells, which also tell that the row has such.
macro_rules! machine_cells {
    ($field:expr; $($name:ident => $fact:ident = $read:ident;)+) => {
        match $field {
            $(Field::$name => Some(|row, seen| {
                row.has_machine_cells = true;
                set(&mut row.vm.$fact, seen.$read(), seen)
            }),)+
            _ => None,
        }
    };
}

/// What the virtualization side says of a machine.
fn machine_reader(field: Field) -> Option<Put<MachineRow>> {
    machine_cells! { field;
        VmCluster => cluster = text;
        VmCloud => cloud = text;
        VmHostGroup => host_group = text;
        VmVmmServer => vmm_server = server;
        VmVcenter => vcenter = text;
        MemoryMaximum => memory_maximum = memory;
        DynamicMemory => dynamic_memory = yes_no;
        Platform => platform = text;
        GuestOs => guest_os = text;
        GuestOsVersion => guest_os_version = text;
        Architecture => architecture = architecture;
        Generation => generation = generation;
        Vcpus => vcpus = positive;
        PowerState => power_state = power_state;
        SecureBoot => secure_boot = yes_no;
        VirtualTpm => virtual_tpm = yes_no;
        Shielded => shielded = yes_no;
        FibreChannel => fibre_channel = any;
        PassThrough => pass_through = any;
        SharedStorage => shared_storage = any;
        Checkpoints => checkpoints = checkpoints;
        IntegrationServices => integration_services = text;
        ReplicationMode => replication_mode = replication_mode;
        HighlyAvailable => highly_available = yes_no;
        WriteChurn => write_churn = size;
        DiskCount => stated_disk_count = count;
        NicCount => stated_nic_count = count;
        ComputerName => computer_name = text;
        CpuUse => cpu_use = percent;
        MemoryUse => memory_use = percent;
        DailyChange => daily_change = size;
        Application => application = text;
        Owner => owner = text;
        Department => department = text;
        Environment => environment = text;
        CostCentre => cost_centre = text;
        Wave => wave = text;
        Tags => tags = text;
        Description => description = text;
        Site => site = text;
    }
}

/// What only the inside of the guest tells.
fn guest_reader(field: Field) -> Option<Put<MachineRow>> {
    machine_cells! { field;
        BitLocker => bitlocker = encrypted;
        StorageSpaces => storage_spaces = yes_no;
        GuestIscsi => guest_iscsi = yes_no;
        GuestSmb => guest_smb = yes_no;
        GuestNfs => guest_nfs = yes_no;
        ReiserFs => reiserfs = yes_no;
        DynamicDataDisk => dynamic_data_disk = yes_no;
        DynamicOsDisk => dynamic_os_disk = yes_no;
        LvmOnOsDisk => lvm_on_os_disk = yes_no;
        BootOnOsDisk => boot_on_os_disk = yes_no;
        OsDiskPartitions => os_disk_partitions = count;
        NicTeaming => nic_teaming = yes_no;
    }
}

/// What keeps a machine from being counted.
fn mark_reader(field: Field) -> Option<Put<MachineRow>> {
    match field {
        Field::Template => Some(|row, seen| set(&mut row.marks.template, seen.yes_no(), seen)),
        Field::RecoveryCopy => Some(|row, seen| set(&mut row.marks.recovery_copy, seen.yes_no(), seen)),
        Field::TestReplica => Some(|row, seen| set(&mut row.marks.test_replica, seen.yes_no(), seen)),
        Field::HostType => Some(|row, seen| set(&mut row.marks.host_type, seen.text(), seen)),
        Field::ServerType => Some(take_kind),
        Field::VmStatus => Some(|row, seen| set(&mut row.marks.status, seen.text(), seen)),
        _ => None,
    }
}

/// What the row is, by the first column that tells; a server that another column calls a host is one.
fn take_kind(row: &mut MachineRow, seen: &Seen<'_>) -> Option<Trouble> {
    let marks = &mut row.marks;
    let is = row_is(seen.value, seen.heading).ok();
    let is_vague = matches!(marks.is, None | Some(RowIs::Physical | RowIs::Other | RowIs::Model));
    if marks.is.is_none() || is_vague && is == Some(RowIs::Host) {
        if is.is_some() {
            marks.server_type = Fact::absent(Field::ServerType);
        }
        marks.is = is;
    }
    set(&mut marks.server_type, seen.text(), seen)
}

/// Why a machine is not to be counted, if its row says so and it was not asked for.
pub(super) fn machine_not_counted(row: &MachineRow, include: &[Include]) -> Option<Reason> {
    let asked = |kind: Include| include.contains(&kind);
    let is = |fact: &Fact<Name>, word: &str| fact.value().is_some_and(|text| text.eq_ignore_ascii_case(word));
    let marks = &row.marks;
    let kinds = [marks.server_type.value(), row.vm.platform.value()];
    let is_template = marks.template.value() == Some(&true) || marks.is == Some(RowIs::Template);
    let is_stored =
        is(&marks.host_type, "LibraryServer") || is(&marks.status, "Stored") || is(&row.vm.power_state, "Stored");
    let physical = if marks.is == Some(RowIs::Physical) { marks.server_type.value() } else { row.vm.platform.value() };
    let physical = physical.filter(|text| marks.is == Some(RowIs::Physical) || is_physical(text));
    if is_template && !asked(Include::Template) {
        return Some("a template".into());
    }
    // The library is where templates are kept, so that who asks for templates asks for those.
    if is_stored && !is_template && !asked(Include::Stored) {
        return Some("stored in the VMM library".into());
    }
    if is(&marks.status, "Missing") || is(&row.vm.power_state, "Missing") {
        return Some("missing in VMM".into());
    }
    if is_test_replica(row) && !asked(Include::Replica) {
        return Some("a test replica".into());
    }
    if is_recovery_copy(row) && !asked(Include::Replica) {
        return Some("a recovery copy".into());
    }
    if row.vm.name.value().is_some_and(|name| is_cluster_service(name)) {
        return Some("a cluster service machine (vCLS)".into());
    }
    if let Some(text) = physical {
        let reason = || Reason::with(PHYSICAL, say!("its kind is {kind}", kind = Arg::named(Identity::Term, text)));
        return (!asked(Include::Physical)).then(reason);
    }
    if marks.is == Some(RowIs::Cluster) {
        return Some(CLUSTER.into());
    }
    let is_azure = |text: &str| text.eq_ignore_ascii_case("Azure") || text.eq_ignore_ascii_case("Azure VM");
    if kinds.iter().flatten().any(|text| is_azure(text)) {
        return (!asked(Include::Azure)).then(|| IN_AZURE.into());
    }
    if let Some((text, include)) = marks.server_type.value().and_then(|text| Some((text, hypervisor_of(text)?))) {
        let reason = || Reason::with(OTHER_HYPERVISOR, say!("its kind is {kind}", kind = Arg::text(text)));
        return (!asked(include)).then(reason);
    }
    other_hypervisor(&row.vm.platform).filter(|_| !asked(asked_for_as(&row.vm.platform)))
}

/// Why a row is no machine that a column of kinds calls neither that nor anything known, beside rows that it calls machines.
pub(super) fn of_another_kind(row: &MachineRow, include: &[Include]) -> Option<Reason> {
    let kind = row.marks.server_type.value()?;
    match row.marks.is? {
        RowIs::Other => Some(Reason::with(OTHER_KIND, say!("its kind is {kind}", kind = Arg::text(kind)))),
        RowIs::Model if include.contains(&Include::Physical) => None,
        RowIs::Model => Some(Reason::with(PHYSICAL, say!("its model is {model}", model = Arg::text(kind)))),
        RowIs::Host | RowIs::Cluster | RowIs::Template | RowIs::Replica | RowIs::Machine | RowIs::Physical => None,
    }
}

/// What keeps a template or a replica that was asked for from being judged like a machine.
pub(super) fn stand_in(row: &MachineRow, include: &[Include]) -> Option<Missing> {
    let said = |fact: &Fact<bool>| fact.need().ok().filter(|known| known.value).map(|known| known.origin);
    let marks = &row.marks;
    let by_kind = |is: RowIs| {
        let known = marks.server_type.need().ok().filter(|_| marks.is == Some(is));
        known.map(|known| (Field::ServerType, known.origin))
    };
    let template = said(&marks.template).map(|origin| (Field::Template, origin));
    let template = template.or_else(|| by_kind(RowIs::Template));
    let copy = || {
        let test = said(&marks.test_replica).map(|origin| (Field::TestReplica, origin));
        test.or_else(|| said(&marks.recovery_copy).map(|origin| (Field::RecoveryCopy, origin)))
    };
    let mode = || {
        let mode = row.vm.replication_mode.need().ok().filter(|_| is_test_replica(row) || is_recovery_copy(row));
        mode.map(|known| (Field::ReplicationMode, known.origin))
    };
    let template = template.filter(|_| include.contains(&Include::Template));
    let replica = || copy().or_else(mode).or_else(|| by_kind(RowIs::Replica));
    let found = template.or_else(|| replica().filter(|_| include.contains(&Include::Replica)));
    found.map(|(field, origin)| Missing { field, why: Why::StandIn(origin) })
}

fn is_test_replica(row: &MachineRow) -> bool {
    let mode = row.vm.replication_mode.value();
    row.marks.test_replica.value() == Some(&true) || mode.is_some_and(|mode| mode.eq_ignore_ascii_case("TestReplica"))
}

fn is_recovery_copy(row: &MachineRow) -> bool {
    row.marks.recovery_copy.value() == Some(&true)
        || row.marks.is == Some(RowIs::Replica)
        || is_replica(&row.vm.replication_mode)
}

/// Whether a name is that of a machine which `VMware` itself runs for a cluster.
fn is_cluster_service(name: &str) -> bool {
    let rest = name.get(..4).filter(|start| start.eq_ignore_ascii_case("vCLS")).map(|_| &name[4..]);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '-', '_', '(']))
}

fn is_replica(mode: &Fact<Name>) -> bool {
    mode.value().is_some_and(|mode| {
        ["Replica", "ExtendedReplica", "Extended Replica"].iter().any(|word| mode.eq_ignore_ascii_case(word))
    })
}
