//! The size chosen at every boundary of the catalogue, against an oracle that tries every row of the table.

use std::collections::BTreeSet;

use klar::catalogue::{Generations, Support};
use klar::model::{Architecture, Bytes, Generation, Mebibytes, Pattern};
use klar::plan::{
    Asks, Chooser, Guest, Item, Need, Offer, Offers, Outcome, Prices, Rate, Shortfall, Term, Unverified, Wishes,
};

fn asks(vcpus: u32, gib: u64, data_disks: u32) -> Asks {
    Asks {
        vcpus,
        memory: Mebibytes(gib * 1024),
        data_disks,
        nics: Some(1),
        generation: Some(Generation::Two),
        architecture: Architecture::X64,
        nvme: Support::Yes,
        premium: true,
        iops: None,
        throughput: None,
        windows: true,
    }
}

fn offers(wishes: &Wishes, prices: Option<&Prices>) -> Offers {
    Offers::new(&super::CATALOGUE, &[], wishes, None, prices)
}

fn choose(offers: &Offers, asks: &Asks) -> Outcome {
    let mut chooser = Chooser::new(offers, &Wishes::default());
    let index = chooser.choose(asks);
    chooser.finish().swap_remove(usize::try_from(index).unwrap()).1
}

/// A row of the published table, read without the program's own reader.
struct Row {
    name: String,
    vcpus: u64,
    memory: u64,
    disks: u64,
    nics: Option<u64>,
    generations: String,
    architecture: String,
    nvme_only: bool,
    iops: Option<u64>,
    mibps: Option<u64>,
    version: u64,
}

/// The rows that may be chosen by default: general sizes of the D and E series with premium storage, not retiring.
fn table() -> Vec<Row> {
    let text = include_str!("../../../templates/sizes.csv");
    let mut lines = text.lines().filter(|line| !line.starts_with('#'));
    let heads: Vec<&str> = lines.next().unwrap().split(',').collect();
    let mut rows = Vec::new();
    for line in lines {
        let cells: Vec<&str> = line.split(',').collect();
        let cell = |name: &str| cells[heads.iter().position(|head| *head == name).unwrap()];
        let letters: String =
            cell("name").trim_start_matches("Standard_").chars().take_while(char::is_ascii_uppercase).collect();
        let is_default = cell("kind") == "general"
            && matches!(letters.as_str(), "D" | "E")
            && cell("premium_storage") == "yes"
            && cell("retires").is_empty();
        if is_default {
            rows.push(Row {
                name: cell("name").to_owned(),
                vcpus: cell("vcpus").parse().unwrap(),
                memory: cell("memory_mib").parse().unwrap(),
                disks: cell("max_data_disks").parse().unwrap(),
                nics: cell("max_nics").parse().ok(),
                generations: cell("generations").to_owned(),
                architecture: cell("architecture").to_owned(),
                nvme_only: cell("nvme_only") == "yes",
                iops: cell("uncached_iops").parse().ok(),
                mibps: cell("uncached_mibps").parse().ok(),
                version: cell("name").rsplit_once("_v").map_or(1, |(_, digits)| digits.parse().unwrap()),
            });
        }
    }
    rows
}

/// Whether a row takes a machine, and how much of it nobody published.
fn takes(row: &Row, asks: &Asks) -> Option<u32> {
    let mut open = 0;
    let mut lacks =
        row.vcpus < u64::from(asks.vcpus) || row.memory < asks.memory.0 || row.disks < u64::from(asks.data_disks);
    let nics = u64::from(asks.nics.unwrap());
    match row.nics {
        Some(most) => lacks |= most < nics,
        None => open += u32::from(nics > 1),
    }
    let wanted = if asks.generation == Some(Generation::One) { "V1" } else { "V2" };
    match row.generations.as_str() {
        "" => open += 1,
        listed => lacks |= !listed.split('+').any(|listed| listed == wanted),
    }
    match row.architecture.as_str() {
        "" => open += 1,
        listed => lacks |= listed != "x64",
    }
    lacks |= row.nvme_only && asks.nvme == Support::No;
    if let Some(wanted) = asks.iops {
        match row.iops {
            Some(most) => lacks |= most < wanted,
            None => open += 1,
        }
    }
    if let Some(wanted) = asks.throughput {
        match row.mibps {
            Some(most) => lacks |= most * 1024 * 1024 < wanted.0,
            None => open += 1,
        }
    }
    (!lacks).then_some(open)
}

