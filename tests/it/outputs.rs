//! What the reports hold: their columns, that they agree with each other, and that no cell runs as a formula.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use klar::record::{Recorded, SCHEMA};
use serde_json::{Value, json};

use super::binary::{Folder, Run};

pub mod schema;

/// The columns of `vms.csv`; new ones go to the end, and none changes its name.
const VMS: &[&str] = &[
    "vm",
    "vm_id",
    "host",
    "cluster",
    "cloud",
    "guest_os",
    "guest_os_product",
    "architecture",
    "generation",
    "vcpus",
    "memory_mib",
    "disk_count",
    "disk_gib",
    "nic_count",
    "power_state",
    "site_recovery",
    "azure_migrate",
    "azure_vm",
    "blockers",
    "conditions",
    "warnings",
    "unknown",
    "unverified",
    "checked",
    "applicable",
    "source_file",
    "source_sheet",
    "source_row",
    "waived",
    "reasons",
    "owner",
    "environment",
    "tags",
];

/// The columns of `findings.csv`, likewise.
const FINDINGS: &[&str] = &[
    "subject_kind",
    "subject",
    "subject_id",
    "host",
    "target",
    "edition",
    "requirement",
    "severity",
    "outcome",
    "observed",
    "expected",
    "message",
    "remedy",
    "source_file",
    "source_sheet",
    "source_row",
    "source_column",
    "source_cell",
    "document",
    "section",
    "document_date",
    "url",
    "waived_by",
    "waived_until",
    "waived_reason",
    "finding_id",
    "inherited_from",
    "cluster",
    "cloud",
    "owner",
    "environment",
];

/// An estate with one of nearly everything, by the number of subjects of each scope.
const SUBJECTS: &[(&str, u64)] = &[
    ("machine", 4),
    ("host", 2),
    ("cluster", 1),
    ("cloud", 2),
    ("host group", 2),
    ("VMM server", 1),
    ("vault", 1),
    ("storage account", 1),
    ("network", 1),
    ("quota", 1),
    ("estate", 1),
];

fn estate(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder
        .put(
            "in/machines.csv",
            "VM name,VM ID,VM host,Cloud,Guest OS,Generation,vCPUs,Memory (GB),OS disk size (GB),Power state\n\
             web-01,6b1c1f0e-9f5b-4a6d-8f0e-0c7c7a4f1d01,hv01,Tall,Windows Server 2022 Datacenter,2,4,16,127,Running\n\
             file-01,,hv02,Tall,Windows Server 2008,1,4,16,9000,Running\n\
             app-01,,hv02,,,,,,,\n\
             \"comma, and \"\"quote\"\"\",,hv01,,Ubuntu Linux 22.04 (64 bit),1,2,4,60,Off\n",
        )
        .put(
            "in/hosts.csv",
            "Host name,Host operating system,Host OS version,Host group,Cluster\n\
             hv01,Windows Server 2022 Datacenter,10.0.20348,All Hosts\\Tall,clu01\n\
             hv02,Windows Server 2012 R2 Datacenter,6.3.9600,All Hosts\\Tall,clu01\n",
        )
        .put("in/clusters.csv", "Cluster name,Cluster nodes\nclu01,hv01;hv02\n")
        .put("in/clouds.csv", "Cloud name,Host groups of the cloud\nTall,All Hosts\\Tall\nGran,\n")
        .put("in/groups.csv", "Host group name,Host group path\nTall,All Hosts\\Tall\nBok,All Hosts\\Bok\n")
        .put("in/vmm.csv", "VMM server,VMM version\nvmm01,10.22.1287.0\n")
        .put(
            "in/azure.csv",
            "Azure resource type,Azure resource name,Azure region,SKU,Kind,Address space\n\
             Microsoft.RecoveryServices/vaults,valv,northeurope,Standard,,\n\
             Microsoft.Storage/storageAccounts,lager,westeurope,Standard_LRS,StorageV2,\n\
             Microsoft.Network/virtualNetworks,nat,northeurope,,,10.0.0.0/16\n",
        )
        .put("in/quota.csv", "Quota,Quota used,Quota limit,Azure region\nstandardDSv5Family,4,100,northeurope\n");
    folder
}

