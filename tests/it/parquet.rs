//! Parquet files: the published tables, typed, with the site first, and the same bytes on every run.

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;

use klar::tables::{Column, EXPORTED_SITE, SITE, Shape, Table, Value, data_type};
use polars::prelude::{AnyValue, DataFrame, DataType, SerReader};
use polars_io::parquet::read::ParquetReader;

use super::binary::Folder;
use super::writers::with_sample;

const MACHINES: &str = "VM,VM host,Site,Guest OS,Generation,vCPUs,Memory (GB),OS disk size (GB)\n\
    web-01,hv01,Room 4,Windows Server 2022,2,4,16,127\ndb-01,hv02,,Windows Server 2019,1,8,64,4500\n";

fn read(bytes: &[u8]) -> DataFrame {
    ParquetReader::new(Cursor::new(bytes.to_vec())).finish().unwrap()
}

#[test]
fn every_table_is_a_file_of_typed_columns_with_the_site_first() {
    with_sample("tallvik", |view| {
        let mut seen = Vec::new();
        for table in view.tables_of_site() {
            let mut bytes = Vec::new();
            klar::report::parquet::write(&table, &mut bytes).unwrap();
            let frame = read(&bytes);
            assert_eq!(frame.shape(), (table.len, table.heads.len()), "{}", table.name);
            assert_eq!(frame.get_column_names_str()[0], SITE, "{}", table.name);
            for (head, column) in table.heads.iter().zip(frame.get_columns()) {
                assert_eq!(
                    (column.name().as_str(), column.dtype()),
                    (&*head.name, &data_type(head.kind)),
                    "{}",
                    table.name
                );
            }
            seen.push(table.name);
        }
        for name in ["vms", "findings", "requirements", "disks", "nics", "hosts"] {
            assert!(seen.contains(&name), "{name} is in {seen:?}");
        }
        let findings = view.tables_of_site().into_iter().find(|table| table.name == "findings").unwrap();
        let mut bytes = Vec::new();
        klar::report::parquet::write(&findings, &mut bytes).unwrap();
        let dates = read(&bytes).column("document_date").unwrap().clone();
        assert_eq!(dates.dtype(), &DataType::Date);
        let texts: Vec<String> = (0..dates.len()).map(|row| dates.get(row).unwrap().to_string()).collect();
        assert!(texts.iter().any(|day| day.starts_with("20") && day.len() == 10), "{texts:?}");
    });
}

