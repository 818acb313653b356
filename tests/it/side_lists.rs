//! Lists that tell more of machines that other lists count: of each what it says, and no machine or host of its own.

use klar::model::{Architecture, Estate, Host, Vm};

use crate::estates::{machines, read_and_listed as read};

fn hosts(estate: &Estate) -> Vec<&str> {
    estate.hosts.iter().filter_map(|host: &Host| host.name.value().map(|name| &**name)).collect()
}

fn left_out<'e>(estate: &'e Estate, name: &str) -> Vec<&'e str> {
    estate.left_out.iter().filter(|row| &*row.name == name).map(|row| row.reason).collect()
}

fn machine<'e>(estate: &'e Estate, name: &str) -> &'e Vm {
    estate.vms.iter().find(|vm| vm.shown_name() == name).expect("the machine is there")
}

/// Two machines on one host, as Hyper-V lists them.
const MACHINES: &str = "Name,State,ProcessorCount,MemoryStartup,Generation,ComputerName,VMId\n\
    bok,Running,2,4294967296,2,EKEN,5e000000-0000-4000-8000-000000000001\n\
    lind,Off,4,8589934592,1,EKEN,5e000000-0000-4000-8000-000000000002\n";

/// Every name by which a list of machines may come, before and after the other.
fn beside(side: &str) -> [Estate; 2] {
    [["a.csv", "b.csv"], ["b.csv", "a.csv"]].map(|[list, other]| {
        let mut files = [(list, MACHINES), (other, side)];
        files.sort_unstable();
        read(&files)
    })
}

#[test]
fn checkpoints_with_every_property_of_their_machines_are_checkpoints_of_those() {
    for (headings, row) in [
        (
            "VMName,VMId,Id,Name,State,CPUUsage,MemoryAssigned,Uptime,IntegrationServicesState,MemoryStartup,ProcessorCount,Generation,SnapshotType,CreationTime,ParentSnapshotId,ParentSnapshotName,ComputerName",
            "bok,5e000000-0000-4000-8000-000000000001,5e000000-0000-4000-8000-0000000000NN,before update NN,Off,0,0,00:00:00,Up to date,2147483648,1,1,Standard,2026-05-0NN,,,EKEN",
        ),
        (
            "Name,VMName,State,ProcessorCount,MemoryStartup,Generation,IsAutomaticCheckpoint",
            "bok - NN,bok,Off,8,1073741824,1,False",
        ),
        ("VM,Name,CheckpointID,ParentCheckpoint,AddedTime,VMHost", "bok,NN,c-NN,,2026-05-0NN,EKEN"),
    ] {
        let side = format!("{headings}\n{}\n{}\n", row.replace("NN", "1"), row.replace("NN", "2"));
        for estate in beside(&side) {
            assert_eq!(machines(&estate), ["bok", "lind"], "{headings}");
            let bok = machine(&estate, "bok");
            assert_eq!(bok.checkpoints.value(), Some(&2), "{headings}");
            assert!(bok.disputed.is_empty(), "what it was when the checkpoint was made is not what it is: {headings}");
            assert_eq!(bok.vcpus.value(), Some(&2), "{headings}");
        }
    }
    // A machine's own list tells the type of the checkpoints to be made of it.
    let own = "VMName,Name,State,ProcessorCount,MemoryStartup,CheckpointType,CreationTime,ParentSnapshotId\nbok,bok,Running,2,4294967296,Production,2026-01-01,\n";
    assert_eq!(machines(&read(&[("vms.csv", own)])), ["bok"]);
}

