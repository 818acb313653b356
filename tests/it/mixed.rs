//! Lists that mix hosts with machines, and lists that only mention machines: what is a machine there and what is not.

use klar::model::{Estate, Host, LeftOutKind, Vm};

use crate::estates::{machines, read_and_listed as read};

fn hosts(estate: &Estate) -> Vec<&str> {
    estate.hosts.iter().filter_map(|host: &Host| host.name.value().map(|name| &**name)).collect()
}

fn left_out(estate: &Estate) -> Vec<(&str, &str)> {
    estate.left_out.iter().map(|row| (&*row.name, row.reason)).collect()
}

#[test]
fn a_list_that_mixes_hosts_and_machines_is_parted_row_by_row() {
    let hosts_of = [
        ("Role", "Hyper-V host", "Virtual machine"),
        ("Role", "Hyper-V", "VM"),
        ("Type", "Host", "VM"),
        ("Object type", "HyperVHost", "VirtualMachine"),
        ("Entity type", "Physical host", "Guest"),
        ("Kind", "Server (host)", "Virtual server"),
        ("Typ", "Värdserver", "Virtuell maskin"),
        ("Roll", "Hyper-V-värd", "Filserver"),
        ("Rolle", "Virtualisierungshost", "Virtuelle Maschine"),
        ("Objekttyp", "Cluster-Knoten", "VM"),
        ("Rolle", "Vertsmaskin", "Virtuell maskin"),
        ("Type d'objet", "Hôte Hyper-V", "Machine virtuelle"),
        ("Tipo", "Anfitrión físico", "Máquina virtual"),
        ("Função", "Hospedeiro", "Máquina virtual"),
        ("CI type", "Cluster node", "Virtual Machine Instance"),
        ("Server role", "Failover cluster node", "Session host"),
    ];
    for (heading, host, machine) in hosts_of {
        let list = format!(
            "Name,{heading},Operating system,RAM (GB)\n\
             eken,{host},Windows Server 2022 Datacenter,512\nbok,{machine},Windows Server 2019 Standard,8\n\
             lind,{machine},Windows Server 2016 Standard,8\n"
        );
        let estate = read(&[("servers.csv", &list)]);
        assert_eq!(machines(&estate), ["bok", "lind"], "{heading}: {host}");
        assert_eq!(hosts(&estate), ["eken"], "{heading}: {host}");
        assert_eq!(estate.hosts[0].os.value().map(|os| &**os), Some("Windows Server 2022 Datacenter"), "{heading}");
    }
}

#[test]
fn a_host_in_a_list_of_machines_joins_the_host_of_that_name() {
    let list = "VM,Type,Cluster,vCPU\neken.corp.example,Host,HVC1,64\nbok,VM,HVC1,4\nHVC1,Cluster,,\nmall-22,Template,,2\nkopia,Replica VM,,2\n";
    let known = "Host name,Hyper-V version\neken,10.0.20348.1\n";
    let estate = read(&[("all.csv", list), ("hosts.csv", known)]);
    assert_eq!(machines(&estate), ["bok"]);
    assert_eq!(hosts(&estate), ["eken"], "one host, known from both");
    assert_eq!(estate.hosts[0].cluster.value().map(|name| &**name), Some("HVC1"));
    let reasons = left_out(&estate);
    for told in [("HVC1", "a cluster, no machine"), ("mall-22", "a template"), ("kopia", "a recovery copy")] {
        assert!(reasons.contains(&told), "{told:?}: {reasons:?}");
    }
}

#[test]
fn what_a_list_of_several_kinds_calls_no_machine_is_left_out_and_a_role_of_a_machine_is_not() {
    let list = "Name,Object type,Operating system\nbok,Virtual machine,Windows Server 2019 Standard\n\
        vakt,Appliance,Linux\nlager,Datastore,\nport,Firewall,\nvbrand,Virtual appliance,Ubuntu 22.04\ngran,ESXi host,\n";
    let estate = read(&[("objects.csv", list)]);
    assert_eq!(machines(&estate), ["bok", "vbrand"]);
    let reasons = left_out(&estate);
    for name in ["vakt", "lager", "port"] {
        assert!(reasons.contains(&(name, "of another kind than a machine")), "{name}: {reasons:?}");
    }
    assert!(reasons.contains(&("gran", "on another hypervisor")), "{reasons:?}");
    // Where no row is called a machine, a role is what a machine does.
    let roles = "Name,Role,Operating system\nbok,File server,Windows Server 2019 Standard\nport,Firewall,Linux\ntunnel,Storage,Linux\nrds,Session host,Windows Server 2022\n";
    assert_eq!(machines(&read(&[("roles.csv", roles)])), ["bok", "port", "tunnel", "rds"]);
}

