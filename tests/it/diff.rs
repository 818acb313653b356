//! Two assessments compared: what is fixed, new and worse, who made it so, and what is refused.

mod plan;

use std::fs;
use std::path::Path;

use klar::compare::DATED;
use serde_json::Value;

use super::binary::{Folder, Run};

/// A road's edition that the tests judge by.
const ROAD: [&str; 2] = ["--against", "site-recovery@2026-10"];

const HEAD: &str = "VM name,VM ID,Host,Guest OS,Generation,vCPUs,Memory (MB),OS disk (GB),Secure Boot,Owner";

/// A machine that is ready for the road, but for what the tests change.
fn machine(name: &str, id: u32, memory: &str, os_disk: &str) -> String {
    let id = format!("0000{id:04}-1111-4000-8000-000000000000");
    format!("{name},{id},hv-{id},Windows Server 2016 Standard,1,2,{memory},{os_disk},Off,ada")
}

/// Assesses rows into a folder of reports of its own.
fn visit(folder: &Folder, name: &str, rows: &[String], more: &[&str]) {
    visit_of(folder, name, &format!("{HEAD}\n{}\n", rows.join("\n")), more);
}

fn visit_of(folder: &Folder, name: &str, table: &str, more: &[&str]) {
    folder.put(&format!("{name}-in/machines.csv"), table);
    let (input, output) = (format!("{name}-in"), format!("{name}-out"));
    let road: &[&str] = if more.contains(&"--against") { &[] } else { &ROAD };
    let day: &[&str] = if more.contains(&"--as-of") { &[] } else { &["--as-of", "2026-11-22"] };
    let fixed = ["assess", input.as_str(), "-o", output.as_str(), "--quiet", "--format", "json"];
    let run = folder.run(&[&fixed, road, day, more].concat());
    assert_eq!(run.code, 0, "{}", run.err);
}

fn diff(folder: &Folder, more: &[&str]) -> Run {
    folder.run(&[&["diff", "old-out", "new-out"], more].concat())
}

