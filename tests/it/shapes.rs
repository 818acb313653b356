//! How sheets are laid out: tables beside each other, headings given again, facts below each other, sums and owners.

use klar::ingest::Dialects;
use klar::ingest::source::Source;
use klar::model::{Estate, Vm};

use crate::estates::{machines, read};

fn memory(estate: &Estate) -> Vec<Option<u64>> {
    estate.vms.iter().map(|vm| vm.memory.value().map(|memory| memory.0 / 1024)).collect()
}

fn left_out(estate: &Estate) -> Vec<(&str, &str)> {
    estate.left_out.iter().map(|row| (&*row.name, row.reason)).collect()
}

fn sizes(vm: &Vm) -> Vec<u64> {
    vm.disks.iter().filter_map(|disk| disk.size.value()).map(|size| size.0 >> 30).collect()
}

#[test]
fn a_table_beside_another_is_a_table_of_its_own() {
    // Two lists of machines, of other lengths, in other rows, with a title each, with two empty columns between.
    for sheet in [
        "VM,OS,RAM (GB),,VM,OS,RAM (GB)\nalm,Windows Server 2019,8,,bok,Windows Server 2022,16\n,,,,lind,Ubuntu 22.04,4\n",
        "VM,OS,RAM (GB),,,,\nalm,Windows Server 2019,8,,VM,OS,RAM (GB)\n,,,,bok,Windows Server 2022,16\n,,,,lind,Ubuntu 22.04,4\n",
        "Nord,,,,Syd,,\nServer,OS,RAM (GB),,Server,OS,RAM (GB)\nalm,Windows Server 2019,8,,bok,Windows Server 2022,16\n,,,,lind,Ubuntu 22.04,4\n",
        "Namn;Operativsystem;Minne (GB);;;Namn;Operativsystem;Minne (GB)\nalm;Windows Server 2019;8;;;bok;Windows Server 2022;16\n;;;;;lind;Ubuntu 22.04;4\n",
    ] {
        let estate = read(&[("list.csv", sheet)]);
        assert_eq!(machines(&estate), ["alm", "bok", "lind"], "{sheet}");
        assert_eq!(memory(&estate), [Some(8), Some(16), Some(4)], "{sheet}");
    }
    let hosts = "VM,OS,RAM (GB),,Host name,Host operating system,Cluster\nalm,Windows Server 2019,8,,eken,Windows Server 2022 Datacenter,HVC1\nbok,Windows Server 2019,8,,,,\n";
    let estate = read(&[("list.csv", hosts)]);
    assert_eq!((machines(&estate), estate.hosts.len()), (vec!["alm", "bok"], 1));
}

#[test]
fn an_empty_column_within_a_table_parts_nothing() {
    for sheet in [
        "VM,Guest OS,,Host,Cluster\nalm,Windows Server 2019,,eken,HVC1\nbok,Windows Server 2022,,eken,HVC1\n",
        "Site,Owner,,VM,Guest OS\nLund,Anna,,alm,Windows Server 2019\nLund,Bo,,bok,Windows Server 2022\n",
        "VM,Guest OS,,vCPU,RAM (GB)\nalm,Windows Server 2019,,2,8\nbok,Windows Server 2022,,2,8\n",
    ] {
        let estate = read(&[("list.csv", sheet)]);
        assert_eq!((machines(&estate), estate.hosts.len()), (vec!["alm", "bok"], 0), "{sheet}");
        assert_eq!(estate.tables.len(), 1, "{sheet}");
    }
    let hosted = "VM,Guest OS,,Host,Cluster\nalm,Windows Server 2019,,eken,HVC1\nbok,Windows Server 2022,,eken,HVC1\n";
    let estate = read(&[("list.csv", hosted)]);
    assert!(estate.vms.iter().all(|vm| vm.host.value().is_some_and(|host| &**host == "eken")));
}

