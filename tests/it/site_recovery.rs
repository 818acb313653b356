//! What the editions of Site Recovery say of machines whose facts are put together by hand.

use std::sync::Arc;

use jiff::civil::date;
use klar::catalogue::{Catalogue, Lifecycle, Target, Vocabulary};
use klar::model::{
    Bytes, Disk, DiskFormat, DiskRole, Estate, Fact, Generation, Known, Missing, Nic, Origin, Vm, VmmServer,
};
use klar::rules::{self, Answer, Check, Context, Machine, Verdict};

const HERE: Origin = Origin::row(0, 2);

fn known<T>(value: T) -> Fact<T> {
    Fact::known(value, HERE)
}

fn vm(name: &str) -> Vm {
    let mut vm = Vm::seen_at(HERE);
    vm.name = known(Arc::from(name));
    vm
}

/// A disk of the given size in GiB; the first one added to a machine is its operating system disk.
fn add_disk(vm: &mut Vm, gib: u64) -> &mut Disk {
    let mut disk = Disk::seen_at(HERE);
    disk.size = known(Bytes::gib(gib));
    if vm.disks.is_empty() {
        disk.role = known(DiskRole::OperatingSystem);
        vm.os_disk = Some(0);
    }
    vm.disks.push(disk);
    vm.disks.last_mut().expect("a disk was just added")
}

/// What an edition's check answers to the first machine of an estate.
fn judge(edition: &str, check: &str, estate: &Estate) -> String {
    let catalogue = Catalogue::embedded().expect("the catalogue is whole");
    let edition = catalogue.edition(Target::SiteRecovery, edition).expect("an edition of Site Recovery");
    let Some(requirement) = edition.requirements.iter().find(|requirement| requirement.check == check) else {
        return "not required".to_owned();
    };
    let Check::Vm(judge) = rules::find(check).expect("every check exists").check else {
        panic!("{check} judges no machine")
    };
    let vm = &estate.vms[0];
    let guest = vm.guest_os.need().and_then(|name| {
        let version = vm.guest_os_version.value().map(AsRef::as_ref);
        let unsaid = Missing { field: klar::model::Field::GuestOs, why: klar::model::Why::Unsaid(name.origin) };
        let meaning =
            catalogue.guest_os.identify(&name.value, version, vm.architecture.value().copied(), Vocabulary::Any);
        meaning.map(|guest| (guest, name.origin)).ok_or(unsaid)
    });
    let guest = guest.as_ref().map(|(value, origin)| Known { value, origin: *origin }).map_err(|missing| *missing);
    let lifecycle = guest.map_or(Lifecycle::Unknown, |guest| guest.value.lifecycle(date(2026, 11, 22)));
    let context = Context::new(estate, date(2026, 11, 22));
    tell(judge(&Machine { vm, index: 0, guest, lifecycle }, &requirement.limits, &context))
}

fn tell(answer: Answer) -> String {
    match answer {
        Ok(Verdict::Met) => "met".to_owned(),
        Ok(Verdict::NotApplicable) => "not applicable".to_owned(),
        Ok(Verdict::NotMet(evidence)) => format!("not met: {}; {}", evidence.observed, evidence.expected),
        Err(missing) => format!("unknown: {}", missing.field.key()),
    }
}

/// Judges one machine against an edition.
fn check(edition: &str, check: &str, describe: impl FnOnce(&mut Vm), expected: &str) {
    let mut subject = vm("web-01");
    describe(&mut subject);
    let estate = Estate { vms: vec![subject], ..Estate::default() };
    let answer = judge(edition, check, &estate);
    assert!(answer.starts_with(expected), "{check} of {edition}: {answer}, expected {expected}");
}

