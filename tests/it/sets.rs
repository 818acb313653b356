//! A set of reports is written whole or not at all, whatever stops the run, and takes nothing else with it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use klar::catalogue::digest;

use super::binary::Folder;

const HEADING: &str = "VM,VM host,Guest OS,Generation,vCPUs,Memory (GB),OS disk size (GB)\n";
const WEB: &str = "web-01,hv01,Windows Server 2022,2,4,16,127\n";
const APP: &str = "app-01,hv02,Windows Server 2019,2,2,8,127\n";
const FULL: &[&str] = &["--format", "pdf,csv,json"];

fn site(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.put("in/machines.csv", format!("{HEADING}{WEB}"));
    folder
}

fn run_full(folder: &Folder, out: &str) -> super::binary::Run {
    folder.run(&[&["assess", "in", "-o", out, "--as-of", "2026-11-22"], FULL].concat())
}

/// Every file of a folder with its content, hidden ones too.
fn content(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("it is there") {
        let path = entry.expect("listed").path();
        let name = path.file_name().expect("named").to_string_lossy().into_owned();
        if path.is_dir() {
            found.extend(content(&path).into_iter().map(|(below, bytes)| (format!("{name}/{below}"), bytes)));
        } else {
            found.insert(name, fs::read(&path).expect("it can be read"));
        }
    }
    found
}