#[test]
fn headings_given_again_with_other_units_or_columns_begin_a_table() {
    for (sheet, expected) in [
        ("VM,vCPU,Memory (MB)\nalm,2,4096\nVM,vCPU,Memory (GB)\nbok,2,8\n", vec![Some(4), Some(8)]),
        ("Name;Minne (GB)\nalm;4\nName;Minne (MB)\nbok;8192\n", vec![Some(4), Some(8)]),
        (
            "VM,OS,vCPU,RAM (GB)\nalm,Windows Server 2019,2,4\nVM,vCPU,RAM (MB),OS\nbok,2,8192,Windows Server 2022\n",
            vec![Some(4), Some(8)],
        ),
        ("VM,vCPU,RAM (GB)\nalm,2,4\nVM,vCPU,RAM (GB)\nbok,2,8\n", vec![Some(4), Some(8)]),
    ] {
        let estate = read(&[("list.csv", sheet)]);
        assert_eq!(machines(&estate), ["alm", "bok"], "{sheet}");
        assert_eq!(memory(&estate), expected, "{sheet}");
    }
}

#[test]
fn sums_of_machines_are_no_machines() {
    for sheet in [
        "Operating system,Count\nWindows Server 2019,12\nWindows Server 2022,5\nUbuntu 22.04,2\n",
        "OS;VM\nWindows Server 2019;12\nWindows Server 2022;5\n",
        "Operativsystem;Antal VM;Minne (GB)\nWindows Server 2019;12;96\nWindows Server 2022;5;40\n",
        "Name,Number of servers,RAM (GB)\nWindows Server 2019,12,96\nWindows Server 2022,5,40\n",
        "Row Labels,Count of VM,Sum of RAM (GB)\nWindows Server 2019,12,96\nGrand Total,12,96\n",
        "Server operating systems,Count\nWindows Server 2019,1\nWindows Server 2016,1\n",
        "Name,vCPU,RAM (GB)\nWindows Server 2019,48,96\nWindows Server 2022,20,40\nTotal,68,136\n",
        "Host,Number of VMs\neken,12\nlinden,7\n",
        "Abteilung;Anzahl;Arbeitsspeicher (GB)\nEinkauf;12;96\nVertrieb;5;40\n",
    ] {
        let estate = read(&[("sums.csv", sheet)]);
        assert_eq!(machines(&estate), Vec::<&str>::new(), "{sheet}");
    }
    // Names of systems under a heading of machines are names, and so are numbers that go up.
    let lab = "VM,vCPU,RAM (GB)\nUbuntu 22.04,2,8\nWindows Server 2019,2,8\n";
    assert_eq!(read(&[("lab.csv", lab)]).vms.len(), 2);
    let counted = "Server,OS,RAM (GB),Antal\nalm,Windows Server 2019,8,1\nbok,Windows Server 2019,8,1\n";
    assert_eq!(machines(&read(&[("list.csv", counted)])), ["alm", "bok"]);
}

#[test]
fn facts_below_each_other_tell_of_a_machine_a_block_or_a_column() {
    let blocks = "Name,alm\nOS,Windows Server 2019\nRAM,8 GB\nDisk,80 GB\n\nName,bok\nOS,Windows Server 2022\nRAM,16 GB\nDisk,100 GB\n";
    let columns = "Server name;alm;bok\nBetriebssystem;Windows Server 2019;Windows Server 2022\nArbeitsspeicher (GB);8;16\nvCPU;2;4\n";
    let corner = "Egenskap;vm-alm;vm-bok\nOperativsystem;Windows Server 2019;Windows Server 2022\nMinne (GB);8;16\nAntal vCPU;2;4\n";
    let listed = "\nName           : alm\nState          : Running\nProcessorCount : 2\nMemoryStartup  : 8589934592\nGeneration     : 2\n\nName           : bok\nState          : Off\nProcessorCount : 4\nMemoryStartup  : 17179869184\nGeneration     : 1\n\n";
    for (file, text) in [("a.csv", blocks), ("b.csv", columns), ("c.csv", corner), ("d.txt", listed)] {
        let estate = read(&[(file, text)]);
        let names: Vec<&str> = machines(&estate).into_iter().map(|name| name.trim_start_matches("vm-")).collect();
        assert_eq!(names, ["alm", "bok"], "{file}: {:?}", estate.notes);
        let memory: Vec<Option<u64>> = estate
            .vms
            .iter()
            .map(|vm| vm.memory.value().or(vm.memory_startup.value()).map(|memory| memory.0 / 1024))
            .collect();
        assert_eq!(memory, [Some(8), Some(16)], "{file}");
    }
    let one = "Serverdokumentation;\n;\nServernamn;alm\nOperativsystem;Windows Server 2019\nMinne (GB);8\nC: (GB);80\nD: (GB);200\nAnsvarig;Anna\n";
    let estate = read(&[("alm.csv", one)]);
    assert_eq!(machines(&estate), ["alm"]);
    assert_eq!(sizes(&estate.vms[0]), [80, 200]);
    // What is required of machines names none.
    let required = "Requirement,Minimum,Recommended\nOperating system,Windows Server 2016,Windows Server 2019\nvCPU,2,4\nRAM (GB),8,16\n";
    assert!(read(&[("required.csv", required)]).vms.is_empty());
}

