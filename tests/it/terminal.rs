//! What stands in an input cannot tell a terminal or a spreadsheet what to do.

use super::binary::Folder;
use super::craft::workbook_of;

/// A title set, a text put into the clipboard, a line turned around, C1 codes, a line that ends unseen, and others.
const TRICKS: &[(&str, &str)] = &[
    ("\u{1b}]52;c;ZWNobw==\u{7}x", "\\u{1b}]52;c;ZWNobw==\\u{7}x"),
    ("\u{1b}[31mred", "\\u{1b}[31mred"),
    ("\u{202e}abc", "\\u{202e}abc"),
    ("a\u{2067}b", "a\\u{2067}b"),
    ("a\u{9b}31mb", "a\\u{9b}31mb"),
    ("a\u{7f}b", "a\\u{7f}b"),
    ("a\u{2028}b", "a\\u{2028}b"),
    ("a\u{e0041}b", "a\\u{e0041}b"),
];

#[track_caller]
fn check_harmless(text: &str, what: &str) {
    let bad = |letter: char| {
        (letter.is_control() && letter != '\n')
            || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{e0000}'..='\u{e007f}')
    };
    assert!(!text.contains(bad), "{what}: {text:?}");
}

#[test]
fn headings_cells_and_names_reach_the_terminal_as_visible_escapes() {
    for (number, (trick, shown)) in TRICKS.iter().enumerate() {
        let folder = Folder::new(&format!("terminal-{number}"));
        folder.put("in/heading.csv", format!("Name,VMId,Guest OS,{trick}\nvm1,1,Windows Server 2019,a\n"));
        folder.put("in/cell.csv", format!("Name,VMId,CPUCount\nvm2,2,{trick}\n"));
        folder.put("in/name.csv", format!("Name,VMId,OperatingSystem\n{trick},1,Linux\n{trick},3,Linux\n"));
        folder.put("in/unknown.csv", format!("{trick},Colour\n1,2\n"));
        let sheet = format!(
            "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>{}</v></c></row></sheetData></worksheet>",
            if trick.contains(['\u{1b}', '\u{7}']) { "x" } else { trick }
        );
        folder.put("in/book.xlsx", workbook_of(sheet.as_bytes(), &[]));
        folder.put("rules.toml", format!("[[rule]]\nname = \"x\"\nwhen = \"nonsense = {}\"\n", trick.escape_unicode()));
        for arguments in [
            &["inspect", "in"][..],
            &["assess", "in", "-o", "out", "--format", "csv"],
            &["assess", "in/unknown.csv", "-o", "none"],
            &["assess", "in", "--rules", "rules.toml", "-o", "none"],
            &["rules", "test", "rules.toml"],
            &["rules", "explain", trick],
            &["assess", trick],
            &["assess", "in", "--format", trick],
            &["assess", "in", "-o", trick, "--format", "csv"],
        ] {
            let run = folder.run(arguments);
            check_harmless(&run.out, "standard output");
            check_harmless(&run.err, "standard error");
            let told = format!("{}{}", run.out, run.err);
            // What is wrong with an option is told by a library, which leaves such letters out.
            let is_seen =
                arguments.contains(trick) && !arguments.contains(&"--format") || arguments == ["inspect", "in"];
            assert!(!is_seen || told.contains(shown), "{arguments:?}: {told}");
        }
    }
}

#[cfg(unix)]
#[test]
fn names_of_files_reach_the_terminal_as_visible_escapes() {
    let folder = Folder::new("terminal-files");
    for (trick, _) in TRICKS {
        folder.put(&format!("in/{trick}.csv"), "Name,VMId\nvm1,1\n").put(&format!("in/{trick}.txt"), "%PDF");
    }
    for arguments in [&["inspect", "in"][..], &["assess", "in", "-o", "out", "--format", "csv"]] {
        let run = folder.run(arguments);
        assert_eq!(run.code, 0, "{}", run.err);
        check_harmless(&run.out, "standard output");
        check_harmless(&run.err, "standard error");
    }
    let run = folder.run(&["inspect", "in"]);
    for (_, shown) in TRICKS {
        assert!(run.out.contains(&format!("in/{shown}.csv")), "{shown}: {}", run.out);
    }
}
