//! Which export a table is, and which column of it gives what.

use std::sync::LazyLock;

use klar::ingest::cell::culture::Culture;
use klar::ingest::columns::{RowKind, Unit};
use klar::ingest::recognise::dialect::Dialects;
use klar::ingest::recognise::{Recognised, Recognition, recognise};
use klar::ingest::table::Grid;
use klar::model::{About, Field};

/// A table from lines of cells parted by `|`.
fn grid(lines: &[&str]) -> Grid {
    let mut grid = Grid::default();
    for (number, line) in (1..).zip(lines) {
        grid.begin_row(number);
        for (column, cell) in (0..).zip(line.split('|')) {
            grid.push_text(column, cell);
        }
    }
    grid
}

fn look(grid: &Grid) -> Recognition {
    static DIALECTS: LazyLock<Dialects> = LazyLock::new(Dialects::embedded);
    recognise(grid, "exports/estate.csv", &DIALECTS)
}

fn table(lines: &[&str]) -> Recognised {
    recognised(&grid(lines))
}

fn recognised(grid: &Grid) -> Recognised {
    match look(grid) {
        Recognition::Table(found) => *found,
        other => panic!("not taken for a table: {other:?}"),
    }
}

/// The columns of a table as "heading=field", with unit and number where there are any.
fn columns(found: &Recognised) -> Vec<String> {
    let shown = found.columns.iter().map(|column| {
        let number = column.number.map_or(String::new(), |number| format!(" #{number}"));
        let unit = if column.unit == Unit::None { String::new() } else { format!(" {:?}", column.unit) };
        format!("{}={}{unit}{number}", found.header[usize::from(column.column)], column.field.key())
    });
    shown.collect()
}

fn refusal(lines: &[&str]) -> String {
    match look(&grid(lines)) {
        Recognition::NotInventory { taken_for, why, .. } => format!("{taken_for}: {why}"),
        Recognition::NotRecognised { why } => why.to_string(),
        Recognition::Table(found) => panic!("taken for {}", found.title),
    }
}

#[test]
fn exports_are_told_by_their_headings() {
    let cases: &[(&str, &str, RowKind)] = &[
        ("VMCPath|HostGroupPath|CPUCount|Name|Memory", "Get-SCVirtualMachine", RowKind::Machine),
        ("FQDN|VMHostGroup|TotalMemory|HyperVVersion|Name", "Get-SCVMHost", RowKind::Host),
        ("Name|HostGroup|CloudCapacity|IsDRProtected", "Get-SCCloud", RowKind::Cloud),
        ("Name|ParentHostGroup|Path", "Get-SCVMHostGroup", RowKind::HostGroup),
        ("Name|ClusterName|ClusterReserve|Nodes", "Get-SCVMHostCluster", RowKind::Cluster),
        ("VHDType|VHDFormatType|MaximumSize|Location|Size|ID", "Get-SCVirtualHardDisk", RowKind::HardDisk),
        ("VirtualHardDiskId|IsVHD|BusType|Bus|Lun|Name", "Get-SCVirtualDiskDrive", RowKind::Drive),
        ("MACAddressType|MACAddress|VMNetwork|Name", "Get-SCVirtualNetworkAdapter", RowKind::Nic),
        ("VMName|VMId|State|IntegrationServicesState|MemoryStartup|ProcessorCount", "Get-VM", RowKind::Machine),
        ("VMName|ControllerType|ControllerNumber|ControllerLocation|Path", "Get-VMHardDiskDrive", RowKind::Drive),
        ("Path|VhdFormat|VhdType|FileSize|Size", "Get-VHD", RowKind::HardDisk),
        ("VMName|MacAddress|SwitchName|IPAddresses", "Get-VMNetworkAdapter", RowKind::Nic),
        ("Name|LogicalProcessorCount|MemoryCapacity|VirtualHardDiskPath", "Get-VMHost", RowKind::Host),
        ("VMName|SecureBoot|BootOrder", "Get-VMFirmware", RowKind::MachineDetail),
        ("VMName|TpmEnabled|Shielded", "Get-VMSecurity", RowKind::MachineDetail),
        ("VMName|SnapshotType|ParentSnapshotName|Name", "Get-VMSnapshot", RowKind::MachineDetail),
        ("Name|SharedVolumesRoot|SameSubnetThreshold", "Get-Cluster", RowKind::Cluster),
        ("Name|NodeWeight|Cluster", "Get-ClusterNode", RowKind::ClusterDetail),
        ("Caption|Version|CSName", "Win32_OperatingSystem", RowKind::Computer),
        (
            "*Server name|IP addresses|*Cores|*Memory (In MB)|*OS name",
            "Azure Migrate import template",
            RowKind::Machine,
        ),
        ("Machine|Azure VM readiness|Operating system|Group name", "Azure Migrate assessment", RowKind::Machine),
        ("Machine|Disk name|Azure disk readiness", "Azure Migrate assessment, disks", RowKind::Drive),
        ("Machine Name|Operating System|Power Stats", "Azure Migrate discovery report", RowKind::Machine),
        ("VM|Powerstate|CPUs|OS according to the VMware Tools", "RVTools vInfo", RowKind::Machine),
        ("VM|Powerstate|Guest OS|Heartbeat", "Hyper-V Auditor vInfo", RowKind::Machine),
        ("Name|VM Id|Integration Services State|Memory Startup (GB)|Processor Count", "Get-VM", RowKind::Machine),
        ("VMName|VHDName|VHDSize|VHDType", "Get-VMdata", RowKind::MachineDisk),
        ("NAME|TYPE|RESOURCE GROUP|LOCATION", "Azure resource list", RowKind::AzureResource),
        ("NOME|TIPO|LOCALIZAÇÃO", "Azure resource list", RowKind::AzureResource),
        ("currentValue|limit|name.value", "az vm list-usage", RowKind::Quota),
        ("name|resourceType|family|locations|capabilities.vCPUs", "az vm list-skus", RowKind::Sku),
        ("roleDefinitionName|principalName|scope", "az role assignment list", RowKind::RoleAssignment),
    ];
    for (header, title, rows) in cases {
        let row = if *rows == RowKind::AzureResource { "web|Storage account|c|d" } else { "a|b|c" };
        let found = table(&[header, row]);
        assert_eq!((found.title.as_str(), found.rows), (*title, *rows), "{header}");
    }
}

