//! What was once told wrongly: from exports to outcomes, one test for each mistake.

use jiff::civil::date;
use klar::catalogue::{Catalogue, Target};
use klar::evaluate::{Outcome, Subject, evaluate};
use klar::ingest::recognise::dialect::Dialects;
use klar::ingest::source::Source;
use klar::model::{Architecture, DiskFormat, Estate, Gravity};

/// Reads files given as name and text.
fn read(files: &[(&str, &str)]) -> Estate {
    let sources: Vec<Source> = files
        .iter()
        .map(|(path, text)| Source { path: (*path).to_owned(), bytes: text.as_bytes().to_vec(), sha256: String::new() })
        .collect();
    klar::ingest::read(&sources, &Dialects::embedded())
}

/// What the first machine is told of a check: the outcome when it is not met or could not be told.
fn told(estate: &Estate, target: Target, edition: &str, check: &str) -> Option<Outcome> {
    let catalogue = Catalogue::embedded().expect("the catalogue is whole");
    let edition = catalogue.edition(target, edition).expect("the edition exists");
    let asked = edition.requirements.iter().any(|requirement| requirement.check == check);
    assert!(asked, "{} does not ask {check}", edition.id());
    let assessment = evaluate(estate, &catalogue, &[edition], date(2026, 11, 22));
    let findings = &assessment.runs[0].findings;
    let found = findings.iter().find(|finding| {
        finding.subject == Subject::Vm(0) && edition.requirements[usize::from(finding.requirement)].check == check
    });
    found.map(|finding| finding.outcome)
}

fn doubts(estate: &Estate) -> Vec<String> {
    estate.notes.iter().filter(|note| note.gravity == Gravity::Doubt).map(|note| note.text.to_string()).collect()
}

#[test]
fn a_client_typed_by_hand_is_not_taken_for_a_32_bit_one() {
    let check = "guest-architecture-unsupported";
    let judge = |estate: &Estate| told(estate, Target::SiteRecovery, "2026-10", check);
    let typed = read(&[("machines.csv", "VM,Guest OS\nvdi-01,Windows 7\n")]);
    assert_eq!(judge(&typed), Some(Outcome::Unknown));
    let exported = "\
Name,VMId,VirtualMachineState,HostGroupPath,OperatingSystem,CPUCount,Memory,VMCPath
vdi-01,a0000000-0000-0000-0000-000000000001,Running,All Hosts\\vdi-01,Windows 7,2,4096,x
";
    assert_eq!(judge(&read(&[("vms.csv", exported)])), Some(Outcome::NotMet));
}

const VMM_GUESTS: &str = "\
Name,VMId,VirtualMachineState,HostGroupPath,OperatingSystem,CPUCount,Memory,VMCPath
lnx-01,a0000000-0000-0000-0000-000000000001,Running,All Hosts\\lnx-01,Red Hat Enterprise Linux 7 (64 bit),2,4096,x
bsd-01,a0000000-0000-0000-0000-000000000002,Running,All Hosts\\bsd-01,Other (64 bit),2,4096,x
old-01,a0000000-0000-0000-0000-000000000003,Running,All Hosts\\old-01,CentOS Linux 6 (64 bit),2,4096,x
web-01,a0000000-0000-0000-0000-000000000004,Running,All Hosts\\web-01,Windows Server 2012,2,4096,x
vdi-01,a0000000-0000-0000-0000-000000000005,Running,All Hosts\\vdi-01,Windows 8,2,4096,x
";

#[test]
fn of_two_names_of_one_guest_the_one_that_says_more_is_kept() {
    let typed = "\
VM,Guest OS
lnx-01,Red Hat Enterprise Linux 7.9
bsd-01,FreeBSD 14.1
old-01,CentOS Linux 6.10
web-01,Windows Server 2012 R2
vdi-01,Windows 8.1
";
    let estate = read(&[("vms.csv", VMM_GUESTS), ("typed.csv", typed)]);
    let guests: Vec<&str> = estate.vms.iter().filter_map(|vm| vm.guest_os.value()).map(|name| &**name).collect();
    let expected =
        ["Red Hat Enterprise Linux 7.9", "FreeBSD 14.1", "CentOS Linux 6.10", "Windows Server 2012", "Windows 8"];
    assert_eq!(guests, expected);
    assert_eq!(estate.vms[2].architecture.value(), Some(&Architecture::X64), "told by the name given up");
    let notes = doubts(&estate);
    let expected = [
        "web-01: Guest OS is Windows Server 2012 in vms.csv and Windows Server 2012 R2 in typed.csv; the first is kept. So for 1 more. Leave out the file that is out of date.",
        "bsd-01: Guest OS is FreeBSD 14.1 in typed.csv and Other (64 bit) in vms.csv; the first is kept. Leave out the file that is out of date.",
    ];
    assert_eq!(notes, expected);
}

