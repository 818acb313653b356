//! Objects with parts inside them: CLIXML and nested JSON, and zips and pages of exports.

#![allow(clippy::unwrap_used, reason = "what a test cannot make is a failed test")]

use std::fmt::Write as _;

use klar::ingest::limits::Limits;
use klar::ingest::open::{open_within, unpack};
use klar::ingest::recognise::dialect::Dialects;
use klar::ingest::source::Source;
use klar::model::{Bytes, Estate, GIB, Gravity, Vm};

use crate::craft::{workbook, zipped};

/// A VMM estate as `Export-Clixml` writes it: two machines, one of them mentioning the host of the other.
const VMM: &str = include_str!("objects/vmm.clixml");
/// Two Hyper-V machines with their drives, as `Export-Clixml -Depth 3` writes them.
const HYPER_V: &str = include_str!("objects/hyper-v.clixml");

fn estate(files: &[(&str, Vec<u8>)]) -> Estate {
    let sources: Vec<Source> = files
        .iter()
        .map(|(path, bytes)| Source { path: (*path).to_owned(), bytes: bytes.clone(), sha256: String::new() })
        .collect();
    let estate = klar::ingest::read(&sources, &Dialects::embedded());
    for table in &estate.tables {
        assert!(table.rows.adds_up(), "{}: {:?}", table.taken_for, table.rows);
    }
    estate
}

fn of(path: &str, text: &str) -> Estate {
    estate(&[(path, text.as_bytes().to_vec())])
}

fn refusal(text: &str) -> String {
    let source = Source { path: "a.clixml".to_owned(), bytes: text.as_bytes().to_vec(), sha256: String::new() };
    let limits = Limits { file_cells: 50_000, ..Limits::default() };
    open_within(&source, &limits).refused.expect("it is refused").to_string()
}

