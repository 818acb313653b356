//! The limits of the Azure Migrate and Azure VM editions, restated, and what their checks answer by them.

use std::fmt::Write as _;
use std::sync::LazyLock;

use jiff::civil::date;
use klar::catalogue::{Catalogue, Edition, GuestOs, Lifecycle, Requirement, Target, WhenMissing};
use klar::model::{
    Bytes, Disk, Estate, Fact, Field, Generation, Known, Mebibytes, Missing, Origin, Sku, Vm, Vocabulary, Why,
};
use klar::rules::{self, Answer, Check, Context, Machine, Verdict};

const CELL: Origin = Origin::row(0, 2);

static CATALOGUE: LazyLock<Catalogue> =
    LazyLock::new(|| Catalogue::embedded().expect("the embedded catalogue is whole"));

fn edition(target: Target, name: &str) -> Edition {
    CATALOGUE.edition(target, name).expect("the edition is embedded").clone()
}

fn requirement<'a>(edition: &'a Edition, check: &str) -> &'a Requirement {
    let found = edition.requirements.iter().find(|requirement| requirement.check == check);
    found.unwrap_or_else(|| panic!("{} has no requirement {check}", edition.id()))
}

/// Severity and limits as "blocker maximum=4095 GiB".
fn said(edition: &Edition, check: &str) -> String {
    let requirement = requirement(edition, check);
    let mut said = requirement.severity.to_string();
    for (key, limit) in requirement.limits.iter() {
        write!(said, " {key}={limit}").expect("writing to a String does not fail");
    }
    said
}

fn check_editions(target: Target, check: &str, expected: &[(&str, &str)]) {
    for (name, limits) in expected {
        assert_eq!(said(&edition(target, name), check), *limits, "{check} in {target}@{name}");
    }
}

#[test]
fn azure_migrate_limits_are_those_published() {
    let migrate = |check, old, new| check_editions(Target::AzureMigrate, check, &[("2020-04", old), ("2023-10", new)]);
    migrate(
        "os-disk-over-limit",
        "blocker generation_1=2048 GiB generation_2=2048 GiB",
        "blocker generation_1=2048 GiB generation_2=4096 GiB",
    );
    migrate("data-disk-over-limit", "blocker maximum=4095 GiB", "blocker maximum=32768 GiB");
    migrate("too-many-disks", "blocker data_disks=16 total_disks=16", "blocker data_disks=16 total_disks=16");
    migrate("secure-boot-on", "condition", "condition");
    migrate("bitlocker-on", "blocker", "blocker");
    migrate("guest-nic-teaming", "condition", "condition");
    migrate("linux-boot-outside-os-disk", "blocker", "blocker");
    migrate("guest-nfs-volume", "warning", "warning");
    migrate("host-dotnet-too-old", "warning minimum=4.7", "warning minimum=4.7");
    check_editions(
        Target::AzureMigrate,
        "host-os-unsupported",
        &[
            ("2020-04", "blocker allowed=Windows Server 2019, Windows Server 2016, Windows Server 2012 R2"),
            ("2023-10", "blocker minimum=Windows Server 2012 R2"),
        ],
    );
    check_editions(Target::AzureMigrate, "too-many-os-disk-partitions", &[("2020-04", "blocker maximum=5")]);
    check_editions(
        Target::AzureMigrate,
        "large-data-disk-needs-new-provider",
        &[("2023-10", "warning above=4095 GiB")],
    );
}

#[test]
fn azure_vm_limits_are_those_published() {
    let vm = |check, limits: [&str; 3]| {
        let names = ["2018-05", "2020-01", "2024-06"];
        let expected: Vec<_> = names.into_iter().zip(limits).collect();
        check_editions(Target::AzureVm, check, &expected);
    };
    vm("cores-over-limit", ["blocker maximum=32", "blocker maximum=128", "blocker maximum=128"]);
    vm("memory-over-limit", ["blocker maximum=448 GiB", "blocker maximum=3892 GiB", "blocker maximum=3892 GiB"]);
    vm("disk-over-limit", ["blocker maximum=4096 GiB", "blocker maximum=32768 GiB", "blocker maximum=65536 GiB"]);
    vm("too-many-disks", ["blocker total_disks=65"; 3]);
    vm("nics-over-limit", ["blocker maximum=32"; 3]);
    vm(
        "guest-32-bit",
        [
            "condition",
            "condition allowed_products=windows-server-2008",
            "condition allowed_products=windows-server-2008",
        ],
    );
    vm(
        "uefi-guest-unsupported",
        [
            "condition supported=no",
            "condition supported=no",
            "blocker unsupported_products=windows-server-2003, windows-server-2003-r2, windows-server-2008, \
             windows-server-2008-r2",
        ],
    );
    let newest = [
        ("cores-over-largest-size", "blocker maximum=832"),
        ("memory-over-largest-size", "blocker maximum=15200 GiB"),
        ("too-many-nics", "condition maximum=8"),
        ("os-disk-over-limit", "blocker generation_1=2048 GiB generation_2=4096 GiB"),
    ];
    for (check, limits) in newest {
        check_editions(Target::AzureVm, check, &[("2024-06", limits)]);
    }
}

