//! Tables to one estate: joins, duplicates, rows left out, and that every row read is accounted for.

use std::sync::LazyLock;

use klar::ingest::recognise::dialect::Dialects;
use klar::ingest::source::Source;
use klar::model::{Bytes, DiskFormat, Estate, Fact, GIB, Gravity, Vm, Why};

static DIALECTS: LazyLock<Dialects> = LazyLock::new(Dialects::embedded);

/// Reads files given as name and text, and checks that the rows of each table add up.
fn read(files: &[(&str, &str)]) -> Estate {
    let sources: Vec<Source> = files
        .iter()
        .map(|(path, text)| Source { path: (*path).to_owned(), bytes: text.as_bytes().to_vec(), sha256: String::new() })
        .collect();
    let estate = klar::ingest::read(&sources, &DIALECTS);
    assert_eq!(estate.files.len(), files.len());
    for table in &estate.tables {
        assert!(table.rows.adds_up(), "{}: {:?}", table.taken_for, table.rows);
    }
    estate
}

fn names(estate: &Estate) -> Vec<&str> {
    estate.vms.iter().map(Vm::shown_name).collect()
}

fn left_out(estate: &Estate, table: usize) -> Vec<(&str, u64)> {
    estate.tables[table].rows.left_out.iter().map(|(reason, count)| (*reason, *count)).collect()
}

fn gib(count: u64) -> Bytes {
    Bytes(count * GIB)
}

fn sizes(vm: &Vm) -> Vec<Option<Bytes>> {
    vm.disks.iter().map(|disk| disk.size.value().copied()).collect()
}

const VMM_LIST: &str = "\
Name,VMId,ID,VirtualMachineState,Status,HostName,HostType,HostGroupPath,Cloud,OperatingSystem,CPUCount,Memory,Generation,MarkedAsTemplate,IsRecoveryVM,IsTestReplicaVM,VirtualizationPlatform,VMCPath
web-01,a0000000-0000-0000-0000-000000000001,b0000000-0000-0000-0000-000000000001,Running,Running,hv01.contoso.test,VMHost,All Hosts\\Prod\\web-01,Gold,Windows Server 2019 Datacenter,4,8192,2,False,False,False,HyperV,x
db-01,a0000000-0000-0000-0000-000000000002,b0000000-0000-0000-0000-000000000002,PowerOff,PowerOff,hv02.contoso.test,VMHost,All Hosts\\Prod\\db-01,,Unknown,8,16384,1,False,False,False,HyperV,x
db-01,a0000000-0000-0000-0000-000000000002,b0000000-0000-0000-0000-000000000003,Running,Running,hv09.contoso.test,VMHost,All Hosts\\DR\\db-01,,Unknown,8,16384,1,False,True,False,HyperV,x
gold-image,a0000000-0000-0000-0000-000000000004,b0000000-0000-0000-0000-000000000004,PowerOff,PowerOff,hv01.contoso.test,VMHost,All Hosts\\Prod\\gold-image,,Unknown,1,512,1,True,False,False,HyperV,x
old-01,a0000000-0000-0000-0000-000000000005,b0000000-0000-0000-0000-000000000005,Stored,Stored,lib01.contoso.test,LibraryServer,,,Unknown,1,512,1,False,False,False,HyperV,x
esx-01,a0000000-0000-0000-0000-000000000006,b0000000-0000-0000-0000-000000000006,Running,Running,esx.contoso.test,VMHost,All Hosts\\VMware\\esx-01,,Unknown,1,512,,False,False,False,VMWareESX,x
web-01,a0000000-0000-0000-0000-000000000001,b0000000-0000-0000-0000-000000000001,Running,Running,hv01.contoso.test,VMHost,All Hosts\\Prod\\web-01,Gold,Windows Server 2019 Datacenter,4,8192,2,False,False,False,HyperV,x
";