fn utf16le(text: &str) -> Vec<u8> {
    [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
}

fn disks(vm: &Vm) -> Vec<u64> {
    vm.disks.iter().map(|disk| disk.size.value().map_or(0, |Bytes(bytes)| bytes / GIB)).collect()
}

fn is_vmm_estate(estate: &Estate) {
    let names: Vec<&str> = estate.vms.iter().map(Vm::shown_name).collect();
    assert_eq!(names, ["lön-01", "kassa-02"]);
    let [first, second] = &estate.vms[..] else { panic!("two machines") };
    assert_eq!(first.power_state.value().map(|state| &**state), Some("Running"));
    assert_eq!(second.power_state.value().map(|state| &**state), Some("Off"));
    assert_eq!(first.cloud.value().map(|cloud| &**cloud), Some("Produktion"));
    assert_eq!(first.guest_os.value().map(|os| &**os), Some("Windows Server 2019 Standard"));
    assert_eq!(first.host.value().map(|host| &**host), Some("hv1.ekby.test"));
    assert_eq!(second.host.value().map(|host| &**host), Some("hv1.ekby.test"));
    assert_eq!(disks(first), [60, 200]);
    assert_eq!(disks(second), [127]);
    assert_eq!(first.nics.len(), 1);
    let hosts: Vec<_> = estate.hosts.iter().filter_map(|host| host.name.value()).collect();
    assert_eq!(hosts.iter().map(|host| &***host).collect::<Vec<_>>(), ["hv1.ekby.test"]);
    assert_eq!(estate.clouds.len(), 1);
}

#[test]
fn vmm_objects_keep_their_disks_adapters_clouds_and_hosts() {
    is_vmm_estate(&of("vmm.clixml", VMM));
}

#[test]
fn windows_powershell_writes_the_same_objects_in_utf_16() {
    is_vmm_estate(&estate(&[("vmm.xml", utf16le(VMM))]));
}

#[test]
fn a_remote_session_marks_its_objects_and_types() {
    let text = VMM.replace("<T>Microsoft.", "<T>Deserialized.Microsoft.");
    is_vmm_estate(&of("vmm.clixml", &format!("#< CLIXML\r\n{text}")));
}

#[test]
fn hyper_v_objects_keep_their_drives() {
    let estate = of("hv.clixml", HYPER_V);
    let names: Vec<&str> = estate.vms.iter().map(Vm::shown_name).collect();
    assert_eq!(names, ["arkiv-01", "arkiv-02"]);
    assert_eq!(estate.vms[0].disks.len(), 2);
    assert_eq!(estate.vms[1].disks.len(), 1);
    let path = estate.vms[0].disks[1].path.value().map(|path| &**path);
    assert_eq!(path, Some(r"D:\VM\arkiv-01\data.vhdx"));
    assert_eq!(estate.vms[0].power_state.value().map(|state| &**state), Some("Running"));
}

#[test]
fn objects_of_ones_own_are_a_list_of_ones_own() {
    let object = |name: &str, gb: u32| {
        format!(
            "<Obj RefId=\"{gb}\"><TN RefId=\"0\"><T>System.Management.Automation.PSCustomObject</T></TN><MS>\
             <S N=\"VM name\">{name}</S><I32 N=\"vCPUs\">2</I32><I32 N=\"Memory (GB)\">{gb}</I32></MS></Obj>"
        )
    };
    let estate = of("own.clixml", &format!("<Objs>{}{}</Objs>", object("a_x0041_1", 4), object("b1", 8)));
    let names: Vec<&str> = estate.vms.iter().map(Vm::shown_name).collect();
    assert_eq!(names, ["aA1", "b1"]);
}

#[test]
fn a_damaged_file_is_refused_with_its_line() {
    let cut = &VMM[..VMM.len() / 2];
    assert!(refusal(cut).contains("is damaged"), "{}", refusal(cut));
    let unknown = VMM.replace("<Ref N=\"VMHost\" RefId=\"", "<Ref N=\"VMHost\" RefId=\"9");
    assert!(refusal(&unknown).contains("mentions an object that it does not hold (line "), "{}", refusal(&unknown));
    let entity = VMM.replacen("kassa-02", "&lol;", 1);
    assert!(refusal(&entity).contains("entity"), "{}", refusal(&entity));
    let crossed = VMM.replacen("</Props>", "</Obj>", 1);
    assert!(refusal(&crossed).contains("is damaged"), "{}", refusal(&crossed));
    assert!(refusal("<Objs></Objs>").contains("holds no object"), "{}", refusal("<Objs></Objs>"));
}

#[test]
fn mentions_of_mentions_cost_no_more_than_a_limit() {
    // Each object lists the one before twice: a file of a few kilobytes that would be 2^60 objects if written out.
    let mut text = String::from("<Objs>");
    for id in 0..60 {
        let _ =
            write!(text, "<Obj RefId=\"{id}\"><MS><S N=\"VM name\">v{id}</S><Obj N=\"Disks\" RefId=\"l{id}\"><LST>");
        for _ in 0..2 {
            if id > 0 {
                let _ = write!(text, "<Ref RefId=\"{}\" />", id - 1);
            }
        }
        text.push_str("</LST></Obj></MS></Obj>");
    }
    text.push_str("</Objs>");
    let source = Source { path: "b.clixml".to_owned(), bytes: text.into_bytes(), sha256: String::new() };
    let reading = open_within(&source, &Limits { file_cells: 5_000, ..Limits::default() });
    assert!(reading.refused.is_none_or(|why| why.to_string().contains("more than 5000")));
    let deep = format!("<Objs>{}", "<Obj><LST>".repeat(100_000));
    assert!(refusal(&deep).contains("inside each other"));
}

#[test]
fn disks_inside_a_machine_are_disks_of_that_machine() {
    let text = r#"[
      {"VMName": "film01", "Host": "hv9", "Generation": 2, "vCPU": 4, "MemoryGB": 8,
       "VHDs": [{"SizeGB": 60, "AllocatedGB": 12}, {"SizeGB": 3000, "AllocatedGB": 90}],
       "Nics": [{"MacAddress": "00155D0A0B0C", "SwitchName": "ext"}]},
      {"VMName": "film02", "Host": "hv9", "Generation": 1, "vCPU": 1, "MemoryGB": 2,
       "VHDs": {"Capacity": "40 GB", "Format": "VHD"}, "Nics": []}
    ]"#;
    let estate = of("film.json", text);
    let names: Vec<&str> = estate.vms.iter().map(Vm::shown_name).collect();
    assert_eq!(names, ["film01", "film02"]);
    assert_eq!(disks(&estate.vms[0]), [60, 3000]);
    assert_eq!(disks(&estate.vms[1]), [40]);
    assert_eq!(estate.vms[0].nics.len(), 1);
}

