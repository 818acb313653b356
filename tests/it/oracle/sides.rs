//! The same second opinion of what stands beside the machines: hosts with their agent, Virtual Machine Manager, and the
//! resources in Azure. Each case is an estate of its own, so that no answer leans on another.

use klar::catalogue::{Edition, embedded_files, read_edition};

use crate::verdicts::said_by;

/// What a document makes of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Says {
    /// As asked for.
    Met,
    /// Not as asked for.
    NotMet,
    /// The export does not tell.
    Missing,
    /// The document asks nothing of it.
    Nothing,
}

use Says::{Met, Missing, NotMet, Nothing};

const RECOVERY: &str = "site-recovery/2026-10";
const MIGRATE: &str = "azure-migrate/2026-03";

/// A case: the edition, the requirement, the tables of an estate, and what the document says of it.
struct Case {
    edition: &'static str,
    requirement: &'static str,
    tables: Vec<String>,
    says: Says,
}

fn case(edition: &'static str, requirement: &'static str, tables: &[String], says: Says) -> Case {
    Case { edition, requirement, tables: tables.to_vec(), says }
}

/// Releases of Windows Server with their builds, and what the two documents say of a host that runs them: the matrix of
/// October 2026 names five, the text of October 2023 three and nothing before 2012 R2.
const HOSTS: &[(&str, &str, Says, Says)] = &[
    ("Windows Server 2025 Datacenter", "10.0.26100", Met, Met),
    ("Windows Server 2022 Standard", "10.0.20348", Met, Met),
    ("Windows Server 2019 Datacenter", "10.0.17763", Met, Met),
    ("Windows Server 2016 Standard", "10.0.14393", Met, Met),
    ("Windows Server 2012 R2 Datacenter", "6.3.9600", Met, Met),
    ("Windows Server 2012 Standard", "6.2.9200", NotMet, NotMet),
    ("Windows Server 2008 R2 Enterprise", "6.1.7601", NotMet, NotMet),
    ("", "", Missing, Missing),
];

fn hosts() -> Vec<Case> {
    let mut all = Vec::new();
    for (name, build, recovery, migrate) in HOSTS {
        for (name, build) in [(*name, *build), (*name, ""), ("", *build)] {
            let table =
                [format!("Host name,Host operating system,Host OS version,Memory (GB)\nhv01,{name},{build},64\n")];
            let missing = name.is_empty() && build.is_empty();
            let of = |says: Says| if missing { Missing } else { says };
            all.push(case(RECOVERY, "host-os-unsupported", &table, of(*recovery)));
            all.push(case(MIGRATE, "host-os-unsupported", &table, of(*migrate)));
        }
    }
    for (build, says) in
        [("10.0.20348", Met), ("10.0.17763", Met), ("6.3.9600", Met), ("10.0.14393", NotMet), ("10.0.26100", NotMet)]
    {
        let table = [format!("Host name,Host OS version,Memory (GB)\nhv01,{build},64\n")];
        all.push(case(MIGRATE, "host-os-not-listed", &table, says));
    }
    for (version, recovery, migrate) in [
        ("4.6.1", NotMet, NotMet),
        ("4.6.2", Met, NotMet),
        ("4.7", Met, Met),
        ("4.8.1", Met, Met),
        ("4.10", Met, Met),
        ("", Missing, Missing),
    ] {
        let table = [format!("Host name,Host OS version,.NET version\nhv01,10.0.20348,{version}\n")];
        all.push(case(RECOVERY, "host-dotnet-too-old", &table, recovery));
        all.push(case(MIGRATE, "host-dotnet-too-old", &table, migrate));
    }
    all
}

/// Disks over 2,048 GiB with the system on them, or over 4,095 GiB without, need an agent later than 2.0.9214.0.
fn agents() -> Vec<Case> {
    let mut all = Vec::new();
    let disks = [
        ("2048", "64", false),
        ("2049", "64", true),
        ("127", "4095", false),
        ("127", "4096", true),
        ("127", "9000", true),
    ];
    let versions = [
        ("2.0.9213.0", NotMet),
        ("2.0.9214.0", NotMet),
        ("2.0.9215.0", Met),
        ("2.0.10000.0", Met),
        ("2.1.1.0", Met),
        ("5.1.8095.0", NotMet),
        ("", NotMet),
    ];
    for (os, data, asked) in disks {
        for (version, says) in versions {
            let tables = [
                format!("VM,VM host,Generation,OS disk (GB),Disk 2 size (GB)\nfile01,hv01,2,{os},{data}\n"),
                format!("Host name,Host OS version,Recovery Services agent version\nhv01,10.0.20348,{version}\n"),
            ];
            let says = if asked { says } else { Nothing };
            all.push(case(RECOVERY, "provider-too-old-for-large-disk", &tables, says));
        }
    }
    let untold = ["VM,VM host,Number of disks\nfile01,hv01,2\n".to_owned()];
    all.push(case(RECOVERY, "provider-too-old-for-large-disk", &untold, Missing));
    all
}