#[test]
fn a_persons_own_table_is_told_by_what_its_headings_make_of_it() {
    let cases: &[(&str, RowKind)] = &[
        ("VM|Generation|OS disk (GB)", RowKind::Machine),
        ("Namn|Värd|Operativsystem|Minne (GB)|Processorer", RowKind::Machine),
        ("Name|Host|OS|Memory", RowKind::Machine),
        ("VM|Disk path|Disk size (GB)", RowKind::MachineDisk),
        ("VM name|MAC address|IP addresses", RowKind::MachineNic),
        ("VM|Disk 1 (GB)|Disk 2 (GB)", RowKind::Machine),
        ("Host name|Host operating system|Cluster", RowKind::Host),
        ("Name|Operating system|Logical processors|Hyper-V version|Cluster", RowKind::Host),
        ("Cluster name|Cluster nodes", RowKind::Cluster),
        ("Cloud name|Host groups of the cloud", RowKind::Cloud),
        ("Host group path", RowKind::HostGroup),
        ("VMM server|VMM version", RowKind::VmmServer),
        ("Azure resource type|Azure resource name|Azure region", RowKind::AzureResource),
        ("Name|Type|Location|OS|Memory (GB)|vCPU", RowKind::Machine),
        ("Quota|Quota limit|Azure region", RowKind::Quota),
        ("VM size family|SKU", RowKind::Sku),
        ("Role of the signed-in account|Azure subscription", RowKind::RoleAssignment),
    ];
    for (header, rows) in cases {
        let row =
            if *rows == RowKind::AzureResource { "Microsoft.Network/virtualNetworks|b|c" } else { "a|b|c|Windows|4|2" };
        assert_eq!(table(&[header, row]).rows, *rows, "{header}");
    }
}

/// A heading that makes a table of the kind the field belongs to.
fn companion(field: Field) -> &'static str {
    match field.about() {
        About::Machine | About::Disk | About::Nic => "VM name",
        About::Host => "Host name",
        About::Cluster => "Cluster name",
        About::Cloud => "Cloud name",
        About::Volume => "Volume|Free space on the volume",
        About::HostGroup => "Host group path",
        About::VmmServer => "VMM server",
        About::Connection => "Source server|Destination server",
        About::Azure | About::AzureResource => "Azure resource name|Azure resource type",
        About::RoleAssignment => "Role of the signed-in account",
        About::Quota => "Quota|Quota limit",
        About::Size => "VM size family",
    }
}

#[test]
fn every_title_and_key_of_a_field_is_a_heading() {
    for &field in Field::ALL {
        for heading in [field.title(), field.key()] {
            let row = match (companion(field), field) {
                (companion, _) if companion.starts_with("Azure") => "a|Storage account|c",
                (_, Field::Platform) => "a|Hyper-V|c",
                _ => "a|b|c",
            };
            let companion = companion(field);
            let is_same = companion.eq_ignore_ascii_case(&heading.replace('_', " "));
            let header = if is_same { heading.to_owned() } else { format!("{companion}|{heading}") };
            let found = table(&[&header, row]);
            let fields: Vec<Field> = found.columns.iter().map(|column| column.field).collect();
            assert!(fields.contains(&field), "`{heading}` gives {fields:?} in {:?}", found.rows);
        }
    }
}

#[test]
fn the_preferred_column_of_a_field_comes_first() {
    let header = "ID|VMId|Name|VMCPath|HostGroupPath|CPUCount";
    let found = table(&[header, "1|2|web-01|c|d|4"]);
    let ids: Vec<&str> = columns(&found)
        .into_iter()
        .filter(|c| c.contains("vm_id"))
        .map(|c| if c.starts_with("VMId") { "VMId" } else { "ID" })
        .collect();
    assert_eq!(ids, ["VMId", "ID"]);

    let found =
        table(&["VM|Powerstate|OS according to the configuration file|OS according to the VMware Tools|VM ID|VM UUID"]);
    assert_eq!(
        columns(&found),
        [
            "VM=vm_name",
            "Powerstate=power_state",
            "OS according to the VMware Tools=guest_os",
            "OS according to the configuration file=guest_os",
            "VM UUID=vm_id",
        ]
    );
}

