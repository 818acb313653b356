//! Price files: saved pages and a list of one's own, read to the last decimal.

use klar::catalogue::{DiskTierKind, Target};
use klar::model::Name;
use klar::plan::{Guest, Item, PriceError, Prices, Rate, Redundancy, Term};

fn meter(fields: &str) -> String {
    format!(
        r#"{{"currencyCode":"EUR","tierMinimumUnits":0.0,"armRegionName":"northeurope","effectiveStartDate":"2026-03-01T00:00:00Z",{fields}}}"#
    )
}

fn page(items: &[String], next: &str) -> String {
    format!(
        r#"{{"BillingCurrency":"EUR","Items":[{}],"NextPageLink":{next},"Count":{}}}"#,
        items.join(","),
        items.len()
    )
}

fn machine(price: &str, more: &str) -> String {
    meter(&format!(
        r#""retailPrice":{price},"serviceName":"Virtual Machines","unitOfMeasure":"1 Hour","armSkuName":"Standard_D2s_v5",{more}"#
    ))
}

fn read(files: &[(&str, &str)]) -> Result<Option<Prices>, PriceError> {
    Prices::read(files, &super::CATALOGUE)
}

fn rate(prices: &Prices, item: Item) -> Option<u64> {
    let region: Name = "northeurope".into();
    prices.rate(item, Some(&region)).map(|Rate(nano)| nano)
}

fn compute(guest: Guest, term: Term) -> Item {
    Item::Compute("standard_d2s_v5".to_owned(), guest, term)
}

#[test]
fn saved_pages_are_read_whether_listed_or_one_after_another() {
    let windows = r#""type":"Consumption","productName":"Virtual Machines Dsv5 Series Windows","skuName":"D2s v5","meterName":"D2s v5""#;
    let linux =
        r#""type":"Consumption","productName":"Virtual Machines Dsv5 Series","skuName":"D2s v5","meterName":"D2s v5""#;
    let spot = r#""type":"Consumption","productName":"Virtual Machines Dsv5 Series","skuName":"D2s v5 Spot","meterName":"D2s v5 Spot""#;
    let reserved = r#""type":"Reservation","reservationTerm":"1 Year","productName":"Virtual Machines Dsv5 Series","skuName":"D2s v5","meterName":"D2s v5""#;
    let disk = r#""retailPrice":17.92,"serviceName":"Storage","unitOfMeasure":"1/Month","type":"Consumption","productName":"Premium SSD Managed Disks","skuName":"P10 LRS","meterName":"P10 LRS Disk""#;
    let mount = r#""retailPrice":1.0,"serviceName":"Storage","unitOfMeasure":"1/Month","type":"Consumption","productName":"Premium SSD Managed Disks","skuName":"P10 LRS","meterName":"P10 LRS Disk Mount""#;
    let fee = r#""retailPrice":25.0,"serviceName":"Azure Site Recovery","unitOfMeasure":"1/Month","type":"Consumption","productName":"Azure Site Recovery","skuName":"Azure","meterName":"VM Replicated to Azure""#;
    let first =
        page(&[machine("0.000045", windows), machine("0.212", linux), machine("0.01", spot)], r#""https://next""#);
    let second = page(&[machine("876.0", reserved), meter(disk), meter(mount), meter(fee)], "null");
    for text in [format!("[{first},{second}]"), format!("{first}\n{second}")] {
        let prices = read(&[("prices.json", &text)]).unwrap().unwrap();
        assert_eq!((prices.currency.as_str(), prices.more, prices.len()), ("EUR", false, 5));
        assert_eq!(prices.date.map(|date| date.to_string()).as_deref(), Some("2026-03-01"));
        assert_eq!(rate(&prices, compute(Guest::Windows, Term::AsYouGo)), Some(45_000));
        assert_eq!(rate(&prices, compute(Guest::Other, Term::AsYouGo)), Some(212_000_000));
        assert_eq!(rate(&prices, compute(Guest::Other, Term::OneYear)), Some(100_000_000));
        let disk = Item::Disk(DiskTierKind::PremiumSsd, "P10".to_owned(), Redundancy::Local);
        assert_eq!(rate(&prices, disk), Some(17_920_000_000));
        assert_eq!(rate(&prices, Item::Fee(Target::SiteRecovery)), Some(25_000_000_000));
    }
    let half = read(&[("prices.json", &first)]).unwrap().unwrap();
    assert!(half.more, "a further page is named and not there");
}

#[test]
fn a_list_of_ones_own_starts_from_the_template() {
    let template = include_str!("../../../templates/prices.csv");
    assert!(matches!(read(&[("prices.csv", template)]), Err(PriceError::Nothing { .. })));
    let is_example = |line: &&str| line.matches(',').count() == 9;
    let lines = template.lines().map(|line| line.strip_prefix("# ").filter(is_example).unwrap_or(line));
    let examples = lines.collect::<Vec<_>>().join("\n");
    let prices = read(&[("prices.csv", &examples)]).unwrap().unwrap();
    assert_eq!(prices.len(), 5);
    let size = Item::Compute("standard_d4s_v5".to_owned(), Guest::Windows, Term::AsYouGo);
    assert_eq!(rate(&prices, size), Some(412_000_000));
}

#[test]
fn what_is_no_price_is_named_with_its_line() {
    const HEAD: &str = "kind,name,region,guest,term,redundancy,price,unit,currency,date\n";
    let said = |rows: &str| read(&[("prices.csv", &format!("{HEAD}{rows}"))]).unwrap_err().to_string();
    let cases = [
        (
            "compute,Standard_D2s_v5,northeurope,windows,,,\"0,212\",hour,EUR,\n",
            "prices.csv, line 2: `0,212` is no price",
        ),
        ("compute,Standard_D2s_v5,northeurope,linux,,,0.2,hour,EUR,\n", "`linux` is no guest"),
        ("compute,Standard_D2s_v5,northeurope,other,,,0.2,month,EUR,\n", "a compute is priced by the hour"),
        ("disk,P11,northeurope,,,,0.2,month,EUR,\n", "`P11` is no disk tier"),
        ("tape,LTO,northeurope,,,,0.2,month,EUR,\n", "`tape` is no kind of price"),
        ("disk,P10,northeurope,,,,1,month,EUR,\ndisk,P15,northeurope,,,,1,month,SEK,\n", "in SEK beside prices in EUR"),
    ];
    for (rows, expected) in cases {
        let message = said(rows);
        assert!(message.contains(expected) && message.starts_with("prices.csv"), "{message}");
    }
    let none = read(&[("list.csv", "size;cost\nD2;1\n")]).unwrap_err().to_string();
    assert!(none.contains("no column `price`"), "{none}");
    assert!(read(&[("list.json", "{\"Items\": 3}")]).is_err());
}
