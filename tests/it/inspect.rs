//! What a person is told of how inputs were read: `klar inspect`, `columns.csv`, and the files begun from an export.

use std::collections::BTreeSet;

use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use super::binary::{Folder, Run};
use super::outputs::schema::breaches;

fn folder(name: &str, file: &str, text: &str) -> Folder {
    let folder = Folder::new(&format!("inspect-{name}"));
    folder.put(&format!("in/{file}"), text);
    folder
}

fn done(run: Run) -> String {
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    run.out
}

fn text(folder: &Folder) -> String {
    let out = done(folder.run(&["inspect", "in"]));
    let wide: Vec<&str> = out.lines().filter(|line| line.width() > 80).collect();
    assert!(wide.is_empty(), "wider than 80 columns:\n{}", wide.join("\n"));
    out
}

/// What is told on one line, whatever its layout.
fn told(folder: &Folder) -> String {
    text(folder).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn json(folder: &Folder, more: &[&str]) -> Value {
    let out = done(folder.run(&[&["inspect", "in", "--format", "json"], more].concat()));
    serde_json::from_str(&out).unwrap()
}

/// The table of a file of one.
fn table(json: &Value) -> &Value {
    &json["files"][0]["tables"][0]
}

fn column<'a>(table: &'a Value, heading: &str) -> &'a Value {
    let columns = table["columns"].as_array().unwrap();
    columns.iter().find(|column| column["heading"] == heading).unwrap_or_else(|| panic!("{heading} in {table}"))
}

const EITHER: &str = "Server,OS,CPU,RAM (GB),Note\na,Windows Server 2022,2,8,x\nb,Windows Server 2019,2,8,y\n";

#[test]
fn the_two_best_readings_are_shown_with_the_numbers_of_the_loser_too() {
    let folder = folder(
        "candidates",
        "servers.csv",
        "Server,OS,vCPU,RAM (GB),Note\na,Windows Server 2022,2,8,x\nb,Windows Server 2019,zwei,8,y\n",
    );
    let found = json(&folder, &[]);
    let numbers = |one: &Value| {
        let names = ["facts", "values_that_fit", "values_that_do_not", "columns_dropped"];
        names.map(|name| one[name].as_u64().unwrap())
    };
    let candidates = table(&found)["candidates"].as_array().unwrap();
    let [taken, other] = &candidates[..] else { panic!("{candidates:?}") };
    assert_eq!((taken["title"].as_str(), taken["taken"].as_bool()), (Some("machine list"), Some(true)));
    assert_eq!(numbers(taken), [4, 7, 1, 1]);
    assert_eq!((other["title"].as_str(), other["taken"].as_bool()), (Some("host list"), Some(false)));
    assert_eq!(numbers(other), [3, 6, 0, 2], "a host list has no column for vCPUs");
    assert_eq!(other["why"], "It gives 1 fact fewer.");
    let lines: Vec<String> =
        text(&folder).lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    assert!(lines.iter().any(|line| line.starts_with("machine list 4 7 1 1 It gives the most facts.")), "{lines:?}");
    assert!(lines.iter().any(|line| line.starts_with("not host list 3 6 0 2 It gives 1 fact fewer.")), "{lines:?}");
}

#[test]
fn a_tie_is_told() {
    let folder = folder("tie", "servers.csv", EITHER);
    let told = told(&folder);
    assert!(told.contains("It could be a machine list or a host list: each explains 4 facts"), "{told}");
    let found = json(&folder, &[]);
    let candidates = &table(&found)["candidates"];
    assert!(candidates[0]["why"].as_str().unwrap().starts_with("A tie:"), "{candidates}");
    assert!(candidates[1]["why"].as_str().unwrap().starts_with("A tie:"), "{candidates}");
}

#[test]
fn rivals_of_a_column_are_told_with_why_they_lost() {
    let folder = folder(
        "rivals",
        "disks.csv",
        "VM,Guest OS,Memory (GB),RAM (GB),State\nsrv-a,Windows Server 2022,8,8,Skåne\nsrv-b,Windows Server 2019,16,16,Halland\nsrv-c,Windows Server 2019,16,16,Blekinge\n",
    );
    let found = json(&folder, &[]);
    let rivals = &column(table(&found), "Memory (GB)")["rivals"];
    assert_eq!(rivals[0]["heading"], "RAM (GB)", "{rivals}");
    assert_eq!(rivals[0]["why"], "`Memory (GB)` gives it already");
    let state = column(table(&found), "State");
    assert_eq!((state["field"].as_str(), state["nearest"].as_str()), (None, Some("power_state")), "{state}");
    let told = told(&folder);
    for expected in ["RAM (GB) Memory `Memory (GB)` gives it already", "It is not read as Power state"] {
        assert!(told.contains(expected), "{expected}: {told}");
    }
}

