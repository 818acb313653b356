//! One machine explained: its cells, its answers, and the changes that make it ready and are each needed.

use klar::catalogue::{Catalogue, Target};
use klar::evaluate::{Readiness, evaluate};
use klar::mend::{Change, Judge};
use klar::model::Estate;
use rayon::prelude::*;
use serde_json::Value;

use super::binary::{Folder, Run};
use super::verdicts::{AS_OF, read};

#[test]
fn the_changes_told_make_200_random_machines_ready_and_none_can_be_spared() {
    let catalogue = Catalogue::embedded().expect("the catalogue it carries");
    let table = super::roads::estate(200);
    let estate = read(&[&table]);
    assert_eq!(estate.vms.len(), 200);
    let editions: Vec<_> = Target::ALL.iter().map(|target| catalogue.newest(*target).unwrap()).collect();
    let lines: Vec<&str> = table.lines().collect();
    let check = |judge: &mut Judge<'_>, index: usize| {
        // The machine alone with its own row is judged as it is among the others, and sooner.
        let alone = read(&[&format!("{}\n{}\n", lines[0], lines[index + 1])]);
        let ready = |edition, changes: &[&Change]| {
            let mut changed: Estate = alone.clone();
            for change in changes {
                change.apply(&mut changed, 0);
            }
            evaluate(&changed, &catalogue, &[edition], AS_OF).runs[0].vms[0].readiness
        };
        let (mut wrong, mut changed) = (Vec::new(), 0_usize);
        // Each road takes its turn, so that every machine is tried and the test ends in time.
        for edition in [editions[index % editions.len()]] {
            let mended = judge.mend(&estate, index, edition);
            let place = format!("{} {}", edition.id(), lines[index + 1]);
            let all: Vec<&Change> = mended.changes.iter().collect();
            let told = || all.iter().map(|of| format!("{}: {}", of.field.key(), of.after)).collect::<Vec<_>>();
            if ready(edition, &all) != Readiness::Ready {
                let left: Vec<&str> =
                    mended.left.iter().map(|of| &*edition.requirements[usize::from(*of)].check).collect();
                wrong.push(format!("{place}: not ready by {:?}; left {left:?}", told()));
            }
            for spared in 0..all.len() {
                let mut others = all.clone();
                others.remove(spared);
                if ready(edition, &others) == Readiness::Ready {
                    wrong.push(format!("{place}: number {spared} of {:?} can be spared", told()));
                }
            }
            changed += all.len();
        }
        (wrong, changed)
    };
    let checked: Vec<(Vec<String>, usize)> =
        (0..200).into_par_iter().map_init(|| Judge::new(&catalogue, AS_OF, &[]), check).collect();
    let wrong: Vec<&String> = checked.iter().flat_map(|(wrong, _)| wrong).collect();
    let changed: usize = checked.iter().map(|(_, changed)| changed).sum();
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.iter().take(12).map(|s| s.as_str()).collect::<Vec<_>>().join("\n")
    );
    assert!(changed > 200, "only {changed} changes were tried");
}

const HEAD: &str = "VM name,VM ID,Host,Guest OS,Generation,vCPUs,Memory (MB),OS disk (GB),Secure Boot,Number of network adapters,OS architecture";

fn row(name: &str, id: u32, host: &str, more: &str) -> String {
    format!("{name},0000000{id}-1111-4000-8000-000000000000,{host},Windows Server 2022 Standard,{more}")
}

fn site(folder: &Folder) -> Run {
    let rows = [
        row("web-01", 1, "hv-1", "2,4,8192,127,On,1,x64"),
        row("WEB-02", 2, "hv-1", "1,4,8192,9000,Off,1,x64"),
        row("twin", 3, "hv-1", "1,4,8192,127,Off,1,x64"),
        row("twin", 4, "hv-2", "1,4,8192,127,Off,1,x64"),
    ];
    folder.put("in/machines.csv", format!("{HEAD}\n{}\n", rows.join("\n")));
    folder.put("in/hosts.csv", "Host name,Operating system,Operating system version\nhv-1,Windows Server 2008 R2,6.1.7601\nhv-2,Windows Server 2022,10.0.20348\n");
    explain(folder, "web-02", &[])
}

