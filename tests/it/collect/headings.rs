//! What the collectors write is what Klar reads, and what Klar says they export is exported.

use klar::cli::{CollectFrom, ScriptForm};
use klar::ingest::source::Source;
use klar::ingest::{self, Dialects};
use klar::model::{Estate, Field, Gravity, Note};
use klar::rules::RULES;
use tree_sitter::Node;

use super::{of_kind, powershell, script, text};

/// What Klar must take the collectors' tables for, by the block that writes them and their names.
const TABLES: &[(&str, &str, &str)] = &[
    ("$askVmm", "vmm-servers", "VMM server list"),
    ("$askVmm", "clouds", "cloud list"),
    ("$askVmm", "host-groups", "host group list"),
    ("$askVmm", "hosts", "host list"),
    ("$askVmm", "volumes", "list of volumes"),
    ("$askVmm", "clusters", "cluster list"),
    ("$askVmm", "machines", "machine list"),
    ("$askVmm", "disks", "list of machines and their disks"),
    ("$askVmm", "network-adapters", "list of machines and their network adapters"),
    ("$askServer", "vmm-servers", "VMM server list"),
    ("$askHost", "hosts", "host list"),
    ("$askHost", "volumes", "list of volumes"),
    ("$askHost", "clusters", "cluster list"),
    ("$askHost", "machines", "machine list"),
    ("$askHost", "disks", "list of machines and their disks"),
    ("$askHost", "network-adapters", "list of machines and their network adapters"),
    ("$askGuest", "guests", "machine list"),
    ("$askGuest", "guest-volumes", "volumes inside guests"),
    ("guest.sh", "guests", "machine list"),
    ("guest.sh", "guest-volumes", "volumes inside guests"),
    ("", "errors", "errors of a collector"),
];

/// Headings of which no check makes anything: each is written for the people who read the tables, or for a plan.
const CARRIED: &[&str] = &[
    "CPU when collected (%)",
    "Cloud description",
    "Cluster told by",
    "Configuration version",
    "Custom properties",
    "Guest volume",
    "Guest volume file system",
    "Guest volume free (bytes)",
    "Guest volume label",
    "Guest volume of the VM",
    "Guest volume of the VM ID",
    "Guest volume size (bytes)",
    "Host description",
    "Memory demand when collected (bytes)",
    "Memory demand when collected (MiB)",
    "Memory in use when collected (MiB)",
    "Metered average CPU (MHz)",
    "Metered average IOPS",
    "Metered average memory (MiB)",
    "Metered disk reads (MiB)",
    "Metered disk writes (MiB)",
    "Metered for",
    "Metered maximum memory (MiB)",
    "Minimum memory (bytes)",
    "Minimum memory (MiB)",
    "PerfDiskBytesRead",
    "PerfDiskBytesWrite",
    "PerfNetworkBytesRead",
    "PerfNetworkBytesWrite",
    "Replication provider version of the VMM server",
    "Software RAID in the guest",
    "Volume file system",
    "Volume is shared",
    "Volume label",
];

/// A table that a script writes.
#[derive(Clone, Debug)]
pub(super) struct Written {
    /// The variable of the block that writes it; empty for what the script itself writes.
    pub block: String,
    pub table: String,
    pub headings: Vec<String>,
}

/// The tables that a PowerShell script writes, from its object literals: one entry for each block and table.
pub(super) fn written(script: &str) -> Vec<Written> {
    let tree = powershell(script);
    let mut found: Vec<Written> = Vec::new();
    let casts = of_kind(tree.root_node(), "cast_expression");
    for literal in casts.into_iter().filter(|cast| text(*cast, script).starts_with("[pscustomobject]")) {
        let entries = of_kind(literal, "hash_entry");
        let mut cells: Vec<(String, &str)> = entries.iter().map(|entry| heading_and_value(*entry, script)).collect();
        let table = match cells.first() {
            Some((heading, value)) if heading == "Table" => value.trim_matches('\'').to_owned(),
            Some(_) | None => "errors".to_owned(),
        };
        cells.retain(|(heading, _)| heading != "Table");
        let headings: Vec<String> = cells.into_iter().map(|(heading, _)| heading).collect();
        let block = if table == "errors" { String::new() } else { block_of(literal, script) };
        match found.iter().find(|known| (&known.block, &known.table) == (&block, &table)) {
            Some(known) => assert_eq!(known.headings, headings, "{block} writes {table} in two ways"),
            None => found.push(Written { block, table, headings }),
        }
    }
    found
}

