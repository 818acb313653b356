//! Which rows are one machine: by identifier, name and place, and what is told where that is doubtful.

use std::sync::LazyLock;

use klar::ingest::Dialects;
use klar::ingest::source::Source;
use klar::model::{Bytes, Estate, Gravity, Vm};

use crate::estates::{machines as names, read_and_listed as read};

static DIALECTS: LazyLock<Dialects> = LazyLock::new(Dialects::embedded);

fn doubts(estate: &Estate) -> Vec<String> {
    estate.notes.iter().filter(|note| note.gravity == Gravity::Doubt).map(|note| note.text.to_string()).collect()
}

fn reasons(estate: &Estate) -> Vec<(&str, &str)> {
    estate.left_out.iter().map(|row| (&*row.name, row.reason)).collect()
}

fn gib(vm: &Vm) -> Vec<u64> {
    vm.disks.iter().filter_map(|disk| disk.size.value()).map(|Bytes(size)| size >> 30).collect()
}

const GUID: &str = "5e000000-0000-4000-8000-000000000001";
const OTHER: &str = "5e000000-0000-4000-8000-000000000002";

#[test]
fn a_running_number_joins_nothing_across_files() {
    for heading in ["ID", "Id", "GUID"] {
        let list = |site: &str| format!("{heading},Server name,vCPU\n1,{site}-mail,2\n2,{site}-print,4\n");
        let estate = read(&[("nord.csv", &list("nord")), ("syd.csv", &list("syd"))]);
        assert_eq!(names(&estate), ["nord-mail", "nord-print", "syd-mail", "syd-print"], "{heading}");
        assert_eq!(doubts(&estate), Vec::<String>::new(), "{heading}");
    }
}

#[test]
fn an_identifier_of_one_export_joins_its_own_rows_and_tells_of_two() {
    let estate = read(&[(
        "list.csv",
        "ID,VM name,vCPUs,Guest OS\nvm-7,kassa,2,Windows Server 2019\nvm-7,lager,2,Windows Server 2022\n",
    )]);
    assert_eq!(names(&estate), ["kassa", "lager"]);
    let [told] = &doubts(&estate)[..] else { panic!("{:?}", doubts(&estate)) };
    assert!(told.contains("kassa (list.csv, row 2)") && told.contains("lager (list.csv, row 3)"), "{told}");
    let other_facts = "VM ID,VM name,Memory (MB)\n4,kassa,4096\n4,kassa,8192\n";
    let estate = read(&[("list.csv", other_facts)]);
    assert_eq!(names(&estate), ["kassa", "kassa"]);
    assert_eq!(doubts(&estate).len(), 1, "{:?}", doubts(&estate));
}

#[test]
fn a_guid_is_one_machine_under_names_that_differ_in_case_space_or_suffix() {
    let vmm = format!("VM ID,VM name,VM host,vCPUs\n{GUID},Arkiv,hv01,2\n");
    for name in ["ARKIV", "arkiv.nord.example", "Arkiv.local"] {
        let other = format!("VM ID,VM name,Memory (MB)\n{{{}}},{name},4096\n", GUID.to_uppercase());
        let estate = read(&[("vmm.csv", &vmm), ("list.csv", &other)]);
        assert_eq!(names(&estate), ["Arkiv"], "{name}");
        assert!(estate.vms[0].memory.is_known());
        assert_eq!(doubts(&estate), Vec::<String>::new());
    }
}

#[test]
fn a_guid_under_two_names_is_two_machines_in_one_export_and_both_rows_are_told() {
    let list = format!("VM ID,VM name,Memory (MB)\n{GUID},mall-a,4096\n{GUID},klon-b,8192\n{OTHER},tredje,2048\n");
    let estate = read(&[("list.csv", &list)]);
    assert_eq!(names(&estate), ["mall-a", "klon-b", "tredje"]);
    let [told] = &doubts(&estate)[..] else { panic!("{:?}", doubts(&estate)) };
    assert!(told.contains("mall-a (list.csv, row 2)") && told.contains("klon-b (list.csv, row 3)"), "{told}");
}

