//! What a sheet shows and does not hold: units of number formats, and cells that are merged over several rows.

use std::fmt::Write as _;
use std::sync::LazyLock;

use klar::ingest::Dialects;
use klar::ingest::source::Source;
use klar::model::Estate;

static DIALECTS: LazyLock<Dialects> = LazyLock::new(Dialects::embedded);

/// A workbook whose first sheet has the given rows of cells, each a text or, where it begins with `=`, a number and the
/// number of its style; with the given number formats and merged cells.
fn sheet(rows: &[&[&str]], formats: &[&str], merged: &[&str]) -> Vec<u8> {
    let mut data = String::new();
    for (row, cells) in (1..).zip(rows) {
        let mut of_row = String::new();
        for (column, cell) in ('A'..).zip(*cells) {
            match cell.strip_prefix('=').map(|number| number.split_once('@').unwrap_or((number, "0"))) {
                Some((number, style)) => {
                    write!(of_row, "<c r=\"{column}{row}\" s=\"{style}\"><v>{number}</v></c>").unwrap();
                }
                None if cell.is_empty() => {}
                None => {
                    write!(of_row, "<c r=\"{column}{row}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>").unwrap();
                }
            }
        }
        write!(data, "<row r=\"{row}\">{of_row}</row>").unwrap();
    }
    let merged = merged.iter().map(|cells| format!("<mergeCell ref=\"{cells}\"/>")).collect::<Vec<String>>().concat();
    let part = format!("<worksheet><sheetData>{data}</sheetData><mergeCells>{merged}</mergeCells></worksheet>");
    let codes = (200..).zip(formats).map(|(id, code)| {
        format!("<numFmt numFmtId=\"{id}\" formatCode=\"{}\"/>", code.replace('"', "&quot;").replace('>', "&gt;"))
    });
    let styles = (200..).take(formats.len()).map(|id| format!("<xf numFmtId=\"{id}\"/>"));
    let styles = format!(
        "<styleSheet><numFmts>{}</numFmts><cellXfs><xf numFmtId=\"0\"/>{}</cellXfs></styleSheet>",
        codes.collect::<String>(),
        styles.collect::<String>()
    );
    crate::craft::workbook_of(part.as_bytes(), &[("xl/styles.xml", styles.as_bytes())])
}

fn read_sheet(bytes: Vec<u8>) -> Estate {
    let source = Source { path: "list.xlsx".to_owned(), bytes, sha256: String::new() };
    klar::ingest::read(&[source], &DIALECTS)
}

#[test]
fn a_unit_that_only_the_number_format_shows_is_the_cells() {
    let rows: &[&[&str]] = &[
        &["VM", "Guest OS", "vCPU", "RAM", "OS disk", "Data disk"],
        &["pir-1", "Windows Server 2022", "=2", "=8@1", "=80@1", "=40@2"],
        &["pir-2", "Windows Server 2022", "=2", "=4096@3", "=0.25@2", "=1.5@2"],
        &["pir-3", "Windows Server 2022", "=2", "=8@1", "=80", "=2000@4"],
    ];
    let formats = [r#"0 "GB""#, r#"0.00 "TB""#, r"#,##0\ \M\B", r#"[>=1000]0.0," TB";0" GB""#];
    let estate = read_sheet(sheet(rows, &formats, &[]));
    let memory: Vec<Option<u64>> = estate.vms.iter().map(|vm| vm.memory.value().map(|size| size.0)).collect();
    assert_eq!(memory, [Some(8192), Some(4096), Some(8192)]);
    let disks: Vec<Vec<u64>> = estate
        .vms
        .iter()
        .map(|vm| vm.disks.iter().filter_map(|disk| disk.size.value()).map(|size| size.0 / klar::model::GIB).collect())
        .collect();
    assert_eq!(disks[..2], [vec![40960, 80], vec![1536, 256]]);
    assert!(disks[2].contains(&2048), "{disks:?}");
}

#[test]
fn cells_merged_down_hold_for_every_row_they_cover() {
    let rows: &[&[&str]] = &[
        &["Host", "VM", "Guest OS", "RAM (GB)", "vCPU", "Disk (GB)"],
        &["VIND-1", "pir-1", "Windows Server 2022", "=4", "=2", "=80"],
        &["", "pir-2", "Windows Server 2016", "=8", "=2", "=100"],
        &["", "pir-3", "", "=16", "=2", "=100"],
        &["VIND-2", "pir-4", "Windows Server 2019", "=2", "=1", "=20"],
        &["", "", "", "", "", "=200"],
        &["Lund", "", "", "", "", ""],
        &["VIND-3", "pir-5", "Windows Server 2019", "=2", "=1", "=20"],
    ];
    let merged = ["A2:A4", "C3:C4", "A5:A6", "B5:B6", "C5:C6", "A7:F7"];
    let estate = read_sheet(sheet(rows, &[], &merged));
    let told: Vec<(&str, Option<&str>, Option<&str>)> = estate
        .vms
        .iter()
        .map(|vm| {
            let (host, system) = (vm.host.value(), vm.guest_os.value());
            (vm.shown_name(), host.map(|text| &**text), system.map(|text| &**text))
        })
        .collect();
    assert_eq!(
        told,
        [
            ("pir-1", Some("VIND-1"), Some("Windows Server 2022")),
            ("pir-2", Some("VIND-1"), Some("Windows Server 2016")),
            ("pir-3", Some("VIND-1"), Some("Windows Server 2016")),
            ("pir-4", Some("VIND-2"), Some("Windows Server 2019")),
            ("pir-5", Some("VIND-3"), Some("Windows Server 2019")),
        ]
    );
    let sizes: Vec<u64> =
        estate.vms[3].disks.iter().filter_map(|disk| disk.size.value()).map(|size| size.0 / klar::model::GIB).collect();
    assert_eq!(sizes, [20, 200], "a size in each row below one name is that of a disk");
}