fn heading_and_value<'s>(entry: Node<'_>, script: &'s str) -> (String, &'s str) {
    let key = of_kind(entry, "key_expression")[0];
    let value = script[key.end_byte()..entry.end_byte()].trim_start_matches([' ', '=']).trim();
    (text(key, script).trim_matches('\'').to_owned(), value)
}

/// The variable `$ask...` whose block something stands in.
fn block_of(node: Node<'_>, script: &str) -> String {
    let mut above = node.parent();
    while let Some(node) = above {
        if node.kind() == "assignment_expression" && text(node, script).starts_with("$ask") {
            return text(node, script).split(' ').next().unwrap_or_default().to_owned();
        }
        above = node.parent();
    }
    String::new()
}

pub(super) fn of_script(from: CollectFrom) -> Vec<Written> {
    written(&script(from, ScriptForm::Powershell))
}

/// The headings of the Linux script, from the columns that it names.
pub(super) fn of_guest_shell() -> Vec<Written> {
    let script = script(CollectFrom::Guest, ScriptForm::Shell);
    let tree = super::bash(&script);
    let named = of_kind(tree.root_node(), "command").into_iter().filter_map(|command| {
        let name = text(command, &script).strip_prefix("column '")?;
        name.split('\'').next().map(str::to_owned)
    });
    let (volumes, guests) = named.partition(|heading| heading.starts_with("Guest volume"));
    [("guests", guests), ("guest-volumes", volumes)]
        .map(|(table, headings)| Written { block: "guest.sh".to_owned(), table: table.to_owned(), headings })
        .to_vec()
}

/// The field that a heading names by its title.
fn field(heading: &str) -> Option<Field> {
    let title = heading.split(" (").next().expect("a heading has a first part");
    Field::ALL.iter().copied().find(|field| field.title() == title)
}

/// A cell as the collector would write it for the machine or host of a number.
fn cell(heading: &str, number: usize) -> String {
    let text = match field(heading) {
        Some(Field::VmId) => return format!("6b1c1f0e-9f5b-4a6d-8f0e-0c7c7a4f1d0{number}"),
        Some(Field::VmHost | Field::HostName) => return format!("hv0{number}.tall.example"),
        Some(Field::VmName | Field::ComputerName) => return format!("web-0{number}"),
        Some(Field::DiskPath) => return format!(r"C:\ClusterStorage\Volume1\web-0{number}\web-0{number}.vhdx"),
        Some(Field::NicMac) => return format!("00155D01020{number}"),
        Some(Field::NicAddresses) => return format!("10.0.0.{number}"),
        Some(Field::HostId) => return format!("0c1c1f0e-9f5b-4a6d-8f0e-0c7c7a4f1d0{number}"),
        Some(Field::DiskId) => return format!("0d1c1f0e-9f5b-4a6d-8f0e-0c7c7a4f1d0{number}"),
        None if heading == "Cluster told by" => return format!("hv0{number}.tall.example"),
        _ if heading.contains("agent version") => "2.0.9260.0",
        _ if heading.ends_with("(bytes)") && heading.contains("sector") => "512",
        _ if heading.ends_with("(bytes)") && heading.to_lowercase().contains("memory") => "8589934592",
        _ if heading.ends_with("(bytes)") => "136365211648",
        _ if heading.ends_with("(MiB)") || heading.ends_with("(MHz)") => "8192",
        Some(Field::VolumeHost) => return format!("hv0{number}.tall.example"),
        Some(Field::VolumeName) => r"C:\ClusterStorage\Volume1",
        _ if heading.ends_with("(%)") || heading.starts_with("Perf") || heading.ends_with("IOPS") => "7",
        Some(Field::ClusterNodes) => "hv01.tall.example;hv02.tall.example",
        Some(Field::GuestOs) => "Windows Server 2019 Datacenter",
        Some(Field::HostOs) => "Microsoft Windows Server 2022 Datacenter",
        Some(Field::VmmOs) => "Microsoft Windows Server 2022 Datacenter (Desktop Experience)",
        Some(Field::GuestOsVersion) => "10.0.17763",
        Some(Field::HostOsVersion) => "10.0.20348",
        Some(Field::Architecture) => "x64",
        Some(Field::Generation) => "2",
        Some(Field::PowerState | Field::VmStatus) => "Running",
        Some(Field::Platform | Field::HostPlatform) => "HyperV",
        Some(Field::HostType) => "VMHost",
        Some(Field::ReplicationMode) => "None",
        Some(Field::IntegrationServices) => "Up to date",
        Some(
            Field::SecureBoot
            | Field::VirtualTpm
            | Field::Shielded
            | Field::FibreChannel
            | Field::PassThrough
            | Field::SharedStorage
            | Field::Template
            | Field::RecoveryCopy
            | Field::TestReplica
            | Field::DiskShared
            | Field::DiskPassThrough
            | Field::NicLegacy
            | Field::HostIpv6
            | Field::BitLocker
            | Field::StorageSpaces
            | Field::GuestIscsi
            | Field::GuestSmb
            | Field::GuestNfs
            | Field::ReiserFs
            | Field::DynamicDataDisk
            | Field::DynamicMemory
            | Field::DynamicOsDisk
            | Field::LvmOnOsDisk
            | Field::NicTeaming,
        ) => "False",
        Some(Field::DiskIsVhd | Field::HighlyAvailable | Field::ClusterBroker | Field::BootOnOsDisk) => "True",
        Some(Field::MemoryMaximum) => "8589934592",
        Some(Field::Vcpus | Field::HostProcessors | Field::OsDiskPartitions) => "4",
        Some(Field::DiskCount | Field::NicCount) => "1",
        Some(Field::Checkpoints | Field::DiskBus | Field::DiskLun) => "0",
        Some(Field::DiskParent) => "",
        Some(Field::DiskFormat) => "VHDX",
        Some(Field::DiskType | Field::NicAssignment) => "Dynamic",
        Some(Field::DiskRole) => "BootAndSystem",
        Some(Field::DiskController) => "SCSI",
        Some(Field::HostState) => "Responding",
        Some(
            Field::HostGroupOfHost
            | Field::VmHostGroup
            | Field::GroupPath
            | Field::CloudHostGroups
            | Field::ClusterHostGroup,
        ) => r"All Hosts\Tall",
        Some(Field::GroupName) => "Tall",
        Some(Field::VmCloud | Field::CloudName) => "Tall cloud",
        Some(Field::VmCluster | Field::HostCluster | Field::ClusterName) => "tall-cluster",
        Some(
            Field::VmVmmServer | Field::HostVmmServer | Field::CloudVmmServer | Field::GroupVmmServer | Field::VmmName,
        ) => "vmm01.tall.example",
        Some(Field::HostFixes) => "KB5001234;KB5005678",
        Some(Field::HostDotNet) => "4.8",
        Some(Field::HostProvider) => "5.1.8095.0",
        Some(Field::VmmVersion | Field::HyperVVersion) => "10.22.1287.0",
        None if heading.contains("memory") || heading.contains("shared") || heading.ends_with("guest") => "False",
        None if heading.ends_with("version") => "10.0",
        Some(_) | None => "of tall",
    };
    text.to_owned()
}