fn changes(folder: &Folder) -> Value {
    let run = diff(folder, &["--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.err);
    serde_json::from_str(&run.out).unwrap()
}

/// Rows of the comparison as CSV: about, change, subject, and the columns asked for.
fn rows(folder: &Folder, columns: &[&str]) -> Vec<String> {
    let run = diff(folder, &["--format", "csv"]);
    let mut reader = csv::Reader::from_reader(run.out.as_bytes());
    let heads = reader.headers().unwrap().clone();
    let place = |name: &str| heads.iter().position(|head| head == name).unwrap_or_else(|| panic!("no {name}"));
    let places: Vec<usize> = ["about", "change", "subject"].iter().chain(columns).map(|name| place(name)).collect();
    reader
        .records()
        .map(|row| {
            let row = row.unwrap();
            places.iter().map(|place| row[*place].to_owned()).collect::<Vec<_>>().join(" ")
        })
        .collect()
}

#[test]
fn an_assessment_and_itself_differ_in_nothing() {
    let folder = Folder::new("diff-same");
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/tallvik");
    let assess = ["assess", sample.to_str().unwrap(), "-o", "out", "--quiet", "--format", "json"];
    assert_eq!(folder.run(&assess).code, 0);
    let same = |more: &[&str]| folder.run(&[&["diff", "out", "out/assessment.json"], more].concat());
    let text = same(&["--fail-on", "worse"]);
    assert_eq!((text.code, text.err.as_str()), (0, ""));
    assert!(text.out.contains("Nothing changed."), "{}", text.out);
    assert_eq!(same(&["--format", "csv"]).out.lines().count(), 1, "the heading alone");
    let json: Value = serde_json::from_str(&same(&["--format", "json"]).out).unwrap();
    assert_eq!(json["schema"], "klar.changes/1");
    assert_eq!(json["plan"]["held_by"], "both");
    assert_eq!(json["plan"]["changes"], Value::Array(Vec::new()));
    assert!(json["plan"]["totals"].as_array().is_some_and(|totals| totals.len() > 5), "there was a plan to compare");
    for list in ["came", "gone", "readiness", "changed", "facts", "not_compared"] {
        assert_eq!(json[list], Value::Array(Vec::new()), "{list}");
    }
    assert!(json["findings"]["unchanged"].as_u64().unwrap() > 0, "there was something to compare");
}

#[test]
fn what_is_fixed_new_worse_come_and_gone_is_told_with_who_made_it() {
    let folder = Folder::new("diff-site");
    let old = [
        machine("grows", 1, "4096", "100"),
        machine("shrinks", 2, "4096", "9000"),
        machine("goes", 3, "4096", "100"),
        machine("stays", 4, "4096", "9000"),
        machine("told", 5, "4096", ""),
        machine("untold", 6, "4096", "9000"),
    ];
    let new = [
        machine("untold", 6, "4096", ""),
        machine("told", 5, "4096", "9000"),
        machine("stays", 4, "4096", "9000"),
        machine("shrinks", 2, "4096", "100"),
        machine("grows", 1, "8192", "9000"),
        machine("comes", 7, "4096", "9000"),
    ];
    visit(&folder, "old", &old, &[]);
    visit(&folder, "new", &new, &[]);
    let told = rows(&folder, &["requirement", "before", "after", "made_by"]);
    let of = |about: &str| {
        let mut rows: Vec<&String> = told.iter().filter(|row| row.starts_with(about)).collect();
        rows.sort();
        rows
    };
    assert_eq!(
        of("finding").into_iter().filter(|row| row.contains(" os-disk-over-limit ")).collect::<Vec<_>>(),
        [
            "finding fixed shrinks os-disk-over-limit not-met  site",
            "finding new grows os-disk-over-limit  not-met site",
            "finding no-longer-told untold os-disk-over-limit not-met unknown site",
            "finding worse told os-disk-over-limit unknown not-met site",
        ],
        "{told:#?}"
    );
    let machines = of("machine");
    assert_eq!(machines.len(), 2, "{machines:?}");
    assert!(machines[0].starts_with("machine came comes   site-recovery: not-ready site"), "{machines:?}");
    assert!(machines[1].starts_with("machine gone goes  site-recovery: "), "{machines:?}");
    let readiness = of("readiness");
    assert!(readiness.iter().any(|row| row.starts_with("readiness worse grows ")), "{readiness:?}");
    assert!(readiness.iter().any(|row| row.starts_with("readiness better shrinks ")), "{readiness:?}");
    assert!(!told.iter().any(|row| row.contains(" stays ")), "{told:#?}");
    let facts = rows(&folder, &["fact", "before", "after"]);
    assert!(facts.contains(&"fact changed grows memory_mib 4096 8192".to_owned()), "{facts:#?}");
    let json = changes(&folder);
    assert_eq!((&json["same_inputs"], &json["same_rulebook"]), (&Value::Bool(false), &Value::Bool(true)));
    assert_eq!(json["machines"]["came"], 1);
    assert_eq!(json["machines"]["gone"], 1);
    assert_eq!(json["machines"]["worse"].as_u64().unwrap() + json["machines"]["better"].as_u64().unwrap(), 4);
    let of_new = json["roads"][0]["findings"]["came_with_subject"].as_u64();
    assert!(of_new.is_some_and(|count| count > 0), "the machine that came brings its own");
    assert_eq!(diff(&folder, &["--fail-on", "worse"]).code, 1);
    assert_eq!(diff(&folder, &[]).code, 0);
    let back = folder.run(&["diff", "new-out", "new-out", "--fail-on", "worse"]);
    assert_eq!(back.code, 0, "nothing is worse than itself");
}

#[test]
fn the_order_the_folder_and_the_day_change_nothing() {
    let folder = Folder::new("diff-order");
    let mut rows = vec![machine("a", 1, "4096", "9000"), machine("b", 2, "4096", ""), machine("c", 3, "4096", "50")];
    visit(&folder, "old", &rows, &[]);
    rows.reverse();
    folder.put("elsewhere/deeper/of another name.csv", format!("{HEAD}\n{}\n", rows.join("\n")));
    let more = ["--as-of", "2026-11-23", "--quiet", "--format", "json"];
    let run = folder.run(&[&["assess", "elsewhere", "-o", "new-out"], ROAD.as_slice(), &more].concat());
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(rows_are_empty(&folder), "{:#?}", self::rows(&folder, &["fact", "before", "after"]));
}

fn rows_are_empty(folder: &Folder) -> bool {
    rows(folder, &[]).is_empty()
}

#[test]
fn a_machine_is_known_by_its_name_where_one_visit_gives_no_id() {
    let folder = Folder::new("diff-names");
    visit_of(
        &folder,
        "old",
        "VM name,VM ID,Host,OS disk (GB)\nweb,00000001-1111-4000-8000-000000000000,h1,9000\n",
        &[],
    );
    visit_of(&folder, "new", "VM name,Host,OS disk (GB)\nWEB,h2,9000\n", &[]);
    let json = changes(&folder);
    assert_eq!((&json["came"], &json["gone"]), (&Value::Array(vec![]), &Value::Array(vec![])));
    assert_eq!(json["changed"], Value::Array(vec![]), "its findings are the ones it had");
    let facts = rows(&folder, &["fact", "before", "after"]);
    assert!(facts.contains(&"fact changed WEB host h1 h2".to_owned()), "{facts:#?}");
    // Two that both have an ID are two, whatever their names.
    visit_of(&folder, "old", "VM name,VM ID\nweb,00000001-1111-4000-8000-000000000000\n", &[]);
    visit_of(&folder, "new", "VM name,VM ID\nweb,00000002-1111-4000-8000-000000000000\n", &[]);
    let json = changes(&folder);
    assert_eq!((json["machines"]["came"].as_u64(), json["machines"]["gone"].as_u64()), (Some(1), Some(1)));
}

#[test]
fn what_a_newer_rulebook_changes_is_told_from_what_the_site_changes() {
    let folder = Folder::new("diff-rulebook");
    let rows = [machine("a", 1, "4096", "9000"), machine("b", 2, "4096", "1500"), machine("c", 3, "4096", "")];
    visit(&folder, "old", &rows, &["--against", "site-recovery@2017-07"]);
    visit(&folder, "new", &rows, &["--against", "site-recovery@2026-10"]);
    let causes = |folder: &Folder| {
        let json = changes(folder);
        let changed = json["changed"].as_array().unwrap().clone();
        let cause = |change: &Value| change["cause"].as_str().unwrap().to_owned();
        let mut causes: Vec<String> = changed.iter().map(cause).collect();
        causes.sort();
        causes.dedup();
        (causes, json)
    };
    let (found, json) = causes(&folder);
    assert_eq!(found, ["rulebook"], "{json:#}");
    assert_eq!(json["same_inputs"], true);
    assert!(diff(&folder, &[]).out.contains("was judged by 2017-07 and is judged by 2026-10"));
    // One machine changed as well: the others are the rulebook's still, and it is the site's where what is asked is the same.
    let mut more = rows.to_vec();
    more[2] = machine("c", 3, "4096", "9000");
    visit(&folder, "new", &more, &["--against", "site-recovery@2026-10"]);
    let json = changes(&folder);
    for change in json["changed"].as_array().unwrap() {
        let by = change["cause"].as_str().unwrap();
        let is_c = change["subject"] == "c";
        assert_eq!(by == "rulebook", !is_c || change["before"].is_null() && by == "rulebook", "{change:#}");
    }
}

#[test]
fn the_calendar_and_waivers_are_told_from_both() {
    let folder = Folder::new("diff-date");
    let rows = [machine("a", 1, "4096", "9000")];
    visit(&folder, "old", &rows, &["--as-of", "2026-11-22"]);
    visit(&folder, "new", &rows, &["--as-of", "2027-06-01"]);
    let told = self::rows(&folder, &["requirement", "made_by"]);
    assert!(told.contains(&"finding new a guest-os-on-paid-updates date".to_owned()), "{told:#?}");
    folder.put(
        "klar.toml",
        "[[waiver]]\nrequirement = \"os-disk-over-limit\"\nsubject = \"a\"\nreason = \"moves by hand\"\nowner = \"ada\"\nexpires = 2027-12-31\n",
    );
    visit(&folder, "new", &rows, &["--config", "klar.toml"]);
    let told = self::rows(&folder, &["requirement", "before", "after", "made_by"]);
    assert!(told.contains(&"finding eased a os-disk-over-limit not-met waived waiver".to_owned()), "{told:#?}");
}

#[test]
fn what_is_no_assessment_is_refused_with_its_name_and_what_to_do() {
    let folder = Folder::new("diff-refused");
    visit(&folder, "old", &[machine("a", 1, "4096", "100")], &[]);
    let whole = folder.text("old-out/assessment.json");
    folder.put("old/assessment.json", whole.replace("klar.assessment/2", "klar.assessment/1"));
    folder.put("cut/assessment.json", &whole[..whole.len() / 2]);
    folder.put("odd/assessment.json", "{\"schema\": \"other\"}");
    folder.put("two/a/assessment.json", &whole).put("two/b/assessment.json", &whole).put("none/x.csv", "a\n");
    let says = |name: &str, words: &[&str]| {
        let run = folder.run(&["diff", name, "old-out"]);
        assert_eq!(run.code, 2, "{name}: {}", run.out);
        for word in words {
            assert!(run.err.contains(word), "{name}: {}", run.err);
        }
    };
    says("old", &["old/assessment.json: is a klar.assessment/1", "Assess the inputs again"]);
    says("cut", &["cut/assessment.json: is damaged", "Take it from a copy, or assess the inputs again"]);
    says("odd", &["odd/assessment.json: is no assessment", "Name an assessment.json"]);
    says("two", &["two/a/assessment.json and two/b/assessment.json; name the one that is meant"]);
    says("none", &["none: holds no assessment.json; name a folder of reports"]);
    says("gone", &["gone: cannot be opened"]);
    folder.put("above/deep/reports/assessment.json", &whole);
    assert_eq!(folder.run(&["diff", "above", "old-out"]).code, 0, "one below is found");
}

#[test]
fn an_earlier_set_named_by_since_is_compared_in_every_report() {
    let folder = Folder::new("diff-since");
    visit(&folder, "old", &[machine("a", 1, "4096", "100"), machine("b", 2, "4096", "9000")], &[]);
    visit(&folder, "new", &[machine("a", 1, "4096", "9000"), machine("b", 2, "4096", "9000")], &[]);
    let fixed = ["assess", "new-in", "-o", "out", "--as-of", "2026-11-22", "--format", "csv,json,html,pdf,xlsx"];
    let run = folder.run(&[&fixed, ROAD.as_slice(), &["--since", "old-out"]].concat());
    assert_eq!(run.code, 0, "{}", run.err);
    let by_diff = diff(&folder, &["--format", "csv"]);
    assert_eq!(folder.text("out/changes.csv"), by_diff.out, "klar diff says the same");
    let record: Value = serde_json::from_str(&folder.text("out/assessment.json")).unwrap();
    assert_eq!(record["changes"], changes(&folder));
    assert!(folder.text("out/report.html").contains("What changed"));
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(folder.path("out/report.xlsx")).unwrap();
    let sheet = calamine::Reader::worksheet_range(&mut book, "Changes").unwrap();
    assert_eq!(sheet.height(), by_diff.out.lines().count());
    // A set without an earlier one tells of no changes, and one written before this Klar is refused.
    let run = folder.run(&[&fixed, ROAD.as_slice()].concat());
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(!folder.names("out").contains(&"changes.csv".to_owned()));
    folder.put("empty/x.txt", "nothing");
    let run = folder.run(&[&fixed, ROAD.as_slice(), &["--since", "empty"]].concat());
    assert_eq!(run.code, 2);
    assert!(run.err.contains("empty: holds neither an assessment.json nor a waves.csv"), "{}", run.err);
}

#[test]
fn the_comparison_fits_80_columns() {
    let folder = Folder::new("diff-width");
    let name = |number: u32| format!("a-machine-of-a-rather-long-name-{number:03}");
    let rows = |disk: &str| (1..60).map(|number| machine(&name(number), number, "4096", disk)).collect::<Vec<_>>();
    visit(&folder, "old", &rows("100"), &[]);
    visit(&folder, "new", &rows("9000"), &[]);
    let text = diff(&folder, &[]).out;
    for line in text.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    assert!(text.contains("more, in --format csv."), "{text}");
}

#[test]
fn the_requirements_that_read_the_date_are_those_named_so() {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules");
    let mut dated: Vec<String> = fs::read_dir(rules)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|file| {
            let text = fs::read_to_string(file).unwrap_or_default();
            text.contains("static RULE") && (text.contains("as_of") || text.contains("lifecycle"))
        })
        .map(|file| file.file_stem().unwrap().to_string_lossy().replace('_', "-"))
        .collect();
    dated.sort();
    assert_eq!(dated, DATED);
}