#[test]
fn the_largest_disk_grows_with_the_editions() {
    let os_disk = |gib: u64, generation: Generation| {
        move |vm: &mut Vm| {
            vm.generation = known(generation);
            add_disk(vm, gib);
        }
    };
    for (edition, first, second) in [
        ("2017-07", 1023, 300),
        ("2018-08", 2048, 300),
        ("2020-12", 2048, 300),
        ("2026-05", 2048, 4096),
        ("2026-10", 2048, 4095),
    ] {
        check(edition, "os-disk-over-limit", os_disk(first, Generation::One), "met");
        check(edition, "os-disk-over-limit", os_disk(first + 1, Generation::One), "not met");
        check(edition, "os-disk-over-limit", os_disk(second, Generation::Two), "met");
        check(edition, "os-disk-over-limit", os_disk(second + 1, Generation::Two), "not met");
    }
    for (edition, limit) in
        [("2017-07", 1023), ("2018-08", 4095), ("2020-12", 4095), ("2026-05", 32_768), ("2026-10", 32_767)]
    {
        let data_disk = |gib| {
            move |vm: &mut Vm| _ = (add_disk(vm, 127).name = known("os".into()), add_disk(vm, gib).size.is_known())
        };
        check(edition, "data-disk-over-limit", data_disk(limit), "met");
        check(edition, "data-disk-over-limit", data_disk(limit + 1), "not met");
    }
    check("2020-12", "generation-2-layout-unsupported", os_disk(300, Generation::Two), "not met: 300 GiB");
    check("2026-10", "generation-2-layout-unsupported", os_disk(300, Generation::Two), "not required");
    check("2026-10", "disk-over-planner-limit", os_disk(2048, Generation::One), "not met");
}

#[test]
fn disks_are_counted_as_each_edition_counts_them() {
    let disks = |count: u32| move |vm: &mut Vm| vm.stated_disk_count = known(count);
    check("2017-07", "too-many-disks", disks(17), "met");
    check("2017-07", "too-many-disks", disks(18), "not met: 17 data disks; at most 16");
    check("2026-10", "too-many-disks", disks(64), "met");
    check("2026-10", "too-many-disks", disks(65), "not met: 65 disks; at most 64 in total");
}

#[test]
fn sector_sizes_are_refused_as_each_edition_words_it() {
    let sectors = |logical: Option<u64>, physical: Option<u64>| {
        move |vm: &mut Vm| {
            let disk = add_disk(vm, 127);
            disk.logical_sector = logical.map_or(disk.logical_sector.clone(), |size| known(Bytes(size)));
            disk.physical_sector = physical.map_or(disk.physical_sector.clone(), |size| known(Bytes(size)));
        }
    };
    let cases = [
        (Some(512), Some(512), ["met", "met", "met"]),
        (Some(512), Some(4096), ["met", "met", "met"]),
        (Some(4096), Some(512), ["not met", "met", "not met"]),
        (Some(4096), Some(4096), ["not met", "not met", "not met"]),
        (Some(4096), None, ["not met", "unknown: physical_sector", "not met"]),
        (Some(512), None, ["met", "met", "met"]),
        (None, Some(512), ["unknown: logical_sector", "met", "unknown: logical_sector"]),
        (None, None, ["unknown", "unknown", "unknown"]),
    ];
    for (logical, physical, answers) in cases {
        for (edition, answer) in ["2017-07", "2018-08", "2026-10"].iter().zip(answers) {
            check(edition, "native-4k-sectors", sectors(logical, physical), answer);
        }
    }
}

