//! The guest operating system catalogue: lifecycles, lists by version, and the file itself.

use jiff::civil::{Date, date};
use klar::catalogue::{CatalogueError, Endorsement, Family, GuestOsCatalogue, Lifecycle, Product, Support};
use klar::model::Vocabulary;

mod names;
mod wild;

/// The day most lifecycles are looked at.
const AS_OF: Date = date(2026, 11, 22);

fn standing(name: &str, as_of: Date) -> Lifecycle {
    standing_of(name, None, as_of)
}

fn standing_of(name: &str, version: Option<&str>, as_of: Date) -> Lifecycle {
    GuestOsCatalogue::embedded()
        .identify(name, version, None, Vocabulary::Any)
        .expect("the name says something")
        .lifecycle(as_of)
}

#[test]
fn lifecycles_follow_the_date() {
    let server_2016 = "Windows Server 2016 Standard";
    assert_eq!(standing(server_2016, date(2026, 1, 11)), Lifecycle::Supported);
    assert_eq!(standing(server_2016, date(2026, 1, 12)), Lifecycle::EndingSoon(date(2027, 1, 12)));
    assert_eq!(standing(server_2016, AS_OF), Lifecycle::EndingSoon(date(2027, 1, 12)));
    assert_eq!(standing(server_2016, date(2027, 1, 12)), Lifecycle::EndingSoon(date(2027, 1, 12)));
    let paid = Lifecycle::PaidOnly { since: date(2027, 1, 12), until: date(2030, 1, 12) };
    assert_eq!(standing(server_2016, date(2027, 1, 13)), paid);
    assert_eq!(standing(server_2016, date(2030, 1, 12)), paid);
    assert_eq!(standing(server_2016, date(2030, 1, 13)), Lifecycle::Ended(date(2030, 1, 12)));
    let server_2012_r2 = "Windows Server 2012 R2 Datacenter";
    assert_eq!(standing(server_2012_r2, AS_OF), Lifecycle::Ended(date(2026, 10, 13)));
    assert!(matches!(standing(server_2012_r2, date(2026, 10, 13)), Lifecycle::PaidOnly { .. }));
    let paid = Lifecycle::PaidOnly { since: date(2024, 6, 30), until: date(2029, 5, 31) };
    assert_eq!(standing("Red Hat Enterprise Linux 7 (64 bit)", AS_OF), paid);
    assert_eq!(standing("CentOS Linux 7 (64 bit)", AS_OF), Lifecycle::Ended(date(2024, 6, 30)));
    assert_eq!(standing("Windows Server 2022 Standard", AS_OF), Lifecycle::Supported);
    assert_eq!(standing("Other Linux (64 bit)", AS_OF), Lifecycle::Unknown);
    assert_eq!(standing("Fedora", AS_OF), Lifecycle::Unknown);
}

#[test]
fn a_release_that_is_known_has_its_own_lifecycle() {
    let paid = Lifecycle::PaidOnly { since: date(2023, 12, 31), until: date(2026, 12, 31) };
    assert_eq!(standing("SUSE Linux Enterprise Server 15 SP4", AS_OF), paid);
    assert_eq!(standing("SUSE Linux Enterprise Server 15 SP7", AS_OF), Lifecycle::Supported);
    assert_eq!(standing("Windows 11 Enterprise 22H2", AS_OF), Lifecycle::Ended(date(2025, 10, 14)));
    assert_eq!(standing("Windows 10 Enterprise LTSC 2021", AS_OF), Lifecycle::EndingSoon(date(2027, 1, 12)));
    assert_eq!(standing("Windows 10 Enterprise LTSC", AS_OF), Lifecycle::Unknown);
    assert!(matches!(standing("Windows 10 Enterprise", AS_OF), Lifecycle::PaidOnly { .. }));
}

#[test]
fn a_release_that_is_not_known_is_answered_only_when_the_releases_agree() {
    assert_eq!(standing("SUSE Linux Enterprise Server 15", AS_OF), Lifecycle::Unknown);
    assert_eq!(standing("SUSE Linux Enterprise Server 15", date(2035, 1, 1)), Lifecycle::Ended(date(2034, 7, 31)));
    let paid = Lifecycle::PaidOnly { since: date(2024, 10, 31), until: date(2027, 10, 31) };
    assert_eq!(standing("Suse Linux Enterprise Server 12 (64 bit)", AS_OF), paid);
    assert_eq!(standing("Windows 11 Pro", AS_OF), Lifecycle::Unknown);
    assert_eq!(standing("Windows 11 Enterprise", date(2024, 1, 1)), Lifecycle::EndingSoon(date(2024, 10, 8)));
}