#[test]
fn whose_machines_are_joins_them_and_makes_none() {
    let list = "VM,OS,RAM (GB)\nalm,Windows Server 2019,8\nbok,Windows Server 2022,8\n";
    for owners in [
        "Name,Owner,Environment\nBOK,Bo,Prod\nalm.corp.example,Anna,Test\nPayroll,Eva,Prod\n",
        "Namn;Ägare;Miljö\nalm;Anna;Test\nbok;Bo;Prod\nPayroll;Eva;Prod\n",
        "Server,Owner\nalm,Anna\nbok,Bo\nPayroll,Eva\n",
    ] {
        let estate = read(&[("list.csv", list), ("owners.csv", owners)]);
        assert_eq!(machines(&estate), ["alm", "bok"], "{owners}");
        let owner = |vm: &Vm| vm.owner.value().map(ToString::to_string);
        assert_eq!(estate.vms.iter().map(owner).collect::<Vec<_>>(), [Some("Anna".to_owned()), Some("Bo".to_owned())]);
        assert_eq!(left_out(&estate), [("Payroll", "a name without any fact of a machine")], "{owners}");
        let alone = read(&[("owners.csv", owners)]);
        assert!(alone.vms.is_empty() && alone.left_out.len() == 3, "{owners}: {:?}", alone.left_out);
    }
    for people in ["Name,Department\nAnna,Finance\n", "Name,Owner\nPayroll,Anna\n"] {
        let estate = read(&[("people.csv", people)]);
        assert!(estate.left_out.is_empty(), "{people}");
    }
}

#[test]
fn a_model_or_maker_of_another_platform_leaves_a_machine_out_by_name() {
    for (model, maker) in [
        ("VMware Virtual Platform", "VMware, Inc."),
        ("VMware7,1", "VMware, Inc."),
        ("Standard PC (i440FX + PIIX, 1996)", "QEMU"),
        ("KVM", "Red Hat"),
        ("HVM domU", "Xen"),
        ("AHV", "Nutanix"),
    ] {
        let list = format!(
            "Name,Manufacturer,Model,OS,RAM (GB)\nalm,Microsoft Corporation,Virtual Machine,Windows Server 2019,8\nbok,\"{maker}\",\"{model}\",Windows Server 2019,8\nsten,Dell Inc.,PowerEdge R740,Windows Server 2019,512\nbunke,Hewlett-Packard,Z2 Tower,Windows 10,16\n"
        );
        let estate = read(&[("cmdb.csv", &list)]);
        assert_eq!(machines(&estate), ["alm"], "{model}");
        let reasons = left_out(&estate);
        assert!(reasons.contains(&("bok", "on another hypervisor")), "{model}: {reasons:?}");
        assert!(reasons.contains(&("sten", "a physical server")), "{model}: {reasons:?}");
        assert!(reasons.contains(&("bunke", "a physical server")), "{model}: {reasons:?}");
    }
    for maker in ["Hersteller", "Tillverkare", "Fabricant"] {
        let list = format!(
            "Name;{maker};OS\nalm;Microsoft Corporation;Windows Server 2019\nbok;VMware, Inc.;Windows Server 2019\n"
        );
        assert_eq!(machines(&read(&[("cmdb.csv", &list)])), ["alm"], "{maker}");
    }
    let hosted = "VM,Type,Host model,Model\nalm,Virtual,PowerEdge R740,PowerEdge R740\n";
    assert_eq!(machines(&read(&[("list.csv", hosted)])), ["alm"], "a machine's host may stand beside it");
}

