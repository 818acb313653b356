//! What cells say: sizes, counts, words and lists as exports write them.

use klar::ingest::cell::culture::Culture::{self, Comma, Point, Unsettled};
use klar::ingest::cell::{self, Unread};
use klar::ingest::columns::Unit;
use klar::ingest::table::Value;
use klar::model::{
    AddressAssignment, Architecture, Bytes, DiskFormat, DiskKind, DiskRole, Fact, Field, GIB, Generation, Mebibytes,
    Missing, Name, Origin, Percent, Why,
};

const BLANK: Unread = Unread::Blank;
const UNSAID: Unread = Unread::Unsaid;
const UNREADABLE: Unread = Unread::Unreadable;

/// What a reader makes of a text cell.
fn of<T>(read: impl Fn(Value<'_>) -> T, text: &str) -> T {
    let name: Name = text.into();
    read(Value::Text(&name))
}

/// Checks what a reader makes of a row of text cells.
fn check<T: PartialEq + std::fmt::Debug>(
    read: impl Fn(Value<'_>) -> Result<T, Unread>,
    cases: &[(&str, Result<T, Unread>)],
) {
    for (text, expected) in cases {
        assert_eq!(of(&read, text), *expected, "{text:?}");
    }
}

/// Checks a reader of texts.
fn check_text(read: impl Fn(Value<'_>) -> Result<Name, Unread>, cases: &[(&str, Result<&str, Unread>)]) {
    for (text, expected) in cases {
        let found = of(&read, text);
        assert_eq!(found.as_deref().map_err(|unread| *unread), *expected, "{text:?}");
    }
}

#[test]
fn sizes_are_exact_bytes_rounded_up() {
    let cases: &[(&str, Unit, Culture, Result<u64, Unread>)] = &[
        ("127", Unit::GiB, Unsettled, Ok(127 * GIB)),
        ("136365211648", Unit::Bytes, Unsettled, Ok(136_365_211_648)),
        ("127.5", Unit::GiB, Unsettled, Ok(127 * GIB + GIB / 2)),
        ("0,5", Unit::GiB, Comma, Ok(GIB / 2)),
        ("0,5", Unit::GiB, Unsettled, Ok(GIB / 2)),
        ("1,546.6", Unit::MiB, Point, Ok(1_621_727_642)),
        ("1.546,6", Unit::MiB, Comma, Ok(1_621_727_642)),
        ("1\u{a0}546,6", Unit::MiB, Comma, Ok(1_621_727_642)),
        ("1\u{202f}546,6", Unit::MiB, Unsettled, Ok(1_621_727_642)),
        ("1'546.6", Unit::MiB, Point, Ok(1_621_727_642)),
        // A spreadsheet shortened the bytes of 127 GiB; a person wrote the last one.
        ("1,36365E+11", Unit::Bytes, Comma, Ok(127 * GIB)),
        ("1.36365E+11", Unit::Bytes, Unsettled, Ok(127 * GIB)),
        ("5E+10", Unit::Bytes, Unsettled, Ok(50_000_000_000)),
        ("1,234", Unit::GiB, Point, Ok(1234 * GIB)),
        ("1,250", Unit::GiB, Comma, Ok(GIB + GIB / 4)),
        ("1,234", Unit::GiB, Unsettled, Err(UNREADABLE)),
        ("1.234", Unit::GiB, Comma, Ok(1234 * GIB)),
        ("127.00 GiB", Unit::Text, Unsettled, Ok(127 * GIB)),
        ("4 TB", Unit::GiB, Unsettled, Ok(4096 * GIB)),
        ("500GB", Unit::MiB, Unsettled, Ok(500 * GIB)),
        ("2,00 GB", Unit::Text, Comma, Ok(2 * GIB)),
        ("127", Unit::Text, Unsettled, Err(UNREADABLE)),
        ("0.1", Unit::Bytes, Unsettled, Ok(1)),
        ("2047.0000000001", Unit::GiB, Unsettled, Ok(2047 * GIB + 1)),
        ("12.5", Unit::MBPerSecond, Unsettled, Ok(12_500_000)),
        ("0", Unit::Text, Unsettled, Ok(0)),
        ("-1", Unit::GiB, Unsettled, Err(UNSAID)),
        ("-5", Unit::GiB, Unsettled, Err(UNREADABLE)),
        ("", Unit::GiB, Unsettled, Err(BLANK)),
        ("  ", Unit::GiB, Unsettled, Err(BLANK)),
        ("N/A", Unit::GiB, Unsettled, Err(UNSAID)),
        ("NULL", Unit::GiB, Unsettled, Err(UNSAID)),
        ("big", Unit::GiB, Unsettled, Err(UNREADABLE)),
        ("1 2", Unit::GiB, Unsettled, Err(UNREADABLE)),
        ("12,34.5", Unit::GiB, Point, Err(UNREADABLE)),
        ("99999999999999999999", Unit::GiB, Unsettled, Err(UNREADABLE)),
        ("1E+400", Unit::Bytes, Unsettled, Err(UNREADABLE)),
        ("Microsoft.SystemCenter.VirtualMachineManager.VirtualHardDisk[]", Unit::GiB, Unsettled, Err(UNSAID)),
    ];
    for (text, unit, culture, expected) in cases {
        let found = of(|value| cell::size(value, *unit, culture), text);
        assert_eq!(found, expected.map(Bytes), "{text:?} in {unit:?}, {culture:?}");
    }
}

#[test]
fn numbers_of_workbooks_are_read_by_their_shortest_decimals() {
    let size = |number| cell::size(Value::Number(number), Unit::GiB, &Comma);
    assert_eq!(size(127.0), Ok(Bytes(127 * GIB)));
    assert_eq!(size(0.1), Ok(Bytes(107_374_183)));
    assert_eq!(size(2047.5), Ok(Bytes(2047 * GIB + GIB / 2)));
    assert_eq!(size(-1.0), Err(UNSAID));
    assert_eq!(size(f64::NAN), Err(UNREADABLE));
    assert_eq!(size(1e300), Err(UNREADABLE));
    assert_eq!(cell::size(Value::Bool(true), Unit::GiB, &Comma), Err(UNREADABLE));
    assert_eq!(cell::size(Value::Date(45_000.0), Unit::GiB, &Comma), Err(UNREADABLE));
    let (missing, broken): (Name, Name) = ("#N/A".into(), "#REF!".into());
    assert_eq!(cell::size(Value::Error(&missing), Unit::GiB, &Comma), Err(UNSAID));
    assert_eq!(cell::size(Value::Error(&broken), Unit::GiB, &Comma), Err(UNREADABLE));
}

#[test]
fn memory_is_in_mebibytes_and_never_zero() {
    let memory = |text, unit| of(|value| cell::memory(value, unit, &Unsettled), text);
    assert_eq!(memory("4096", Unit::MiB), Ok(Mebibytes(4096)));
    assert_eq!(memory("536870912", Unit::Bytes), Ok(Mebibytes(512)));
    assert_eq!(memory("0,5", Unit::GiB), Ok(Mebibytes(512)));
    assert_eq!(memory("4.00 GiB", Unit::Text), Ok(Mebibytes(4096)));
    assert_eq!(memory("0.0001", Unit::GiB), Ok(Mebibytes(1)));
    assert_eq!(memory("0", Unit::Bytes), Err(UNSAID));
    assert!(cell::suspect_memory(Mebibytes(31)) && !cell::suspect_memory(Mebibytes(32)));
    assert!(
        cell::suspect_memory(Mebibytes(24 * 1024 * 1024 + 1)) && !cell::suspect_memory(Mebibytes(24 * 1024 * 1024))
    );
    assert!(cell::suspect_disk(Bytes(0)) && cell::suspect_disk(Bytes(256 * 1024 * GIB + 1)));
    assert!(!cell::suspect_disk(Bytes(GIB)) && !cell::suspect_disk(Bytes(256 * 1024 * GIB)));
}

#[test]
fn a_share_is_a_percentage_and_a_doubted_one_is_none() {
    let share = |value: Value<'_>| cell::percent(value, &Comma);
    check(
        share,
        &[
            ("23,5 %", Ok(Percent(2350))),
            ("23", Ok(Percent(2300))),
            ("100%", Ok(Percent(10_000))),
            ("0,4 %", Ok(Percent(40))),
            ("0,4", Err(UNREADABLE)),
            ("1", Err(UNREADABLE)),
            ("100,01", Err(UNREADABLE)),
            ("-1", Err(UNSAID)),
            ("0", Err(UNSAID)),
            ("high", Err(UNREADABLE)),
        ],
    );
    assert_eq!(share(Value::Number(0.235)), Err(UNREADABLE));
    assert_eq!(share(Value::Number(42.0)), Ok(Percent(4200)));
    assert_eq!(of(|value| cell::rounded_count(value, &Comma), "120,2"), Ok(121));
}

#[test]
fn counts_are_whole_and_never_minus_one() {
    let count = |value: Value<'_>| cell::count(value, &Unsettled);
    check(
        count,
        &[
            ("4", Ok(4)),
            ("0", Ok(0)),
            (" 16 ", Ok(16)),
            ("4.0", Ok(4)),
            ("4,0", Ok(4)),
            ("4.5", Err(UNREADABLE)),
            ("-1", Err(UNSAID)),
            ("-2", Err(UNREADABLE)),
            ("", Err(BLANK)),
            ("-", Err(UNSAID)),
            ("unknown", Err(UNSAID)),
            ("four", Err(UNREADABLE)),
            ("4 cores", Err(UNREADABLE)),
            ("1,234", Err(UNREADABLE)),
            ("5000000000", Err(UNREADABLE)),
            ("System.Object[]", Err(UNSAID)),
        ],
    );
    assert_eq!(count(Value::Number(8.0)), Ok(8));
    assert_eq!(count(Value::Number(8.5)), Err(UNREADABLE));
    assert_eq!(of(|value| cell::long_count(value, &Point), "5,000,000,000"), Ok(5_000_000_000));
}

#[test]
fn yes_and_no_are_read_in_the_words_of_exports() {
    check(
        cell::yes_no,
        &[
            ("True", Ok(true)),
            ("FALSE", Ok(false)),
            ("Sant", Ok(true)),
            ("Falskt", Ok(false)),
            ("WAHR", Ok(true)),
            ("FAUX", Ok(false)),
            ("ja", Ok(true)),
            ("Nej", Ok(false)),
            ("On", Ok(true)),
            ("Off", Ok(false)),
            ("1", Ok(true)),
            ("0", Ok(false)),
            ("☑", Ok(true)),
            ("☐", Ok(false)),
            ("perhaps", Err(UNREADABLE)),
            ("2", Err(UNREADABLE)),
            ("", Err(BLANK)),
            ("n/a", Err(UNSAID)),
            ("Unknown", Err(UNREADABLE)),
            ("?", Err(UNREADABLE)),
        ],
    );
    assert_eq!(cell::yes_no(Value::Bool(false)), Ok(false));
    assert_eq!(cell::yes_no(Value::Number(1.0)), Ok(true));
    assert_eq!(cell::yes_no(Value::Number(3.0)), Err(UNREADABLE));
    assert_eq!(of(cell::pass_through, r"\\.\PHYSICALDRIVE2"), Ok(true));
    assert_eq!(of(cell::pass_through, "False"), Ok(false));
    assert_eq!(of(cell::pass_through, ""), Err(BLANK));
}

#[test]
fn words_of_few_are_read_with_their_integers() {
    check(
        cell::generation,
        &[("2", Ok(Generation::Two)), ("Gen 1", Ok(Generation::One)), ("UEFI", Ok(Generation::Two))],
    );
    check(cell::generation, &[("bios", Ok(Generation::One)), ("3", Err(UNREADABLE)), ("", Err(BLANK))]);
    check(
        cell::architecture,
        &[
            ("amd64", Ok(Architecture::X64)),
            ("32-bit", Ok(Architecture::X86)),
            ("IA64", Ok(Architecture::Itanium)),
            ("VAX", Err(UNREADABLE)),
        ],
    );
    check(
        cell::disk_format,
        &[("VHDX", Ok(DiskFormat::Vhdx)), ("VHDSet", Ok(DiskFormat::VhdSet)), ("iso", Err(UNREADABLE))],
    );
    check(cell::disk_kind, &[("DynamicallyExpanding", Ok(DiskKind::Dynamic)), ("FixedSize", Ok(DiskKind::Fixed))]);
    check(cell::disk_kind, &[("Differencing", Ok(DiskKind::Differencing)), ("Unknown", Err(UNSAID))]);
    check(
        cell::disk_role,
        &[("BootAndSystem", Ok(DiskRole::OperatingSystem)), ("None", Err(UNSAID)), ("data", Ok(DiskRole::Data))],
    );
    check(cell::assignment, &[("DHCP", Ok(AddressAssignment::Dynamic)), ("Static", Ok(AddressAssignment::Static))]);
    assert_eq!(cell::disk_format(Value::Number(3.0)), Ok(DiskFormat::Vhdx));
    assert_eq!(cell::disk_kind(Value::Number(4.0)), Ok(DiskKind::Differencing));
    check_text(
        cell::power_state,
        &[
            ("PowerOff", Ok("Off")),
            ("poweredOn", Ok("Running")),
            ("Saved", Ok("Saved")),
            ("RunningCritical", Ok("RunningCritical")),
        ],
    );
    assert_eq!(cell::power_state(Value::Number(9.0)).as_deref(), Ok("Paused"));
    assert_eq!(cell::replication_mode(Value::Number(2.0)).as_deref(), Ok("Replica"));
}

#[test]
fn texts_are_trimmed_and_placeholders_are_not_said() {
    check_text(
        cell::text,
        &[
            (" Microsoft Windows Server 2012 R2 Datacenter ", Ok("Microsoft Windows Server 2012 R2 Datacenter")),
            ("Microsoft® Windows Server®\u{a0}2008", Ok("Microsoft Windows Server 2008")),
            ("Not Detected", Ok("Not Detected")),
            ("None", Ok("None")),
            ("'=web", Ok("=web")),
            ("", Err(BLANK)),
            ("NULL", Err(UNSAID)),
            ("(none)", Err(UNSAID)),
            ("Okänd", Err(UNSAID)),
            ("System.Collections.Generic.List`1[Microsoft.HyperV.PowerShell.HardDiskDrive]", Err(UNSAID)),
            ("Microsoft.HyperV.PowerShell.VMNetworkAdapter", Err(UNSAID)),
            ("Microsoft.RecoveryServices/vaults", Ok("Microsoft.RecoveryServices/vaults")),
            ("Microsoft Windows 10", Ok("Microsoft Windows 10")),
        ],
    );
    check_text(cell::name, &[("NULL", Ok("NULL")), ("n/a", Err(UNSAID)), ("web-01", Ok("web-01"))]);
    assert_eq!(cell::text(Value::Number(1001.0)).as_deref(), Ok("1001"));
    assert_eq!(cell::text(Value::Number(22.04)).as_deref(), Ok("22.04"));
    let kept: Name = "web-01".into();
    assert!(Name::ptr_eq(&cell::text(Value::Text(&kept)).expect("a text"), &kept), "an untouched text is shared");
}

#[test]
fn ids_addresses_and_regions_have_one_spelling() {
    check_text(
        cell::guid,
        &[
            ("{416e49fd-28dd-413c-9743-aa3e69e4807d}", Ok("416E49FD-28DD-413C-9743-AA3E69E4807D")),
            ("vm-12", Ok("VM-12")),
            ("00000000-0000-0000-0000-000000000000", Err(UNSAID)),
        ],
    );
    check_text(
        cell::mac,
        &[
            ("00:15:5d:fd:21:0a", Ok("00155DFD210A")),
            ("00155D010101", Ok("00155D010101")),
            ("00:00:00:00:00:00", Err(UNSAID)),
            ("00-15-5D", Err(UNREADABLE)),
            ("00:15:5d:fd:21:0g", Err(UNREADABLE)),
            ("", Err(BLANK)),
        ],
    );
    assert_eq!(cell::mac(Value::Number(155_010_101_012.0)).as_deref(), Ok("155010101012"));
    assert_eq!(cell::mac(Value::Number(15_501_010_101.0)).as_deref(), Ok("015501010101"));
    check_text(
        cell::region,
        &[
            ("North Europe", Ok("northeurope")),
            ("westeurope", Ok("westeurope")),
            ("(Europe) North Europe", Ok("northeurope")),
        ],
    );
    let group = |text| of(|value| cell::clean_host_group(value, "web-01"), text);
    assert_eq!(group(r"All Hosts\Production\WEB-01").as_deref(), Ok(r"All Hosts\Production"));
    assert_eq!(group(r"All Hosts\Production").as_deref(), Ok(r"All Hosts\Production"));
}

#[test]
fn lists_are_parted_by_whatever_parts_them() {
    let cases: &[(&str, &[&str])] = &[
        ("a;b;", &["a", "b"]),
        ("[a,b]", &["a", "b"]),
        ("[a,b];", &["a", "b"]),
        ("{a, b}", &["a", "b"]),
        ("a, b", &["a", "b"]),
        ("a\r\nb", &["a", "b"]),
        ("Hosts, north; Hosts, south", &["Hosts, north", "Hosts, south"]),
        ("only one", &["only one"]),
        ("a;;N/A;b", &["a", "b"]),
        (r"All Hosts\A;All Hosts\B", &[r"All Hosts\A", r"All Hosts\B"]),
    ];
    for (text, expected) in cases {
        let found = of(cell::list, text).expect("a list");
        assert_eq!(found.iter().map(|item| &**item).collect::<Vec<_>>(), *expected, "{text:?}");
    }
    assert_eq!(of(cell::list, "[]"), Err(BLANK));
    assert_eq!(of(cell::list, "System.Object[]"), Err(UNSAID));
    let assembled = "System.Collections.Generic.List`1[[Microsoft.SystemCenter.VirtualMachineManager.Host, Microsoft.SystemCenter.VirtualMachineManager, Version=1.0.523.0, Culture=neutral]]";
    assert_eq!(of(cell::list, assembled), Err(UNSAID));

    let addresses =
        |text| of(cell::addresses, text).map(|found| found.iter().map(ToString::to_string).collect::<Vec<_>>());
    assert_eq!(addresses("{10.0.0.4, fe80::1%3}"), Ok(vec!["10.0.0.4".to_owned(), "fe80::1".to_owned()]));
    assert_eq!(addresses("[10.0.0.4,10.0.0.5]; "), Ok(vec!["10.0.0.4".to_owned(), "10.0.0.5".to_owned()]));
    assert_eq!(addresses("10.0.0.4 10.0.0.4/24"), Ok(vec!["10.0.0.4".to_owned()]));
    assert_eq!(addresses("dhcp"), Err(UNREADABLE));
    assert_eq!(addresses(""), Err(BLANK));
}

#[test]
fn a_fact_says_why_it_is_missing() {
    let origin = Origin { row: 2, table: 0, column: 3 };
    let missing = |unread, why| {
        let found: Fact<u32> = cell::fact(Err(unread), Field::Vcpus, origin);
        assert_eq!(found, Fact::Missing(Missing { field: Field::Vcpus, why }));
    };
    missing(BLANK, Why::Absent);
    missing(UNSAID, Why::Unsaid(origin));
    missing(UNREADABLE, Why::Unreadable(origin));
    assert_eq!(cell::fact(Ok(4), Field::Vcpus, origin), Fact::known(4, origin));
}

/// A cell, how it is written, and the sizes it lists.
type Listed<'a> = (&'a str, Culture, Result<&'a [u64], Unread>);

#[test]
fn a_cell_may_list_the_sizes_of_several_disks() {
    let cases: &[Listed<'_>] = &[
        ("60", Unsettled, Ok(&[60])),
        ("60;100", Unsettled, Ok(&[60, 100])),
        ("60; 100; 200;", Comma, Ok(&[60, 100, 200])),
        ("60,100,200", Culture::Parted, Ok(&[60, 100, 200])),
        ("40, 4096", Unsettled, Ok(&[40, 4096])),
        ("C: 60GB, D: 200GB", Unsettled, Ok(&[60, 200])),
        ("C:60GB,D:1TB", Unsettled, Ok(&[60, 1024])),
        ("OS=60 GB|Data=1.5 TB", Point, Ok(&[60, 1536])),
        ("100+200", Unsettled, Ok(&[100, 200])),
        ("100+200 TB", Unsettled, Err(UNREADABLE)),
        ("100+200 GB", Unsettled, Ok(&[100, 200])),
        ("2 x 500 GB", Unsettled, Ok(&[500, 500])),
        ("60/100", Unsettled, Ok(&[60, 100])),
        ("60;big", Unsettled, Err(UNREADABLE)),
        ("60,100", Unsettled, Err(UNREADABLE)),
        ("9999x1", Unsettled, Err(UNREADABLE)),
        ("", Unsettled, Err(BLANK)),
    ];
    for (text, culture, expected) in cases {
        let found = of(|value| cell::sizes(value, Unit::GiB, culture), text);
        let expected = expected.map(|sizes| sizes.iter().map(|size| Bytes(size * GIB)).collect::<Vec<_>>());
        assert_eq!(found, expected, "{text:?} in {culture:?}");
    }
}

#[test]
fn a_mark_before_three_digits_is_never_guessed_to_be_a_fraction() {
    let size = |text, culture: &Culture| of(|value| cell::size(value, Unit::GiB, culture), text);
    assert_eq!(size("5.120", &Comma), Ok(Bytes(5120 * GIB)));
    assert_eq!(size("5.120", &Unsettled), Err(UNREADABLE));
    assert_eq!(size("40,4096", &Unsettled), Err(UNREADABLE));
    assert_eq!(size("0.125", &Unsettled), Ok(Bytes(GIB / 8)));
    assert_eq!(size("0,125", &Unsettled), Ok(Bytes(GIB / 8)));
    assert_eq!(of(|value| cell::sector(value, Unit::Bytes, &Unsettled), "0"), Err(UNSAID));
    assert_eq!(of(|value| cell::sector(value, Unit::Bytes, &Unsettled), "512"), Ok(Bytes(512)));
}

#[test]
fn a_word_nobody_knows_is_never_yes_and_never_on() {
    for word in ["Disabled", "Nein", "Inaktiv", "Inaktivt", "Kein", "Désactivé", "Nenhum", "Ninguna", "Ikke aktivert"]
    {
        assert_eq!(of(cell::yes_no, word), Ok(false), "{word}");
        assert_eq!(of(cell::replication_mode, word).as_deref(), Ok("None"), "{word}");
    }
    assert_eq!(of(cell::replication_mode, "Replicating").as_deref(), Ok("On"));
    for word in ["maybe", "partly", "see note", "Gold"] {
        assert_eq!(of(cell::yes_no, word), Err(UNREADABLE), "{word}");
        assert_eq!(of(cell::replication_mode, word), Err(UNREADABLE), "{word}");
        assert_eq!(of(cell::pass_through, word), Err(UNREADABLE), "{word}");
    }
    let checkpoints = |text| of(|value| cell::checkpoints(value, &Unsettled), text);
    assert_eq!((checkpoints("True"), checkpoints("Nej"), checkpoints("3")), (Ok(1), Ok(0), Ok(3)));
    assert!(cell::is_total("Gesamtsumme") && cell::is_total("Delsumma") && !cell::is_total("Totalis"));
}