#[test]
fn the_order_of_files_does_not_decide_which_name_is_kept() {
    let typed = "VM,Guest OS\nlnx-01,Red Hat Enterprise Linux 7.9\nbsd-01,FreeBSD 14.1\n";
    for files in [[("a.csv", VMM_GUESTS), ("b.csv", typed)], [("a.csv", typed), ("b.csv", VMM_GUESTS)]] {
        let estate = read(&files);
        let guest = |name: &str| {
            let vm = estate.vms.iter().find(|vm| vm.shown_name() == name).expect("it is listed");
            vm.guest_os.value().map(ToString::to_string)
        };
        assert_eq!(guest("lnx-01").as_deref(), Some("Red Hat Enterprise Linux 7.9"));
        assert_eq!(guest("bsd-01").as_deref(), Some("FreeBSD 14.1"));
    }
}

#[test]
fn a_format_beside_the_operating_system_disk_is_no_further_disk() {
    let estate = read(&[("machines.csv", "VM,OS disk size (GB),Disk format\nweb-01,60,VHDX\n")]);
    assert_eq!(estate.vms[0].disks.len(), 1);
    assert_eq!(estate.vms[0].disks[0].format.value(), Some(&DiskFormat::Vhdx));
    assert_eq!(told(&estate, Target::SiteRecovery, "2026-10", "data-disk-over-limit"), None);
    let two = "VM,OS disk size (GB),Disk 2 size (GB),Disk format\nweb-01,60,100,VHDX\n";
    let estate = read(&[("machines.csv", two)]);
    let formats: Vec<_> = estate.vms[0].disks.iter().map(|disk| disk.format.value().copied()).collect();
    assert_eq!(formats, [Some(DiskFormat::Vhdx); 2]);
}

#[test]
fn a_disk_with_a_size_of_its_own_beside_the_operating_system_disk_is_a_further_disk() {
    let table = "VM,OS disk size (GB),Disk size (GB),Disk format\nweb-01,60,100,VHDX\n";
    assert_eq!(read(&[("machines.csv", table)]).vms[0].disks.len(), 2);
}

#[test]
fn one_address_at_several_machines_is_told() {
    let table = "\
VM,MAC address
web-01,00:15:5D:00:00:01
web-02,00-15-5d-00-00-01
web-03,00:15:5D:00:00:02
web-04,00:00:00:00:00:00
web-05,00:00:00:00:00:00
";
    let estate = read(&[("machines.csv", table)]);
    let expected = "the MAC address 00155D000001 is borne by web-01 (machines.csv, row 2), web-02 (machines.csv, row 3). Check whether rows were copied, or give the machines addresses of their own.";
    assert_eq!(doubts(&estate), [expected]);
}

#[test]
fn a_machine_on_two_hosts_is_told() {
    let table = "\
Name,VMId,VirtualMachineState,HostName,HostGroupPath,OperatingSystem,CPUCount,Memory,VMCPath
web-01,a0000000-0000-0000-0000-000000000001,Running,hv01.contoso.test,All Hosts\\web-01,Windows Server 2019 Standard,2,4096,x
web-01,a0000000-0000-0000-0000-000000000001,Running,hv02.contoso.test,All Hosts\\web-01,Windows Server 2019 Standard,2,4096,x
";
    let estate = read(&[("vms.csv", table)]);
    assert_eq!(estate.vms.len(), 1);
    let expected = "web-01: VM host is hv01.contoso.test in row 2 and hv02.contoso.test in row 3; the first is kept. Correct the row that is out of date.";
    assert_eq!(doubts(&estate), [expected]);
    let later = "Name,VMId,State,ComputerName,ProcessorCount,MemoryStartup\nweb-01,a0000000-0000-0000-0000-000000000001,Running,HV02,2,4294967296\n";
    let one = table.lines().take(2).collect::<Vec<_>>().join("\n");
    let estate = read(&[("vms.csv", &one), ("get-vm.csv", later)]);
    assert_eq!(estate.vms.len(), 1);
    assert!(doubts(&estate).iter().any(|note| note.contains("VM host is hv01.contoso.test in vms.csv and HV02")));
}

