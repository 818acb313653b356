//! A written set of reports is checked file by file, and made again.

use std::fs;

use super::binary::Folder;

const EVERY: &str = "pdf,csv,json,xlsx,html,docx,parquet,azure-migrate-csv,mapping";

/// A folder with a set of every form, and the names of its files.
fn set(name: &str, more: &[&str]) -> (Folder, Vec<String>) {
    let folder = Folder::new(name);
    let heading = "VM,VM host,Guest OS,Generation,vCPUs,Memory (GB),OS disk size (GB)\n";
    folder.put("in/machines.csv", format!("{heading}web-01,hv01,Windows Server 2022,2,4,16,127\n"));
    let fixed = ["assess", "in", "-o", "out", "--as-of", "2026-11-22"];
    let run = folder.run(&[&fixed, more].concat());
    assert_eq!(run.code, 0, "{}", run.err);
    let typed = folder.path("out/parquet");
    let typed = if typed.is_dir() { folder.names("out/parquet") } else { Vec::new() };
    let names = folder.names("out").into_iter().filter(|name| name != "parquet");
    let names = names.chain(typed.into_iter().map(|name| format!("parquet/{name}"))).collect();
    (folder, names)
}

#[test]
fn a_whole_set_passes_and_files_of_others_do_not_matter() {
    let (folder, _) = set("verify-whole", &["--format", EVERY]);
    folder.put("out/notes.txt", "mine").put("out/wave-plan.csv", "mine");
    let run = folder.run(&["verify", "out"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);
    assert!(run.out.contains("files of out: all as they were written"), "{}", run.out);
}

#[test]
fn one_byte_changed_in_any_kind_of_file_is_told_with_its_name() {
    let (folder, names) = set("verify-byte", &["--format", EVERY]);
    for name in [
        "report.pdf",
        "report.xlsx",
        "report.html",
        "report.docx",
        "parquet/vms.parquet",
        "assessment.json",
        "vms.csv",
        "mapping-wave-1.csv",
        "azure-migrate-1.csv",
        "manifest.json",
    ] {
        assert!(names.iter().any(|written| written == name), "{name} is in {names:?}");
        let path = folder.path(&format!("out/{name}"));
        let whole = fs::read(&path).unwrap();
        for at in [0, whole.len() / 3, whole.len() / 2, whole.len() - 1] {
            let mut bytes = whole.clone();
            bytes[at] ^= 1;
            fs::write(&path, bytes).unwrap();
            let run = folder.run(&["verify", "out"]);
            assert_eq!(run.code, 1, "{name} at {at}: {}{}", run.out, run.err);
            assert!(run.out.contains(&format!("{name}: ")), "{name} at {at}: {}", run.out);
        }
        fs::write(&path, [whole.as_slice(), b" "].concat()).unwrap();
        let run = folder.run(&["verify", "out"]);
        assert!(run.code == 1 && run.out.contains(&format!("{name}: ")), "{name}: {}", run.out);
        fs::write(&path, whole).unwrap();
    }
    assert_eq!(folder.run(&["verify", "out"]).code, 0);
}

#[test]
fn every_byte_of_the_manifest_counts() {
    let (folder, _) = set("verify-manifest", &["--format", "json"]);
    let path = folder.path("out/manifest.json");
    let whole = fs::read(&path).unwrap();
    for at in (0..whole.len()).step_by(29) {
        let mut bytes = whole.clone();
        bytes[at] ^= 2;
        fs::write(&path, bytes).unwrap();
        let run = folder.run(&["verify", "out"]);
        assert!(run.code == 1 && run.out.contains("manifest.json: "), "at {at}: {}{}", run.out, run.err);
    }
}

#[test]
fn what_is_missing_or_of_another_set_is_told() {
    let (folder, _) = set("verify-extra", &["--format", "csv"]);
    fs::remove_file(folder.path("out/gaps.csv")).unwrap();
    folder
        .put("out/report.pdf", "of an earlier visit")
        .put("out/mapping-wave-12.csv", "")
        .put("out/azure-migrate-2.csv", "")
        .put("out/parquet/vms.parquet", "");
    let run = folder.run(&["verify", "out"]);
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(run.out.contains("gaps.csv: is missing."), "{}", run.out);
    for name in ["report.pdf", "mapping-wave-12.csv", "azure-migrate-2.csv", "parquet/vms.parquet"] {
        assert!(
            run.out.contains(&format!("{name}: has the name of a report, and is none of this set.")),
            "{}",
            run.out
        );
    }
}

#[test]
fn a_folder_without_a_manifest_is_no_set() {
    let folder = Folder::new("verify-none");
    folder.put("out/vms.csv", "vm\n");
    let run = folder.run(&["verify", "out"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("out: holds no manifest.json"), "{}", run.err);
}

#[test]
fn a_set_is_made_again_by_the_arguments_it_was_made_by() {
    let folder_rules = "[[rule]]\nname = \"big\"\nwhen = \"vcpus > 2\"\nseverity = \"warning\"\nmessage = \"Big.\"\nremedy = \"Ask.\"\n";
    let (folder, _) =
        set("verify-again", &["--format", EVERY, "--customer", "Contoso AB", "--no-plan", "--fail-on", "not-ready"]);
    let run = folder.run(&["verify", "out", "--rerun", "in"]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(run.out.contains("and the same when made again"), "{}", run.out);
    // Reports that lie among their inputs are not read as such.
    folder.put("rules.toml", folder_rules);
    let below = [
        "assess",
        "in",
        "-o",
        "in/out",
        "--rules",
        "rules.toml",
        "--only",
        "host=hv01,hv02",
        "--findings",
        "all",
        "--region",
        "swedencentral",
    ];
    assert_eq!(folder.run(&below).code, 0);
    let run = folder.run(&["verify", "in/out", "--rerun", "in"]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    // Another input is told, and what differs by it.
    let machines = folder.text("in/machines.csv").replace("2022", "2019");
    folder.put("in/machines.csv", machines);
    let run = folder.run(&["verify", "in/out", "--rerun", "in"]);
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    assert!(run.out.contains("Input machines.csv: is another when the set is made again."), "{}", run.out);
    assert!(run.out.contains("\nvms.csv: is another when the set is made again."), "{}", run.out);
    let run = folder.run(&["verify", "in/out", "--rerun", "nowhere"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("nowhere: cannot be opened"), "{}", run.err);
}