#[test]
fn missing_facts_are_ranked_by_the_machines_they_leave_unknown() {
    let folder = folder(
        "ranked",
        "list.csv",
        "VM,Guest OS,Generation,vCPUs,Memory (GB)\na,Windows Server 2022,2,2,8\nb,,1,2,8\nc,Windows Server 2019,2,2,8\n",
    );
    let found = json(&folder, &[]);
    assert_eq!(found["machines"], 3);
    let missing = found["missing"].as_array().unwrap();
    let counts: Vec<u64> = missing.iter().map(|fact| fact["machines_unknown"].as_u64().unwrap()).collect();
    assert!(counts.is_sorted_by(|one, other| one >= other), "{counts:?}");
    let of = |field: &str| missing.iter().find(|fact| fact["field"] == field).unwrap_or_else(|| panic!("{field}"));
    assert_eq!(of("guest_os")["machines_unknown"], 1, "one machine's system is not told");
    assert_eq!(counts[0], 3, "no column tells of disks");
    assert!(missing.iter().all(|fact| fact["field"] != "generation"));
    let told = told(&folder);
    let (first, second) = (told.find("3 of 3 unknown"), told.find("1 of 3 unknown"));
    assert!(first.is_some() && first < second, "{told}");
}

#[test]
fn what_an_unused_column_names_is_not_called_missing() {
    let folder = folder(
        "named",
        "list.csv",
        "VM,Guest OS,vCPUs,Memory (GB),Generatoin,OS disk size (GB)\na,Windows Server 2022,2,8,2,80\nb,Windows Server 2019,2,8,1,80\n",
    );
    let found = json(&folder, &[]);
    assert_eq!(column(table(&found), "Generatoin")["nearest"], "generation");
    let fields = |list: &str| -> BTreeSet<String> {
        let facts = found[list].as_array().unwrap().iter();
        facts.map(|fact| fact["field"].as_str().unwrap().to_owned()).collect()
    };
    assert!(fields("may_be_there").contains("generation") && !fields("missing").contains("generation"), "{found}");
    let told = told(&folder);
    let expected = "Column `Generatoin` of in/list.csv may hold it. If it holds Generation, call it `Generation` or map it: \
                    [[column]] file = \"list.csv\", heading = \"Generatoin\", field = \"generation\"";
    assert!(told.contains(expected), "{told}");
}

#[test]
fn every_column_that_is_not_read_whole_has_advice() {
    let folder = folder(
        "advice",
        "list.csv",
        "VM,Guest OS,Generatoin,Memory,Memory,Disk size,CPU cores,Colour,Spare,Network id\n\
         a,Windows Server 2022,2,8,x,60,four,red,,00:15:5D:00:00:01\n\
         b,Windows Server 2019,1,16,y,100,2,green,,00:15:5D:00:00:02\n",
    );
    folder.assess(&[]);
    let rows = folder.rows("out/columns.csv");
    let at = |name: &str| rows[0].iter().position(|head| head == name).unwrap();
    let (heading, field, nearest, advice) = (at("heading"), at("field"), at("nearest"), at("advice"));
    let mut seen = BTreeSet::new();
    for row in &rows[1..] {
        let is_whole = !row[field].is_empty() && row[at("unreadable")] == "0" && row[at("unit")] != "not settled";
        assert_eq!(row[advice].is_empty(), is_whole, "{row:?}");
        seen.insert((row[heading].as_str(), row[nearest].as_str(), row[advice].as_str()));
    }
    let advice = |wanted: &str, near: &str| {
        let found = seen.iter().find(|(heading, nearest, _)| *heading == wanted && *nearest == near);
        found.unwrap_or_else(|| panic!("{wanted} near {near}: {seen:#?}")).2
    };
    assert!(advice("Generatoin", "generation").contains("call it `Generation` or map it: [[column]]"));
    assert!(advice("Network id", "nic_mac").contains("field = \"nic_mac\""), "told by its cells");
    assert!(advice("Colour", "").contains("field = \"KEY\""));
    assert!(advice("Spare", "").contains("it holds nothing"));
    assert!(advice("CPU cores", "").contains("`four` cannot be read (cells: 1)"));
    assert!(advice("Memory", "memory").contains("Leave it if `Memory` gives Memory"));
}