/// What must be chosen: fewest vCPUs, least memory, most of it published, fewest data disks, newest, name.
fn oracle<'a>(table: &'a [Row], asks: &Asks) -> Option<&'a Row> {
    let fitting = table.iter().filter_map(|row| Some((takes(row, asks)?, row)));
    let best = fitting.min_by(|(open, one), (other_open, other)| {
        (one.vcpus, one.memory, open, one.disks, u64::MAX - one.version, &one.name).cmp(&(
            other.vcpus,
            other.memory,
            other_open,
            other.disks,
            u64::MAX - other.version,
            &other.name,
        ))
    });
    best.map(|(_, row)| row)
}

/// The demands at the edge of a size and one past it, in each of its properties.
fn boundaries(row: &Row) -> Vec<Asks> {
    let at = Asks {
        memory: Mebibytes(row.memory),
        ..asks(u32::try_from(row.vcpus).unwrap(), 1, u32::try_from(row.disks).unwrap())
    };
    let mut all = vec![
        at,
        Asks { vcpus: at.vcpus + 1, ..at },
        Asks { memory: Mebibytes(row.memory + 1), ..at },
        Asks { data_disks: at.data_disks + 1, ..at },
        Asks { generation: Some(Generation::One), ..at },
        Asks { nvme: Support::No, ..at },
    ];
    all.extend(row.nics.iter().flat_map(|nics| {
        let nics = u32::try_from(*nics).unwrap();
        [Asks { nics: Some(nics), ..at }, Asks { nics: Some(nics + 1), ..at }]
    }));
    all.extend(
        row.iops.iter().flat_map(|iops| [Asks { iops: Some(*iops), ..at }, Asks { iops: Some(iops + 1), ..at }]),
    );
    all.extend(row.mibps.iter().map(|rate| Asks { throughput: Some(Bytes(rate * 1024 * 1024 + 1)), ..at }));
    all
}

fn limit_is_true(short: &Shortfall, asks: &Asks, offer: &Offer) -> bool {
    match *short {
        Shortfall::Vcpus { needed, has } => needed == asks.vcpus && has == offer.vcpus && has < needed,
        Shortfall::Memory { needed, has } => needed == asks.memory && has == offer.memory && has < needed,
        Shortfall::DataDisks { needed, has } => needed == asks.data_disks && has == offer.data_disks && has < needed,
        Shortfall::Adapters { needed, has } => Some(needed) == asks.nics && Some(has) == offer.nics && has < needed,
        Shortfall::Generation { needed, has } => Some(needed) == asks.generation && !has.include(needed),
        Shortfall::Processor { needed, has } => needed == asks.architecture && has != needed,
        Shortfall::NvmeOnly => offer.nvme_only && asks.nvme == Support::No,
        Shortfall::PremiumStorage => offer.premium == Some(false),
        Shortfall::AcceleratedNetworking => offer.accelerated == Some(false),
        Shortfall::Iops { needed, has } => Some(needed) == asks.iops && Some(has) == offer.iops && has < needed,
        Shortfall::Throughput { needed, has } => {
            Some(needed) == asks.throughput && Some(has) == offer.throughput && has < needed
        }
    }
}

