//! The command line as its user meets it: exit codes, what is printed where, and what is left in folders.

use std::fs;

use clap::CommandFactory;
use klar::cli::Cli;
use unicode_width::UnicodeWidthStr;

use super::binary::{Folder, Run};

/// A heading under which a row can answer everything that a machine must be asked.
const HEADING: &str = "VM,VM host,Guest OS,OS architecture,Generation,vCPUs,Memory (GB),OS disk size (GB),Number of disks,\
                       Number of network adapters,Secure Boot,BitLocker,Shared disks,Pass-through disks,\
                       Virtual Fibre Channel adapters,Power state\n";
const READY: &str = "web-01,hv01,Windows Server 2022 Datacenter,x64,2,4,16,127,1,1,no,no,no,no,no,Running\n";
const WITH_CONDITION: &str = "web_01,hv01,Windows Server 2022 Datacenter,x64,2,4,16,127,1,1,no,no,no,no,no,Running\n";
const UNKNOWN: &str = "app-01,hv01,,,,,,,,,,,,,,\n";
const NOT_READY: &str = "file-01,hv01,Windows Server 2022 Datacenter,x64,1,4,16,9000,1,1,no,no,no,no,no,Running\n";

/// A folder with a list of machines in `in`.
fn site(name: &str, rows: &[&str]) -> Folder {
    let folder = Folder::new(name);
    folder.put("in/machines.csv", format!("{HEADING}{}", rows.concat()));
    folder
}

#[test]
fn fail_on_ends_with_1_from_the_readiness_it_names() {
    for (name, row, expected) in [
        ("ready", READY, [0, 0, 0]),
        ("conditions", WITH_CONDITION, [0, 0, 1]),
        ("unknown", UNKNOWN, [0, 1, 1]),
        ("not-ready", NOT_READY, [1, 1, 1]),
    ] {
        let folder = site(&format!("cli-fail-on-{name}"), &[READY, row]);
        for (level, code) in ["not-ready", "unknown", "conditions"].into_iter().zip(expected) {
            let run = folder.assess(&["--against", "site-recovery", "--fail-on", level]);
            assert_eq!(run.code, code, "--fail-on {level} with a machine that is {name}:\n{}{}", run.out, run.err);
        }
        assert_eq!(folder.assess(&["--against", "site-recovery"]).code, 0, "without --fail-on, {name}");
    }
}

