//! Which column names the machine, which its host, and which rows of a list of several kinds are machines at all.

use klar::model::Estate;

use crate::estates::{machines, read_and_listed as read};

/// Each machine with its host.
fn placed(estate: &Estate) -> Vec<(&str, &str)> {
    estate.vms.iter().map(|vm| (vm.shown_name(), vm.host.value().map_or("", |host| host))).collect()
}

#[test]
fn powershells_computer_name_is_the_host_of_a_machine_that_another_column_names() {
    for list in [
        "Name,State,CPUUsage,MemoryAssigned,ComputerName\nbok,Running,3,4294967296,EKEN\nlind,Off,0,0,GRAN\n",
        "VMName,ComputerName,Memory (GB)\nbok,EKEN,4\nasp,EKEN,4\nlind,GRAN,8\n",
        "VMName,Path,Size (GB),PSComputerName\nbok,D:\\bok.vhdx,40,EKEN\nasp,D:\\asp.vhdx,40,EKEN\nlind,D:\\lind.vhdx,80,GRAN\n",
        "ComputerName,Name,State,Generation\nEKEN,bok,Running,2\nGRAN,lind,Running,2\n",
    ] {
        let estate = read(&[("list.csv", list)]);
        let found = placed(&estate);
        assert!(found.contains(&("bok", "EKEN")) && found.contains(&("lind", "GRAN")), "{found:?}: {list}");
        assert_eq!(found.len(), list.lines().count() - 1, "{list}");
        assert!(estate.vms.iter().all(|vm| !vm.computer_name.is_known()), "{list}");
    }
    // Where the hosts are known, one row is enough.
    let hosts = "Host name,Operating system,Logical processors\nEKEN,Windows Server 2019,32\n";
    let estate = read(&[("list.csv", "VM,ComputerName,vCPU\nbok,EKEN,2\n"), ("hosts.csv", hosts)]);
    assert_eq!(placed(&estate), [("bok", "EKEN")]);
    // A guest's own name beside its machine's stays that.
    for list in [
        "VM,ComputerName,vCPU\nFilserver,BRO-FS1,2\nLön,BRO-APP1,2\n",
        "VM,Host,ComputerName,vCPU\nFilserver,EKEN,BRO-FS1,2\nLön,EKEN,BRO-APP1,2\n",
        "VMName,Computer name,Guest OS\nFilserver,BRO-FS1,Windows Server 2019\nLön,BRO-APP1,Windows Server 2019\n",
    ] {
        let estate = read(&[("list.csv", list)]);
        let own: Vec<&str> = estate.vms.iter().filter_map(|vm| vm.computer_name.value()).map(|name| &**name).collect();
        assert_eq!(own, ["BRO-FS1", "BRO-APP1"], "{list}");
    }
}

#[test]
fn the_guest_is_the_machine_and_what_it_stands_on_its_host() {
    for headings in [
        "Värd;Gäst",
        "Host;Guest",
        "Wirt;Gast",
        "Hôte;Invité",
        "Anfitrión;Huésped",
        "Vert;Gjest",
        "Vært;Gæst",
        "Virtueller Host;Name;Betriebssystem",
        "VM-Host;Name;Betriebssystem",
        "Host-System;Bezeichnung;Betriebssystem",
        "Wirtssystem;Servername;Betriebssystem",
        "Ägarnod;Namn;Operativsystem",
        "Virtualization host;Name;Operating system",
    ] {
        let os = if headings.matches(';').count() == 2 { ";Windows Server 2019" } else { "" };
        let list = format!("{headings}\nEKEN;bok{os}\nEKEN;asp{os}\nGRAN;lind{os}\n");
        let estate = read(&[("list.csv", &list)]);
        assert_eq!(placed(&estate), [("bok", "EKEN"), ("asp", "EKEN"), ("lind", "GRAN")], "{headings}");
    }
    // A column of guests' systems names none.
    let list = "Namn;Gäst;Värd;RAM (GB)\nbok;Windows Server 2019;EKEN;4\nlind;Windows Server 2019;EKEN;4\n";
    assert_eq!(placed(&read(&[("list.csv", list)])), [("bok", "EKEN"), ("lind", "EKEN")]);
}

