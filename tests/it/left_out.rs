//! The promise that nothing is out of sight: every machine that an input names is counted, or listed with its reason.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use klar::ingest::Dialects;
use klar::ingest::open::open;
use klar::ingest::recognise::{Recognition, recognise};
use klar::ingest::source::Source;
use klar::ingest::table::Value;
use klar::model::{Estate, Field, LeftOut, LeftOutKind};

use crate::estates::read_and_listed as read;

static DIALECTS: LazyLock<Dialects> = LazyLock::new(Dialects::embedded);

/// Every text under a column that names machines, below its headings.
fn named(sources: &[Source]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for source in sources {
        for grid in open(source).grids {
            let Recognition::Table(table) = recognise(&grid, &source.path, &DIALECTS) else { continue };
            for used in table.columns.iter().filter(|used| used.field == Field::VmName) {
                let cells = (table.first_data_row..grid.row_count()).filter_map(|row| grid.row(row).get(used.column));
                names.extend(cells.filter_map(|cell| match cell {
                    // Files of disks below the row of their machine are its disks.
                    Value::Text(text) if text.ends_with(".vhdx") => None,
                    Value::Text(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
                    Value::Text(_) | Value::Number(_) | Value::Bool(_) | Value::Date(_) | Value::Error(_) => None,
                }));
            }
        }
    }
    names
}

/// Asserts that every machine named is one of the estate's, or stands among the rows left out.
pub(crate) fn check(sources: &[Source], estate: &Estate) {
    let hosts = estate.hosts.iter().filter_map(|host| host.name.value()).map(|name| name.to_lowercase());
    let mut counted: BTreeSet<String> = estate.vms.iter().map(|vm| vm.shown_name().to_lowercase()).collect();
    counted.extend(estate.vms.iter().filter_map(|vm| vm.id.value()).map(|id| id.to_lowercase()));
    // A host that stands in a list of machines is one of the hosts.
    counted.extend(hosts);
    let headings: BTreeSet<&str> =
        estate.tables.iter().flat_map(|table| &table.columns).map(|text| text.trim()).collect();
    for name in named(sources).iter().filter(|name| !headings.contains(name.as_str())) {
        // Domain, account sign and DNS suffix dress a name.
        let bare = |name: &str| {
            let bare = name.rsplit('\\').next().unwrap_or(name).trim_end_matches('$').to_lowercase();
            bare.split('.').next().unwrap_or(&bare).to_owned()
        };
        let told = estate.left_out.iter().any(|row| {
            *row.name == **name
                || row.name.to_lowercase() == bare(name)
                || row.detail.as_ref().is_some_and(|detail| detail.to_string().contains(name.as_str()))
        });
        let told = told || estate.notes.iter().any(|note| note.text.to_string().contains(name.as_str()));
        let is_counted = |name: &str| counted.contains(&name.to_lowercase()) || counted.contains(&bare(name));
        // A cell may name several machines of a job.
        let counted = is_counted(name) || name.split([',', ';', '\n']).map(str::trim).all(is_counted);
        assert!(told || counted, "{name} is neither counted nor listed as left out");
    }
    let counts: u64 = estate.tables.iter().map(|table| table.rows.left_out_total()).sum();
    assert!(estate.left_out.len() as u64 <= counts, "no more rows are listed than were left out");
}

/// Every file below a folder.
fn below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("listed").path();
        if path.is_dir() { files.extend(below(&path)) } else { files.push(path) }
    }
    files.sort();
    files
}

fn sources(folder: &Path) -> Vec<Source> {
    let source = |path: PathBuf| {
        let bytes = fs::read(&path).expect("readable");
        let path = path.strip_prefix(folder).expect("below it").to_string_lossy().replace('\\', "/");
        Source { path, bytes, sha256: String::new() }
    };
    below(folder).into_iter().map(source).collect()
}

#[test]
fn every_machine_named_in_a_sample_is_counted_or_listed() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut listed = 0;
    for entry in fs::read_dir(samples).expect("the samples are there") {
        let folder = entry.expect("listed").path();
        if folder.is_dir() {
            let sources = sources(&folder);
            let estate = klar::ingest::read(&sources, &DIALECTS);
            check(&sources, &estate);
            listed += estate.left_out.len();
        }
    }
    assert!(listed > 0, "the samples hold rows that are left out");
}

