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
    for report in [
        "vms.csv",
        "findings.csv",
        "requirements.csv",
        "inputs.csv",
        "gaps.csv",
        "columns.csv",
        "left_out.csv",
        "groups.csv",
        "assessment.json",
        "manifest.json",
    ] {
        let rows: Vec<_> = inputs.iter().filter(|row| row[0] == format!("first/{report}")).collect();
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
    assert_eq!(folder.assess(&[]).code, 0);
    let before = folder.names("out");
    std::fs::remove_file(folder.path("out/vms.csv")).unwrap();
    folder.put("out/vms.csv/in-the-way", "");
    let run = folder.assess(&[]);
    assert_eq!(run.code, 2, "{}", run.out);
    assert!(run.err.contains("vms.csv: could not be written"), "{}", run.err);
    assert!(run.err.contains("name another folder with --output"), "{}", run.err);
    assert!(!run.err.contains("under-way"), "{}", run.err);
    assert_eq!(folder.names("out"), before, "nothing of a run that failed, nor half of one");
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
    assert!(line.contains("machines.csv: Holds the same as in/machines - copy.csv, byte for byte"), "{}", run.out);
}

#[test]
fn quiet_tells_what_strict_stumbled_over() {
    let folder = site("harm-quiet-strict");
    folder.put("in/notes.csv", "Colour,Shape\nred,round\n");
    let run = folder.assess(&["--quiet", "--strict"]);
    assert_eq!((run.code, run.out.as_str()), (4, ""));
    assert!(run.err.contains("--strict was asked for") && run.err.contains("notes.csv"), "{}", run.err);
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
    assert!(run.err.contains("vms.json") && !run.err.contains("seen: )"), "{}", run.err);
}

#[test]
fn many_rules_with_patterns_are_judged_as_they_are_tried() {
    let folder = site("harm-many-patterns");
    let rule = |number: usize, when: &str| {
        format!(
            "[[rule]]\nname = \"r-{number}\"\nwhen = \"{when}\"\nseverity = \"warning\"\nmessage = \"m\"\nremedy = \"r\"\n"
        )
    };
    let many: String = (0..600).map(|number| rule(number, "vm LIKE 'a%'")).collect();
    let long = vec!["vm LIKE 'a%'"; 40].join(" OR ");
    let longer: String = (0..80).map(|number| rule(number, &long)).collect();
    for (rules, jobs) in [(many, "2"), (longer, "8")] {
        folder.put("rules.toml", rules);
        let run = folder.assess(&["--rules", "rules.toml", "--jobs", jobs]);
        assert_eq!(run.code, 0, "{}", run.err);
    }
}

#[cfg(unix)]
#[test]
fn rules_and_other_files_of_a_run_must_be_files() {
    let folder = site("harm-devices");
    let made = std::process::Command::new("mkfifo").arg(folder.path("pipe")).status();
    assert!(made.is_ok_and(|status| status.success()));
    for path in ["pipe", "/dev/zero", "in"] {
        for option in ["--rules", "--config"] {
            let run = folder.assess(&[option, path]);
            assert_eq!(run.code, 2, "{option} {path}");
            assert!(run.err.contains(&format!("{path}: is no file")), "{option} {path}: {}", run.err);
        }
        let run = folder.run(&["rules", "test", path]);
        assert_eq!(run.code, 2, "{path}: {}", run.err);
    }
    let run = folder.run(&["assess", "pipe", "/dev/zero", "in", "-o", "out", "--format", "csv", "--strict"]);
    assert_eq!(run.code, 4, "{}", run.err);
    assert!(run.out.contains("is neither a file nor a folder"), "{}", run.out);
}

#[cfg(target_os = "linux")]
#[test]
fn where_the_system_gives_no_thread_the_first_one_does_the_work() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;

    let folder = site("harm-no-thread");
    // Enough for pages, tables and rules that are laid out, written and asked by several threads where there are some.
    let many: String = (0..2_500).map(|number| WEB.replace("web-01", &format!("web-{number}"))).collect();
    let rule = folder.run(&["template", "rules"]).out;
    folder.put("in/machines.csv", format!("{HEADING}{many}")).put("own.toml", rule);
    assert_eq!(folder.assess(&["--rules", "own.toml"]).code, 0);
    let expected = folder.text("out/findings.csv");
    // The limit binds every user but root, who is another one for this. A copy outside lets that one reach the program.
    let place = std::env::temp_dir().join(format!("klar-no-thread-{}", std::process::id()));
    std::fs::create_dir_all(place.join("in")).unwrap();
    std::fs::copy(env!("CARGO_BIN_EXE_klar"), place.join("klar")).unwrap();
    for name in ["in/machines.csv", "own.toml"] {
        std::fs::copy(folder.path(name), place.join(name)).unwrap();
    }
    std::fs::set_permissions(&place, std::fs::Permissions::from_mode(0o777)).unwrap();
    let is_root = std::process::Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout == b"0\n");
    for (format, code) in [("csv", 0), ("csv,json,pdf,xlsx,html", 0)] {
        let script = "ulimit -u 1; exec ./klar assess in -o out --rules own.toml --as-of 2026-11-22 --format \"$0\"";
        let mut command = std::process::Command::new("sh");
        command.args(["-c", script, format]).current_dir(&place);
        if is_root {
            command.uid(61_234).gid(61_234);
        }
        let run = super::binary::Run::of(&mut command);
        assert_eq!(run.code, code, "{format}: {}", run.err);
        assert_eq!(std::fs::read_to_string(place.join("out/findings.csv")).unwrap(), expected);
    }
    std::fs::remove_dir_all(place).unwrap();
}