#[test]
fn what_readiness_needs_is_unknown_when_missing() {
    for (target, name) in [(Target::AzureMigrate, "2020-04"), (Target::AzureMigrate, "2023-10")] {
        let edition = edition(target, name);
        for check in ["os-disk-over-limit", "data-disk-over-limit", "too-many-disks", "guest-os-unrecognised"] {
            assert_eq!(requirement(&edition, check).when_missing, WhenMissing::Unknown, "{check} in {}", edition.id());
        }
    }
    for name in ["2018-05", "2020-01", "2024-06"] {
        let edition = edition(Target::AzureVm, name);
        for check in ["cores-over-limit", "memory-over-limit", "disk-over-limit", "uefi-guest-unsupported"] {
            assert_eq!(requirement(&edition, check).when_missing, WhenMissing::Unknown, "{check} in {}", edition.id());
        }
        assert_eq!(requirement(&edition, "nics-over-limit").when_missing, WhenMissing::Unverified);
    }
}

#[test]
fn every_product_that_an_edition_lists_is_in_the_catalogue() {
    let azure = CATALOGUE.editions.iter().filter(|edition| edition.target != Target::SiteRecovery);
    let mut listed = 0;
    for edition in azure {
        for requirement in &edition.requirements {
            for key in ["products", "unsupported_products", "allowed_products"] {
                for entry in requirement.limits.list(key).unwrap_or_default() {
                    let product = entry.split(' ').next().unwrap_or_default();
                    let known = CATALOGUE.guest_os.product(product).is_some();
                    assert!(known, "{} {}: no product {product}", edition.id(), requirement.check);
                    listed += 1;
                }
            }
        }
    }
    assert!(listed > 100, "only {listed} entries were looked at");
}

/// What a check of a machine answers by an edition, with the guest named so.
fn judge(edition: &Edition, check: &str, guest_name: &str, estate: &Estate) -> Answer {
    let vm = &estate.vms[0];
    let version = vm.guest_os_version.value().map(|version| &**version);
    let meaning: Option<GuestOs> =
        CATALOGUE.guest_os.identify(guest_name, version, vm.architecture.value().copied(), Vocabulary::Any);
    let absent = Missing { field: Field::GuestOs, why: Why::Absent };
    let guest = meaning.as_ref().map(|value| Known { value, origin: CELL }).ok_or(absent);
    let Check::Vm(function) = rules::find(check).expect("the check is in the roster").check else {
        panic!("{check} does not judge machines")
    };
    let context = Context::new(estate, date(2026, 11, 22));
    let lifecycle = guest.map_or(Lifecycle::Unknown, |guest| guest.value.lifecycle(date(2026, 11, 22)));
    function(&Machine { vm, index: 0, guest, lifecycle }, &requirement(edition, check).limits, &context)
}

fn estate_of(describe: impl FnOnce(&mut Vm)) -> Estate {
    let mut vm = Vm::seen_at(CELL);
    vm.name = Fact::known("web-01".into(), CELL);
    describe(&mut vm);
    Estate { vms: vec![vm], ..Estate::default() }
}

fn disk(gib: u64) -> Disk {
    let mut disk = Disk::seen_at(CELL);
    disk.size = Fact::known(Bytes::gib(gib), CELL);
    disk
}

fn met(answer: &Answer) -> bool {
    matches!(answer, Ok(Verdict::Met))
}

fn not_met(answer: &Answer) -> bool {
    matches!(answer, Ok(Verdict::NotMet(_)))
}