#[test]
fn volumes_tell_of_encryption_of_the_guest_whose_they_are_and_are_no_disks() {
    for (headings, of) in [
        (
            "ComputerName,MountPoint,EncryptionMethod,VolumeStatus,ProtectionStatus,EncryptionPercentage,CapacityGB",
            "C:,XtsAes128",
        ),
        (
            "PSComputerName,MountPoint,EncryptionMethod,VolumeStatus,ProtectionStatus,KeyProtector,AutoUnlockEnabled",
            "C:,None",
        ),
    ] {
        let row = |name: &str, status: &str, on: &str| format!("{name},{of},{status},{on},100,126\n");
        let side = format!(
            "{headings}\n{}{}{}{}{}",
            row("bok", "FullyDecrypted", "Off"),
            row("bok.corp.example", "FullyEncrypted", "Off"),
            row("LIND", "FullyDecrypted", "Off"),
            row("EKEN", "FullyEncrypted", "On"),
            row("sten", "FullyEncrypted", "On")
        );
        for estate in beside(&side) {
            assert_eq!(machines(&estate), ["bok", "lind"], "{headings}");
            assert_eq!(machine(&estate, "bok").bitlocker.value(), Some(&true), "one volume is enough: {headings}");
            assert_eq!(machine(&estate, "lind").bitlocker.value(), Some(&false), "{headings}");
            assert!(estate.vms.iter().all(|vm| vm.disks.is_empty() && vm.disputed.is_empty()), "{headings}");
            assert_eq!(left_out(&estate, "EKEN"), ["a host, no machine"], "{headings}");
            assert_eq!(left_out(&estate, "sten"), ["a computer in no list of machines or hosts"], "{headings}");
        }
        // A volume of which nobody knows leaves open whether the guest is encrypted.
        let side = format!("{headings}\n{}{}", row("bok", "FullyDecrypted", "Off"), row("bok", "Locked", "Unknown"));
        for estate in beside(&side) {
            assert_eq!(machine(&estate, "bok").bitlocker.value(), None, "{headings}");
        }
    }
}

#[test]
fn what_systems_tell_of_themselves_joins_the_machines_and_hosts_that_other_lists_name() {
    for side in [
        "CSName,Caption,OSArchitecture,Version,BuildNumber\n\
         bok,Microsoft Windows Server 2008 Standard,32-bit,6.0.6002,6002\n\
         EKEN,Microsoft Windows Server 2019 Datacenter,64-bit,10.0.17763,17763\nsten,Microsoft Windows 10 Pro,64-bit,10.0.19045,19045\n",
        "PSComputerName,Caption,OSArchitecture,Version\n\
         bok,Microsoft Windows Server 2008 Standard,32-bit,6.0.6002\n\
         EKEN.corp.example,Microsoft Windows Server 2019 Datacenter,64-bit,10.0.17763\nsten,Microsoft Windows 10 Pro,64-bit,10.0.19045\n",
        "\"Host Name\",\"OS Name\",\"OS Version\",\"OS Configuration\",\"System Model\",\"System Type\"\n\
         BOK,Microsoft Windows Server 2008 Standard,6.0.6002,Member Server,Virtual Machine,X86-based PC\n\
         EKEN,Microsoft Windows Server 2019 Datacenter,10.0.17763,Member Server,PowerEdge R740,x64-based PC\nsten,Microsoft Windows 10 Pro,10.0.19045,Member Workstation,Latitude 5420,x64-based PC\n",
        "CsName,OsName,OsArchitecture,OsVersion,CsModel\n\
         bok,Microsoft Windows Server 2008 Standard,32-bit,6.0.6002,Virtual Machine\n\
         EKEN,Microsoft Windows Server 2019 Datacenter,64-bit,10.0.17763,ProLiant DL380 Gen10\nsten,Microsoft Windows 10 Pro,64-bit,10.0.19045,Latitude 5420\n",
    ] {
        for estate in beside(side) {
            assert_eq!(machines(&estate), ["bok", "lind"], "{side}");
            let bok = machine(&estate, "bok");
            assert_eq!(bok.architecture.value(), Some(&Architecture::X86), "{side}");
            assert!(bok.guest_os.value().is_some_and(|os| os.contains("2008")), "{side}");
            let [host] = &estate.hosts[..] else { panic!("{:?}: {side}", hosts(&estate)) };
            assert!(host.os.value().is_some_and(|os| os.contains("2019")), "machines run on it: {side}");
            assert_eq!(left_out(&estate, "sten").len(), 1, "{side}");
        }
    }
}