/// The matrix names Virtual Machine Manager 2025 to 2016 and 2012 R2.
fn managers() -> Vec<Case> {
    let versions = [
        ("10.25.1000.0", Met),
        ("10.22.1287.0", Met),
        ("10.19.1013.0", Met),
        ("4.0.1662.0", Met),
        ("3.2.7510.0", Met),
        ("3.1.6011.0", NotMet),
        ("3.0.6005.0", NotMet),
        ("", Missing),
    ];
    let table =
        |version: &str| [format!("VMM server,VMM version,Operating system\nvmm01,{version},Windows Server 2022\n")];
    versions.iter().map(|(version, says)| case(RECOVERY, "vmm-version-unsupported", &table(version), *says)).collect()
}

const RESOURCES: &str = "Azure resource type,Azure resource name,Azure region,Kind,SKU\n";
const VAULT: &str = "Microsoft.RecoveryServices/vaults,vault01,northeurope,,\n";

fn azure() -> Vec<Case> {
    let mut all = Vec::new();
    let account = |region: &str, kind: &str, sku: &str| {
        [format!("{RESOURCES}{VAULT}Microsoft.Storage/storageAccounts,st01,{region},{kind},{sku}\n")]
    };
    for (kind, says) in [
        ("Storage", Met),
        ("StorageV2", Met),
        ("BlobStorage", NotMet),
        ("BlockBlobStorage", NotMet),
        ("FileStorage", NotMet),
        ("", Missing),
    ] {
        all.push(case(RECOVERY, "storage-kind-unsupported", &account("northeurope", kind, "Standard_LRS"), says));
    }
    for (sku, unsupported, unlisted) in [
        ("Standard_LRS", Met, Met),
        ("Standard_GRS", Met, Met),
        ("Standard_RAGRS", Met, Met),
        ("Standard_GZRS", Met, NotMet),
        ("Standard_RAGZRS", Met, NotMet),
        ("", Missing, Missing),
    ] {
        let table = account("northeurope", "StorageV2", sku);
        all.push(case(RECOVERY, "storage-redundancy-unsupported", &table, unsupported));
        all.push(case(RECOVERY, "storage-redundancy-unlisted", &table, unlisted));
    }
    let zones = account("northeurope", "StorageV2", "Standard_ZRS");
    all.push(case(RECOVERY, "storage-redundancy-unsupported", &zones, NotMet));
    for (region, says) in [("northeurope", Met), ("North Europe", Met), ("westeurope", NotMet), ("", Missing)] {
        let table = account(region, "StorageV2", "Standard_LRS");
        all.push(case(RECOVERY, "storage-region-mismatch", &table, says));
        let network = [format!("{RESOURCES}{VAULT}Microsoft.Network/virtualNetworks,vnet01,{region},,\n")];
        all.push(case(RECOVERY, "network-region-mismatch", &network, says));
    }
    for (region, says) in [
        ("northeurope", Met),
        ("South Central India", NotMet),
        ("North East US 5", NotMet),
        ("southindia", Met),
        ("", Missing),
    ] {
        let vault = [format!("{RESOURCES}Microsoft.RecoveryServices/vaults,vault01,{region},,\n")];
        all.push(case(RECOVERY, "vault-region-excluded", &vault, says));
    }
    for (kind, says) in
        [("Microsoft.Storage/storageAccounts", Met), ("Microsoft.ClassicStorage/storageAccounts", NotMet)]
    {
        let table = [format!("{RESOURCES}{VAULT}{kind},st01,northeurope,Storage,Standard_LRS\n")];
        all.push(case(RECOVERY, "classic-storage", &table, says));
    }
    all
}

fn text_of(edition: &str) -> &'static str {
    let name = format!("requirements/{edition}.toml");
    embedded_files().into_iter().find(|(known, _)| *known == name).unwrap_or_else(|| panic!("no edition {edition}")).1
}