#[test]
fn a_machine_renamed_between_two_exports_is_one_and_told() {
    let before = format!("VM ID,VM name,vCPUs\n{GUID},gammal,2\n{OTHER},bok,2\n");
    let after = format!("VM ID,VM name,Memory (MB)\n{GUID},ny,4096\n{OTHER},bok,2048\n");
    let estate = read(&[("a.csv", &before), ("b.csv", &after)]);
    assert_eq!(names(&estate), ["gammal", "bok"]);
    let [told] = &doubts(&estate)[..] else { panic!("{:?}", doubts(&estate)) };
    assert!(told.contains("gammal (a.csv, row 2)") && told.contains("ny (b.csv, row 2)") && told.contains("renamed"));
    // The name of the newer export is believed.
    let estate = read(&[("2024-03-01.csv", &before), ("2026-03-01.csv", &after)]);
    assert_eq!(names(&estate), ["ny", "bok"]);
    // A file that knows both names tells two machines.
    let both = format!("{after}5e000000-0000-4000-8000-000000000003,gammal,1024\n");
    let estate = read(&[("a.csv", &before), ("b.csv", &both)]);
    assert_eq!(names(&estate), ["gammal", "bok", "ny", "gammal"]);
}

#[test]
fn equal_names_are_one_machine_unless_a_place_that_both_give_differs() {
    let place = |heading: &str, one: &str, other: &str| {
        let list = |place: &str, fact: &str| format!("VM name,{heading},{fact}\nkarta,{place},2\n");
        let files = [("a.csv", list(one, "vCPUs")), ("b.csv", list(other, "Memory (GB)"))];
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
        read(&files).vms.len()
    };
    for heading in ["VM host", "Cluster of the VM", "VMM server of the VM", "vCenter", "Site"] {
        assert_eq!(place(heading, "norr", "soder"), 2, "{heading}");
        assert_eq!(place(heading, "norr", "NORR"), 1, "{heading}");
        assert_eq!(place(heading, "norr", ""), 1, "{heading}");
    }
    assert_eq!(place("VM host", "hv1.nord.example", "HV1"), 1);
}

#[test]
fn two_rows_of_a_list_with_a_row_for_each_machine_are_two_machines_unless_they_say_the_same() {
    let two =
        |one: &str, other: &str| read(&[("l.csv", &format!("VM name,vCPUs,Memory (GB),Comment\n{one}\n{other}\n"))]);
    assert_eq!(two("labb,2,4,x", "labb,4,4,x").vms.len(), 2);
    assert_eq!(two("labb,2,4,prod", "labb,2,4,test").vms.len(), 2, "what is not understood may tell them apart");
    assert_eq!(two("labb,2,4,x", "labb,2,4,x").vms.len(), 1);
    let parts = two("labb,2,,x", "LABB,,4,x");
    assert_eq!(parts.vms.len(), 1);
    assert!(parts.vms[0].vcpus.is_known() && parts.vms[0].memory.is_known());
}

#[test]
fn another_list_with_two_rows_of_a_name_has_two_machines() {
    let estate = read(&[("a.csv", "VM name,vCPUs\nlabb,2\n"), ("b.csv", "VM name,Memory (GB)\nlabb,4\nlabb,8\n")]);
    assert_eq!(estate.vms.len(), 2);
}

#[test]
fn a_row_that_gives_no_place_joins_none_of_several_whatever_the_order_of_files() {
    let placed = "VM name,VM host,vCPUs\ntest,hv1,2\ntest,hv2,4\n";
    let bare = "VM name,Memory (GB)\ntest,16\n";
    for files in [[("a.csv", placed), ("b.csv", bare)], [("a.csv", bare), ("b.csv", placed)]] {
        let estate = read(&files);
        assert_eq!(names(&estate), ["test", "test"]);
        assert!(estate.vms.iter().all(|vm| !vm.memory.is_known()));
        assert_eq!(reasons(&estate), [("test", "several machines of that name")]);
    }
}

#[test]
fn the_newer_export_is_believed_and_named() {
    let (old, new) = (
        "VM name,Memory (GB),Guest OS\nfakt,4,Windows Server 2012 R2\n",
        "VM name,Memory (GB),Guest OS\nfakt,8,Windows Server 2022\n",
    );
    for (older, newer) in [
        ("2024-02-03_list.csv", "2026-11-20_list.csv"),
        ("z 03.02.2024.csv", "a 20.11.2026.csv"),
        ("b-20240203.csv", "a-20261120.csv"),
        ("2024-02-03/list.csv", "2026-11-20/list.csv"),
    ] {
        for files in [[(older, old), (newer, new)], [(newer, new), (older, old)]] {
            let estate = read(&files);
            assert_eq!(estate.vms.len(), 1);
            assert_eq!(estate.vms[0].memory.value().map(|memory| memory.0), Some(8192), "{newer}");
            let told = doubts(&estate).join("\n");
            assert!(told.contains(&format!("Memory is 8 GiB in {newer} and 4 GiB in {older}")), "{told}");
            assert!(told.contains("the newer, of 2026-11-20, is kept"), "{told}");
        }
    }
    // A date in the data goes before one in the name.
    let dated = |day: &str, gib: u32| format!("VM name,Memory (GB),Export date\nfakt,{gib},{day}\n");
    let estate = read(&[("2026-01-01.csv", &dated("2023-05-01", 4)), ("2025-01-01.csv", &dated("2025-05-01", 8))]);
    assert_eq!(estate.vms[0].memory.value().map(|memory| memory.0), Some(8192));
    let estate = read(&[("a.csv", new), ("b.csv", old)]);
    assert_eq!(estate.vms[0].memory.value().map(|memory| memory.0), Some(8192), "the first, where no date tells");
}

