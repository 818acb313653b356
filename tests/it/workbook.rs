//! The workbook: every table whole, entries carried over and never lost, and no text that becomes a formula.

use std::path::Path;
use std::process::{Command, Output};

use calamine::{Data, Reader as _, Xlsx, open_workbook_from_rs};
use rust_xlsxwriter::{Workbook, Worksheet};

use crate::binary::Folder;

type Sheets = Xlsx<std::io::Cursor<Vec<u8>>>;

const MACHINES: &str = "\
VM name,VM ID,Generation,vCPUs,Memory (GB),Guest OS,OS disk size (GB),Number of disks
a1,a0000000-0000-0000-0000-000000000001,1,2,4,Windows Server 2019 Standard,3000,1
\"=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\",a0000000-0000-0000-0000-000000000002,2,2,4,Windows Server 2022 Standard,60,1
+b2,a0000000-0000-0000-0000-000000000003,2,2,4,Windows Server 2022 Standard,60,1
";

fn klar(site: &Folder, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_klar"))
        .current_dir(site.path("."))
        .args(["assess", "in", "-o", "out", "--as-of", "2026-11-22", "--quiet"])
        .args(arguments)
        .output()
        .expect("klar runs")
}

fn site(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.put("in/vms.csv", MACHINES);
    folder
}

fn book(path: &Path) -> Sheets {
    open_workbook_from_rs(std::io::Cursor::new(std::fs::read(path).unwrap())).unwrap()
}

/// A sheet's cells as texts, row by row.
fn rows(book: &mut Sheets, sheet: &str) -> Vec<Vec<String>> {
    let range = book.worksheet_range(sheet).unwrap();
    range.rows().map(|row| row.iter().map(Data::to_string).collect()).collect()
}

fn column(rows: &[Vec<String>], heading: &str) -> usize {
    rows[0].iter().position(|head| head == heading).unwrap_or_else(|| panic!("no {heading} in {:?}", rows[0]))
}

/// Enters an owner and a comment for the first row of a sheet, as a person would, by writing the sheet anew.
pub fn enter(path: &Path, sheet: &str, comment: &str) {
    let mut before = book(path);
    let mut after = Workbook::new();
    for name in before.sheet_names() {
        let mut cells = rows(&mut before, &name);
        if name == sheet {
            let (owner, note) = (column(&cells, "Owner"), column(&cells, "Comment"));
            "Anna Ek".clone_into(&mut cells[1][owner]);
            comment.clone_into(&mut cells[1][note]);
        }
        let page: &mut Worksheet = after.add_worksheet();
        page.set_name(&name).unwrap();
        for (row, cells) in (0..).zip(&cells) {
            for (column, text) in (0..).zip(cells) {
                page.write_string(row, column, text).unwrap();
            }
        }
    }
    after.save(path).unwrap();
}

/// The texts of every cell of a workbook.
pub fn texts(path: &Path) -> Vec<String> {
    let mut book = book(path);
    book.sheet_names().iter().flat_map(|name| rows(&mut book, name)).flatten().collect()
}

#[test]
fn every_sheet_holds_what_its_csv_file_holds() {
    let site = site("workbook-whole");
    assert!(klar(&site, &["--format", "csv,xlsx"]).status.success());
    let mut book = book(&site.path("out/report.xlsx"));
    for (sheet, file) in [
        ("Machines", "vms"),
        ("Findings", "findings"),
        ("Gaps", "gaps"),
        ("Requirements", "requirements"),
        ("Columns", "columns"),
        ("Inputs", "inputs"),
    ] {
        let csv = std::fs::read(site.path(&format!("out/{file}.csv"))).unwrap();
        let count = csv::Reader::from_reader(csv.as_slice()).records().count();
        assert_eq!(rows(&mut book, sheet).len(), count + 1, "{sheet}");
    }
    assert!(rows(&mut book, "Actions").len() > 1);
}

#[test]
fn a_workbook_given_back_is_known_for_what_it_is_and_counts_no_machine_twice() {
    let site = site("workbook-back");
    assert!(klar(&site, &["--format", "csv,xlsx"]).status.success());
    let before = std::fs::read_to_string(site.path("out/vms.csv")).unwrap();
    std::fs::rename(site.path("out"), site.path("in/earlier")).unwrap();
    std::fs::remove_file(site.path("in/earlier/manifest.json")).unwrap();
    assert!(klar(&site, &["--format", "csv"]).status.success());
    assert_eq!(std::fs::read_to_string(site.path("out/vms.csv")).unwrap(), before, "nothing is learned from a report");
    let inputs = site.rows("out/inputs.csv");
    let taken = |row: &Vec<String>| (row[0].contains("earlier/report.xlsx"), row[2].clone());
    let of_workbook: Vec<&Vec<String>> = inputs.iter().filter(|row| taken(row).0).collect();
    assert!(of_workbook.len() > 15, "{of_workbook:?}");
    for row in of_workbook {
        assert_eq!(row[2], "a report of Klar's own", "{row:?}");
    }
}