#[test]
fn sizes_are_judged_at_the_limit_and_one_past_it() {
    let newest = edition(Target::AzureVm, "2024-06");
    let vcpus = |count| estate_of(|vm| vm.vcpus = Fact::known(count, CELL));
    for (check, limit) in [("cores-over-limit", 128), ("cores-over-largest-size", 832)] {
        assert!(met(&judge(&newest, check, "", &vcpus(limit))), "{check}");
        assert!(not_met(&judge(&newest, check, "", &vcpus(limit + 1))), "{check}");
    }
    let memory = |mib| estate_of(|vm| vm.memory = Fact::known(Mebibytes(mib), CELL));
    for (check, gib) in [("memory-over-limit", 3892), ("memory-over-largest-size", 15_200)] {
        assert!(met(&judge(&newest, check, "", &memory(gib * 1024))), "{check}");
        assert!(not_met(&judge(&newest, check, "", &memory(gib * 1024 + 1))), "{check}");
    }
    let largest = |gib| estate_of(|vm| vm.disks = vec![disk(127), disk(gib)]);
    assert!(met(&judge(&newest, "disk-over-limit", "", &largest(65_536))));
    assert!(not_met(&judge(&newest, "disk-over-limit", "", &largest(65_537))));
    let nics = |count| estate_of(|vm| vm.stated_nic_count = Fact::known(count, CELL));
    assert!(met(&judge(&newest, "nics-over-limit", "", &nics(32))));
    assert!(not_met(&judge(&newest, "nics-over-limit", "", &nics(33))));
    let nothing = estate_of(|_| ());
    assert_eq!(judge(&newest, "cores-over-limit", "", &nothing).expect_err("a fact is missing").field, Field::Vcpus);
    assert_eq!(judge(&newest, "memory-over-limit", "", &nothing).expect_err("a fact is missing").field, Field::Memory);
}

#[test]
fn a_uefi_machine_is_judged_as_its_edition_says() {
    let windows =
        [("Windows Server 2019 Standard", [true, true, false, true]), ("Windows Server 2008 R2 Standard", [false; 4])];
    let editions = [
        edition(Target::AzureMigrate, "2020-04"),
        edition(Target::AzureMigrate, "2023-10"),
        edition(Target::AzureVm, "2020-01"),
        edition(Target::AzureVm, "2024-06"),
    ];
    let machine = |generation, gib| {
        estate_of(|vm| {
            vm.generation = Fact::known(generation, CELL);
            vm.disks = vec![disk(gib)];
            vm.os_disk = Some(0);
        })
    };
    for (guest, expected) in windows {
        for (edition, expected) in editions.iter().zip(expected) {
            let answer = judge(edition, "uefi-guest-unsupported", guest, &machine(Generation::Two, 127));
            assert_eq!(met(&answer), expected, "{guest} in {}: {answer:?}", edition.id());
            assert!(met(&judge(edition, "uefi-guest-unsupported", guest, &machine(Generation::One, 127))), "{guest}");
        }
    }
    let converted = &editions[0];
    let linux = judge(converted, "uefi-guest-unsupported", "Ubuntu 22.04 (64-bit)", &machine(Generation::Two, 127));
    assert!(not_met(&linux), "only Windows is converted to BIOS");
    for (gib, fits) in [(299, true), (300, false)] {
        let answer = judge(converted, "uefi-guest-unsupported", "Windows Server 2019", &machine(Generation::Two, gib));
        assert_eq!(met(&answer), fits, "an operating system disk of {gib} GiB");
    }
    let unknown = judge(&editions[3], "uefi-guest-unsupported", "Windows Server 2008 R2", &estate_of(|_| ()));
    assert_eq!(unknown.expect_err("a fact is missing").field, Field::Generation);
    assert!(met(&judge(&editions[3], "uefi-guest-unsupported", "Windows Server 2019", &estate_of(|_| ()))));
}

#[test]
fn a_linux_guest_is_prepared_automatically_only_in_the_listed_versions() {
    let newest = edition(Target::AzureMigrate, "2023-10");
    let check = "linux-needs-manual-preparation";
    let nothing = estate_of(|_| ());
    assert!(met(&judge(&newest, check, "Red Hat Enterprise Linux 8 (64 bit)", &nothing)));
    assert!(not_met(&judge(&newest, check, "Debian GNU/Linux 12 (64 bit)", &nothing)));
    let unknown = judge(&newest, check, "Red Hat Enterprise Linux 7 (64 bit)", &nothing);
    assert_eq!(unknown.expect_err("a fact is missing").field, Field::GuestOsVersion);
    assert_eq!(judge(&newest, check, "Windows Server 2019 Standard", &nothing), Ok(Verdict::NotApplicable));
    for (version, prepared) in [("7.0", true), ("7.3", false), ("7.4", true), ("7.9", true)] {
        let estate = estate_of(|vm| vm.guest_os_version = Fact::known(version.into(), CELL));
        let answer = judge(&newest, check, "Red Hat Enterprise Linux 7 (64 bit)", &estate);
        assert_eq!(met(&answer), prepared, "RHEL {version}: {answer:?}");
    }
}