#[test]
fn the_files_hold_what_the_csv_files_hold() {
    let folder = Folder::new("parquet-csv");
    folder.put("in/machines.csv", MACHINES);
    let run = folder.run(&["assess", "in", "-o", "out", "--as-of", "2026-11-22", "--format", "csv,parquet"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let csv: Vec<String> = folder.names("out").into_iter().filter(|name| name.contains(".csv")).collect();
    assert!(csv.len() > 10, "{csv:?}");
    for name in csv {
        let rows = folder.rows(&format!("out/{name}"));
        let bytes = fs::read(folder.path(&format!("out/parquet/{}", name.replace(".csv", ".parquet")))).unwrap();
        let frame = read(&bytes);
        let heads: Vec<&str> = rows[0].iter().map(|head| if head == SITE { EXPORTED_SITE } else { head }).collect();
        assert_eq!(frame.get_column_names_str()[1..], heads, "{name}");
        assert_eq!(frame.height(), rows.len() - 1, "{name}");
        for (place, row) in rows[1..].iter().enumerate() {
            let cells = frame.get_columns().iter().map(|column| match column.get(place).unwrap() {
                AnyValue::Null => String::new(),
                AnyValue::String(text) => text.to_owned(),
                AnyValue::StringOwned(text) => text.to_string(),
                other => other.to_string(),
            });
            let cells: Vec<String> = cells.collect();
            assert_eq!(cells[0], "in", "{name}: the folder's name is the site");
            let undone: Vec<&str> = row.iter().map(|cell| cell.strip_prefix('\'').unwrap_or(cell)).collect();
            assert_eq!(cells[1..], undone, "{name} row {place}");
        }
    }
    let frame = read(&fs::read(folder.path("out/parquet/vms.parquet")).unwrap());
    let own = frame.column(EXPORTED_SITE).unwrap().str().unwrap();
    assert_eq!(own.iter().collect::<Vec<_>>(), [Some("Room 4"), None]);
}

#[test]
fn the_site_is_as_named_and_the_bytes_are_the_same_wherever_it_is_made() {
    let folder = Folder::new("parquet-again");
    folder.put("in/machines.csv", MACHINES).put("elsewhere/kista/machines.csv", MACHINES);
    let written = |out: &str, more: &[&str]| {
        let fixed = ["assess", "-o", out, "--as-of", "2026-11-22", "--format", "parquet"];
        assert_eq!(folder.run(&[&fixed, more].concat()).code, 0);
        let names = folder.names(&format!("{out}/parquet"));
        let file = |name: String| (name.clone(), fs::read(folder.path(&format!("{out}/parquet/{name}"))).unwrap());
        names.into_iter().map(file).collect::<BTreeMap<_, _>>()
    };
    let named = written("one", &["in", "--site", "Kista"]);
    assert!(named == written("two", &["elsewhere/kista", "--site", "Kista", "--jobs", "1"]), "the same bytes");
    assert_eq!(read(&named["vms.parquet"]).column(SITE).unwrap().str().unwrap().get(0), Some("Kista"));
    let by_folder = written("three", &["elsewhere/kista"]);
    assert_eq!(read(&by_folder["vms.parquet"]).column(SITE).unwrap().str().unwrap().get(0), Some("kista"));
    // A set is the same when it is made again from a copy of its inputs in a folder of another name.
    let again = folder.run(&["verify", "three", "--rerun", "in"]);
    assert_eq!(again.code, 0, "{}{}", again.out, again.err);
    // The next set takes the folder away with what was in it.
    assert_eq!(folder.run(&["assess", "in", "-o", "three", "--format", "csv"]).code, 0);
    assert!(!folder.path("three/parquet").exists());
}

#[test]
fn a_file_of_klars_is_no_inventory_and_another_is_refused() {
    let folder = Folder::new("parquet-among-inputs");
    folder.put("in/machines.csv", MACHINES);
    assert_eq!(folder.run(&["assess", "in", "-o", "out", "--format", "parquet"]).code, 0);
    folder.put("in/vms.parquet", fs::read(folder.path("out/parquet/vms.parquet")).unwrap());
    let run = folder.run(&["assess", "in", "-o", "again", "--strict"]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    let shown = folder.run(&["inspect", "in"]);
    assert!(shown.out.contains("Klar wrote this file"), "{}", shown.out);
    folder.put("in/other.parquet", b"PAR1\x15\x04\x15\x10\0\0\0\0PAR1");
    let run = folder.run(&["assess", "in", "-o", "again", "--strict"]);
    assert_eq!(run.code, 4, "{}", run.out);
}

/// A table of one column of numbers.
struct Numbers;

impl Shape for Numbers {
    type Row<'a> = usize;
}

const NUMBERS: &[Column<Numbers>] = &[
    Column::number("number", |row| Value::number(Some(*row))),
    Column::number("large", |row| Value::number(Some(u64::MAX.wrapping_shr(1) - *row as u64))),
];

#[test]
fn a_long_table_is_written_in_groups_of_rows_that_follow_one_another() {
    let long = 150_000;
    let table = Table::of("numbers", NUMBERS, long, |row| row).of_site("Kista");
    let mut bytes = Vec::new();
    klar::report::parquet::write(&table, &mut bytes).unwrap();
    let mut reader = ParquetReader::new(Cursor::new(bytes.clone()));
    let mut groups = Vec::new();
    for group in &reader.get_metadata().unwrap().row_groups {
        groups.push(group.num_rows());
    }
    assert_eq!(groups, [65_536, 65_536, 18_928]);
    let frame = read(&bytes);
    let numbers = frame.column("number").unwrap().i64().unwrap();
    assert!(numbers.iter().zip(0..).all(|(found, number)| found == Some(number)), "in order");
    // Numbers beyond what conditions reckon with are published as they are.
    assert_eq!(frame.column("large").unwrap().i64().unwrap().get(1), Some(i64::MAX - 1));
    let none = Table::of("numbers", NUMBERS, 0, |row| row).of_site("Kista");
    let mut bytes = Vec::new();
    klar::report::parquet::write(&none, &mut bytes).unwrap();
    assert_eq!(read(&bytes).shape(), (0, 3));
}
