//! Disks that several lists give: one disk for each file, and whose each is.

use klar::model::{Bytes, Vm};

use crate::estates::read;

fn gib(vm: &Vm) -> Vec<Option<u64>> {
    vm.disks.iter().map(|disk| disk.size.value().map(|Bytes(size)| size >> 30)).collect()
}

const MACHINES: &str = "Name,State,ProcessorCount,MemoryStartup,Generation,ComputerName\n\
    bok,Running,2,4294967296,2,EKEN\nlind,Off,4,8589934592,2,GRAN\n";

#[test]
fn a_file_that_several_lists_give_is_one_disk_and_their_facts_merge() {
    let drives = "VMName,ControllerType,ControllerNumber,ControllerLocation,Path\nbok,SCSI,0,0,D:\\vms\\bok.vhdx\n";
    for path in ["D:\\VMs\\Bok.vhdx", "d:/vms/bok.vhdx", "\\\\?\\D:\\vms\\bok.vhdx", "D:\\vms\\\\bok.vhdx"] {
        for side in [
            format!("Path,VhdFormat,VhdType,FileSize,Size\n{path},VHDX,Dynamic,1073741824,64424509440\n"),
            format!("VM,Disk path,Disk size (GB)\nbok,{path},60\n"),
            format!(
                "VMName,Name,VHDFormatType,VHDType,MaximumSize,Size,Location\nbok,bok,VHDX,DynamicallyExpanding,64424509440,1073741824,{path}\n"
            ),
        ] {
            for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
                let texts = [MACHINES, drives, side.as_str()];
                let files: Vec<(String, &str)> =
                    order.iter().enumerate().map(|(at, text)| (format!("{at}.csv"), texts[*text])).collect();
                let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), *text)).collect();
                let estate = read(&files);
                let bok = estate.vms.iter().find(|vm| vm.shown_name() == "bok").expect("it is there");
                assert_eq!(gib(bok), [Some(60)], "{side}");
                assert_eq!(bok.disks[0].controller.value().map(|name| &**name), Some("SCSI"), "{side}");
                assert_eq!(estate.orphaned_disks.len(), 0, "{side}");
            }
        }
    }
}

#[test]
fn a_list_of_disks_that_names_their_machine_joins_it() {
    for side in [
        "VMName,Name,VHDFormatType,VHDType,MaximumSize,Size,Location\nbok,bok,VHDX,DynamicallyExpanding,64424509440,1073741824,D:\\bok.vhdx\nlind,lind,VHDX,FixedSize,85899345920,85899345920,D:\\lind.vhdx\n",
        "VM,Name,VHDType,MaximumSize,Location\nbok,bok,DynamicallyExpanding,64424509440,D:\\disk.vhdx\nlind,lind,FixedSize,85899345920,D:\\disk.vhdx\n",
        "VMName,Path,VhdFormat,VhdType,Size\nbok,D:\\bok.vhdx,VHDX,Dynamic,64424509440\nlind,D:\\lind.vhdx,VHDX,Fixed,85899345920\n",
    ] {
        let estate = read(&[("vms.csv", MACHINES), ("disks.csv", side)]);
        assert_eq!(estate.vms.iter().map(gib).collect::<Vec<_>>(), [[Some(60)], [Some(80)]], "{side}");
        assert_eq!(estate.orphaned_disks.len(), 0, "{side}");
    }
    let drives =
        "VMName,Name,BusType,Bus,Lun,VirtualHardDiskId\nbok,drive 1,SCSI,0,0,5e000000-0000-4000-8000-00000000000a\n";
    let estate = read(&[("vms.csv", MACHINES), ("drives.csv", drives)]);
    assert_eq!(estate.vms[0].disks.len(), 1);
    let nics = "VMName,Name,MACAddress,VMNetwork,IPv4AddressType\nbok,nic 1,00:15:5D:00:00:01,LAN,Dynamic\n";
    let estate = read(&[("vms.csv", MACHINES), ("nics.csv", nics)]);
    assert_eq!(estate.vms[0].nics.len(), 1);
}

#[test]
fn the_file_of_one_path_on_two_hosts_is_that_of_the_machine_its_row_names() {
    let drives = "VMName,ComputerName,ControllerType,ControllerNumber,ControllerLocation,Path\nbok,EKEN,SCSI,0,0,D:\\disk.vhdx\nlind,GRAN,SCSI,0,0,D:\\disk.vhdx\n";
    let files = "VMName,Path,VhdFormat,VhdType,Size\nbok,D:\\disk.vhdx,VHDX,Dynamic,64424509440\nlind,D:\\disk.vhdx,VHDX,Dynamic,5497558138880\n";
    let estate = read(&[("vms.csv", MACHINES), ("drives.csv", drives), ("files.csv", files)]);
    assert_eq!(estate.vms.iter().map(gib).collect::<Vec<_>>(), [[Some(60)], [Some(5120)]]);
}

