//! The tier of every disk at every boundary of the catalogue, and what is said of a disk beside it.

use klar::catalogue::{DiskTierKind, DiskTiers, Target};
use klar::model::{Bytes, GIB};
use klar::plan::{MayExclude, NoTier, Plan, TierReason, Wishes};

/// A machine whose data disks are rows of a table.
fn disks(rows: &[&str]) -> Vec<(&'static str, String)> {
    let table = format!(
        "VM name,Disk path,Disk size (bytes),Disk type,Disk file size (bytes),Disk IOPS,Disk throughput (MB/s),Disk shared\n{}\n",
        rows.join("\n")
    );
    vec![("vms.csv", "VM name,vCPUs,Memory (MB)\nweb-01,4,8192\n".to_owned()), ("disks.csv", table)]
}

fn of(rows: &[&str], wishes: &Wishes, look: impl FnOnce(&Plan<'_>)) {
    let files = disks(rows);
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    super::planned(&files, wishes, |_, plan| look(plan));
}

#[test]
fn every_boundary_of_the_tiers_gives_the_tier_that_the_table_gives() {
    for kind in DiskTierKind::ALL {
        let wishes = Wishes { disk_kinds: vec![*kind], ..Wishes::default() };
        let tiers: Vec<_> = DiskTiers::embedded().iter().filter(|tier| tier.kind == *kind).collect();
        for (place, tier) in tiers.iter().enumerate() {
            let sizes = [tier.size.0 - 1, tier.size.0, tier.size.0 + 1];
            let rows: Vec<String> =
                sizes.iter().map(|size| format!("web-01,D:\\{size}.vhdx,{size},Fixed,,,,")).collect();
            let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
            of(&rows, &wishes, |plan| {
                let names: Vec<Option<&str>> =
                    plan.disks.iter().map(|disk| disk.tier.ok().map(|tier| tier.tier.as_str())).collect();
                let next = tiers.get(place + 1).map(|tier| tier.tier.as_str());
                assert_eq!(names, [Some(tier.tier.as_str()), Some(tier.tier.as_str()), next]);
                assert!(next.is_some() || plan.disks[2].tier == Err(NoTier::TooLarge));
                assert_eq!(plan.disks[0].rounded_by, Bytes(1));
                assert_eq!((plan.disks[1].rounded_by, plan.disks[1].size_gib), (Bytes(0), Some(tier.size.0 / GIB)));
            });
        }
    }
}

#[test]
fn a_busy_disk_takes_a_larger_tier_and_says_why() {
    let gib = 100 * GIB;
    let rows = [
        format!("web-01,D:\\a.vhdx,{gib},Fixed,,500,,"),
        format!("web-01,D:\\b.vhdx,{gib},Fixed,,501,,"),
        format!("web-01,D:\\c.vhdx,{gib},Fixed,,100,126,"),
        format!("web-01,D:\\d.vhdx,{gib},Fixed,,20001,,"),
    ];
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    of(&rows, &Wishes::default(), |plan| {
        let told: Vec<_> =
            plan.disks.iter().map(|disk| (disk.tier.map(|tier| tier.tier.as_str()), disk.reason)).collect();
        assert_eq!(told[0], (Ok("P10"), TierReason::Size));
        assert_eq!(told[1], (Ok("P15"), TierReason::Iops));
        assert_eq!(told[2], (Ok("P20"), TierReason::Throughput));
        assert_eq!(told[3], (Err(NoTier::TooFast), TierReason::Iops));
    });
    let comfort = Wishes { comfort_percent: 130, ..Wishes::default() };
    of(&rows[..1], &comfort, |plan| assert_eq!(plan.disks[0].tier.unwrap().tier, "P15"));
    let cheaper = Wishes { disk_kinds: vec![DiskTierKind::PremiumSsd, DiskTierKind::StandardSsd], ..Wishes::default() };
    of(&rows[2..3], &cheaper, |plan| assert_eq!(plan.disks[0].tier.unwrap().tier, "P20"));
}

#[test]
fn what_is_worth_a_look_before_replication_is_told() {
    let (large, data) = (400 * GIB, 50 * GIB);
    let rows = [
        format!("web-01,D:\\os.vhdx,{large},Dynamic,{data},,,"),
        format!("web-01,D:\\fixed.vhdx,{large},Fixed,{data},,,"),
        format!("web-01,D:\\web-01_pagefile.vhdx,{large},Dynamic,{large},,,"),
        format!("web-01,D:\\tempdb.vhdx,{large},Dynamic,{large},,,"),
        format!("web-01,D:\\quorum.vhdx,{large},Dynamic,{large},,,True"),
        "web-01,D:\\template.vhdx,,Dynamic,,,,".to_owned(),
    ];
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    of(&rows, &Wishes::default(), |plan| {
        let oversize: Vec<_> = plan.disks.iter().map(|disk| disk.oversize).collect();
        assert_eq!(oversize, [Some(8), None, None, None, None, None]);
        let exclude: Vec<_> = plan.disks.iter().map(|disk| disk.may_exclude).collect();
        let (page, temporary, shared) = (MayExclude::PageFile, MayExclude::Temporary, MayExclude::Shared);
        assert_eq!(exclude, [None, None, Some(page), Some(temporary), Some(shared), None]);
        assert!(
            matches!(plan.disks[5].tier, Err(NoTier::Missing(missing)) if missing.field == klar::model::Field::DiskSize)
        );
    });
}

#[test]
fn the_planning_facts_are_whole_and_each_names_its_document() {
    let facts = klar::catalogue::Planning::embedded();
    let all = [
        &facts.growth_percent,
        &facts.percentile,
        &facts.initial_space_percent,
        &facts.delta_space_percent,
        &facts.machines_at_a_time,
        &facts.copy_seconds,
        &facts.copy_seconds_least,
        &facts.reserved_addresses,
        &facts.ingress_mbit_v2,
        &facts.ingress_mbit_v1,
        &facts.import_rows,
        &facts.import_disks,
        &facts.helper_machines,
    ];
    assert!(all.iter().all(|fact| fact.value > 0 && facts.source(&fact.source).is_some()));
    assert!(facts.source(&facts.hdd_os_disks_end.source).is_some());
}

#[test]
fn an_operating_system_is_put_on_a_standard_hdd_only_where_that_may_stay() {
    let tables = [(
        "vms.csv",
        "VM name,Generation,vCPUs,Memory (MB),OS disk size (GB),Disk 2 size (GB)\nweb-01,2,2,4096,100,100\n",
    )];
    let tiers = |road: Target, kinds: &[DiskTierKind]| {
        let edition = super::CATALOGUE.newest(road).unwrap();
        let wishes = Wishes { disk_kinds: kinds.to_vec(), ..Wishes::default() };
        let mut found = Vec::new();
        super::planned_by(&tables, &[edition], &wishes, None, |_, plan| {
            found = plan.disks.iter().map(|disk| disk.tier.unwrap().tier.clone()).collect();
        });
        found
    };
    let (hdd, ssd) = (DiskTierKind::StandardHdd, DiskTierKind::StandardSsd);
    assert_eq!(tiers(Target::AzureMigrate, &[hdd, ssd]), ["E10", "S10"], "the system goes to the kind that stays");
    assert_eq!(tiers(Target::AzureMigrate, &[hdd]), ["S10", "S10"], "nothing else is wished for");
    assert_eq!(tiers(Target::SiteRecovery, &[hdd, ssd]), ["S10", "S10"], "what Site Recovery makes is exempt");
    let folder = crate::binary::Folder::new("plan-hdd");
    folder
        .put(&format!("in/{}", tables[0].0), tables[0].1)
        .put("klar.toml", "[plan]\ndisk_types = [\"standard-hdd\"]\n");
    for (road, until) in [("azure-migrate", "2028-09-08"), ("site-recovery", "")] {
        let run = folder.assess(&["--config", "klar.toml", "--against", road]);
        assert_eq!(run.code, 0, "{}", run.err);
        let rows = folder.rows("out/plan_disks.csv");
        let place = rows[0].iter().position(|head| head == "os_disk_until").unwrap();
        let days: Vec<&str> = rows[1..].iter().map(|row| row[place].as_str()).collect();
        assert_eq!(days, [until, ""], "{road}");
    }
}