#[test]
fn a_model_makes_machines_where_no_other_list_does() {
    let systems = "Name,Manufacturer,Model,DomainRole,NumberOfProcessors,NumberOfLogicalProcessors,TotalPhysicalMemory\n\
        bok,Microsoft Corporation,Virtual Machine,3,1,4,8589463552\n\
        gran,VMware Inc.,VMware Virtual Platform,3,1,4,8589463552\n\
        sten,Dell Inc.,PowerEdge R740,3,2,64,549755813888\n";
    let os = "CSName,Caption,OSArchitecture,Version\nbok,Microsoft Windows Server 2019 Standard,64-bit,10.0.17763\nsten,Microsoft Windows Server 2019 Datacenter,64-bit,10.0.17763\n";
    let estate = read(&[("a.csv", os), ("b.csv", systems)]);
    assert_eq!(machines(&estate), ["bok"]);
    assert_eq!(estate.vms[0].vcpus.value(), Some(&4));
    assert!(estate.vms[0].guest_os.is_known());
    assert_eq!(hosts(&estate), Vec::<&str>::new());
    assert_eq!(left_out(&estate, "gran"), ["on another hypervisor"]);
    assert_eq!(left_out(&estate, "sten").len(), 2);
    // Beside a list of machines a virtual computer that it does not name is none of them, and is not out of sight.
    let estate = read(&[("vms.csv", MACHINES), ("systems.csv", &systems.replace("bok,", "alm,"))]);
    assert_eq!(machines(&estate), ["bok", "lind"]);
    assert_eq!(left_out(&estate, "alm"), ["a computer in no list of machines or hosts"]);
    // Alone, names of computers of which nothing says what they are count as nothing.
    let estate = read(&[("os.csv", os)]);
    assert_eq!((machines(&estate), hosts(&estate)), (vec![], vec![]));
    assert_eq!(left_out(&estate, "bok"), ["a computer, and nothing says that it is virtual"]);
    let host = "CSName,Caption,OSArchitecture,Version\neken,Microsoft Hyper-V Server 2019,64-bit,10.0.17763\n";
    assert_eq!(hosts(&read(&[("os.csv", host)])), ["eken"], "its system is made for nothing else");
}

#[test]
fn directories_and_scanners_tell_more_of_machines_and_begin_none_beside_them() {
    for side in [
        "Name,DNSHostName,OperatingSystem,OperatingSystemVersion,Enabled,LastLogonDate\nBOK,bok.corp.example,Windows Server 2016 Standard,10.0 (14393),True,2026-05-01\nPC-1,pc-1.corp.example,Windows 10 Enterprise,10.0 (19045),True,2026-05-01\n",
        "Computer,Operating system,Defender,Signature version,Last seen\nbok,Windows Server 2016 Standard,On,1.2.3,2026-05-01\nPC-1,Windows 10 Enterprise,On,1.2.3,2026-05-01\n",
        "Datornamn;Operativsystem;Senaste kontakt;WSUS-grupp\nbok;Windows Server 2016 Standard;2026-05-01;Servrar\nPC-1;Windows 10 Enterprise;2026-05-01;Klienter\n",
        "Server name,OS,Missing patches,Last scan\nbok,Windows Server 2016 Standard,3,2026-05-01\nPC-1,Windows 10 Enterprise,0,2026-05-01\n",
        "Rechnername;Betriebssystem;Virenschutz;Letzter Kontakt\nbok;Windows Server 2016 Standard;aktiv;2026-05-01\nPC-1;Windows 10 Enterprise;aktiv;2026-05-01\n",
        "ResourceID,Netbios_Name0,Caption0,Is_Virtual_Machine0\n1,BOK,Microsoft Windows Server 2016 Standard,1\n2,PC-1,Microsoft Windows 10 Enterprise,0\n",
        "Hostname,OS,CPU,RAM (GB),Agent version,Last seen\nbok,Windows Server 2016 Standard,2,4,7.1,2026-05-01\nPC-1,Windows 10 Enterprise,8,16,7.1,2026-05-01\n",
    ] {
        for estate in beside(side) {
            assert_eq!(machines(&estate), ["bok", "lind"], "{side}");
            assert_eq!(hosts(&estate), Vec::<&str>::new(), "{side}");
            let os = machine(&estate, "bok").guest_os.value().map(|os| &**os);
            assert!(os.is_some_and(|os| os.contains("Windows Server 2016 Standard")), "{os:?}: {side}");
            assert_eq!(left_out(&estate, "PC-1").len(), 1, "{side}");
        }
    }
    // What tells as much as an inventory is one where no other list is.
    let scan = "Server name,OS,CPU,RAM (GB),Agent version,Last seen\nbok,Windows Server 2016 Standard,2,4,7.1,2026-05-01\nlind,Windows Server 2019 Standard,8,16,7.1,2026-05-01\n";
    assert_eq!(machines(&read(&[("scan.csv", scan)])), ["bok", "lind"]);
}