#[test]
fn parts_of_hosts_and_of_azure_are_no_parts_of_machines() {
    let host = r#"[{"Name": "hv1", "LogicalProcessorCount": 16, "MemoryCapacity": 68719476736, "OperatingSystem": "Windows Server 2022 Datacenter",
      "Disks": [{"Name": "C:", "SizeGB": 500}, {"Name": "D:", "SizeGB": 4000}]}]"#;
    assert_eq!(of("hosts.json", host).vms.len(), 0);
    let azure = r#"[{"id": "/subscriptions/s/resourceGroups/r/providers/Microsoft.Compute/virtualMachines/az1", "name": "az1",
      "type": "Microsoft.Compute/virtualMachines", "location": "westeurope", "disks": [{"name": "d", "sizeGb": 5}, {"name": "e", "sizeGb": 6}]}]"#;
    assert_eq!(of("azure.json", azure).vms.len(), 0);
}

#[test]
fn a_part_of_a_result_is_told_however_it_says_so() {
    let page = |more: &str| {
        let row = r#"{"id": "/subscriptions/s/resourceGroups/r/providers/Microsoft.Network/virtualNetworks/v", "name": "v", "type": "microsoft.network/virtualnetworks", "location": "westeurope"}"#;
        of("page.json", &format!("{{{more} \"data\": [{row}, {row}]}}"))
    };
    let is_told = |estate: &Estate| {
        estate
            .notes
            .iter()
            .any(|note| note.gravity == Gravity::Doubt && note.text.to_string().contains("only a part of the result"))
    };
    for more in [
        r#""skip_token": "abc","#,
        r#""$skipToken": "abc","#,
        r#""@odata.nextLink": "https://management.azure.com/x","#,
        r#""@nextLink": "https://management.azure.com/x","#,
        r#""resultTruncated": "true","#,
        r#""resultTruncated": true,"#,
        r#""totalRecords": 41,"#,
        r#""total_records": "41","#,
        r#""continuationToken": "abc","#,
    ] {
        assert!(is_told(&page(more)), "{more}");
    }
    for whole in
        [r#""totalRecords": 2,"#, r#""resultTruncated": "false","#, r#""nextLink": null,"#, r#""nextLink": "","#]
    {
        assert!(!is_told(&page(whole)), "{whole}");
    }
}

#[test]
fn a_zip_of_exports_is_the_folder_that_was_packed() {
    let sheet = workbook(r#"<row r="1"><c r="A1" t="inlineStr"><is><t>VM</t></is></c></row>"#);
    let zip = zipped(&[
        ("ekby/", b""),
        ("ekby/vms.csv", b"VM,vCPUs\nx,2\n"),
        ("ekby\\hosts.csv", b"Host name,Operating system\nh,Windows Server 2022\n"),
        ("__MACOSX/ekby/._vms.csv", b"x"),
        ("ekby/list.xlsx", &sheet),
    ]);
    let members = unpack(&zip, &Limits::default()).expect("an archive").expect("whole");
    let paths: Vec<&str> = members.iter().map(|member| member.path.as_str()).collect();
    assert_eq!(paths, ["ekby/vms.csv", "ekby/hosts.csv", "ekby/list.xlsx"]);
    assert!(unpack(&sheet, &Limits::default()).is_none(), "a workbook is a zip and no archive");
    assert!(unpack(b"VM,vCPUs\n", &Limits::default()).is_none());
}

#[test]
fn a_zip_past_a_limit_or_not_whole_is_refused_in_words() {
    let refused = |zip: &[u8], limits: Limits| unpack(zip, &limits).expect("an archive").expect_err("refused");
    let pair = zipped(&[("a.csv", &[b'x'; 600]), ("b.csv", &[b'y'; 600])]);
    let limits = Limits { container_bytes: 1_200, ..Limits::default() };
    assert!(unpack(&pair, &limits).expect("an archive").is_ok(), "at the limit");
    assert!(refused(&pair, Limits { container_bytes: 1_199, ..limits }).to_string().contains("bytes in its files"));
    assert!(refused(&pair, Limits { entries: 1, ..limits }).to_string().contains("more than 1 entries"));
    assert!(refused(&zipped(&[("a/", b"")]), limits).to_string().contains("without a file"));
    assert!(refused(&zipped(&[("A.csv", b"x"), ("a.csv", b"y")]), limits).to_string().contains("twice"));
    let large = vec![b'x'; usize::try_from(Limits::FREE_RATIO_BYTES).unwrap() + 1];
    assert!(refused(&zipped(&[("a.csv", &large)]), Limits::default()).to_string().contains("for its packed size"));
    let mut broken = pair.clone();
    // The packed bytes of the first file follow its header of 30 bytes and its name.
    broken[30 + 5 + 1] ^= 0xFF;
    assert!(refused(&broken, Limits::default()).to_string().contains("is damaged"));
}

#[test]
fn the_appliance_of_azure_migrate_tells_its_machines_with_disks_and_adapters() {
    let text = r#"{"value": [
      {"id": "/subscriptions/s/resourceGroups/r/providers/Microsoft.OffAzure/HyperVSites/ekby1site/machines/abc", "name": "abc",
       "type": "Microsoft.OffAzure/HyperVSites/machines",
       "properties": {"displayName": "ritning-01", "numberOfProcessorCore": 4, "allocatedMemoryInMB": 16384, "generation": 2,
         "powerStatus": "Running", "highAvailability": "Yes", "hostFqdn": "hv3.ekby.test", "instanceUuid": "5c1d0b5e-0a7e-4b7c-9f55-1d2e3f4a5c01",
         "operatingSystemDetails": {"osType": "windowsguest", "osName": "Windows Server 2022 Standard", "osVersion": "10.0.20348"},
         "disks": [{"maxSizeInBytes": 68719476736, "diskType": "Dynamic", "lun": 0, "path": "C:\\ClusterStorage\\V1\\a.vhdx", "vhdId": "v1"},
                   {"maxSizeInBytes": 214748364800, "diskType": "Dynamic", "lun": 1, "path": "C:\\ClusterStorage\\V1\\b.vhdx", "vhdId": "v2"}],
         "networkAdapters": [{"nicId": "n1", "macAddress": "00-15-5D-0A-0B-1C", "ipAddressList": ["10.4.0.9"], "ipAddressType": "Static", "networkName": "Kontor"}]}}
    ]}"#;
    let estate = of("machines.json", text);
    let [vm] = &estate.vms[..] else { panic!("one machine: {:?}", estate.vms.len()) };
    assert_eq!(vm.shown_name(), "ritning-01");
    assert_eq!(vm.vcpus.value(), Some(&4));
    assert_eq!(disks(vm), [64, 200]);
    assert_eq!(vm.nics.len(), 1);
    assert_eq!(vm.host.value().map(|host| &**host), Some("hv3.ekby.test"));
    assert_eq!(vm.guest_os.value().map(|os| &**os), Some("Windows Server 2022 Standard"));
}