#[test]
fn what_could_not_be_run_ends_with_2_and_says_why() {
    let folder = site("cli-could-not-run", &[READY]);
    folder.put("a-file", "");
    for (arguments, said) in [
        (&["assess", "nowhere"][..], "nowhere"),
        (&["assess", "in", "-o", "a-file"], "a-file: is a file"),
        (&["assess", "in", "--against", "site-recovery@1999-01"], "2026-10"),
        (&["assess", "in", "--against", "somewhere"], "somewhere"),
        (&["assess", "in", "--as-of", "yesterday"], "yesterday"),
        (&["assess", "in", "--format", "odt"], "odt"),
        (&["assess"], "PATH"),
        (&["inspect", "nowhere"], "nowhere"),
        (&["rules", "explain", "disk-too-big"], "data-disk-over-limit"),
    ] {
        let run = folder.run(arguments);
        assert_eq!(run.code, 2, "{arguments:?}: {}", run.err);
        assert!(run.err.contains(said), "{arguments:?} says: {}", run.err);
        assert!(run.out.is_empty(), "{arguments:?} prints: {}", run.out);
    }
    assert!(!folder.path("klar-report").exists(), "a run that could not begin makes no folder");
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_nothing_can_be_written_to_is_found_before_the_work() {
    let folder = site("cli-read-only", &[READY]);
    let run = folder.run(&["assess", "in", "-o", "/proc/klar-report"]);
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(run.err.contains("/proc/klar-report"), "{}", run.err);
}

#[test]
fn no_machine_ends_with_3_and_tells_what_was_seen() {
    let folder = Folder::new("cli-no-machine");
    folder.put("in/hosts.csv", "Host name,Host operating system\nhv01,Windows Server 2022\n");
    folder.put("in/notes.csv", "Colour,Shape\nred,round\n");
    for more in [&[][..], &["--quiet"], &["--strict"], &["--fail-on", "conditions"]] {
        let run = folder.assess(more);
        assert_eq!(run.code, 3, "{more:?}");
        assert!(run.err.contains("No machine was found"), "{}", run.err);
        assert!(run.err.contains("hosts.csv: taken for host list, 1 row"), "{}", run.err);
        assert!(run.err.contains("notes.csv: No known heading"), "{}", run.err);
    }
    let nothing = Folder::new("cli-nothing");
    nothing.put("in/notes.csv", "Colour,Shape\nred,round\n");
    let run = nothing.assess(&[]);
    assert_eq!(run.code, 3);
    assert!(run.err.contains("no report was written"), "{}", run.err);
    assert!(nothing.names("out").is_empty(), "no report stands where nothing was read");
}

#[test]
fn without_a_machine_the_prerequisites_are_reported_all_the_same() {
    let vault = r#"[{"id":"/subscriptions/0f7d9f0e-1b2c-4d3e-8f4a-5b6c7d8e9f01/resourceGroups/rg-dr/providers/Microsoft.RecoveryServices/vaults/rsv-dr",
        "name":"rsv-dr","type":"Microsoft.RecoveryServices/vaults","location":"swedencentral","resourceGroup":"rg-dr"}]"#;
    let hosts = "Host name,Host operating system\nhv01,Windows Server 2022 Datacenter\n";
    let clouds = "Cloud name,Host groups\nGold,All Hosts\\Gold\n";
    for (name, file, text) in
        [("azure", "resources.json", vault), ("hosts", "hosts.csv", hosts), ("clouds", "clouds.csv", clouds)]
    {
        let folder = Folder::new(&format!("cli-alone-{name}"));
        folder.put(&format!("in/{file}"), text);
        let run = folder.assess(&["--format", "csv,html,json,pdf,xlsx"]);
        assert_eq!(run.code, 3, "{name}: {}", run.err);
        assert!(run.err.contains("No machine was found"), "{name}: {}", run.err);
        assert!(run.out.contains("nothing was judged of machines"), "{name}: {}", run.out);
        assert!(!run.out.contains("not ready"), "{name}: {}", run.out);
        let page = folder.text("out/report.html");
        for told in
            ["none found, so nothing is judged of machines", "No machine was found, so nothing was judged of machines"]
        {
            assert!(page.contains(told), "{name}: {told}");
        }
        assert_eq!(folder.rows("out/vms.csv").len(), 1, "{name}: the heading alone");
        let json: serde_json::Value = serde_json::from_str(&folder.text("out/assessment.json")).unwrap();
        let editions = json["editions"].as_array().unwrap();
        let counts: Vec<usize> =
            editions.iter().filter_map(|edition| Some(edition["prerequisites"].as_array()?.len())).collect();
        assert!(counts.contains(&6), "{name}: {counts:?}");
        let quiet = folder.assess(&["--quiet"]);
        assert_eq!((quiet.code, quiet.out.as_str()), (3, ""), "{name}");
    }
}

#[test]
fn strict_ends_with_4_when_some_input_was_not_read() {
    let folder = site("cli-strict", &[READY]);
    assert_eq!(folder.assess(&["--strict"]).code, 0);
    folder.put("in/notes.csv", "Colour,Shape\nred,round\n");
    assert_eq!(folder.assess(&[]).code, 0);
    assert_eq!(folder.assess(&["--strict"]).code, 4);
    let both = folder.assess(&["--strict", "--fail-on", "conditions"]);
    assert_eq!(both.code, 4, "a ready machine meets no --fail-on");
    folder.put("in/machines.csv", format!("{HEADING}{NOT_READY}"));
    assert_eq!(folder.assess(&["--strict", "--fail-on", "not-ready"]).code, 1, "machines come before input");
}