/// What is listed: name, kind, reason and detail.
fn listed(estate: &Estate) -> Vec<(&str, LeftOutKind, &str, String)> {
    let detail = |row: &LeftOut| row.detail.as_ref().map_or(String::new(), ToString::to_string);
    estate.left_out.iter().map(|row| (&*row.name, row.kind, row.reason, detail(row))).collect()
}

#[test]
fn a_row_left_out_is_listed_with_its_name_kind_and_reason() {
    let vms = "\
Name,VMId,VirtualMachineState,HostGroupPath,OperatingSystem,CPUCount,Memory,MarkedAsTemplate,VMCPath
kiosk-1,a0000000-0000-0000-0000-000000000001,Running,All Hosts\\kiosk-1,Windows Server 2019 Standard,2,4096,False,x
image,a0000000-0000-0000-0000-000000000002,PowerOff,All Hosts\\image,Windows Server 2019 Standard,2,4096,True,x
Total: 2,,,,,,,,
";
    let drives = "\
VMName,VMId,DiskNumber,SupportPersistentReservations,ControllerType,ControllerNumber,ControllerLocation,Name,Path,ComputerName
image,a0000000-0000-0000-0000-000000000002,,False,IDE,0,0,Hard Drive,D:\\vm\\image.vhd,HV01
stray,,,False,IDE,0,0,Hard Drive,D:\\vm\\stray.vhd,HV01
";
    let nics = "VM,MAC address\ngone,00155D000001\n";
    let estate = read(&[("vms.csv", vms), ("drives.csv", drives), ("nics.csv", nics)]);
    let expected = [
        ("image", LeftOutKind::Vm, "a template", ""),
        ("Total: 2", LeftOutKind::Row, "totals row", ""),
        ("D:\\vm\\image.vhd", LeftOutKind::Disk, "a template", "of image"),
        ("D:\\vm\\stray.vhd", LeftOutKind::Disk, "no machine of that name", "of stray"),
        ("gone", LeftOutKind::Vm, "no machine of that name", ""),
    ];
    assert_eq!(listed(&estate), expected.map(|(name, kind, reason, detail)| (name, kind, reason, detail.to_owned())));
    let places: Vec<_> = estate.left_out.iter().map(|row| estate.place(row.origin)).collect();
    assert_eq!(
        places.iter().map(|place| (place.file, place.row)).collect::<Vec<_>>()[..3],
        [("vms.csv", 3), ("vms.csv", 4), ("drives.csv", 2)]
    );
}

#[test]
fn what_is_no_machine_of_the_site_is_left_out_with_its_name_and_reason() {
    let list = "\
VM name,Server type,Platform,Template
kassa,Virtual,Hyper-V,No
blad-7,Physical,,No
blad-8,Fysisk server,,No
web,Virtual,VMware,No
katalog,,Physical,No
moln,,Azure,No
mall,Virtual,Hyper-V,Yes
vCLS-1f2e,Virtual,,No
vCLS (4),,,No
vclsx,,,No
";
    let estate = read(&[("list.csv", list)]);
    assert_eq!(estate.vms.iter().map(klar::model::Vm::shown_name).collect::<Vec<_>>(), ["kassa", "vclsx"]);
    let reasons: Vec<(&str, &str)> = estate.left_out.iter().map(|row| (&*row.name, row.reason)).collect();
    let expected = [
        ("blad-7", "a physical server"),
        ("blad-8", "a physical server"),
        ("web", "on another hypervisor"),
        ("katalog", "a physical server"),
        ("moln", "already in Azure"),
        ("mall", "a template"),
        ("vCLS-1f2e", "a cluster service machine (vCLS)"),
        ("vCLS (4)", "a cluster service machine (vCLS)"),
    ];
    assert_eq!(reasons, expected);
}

#[test]
fn machines_of_azure_are_named_and_not_counted() {
    let azure = "Subscription,Resource Group,VM Name,VM Size,vCPUs,RAM (GiB)\nDrift,rg-a,az-web,Standard_D2s_v5,2,8\n";
    let estate = read(&[
        ("azure.csv", azure),
        ("list.csv", "VM name,VM host,vCPUs,Resource group,Subscription\nkassa,hv1,2,rg-a,Drift\n"),
    ]);
    assert_eq!(estate.vms.len(), 1, "a machine on a host is of the site, whatever it is planned for");
    let [row] = &estate.left_out[..] else { panic!("{:?}", estate.left_out) };
    assert_eq!((&*row.name, row.kind, row.reason), ("az-web", LeftOutKind::AzureVm, "already in Azure"));
}

