//! What only the plan asks for, read from the exports that give it.

use klar::model::{Bytes, GIB, Percent};

use super::read;

#[test]
fn a_machine_list_gives_utilisation_owner_and_application() {
    let estate = read(&[(
        "vms.csv",
        "VM name,vCPUs,CPU utilization (%),Memory utilization (%),Daily change (GB),Application,Owner\n\
         web-01,4,35.5,60,2,Shop,Anna\nweb-02,4,0.4,,,,\n",
    )]);
    let vm = &estate.vms[0];
    assert_eq!(vm.cpu_use.value(), Some(&Percent(3550)));
    assert_eq!(vm.memory_use.value(), Some(&Percent(6000)));
    assert_eq!(vm.daily_change.value(), Some(&Bytes(2 * GIB)));
    assert_eq!(vm.application.value().map(|name| &**name), Some("Shop"));
    assert_eq!(vm.owner.value().map(|name| &**name), Some("Anna"));
    assert!(!estate.vms[1].cpu_use.is_known(), "0.4 may be 40 % as well");
}

#[test]
fn volumes_and_connections_are_lists_of_their_own() {
    let estate = read(&[
        ("vms.csv", "VM name,vCPUs\nweb-01,4\ndb-01,8\n"),
        (
            "volumes.csv",
            "Host name,Volume,Volume size (GB),Free space on the volume (GB)\nhv01,C:\\ClusterStorage\\Volume1,1000,250\n",
        ),
        (
            "dependencies.csv",
            "Timeslot,Source server name,Destination server name,Destination port\n09:00,web-01,db-01,1433\n10:00,WEB-01,db-01,1433\n",
        ),
    ]);
    assert_eq!(estate.vms.len(), 2);
    assert_eq!(estate.volumes.len(), 1);
    assert_eq!(estate.volumes[0].free.value(), Some(&Bytes(250 * GIB)));
    assert_eq!(estate.volumes[0].name.value().map(|name| &**name), Some("C:\\ClusterStorage\\Volume1"));
    assert_eq!(estate.connections.len(), 1, "a pair is listed once for each hour");
    assert!(estate.hosts.is_empty(), "a list of volumes is no list of hosts");
}

#[test]
fn an_export_of_sizes_gives_zones_and_premium_storage() {
    let estate = read(&[(
        "skus.json",
        r#"[{"name": "Standard_D2s_v5", "resourceType": "virtualMachines", "family": "standardDSv5Family", "locations": ["northeurope"],
            "locationInfo": [{"location": "northeurope", "zones": ["1", "3"]}],
            "capabilities": [{"name": "vCPUs", "value": "2"}, {"name": "PremiumIO", "value": "True"},
              {"name": "AcceleratedNetworkingEnabled", "value": "True"}, {"name": "CpuArchitectureType", "value": "x64"},
              {"name": "UncachedDiskIOPS", "value": "3750"}, {"name": "UncachedDiskBytesPerSecond", "value": "85000000"}],
            "restrictions": [{"type": "Zone", "reasonCode": "NotAvailableForSubscription"}]}]"#,
    )]);
    let sku = &estate.azure.skus[0];
    assert_eq!((sku.premium.value(), sku.accelerated.value()), (Some(&true), Some(&true)));
    assert_eq!((sku.iops.value(), sku.throughput.value()), (Some(&3750), Some(&85_000_000)));
    assert_eq!(sku.zones.value().map(Vec::len), Some(2));
    assert_eq!(sku.restriction_type.value().map(|name| &**name), Some("Zone"));
}
