//! What inputs say doubtfully: contradictions, cells no one understands, disks that no column names. None makes a machine
//! ready.

use std::sync::LazyLock;

use klar::catalogue::{Catalogue, Target};
use klar::evaluate::{Because, Readiness, evaluate};
use klar::model::{Estate, Vm, Why};

use crate::estates::read_and_listed as read;

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::embedded().expect("the catalogue it carries"));

/// How each machine comes out for Site Recovery, and the checks that keep it unknown for a contradiction.
fn judged(estate: &Estate) -> Vec<(String, Readiness, Vec<String>)> {
    let edition = CATALOGUE.newest(Target::SiteRecovery).expect("there is an edition");
    let assessment = evaluate(estate, &CATALOGUE, &[edition], jiff::civil::date(2026, 11, 22));
    let run = &assessment.runs[0];
    let disputed = |index: usize| {
        let findings = run.findings_of_machine(index).iter();
        let disputed = findings.filter(
            |finding| matches!(&finding.because, Because::Missing(missing) if matches!(missing.why, Why::Disputed(_))),
        );
        disputed.map(|finding| edition.requirements[usize::from(finding.requirement)].check.clone()).collect()
    };
    let machines = estate.vms.iter().enumerate();
    machines.map(|(index, vm)| (vm.shown_name().to_owned(), run.vms[index].readiness, disputed(index))).collect()
}

fn readiness(files: &[(&str, &str)]) -> Vec<Readiness> {
    judged(&read(files)).into_iter().map(|(_, readiness, _)| readiness).collect()
}

/// A list of one machine that nothing stands against, and what is added to it.
fn list(headings: &str, cells: &str) -> String {
    format!(
        "VM,Guest OS,Generation,vCPUs,Memory (GB),OS disk (GB),Network adapters,{headings}\n\
         gran-01,Windows Server 2022 Standard,2,2,8,80,1,{cells}\n"
    )
}

#[test]
fn inputs_that_contradict_each_other_about_a_blocker_leave_the_machine_unknown() {
    let pairs = [
        ("BitLocker", "No", "Yes"),
        ("Shielded", "No", "Yes"),
        ("Guest OS", "Windows Server 2022 Standard", "Windows Server 2003"),
        ("OS disk (GB)", "80", "5000"),
        ("Fibre Channel", "No", "Yes"),
    ];
    for (heading, fine, worse) in pairs {
        let with = |value: &str| {
            let base = "VM,vCPUs,Memory (GB),Generation,Network adapters,Disks";
            format!("{base},{heading},Owner\nbjork,2,8,2,1,1,{value},x\n")
        };
        for order in [[fine, worse], [worse, fine]] {
            let files = [("a.csv", with(order[0])), ("b.csv", with(order[1]))];
            let estate = read(&[(files[0].0, &files[0].1), (files[1].0, &files[1].1)]);
            let [(_, readiness, disputed)] = &judged(&estate)[..] else { panic!("{heading}: one machine") };
            let expected = if order[0] == fine { Readiness::Unknown } else { Readiness::NotReady };
            assert!(*readiness <= expected, "{heading} {order:?}: {readiness:?}");
            assert_eq!(disputed.is_empty(), order[0] == worse, "{heading} {order:?}: {disputed:?}");
        }
    }
}

#[test]
fn a_contradiction_that_a_date_settles_or_that_decides_nothing_leaves_the_machine_as_it_is() {
    let with = |memory: &str, bitlocker: &str| list("Memory maximum (GB),BitLocker", &format!("{memory},{bitlocker}"));
    let alone = readiness(&[("a.csv", &with("", "No"))]);
    assert_eq!(alone, [Readiness::Ready]);
    let newer = [("2026-10-01.csv", with("", "No")), ("2023-01-01.csv", with("", "Yes"))];
    assert_eq!(readiness(&[(newer[0].0, &newer[0].1), (newer[1].0, &newer[1].1)]), [Readiness::Ready]);
    let other = list("BitLocker", "No").replace(",8,80,", ",16,80,");
    assert_eq!(readiness(&[("a.csv", &with("", "No")), ("b.csv", &other)]), [Readiness::Ready]);
}