#[test]
fn a_vmm_list_leaves_out_what_is_not_a_machine_to_move() {
    let estate = read(&[("vms.csv", VMM_LIST)]);
    assert_eq!(names(&estate), ["web-01", "db-01"]);
    assert_eq!(estate.tables[0].rows.read, 7);
    assert_eq!(
        left_out(&estate, 0),
        [
            ("a recovery copy", 1),
            ("a template", 1),
            ("stored in the VMM library", 1),
            ("on another hypervisor", 1),
            ("the same ID again", 1),
        ]
    );
    let web = &estate.vms[0];
    assert_eq!(web.host_group.value().map(|path| &**path), Some("All Hosts\\Prod"));
    assert_eq!(web.memory.value().map(|memory| memory.0), Some(8192));
    let os = web.guest_os.need().expect("it is stated");
    assert_eq!(estate.place(os.origin).column, "OperatingSystem");
    assert_eq!(os.origin.row, 2);
    assert!(matches!(estate.vms[1].guest_os.need(), Err(missing) if matches!(missing.why, Why::Unsaid(_))));
}

#[test]
fn drives_join_files_by_id_and_machines_by_name() {
    let drives = "\
VirtualHardDiskId,VirtualHardDisk,PassThroughDisk,IsVHD,BusType,Bus,Lun,VolumeType,Name
d0000000-0000-0000-0000-000000000001,web-01_os,,True,SCSI,0,0,None,web-01
d0000000-0000-0000-0000-000000000002,web-01_data,,True,SCSI,0,1,None,web-01
,,Physical drive 3,False,SCSI,0,2,None,web-01
d0000000-0000-0000-0000-000000000009,image,,True,IDE,0,0,None,gold-image
d0000000-0000-0000-0000-000000000008,nobody,,True,IDE,0,0,None,nobody
";
    let files = "\
ID,Name,VHDType,VHDFormatType,MaximumSize,Size,Location,ParentDisk,HostType,HostName
d0000000-0000-0000-0000-000000000001,web-01_os_snap,Differencing,VHDX,136365211648,1000,C:\\vm\\web-01_os_snap.avhdx,web-01_os,VMHost,hv01.contoso.test
d0000000-0000-0000-0000-000000000011,web-01_os,DynamicallyExpanding,VHDX,136365211648,1000,C:\\vm\\web-01_os.vhdx,base,VMHost,hv01.contoso.test
d0000000-0000-0000-0000-000000000012,base,FixedSize,VHDX,136365211648,1000,C:\\vm\\base.vhdx,,VMHost,hv01.contoso.test
d0000000-0000-0000-0000-000000000002,web-01_data,FixedSize,VHDX,549755813888,1000,C:\\vm\\web-01_data.vhdx,,VMHost,hv01.contoso.test
d0000000-0000-0000-0000-000000000009,image,FixedSize,VHDX,549755813888,1000,C:\\vm\\image.vhdx,,VMHost,hv01.contoso.test
d0000000-0000-0000-0000-000000000020,lib,FixedSize,VHD,549755813888,1000,\\\\lib01\\MSSCVMMLibrary\\lib.vhd,,LibraryServer,lib01.contoso.test
d0000000-0000-0000-0000-000000000021,lost,FixedSize,VHD,549755813888,1000,C:\\vm\\lost.vhd,,VMHost,hv01.contoso.test
";
    let estate = read(&[("vhds.csv", files), ("drives.csv", drives), ("vms.csv", VMM_LIST)]);
    let web = &estate.vms[0];
    assert_eq!(sizes(web), [Some(gib(127)), Some(gib(512)), None]);
    assert_eq!(web.os_disk, Some(0));
    assert_eq!(web.checkpoints.value(), Some(&1), "a checkpoint's file is attached");
    assert_eq!(web.disks[2].pass_through.value(), Some(&true));
    assert_eq!(estate.orphaned_disks.len(), 1);
    assert_eq!(estate.orphaned_disks[0].shown_name(), "C:\\vm\\lost.vhd");
    assert_eq!(left_out(&estate, 1), [("a template", 1), ("no machine of that name", 1)]);
    assert_eq!(
        left_out(&estate, 0),
        [("the parent of a machine's disk", 2), ("a disk of a machine left out", 1), ("stored in the VMM library", 1)]
    );
}