#[test]
fn home_and_pro_end_before_enterprise_and_education() {
    for (name, version, end) in [
        ("Windows 11 Pro 24H2", None, date(2026, 10, 13)),
        ("Windows 11 Home", Some("24H2"), date(2026, 10, 13)),
        ("Windows 11 Pro for Workstations", Some("10.0.26100"), date(2026, 10, 13)),
        ("Microsoft Windows 11 Pro", Some("10.0.22631"), date(2025, 11, 11)),
        ("Windows 11 Enterprise 23H2", None, date(2026, 11, 10)),
        ("Windows 11 Education", Some("10.0.22631"), date(2026, 11, 10)),
        ("Windows 11 Enterprise 21H2", None, date(2024, 10, 8)),
        ("Windows 11 Pro 21H2", None, date(2023, 10, 10)),
        ("Windows 10 Enterprise 1809", None, date(2021, 5, 11)),
        ("Windows 10 Pro", Some("1809"), date(2020, 11, 10)),
        ("Windows 10 Enterprise", Some("1909"), date(2022, 5, 10)),
        ("Windows 10 Enterprise", Some("10.0.19044"), date(2024, 6, 11)),
        ("Windows 10 Enterprise 2016 LTSB", None, date(2026, 10, 13)),
    ] {
        assert_eq!(standing_of(name, version, AS_OF), Lifecycle::Ended(end), "{name} {version:?}");
    }
    let paid = Lifecycle::PaidOnly { since: date(2025, 10, 14), until: date(2028, 10, 10) };
    assert_eq!(standing("Windows 10 Pro 22H2", AS_OF), paid);
    assert_eq!(standing_of("Windows 10 Enterprise", Some("10.0.19045"), AS_OF), paid);
    assert_eq!(standing("Windows 11 Enterprise 24H2", AS_OF), Lifecycle::EndingSoon(date(2027, 10, 12)));
    assert_eq!(standing("Windows 11 Education 25H2", AS_OF), Lifecycle::Supported);
}

#[test]
fn a_long_term_release_of_the_internet_of_things_ends_later() {
    let far = [
        ("Windows 10 IoT Enterprise LTSC 2021", date(2032, 1, 13)),
        ("Windows 11 IoT Enterprise LTSC 2024", date(2034, 10, 10)),
        ("Windows 11 Enterprise LTSC 2024", date(2029, 10, 9)),
    ];
    for (name, end) in far {
        assert_eq!(standing(name, end), Lifecycle::EndingSoon(end), "{name}");
        assert_eq!(standing(name, end.tomorrow().expect("a day")), Lifecycle::Ended(end), "{name}");
    }
    let build = Some("10.0.26100");
    assert_eq!(
        standing_of("Windows 11 IoT Enterprise LTSC", build, date(2034, 1, 1)),
        standing(far[1].0, date(2034, 1, 1))
    );
    assert_eq!(standing("Windows 11 Enterprise LTSC", AS_OF), Lifecycle::Unknown);
}

#[test]
fn an_edition_that_is_not_known_is_answered_only_when_the_editions_agree() {
    assert_eq!(standing("Windows 11 24H2", AS_OF), Lifecycle::Unknown);
    assert_eq!(standing("Windows 11 24H2", date(2026, 1, 1)), Lifecycle::EndingSoon(date(2026, 10, 13)));
    assert_eq!(standing("Windows 11 22H2", AS_OF), Lifecycle::Ended(date(2025, 10, 14)));
    // The build of 1809 is that of LTSC 2019 too, which is served until 2029.
    assert_eq!(standing_of("Windows 10", Some("10.0.17763"), AS_OF), Lifecycle::Unknown);
    assert_eq!(standing_of("Windows 10", Some("10.0.18363"), AS_OF), Lifecycle::Ended(date(2022, 5, 10)));
}

fn with_product(key: &str, check: impl FnOnce(&Product)) {
    check(GuestOsCatalogue::embedded().product(key).expect("the product is listed"));
}

#[test]
fn lists_by_version_ask_for_the_version() {
    with_product("rhel-8", |product| {
        assert_eq!(product.supports_nvme(None), Support::MinorUnknown);
        assert_eq!(product.supports_nvme(Some("8.5")), Support::No);
        assert_eq!(product.supports_nvme(Some("8.6")), Support::Yes);
        assert_eq!(product.supports_nvme(Some("8.10")), Support::Yes);
        assert_eq!(product.supports_trusted_launch(Some("8.7")), Support::No);
        assert_eq!(product.supports_generation_2(Some("8.10")), Support::Yes);
    });
    with_product("rhel-7", |product| {
        assert_eq!(product.supports_generation_2(Some("7.0")), Support::Yes);
        assert_eq!(product.supports_generation_2(Some("7.1")), Support::No);
        assert_eq!(product.supports_generation_2(Some("7.9")), Support::Yes);
        assert_eq!(product.supports_trusted_launch(None), Support::No);
    });
    with_product("windows-server-2016", |product| {
        assert_eq!(product.supports_nvme(None), Support::No);
        assert_eq!(product.supports_generation_2(None), Support::Yes);
    });
    with_product("ubuntu-26.04", |product| assert_eq!(product.supports_nvme(None), Support::Unpublished));
}

