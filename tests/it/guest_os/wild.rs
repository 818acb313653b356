//! Names of guest operating systems as people type them, images are called, and tools shorten them.

use klar::catalogue::{Family, GuestOsCatalogue, Vocabulary};

use super::names::{check_names, check_versions};

#[test]
fn short_names_of_windows_are_understood() {
    check_names(&[
        ("W2K12R2", "windows-server-2012-r2 x64"),
        ("Win2k8 R2", "windows-server-2008-r2 x64"),
        ("w2k16", "windows-server-2016 x64"),
        ("Windows 2k19 Std", "windows-server-2019 x64"),
        ("W2K3", "windows-server-2003 -"),
        ("Win2K", "windows-2000-server x86"),
        ("W2012R2", "windows-server-2012-r2 x64"),
        ("WS2022", "windows-server-2022 x64"),
        ("WS 2016 DC", "windows-server-2016 x64"),
        ("Win2019Std", "windows-server-2019 x64"),
        ("Windows Server 2016Datacenter", "windows-server-2016 x64"),
        ("WinSrv2022", "windows-server-2022 x64"),
        ("winsvr2012r2", "windows-server-2012-r2 x64"),
        ("2012 R2 Standard", "windows-server-2012-r2 x64"),
        ("2019", "windows-server-2019 x64"),
        ("2019 Datacenter", "windows-server-2019 x64"),
        ("2019 spare machine", "- -"),
        ("SBS 2011", "windows-small-business-server-2011 x64"),
        ("Windows Small Business Server 2008", "windows-small-business-server-2008 x64"),
        ("Windows Home Server 2011", "windows-home-server-2011 x64"),
    ]);
}

#[test]
fn names_of_azure_images_are_understood() {
    check_names(&[
        ("WindowsServer 2019-Datacenter", "windows-server-2019 x64"),
        ("MicrosoftWindowsServer WindowsServer 2012-R2-Datacenter-smalldisk", "windows-server-2012-r2 x64"),
        ("WindowsServer 2022-datacenter-azure-edition-core", "windows-server-2022 x64"),
        ("MicrosoftWindowsServer:WindowsServer:2016-datacenter-gensecond:latest", "windows-server-2016 x64"),
        ("Windows-10 win10-22h2-ent-g2", "windows-10 - 22H2"),
        ("windows-11 win11-23h2-pro", "windows-11 x64 23H2"),
        ("0001-com-ubuntu-server-jammy 22_04-lts-gen2", "ubuntu-22.04 x64"),
        ("Canonical UbuntuServer 18.04-LTS", "ubuntu-18.04 -"),
        ("ubuntu-24_04-lts server", "ubuntu-24.04 x64"),
        ("RedHat RHEL 8_6", "rhel-8 x64 8.6"),
        ("RHEL 7-lvm-gen2", "rhel-7 x64"),
        ("RHEL gen2", "linux -"),
        ("OpenLogic CentOS 7_9-gen2", "centos-7 x64 7.9"),
        ("Debian debian-11 11-backports-gen2", "debian-11 -"),
        ("sles-15-sp5-basic gen2", "sles-15 x64 15.5 SP5"),
        ("Oracle Oracle-Linux 7.9", "oracle-linux-7 x64 7.9"),
        ("azure-linux-3 azure-linux-3-gen2", "azure-linux-3 x64"),
        ("cbl-mariner cbl-mariner-2-gen2", "azure-linux-2 x64"),
    ]);
}

#[test]
fn a_build_tells_the_windows_wherever_it_stands() {
    check_versions(&[
        ("Windows Server", "10.0.20348", "windows-server-2022 x64"),
        ("Windows Server", "20348", "windows-server-2022 x64"),
        ("Windows Server", "10.0.26100.1742", "windows-server-2025 x64"),
        ("Windows Server", "10.0.14393 N/A Build 14393", "windows-server-2016 x64"),
        ("Windows Server", "10.0 (Build 20348)", "windows-server-2022 x64"),
        ("Windows Server", "6.3.9600", "windows-server-2012-r2 x64"),
        ("Microsoft Windows Server Datacenter: Azure Edition", "10.0.20348", "windows-server-2022 x64"),
        ("Microsoft Windows NT 10.0.20348.0", "", "windows-server-2022 x64"),
        ("Microsoft Windows NT 10.0.17763.0", "", "- -"),
        ("Windows NT 4.0 Server", "", "windows-nt x86"),
        ("Windows NT 4.0.1381", "", "windows-nt x86"),
        ("Windows Server (10.0.14393)", "", "windows-server-2016 x64"),
        ("Windows 10 Enterprise", "22H2 (OS Build 19045.4412)", "windows-10 - 22H2"),
        ("Windows 10 Pro", "19044", "windows-10 - 21H2"),
        ("Windows Server", "4711", "windows-server -"),
    ]);
}