#[test]
fn the_planners_list_names_machines_and_hosts_and_a_list_of_accounts_does_not() {
    let estate = of("Ekby-VMList.txt", "hv1\\lön-01\r\nhv1\\kassa-02\r\n\r\nkluster1.ekby.test\\arkiv 03\r\n");
    let names: Vec<&str> = estate.vms.iter().map(Vm::shown_name).collect();
    assert_eq!(names, ["lön-01", "kassa-02", "arkiv 03"]);
    assert_eq!(estate.vms[2].host.value().map(|host| &**host), Some("kluster1.ekby.test"));
    assert_eq!(of("members.txt", "EKBY\\anna\r\nEKBY\\bo\r\n").vms.len(), 0);
    assert_eq!(of("VMList.txt", "EKBY\\anna\\bo\r\n").vms.len(), 0);
}

#[test]
fn sheets_of_azure_inventories_give_accounts_networks_vaults_and_quota() {
    let accounts = "Subscription,Resource Group,Name,Location,Zone,SKU,Tier,Storage Account Kind,Access Tier,Resource U,Tag Name,Tag Value\n\
        Prod,rg1,stekby01,swedencentral,,Standard_GRS,Standard,StorageV2,Hot,1,owner,anna\n\
        Prod,rg1,stekby01,swedencentral,,Standard_GRS,Standard,StorageV2,Hot,0,cost,77\n";
    let networks = "Subscription,Resource Group,Name,Location,Address Space,Enable DDOS Protection,Subnet Name,Subnet Prefix,Resource U\n\
        Prod,rg1,vnet1,swedencentral,10.0.0.0/16,false,a,10.0.1.0/24,1\n\
        Prod,rg1,vnet1,swedencentral,10.0.0.0/16,false,b,10.0.2.0/24,0\n";
    let vaults = "Subscription,Resource Group,Name,Location,SKU Name,SKU Tier,Private Endpoint State for Backup,Private Endpoint State for Site Recovery,Resource U\n\
        Prod,rg1,valv1,swedencentral,RS0,Standard,None,None,1\n";
    let quota = "Subscription,Region,Current Usage,Limit,Quota,Total\nProd,swedencentral,12,100,Standard DSv5 Family vCPUs,88\n";
    let files = [("sa.csv", accounts), ("vn.csv", networks), ("rv.csv", vaults), ("q.csv", quota)];
    let estate = estate(&files.map(|(name, text)| (name, text.as_bytes().to_vec())));
    assert_eq!(estate.vms.len(), 0);
    let azure = &estate.azure;
    assert_eq!(
        (azure.storage_accounts.len(), azure.networks.len(), azure.vaults.len(), azure.quotas.len()),
        (1, 1, 1, 1)
    );
    assert_eq!(azure.networks[0].subnet_prefixes.value().map(Vec::len), Some(2));
    let azqr = ",,,\n,,,\n,,,\nSubscription Id,Resource Group,Location,Resource Type,Resource Name,Sku Name,Sku Tier,Capacity,Kind,SLA,Resource Id\n\
        s-1,rg1,westeurope,Microsoft.Storage/storageAccounts,stekby02,Standard_LRS,Standard,,StorageV2,99.9%,\n\
        s-1,rg1,westeurope,Microsoft.Web/sites,web,,,,app,99.95%,\n";
    let estate = of("x.inventory.csv", azqr);
    assert_eq!((estate.vms.len(), estate.azure.storage_accounts.len()), (0, 1));
}