fn assess(folder: &Folder, more: &[&str]) -> Run {
    let fixed = ["assess", "in", "-o", "out", "--as-of", "2026-11-22", "--format", "csv,json"];
    let run = folder.run(&[&fixed, more].concat());
    assert_eq!(run.code, 0, "{}", run.err);
    run
}

/// The rows of a CSV report as maps from column to cell.
fn records(folder: &Folder, name: &str) -> Vec<BTreeMap<String, String>> {
    let mut rows = folder.rows(name).into_iter();
    let heading = rows.next().expect("a report has a heading");
    rows.map(|row| heading.iter().cloned().zip(row).collect()).collect()
}

fn assessment(folder: &Folder) -> Value {
    serde_json::from_str(&folder.text("out/assessment.json")).expect("it is JSON")
}

fn items<'a>(value: &'a Value, name: &str) -> &'a Vec<Value> {
    value[name].as_array().unwrap_or_else(|| panic!("{name} is a list"))
}

fn number(cell: &str) -> u64 {
    cell.parse().unwrap_or_else(|error| panic!("{cell}: {error}"))
}

#[test]
fn columns_keep_their_names_and_places() {
    let folder = estate("outputs-columns");
    assess(&folder, &[]);
    for (name, columns) in [("out/vms.csv", VMS), ("out/findings.csv", FINDINGS)] {
        let rows = folder.rows(name);
        assert_eq!(rows[0][..columns.len()], *columns, "{name}");
        assert!(rows.len() > 4, "{name} holds only {} rows", rows.len());
        assert!(!folder.text(name).contains('\r'), "{name}: lines end in LF");
    }
}

#[test]
fn cells_that_a_spreadsheet_would_run_are_disarmed() {
    let folder = Folder::new("outputs-formulas");
    folder.put(
        "in/machines.csv",
        "VM,VM host,Guest OS\n=1+1,hv01,+cmd\n-2,@hv,=HYPERLINK(\"http://a.example\")\n@sum,hv01,x\n+3,hv01,x\nNULL,hv01,x\n",
    );
    assess(&folder, &[]);
    let names: BTreeSet<String> = records(&folder, "out/vms.csv").into_iter().map(|row| row["vm"].clone()).collect();
    assert_eq!(names, ["'+3", "'-2", "'=1+1", "'@sum", "NULL"].map(str::to_owned).into());
    for name in ["out/vms.csv", "out/findings.csv", "out/inputs.csv", "out/requirements.csv"] {
        for cell in folder.rows(name).into_iter().flatten() {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{name} holds the cell {cell}");
        }
    }
    let machines = assessment(&folder);
    let names: BTreeSet<&str> =
        items(&machines, "machines").iter().filter_map(|machine| machine["vm"].as_str()).collect();
    assert_eq!(names, ["+3", "-2", "=1+1", "@sum", "NULL"].into(), "JSON holds names as they are");
}

#[test]
fn assessment_json_is_as_its_schema_says() {
    let schema: Value = serde_json::from_str(&Recorded::schema()).expect("the schema is JSON");
    for (name, more) in [("all", &[][..]), ("named", &["--customer", "Tall AB", "--site", "Sundsvall"])] {
        let folder = estate(&format!("outputs-schema-{name}"));
        folder.put("in/notes.csv", "Colour,Shape\nred,round\n").put("in/locked.xlsx", "not a workbook");
        assess(&folder, more);
        let value = assessment(&folder);
        assert_eq!(value["schema"], SCHEMA);
        assert_eq!(SCHEMA, "klar.assessment/2");
        let breaches = schema::breaches(&schema, &value);
        assert!(breaches.is_empty(), "{}", breaches.join("\n"));
    }
}