#[test]
fn rows_repeated_for_each_tag_application_or_adapter_are_one_machine_with_its_disks_once() {
    let rows = |heading: &str, one: &str, other: &str| {
        let text = format!(
            "VM name,VM host,vCPUs,Memory (GB),OS disk size (GB),{heading}\nbutik,hv1,2,8,127,{one}\nbutik,hv1,2,8,127,{other}\n"
        );
        let estate = read(&[("list.csv", &text)]);
        assert_eq!(names(&estate), ["butik"], "{heading}");
        assert_eq!(gib(&estate.vms[0]), [127], "{heading}");
        estate
    };
    rows("Tag value", "drift", "ekonomi");
    rows("Application", "Agresso", "Visma");
    rows("Etikett", "a", "b");
    let estate = rows("MAC address", "00155D010101", "00155D010102");
    assert_eq!(estate.vms[0].nics.len(), 2);
    let per_disk = "VM name,VM host,vCPUs,Disk path,Disk size (GB),Tag name\n\
        butik,hv1,2,D:\\a.vhdx,60,x\nbutik,hv1,2,D:\\a.vhdx,60,y\nbutik,hv1,2,D:\\b.vhdx,40,x\n";
    assert_eq!(gib(&read(&[("list.csv", per_disk)]).vms[0]), [60, 40]);
    let sizes =
        "VM name,vCPUs,Disk size (GB),Disk format,Tag name\nbutik,2,60,VHDX,x\nbutik,2,60,VHDX,y\nbutik,2,60,VHDX,x\n";
    assert_eq!(gib(&read(&[("list.csv", sizes)]).vms[0]), [60, 60], "the same row twice may be two disks of a size");
}

#[test]
fn a_row_without_a_name_belongs_to_the_machine_above_only_where_the_sheet_shows_it() {
    let continued = "VM name,vCPUs,Disk name,Disk size (GB)\nbild,2,os,60\n,,data,200\nljud,2,os,80\n";
    let estate = read(&[("disks.csv", continued)]);
    assert_eq!(estate.vms.iter().map(gib).collect::<Vec<_>>(), [vec![60, 200], vec![80]]);
    let sections = "VM name,vCPUs,Disk name,Disk size (GB)\nbild,2,,\nljud,2,,\n,,os,60\n,,os,80\n";
    let estate = read(&[("disks.csv", sections)]);
    assert_eq!(names(&estate), ["bild", "ljud"]);
    assert!(estate.vms.iter().all(|vm| vm.disks.is_empty()), "no row tells whose the disks are");
    assert_eq!(estate.left_out.len(), 2);
    assert_eq!(estate.left_out[0].reason, "no name");
}

#[test]
fn maximum_memory_counts_only_where_memory_is_dynamic_and_a_maximum_was_set() {
    let memory = |dynamic: &str, most: &str| {
        let text = format!("VM name,Memory (MB),Dynamic memory,Maximum memory (MB)\nkub,4096,{dynamic},{most}\n");
        read(&[("list.csv", &text)]).vms[0].memory.value().map(|memory| memory.0)
    };
    assert_eq!(memory("True", "16384"), Some(16384));
    assert_eq!(memory("True", "1048576"), Some(4096));
    assert_eq!(memory("False", "16384"), Some(4096));
    assert_eq!(memory("", "16384"), Some(4096));
    assert_eq!(memory("True", ""), Some(4096));
}