#[test]
fn each_row_of_a_fibre_channel_list_is_an_adapter_of_its_machine() {
    for side in [
        "VMName,Name,WorldWideNodeNameSetA,WorldWidePortNameSetA,SanName,ComputerName\nbok,Fibre Channel Adapter,C003FF0000FFFF00,C003FF5778E50002,SAN1,EKEN\n",
        "VMName,VMId,SanName\nbok,5e000000-0000-4000-8000-000000000001,\n",
        "#TYPE Microsoft.HyperV.PowerShell.VMFibreChannelHba\nName,Id,VMName,IsDeleted\nFibre Channel Adapter,x,bok,False\n",
    ] {
        for estate in beside(side) {
            assert_eq!(machines(&estate), ["bok", "lind"], "{side}");
            assert_eq!(machine(&estate, "bok").fibre_channel.value(), Some(&true), "{side}");
            assert!(!machine(&estate, "lind").fibre_channel.is_known(), "{side}");
        }
    }
}

#[test]
fn lists_of_parts_of_machines_join_those_and_name_no_others() {
    for side in [
        "VMName,InstanceID,LocationPath,ComputerName\nbok,PCI\\VEN_10DE,PCIROOT(0)#PCI(0300),EKEN\nalm,PCI\\VEN_10DE,PCIROOT(0)#PCI(0301),EKEN\n",
        "VMName,ControllerType,ControllerNumber,ControllerLocation,DvdMediaType,Path\nbok,IDE,1,0,ISO,D:\\iso\\setup.iso\nalm,IDE,1,0,None,\n",
        "VMName,State,Health,Mode,FrequencySec,PrimaryServer,ReplicaServer\nbok,Replicating,Normal,Primary,300,EKEN,GRAN\nalm,Replicating,Normal,Primary,300,EKEN,GRAN\n",
        "VMName,Startup,Minimum,Maximum,Buffer,Priority,DynamicMemoryEnabled\nbok,4294967296,536870912,8589934592,20,50,True\nalm,4294967296,536870912,8589934592,20,50,True\n",
        "VMName,Count,CompatibilityForMigrationEnabled,Maximum,Reserve,RelativeWeight\nbok,2,False,100,0,100\nalm,2,False,100,0,100\n",
        "VMName,VMNetworkAdapterName,OperationMode,AccessVlanId\nbok,Network Adapter,Access,20\nalm,Network Adapter,Access,20\n",
        "VMName,ControllerNumber,IsTemplate,Drives\nbok,0,False,\nalm,0,False,\n",
        "Name,State,OwnerGroup,ResourceType,OwnerNode\nVirtual Machine bok,Online,bok,Virtual Machine,EKEN\nVirtual Machine alm,Online,alm,Virtual Machine,EKEN\n",
        "VMName,SecureBoot,SecureBootTemplate,BootOrder\nbok,On,MicrosoftWindows,\nalm,On,MicrosoftWindows,\n",
    ] {
        for estate in beside(side) {
            assert_eq!((machines(&estate), hosts(&estate)), (vec!["bok", "lind"], vec![]), "{side}");
            assert!(!left_out(&estate, "alm").is_empty(), "it is not out of sight: {side}");
            assert!(estate.vms.iter().all(|vm| vm.disks.is_empty()), "{side}");
        }
        // Alone it names machines that no list counts, unless it tells what they were given.
        let estate = read(&[("side.csv", side)]);
        assert_eq!(hosts(&estate), Vec::<&str>::new(), "{side}");
        let gives = side.contains("Startup") || side.contains("Count,");
        assert_eq!(machines(&estate), if gives { vec!["bok", "alm"] } else { vec![] }, "{side}");
        assert_eq!(left_out(&estate, "bok").is_empty(), gives, "{side}");
    }
    let services = "VMName,Name,Enabled,PrimaryStatusDescription,SecondaryStatusDescription\nbok,Heartbeat,True,OK,OK\nbok,Shutdown,True,OK,\n";
    for estate in beside(services) {
        assert_eq!((machines(&estate), hosts(&estate)), (vec!["bok", "lind"], vec![]));
    }
    let memory = "VMName,Startup,Maximum,DynamicMemoryEnabled\nbok,4294967296,8589934592,True\n";
    let bok = |side: &str| machine(&beside(side)[0], "bok").clone();
    assert_eq!(bok(memory).dynamic_memory.value(), Some(&true));
    let replication = "VMName,State,Health,Mode,FrequencySec,PrimaryServer,ReplicaServer\nbok,Replicating,Normal,Primary,300,EKEN,GRAN\n";
    assert_eq!(bok(replication).replication_mode.value().map(|mode| &**mode), Some("Primary"));
}

