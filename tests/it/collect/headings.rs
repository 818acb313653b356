//! What the collectors write is what Klar reads, and what Klar says they export is exported.

use std::collections::BTreeMap;

use klar::ingest::source::Source;
use klar::ingest::{self, Dialects};
use klar::model::{Estate, Field, Gravity};
use klar::rules::RULES;
use tree_sitter::Node;

use super::{AZURE, HYPERV, VMM, azure_commands, of_kind, powershell, text};

/// The tables that the VMM collector writes, with what Klar must take each for.
const VMM_TABLES: &[(&str, &str)] = &[
    ("vmm-servers", "VMM server list"),
    ("clouds", "cloud list"),
    ("host-groups", "host group list"),
    ("hosts", "host list"),
    ("clusters", "cluster list"),
    ("machines", "machine list"),
    ("disks", "list of machines and their disks"),
    ("network-adapters", "list of machines and their network adapters"),
];

/// The tables that the Hyper-V collector writes.
const HYPERV_TABLES: &[(&str, &str)] = &[
    ("hosts", "host list"),
    ("clusters", "cluster list"),
    ("machines", "machine list"),
    ("disks", "list of machines and their disks"),
    ("network-adapters", "list of machines and their network adapters"),
];

/// The headings of a table literal: its keys, without their quotes.
fn keys(table: Node<'_>, script: &str) -> Vec<String> {
    of_kind(table, "key_expression").into_iter().map(|key| text(key, script).trim_matches('\'').to_owned()).collect()
}

/// The name that a table literal is exported by: that of the call it stands in, or of the call with its variable.
fn table_name(table: Node<'_>, exports: &[Node<'_>], script: &str) -> String {
    let quoted = |call: Node<'_>| {
        let name = of_kind(call, "string_literal").first().map_or("", |node| text(*node, script));
        name.trim_matches('\'').to_owned()
    };
    let around = exports.iter().find(|call| call.byte_range().contains(&table.start_byte()));
    if let Some(call) = around {
        return quoted(*call);
    }
    let mut above = table;
    while above.kind() != "assignment_expression" {
        above = above.parent().expect("a table is exported or assigned");
    }
    let variable = text(of_kind(above, "variable")[0], script);
    let named =
        exports.iter().find(|call| of_kind(**call, "variable").iter().any(|node| text(*node, script) == variable));
    quoted(*named.unwrap_or_else(|| panic!("{variable} is not exported")))
}

/// The headings of every table that a PowerShell collector exports, by the table's name.
fn tables(script: &str) -> BTreeMap<String, Vec<String>> {
    let tree = powershell(script);
    let exports: Vec<Node<'_>> = of_kind(tree.root_node(), "command")
        .into_iter()
        .filter(|command| text(*command, script).starts_with("Export-Table "))
        .collect();
    of_kind(tree.root_node(), "cast_expression")
        .into_iter()
        .filter(|cast| text(*cast, script).starts_with("[pscustomobject]"))
        .map(|table| (table_name(table, &exports, script), keys(table, script)))
        .collect()
}

/// The field that a heading names by its title.
fn field(heading: &str) -> Option<Field> {
    let title = heading.split(" (").next().expect("a heading has a first part");
    Field::ALL.iter().copied().find(|field| field.title() == title)
}