/// The names that the manifest in a folder lists, once each was found to be as the manifest says.
#[track_caller]
fn whole(folder: &Path) -> BTreeSet<String> {
    let text = fs::read(folder.join("manifest.json")).expect("a whole set has a manifest");
    let manifest: serde_json::Value = serde_json::from_slice(&text).expect("it is JSON");
    assert_eq!(manifest["schema"], "klar.manifest/1");
    let outputs = manifest["outputs"].as_array().expect("a list");
    let names = outputs.iter().map(|output| {
        let name = output["path"].as_str().expect("a path");
        let bytes = fs::read(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(output["sha256"], digest(&bytes), "{name}");
        assert_eq!(output["bytes"], bytes.len(), "{name}");
        name.to_owned()
    });
    names.collect()
}

#[test]
fn the_manifest_lists_what_the_set_was_made_from_and_consists_of() {
    let folder = site("sets-manifest");
    folder.put("rules.toml", include_str!("../../templates/rules.toml"));
    folder.put("klar.toml", "[report]\ncustomer = \"Contoso\"\n");
    let absolute = folder.path("in").display().to_string();
    let arguments = ["assess", &absolute, "-o", "out", "--rules", "rules.toml", "--config", "klar.toml", "--jobs", "2"];
    let run = folder.run(&[&arguments[..], FULL].concat());
    assert_eq!(run.code, 0, "{}", run.err);
    let names = whole(&folder.path("out"));
    let mut there: BTreeSet<String> = folder.names("out").into_iter().collect();
    assert!(there.remove("manifest.json"));
    assert_eq!(there, names, "nothing else is left behind");
    let manifest: serde_json::Value = serde_json::from_str(&folder.text("out/manifest.json")).expect("JSON");
    assert_eq!(manifest["inputs"][0]["path"], "machines.csv");
    let machines = fs::read(folder.path("in/machines.csv")).expect("it is there");
    assert_eq!(manifest["inputs"][0]["sha256"], digest(&machines));
    let configuration: Vec<&str> =
        manifest["configuration"].as_array().expect("a list").iter().filter_map(|file| file["path"].as_str()).collect();
    assert_eq!(configuration, ["klar.toml", "rules.toml"]);
    assert_eq!(manifest["catalogue"]["editions"].as_array().map(Vec::len), Some(3));
    assert_eq!(manifest["arguments"]["rules"][0], "rules.toml");
    assert!(manifest["arguments"].get("jobs").is_none(), "threads change nothing in a report");
    let text = folder.text("out/manifest.json");
    assert!(!text.contains(&absolute) && !text.contains("harden/"), "no path of this machine: {text}");
}

#[test]
fn the_same_inputs_give_the_same_set_wherever_it_is_written() {
    let folder = site("sets-same");
    assert_eq!(run_full(&folder, "one").code, 0);
    assert_eq!(run_full(&folder, "deeper/two").code, 0);
    assert_eq!(content(&folder.path("one")), content(&folder.path("deeper/two")));
}

#[test]
fn an_input_is_never_written_over() {
    let folder = Folder::new("sets-over-input");
    let machines = format!("{HEADING}{WEB}");
    folder.put("d/vms.csv", &machines).put("d/note.txt", "mine").put("f/manifest.json", "[]");
    folder.put("rules/report.pdf", include_str!("../../templates/rules.toml"));
    folder.put("e/machines.csv", &machines);
    for arguments in [
        &["assess", "d/vms.csv", "-o", "d"][..],
        &["assess", "e", "d/vms.csv", "-o", "d", "--format", "csv"],
        &["assess", "e", "--rules", "rules/report.pdf", "-o", "rules"],
    ] {
        let before = content(&folder.path(""));
        let run = folder.run(arguments);
        assert_eq!(run.code, 2, "{arguments:?}: {}", run.out);
        assert!(run.err.contains("a report would be written over it"), "{arguments:?}: {}", run.err);
        assert!(run.err.contains("name another folder with --output"), "{arguments:?}: {}", run.err);
        assert_eq!(content(&folder.path("")), before, "{arguments:?}");
    }
    let run = folder.run(&["assess", "f/manifest.json", "e", "-o", "f", "--format", "pdf"]);
    assert_eq!((run.code, &*folder.text("f/manifest.json")), (2, "[]"), "{}", run.err);
    // A name that no report of the run has is safe, and so is a folder below.
    assert_eq!(folder.run(&["assess", "d/vms.csv", "-o", "d", "--format", "json"]).code, 0);
    assert_eq!(folder.text("d/vms.csv"), machines);
    assert_eq!(folder.run(&["assess", "e", "-o", "e/reports"]).code, 0);
}

#[cfg(unix)]
#[test]
fn a_link_to_a_report_is_not_written_over_either() {
    let folder = site("sets-over-link");
    assert_eq!(folder.assess(&[]).code, 0);
    std::os::unix::fs::symlink("../out/vms.csv", folder.path("in/list.csv")).expect("a link can be made");
    let run = folder.assess(&[]);
    assert_eq!(run.code, 2, "{}", run.out);
    assert!(run.err.contains("in/list.csv: a report would be written over it"), "{}", run.err);
}

#[test]
fn what_only_the_earlier_set_had_goes_and_what_is_not_klars_stays() {
    let folder = site("sets-stale");
    assert_eq!(run_full(&folder, "out").code, 0);
    folder.put("out/notes.txt", "mine").put("out/assessment.json", "{\"edited\": true}");
    assert_eq!(folder.assess(&[]).code, 0);
    whole(&folder.path("out"));
    assert!(!folder.path("out/report.pdf").exists(), "a report of the earlier set");
    assert_eq!(folder.text("out/notes.txt"), "mine");
    assert_eq!(folder.text("out/assessment.json"), "{\"edited\": true}", "someone has worked in it since");
}

#[test]
fn a_manifest_of_something_else_is_left_alone() {
    let folder = site("sets-foreign-manifest");
    folder.put("out/manifest.json", "{\"name\": \"a web application\"}");
    let run = folder.assess(&[]);
    assert_eq!(run.code, 2, "{}", run.out);
    assert!(run.err.contains("out/manifest.json: is no manifest of Klar's"), "{}", run.err);
    assert_eq!(folder.names("out"), ["manifest.json"]);
    let escape = r#"{"schema":"klar.manifest/1","klar_version":"","as_of":"","arguments":{},"configuration":[],
        "catalogue":{"editions":[],"carried":[]},"inputs":[],"outputs":[{"path":"../in/machines.csv","bytes":1,"sha256":"0"}]}"#;
    folder.put("out/manifest.json", escape);
    assert_eq!(folder.assess(&[]).code, 2);
    assert!(folder.path("in/machines.csv").exists());
}

/// Moves a file of the set under way one step on, as the program does between two calls of the system.
struct Step<'a> {
    folder: &'a Folder,
    moves: Vec<(String, String)>,
}

impl Step<'_> {
    fn take(&self, steps: usize) {
        for (from, to) in self.moves.iter().take(steps) {
            let to = self.folder.path(to);
            fs::create_dir_all(to.parent().expect("below the folder")).expect("a folder can be made");
            fs::rename(self.folder.path(from), to).unwrap_or_else(|error| panic!("{from}: {error}"));
        }
    }
}

