//! Damaged, protected, lying and oversized inputs: each is refused in a sentence, or read as it stands.

#![allow(clippy::unwrap_used, reason = "what a test cannot make is a failed test")]

use klar::ingest::limits::Limits;
use klar::ingest::source::Reading;
use klar::model::Gravity;

use crate::craft::{binary_workbook, compound, open_document, real, records, row, workbook, workbook_of, zipped};
use crate::limits::within;
use crate::readers::{read, show};

#[track_caller]
fn refused(path: &str, bytes: impl Into<Vec<u8>>, part: &str) {
    check_refused(&read(path, bytes), path, part);
}

#[track_caller]
pub fn check_refused(reading: &Reading, path: &str, part: &str) {
    let why = reading.refused.as_ref().unwrap_or_else(|| panic!("{path} was read: {:?}", reading.grids)).to_string();
    assert!(why.starts_with(&format!("not read: {path} ")) && why.contains(part) && why.ends_with('.'), "{why}");
    assert!(reading.grids.is_empty());
    assert!(
        reading.notes.iter().any(|note| note.gravity == Gravity::Refused && note.text.to_string() == why),
        "no note"
    );
}

#[track_caller]
pub fn shown(reading: &Reading) -> String {
    assert_eq!(reading.refused, None);
    reading.grids.iter().map(show).collect()
}

#[test]
fn empty_files_are_refused() {
    refused("vms.csv", "", "is empty");
    refused("vms.csv", "\u{FEFF}\r\n  \r\n", "is empty");
    refused("vms.csv", "#TYPE Contoso.Vm\r\n", "the export found nothing");
    refused("vms.csv", "#TYPE Contoso.Vm\r\n\"Name\",\"Id\"\r\n", "the export found nothing");
    refused("vms.json", "[]", "is JSON without any object");
}

#[test]
fn other_kinds_of_file_are_told_apart() {
    refused("a.csv", "%PDF-1.7\n", "is a PDF document, not an inventory");
    refused("a.csv", b"\x89PNG\r\n\x1a\n", "is an image");
    refused("a.csv", b"MZ\x90\0\x03\0", "is a program");
    refused("a.csv", b"\x01\x02\0\0\0\x01\x02\0\xFF", "is a binary file of unknown kind");
    refused(
        "a.xls",
        "<html><table><tr><td>VM</td></tr></table></html>",
        "is a web page (HTML) under a workbook's name",
    );
    refused(
        "a.xls",
        "<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>\n<Workbook/>",
        "XML spreadsheet",
    );
    refused("a.clixml", "<Objs Version=\"1.1.0.1\"></Objs>", "holds no object");
    refused("a.zip", zipped(&[("vms.csv", b"Name\nweb")]), "a zip archive inside another");
    refused("a.docx", zipped(&[("word/document.xml", b"<w/>")]), "is a Word document");
    assert_eq!(shown(&read("mz.csv", "MZone,OS\nweb,Linux\n")), "1| 0=MZone 1=OS\n2| 0=web 1=Linux\n");
}

#[test]
fn text_made_for_the_screen_is_refused_with_the_command_to_use() {
    let table = "\r\nName   State   CPUUsage(%)\r\n----   -----   -----------\r\nweb01  Running 0\r\n";
    refused("a.txt", table, "as PowerShell shows it on the screen");
    let az = "Name       ResourceGroup    Location\n---------  ---------------  -----------\nvault-one  rg-recovery-one  northeurope\n";
    refused("a.txt", az, "with `-o json > file.json`");
    let list = "\nName       : web01\nState      : Running\nNotes      : moved in May,\n             asked for by Anna\n\nName       : web02\n";
    let rows =
        "2| 0=Name 1=web01\n3| 0=State 1=Running\n4| 0=Notes 1=moved in May, asked for by Anna\n7| 0=Name 1=web02\n";
    assert_eq!(shown(&read("a.txt", list)), rows);
}

#[test]
fn exports_without_their_objects_are_refused_with_the_command_to_use() {
    let layout = "\"ClassId2e4f51ef21dd47e99d3c952918aff9cd\",\"pageHeaderEntry\"\n\"033ecb2b\",\n";
    refused("a.csv", layout, "Leave out Format-Table");
    refused(
        "a.csv",
        "\"IsReadOnly\",\"IsSynchronized\",\"SyncRoot\",\"Count\"\n\"False\",\"False\",\"x\",\"2\"\n",
        "[pscustomobject]$_",
    );
    refused("a.csv", "#TYPE System.String\n\"Length\"\n\"7\"\n", "instead of -ExpandProperty");
}