#[test]
fn a_kernel_tells_no_version_but_where_the_distribution_tags_it() {
    check_versions(&[
        ("CentOS Linux", "4.18.0-348.el8.x86_64", "centos-8 x64"),
        ("Red Hat Enterprise Linux", "3.10.0-1160.el7.x86_64", "rhel-7 x64"),
        ("Red Hat Enterprise Linux", "5.14.0-427.13.1.el9_4.x86_64", "rhel-9 x64"),
        ("Oracle Linux Server", "5.4.17-2136.el8uek.x86_64", "oracle-linux-8 x64"),
        ("Amazon Linux", "4.14.336-257.562.amzn2.x86_64", "amazon-linux-2 x64"),
        ("Amazon Linux", "6.1.79-99.164.amzn2023.x86_64", "amazon-linux-2023 x64"),
        ("SUSE Linux Enterprise Server", "4.12.14-122.37-default", "linux -"),
        ("Ubuntu", "5.15.0-91-generic", "linux -"),
        ("Linux", "5.14.0-70", "linux -"),
        ("Red Hat Enterprise Linux 7", "4.18.0-348.el8.x86_64", "rhel-7 x64"),
        ("CentOS Linux", "8.5.2111", "centos-8 x64 8.5"),
        ("Red Hat Enterprise Linux", "", "linux -"),
    ]);
}

#[test]
fn a_name_that_tells_two_systems_tells_neither() {
    check_names(&[
        ("ERP (was Windows Server 2003, now Windows Server 2019)", "windows-server -"),
        ("Windows Server 2012 R2 -> 2019", "windows-server -"),
        ("Windows Server 2008 R2, to be Windows Server 2022", "windows-server -"),
        // These two are one system: its year, and the version that it has.
        ("Windows Server 2019 Datacenter version 1809", "windows-server-2019 x64"),
    ]);
}

#[test]
fn systems_that_azure_never_ran_are_known_as_such() {
    let catalogue = GuestOsCatalogue::embedded();
    for name in [
        "MS-DOS 6.22",
        "Novell NetWare 6",
        "Oracle Solaris 11 (64-bit)",
        "SunOS 5.10",
        "FreeBSD 13 (64-bit)",
        "OpenBSD 7.4",
        "NetBSD 9",
        "pfSense 2.7",
        "macOS 12",
        "Apple Mac OS X 10.15 (64-bit)",
        "VMware ESXi 7.0",
        "IBM AIX 7.2",
        "HP-UX 11i",
        "SCO OpenServer 5",
        "SCO UnixWare 7",
        "OpenVMS 8.4",
        "OS/2 Warp",
        "IBM OS/2",
        "eComStation 2",
        "OpenIndiana",
        "SmartOS",
        "QNX 6",
        "Haiku R1",
        "FreeDOS 1.3",
    ] {
        let guest = catalogue.identify(name, None, None, Vocabulary::Any).expect("the name says something");
        assert_eq!(guest.family, Some(Family::Other), "{name}");
    }
}

#[test]
fn distributions_without_a_product_of_the_version_are_known_by_their_line() {
    check_versions(&[
        ("Amazon Linux", "", "amazon-linux x64"),
        ("Amazon Linux AMI release 2018.03", "", "amazon-linux x64"),
        ("Amazon Linux", "2", "amazon-linux-2 x64"),
        ("Azure Linux 3.0", "", "azure-linux-3 x64 3.0"),
        ("Microsoft Azure Linux", "3.0.20240727", "azure-linux-3 x64 3.0"),
        ("CBL-Mariner/Linux", "", "azure-linux x64"),
        ("VMware Photon OS/Linux", "5.0", "photon -"),
        ("Ubuntu 22.10", "", "ubuntu-22.10 x64"),
        ("Ubuntu 10.04.4 LTS", "", "ubuntu-10.04 - 10.04.4"),
        ("Ubuntu 9.10", "", "ubuntu-9.10 -"),
        ("Debian GNU/Linux 6.0 (squeeze)", "", "debian-6 - 6.0"),
        ("Debian 5", "", "debian-5 -"),
    ]);
}
