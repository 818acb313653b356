//! Verdicts as the documents have them, from exports through the real reader to the readiness of a machine.

use std::sync::LazyLock;

use jiff::civil::{Date, date};
use klar::catalogue::{Catalogue, Edition, Target};
use klar::evaluate::{Because, Outcome, Readiness, Run, Subject, evaluate};
use klar::ingest::source::Source;
use klar::ingest::{self, Dialects};
use klar::model::Estate;

pub const AS_OF: Date = date(2026, 11, 26);

static DIALECTS: LazyLock<Dialects> = LazyLock::new(Dialects::embedded);
static CATALOGUE: LazyLock<Catalogue> =
    LazyLock::new(|| Catalogue::embedded().expect("the embedded catalogue is whole"));

/// Reads tables, each a text of headings and rows, as files of one folder.
pub fn read(tables: &[&str]) -> Estate {
    let source = |(number, text): (usize, &&str)| Source {
        path: format!("table-{number}.csv"),
        sha256: String::new(),
        bytes: text.as_bytes().to_vec(),
    };
    ingest::read(&tables.iter().enumerate().map(source).collect::<Vec<_>>(), &DIALECTS)
}

/// What an edition, "target@edition", says of what tables hold.
pub fn judged<R>(id: &str, tables: &[&str], ask: impl FnOnce(&Run<'_>) -> R) -> R {
    let (target, name) = id.split_once('@').expect("a target and an edition");
    let target: Target = target.parse().expect("a target");
    judged_by(CATALOGUE.edition(target, name).unwrap_or_else(|| panic!("no edition {id}")), tables, ask)
}

/// What an edition says of what tables hold.
fn judged_by<R>(edition: &Edition, tables: &[&str], ask: impl FnOnce(&Run<'_>) -> R) -> R {
    let assessment = evaluate(&read(tables), &CATALOGUE, &[edition], AS_OF);
    ask(&assessment.runs[0])
}

/// The readiness of the first machine.
pub fn readiness(id: &str, tables: &[&str]) -> Readiness {
    judged(id, tables, |run| run.vms[0].readiness)
}

/// What a requirement says of the first subject that is not settled by it: "met" when there is none.
pub fn said(id: &str, check: &str, tables: &[&str]) -> String {
    let (target, name) = id.split_once('@').expect("a target and an edition");
    let edition = CATALOGUE.edition(target.parse().expect("a target"), name);
    said_by(edition.unwrap_or_else(|| panic!("no edition {id}")), check, tables)
}

/// The same by an edition at hand.
pub fn said_by(edition: &Edition, check: &str, tables: &[&str]) -> String {
    judged_by(edition, tables, |run| {
        let index = run.edition.requirements.iter().position(|item| item.check == check);
        let index = index.unwrap_or_else(|| panic!("{} does not ask for {check}", edition.id()));
        let Some(finding) = run.findings.iter().find(|finding| usize::from(finding.requirement) == index) else {
            return if run.tallies[index].met > 0 { "met".to_owned() } else { "not applicable".to_owned() };
        };
        match &finding.because {
            Because::Seen(evidence) => format!("{}: {}; {}", finding.outcome, evidence.observed, evidence.expected),
            Because::Missing(missing) => format!("{}: {}", finding.outcome, missing.field.key()),
        }
    })
}

fn check(id: &str, requirement: &str, tables: &[&str], expected: &str) {
    let said = said(id, requirement, tables);
    assert!(said.starts_with(expected), "{requirement} in {id}: {said}\nexpected {expected}");
}

#[test]
fn only_an_agent_version_shows_that_a_host_takes_large_disks() {
    let machine = "VM,VM host,Generation,OS disk (GB),Disk 2 size (GB)\nfile01,hv01,2,127,9000\n";
    let host = |heading: &str, version: &str| format!("Host name,{heading}\nhv01,{version}\n");
    let cases = [
        ("Recovery Services agent version", "2.0.9260.0", "met"),
        ("MARS agent version", "2.0.9215.0", "met"),
        ("Recovery Services agent version", "2.0.9214.0", "not-met: agent 2.0.9214.0"),
        ("Recovery Services agent version", "5.1.8095.0", "not-met: "),
        ("Replication provider version", "5.1.2700.1", "not-met: "),
        ("Site Recovery provider", "5.1.8095.0", "not-met: "),
    ];
    for id in ["site-recovery@2026-05", "site-recovery@2026-10"] {
        for (heading, version, expected) in cases {
            check(id, "provider-too-old-for-large-disk", &[machine, &host(heading, version)], expected);
        }
        check(id, "provider-too-old-for-large-disk", &[machine], "not-met: ");
        let both =
            "Host name,Replication provider version,Recovery Services agent version\nhv01,5.1.8095.0,2.0.9260.0\n";
        check(id, "provider-too-old-for-large-disk", &[machine, both], "met");
        let small = "VM,VM host,Generation,OS disk (GB)\nweb01,hv01,2,127\n";
        check(id, "provider-too-old-for-large-disk", &[small], "not applicable");
    }
}

#[test]
fn a_linux_older_than_its_hyper_v_drivers_is_a_condition_on_every_road() {
    let guest = |name: &str| {
        format!(
            "VM,Generation,vCPUs,Memory (MB),OS disk (GB),OS architecture,Guest OS\n\
                                      old01,1,2,4096,60,x64,{name}\n"
        )
    };
    for id in ["site-recovery@2026-10", "azure-migrate@2026-03", "azure-vm@2025-02"] {
        for name in [
            "Red Hat Enterprise Linux 5",
            "Red Hat Enterprise Linux 4 (64-bit)",
            "Oracle Linux 5",
            "RHEL 6.3",
            "CentOS 5.11",
            "Debian 4",
            "Ubuntu 8.04",
            "SLES 9",
        ] {
            let table = guest(name);
            check(id, "linux-without-hyper-v-drivers", &[&table], "not-met: ");
            assert_eq!(readiness(id, &[&table]), Readiness::ReadyWithConditions, "{name} in {id}");
        }
        for name in ["RHEL 6.4", "Oracle Linux 7", "Ubuntu 22.04", "CentOS 7", "Debian 8", "SLES 12"] {
            check(id, "linux-without-hyper-v-drivers", &[&guest(name)], "met");
        }
        check(id, "linux-without-hyper-v-drivers", &[&guest("Red Hat Enterprise Linux 6")], "unverified: ");
    }
}

#[test]
fn a_32_bit_guest_is_answered_by_each_text_and_the_newest_edition_by_the_stricter() {
    let guest = |name: &str| {
        format!(
            "VM,Generation,vCPUs,Memory (MB),OS disk (GB),Number of disks,OS architecture,Guest OS\n\
                                      old01,1,2,4096,60,1,x86,{name}\n"
        )
    };
    let id = "azure-vm@2024-06";
    assert_eq!(readiness(id, &[&guest("Windows Server 2008 Standard")]), Readiness::Ready);
    assert_eq!(readiness(id, &[&guest("Debian GNU/Linux 11")]), Readiness::ReadyWithConditions);
    check(id, "guest-32-bit", &[&guest("Windows Server 2003 Standard")], "not-met: ");
    // Of two published texts that contradict each other the newest edition holds to the stricter, on every road.
    for name in ["Windows Server 2008 Standard", "Debian GNU/Linux 11", "Windows 7 Enterprise"] {
        assert_eq!(readiness("azure-vm@2025-02", &[&guest(name)]), Readiness::NotReady, "{name}");
        assert_ne!(readiness("site-recovery@2026-10", &[&guest(name)]), Readiness::Ready, "{name}");
        assert_ne!(readiness("azure-migrate@2026-03", &[&guest(name)]), Readiness::Ready, "{name}");
    }
    assert_eq!(
        readiness("azure-vm@2018-05", &[&guest("Windows Server 2008 Standard")]),
        Readiness::ReadyWithConditions
    );
}

#[test]
fn in_may_2018_windows_server_2008_without_r2_is_conditionally_ready() {
    let guest = |name: &str| {
        format!(
            "VM,Generation,vCPUs,Memory (MB),OS disk (GB),Number of disks,OS architecture,Guest OS\n\
                                      old01,1,2,4096,60,1,x64,{name}\n"
        )
    };
    let of = |id, name| readiness(id, &[&guest(name)]);
    assert_eq!(of("azure-vm@2018-05", "Windows Server 2008 Standard"), Readiness::ReadyWithConditions);
    assert_eq!(of("azure-vm@2018-05", "Windows Server 2008 R2 Standard"), Readiness::Ready);
    assert_eq!(of("azure-vm@2020-01", "Windows Server 2008 Standard"), Readiness::Ready);
}

#[test]
fn secure_boot_is_a_condition_until_azure_migrate_makes_trusted_launch_machines() {
    let machine = "VM,Generation,Secure Boot,vCPUs,Memory (MB),OS disk (GB),Number of disks,Guest OS\n\
                   web01,2,On,2,4096,127,1,Windows Server 2022 Standard\n";
    assert_eq!(readiness("azure-migrate@2023-10", &[machine]), Readiness::ReadyWithConditions);
    assert_eq!(readiness("azure-migrate@2026-03", &[machine]), Readiness::Ready);
    assert_eq!(readiness("site-recovery@2026-10", &[machine]), Readiness::ReadyWithConditions);
    let newest = CATALOGUE.edition(Target::AzureMigrate, "2026-03").expect("it is embedded");
    let notice = newest.notices.iter().find(|notice| notice.name == "secure-boot").expect("a notice");
    assert!(notice.text.contains("not taken over from the source"), "{}", notice.text);
    let disks = newest.notices.iter().find(|notice| notice.name == "disk-types").expect("a notice");
    for fact in ["Premium SSD v2", "Ultra", "zone-redundant", "May 2025", "September 2025"] {
        assert!(disks.text.contains(fact), "{fact}: {}", disks.text);
    }
}

#[test]
fn a_virtual_tpm_is_a_condition_and_shielding_a_blocker() {
    let machine = |tpm: &str, shielded: &str| {
        format!(
            "VM,Generation,Virtual TPM,Shielded,OS architecture,OS disk (GB),Number of disks,vCPUs,Memory (MB),Guest OS\n\
                 w11,2,{tpm},{shielded},x64,127,1,2,4096,Windows 11 Enterprise 24H2\n"
        )
    };
    check("site-recovery@2026-10", "security-type-unsupported", &[&machine("Yes", "No")], "not-met: virtual TPM");
    assert_eq!(readiness("site-recovery@2026-10", &[&machine("Yes", "No")]), Readiness::ReadyWithConditions);
    for id in ["site-recovery@2026-10", "azure-migrate@2026-03", "azure-vm@2025-02"] {
        check(id, "machine-shielded", &[&machine("Yes", "Yes")], "not-met: shielded");
        check(id, "machine-shielded", &[&machine("Yes", "No")], "met");
        assert_eq!(readiness(id, &[&machine("Yes", "Yes")]), Readiness::NotReady, "{id}");
    }
}

#[test]
fn in_2017_only_4k_logical_sectors_are_refused() {
    let disk = |logical: &str, physical: &str| {
        format!(
            "VM,Disk path,Logical sector size,Physical sector size\nsql01,D:\\vm\\sql01.vhdx,{logical},{physical}\n"
        )
    };
    for (logical, physical, expected) in
        [("4096", "4096", "not-met"), ("512", "4096", "met"), ("512", "512", "met"), ("", "4096", "unverified")]
    {
        check("site-recovery@2017-07", "native-4k-sectors", &[&disk(logical, physical)], expected);
    }
    let rule = klar::rules::find("native-4k-sectors").expect("it is in the roster");
    assert!(rule.remedy.contains("New-VHD -LogicalSectorSizeBytes"), "{}", rule.remedy);
}

#[test]
fn defender_knows_no_centos_in_2025() {
    let guest = "VM,vCPUs,Memory (GB),Guest OS,Guest OS version\nlnx01,2,4,CentOS Linux 7.9,7.9\n";
    for id in ["azure-vm@2024-06", "azure-vm@2025-02"] {
        check(id, "defender-not-ready", &[guest], "not-met: CentOS");
    }
}

/// A machine that nothing stands against, with one column more or another value in it.
fn machine(column: &str, value: &str) -> String {
    let usual = [
        ("VM", "web01"),
        ("Generation", "1"),
        ("vCPUs", "4"),
        ("Memory (MB)", "16384"),
        ("OS architecture", "x64"),
        ("Guest OS", "Windows Server 2022 Standard"),
        ("OS disk (GB)", "127"),
        ("Number of disks", "1"),
        ("Number of network adapters", "1"),
    ];
    let mut cells: Vec<(&str, &str)> = usual.iter().copied().filter(|(heading, _)| *heading != column).collect();
    if column == "Disk 2 size (GB)" {
        cells.retain(|(heading, _)| *heading != "Number of disks");
        cells.push(("Number of disks", "2"));
    }
    cells.push((column, value));
    let line = |cells: Vec<&str>| cells.join(",");
    let header = line(cells.iter().map(|(heading, _)| *heading).collect());
    format!("{header}\n{}\n", line(cells.iter().map(|(_, cell)| *cell).collect()))
}

#[test]
fn what_azure_cannot_run_no_road_delivers() {
    use Readiness::{NotReady, Ready, ReadyWithConditions};
    let cases = [
        ("Guest OS", "Windows Server 2022 Standard", [Ready; 3]),
        ("Number of network adapters", "8", [Ready; 3]),
        ("Number of network adapters", "9", [NotReady; 3]),
        ("vCPUs", "128", [Ready; 3]),
        ("vCPUs", "129", [ReadyWithConditions, ReadyWithConditions, NotReady]),
        ("vCPUs", "832", [ReadyWithConditions, ReadyWithConditions, NotReady]),
        ("vCPUs", "833", [NotReady; 3]),
        ("Memory (MB)", "3985408", [Ready; 3]),
        ("Memory (MB)", "3985409", [ReadyWithConditions, ReadyWithConditions, NotReady]),
        ("Memory (MB)", "15564801", [NotReady; 3]),
        ("Shielded", "Yes", [NotReady; 3]),
        ("OS architecture", "ARM64", [NotReady; 3]),
        ("Disk 2 size (GB)", "32767", [ReadyWithConditions, Ready, Ready]),
        ("Disk 2 size (GB)", "32768", [NotReady, NotReady, Ready]),
        ("Guest OS", "Oracle Solaris 11", [NotReady, NotReady, ReadyWithConditions]),
        ("Guest OS", "Novell NetWare 6", [NotReady, NotReady, ReadyWithConditions]),
        ("Guest OS", "FreeBSD 13 (64-bit)", [Ready, NotReady, ReadyWithConditions]),
        ("Guest OS", "MS-DOS", [NotReady, NotReady, ReadyWithConditions]),
        ("Guest OS", "Amazon Linux 2 (64-bit)", [Ready, NotReady, ReadyWithConditions]),
        ("Guest OS", "Windows XP Professional", [Ready, ReadyWithConditions, ReadyWithConditions]),
        ("Guest OS", "Windows Small Business Server 2003", [NotReady; 3]),
    ];
    let roads = ["site-recovery@2026-10", "azure-migrate@2026-03", "azure-vm@2025-02"];
    for (column, value, expected) in cases {
        let table = machine(column, value);
        for (id, expected) in roads.iter().zip(expected) {
            assert_eq!(readiness(id, &[&table]), expected, "{column} {value} in {id}");
        }
    }
}

#[test]
fn beyond_the_assessment_and_within_the_sizes_the_smallest_size_is_named() {
    for id in ["site-recovery@2026-10", "azure-migrate@2026-03", "azure-vm@2025-02"] {
        let said_of_cores = said(id, "cores-over-limit", &[&machine("vCPUs", "160")]);
        assert!(said_of_cores.contains("at most 128; the smallest size that"), "{said_of_cores}");
        assert!(said_of_cores.contains("Standard_"), "{said_of_cores}");
        let said_of_memory = said(id, "memory-over-limit", &[&machine("Memory (MB)", "6291456")]);
        assert!(said_of_memory.contains("at most 3892 GiB; the smallest size"), "{said_of_memory}");
        let beyond = said(id, "cores-over-limit", &[&machine("vCPUs", "900")]);
        assert!(beyond.ends_with("no size takes the machine"), "{beyond}");
    }
}

#[test]
fn generation_2_with_windows_server_2008_r2_or_older_is_taken_by_no_road() {
    let guest = |name: &str, generation: &str| {
        format!(
            "VM,Generation,vCPUs,Memory (MB),OS disk (GB),Number of disks,OS architecture,Guest OS\n\
                 old01,{generation},2,4096,60,1,x64,{name}\n"
        )
    };
    for id in ["site-recovery@2026-10", "azure-migrate@2026-03", "azure-vm@2025-02"] {
        for name in ["Windows Server 2008 R2 Standard", "Windows Server 2008 Standard", "Windows Server 2003 Standard"]
        {
            assert_eq!(readiness(id, &[&guest(name, "2")]), Readiness::NotReady, "{name} in {id}");
        }
        assert_ne!(readiness(id, &[&guest("Windows Server 2008 R2 Standard", "1")]), Readiness::NotReady, "{id}");
        assert_ne!(readiness(id, &[&guest("Windows Server 2012 Standard", "2")]), Readiness::NotReady, "{id}");
    }
}

#[test]
fn windows_server_2003_needs_integration_services_on_both_roads() {
    let guest = |services: &str| {
        format!(
            "VM,Generation,vCPUs,Memory (MB),OS disk (GB),Number of disks,OS architecture,Guest OS,Integration services\n\
                 old01,1,2,4096,60,1,x64,Windows Server 2003 Standard Edition,{services}\n"
        )
    };
    for id in ["site-recovery@2026-10", "azure-migrate@2026-03"] {
        check(id, "windows-2003-integration-services", &[&guest("Not detected")], "not-met: ");
        check(id, "windows-2003-integration-services", &[&guest("6.3.9600.16384")], "met");
        check(id, "windows-2003-integration-services", &[&guest("")], "unknown: integration_services");
        assert_eq!(readiness(id, &[&guest("")]), Readiness::Unknown, "{id}");
    }
}

#[test]
fn a_machine_on_another_hypervisor_by_its_hosts_system_is_not_ready() {
    let machine = "VM,VM host,Generation,vCPUs,Memory (MB),OS disk (GB),Number of disks,OS architecture,Guest OS\n\
                   web01,node01,1,2,4096,60,1,x64,Windows Server 2019 Standard\n";
    let host = |system: &str| format!("Host name,Host operating system\nnode01,{system}\n");
    for id in ["site-recovery@2026-10", "azure-migrate@2026-03"] {
        for system in ["VMware ESXi 7.0", "VMware ESXi 8.0.2", "XenServer 7.6", "Proxmox VE 8"] {
            let tables = [machine, &host(system)];
            check(id, "host-not-hyper-v", &tables, "not-met: ");
            assert_eq!(readiness(id, &tables), Readiness::NotReady, "{system} in {id}");
        }
        let tables = [machine, &host("Microsoft Windows Server 2022 Datacenter")];
        assert_eq!(readiness(id, &tables), Readiness::Ready, "{id}");
    }
}

#[test]
fn classic_storage_is_retired() {
    let account = "Azure resource type,Azure resource name,Azure region\n\
                   Microsoft.ClassicStorage/storageAccounts,old01,northeurope\n";
    for id in ["site-recovery@2026-05", "site-recovery@2026-10"] {
        judged(id, &[account], |run| {
            let index =
                run.edition.requirements.iter().position(|item| item.check == "classic-storage").expect("asked");
            assert_eq!(run.edition.requirements[index].severity, klar::catalogue::Severity::Blocker, "{id}");
            let found = run.findings.iter().find(|finding| usize::from(finding.requirement) == index).expect("found");
            assert_eq!((found.outcome, found.subject), (Outcome::NotMet, Subject::StorageAccount(0)));
        });
    }
}

#[test]
fn a_cell_that_cannot_be_read_under_a_blocker_leaves_the_machine_unknown() {
    let headings = "VM;vCPU;RAM (GB);OS disk (GB);OS;Gen";
    let facts = "kiosk;2;8;127;Windows Server 2019;2";
    let of = |heading: &str, cell: &str| {
        readiness("site-recovery@2026-10", &[&format!("{headings};{heading}\n{facts};{cell}\n")])
    };
    for heading in ["Pass-through disks", "Shared VHDX", "BitLocker", "Fibre Channel", "Guest iSCSI"] {
        let read = |cell: &str| of(heading, cell);
        assert_eq!(read(""), Readiness::Ready, "{heading}: nothing said lowers coverage only");
        assert_eq!(read("No"), Readiness::Ready, "{heading}");
        assert_eq!(read("kanske"), Readiness::Unknown, "{heading}");
    }
    for (heading, cell) in [
        ("Pass-through disks", "1 disk"),
        ("Shared VHDX", "2"),
        ("Fibre Channel", "2 adapters"),
        ("BitLocker", "FullyEncrypted"),
    ] {
        assert_eq!(of(heading, cell), Readiness::NotReady, "{heading}: {cell}");
    }
    for (heading, cell) in [("Pass-through disks", "0 disks"), ("Fibre Channel", "0"), ("BitLocker", "Fully decrypted")]
    {
        assert_eq!(of(heading, cell), Readiness::Ready, "{heading}: {cell}");
    }
}

#[test]
fn a_column_of_replication_states_says_whether_replica_is_on() {
    let states = [
        ("Replication State", &["Replicating", "Enabled", "Suspended", "active", "Normal"][..], true),
        ("Replication State", &["Disabled", "Nein", "Inaktiv", "not replicating", "Inactive", "No"][..], false),
        ("Replikeringsstatus", &["Replikerar", "Replikering pågår", "Aktiv", "På"][..], true),
        ("Replikeringsstatus", &["Inaktiverad", "Inaktivt", "Av", "Nej", "Replikeras ej"][..], false),
        ("Replikationsstatus", &["Wird repliziert", "Repliziert", "Aktiviert"][..], true),
        ("Replikationsstatus", &["Deaktiviert", "Nicht repliziert", "Keine", "Aus"][..], false),
        ("État de réplication", &["Réplication en cours", "Activé"][..], true),
        ("État de réplication", &["Désactivée", "Aucune", "Non", "Non répliqué"][..], false),
        ("Estado de replicación", &["Replicando", "Habilitado"][..], true),
        ("Estado de replicación", &["Deshabilitada", "No replicado", "Ninguna"][..], false),
        ("Estado da replicação", &["Replicando", "Ativado"][..], true),
        ("Estado da replicação", &["Desabilitada", "Inativa", "Não replicado"][..], false),
        ("Replikeringsstatus", &["Replikerer", "Aktivert"][..], true),
        ("Replikeringsstatus", &["Ikke replikert", "Deaktivert", "Nei"][..], false),
    ];
    for id in ["site-recovery@2026-10", "azure-migrate@2026-03"] {
        for (heading, words, is_on) in states {
            for word in words {
                let tables = format!("VM,Generation,vCPUs,{heading}\nsql-01,2,4,{word}\n");
                let said = said(id, "hyper-v-replica-on", &[&tables]);
                assert_eq!(said.starts_with("not-met"), is_on, "{heading} {word}: {said}");
                assert_eq!(said == "met", !is_on, "{heading} {word}: {said}");
            }
        }
        // A state that nobody knows is neither.
        let unread = "VM,Generation,vCPUs,Replication State\nsql-01,2,4,Gold\n";
        assert!(said(id, "hyper-v-replica-on", &[unread]).starts_with("unknown"));
    }
}

#[test]
fn small_business_and_home_servers_end_when_their_lifecycle_says() {
    let machine = |guest: &str| format!("VM,Guest OS,Generation\nold-01,{guest},1\n");
    for (guest, day) in
        [("Windows Small Business Server 2008", "2020-01-14"), ("Windows Home Server 2011", "2016-04-12")]
    {
        let said = said("azure-vm@2025-02", "guest-os-out-of-support", &[&machine(guest)]);
        assert!(said.starts_with("not-met") && said.contains(day), "{guest}: {said}");
        let catalogue = &CATALOGUE.guest_os;
        let product = catalogue.products().iter().find(|product| product.title == guest).expect("it is listed");
        assert_eq!(product.support_end.map(|end| end.to_string()).as_deref(), Some(day));
        let source = catalogue.sources().iter().find(|source| source.key == product.source).expect("a source");
        assert!(source.url.starts_with("https://learn.microsoft.com/lifecycle/products/"), "{}", source.url);
    }
}

#[test]
fn a_provisioned_total_bounds_the_disks_it_is_the_total_of() {
    let list = |heading: &str, gib: &str| format!("VM,Generation,Disks,{heading}\nfil01,1,3,{gib}\n");
    let id = "site-recovery@2026-10";
    // At the limit and one past it: 2,048 GiB to start generation 1 from, 32,767 GiB of data.
    check(id, "os-disk-over-limit", &[&list("Provisioned (GB)", "2048")], "met");
    check(id, "os-disk-over-limit", &[&list("Provisioned (GB)", "2049")], "unknown");
    for heading in ["Provisionerad lagring (GB)", "Bereitgestellter Speicher (GB)", "Total disk capacity (GB)"] {
        check(id, "os-disk-over-limit", &[&list(heading, "127")], "met");
    }
    // A total of what is used, or of nobody knows what, bounds nothing.
    for heading in ["Used space (GB)", "Total disk size (GB)", "Disk (GB)", "VHD file size in total (GB)"] {
        check(id, "os-disk-over-limit", &[&list(heading, "127")], "unknown");
    }
    let physical = "VM,Generation,Disks,Provisioned (GB),Pass-through disks\nfil01,1,3,127,Yes\n";
    check(id, "os-disk-over-limit", &[physical], "unknown");
    let names = "VM,Disk name\nfil01,a\nfil01,b\n";
    check(id, "os-disk-over-limit", &[&list("Provisioned (GB)", "127"), names], "unknown");
    // What is left for the disks without a size is the total less those with one.
    let one = |gib: u32| format!("VM,Disk name,Disk size (GB)\nfil01,a,{gib}\n");
    check(id, "os-disk-over-limit", &[&list("Provisioned (GB)", "3000"), &one(1000)], "met");
    check(id, "os-disk-over-limit", &[&list("Provisioned (GB)", "3049"), &one(1000)], "unknown");
    check(id, "os-disk-over-limit", &[&list("Provisioned (GB)", "900"), &one(1000)], "unknown");
    check(id, "disk-under-minimum", &[&list("Provisioned (GB)", "0.5")], "not-met: disks of 512 MiB in all");
    check(id, "disk-under-minimum", &[&list("Provisioned (GB)", "127")], "unknown");
    let data = |gib: &str| said("azure-migrate@2026-03", "data-disk-over-limit", &[&list("Provisioned (GB)", gib)]);
    assert_eq!((data("32767").as_str(), data("32768").starts_with("unknown")), ("met", true));
}
