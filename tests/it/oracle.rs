//! A second opinion: the limits of the newest editions, written once more from the documents alone, must agree with
//! what Klar writes of a seeded estate, machine by machine and requirement by requirement.
//!
//! Where the two disagree, read the document, and only then decide which of them is to be mended.

use std::collections::{BTreeMap, BTreeSet};

use super::binary::Folder;

mod estate;
mod facts;
mod hunt;
mod sides;

use estate::Machine;
use facts::{Answer, WhenMissing};

/// The editions that the second opinion is of.
const EDITIONS: [&str; 3] = ["site-recovery@2026-10", "azure-migrate@2026-03", "azure-vm@2025-02"];

/// What Klar wrote of a machine: its outcome by target and requirement, and its readiness by target.
#[derive(Debug, Default)]
struct Written {
    outcomes: BTreeMap<(String, String), String>,
    readiness: BTreeMap<String, String>,
}

/// Lets Klar judge machines and reads what it wrote of each.
fn judge(folder: &Folder, machines: &[Machine], more: &[&str]) -> BTreeMap<String, Written> {
    folder.put("in/machines.csv", estate::machines_csv(machines)).put("in/disks.csv", estate::disks_csv(machines));
    let against: Vec<&str> = EDITIONS.iter().flat_map(|edition| ["--against", edition]).collect();
    let run = folder.assess(&[against.as_slice(), &["--findings", "all"], more].concat());
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    let mut written: BTreeMap<String, Written> = BTreeMap::new();
    let rows = folder.rows("out/vms.csv");
    for row in &rows[1..] {
        let at = |heading: &str| &row[column(&rows, heading)];
        let readiness =
            ["site_recovery", "azure_migrate", "azure_vm"].map(|road| (road.replace('_', "-"), at(road).clone()));
        written.entry(name_of(at("vm"))).or_default().readiness = BTreeMap::from(readiness);
    }
    let rows = folder.rows("out/findings.csv");
    let places = ["subject_kind", "subject", "target", "requirement", "outcome"].map(|heading| column(&rows, heading));
    for row in &rows[1..] {
        let [kind, subject, target, requirement, outcome] = places.map(|place| row[place].clone());
        if kind == "vm" {
            let of_machine = written.entry(name_of(&subject)).or_default();
            of_machine.outcomes.insert((target, requirement), outcome);
        }
    }
    written
}

fn column(rows: &[Vec<String>], heading: &str) -> usize {
    rows[0].iter().position(|head| head == heading).unwrap_or_else(|| panic!("no column {heading}"))
}

/// A name without the apostrophe that keeps a spreadsheet from running it.
fn name_of(cell: &str) -> String {
    cell.strip_prefix('\'').unwrap_or(cell).to_owned()
}

/// Where Klar and the second opinion differ, a line each.
fn differences(machines: &[Machine], written: &BTreeMap<String, Written>) -> Vec<String> {
    let lines = facts::lines();
    let mut differences = Vec::new();
    for machine in machines {
        let Some(of_machine) = written.get(&machine.name) else {
            differences.push(format!("{}: no such machine is written", machine.name));
            continue;
        };
        let mut stopped: BTreeSet<&str> = BTreeSet::new();
        for (target, requirement, when_missing, answer) in &lines {
            let answer = answer(machine);
            let expected = match (answer, when_missing) {
                (Answer::Met, _) => None,
                (Answer::NotMet, _) => Some("not-met"),
                (Answer::Missing, WhenMissing::Told) => Some("unknown"),
                (Answer::Missing, WhenMissing::Counted) => Some("unverified"),
            };
            let key = ((*target).to_owned(), (*requirement).to_owned());
            let seen = of_machine.outcomes.get(&key).map(String::as_str);
            if seen != expected {
                let (seen, expected) = (seen.unwrap_or("nothing"), expected.unwrap_or("nothing"));
                differences.push(format!("{target} {requirement}: {seen}, not {expected}: {machine:?}"));
            }
            if answer != Answer::Met && *when_missing == WhenMissing::Told {
                stopped.insert(target);
            }
        }
        for target in stopped.iter().filter(|target| of_machine.readiness[**target] == "ready") {
            differences.push(format!("{target}: falsely ready: {machine:?}"));
        }
    }
    differences
}

#[test]
fn klar_and_the_second_opinion_agree_on_two_thousand_machines() {
    let folder = Folder::new("oracle");
    let machines = estate::estate(2000, 7);
    let names: BTreeSet<&str> = machines.iter().map(|machine| machine.name.as_str()).collect();
    assert_eq!(names.len(), machines.len(), "two machines of one name");
    let written = judge(&folder, &machines, &[]);
    assert_eq!(written.len(), machines.len(), "a machine was lost or invented");
    let differences = differences(&machines, &written);
    // The first of each kind is enough to read the document by.
    let kind = |line: &str| line.split(": Machine").next().map(str::to_owned);
    let first: BTreeMap<Option<String>, &String> = differences.iter().rev().map(|line| (kind(line), line)).collect();
    let shown: Vec<&str> = first.values().map(|line| line.as_str()).collect();
    assert!(differences.is_empty(), "{} differences:\n{}", differences.len(), shown.join("\n"));
}