#[test]
fn files_at_one_path_of_two_hosts_go_by_their_folder_or_to_neither() {
    let machines = |host: &str, name: &str| {
        format!(
            "Name,State,ProcessorCount,MemoryStartup,Generation,ComputerName\n{name},Running,2,4294967296,2,{host}\n"
        )
    };
    let drives = |name: &str| {
        format!("VMName,ControllerType,ControllerNumber,ControllerLocation,Path\n{name},SCSI,0,0,D:\\disk.vhdx\n")
    };
    let file =
        |gib: u64| format!("Path,VhdFormat,VhdType,FileSize,Size\nD:\\disk.vhdx,VHDX,Dynamic,1024,{}\n", gib << 30);
    let texts =
        [machines("EKEN", "bok"), drives("bok"), file(60), machines("GRAN", "lind"), drives("lind"), file(5120)];
    let folders =
        ["eken/vms.csv", "eken/drives.csv", "eken/files.csv", "gran/vms.csv", "gran/drives.csv", "gran/files.csv"];
    let files: Vec<(&str, &str)> = folders.into_iter().zip(texts.iter().map(String::as_str)).collect();
    assert_eq!(read(&files).vms.iter().map(gib).collect::<Vec<_>>(), [[Some(60)], [Some(5120)]]);
    let flat: Vec<String> = folders.iter().map(|path| path.replace('/', "-")).collect();
    let files: Vec<(&str, &str)> = flat.iter().map(String::as_str).zip(texts.iter().map(String::as_str)).collect();
    let estate = read(&files);
    assert_eq!(estate.vms.iter().map(gib).collect::<Vec<_>>(), [[None], [None]]);
    let reasons = estate.left_out.iter().map(|row| row.reason);
    assert_eq!(reasons.filter(|reason| *reason == "a VHD file at a path that several hosts have").count(), 2);
}

#[test]
fn the_drives_and_adapters_of_checkpoints_are_not_those_of_their_machines() {
    let drives = "VMName,ControllerType,ControllerNumber,ControllerLocation,Path,VMSnapshotId,VMSnapshotName\n\
        bok,SCSI,0,0,D:\\bok_1.avhdx,00000000-0000-0000-0000-000000000000,\n\
        bok,SCSI,0,0,D:\\bok.vhdx,5e000000-0000-4000-8000-00000000000a,before update\n";
    let nics = "VMName,MacAddress,SwitchName,VMSnapshotId,VMSnapshotName\n\
        bok,00155D000001,LAN,00000000-0000-0000-0000-000000000000,\nbok,00155D000002,LAN,5e000000-0000-4000-8000-00000000000a,before update\n";
    let estate = read(&[("vms.csv", MACHINES), ("drives.csv", drives), ("nics.csv", nics)]);
    let bok = &estate.vms[0];
    assert_eq!((bok.disks.len(), bok.nics.len()), (1, 1));
    assert_eq!(bok.checkpoints.value(), Some(&1), "its disk is that of a checkpoint");
}

#[test]
fn addresses_beside_adapters_that_another_list_gives_are_none_of_their_own() {
    let list = "VM name,Guest OS,IP address\nbok,Windows Server 2022,10.0.0.1\n";
    let nics = "VM,Guest OS,MAC address,Switch\nbok,Windows Server 2022,00155D000001,LAN\nbok,Windows Server 2022,00155D000002,SAN\n";
    for files in [[("a.csv", list), ("b.csv", nics)], [("a.csv", nics), ("b.csv", list)]] {
        assert_eq!(read(&files).vms[0].nics.len(), 2);
    }
}

#[test]
fn a_list_of_files_that_names_each_machine_and_its_state_is_one_of_machines() {
    for headings in ["Path,VMName,VMState,VhdFormat,VhdType,Size", "Path,VM,Power state,VhdFormat,VhdType,Size"] {
        let list = format!(
            "{headings}\nD:\\bok.vhdx,bok,Running,VHDX,Dynamic,64424509440\nD:\\bok2.vhdx,bok,Running,VHDX,Dynamic,64424509440\nD:\\lind.vhdx,lind,Off,VHDX,Fixed,85899345920\n"
        );
        let estate = read(&[("files.csv", &list)]);
        assert_eq!(
            estate.vms.iter().map(gib).collect::<Vec<_>>(),
            [vec![Some(60), Some(60)], vec![Some(80)]],
            "{headings}"
        );
    }
    let list = "VMName,ComputerName,Path,Size (GB)\nbok,EKEN.corp.example,D:\\bok.vhdx,60\nbok,EKEN.corp.example,D:\\bok2.vhdx,60\n";
    let estate = read(&[("vms.csv", MACHINES), ("disks.csv", list)]);
    assert_eq!(estate.vms.iter().map(gib).collect::<Vec<_>>(), [vec![Some(60), Some(60)], vec![]]);
    assert!(estate.vms.iter().all(|vm| !vm.computer_name.is_known()), "the computer is their host");
}