#[test]
fn hyper_v_tables_join_by_id_and_by_path_on_the_same_host() {
    let vms = "\
Name,Id,State,IntegrationServicesState,ProcessorCount,MemoryStartup,MemoryAssigned,Generation,ReplicationMode,ComputerName
app-01,a0000000-0000-0000-0000-000000000001,Running,Up to date,2,4294967296,4294967296,1,Primary,HV01
app-01,a0000000-0000-0000-0000-000000000001,Off,,2,4294967296,0,1,Replica,HV02
";
    let drives = "\
VMName,VMId,DiskNumber,SupportPersistentReservations,ControllerType,ControllerNumber,ControllerLocation,Name,Path,ComputerName
app-01,a0000000-0000-0000-0000-000000000001,,False,IDE,0,0,Hard Drive,D:\\vm\\APP.vhd,HV01
app-01,a0000000-0000-0000-0000-000000000001,,False,IDE,0,0,Hard Drive,D:\\vm\\app.vhd,HV02
app-01,a0000000-0000-0000-0000-000000000001,0,False,SCSI,0,0,Hard Drive,Disk 0 10.00 GB Bus 0 Lun 1 Target 0,HV01
app-01,a0000000-0000-0000-0000-000000000001,,True,SCSI,0,1,Hard Drive,C:\\ClusterStorage\\Volume1\\shared.vhds,HV01
";
    let files = "\
ComputerName,Path,VhdFormat,VhdType,FileSize,Size,LogicalSectorSize,PhysicalSectorSize,ParentPath
HV02,d:\\vm\\app.vhd,VHD,Dynamic,1000,1073741824,512,512,
HV01,d:\\vm\\app.vhd,VHD,Dynamic,1000,68719476736,512,512,
";
    let estate = read(&[("vm.csv", vms), ("drive.csv", drives), ("vhd.csv", files)]);
    assert_eq!(names(&estate), ["app-01"]);
    assert_eq!(left_out(&estate, 0), [("a recovery copy", 1)]);
    let vm = &estate.vms[0];
    assert_eq!(vm.host.value().map(|host| &**host), Some("HV01"));
    assert_eq!(left_out(&estate, 1), [("a recovery copy", 1)]);
    assert_eq!(sizes(vm), [Some(gib(64)), None, None]);
    assert_eq!(vm.os_disk, Some(0));
    assert_eq!(vm.disks[1].pass_through.value(), Some(&true));
    assert_eq!(vm.disks[2].format.value(), Some(&DiskFormat::VhdSet));
    assert_eq!(vm.disks[2].shared.value(), Some(&true));
}

#[test]
fn a_later_table_takes_back_a_replica_that_an_earlier_list_began() {
    let list = "VM,Host,vCPUs\napp-01,HV01,2\napp-01,HV02,2\n";
    let vms = "\
Name,Id,State,IntegrationServicesState,ProcessorCount,MemoryStartup,Generation,ReplicationMode,ComputerName
app-01,a0000000-0000-0000-0000-000000000001,Running,Up to date,2,4294967296,1,Primary,HV01
app-01,a0000000-0000-0000-0000-000000000001,Off,,2,4294967296,1,Replica,HV02
";
    let estate = read(&[("list.csv", list), ("vm.csv", vms)]);
    assert_eq!(names(&estate), ["app-01"]);
    assert_eq!(left_out(&estate, 0), [("a recovery copy", 1)]);
    assert_eq!(left_out(&estate, 1), [("a recovery copy", 1)]);
}

#[test]
fn blank_machine_cells_continue_the_machine_above() {
    let table = "\
VMName,vCPUs,MemoryGB,VHDName,VHDSize,VHDCurrentSize,VHDType,VHDBusType,VHDBus,VHDLUN,VHDDatastore
sql-01,2,4,sql-os,127,20,DynamicallyExpanding,IDE,0,0,D:\\
,,,sql-data,512,20,FixedSize,SCSI,0,1,D:\\
web-02,1,2,web-os,60,20,DynamicallyExpanding,IDE,0,0,D:\\
";
    let estate = read(&[("disks.csv", table)]);
    assert_eq!(names(&estate), ["sql-01", "web-02"]);
    assert_eq!(sizes(&estate.vms[0]), [Some(gib(127)), Some(gib(512))]);
    assert_eq!(estate.vms[0].os_disk, Some(0));
    assert_eq!(sizes(&estate.vms[1]), [Some(gib(60))]);
    assert_eq!((estate.tables[0].rows.subjects, estate.tables[0].rows.joined), (2, 1));
}