#[test]
fn every_boundary_of_the_catalogue_gives_the_size_that_an_oracle_gives() {
    let table = table();
    assert!(table.len() > 250, "{}", table.len());
    let offers = offers(&Wishes::default(), None);
    let mut chooser = Chooser::new(&offers, &Wishes::default());
    let demands: Vec<Asks> = table.iter().flat_map(boundaries).collect();
    let chosen: Vec<u32> = demands.iter().map(|asks| chooser.choose(asks)).collect();
    let outcomes = chooser.finish();
    let mut without = 0;
    for (asks, index) in demands.iter().zip(chosen) {
        let outcome = &outcomes[usize::try_from(index).unwrap()].1;
        let expected = oracle(&table, asks);
        let Ok(choice) = outcome else {
            assert!(expected.is_none(), "{asks:?}: none, and the table has {}", expected.unwrap().name);
            without += 1;
            continue;
        };
        let offer = offers.get(choice.size);
        assert_eq!(Some(&*offer.name), expected.map(|row| row.name.as_str()), "{asks:?}");
        let open = takes(expected.unwrap(), asks).unwrap();
        assert_eq!(choice.unverified.len(), usize::try_from(open).unwrap(), "{asks:?}: {:?}", choice.unverified);
        if let Some((smaller, lacks)) = &choice.smaller {
            let smaller = offers.get(*smaller);
            assert!((smaller.vcpus, smaller.memory) < (offer.vcpus, offer.memory), "{asks:?}");
            assert!(!lacks.is_empty(), "{asks:?}: {} would do", smaller.name);
            assert!(lacks.iter().all(|short| limit_is_true(short, asks, smaller)), "{asks:?}: {lacks:?}");
        }
        let families: BTreeSet<&str> =
            choice.alternatives.iter().map(|index| &*offers.get(*index).family).chain([&*offer.family]).collect();
        assert_eq!(families.len(), choice.alternatives.len() + 1, "{asks:?}");
    }
    assert!(without > 10, "some demands are beyond every size");
}

#[test]
fn more_asked_for_never_fits_more_sizes_nor_fewer_vcpus() {
    let offers = offers(&Wishes::default(), None);
    let fitting = |asks: &Asks| {
        let lacks = |offer: &&Offer| klar::plan::shortfalls(asks, offer, Need::Indifferent).is_empty();
        offers.list.iter().filter(lacks).count()
    };
    let vcpus = |asks: &Asks| choose(&offers, asks).map_or(u32::MAX, |choice| offers.get(choice.size).vcpus);
    for (cores, gib, disks) in
        [(1, 1, 0), (2, 8, 1), (3, 7, 4), (4, 33, 9), (8, 64, 16), (20, 200, 31), (64, 500, 63), (96, 900, 10)]
    {
        let base = asks(cores, gib, disks);
        let more = [
            Asks { vcpus: cores + 1, ..base },
            Asks { memory: Mebibytes(base.memory.0 + 1024), ..base },
            Asks { data_disks: disks + 1, ..base },
            Asks { nics: Some(2), ..base },
            Asks { iops: Some(10_000), ..base },
        ];
        for asks in more {
            assert!(fitting(&asks) <= fitting(&base), "{base:?} {asks:?}");
            assert!(vcpus(&asks) >= vcpus(&base), "{base:?} {asks:?}");
        }
    }
}

fn prices(of: &[(&str, u64)]) -> Prices {
    let mut prices = Prices::new("prices.csv", "EUR");
    for (name, nano) in of {
        let item = Item::Compute(name.to_ascii_lowercase(), Guest::Windows, Term::AsYouGo);
        prices.add(item, "northeurope", Rate(*nano), None);
    }
    prices
}

fn rate(list: &[(&str, u64)], asks: &Asks) -> Option<Rate> {
    let prices = prices(list);
    let offers = offers(&Wishes::default(), Some(&prices));
    offers.get(choose(&offers, asks).unwrap().size).windows
}

#[test]
fn with_prices_the_cheapest_is_chosen_and_none_without_a_price_before_one_with() {
    let list = [("Standard_D8s_v5", 400), ("Standard_E4s_v5", 300), ("Standard_D4s_v5", 350)];
    let prices = prices(&list);
    let offers = offers(&Wishes::default(), Some(&prices));
    let name = |asks: &Asks| offers.get(choose(&offers, asks).unwrap().size).name.to_string();
    assert_eq!(name(&asks(4, 16, 2)), "Standard_E4s_v5");
    assert_eq!(name(&asks(2, 4, 2)), "Standard_E4s_v5", "smaller sizes have no price");
    assert_eq!(name(&asks(5, 16, 2)), "Standard_D8s_v5");
    assert_ne!(name(&asks(16, 64, 2)), "Standard_D8s_v5", "none with a price takes it");
    let choice = choose(&offers, &asks(5, 16, 2)).unwrap();
    let (cheaper, lacks) = choice.smaller.unwrap();
    assert_eq!(&*offers.get(cheaper).name, "Standard_D4s_v5");
    assert_eq!(lacks, [Shortfall::Vcpus { needed: 5, has: 4 }]);
}