#[test]
fn the_planners_report_and_vmemory_tell_of_machines() {
    let planner = "VM Name,VM Compatibility,Storage Type,Peak Data Churn in MB/s (with Growth Factor),Azure VM Size,Number of Disks,Disk Size (GB),Cores,Memory (MB),NICs,Boot Type\n\
        lön-01,Yes,Standard,1.5,Standard_D4s_v5,2,260,4,8192,1,EFI\n";
    let estate = of("compatible.csv", planner);
    assert_eq!(estate.vms[0].vcpus.value(), Some(&4));
    assert_eq!(estate.vms[0].memory.value().map(|memory| memory.0), Some(8192));
    let info = "VM,Powerstate,CPUs,OS according to the VMware Tools,VM UUID\nfilm,poweredOn,2,Ubuntu Linux (64-bit),5c1d0b5e-0a7e-4b7c-9f55-1d2e3f4a5c02\n";
    let memory = "VM,Powerstate,Size MiB,Reservation,Active,Consumed,Ballooned,VM UUID\nfilm,poweredOn,4096,0,10,20,0,5c1d0b5e-0a7e-4b7c-9f55-1d2e3f4a5c02\n";
    let estate = estate_of(&[("vInfo.csv", info), ("vMemory.csv", memory)]);
    assert_eq!(estate.vms[0].memory.value().map(|memory| memory.0), Some(4096));
}