#[test]
fn a_count_of_rows_and_a_note_are_no_machines() {
    let counts = [
        "500 rows",
        "12 machines",
        "Antal: 12",
        "(3 rows affected)",
        "3 Zeilen",
        "Servers: 12",
        "Machines = 4",
        "Antal servrar: 2",
        "Number of servers: 2",
        "Anzahl der Maschinen: 2",
        "Nombre de machines virtuelles : 2",
    ];
    let notes = ["Note that the machines of the DMZ are not in this list", "Exported by the night job."];
    // A machine may be called by a word and a number, and by several words.
    let machines = ["Server 12", "VM 3", "rows-01", "12-machines", "Number server", "Old print server of Sundby"];
    for text in counts.iter().chain(&notes).chain(&machines) {
        let list = format!("VM,vCPUs,Memory (GB),Guest OS\nkiosk-1,2,4,Windows Server 2022 Standard\n{text},,,\n");
        let estate = read(&[("vms.csv", &list)]);
        let is_machine = estate.vms.iter().any(|vm| vm.shown_name() == *text);
        assert_eq!(is_machine, machines.contains(text), "{text}");
        if !is_machine {
            let reason = if counts.contains(text) { "totals row" } else { "a note, no subject" };
            assert_eq!(listed(&estate), [(*text, LeftOutKind::Row, reason, String::new())], "{text}");
        }
    }
    let sums = "VM,vCPUs,Memory (GB),Guest OS\nkiosk-1,2,4,Windows Server 2022 Standard\n1 machines,2,4,\n";
    assert_eq!(read(&[("vms.csv", sums)]).vms.len(), 1, "a count may stand before the sums");
}

/// A list under the headings VM, Site, Guest OS, vCPUs and Memory (GB), with the given rows.
fn list(rows: &[&str]) -> Estate {
    let list = format!("VM,Site,Guest OS,vCPUs,Memory (GB)\n{}\n", rows.join("\n"));
    read(&[("vms.csv", &list)])
}

fn names(estate: &Estate) -> Vec<&str> {
    estate.vms.iter().map(klar::model::Vm::shown_name).collect()
}

#[test]
fn titles_of_sections_and_their_sums_are_no_machines() {
    for sum in ["Delsumma Sundby", "Zwischensumme Sundby", "Sundby totalt", "Total Sundby", "Sous-total Sundby"] {
        let estate = list(&[
            "Sundby,,,,",
            "kiosk-1,Sundby,Windows Server 2022,2,4",
            "kiosk-2,Sundby,Windows Server 2022,2,8 GB",
            &format!("{sum},,,4,12 GB"),
            "Totale,,,4,12",
        ]);
        assert_eq!(names(&estate), ["kiosk-1", "kiosk-2"], "{sum}");
        let reasons: Vec<(&str, &str)> = estate.left_out.iter().map(|row| (&*row.name, row.reason)).collect();
        assert_eq!(reasons[..2], [("Sundby", "a heading of a section"), (sum, "totals row")], "{sum}");
    }
    // The sum alone tells which row is a title.
    let estate =
        list(&["Lund,,,,", "kiosk-1,,Windows Server 2022,2,4", "kiosk-2,,Windows Server 2019,2,4", "Lund Total,,,4,8"]);
    assert_eq!(names(&estate), ["kiosk-1", "kiosk-2"]);
    // A machine of which a list has nothing but the name is one, and so is one whose name begins as a sum's.
    let estate =
        list(&["kiosk-1,Sundby,Windows Server 2022,2,4", "kiosk-2,,,,", "Total Print,Lund,Windows Server 2022,2,4"]);
    assert_eq!(names(&estate), ["kiosk-1", "kiosk-2", "Total Print"]);
}