#[test]
fn a_path_is_shared_only_where_it_names_the_same_file() {
    let estate = |paths: [(&str, &str); 2]| {
        let machine = |(host, path): (&str, &str)| {
            let mut vm = vm(host);
            vm.host = known(Arc::from(host));
            vm.shared_storage = known(false);
            vm.cluster = known(Arc::from("cl-01"));
            add_disk(&mut vm, 10).path = known(Arc::from(path));
            vm
        };
        Estate { vms: paths.map(machine).to_vec(), ..Estate::default() }
    };
    let answer = |paths| judge("2026-10", "shared-disk", &estate(paths));
    assert_eq!(answer([("hv-01", r"D:\vm\a.vhdx"), ("hv-02", r"D:\vm\a.vhdx")]), "met");
    assert!(answer([("hv-01", r"D:\vm\a.vhdx"), ("hv-01", r"D:\VM\A.vhdx")]).contains("attached 2 times"));
    assert!(answer([("hv-01", r"\\nas\vm\a.vhdx"), ("hv-02", r"\\NAS\vm\a.vhdx")]).contains("attached 2 times"));
    let on_cluster = r"C:\ClusterStorage\Volume1\a.vhdx";
    assert!(answer([("hv-01", on_cluster), ("hv-02", on_cluster)]).contains("attached 2 times"));
    check("2026-10", "shared-disk", |vm| add_disk(vm, 10).format = known(DiskFormat::VhdSet), "not met");
}

#[test]
fn names_are_held_to_the_published_rule() {
    let named = |name: &'static str| move |vm: &mut Vm| vm.name = known(Arc::from(name));
    let longest = "a".repeat(63);
    let longest: &'static str = longest.leak();
    let cases = [
        ("web-01", "met"),
        (longest, "met"),
        ("a", "met"),
        ("web_01", "not met: `web_01`: `_` is not allowed"),
        ("väst-01", "not met: `väst-01`: `ä` is not allowed"),
        ("-web", "not met"),
        ("web-", "not met"),
    ];
    for (name, expected) in cases {
        check("2026-10", "vm-name-not-allowed", named(name), expected);
    }
    let too_long: &'static str = "a".repeat(64).leak();
    check("2026-10", "vm-name-not-allowed", named(too_long), &format!("not met: `{too_long}`: 64 characters"));
    for (name, expected) in [
        ("exchange", "not met"),
        ("exchange-01", "met"),
        ("Login01", "not met"),
        ("my-windows", "not met"),
        ("x", "met"),
    ] {
        check("2026-10", "vm-name-reserved", named(name), expected);
    }
}

#[test]
fn churn_is_judged_by_disk_in_2017_and_by_machine_since() {
    let churn = |megabytes: u64| {
        move |vm: &mut Vm| {
            vm.write_churn = known(Bytes(megabytes * 1_000_000));
            vm.stated_disk_count = known(2);
        }
    };
    check("2017-07", "churn-over-limit", churn(10), "met");
    check("2017-07", "churn-over-limit", churn(15), "unknown: write_churn");
    check("2017-07", "churn-over-limit", churn(21), "not met: 21 MB/s over 2 disks");
    check("2020-12", "churn-over-limit", churn(21), "not met: 21 MB/s; at most 20 MB/s");
    check("2026-10", "churn-over-limit", churn(54), "met");
    check("2026-10", "churn-over-limit", churn(55), "not met: 55 MB/s; at most 54 MB/s");
}