#[test]
fn whether_a_server_is_virtual_is_told_by_yes_and_no_as_well() {
    let list = "Server,Virtual,OS\nbok,Yes,Windows Server 2019\nsten,No,Windows Server 2019\n";
    let estate = read(&[("list.csv", list)]);
    assert_eq!((machines(&estate), left_out(&estate)), (vec!["bok"], vec![("sten", "a physical server")]));
    let list = "Server;Är fysisk;OS\nbok;Nej;Windows Server 2019\nsten;Ja;Windows Server 2019\n";
    let estate = read(&[("list.csv", list)]);
    assert_eq!((machines(&estate), left_out(&estate)), (vec!["bok"], vec![("sten", "a physical server")]));
}

#[test]
fn a_row_on_which_other_machines_run_is_a_host_whatever_its_list_is_called() {
    let list = "Name,Host,OS,RAM (GB)\neken,,Windows Server 2022 Datacenter,512\nbok,eken,Windows Server 2019,8\nlind,eken.corp.example,Windows Server 2019,8\n";
    let estate = read(&[("servers.csv", list)]);
    assert_eq!(machines(&estate), ["bok", "lind"]);
    assert_eq!(left_out(&estate), [("eken", "a host, no machine")]);
    // A machine that is one, by its generation or by its own host, stays.
    let nested = "VM,Host,Generation\nlabb,eken,2\nbok,labb,2\n";
    assert_eq!(machines(&read(&[("vms.csv", nested)])), ["labb", "bok"]);
    let same = "VM,Host name,vCPU\nbok,bok,2\nlind,lind,2\n";
    assert_eq!(machines(&read(&[("vms.csv", same)])), ["bok", "lind"], "a guest's own name is no host");
}

#[test]
fn machines_of_hosts_on_another_platform_are_left_out_with_them() {
    let hosts = "Host name,Virtualization platform\neken,Hyper-V\ngran,VMware ESXi\nrot,XenServer\n";
    let vms = "VM,VM host,vCPUs\nbok,eken,2\nlind,gran,2\nalm,rot.corp.example,2\nask,okänd,2\n";
    let estate = read(&[("hosts.csv", hosts), ("vms.csv", vms)]);
    assert_eq!(machines(&estate), ["bok", "ask"]);
    let detail = |name: &str| {
        let row = estate.left_out.iter().find(|row| &*row.name == name && row.kind == LeftOutKind::Vm);
        row.map(|row| (row.reason, row.detail.as_ref().map_or(String::new(), ToString::to_string)))
    };
    assert_eq!(detail("lind"), Some(("on another hypervisor", "its host gran is VMware ESXi".to_owned())));
    assert_eq!(detail("alm"), Some(("on another hypervisor", "its host rot is XenServer".to_owned())));
    // Where nothing is Hyper-V's, the other hypervisor was given to be judged.
    let alone = "Host name,Virtualization platform\ngran,VMware ESXi\n";
    let estate = read(&[("hosts.csv", alone), ("vms.csv", "VM,VM host,vCPUs\nlind,gran,2\n")]);
    assert_eq!(machines(&estate), ["lind"]);
}