#[test]
fn every_answer_of_every_line_occurs_in_the_estate() {
    let machines = estate::estate(2000, 7);
    for (target, requirement, _, answer) in facts::lines() {
        for wanted in [Answer::Met, Answer::NotMet] {
            assert!(
                machines.iter().any(|machine| answer(machine) == wanted),
                "{target} {requirement}: never {wanted:?}"
            );
        }
        // A name is never missing, as it makes the machine.
        let missing = machines.iter().any(|machine| answer(machine) == Answer::Missing);
        assert!(missing || requirement == "vm-name-not-allowed", "{target} {requirement}: never missing");
    }
}

/// Limits of the newest editions to be made wrong, one at a time.
const PLANTED: [(&str, &str, &str); 10] = [
    ("site-recovery/2026-10", "os-disk-over-limit", "generation_1"),
    ("site-recovery/2026-10", "os-disk-over-limit", "generation_2"),
    ("site-recovery/2026-10", "too-many-disks", ""),
    ("site-recovery/2026-10", "data-disk-over-limit", ""),
    ("site-recovery/2026-10", "disk-under-minimum", ""),
    ("azure-migrate/2026-03", "too-many-disks", "total_disks"),
    ("azure-migrate/2026-03", "large-data-disk-needs-new-provider", ""),
    ("azure-vm/2025-02", "cores-over-limit", ""),
    ("azure-vm/2025-02", "memory-over-limit", ""),
    ("azure-vm/2025-02", "disk-over-limit", ""),
];

/// An edition with one limit of a requirement moved by its smallest step: the one of a key, or the only one.
fn with_a_wrong_limit(edition: &str, requirement: &str, key: &str) -> String {
    let path = format!("{}/templates/requirements/{edition}.toml", env!("CARGO_MANIFEST_DIR"));
    #[expect(clippy::disallowed_methods, reason = "a test reads the edition that it makes wrong")]
    let text = std::fs::read_to_string(path).expect("the edition is part of the project");
    let mut edition: toml::Table = toml::from_str(&text).expect("the edition is sound");
    let requirements = edition["requirement"].as_array_mut().expect("a list of requirements");
    let asked = requirements.iter_mut().find(|item| item["check"].as_str() == Some(requirement));
    let limits =
        asked.unwrap_or_else(|| panic!("{requirement} is asked for"))["limits"].as_table_mut().expect("limits");
    let limit = match key {
        "" => limits.iter_mut().next().expect("a limit").1,
        key => limits.get_mut(key).unwrap_or_else(|| panic!("{requirement} has no limit {key}")),
    };
    *limit = match &*limit {
        toml::Value::Integer(count) => toml::Value::Integer(count + 1),
        toml::Value::String(size) => {
            let (number, unit) = size.split_once(' ').expect("a number and a unit");
            let number: u64 = number.parse().expect("a whole number");
            // In MiB, so that the step is the smallest that the estate has.
            let mib = match unit {
                "MiB" => number,
                "GiB" => number * 1024,
                "TiB" => number * 1024 * 1024,
                other => panic!("{other} is no unit that limits are in"),
            };
            toml::Value::String(format!("{} MiB", mib + 1))
        }
        other => panic!("{requirement} has the limit {other}"),
    };
    toml::to_string(&edition).expect("an edition can be written")
}

#[test]
fn ten_wrong_limits_are_each_found() {
    let machines = estate::estate(360, 7);
    let folder = Folder::new("oracle-planted");
    let of_requirement = |differences: &[String], target: &str, requirement: &str| {
        let start = format!("{target} {requirement}: ");
        differences.iter().filter(|line| line.starts_with(&start)).count()
    };
    for (edition, requirement, key) in PLANTED {
        let target = edition.split('/').next().expect("a target");
        if folder.path("wrong").exists() {
            std::fs::remove_dir_all(folder.path("wrong")).expect("the edition before goes");
        }
        folder.put(&format!("wrong/requirements/{edition}.toml"), with_a_wrong_limit(edition, requirement, key));
        let written = judge(&folder, &machines, &["--catalogue", "wrong"]);
        let found = differences(&machines, &written);
        assert!(of_requirement(&found, target, requirement) > 0, "{edition} {requirement} {key} went unnoticed");
        let ready = format!("{target}: falsely ready");
        let others = found.iter().filter(|line| line.starts_with(&ready)).count();
        assert_eq!(of_requirement(&found, target, requirement) + others, found.len(), "{found:?}");
    }
}