#[test]
fn views_of_configuration_manager_are_read() {
    let view = "ResourceID,Netbios_Name0,Caption0,Is_Virtual_Machine0,Model0,TotalPhysicalMemory0,NumberOfLogicalProcessors0\n1,ALM,Microsoft Windows Server 2019 Standard,1,Virtual Machine,8388084,4\n2,STEN,Microsoft Windows Server 2019 Standard,0,ProLiant DL380 Gen10,536870388,64\n";
    let estate = read(&[("view.csv", view)]);
    assert_eq!(machines(&estate), ["ALM"]);
    assert_eq!(estate.vms[0].memory.value().map(|memory| memory.0), Some(8192));
    assert_eq!(estate.vms[0].vcpus.value(), Some(&4));
}

#[test]
fn what_is_watched_is_neither_host_nor_machine() {
    for list in [
        "Host,Address,Status,Services\nalm,10.0.0.4,UP,12\nbok,10.0.0.5,UP,9\n",
        "Host,Status,Last Check,Duration,Status Information\nalm,UP,2026-11-01,3d,PING OK\n",
        "Host,Sensor,Status,Message\n10.0.0.4,Ping,Up,OK\n",
        "Host,State\n10.0.0.4,Up\n10.0.0.5,Down\n",
        "Host name,OS\n10.0.0.4,Windows Server 2019\n",
    ] {
        let estate = read(&[("watched.csv", list)]);
        assert!(estate.vms.is_empty() && estate.hosts.is_empty(), "{list}");
    }
}

#[test]
fn a_path_is_no_site_and_no_host() {
    for list in [
        "VM,Guest OS,Location\nalm,Windows Server 2019,C:\\ClusterStorage\\Volume1\\alm\n",
        "VM;Gästens operativsystem;Placering\nalm;Windows Server 2019;\\\\filer\\vms\\alm\n",
        "VM,Guest OS,Path,Parent\nalm,Windows Server 2019,D:\\vms,D:\\vms\\base.vhdx\n",
    ] {
        let estate = read(&[("list.csv", list)]);
        assert_eq!(machines(&estate), ["alm"], "{list}");
        assert!(!estate.vms[0].site.is_known() && !estate.vms[0].host.is_known(), "{list}");
    }
    let placed = "VM,Guest OS,Location,Parent\nalm,Windows Server 2019,Lund,eken\n";
    let estate = read(&[("list.csv", placed)]);
    assert_eq!(estate.vms[0].site.value().map(|site| &**site), Some("Lund"));
    assert_eq!(estate.vms[0].host.value().map(|host| &**host), Some("eken"));
}

#[test]
fn a_note_that_commas_part_is_no_machine() {
    for foot in [
        "Note: exported by Anna, 2026-05-02,",
        "* as of 2 May, without the DMZ,",
        "Source: VMM, cluster HVC1,",
        "Hinweis: Stand 2026-05-02, ohne DMZ,",
        "3 / 12,,",
    ] {
        let estate = read(&[("list.csv", &format!("VM,OS,RAM (GB)\nalm,Windows Server 2019,8\n{foot}\n"))]);
        assert_eq!(machines(&estate), ["alm"], "{foot}");
        assert_eq!(estate.left_out.len(), 1, "{foot}");
        assert_eq!(estate.left_out[0].reason, "a note, no subject", "{foot}");
    }
    let starred = "VM,OS,RAM (GB)\n*alm,Windows Server 2019,8\n";
    assert_eq!(machines(&read(&[("list.csv", starred)])), ["*alm"]);
}