/// A cell as the collector would write it; a word where nothing narrower is asked for.
fn cell(heading: &str) -> &'static str {
    match field(heading) {
        _ if heading.ends_with("(bytes)") && heading.contains("sector") => "4096",
        _ if heading.ends_with("(bytes)") => "136365211648",
        _ if heading.ends_with("(MiB)") => "8192",
        Some(Field::VmId) => "6b1c1f0e-9f5b-4a6d-8f0e-0c7c7a4f1d01",
        Some(Field::VmHost | Field::HostName | Field::ClusterNodes) => "hv01.tall.example",
        Some(Field::GuestOs) => "Windows Server 2019 Datacenter",
        Some(Field::HostOs | Field::VmmOs) => "Microsoft Windows Server 2022 Datacenter",
        Some(Field::GuestOsVersion | Field::HostOsVersion) => "10.0.20348",
        Some(Field::Architecture) => "x64",
        Some(Field::Generation) => "2",
        Some(Field::PowerState) => "Running",
        Some(Field::Platform | Field::HostPlatform) => "HyperV",
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
            | Field::HostIpv6,
        ) => "False",
        Some(Field::DiskIsVhd | Field::HighlyAvailable | Field::ClusterBroker) => "True",
        Some(Field::Vcpus | Field::HostProcessors) => "4",
        Some(Field::DiskCount | Field::NicCount) => "1",
        Some(Field::Checkpoints | Field::DiskBus | Field::DiskLun) => "0",
        Some(Field::DiskPath) => r"C:\vm\web-01.vhdx",
        Some(Field::DiskParent) => "",
        Some(Field::DiskFormat) => "VHDX",
        Some(Field::DiskType | Field::NicAssignment) => "Dynamic",
        Some(Field::DiskRole) => "BootAndSystem",
        Some(Field::DiskController) => "SCSI",
        Some(Field::NicMac) => "00155D010203",
        Some(Field::NicAddresses) => "10.0.0.4",
        Some(Field::HostState) => "Responding",
        Some(
            Field::HostGroupOfHost
            | Field::VmHostGroup
            | Field::GroupPath
            | Field::CloudHostGroups
            | Field::ClusterHostGroup,
        ) => r"All Hosts\Tall",
        Some(Field::GroupName) => "Tall",
        Some(Field::HostFixes) => "KB5001234;KB5005678",
        Some(Field::HostDotNet) => "4.8",
        Some(Field::HostProvider | Field::VmmVersion | Field::HyperVVersion) => "10.22.1287.0",
        Some(_) | None => "web-01",
    }
}

fn read(script: &str) -> Estate {
    let sources: Vec<Source> = tables(script)
        .into_iter()
        .map(|(name, headings)| {
            let cells: Vec<&str> = headings.iter().map(|heading| cell(heading)).collect();
            let line = |cells: &[String]| cells.iter().map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(",");
            let row: Vec<String> = cells.iter().map(|cell| (*cell).to_owned()).collect();
            let bytes = format!("{}\r\n{}\r\n", line(&headings), line(&row)).into_bytes();
            Source { path: format!("{name}.csv"), sha256: String::new(), bytes }
        })
        .collect();
    ingest::read(&sources, &Dialects::embedded())
}

