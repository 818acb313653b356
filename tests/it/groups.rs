//! Groups of machines: by what the inputs say of them, each machine once a key, in every form.

use std::collections::BTreeMap;

use serde_json::Value;

use super::binary::Folder;
use super::html;

/// The rows of groups.csv by its columns.
fn rows(folder: &Folder) -> Vec<BTreeMap<String, String>> {
    let rows = folder.rows("out/groups.csv");
    rows[1..].iter().map(|row| rows[0].iter().cloned().zip(row.iter().cloned()).collect()).collect()
}

/// The values of a key in their order, each with its machines.
fn of(rows: &[BTreeMap<String, String>], key: &str) -> Vec<String> {
    let of_key = rows.iter().filter(|row| row["group"] == key);
    of_key.map(|row| format!("{}: {}", row["value"], row["machines"])).collect()
}

const LIST: &str = "\
VM name,Host,Guest OS,Generation,vCPUs,Memory (MB),OS disk (GB),Owner,Environment,Tags,Cost centre,Budget code
a,hv-1,Windows Server 2022,2,2,4096,100,Anna,Production,\"web, dmz\",4711,X
b,hv-1,Windows Server 2022,2,2,4096,9000,anna ,production,\"DMZ; web\",,X
c,hv-1,Windows Server 2022,2,2,4096,9000,Bo,Test,,4711,
d,hv-1,Windows Server 2022,2,2,4096,,,Production,dmz,,Y
";

const ROAD: [&str; 2] = ["--against", "site-recovery@2026-10"];

fn assessed(name: &str, more: &[&str]) -> Folder {
    let folder = Folder::new(name);
    folder.put("in/list.csv", LIST).put("klar.toml", "[carry]\ncolumns = [\"Budget code\"]\n");
    let run = folder.assess(&[&ROAD[..], &["--config", "klar.toml"], more].concat());
    assert_eq!(run.code, 0, "{}", run.err);
    folder
}

#[test]
fn machines_are_grouped_without_regard_to_case_and_order_of_tags() {
    let folder = assessed("groups-values", &[]);
    let rows = rows(&folder);
    assert_eq!(of(&rows, "owner"), ["Anna: 2", "Bo: 1", "not given: 1"]);
    assert_eq!(of(&rows, "environment"), ["Production: 3", "Test: 1"]);
    assert_eq!(of(&rows, "tag"), ["dmz; web: 2", "dmz: 1", "not given: 1"]);
    assert_eq!(of(&rows, "cost_centre"), ["4711: 2", "not given: 2"]);
    assert_eq!(of(&rows, "Budget code"), ["X: 2", "Y: 1", "not given: 1"]);
    assert!(of(&rows, "department").is_empty(), "no input gives one");
}

#[test]
fn each_group_tells_how_ready_it_is_and_what_holds_it_back() {
    let folder = assessed("groups-roads", &[]);
    let rows = rows(&folder);
    let anna = rows.iter().find(|row| row["value"] == "Anna").unwrap();
    let sum: u64 = ["ready", "conditions", "not_ready", "unknown"]
        .iter()
        .map(|word| anna[&format!("site_recovery_{word}")].parse::<u64>().unwrap())
        .sum();
    assert_eq!((sum, anna["site_recovery_not_ready"].as_str()), (2, "1"), "{anna:?}");
    assert!(anna["held_back_by"].contains("os-disk-over-limit (1)"), "{anna:?}");
    assert_eq!(anna["azure_migrate_ready"], "", "that road was not judged");
    let nobody = rows.iter().find(|row| row["group"] == "owner" && row["value"] == "not given").unwrap();
    assert_eq!(nobody["site_recovery_unknown"], "1", "{nobody:?}");
    // What the machines' own rows say adds up to the same.
    let vms = folder.rows("out/vms.csv");
    let place = vms[0].iter().position(|head| head == "site_recovery").unwrap();
    let not_ready = vms.iter().filter(|row| row[place] == "not-ready").count();
    let told: usize = rows
        .iter()
        .filter(|row| row["group"] == "environment")
        .map(|row| row["site_recovery_not_ready"].parse::<usize>().unwrap())
        .sum();
    assert_eq!((not_ready, told), (2, 2));
}

#[test]
fn every_machine_is_counted_once_in_each_key_of_every_sample() {
    for sample in ["tallvik", "almby", "lindas"] {
        let folder = Folder::new(&format!("groups-sum-{sample}"));
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(sample);
        let run = folder.run(&["assess", path.to_str().unwrap(), "-o", "out", "--quiet", "--format", "csv"]);
        assert_eq!(run.code, 0, "{}", run.err);
        let machines = folder.rows("out/vms.csv").len() - 1;
        let mut sums: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        for row in rows(&folder) {
            let count: usize = row["machines"].parse().unwrap();
            let roads = row.iter().filter(|(name, _)| name.starts_with("azure_vm_"));
            let judged: usize = roads.map(|(_, value)| value.parse::<usize>().unwrap()).sum();
            let sum = sums.entry(row["group"].clone()).or_default();
            *sum = (sum.0 + count, sum.1 + judged);
        }
        for (key, sum) in &sums {
            assert_eq!(*sum, (machines, machines), "{sample}: {key}");
        }
    }
}

#[test]
fn every_form_has_the_groups() {
    let folder = assessed("groups-forms", &["--format", "csv,json,xlsx,html,pdf,docx,parquet"]);
    let told = rows(&folder);
    let record: Value = serde_json::from_str(&folder.text("out/assessment.json")).unwrap();
    let groups = record["groups"].as_array().unwrap();
    assert_eq!(groups.len(), told.len());
    assert_eq!((&groups[2]["group"], &groups[2]["value"]), (&Value::from("owner"), &Value::Null));
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(folder.path("out/report.xlsx")).unwrap();
    let sheet = calamine::Reader::worksheet_range(&mut book, "Groups").unwrap();
    assert_eq!(sheet.height(), told.len() + 1);
    assert!(folder.text("out/report.html").contains("By Budget code"));
    assert!(html::data(&folder.text("out/report.html")).contains("held_back_by"));
    assert!(folder.names("out/parquet").contains(&"groups.parquet".to_owned()));
    // Groups of many sites add up, since each is a count.
    let sql = "SELECT value, SUM(machines) AS n, SUM(site_recovery_not_ready) AS bad FROM groups WHERE \"group\" = 'environment' GROUP BY value ORDER BY value";
    let run = folder.run(&["query", sql, "out", "--format", "csv"]);
    assert_eq!((run.code, run.out.as_str()), (0, "value,n,bad\nProduction,3,1\nTest,1,1\n"), "{}", run.err);
}

#[test]
fn where_no_input_says_anything_to_group_by_there_are_no_groups() {
    let folder = Folder::new("groups-none");
    folder.put("in/list.csv", "VM name,Host,OS disk (GB)\na,hv-1,100\n");
    let run = folder.assess(&[&ROAD[..], &["--format", "csv,html"]].concat());
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(folder.rows("out/groups.csv").len(), 1, "the heading alone");
    assert!(!folder.text("out/report.html").contains("id=\"groups\""));
}