#[test]
fn each_year_has_its_endorsed_list() {
    with_product("centos-7", |product| {
        assert_eq!(product.endorsement, Endorsement::Dropped);
        assert_eq!(product.endorsed_in(2018, Some("7.4")), Support::Yes);
        assert_eq!(product.endorsed_in(2026, Some("7.9")), Support::No);
    });
    with_product("rhel-6", |product| {
        assert_eq!(product.endorsed_in(2017, None), Support::MinorUnknown);
        assert_eq!(product.endorsed_in(2017, Some("6.6")), Support::No);
        assert_eq!(product.endorsed_in(2017, Some("6.10")), Support::Yes);
        assert_eq!(product.endorsed_in(2026, None), Support::MinorUnknown);
        assert_eq!(product.endorsed_in(2026, Some("6.3")), Support::No);
        assert_eq!(product.endorsed_in(2026, Some("6.4")), Support::No);
        assert_eq!(product.endorsed_in(2026, Some("6.7")), Support::Yes);
    });
    with_product("oracle-linux-6", |product| {
        assert_eq!(product.endorsed_in(2026, Some("6.3")), Support::No);
        assert_eq!(product.endorsed_in(2026, Some("6.4")), Support::Yes);
    });
    for key in ["rhel-5", "rhel-4", "rhel-3", "rhel-2", "oracle-linux-5"] {
        with_product(key, |product| {
            assert_eq!(product.endorsed_in(2026, None), Support::No, "{key}");
            assert_eq!(product.supports_generation_2(None), Support::No, "{key}");
            assert!(product.remark.is_some(), "{key} says why");
        });
    }
    with_product("sles-15", |product| {
        assert_eq!(product.endorsed_in(2019, None), Support::Yes);
        assert_eq!(product.endorsed_in(2026, Some("15.4")), Support::No);
        assert_eq!(product.endorsed_in(2026, Some("15.6")), Support::Yes);
    });
    with_product("rocky-9", |product| assert_eq!(product.endorsed_in(2019, None), Support::No));
    with_product("windows-server-2019", |product| {
        assert_eq!(product.endorsed_in(2019, None), Support::Unpublished);
    });
}

#[test]
fn every_product_is_found_by_its_own_title() {
    let catalogue = GuestOsCatalogue::embedded();
    for product in catalogue.products() {
        let guest = catalogue.identify(&product.title, None, None, Vocabulary::Any).expect("a title says something");
        let found = guest.product.map(|found| found.key.clone());
        // The title of the channel names no version, which is what tells its product.
        let expected = Some(product.key.clone()).filter(|key| key != "windows-server-sac");
        assert_eq!(found, expected, "{}", product.title);
    }
}

#[test]
fn every_product_has_a_source_and_a_family_of_its_own() {
    let catalogue = GuestOsCatalogue::embedded();
    for product in catalogue.products() {
        let source = catalogue.sources().iter().find(|source| source.key == product.source);
        assert!(source.is_some(), "{} has no source", product.key);
        let linux = product.family == Family::Linux;
        assert_eq!(linux, product.endorsement != Endorsement::NotApplicable, "{}", product.key);
        let dated = product.support_end.is_some() || product.releases.iter().any(|one| one.support_end.is_some());
        assert!(dated || product.source != "eol" || product.remark.is_some(), "{} has no dates", product.key);
        let paid = product.paid_end.is_some() || product.releases.iter().any(|one| one.paid_end.is_some());
        assert!(!paid || product.paid_name.is_some(), "{} has paid updates without a name", product.key);
    }
    for source in catalogue.sources() {
        assert!(source.url.starts_with("https://"), "{}", source.url);
        assert!(source.date <= catalogue.retrieved(), "{} is newer than the catalogue", source.key);
    }
    assert_eq!(catalogue.digest().len(), 64);
}

