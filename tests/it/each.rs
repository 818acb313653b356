//! Many sites at once: a folder of reports each, and one that fails stops none of the others.

use super::binary::Folder;

const HEADING: &str = "VM,VM host,Guest OS,Generation,vCPUs,Memory (GB),OS disk size (GB)\n";

fn site(folder: &Folder, name: &str, machine: &str, disk: u32) {
    folder.put(
        &format!("in/{name}/machines.csv"),
        format!("{HEADING}{machine},hv01,Windows Server 2022,2,4,16,{disk}\n"),
    );
}

// Windows has no folder of such names, but may be where the reports go.
#[cfg(unix)]
#[test]
fn each_folder_is_a_site_with_reports_of_its_own() {
    let folder = Folder::new("each-all");
    site(&folder, "Berg", "web-01", 127);
    site(&folder, "CON", "app-01", 127);
    site(&folder, "Dal.", "db-01", 127);
    folder.put("in/loose.csv", "x\n").put("in/.hidden/machines.csv", "x\n");
    let run = folder.run(&["assess", "--each", "in", "-o", "out", "--as-of", "2026-11-22", "--format", "csv,json"]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert_eq!(folder.names("out"), ["Berg", "Dal_", "_CON"]);
    for (name, machine) in [("Berg", "web-01"), ("_CON", "app-01"), ("Dal_", "db-01")] {
        let rows = folder.rows(&format!("out/{name}/vms.csv"));
        assert_eq!((rows.len(), rows[1][0].as_str()), (2, machine), "{name}");
    }
    assert!(folder.text("out/Berg/assessment.json").contains("\"Berg\""), "the site is named by its folder");
    assert!(run.err.contains("in: 1 file beside the sites' folders"), "{}", run.err);
    for words in ["Site", "Berg  1", "Dal.  1", "CON   1", "3 sites: 3 done."] {
        assert!(run.out.contains(words), "{words}: {}", run.out);
    }
    // What was written is what a run over the site alone writes.
    let verified = folder.run(&["verify", "out/_CON", "--rerun", "in/CON"]);
    assert_eq!(verified.code, 0, "{}{}", verified.out, verified.err);
    // Another run does not read the reports of the first, wherever they are.
    let below = ["assess", "--each", "in", "-o", "in/reports", "--as-of", "2026-11-22", "--format", "csv"];
    for _ in 0..2 {
        assert_eq!(folder.run(&below).code, 0);
        assert_eq!(folder.names("in/reports"), ["Berg", "Dal_", "_CON"]);
    }
}

#[test]
fn a_site_that_fails_stops_none_and_the_worst_code_is_told() {
    let folder = Folder::new("each-worst");
    site(&folder, "a", "web-01", 127);
    site(&folder, "c", "db-01", 9999);
    let run = |more: &[&str]| {
        let fixed = ["assess", "--each", "in", "-o", "out", "--as-of", "2026-11-22", "--format", "csv"];
        folder.run(&[&fixed, more].concat())
    };
    assert_eq!(run(&[]).code, 0);
    assert_eq!(run(&["--fail-on", "not-ready"]).code, 1, "0, 1");
    folder.put("in/b/notes.txt", "nothing to see");
    let none = run(&["--fail-on", "not-ready"]);
    assert_eq!(none.code, 3, "0, 3, 1: {}", none.out);
    assert!(none.out.contains("no machine") && folder.path("out/c/vms.csv").exists(), "{}", none.out);
    site(&folder, "d", "app-01", 127);
    folder.put("in/d/broken.xlsx", "PK\u{3}\u{4} and no more");
    assert_eq!(run(&["--strict"]).code, 4, "0, 3, 0, 4");
}

#[test]
fn a_site_that_cannot_be_written_is_told_and_the_next_one_is() {
    let folder = Folder::new("each-fails");
    site(&folder, "a", "web-01", 127);
    site(&folder, "b", "db-01", 127);
    folder.put("out/a", "a file where a folder is needed");
    let run = folder.run(&["assess", "--each", "in", "-o", "out", "--format", "csv"]);
    assert_eq!(run.code, 2, "{}", run.out);
    assert!(run.err.contains("a: out/a: is a file") || run.err.contains("a: out\\a: is a file"), "{}", run.err);
    assert!(run.out.contains("could not run") && run.out.contains("2 sites: 1 done."), "{}", run.out);
    assert_eq!(folder.rows("out/b/vms.csv").len(), 2);
}

#[test]
fn what_no_site_can_be_taken_from_is_refused() {
    let folder = Folder::new("each-refused");
    folder.put("in/machines.csv", HEADING);
    let run = folder.run(&["assess", "--each", "in", "-o", "out"]);
    assert!(run.code == 2 && run.err.contains("in: holds no folder"), "{}", run.err);
    site(&folder, "a", "web-01", 127);
    let run = folder.run(&["assess", "--each", "in", "-o", "in"]);
    assert!(run.code == 2 && run.err.contains("is both read from and written to"), "{}", run.err);
    let run = folder.run(&["assess", "in", "--each", "in"]);
    assert!(run.code == 2 && run.err.contains("cannot be used with"), "{}", run.err);
}

#[test]
fn each_site_gets_the_forms_asked_for_and_keeps_what_an_earlier_visit_had() {
    let folder = Folder::new("each-keep");
    site(&folder, "Berg", "web-01", 127);
    site(&folder, "Dal", "app-01", 127);
    let run = |out: &str, more: &[&str]| {
        let fixed = ["assess", "--each", "in", "-o", out, "--as-of", "2026-11-22"];
        let run = folder.run(&[&fixed, more].concat());
        assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    };
    run("first", &["--format", "xlsx,csv,parquet,docx"]);
    for name in ["Berg", "Dal"] {
        let names = folder.names(&format!("first/{name}"));
        for form in ["report.xlsx", "report.docx", "vms.csv", "waves.csv", "parquet"] {
            assert!(names.iter().any(|name| name == form), "{form} is in {names:?}");
        }
        assert!(!names.iter().any(|name| name == "report.pdf"), "{names:?}");
    }
    // The second visit finds a site more, whose waves and entries no earlier visit has.
    site(&folder, "Ek", "db-01", 127);
    for (option, file) in [("--keep", "report.xlsx"), ("--since", "waves.csv")] {
        run("second", &["--format", "xlsx,csv", option, "first"]);
        for name in ["Berg", "Dal"] {
            let manifest = folder.text(&format!("second/{name}/manifest.json"));
            let told = format!("first/{name}");
            assert!(manifest.contains(&told) && folder.path(&format!("first/{name}/{file}")).exists(), "{manifest}");
        }
        let other = folder.text("second/Ek/manifest.json");
        assert!(!other.contains(option.trim_start_matches('-')) && !other.contains("first"), "{other}");
    }
    // Waves stay as they were planned, also when another order would be planned today.
    let waves = folder.text("first/Berg/waves.csv");
    folder.put("first/Berg/waves.csv", waves.replacen("\n1,", "\n7,", 1));
    run("third", &["--format", "csv", "--since", "first"]);
    let wave = |name: &str| folder.rows(&format!("third/{name}/waves.csv"))[1][0].clone();
    assert_eq!((wave("Berg"), wave("Ek")), ("7".to_owned(), "1".to_owned()));
}

#[test]
fn what_was_entered_at_each_site_is_carried_over_to_that_site() {
    let folder = Folder::new("each-entries");
    site(&folder, "Berg", "web-01", 9999);
    site(&folder, "Dal", "app-01", 9999);
    let run = |out: &str, more: &[&str]| {
        let fixed = ["assess", "--each", "in", "-o", out, "--as-of", "2026-11-22", "--format", "xlsx"];
        let run = folder.run(&[&fixed, more].concat());
        assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    };
    run("first", &[]);
    super::workbook::enter(&folder.path("first/Berg/report.xlsx"), "Findings", "asked in Berg");
    super::workbook::enter(&folder.path("first/Dal/report.xlsx"), "Findings", "asked in Dal");
    run("second", &["--keep", "first"]);
    for (name, own, other) in [("Berg", "asked in Berg", "asked in Dal"), ("Dal", "asked in Dal", "asked in Berg")] {
        let cells = super::workbook::texts(&folder.path(&format!("second/{name}/report.xlsx")));
        assert!(cells.iter().any(|cell| cell == own), "{name} keeps what was entered");
        assert!(!cells.iter().any(|cell| cell == other), "{name} has none of another site");
    }
}