#[test]
fn units_come_from_the_heading_then_from_the_export() {
    let cases: &[(&str, &[&str])] = &[
        ("VM|Memory", &["VM=vm_name", "Memory=memory MiB"]),
        ("VM|Memory (GB)", &["VM=vm_name", "Memory (GB)=memory GiB"]),
        ("VM|memory_mb", &["VM=vm_name", "memory_mb=memory MiB"]),
        ("VM|MemoryGB", &["VM=vm_name", "MemoryGB=memory GiB"]),
        ("VM|RAM [TB]", &["VM=vm_name", "RAM [TB]=memory TiB"]),
        (
            "VM|OS disk (GB)|Disk 2 size (MB)",
            &["VM=vm_name", "OS disk (GB)=os_disk_size GiB", "Disk 2 size (MB)=disk_size MiB #2"],
        ),
        ("VM|Write churn (MB/s)", &["VM=vm_name", "Write churn (MB/s)=write_churn MBPerSecond"]),
        (
            "VM|Disk path|Logical sector size",
            &["VM=vm_name", "Disk path=disk_path", "Logical sector size=logical_sector Bytes"],
        ),
        (
            "VMName|State|ProcessorCount|MemoryStartup",
            &["VMName=vm_name", "State=power_state", "ProcessorCount=vcpus", "MemoryStartup=memory Bytes"],
        ),
        (
            "Name|VM Id|Integration Services State|Memory Startup (GB)|Processor Count",
            &[
                "Name=vm_name",
                "VM Id=vm_id",
                "Integration Services State=integration_services",
                "Memory Startup (GB)=memory GiB",
                "Processor Count=vcpus",
            ],
        ),
        ("VM|CPU|CPU %|Memory %", &["VM=vm_name", "CPU=vcpus", "CPU %=cpu_use", "Memory %=memory_use"]),
    ];
    for (header, expected) in cases {
        assert_eq!(columns(&table(&[header, "a|b|c|d|e"])), *expected, "{header}");
    }
}

#[test]
fn swedish_and_german_headings_are_read() {
    let found = table(&["Maskin|Värd|Operativsystem|Minne (GB)|Processorer|Moln|OS-disk (GB)|Disk 2 (GB)", "a|b"]);
    let expected = [
        "Maskin=vm_name",
        "Värd=vm_host",
        "Operativsystem=guest_os",
        "Minne (GB)=memory GiB",
        "Processorer=vcpus",
        "Moln=vm_cloud",
        "OS-disk (GB)=os_disk_size GiB",
        "Disk 2 (GB)=disk_size GiB #2",
    ];
    assert_eq!(columns(&found), expected);
    let found = table(&["Virtuelle Maschine|Betriebssystem|Arbeitsspeicher (GB)|Prozessoren", "a|b"]);
    assert_eq!(
        columns(&found),
        [
            "Virtuelle Maschine=vm_name",
            "Betriebssystem=guest_os",
            "Arbeitsspeicher (GB)=memory GiB",
            "Prozessoren=vcpus"
        ]
    );
}

#[test]
fn headings_are_found_below_titles() {
    let found = table(&[
        "Contoso estate",
        "Exported 2026-05-04|by VM team",
        "VM|OS|Memory (MB)",
        "web-01|Windows Server 2019|4096",
    ]);
    assert_eq!((found.first_data_row, found.header[1].as_str()), (3, "OS"));
}

#[test]
fn a_type_name_tells_the_export_and_added_columns_are_read() {
    let mut selected = grid(&["Name|Memory|BitLocker|OS disk size (GB)", "web-01|4096|no|127"]);
    selected.type_name = Some("Selected.Microsoft.SystemCenter.VirtualMachineManager.VM".to_owned());
    let found = recognised(&selected);
    assert_eq!(found.title, "Get-SCVirtualMachine");
    assert_eq!(
        columns(&found),
        ["Name=vm_name", "Memory=memory MiB", "BitLocker=bitlocker", "OS disk size (GB)=os_disk_size GiB"]
    );

    let mut host = grid(&["Name|Memory", "h1|2"]);
    host.type_name = Some("Microsoft.Other.VirtualMachineManager.VMTemplate".to_owned());
    assert_eq!(recognised(&host).title, "machine list");
}

#[test]
fn headings_of_json_are_not_among_the_rows() {
    let mut json = grid(&["web-01|3|2"]);
    json.header = Some(["Name", "State", "ProcessorCount", "MemoryStartup"].map(str::to_owned).to_vec());
    assert_eq!(recognised(&json).first_data_row, 0);
}

#[test]
fn integers_of_another_order_are_not_read() {
    let mut json = Grid::default();
    json.header = Some(["VirtualHardDiskId", "BusType", "Lun", "Name"].map(str::to_owned).to_vec());
    json.begin_row(1);
    json.push_text(0, "5d9c1a52-5f0e-4a4e-9a9c-7c1f0e2b6d11");
    json.push_number(1, 1.0);
    json.push_number(2, 0.0);
    json.push_text(3, "web-01");
    let found = recognised(&json);
    assert_eq!(columns(&found), ["VirtualHardDiskId=disk_id", "Lun=disk_lun", "Name=vm_name"]);
    assert!(found.notes[0].to_string().contains("`BusType` holds integers"), "{:?}", found.notes);
    let words = table(&["VirtualHardDiskId|BusType|Lun|Name", "5d9c1a52|SCSI|0|web-01"]);
    assert!(columns(&words).contains(&"BusType=disk_controller".to_owned()));
}

