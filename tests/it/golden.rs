//! Golden files: what is kept of an earlier run, and how it differs from what is made now.
//!
//! `UPDATE_GOLDEN=1 cargo test --test it -- golden samples rules_cli` writes them anew; read the difference before you keep it.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use clap::CommandFactory;
use klar::cli::Cli;
use klar::plan::Wishes;
use klar::tables::{Head, Inventory};
use similar::TextDiff;
use unicode_width::UnicodeWidthStr;

use super::binary::{Folder, Run};
use super::plan::tables::with_sample;

/// Compares what is made with the golden file of a name below the package, or keeps it.
pub fn stays(name: &str, made: &[u8]) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::create_dir_all(path.parent().expect("below the package")).expect("a folder can be made");
        fs::write(&path, made).expect("a golden file can be written");
    }
    let kept = fs::read(&path).unwrap_or_default();
    assert!(kept == made, "{}", difference(name, &kept, made));
}

/// How a golden file differs from what is made, as a unified diff.
pub fn difference(name: &str, kept: &[u8], made: &[u8]) -> String {
    let (kept, made) = (String::from_utf8_lossy(kept), String::from_utf8_lossy(made));
    let diff = TextDiff::from_lines(&*kept, &*made);
    let shown = diff.unified_diff().context_radius(2).header(name, "made now").to_string();
    format!("{name} is not what is made now; UPDATE_GOLDEN=1 keeps that instead.\n{shown}")
}

#[test]
fn a_golden_file_that_differs_is_shown_as_a_unified_diff() {
    let told = difference("golden.txt", b"one\ntwo\nthree\nfour\nfive\n", b"one\ntwo\nthree\nfore\nfive\n");
    let expected = "--- golden.txt\n+++ made now\n@@ -2,4 +2,4 @@\n two\n three\n-four\n+fore\n five\n";
    assert!(told.ends_with(expected), "{told}");
    let told = difference("golden.txt", b"one\n", b"one");
    assert!(told.contains("\\ No newline at end of file"), "{told}");
}

#[test]
fn every_published_table_has_the_columns_it_had() {
    let mut text = String::new();
    let mut put = |name: &str, heads: &mut dyn Iterator<Item = Head>| {
        writeln!(text, "{name}").unwrap();
        for Head { name, kind, field } in heads {
            let fact = field.map_or(String::new(), |field| format!("  {}", field.key()));
            writeln!(text, "  {name}  {kind:?}{fact}").unwrap();
        }
        text.push('\n');
    };
    with_sample("tallvik", &Wishes::default(), |view| {
        for table in view.tables() {
            // The columns of facts to fill in are those that the sample lacks.
            put(&format!("{}.csv", table.name), &mut table.heads.iter().cloned());
        }
    });
    for inventory in [Inventory::Disks, Inventory::Nics, Inventory::Hosts] {
        put(&format!("{inventory}, for rules of your own"), &mut inventory.heads());
    }
    stays("tests/it/golden/tables.txt", text.as_bytes());
}

/// Every command by the words that call it, those with parts before their parts.
fn commands(command: &clap::Command, words: &[String]) -> Vec<Vec<String>> {
    let mut all = vec![words.to_vec()];
    for part in command.get_subcommands() {
        all.extend(commands(part, &[words, &[part.get_name().to_owned()]].concat()));
    }
    all
}

#[test]
fn every_command_has_the_help_it_had() {
    let folder = Folder::new("golden-help");
    let mut text = String::new();
    for words in commands(&Cli::command(), &[]) {
        let arguments: Vec<&str> = words.iter().map(String::as_str).chain(["--help"]).collect();
        // Without a terminal the width is taken from here.
        let run = Run::of(folder.command(&arguments).env("COLUMNS", "80"));
        assert_eq!(run.code, 0, "{arguments:?}: {}", run.err);
        let wide: Vec<&str> = run.out.lines().filter(|line| line.width() > 80).collect();
        assert!(wide.is_empty(), "{arguments:?} is wider than 80 columns:\n{}", wide.join("\n"));
        write!(text, "$ klar {}\n\n{}\n", arguments.join(" "), run.out).unwrap();
    }
    stays("tests/it/golden/help.txt", text.as_bytes());
}

/// The exit codes told in a text: a number and its sentence, on one line or several.
fn codes(text: &str) -> Vec<(char, String)> {
    let mut codes: Vec<(char, String)> = Vec::new();
    let (_, told) = text.split_once("Exit codes:\n").expect("they are told");
    for line in told.lines().take_while(|line| line.starts_with("  ")) {
        let line = line.trim();
        match (line.chars().next().filter(char::is_ascii_digit), codes.last_mut()) {
            (Some(code), _) => codes.push((code, line[1..].trim().to_owned())),
            (None, Some((_, sentence))) => *sentence = format!("{sentence} {line}"),
            (None, None) => panic!("no code stands before {line}"),
        }
    }
    codes
}

#[test]
fn exit_codes_are_told_in_the_same_words_everywhere() {
    let folder = Folder::new("golden-exit-codes");
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let help = codes(&folder.run(&["assess", "--help"]).out);
    assert_eq!(help.iter().map(|(code, _)| *code).collect::<String>(), "01234");
    for (code, sentence) in &help {
        let row = readme.lines().find(|line| line.starts_with(&format!("| {code} |"))).expect("the README has it");
        assert!(row.replace('`', "").starts_with(&format!("| {code} | {sentence}")), "{row}\nis not: {sentence}");
    }
    let manual = folder.run(&["man"]).out.replace(r"\-", "-");
    assert_eq!(codes(&manual), help, "the manual page");
}