#[test]
fn two_columns_of_one_fact_are_held_against_each_other() {
    for (second, value) in [
        ("Encryption", "Enabled"),
        ("Encrypted", "True"),
        ("Disk encryption", "On"),
        ("BitLocker", "Yes"),
        ("Verschlüsselung", "Ja"),
        ("Verschlüsselung", "BitLocker aktiv"),
        ("Encryption", "BitLocker"),
        ("Chiffrement", "LUKS"),
    ] {
        let text = list(&format!("BitLocker,{second}"), &format!("No,{value}"));
        assert_eq!(readiness(&[("a.csv", &text)]), [Readiness::Unknown], "{second}");
        let agreed = list(&format!("BitLocker,{second}"), "No,No");
        assert_eq!(readiness(&[("a.csv", &agreed)]), [Readiness::Ready], "{second}");
    }
}

#[test]
fn a_cell_that_says_that_someone_did_not_know_is_no_answer() {
    for heading in ["BitLocker", "Shielded", "Shared disks", "Pass-through disks", "Fibre Channel"] {
        for word in ["?", "??", "okänt", "unbekannt", "TBD", "Unknown", "nein?"] {
            assert_eq!(readiness(&[("a.csv", &list(heading, word))]), [Readiness::Unknown], "{heading}: {word}");
        }
        for word in ["", "-", "n/a", "No"] {
            assert_eq!(readiness(&[("a.csv", &list(heading, word))]), [Readiness::Ready], "{heading}: {word}");
        }
    }
}

#[test]
fn a_cell_that_cannot_be_read_counts_where_another_fact_could_stand_in_for_it() {
    for (heading, cell) in
        [("OS architecture", "VAX"), ("Disk count", "2+15"), ("Disk count", "ca. 70"), ("Disk type", "odd one")]
    {
        let text = list(heading, cell);
        assert_eq!(readiness(&[("a.csv", &text)]), [Readiness::Unknown], "{heading}: {cell}");
    }
    for cell in ["i586", "x86 (32)", "IA-32"] {
        assert_ne!(readiness(&[("a.csv", &list("OS architecture", cell))]), [Readiness::Ready], "{cell}");
    }
}

#[test]
fn a_disks_type_tells_that_it_is_shared_or_no_file() {
    let disks = |kind: &str| format!("VM,Disk,Size (GB),Disk type\ngran-01,os,80,VHDX\ngran-01,data,100,{kind}\n");
    for kind in
        ["Shared VHDX", "shared", "VHD Set", "Delad", "Pass-through disk (LUN 4)", "RDM", "iSCSI", "Direktzugriff"]
    {
        let found =
            readiness(&[("a.csv", &list("Owner", "x").replace("OS disk (GB)", "Cores")), ("d.csv", &disks(kind))]);
        assert_eq!(found, [Readiness::NotReady], "{kind}");
    }
    for kind in ["Dynamic", "VHDX", "Fixed"] {
        let estate = read(&[("d.csv", &disks(kind))]);
        assert_eq!(estate.vms[0].disks.len(), 2, "{kind}");
        let marks = |vm: &Vm| vm.disks.iter().any(|disk| disk.shared.is_known() || disk.pass_through.is_known());
        assert!(!marks(&estate.vms[0]), "{kind}");
    }
}

#[test]
fn a_word_for_none_in_a_further_column_of_disks_is_no_disk() {
    for word in ["-", "–", "n/a", "none", "keine", "ingen", "aucun", "No", "0", ""] {
        let estate = read(&[("a.csv", &list("Disk 2 size (GB)", word))]);
        assert_eq!(estate.vms[0].disks.len(), 1, "{word}");
    }
    for word in ["?", "okänt", "stor"] {
        let estate = read(&[("a.csv", &list("Disk 2 size (GB)", word))]);
        assert_eq!(estate.vms[0].disks.len(), 2, "{word}");
    }
}