#[test]
fn a_heading_that_stands_twice_is_read_once_and_said() {
    let found = table(&["VM|Memory|Memory", "web-01|4096|2"]);
    assert_eq!(columns(&found), ["VM=vm_name", "Memory=memory MiB"]);
    assert_eq!(
        found.notes.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["The heading `Memory` stands over more than one column; the first is read."]
    );
    let found = table(&["VM|RAM|Memory", "web-01|1|4096"]);
    assert_eq!(columns(&found), ["VM=vm_name", "Memory=memory MiB"]);
    assert_eq!(
        found.notes.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["Both `Memory` and `RAM` could give Memory; the first is read."]
    );
}

#[test]
fn the_culture_is_what_the_numbers_settle() {
    let cases: &[(&[&str], Culture)] = &[
        (&["0,5", "10"], Culture::Comma),
        (&["0.5", "10"], Culture::Point),
        (&["1 546,6"], Culture::Comma),
        (&["1,546.6"], Culture::Point),
        (&["1.546,6"], Culture::Comma),
        (&["1,234,567"], Culture::Point),
        (&["1,36365E+11"], Culture::Comma),
        (&["127,50 GB"], Culture::Comma),
        (&["1,234"], Culture::Unsettled),
        (&["1,234", "0,5"], Culture::Comma),
        (&["0,5", "0.5"], Culture::Unsettled),
        (&["4096"], Culture::Unsettled),
    ];
    for (values, expected) in cases {
        let rows: Vec<String> = values.iter().map(|value| format!("web|{value}")).collect();
        let mut lines = vec!["VM|Memory (GB)"];
        lines.extend(rows.iter().map(String::as_str));
        assert_eq!(table(&lines).culture, *expected, "{values:?}");
    }
}

#[test]
fn a_semicolon_settles_a_number_nothing_else_does() {
    let mut semicolons = grid(&["VM|Memory (GB)", "web|1,234"]);
    semicolons.delimiter = Some(';');
    assert_eq!(recognised(&semicolons).culture, Culture::Comma);
    let found = table(&["VM|Memory (GB)", "web|1,234"]);
    assert!(
        found.notes[0].to_string().starts_with("Numbers of `Memory (GB)` such as 1,234 or 1.234 could be"),
        "{:?}",
        found.notes
    );
}

#[test]
fn known_exports_without_machines_say_what_they_are() {
    let cases: &[(&str, &str)] = &[
        ("Property|Selected value", "settings of an Azure Migrate project or assessment: It lists settings"),
        ("MachineName|Application|Version|Provider", "Azure Migrate application inventory: It lists the software"),
        ("meterId|unitOfMeasure|retailPrice", "Azure price list: It lists prices"),
        ("Category|Impact|Recommendation|Learn|Resource Id", "Azure Quick Review sheet: It lists"),
        (
            "ClassId2e4f51ef21dd47e99d3c952918aff9cd|pageHeaderEntry|x",
            "export of Format-Table: PowerShell wrote its screen layout",
        ),
        ("IsReadOnly|IsFixedSize|IsSynchronized|Keys|Values|SyncRoot|Count", "export of a hashtable: PowerShell"),
        ("Length", "export of plain texts: PowerShell wrote the lengths"),
        ("VM|Powerstate|Disk|Capacity MiB|Consumed MiB|Free MiB", "another tab of RVTools: "),
    ];
    for (header, expected) in cases {
        let said = refusal(&[header, "a|b|c"]);
        assert!(said.starts_with(expected), "{header}: {said}");
    }
    assert_eq!(table(&["VM|Length", "a|b"]).title, "machine list");
    let connections = table(&["Timeslot|Source server name|Destination server name", "09:00|web-01|db-01"]);
    assert_eq!(connections.title, "Azure Migrate dependency export");
}

#[test]
fn what_is_not_recognised_says_what_is_missing() {
    let said = refusal(&["VhdFormat|FileSize|Colour", "VHDX|1|2"]);
    assert!(said.starts_with("The nearest known export is Get-VHD; it lacks the heading `VhdType`."), "{said}");
    let said = refusal(&["Fruit|Colour", "apple|red"]);
    assert!(said.starts_with("No known heading stands in its first rows (seen: `Fruit`, `Colour`)."), "{said}");
    assert_eq!(refusal(&[]), "The table is empty: it holds no headings and no rows.");
}