#[test]
fn of_a_clusters_roles_those_of_virtual_machines_are_machines() {
    for list in [
        "Name,Status,Type,Owner Node,Priority,Information\nbok,Running,Virtual Machine,EKEN,Medium,\nFS-1,Running,File Server,GRAN,Medium,\nBroker,Running,Hyper-V Replica Broker,GRAN,Medium,\nlind,Off,Virtual Machine,GRAN,Medium,\n",
        "Namn;Typ;Plats;Status\nbok;Virtuell dator;Hall 1;Körs\nFS-1;Filserver;Hall 1;Körs\nBroker;Hyper-V Replica Broker;Hall 1;Körs\nlind;Virtuell dator;Hall 2;Av\n",
        "Name;Typ;Standort;Status\nbok;Virtueller Computer;Halle 1;Wird ausgeführt\nFS-1;Dateiserver;Halle 1;Wird ausgeführt\nBroker;Hyper-V Replica Broker;Halle 1;Wird ausgeführt\nlind;Virtueller Computer;Halle 2;Aus\n",
        "Name,Type,Location\nbok,Virtual machine,Building A\nFS-1,File server,Building A\nBroker,Replica Broker role,Building A\nlind,Virtual machine,Building B\n",
    ] {
        let estate = read(&[("roles.csv", list)]);
        assert_eq!(machines(&estate), ["bok", "lind"], "{list}");
        for name in ["FS-1", "Broker"] {
            let reason = estate.left_out.iter().find(|row| &*row.name == name).map(|row| row.reason);
            assert_eq!(reason, Some("of another kind than a machine"), "{name}: {list}");
        }
    }
    // Machines of Azure are told by where they are there.
    for list in [
        "Name,Type,Location\nbok,Virtual machine,Sweden Central\nlind,Virtual machine,West Europe\n",
        "NAMN;TYP;RESURSGRUPP;PLATS\nbok;Virtuell dator;rg-1;Norra Europa\n",
        "Name,Type,Location,Subscription\nbok,Virtual machine,eastus2,Prod\n",
    ] {
        let estate = read(&[("portal.csv", list)]);
        assert_eq!(machines(&estate), Vec::<&str>::new(), "{list}");
    }
}

#[test]
fn a_row_without_a_name_is_called_as_its_guest_calls_itself() {
    for list in [
        "VM name,Computer name,Guest OS\nbok,BOK,Windows Server 2019\n,LIND,Windows Server 2022\n",
        "Name,Computer name,OS,RAM (GB)\nbok,BOK,Windows Server 2019,4\n,LIND,Windows Server 2022,4\n",
        "VM,DNS name,OS\nbok,bok.corp.example,Windows Server 2019\n,LIND,Windows Server 2022\n",
        "VM-namn;Datornamn;Operativsystem\nbok;BOK;Windows Server 2019\n;LIND;Windows Server 2022\n",
    ] {
        assert_eq!(machines(&read(&[("list.csv", list)])), ["bok", "LIND"], "{list}");
    }
}

#[test]
fn a_machine_whose_row_is_repeated_for_each_thing_it_has_is_one() {
    for (heading, one, other) in [
        ("Datastore", "lager-1", "lager-2"),
        ("Snapshot", "before patch", "after patch"),
        ("Tag", "prod", "gold"),
        ("Application", "Lön", "Arkiv"),
        ("Datalager", "lager-1", "lager-2"),
        ("Backup job", "nightly", "weekly"),
        ("Prüfpunkt", "vor Update", "nach Update"),
    ] {
        let list = format!(
            "VM,Host,vCPU,Memory (GB),OS disk (GB),{heading}\nbok,EKEN,2,4,60,{one}\nbok,EKEN,2,4,60,{other}\nlind,EKEN,4,8,80,{one}\n"
        );
        let estate = read(&[("list.csv", &list)]);
        assert_eq!(machines(&estate), ["bok", "lind"], "{heading}");
        assert_eq!(estate.vms[0].disks.len(), 1, "{heading}");
    }
    // What one of its volumes has the machine has.
    let list = "VM,vCPU,Volume,Encrypted\nbok,2,C:,No\nbok,2,D:,Yes\nlind,2,C:,No\n";
    let estate = read(&[("list.csv", list)]);
    assert_eq!(machines(&estate), ["bok", "lind"]);
    let encrypted: Vec<Option<bool>> = estate.vms.iter().map(|vm| vm.bitlocker.value().copied()).collect();
    assert_eq!(encrypted, [Some(true), Some(false)]);
}

