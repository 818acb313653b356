//! What stops a machine, under the headings that people and other tools give it.

use klar::model::{Architecture, Estate, Vm};

use crate::estates;

fn read(text: &str) -> Estate {
    estates::read(&[("list.csv", text)])
}

#[test]
fn disks_of_the_host_are_known_by_their_headings() {
    for heading in [
        "RDM",
        "Raw device mapping",
        "Physical disk",
        "Pass-through disks",
        "Genomkopplad disk",
        "Fysisk disk",
        "Passthrough-Disk",
        "Physischer Datenträger",
        "Disque physique",
        "Disco físico",
    ] {
        for (cell, stops) in [("Yes", true), ("2", true), ("No", false), ("0", false)] {
            let estate = read(&format!("VM;Generation;OS disk (GB);{heading}\nbro-1;2;60;{cell}\n"));
            assert_eq!(estate.vms[0].pass_through.value(), Some(&stops), "{heading}: {cell}");
        }
    }
}

#[test]
fn shared_disks_are_known_by_their_headings_and_words() {
    for (heading, cell, shares) in [
        ("Disk sharing", "multi-writer", true),
        ("Clustered disk", "Yes", true),
        ("Bus sharing", "physicalSharing", true),
        ("Sharing mode", "sharingNone", false),
        ("Shared Bus", "noSharing", false),
        ("ShareSCSIBus", "True", true),
        ("Gemeinsame Disk", "Ja", true),
        ("Geteilte Disk", "Nein", false),
        ("Delade diskar", "Ja", true),
    ] {
        let estate = read(&format!("VM;Generation;OS disk (GB);{heading}\nbro-1;2;60;{cell}\n"));
        assert_eq!(estate.vms[0].shared_storage.value(), Some(&shares), "{heading}: {cell}");
    }
}

#[test]
fn the_bits_of_a_system_are_known_by_their_headings() {
    for heading in ["Arch", "OS Bit", "Bits", "Platform type", "32/64-bit", "System type", "ProcessorArchitecture"] {
        for (cell, architecture) in
            [("i386", Architecture::X86), ("32-bit", Architecture::X86), ("x64", Architecture::X64)]
        {
            let estate = read(&format!("VM,Generation,OS,{heading}\nbro-1,1,Windows Server 2008 Standard,{cell}\n"));
            assert_eq!(estate.vms[0].architecture.value(), Some(&architecture), "{heading}: {cell}");
        }
    }
    // Windows numbers its processors: 0, 9 and 12.
    let guests = "VMName,OSName,ProcessorArchitecture\nbro-1,Windows Server 2008,0\nbro-2,Windows Server 2019,9\n";
    let read = read(guests);
    let told: Vec<_> = read.vms.iter().filter_map(|vm: &Vm| vm.architecture.value().copied()).collect();
    assert_eq!(told, [Architecture::X86, Architecture::X64]);
}

#[test]
fn a_column_of_hypervisors_holds_programs_or_hosts() {
    let hosts = read(
        "VM,Hypervisor,OS,vCPU\nbro-1,spann-1,Windows Server 2019,4\nbro-2,SPANN-2.kulla.test,Windows Server 2016,2\n",
    );
    let named: Vec<_> = hosts.vms.iter().filter_map(|vm| vm.host.value()).map(|host| &**host).collect();
    assert_eq!(named, ["spann-1", "SPANN-2.kulla.test"]);
    let programs =
        read("VM,Hypervisor,OS,vCPU\nbro-1,Hyper-V,Windows Server 2019,4\nbro-2,VMware ESXi,Windows Server 2016,2\n");
    assert_eq!(programs.vms.iter().map(Vm::shown_name).collect::<Vec<_>>(), ["bro-1"]);
    assert!(programs.left_out.iter().any(|row| &*row.name == "bro-2"));
}

#[test]
fn a_question_turned_round_is_not_read_straight_and_a_count_of_files_shares_none() {
    for heading in ["No passthrough disks", "Ohne gemeinsame Disk", "Inga delade diskar", "Without RDM"] {
        let estate = read(&format!("VM;Generation;OS disk (GB);{heading}\nbro-1;2;60;Yes\n"));
        let vm = &estate.vms[0];
        assert!(vm.pass_through.value().is_none() && vm.shared_storage.value().is_none(), "{heading}");
    }
    let estate = read("VM,Generation,OS disk (GB),VHDs\nbro-1,2,60,3\n");
    assert_eq!(estate.vms[0].shared_storage.value(), None);
}

#[test]
fn what_a_disk_is_counts_wherever_it_is_said() {
    for path in [
        "\\\\.\\PHYSICALDRIVE4",
        "PhysicalDrive4",
        "Physical disk 4",
        "Disk 4 80.00 GB Bus 0 Lun 1 Target 0",
        "Fysisk disk 2",
    ] {
        let estate = read(&format!("VM,Disk path,Disk size (GB)\nbro-1,D:\\bro-1.vhdx,60\nbro-1,{path},80\n"));
        assert!(estate.vms[0].disks.iter().any(|disk| disk.pass_through.value() == Some(&true)), "{path}");
    }
    for cell in ["2x200GB (RDM)", "200 GB (pass-through)", "1 GB (shared quorum)", "80 GB (BitLocker)"] {
        let estate = read(&format!("VM,Generation,Data disks (GB)\nbro-1,2,{cell}\n"));
        assert!(estate.vms[0].disks.iter().all(|disk| !disk.size.is_known()), "{cell}");
    }
}