/// A table with a row for each number, as `Export-Csv` writes it.
fn csv(headings: &[String], numbers: &[usize]) -> String {
    let line = |cells: Vec<String>| cells.iter().map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(",");
    let rows = numbers.iter().map(|number| line(headings.iter().map(|heading| cell(heading, *number)).collect()));
    std::iter::once(line(headings.to_vec())).chain(rows).fold(String::new(), |text, row| text + &row + "\r\n")
}

/// The files of some tables, for hosts or machines of these numbers, a file for each as the collectors write them.
pub(super) fn files(tables: &[Written], numbers: &[usize]) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for Written { block, table, headings } in tables {
        if ["$askHost", "$askGuest", "guest.sh"].contains(&block.as_str()) {
            let one = |number: &usize| (format!("{block}/{table}-0{number}.csv"), csv(headings, &[*number]));
            files.extend(numbers.iter().map(one));
        } else {
            let is_one = ["vmm-servers", "clouds", "host-groups", "clusters", "errors"].contains(&table.as_str());
            files.push((format!("{block}/{table}.csv"), csv(headings, if is_one { &numbers[..1] } else { numbers })));
        }
    }
    files
}

pub(super) fn read(files: Vec<(String, String)>) -> Estate {
    let source = |(path, text): (String, String)| Source { path, sha256: String::new(), bytes: text.into_bytes() };
    ingest::read(&files.into_iter().map(source).collect::<Vec<_>>(), &Dialects::embedded())
}

/// What Klar doubts of some tables.
pub(super) fn doubts(estate: &Estate) -> Vec<&Note> {
    estate.notes.iter().filter(|note| note.gravity != Gravity::Remark).collect()
}