#[cfg(unix)]
#[test]
fn folders_inside_each_other_are_walked_in_one_go_down_to_a_depth() {
    let folder = site("harm-nested");
    let deep = |levels: usize| format!("in/{}", vec!["d"; levels].join("/"));
    // The folder named is the first of a hundred.
    folder.put(&format!("{}/more.csv", deep(99)), format!("{HEADING}{APP}"));
    let run = folder.assess(&["--strict"]);
    assert_eq!(run.code, 0, "{}", run.out);
    assert_eq!(folder.rows("out/vms.csv").len(), 3, "{}", run.out);
    folder.put(&format!("{}/x/more.csv", deep(99)), format!("{HEADING}{}", WEB.replace("web", "sql")));
    let run = folder.assess(&["--strict"]);
    assert_eq!(run.code, 4, "{}", run.out);
    let inputs = folder.text("out/inputs.csv");
    assert!(inputs.contains("lies inside more than 100 folders"), "{inputs}");
    assert_eq!(folder.rows("out/vms.csv").len(), 3, "nothing else is lost");
}

#[test]
fn twenty_thousand_rules_and_declarations_cost_no_more_than_their_number() {
    let folder = site("harm-many-declarations");
    let declaration = |number: u32| {
        format!(
            "[[declaration]]\nsubject = \"host\"\nname = \"hv-{number}\"\nfact = \"host_internet\"\nvalue = true\n\
             who = \"A\"\nwhen = 2026-11-20\n"
        )
    };
    let config: String = (0..20_000).map(declaration).collect();
    folder.put("klar.toml", &config);
    let error =
        klar::cli::Config::parse(std::path::Path::new("klar.toml"), &format!("{config}[[declaration]]\nsubject = 1\n"));
    assert_eq!(error.unwrap_err().line, 140_002, "lines are still told");
    let run = folder.assess(&["--config", "klar.toml"]);
    assert_eq!(run.code, 0, "{}", run.err);
}

#[test]
fn a_name_of_a_mebibyte_costs_the_pdf_no_more_than_its_beginning() {
    let folder = Folder::new("harm-long-name");
    folder.put("in/machines.csv", format!("{HEADING}{}{WEB}", WEB.replace("web-01", &"x".repeat(1 << 20))));
    let run = folder.run(&["assess", "in", "-o", "out", "--as-of", "2026-11-22", "--format", "pdf,csv", "-q"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(folder.rows("out/vms.csv").iter().any(|row| row[0].len() == 1 << 20), "the table has it whole");
    let pages = lopdf::Document::load(folder.path("out/report.pdf")).unwrap().get_pages().len();
    assert!(pages < 500, "{pages} pages");
}

#[test]
fn a_diagnosis_tells_counts_and_no_word_of_the_inputs() {
    let folder = Folder::new("harm-diagnosis");
    let list = "VM,VM host,Guest OS,Generation,Owner\nzebra-01,giraffe01,Windows Server 2022,2,Ulla Persson\nzebra-02,giraffe02,Ubuntu Linux,1,Bo Ek\n";
    folder
        .put("in/quagga.csv", list)
        .put("in/okapi.csv", "Savanna,Steppe\n1,2\n")
        .put("in/broken.xlsx", "PK\x03\x04 antelope");
    folder.put("klar.toml", "[report]\ncustomer = \"Serengeti\"\n");
    let words = [
        "zebra",
        "giraffe",
        "Ulla",
        "Persson",
        "quagga",
        "okapi",
        "Savanna",
        "antelope",
        "Serengeti",
        "Ubuntu",
        "klar.toml",
    ];
    for arguments in [
        &["assess", "in", "-o", "out", "--config", "klar.toml", "--strict", "--diagnose", "told.txt"][..],
        &["inspect", "in", "--diagnose", "told.txt"],
        &["assess", "nowhere-quagga", "--diagnose", "told.txt"],
    ] {
        let run = folder.run(arguments);
        let told = folder.text("told.txt");
        assert!(told.starts_with(&format!("klar {} on ", env!("CARGO_PKG_VERSION"))), "{told}");
        assert!(told.contains(&format!("ended with exit code {}", run.code)), "{told}");
        assert!(told.contains("--diagnose"), "{told}");
        for word in words {
            assert!(!told.contains(word), "{word}: {told}");
        }
    }
    folder.run(&["assess", "in", "-o", "out", "--diagnose", "told.txt"]);
    let told = folder.text("told.txt");
    for said in [
        "Reading the inputs",
        "taken for machine list; 5 columns",
        "2 rows, 2 began a subject",
        "refused",
        "2 machines",
        "KiB  Judging",
    ] {
        assert!(told.contains(said), "{said}: {told}");
    }
    let run = folder.run(&["inspect", "in", "--diagnose", "no-folder/told.txt"]);
    assert!(run.code == 2 && run.err.contains("name another file with --diagnose"), "{}", run.err);
}