#[test]
fn a_total_that_the_disks_do_not_come_to_says_that_some_are_not_known() {
    for heading in ["Storage (TB)", "Provisioned (TB)", "Total storage (TB)"] {
        assert_eq!(readiness(&[("a.csv", &list(heading, "40"))]), [Readiness::Unknown], "{heading}");
    }
    for total in ["80", "81", "86"] {
        assert_eq!(readiness(&[("a.csv", &list("Provisioned (GB)", total))]), [Readiness::Ready], "{total}");
    }
    let with_both = list("Disk 2 size (GB),Provisioned (GB)", "40,120");
    assert_eq!(readiness(&[("a.csv", &with_both)]), [Readiness::Ready]);
}

#[test]
fn a_column_of_sizes_that_nothing_names_may_be_one_more_disk() {
    for heading in ["Quux (GB)", "Ablage (TB)", "Archiv X GB"] {
        let text = list(heading, "40000");
        assert_ne!(readiness(&[("a.csv", &text)]), [Readiness::Ready], "{heading}");
        assert_eq!(readiness(&[("a.csv", &list(heading, "0"))]), [Readiness::Ready], "{heading}: nothing there");
    }
    for heading in ["Backup (GB)", "Ledigt (GB)", "Used (GB)", "RAM assigned (GB)", "Snapshots (GB)", "Owner", "Floor"]
    {
        assert_eq!(readiness(&[("a.csv", &list(heading, "40"))]), [Readiness::Ready], "{heading}");
    }
    for heading in ["Datendisk 1 (GB)", "Data (GB)", "Second disk (GB)", "SAN LUN (GB)", "Daten (GB)"] {
        let estate = read(&[("a.csv", &list(heading, "40000"))]);
        assert_eq!(estate.vms[0].disks.len(), 2, "{heading}");
    }
}

#[test]
fn a_path_on_the_storage_of_a_cluster_that_no_input_names_is_one_file_for_machines_of_two_names() {
    let text = |other: &str, path: &str| {
        format!(
            "VM,VM host,Disk path,Disk size (GB)\n\
             gran-01,hv1,C:\\ClusterStorage\\V1\\Kvorum.vhdx,1\n{other},hv2,{path},1\n"
        )
    };
    let same = r"C:\ClusterStorage\V1\kvorum.vhdx";
    assert_eq!(readiness(&[("a.csv", &text("gran-02", same))]), [Readiness::NotReady, Readiness::NotReady]);
    for (other, path) in
        [("gran-01", same), ("gran-02", r"C:\ClusterStorage\V2\kvorum.vhdx"), ("gran-02", r"D:\VM\kvorum.vhdx")]
    {
        let found = readiness(&[("a.csv", &text(other, path))]);
        assert!(!found.contains(&Readiness::NotReady), "{other} {path}: {found:?}");
    }
}

#[test]
fn a_disk_that_another_list_does_not_have_is_held_against_the_machine() {
    let machines =
        "VM,Guest OS,Generation,vCPUs,Memory (GB),Network adapters\ngran-01,Windows Server 2022 Standard,2,2,8,1\n";
    let files = "VM,Disk path,Disk size (GB)\ngran-01,D:\\gran\\os.vhdx,60\ngran-01,D:\\gran\\data.vhdx,200\n";
    for (size, right) in [("90000", Readiness::Unknown), ("64", Readiness::Ready)] {
        let further = format!("VM,Disk,Capacity (GB)\ngran-01,data 1,{size}\n");
        assert_eq!(readiness(&[("a.csv", machines), ("b.csv", files), ("c.csv", &further)]), [right], "{size}");
        let stated =
            machines.replace('\n', ",Data disk (GB)\n").replace(",1,Data disk (GB)\n", &format!(",1,{size}\n"));
        assert_eq!(readiness(&[("a.csv", &stated), ("b.csv", files)]), [right], "stated {size}");
    }
}