/// What of some tables is not taken for what it is, or read as something else than its heading says.
fn misread(tables: &[Written]) -> Vec<String> {
    let mut wrong = Vec::new();
    for written in tables {
        let Written { block, table, headings } = written;
        let known = TABLES.iter().find(|(of, name, _)| of == block && name == table);
        let Some((_, _, taken_for)) = known else {
            wrong.push(format!("{block} writes a table {table}, which nobody expects"));
            continue;
        };
        let estate = read(vec![(format!("{table}.csv"), csv(headings, &[1]))]);
        let read = estate.tables.first();
        let title = read.map_or("", |read| &read.taken_for);
        if title != *taken_for {
            wrong.push(format!("{block} {table} is taken for `{title}`"));
        }
        for (heading, read_as) in read.into_iter().flat_map(|read| read.columns.iter().zip(&read.read_as)) {
            // Whatever encrypts a disk is told by one fact.
            let is_encryption = heading == "LUKS in the guest" && read_as == Field::BitLocker.key();
            let is_own = is_encryption || field(heading).map(Field::key) == Some(read_as);
            let is_carried = read_as.is_empty() && CARRIED.contains(&heading.as_str());
            if !is_own && !is_carried {
                wrong.push(format!("{block} {table}: {heading} is read as `{read_as}`"));
            }
        }
        for note in doubts(&estate).into_iter().filter(|_| table != "errors") {
            wrong.push(format!("{block} {table}: {}", note.text));
        }
    }
    wrong
}

#[test]
fn every_column_that_a_collector_writes_is_read_or_named_as_carried() {
    let mut wrong = Vec::new();
    for from in [CollectFrom::Vmm, CollectFrom::Hyperv, CollectFrom::Guest, CollectFrom::Azure] {
        wrong.extend(misread(&of_script(from)));
    }
    wrong.extend(misread(&of_guest_shell()));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_table_that_is_expected_is_written() {
    let mut all = of_guest_shell();
    for from in [CollectFrom::Vmm, CollectFrom::Hyperv, CollectFrom::Guest, CollectFrom::Azure] {
        all.extend(of_script(from));
    }
    let is_written = |block: &str, table: &str| all.iter().any(|one| (&*one.block, &*one.table) == (block, table));
    let missing: Vec<_> = TABLES.iter().filter(|(block, table, _)| !is_written(block, table)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    let headings: Vec<&String> = all.iter().flat_map(|one| &one.headings).collect();
    let idle: Vec<_> = CARRIED.iter().filter(|carried| !headings.iter().any(|heading| heading == *carried)).collect();
    assert!(idle.is_empty(), "carried, and written by no script: {idle:?}");
}

/// The fields that a collector's scripts write.
fn fields_of(name: &str) -> Vec<Field> {
    let tables = match name {
        "vmm" => of_script(CollectFrom::Vmm),
        "hyperv" => of_script(CollectFrom::Hyperv),
        _ => [of_script(CollectFrom::Guest), of_guest_shell()].concat(),
    };
    tables.iter().flat_map(|table| &table.headings).filter_map(|heading| field(heading)).collect()
}

#[test]
fn a_collector_exports_every_fact_that_klar_says_it_does() {
    let mut missing = Vec::new();
    for name in ["vmm", "hyperv", "guest"] {
        let written = fields_of(name);
        for promised in Field::ALL.iter().copied().filter(|field| collectors(field.export()).contains(&name)) {
            if !written.contains(&promised) {
                missing.push(format!("klar collect {name} does not export {}", promised.title()));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

/// The collectors that a field's export names: "klar collect vmm or hyperv" names two.
fn collectors(export: &str) -> Vec<&str> {
    let Some((_, rest)) = export.split_once("klar collect ") else { return Vec::new() };
    rest.split([' ', ',', ')']).filter(|word| ["vmm", "hyperv", "guest"].contains(word)).collect()
}

/// Facts that a cmdlet's own export holds under another name than the collector gives it.
const STANDS_IN: &[(Field, Field)] = &[(Field::DiskPassThrough, Field::DiskIsVhd)];

#[test]
fn a_collector_exports_every_fact_that_a_check_needs_of_its_cmdlets() {
    let mut missing = Vec::new();
    let needed = || RULES.iter().flat_map(|rule| rule.needs).copied();
    for (name, prefixes) in
        [("vmm", &["Get-SC"][..]), ("hyperv", &["Get-VM", "Get-VHD"]), ("guest", &["inside the guest"])]
    {
        let written = fields_of(name);
        for need in needed().filter(|need| prefixes.iter().any(|prefix| need.export().contains(prefix))) {
            let stands_in = STANDS_IN.iter().filter(|(fact, _)| *fact == need).map(|(_, other)| *other);
            if !std::iter::once(need).chain(stands_in).any(|field| written.contains(&field)) {
                missing.push(format!("klar collect {name} does not export {}", need.title()));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}
