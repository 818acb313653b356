//! What a row of a machine list gives, before it is known which machine it is.

use super::any_part::add_columns;
use super::attached::{DiskPart, NicPart, disk_reader, nic_reader};
use super::conflicts;
use super::seen::{Seen, Trouble, set, set_disk_size, set_memory};
use super::stage::{Label, Part, Put};
use crate::ingest::cell::{RowIs, is_of_model, row_is};
use crate::ingest::columns::ColumnUse;
use crate::model::{Bytes, Disk, Fact, Field, LeftOutKind, Name, Nic, Origin, Vm, Why};

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

    fn weigh(&mut self, mut again: Self) {
        add_columns(&mut self.vm, &mut again.vm);
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
            Field::VmHost => Some(|row, seen| set(&mut row.vm.host, seen.place(), seen)),
            Field::VmId => Some(take_id),
            Field::NicMac => Some(take_macs),
            Field::DiskSize if used.number.is_none() => Some(take_sizes),
            Field::DiskPath if used.number.is_none() => Some(take_paths),
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

/// A machine's row may list the files of all its disks in one cell, a line each.
fn take_paths(row: &mut MachineRow, seen: &Seen<'_>) -> Option<Trouble> {
    let read = seen.text();
    let lines: Vec<Name> = match &read {
        Ok(text) => text.lines().map(str::trim).filter(|line| !line.is_empty()).map(Name::from).collect(),
        Err(_) => Vec::new(),
    };
    let [_, _, ..] = &lines[..] else { return set(&mut row.disk(seen).path, read, seen) };
    for (number, path) in (FIRST_LISTED..).zip(lines) {
        let disk = numbered(&mut row.columns, number, || Disk::seen_at(seen.origin));
        set(&mut disk.path, Ok(path), seen);
    }
    None
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
        Site => site = place;
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
    let is_better = match is {
        Some(RowIs::Host) => is_vague,
        Some(RowIs::Foreign) => marks.is != Some(RowIs::Host),
        // What a column of kinds calls virtual may bear its host's model.
        Some(RowIs::Machine) => marks.is == Some(RowIs::Model) && !is_of_model(seen.heading),
        _ => false,
    };
    if marks.is.is_none() || is_better {
        if is.is_some() {
            marks.server_type = Fact::absent(Field::ServerType);
        }
        marks.is = is;
    }
    set(&mut marks.server_type, seen.text(), seen)
}
