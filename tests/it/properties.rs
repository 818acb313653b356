//! What holds of every number, version, network, list and name, tried with thousands from a fixed seed.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use klar::catalogue::Versions;
use klar::ingest::cell::culture::Culture;
use klar::ingest::cell::{self, Unread};
use klar::ingest::columns::Unit;
use klar::ingest::source::Source;
use klar::ingest::table::Value;
use klar::ingest::{Dialects, read};
use klar::model::{Bytes, Name};
use klar::rules::Cidr;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};

/// The same cases every time, and no file of those that failed.
fn tried(cases: u32) -> Config {
    Config { cases, rng_seed: RngSeed::Fixed(20_261_127), failure_persistence: None, ..Config::default() }
}

/// A number as it is written: its digits in front of the mark and behind it.
#[derive(Clone, Debug)]
struct Written {
    whole: u64,
    decimals: String,
}

fn numbers() -> impl Strategy<Value = Written> {
    let whole = prop_oneof![0_u64..1000, 1000_u64..1_000_000, 0_u64..4_000_000_000_000];
    let decimals = prop_oneof![Just(String::new()), "[0-9]{1,5}"];
    (whole, decimals).prop_map(|(whole, decimals)| Written { whole, decimals })
}

/// How a culture writes a number, with or without a mark between thousands.
fn spelled(number: &Written, decimal: char, thousands: Option<char>) -> String {
    let digits = number.whole.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.extend(thousands);
        }
        text.push(digit);
    }
    if !number.decimals.is_empty() {
        text.push(decimal);
        text.push_str(&number.decimals);
    }
    text
}

/// The number times a unit, rounded up.
fn times(number: &Written, unit: u64) -> Bytes {
    let power = 10_u128.pow(u32::try_from(number.decimals.len()).unwrap());
    let decimals: u128 = if number.decimals.is_empty() { 0 } else { number.decimals.parse().unwrap() };
    let exact = (u128::from(number.whole) * power + decimals) * u128::from(unit);
    Bytes(u64::try_from(exact.div_ceil(power)).unwrap())
}

fn cell_of(text: &str) -> Name {
    Name::from(text)
}

fn size(text: &str, unit: Unit, culture: Culture) -> Result<Bytes, Unread> {
    cell::size(Value::Text(&cell_of(text)), unit, &culture)
}

const CULTURES: [(Culture, char, char); 2] = [(Culture::Point, '.', ','), (Culture::Comma, ',', '.')];