#[test]
fn protected_workbooks_say_how() {
    let label = ["EncryptedPackage", "\u{6}DataSpaces", "DRMEncryptedDataSpace", "DRMEncryptedTransform"];
    refused(
        "discovery.xlsx",
        compound(&label, &[]),
        "is protected by a sensitivity label. Open it in Excel, set the label to General",
    );
    let password = ["EncryptedPackage", "\u{6}DataSpaces", "StrongEncryptionDataSpace", "EncryptionInfo"];
    refused("a.xlsx", compound(&password, &[]), "is protected by a password");
    refused("a.xls", compound(&["WordDocument"], &[]), "is a Word document");
    refused("a.xls", &compound(&password, &[])[..700], "is damaged");
    let mut locked = records([1, 1], &[(0, 0)]);
    let begin = locked[..20].to_vec();
    locked.splice(..20, [&begin[..], &[0x2F, 0, 6, 0, 1, 0, 1, 0, 0, 0]].concat());
    refused("a.xls", compound(&["Workbook"], &locked), "is protected by a password");
    let manifest = b"<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    let document = zipped(&[("mimetype", b"x"), ("META-INF/manifest.xml", manifest), ("content.xml", b"\xFF\x00\x9A")]);
    refused("a.ods", document, "is protected by a password");
}

#[test]
fn a_directory_that_runs_in_circles_is_damaged() {
    let mut file = compound(&["Workbook"], &records([1, 1], &[(0, 0)]));
    file[516..520].copy_from_slice(&1_u32.to_le_bytes());
    refused("a.xls", file, "runs in circles");
}

#[test]
fn old_workbooks_are_read_unless_their_rectangle_is_too_large() {
    assert_eq!(
        shown(&read("a.xls", compound(&["Workbook"], &records([3, 2], &[(0, 0), (2, 1)])))),
        "1| 0=n7\n3| 1=n7\n"
    );
    let limits = Limits { dense_cells: 6, ..Limits::default() };
    let corners = |row| compound(&["Workbook"], &records([1, 1], &[(0, 0), (row, 1)]));
    assert_eq!(shown(&within(corners(2), &limits)), "1| 0=n7\n3| 1=n7\n");
    check_refused(&within(corners(3), &limits), "in.x", "more than 6 cells");
    check_refused(&within(compound(&["Workbook"], &records([7, 1], &[])), &limits), "in.x", "more than 6 cells");
    refused("a.xls", compound(&["Workbook"], &records([1, 1], &[(0, 0), (65_535, 65_535)])), "more than 4000000 cells");
}