fn explain(folder: &Folder, name: &str, more: &[&str]) -> Run {
    let fixed = ["explain", name, "in", "--as-of", "2026-11-22", "--against", "site-recovery@2026-10"];
    folder.run(&[&fixed, more].concat())
}

#[test]
fn a_sheet_tells_facts_with_their_cells_answers_inheritance_and_changes() {
    let folder = Folder::new("explain-sheet");
    let text = site(&folder);
    assert_eq!((text.code, text.err.as_str()), (0, ""));
    for line in text.out.lines() {
        // An address is left whole, so that it can be copied.
        assert!(line.chars().count() <= 80 || line.contains("https://"), "{line}");
    }
    for told in ["WEB-02", "Azure Site Recovery 2026-10: Not ready", "[blocker] os-disk-over-limit", "host hv-1"] {
        assert!(text.out.contains(told), "{told}:\n{}", text.out);
    }
    let json: Value = serde_json::from_str(&explain(&folder, "web-02", &["--format", "json"]).out).unwrap();
    assert_eq!(json["schema"], "klar.explanation/1");
    let facts = json["facts"].as_array().unwrap();
    let memory = facts.iter().find(|fact| fact["fact"] == "memory").unwrap();
    assert_eq!(memory["value"], "8 GiB");
    assert_eq!((&memory["source"]["file"], &memory["source"]["row"]), (&"machines.csv".into(), &3.into()));
    assert_eq!(memory["source"]["column"], "Memory (MB)");
    let road = &json["roads"][0];
    let asked = road["requirements"].as_array().unwrap();
    let of =
        |name: &str| asked.iter().find(|asked| asked["requirement"] == name).unwrap_or_else(|| panic!("no {name}"));
    let disk = of("os-disk-over-limit");
    assert_eq!((&disk["outcome"], &disk["inherited_from"]), (&"not-met".into(), &Value::Null));
    assert_eq!(disk["evidence"]["column"], "OS disk (GB)");
    assert!(disk["url"].as_str().unwrap().starts_with("https://"));
    assert_eq!(of("too-many-nics")["outcome"], "met");
    let host = of("host-os-unsupported");
    assert_eq!((&host["outcome"], &host["inherited_from"]), (&"not-met".into(), &"host hv-1".into()), "{host:#}");
    let every = Catalogue::embedded().unwrap();
    let edition = every.edition(Target::SiteRecovery, "2026-10").unwrap();
    let of_machines = edition.requirements.iter().filter(|asked| {
        klar::rules::find(&asked.check).is_some_and(|rule| matches!(rule.check.scope(), "machine" | "host"))
    });
    assert_eq!(asked.len(), of_machines.count(), "each requirement of the machine and of its host, once");
    let changes = road["changes"].as_array().unwrap();
    assert!(changes.iter().any(|change| change["fact"] == "disk_size" && change["is_limit"] == true), "{changes:#?}");
    assert!(changes.iter().any(|change| change["of"] == "host hv-1"), "{changes:#?}");
    assert_eq!(road["not_answered"], Value::Array(vec![]), "{road:#}");
}

#[test]
fn a_name_that_fits_none_or_several_is_answered_with_the_nearest() {
    let folder = Folder::new("explain-names");
    site(&folder);
    let none = explain(&folder, "web-1", &[]);
    assert_eq!(none.code, 2);
    assert!(none.err.contains("web-1: no machine of that name; near it: web-01"), "{}", none.err);
    let two = explain(&folder, "TWIN", &[]);
    assert_eq!(two.code, 2);
    assert!(two.err.contains("2 machines have that name: twin@hv-1 (ID 00000003-"), "{}", two.err);
    assert!(two.err.contains("name one by its ID or as NAME@HOST"), "{}", two.err);
    for name in ["twin@HV-2", "00000004-1111-4000-8000-000000000000"] {
        let run = explain(&folder, name, &[]);
        assert_eq!(run.code, 0, "{}", run.err);
        assert!(run.out.contains("00000004-1111"), "{}", run.out);
    }
}
