//! `--diagnose FILE` on every command.

use std::collections::BTreeSet;

use clap::CommandFactory;
use klar::cli::Cli;

use super::binary::Folder;

const LIST: &str = "VM,VM host,Guest OS\nzebra-01,giraffe01,Windows Server 2022\n";
const RULES: &str = "[[rule]]\nid = \"quagga\"\nversion = \"1\"\ntitle = \"Okapi\"\nseverity = \"note\"\nremedy = \"Antelope\"\n\
                     condition = \"vcpus > 4\"\n";
/// What the inputs and arguments of these runs say, and no diagnosis may.
const WORDS: [&str; 6] = ["zebra", "giraffe", "quagga", "kapi", "ntelope", "2026-10"];

/// Every command with arguments that it accepts.
const RUNS: &[&[&str]] = &[
    &["assess", "in", "-o", "out", "--as-of", "2026-11-22", "--against", "site-recovery@2026-10", "-q"],
    &["inspect", "in"],
    &["verify", "out"],
    &["rules", "list", "--against", "site-recovery@2026-10"],
    &["rules", "explain", "os-disk-over-limit"],
    &["rules", "diff", "site-recovery@2026-05", "site-recovery@2026-10", "--estate", "in"],
    &["rules", "lint", "catalogue"],
    &["rules", "test", "quagga.toml"],
    &["collect", "vmm"],
    &["template", "config"],
    &["template", "rules"],
    &["template", "prices"],
    &["template", "replicate"],
    &["template", "schema"],
    &["template", "wording", "de"],
    &["template", "columns", "in"],
    &["template", "dialect", "in/zebra.csv"],
    &["template", "redact-key"],
    &["query", "SELECT vm FROM vms", "in"],
    &["rollup", "out", "-o", "rolled"],
    &["reveal", "out", "nothing"],
    &["diff", "out", "out"],
    &["explain", "zebra-01", "in"],
    &["template", "catalogue", "catalogue-2"],
    &["completions", "bash"],
    &["man"],
];

/// The commands that do something themselves, by all their names.
fn commands(command: &clap::Command, above: &str, found: &mut BTreeSet<String>) {
    for part in command.get_subcommands().filter(|part| part.get_name() != "help") {
        let name = format!("{above}{}", part.get_name());
        if part.has_subcommands() {
            commands(part, &format!("{name} "), found);
        } else {
            found.insert(name);
        }
    }
}

#[test]
fn every_command_writes_a_diagnosis_without_a_word_of_what_it_was_given() {
    let folder = Folder::new("diagnose-every-command");
    folder.put("in/zebra.csv", LIST).put("quagga.toml", RULES).put("catalogue/x.txt", "");
    let mut tried = BTreeSet::new();
    for run in RUNS {
        let told = folder.run(&[run, &["--diagnose", "told.txt"][..]].concat());
        let diagnosis = folder.text("told.txt");
        assert!(diagnosis.contains(&format!("ended with exit code {}", told.code)), "{run:?}: {diagnosis}{}", told.err);
        for word in WORDS {
            assert!(!diagnosis.contains(word), "{run:?}: {word}: {diagnosis}");
        }
        std::fs::remove_file(folder.path("told.txt")).unwrap();
        tried.extend([run[..1].join(" "), run[..run.len().min(2)].join(" ")]);
    }
    let mut all = BTreeSet::new();
    commands(&Cli::command(), "", &mut all);
    assert_eq!(all.difference(&tried).collect::<Vec<_>>(), Vec::<&String>::new(), "commands without a run here");
}