#[test]
fn a_drive_for_discs_is_no_disk_in_any_list_of_drives() {
    for side in [
        "VMName,ControllerType,ControllerNumber,ControllerLocation,Path\nbok,IDE,0,0,D:\\vms\\bok.vhdx\nbok,IDE,1,0,D:\\iso\\setup.ISO\n",
        "VMName,Name,ControllerType,ControllerNumber,ControllerLocation,Path\nbok,Hard Drive,IDE,0,0,D:\\vms\\bok.vhdx\nbok,DVD Drive,IDE,1,0,\n",
        "VM,Disk path,Disk size (GB)\nbok,D:\\vms\\bok.vhdx,60\nbok,D:\\iso\\setup.iso,4\n",
    ] {
        for estate in beside(side) {
            assert_eq!(machine(&estate, "bok").disks.len(), 1, "{side}");
        }
    }
}

#[test]
fn what_hyper_v_knows_of_guests_and_their_shared_buses_is_read() {
    let guests = "VMName,FullyQualifiedDomainName,OSName,OSVersion,ProcessorArchitecture\nbok,bok.corp.example,Windows Server (R) 2008 Standard,6.0.6002,0\nlind,lind.corp.example,Windows Server 2008 R2 Standard,6.1.7601,9\n";
    for estate in beside(guests) {
        let bits: Vec<Option<Architecture>> = estate.vms.iter().map(|vm| vm.architecture.value().copied()).collect();
        assert_eq!(bits, [Some(Architecture::X86), Some(Architecture::X64)]);
    }
    let vmm = "Name,VMHost,CPUCount,OperatingSystem,HasSharedStorage,ShareSCSIBus,ReplicationMode\nbok,EKEN,2,Windows Server 2019 Standard,False,True,None\nlind,EKEN,2,Windows Server 2019 Standard,False,False,None\nalm,EKEN,2,Windows Server 2019 Standard,False,False,Recovery\n";
    let estate = read(&[("vmm.csv", vmm)]);
    assert_eq!(machines(&estate), ["bok", "lind"]);
    let shared: Vec<Option<bool>> = estate.vms.iter().map(|vm| vm.shared_storage.value().copied()).collect();
    assert_eq!(shared, [Some(true), Some(false)]);
    assert!(estate.vms.iter().all(|vm| vm.disputed.is_empty()));
    assert_eq!(left_out(&estate, "alm"), ["a recovery copy"]);
}

#[test]
fn a_battery_that_is_passed_through_is_no_disk() {
    let list = "VMName,State,ProcessorCount,MemoryStartup,Generation,BatteryPassthroughEnabled\nbok,Running,2,4294967296,2,True\n";
    assert!(!read(&[("vms.csv", list)]).vms[0].pass_through.is_known());
}
