//! Reports in another language: every text has its translation, and what is carried in stands for it.

use std::collections::{BTreeMap, BTreeSet};

use klar::report::language::Language;
use klar::report::wording_file;

use crate::binary::Folder;

mod keys;
mod spoken;

/// The rooms whose texts have no Swedish yet.
const NOT_YET: &[&str] = &[];

#[test]
fn every_text_of_the_program_has_its_swedish() {
    let known: BTreeMap<String, String> = toml::from_str(include_str!("../../templates/wording/sv.toml")).unwrap();
    let said = |text: &str| known.get(text).is_some_and(|said| !said.is_empty());
    let all = keys::all();
    let mut missing: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (text, rooms) in all.iter().filter(|(text, _)| !said(text)) {
        for room in rooms {
            missing.entry(room).or_default().push(text);
        }
    }
    let settled: Vec<&&str> = NOT_YET.iter().filter(|room| !missing.contains_key(**room)).collect();
    assert!(settled.is_empty(), "these rooms have all their Swedish and can leave the list: {settled:?}");
    missing.retain(|room, _| !NOT_YET.contains(room));
    let rooms: Vec<&&str> = missing.keys().collect();
    let texts: BTreeSet<&str> = missing.values().flatten().copied().collect();
    let lines: Vec<String> =
        texts.iter().map(|text| format!("{} = \"\"", serde_json::to_string(text).unwrap())).collect();
    assert!(texts.is_empty(), "no Swedish for {} texts of {rooms:?}:\n{}", texts.len(), lines.join("\n"));
}

#[test]
fn the_swedish_stands_in_the_order_of_its_english_and_is_whole() {
    let text = include_str!("../../templates/wording/sv.toml");
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
    let keys: Vec<String> = lines
        .iter()
        .map(|line| toml::from_str::<BTreeMap<String, String>>(line).unwrap().into_keys().next().unwrap())
        .collect();
    let sorted: BTreeSet<&String> = keys.iter().collect();
    assert_eq!(sorted.len(), keys.len(), "a text stands twice");
    assert!(sorted.into_iter().eq(&keys), "the texts stand in the order of their English");
    assert!(Language::of("sv", None).is_ok());
}

#[test]
fn a_third_language_is_one_file() {
    let file = wording_file::file("de").unwrap();
    let empty: BTreeMap<String, String> = toml::from_str(&file).unwrap();
    assert!(empty.values().all(String::is_empty) && empty.contains_key("bytes"), "{file}");
    let swedish: BTreeMap<String, String> = toml::from_str(&wording_file::file("sv").unwrap()).unwrap();
    assert!(swedish.keys().eq(empty.keys()) && swedish["bytes"] == "byte");

    let folder = Folder::new("language-carried");
    folder.put("vms.csv", "Name,Generation,Operating System,vCPUs,Memory (GB)\nvm-ask,2,Windows Server 2022,2,4\n");
    let unknown = folder.run(&["assess", "vms.csv", "-o", "reports", "--lang", "de"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("klar template wording de"), "{}", unknown.err);

    folder.put(
        "newer/wording/de.toml",
        "\"What to do first\" = \"Was zuerst zu tun ist\"\n\"2026-11-27\" = \"27.11.2026\"\n",
    );
    let arguments =
        ["assess", "vms.csv", "-o", "reports", "--lang", "de", "--catalogue", "newer", "--as-of", "2026-11-22"];
    let german = folder.run(&arguments);
    assert_eq!(german.code, 0, "{}", german.err);
    assert!(german.out.contains("Was zuerst zu tun ist") && german.out.contains("22.11.2026"), "{}", german.out);

    folder.put("newer/wording/de.toml", "\"{machines} on {hosts} {hosts:host|hosts}\" = \"{machinen}\"\n");
    let wrong = folder.run(&arguments);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("newer/wording/de.toml") && wrong.err.contains("{machinen}"), "{}", wrong.err);
}

#[test]
fn a_swedish_set_is_told_in_swedish_and_is_no_inventory() {
    let folder = Folder::new("language-swedish");
    folder.put(
        "site/vms.csv",
        "Name,Generation,Operating System,vCPUs,Memory (GB),OS disk (GB)\nvm-ask,2,Windows Server 2022,2,4,127\nvm-alm,1,,2,4,4096\n",
    );
    let arguments = ["assess", "site", "-o", "reports", "--lang", "sv", "--as-of", "2026-11-22"];
    let run = folder.run(&[&arguments[..], &["--format", "pdf,csv,json,xlsx,html,docx"]].concat());
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("2 maskiner") && !run.out.contains("machine"), "{}", run.out);
    let english = folder.run(&["assess", "site", "-o", "english", "--as-of", "2026-11-22", "--format", "csv,json"]);
    assert_eq!(english.code, 0, "{}", english.err);
    for name in folder.names("english").iter().filter(|name| *name != "manifest.json") {
        assert!(
            folder.text(&format!("english/{name}")) == folder.text(&format!("reports/{name}")),
            "{name} is compared"
        );
    }
    let page = folder.text("reports/report.html");
    assert!(page.contains("<html lang=\"sv\">") && page.contains(">Sammanfattning</h2>"), "the page is in Swedish");

    std::fs::create_dir_all(folder.path("again")).unwrap();
    std::fs::copy(folder.path("reports/report.xlsx"), folder.path("again/report.xlsx")).unwrap();
    let again = folder.run(&["assess", "again", "-o", "of-report"]);
    assert_eq!(again.code, 3, "a Swedish report is no inventory: {}{}", again.out, again.err);
    let kept = folder.run(&[&arguments[..4], &["--keep", "reports/report.xlsx", "--as-of", "2026-11-22"]].concat());
    assert_eq!(kept.code, 0, "entries are read from it: {}", kept.err);
}
