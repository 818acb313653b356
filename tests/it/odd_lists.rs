//! Lists as people keep them: what counts sockets, what is hardware, what only a remark says, what a guest calls itself.

use klar::model::Architecture;

use crate::estates::{machines as names, read};

#[test]
fn a_count_of_sockets_is_no_count_of_processors() {
    for (headings, vcpus) in [
        ("CPUs,Kerne pro CPU", Some(8)),
        ("Processors,Cores per processor", Some(8)),
        ("Sockets,Cores per socket", Some(8)),
        ("numSockets,numCoresPerSocket", Some(8)),
        ("Antal socklar,Kärnor per sockel", Some(8)),
        ("CPU,Kärnor per sockel", None),
        ("Cores per socket,Comment", None),
        ("CPU sockets,Cores", Some(4)),
        ("vCPU,Cores per socket", Some(2)),
        ("CPUs,Comment", Some(2)),
    ] {
        let estate = read(&[("list.csv", &format!("VM name,Guest OS,{headings}\nbro-1,Windows Server 2022,2,4\n"))]);
        assert_eq!(estate.vms[0].vcpus.value().copied(), vcpus, "{headings}");
    }
}

#[test]
fn a_model_of_hardware_makes_a_server_physical_and_a_hosts_model_no_machine() {
    let list = |model: &str| format!("Servernamn,Modell,Minne (GB)\nbro-1,{model},64\nbro-2,{model},64\n");
    for model in ["HPE DL360", "PowerEdge R740", "ThinkSystem SR650", "PRIMERGY RX2540 M4"] {
        let estate = read(&[("list.csv", &list(model))]);
        assert_eq!(names(&estate), Vec::<&str>::new(), "{model}");
        assert!(estate.left_out.iter().all(|row| row.reason == "a physical server"), "{model}");
    }
    assert_eq!(read(&[("list.csv", &list("Virtual Machine"))]).vms.len(), 2);
    let hosted = "VM,Host,Generation,Model\nbro-1,SPANN-1,2,PowerEdge R740\n";
    assert_eq!(names(&read(&[("list.csv", hosted)])), ["bro-1"]);
}

#[test]
fn a_machine_is_known_by_what_its_guest_calls_itself() {
    let machines = "VM,Host,Generation\nFilserver (ny),SPANN-1,2\nLönesystem,SPANN-1,2\n";
    let guests = "VM,Computer name,BitLocker\nFilserver (ny),BRO-FS1,No\nLönesystem,BRO-APP1,Yes\n";
    let scan = "Computer name,RAM (GB),Guest OS\nBRO-FS1.bro.example,4,Windows Server 2019\nbro-app1,8,Windows Server 2016\nbro-app2,8,Windows Server 2016\n";
    for order in [["a.csv", "b.csv", "c.csv"], ["c.csv", "b.csv", "a.csv"], ["b.csv", "a.csv", "c.csv"]] {
        let mut files = [(order[0], machines), (order[1], guests), (order[2], scan)];
        files.sort_unstable();
        let estate = read(&files);
        let mut found = names(&estate);
        found.sort_unstable();
        assert_eq!(found, ["Filserver (ny)", "Lönesystem", "bro-app2"], "{order:?}");
        let file_server = estate.vms.iter().find(|vm| vm.shown_name() == "Filserver (ny)").expect("it is there");
        assert_eq!(file_server.guest_os.value().map(|name| &**name), Some("Windows Server 2019"));
    }
    // Two machines whose guests call themselves alike are known by their own names alone.
    let guests = guests.replace("BRO-APP1", "BRO-FS1");
    let estate = read(&[("a.csv", machines), ("b.csv", &guests), ("c.csv", scan)]);
    assert_eq!(estate.vms.len(), 5);
}

#[test]
fn a_remark_that_speaks_of_a_blocker_is_told() {
    let list = "VM,Guest OS,Kommentar\nbro-1,Windows Server 2022,delad disk med bro-2\nbro-2,Windows Server 2022,flyttas i maj\nbro-3,Windows Server 2022,Pass-Through mot SAN\nbro-4,Windows Server 2022,BitLocker på C:\n";
    let estate = read(&[("list.csv", list)]);
    let told: Vec<String> = estate.notes.iter().map(|note| note.text.to_string()).collect();
    for subject in ["bro-1 speaks of a shared disk", "bro-3 speaks of a pass-through disk", "bro-4 speaks of BitLocker"]
    {
        assert_eq!(told.iter().filter(|text| text.contains(subject)).count(), 1, "{subject}: {told:?}");
    }
    assert_eq!(told.iter().filter(|text| text.contains("speaks of")).count(), 3);
}

#[test]
fn memory_in_the_thousands_of_a_computer_is_kib() {
    let list = "VM name,Guest OS,RAM\nbro-1,Windows Server 2022,4194304\nbro-2,Windows Server 2022,8388608\n";
    let memory: Vec<Option<u64>> =
        read(&[("list.csv", list)]).vms.iter().map(|vm| vm.memory.value().map(|size| size.0 / 1024)).collect();
    assert_eq!(memory, [Some(4), Some(8)]);
    let list = list.replace("4194304", "4096").replace("8388608", "8192");
    let estate = read(&[("list.csv", &list)]);
    assert_eq!(estate.vms[0].memory.value().map(|size| size.0), Some(4096));
}

#[test]
fn a_nought_of_assigned_memory_does_not_hide_the_memory_beside_it() {
    let list = "Name,State,vCPU,RAM GB,MemoryAssigned\nbro-1,Running,4,8,8589934592\nbro-2,Off,4,16,0\n";
    let estate = read(&[("list.csv", list)]);
    let memory: Vec<Option<u64>> = estate.vms.iter().map(|vm| vm.memory.value().map(|size| size.0 / 1024)).collect();
    assert_eq!(memory, [Some(8), Some(16)]);
}

#[test]
fn itanium_is_an_architecture_of_its_own() {
    let list = "VM,OS architecture\nbro-1,ia64\nbro-2,Itanium\nbro-3,x64\n";
    let seen: Vec<Option<Architecture>> =
        read(&[("list.csv", list)]).vms.iter().map(|vm| vm.architecture.value().copied()).collect();
    assert_eq!(seen, [Some(Architecture::Itanium), Some(Architecture::Itanium), Some(Architecture::X64)]);
}

#[test]
fn a_markdown_table_is_said_to_be_one() {
    let table = "# Servers\n\n| VM | vCPU |\n|---|---|\n| bro-1 | 2 |\n";
    let told = |text: &str| read(&[("list.md", text)]).notes[0].text.to_string();
    assert!(told(table).contains("Save its tables as CSV"), "{}", told(table));
    assert!(told("# Exports of Bro\n\nMade in May.\n").contains("describes the folder"));
}
