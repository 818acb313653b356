//! Linux guests named without a version, or with their major version only, as each edition published its answer.

use klar::evaluate::Readiness::{self, Ready, ReadyWithConditions, Unknown};

use super::verdicts::readiness;

fn of(edition: &str, name: &str) -> Readiness {
    let table = format!(
        "VM,Generation,vCPUs,Memory (MB),OS disk (GB),Number of disks,OS architecture,Guest OS\nlnx01,1,2,4096,60,1,x64,{name}\n"
    );
    readiness(edition, &[&table])
}

#[test]
fn in_2020_a_distribution_without_a_minor_version_is_endorsed_with_conditions() {
    let cases = [
        ("Red Hat Enterprise Linux 7 (64 bit)", ReadyWithConditions),
        ("CentOS Linux 7 (64 bit)", ReadyWithConditions),
        ("Oracle Linux 7 (64 bit)", ReadyWithConditions),
        ("Debian GNU/Linux 10 (64 bit)", ReadyWithConditions),
        ("Ubuntu Linux (64 bit)", ReadyWithConditions),
        ("Red Hat Enterprise Linux", ReadyWithConditions),
        ("SUSE Linux Enterprise Server 12 (64 bit)", Ready),
        ("Red Hat Enterprise Linux 7.6", Ready),
        ("Other Linux (64 bit)", Unknown),
    ];
    for (name, expected) in cases {
        assert_eq!(of("azure-vm@2020-01", name), expected, "{name}");
    }
}

#[test]
fn from_2024_a_major_version_is_enough_and_no_version_is_not() {
    let cases = [
        ("CentOS Linux 7 (64 bit)", [Ready, ReadyWithConditions]),
        ("CentOS 8", [Ready, ReadyWithConditions]),
        ("Red Hat Enterprise Linux 8 (64 bit)", [Ready; 2]),
        ("Oracle Linux 7 (64-bit)", [Ready; 2]),
        ("CentOS 9", [ReadyWithConditions; 2]),
        ("Ubuntu Linux (64-bit)", [ReadyWithConditions; 2]),
        ("Red Hat Enterprise Linux", [ReadyWithConditions; 2]),
        ("VMware Photon OS (64-bit)", [ReadyWithConditions; 2]),
        ("Windows 10 Enterprise", [ReadyWithConditions; 2]),
        ("Windows Server 2003 Standard x64 Edition", [ReadyWithConditions; 2]),
        ("Other Linux (64-bit)", [Unknown; 2]),
    ];
    for (name, expected) in cases {
        for (edition, expected) in ["azure-vm@2024-06", "azure-vm@2025-02"].iter().zip(expected) {
            assert_eq!(of(edition, name), expected, "{name} in {edition}");
        }
    }
}

#[test]
fn a_distribution_without_a_version_stays_unknown_for_the_other_roads() {
    for edition in ["site-recovery@2026-10", "azure-migrate@2026-03"] {
        assert_eq!(of(edition, "Ubuntu"), Unknown, "{edition}");
        assert_eq!(of(edition, "Red Hat Enterprise Linux"), Unknown, "{edition}");
    }
}