/// A catalogue of one product, with a line of its entry replaced.
fn small(replaced: &str, by: &str) -> Result<GuestOsCatalogue, CatalogueError> {
    let text = r#"
        retrieved = "2026-11-22"
        silent = ["none"]
        editions = []
        [[source]]
        key = "paper"
        document = "A paper"
        date = "2026-01-01"
        url = "https://example.com/"
        [[line]]
        key = "plum"
        family = "linux"
        names = ["plum os"]
        numbered = true
        [[product]]
        key = "plum-2"
        title = "Plum OS 2"
        line = "plum"
        versions = ["2"]
        source = "paper"
        support_end = "2027-01-01"
        paid_end = "2028-01-01"
        endorsement = "unlisted"
    "#;
    assert!(text.contains(replaced), "nothing to replace");
    GuestOsCatalogue::parse("mine.toml", &text.replace(replaced, by))
}

#[test]
fn a_catalogue_of_ones_own_can_be_read() {
    let catalogue = small("Plum OS 2", "Plum OS two").expect("the catalogue is sound");
    let guest = catalogue.identify("PLUM OS 2.4", None, None, Vocabulary::Any);
    assert_eq!(names::short(guest.as_ref()), "plum-2 - 2.4");
    assert_ne!(catalogue.digest(), GuestOsCatalogue::embedded().digest());
}

#[test]
fn a_catalogue_that_contradicts_itself_is_refused_by_file_and_key() {
    for (replaced, by, expected) in [
        ("2028-01-01", "2026-01-01", "mine.toml: `plum-2` has dates out of order: 2027-01-01, 2026-01-01"),
        ("source = \"paper\"", "source = \"rumour\"", "mine.toml: `plum-2` names the source `rumour`"),
        ("line = \"plum\"", "line = \"pear\"", "mine.toml: `plum-2` names the line `pear`"),
        ("\"unlisted\"", "\"loved\"", "mine.toml: `plum-2` has a word that is not known: `loved`"),
        ("endorsement = \"unlisted\"", "", "mine.toml: `plum-2` is a Linux distribution without `endorsement`"),
        ("names = [\"plum os\"]", "names = []", "mine.toml: `plum` has no names"),
        ("source = \"paper\"", "source = \"paper\"\nnvme_versions = [\"2.1+\"]", "lists the versions 2.1+ of what"),
        (
            "source = \"paper\"",
            "source = \"paper\"\nnvme = true\nnvme_versions = [\"2.9-2.1\"]",
            "ends before it starts",
        ),
        (
            "endorsement = \"unlisted\"",
            "endorsement = \"unlisted\"\n[[product.release]]\nkey = \"2.1\"\n[[product.release]]\nkey = \"2.1\"",
            "mine.toml: `plum-2` lists the release `2.1` twice for one edition",
        ),
        (
            "endorsement = \"unlisted\"",
            "endorsement = \"unlisted\"\n[[product.release]]\nkey = \"2.1\"\neditions = [\"Pear\"]",
            "mine.toml: `plum-2` names the edition `Pear`, which the file does not list",
        ),
        ("paid_end", "payed_end", "mine.toml is not a catalogue of guest operating systems: TOML parse error at line"),
        ("2027-01-01", "soon", "mine.toml is not a catalogue of guest operating systems: TOML parse error at line"),
    ] {
        let problem = small(replaced, by).expect_err("the catalogue is unsound").to_string();
        assert!(problem.contains(expected), "{problem}\nexpected {expected}");
    }
}

#[test]
fn two_products_may_not_share_a_version() {
    let twin = "endorsement = \"unlisted\"\n[[product]]\nkey = \"plum-b\"\ntitle = \"B\"\nline = \"plum\"\n\
                versions = [\"2\"]\nsource = \"paper\"\nendorsement = \"unlisted\"";
    let problem = small("endorsement = \"unlisted\"", twin).expect_err("the versions clash").to_string();
    assert_eq!(problem, "mine.toml: `plum-b` has a version of `plum-2` in the line `plum`");
    let same_key = twin.replace("plum-b", "plum-2");
    let problem = small("endorsement = \"unlisted\"", &same_key).expect_err("the keys clash").to_string();
    assert_eq!(problem, "mine.toml: `product` `plum-2` is listed twice");
}

#[test]
fn systems_older_than_azure_are_known_by_name() {
    let catalogue = GuestOsCatalogue::embedded();
    let key = |name: &str| {
        let guest = catalogue.identify(name, None, None, Vocabulary::Any)?;
        Some(guest.product.as_ref()?.key.clone())
    };
    assert_eq!(key("Windows 98").as_deref(), Some("windows-9x"));
    assert_eq!(key("Windows 3.1").as_deref(), Some("windows-3.1"));
    assert_eq!(key("MS-DOS 6.22").as_deref(), Some("ms-dos"));
    assert_eq!(key("Windows 8.1").as_deref(), Some("windows-8.1"));
}