#[test]
fn what_of_a_disk_is_used_stands_in_brackets() {
    for (cell, expected) in [
        ("C: 80 GB (40 used), D: 200 GB (120 used)", vec![80, 200]),
        ("80 GB (SSD)", vec![80]),
        ("2x100 GB", vec![100, 100]),
        ("1 x 60 GB + 2 x 200 GB", vec![60, 200, 200]),
        ("80 GB (40 GB ledigt) + 200 GB (10 GB ledigt)", vec![80, 200]),
    ] {
        let estate = read(&[("list.csv", &format!("VM,OS,Data disks (GB)\nalm,Windows Server 2019,\"{cell}\"\n"))]);
        let mut found = sizes(&estate.vms[0]);
        found.sort_unstable();
        assert_eq!(found, expected, "{cell}");
    }
}

#[test]
fn what_asks_for_a_blocker_in_other_words_is_read() {
    let list = |heading: &str, cell: &str| {
        let text = format!(
            "VM;Generation;OS;vCPU;RAM (GB);OS disk (GB);{heading}\nalm;2;Windows Server 2019;4;16;100;{cell}\n"
        );
        read(&[("list.csv", &text)]).vms.remove(0)
    };
    for (heading, cell) in [
        ("Gemeinsame Disk", "Ja"),
        ("Clustered disk", "Yes"),
        ("Disk sharing", "multi-writer"),
        ("Guest cluster (WSFC)", "Yes"),
        ("Disk is shared with others", "x"),
    ] {
        assert_eq!(list(heading, cell).shared_storage.value(), Some(&true), "{heading}");
    }
    for (heading, cell) in
        [("Genomkopplad disk", "Ja"), ("RDM", "Yes"), ("Direct attached LUN", "1"), ("Any raw disks?", "Yes")]
    {
        assert_eq!(list(heading, cell).pass_through.value(), Some(&true), "{heading}");
    }
    for (heading, cell) in [("HBA in the guest", "Yes"), ("Virtueller Fibre Channel", "Ja"), ("NPIV", "Yes")] {
        assert_eq!(list(heading, cell).fibre_channel.value(), Some(&true), "{heading}");
    }
    for (heading, cell) in [("Platform type", "32-bit"), ("OS Bit", "32Bit"), ("Build", "i386")] {
        assert_eq!(list(heading, cell).architecture.value(), Some(&klar::model::Architecture::X86), "{heading}");
    }
    assert_eq!(list("Image", "D:\\vm\\alm.vhds").disks.len(), 1, "the file of its disk");
    assert!(!list("Cluster", "HVC1").shared_storage.is_known());
}

#[test]
fn a_disk_of_rvtools_that_machines_share_is_told() {
    let info = "VM,Powerstate,CPUs,Memory,Disks,OS according to the VMware Tools,VM UUID\nalm,poweredOn,2,4096,2,Microsoft Windows Server 2019 (64-bit),4220eeee-0000-4000-8000-000000000003\n";
    for (sharing, bus) in
        [("sharingMultiWriter", "noSharing"), ("sharingNone", "physicalSharing"), ("sharingNone", "virtualSharing")]
    {
        let disks = format!(
            "VM,Disk,Capacity MiB,Raw,Disk Mode,Sharing mode,Shared Bus\nalm,Hard disk 1,61440,False,persistent,sharingNone,noSharing\nalm,Hard disk 2,102400,False,persistent,{sharing},{bus}\n"
        );
        let estate = read(&[("vInfo.csv", info), ("vDisk.csv", &disks)]);
        let shared: Vec<Option<bool>> = estate.vms[0].disks.iter().map(|disk| disk.shared.value().copied()).collect();
        assert_eq!(shared, [Some(false), Some(true)], "{sharing} {bus}");
    }
}

