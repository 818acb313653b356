//! What the tables say for people who work in them: inherited findings, stable identifiers, gaps, scope, and CSV for Excel.

use std::collections::{BTreeMap, BTreeSet};

use super::binary::Folder;

const MACHINES: &str = "\
VM name,VM ID,VM host,Guest OS,OS architecture,Generation,vCPUs,Memory (GB),OS disk size (GB),Owner,Environment,Tags,Department
web-01,6b1c1f0e-9f5b-4a6d-8f0e-0c7c7a4f1d01,hv01,Windows Server 2022 Datacenter,x64,2,4,16,127,Anna Berg,Production,\"web, dmz\",Sales
file-01,,hv01,Windows Server 2008,x64,1,4,16,9000,Bo Ek,Test,,Finance
app-01,,hv02,Windows Server 2019 Datacenter,x64,2,2,8,127,Anna Berg,production,dmz,Finance
";
const HOSTS: &str = "\
Host name,Host operating system,Host OS version,Cluster
hv01,Windows Server 2008 R2 Datacenter,6.1.7601,clu01
hv02,Windows Server 2022 Datacenter,10.0.20348,
";

fn site(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.put("in/machines.csv", MACHINES).put("in/hosts.csv", HOSTS);
    folder
}

fn records(folder: &Folder, name: &str) -> Vec<BTreeMap<String, String>> {
    let mut rows = folder.rows(name).into_iter();
    let heading = rows.next().unwrap();
    rows.map(|row| heading.iter().cloned().zip(row).collect()).collect()
}

fn ids(folder: &Folder) -> BTreeSet<String> {
    records(folder, "out/findings.csv").into_iter().map(|row| row["finding_id"].clone()).collect()
}

#[test]
fn what_a_host_hands_down_stands_at_each_machine_it_holds() {
    let folder = site("handed-down");
    assert_eq!(folder.assess(&[]).code, 0);
    let rows = records(&folder, "out/findings.csv");
    let about = |row: &&BTreeMap<String, String>| {
        row["requirement"] == "host-os-unsupported" && row["target"] == "site-recovery"
    };
    let told: Vec<(&str, &str)> =
        rows.iter().filter(about).map(|row| (row["subject"].as_str(), row["inherited_from"].as_str())).collect();
    assert_eq!(told, [("hv01", ""), ("web-01", "host hv01"), ("file-01", "host hv01")]);
    let web = rows.iter().filter(about).find(|row| row["subject"] == "web-01").unwrap();
    assert_eq!((&*web["cluster"], &*web["owner"], &*web["environment"]), ("clu01", "Anna Berg", "Production"));
    assert!(!web["message"].contains("It holds for"), "{}", web["message"]);
    assert_eq!((&*web["source_file"], &*web["source_row"]), ("hosts.csv", "2"), "it rests on the host's cell");
    assert!(rows.iter().all(|row| row["outcome"] != "unverified"));
    let vms = records(&folder, "out/vms.csv");
    assert!(vms[0]["reasons"].contains("host-os-unsupported (host hv01)"), "{}", vms[0]["reasons"]);
    assert_eq!(vms[0]["tags"], "web, dmz");
    let all = site("handed-down-all");
    assert_eq!(all.assess(&["--findings", "all"]).code, 0);
    assert!(records(&all, "out/findings.csv").iter().any(|row| row["outcome"] == "unverified"));
    assert!(ids(&all).is_superset(&ids(&folder)));
}