#[test]
fn a_table_too_long_for_a_sheet_goes_on_on_the_next() {
    super::writers::with_sample("almby", |view| {
        let whole = klar::report::xlsx::workbook(view, 1_000_000).unwrap();
        let parted = klar::report::xlsx::workbook(view, 20).unwrap();
        let open = |bytes: Vec<u8>| -> Sheets { open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap() };
        let (mut whole, mut parted) = (open(whole), open(parted));
        let all = rows(&mut whole, "Findings");
        assert!(all.len() > 41, "{} findings are too few to be parted", all.len());
        let mut together: Vec<Vec<String>> = Vec::new();
        let names: Vec<String> = parted.sheet_names().into_iter().filter(|name| name.starts_with("Findings")).collect();
        assert_eq!(names[..3], ["Findings", "Findings 2", "Findings 3"]);
        assert_eq!(names.len(), (all.len() - 1).div_ceil(20));
        for name in &names {
            let part = rows(&mut parted, name);
            assert_eq!(part[0], all[0], "{name} has the headings as well");
            assert!(part.len() <= 21);
            together.extend(part.into_iter().skip(1));
        }
        assert_eq!(together, all[1..], "nothing is lost and nothing twice");
    });
}

#[test]
fn a_name_that_looks_like_a_formula_stays_a_text() {
    let site = site("workbook-formula");
    assert!(klar(&site, &["--format", "xlsx"]).status.success());
    let mut book = book(&site.path("out/report.xlsx"));
    let machines = rows(&mut book, "Machines");
    let names: Vec<&str> = machines[1..].iter().map(|row| row[0].as_str()).collect();
    assert_eq!(names, ["a1", "=HYPERLINK(\"http://x\",\"y\")", "+b2"]);
    for sheet in book.sheet_names() {
        let formulas = book.worksheet_formula(&sheet).unwrap();
        assert!(formulas.used_cells().all(|(_, _, formula)| formula.is_empty()), "{sheet} holds a formula");
    }
}

#[test]
fn entries_are_carried_over_when_named_and_never_replaced_unasked() {
    let site = site("workbook-kept");
    let report = site.path("out/report.xlsx");
    assert!(klar(&site, &["--format", "xlsx"]).status.success());
    assert!(klar(&site, &["--format", "xlsx"]).status.success(), "a workbook without entries is replaced");
    enter(&report, "Actions", "ordered");
    enter(&report, "Findings", "asked the owner");
    let refused = klar(&site, &["--format", "xlsx"]);
    assert_eq!(refused.status.code(), Some(2));
    let said = String::from_utf8_lossy(&refused.stderr).replace('\n', " ");
    assert!(said.contains("--keep"), "{said}");

    assert!(klar(&site, &["--format", "xlsx", "--keep", "out/report.xlsx"]).status.success());
    let mut kept = book(&report);
    for (sheet, comment) in [("Actions", "ordered"), ("Findings", "asked the owner")] {
        let cells = rows(&mut kept, sheet);
        assert_eq!(cells[1][column(&cells, "Owner")], "Anna Ek");
        assert_eq!(cells[1][column(&cells, "Comment")], comment);
    }
    assert!(!kept.sheet_names().contains(&"Closed".to_owned()));
}

#[test]
fn an_entry_whose_finding_is_gone_goes_to_a_sheet_of_its_own_and_stays_there() {
    let site = site("workbook-closed");
    let report = site.path("out/report.xlsx");
    assert!(klar(&site, &["--format", "xlsx"]).status.success());
    enter(&report, "Actions", "shrink it");
    let mut entered = book(&report);
    let id = rows(&mut entered, "Actions")[1][0].clone();
    std::fs::write(site.path("in/vms.csv"), MACHINES.replace(",3000,", ",60,")).unwrap();
    for _ in 0..2 {
        let done = klar(&site, &["--format", "xlsx", "--keep", "out/report.xlsx"]);
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let mut book = book(&report);
        let closed = rows(&mut book, "Closed");
        assert_eq!(closed.len(), 2);
        assert_eq!(closed[1][column(&closed, "ID")], id);
        assert_eq!(closed[1][column(&closed, "Comment")], "shrink it");
        assert!(!closed[1][column(&closed, "What it was")].is_empty());
    }
}

#[test]
fn what_is_no_workbook_of_ours_is_named_and_nothing_is_written() {
    let site = site("workbook-foreign");
    std::fs::write(site.path("other.xlsx"), b"no workbook").unwrap();
    let refused = klar(&site, &["--keep", "other.xlsx"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("other.xlsx"));
    assert!(!site.path("out/report.pdf").exists());
}