/// The lines of a `[[column]]` out of an advice.
fn section(advice: &str) -> String {
    let (_, keys) = advice.split_once("[[column]] ").unwrap_or_else(|| panic!("{advice} maps nothing"));
    format!("[[column]]\n{}\n", keys.replace("\", ", "\"\n"))
}

#[test]
fn advice_that_is_followed_makes_the_column_read() {
    let rows = "a,Windows Server 2022,2\nb,Windows Server 2019,1\n";
    let folder = folder("followed", "list.csv", &format!("VM,Guest OS,Generatoin\n{rows}"));
    let found = json(&folder, &[]);
    let advice = column(table(&found), "Generatoin")["advice"].as_str().unwrap();
    folder.put("klar.toml", section(advice));
    let mapped = json(&folder, &["--config", "klar.toml"]);
    assert_eq!(column(table(&mapped), "Generatoin")["field"], "generation");
    let (_, name) = advice.split_once("call it `").unwrap();
    folder.put("in/list.csv", format!("VM,Guest OS,{}\n{rows}", name.split('`').next().unwrap()));
    let renamed = json(&folder, &[]);
    assert_eq!(column(table(&renamed), "Generation")["field"], "generation");
}

#[test]
fn a_unit_that_nothing_settles_is_advised_and_settled_by_the_advice() {
    let folder = folder("unsettled", "list.csv", "VM,vCPUs,OS disk\na,2,60\nb,2,4096\nc,4,131072\n");
    let found = json(&folder, &[]);
    let disk = column(table(&found), "OS disk");
    assert_eq!((disk["field"].as_str(), disk["unit"].as_str()), (Some("os_disk_size"), Some("not settled")), "{disk}");
    let advice = disk["advice"].as_str().unwrap();
    assert!(advice.starts_with("Write the unit of its numbers into the heading, such as `OS disk ("), "{advice}");
    folder.put("klar.toml", section(advice));
    let mapped = json(&folder, &["--config", "klar.toml"]);
    assert_ne!(column(table(&mapped), "OS disk")["unit"], "not settled");
    // The section of all columns is one that can be read, too.
    folder.put("klar.toml", done(folder.run(&["template", "columns", "in"])));
    let again = json(&folder, &["--config", "klar.toml"]);
    assert_eq!(column(table(&again), "OS disk")["field"], "os_disk_size");
}

#[test]
fn a_table_that_is_not_understood_shows_what_its_headings_come_near_to() {
    let folder = folder(
        "not-understood",
        "list.csv",
        "Asset no,Guest OS,vCPUs,Memory (GB),Colour\n7,Windows Server 2022,2,8,red\n8,Debian 12,4,16,blue\n",
    );
    let found = json(&folder, &[]);
    assert_eq!(table(&found)["used"], false);
    assert_eq!(column(table(&found), "Guest OS")["nearest"], "guest_os");
    assert!(column(table(&found), "Colour")["nearest"].is_null());
}

#[test]
fn the_inspection_of_every_sample_fits_its_schema_and_80_columns() {
    let folder = Folder::new("inspect-samples");
    let schema: Value = serde_json::from_str(&done(folder.run(&["template", "schema", "inspection"]))).unwrap();
    for sample in ["tallvik", "almby", "lindas"] {
        let path = format!("{}/samples/{sample}", env!("CARGO_MANIFEST_DIR"));
        let found: Value = serde_json::from_str(&done(folder.run(&["inspect", &path, "--format", "json"]))).unwrap();
        assert_eq!(found["schema"], "klar.inspection/1");
        assert_eq!(breaches(&schema, &found), Vec::<String>::new(), "{sample}");
        let out = done(folder.run(&["inspect", &path]));
        // A path stays whole, so that it can be copied.
        let is_wide = |line: &&str| line.width() > 80 && !line.contains("/samples/");
        assert_eq!(out.lines().filter(is_wide).collect::<Vec<_>>(), Vec::<&str>::new(), "{sample}");
        let tables = found["files"].as_array().unwrap().iter().flat_map(|file| file["tables"].as_array().unwrap());
        for table in tables.filter(|table| table["used"] == true) {
            let taken = table["candidates"].as_array().unwrap().iter().filter(|one| one["taken"] == true).count();
            assert_eq!(taken, 1, "{sample}: {}", table["taken_for"]);
        }
    }
}