#[test]
fn a_known_export_walls_nothing_off() {
    let header = "Name|CPUCount|HostType|VirtualizationPlatform|Failover cluster|vTPM|Checkpoints|Host group|Guest OS|OS disk (GB)|Favourite colour";
    let found = table(&[header, "web-01|4|VMHost|HyperV|KLU1|Yes|2|All Hosts\\North|Windows Server 2022|127|blue"]);
    assert_eq!(found.title, "Get-SCVirtualMachine");
    let fields: Vec<&str> = found.columns.iter().map(|column| column.field.key()).collect();
    let added = ["vm_cluster", "virtual_tpm", "checkpoints", "vm_host_group", "guest_os", "os_disk_size"];
    assert!(added.iter().all(|field| fields.contains(field)), "{fields:?}");
    assert_eq!(found.tally.dropped, 1, "{:?}", found.tally);
}

#[test]
fn a_row_is_what_its_facts_make_it() {
    let cases: &[(&str, &str, RowKind)] = &[
        ("VMName|State|ProcessorCount|MemoryStartup", "a|Running|2|4294967296", RowKind::Machine),
        (
            "VMName|State|ProcessorCount|MemoryStartup|VHD path|VHD size (GB)",
            r"a|Running|2|4294967296|D:\a.vhdx|60",
            RowKind::MachineDisk,
        ),
        (
            "VMName|ControllerType|ControllerLocation|Path|Guest OS|vCPU",
            r"a|SCSI|0|D:\a.vhdx|Windows Server 2022|4",
            RowKind::MachineDisk,
        ),
        ("Server|OS|CPU|RAM (GB)|Location", "a|Windows Server 2022|2|8|Lund", RowKind::Machine),
        ("VM|Size (GB)|Path", r"a|60|D:\a.vhdx", RowKind::MachineDisk),
        ("VM|vCPU|Size (GB)", "a|2|60", RowKind::Machine),
        ("VM|Size (GB)|Path|Type", r"a|60|D:\a.vhdx|Dynamic", RowKind::MachineDisk),
    ];
    for (header, row, rows) in cases {
        assert_eq!(table(&[header, row]).rows, *rows, "{header}");
    }
}

#[test]
fn both_readings_are_counted_and_the_loser_told() {
    let found = table(&["Server|OS|CPU|RAM (GB)|Note", "a|Windows Server 2022|2|8|x", "b|Windows Server 2019|2|8|y"]);
    assert_eq!((found.title.as_str(), found.tally.facts, found.tally.dropped), ("machine list", 4, 1));
    assert_eq!((found.tally.fit, found.tally.unfit), (8, 0));
    let (other, tally) = found.runner_up.expect("a host list is the next");
    assert_eq!((other.as_str(), tally.facts, tally.fit, tally.dropped), ("host list", 4, 8, 1));
    assert!(
        found.notes.iter().any(|note| note.to_string().starts_with("It could be a machine list or a host list")),
        "{:?}",
        found.notes
    );
    let found = table(&["Server|OS|vCPU|RAM (GB)", "a|Windows Server 2022|2|8"]);
    assert!(found.notes.is_empty(), "a fact more settles it: {:?}", found.notes);
}

#[test]
fn what_only_bears_names_is_no_list_of_machines() {
    let cases: &[&[&str]] = &[
        &["Name|E-mail|Department", "A. Person|a@x.example|IT", "B. Person|b@x.example|HR"],
        &["Name|Role|Phone|Location", "A. Person|Service owner|555|Lund", "B. Person|Backup owner|556|Oslo"],
        &["Date|Version|Author|Description", "2026-10-01|0.1|AB|Draft", "2026-10-12|0.9|CD|Review"],
        &["Name|DisplayName|Status|MachineName|StartType", "Spooler|Print Spooler|Running|.|Automatic"],
        &["Name|Version|Quantity", "Windows Server Datacenter|2019|4"],
        &["Name|Status|Start time", "Nightly|Success|2026-11-01 22:00"],
        &["Name|Type|Capacity (GB)|Free (GB)", "Volume1|CSVFS|10240|2000"],
        &["Name|InterfaceDescription|Status|MacAddress|LinkSpeed", "Ethernet|Intel|Up|00-15-5D-00-00-01|10 Gbps"],
        &["Name|Type|Location|Owner", "Payroll|Web|Stockholm|A", "Ledger|Storage account tool|Lund|B"],
        &["Namn|Typ|Plats", "Lönesystem|Webb|Malmö"],
        &["Package|Version|Architecture", "openssl|3.0|amd64"],
        &["Property|Value", "VM count|12", "Memory|4 TB", "Host name|hv01", "Operating system|Windows"],
        &["VM|12", "Memory|4 TB", "vCPUs|48", "Host name|hv01"],
    ];
    for lines in cases {
        if let Recognition::Table(found) = look(&grid(lines)) {
            panic!("{lines:?} was taken for {}", found.title);
        }
    }
}

#[test]
fn a_row_of_data_is_no_row_of_headings() {
    // A model, a type and a role may be called what a column of machines is.
    let assets = ["AssetLabel|Kind of thing|Maker|Model|Software|RAM (MB)|CPUs", "PC-1|Desk|Dell|Latitude|W11|8192|1"];
    let model = "V-7|Rack|Microsoft|Virtual machine|Windows Server 2019|8192|4";
    let other = "V-8|Rack|HP|LaserJet|none|512|1";
    if let Recognition::Table(found) = look(&grid(&[assets[0], assets[1], model, other])) {
        assert_eq!(found.first_data_row, 1, "{:?}", found.header);
    }
    let objects =
        ["Objekt|Objekttyp|Ort", "A-1|Virtuelle Maschine|Ulm", "A-2|Switch|Ulm", "A-3|Virtuelle Maschine|Bonn"];
    refusal(&objects);
    let headless = ["x1|Virtual machine|4|8192", "x2|Virtual machine|2|4096"];
    refusal(&headless);
    // A title above and a section's headings below are no such rows.
    let found = table(&["Servers in Ulm||", "VM|OS|vCPU", "a|Windows Server 2022|2"]);
    assert_eq!(found.first_data_row, 2);
}