#[test]
fn machines_are_named_by_their_hosts_heading_by_two_headings_or_by_none_that_is_known() {
    for list in [
        "Hostname,IP,OS,CPU,RAM (GB),Disk (GB),Application\nalm-1,10.0.0.1,Windows Server 2019,4,16,100,Web\nbok-1,10.0.0.2,Ubuntu 22.04,8,32,500,DB\n",
        "Host,OS,CPU,RAM (GB)\nalm-1,Windows Server 2019,4,16\nbok-1,Windows Server 2022,8,32\n",
        "Servername / Server name;Betriebssystem / Operating system;Arbeitsspeicher (GB) / Memory (GB)\nalm-1;Windows Server 2019;16\nbok-1;Windows Server 2022;32\n",
        "Asset code,OS,vCPU,RAM (GB)\nalm-1,Windows Server 2019,4,16\nbok-1,Windows Server 2022,8,32\n",
        "Nazwa serwera;System operacyjny;Pamięć RAM (GB)\nalm-1;Windows Server 2019;16\nbok-1;Windows Server 2022;32\n",
        "Titel;Objekttyp;Betriebssystem;Arbeitsspeicher\nalm-1;Virtueller Server;Windows Server 2019;16 GB\nbok-1;Virtueller Server;Windows Server 2022;32 GB\n",
        "VM;Guest OS;Hypervisor;RAM (GB)\nalm-1;Windows Server 2019;hv9;16\nbok-1;Windows Server 2022;hv9;32\n",
    ] {
        let estate = read(&[("list.csv", list)]);
        assert_eq!((machines(&estate), estate.hosts.len()), (vec!["alm-1", "bok-1"], 0), "{list}");
        assert_eq!(memory(&estate), [Some(16), Some(32)], "{list}");
    }
    let hosts = "Host name,OS,CPU,RAM (GB)\neken,Windows Server 2022 Datacenter,64,512\n";
    let estate = read(&[("hosts.csv", hosts)]);
    assert_eq!((estate.vms.len(), estate.hosts.len()), (0, 1), "as much memory as hosts have");
    let sizes = "Size,vCPU,RAM (GB)\nD2s_v5,2,8\nD4s_v5,4,16\n";
    assert!(read(&[("sizes.csv", sizes)]).vms.is_empty());
}

#[test]
fn titles_of_groups_licences_and_databases_are_no_machines() {
    let list = "Server,OS,vCPU,RAM (GB)\nCluster HVC1,,,\nalm-1,Windows Server 2019,4,16\nDMZ,,,\nbok-1,Windows Server 2022,8,32\n";
    let estate = read(&[("list.csv", list)]);
    assert_eq!(machines(&estate), ["alm-1", "bok-1"]);
    assert!(estate.left_out.iter().all(|row| row.reason == "a heading of a section"), "{:?}", estate.left_out);
    let known = "Server,OS,vCPU,RAM (GB)\nalm-1,Windows Server 2019,4,16\nbok-1,,,\ncedar-1,Windows Server 2022,8,32\n";
    assert_eq!(machines(&read(&[("list.csv", known)])), ["alm-1", "bok-1", "cedar-1"], "nothing is known of it");
    let licences = "Product,Server,Edition,Cores,Quantity\nSQL Server 2019,alm-1,Standard,4,2\n";
    let databases = "Server,Instance,Version,Edition,Databases,Memory (MB)\nalm-1,MSSQLSERVER,15.0,Standard,14,32768\n";
    let estate =
        read(&[("a.csv", licences), ("b.csv", databases), ("c.csv", "VM,OS,RAM (GB)\nalm-1,Windows Server 2019,64\n")]);
    assert_eq!((machines(&estate), estate.hosts.len()), (vec!["alm-1"], 0));
    assert_eq!(memory(&estate), [Some(64)]);
}

#[test]
fn rows_of_disks_that_only_their_names_tell_are_of_one_machine() {
    let list = "VM,OS,vCPU,RAM (GB),Disk,Size (GB)\nalm,Windows Server 2019,2,8,C:,80\nalm,Windows Server 2019,2,8,D:,300\nbok,Windows Server 2022,2,8,C:,60\n";
    let estate = read(&[("list.csv", list)]);
    assert_eq!(machines(&estate), ["alm", "bok"]);
    assert_eq!(estate.vms.iter().map(sizes).collect::<Vec<_>>(), [vec![80, 300], vec![60]]);
}

