//! What goes wrong at a customer's desk: each outcome says what to do, and loses nothing else.

use super::binary::Folder;

const HEADING: &str = "VM,VM host,Guest OS,Generation,vCPUs,Memory (GB),OS disk size (GB)\n";
const WEB: &str = "web-01,hv01,Windows Server 2022,2,4,16,127\n";
const APP: &str = "app-01,hv02,Windows Server 2019,2,2,8,127\n";

fn site(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.put("in/machines.csv", format!("{HEADING}{WEB}{APP}"));
    folder
}

#[test]
fn reports_of_another_run_are_not_read_as_an_inventory() {
    let folder = site("harm-own-reports");
    let first = folder.run(&["assess", "in", "-o", "in/first", "--format", "csv,json"]);
    assert_eq!(first.code, 0, "{}", first.err);
    let second = folder.assess(&["--strict"]);
    assert_eq!(second.code, 0, "no report is refused: {}{}", second.out, second.err);
    assert_eq!(folder.rows("out/vms.csv").len(), 3, "two machines, as before");
    let inputs = folder.rows("out/inputs.csv");
    for report in ["vms.csv", "findings.csv", "requirements.csv", "inputs.csv", "assessment.json"] {
        let rows: Vec<_> = inputs.iter().filter(|row| row[0] == format!("in/first/{report}")).collect();
        assert!(rows.iter().any(|row| row[2] == "a report of Klar's own"), "{report}: {rows:?}");
        assert!(rows.iter().all(|row| row[4] == "0"), "{report} gives no subject: {rows:?}");
    }
}

#[test]
fn the_folder_read_from_is_not_the_folder_written_to() {
    let folder = site("harm-same-folder");
    let run = folder.run(&["assess", "in", "-o", "./in"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("in: is both read from and written to; name another folder"), "{}", run.err);
    assert_eq!(folder.names("in"), ["machines.csv"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_report_that_cannot_be_put_in_its_place_says_which_and_leaves_nothing_behind() {
    let folder = site("harm-in-the-way");
    folder.put("out/vms.csv/in-the-way", "");
    let run = folder.assess(&[]);
    assert_eq!(run.code, 2, "{}", run.out);
    assert!(run.err.contains("vms.csv: could not be written"), "{}", run.err);
    assert!(run.err.contains("name another folder with --output"), "{}", run.err);
    assert!(!run.err.contains("under-way"), "{}", run.err);
    assert_eq!(folder.names("out"), ["vms.csv"], "no report of a run that failed, nor half of one");
}

#[test]
fn two_tables_on_one_sheet_are_two_tables() {
    let folder = Folder::new("harm-two-tables");
    let hosts = "Host name,Host operating system\nhv01,Windows Server 2022\nhv02,Windows Server 2012 R2\n";
    for title in ["", "Our servers,,\n"] {
        folder.put("in/all.csv", format!("{title}{HEADING}{WEB}{APP}\n\n{hosts}"));
        let run = folder.assess(&[]);
        assert_eq!(run.code, 0, "{}", run.err);
        assert!(run.out.starts_with("2 machines on 2 hosts, from 2 tables in 1 file"), "{}", run.out);
    }
    // The same headings again are no other table, nor is a blank row between machines.
    folder.put("in/all.csv", format!("{HEADING}{WEB}\n{HEADING}{APP}\n{}", WEB.replace("web", "sql")));
    let run = folder.assess(&[]);
    assert!(run.out.starts_with("3 machines"), "{}", run.out);
    assert!(run.out.contains("from 1 table in 1 file"), "{}", run.out);
}

#[test]
fn copies_of_a_file_are_counted_once_and_told_of() {
    let folder = site("harm-copies");
    folder.put("in/machines - copy.csv", format!("{HEADING}{WEB}{APP}"));
    let run = folder.assess(&[]);
    assert_eq!(folder.rows("out/vms.csv").len(), 3, "{}", run.out);
    let line = run.out.replace("\n  ", " ");
    assert!(line.contains("in/machines.csv: Holds the same as in/machines - copy.csv, byte for byte"), "{}", run.out);
}

#[test]
fn quiet_tells_what_strict_stumbled_over() {
    let folder = site("harm-quiet-strict");
    folder.put("in/notes.csv", "Colour,Shape\nred,round\n");
    let run = folder.assess(&["--quiet", "--strict"]);
    assert_eq!((run.code, run.out.as_str()), (4, ""));
    assert!(run.err.contains("--strict was asked for") && run.err.contains("in/notes.csv"), "{}", run.err);
}

#[test]
fn numbers_and_dates_that_make_no_sense_are_refused_in_words() {
    let folder = site("harm-arguments");
    for (option, value, said) in [
        ("--jobs", "0", "1..=1024"),
        ("--jobs", "1000000000", "1..=1024"),
        ("--as-of", "10000-12-31", "write it like 2026-11-22"),
        ("--as-of", "2026-02-30", "write it like 2026-11-22"),
    ] {
        let run = folder.run(&["assess", "in", "-o", "out", "--format", "csv", option, value]);
        assert_eq!(run.code, 2, "{option} {value}");
        assert!(run.err.contains(said), "{option} {value}: {}", run.err);
    }
    for date in ["1900-01-01", "9999-12-31"] {
        let run = folder.run(&["assess", "in", "-o", "out", "--format", "csv", "--as-of", date]);
        assert_eq!(run.code, 0, "{date}: {}", run.err);
    }
}

#[test]
fn json_of_nothing_but_nulls_says_what_is_needed() {
    let folder = Folder::new("harm-nulls");
    folder.put("in/vms.json", r#"[{"VMName":null,"VMId":null},{"VMName":null,"VMId":null}]"#);
    let run = folder.assess(&[]);
    assert_eq!(run.code, 3);
    assert!(run.err.contains("in/vms.json") && !run.err.contains("seen: )"), "{}", run.err);
}