#[test]
fn what_a_terminal_would_obey_is_json_all_the_same() {
    let folder = folder("tricks", "list.csv", "VM,Guest OS,a\u{202e}b\nx,\u{9b}31m Windows,\u{e0041}\n");
    let out = done(folder.run(&["inspect", "in", "--format", "json"]));
    assert!(!out.contains(['\u{202e}', '\u{9b}', '\u{e0041}']), "{out}");
    let found: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(column(table(&found), "a\u{202e}b")["samples"][0], "\u{e0041}");
}

/// Prints a file of headings from what is in the folder, carries it in, and tells what the table is taken for by it.
fn carried(folder: &Folder, dialect: &str) -> (String, Value) {
    folder.put("mine/dialects/own.toml", dialect);
    let lint = folder.run(&["rules", "lint", "mine"]);
    assert_eq!(lint.code, 0, "{}{}\n{dialect}", lint.out, lint.err);
    let found = json(folder, &["--catalogue", "mine"]);
    (table(&found)["taken_for"].as_str().unwrap().to_owned(), found)
}

#[test]
fn a_file_of_headings_begun_from_a_list_is_carried_in_and_known_by_its_title() {
    let folder = folder(
        "dialect",
        "Inventar \"2026\".csv",
        "VM,Guest OS,RAM (MB),Disk 1 (GB),Disk 2 (GB),Färg,\"Said \"\"so\"\"\"\na,Windows Server 2022,8192,60,100,röd,1\nb,Debian 12,4096,60,,blå,2\n",
    );
    let before = json(&folder, &[]);
    assert_eq!(table(&before)["taken_for"], "machine list");
    let dialect = done(folder.run(&["template", "dialect", "in"]));
    for expected in
        ["rows = \"machine\"\n", "vm_name = [\"VM\"]\n", "unit = \"MiB\"", "\"Disk {n} (GB)\"", "KEY = [\"Färg\"]"]
    {
        assert!(dialect.contains(expected), "{expected}: {dialect}");
    }
    let (title, after) = carried(&folder, &dialect);
    assert_eq!(title, "Inventar \"2026\"");
    let fields = |found: &Value| -> Vec<Value> {
        table(found)["columns"].as_array().unwrap().iter().map(|one| one["field"].clone()).collect()
    };
    assert_eq!(fields(&after), fields(&before));
    let rows = |found: &Value| table(found)["rows_subjects"].clone();
    assert_eq!((rows(&after), rows(&before)), (2.into(), 2.into()));
    let out = done(folder.run(&["inspect", "in", "--catalogue", "mine"]));
    assert!(out.contains("taken for Inventar \"2026\", 2 rows"), "{out}");
}

#[test]
fn a_file_of_headings_begun_from_what_is_not_understood_is_filled_in_and_known() {
    let text = "Objektnummer,Basprogram,Kärnor,Beskrivning\nsrv-1,Windows Server 2022,2,a\nsrv-2,Debian 12,4,b\n";
    let folder = folder("dialect-new", "cmdb.csv", text);
    assert_eq!(table(&json(&folder, &[]))["used"], false);
    let dialect = done(folder.run(&["template", "dialect", "in"]));
    let filled = dialect
        .replace("# KEY = [\"Objektnummer\"]", "vm_name = [\"Objektnummer\"]")
        .replace("# KEY = [\"Basprogram\"]", "guest_os = [\"Basprogram\"]");
    let (title, found) = carried(&folder, &filled);
    assert_eq!(title, "cmdb", "{filled}");
    assert_eq!(column(table(&found), "Basprogram")["field"], "guest_os");
    let own = folder.run(&["template", "dialect", "in", "--sheet", "nowhere"]);
    assert_eq!(own.code, 2);
    assert!(own.err.contains("--sheet nowhere"), "{}", own.err);
}