#[test]
fn machines_of_one_name_on_two_hosts_stay_two() {
    let list = "VM,VM host,vCPUs,Disk path,Disk size (GB)\n\
        web,hv01,2,D:\\a.vhdx,10\nweb,hv01,2,D:\\b.vhdx,20\nweb,hv02,2,D:\\a.vhdx,30\n";
    let nics = "VM,MAC address\nweb,00-15-5D-00-00-01\n";
    let estate = read(&[("list.csv", list), ("nics.csv", nics)]);
    assert_eq!(names(&estate), ["web", "web"]);
    assert_eq!(sizes(&estate.vms[0]), [Some(gib(10)), Some(gib(20))]);
    assert_eq!(sizes(&estate.vms[1]), [Some(gib(30))]);
}

#[test]
fn a_name_that_several_machines_bear_joins_nothing_and_says_so() {
    let list = "VM,VM host,vCPUs\nweb,hv01,2\nweb,hv02,2\n";
    let firmware = "VMName,SecureBoot,SecureBootTemplate,BootOrder,PreferredNetworkBootProtocol\nweb,On,x,y,IPv4\n";
    let estate = read(&[("list.csv", list), ("firmware.csv", firmware)]);
    assert!(estate.vms.iter().all(|vm| !vm.secure_boot.is_known()));
    assert_eq!(left_out(&estate, 1), [("several machines of that name", 1)]);
    assert!(
        estate
            .notes
            .iter()
            .any(|note| note.file == "firmware.csv" && note.text.to_string().contains("several machines bear"))
    );
}

#[test]
fn each_row_of_a_checkpoint_table_is_one_checkpoint() {
    let snapshots = "\
Name,SnapshotType,VMName,VMId,ParentSnapshotName,ComputerName
before,Standard,web-01,a0000000-0000-0000-0000-000000000001,,hv01
after,Standard,web-01,a0000000-0000-0000-0000-000000000001,before,hv01
";
    let estate = read(&[("vms.csv", VMM_LIST), ("snapshots.csv", snapshots)]);
    assert_eq!(estate.vms[0].checkpoints.value(), Some(&2));
    assert!(!estate.vms[1].checkpoints.is_known(), "a table of some machines' checkpoints does not tell of others");
}

#[test]
fn details_never_begin_a_machine() {
    let firmware = "VMName,SecureBoot,SecureBootTemplate,BootOrder,PreferredNetworkBootProtocol\nghost,On,x,y,IPv4\n";
    let estate = read(&[("firmware.csv", firmware)]);
    assert!(estate.vms.is_empty());
    assert_eq!(left_out(&estate, 0), [("no machine of that name", 1)]);
}

#[test]
fn totals_headings_and_blank_rows_are_no_machines() {
    let list = "VM,vCPUs,Memory (MB)\nweb-01,2,4096\n , ,\nVM,vCPUs,Memory (MB)\ntotal-db,1,1024\nweb-01,2,4096\nSumme:,5,9216\nTotal: 3,,\n";
    let estate = read(&[("list.csv", list)]);
    assert_eq!(names(&estate), ["web-01", "total-db"]);
    let mut reasons = left_out(&estate, 0);
    reasons.sort_unstable();
    assert_eq!(reasons, [("blank row", 1), ("repeated heading", 1), ("the same row again", 1), ("totals row", 2)]);
}

#[test]
fn two_inputs_that_disagree_keep_the_first_and_say_so() {
    let one = "VM,vCPUs,Guest OS\nweb-01,2,Windows Server 2019\n";
    let other = "VM,vCPUs,Guest OS\nweb-01,4,Microsoft Windows Server 2019 Datacenter\n";
    let estate = read(&[("one.csv", one), ("other.csv", other)]);
    assert_eq!(estate.vms[0].vcpus.value(), Some(&2));
    let conflicts: Vec<String> = estate
        .notes
        .iter()
        .filter(|note| note.text.to_string().contains("the first is kept"))
        .map(|note| note.text.to_string())
        .collect();
    assert_eq!(
        conflicts,
        [
            "web-01: vCPUs is 2 in one.csv and 4 in other.csv; the first is kept. Leave out the file that is out of date."
        ]
    );
}