#[test]
fn two_views_of_a_machines_disks_are_not_added_up() {
    let machines = "VM,Generation,vCPU\nbok,2,4\n";
    let disks = |first: &str, second: &str| format!("VM,Disk,Capacity (GB)\nbok,{first},60\nbok,{second},200\n");
    let (one, two) = (disks("Hard disk 1", "Hard disk 2"), disks("Hard disk 1", "Hard disk 2"));
    let estate = read(&[("a.csv", machines), ("january.csv", &one), ("march.csv", &two)]);
    assert_eq!(gib(&estate.vms[0]), [Some(60), Some(200)], "two days");

    let files = "VM,Disk path,Disk size (GB)\nbok,D:\\bok\\os.vhdx,60\nbok,D:\\bok\\data.vhdx,200\n";
    let places = disks("scsi0:0", "scsi0:1");
    for order in [[("b.csv", files), ("c.csv", places.as_str())], [("b.csv", places.as_str()), ("c.csv", files)]] {
        let estate = read(&[("a.csv", machines), order[0], order[1]]);
        let mut sizes = gib(&estate.vms[0]);
        sizes.sort();
        assert_eq!(sizes, [Some(60), Some(200)], "an assessment beside files");
        assert!(estate.vms[0].disks.iter().all(|disk| disk.path.is_known()));
    }
}

#[test]
fn a_list_of_files_with_names_and_hosts_is_one_of_machines_and_their_disks() {
    let list = "Name,Host Name,Path,VhdType,Max Disk Size (GB)\n\
        bok,EKEN,C:\\ClusterStorage\\Volume1\\bok.vhdx,Dynamic,60\n\
        lind,GRAN,C:\\ClusterStorage\\Volume1\\lind.vhdx,Dynamic,100\n\
        lind,GRAN,C:\\ClusterStorage\\Volume1\\lind-data.vhdx,Fixed,800\n\
        lind,GRAN,C:\\ClusterStorage\\Volume1\\lind-data.vhdx,Fixed,800\n";
    let estate = read(&[("vhds.csv", list)]);
    let sizes: Vec<_> = estate.vms.iter().map(|vm| (vm.shown_name(), gib(vm))).collect();
    assert_eq!(sizes, [("bok", vec![Some(60)]), ("lind", vec![Some(100), Some(800)])]);
    for (what, list) in [
        ("volumes", "Name,Host Name,Path,Size (GB)\nCluster Disk 1,EKEN,C:\\ClusterStorage\\Volume1,2048\n"),
        ("files", "Name,Host Name,Path,Size (GB)\nbok.vhdx,EKEN,D:\\bok.vhdx,60\n"),
        ("shares", "Name,Path\nfiles,\\\\EKEN\\files\nhome,D:\\home\n"),
    ] {
        let estate = read(&[("list.csv", list)]);
        assert_eq!(estate.vms.len(), 0, "{what}");
        assert_eq!(estate.host_groups.len(), 0, "{what}");
    }
}

#[test]
fn memory_at_startup_is_fact_enough_for_a_machine_and_a_service_has_none() {
    let estate = read(&[("memory.csv", "Name,Startup(GB),Dynamic\nbok,8,False\nlind,16,True\n")]);
    assert_eq!(estate.vms.len(), 2);
    let services = "Name,Status,Startup\nSpooler,Stopped,Automatic\nBITS,Stopped,Manual\n";
    assert_eq!(read(&[("services.csv", services)]).vms.len(), 0);
}

#[test]
fn files_sizes_and_addresses_by_lines_in_a_cell_go_together() {
    let list = "VM,Generation,Disk path,Disk size (GB),MAC address\n\
        bok,2,\"D:\\a.vhdx\nD:\\b.vhdx\",\"100\n500\",\"00155D000001\n00155D000002\"\nlind,2,D:\\c.vhdx,60,00155D000003\n";
    let estate = read(&[("vms.csv", list)]);
    assert_eq!(gib(&estate.vms[0]), [Some(100), Some(500)]);
    assert!(estate.vms[0].disks.iter().all(|disk| disk.path.is_known()));
    assert_eq!(estate.vms[0].nics.len(), 2);
    assert_eq!(gib(&estate.vms[1]), [Some(60)]);
}
