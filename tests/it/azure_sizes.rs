//! The catalogues of sizes, disk tiers and regions are whole, and a demand finds the smallest size.

use std::collections::BTreeSet;

use klar::catalogue::{Demand, DiskTierKind, DiskTiers, Regions, SizeKind, Sizes};
use klar::model::{Architecture, Bytes, Generation, Mebibytes};

fn demand(vcpus: u32, gib: u64, data_disks: u32) -> Demand {
    Demand { vcpus, memory: Mebibytes(gib * 1024), data_disks, nics: None, generation: None }
}

fn smallest(demand: &Demand) -> &'static str {
    Sizes::embedded().fits(demand).map_or("none", |size| size.name.as_str())
}

#[test]
fn the_size_catalogue_is_whole() {
    let mut names = BTreeSet::new();
    for size in Sizes::embedded().iter() {
        assert!(names.insert(size.name.to_lowercase()), "{} stands twice", size.name);
        assert!(size.name.starts_with("Standard_") && !size.family.is_empty(), "{}", size.name);
        let counts = [u64::from(size.vcpus), size.memory.0, u64::from(size.max_data_disks)];
        assert!(counts.iter().all(|count| *count > 0), "{} has a zero", size.name);
        assert!(size.max_nics.is_none_or(|nics| (1..=8).contains(&nics)), "{}", size.name);
    }
    assert_eq!(names.len(), 1497);
    let most = |count: fn(&klar::catalogue::Size) -> u64| Sizes::embedded().iter().map(count).max();
    assert_eq!(most(|size| size.vcpus.into()), Some(832));
    assert_eq!(most(|size| size.memory.0), Some(15_200 * 1024));
    assert_eq!(most(|size| size.max_data_disks.into()), Some(64));
}

#[test]
fn what_disks_and_adapters_do_on_a_size_is_known_where_a_source_tells() {
    let size = |name| Sizes::embedded().find(name).expect("the size is in the catalogue");
    let (with, without) = (size("Standard_D4s_v5"), size("Standard_D4_v5"));
    assert_eq!((with.premium_storage, without.premium_storage), (Some(true), Some(false)));
    assert_eq!((with.uncached_iops, with.uncached_mibps), (Some(6400), Some(138)));
    assert_eq!(size("Standard_D4as_v7").uncached_iops, None);
    assert_eq!(size("Standard_A1_v2").accelerated_networking, Some(false));
    assert_eq!((size("Standard_NC64as_T4_v3").gpus, with.gpus), (Some(4), None));
    assert!(Sizes::embedded().iter().all(|size| size.accelerated_networking.is_some()));
}

#[test]
fn arm_sizes_and_special_ones_are_never_proposed() {
    let sizes = Sizes::embedded();
    let arm: Vec<_> = sizes.iter().filter(|size| size.architecture == Some(Architecture::Arm64)).collect();
    assert_eq!(arm.len(), 97);
    assert!(arm.iter().all(|size| !size.is_proposed()));
    for name in ["Standard_B2ms", "Standard_NC6s_v3", "Standard_E16-4s_v5", "Standard_DC2as_v5", "Standard_A2_v2"] {
        let size = sizes.find(name).expect("the size is in the catalogue");
        assert!(!size.is_proposed(), "{name}");
    }
    assert_eq!(sizes.find("standard_d4S_V5").map(|size| size.kind), Some(SizeKind::General));
}

#[test]
fn the_smallest_size_that_holds_a_demand_is_found() {
    let found = Sizes::embedded().fits(&demand(3, 16, 3)).expect("a small machine fits");
    assert_eq!((found.vcpus, found.memory), (4, Mebibytes(16 * 1024)));
    assert_eq!(smallest(&demand(833, 1, 0)), "none");
    assert_eq!(smallest(&demand(1, 15_201, 0)), "none");
    assert_eq!(smallest(&demand(1, 1, 65)), "none");
    assert_ne!(smallest(&demand(1, 15_200, 0)), "none");
}