#[test]
fn a_platform_is_a_hypervisor_or_the_guests_system_by_its_values() {
    let used = |lines: &[&str]| columns(&table(lines)).join(" ");
    let hypervisors = ["VM|vCPU|Platform", "a|2|VMware ESXi", "b|2|Hyper-V"];
    assert!(used(&hypervisors).contains("Platform=platform"), "{}", used(&hypervisors));
    let systems = ["VM|vCPU|Platform", "a|2|Ubuntu 22.04", "b|2|Debian 12"];
    assert!(!used(&systems).contains("Platform=platform"), "{}", used(&systems));
    let assets = ["name|cpus|memory|disks_size|guest_os_fullname", "a|4|8192|200|Windows Server 2019"];
    assert!(
        used(&assets).contains("disks_size=disk_total"),
        "the size of all disks is that of none: {}",
        used(&assets)
    );
    let inventory = [
        "name|status|cluster|role|platform|vcpus|memory|disk",
        "a|Active|hvcl1|Web|Windows Server 2019|4.00|8192|150",
        "b|Offline|hvcl1|Web|RHEL 9.2|4.00|8192|150",
    ];
    assert_eq!(table(&inventory).title, "NetBox virtual machines");
    assert!(used(&inventory).contains("platform=guest_os"), "{}", used(&inventory));
}

#[test]
fn values_decide_between_what_a_heading_may_mean() {
    let used = |lines: &[&str]| columns(&table(lines)).join(" ");
    let lines = ["VM|VHD type|Disk size (GB)|Location", "a|Dynamic|60|Malmö", "b|Fixed|80|Lund"];
    assert!(!used(&lines).contains("disk_path"), "a site is no path");
    let lines = ["VM|VHD type|Disk size (GB)|Placering", r"a|Dynamic|60|D:\VHD\a.vhdx", r"b|Fixed|80|\\nas\b.vhdx"];
    assert!(used(&lines).contains("Placering=disk_path"), "{}", used(&lines));
    let lines = ["VM|vCPU|State", "a|2|North Europe", "b|2|Production"];
    assert!(!used(&lines).contains("power_state"), "a region is no power state");
    let lines = ["VM|vCPU|State", "a|2|Kjører", "b|2|Av"];
    assert!(used(&lines).contains("State=power_state"), "{}", used(&lines));
    for (one, other) in [("VHD size", "VHD prov"), ("Max size", "Current disk size"), ("Size (GB)", "Capacity (GB)")] {
        let header = format!("VM|VHD path|{one}|{other}");
        let found = used(&[&header, r"a|D:\a.vhdx|40|80", r"b|D:\b.vhdx|60|60"]);
        let size = if one == "Max size" { one } else { other };
        assert!(found.contains(&format!("{size}=disk_size")), "{header}: {found}");
    }
}

#[test]
fn headings_are_matched_by_their_words() {
    let cases: &[(&str, &str, &str)] = &[
        ("VM MEM (GB)", "8", "memory GiB"),
        ("VM CPU", "4", "vcpus"),
        ("VHD Max Size GB", "60", "disk_size GiB"),
        ("Data disk (GB)", "60", "disk_size GiB"),
        ("C: (GB)", "60", "os_disk_size GiB"),
        ("C drive", "60", "os_disk_size GiB"),
        ("D: disk (GB)", "60", "disk_size GiB #903"),
        ("Provisioned (GB)", "160", "disk_provisioned GiB"),
        ("Fibre Channel Adapters", "No", "fibre_channel"),
        ("BIOS/UEFI", "UEFI", "generation"),
        ("Encrypted", "Nein", "bitlocker"),
        ("CompatHW.Generation", "2", "generation"),
        ("{#VM.CPU.COUNT}", "2", "vcpus"),
        ("Disks[].SizeGiB", "80;200", "disk_size GiB"),
    ];
    for (heading, value, expected) in cases {
        let found = columns(&table(&[&format!("VM|{heading}"), &format!("web-01|{value}")]));
        assert!(found.contains(&format!("{heading}={expected}")), "{heading}: {found:?}");
    }
    let found = columns(&table(&["VM|Host CPU|Memory demand|C: free (GB)|VM size", "a|32|5|20|Standard_D2s"]));
    assert_eq!(found, ["VM=vm_name"], "what only sounds alike is not read");
}