#[test]
fn the_schema_finds_what_does_not_fit() {
    let schema: Value = serde_json::from_str(&Recorded::schema()).expect("the schema is JSON");
    let folder = estate("outputs-misfits");
    assess(&folder, &[]);
    let whole = assessment(&folder);
    let misfits: [(&str, Value); 9] = [
        ("/schema", json!(2)),
        ("/as_of", json!("22 November")),
        ("/machines/0/vcpus", json!("four")),
        ("/machines/0/vcpus", json!(-1)),
        ("/machines/0/results/0/readiness", json!("fine")),
        ("/machines/0/source", json!({"file": "a.csv", "sheet": ""})),
        ("/inputs/0/colour", json!("red")),
        ("/editions/0/target", json!("moon")),
        ("/editions/0/readiness/0", json!(["ready", 1, 2])),
    ];
    for (pointer, value) in misfits {
        let (parent, name) = pointer.rsplit_once('/').expect("a pointer has parts");
        let mut broken = whole.clone();
        match broken.pointer_mut(parent).expect("it is there") {
            Value::Object(members) => drop(members.insert(name.to_owned(), value)),
            Value::Array(items) => items[name.parse::<usize>().expect("an index")] = value,
            other => panic!("{parent} is {other}"),
        }
        assert!(!schema::breaches(&schema, &broken).is_empty(), "{pointer} does not fit, and nothing is found");
    }
}

/// Every report holds the same machines and the same findings.
fn reports_agree(folder: &Folder) {
    let vms = records(folder, "out/vms.csv");
    let findings = records(folder, "out/findings.csv");
    let whole = assessment(folder);
    assert_eq!(vms.len(), items(&whole, "machines").len());
    // What is inherited stands at each machine in CSV, and once in JSON.
    let own: Vec<_> = findings.iter().filter(|row| row["inherited_from"].is_empty()).collect();
    let outcomes = |outcome: &str| items(&whole, "findings").iter().filter(|item| item["outcome"] == outcome).count();
    assert_eq!(own.iter().filter(|row| row["outcome"] == "not-met").count(), outcomes("not-met"));
    let ids: BTreeSet<&str> = findings.iter().map(|row| row["finding_id"].as_str()).collect();
    assert_eq!(ids.len(), findings.len(), "every finding has an identifier of its own");
    for vm in &vms {
        let about = &vm["vm"];
        let of_machine = |row: &&BTreeMap<String, String>| {
            row["subject_kind"] == "vm"
                && !row["source_row"].is_empty()
                && row["subject"] == *about
                && row["host"] == vm["host"]
        };
        let rows: Vec<_> = findings.iter().filter(of_machine).collect();
        let distinct = |keep: &dyn Fn(&BTreeMap<String, String>) -> bool| -> u64 {
            let names: BTreeSet<&str> =
                rows.iter().filter(|row| keep(row)).map(|row| row["requirement"].as_str()).collect();
            names.len() as u64
        };
        let stands = |row: &BTreeMap<String, String>| row["outcome"] == "not-met" && row["waived_by"].is_empty();
        for (column, severity) in [("blockers", "blocker"), ("conditions", "condition"), ("warnings", "warning")] {
            let told = distinct(&|row| stands(row) && row["severity"] == severity);
            assert_eq!(number(&vm[column]), told, "{column} of {about}");
        }
        assert_eq!(number(&vm["unknown"]), distinct(&|row| row["outcome"] == "unknown"), "unknown of {about}");
        let is_ready = ["site_recovery", "azure_migrate", "azure_vm"]
            .iter()
            .all(|road| vm[*road] == "ready" || vm[*road].is_empty());
        assert_eq!(vm["reasons"].is_empty(), is_ready, "{about} has reasons {}", vm["reasons"]);
        let named: BTreeSet<&str> = vm["reasons"].split("; ").filter_map(|reason| reason.split(' ').next()).collect();
        let holding: BTreeSet<&str> = rows
            .iter()
            .filter(|row| {
                row["outcome"] == "unknown"
                    || (stands(row) && row["severity"] != "warning" && row["severity"] != "info")
            })
            .map(|row| row["requirement"].as_str())
            .collect();
        assert_eq!(named.iter().filter(|name| !name.is_empty()).count(), holding.len(), "reasons of {about}");
        assert!(number(&vm["checked"]) <= number(&vm["applicable"]), "{about}");
    }
}