#[test]
fn truncated_workbooks_are_damaged() {
    let whole = workbook(r#"<row r="1"><c r="A1"><v>1</v></c></row>"#);
    assert_eq!(shown(&read("a.xlsx", whole.clone())), "1| 0=n1\n1| 0=h1\n");
    for length in [30, whole.len() / 2, whole.len() - 1] {
        refused("a.xlsx", &whole[..length], "is damaged");
    }
    let cut = workbook_of(br#"<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row>"#, &[]);
    let reading = read("a.xlsx", cut);
    assert_eq!(shown(&reading), "1| 0=h1\n");
    assert_eq!((reading.notes[0].gravity, &*reading.notes[0].sheet), (Gravity::Refused, "VMs"));
}

#[test]
fn a_wrong_checksum_is_noticed() {
    let mut file = workbook(r#"<row r="1"><c r="A1"><v>1</v></c></row>"#);
    let name = b"xl/worksheets/sheet1.xml";
    let places: Vec<usize> = (0..file.len() - name.len()).filter(|&at| file[at..].starts_with(name)).collect();
    // The name stands after the local header and after the directory's entry, 16 bytes and 30 bytes past a checksum.
    file[places[0] - 16] ^= 1;
    file[places[1] - 30] ^= 1;
    refused("a.xlsx", file, "its part xl/worksheets/sheet1.xml is cut off or does not match its checksum");
}

#[test]
fn cells_in_opposite_corners_cost_two_cells() {
    let rows = r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>"#;
    assert_eq!(shown(&read("a.xlsx", workbook(rows))), "1| 0=n1\n1048576| 16383=n2\n1| 0=h1\n");
}

#[test]
fn the_declared_size_of_a_sheet_is_not_believed() {
    for declared in ["A1", "A1:XFD1048576", "B2:C3"] {
        let sheet = format!(
            r#"<worksheet><dimension ref="{declared}"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c r="D9"><v>2</v></c></row></sheetData></worksheet>"#
        );
        assert_eq!(shown(&read("a.xlsx", workbook_of(sheet.as_bytes(), &[]))), "1| 0=n1\n9| 3=n2\n1| 0=h1\n");
    }
}

#[test]
fn a_claim_of_too_many_texts_is_refused() {
    let texts = br#"<sst uniqueCount="4000000000000"><si><t>a</t></si></sst>"#;
    let file = workbook_of(b"<worksheet><sheetData/></worksheet>", &[("xl/sharedStrings.xml", texts)]);
    refused("a.xlsx", file, "it claims to have 4000000000000 shared texts");
}

#[test]
fn a_sheet_in_utf16_is_refused_and_the_others_are_read() {
    let sheet: Vec<u8> =
        "\u{FEFF}<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData></worksheet>"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
    let reading = read("a.xlsx", workbook_of(&sheet, &[]));
    assert_eq!(shown(&reading), "1| 0=h1\n");
    assert!(reading.notes[0].text.to_string().starts_with("not read: sheet VMs of a.xlsx is stored as UTF-16"));
}

#[test]
fn a_large_part_that_gives_no_cell_is_refused() {
    let sheet = format!("<worksheet><sheetData></sheetData><!--{}--></worksheet>", "x".repeat(20_000));
    let reading = read("a.xlsx", workbook_of(sheet.as_bytes(), &[]));
    assert!(
        reading.notes[0].text.to_string().contains("sheet VMs of a.xlsx is damaged: its part is"),
        "{:?}",
        reading.notes
    );
}

#[test]
fn a_binary_sheet_cut_off_inside_is_damaged() {
    let mut cells = vec![row(0), real(0, 0, 1.0)];
    cells.push((6, vec![0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0x7F]));
    refused("a.xlsb", binary_workbook(&cells), "is damaged");
    let beyond = vec![row(0), real(16_384, 0, 1.0)];
    refused("a.xlsb", binary_workbook(&beyond), "more than 16384 columns");
}

#[test]
fn cells_out_of_order_are_refused() {
    let rows = r#"<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>"#;
    let reading = read("a.xlsx", workbook(rows));
    assert_eq!(shown(&reading), "1| 0=h1\n");
    assert!(reading.notes[0].text.to_string().contains("has cells out of order at row 1"));
}

#[test]
fn formulas_without_a_value_are_nothing_and_names_stay_texts() {
    let rows = r#"<row r="1"><c r="A1"><f>HYPERLINK("x")</f></c><c r="B1" t="str"><v>=1+1</v></c><c r="C1" t="inlineStr"><is><t>NULL</t></is></c></row>"#;
    assert_eq!(shown(&read("a.xlsx", workbook(rows))), "1| 1==1+1 2=NULL\n1| 0=h1\n");
    assert_eq!(
        shown(&read("a.csv", "Name,OS\n=1+1,NaN\nNULL,x\n")),
        "1| 0=Name 1=OS\n2| 0==1+1 1=NaN\n3| 0=NULL 1=x\n"
    );
    assert_eq!(shown(&read("a.json", r#"[{"Name":"=1+1"},{"Name":"NULL"}]"#)), "1| 0==1+1\n2| 0=NULL\n");
}

#[test]
fn repetitions_of_open_documents_are_counted_first() {
    let cell = r#"<table:table-cell office:value-type="float" office:value="1"/>"#;
    let wide =
        r#"<table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/>"#;
    let rows = format!(r#"<table:table-row table:number-rows-repeated="2">{cell}</table:table-row>"#);
    assert_eq!(shown(&read("a.ods", open_document(&rows))), "1| 0=n1\n2| 0=n1\n");
    let seventeen_billion =
        format!(r#"<table:table-row table:number-rows-repeated="1048576">{wide}</table:table-row>"#);
    refused("a.ods", open_document(&seventeen_billion), "more than 4000000 cells");
    let corners = format!(
        r#"<table:table-row>{cell}</table:table-row><table:table-row table:number-rows-repeated="1048574"/><table:table-row><table:table-cell table:number-columns-repeated="16383"/>{cell}</table:table-row>"#
    );
    refused("a.ods", open_document(&corners), "more than 4000000 cells");
    let spaces = r#"<table:table-row><table:table-cell office:value-type="string"><text:p><text:s text:c="4000000000"/></text:p></table:table-cell></table:table-row>"#;
    refused("a.ods", open_document(spaces), "bytes in one cell");
    let blank = r#"<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"#;
    assert_eq!(shown(&read("a.ods", open_document(&format!("{rows}{blank}")))), "1| 0=n1\n2| 0=n1\n");
}

#[test]
fn json_faults_say_where() {
    refused("a.json", "[\n  {\"name\": \"web\"},\n  {\"na", "is not valid JSON at line 3, column ");
    let deep = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
    refused("a.json", format!("[{{\"a\":{deep}}}]"), "more than 100 levels inside each other at line 1");
    refused("a.json", "[1 2]", "is not valid JSON at line 1");
    refused("a.json", "WARNING: x\n[\n{\"a\": }]", "is not valid JSON at line 3, column 7");
}

#[test]
fn one_bad_row_leaves_the_others() {
    let reading = read("a.csv", b"Name,OS\nweb01,Linux\n\xFF\xFE\x81,,,,\nweb02,Linux\n");
    assert_eq!(reading.grids[0].row_count(), 4);
    assert!(reading.notes.iter().any(|note| note.text.to_string().contains("line 3")));
}
