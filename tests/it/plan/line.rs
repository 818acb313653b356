//! Bandwidth, time and cost, with sums made by hand.

use klar::catalogue::DiskTierKind;
use klar::model::{Bytes, GIB, Pattern};
use klar::plan::{DailyChange, Guest, Item, Kbit, Money, Plan, Prices, Rate, Redundancy, Term, Wishes};

fn planned(change: &str, wishes: &Wishes, look: impl FnOnce(&Plan<'_>)) {
    let machines = format!(
        "VM name,Guest OS,vCPUs,Memory (MB),Daily change (GB)\na-01,Ubuntu Linux 22.04 (64 bit),2,4096,{change}\nb-01,Windows Server 2022 Standard,2,4096,{change}\n"
    );
    let disks = "VM name,Disk path,Disk size (GB),Disk type,Disk file size (GB)\na-01,D:\\a.vhdx,100,Dynamic,50\nb-01,D:\\b.vhdx,100,Fixed,100\n";
    super::planned(&[("vms.csv", &machines), ("disks.csv", disks)], wishes, |_, plan| look(plan));
}

#[test]
fn first_copies_take_what_dynamic_disks_hold_and_all_of_fixed_ones() {
    let wishes = Wishes { bandwidth_mbit: Some(100), ..Wishes::default() };
    planned("10", &wishes, |plan| {
        assert_eq!(plan.line.data, Bytes(150 * GIB));
        // 150 GiB are 1,288,490,188,800 bits, and 100 Mbit/s take 360,000,000,000 in an hour: 3.58 hours.
        assert_eq!(plan.line.waves[0].hours.map(|hours| hours.value), Some(4));
        assert_eq!(plan.line.waves[0].days, Some(1));
        assert_eq!(plan.line.holds, Some(2));
    });
    let nights = Wishes { bandwidth_mbit: Some(10), hours_a_day: 10, ..Wishes::default() };
    planned("", &nights, |plan| {
        // 35.8 hours of use, at 10 hours a day.
        assert_eq!(plan.line.waves[0].hours.map(|hours| hours.value), Some(36));
        assert_eq!(plan.line.waves[0].days, Some(4));
        assert_eq!(plan.line.holds, None, "no change is known");
    });
}

#[test]
fn a_later_wave_has_the_line_that_changes_leave() {
    let wishes = Wishes { bandwidth_mbit: Some(2), wave_size: Some(1), ..Wishes::default() };
    planned("10", &wishes, |plan| {
        // 2 Mbit/s take 172,800,000,000 bits a day. The first 50 GiB have all of it: 59.7 hours. Its changes take 13 GiB a
        // day, 111,669,149,696 bits, which leaves 61,130,850,304 for the other 100 GiB: 337.2 hours.
        let hours: Vec<_> = plan.line.waves.iter().map(|wave| wave.hours.map(|hours| hours.value)).collect();
        assert_eq!(hours, [Some(60), Some(338)]);
        assert_eq!(plan.line.holds, Some(1));
    });
    let none = Wishes { wave_size: Some(1), ..Wishes::default() };
    planned("10", &none, |plan| assert!(plan.line.waves.iter().all(|wave| wave.hours.is_none())));
}

#[test]
fn a_recovery_point_needs_what_changes_need_with_the_growth_that_is_published() {
    planned("10", &Wishes::default(), |plan| {
        assert_eq!(plan.line.growth.value, 30);
        assert_eq!(plan.line.change.map(|change| change.value), Some(Bytes(26 * GIB)));
        // 26 GiB are 223,338,299,392 bits; in 86,400 seconds 2,584.9 kbit/s.
        let needs: Vec<Kbit> = plan.line.recovery.iter().map(|(_, needs)| needs.value).collect();
        assert_eq!(needs, [Kbit(2585); 3]);
        assert!(plan.line.what_ifs.is_empty());
    });
    let office = Wishes { busy_hours: 8, growth_percent: Some(0), ..Wishes::default() };
    planned("13", &office, |plan| {
        // The same bits within 8 hours and 15, 30 or 60 minutes.
        let needs: Vec<_> = plan.line.recovery.iter().map(|(minutes, needs)| (*minutes, needs.value)).collect();
        assert_eq!(needs, [(15, Kbit(7520)), (30, Kbit(7299)), (60, Kbit(6894))]);
    });
}

#[test]
fn without_a_change_there_are_what_ifs_and_no_guess() {
    planned("", &Wishes::default(), |plan| {
        assert!(plan.line.change.is_none() && plan.line.recovery.is_empty());
        assert_eq!(plan.line.unknown_change, 2);
        let shares: Vec<u32> = plan.line.what_ifs.iter().map(|what_if| what_if.percent).collect();
        assert_eq!(shares, [1, 3, 5, 10]);
        // A tenth of 150 GiB, with growth 19.5 GiB: 1,938.7 kbit/s.
        assert_eq!(plan.line.what_ifs[3].needs, Kbit(1939));
    });
    let stated = Wishes { daily_change: Some(DailyChange::Percent(10)), ..Wishes::default() };
    planned("", &stated, |plan| {
        assert_eq!(plan.line.change.map(|change| change.value), Some(Bytes(19 * GIB + GIB / 2)));
        assert!(plan.line.what_ifs.is_empty());
    });
}

#[test]
fn a_month_costs_what_its_parts_add_up_to() {
    let mut prices = Prices::new("prices.csv", "EUR");
    let mut add = |item, nano| prices.add(item, "northeurope", Rate(nano), None);
    add(Item::Compute("standard_d2s_v5".to_owned(), Guest::Windows, Term::AsYouGo), 180_000_000);
    add(Item::Compute("standard_d2s_v5".to_owned(), Guest::Other, Term::AsYouGo), 100_000_000);
    add(Item::Disk(DiskTierKind::PremiumSsd, "P10".to_owned(), Redundancy::Local), 17_920_000_000);
    add(Item::Fee(klar::catalogue::Target::SiteRecovery), 25_000_000_000);
    let machines = "VM name,Guest OS,vCPUs,Memory (MB),OS disk size (GB)\na-01,Ubuntu Linux 22.04 (64 bit),2,4096,100\nb-01,Windows Server 2022 Standard,2,4096,100\nc-01,Windows Server 2022 Standard,2,4096,300\nd-01,Windows Server 2022 Standard,16,4096,100\n";
    let wishes = Wishes { sizes: vec![Pattern::new("Dsv5")], ..Wishes::default() };
    super::planned_by(&[("vms.csv", machines)], &[], &wishes, Some(&prices), |_, plan| {
        let cost = plan.cost.as_ref().expect("there are prices");
        let totals: Vec<_> = cost.machines.iter().map(|machine| machine.unwrap().total()).collect();
        // 73.00 + 17.92 + 25.00 and 131.40 + 17.92 + 25.00; a P15 and a size of 16 vCPUs have no price.
        assert_eq!(totals, [Some(Money(11_592)), Some(Money(17_432)), None, None]);
        assert_eq!((cost.compute, cost.disks, cost.fees), (Money(33_580), Money(5376), Money(10_000)));
        assert_eq!(cost.total(), Money(48_956));
        assert_eq!(cost.unpriced_machines, 2);
        assert_eq!(cost.unpriced_sizes.iter().map(|name| &**name).collect::<Vec<_>>(), ["Standard_D16s_v5"]);
        assert_eq!(cost.unpriced_tiers, ["P20"]);
    });
    super::planned(&[("vms.csv", machines)], &wishes, |_, plan| assert!(plan.cost.is_none(), "no price, no cost"));
}