#[test]
fn states_of_hyper_v_make_a_list_of_names_one_of_machines() {
    for list in [
        "Name,State,Uptime,Status\nbok,Running,1.00:00:00,Operating normally\nlind,Off,00:00:00,Operating normally\n",
        "PSComputerName;Name;State;OperationalStatus;Status\nEKEN;bok;Running;Ok;Fonctionnement normal\nGRAN;lind;Saved;Ok;Fonctionnement normal\n",
        "Name,State\nbok,Running\nlind,Off\n",
    ] {
        assert_eq!(machines(&read(&[("list.csv", list)])), ["bok", "lind"], "{list}");
    }
    // Services are stopped, servers are down.
    for list in [
        "Name,State\nSpooler,Running\nW32Time,Stopped\n",
        "Name,State,Uptime\nswitch-1,Up,12 days\nswitch-2,Down,\n",
        "Name,State\nSpooler,Running\n",
    ] {
        assert_eq!(machines(&read(&[("list.csv", list)])), Vec::<&str>::new(), "{list}");
    }
}

#[test]
fn what_hyper_vs_own_classes_call_name_is_the_identifier() {
    let systems = "PSComputerName,Caption,ElementName,EnabledState,EnabledDefault,Name\n\
        EKEN,Hosting Computer System,EKEN,2,2,EKEN\nEKEN,Virtual Machine,bok,2,2,5E000000-0000-4000-8000-000000000001\n\
        EKEN,Virtual Machine,lind,3,2,5E000000-0000-4000-8000-000000000002\n";
    let settings = "ElementName,VirtualSystemIdentifier,VirtualSystemType,VirtualSystemSubType\n\
        bok,5E000000-0000-4000-8000-000000000001,Microsoft:Hyper-V:System:Realized,Microsoft:Hyper-V:SubType:2\n\
        before update,5E000000-0000-4000-8000-000000000001,Microsoft:Hyper-V:Snapshot:Realized,Microsoft:Hyper-V:SubType:2\n\
        lind,5E000000-0000-4000-8000-000000000002,Microsoft:Hyper-V:System:Realized,Microsoft:Hyper-V:SubType:1\n";
    let guests = "VM,Guest OS\n5e000000-0000-4000-8000-000000000001,Windows Server 2022\n";
    let estate = read(&[("a.csv", systems), ("b.csv", settings), ("c.csv", guests)]);
    assert_eq!(placed(&estate), [("bok", "EKEN"), ("lind", "EKEN")]);
    let states: Vec<&str> = estate.vms.iter().filter_map(|vm| vm.power_state.value()).map(|state| &**state).collect();
    assert_eq!(states, ["Running", "Off"]);
    assert!(estate.vms.iter().all(|vm| vm.generation.is_known()));
    assert_eq!(estate.vms[0].guest_os.value().map(|os| &**os), Some("Windows Server 2022"));
    let summary = r#"[{"ElementName":"bok","EnabledState":2,"GuestOperatingSystem":"Windows Server 2022","MemoryUsage":4096,"NumberOfProcessors":2,"Name":"5E000000-0000-4000-8000-000000000001"}]"#;
    let estate = read(&[("a.json", summary)]);
    assert_eq!(machines(&estate), ["bok"]);
    assert_eq!(estate.vms[0].memory.value().map(|memory| memory.0), Some(4096));
}

#[test]
fn a_bare_host_name_beside_the_hosts_of_virtualization_is_the_guests_own() {
    for headings in
        ["VM,Hostname,Hyper-V host,vCPU", "Name,Host name,VM host,vCPU", "VM,Hostname,Virtualization host,vCPU"]
    {
        let list = format!("{headings}\nIntranet,intra01.corp.example,EKEN,2\nLön,pay01.corp.example,GRAN,4\n");
        let estate = read(&[("list.csv", &list)]);
        assert_eq!(placed(&estate), [("Intranet", "EKEN"), ("Lön", "GRAN")], "{headings}");
        let own: Vec<&str> = estate.vms.iter().filter_map(|vm| vm.computer_name.value()).map(|name| &**name).collect();
        assert_eq!(own, ["intra01.corp.example", "pay01.corp.example"], "{headings}");
    }
    let list = "VM,Host name,vCPU\nbok,EKEN,2\nlind,EKEN,2\n";
    assert_eq!(placed(&read(&[("list.csv", list)])), [("bok", "EKEN"), ("lind", "EKEN")]);
}

#[test]
fn a_machine_is_called_as_the_list_that_begins_it_calls_it() {
    let machines_of =
        "Name,State,ProcessorCount,MemoryStartup,Generation,ComputerName\nBOK,Running,2,4294967296,2,EKEN\n";
    for side in [
        "Server name,Operating system,Owner\nbok.corp.example ,Windows Server 2022 Standard,Web\n",
        "VM,Guest OS\nbok,Windows Server 2022\n",
    ] {
        for files in [[("a.csv", machines_of), ("b.csv", side)], [("a.csv", side), ("b.csv", machines_of)]] {
            assert_eq!(machines(&read(&files)), ["BOK"], "{side}");
        }
    }
}