fn every_heading_is_read(script: &str, expected: &[(&str, &str)]) {
    let mut names: Vec<&str> = expected.iter().map(|(name, _)| *name).collect();
    names.sort_unstable();
    assert_eq!(tables(script).keys().map(String::as_str).collect::<Vec<_>>(), names, "the tables exported");
    let estate = read(script);
    let mut wrong = Vec::new();
    for table in &estate.tables {
        let name = estate.files[table.file].path.trim_end_matches(".csv");
        let taken_for = expected.iter().find(|(known, _)| *known == name).map_or("", |(_, taken_for)| taken_for);
        if table.taken_for != taken_for {
            wrong.push(format!("{name} is taken for {}", table.taken_for));
        }
        for (heading, read_as) in table.columns.iter().zip(&table.read_as) {
            if field(heading).map(Field::key) != Some(read_as) {
                wrong.push(format!("{name}: {heading} is read as `{read_as}`"));
            }
        }
        if table.rows.left_out_total() > 0 || table.rows.read != 1 {
            wrong.push(format!("{name}: {:?}", table.rows));
        }
    }
    for note in estate.notes.iter().filter(|note| note.gravity != Gravity::Remark) {
        wrong.push(format!("{}: {}", note.file, note.text));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!((estate.vms.len(), estate.hosts.len(), estate.clusters.len()), (1, 1, 1));
    assert_eq!((estate.vms[0].disks.len(), estate.vms[0].nics.len()), (1, 1));
}

#[test]
fn every_heading_of_the_vmm_collector_is_read() {
    every_heading_is_read(VMM, VMM_TABLES);
}

#[test]
fn every_heading_of_the_hyper_v_collector_is_read() {
    every_heading_is_read(HYPERV, HYPERV_TABLES);
}

#[test]
fn a_collector_exports_every_fact_that_klar_says_it_does() {
    let mut missing = Vec::new();
    for (name, script) in [("vmm", VMM), ("hyperv", HYPERV)] {
        let written: Vec<Field> = tables(script).values().flatten().filter_map(|heading| field(heading)).collect();
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
    rest.split([' ', ',', ')']).filter(|word| ["vmm", "hyperv"].contains(word)).collect()
}

/// Facts that a cmdlet's own export holds under another name than the collector gives it.
const STANDS_IN: &[(Field, Field)] = &[(Field::DiskPassThrough, Field::DiskIsVhd)];

#[test]
fn a_collector_exports_every_fact_that_a_check_needs_of_its_cmdlets() {
    let mut missing = Vec::new();
    let needed = || RULES.iter().flat_map(|rule| rule.needs).copied();
    for (name, script, prefixes) in [("vmm", VMM, &["Get-SC"][..]), ("hyperv", HYPERV, &["Get-VM", "Get-VHD"])] {
        let written: Vec<Field> = tables(script).values().flatten().filter_map(|heading| field(heading)).collect();
        for need in needed().filter(|need| prefixes.iter().any(|prefix| need.export().contains(prefix))) {
            let stands_in = STANDS_IN.iter().filter(|(fact, _)| *fact == need).map(|(_, other)| *other);
            if !std::iter::once(need).chain(stands_in).any(|field| written.contains(&field)) {
                missing.push(format!("klar collect {name} does not export {}", need.title()));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn the_shell_collector_runs_every_command_that_a_check_needs() {
    let (commands, _) = azure_commands(AZURE);
    let needed = RULES.iter().flat_map(|rule| rule.needs).map(|field| field.export());
    let missing: Vec<&str> = needed
        .filter(|export| export.starts_with("az "))
        .filter(|export| !commands.iter().any(|command| command == export))
        .collect();
    assert!(missing.is_empty(), "{missing:?} in {commands:?}");
    assert!(commands.contains(&"az backup vault list".to_owned()), "vaults come from a command of their own");
}

#[test]
fn what_the_shell_collector_asks_an_account_joins_the_account() {
    let id = "/subscriptions/0a1b/resourceGroups/tall/providers/Microsoft.Storage/storageAccounts/lager";
    let listed = format!(
        r#"[{{"id": "{id}", "name": "lager", "type": "Microsoft.Storage/storageAccounts", "location": "northeurope",
            "kind": "StorageV2", "sku": {{"name": "Standard_LRS"}}, "primaryLocation": "northeurope"}}]"#
    );
    let asked = format!(
        r#"{{"id": "{id}", "name": "lager", "type": "Microsoft.Storage/storageAccounts",
            "deleteRetentionPolicy": {{"allowPermanentDelete": false, "days": 7, "enabled": true}}}}"#
    );
    let sources = [("storage-accounts.json", listed), ("soft-delete-lager.json", asked)].map(|(path, text)| Source {
        path: path.to_owned(),
        sha256: String::new(),
        bytes: text.into_bytes(),
    });
    let estate = ingest::read(&sources, &Dialects::embedded());
    assert_eq!(estate.azure.storage_accounts.len(), 1, "{:?}", estate.tables);
    let account = &estate.azure.storage_accounts[0];
    assert_eq!(account.soft_delete.value(), Some(&true), "{:?}", estate.notes);
    assert_eq!(account.sku.value().map(|sku| &**sku), Some("Standard_LRS"));
}