/// Where Klar and the second opinion differ, a line each.
fn differences(edition_name: &str, edition: &Edition) -> Vec<String> {
    let all: Vec<Case> = [hosts(), agents(), managers(), azure()].into_iter().flatten().collect();
    let mut found = Vec::new();
    for Case { edition: of, requirement, tables, says } in all.iter().filter(|case| case.edition == edition_name) {
        let texts: Vec<&str> = tables.iter().map(String::as_str).collect();
        let seen = said_by(edition, requirement, &texts);
        let expected = match says {
            Met => "met",
            NotMet => "not-met: ",
            Missing => "unverified: ",
            Nothing => "not applicable",
        };
        if !seen.starts_with(expected) {
            found.push(format!("{of} {requirement}: {seen}, not {expected}: {tables:?}"));
        }
    }
    found
}

#[test]
fn klar_and_the_second_opinion_agree_on_hosts_managers_and_azure() {
    for name in [RECOVERY, MIGRATE] {
        let edition = read_edition(name, text_of(name)).expect("an embedded edition is sound");
        let found = differences(name, &edition);
        assert!(found.is_empty(), "{} differences:\n{}", found.len(), found.join("\n"));
    }
}

/// Limits made wrong: edition, requirement, key, and the wrong value.
const PLANTED: &[(&str, &str, &str, &str)] = &[
    (
        RECOVERY,
        "host-os-unsupported",
        "allowed",
        "[\"Windows Server 2025\", \"Windows Server 2022\", \"Windows Server 2019\", \"Windows Server 2016\"]",
    ),
    (MIGRATE, "host-os-unsupported", "minimum", "\"Windows Server 2016\""),
    (
        MIGRATE,
        "host-os-not-listed",
        "allowed",
        "[\"Windows Server 2022\", \"Windows Server 2019\", \"Windows Server 2016\", \"Windows Server 2012 R2\"]",
    ),
    (RECOVERY, "host-dotnet-too-old", "minimum", "\"4.6.1\""),
    (MIGRATE, "host-dotnet-too-old", "minimum", "\"4.7.1\""),
    (RECOVERY, "provider-too-old-for-large-disk", "agent", "\"2.0.9213.0\""),
    (RECOVERY, "provider-too-old-for-large-disk", "os_disk_over", "\"2049 GiB\""),
    (RECOVERY, "provider-too-old-for-large-disk", "data_disk_over", "\"4094 GiB\""),
    (
        RECOVERY,
        "vmm-version-unsupported",
        "allowed",
        "[\"Virtual Machine Manager 2025\", \"Virtual Machine Manager 2022\", \"Virtual Machine Manager 2019\", \"Virtual Machine Manager 2012 R2\"]",
    ),
    (RECOVERY, "storage-kind-unsupported", "refused", "[\"BlobStorage\", \"FileStorage\"]"),
    (RECOVERY, "storage-redundancy-unsupported", "refused", "[\"GRS\"]"),
    (RECOVERY, "storage-redundancy-unlisted", "listed", "[\"LRS\", \"GRS\", \"RAGRS\", \"GZRS\"]"),
    (RECOVERY, "vault-region-excluded", "excluded", "[\"South Central India\", \"India South Central\"]"),
];

#[test]
fn every_wrong_limit_beside_the_machines_is_found() {
    for (name, requirement, key, wrong) in PLANTED {
        let mut edition: toml::Table = toml::from_str(text_of(name)).expect("the edition is sound");
        let requirements = edition["requirement"].as_array_mut().expect("a list of requirements");
        let asked = requirements.iter_mut().find(|item| item["check"].as_str() == Some(requirement));
        let limits =
            asked.unwrap_or_else(|| panic!("{requirement} is asked for"))["limits"].as_table_mut().expect("limits");
        let value: toml::Table = toml::from_str(&format!("wrong = {wrong}")).expect("a value");
        let before = limits.insert((*key).to_owned(), value["wrong"].clone());
        assert!(before.is_some_and(|before| before != value["wrong"]), "{requirement} {key} is not made wrong");
        let text = toml::to_string(&edition).expect("an edition can be written");
        let found = differences(name, &read_edition(name, &text).expect("it is an edition"));
        assert!(!found.is_empty(), "{name} {requirement} {key} went unnoticed");
        assert!(found.iter().all(|line| line.contains(requirement)), "{}", found.join("\n"));
    }
}