#[test]
fn lists_that_only_mention_machines_are_no_machine_lists() {
    let mentions = [
        // Backup jobs and policies, as eight tools list them.
        "VM,Job,Last run,Result,Next run,Retention,Repository\nbok,Nightly,2026-11-01,Success,2026-11-02,14,REPO1",
        "Object,Job name,Status,Start time,End time,Data read,Transferred\nbok,Nightly,Success,22:00,22:40,40 GB,2 GB",
        "Client,Subclient,Job ID,Status,Size of application,Data written\nbok,default,1012,Completed,40 GB,2 GB",
        "Computer,Data source,Protection group,Recovery points,Latest recovery point\nbok,\\Backup Using Child Partition\\bok,PG1,14,2026-11-01",
        "VM Name,Backup location,Retention policy,Last backup status\nbok,NAS1,30 days,Successful",
        "VM,Job,Backup repository,Recovery points,Last backup size\nbok,Job 2,Onboard,9,12 GB",
        "Object Name,SLA domain,Snapshots,Missed snapshots,Last snapshot\nbok,Gold,30,0,2026-11-01",
        "Object,Protection group,Policy,Last run,SLA\nbok,PG-VM,Silver,Succeeded,Met",
        "Name,Backup pre-check,Last backup status,Latest restore point,Policy\nbok,Passed,Success,2026-11-01,DailyPolicy",
        "Virtuell maskin;Säkerhetskopieringsjobb;Senaste körning;Resultat;Nästa körning\nbok;Natt;2026-11-01;Lyckades;2026-11-02",
        "VM;Sicherungsauftrag;Letzte Ausführung;Ergebnis;Aufbewahrung\nbok;Nacht;01.11.2026;Erfolg;14 Tage",
        "Machine virtuelle;Tâche de sauvegarde;Dernier résultat;Rétention\nbok;Nuit;Succès;14 jours",
        // Restore points, patches, alerts, changes, licences.
        "VM,Restore point,Type,Created,Size (GB)\nbok,2026-11-01 22:00,Full,2026-11-01,40",
        "Computer,KB article,Title,Severity,Status,Installed on\nbok,KB5031364,Cumulative update,Critical,Missing,",
        "VM;Saknade uppdateringar;Senast patchad;Patchgrupp\nbok;3;2026-10-12;Grupp A",
        "Time,Severity,Host,Problem,Duration\n2026-11-01 10:00,High,bok,Disk space low,2h",
        "Alert name,Severity,Computer,State,Time raised\nCPU high,Warning,bok,New,2026-11-01",
        "VM,Alarm,Severity,Triggered\nbok,Memory usage,Warning,2026-11-01",
        "Change number,Configuration item,Short description,State\nCHG0012,bok,Restart,Closed",
        "VM,Ticket number,Opened,Status\nbok,INC0001,2026-11-01,Open",
        "Server,Product,Licence key,Edition\nbok,SQL Server,AAAA-BBBB,Standard",
        "VM,Licens,Antal licenser,Förfaller\nbok,SQL Server,4,2027-01-01",
        "VM,Process,PID,Memory\nbok,sqlservr.exe,4412,4 GB",
        "Host name,Record type,Data,TTL\nbok,A,10.0.0.4,3600",
        "VM,Source host,Destination host,Started,Result\nbok,eken,gran,10:00,Success",
        "VM,CVE,Severity,Found\nbok,CVE-2026-0001,High,2026-11-01",
    ];
    for text in mentions {
        let estate = read(&[("mention.csv", text)]);
        assert!(machines(&estate).is_empty() && estate.hosts.is_empty(), "{text}");
        let named = estate.left_out.iter().any(|row| &*row.name == "bok" && row.reason == "only mentioned");
        assert!(named, "{text}: {:?} {:?}", estate.left_out, estate.notes);
        // Beside a list that has it, the row tells of that machine.
        let estate = read(&[("vms.csv", "VM,vCPUs\nbok,2\n"), ("mention.csv", text)]);
        assert_eq!(machines(&estate), ["bok"], "{text}");
        assert!(estate.left_out.is_empty(), "{text}: {:?}", estate.left_out);
    }
}

#[test]
fn a_table_of_processes_is_no_list_of_machines_whatever_its_memory_says() {
    for header in ["Name,Memory,CPU,PID", "Process name,Memory (MB),CPU,Threads", "Namn,Minne,CPU,Process-ID"] {
        let estate = read(&[("processes.csv", &format!("{header}\nsqlservr.exe,4096,12,4412\n"))]);
        assert!(machines(&estate).is_empty() && estate.hosts.is_empty(), "{header}");
    }
}