#[test]
fn figures_legends_pages_and_lines_below_a_list_are_no_machines() {
    let notes = [
        "Page 2 of 3",
        "Seite 4",
        "Sida 2/3",
        "Stand: 01.10.2026",
        "Stand 01.10.2026",
        "Erstellt von: M. Sand",
        "Legende:",
        "grön = flyttad",
        "OBS! byts 2027",
        "Moves in May?",
        "-----",
    ];
    for note in notes {
        let estate = list(&["kiosk-1,Sundby,Windows Server 2022,2,4", &format!("{note},,,,")]);
        assert_eq!(names(&estate), ["kiosk-1"], "{note}");
        assert_eq!(estate.left_out[0].reason, "a note, no subject", "{note}");
    }
    for (text, numbers) in [
        ("Anzahl Server", "2,"),
        ("Gesamt-RAM", ",12"),
        ("Durchschnitt", "2,6"),
        ("freie Kapazität", ",244"),
        ("Average", "2,4"),
        ("Kapacitet kvar", "2,4"),
    ] {
        let estate = list(&["kiosk-1,Sundby,Windows Server 2022,2,4", &format!("{text},,,{numbers}")]);
        assert_eq!(names(&estate), ["kiosk-1"], "{text}");
        assert_eq!(estate.left_out[0].reason, "totals row", "{text}");
    }
    let lines = "VM,Guest OS,vCPUs,Memory (GB)\n-----,--,-----,====\nkiosk-1,Windows Server 2022,2,4\n-,-,-,-\n";
    assert_eq!(names(&read(&[("vms.csv", lines)])), ["kiosk-1"]);
}

#[test]
fn a_row_without_a_name_is_swallowed_by_no_machine_above() {
    let list = "Name,Computer name,IP,Guest OS,vCPUs,Memory (GB)\n,kiosk-1.sund.example,10.0.0.1,Windows Server 2022,2,4\nkiosk-2,kiosk-2.sund.example,10.0.0.2,Windows Server 2022,2,4\n,,10.0.0.3,Windows Server 2008,2,4\n,,10.0.0.4,,,\n";
    let estate = read(&[("vms.csv", list)]);
    assert_eq!(names(&estate), ["kiosk-1.sund.example", "kiosk-2"]);
    assert_eq!(estate.vms[1].guest_os.value().map(|name| &**name), Some("Windows Server 2022"));
    let nameless: Vec<u32> =
        estate.left_out.iter().filter(|row| row.reason == "no name").map(|row| row.origin.row).collect();
    assert_eq!(nameless, [4, 5]);
    // A row that repeats a machine's own facts without its name is none of the machine above, and none of its own.
    let disks = "VM,Guest OS,Memory (GB),Disk (GB),Comment\nkiosk-1,Windows Server 2022,4,80,\n,,,200,data\n,Windows Server 2022,4,80,\n";
    let estate = read(&[("vms.csv", disks)]);
    assert_eq!(names(&estate), ["kiosk-1"]);
    assert!(listed(&estate).iter().all(|row| row.2 == "no name"), "{:?}", listed(&estate));
}

#[test]
fn lines_that_another_sign_parts_are_rows_or_a_table_of_their_own() {
    let list = "VM;Guest OS;vCPUs;Memory (GB)\nkiosk-1;Windows Server 2022;2;4\nkiosk-2,Windows Server 2019,4,8\nkiosk-3;Windows Server 2022;2;4\n";
    let estate = read(&[("vms.csv", list)]);
    assert_eq!(names(&estate), ["kiosk-1", "kiosk-2", "kiosk-3"]);
    assert_eq!(estate.vms[1].vcpus.value(), Some(&4));
    assert!(estate.notes.iter().any(|note| note.text.to_string().contains("parted by another sign")));
    let appended = "\"VM\";\"Guest OS\";\"vCPUs\"\n\"kiosk-1\";\"Windows Server 2022\";\"2\"\n\"Host\",\"VM\",\"vCPUs\",\"Guest OS\"\n\"SUND-2\",\"kiosk-2\",\"4\",\"Windows Server 2019\"\n\"kiosk-3\";\"Windows Server 2016\";\"8\"\n";
    let estate = read(&[("vms.csv", appended)]);
    let told: Vec<(&str, Option<&u32>)> = estate.vms.iter().map(|vm| (vm.shown_name(), vm.vcpus.value())).collect();
    assert_eq!(told, [("kiosk-2", Some(&4)), ("kiosk-1", Some(&2)), ("kiosk-3", Some(&8))]);
    assert_eq!(estate.vms[0].host.value().map(|host| &**host), Some("SUND-2"));
    // A sentence below a list is no row, however many commas it has.
    let foot = "VM;Guest OS;vCPUs\nkiosk-1;Windows Server 2022;2\nNote, this list is of May, and it is not whole, as we know\n";
    assert_eq!(names(&read(&[("vms.csv", foot)])), ["kiosk-1"]);
}
