//! The names of guest operating systems in five vocabularies.

use klar::catalogue::{Family, GuestOs, GuestOsCatalogue, Vocabulary};
use klar::model::Architecture;

/// What a name says, in short: product, family or `-`, then bitness or `-`, then minor version and release if told.
pub(super) fn short(guest: Option<&GuestOs>) -> String {
    let Some(guest) = guest else { return "nothing".to_owned() };
    let family = guest.family.map_or("-", Family::as_str);
    let product = guest.product.as_ref().map_or(family, |product| &product.key);
    let architecture = guest.architecture.map_or("-", Architecture::as_str);
    let told = [guest.minor_version.as_deref(), guest.release.as_deref()];
    let mut words = vec![product, architecture];
    words.extend(told.into_iter().flatten());
    words.join(" ")
}

pub(super) fn check_names(names: &[(&str, &str)]) {
    let versioned: Vec<_> = names.iter().map(|(name, expected)| (*name, "", *expected)).collect();
    check_versions(&versioned);
}

pub(super) fn check_versions(names: &[(&str, &str, &str)]) {
    check_in(Vocabulary::Any, names);
}

fn check_in(vocabulary: Vocabulary, names: &[(&str, &str, &str)]) {
    let catalogue = GuestOsCatalogue::embedded();
    let wrong: Vec<_> = names
        .iter()
        .filter_map(|(name, version, expected)| {
            let version = Some(*version).filter(|version| !version.is_empty());
            let seen = short(catalogue.identify(name, version, None, vocabulary).as_ref());
            (seen != *expected).then(|| format!("{name} + {version:?}: {seen}, expected {expected}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The names of VMM's database; those without a 64-bit twin of another name mean the 32-bit system.
const VMM: &[(&str, &str)] = &[
    ("64-bit edition of Windows 10", "windows-10 x64"),
    ("64-bit edition of Windows 7", "windows-7 x64"),
    ("64-bit edition of Windows 8", "windows-8 x64"),
    ("64-bit edition of Windows 8.1", "windows-8.1 x64"),
    ("64-bit edition of Windows Server 2008 Datacenter", "windows-server-2008 x64"),
    ("64-bit edition of Windows Server 2008 Enterprise", "windows-server-2008 x64"),
    ("64-bit edition of Windows Server 2008 R2 Datacenter", "windows-server-2008-r2 x64"),
    ("64-bit edition of Windows Server 2008 R2 Enterprise", "windows-server-2008-r2 x64"),
    ("64-bit edition of Windows Server 2008 R2 Standard", "windows-server-2008-r2 x64"),
    ("64-bit edition of Windows Server 2008 Standard", "windows-server-2008 x64"),
    ("64-bit edition of Windows Server 2012 Datacenter", "windows-server-2012 x64"),
    ("64-bit edition of Windows Server 2012 Essentials", "windows-server-2012 x64"),
    ("64-bit edition of Windows Server 2012 Standard", "windows-server-2012 x64"),
    ("64-bit edition of Windows Vista", "windows-vista x64"),
    ("64-bit edition of Windows Web Server 2008", "windows-server-2008 x64"),
    ("64-bit edition of Windows Web Server 2008 R2", "windows-server-2008-r2 x64"),
    ("CentOS Linux 5 (32 bit)", "centos-5 x86"),
    ("CentOS Linux 5 (64 bit)", "centos-5 x64"),
    ("CentOS Linux 6 (32 bit)", "centos-6 x86"),
    ("CentOS Linux 6 (64 bit)", "centos-6 x64"),
    ("CentOS Linux 7 (64 bit)", "centos-7 x64"),
    ("Debian GNU/Linux 7 (32 bit)", "debian-7 x86"),
    ("Debian GNU/Linux 7 (64 bit)", "debian-7 x64"),
    ("Debian GNU/Linux 8 (32 bit)", "debian-8 x86"),
    ("Debian GNU/Linux 8 (64 bit)", "debian-8 x64"),
    ("None", "nothing"),
    ("Novell NetWare 5.1", "netware x86"),
    ("Novell NetWare 6.x", "netware x86"),
    ("Open Enterprise Server", "open-enterprise-server -"),
    ("Oracle Linux 5 (32 bit)", "oracle-linux-5 x86"),
    ("Oracle Linux 5 (64 bit)", "oracle-linux-5 x64"),
    ("Oracle Linux 6 (32 bit)", "oracle-linux-6 x86"),
    ("Oracle Linux 6 (64 bit)", "oracle-linux-6 x64"),
    ("Oracle Linux 7 (64 bit)", "oracle-linux-7 x64"),
    ("Other (32 bit)", "- x86"),
    ("Other (64 bit)", "- x64"),
    ("Other Linux (32 bit)", "linux x86"),
    ("Other Linux (64 bit)", "linux x64"),
    ("Red Hat Enterprise Linux 2", "rhel-2 -"),
    ("Red Hat Enterprise Linux 3", "rhel-3 -"),
    ("Red Hat Enterprise Linux 3 (64 bit)", "rhel-3 x64"),
    ("Red Hat Enterprise Linux 4", "rhel-4 -"),
    ("Red Hat Enterprise Linux 4 (64 bit)", "rhel-4 x64"),
    ("Red Hat Enterprise Linux 5", "rhel-5 -"),
    ("Red Hat Enterprise Linux 5 (64 bit)", "rhel-5 x64"),
    ("Red Hat Enterprise Linux 6", "rhel-6 -"),
    ("Red Hat Enterprise Linux 6 (64 bit)", "rhel-6 x64"),
    ("Red Hat Enterprise Linux 7 (64 bit)", "rhel-7 x64"),
    ("Sun Solaris 10 (32 bit)", "solaris x86"),
    ("Sun Solaris 10 (64 bit)", "solaris x64"),
    ("Suse Linux Enterprise Server 10 (32 bit)", "sles-10 x86"),
    ("Suse Linux Enterprise Server 10 (64 bit)", "sles-10 x64"),
    ("Suse Linux Enterprise Server 11 (32 bit)", "sles-11 x86"),
    ("Suse Linux Enterprise Server 11 (64 bit)", "sles-11 x64"),
    ("Suse Linux Enterprise Server 12 (64 bit)", "sles-12 x64"),
    ("Suse Linux Enterprise Server 9 (32 bit)", "sles-9 x86"),
    ("Suse Linux Enterprise Server 9 (64 bit)", "sles-9 x64"),
    ("Ubuntu Linux (32 bit)", "linux x86"),
    ("Ubuntu Linux (64 bit)", "linux x64"),
    ("Ubuntu Linux 12.04 (32 bit)", "ubuntu-12.04 x86"),
    ("Ubuntu Linux 12.04 (64 bit)", "ubuntu-12.04 x64"),
    ("Ubuntu Linux 14.04 (32 bit)", "ubuntu-14.04 x86"),
    ("Ubuntu Linux 14.04 (64 bit)", "ubuntu-14.04 x64"),
    ("Ubuntu Linux 16.04 (32 bit)", "ubuntu-16.04 x86"),
    ("Ubuntu Linux 16.04 (64 bit)", "ubuntu-16.04 x64"),
    ("Ubuntu Linux 20.04 (32 bit)", "ubuntu-20.04 x86"),
    ("Ubuntu Linux 20.04 (64 bit)", "ubuntu-20.04 x64"),
    ("Ubuntu Linux 24.04 (32 bit)", "ubuntu-24.04 x86"),
    ("Ubuntu Linux 24.04 (64 bit)", "ubuntu-24.04 x64"),
    ("Windows 10", "windows-10 x86"),
    ("Windows 2000 Advanced Server", "windows-2000-server x86"),
    ("Windows 2000 Server", "windows-2000-server x86"),
    ("Windows 7", "windows-7 x86"),
    ("Windows 8", "windows-8 x86"),
    ("Windows 8.1", "windows-8.1 x86"),
    ("Windows NT Server 4.0", "windows-nt x86"),
    ("Windows Server 2003 Datacenter Edition (32-bit x86)", "windows-server-2003 x86"),
    ("Windows Server 2003 Datacenter x64 Edition", "windows-server-2003 x64"),
    ("Windows Server 2003 Enterprise Edition (32-bit x86)", "windows-server-2003 x86"),
    ("Windows Server 2003 Enterprise x64 Edition", "windows-server-2003 x64"),
    ("Windows Server 2003 Standard Edition (32-bit x86)", "windows-server-2003 x86"),
    ("Windows Server 2003 Standard x64 Edition", "windows-server-2003 x64"),
    ("Windows Server 2003 Web Edition", "windows-server-2003 x86"),
    ("Windows Server 2008 Datacenter 32-Bit", "windows-server-2008 x86"),
    ("Windows Server 2008 Enterprise 32-Bit", "windows-server-2008 x86"),
    ("Windows Server 2008 Standard 32-Bit", "windows-server-2008 x86"),
    ("Windows Server 2012 R2 Datacenter", "windows-server-2012-r2 x64"),
    ("Windows Server 2012 R2 Essentials", "windows-server-2012-r2 x64"),
    ("Windows Server 2012 R2 Standard", "windows-server-2012-r2 x64"),
    ("Windows Server 2016 Datacenter", "windows-server-2016 x64"),
    ("Windows Server 2016 Essentials", "windows-server-2016 x64"),
    ("Windows Server 2016 Standard", "windows-server-2016 x64"),
    ("Windows Server 2019 Datacenter", "windows-server-2019 x64"),
    ("Windows Server 2019 Essentials", "windows-server-2019 x64"),
    ("Windows Server 2019 Standard", "windows-server-2019 x64"),
    ("Windows Server 2022 Datacenter", "windows-server-2022 x64"),
    ("Windows Server 2022 Standard", "windows-server-2022 x64"),
    ("Windows Server 2025 Datacenter", "windows-server-2025 x64"),
    ("Windows Server 2025 Essentials", "windows-server-2025 x64"),
    ("Windows Server 2025 Standard", "windows-server-2025 x64"),
    ("Windows Small Business Server 2003", "windows-small-business-server-2003 x86"),
    ("Windows Vista", "windows-vista x86"),
    ("Windows Web Server 2008", "windows-server-2008 x86"),
    ("Windows XP 64-Bit Edition", "windows-xp x64"),
    ("Windows XP Professional", "windows-xp x86"),
    ("Unknown", "nothing"),
];

#[test]
fn every_name_of_vmm_is_understood() {
    let names: Vec<_> = VMM.iter().map(|(name, expected)| (*name, "", *expected)).collect();
    check_in(Vocabulary::Vmm, &names);
}

#[test]
fn only_in_the_words_of_vmm_a_client_without_bitness_is_the_32_bit_one() {
    for name in ["Windows Vista", "Windows 7", "Windows 8", "Windows 8.1", "Windows 10"] {
        let catalogue = GuestOsCatalogue::embedded();
        let seen =
            |vocabulary| catalogue.identify(name, None, None, vocabulary).expect("it names a product").architecture;
        assert_eq!(seen(Vocabulary::Vmm), Some(Architecture::X86), "{name}");
        assert_eq!(seen(Vocabulary::Any), None, "{name}");
    }
}

#[test]
fn names_of_windows_in_other_exports_are_understood() {
    check_names(&[
        ("Windows Server 2019 Datacenter", "windows-server-2019 x64"),
        ("Windows Server 2022 Standard Evaluation", "windows-server-2022 x64"),
        ("Windows 10 Enterprise", "windows-10 -"),
        ("Microsoft Windows 10 Pro", "windows-10 -"),
        ("Microsoft Windows 11 Enterprise 23H2", "windows-11 x64 23H2"),
        ("Microsoft Windows Server 2012 R2 Standard ", "windows-server-2012-r2 x64"),
        ("Microsoft® Windows Server® 2008 Standard ", "windows-server-2008 -"),
        ("Microsoft\u{a0}Windows\u{a0}Server\u{a0}2016\u{a0}Standard", "windows-server-2016 x64"),
        ("Microsoft(R) Windows(R) Server 2003, Standard Edition", "windows-server-2003 -"),
        ("Microsoft(R) Windows(R) Server 2003 Enterprise x64 Edition", "windows-server-2003 x64"),
        ("Windows™ Server 2012", "windows-server-2012 x64"),
        ("Microsoft Windows Server 2016 (64-bit)", "windows-server-2016 x64"),
        ("Microsoft Windows Server 2016 or later (64-bit)", "windows-server x64"),
        ("Microsoft Windows Server 2003 Standard (32-bit)", "windows-server-2003 x86"),
        ("Microsoft Windows Server 2003 R2 Standard (64-bit)", "windows-server-2003-r2 x64"),
        ("Microsoft Windows Server 2008 R2 (64-bit)", "windows-server-2008-r2 x64"),
        ("Microsoft Windows Server 2022 Datacenter Evaluation", "windows-server-2022 x64"),
        ("Windows Server 2022 Datacenter: Azure Edition", "windows-server-2022 x64"),
        ("Windows Server Datacenter: Azure Edition", "windows-server -"),
        ("Microsoft Hyper-V Server 2019", "windows-server-2019 x64"),
        ("Windows Storage Server 2012 R2 Standard", "windows-server-2012-r2 x64"),
        ("Windows Server, version 20H2", "windows-server-sac x64 20H2"),
        ("Windows Server 2019 Datacenter version 1809", "windows-server-2019 x64"),
        ("Windows Server, version 1809", "windows-server-sac x64 1809"),
        ("Windows Server 23H2 Datacenter", "windows-server-23h2 x64"),
        ("WINDOWS SERVER 2012R2", "windows-server-2012-r2 x64"),
        ("Win2019", "windows-server-2019 x64"),
        ("Windows 2016 Standard", "windows-server-2016 x64"),
        ("Windows Server 2008 R2 Enterprise Service Pack 1", "windows-server-2008-r2 x64"),
        ("Microsoft Windows 7 Professional SP1 (32-bit)", "windows-7 x86"),
        ("Microsoft Windows 2000 Professional", "windows-client -"),
        ("Windows Small Business Server 2011 Standard", "windows-small-business-server-2011 x64"),
        ("Windows Server", "windows-server -"),
        ("Windows", "- -"),
        ("Microsoft Windows 10 Enterprise 2016 LTSB", "windows-10 - LTSC 2016"),
        ("Windows 10 Enterprise LTSC 2021", "windows-10 - LTSC 2021"),
        ("Windows 10 Enterprise LTSC", "windows-10 - LTSC"),
        ("Microsoft Windows 11 Pro on ARM64", "windows-11 arm64"),
    ]);
}

#[test]
fn names_of_other_systems_in_other_exports_are_understood() {
    check_names(&[
        ("Red Hat Enterprise Linux 6 (64-bit)", "rhel-6 x64"),
        ("Red Hat Enterprise Linux 7.3 (64 bit)", "rhel-7 x64 7.3"),
        ("Red Hat Enterprise Linux Server release 7.9 (Maipo)", "rhel-7 x64 7.9"),
        ("Red Hat Enterprise Linux", "linux -"),
        ("RHEL8", "rhel-8 x64"),
        ("CentOS 4/5/6/7 (64-bit)", "linux x64"),
        ("CentOS 4/5 or later (64-bit)", "linux x64"),
        ("CentOS 4/5 (32-bit)", "linux x86"),
        ("CentOS release 6.10 (Final)", "centos-6 - 6.10"),
        ("CentOS Linux release 8.5.2111", "centos-8 x64 8.5"),
        ("CentOS Stream 9", "centos-stream-9 x64"),
        ("CentOS Linux", "linux -"),
        ("SUSE Linux Enterprise 12 (64-bit)", "sles-12 x64"),
        ("SUSE Linux Enterprise Server 15 SP4", "sles-15 x64 15.4 SP4"),
        ("SUSE Linux Enterprise Server 11 (x86_64)", "sles-11 x64"),
        ("SLES 12-SP5", "sles-12 x64 12.5 SP5"),
        ("SUSE Linux Enterprise Desktop 15", "linux -"),
        ("openSUSE Leap 15.6", "opensuse-leap-15 x64 15.6 15.6"),
        ("openSUSE Tumbleweed", "linux -"),
        ("Ubuntu Linux (64-bit)", "linux x64"),
        ("Ubuntu 22.04.3 LTS", "ubuntu-22.04 x64 22.04.3"),
        ("Ubuntu 23.10", "ubuntu-23.10 x64"),
        ("Ubuntu 27.10", "linux -"),
        ("Debian GNU/Linux 7 (64-bit)", "debian-7 x64"),
        ("Debian GNU/Linux 12 (bookworm)", "debian-12 -"),
        ("Other 3.x or later Linux (64-bit)", "linux x64"),
        ("Other (32-bit)", "- x86"),
        ("Amazon Linux 2 (64-bit)", "amazon-linux-2 x64"),
        ("Amazon Linux 2023", "amazon-linux-2023 x64"),
        ("VMware Photon OS (64-bit)", "photon x64"),
        ("Oracle Linux Server 8.7", "oracle-linux-8 x64 8.7"),
        ("Oracle Linux 6 Update 7", "oracle-linux-6 - 6.7"),
        ("Rocky Linux 9", "rocky-9 x64"),
        ("AlmaLinux 8.8", "alma-8 x64 8.8"),
        ("Flatcar Container Linux by Kinvolk", "flatcar x64"),
        ("Fedora Linux 40 (Server Edition)", "fedora -"),
        ("FreeBSD 13.2", "freebsd -"),
        ("Linux Mint 21", "linux -"),
        ("Apple macOS 12 (64-bit)", "macos x64"),
        ("BeOS", "other -"),
        ("", "nothing"),
        ("  ", "nothing"),
        ("n/a", "nothing"),
        ("Other", "nothing"),
    ]);
}

#[test]
fn the_version_column_settles_only_what_the_name_leaves_open() {
    check_versions(&[
        ("Red Hat Enterprise Linux", "8.6", "rhel-8 x64 8.6"),
        ("Red Hat Enterprise Linux 7 (64 bit)", "7.9", "rhel-7 x64 7.9"),
        ("Red Hat Enterprise Linux 7 (64 bit)", "8.6", "rhel-7 x64"),
        ("SLES", "15.4", "sles-15 x64 15.4 SP4"),
        ("SLES", "12-SP5", "sles-12 x64 12.5 SP5"),
        ("Ubuntu", "22.04", "ubuntu-22.04 x64"),
        ("Ubuntu", "22.04.3", "ubuntu-22.04 x64 22.04.3"),
        ("Ubuntu", "5.15.0", "linux -"),
        ("Ubuntu", "5.15.0-91-generic", "linux -"),
        ("Red Hat Enterprise Linux", "8.6.0", "linux -"),
        ("Debian GNU/Linux", "12.4.0", "linux -"),
        ("CentOS 4/5/6/7 (64-bit)", "7.9", "centos-7 x64 7.9"),
        ("Windows Server", "10.0.20348", "windows-server-2022 x64"),
        ("Windows Server", "10.0 (14393)", "windows-server-2016 x64"),
        ("Windows Server Standard", "10.0.17763", "windows-server -"),
        ("Windows Server", "10.0.19042", "windows-server-sac x64 20H2"),
        ("Windows Server", "2019 Datacenter", "windows-server-2019 x64"),
        ("Windows Server 2016 Standard", "10.0.20348", "windows-server-2016 x64"),
        ("Windows", "6.1.7601", "- -"),
        ("Windows", "Microsoft Windows NT 10.0.22631.0", "windows-11 x64 23H2"),
        ("Windows 10 Enterprise", "10.0.19045", "windows-10 - 22H2"),
        ("Windows 10 Enterprise", "10.0.17763", "windows-10 - 1809"),
        ("Windows 10", "10.0.17763", "windows-10 -"),
        ("Windows 10 Enterprise LTSC", "10.0.17763", "windows-10 - LTSC 2019"),
        ("Unknown", "10.0.20348", "nothing"),
    ]);
}

#[test]
fn editions_and_nano_are_told_apart() {
    let catalogue = GuestOsCatalogue::embedded();
    let edition = |name| catalogue.identify(name, None, None, Vocabulary::Any).and_then(|guest| guest.edition);
    for (name, expected) in [
        ("Windows Server 2022 Standard Evaluation", Some("Standard")),
        ("Windows Server 2022 Datacenter Azure Edition", Some("Datacenter: Azure Edition")),
        ("64-bit edition of Windows Web Server 2008", Some("Web")),
        ("Windows Server 2012 Essentials", Some("Essentials")),
        ("Windows Server 2012 R2 Foundation", Some("Foundation")),
        ("Microsoft Hyper-V Server 2016", Some("Hyper-V Server")),
        ("Windows Storage Server 2016 Standard", Some("Storage")),
        ("Windows Server 2019 Standard Core", Some("Standard")),
        ("Windows Server 2019", None),
        ("Red Hat Enterprise Linux 8", None),
    ] {
        assert_eq!(edition(name).as_deref(), expected, "{name}");
    }
    let nano = |name| catalogue.identify(name, None, None, Vocabulary::Any).is_some_and(|guest| guest.nano);
    assert!(nano("Windows Server 2016 Datacenter Nano"));
    assert!(!nano("Windows Server 2016 Datacenter"));
}

#[test]
fn a_column_of_bitness_goes_before_the_name() {
    let catalogue = GuestOsCatalogue::embedded();
    let seen =
        |name, stated| catalogue.identify(name, None, stated, Vocabulary::Any).and_then(|guest| guest.architecture);
    assert_eq!(seen("Windows 10", Some(Architecture::X64)), Some(Architecture::X64));
    assert_eq!(seen("Ubuntu Linux (32 bit)", Some(Architecture::X64)), Some(Architecture::X64));
    assert_eq!(seen("Ubuntu Linux (32 bit)", None), Some(Architecture::X86));
    assert_eq!(seen("Debian 12 (32-bit) x64", None), None);
}