#[test]
fn identifiers_are_the_same_whatever_the_order_the_folder_or_the_day() {
    let folder = site("handed-ids");
    assert_eq!(folder.assess(&[]).code, 0);
    let again = Folder::new("handed-ids-again");
    let mut lines: Vec<&str> = MACHINES.lines().collect();
    lines[1..].reverse();
    again.put("visit/two/list.csv", lines.join("\n").to_uppercase().replacen(&lines[0].to_uppercase(), lines[0], 1));
    again.put("visit/first-hosts.csv", HOSTS);
    let run = again.run(&["assess", "visit", "-o", "out", "--as-of", "2026-12-24", "--format", "csv"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(ids(&folder), ids(&again));
    assert!(ids(&folder).contains("site-recovery/host-os-unsupported/vm/file-01@hv01/host/hv01"), "{:?}", ids(&folder));
    assert!(records(&again, "out/vms.csv").iter().all(|row| row["source_file"] == "two/list.csv"));
}

#[test]
fn machines_that_nothing_tells_apart_have_findings_of_their_own() {
    let folder = Folder::new("handed-twins");
    let twins = "VM name,VM host,Guest OS,Generation,OS disk size (GB)\n\
                 web,hv01,Windows Server 2022,1,9000\nweb,hv02,Windows Server 2022,1,9000\nweb,hv03,Windows Server 2022,1,9000\n";
    folder.put("in/machines.csv", twins);
    assert_eq!(folder.assess(&[]).code, 0);
    let rows = records(&folder, "out/findings.csv");
    assert!(rows.len() >= 3);
    assert_eq!(ids(&folder).len(), rows.len());
}

#[test]
fn gaps_name_each_fact_once_for_a_target_with_what_it_leaves_open() {
    let folder = site("handed-gaps");
    assert_eq!(folder.assess(&["--findings", "all"]).code, 0);
    let gaps = records(&folder, "out/gaps.csv");
    let mut seen = BTreeSet::new();
    assert!(gaps.iter().all(|gap| seen.insert((gap["target"].clone(), gap["fact"].clone()))));
    let findings = records(&folder, "out/findings.csv");
    for gap in &gaps {
        let missing = format!("No input gives {}.", gap["fact"]);
        let of_machines: BTreeSet<&str> = findings
            .iter()
            .filter(|row| row["target"] == gap["target"] && row["message"] == missing && row["subject_kind"] == "vm")
            .map(|row| row["subject"].as_str())
            .collect();
        assert!(gap["machines"].parse::<usize>().unwrap() >= of_machines.len(), "{gap:?}");
        let names: BTreeSet<&str> = findings
            .iter()
            .filter(|row| row["target"] == gap["target"] && row["message"] == missing)
            .map(|row| row["requirement"].as_str())
            .collect();
        assert_eq!(gap["requirements"].split("; ").collect::<BTreeSet<_>>(), names, "{gap:?}");
        assert!(!gap["export"].is_empty());
    }
    assert!(gaps.len() > 10, "only {}", gaps.len());
}

#[test]
fn what_is_unresolved_has_an_empty_cell_for_each_essential_fact_a_machine_lacks() {
    let folder = Folder::new("handed-unresolved");
    folder.put(
        "in/machines.csv",
        "VM name,VM host,Guest OS,OS architecture,Generation,vCPUs,Memory (GB),OS disk size (GB)\n\
         whole,hv01,Windows Server 2022 Datacenter,x64,2,4,16,127\nbare,hv01,,x64,2,4,16,127\n",
    );
    assert_eq!(folder.assess(&["--against", "site-recovery"]).code, 0);
    let rows = folder.rows("out/unresolved.csv");
    assert_eq!(rows[0][..5], ["vm", "vm_id", "host", "who", "when"]);
    assert!(rows[0].contains(&"guest_os".to_owned()), "{:?}", rows[0]);
    let names: Vec<&str> = rows[1..].iter().map(|row| row[0].as_str()).collect();
    assert!(names.contains(&"bare"), "{rows:?}");
    let bare = rows.iter().find(|row| row[0] == "bare").unwrap();
    let guest = rows[0].iter().position(|name| name == "guest_os").unwrap();
    assert_eq!(bare[guest], "");
    assert_eq!((&*bare[3], &*bare[4]), ("", ""));
}

#[test]
fn only_the_machines_asked_for_are_reported_and_the_others_are_counted() {
    let cases: &[(&[&str], &[&str])] = &[
        (&["--only", "environment=PRODUCTION"], &["web-01", "app-01"]),
        (&["--only", "owner=bo ek,anna berg", "--only", "Department=finance"], &["file-01", "app-01"]),
        (&["--only", "tags=dmz"], &["web-01", "app-01"]),
        (&["--only", "cluster=clu01"], &["web-01", "file-01"]),
        (&["--only", "tags="], &["file-01"]),
    ];
    for (number, (asked, expected)) in cases.iter().enumerate() {
        let folder = site(&format!("handed-only-{number}"));
        let run = folder.assess(asked);
        assert_eq!(run.code, 0, "{}", run.err);
        let named: Vec<String> = records(&folder, "out/vms.csv").iter().map(|row| row["vm"].clone()).collect();
        assert_eq!(named, *expected, "{asked:?}");
        let inputs = records(&folder, "out/inputs.csv");
        let machines = inputs.iter().find(|row| row["file"] == "machines.csv").unwrap();
        let left_out = 3 - expected.len();
        assert_eq!(machines["rows_left_out"], left_out.to_string());
        assert!(machines["left_out_reasons"].contains("outside the scope asked for"), "{machines:?}");
        let subjects: BTreeSet<String> = records(&folder, "out/findings.csv")
            .iter()
            .filter(|row| row["subject_kind"] == "vm")
            .map(|row| row["subject"].clone())
            .collect();
        assert!(subjects.iter().all(|subject| expected.contains(&subject.as_str())), "{subjects:?}");
    }
    let folder = site("handed-only-none");
    let run = folder.assess(&["--only", "environment=moon"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("--only leaves none of 3 machines"), "{}", run.err);
    let run = folder.assess(&["--only", "colour=red"]);
    assert!(run.code == 2 && run.err.contains("choose by owner, department"), "{}", run.err);
}

#[test]
fn csv_for_excel_has_a_mark_and_semicolons() {
    let folder = site("handed-excel");
    assert_eq!(folder.assess(&["--csv", "excel"]).code, 0);
    let text = folder.text("out/vms.csv");
    let text = text.strip_prefix('\u{feff}').expect("a mark that says UTF-8");
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(text.as_bytes());
    assert_eq!(reader.headers().unwrap().get(0), Some("vm"));
    let tags = reader.headers().unwrap().iter().position(|name| name == "tags").unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 3);
    assert_eq!(&rows[0][tags], "web, dmz");
    let again = site("handed-excel-plain");
    assert_eq!(again.assess(&[]).code, 0);
    assert!(again.text("out/vms.csv").starts_with("vm,vm_id,"));
}