#[test]
fn disks_in_columns_are_not_counted_twice() {
    let list = "VM,VM host,Generation,OS disk size (GB),Disk 2 size (GB),Disk 3 size (GB)\nweb-01,hv01,2,127,512,0\nalone,hv01,2,60,,\n";
    let drives = "\
VMName,VMId,DiskNumber,SupportPersistentReservations,ControllerType,ControllerNumber,ControllerLocation,Name,Path,ComputerName
web-01,,,False,SCSI,0,0,Hard Drive,D:\\vm\\os.vhdx,hv01
web-01,,,False,SCSI,0,1,Hard Drive,D:\\vm\\data.vhdx,hv01
";
    let files = "\
ComputerName,Path,VhdFormat,VhdType,FileSize,Size,LogicalSectorSize,PhysicalSectorSize,ParentPath
hv01,D:\\vm\\data.vhdx,VHDX,Dynamic,1000,549755813888,512,4096,
";
    let estate = read(&[("list.csv", list), ("drives.csv", drives), ("vhds.csv", files)]);
    assert_eq!(sizes(&estate.vms[0]), [Some(gib(127)), Some(gib(512))]);
    assert_eq!(estate.vms[0].os_disk, Some(0));
    assert_eq!(sizes(&estate.vms[1]), [Some(gib(60))]);
    assert_eq!(estate.vms[1].os_disk, Some(0));
}

#[test]
fn two_files_at_one_place_are_kept_and_noted() {
    let drives = "\
VirtualHardDiskId,VirtualHardDisk,PassThroughDisk,IsVHD,BusType,Bus,Lun,VolumeType,Name
d0000000-0000-0000-0000-000000000001,web-01_os,,True,SCSI,0,0,None,web-01
d0000000-0000-0000-0000-000000000002,web-01_os,,True,SCSI,0,0,None,web-01
";
    let estate = read(&[("vms.csv", VMM_LIST), ("drives.csv", drives)]);
    assert_eq!(estate.vms[0].disks.len(), 2);
    assert_eq!(estate.vms[0].os_disk, None);
    assert!(
        estate
            .notes
            .iter()
            .any(|note| note.file == "drives.csv" && note.text.to_string().starts_with("1 drive stands at a place"))
    );
}

#[test]
fn one_cell_may_list_the_addresses_of_several_adapters() {
    let list = "VM,vCPUs,MAC address\nweb-01,2,\"[00:15:5d:00:00:01,00:15:5d:00:00:02];\"\n";
    let estate = read(&[("list.csv", list)]);
    let macs: Vec<_> = estate.vms[0].nics.iter().map(|nic| nic.mac.value().map(|mac| &**mac)).collect();
    assert_eq!(macs, [Some("00155D000001"), Some("00155D000002")]);
}

#[test]
fn files_whose_machine_no_table_tells_are_not_orphans() {
    let files = "\
ComputerName,Path,VhdFormat,VhdType,FileSize,Size,LogicalSectorSize,PhysicalSectorSize,ParentPath
hv01,D:\\vm\\data.vhdx,VHDX,Dynamic,1000,549755813888,512,4096,
";
    let estate = read(&[("vms.csv", VMM_LIST), ("vhds.csv", files)]);
    assert!(estate.orphaned_disks.is_empty());
    assert_eq!(left_out(&estate, 1), [("a VHD file, and no table says whose", 1)]);
}