#[test]
fn support_past_its_end_is_conditional_and_other_is_unknown() {
    let newest = edition(Target::AzureVm, "2024-06");
    let nothing = estate_of(|_| ());
    let conditional = |guest| judge(&newest, "guest-os-conditionally-supported", guest, &nothing);
    assert!(met(&conditional("Windows Server 2008 R2 Standard")));
    assert!(not_met(&conditional("Windows Server 2003 Standard Edition (32-bit x86)")));
    assert!(not_met(&conditional("FreeBSD 13")));
    let unknown =
        judge(&newest, "guest-os-unrecognised", "Other Linux (64 bit)", &nothing).expect_err("a fact is missing");
    assert_eq!((unknown.field, unknown.why), (Field::GuestOs, Why::Unsaid(CELL)));
}

#[test]
fn a_machine_fits_when_one_size_has_everything_it_needs() {
    let newest = edition(Target::AzureVm, "2024-06");
    let machine = |vcpus, gib: u64, disks| {
        estate_of(|vm| {
            vm.vcpus = Fact::known(vcpus, CELL);
            vm.memory = Fact::known(Mebibytes(gib * 1024), CELL);
            vm.stated_disk_count = Fact::known(disks, CELL);
        })
    };
    assert!(met(&judge(&newest, "no-size-fits", "", &machine(4, 16, 3))));
    assert!(met(&judge(&newest, "no-size-fits", "", &machine(4, 16, 65))), "64 data disks beside the system disk");
    assert!(not_met(&judge(&newest, "no-size-fits", "", &machine(4, 16, 66))));
    assert!(not_met(&judge(&newest, "no-size-fits", "", &machine(833, 16, 2))));

    let mut estate = machine(4, 16, 3);
    assert_eq!(judge(&newest, "no-size-in-region", "", &estate).expect_err("a fact is missing").field, Field::SkuVcpus);
    let mut sku = Sku::seen_at(CELL);
    sku.name = Fact::known("Standard_D4s_v5".into(), CELL);
    sku.vcpus = Fact::known(4, CELL);
    sku.memory = Fact::known(Mebibytes(16 * 1024), CELL);
    sku.data_disks = Fact::known(8, CELL);
    estate.azure.skus.push(sku);
    assert!(met(&judge(&newest, "no-size-in-region", "", &estate)));
    estate.azure.skus[0].restriction = Fact::known("NotAvailableForSubscription".into(), CELL);
    assert!(not_met(&judge(&newest, "no-size-in-region", "", &estate)));
    estate.azure.skus[0].restriction = Fact::absent(Field::SkuRestriction);
    estate.azure.skus[0].name = Fact::known("Standard_D4ps_v5".into(), CELL);
    assert!(not_met(&judge(&newest, "no-size-in-region", "", &estate)), "an Arm size runs no x64 guest");
}

#[test]
fn resource_names_are_judged_by_the_edition_of_the_naming_article() {
    let named = |name: &str| estate_of(|vm| vm.name = Fact::known(name.into(), CELL));
    let (old, new) = (edition(Target::AzureVm, "2020-01"), edition(Target::AzureVm, "2024-06"));
    let check = "vm-resource-name-not-allowed";
    let expected = [
        ("web-01", true, true),
        ("web 01", true, false),
        ("web.corp", true, false),
        ("_web", false, false),
        ("web-", false, false),
        ("web/01", false, false),
        ("web#01", true, false),
    ];
    for (name, in_old, in_new) in expected {
        assert_eq!(met(&judge(&old, check, "", &named(name))), in_old, "{name} by the older article");
        assert_eq!(met(&judge(&new, check, "", &named(name))), in_new, "{name} by the newer article");
    }
    assert!(met(&judge(&new, check, "", &named(&"a".repeat(64)))));
    assert!(not_met(&judge(&new, check, "", &named(&"a".repeat(65)))));
}

#[test]
fn integration_services_are_told_by_version_or_state() {
    let newest = edition(Target::AzureMigrate, "2023-10");
    let says = |text: &str| {
        let estate = estate_of(|vm| vm.integration_services = Fact::known(text.into(), CELL));
        judge(&newest, "windows-2003-integration-services", "Windows Server 2003 Standard Edition", &estate)
    };
    assert!(met(&says("6.3.9600.16384")));
    assert!(met(&says("Update required")));
    assert!(not_met(&says("Not detected")));
    assert_eq!(says("?").expect_err("a fact is missing").why, Why::Unreadable(CELL));
}

#[test]
fn windows_server_2008_r2_is_told_its_service_pack_by_its_build() {
    let newest = edition(Target::AzureVm, "2024-06");
    let build = |text: &str| {
        let estate = estate_of(|vm| vm.guest_os_version = Fact::known(text.into(), CELL));
        judge(&newest, "windows-2008-r2-without-service-pack", "Windows Server 2008 R2 Standard", &estate)
    };
    assert!(met(&build("6.1.7601")));
    assert!(met(&build("6.1.7601.24545")));
    assert!(not_met(&build("6.1.7600")));
}
