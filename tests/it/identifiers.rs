//! Identifiers that stand where names do, and classes of Hyper-V that call a machine so.

use klar::model::{Bytes, Generation, Mebibytes};

use crate::estates::{machines as names, read};

const ONE: &str = "6F1C2F0E-5D55-4A56-9A4B-0B6F6A0F2A11";
const TWO: &str = "A3A0F7CE-0A52-4A1C-8D57-6D6B3C9A1D22";

#[test]
fn a_side_list_that_calls_machines_by_their_identifiers_joins_them() {
    let machines = format!("VMName,VMId,Generation\nask-1,{ONE},2\nask-2,{},1\n", TWO.to_lowercase());
    for heading in ["Name", "VM", "Virtual machine"] {
        let guests =
            format!("{heading},OSName,Architecture\n{ONE},Windows Server 2019,x64\n{TWO},Windows Server 2016,x64\n");
        let estate = read(&[("machines.csv", &machines), ("guests.csv", &guests)]);
        assert_eq!(names(&estate), ["ask-1", "ask-2"], "{heading}");
        assert!(estate.vms.iter().all(|vm| vm.guest_os.is_known()), "{heading}");
    }
}

#[test]
fn the_element_name_of_a_class_is_the_name_and_a_checkpoint_no_machine() {
    let summary = format!(
        r#"[{{"ElementName": "lind-1", "Name": "{ONE}", "EnabledState": 2, "NumberOfProcessors": 4, "MemoryUsage": 8192, "HostComputerSystemName": "SPANN-1",
            "GuestOperatingSystem": "Windows Server 2019 Standard", "VirtualSystemSubType": "Microsoft:Hyper-V:SubType:2"}},
          {{"ElementName": "lind-2", "Name": "{TWO}", "EnabledState": 3, "NumberOfProcessors": 2, "MemoryUsage": 0, "HostComputerSystemName": "SPANN-1",
            "GuestOperatingSystem": null, "VirtualSystemSubType": "Microsoft:Hyper-V:SubType:1"}}]"#
    );
    let settings = format!(
        r#"[{{"ElementName": "lind-1", "VirtualSystemIdentifier": "{ONE}", "VirtualSystemType": "Microsoft:Hyper-V:System:Realized", "VirtualSystemSubType": "Microsoft:Hyper-V:SubType:2", "SecureBootEnabled": true}},
          {{"ElementName": "lind-1 - (before)", "VirtualSystemIdentifier": "{ONE}", "VirtualSystemType": "Microsoft:Hyper-V:Snapshot:Realized", "VirtualSystemSubType": "Microsoft:Hyper-V:SubType:2", "SecureBootEnabled": true}}]"#
    );
    let estate = read(&[("summary.json", &summary), ("settings.json", &settings)]);
    assert_eq!(names(&estate), ["lind-1", "lind-2"]);
    assert_eq!(estate.vms[0].generation.value(), Some(&Generation::Two));
    assert_eq!(estate.vms[1].generation.value(), Some(&Generation::One));
    assert_eq!(estate.vms[0].memory.value(), Some(&Mebibytes(8192)));
    assert_eq!(estate.vms[0].secure_boot.value(), Some(&true));
    assert!(estate.vms.iter().all(|vm| vm.host.value().is_some_and(|host| &**host == "SPANN-1")));
}

#[test]
fn a_computer_system_is_a_machine_or_the_host() {
    let systems = format!(
        "PSComputerName,CreationClassName,Caption,ElementName,EnabledState,Name,OnTimeInMilliseconds\n\
         SPANN-1,Msvm_ComputerSystem,Hosting Computer System,SPANN-1,2,SPANN-1,\n\
         SPANN-1,Msvm_ComputerSystem,Virtual Machine,al-1,2,{ONE},100\n\
         SPANN-1,Msvm_ComputerSystem,Virtual Machine,al-2,3,{TWO},0\n"
    );
    let estate = read(&[("systems.csv", &systems)]);
    assert_eq!(names(&estate), ["al-1", "al-2"]);
    assert!(estate.vms.iter().all(|vm| vm.id.is_known()));
}

#[test]
fn sizes_that_a_spreadsheet_shortened_are_whole() {
    for (cell, bytes) in [
        ("4,29497E+09", 4_294_967_296),
        ("1,36365E+11", 136_365_211_648),
        ("5,49756E+12", 5_497_558_138_880),
        ("136365211648", 136_365_211_648),
        ("5E+10", 50_000_000_000),
    ] {
        let text = format!("VM name;Path;Disk size (bytes)\nbro-1;D:\\bro-1.vhdx;{cell}\n");
        let estate = read(&[("disks.csv", &text)]);
        assert_eq!(estate.vms[0].disks[0].size.value(), Some(&Bytes(bytes)), "{cell}");
    }
}