#[test]
fn a_machine_above_the_rows_of_its_disks_is_theirs_where_the_whole_sheet_is_so() {
    let grouped = "VM name,vCPUs,Disk name,Disk size (GB)\nbild,2,,\n,,os,60\n,,data,200\nljud,4,,\n,,os,80\n";
    let estate = read(&[("disks.csv", grouped)]);
    assert_eq!(names(&estate), ["bild", "ljud"]);
    assert_eq!(estate.vms.iter().map(gib).collect::<Vec<_>>(), [vec![60, 200], vec![80]]);
    let adapters = "VM,vCPU,MAC address,IP address\nbild,2,,\n,,00155D010101,10.0.0.4\n,,00155D010102,10.0.0.5\n";
    assert_eq!(read(&[("nics.csv", adapters)]).vms[0].nics.len(), 2);
    let indented = "Name,vCPU,Size (GB)\nbild,2,\n  os.vhdx,,60\n  data.vhdx,,200\nljud,4,\n  os.vhdx,,80\n";
    let estate = read(&[("tree.csv", indented)]);
    assert_eq!(names(&estate), ["bild", "ljud"], "a disk is no machine");
    assert_eq!(estate.vms.iter().map(gib).collect::<Vec<_>>(), [vec![60, 200], vec![80]]);
    // A machine without rows below it leaves open whose the next ones are.
    let open = "VM name,vCPUs,Disk name,Disk size (GB)\nbild,2,,\nljud,4,,\n,,os,80\n";
    let estate = read(&[("disks.csv", open)]);
    assert!(estate.vms.iter().all(|vm| vm.disks.is_empty()));
    assert_eq!(estate.left_out.len(), 1);
    let stray = "VM,vCPU,Disk size (GB)\nsynk.vhdx,,60\nbild,2,80\n";
    assert_eq!(names(&read(&[("stray.csv", stray)])), ["bild"], "a file is no machine");
}

#[test]
fn where_two_exports_differ_it_is_told_for_every_fact() {
    let told = |heading: &str, older: &str, newer: &str| {
        let one = format!("VM,vCPUs,{heading},Export date\nbild,2,{older},2026-10-01\n");
        let other = format!("VM,vCPUs,{heading},Export date\nbild,2,{newer},2026-10-20\n");
        let estate = read(&[("a.csv", &one), ("b.csv", &other)]);
        assert_eq!(names(&estate), ["bild"], "{heading}");
        let text = doubts(&estate).into_iter().find(|text| text.starts_with("bild"));
        text.unwrap_or_else(|| panic!("{heading}: {:?}", estate.notes))
    };
    for (heading, older, newer) in [
        ("Secure Boot", "On", "Off"),
        ("Checkpoints", "0", "3"),
        ("Power state", "Running", "Off"),
        ("Owner", "Anna", "Berit"),
        ("Provisioned (GB)", "100", "200"),
        ("Number of disks", "1", "2"),
        ("Virtual TPM", "No", "Yes"),
        ("BitLocker", "Off", "On"),
        ("Hyper-V Replica mode", "None", "Primary"),
    ] {
        let text = told(heading, older, newer);
        assert!(text.contains("the newer, of 2026-10-20, is kept"), "{heading}: {text}");
    }
    let disks =
        |day: &str, size: u32| format!("VM,Disk path,Disk size (GB),Export date\nbild,D:\\a.vhdx,{size},{day}\n");
    let estate = read(&[("a.csv", &disks("2026-10-01", 60)), ("b.csv", &disks("2026-10-20", 90))]);
    assert_eq!(gib(&estate.vms[0]), [90], "the newer size");
    assert!(
        doubts(&estate).iter().any(|text| text.starts_with("bild, disk D:\\a.vhdx: Disk size is 90 GiB")),
        "{:?}",
        doubts(&estate)
    );
    let hosts = |day: &str, os: &str| format!("Host name,Host operating system,Export date\nhv1,{os},{day}\n");
    let estate = read(&[
        ("a.csv", &hosts("2026-10-20", "Windows Server 2022")),
        ("b.csv", &hosts("2026-10-01", "Windows Server 2016")),
    ]);
    assert_eq!(estate.hosts[0].os.value().map(|os| &**os), Some("Windows Server 2022"));
    assert!(doubts(&estate).iter().any(|text| text.starts_with("hv1: Host operating system")), "{:?}", doubts(&estate));
}