#[test]
fn an_empty_sheet_beside_the_machines_is_not_refused() {
    let folder = Folder::new("cli-empty-sheet");
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in [HEADING, READY].into_iter().enumerate() {
        for (column, cell) in cells.trim().split(',').enumerate() {
            let (row, column) = (row.try_into().expect("few rows"), column.try_into().expect("few columns"));
            sheet.write(row, column, cell.trim()).expect("it fits the sheet");
        }
    }
    book.add_worksheet();
    folder.put("in/machines.xlsx", book.save_to_buffer().expect("it is whole"));
    let run = folder.assess(&["--strict"]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert_eq!(folder.rows("out/vms.csv").len(), 2);
}

#[test]
fn a_closed_pipe_is_no_error_and_hides_none() {
    let folder = site("cli-closed-pipe", &[NOT_READY]);
    let judged = ["assess", "in", "-o", "out", "--format", "csv", "--fail-on", "not-ready"];
    for (arguments, code) in
        [(&["rules", "list"][..], 0), (&["collect", "vmm"], 0), (&["inspect", "in"], 0), (&["--help"], 0), (&judged, 1)]
    {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let run = Run::of(folder.command(arguments).stdout(writer));
        assert_eq!((run.code, run.err.as_str()), (code, ""), "{arguments:?}");
    }
    assert_eq!(folder.rows("out/vms.csv").len(), 2);
}

#[test]
fn quiet_prints_nothing() {
    let folder = site("cli-quiet", &[READY, NOT_READY]);
    let loud = folder.assess(&[]);
    assert!(loud.out.contains("2 machines") && loud.err.is_empty(), "{}{}", loud.out, loud.err);
    let quiet = folder.assess(&["--quiet"]);
    assert_eq!((quiet.out.as_str(), quiet.err.as_str(), quiet.code), ("", "", 0));
}

#[test]
fn colour_is_left_out_when_asked() {
    let folder = Folder::new("cli-colour");
    let coloured = Run::of(folder.command(&["assess"]).env("CLICOLOR_FORCE", "1"));
    assert!(coloured.err.contains('\u{1b}'), "else this test proves nothing");
    let plain = Run::of(folder.command(&["assess"]).env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1"));
    assert!(!plain.err.contains('\u{1b}'), "{}", plain.err);
}

#[test]
fn every_shell_gets_its_completions() {
    let folder = Folder::new("cli-completions");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = folder.run(&["completions", shell]);
        assert_eq!(run.code, 0, "{}", run.err);
        assert!(run.out.contains("fail-on") && run.out.contains("klar"), "{shell}: {}", run.out);
    }
}

#[test]
fn the_manual_page_holds_every_command_and_option() {
    let page = Folder::new("cli-manual").run(&["man"]).out.replace(r"\-", "-");
    assert!(page.starts_with(".TH klar 1"), "it begins: {}", page.lines().next().unwrap_or_default());
    let klar = Cli::command();
    for command in klar.get_subcommands() {
        assert!(page.contains(&format!(".SH KLAR {}", command.get_name().to_uppercase())), "{}", command.get_name());
        for option in command.get_arguments().filter_map(|argument| argument.get_long()) {
            assert!(page.contains(&format!("--{option}")), "{} --{option}", command.get_name());
        }
    }
    assert!(page.contains(".SH KLAR RULES EXPLAIN"));
    assert_eq!(page.matches(".ds Aq").count(), 2, "the apostrophe is defined, for either kind of reader, once");
    assert!(page.contains("4  --strict"), "it tells the exit codes");
}

#[test]
fn help_fits_100_columns() {
    let folder = Folder::new("cli-help");
    let commands: [&[&str]; 13] = [
        &[],
        &["assess"],
        &["inspect"],
        &["rules"],
        &["rules", "list"],
        &["rules", "explain"],
        &["rules", "diff"],
        &["rules", "test"],
        &["collect"],
        &["template"],
        &["completions"],
        &["man"],
        &["help"],
    ];
    for command in commands {
        for flag in ["-h", "--help"] {
            if command == ["help"] && flag == "-h" {
                continue;
            }
            let run = folder.run(&[command, &[flag]].concat());
            let text = if command == ["help"] { run.out + &run.err } else { run.out };
            assert!(text.contains("Usage: klar"), "{command:?} {flag}: {text}");
            fits(&text, 100);
        }
    }
}

/// No line is wider than some columns.
fn fits(text: &str, columns: usize) {
    let wide: Vec<&str> = text.lines().filter(|line| line.width() > columns).collect();
    assert!(wide.is_empty(), "wider than {columns}:\n{}", wide.join("\n"));
}

#[test]
fn the_summary_fits_80_columns() {
    let folder = site("cli-summary", &[READY, WITH_CONDITION, UNKNOWN, NOT_READY]);
    folder.put("in/anteckningar om en väldigt lång resa genom många län.csv", "Färg,Form\nröd,rund\n");
    folder.put(
        "in/仮想マシンの一覧と多くの注意事項を含むファイル.csv",
        "色,形,大きさ,名前,場所,数\n赤,丸,大,甲,東京都千代田区丸の内,一\n",
    );
    let run = folder.run(&["assess", "in", "-o", "out", "--as-of", "2026-11-22"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("4 machines"), "{}", run.out);
    assert!(run.out.contains("仮想マシン"), "{}", run.out);
    fits(&run.out, 80);
    folder.put("in/machines.csv", "Host name\nhv01\n");
    let nothing = folder.assess(&[]);
    assert_eq!(nothing.code, 3);
    fits(&nothing.err, 80);
}

#[test]
fn rules_are_listed_and_explained_within_80_columns() {
    let folder = Folder::new("cli-rules");
    let list = folder.run(&["rules", "list", "--against", "site-recovery@2017-07", "--severity", "blocker"]).out;
    fits(&list, 80);
    assert!(list.starts_with("site-recovery@2017-07 (") && list.contains("  blocker   os-disk-over-limit "), "{list}");
    assert!(!list.contains("  warning ") && !list.contains("2026-10"), "{list}");
    let explained = folder.run(&["rules", "explain", "os-disk-over-limit"]).out;
    // An address stays whole, so that it can be copied.
    let lines: Vec<&str> = explained.lines().filter(|line| !line.trim().starts_with("https://")).collect();
    fits(&lines.join("\n"), 80);
    assert!(explained.contains("site-recovery@2017-07  blocker   unknown       generation_1 1023 GiB"), "{explained}");
}

#[test]
fn inspect_shows_what_each_column_gives() {
    let folder = site("cli-inspect", &[READY]);
    folder.put("in/sizes.csv", "VM,RAM (MB),Favourite colour\nweb-01,16384,blue\n");
    let run = folder.run(&["inspect", "in"]);
    assert_eq!(run.code, 0, "{}", run.err);
    for expected in
        ["in/sizes.csv", "taken for machine list, 1 row", "RAM (MB)  Memory, MiB  16384", "not used: Favourite colour"]
    {
        assert!(run.out.contains(expected), "{expected} is not in:\n{}", run.out);
    }
    assert!(run.out.contains("\n    Replication provider version "), "{}", run.out);
    fits(&run.out, 80);
}

#[test]
fn reports_inside_the_input_folder_are_not_input() {
    let folder = site("cli-inside", &[READY]);
    let run = || folder.run(&["assess", "in", "-o", "in/reports", "--as-of", "2026-11-22", "--format", "csv,json"]);
    assert_eq!(run().code, 0);
    let first = (folder.text("in/reports/inputs.csv"), folder.text("in/reports/assessment.json"));
    assert_eq!(run().code, 0);
    let second = (folder.text("in/reports/inputs.csv"), folder.text("in/reports/assessment.json"));
    assert_eq!(first, second);
    assert_eq!(folder.rows("in/reports/inputs.csv").len(), 2, "one file: {}", second.0);
}

#[test]
fn a_file_given_twice_is_read_once() {
    let folder = site("cli-twice", &[READY]);
    let run = folder.run(&["assess", "in", "./in", "in/machines.csv", "-o", "out", "--format", "csv"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(folder.rows("out/inputs.csv").len(), 2);
    assert_eq!(folder.rows("out/vms.csv").len(), 2);
}

#[test]
fn what_an_interrupted_run_left_is_removed_and_nothing_else() {
    let folder = site("cli-interrupted", &[READY]);
    folder.put("out/.klar-under-way-x7", "half a report").put("out/mine.txt", "kept");
    assert_eq!(folder.assess(&[]).code, 0);
    let names = folder.names("out");
    let (own, others): (Vec<&str>, Vec<&str>) =
        names.iter().map(String::as_str).partition(|name| name.contains(".csv"));
    assert_eq!(others, ["manifest.json", "mine.txt"], "--format csv writes only CSV");
    assert!(own.len() >= 5, "{own:?}");
    let planned = |names: &[String]| names.iter().any(|name| name == "plan.csv" || name == "waves.csv");
    assert!(planned(&names), "{names:?}");
    assert_eq!(folder.assess(&["--no-plan"]).code, 0);
    let without = folder.names("out");
    assert!(!planned(&without), "{without:?}");
}

#[cfg(unix)]
#[test]
#[expect(clippy::disallowed_methods, reason = "only opening a file tells whether this user may")]
fn a_file_that_cannot_be_read_is_refused_and_the_rest_is_read() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let folder = site("cli-unreadable", &[READY]);
    folder.put("in/locked.csv", format!("{HEADING}{NOT_READY}"));
    fs::set_permissions(folder.path("in/locked.csv"), fs::Permissions::from_mode(0o000)).expect("its owner may");
    symlink("nowhere.csv", folder.path("in/gone.csv")).expect("a link can be made");
    symlink("/dev/zero", folder.path("in/endless.csv")).expect("a link can be made");
    // Nothing is locked to the administrator.
    let is_locked = fs::File::open(folder.path("in/locked.csv")).is_err();
    let run = folder.assess(&["--strict"]);
    assert_eq!(run.code, 4, "{}{}", run.out, run.err);
    let inputs = folder.rows("out/inputs.csv");
    let refused = |name: &str| {
        let row = inputs.iter().find(|row| row[0] == name).unwrap_or_else(|| panic!("{name} is listed"));
        row[10].clone()
    };
    assert!(refused("gone.csv").contains("could not be opened"), "{}", refused("gone.csv"));
    assert!(refused("endless.csv").contains("neither a file nor a folder"), "{}", refused("endless.csv"));
    assert_eq!(refused("locked.csv").contains("may not be read by this user"), is_locked);
    assert_eq!(folder.rows("out/vms.csv").len(), if is_locked { 2 } else { 3 });
}