#[test]
fn an_operating_system_disk_is_judged_without_its_generation_where_both_agree() {
    let judge = |gib: u64| {
        let estate = read(&[("machines.csv", &format!("VM,OS disk size (GB)\nweb-01,{gib}\n"))]);
        told(&estate, Target::SiteRecovery, "2026-10", "os-disk-over-limit")
    };
    assert_eq!(judge(2048), None);
    assert_eq!(judge(2049), Some(Outcome::Unknown));
    assert_eq!(judge(4095), Some(Outcome::Unknown));
    assert_eq!(judge(4096), Some(Outcome::NotMet));
}

#[test]
fn a_32_bit_linux_without_a_version_is_refused_all_the_same() {
    let judge = |guest: &str| {
        let estate = read(&[("machines.csv", &format!("VM,Guest OS\nlnx-01,{guest}\n"))]);
        told(&estate, Target::SiteRecovery, "2026-10", "guest-architecture-unsupported")
    };
    assert_eq!(judge("Ubuntu Linux (32 bit)"), Some(Outcome::NotMet));
    assert_eq!(judge("Other Linux (32 bit)"), Some(Outcome::NotMet));
    assert_eq!(judge("Other (32 bit)"), Some(Outcome::Unknown), "it may be Windows Server 2008");
    assert_eq!(judge("Windows Server 2008 Standard 32-Bit"), None);
}

#[test]
fn each_edition_asks_for_the_endorsed_list_of_its_year() {
    let judge = |guest: &str, edition: &str| {
        let estate = read(&[("machines.csv", &format!("VM,Guest OS\nlnx-01,{guest}\n"))]);
        told(&estate, Target::AzureVm, edition, "linux-not-endorsed")
    };
    assert_eq!(judge("CentOS Linux 7.9", "2018-05"), None);
    assert_eq!(judge("CentOS Linux 7.9", "2025-02"), Some(Outcome::NotMet));
    assert_eq!(judge("SUSE Linux Enterprise Server 15 SP1", "2024-06"), Some(Outcome::NotMet));
    assert_eq!(judge("SUSE Linux Enterprise Server 15 SP6", "2024-06"), None);
    assert_eq!(judge("Red Hat Enterprise Linux 6.6", "2018-05"), Some(Outcome::NotMet));
    assert_eq!(judge("AlmaLinux 8.8", "2018-05"), Some(Outcome::NotMet));
    assert_eq!(judge("AlmaLinux 8.8", "2024-06"), None);
}

#[test]
fn machines_of_rvtools_are_told_to_be_of_vmware() {
    let table = "VM,Powerstate,OS according to the configuration file,CPUs\nweb-01,poweredOn,Microsoft Windows Server 2019 (64-bit),2\n";
    let estate = read(&[("vinfo.csv", table)]);
    assert_eq!(estate.vms.len(), 1);
    assert!(doubts(&estate).iter().any(|note| note.starts_with("RVTools lists machines of VMware.")));
}

/// The headings of the portal's "All resources", its words for a storage account and a virtual network, and a region.
const PORTALS: &[(&str, &str, &str, &str)] = &[
    ("NAME,TYPE,RESOURCE GROUP,LOCATION,SUBSCRIPTION", "Storage account", "Virtual network", "North Europe"),
    ("NOME,TIPO,GRUPO DE RECURSOS,LOCALIZAÇÃO,ASSINATURA", "Conta de armazenamento", "Rede virtual", "Europa do Norte"),
    (
        "NOMBRE,TIPO,GRUPO DE RECURSOS,UBICACIÓN,SUSCRIPCIÓN",
        "Cuenta de almacenamiento",
        "Red virtual",
        "Norte de Europa",
    ),
    ("NOM,TYPE,GROUPE DE RESSOURCES,EMPLACEMENT,ABONNEMENT", "Compte de stockage", "Réseau virtuel", "Europe Nord"),
];