#[test]
fn a_longer_price_list_makes_nothing_dearer_and_more_asked_for_nothing_cheaper() {
    let all = [
        ("Standard_D8s_v5", 400),
        ("Standard_E8s_v5", 500),
        ("Standard_D4s_v5", 350),
        ("Standard_E4s_v5", 300),
        ("Standard_D16s_v5", 700),
        ("Standard_D8as_v5", 390),
    ];
    for asks in [asks(2, 8, 1), asks(4, 16, 4), asks(8, 30, 8), asks(6, 20, 2)] {
        let mut before = None;
        for length in 1..=all.len() {
            let now = rate(&all[..length], &asks);
            assert!(before.is_none_or(|before| now.is_some_and(|now| now <= before)), "{asks:?} {length}");
            before = now.or(before);
        }
        let more = [
            Asks { vcpus: asks.vcpus + 1, ..asks },
            Asks { data_disks: asks.data_disks + 1, ..asks },
            Asks { nics: Some(2), ..asks },
        ];
        for more in more {
            assert!(rate(&all, &more).is_none_or(|dearer| Some(dearer) >= rate(&all, &asks)), "{more:?}");
        }
    }
}

#[test]
fn what_nobody_published_is_said_and_loses_among_equals() {
    let offers = offers(&Wishes::default(), None);
    let two = Asks { nics: Some(2), ..asks(2, 8, 2) };
    let choice = choose(&offers, &two).unwrap();
    let offer = offers.get(choice.size);
    assert_eq!((&*offer.name, offer.nics), ("Standard_D2s_v5", Some(2)));
    assert!(choice.unverified.is_empty(), "{:?}", choice.unverified);
    let unknown = Asks { nics: None, generation: None, ..asks(2, 8, 2) };
    let open = choose(&offers, &unknown).unwrap().unverified;
    assert!(open.contains(&Unverified::Adapters), "{open:?}");
}

#[test]
fn wishes_narrow_and_widen_what_is_chosen_from() {
    let name = |sizes: &[&str], avoid: &[&str], asks: &Asks| {
        let patterns = |texts: &[&str]| texts.iter().map(|text| Pattern::new(text)).collect();
        let wishes = Wishes { sizes: patterns(sizes), avoid: patterns(avoid), ..Wishes::default() };
        let offers = offers(&wishes, None);
        choose(&offers, asks).map(|choice| offers.get(choice.size).name.to_string()).ok()
    };
    assert_eq!(name(&["Dsv5"], &[], &asks(3, 8, 2)).as_deref(), Some("Standard_D4s_v5"));
    assert_eq!(name(&["D", "E"], &["*v6", "*v7"], &asks(3, 16, 2)).as_deref(), Some("Standard_D4s_v5"));
    assert_eq!(name(&["D", "E"], &[], &asks(400, 6000, 2)), None);
    assert!(name(&["M"], &[], &asks(400, 6000, 2)).is_some_and(|name| name.starts_with("Standard_M")));
    assert_eq!(name(&["Standard_E16-4s_v5"], &[], &asks(4, 100, 2)).as_deref(), Some("Standard_E16-4s_v5"));
    let huge = choose(&offers(&Wishes::default(), None), &asks(400, 6000, 2)).unwrap_err();
    assert!(huge.outside.is_some(), "a size of another series takes it");
    assert!(huge.largest.is_some_and(|(_, lacks)| !lacks.is_empty()));
}