#[test]
fn a_name_in_the_dress_of_a_directory_or_of_dns_is_the_name() {
    let list = "VM name,Guest OS,vCPU,Memory (GB)\nkran-1,Windows Server 2019,2,4\nkran-2,Windows Server 2019,2,4\nkran-3,Windows Server 2019,2,4\n";
    for dressed in [
        ["HAMN\\KRAN-1", "hamn\\kran-2", "HAMN\\kran-3"],
        ["kran-1$", "KRAN-2$", "HAMN\\kran-3$"],
        ["kran-1.", "kran-2.hamn.example.", "kran-3.hamn.example"],
    ] {
        let rows = dressed.map(|name| format!("{name},Yes\n")).concat();
        let estate = read(&[("list.csv", list), ("keys.csv", &format!("Computer name,BitLocker\n{rows}"))]);
        assert_eq!(names(&estate), ["kran-1", "kran-2", "kran-3"]);
        assert!(estate.vms.iter().all(|vm| vm.bitlocker.value() == Some(&true)), "{dressed:?}");
    }
    let estate = read(&[("list.csv", "VM name,vCPU,Memory (GB)\nHAMN\\kran-1,2,4\nDEPÅ\\kran-1,4,8\n")]);
    assert_eq!(names(&estate), ["HAMN\\kran-1", "DEPÅ\\kran-1"], "two domains are two machines");
}

#[test]
fn a_name_is_one_however_its_letters_are_composed() {
    let list = "Namn;Operativsystem;vCPU;Minne (GB)\nA\u{30a}kers-1;Windows Server 2019;2;4\ngru\u{308}n-2;Windows Server 2019;2;4\n";
    let keys = "Namn;BitLocker\nÅKERS-1;Ja\ngrün-2;Ja\n";
    let source = |(path, text): (&str, &str)| Source {
        path: path.to_owned(),
        bytes: text.as_bytes().to_vec(),
        sha256: String::new(),
    };
    let estate = klar::ingest::read(&[("list.csv", list), ("keys.csv", keys)].map(source), &DIALECTS);
    assert_eq!(estate.vms.len(), 2);
    assert!(estate.vms.iter().all(|vm| vm.bitlocker.value() == Some(&true)));
}

const SHEET: &str = "Servernamn,Operativsystem,vCPU,Minne (GB),BitLocker\n";

#[test]
fn lists_of_one_shape_in_two_folders_that_contradict_each_other_are_two_sites() {
    let north = format!(
        "{SHEET}skriv-1,Windows Server 2022,2,8,Nej\nnord-1,Windows Server 2022,2,8,Nej\nnord-2,Windows Server 2022,2,8,Nej\n"
    );
    let south = format!(
        "{SHEET}skriv-1,Windows Server 2008,2,4,Ja\nsyd-1,Windows Server 2022,2,8,Nej\nsyd-2,Windows Server 2022,2,8,Nej\n"
    );
    let estate = read(&[("in/Nord/servrar.csv", &north), ("in/Syd/servrar.csv", &south)]);
    assert_eq!(names(&estate), ["skriv-1", "nord-1", "nord-2", "skriv-1", "syd-1", "syd-2"]);
    let sites: Vec<&str> = estate.vms.iter().filter_map(|vm| vm.site.value().map(|site| &**site)).collect();
    assert_eq!(sites, ["Nord", "Nord", "Nord", "Syd", "Syd", "Syd"]);
    assert!(doubts(&estate).iter().any(|doubt| doubt.contains("lists of two sites")), "{:?}", doubts(&estate));
    // A further list in one of the folders tells of that folder's machine.
    let more = "Servernamn,Generation\nskriv-1,1\n";
    let files = [("in/Nord/servrar.csv", &*north), ("in/Syd/servrar.csv", &*south), ("in/Syd/gen.csv", more)];
    let estate = read(&files);
    let generations: Vec<bool> = estate.vms.iter().map(|vm| vm.generation.is_known()).collect();
    assert_eq!(generations, [false, false, false, true, false, false]);
    // Two days of one site, in one folder, in folders of their days and in folders that say which is which.
    for [one, other] in [
        ["in/servrar 2026-09-01.csv", "in/servrar 2026-10-01.csv"],
        ["2026-09-01/servrar.csv", "2026-10-01/servrar.csv"],
        ["gammal/servrar.csv", "ny/servrar.csv"],
    ] {
        let estate = read(&[(one, &north), (other, &south)]);
        assert_eq!(estate.vms.len(), 5, "{one}");
    }
}

#[test]
fn two_folders_with_nearly_the_same_list_are_one_site_seen_twice() {
    let rows = |memory: &str| {
        let rows = (1..9).map(|number| {
            format!("kran-{number},Windows Server 2022,2,{},Nej\n", if number == 3 { memory } else { "8" })
        });
        format!("{SHEET}{}", rows.collect::<String>())
    };
    let estate = read(&[("anna/servrar.csv", &rows("8")), ("bo/servrar.csv", &rows("16"))]);
    assert_eq!(estate.vms.len(), 8);
    assert!(estate.vms.iter().all(|vm| !vm.site.is_known()));
}