#[test]
fn guests_are_judged_by_product_generation_and_bitness() {
    let guest = |name: &'static str| {
        move |vm: &mut Vm| {
            vm.guest_os = known(Arc::from(name));
            vm.generation = known(Generation::Two);
        }
    };
    let cases = [
        ("2017-07", "guest-os-unsupported", "Windows Server 2003 Standard", "met"),
        ("2017-07", "guest-os-unsupported", "Windows 2000 Server", "not met"),
        ("2026-10", "guest-os-unsupported", "Ubuntu Linux 22.04 (64 bit)", "met"),
        ("2026-10", "guest-os-unsupported", "Other Linux (64 bit)", "unknown: guest_os"),
        ("2026-10", "guest-os-unsupported", "Unknown", "unknown: guest_os"),
        ("2020-12", "generation-2-guest-unsupported", "Ubuntu Linux 18.04 (64 bit)", "not met"),
        ("2020-12", "generation-2-guest-unsupported", "Windows Server 2019 Standard", "met"),
        ("2026-10", "generation-2-guest-unsupported", "Ubuntu Linux 18.04 (64 bit)", "not required"),
        ("2026-10", "guest-architecture-unsupported", "Ubuntu Linux 22.04 (64 bit)", "met"),
        ("2026-10", "guest-architecture-unsupported", "Windows Server 2019 Standard", "met"),
        ("2026-10", "guest-architecture-unsupported", "Ubuntu Linux 16.04 (32 bit)", "not met"),
        ("2026-10", "guest-architecture-unsupported", "Windows Server 2008 (32-bit)", "met"),
        ("2017-07", "guest-architecture-unsupported", "Windows Server 2008 (32-bit)", "not met"),
        ("2026-10", "guest-os-out-of-support", "Windows Server 2012 R2 Standard", "not met"),
        ("2026-10", "guest-os-out-of-support", "Windows Server 2022 Standard", "met"),
        ("2026-10", "guest-os-support-ending", "Windows Server 2016 Standard", "not met"),
        ("2026-10", "guest-os-on-paid-updates", "Red Hat Enterprise Linux 7 (64 bit)", "not met"),
        ("2026-10", "linux-not-endorsed", "CentOS Linux 7 (64 bit)", "not met"),
        ("2026-10", "linux-not-endorsed", "Windows Server 2022 Standard", "not applicable"),
        ("2026-10", "client-os-licence", "Windows 10 Enterprise", "not met"),
    ];
    for (edition, rule, name, expected) in cases {
        check(edition, rule, guest(name), expected);
    }
}

#[test]
fn ipv6_is_refused_under_vmm_only_since_2020() {
    let estate = |under_vmm: bool, address: &str| {
        let mut vm = vm("web-01");
        let mut nic = Nic::seen_at(HERE);
        nic.addresses = known(vec![address.parse().expect("an address")]);
        vm.nics.push(nic);
        let mut estate = Estate::default();
        if under_vmm {
            vm.vmm_server = known(Arc::from("vmm-01"));
            estate.vmm_servers.push(VmmServer::seen_at(HERE));
        }
        estate.vms.push(vm);
        estate
    };
    let cases = [
        ("2018-08", false, "2001:db8::1", "not met: 2001:db8::1; IPv4 addresses only"),
        ("2026-10", false, "2001:db8::1", "not applicable"),
        ("2026-10", true, "2001:db8::1", "not met: 2001:db8::1; IPv4 addresses only"),
        ("2026-10", true, "fe80::1", "met"),
        ("2026-10", true, "10.0.0.1", "met"),
    ];
    for (edition, under_vmm, address, expected) in cases {
        assert_eq!(judge(edition, "guest-ipv6-address", &estate(under_vmm, address)), expected, "{edition} {address}");
    }
}

#[test]
fn a_clustered_machine_belongs_on_shared_storage() {
    let placed = |available: Option<bool>, path: &'static str| {
        move |vm: &mut Vm| {
            vm.cluster = known(Arc::from("cl-01"));
            if let Some(available) = available {
                vm.highly_available = known(available);
            }
            add_disk(vm, 10).path = known(Arc::from(path));
        }
    };
    let rule = "clustered-vm-on-local-disk";
    check("2026-10", rule, placed(Some(true), r"c:\clusterstorage\volume1\a.vhdx"), "met");
    check("2026-10", rule, placed(Some(true), r"\\nas\vm\a.vhdx"), "met");
    check("2026-10", rule, placed(Some(true), r"E:\vm\a.vhdx"), "met");
    check("2026-10", rule, placed(None, r"E:\vm\a.vhdx"), "unknown: highly_available");
    check("2026-10", rule, placed(None, r"C:\vm\a.vhdx"), r"not met: C:\vm\a.vhdx");
    check("2026-10", rule, placed(Some(false), r"C:\ClusterStorage\Volume1\a.vhdx"), "not met: not highly available");
}