#[test]
fn an_export_of_the_region_wins_over_the_catalogue() {
    let estate = super::read(&[("skus.csv", "\
Size,VM size family,Region,vCPUs of the size,Memory of the size (GB),Data disks of the size,Network adapters of the size,Generations of the size,Restriction of the size,What the restriction of the size covers
Standard_D2s_v5,standardDSv5Family,northeurope,2,8,4,2,\"V1,V2\",NotAvailableForSubscription,Location
Standard_D4s_v5,standardDSv5Family,northeurope,4,16,8,2,\"V1,V2\",NotAvailableForSubscription,Zone
Standard_D8s_v5,standardDSv5Family,westeurope,8,32,16,4,\"V1,V2\",,
Standard_D2s_v9,standardDSv9Family,northeurope,2,16,4,2,V2,,
")]);
    let region: klar::model::Name = "North Europe".into();
    let offers = Offers::new(&super::CATALOGUE, &estate.azure.skus, &Wishes::default(), Some(&region), None);
    let names: Vec<&str> = offers.list.iter().map(|offer| &*offer.name).collect();
    assert_eq!(names, ["Standard_D2s_v9", "Standard_D4s_v5"]);
    assert_eq!(offers.list[1].premium, Some(true), "the catalogue tells what the export does not");
    assert_eq!(offers.list[0].generations, Some(Generations::Two));
    let choice = choose(&offers, &asks(2, 8, 2)).unwrap();
    assert_eq!(&*offers.get(choice.size).name, "Standard_D2s_v9");
    assert_eq!(choice.unverified, [Unverified::Processor, Unverified::PremiumStorage]);
}

#[test]
fn what_is_used_makes_a_smaller_size_with_comfort_and_floors() {
    let machines = "VM name,Generation,vCPUs,Memory (MB),Number of disks,Number of network adapters,CPU utilization (%),Memory utilization (%)\n\
                    busy-01,2,8,32768,2,1,50,40\nidle-01,2,8,32768,2,1,2,2\nhalf-01,2,8,32768,2,1,25,\nnone-01,2,8,32768,2,1,,\n";
    let right = |wishes: &Wishes| {
        let mut found = Vec::new();
        super::planned(&[("vms.csv", machines)], wishes, |_, plan| {
            for (index, machine) in plan.machines.iter().enumerate() {
                let right = machine.right_sized.as_ref().map(|(_, right)| (right.vcpus.value, right.memory.value.0));
                found.push((right, plan.size_of(index).map(|size| size.vcpus)));
            }
        });
        found
    };
    let allocated = right(&Wishes::default());
    assert_eq!(
        allocated[0],
        (Some((4, 13_108)), Some(8)),
        "50 % of 8 vCPUs and 40 % of 32 GiB; sized as given all the same"
    );
    assert_eq!(allocated[1].0, Some((1, 1024)), "floors");
    assert_eq!(allocated[2].0, Some((2, 32_768)), "memory that is not measured stays as given");
    assert_eq!(allocated[3].0, None);
    let wishes = Wishes {
        sizing: klar::plan::Sizing::RightSized,
        comfort_percent: 130,
        least_vcpus: 2,
        least_memory: Mebibytes(4096),
        ..Wishes::default()
    };
    // 8 x 50 % x 1.3 are 5.2 vCPUs; 32 GiB x 40 % x 1.3 are 16.64 GiB.
    let used = right(&wishes);
    assert_eq!(used[0], (Some((6, 17_040)), Some(8)));
    assert_eq!(used[1], (Some((2, 4096)), Some(2)));
    assert_eq!(used[3], (None, Some(8)));
}

/// Sizes as `az vm list-skus` gives them, each with its zones, its accelerated networking, and a restriction.
const ZONED: &str = r#"[
 {"name": "Standard_D2s_v5", "resourceType": "virtualMachines", "family": "standardDSv5Family", "locations": ["northeurope"],
  "locationInfo": [{"location": "northeurope", "zones": ["2", "3"]}],
  "capabilities": [{"name": "vCPUs", "value": "2"}, {"name": "MemoryGB", "value": "8"}, {"name": "MaxDataDiskCount", "value": "4"},
   {"name": "AcceleratedNetworkingEnabled", "value": "False"}], "restrictions": []},
 {"name": "Standard_D4s_v5", "resourceType": "virtualMachines", "family": "standardDSv5Family", "locations": ["northeurope"],
  "locationInfo": [{"location": "northeurope", "zones": ["1", "2", "3"]}],
  "capabilities": [{"name": "vCPUs", "value": "4"}, {"name": "MemoryGB", "value": "16"}, {"name": "MaxDataDiskCount", "value": "8"},
   {"name": "AcceleratedNetworkingEnabled", "value": "True"}],
  "restrictions": [{"type": "Zone", "reasonCode": "NotAvailableForSubscription", "restrictionInfo": {"zones": ["1"]}}]},
 {"name": "Standard_D8s_v5", "resourceType": "virtualMachines", "family": "standardDSv5Family", "locations": ["northeurope"],
  "locationInfo": [{"location": "northeurope", "zones": ["1", "3"]}],
  "capabilities": [{"name": "vCPUs", "value": "8"}, {"name": "MemoryGB", "value": "32"}, {"name": "MaxDataDiskCount", "value": "16"},
   {"name": "AcceleratedNetworkingEnabled", "value": "True"}], "restrictions": []},
 {"name": "Standard_D16s_v5", "resourceType": "virtualMachines", "family": "standardDSv5Family", "locations": ["northeurope"],
  "locationInfo": [{"location": "northeurope"}],
  "capabilities": [{"name": "vCPUs", "value": "16"}, {"name": "MemoryGB", "value": "64"}, {"name": "MaxDataDiskCount", "value": "32"}],
  "restrictions": []}]"#;

#[test]
fn a_zone_and_accelerated_networking_are_had_by_the_sizes_that_an_export_says() {
    let estate = super::read(&[("skus.json", ZONED)]);
    assert_eq!(estate.azure.skus.len(), 4);
    let offered = |wishes: &Wishes| {
        let offers = Offers::new(&super::CATALOGUE, &estate.azure.skus, wishes, Some(&"northeurope".into()), None);
        let names: Vec<String> = offers.list.iter().map(|offer| offer.name.to_string()).collect();
        (offers, names)
    };
    let zone = |zone: &str| offered(&Wishes { zone: Some(zone.into()), ..Wishes::default() }).1;
    assert_eq!(offered(&Wishes::default()).1.len(), 4, "without a wish any zone will do");
    assert_eq!(zone("1"), ["Standard_D8s_v5"], "one size is not there, one may not be used there, one does not say");
    assert_eq!(zone("2"), ["Standard_D2s_v5", "Standard_D4s_v5"]);
    assert_eq!(zone("3"), ["Standard_D2s_v5", "Standard_D4s_v5", "Standard_D8s_v5"]);
    let (offers, _) = offered(&Wishes::default());
    let chosen = |wishes: &Wishes, vcpus: u32| {
        let mut chooser = Chooser::new(&offers, wishes);
        let index = chooser.choose(&asks(vcpus, 4, 2));
        let choice = chooser.finish().swap_remove(usize::try_from(index).unwrap()).1.unwrap();
        (offers.get(choice.size).name.to_string(), choice)
    };
    let needed = Wishes { accelerated_networking: Need::Needed, ..Wishes::default() };
    assert_eq!(chosen(&Wishes::default(), 2).0, "Standard_D2s_v5");
    let (name, choice) = chosen(&needed, 2);
    assert_eq!(name, "Standard_D4s_v5");
    let (smaller, lacks) = choice.smaller.unwrap();
    assert_eq!(&*offers.get(smaller).name, "Standard_D2s_v5");
    assert_eq!(lacks, [Shortfall::AcceleratedNetworking]);
    assert!(!choice.unverified.contains(&Unverified::AcceleratedNetworking));
    // The catalogue tells of the size whose export does not; of one that nobody tells of it is not verified.
    let known = offers.list.iter().find(|offer| &*offer.name == "Standard_D16s_v5").unwrap().accelerated;
    let open = chosen(&needed, 16).1.unverified.contains(&Unverified::AcceleratedNetworking);
    assert_eq!(open, known.is_none());
}

#[test]
fn a_size_of_which_nobody_tells_accelerated_networking_is_taken_and_not_verified() {
    let machine = "VM name,Generation,vCPUs,Memory (MB),Number of disks\nweb-01,2,2,4096,1\n";
    let sku = "Size,VM size family,Region,vCPUs of the size,Memory of the size (GB),Data disks of the size\n\
               Standard_D2s_v9,standardDSv9Family,northeurope,2,16,4\n";
    let wishes =
        Wishes { accelerated_networking: Need::Needed, region: Some("northeurope".into()), ..Wishes::default() };
    super::planned(&[("vms.csv", machine), ("skus.csv", sku)], &wishes, |_, plan| {
        let (_, outcome) = plan.choice_of(0).unwrap();
        let choice = outcome.as_ref().unwrap();
        assert_eq!(&*plan.offers.get(choice.size).name, "Standard_D2s_v9");
        assert!(choice.unverified.contains(&Unverified::AcceleratedNetworking), "{:?}", choice.unverified);
        let said = klar::plan::words::not_verified(&choice.unverified).unwrap().to_string();
        assert!(said.contains("accelerated networking"), "{said}");
    });
}