fn estate_of(files: &[(&str, &str)]) -> Estate {
    let files: Vec<(&str, Vec<u8>)> = files.iter().map(|(name, text)| (*name, text.as_bytes().to_vec())).collect();
    estate(&files)
}

#[test]
fn vmm_objects_as_json_keep_their_states_and_disks() {
    let text = r#"[
      {"Name": "lön-01", "VMId": "5C1D0B5E-0A7E-4B7C-9F55-1D2E3F4A5B01", "VirtualMachineState": 0, "Status": 0, "HostType": 9,
       "HostName": "hv1.ekby.test", "HostGroupPath": "All Hosts\\Ekby\\lön-01", "VirtualizationPlatform": 2, "CPUCount": 4, "Memory": 8192,
       "Generation": 2, "OperatingSystem": {"Name": "Windows Server 2019 Standard", "OSType": 0, "Architecture": 1},
       "ObjectType": 1, "IsFullyCached": true, "MarkedForDeletion": false,
       "VirtualHardDisks": [{"ID": "5c1d0b5e-0a7e-4b7c-9f55-1d2e3f4a5b11", "VHDType": 1, "VHDFormatType": 2, "MaximumSize": 64424509440,
         "Size": 4194304, "Location": "D:\\VM\\l\\os.vhdx", "HostType": 9, "ObjectType": 5, "IsFullyCached": true, "Name": "os.vhdx"}],
       "VirtualDiskDrives": [{"VirtualHardDiskId": "5c1d0b5e-0a7e-4b7c-9f55-1d2e3f4a5b11", "BusType": "SCSI", "Bus": 0, "Lun": 0, "IsVHD": true,
         "Name": "lön-01", "ObjectType": 4, "IsFullyCached": true}]},
      {"Name": "arkiv-09", "VMId": "5C1D0B5E-0A7E-4B7C-9F55-1D2E3F4A5B09", "VirtualMachineState": 102, "Status": 102, "HostType": 18,
       "HostName": "lib1.ekby.test", "HostGroupPath": "", "VirtualizationPlatform": 2, "CPUCount": 1, "Memory": 512, "Generation": 1,
       "ObjectType": 1, "IsFullyCached": true, "MarkedForDeletion": false}
    ]"#;
    let estate = of("vms.json", text);
    let names: Vec<&str> = estate.vms.iter().map(Vm::shown_name).collect();
    assert_eq!(names, ["lön-01"], "a machine of the library is none of the estate");
    let vm = &estate.vms[0];
    assert_eq!(vm.power_state.value().map(|state| &**state), Some("Running"));
    assert_eq!(disks(vm), [60]);
    assert_eq!(vm.disks[0].format.value().map(|format| format.as_str()), Some("VHDX"));
}