#[test]
fn several_disks_in_a_cell_are_told_by_their_drives() {
    for (cell, expected) in [
        ("C:100 D:200", vec![100, 200]),
        ("C:100GB D:200GB", vec![100, 200]),
        ("C: 80 GB, D: 200 GB", vec![80, 200]),
        ("80 GB C:, 200 GB D:", vec![80, 200]),
        ("C 80 D 200 E 500", vec![80, 200, 500]),
        ("100GB(C),200GB(D)", vec![100, 200]),
        ("100 GB x 2", vec![100, 100]),
        ("200GB SSD", vec![200]),
    ] {
        for heading in ["Disk size", "Disks", "Hard disks", "Disk layout"] {
            let estate =
                read(&[("list.csv", &format!("VM;OS;RAM;{heading}\nalm;Windows Server 2019;16 GB RAM;{cell}\n"))]);
            let mut found = sizes(&estate.vms[0]);
            if found.is_empty() {
                found.extend(estate.vms[0].disk_total().ok().map(|total| total.0 >> 30));
            }
            found.sort_unstable();
            assert_eq!(found, expected, "{heading}: {cell}");
            assert_eq!(memory(&estate), [Some(16)], "{cell}");
        }
    }
    let counted = read(&[("list.csv", "VM;OS;Disks\nalm;Windows Server 2019;3\n")]);
    assert_eq!(counted.vms[0].stated_disk_count.value(), Some(&3));
}

#[test]
fn a_title_that_says_physical_is_of_the_rows_below_it() {
    for title in ["Physical servers", "Fysiska servrar", "Physische Server"] {
        let sheet = format!(
            "Virtual servers,,\nName,OS,RAM (GB)\nalm-1,Windows Server 2019,8\n\n{title},,\nName,OS,RAM (GB)\nsten-1,Windows Server 2019,64\n"
        );
        let estate = read(&[("site.csv", &sheet)]);
        assert_eq!(machines(&estate), ["alm-1"], "{title}");
        assert_eq!(left_out(&estate), [("sten-1", "a physical server")], "{title}");
    }
}

#[test]
fn the_title_of_a_printed_page_comes_again_and_is_no_machine() {
    let sheet = "Server inventory;;\nPrinted 2026-02-01;;Page 1\n;;\nServer;OS;RAM (GB)\nalm-1;Windows Server 2019;8\nServer inventory;;\nPrinted 2026-02-01;;Page 2\n;;\nServer;OS;RAM (GB)\nbok-1;Windows Server 2022;8\n";
    assert_eq!(machines(&read(&[("list.csv", sheet)])), ["alm-1", "bok-1"]);
}

#[test]
fn the_planner_calls_a_machine_by_its_host_as_well() {
    let report = "VM Name,VM Compatibility,Number of Disks,Disk Size (GB),Cores,Memory (MB),NICs,Boot Type\nalm (EKEN),Yes,1,127,2,8192,1,BIOS\n";
    let list = "Name,State,ProcessorCount,MemoryStartup,Generation,ComputerName,VMId\nalm,Running,2,8589934592,1,EKEN,ba000000-0000-4000-8000-000000000001\n";
    let estate = read(&[("report.csv", report), ("vms.csv", list)]);
    assert_eq!(machines(&estate), ["alm"]);
    assert_eq!(estate.vms[0].host.value().map(|host| &**host), Some("EKEN"));
}

#[test]
fn what_arc_manages_is_not_in_azure() {
    let list = "Name,State,ProcessorCount,MemoryStartup,Generation,ComputerName,VMId\nalm,Running,2,8589934592,1,EKEN,ba000000-0000-4000-8000-000000000001\n";
    let arc = "NAME,ARC AGENT STATUS,RESOURCE GROUP,SUBSCRIPTION,OPERATING SYSTEM,LOCATION\nALM,Connected,rg,Prod,Windows,West Europe\n";
    let estate = read(&[("arc.csv", arc), ("vms.csv", list)]);
    assert_eq!(estate.vms.len(), 1);
    assert!(!left_out(&estate).iter().any(|(_, reason)| *reason == "already in Azure"), "{:?}", left_out(&estate));
}