#[test]
fn the_unit_is_settled_for_the_column() {
    let unit = |heading: &str, values: &[&str]| {
        let rows: Vec<String> = values.iter().enumerate().map(|(at, value)| format!("vm{at}|{value}")).collect();
        let mut lines = vec![heading];
        lines.extend(rows.iter().map(String::as_str));
        let found = table(&lines);
        (found.columns.iter().find(|column| column.field != Field::VmName).expect("a column").unit, found.notes)
    };
    let cases: &[(&str, &[&str], Unit)] = &[
        ("VM|RAM", &["64", "8", "512"], Unit::GiB),
        ("VM|RAM", &["4096", "16384"], Unit::MiB),
        ("VM|RAM", &["512"], Unit::Unsettled),
        ("VM|RAM", &["8 GB", "4096", "8"], Unit::Unsettled),
        ("VM|RAM", &["17179869184"], Unit::Bytes),
        ("VM|Memory (MB)", &["1073741824", "4294967296"], Unit::Bytes),
        ("VM|Memory (MB)", &["1073741824", "4294967296", "8192"], Unit::Unsettled),
        ("VM|Memory (MB)", &["4", "8", "16"], Unit::GiB),
        ("VM|Memory (GB)", &["4", "512"], Unit::GiB),
        ("VM|OS disk", &["60", "5120"], Unit::GiB),
        ("VM|OS disk", &["136365211648"], Unit::Bytes),
        ("VM|OS disk", &["20480"], Unit::Unsettled),
        ("VM|OS disk (GB)", &["64424509440", "6597069766656", "60"], Unit::Unsettled),
    ];
    for (heading, values, expected) in cases {
        let (found, notes) = unit(heading, values);
        assert_eq!(found, *expected, "{heading} {values:?}");
        let is_told = notes.iter().any(|note| note.to_string().contains(values[0]) || values.len() > 3);
        assert!(*expected != Unit::Unsettled || is_told || values[0].contains(' '), "{heading}: {notes:?}");
    }
    let found = table(&["VMName|State|ProcessorCount|MemoryStartup", "a|Running|2|64", "b|Off|2|0.5"]);
    assert!(columns(&found).contains(&"MemoryStartup=memory GiB".to_owned()), "GiB under a bytes heading");
    assert!(found.notes.iter().any(|note| note.to_string().contains("are read as GiB")), "{:?}", found.notes);
}

#[test]
fn points_between_thousands_are_told_by_their_column() {
    let mut semicolons = grid(&["VM|OS-Disk (GB)|Disk 2 (GB)", "a|127|100", "b|5.120|40.000"]);
    semicolons.delimiter = Some(';');
    let cultures: Vec<Culture> = recognised(&semicolons).columns[1..].iter().map(|column| column.culture).collect();
    assert_eq!(cultures, [Culture::Comma, Culture::Comma]);
    let mut doubtful = grid(&["VM|OS-Disk (GB)", "a|1270", "b|5.120"]);
    doubtful.delimiter = Some(';');
    let found = recognised(&doubtful);
    assert_eq!(found.columns[1].culture, Culture::Unsettled, "1270 bears no point");
    assert!(found.notes.iter().any(|note| note.to_string().contains("thousands or a fraction")), "{:?}", found.notes);
    let found = table(&["VM|Disk size (GB)", "a|60", "b|60,100", "c|60,100,200", "d|40,4096"]);
    assert_eq!(found.columns[1].culture, Culture::Parted);
}