proptest! {
    #![proptest_config(tried(2000))]

    #[test]
    fn a_number_is_read_as_it_was_written_in_its_culture(number in numbers(), which in 0_usize..2, marked in 0_usize..4) {
        let (culture, decimal, mark) = CULTURES[which];
        let thousands = [None, Some(mark), Some(' '), Some('\u{a0}')][marked];
        let text = spelled(&number, decimal, thousands);
        // A single point before three digits parts nothing where the point is the decimal mark, and the other way round.
        prop_assert_eq!(size(&text, Unit::KiB, culture), Ok(times(&number, 1024)), "{}", text);
    }

    #[test]
    fn a_number_of_no_settled_culture_is_read_as_written_or_not_at_all(number in numbers(), which in 0_usize..2, marked in any::<bool>()) {
        let (_, decimal, mark) = CULTURES[which];
        let text = spelled(&number, decimal, marked.then_some(mark));
        let read = size(&text, Unit::KiB, Culture::Unsettled);
        prop_assert!(read == Ok(times(&number, 1024)) || read == Err(Unread::Unreadable), "{}: {:?}", text, read);
    }

    #[test]
    fn a_workbooks_number_is_the_number_that_its_text_is(number in 0_u64..1_000_000_000, eighths in 0_u32..8) {
        #[expect(clippy::cast_precision_loss, reason = "below 2^53")]
        let value = number as f64 + f64::from(eighths) / 8.0;
        let read = cell::size(Value::Number(value), Unit::MiB, &Culture::Comma);
        prop_assert_eq!(read, size(&value.to_string(), Unit::MiB, Culture::Point));
        let count = cell::long_count(Value::Number(value), &Culture::Point);
        prop_assert_eq!(count, if eighths == 0 { Ok(number) } else { Err(Unread::Unreadable) });
    }

    #[test]
    fn the_unit_in_a_cell_goes_before_that_of_its_column(number in 0_u64..4_000_000, which in 0_usize..10, column in 0_usize..5) {
        let (name, bytes) = [
            ("KB", 1 << 10), ("KiB", 1 << 10), ("MB", 1 << 20), ("MiB", 1 << 20), ("GB", 1 << 30),
            ("GiB", 1 << 30), ("TB", 1_u64 << 40), ("TiB", 1_u64 << 40), ("bytes", 1), ("gb", 1 << 30),
        ][which];
        let unit = [Unit::Bytes, Unit::MiB, Unit::GiB, Unit::Text, Unit::Unsettled][column];
        for text in [format!("{number} {name}"), format!("{number}{name}")] {
            prop_assert_eq!(size(&text, unit, Culture::Point), Ok(Bytes(number * bytes)), "{}", text);
        }
        let bare = size(&number.to_string(), unit, Culture::Point);
        let expected = if number == 0 { Ok(Bytes(0)) } else { unit.bytes().map(|bytes| Bytes(number * bytes)).ok_or(Unread::Unreadable) };
        prop_assert_eq!(bare, expected);
    }

    #[test]
    fn a_list_of_sizes_is_as_many_disks(list in prop::collection::vec(1_u64..60_000, 1..20), mark in 0_usize..6, written in 0_usize..3) {
        let mark = [";", "; ", "+", " | ", "\n", "/"][mark];
        let expected: Vec<Bytes> = list.iter().map(|size| Bytes(size << 30)).collect();
        let part = |(place, size): (usize, &u64)| match written {
            0 => size.to_string(),
            1 => format!("{size} GB"),
            _ => format!("Disk {place}: {size}GB"),
        };
        let text = list.iter().enumerate().map(part).collect::<Vec<_>>().join(mark);
        let read = cell::sizes(Value::Text(&cell_of(&text)), Unit::GiB, &Culture::Unsettled);
        prop_assert_eq!(read, Ok(expected), "{}", text);
    }

    #[test]
    fn several_disks_of_one_size_are_as_many(times in 1_usize..60, size in 1_u64..60_000, cross in 0_usize..3) {
        let cross = [" x ", "x", " * "][cross];
        let text = format!("{times}{cross}{size} GB");
        let read = cell::sizes(Value::Text(&cell_of(&text)), Unit::MiB, &Culture::Point);
        prop_assert_eq!(read, Ok(vec![Bytes(size << 30); times]), "{}", text);
    }

    #[test]
    fn a_list_of_words_is_those_words(words in prop::collection::vec("[a-z]{2}[a-z0-9]{1,8}-[0-9]{1,3}", 1..12), mark in 0_usize..4) {
        let mark = [";", "; ", "\n", ","][mark];
        let read = cell::list(Value::Text(&cell_of(&words.join(mark)))).unwrap();
        prop_assert_eq!(read.iter().map(|name| &**name).collect::<Vec<_>>(), words);
    }

    #[test]
    fn a_mac_address_is_the_same_in_every_spelling(bytes in any::<[u8; 6]>(), which in 0_usize..4, small in any::<bool>()) {
        prop_assume!(bytes != [0; 6]);
        let digits: Vec<String> = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
        let text = digits.join(["", ":", "-", " "][which]);
        let text = if small { text.to_lowercase() } else { text };
        prop_assert_eq!(&*cell::mac(Value::Text(&cell_of(&text))).unwrap(), digits.concat());
    }

    #[test]
    fn a_version_is_within_a_range_as_its_numbers_are(low in version(), high in version(), asked in version(), open in any::<bool>()) {
        let (low, high) = if sorted(&low) <= sorted(&high) { (low, high) } else { (high, low) };
        let range = if open { format!("{}+", dotted(&low)) } else { format!("{}-{}", dotted(&low), dotted(&high)) };
        let versions = Versions::read(&[range.clone(), "99999.1".to_owned()]).unwrap();
        let expected = sorted(&low) <= sorted(&asked) && (open || sorted(&asked) <= sorted(&high));
        prop_assert_eq!(versions.hold(&dotted(&asked)), expected, "{} in {}", dotted(&asked), range);
        prop_assert!(versions.hold("99999.1") && versions.hold(&dotted(&low)));
        if !open && sorted(&low) < sorted(&high) {
            let backwards = Versions::read(&[format!("{}-{}", dotted(&high), dotted(&low))]);
            prop_assert!(backwards.is_err());
        }
    }

    #[test]
    fn a_network_holds_the_addresses_that_begin_as_it_does(bits in any::<u32>(), length in 0_u32..=32, flipped in 0_u32..32) {
        let network: Cidr = format!("{}/{length}", Ipv4Addr::from_bits(bits)).parse().unwrap();
        let other = bits ^ (1 << flipped);
        // Bit 31 is the first of the address.
        let is_behind = 31 - flipped >= length;
        prop_assert!(network.contains(Ipv4Addr::from_bits(bits).into()));
        prop_assert_eq!(network.contains(Ipv4Addr::from_bits(other).into()), is_behind);
        prop_assert_eq!(network.ipv4_addresses(), Some(1_u64 << (32 - length)));
        let (first, last) = network.bounds();
        prop_assert!(network.contains(first) && network.contains(last));
        let longer = format!("{}/{}", Ipv4Addr::from_bits(bits), length + 33);
        prop_assert!(longer.parse::<Cidr>().is_err());
    }

    #[test]
    fn a_network_of_the_other_family_does_so_too(bits in any::<u128>(), length in 0_u32..=128, flipped in 0_u32..128) {
        let network: Cidr = format!("{}/{length}", Ipv6Addr::from_bits(bits)).parse().unwrap();
        let other: IpAddr = Ipv6Addr::from_bits(bits ^ (1 << flipped)).into();
        prop_assert_eq!(network.contains(other), 127 - flipped >= length);
        prop_assert_eq!(network.ipv4_addresses(), None);
    }
}