#[test]
fn a_generation_or_several_adapters_are_only_met_where_documented() {
    let sizes = Sizes::embedded();
    let base = demand(4, 16, 4);
    for generation in [Generation::One, Generation::Two] {
        let found = sizes.fits(&Demand { generation: Some(generation), ..base }).expect("both generations have sizes");
        assert!(found.generations.is_some_and(|all| all.include(generation)), "{}", found.name);
    }
    let found = sizes.fits(&Demand { nics: Some(4), ..base }).expect("some size takes four adapters");
    assert!(found.max_nics.is_some_and(|nics| nics >= 4), "{}", found.name);
    assert!(sizes.fits(&Demand { nics: Some(9), ..base }).is_none());
    assert_eq!(sizes.fits(&Demand { nics: Some(1), ..base }), sizes.fits(&base));
    let gen_1_only = sizes.find("Standard_D2_v3").expect("the size is in the catalogue");
    assert!(!gen_1_only.meets(&Demand { generation: Some(Generation::Two), ..demand(1, 1, 0) }));
}

#[test]
fn every_kind_of_disk_has_tiers_up_to_32_767_gib() {
    let tiers = DiskTiers::embedded();
    for kind in DiskTierKind::ALL {
        let tier = |gib| tiers.holding(*kind, Bytes::gib(gib)).map(|tier| tier.tier.as_str());
        assert!(tier(1).is_some() && tier(32_767).is_some(), "{kind}");
        assert_eq!(tier(32_768), None, "{kind}");
        let sizes: Vec<_> = tiers.iter().filter(|tier| tier.kind == *kind).map(|tier| tier.size).collect();
        assert!(sizes.windows(2).all(|pair| pair[0] < pair[1]), "{kind}");
    }
    let premium = |gib| tiers.holding(DiskTierKind::PremiumSsd, Bytes::gib(gib)).expect("within the largest tier");
    assert_eq!((premium(127).tier.as_str(), premium(127).iops, premium(127).mb_per_second), ("P10", 500, 100));
    assert_eq!(premium(129).tier, "P15");
    assert_eq!((premium(32_767).tier.as_str(), premium(32_767).iops), ("P80", 20_000));
}

#[test]
fn regions_are_found_by_either_name() {
    let regions = Regions::embedded();
    for region in regions.iter() {
        assert!(region.name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()), "{}", region.name);
        assert_eq!(regions.find(&region.display_name), Some(region));
        assert_eq!(regions.find(&region.name), Some(region));
    }
    assert_eq!(regions.find(" North EUROPE ").map(|region| region.name.as_str()), Some("northeurope"));
    assert_eq!(regions.find("Atlantis"), None);
}

#[test]
fn sizes_that_azure_takes_away_carry_the_published_day_and_are_never_proposed() {
    let sizes = Sizes::embedded();
    for (family, day, count) in [
        ("standardHBrsv2Family", "2027-05-31", 5),
        ("standardHCSFamily", "2027-05-31", 3),
        ("standardDCSv3Family", "2029-10-31", 8),
        ("standardDDCSv3Family", "2029-10-31", 8),
        ("standardDCACCV5Family", "2026-08-01", 7),
        ("standardDCADCCV5Family", "2026-08-01", 7),
        ("standardECACCV5Family", "2026-08-01", 8),
        ("standardECADCCV5Family", "2026-08-01", 8),
    ] {
        let of_family: Vec<_> = sizes.iter().filter(|size| size.family == family).collect();
        assert_eq!(of_family.len(), count, "{family}");
        for size in of_family {
            assert_eq!(size.retires.map(|end| end.to_string()).as_deref(), Some(day), "{}", size.name);
            assert!(!size.is_proposed(), "{}", size.name);
        }
    }
    for name in ["Standard_E112ibs_v5", "Standard_E112ibds_v5"] {
        assert_eq!(sizes.find(name).and_then(|size| size.nvme_only), Some(true), "{name}");
    }
}