#[test]
fn every_language_claimed_reads_twelve_headings_with_its_words() {
    let cases: &[(&str, &[&str])] = &[
        (
            "en",
            &[
                "VM name|Operating system|Generation|Number of processors|Assigned memory (GB)|State|Secure Boot|Virtual TPM|Encrypted|Number of checkpoints|System disk (GB)|Data disk (GB)|Replication|Hyper-V host",
                "a|Windows Server 2022|2|4|1.5|Running|On|No|Disabled|0|60.5|100|None|hv01",
            ],
        ),
        (
            "sv",
            &[
                "VM-namn|Operativsystem|Generation|Antal processorer|Minnesstorlek (GB)|Tillstånd|Säker start|Virtuell TPM|Krypterad|Antal kontrollpunkter|OS-disk (GB)|Datadisk (GB)|Replikering|Värd",
                "a|Windows Server 2022|2|4|1,5|Körs|På|Nej|Inaktiverad|0|60,5|100|Ingen|hv01",
            ],
        ),
        (
            "de",
            &[
                "VM-Name|Betriebssystem|VM-Generation|Anzahl Prozessoren|Startarbeitsspeicher (GB)|Zustand|Sicherer Start|Virtuelles TPM|Verschlüsselt|Anzahl Prüfpunkte|Systemdatenträger (GB)|Datendatenträger (GB)|Replikation|Hyper-V-Host",
                "a|Windows Server 2022|2|4|1,5|Wird ausgeführt|Ein|Nein|Deaktiviert|0|60,5|100|Keine|hv01",
            ],
        ),
        (
            "nb",
            &[
                "VM-navn|Operativsystem|Generasjon|Antall prosessorer|Oppstartsminne (GB)|Tilstand|Sikker oppstart|Virtuell TPM|Kryptert|Antall kontrollpunkter|Systemdisk (GB)|Datadisk (GB)|Replikering|Vert",
                "a|Windows Server 2022|2|4|1,5|Kjører|På|Nei|Deaktivert|0|60,5|100|Ingen|hv01",
            ],
        ),
        (
            "da",
            &[
                "Virtuel maskine|Operativsystem|VM generation|Antal kerner|Starthukommelse (GB)|Tilstand|Sikker opstart|Virtuelt TPM|Krypteret|Antal kontrolpunkter|Systemdisk (GB)|Datadisk (GB)|Replikering|Vært",
                "a|Windows Server 2022|2|4|1,5|Kører|Til|Nej|Deaktiveret|0|60,5|100|Ingen|hv01",
            ],
        ),
        (
            "fr",
            &[
                "Nom de la VM|Système d'exploitation|Génération|Nombre de vCPU|Mémoire de démarrage (Go)|État|Démarrage sécurisé|TPM virtuel|Chiffré|Points de contrôle|Disque système (Go)|Disque de données (Go)|Réplication|Hôte",
                "a|Windows Server 2022|2|4|1,5|En cours d'exécution|Activé|Non|Désactivé|0|60,5|100|Aucune|hv01",
            ],
        ),
        (
            "es",
            &[
                "Nombre de la VM|Sistema operativo|Generación|Número de vCPU|Memoria de inicio (GB)|Estado|Arranque seguro|TPM virtual|Cifrado|Puntos de control|Disco del sistema (GB)|Disco de datos (GB)|Replicación|Anfitrión",
                "a|Windows Server 2022|2|4|1,5|En ejecución|Activado|No|Deshabilitado|0|60,5|100|Ninguna|hv01",
            ],
        ),
        (
            "pt",
            &[
                "Nome da VM|Sistema operacional|Geração|Número de processadores|Memória inicial (GB)|Estado|Inicialização segura|TPM virtual|Criptografado|Pontos de verificação|Disco do sistema (GB)|Disco de dados (GB)|Replicação|Servidor host",
                "a|Windows Server 2022|2|4|1,5|Em execução|Ligado|Não|Desabilitado|0|60,5|100|Nenhuma|hv01",
            ],
        ),
    ];
    let expected = "vm_name guest_os generation vcpus memory power_state secure_boot virtual_tpm bitlocker checkpoints os_disk_size disk_size replication_mode vm_host";
    for (language, lines) in cases {
        let found = table(lines);
        let fields: Vec<&str> = found.columns.iter().map(|column| column.field.key()).collect();
        assert_eq!(fields.join(" "), expected, "{language}: {:?}", found.told);
        let decimal = if *language == "en" { Culture::Point } else { Culture::Comma };
        assert_eq!((found.tally.unfit, found.culture), (0, decimal), "{language}: {:?}", found.tally);
    }
}

#[test]
fn the_configuration_maps_columns() {
    use klar::ingest::recognise::mapping::Mapping;
    use klar::model::Pattern;
    let map = |file: &str, heading: &str, field: Option<Field>, unit: Option<Unit>| Mapping {
        file: Pattern::new(file),
        sheet: Pattern::new("*"),
        heading: heading.to_owned(),
        field,
        unit,
    };
    let dialects = Dialects::embedded().mapped(vec![
        map("est*.csv", "Wish", Some(Field::OsDiskSize), Some(Unit::GiB)),
        map("*", "RAM", None, None),
        map("other.csv", "Host", None, None),
    ]);
    let lines = grid(&["VM|Wish|RAM|Host", "web-01|512|8|hv01"]);
    let Recognition::Table(found) = recognise(&lines, "exports/estate.csv", &dialects) else { panic!("a table") };
    assert_eq!(columns(&found), ["VM=vm_name", "Wish=os_disk_size GiB", "Host=vm_host"]);
}

#[test]
fn the_columns_of_a_file_are_printed_as_a_section_that_reads_them_alike() {
    let folder = crate::binary::Folder::new("template-columns");
    folder.put("in/lista.csv", "VM name,vCPUs,Memory (GB),Size on request\nväg-01,2,4,70\nväg-02,2,8,80\n");
    let klar = |arguments: &[&str]| {
        let run = std::process::Command::new(env!("CARGO_BIN_EXE_klar"))
            .current_dir(folder.path("."))
            .args(arguments)
            .output()
            .unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        String::from_utf8(run.stdout).unwrap()
    };
    let section = klar(&["template", "columns", "in"]);
    assert!(section.contains("heading = \"Memory (GB)\"\nfield = \"memory\"\nunit = \"GiB\""), "{section}");
    assert!(section.contains("# [[column]]"), "what is not read is there to be filled in: {section}");
    folder.put("klar.toml", &section);
    let read = klar(&["inspect", "in", "--config", "klar.toml"]);
    let read = read.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(read.contains("Memory (GB) Memory, GiB 4 | 8"), "{read}");
}

#[test]
fn headings_are_known_with_and_without_their_accents() {
    for headings in ["VM|vCPU|Mémoire (Go)|Système d'exploitation", "VM|vCPU|Memoire (Go)|Systeme d'exploitation"] {
        let found = table(&[headings, "paie01|4|16|Windows Server 2019 Standard"]);
        assert_eq!(found.columns.len(), 4, "{headings}: {:?}", found.columns);
    }
    let found = table(&["Namn|Processorer|Arbetsminne (GB)|Varddator", "lon-01|2|8|hv1"]);
    assert_eq!(found.columns.len(), 4, "{:?}", found.columns);
}
