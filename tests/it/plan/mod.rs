//! The plan: what to move where, in what order, and what must be there first.

mod accounts;
mod disks;
mod line;
mod networks;
mod prices;
mod quotas;
mod reading;
mod sizes;
mod spaces;
pub mod tables;
mod waves;

use std::sync::LazyLock;

use jiff::civil::date;
use klar::catalogue::{Catalogue, Edition};
use klar::evaluate::evaluate;
use klar::ingest::recognise::dialect::Dialects;
use klar::ingest::source::Source;
use klar::model::Estate;
use klar::plan::{Plan, Prices, Wishes, plan};

static DIALECTS: LazyLock<Dialects> = LazyLock::new(Dialects::embedded);
static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::embedded().unwrap());

/// Reads files given as name and text, and checks that the rows of each table add up.
fn read(files: &[(&str, &str)]) -> Estate {
    let sources: Vec<Source> = files
        .iter()
        .map(|(path, text)| Source { path: (*path).to_owned(), bytes: text.as_bytes().to_vec(), sha256: String::new() })
        .collect();
    let estate = klar::ingest::read(&sources, &DIALECTS);
    for table in &estate.tables {
        assert!(table.rows.adds_up(), "{}: {:?}", table.taken_for, table.rows);
    }
    estate
}

/// Plans an estate judged by some editions, and hands it with the plan to what looks at them.
fn planned_by(
    files: &[(&str, &str)],
    editions: &[&Edition],
    wishes: &Wishes,
    prices: Option<&Prices>,
    look: impl FnOnce(&Estate, &Plan<'_>),
) {
    let estate = read(files);
    let assessment = evaluate(&estate, &CATALOGUE, editions, date(2026, 11, 22));
    look(&estate, &plan(&estate, &assessment, &CATALOGUE, wishes, prices));
}

/// Plans an estate judged by nothing, so that every machine is planned.
fn planned(files: &[(&str, &str)], wishes: &Wishes, look: impl FnOnce(&Estate, &Plan<'_>)) {
    planned_by(files, &[], wishes, None, look);
}

#[test]
fn the_configuration_file_says_every_wish_and_what_is_wrong_is_named_with_its_line() {
    use klar::cli::Config;
    let path = std::path::Path::new("site/klar.toml");
    let template = include_str!("../../../templates/klar.toml");
    let begin = template.find("# [plan]").unwrap();
    let lines = template[begin..template.find("## A finding").unwrap()].lines();
    let section = lines.map(|line| line.trim_start_matches("# ")).collect::<Vec<_>>().join("\n");
    let config = Config::parse(path, &section).unwrap();
    let wishes = &config.plan.wishes;
    assert_eq!((wishes.region.as_deref(), wishes.zone.as_deref()), (Some("northeurope"), Some("1")));
    assert_eq!((wishes.comfort_percent, wishes.wave_size, wishes.bandwidth_mbit), (130, Some(10), Some(500)));
    assert_eq!((wishes.together.len(), wishes.pins.len(), wishes.excluded.len(), wishes.networks.len()), (1, 1, 1, 1));
    assert_eq!(config.plan.prices, [path.parent().unwrap().join("prices.json")]);
    let said = |text: &str| Config::parse(path, text).unwrap_err().to_string();
    let cases = [
        ("[plan]\ncomfort_percent = 50\n", "line 2, comfort_percent: is to be a whole number of 100 to 1000"),
        ("[plan]\ndisk_types = [\"tape\"]\n", "line 2, disk_types: `tape` is none of premium-ssd"),
        ("[plan]\ndaily_change_percent = 3\ndaily_change_gib = 5\n", "line 3, daily_change_gib: stands beside"),
        ("[[plan.pin]]\nmachine = \"a\"\nwave = 0\n", "line 3, wave: is to be 1 or more"),
        ("[plan]\nbandwith_mbit = 5\n", "line 2"),
    ];
    for (text, expected) in cases {
        let message = said(text);
        assert!(message.contains(expected) && message.starts_with("site/klar.toml"), "{message}");
    }
    let regions = klar::catalogue::Regions::embedded();
    assert_eq!(config.check_region(regions), Ok(()));
    let elsewhere = Config::parse(path, "[plan]\nregion = \"atlantis\"\n").unwrap();
    let message = elsewhere.check_region(regions).unwrap_err().to_string();
    assert!(message.starts_with("site/klar.toml, line 2, region: `atlantis` is no Azure region"), "{message}");
}
