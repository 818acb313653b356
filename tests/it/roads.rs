//! No machine is ready for one road to Azure and not ready to be an Azure machine: whatever the road, it ends there.

use std::fmt::Write as _;

use klar::catalogue::{Catalogue, Target};
use klar::evaluate::{Readiness, evaluate};

use super::verdicts::read;

/// Values of each column; an empty one is a fact that no export gives.
const COLUMNS: &[(&str, &[&str])] = &[
    ("Generation", &["1", "2", "2", ""]),
    ("vCPUs", &["1", "4", "64", "128", "129", "200", "416", "832", "833", "2000", ""]),
    ("Memory (MB)", &["2048", "16384", "3985408", "3985409", "6291456", "15564800", "15564801", ""]),
    ("OS architecture", &["x64", "x64", "x64", "x86", "ARM64", ""]),
    ("OS disk (GB)", &["40", "127", "300", "2048", "2049", "4095", "4096", "4097", ""]),
    ("Disk 2 size (GB)", &["", "64", "4095", "4096", "32767", "32768", "65536", "65537"]),
    ("Number of disks", &["", "2", "16", "17", "64", "65", "66"]),
    ("Number of network adapters", &["1", "2", "8", "9", "32", "33", ""]),
    ("Shielded", &["No", "No", "Yes", ""]),
    ("Virtual TPM", &["No", "Yes", ""]),
    ("Secure Boot", &["On", "Off", ""]),
    ("Integration services", &["Up to date", "Not detected", ""]),
    (
        "Guest OS",
        &[
            "Windows Server 2025 Datacenter",
            "Windows Server 2022 Standard",
            "Windows Server 2016 Standard",
            "Windows Server 2012 R2 Standard",
            "Windows Server 2008 R2 Standard",
            "Windows Server 2008 Standard",
            "Windows Server 2003 Standard Edition",
            "Windows Server 2003 R2 Standard",
            "Windows 2000 Server",
            "Windows NT 4.0",
            "Windows 98",
            "MS-DOS",
            "Windows Small Business Server 2003",
            "Windows Server 1909",
            "Windows 11 Enterprise 24H2",
            "Windows 10 Enterprise",
            "Windows 7 Professional",
            "Windows XP Professional",
            "Windows Vista",
            "Windows Server",
            "Windows",
            "Red Hat Enterprise Linux 9.4",
            "Red Hat Enterprise Linux 5",
            "Red Hat Enterprise Linux",
            "Oracle Linux 5",
            "Oracle Linux 8",
            "CentOS Linux 7 (64-bit)",
            "Ubuntu",
            "Ubuntu 24.04",
            "Debian GNU/Linux 12",
            "SLES 15 SP6",
            "Amazon Linux 2",
            "VMware Photon OS (64-bit)",
            "Kali Linux",
            "FreeBSD 13",
            "Oracle Solaris 11",
            "Novell NetWare 6",
            "macOS 12",
            "Other Linux (64-bit)",
            "Other",
            "Unknown",
            "A System of Our Own 3",
        ],
    ),
];

/// A fixed sequence of numbers without pattern.
struct Sequence(u64);

impl Sequence {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % bound
    }
}

/// Machines with values drawn from every column.
pub fn estate(count: usize) -> String {
    let mut sequence = Sequence(20_261_126);
    let mut text = String::from("VM");
    for (heading, _) in COLUMNS {
        write!(text, ",{heading}").expect("in memory");
    }
    for number in 0..count {
        write!(text, "\nvm{number:05}").expect("in memory");
        // Half of the machines are small ones, so that single defects decide as well as many at once.
        let plain = number % 2 == 0;
        let odd = sequence.below(COLUMNS.len());
        for (column, (_, values)) in COLUMNS.iter().enumerate() {
            let drawn = values[sequence.below(values.len())];
            let usual = !plain || column == odd || column + 1 == COLUMNS.len();
            write!(text, ",{}", if usual { drawn } else { values[0] }).expect("in memory");
        }
    }
    text.push('\n');
    text
}

#[test]
fn no_machine_is_ready_for_a_road_and_not_ready_for_azure() {
    let catalogue = Catalogue::embedded().expect("the catalogue it carries");
    let editions: Vec<_> =
        Target::ALL.iter().map(|target| catalogue.newest(*target).expect("each target has editions")).collect();
    let table = estate(6000);
    let estate = read(&[&table]);
    assert_eq!(estate.vms.len(), 6000);
    let assessment = evaluate(&estate, &catalogue, &editions, super::verdicts::AS_OF);
    let azure = assessment.runs.iter().find(|run| run.edition.target == Target::AzureVm).expect("it was asked for");
    let lines: Vec<&str> = table.lines().skip(1).collect();
    let mut decided = 0;
    for run in assessment.runs.iter().filter(|run| run.edition.target != Target::AzureVm) {
        let mut seen = [0; 4];
        for (index, (road, end)) in run.vms.iter().zip(&azure.vms).enumerate() {
            seen[road.readiness as usize] += 1;
            let contradiction = road.readiness == Readiness::Ready && end.readiness == Readiness::NotReady;
            assert!(!contradiction, "{} is ready for {} and not ready for Azure", lines[index], run.edition.id());
            decided += u32::from(end.readiness == Readiness::NotReady);
        }
        assert!(seen.iter().all(|count| *count > 0), "{}: {seen:?} does not try every readiness", run.edition.id());
    }
    assert!(decided > 1000, "only {decided} machines could have contradicted");
}