#[test]
fn hosts_clusters_groups_and_clouds_are_linked() {
    let hosts = "\
FQDN,Name,OperatingSystem,OperatingSystemVersion,HyperVVersion,CommunicationState,TotalMemory,VMHostGroup,HostCluster,VirtualizationPlatform
hv01.contoso.test,hv01.contoso.test,Microsoft Windows Server 2019 Datacenter ,10.0.17763,10.0.17763.1,Responding,137438953472,All Hosts\\Prod,clu01.contoso.test,HyperV
hv02.contoso.test,hv02.contoso.test,Unknown,6.2.9200,0.0,Not Responding,0,All Hosts\\Other,,HyperV
esx.contoso.test,esx.contoso.test,ESXi,6.7,6.7,Responding,137438953472,All Hosts\\VMware,,VMWareESX
";
    let clouds = "Cloud name,Host groups of the cloud,VMM server of the cloud\nGold,All Hosts\\Prod,vmm01\n";
    let groups =
        "Host group path,Host group name\nAll Hosts\\Prod,Prod\nAll Hosts\\Prod\\Web,Web\nAll Hosts\\Other,Other\n";
    let estate = read(&[("vms.csv", VMM_LIST), ("hosts.csv", hosts), ("clouds.csv", clouds), ("groups.csv", groups)]);
    assert_eq!(estate.hosts.len(), 2);
    assert_eq!(left_out(&estate, 1), [("on another hypervisor", 1)]);
    assert_eq!(estate.vms[0].host_index, Some(0));
    assert_eq!(estate.vms[0].cloud_index, Some(0));
    assert_eq!(estate.vms[0].cluster_index, Some(0), "by its host");
    assert_eq!(estate.hosts[0].cloud_indexes, [0]);
    assert_eq!(estate.hosts[0].vms, [0]);
    assert_eq!(estate.clouds[0].hosts, [0]);
    let silent = &estate.hosts[1];
    assert!(matches!(&silent.os_version, Fact::Missing(missing) if matches!(missing.why, Why::Unsaid(_))));
    assert!(!silent.memory.is_known());
    assert_eq!(estate.host_groups[0].hosts, [0]);
    assert_eq!(estate.host_groups[1].clouds, [0], "by its parent");
    assert!(estate.host_groups[2].clouds.is_empty());
    assert_eq!(estate.vmm_servers.len(), 1, "named by the cloud");
    assert_eq!(estate.vmm_servers[0].clouds, [0]);
}

#[test]
fn azure_resources_of_two_files_are_one() {
    let id = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/dr/providers/Microsoft.Storage/storageAccounts/cache01";
    let list = format!(
        r#"[{{"id":"{id}","name":"cache01","type":"Microsoft.Storage/storageAccounts","location":"northeurope","resourceGroup":"dr","kind":"StorageV2","sku":{{"name":"Standard_LRS"}},"tags":{{}},"managedBy":null}},
        {{"id":"/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/dr/providers/Microsoft.RecoveryServices/vaults/v","name":"v","type":"Microsoft.RecoveryServices/vaults","location":"northeurope","resourceGroup":"dr","kind":null,"sku":null,"tags":{{}},"managedBy":null}},
        {{"id":"/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/dr/providers/Microsoft.Web/sites/s","name":"s","type":"Microsoft.Web/sites","location":"northeurope","resourceGroup":"dr","kind":null,"sku":null,"tags":{{}},"managedBy":null}}]"#
    );
    let portal = format!(
        "NAME,TYPE,RESOURCE GROUP,LOCATION,SUBSCRIPTION,RESOURCE LINK\n\"CACHE01\",\"Storage account\",\"dr\",\"North Europe\",\"Contoso\",\"https://portal.azure.com#resource{id}\"\n"
    );
    let estate = read(&[("list.json", &list), ("portal.csv", &portal)]);
    let azure = &estate.azure;
    assert_eq!((azure.storage_accounts.len(), azure.vaults.len(), azure.networks.len()), (1, 1, 0));
    assert_eq!(azure.storage_accounts[0].sku.value().map(|sku| &**sku), Some("Standard_LRS"));
    assert_eq!(azure.subscriptions.len(), 1);
    assert!(azure.listed.networks, "a list of several types would hold networks");
    assert_eq!(left_out(&estate, 0), [("an Azure resource of another kind", 1)]);
    assert_eq!(estate.tables[1].rows.joined, 1);
}

#[test]
fn a_list_of_one_type_does_not_tell_that_others_are_missing() {
    let list = "Azure resource type,Azure resource name\nMicrosoft.Storage/storageAccounts,cache01\n";
    let listed = read(&[("list.csv", list)]).azure.listed;
    assert!(listed.storage_accounts);
    assert!(!listed.vaults && !listed.networks);
}

