//! Free space of volumes, each case reckoned by hand.

use klar::model::{Bytes, Field, GIB};
use klar::plan::{DailyChange, VolumePlan, Wishes};

const MACHINES: &str =
    "VM name,VM host,Cluster of the VM,vCPUs,Memory (MB)\na-01,hv01,cl1,2,4096\nb-01,hv02,cl1,2,4096\n";

fn volumes(disks: &str, volumes: &str, wishes: &Wishes, look: impl FnOnce(&[VolumePlan])) {
    let disks = format!("VM name,Disk path,Disk size (GB),Disk type\n{disks}");
    let volumes = format!("Volume,Host of the volume,Volume size (GB),Free space on the volume (GB)\n{volumes}");
    let files = [("vms.csv", MACHINES), ("disks.csv", &disks), ("volumes.csv", &volumes)];
    super::planned(&files, wishes, |_, plan| look(&plan.volumes));
}

fn one_at_a_time() -> Wishes {
    Wishes { wave_size: Some(1), ..Wishes::default() }
}

fn gib(count: u64) -> Bytes {
    Bytes(count * GIB)
}

#[test]
fn a_later_wave_has_what_the_changes_of_earlier_ones_leave() {
    let disks = "a-01,C:\\ClusterStorage\\Volume1\\a\\os.vhdx,100,Fixed\nb-01,c:\\clusterstorage\\volume1\\b\\os.vhdx,460,Fixed\n";
    volumes(disks, "C:\\ClusterStorage\\Volume1,cl1,2000,500\n", &one_at_a_time(), |volumes| {
        assert_eq!(volumes.len(), 1, "one path of a cluster is one volume on each of its hosts");
        let [first, second] = volumes[0].waves[..] else { panic!("two waves") };
        assert_eq!((first.held, first.initial.value, first.delta.value), (gib(0), gib(100), gib(50)));
        assert_eq!(first.short, Some(gib(0)));
        assert_eq!((second.held, second.initial.value, second.delta.value), (gib(50), gib(460), gib(230)));
        assert_eq!(second.short, Some(gib(10)), "460 GiB beside 450 GiB");
        assert_eq!(volumes[0].batches_that_fit, None, "the second never fits");
    });
}

#[test]
fn a_local_volume_is_its_hosts_own() {
    let disks = "a-01,D:\\a.vhdx,200,Fixed\nb-01,D:\\b.vhdx,40,Fixed\n";
    volumes(disks, "D:,hv01,500,150\nD:\\,hv02.contoso.test,500,40\n", &Wishes::default(), |volumes| {
        let told: Vec<_> = volumes.iter().map(|volume| (volume.host.as_deref(), volume.waves[0].short)).collect();
        assert_eq!(told, [(Some("hv01"), Some(gib(50))), (Some("hv02"), Some(gib(0)))]);
        assert_eq!(volumes[0].batches_that_fit, None);
        assert_eq!(volumes[1].batches_that_fit, Some(1));
    });
}

#[test]
fn batches_are_as_large_as_the_volume_has_room_for() {
    let disks = "a-01,\\\\fs01\\vms\\a.vhdx,80,Fixed\nb-01,\\\\fs01\\vms\\b.vhdx,40,Fixed\n";
    let fitting = |free: u32| {
        let mut found = None;
        let list = format!("\\\\fs01\\vms,,1000,{free}\n");
        volumes(disks, &list, &Wishes::default(), |volumes| {
            found = Some((volumes[0].waves[0].short, volumes[0].batches_that_fit));
        });
        found.unwrap()
    };
    assert_eq!(fitting(120), (Some(gib(0)), Some(1)));
    assert_eq!(fitting(119), (Some(gib(1)), Some(2)), "40 GiB stay for the changes of the first");
    assert_eq!(fitting(79), (Some(gib(41)), None));
}

#[test]
fn a_volume_that_no_export_lists_leaves_its_shortfall_unknown() {
    let disks = "a-01,E:\\a.vhdx,200,Fixed\nb-01,E:\\b.vhdx,,Fixed\n";
    volumes(disks, "D:,hv01,500,150\n", &Wishes::default(), |volumes| {
        assert_eq!(volumes[0].free.unwrap_err().field, Field::VolumeFree);
        assert_eq!((volumes[0].waves[0].short, volumes[0].batches_that_fit), (None, None));
        assert_eq!((volumes[1].waves.len(), volumes[1].unknown_disks), (0, 1));
    });
}

#[test]
fn the_change_of_a_day_bounds_what_the_first_copy_needs() {
    let disks = "a-01,D:\\a.vhdx,200,Fixed\n";
    let wishes = Wishes { daily_change: Some(DailyChange::GibEach(5)), bandwidth_mbit: Some(10), ..Wishes::default() };
    volumes(disks, "D:,hv01,500,150\n", &wishes, |volumes| {
        // 200 GiB at 10 Mbit/s are 47.7 hours, so two days of 5 GiB.
        assert_eq!(volumes[0].waves[0].by_change.map(|amount| amount.value), Some(gib(10)));
    });
}