fn version() -> impl Strategy<Value = Vec<u32>> {
    prop::collection::vec(0_u32..40, 1..4)
}

fn dotted(version: &[u32]) -> String {
    version.iter().map(ToString::to_string).collect::<Vec<_>>().join(".")
}

/// A number that orders versions as people do: 8 before 8.0 before 8.1, and 8.9 before 8.10.
fn sorted(version: &[u32]) -> u32 {
    (0..3).fold(0, |sum, place| sum * 64 + version.get(place).map_or(0, |number| number + 1))
}

proptest! {
    #![proptest_config(tried(60))]

    #[test]
    fn a_name_is_one_machine_in_every_case_with_blanks_and_a_suffix(
        names in prop::collection::btree_set("[a-zåäöüéø]{2}[a-z0-9]{0,8}-[0-9]{2}", 1..6),
        upper in any::<u8>(), blanks in any::<u8>(), suffixed in any::<u8>(),
    ) {
        let spelled = |(place, name): (usize, &String)| {
            let name = if suffixed >> place & 1 == 1 { format!("{name}.corp.example") } else { name.clone() };
            let name = if upper >> place & 1 == 1 { name.to_uppercase() } else { name };
            if blanks >> place & 1 == 1 { format!("  {name} ") } else { name }
        };
        let first = names.iter().fold("VM,vCPUs\n".to_owned(), |text, name| text + name + ",4\n");
        let second = names.iter().enumerate().map(spelled).fold("VM,Generation\n".to_owned(), |text, name| text + &name + ",2\n");
        let source = |path: &str, text: &str| Source { path: path.to_owned(), bytes: text.as_bytes().to_vec(), sha256: String::new() };
        let estate = read(&[source("a.csv", &first), source("b.csv", &second)], &DIALECTS);
        prop_assert_eq!(estate.vms.len(), names.len(), "{}{}", first, second);
        for vm in &estate.vms {
            prop_assert!(vm.vcpus.value().is_some() && vm.generation.value().is_some(), "{}{}", first, second);
        }
    }
}

static DIALECTS: std::sync::LazyLock<Dialects> = std::sync::LazyLock::new(Dialects::embedded);