#[test]
fn a_quota_takes_its_region_from_its_files_name() {
    let usage = r#"[{"currentValue": 24, "limit": "100", "localName": "Total Regional vCPUs", "name": {"localizedValue": "Total Regional vCPUs", "value": "cores"}}]"#;
    let estate = read(&[("azure/vm-usage_northeurope.json", usage), ("usage.json", usage)]);
    let regions: Vec<_> =
        estate.azure.quotas.iter().map(|quota| quota.location.value().map(|region| &**region)).collect();
    assert_eq!(regions, [Some("northeurope"), None]);
    assert_eq!(estate.azure.quotas[0].limit.value(), Some(&100));
}

#[test]
fn unreadable_and_suspect_cells_are_noted_once_for_their_column() {
    let rows: Vec<String> = (3..40).map(|number| format!("web-{number:02},2,4096")).collect();
    let list = format!("VM,vCPUs,Memory (MB)\nweb-01,two,4\nweb-02,three,8\n{}\n", rows.join("\n"));
    let estate = read(&[("list.csv", list.as_str())]);
    let doubts: Vec<String> =
        estate.notes.iter().filter(|note| note.gravity == Gravity::Doubt).map(|note| note.text.to_string()).collect();
    assert_eq!(doubts.len(), 2, "{doubts:?}");
    assert!(
        doubts[0].starts_with("2 cells of column \"vCPUs\" could not be read, first row 2: \"two\"."),
        "{}",
        doubts[0]
    );
    assert!(doubts[1].starts_with("2 sizes of column \"Memory (MB)\" are so small"), "{}", doubts[1]);
    assert!(matches!(estate.vms[0].vcpus.need(), Err(missing) if matches!(missing.why, Why::Unreadable(_))));
    assert_eq!(estate.vms[0].memory.value(), None, "never silently rescaled, and never judged");
}

#[test]
fn a_size_that_cannot_be_read_is_that_of_a_disk_all_the_same() {
    // The data disk stands beside a disk in a column of its own, and is not that disk told again.
    let headings = ["OS disk (GB)|Data disk (GB)", "Systemdisk (GB)|Datadisk (GB)", "C: (GB)|Data disk size (GB)"];
    for pair in headings {
        let (system, data) = pair.split_once('|').expect("two headings");
        for size in ["33.000", "many", "33,000"] {
            let list = format!("VM;vCPUs;RAM (GB);{system};{data}\nlis-1;4;16;127;{size}\nlis-2;4;16;127;\n");
            let estate = read(&[("list.csv", list.as_str())]);
            let disks = &estate.vms[0].disks;
            assert_eq!(disks.len(), 2, "{pair}, {size}: {disks:?}");
            assert_eq!(estate.vms[1].disks.len(), 1, "an empty cell is no disk");
        }
    }
}

#[test]
fn a_table_that_is_none_is_listed_with_its_rows() {
    let estate = read(&[("notes.csv", "Colour,Weight\nred,3\nblue,4\n")]);
    assert_eq!(estate.tables[0].taken_for, "not recognised");
    assert_eq!(left_out(&estate, 0), [("not an inventory table", estate.tables[0].rows.read)]);
    assert!(estate.notes.iter().any(|note| note.file == "notes.csv" && note.gravity == Gravity::Refused));
}

#[test]
fn the_same_files_give_the_same_estate() {
    let files = [("vms.csv", VMM_LIST), ("nics.csv", "VM,MAC address\nweb-01,00155D000001\n")];
    let (one, other) = (read(&files), read(&files));
    assert_eq!(format!("{one:?}"), format!("{other:?}"));
}

#[test]
fn secure_boot_as_an_integer_is_on_at_zero() {
    let machines = "VM name,VM host\nweb,hv01\ndb,hv01\n";
    let firmware = r#"[{"VMName":"web","SecureBoot":0,"BootOrder":[],"PreferredNetworkBootProtocol":0},
        {"VMName":"db","SecureBoot":1,"BootOrder":[],"PreferredNetworkBootProtocol":0}]"#;
    let estate = read(&[("vms.csv", machines), ("firmware.json", firmware)]);
    assert_eq!(estate.vms[0].secure_boot.value(), Some(&true));
    assert_eq!(estate.vms[1].secure_boot.value(), Some(&false));
}