fn portal(headings: &str, storage: &str, network: &str, region: &str) -> String {
    format!("{headings}\ncache01,{storage},dr,{region},Contoso\nrecovery,{network},dr,{region},Contoso\n")
}

#[test]
fn the_portals_list_is_told_to_know_no_sku_in_every_language() {
    for (headings, storage, network, region) in PORTALS {
        let estate = read(&[("resources.csv", &portal(headings, storage, network, region))]);
        assert_eq!((estate.azure.storage_accounts.len(), estate.azure.networks.len()), (1, 1), "{headings}");
        let expected = "1 storage account is listed without a SKU, so redundancy and performance are not known. Add what `az storage account list` gives.";
        assert_eq!(doubts(&estate), [expected], "{headings}");
    }
    let with_sku = r#"[{"name":"cache01","type":"Microsoft.Storage/storageAccounts","location":"northeurope","resourceGroup":"dr","kind":"StorageV2","sku":{"name":"Standard_LRS"}}]"#;
    let (headings, storage, network, region) = PORTALS[0];
    let estate = read(&[("portal.csv", &portal(headings, storage, network, region)), ("list.json", with_sku)]);
    assert_eq!(doubts(&estate), Vec::<String>::new(), "another file told the SKU");
}

#[test]
fn a_region_in_the_portals_translation_is_not_taken_for_another_region() {
    let vault = "Azure resource type,Azure resource name,Azure region\nMicrosoft.RecoveryServices/vaults,vault-north,northeurope\n";
    let judge = |region: &str| {
        let list = portal(PORTALS[0].0, PORTALS[0].1, PORTALS[0].2, region);
        let estate = read(&[("vault.csv", vault), ("portal.csv", &list)]);
        let catalogue = Catalogue::embedded().expect("the catalogue is whole");
        let edition = catalogue.edition(Target::SiteRecovery, "2017-07").expect("the edition exists");
        let assessment = evaluate(&estate, &catalogue, &[edition], date(2026, 11, 22));
        let found = assessment.runs[0]
            .findings
            .iter()
            .find(|finding| edition.requirements[usize::from(finding.requirement)].check == "storage-region-mismatch");
        found.map(|finding| finding.outcome)
    };
    assert_eq!(judge("North Europe"), None);
    assert_eq!(judge("West Europe"), Some(Outcome::NotMet));
    assert_eq!(judge("Europa do Norte"), Some(Outcome::Unknown));
    assert_eq!(judge("Nordeuropa"), Some(Outcome::Unknown));
}

#[test]
fn the_disks_listed_count_where_a_row_states_less() {
    let table = "VM,Total disk size (GB),Disk path,Disk size (GB)\nweb-01,0,D:\\a.vhdx,60\nweb-01,0,D:\\b.vhdx,40\n";
    let vm = &read(&[("machines.csv", table)]).vms[0];
    assert_eq!(vm.stated_disk_total.value().map(|total| total.0), Some(0));
    assert_eq!(vm.disk_total().map(|total| total.0 / klar::model::GIB), Ok(100));
}

#[test]
fn subnets_that_cannot_be_read_are_not_counted_as_full() {
    let azure = "\
Azure resource type,Azure resource name,Azure region,Subnet prefixes
Microsoft.RecoveryServices/vaults,vault-north,northeurope,
Microsoft.Network/virtualNetworks,recovery,northeurope,hidden
";
    let estate = read(&[("machines.csv", "VM,NICs\nweb-01,2\n"), ("azure.csv", azure)]);
    let catalogue = Catalogue::embedded().expect("the catalogue is whole");
    let edition = catalogue.edition(Target::SiteRecovery, "2026-10").expect("the edition exists");
    let assessment = evaluate(&estate, &catalogue, &[edition], date(2026, 11, 22));
    let found = assessment.runs[0]
        .findings
        .iter()
        .find(|finding| edition.requirements[usize::from(finding.requirement)].check == "target-subnets-too-small");
    assert_eq!(found.map(|finding| finding.outcome), Some(Outcome::Unverified));
}