#[test]
fn several_machines_in_one_cell_are_looked_up_one_by_one() {
    let jobs = "Job name,VMs,Next run,Repository\nNight,\"bok, lind\",22:00,R1\nDay,\"bok; alm\nask\",12:00,R1\n";
    let estate = read(&[("vms.csv", "VM,vCPUs\nbok,2\nlind,2\n"), ("jobs.csv", jobs)]);
    assert_eq!(machines(&estate), ["bok", "lind"]);
    let [row] = &estate.left_out[..] else { panic!("{:?}", estate.left_out) };
    let detail = row.detail.as_ref().map_or(String::new(), ToString::to_string);
    assert_eq!((row.reason, detail.as_str()), ("only mentioned", "no list has alm, ask"));
}

#[test]
fn a_list_with_a_fact_of_machines_is_one_whatever_else_stands_in_it() {
    let lists = [
        "VM,vCPUs,Backup job,Last backup,Retention\nbok,4,Nightly,2026-11-01,14",
        "VM,Memory (GB),Patch group,Severity\nbok,8,A,High",
        "VM,Generation,Job,Repository\nbok,2,Nightly,R1",
        "VM,OS,Ticket number,Status\nbok,Windows Server 2019,INC1,Open",
        "VM,Disk size (GB),Backup job,Repository\nbok,60,Nightly,R1",
        "VM,Power state,Last backup,Backup policy\nbok,Running,2026-11-01,Gold",
        "VM,Owner,Backup\nbok,Anna,Yes",
        "VM,Host,Backup,Replication,Owner\nbok,eken,Yes,No,Anna",
        "VM,Owner,SLA\nbok,Anna,Gold",
        "VM,Backup job\nbok,Nightly",
        "VM,Owner,Licence,Status\nbok,Anna,Datacenter,Approved",
        "VM,Application,Business process,Patch group,Status\nbok,Payroll,Pay,A,OK",
        "VM,Migration wave,Migration date,Status\nbok,2,2027-01-10,Planned",
    ];
    for text in lists {
        assert_eq!(machines(&read(&[("vms.csv", text)])), ["bok"], "{text}");
    }
}

#[test]
fn a_list_of_host_names_is_one_of_machines_where_it_tells_of_machines() {
    for text in [
        "Hostname,OS,vCPU,RAM (GB),IP\nbok,Windows Server 2019,2,8,10.0.0.1\n",
        "Host name;Typ;Betriebssystem\nbok;VM;Windows Server 2019\n",
        "Värdnamn;Grupp;Operativsystem;Minne (GB)\nbok;Hyper-V VM;Windows Server 2019;8\n",
        "FQDN,Generation,Memory (GB)\nbok,2,8\n",
        "Nom d'hôte;Type;Mémoire (Go)\nbok;Machine virtuelle;8\n",
    ] {
        let estate = read(&[("list.csv", text)]);
        assert_eq!((machines(&estate), hosts(&estate)), (vec!["bok"], vec![]), "{text}");
    }
    for capacity in ["Host,VMs,vCPU,RAM (GB)\neken,40,160,512\n", "Host,pCPU,vCPU,Ratio\neken,32,160,5\n"] {
        assert!(machines(&read(&[("capacity.csv", capacity)])).is_empty(), "{capacity}");
    }
    let estate = read(&[("hosts.csv", "Host name,OS,Logical processors,RAM (GB)\neken,Windows Server 2019,64,512\n")]);
    assert_eq!((machines(&estate), hosts(&estate)), (vec![], vec!["eken"]));
}

#[test]
fn a_model_tells_machines_from_hardware_where_it_calls_some_virtual() {
    let list = "Name,Operating System,Model,Total Physical Memory (MB)\nbok,Windows Server 2019,Virtual Machine,8192\n\
        sten,Windows Server 2019,ProLiant DL380 Gen10,524288\n";
    let estate = read(&[("hardware.csv", list)]);
    assert_eq!((machines(&estate), left_out(&estate)), (vec!["bok"], vec![("sten", "a physical server")]));
    let hardware = "Name,OS,Model\nsten,Windows Server 2019,ProLiant DL380 Gen10\n";
    let estate = read(&[("hardware.csv", hardware)]);
    assert_eq!((machines(&estate), left_out(&estate)), (vec![], vec![("sten", "a physical server")]));
}