/// Every finding names where it was seen and who published what it rests on.
fn findings_have_evidence(folder: &Folder, inputs: &Path) {
    for row in records(folder, "out/findings.csv") {
        let about = format!("{} of {}", row["requirement"], row["subject"]);
        if row["source_file"].is_empty() {
            assert!(row["source_row"].is_empty(), "{about} has a row of no file");
        } else {
            assert!(inputs.join(&row["source_file"]).is_file(), "{about}: {} is no file", row["source_file"]);
            assert!(number(&row["source_row"]) >= 1, "{about}");
        }
        assert!(row["url"].starts_with("https://"), "{about}: {}", row["url"]);
        for column in ["document", "section", "document_date", "message", "remedy"] {
            assert!(!row[column].is_empty(), "{about} has no {column}");
        }
        assert_eq!(row["outcome"] == "not-met", !row["observed"].is_empty(), "{about}: observed {}", row["observed"]);
    }
}

#[test]
fn every_report_tells_the_same() {
    let folder = estate("outputs-agree");
    assess(&folder, &["--findings", "all"]);
    let kinds: BTreeSet<String> =
        records(&folder, "out/findings.csv").into_iter().map(|row| row["subject_kind"].clone()).collect();
    assert!(kinds.len() >= 6, "only {kinds:?}");
    reports_agree(&folder);
    findings_have_evidence(&folder, &folder.path("in"));
}

#[test]
fn every_requirement_is_counted_for_every_subject() {
    let folder = estate("outputs-tallies");
    assess(&folder, &[]);
    let requirements = records(&folder, "out/requirements.csv");
    let mut scopes = BTreeSet::new();
    for row in &requirements {
        let outcomes = ["met", "not_met", "unknown", "unverified", "not_applicable"];
        let told: u64 = outcomes.iter().map(|outcome| number(&row[*outcome])).sum();
        let scope = row["scope"].as_str();
        let (_, subjects) = SUBJECTS.iter().find(|(known, _)| *known == scope).unwrap_or_else(|| panic!("{scope}"));
        assert_eq!(told, *subjects, "{} of each {scope}", row["requirement"]);
        scopes.insert(scope);
    }
    assert_eq!(scopes.len(), SUBJECTS.len(), "only {scopes:?}");
}

#[test]
fn the_reports_of_every_sample_agree() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let stories: Vec<_> = std::fs::read_dir(&samples)
        .expect("there are samples")
        .map(|entry| entry.expect("listed").path())
        .filter(|path| path.is_dir())
        .collect();
    assert!(stories.len() >= 3, "only {stories:?}");
    for story in stories {
        let name = story.file_name().expect("a name").to_string_lossy().into_owned();
        let folder = Folder::new(&format!("outputs-sample-{name}"));
        let path = story.to_string_lossy().into_owned();
        let fixed = ["assess", &path, "-o", "out", "--as-of", "2026-11-22", "--format", "csv,json"];
        let run = folder.run(&fixed);
        assert_eq!(run.code, 0, "{name}: {}", run.err);
        let schema: Value = serde_json::from_str(&Recorded::schema()).expect("the schema is JSON");
        assert_eq!(schema::breaches(&schema, &assessment(&folder)), Vec::<String>::new(), "{name}");
        reports_agree(&folder);
        findings_have_evidence(&folder, &story);
    }
}