#[test]
fn headings_that_are_given_go_before_the_name_of_a_type() {
    let given = "title = \"Our own\"\nrows = \"machine\"\nsignatures = [[\"Name\", \"Kod\", \"Maskin\"]]\n[columns]\nvm_name = [\"Kod\"]\nguest_os = [\"Maskin\"]\n";
    let dialects = Dialects::with(&[("our-own", given)]).unwrap();
    for type_name in ["Microsoft.HyperV.PowerShell.VirtualMachine", "Microsoft.HyperV.PowerShell.SomethingElse"] {
        let text = format!("#TYPE {type_name}\nName,Kod,Maskin\nx,alm,Windows Server 2019\n");
        let source = Source { path: "a.csv".to_owned(), bytes: text.into_bytes(), sha256: String::new() };
        let estate = klar::ingest::read(&[source], &dialects);
        assert_eq!(machines(&estate), ["alm"], "{type_name}");
        assert_eq!(estate.tables[0].taken_for, "Our own");
    }
}

#[test]
fn columns_far_to_the_right_have_advice() {
    let headings: Vec<String> = (0..400).map(|number| format!("Egen uppgift {number}x")).collect();
    let cells = vec!["ja"; 400].join(",");
    let text = format!("VM,Guest OS,{}\nalm,Windows Server 2019,{cells}\n", headings.join(","));
    let estate = read(&[("wide.csv", &text)]);
    assert!(estate.columns.iter().all(|column| column.field.is_some() || !column.advice.to_string().is_empty()));
    assert_eq!(estate.columns.len(), 402);
}

#[test]
fn a_column_that_asks_whether_a_row_is_virtual_parts_hosts_from_machines() {
    for (heading, yes, no) in
        [("IsVirtualMachine", "True", "False"), ("Is VM", "Yes", "No"), ("Is virtual machine", "1", "0")]
    {
        let list = format!(
            "Name,LogicalCPUCount,MemoryInGB,OperatingSystem,{heading}\nspann-1,64,512,Windows Server 2019,{no}\nbro-1,4,16,Windows Server 2019,{yes}\n"
        );
        let estate = read(&[("servers.csv", &list)]);
        assert_eq!(machines(&estate), ["bro-1"], "{heading}");
        assert_eq!(estate.vms[0].vcpus.value(), Some(&4), "{heading}");
    }
}

#[test]
fn a_host_name_of_vmm_is_the_host_and_a_total_no_machine() {
    let list = "ID,Name,StatusString,CPUCount,VMHostName\n1,bro-1,Running,4,spann-1.kulla.test\n2,bro-2,Stopped,2,spann-2.kulla.test\n";
    let estate = read(&[("vms.csv", list)]);
    assert_eq!(machines(&estate), ["bro-1", "bro-2"]);
    let hosts: Vec<_> = estate.vms.iter().filter_map(|vm| vm.host.value()).map(|host| &**host).collect();
    assert_eq!(hosts, ["spann-1.kulla.test", "spann-2.kulla.test"]);
    let totals = "Name,Generation,Memory (GB)\nbro-1,2,8\nTotalUsed,,8\n";
    assert_eq!(machines(&read(&[("memory.csv", totals)])), ["bro-1"]);
}

#[test]
fn a_number_of_something_beside_a_machines_own_facts_makes_it_no_group() {
    for heading in ["Quantity", "Count", "Antal", "Anzahl", "Qty"] {
        let list = format!(
            "Name,{heading},OS,vCPU,RAM (GB),Disk 1 (GB),Gen\nbro-1,2,Windows Server 2019,4,16,100,2\nbro-2,3,Windows Server 2016,2,8,60,1\n"
        );
        assert_eq!(machines(&read(&[("list.csv", &list)])), ["bro-1", "bro-2"], "{heading}");
    }
    let groups =
        "Name,Count,OS,vCPU,RAM (GB)\nProduction,12,Windows Server 2019,48,192\nTest,3,Windows Server 2019,6,24\n";
    assert!(read(&[("groups.csv", groups)]).vms.is_empty());
}