#[test]
fn a_row_of_data_is_no_row_of_headings_whatever_its_words_would_mean() {
    let list = "AssetName,Asset type,Chassis,OS\nbok,Windows VM,Virtual Machine,Windows Server 2022\nlind,Cluster,Host,Windows Server 2019\n";
    let estate = read(&[("assets.csv", list)]);
    assert_eq!(machines(&estate), ["bok"]);
    assert_eq!(left_out(&estate), [("lind", "a cluster, no machine")]);
}

#[test]
fn tables_below_each_other_may_each_have_a_title() {
    let sheet = "Hyper-V hosts\nName,OS,Logical processors\neken,Windows Server 2019,64\n\n\
        Virtual machines\nName,OS,vCPU,Generation\nbok,Windows Server 2019,2,2\n";
    let estate = read(&[("site.csv", sheet)]);
    assert_eq!((machines(&estate), hosts(&estate)), (vec!["bok"], vec!["eken"]));
}

#[test]
fn two_columns_of_kinds_are_read_together() {
    let list = "Name,Server type,Role,OS\nbok,Virtual,Web,Windows Server 2019\neken,Physical,Hyper-V host,Windows Server 2019\n\
        sten,Physical,SQL,Windows Server 2016\n";
    let estate = read(&[("list.csv", list)]);
    assert_eq!((machines(&estate), hosts(&estate)), (vec!["bok"], vec!["eken"]));
    assert_eq!(left_out(&estate), [("sten", "a physical server")]);
}

#[test]
fn a_disk_below_its_machine_is_read_where_the_name_is_left_empty() {
    let list = "VM,vCPU,Disk,Size (GB)\nbok,2,C:,80\n,,D:,4200\nlind,4,C:,80\n";
    let estate = read(&[("list.csv", list)]);
    let sizes =
        |vm: &Vm| vm.disks.iter().filter_map(|disk| disk.size.value().map(|size| size.0 >> 30)).collect::<Vec<_>>();
    assert_eq!(estate.vms.iter().map(sizes).collect::<Vec<_>>(), [vec![80, 4200], vec![80]]);
}

#[test]
fn semicolons_tell_that_points_part_thousands() {
    let estate = read(&[("list.csv", "VM;vCPU;RAM (MB)\nbok;2;8.192\nlind;2;16.384\n")]);
    let memory = estate.vms.iter().map(|vm| vm.memory.value().map(|memory| memory.0)).collect::<Vec<_>>();
    assert_eq!(memory, [Some(8192), Some(16384)]);
}

#[test]
fn where_a_list_comes_from_is_no_machine() {
    for foot in [
        "Generated by Inventory 1.2",
        "Källa: Veeam",
        "Erstellt am 01.11.2026",
        "* without the DMZ",
        "Exporté 12/11/2026",
    ] {
        let estate = read(&[("list.csv", &format!("VM,vCPU,Memory (GB)\nbok,2,8\n{foot},,\n"))]);
        assert_eq!((machines(&estate), left_out(&estate)), (vec!["bok"], vec![(foot, "a note, no subject")]), "{foot}");
    }
}

#[test]
fn what_is_provisioned_in_a_row_of_a_disk_is_that_disks() {
    for list in [
        "VM,Disk,Provisioned (GB),Used (GB)\nbok,C:,100,40\nbok,D:,3000,900\n",
        "VM,Generation,Disk name,Provisioned size (GB)\nbok,1,os,100\nbok,1,data,3000\n",
        "VM;Typ;Bereitgestellter Speicher (GB)\nbok;Dynamisch;100\nbok;Fest;3000\n",
    ] {
        let estate = read(&[("disks.csv", list)]);
        let [vm] = &estate.vms[..] else { panic!("{list}: {:?}", machines(&estate)) };
        let sizes: Vec<u64> = vm.disks.iter().filter_map(|disk| disk.size.value().map(|size| size.0 >> 30)).collect();
        assert_eq!((sizes, vm.disk_bound()), (vec![100, 3000], None), "{list}");
    }
    // Two rows of a name may each have a part of the total.
    let estate = read(&[("list.csv", "VM,vCPU,Storage pool,Provisioned (GB)\nbok,2,A,100\nbok,2,B,3000\n")]);
    assert!(estate.vms.iter().all(|vm| vm.disk_bound().is_none()));
}