#[test]
fn a_set_that_was_stopped_at_any_step_is_completed_by_the_next_run() {
    let made = site("sets-stopped-made");
    assert_eq!(run_full(&made, "old").code, 0);
    made.put("in/machines.csv", format!("{HEADING}{WEB}{APP}"));
    let csv = ["assess", "in", "-o", "new", "--as-of", "2026-11-22", "--format", "csv"];
    assert_eq!(made.run(&csv).code, 0);
    let (old, new) = (content(&made.path("old")), content(&made.path("new")));
    let reports = |set: &BTreeMap<String, Vec<u8>>| -> Vec<String> {
        set.keys().filter(|name| *name != "manifest.json").cloned().collect()
    };
    let mut moves = Vec::new();
    let gone = reports(&old).into_iter().filter(|name| !new.contains_key(name));
    for name in ["manifest.json".to_owned()].into_iter().chain(gone).chain(reports(&new)) {
        moves.push((format!("out/{name}"), format!("out/.klar-under-way/old/{name}")));
    }
    for name in reports(&new).into_iter().chain(["manifest.json".to_owned()]) {
        moves.push((format!("out/.klar-under-way/new/{name}"), format!("out/{name}")));
    }
    for steps in 0..=moves.len() {
        let folder = Folder::new("sets-stopped");
        for (name, bytes) in &old {
            folder.put(&format!("out/{name}"), bytes);
        }
        for (name, bytes) in &new {
            folder.put(&format!("out/.klar-under-way/new/{name}"), bytes);
        }
        folder.put("out/.klar-under-way/ready", "").put("out/.klar-under-way/lock", "").put("in/empty.csv", "");
        Step { folder: &folder, moves: moves.clone() }.take(steps);
        assert_eq!(folder.assess(&[]).code, 3, "the next run finds no machine and writes no set of its own");
        assert_eq!(content(&folder.path("out")), new, "after {steps} steps");
    }
    // Before the set was whole, nothing of it counts.
    let folder = Folder::new("sets-stopped-early");
    for (name, bytes) in &old {
        folder.put(&format!("out/{name}"), bytes);
    }
    folder.put("out/.klar-under-way/new/vms.csv", "half").put("in/empty.csv", "");
    assert_eq!(folder.assess(&[]).code, 3);
    assert_eq!(content(&folder.path("out")), old);
}

#[test]
fn a_report_that_cannot_be_replaced_leaves_the_earlier_set_whole() {
    let folder = site("sets-held");
    assert_eq!(run_full(&folder, "out").code, 0);
    // A folder of a report's name stands for a file that another program holds.
    fs::remove_file(folder.path("out/requirements.csv")).expect("it is there");
    folder.put("out/requirements.csv/held", "");
    let before = content(&folder.path("out"));
    folder.put("in/machines.csv", format!("{HEADING}{WEB}{APP}"));
    let run = run_full(&folder, "out");
    assert_eq!(run.code, 2, "{}", run.out);
    assert!(run.err.contains("requirements.csv: could not be written"), "{}", run.err);
    assert!(run.err.contains("The reports that stood there are unchanged"), "{}", run.err);
    assert_eq!(content(&folder.path("out")), before);
}

#[test]
fn a_second_run_into_the_same_folder_is_refused_by_name_and_harms_nothing() {
    let folder = site("sets-lock");
    assert_eq!(run_full(&folder, "out").code, 0);
    folder.put("out/.klar-under-way/new/vms.csv", "of the first run");
    let lock = fs::File::create(folder.path("out/.klar-under-way/lock")).expect("a file can be made");
    lock.lock().expect("nobody else holds it");
    let before = content(&folder.path("out"));
    let run = folder.assess(&[]);
    assert_eq!(run.code, 2, "{}", run.out);
    assert!(run.err.contains("out: another run of Klar is writing there"), "{}", run.err);
    assert_eq!(content(&folder.path("out")), before);
    drop(lock);
    assert_eq!(folder.assess(&[]).code, 0, "what a run that is gone left behind is cleared away");
    whole(&folder.path("out"));
}
