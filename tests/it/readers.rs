//! What each input format becomes: grids with their rows, types and notes.

#![allow(clippy::unwrap_used, reason = "what a test cannot make is a failed test")]

use klar::ingest::Dialects;
use std::fmt::Write as _;

use klar::ingest::open::open;
use klar::ingest::source::{Reading, Source};
use klar::ingest::table::{Grid, Value};
use klar::model::Gravity;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

use crate::craft::{binary_workbook, real, row};

/// Reads bytes under a file name.
pub fn read(path: &str, bytes: impl Into<Vec<u8>>) -> Reading {
    open(&Source { path: path.to_owned(), bytes: bytes.into(), sha256: String::new() })
}

/// A grid as text: a line per row, `number| column=value ...`.
pub fn show(grid: &Grid) -> String {
    let mut shown = String::new();
    for row in grid.rows() {
        let _ = write!(shown, "{}|", row.number);
        for (column, value) in row.cells() {
            let _ = match value {
                Value::Text(text) => write!(shown, " {column}={text}"),
                Value::Number(number) => write!(shown, " {column}=n{number}"),
                Value::Bool(truth) => write!(shown, " {column}=b{truth}"),
                Value::Date(days) => write!(shown, " {column}=d{days}"),
                Value::Error(text) => write!(shown, " {column}=e{text}"),
            };
        }
        shown.push('\n');
    }
    shown
}

#[track_caller]
fn check(path: &str, bytes: impl Into<Vec<u8>>, expected: &[&str]) -> Reading {
    let reading = read(path, bytes);
    assert_eq!(reading.refused, None);
    let shown: Vec<String> = reading.grids.iter().map(show).collect();
    assert_eq!(shown.concat().lines().collect::<Vec<_>>(), expected);
    reading
}

#[track_caller]
fn check_note(reading: &Reading, gravity: Gravity, part: &str) {
    let found = reading.notes.iter().any(|note| note.gravity == gravity && note.text.to_string().contains(part));
    assert!(found, "no {gravity:?} note says {part:?}: {:?}", reading.notes);
}

fn utf16le(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[test]
fn a_type_line_names_the_objects_and_keeps_physical_lines() {
    let text = "#TYPE Contoso.Vm\r\n\"Name\",\"Notes\"\r\n\"web01\",\"two\nlines\"\r\n\r\n\"web02\",\r\n";
    let reading = check("vms.csv", text, &["2| 0=Name 1=Notes", "3| 0=web01 1=two", "lines", "6| 0=web02"]);
    assert_eq!(reading.grids[0].type_name.as_deref(), Some("Contoso.Vm"));
    assert!(reading.notes.is_empty());
}

#[test]
fn delimiters_are_found_on_the_heading() {
    check("a.csv", "Name;Minne, GB\nväg;0,5\n", &["1| 0=Name 1=Minne, GB", "2| 0=väg 1=0,5"]);
    check("b.csv", "Name,Disks\nweb,a;b;c\n", &["1| 0=Name 1=Disks", "2| 0=web 1=a;b;c"]);
    check("c.txt", "Name\tOS\nweb\tx, y\n", &["1| 0=Name 1=OS", "2| 0=web 1=x, y"]);
    check("d.csv", "Name|OS\nweb|Linux\n", &["1| 0=Name 1=OS", "2| 0=web 1=Linux"]);
    check("e.csv", "\"a;b\",\"c;d\"\n1,2\n", &["1| 0=a;b 1=c;d", "2| 0=1 1=2"]);
    check(
        "f.csv",
        "Report of 3 May, Lund\n\nName;OS\nweb;Linux\n",
        &["1| 0=Report of 3 May, Lund", "3| 0=Name 1=OS", "4| 0=web 1=Linux"],
    );
}

#[test]
fn a_separator_line_decides() {
    check("g.csv", "sep=;\r\nName;A,B\r\nweb;1,2\r\n", &["2| 0=Name 1=A,B", "3| 0=web 1=1,2"]);
    check("h.csv", "SEP=|\nName|A,B\nweb|1,2\n", &["2| 0=Name 1=A,B", "3| 0=web 1=1,2"]);
}

#[test]
fn old_line_ends_give_rows() {
    check(
        "mac.csv",
        "Name,OS\rweb01,Linux\rweb02,Linux\r",
        &["1| 0=Name 1=OS", "2| 0=web01 1=Linux", "3| 0=web02 1=Linux"],
    );
}

#[test]
fn every_encoding_gives_the_same_names() {
    let text = "Name;OS\nVästerås;Linux\n";
    let expected = ["1| 0=Name 1=OS", "2| 0=Västerås 1=Linux"];
    check("utf8.csv", text, &expected);
    check("utf8-bom.csv", format!("\u{FEFF}{text}"), &expected);
    check("utf16.csv", utf16le(&format!("\u{FEFF}{text}")), &expected);
    check("utf16-no-bom.csv", utf16le(text), &expected);
    let big_endian: Vec<u8> = format!("\u{FEFF}{text}").encode_utf16().flat_map(u16::to_be_bytes).collect();
    check("utf16be.csv", big_endian, &expected);
    let (ansi, _, _) = encoding_rs::WINDOWS_1252.encode(text);
    let reading = check("ansi.csv", ansi, &expected);
    check_note(&reading, Gravity::Remark, "ansi.csv is not UTF-8 and was read as Windows-1252");
}

#[test]
fn lost_letters_are_remarked_on() {
    let reading = check("ascii.csv", "Name,OS\nV?ster?s,Linux\n", &["1| 0=Name 1=OS", "2| 0=V?ster?s 1=Linux"]);
    check_note(&reading, Gravity::Remark, "`V?ster?s` at line 2 looks as if letters were lost");
    let innocent = read("ascii.csv", "Name,Notes\nweb,Why? See http://wiki/?page=1\n");
    assert!(innocent.notes.is_empty());
}

#[test]
fn ragged_rows_are_kept_and_named() {
    let reading = check(
        "r.csv",
        "Name,OS\nweb01,Linux\nweb02\nweb03,Linux,x\n",
        &["1| 0=Name 1=OS", "2| 0=web01 1=Linux", "3| 0=web02", "4| 0=web03 1=Linux 2=x"],
    );
    check_note(
        &reading,
        Gravity::Broken,
        "2 rows have more or fewer cells than the heading's 2; the first is line 3 with 1",
    );
}

#[test]
fn an_unclosed_quote_is_named_and_swallows_no_row() {
    let rows = ["1| 0=Name 1=Notes", "2| 0=web01 1=never closed", "3| 0=web02 1=fine"];
    let reading = check("q.csv", "Name,Notes\nweb01,\"never closed\nweb02,fine\n", &rows);
    check_note(&reading, Gravity::Broken, "the quote opened at line 2 is not closed where its value ends. The 2 lines");
    // A quote that opens before a cell is closed by the one of a later row.
    let stray = "Name;OS;Notes\nweb01;\"Linux;a\nweb02;Linux;\"b;c\"\nweb03;Linux;d\n";
    let reading = read("q.csv", stray);
    assert_eq!(reading.grids[0].row_count(), 4, "{}", show(&reading.grids[0]));
    check_note(&reading, Gravity::Broken, "line 2");
    let last = "Name;OS;Notes\nweb01;Linux;\"a\nweb02;Linux;b\nweb03;Linux;c\nweb04;Linux;d\nweb05;Linux;\"e\"\n";
    let reading = read("q.csv", last);
    assert_eq!(reading.grids[0].row_count(), 6, "{}", show(&reading.grids[0]));
    check_note(&reading, Gravity::Broken, "line 2");
}

#[test]
fn a_quote_around_several_lines_is_one_value() {
    for text in [
        "Name,OS,Notes\nweb01,Linux,\"one\ntwo\"\nweb02,Linux,x\n",
        "Name,OS,Notes\nweb01,Linux,\"one\na, b, c\ntwo\"\nweb02,Linux,x\n",
        "Name,OS,Notes\n\"web01\",\"Linux\",\"say \"\"so\"\",\nplease\"\nweb02,Linux,x\n",
    ] {
        let reading = read("v.csv", text);
        assert_eq!(reading.grids[0].row_count(), 3, "{}", show(&reading.grids[0]));
        assert!(reading.notes.is_empty(), "{:?}", reading.notes);
    }
    // What an export that was cut off left of a value is no row.
    let reading = read("cut.csv", "Name,OS,Notes\nweb01,Linux,x\nweb02,Linux,\"one\ntwo\nthree\n");
    assert_eq!(reading.grids[0].row_count(), 3);
    check_note(&reading, Gravity::Broken, "the quote opened at line 3 is never closed");
}

#[test]
fn appended_files_keep_their_lines_and_other_types_become_other_tables() {
    let text =
        "#TYPE A\nName,X\nweb01,1\n#TYPE A\n\u{FEFF}Name,X\nweb02,2\n#TYPE B\nPath,Size,Kind\nc:\\a,5,VHD\n\u{1A}";
    let reading = check(
        "joined.csv",
        text,
        &[
            "2| 0=Name 1=X",
            "3| 0=web01 1=1",
            "5| 0=Name 1=X",
            "6| 0=web02 1=2",
            "8| 0=Path 1=Size 2=Kind",
            "9| 0=c:\\a 1=5 2=VHD",
        ],
    );
    let types: Vec<_> = reading.grids.iter().map(|grid| grid.type_name.as_deref().unwrap()).collect();
    assert_eq!(types, ["A", "B"]);
    assert!(reading.notes.is_empty());
}

#[test]
fn nested_json_becomes_columns_in_order_of_appearance() {
    let text = r#"[{"name":"net","sku":{"name":"S","tier":null},"addressSpace":{"addressPrefixes":["10.0.0.0/16","10.1.0.0/16"]},
        "subnets":[{"name":"a","id":1},{"name":"b","id":null}],"on":true,"big":9007199254740993},
        {"subnets":{"name":"c"},"addressSpace":{"addressPrefixes":"10.2.0.0/16"},"name":"other","made":"\/Date(1509396462903)\/"}]"#;
    let reading = check(
        "vnets.json",
        text,
        &[
            "1| 0=net 1=S 2=10.0.0.0/16;10.1.0.0/16 3=a;b 4=1; 5=btrue 6=9007199254740993",
            "2| 0=other 2=10.2.0.0/16 3=c 7=/Date(1509396462903)/",
        ],
    );
    let header = reading.grids[0].header.as_deref().unwrap();
    let expected =
        ["name", "sku.name", "addressSpace.addressPrefixes", "subnets[].name", "subnets[].id", "on", "big", "made"];
    assert_eq!(header, expected);
}

#[test]
fn capabilities_become_columns_by_their_name() {
    let text =
        r#"{"value":[{"name":"D2","capabilities":[{"name":"vCPUs","value":"2"},{"name":"MemoryGB","value":"8"}]}]}"#;
    let reading = check("skus.json", text, &["1| 0=D2 1=2 2=8"]);
    assert_eq!(reading.grids[0].header.as_deref().unwrap(), ["name", "capabilities.vCPUs", "capabilities.MemoryGB"]);
    assert_eq!(reading.grids[0].sheet, "value");
}

#[test]
fn a_page_of_a_result_is_doubted() {
    let reading =
        check("graph.json", r#"{"count":1,"data":[{"name":"a"}],"skip_token":"abc","total_records":2}"#, &["1| 0=a"]);
    check_note(&reading, Gravity::Doubt, "graph.json holds only a part of the result: skip_token is set");
    let whole = read("graph.json", r#"{"data":[{"name":"a"}],"skip_token":null}"#);
    assert!(whole.notes.is_empty());
}

#[test]
fn named_lists_are_tables_and_single_objects_are_rows() {
    let reading = check(
        "all.json",
        r#"{"vms":[{"Name":"web"}],"hosts":[{"Name":"h1"},{"Name":"h2"}]}"#,
        &["1| 0=web", "1| 0=h1", "2| 0=h2"],
    );
    let sheets: Vec<_> = reading.grids.iter().map(|grid| &*grid.sheet).collect();
    assert_eq!(sheets, ["vms", "hosts"]);
    check("one.json", r#"{"Name":"web","BootOrder":[{"Type":1},{"Type":2}]}"#, &["1| 0=web 1=1;2"]);
    let template =
        r#"{"$schema":"x/deploymentTemplate.json#","parameters":{"p":{}},"resources":[{"type":"T","name":"n"}]}"#;
    let reading = check("template.json", template, &["1| 0=T 1=n"]);
    assert_eq!(reading.grids[0].sheet, "resources");
    check("per-vm.json", r#"[[{"Name":"a"}],[{"Name":"b"},{"Name":"c"}]]"#, &["1| 0=a", "2| 0=b", "3| 0=c"]);
}

#[test]
fn warnings_around_json_are_left_out_with_a_remark() {
    let text = "WARNING: The behavior will change.\r\n[\r\n  {\"name\": \"a\"}\r\n]\r\n";
    let reading = check("az.json", utf16le(&format!("\u{FEFF}{text}")), &["1| 0=a"]);
    check_note(&reading, Gravity::Remark, "text before the JSON was left out");
    let reading = check("az.json", "[{\"name\": \"a\"}]\nWARNING: This command is in preview.\n", &["1| 0=a"]);
    check_note(&reading, Gravity::Remark, "text after the JSON was left out");
    let table = "Name,Warnings\nweb,\"\n[{\"\"a\"\":1}]\"\n";
    check("t.csv", table, &["1| 0=Name 1=Warnings", "2| 0=web 1=", "[{\"a\":1}]"]);
}

#[test]
fn a_workbook_keeps_types_sheets_and_rows() {
    let mut book = Workbook::new();
    let date = Format::new().set_num_format("yyyy-mm-dd");
    let sheet = book.add_worksheet().set_name("VMs").unwrap();
    sheet.write(0, 0, "Name").unwrap();
    sheet.write(3, 0, "web01").unwrap();
    sheet.write(3, 1, 4.5).unwrap();
    sheet.write(3, 2, true).unwrap();
    sheet.write_with_format(3, 3, ExcelDateTime::parse_from_str("2021-01-01").unwrap(), &date).unwrap();
    sheet.write(3, 5, Formula::new("=NA()").set_result("#N/A")).unwrap();
    sheet.write_blank(4, 0, &date).unwrap();
    let hidden = book.add_worksheet().set_name("Old").unwrap();
    hidden.write(0, 0, "web02").unwrap();
    hidden.set_very_hidden(true);
    let reading = check(
        "vms.xlsx",
        book.save_to_buffer().unwrap(),
        &["1| 0=Name", "4| 0=web01 1=n4.5 2=btrue 3=d44197 5=e#N/A", "1| 0=web02"],
    );
    let grids: Vec<_> = reading.grids.iter().map(|grid| (&*grid.sheet, grid.is_sheet, grid.hidden)).collect();
    assert_eq!(grids, [("VMs", true, false), ("Old", true, true)]);
}

#[test]
fn large_sheets_read_in_parallel_come_in_order() {
    let mut book = Workbook::new();
    for name in ["Hosts", "VMs", "Disks"] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        for row in 0..9000 {
            sheet.write(row, 0, format!("{name}-{row}")).unwrap();
            sheet.write(row, 3, row).unwrap();
        }
    }
    let reading = read("estate.xlsx", book.save_to_buffer().unwrap());
    let grids: Vec<_> = reading.grids.iter().map(|grid| (&*grid.sheet, grid.cell_count())).collect();
    assert_eq!(grids, [("Hosts", 18_000), ("VMs", 18_000), ("Disks", 18_000)]);
    assert!(matches!(reading.grids[2].row(8999).get(0), Some(Value::Text(text)) if &**text == "Disks-8999"));
}

#[test]
fn binary_workbooks_are_read_with_their_date_system() {
    let cells = [row(0), real(0, 0, 4.5), row(6), real(1, 1, 42_735.0), real(16_383, 0, 1.0)];
    let reading = check("vms.xlsb", binary_workbook(&cells), &["1| 0=n4.5", "7| 1=d44197 16383=n1"]);
    assert!(reading.grids[0].hidden);
}

#[test]
fn appended_json_is_one_list() {
    let reading = check("lines.json", "{\"Name\":\"a\"}\n{\"Name\":\"b\",\"Id\":2}\n", &["1| 0=a", "2| 0=b 1=n2"]);
    assert!(reading.notes.is_empty());
    let more = read("vaults.json", r#"{"value":[{"name":"a"}],"nextLink":"https://next"}"#);
    check_note(&more, Gravity::Doubt, "nextLink is set");
}

#[test]
fn identifiers_used_as_keys_share_a_column() {
    let text = r#"[{"name":"a","ids":{"/s/1":{"p":"x"},"/s/2":{"p":"y"}}}]"#;
    let reading = check("id.json", text, &["1| 0=a 1=x;y"]);
    assert_eq!(reading.grids[0].header.as_deref().unwrap(), ["name", "ids.*.p"]);
}

#[test]
fn a_readme_beside_the_exports_is_no_defect() {
    let source = Source {
        path: "site/README.md".to_owned(),
        sha256: String::new(),
        bytes: b"# The site\n\nWhat was exported, and when.\n".to_vec(),
    };
    let reading = open(&source);
    assert!(reading.grids.is_empty() && reading.refused.is_none());
    assert_eq!(reading.notes.len(), 1);
    assert_eq!(reading.notes[0].gravity, Gravity::Remark);
}

#[test]
fn a_formula_that_was_never_calculated_is_told_with_its_cell() {
    let text = |place: &str, text: &str| format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let rows = format!(
        "<row r=\"1\">{}{}</row><row r=\"2\">{}<c r=\"B2\"><f>4*1024</f></c></row>\
         <row r=\"3\">{}<c r=\"B3\"><f>8*1024</f><v>8192</v></c></row><row r=\"4\">{}<c r=\"B4\"><f>A1</f><v></v></c></row>",
        text("A1", "VM"),
        text("B1", "Memory (MB)"),
        text("A2", "a"),
        text("A3", "b"),
        text("A4", "c"),
    );
    let reading = read("list.xlsx", crate::craft::workbook(&rows));
    check_note(&reading, Gravity::Doubt, "There are 2 cells of sheet VMs with a formula");
    check_note(&reading, Gravity::Doubt, "first B2");
    let whole =
        read("list.xlsx", crate::craft::workbook(&rows.replace("<f>4*1024</f>", "<v>1</v>").replace("<f>A1</f>", "")));
    assert!(whole.notes.iter().all(|note| !note.text.to_string().contains("formula")), "{:?}", whole.notes);
    let cell = |content: &str| format!("<table:table-cell {content}</table:table-cell>");
    let text = |text: &str| cell(&format!("office:value-type=\"string\"><text:p>{text}</text:p>"));
    let number = |formula: &str, value: &str| {
        cell(&format!(
            "table:formula=\"{formula}\" office:value-type=\"float\" office:value=\"{value}\"><text:p>{value}</text:p>"
        ))
    };
    let row = |cells: &[String]| format!("<table:table-row>{}</table:table-row>", cells.concat());
    let bare = cell("table:formula=\"of:=4*1024\">");
    let rows = [
        row(&[text("VM"), text("Memory (MB)")]),
        row(&[text("a"), number("of:=8*1024", "8192")]),
        row(&[text("b"), bare.clone()]),
        // A nought is what this formula gave.
        row(&[text("c"), number("of:=0", "0")]),
        row(&[text("d"), bare]),
    ];
    let reading = read("list.ods", crate::craft::open_document(&rows.concat()));
    check_note(&reading, Gravity::Doubt, "There are 2 cells of sheet T with a formula");
    check_note(&reading, Gravity::Doubt, "first B3");
}

#[test]
fn a_data_file_says_that_rows_are_checkpoints_and_which_resources_they_are() {
    let checkpoints = "title = \"Plum stills\"\nrows = \"machine-detail\"\ncheckpoints = true\n\
                       signatures = [[\"Plum\", \"Still of\"]]\n[columns]\nvm_name = [\"Plum\"]\n";
    let accounts = "title = \"Plum jars\"\nrows = \"azure-resource\"\nlists = \"storage-account\"\n\
                    signatures = [[\"Jar\", \"Shelf\", \"Lid\"]]\n[columns]\nazure_name = [\"Jar\"]\nazure_location = [\"Shelf\"]\nazure_sku = [\"Lid\"]\n";
    let read = |checkpoints: &str, accounts: &str| {
        let dialects =
            Dialects::with(&[("plum-stills", checkpoints), ("plum-jars", accounts)]).expect("both are valid");
        let files = [
            ("vms.csv", "VM,vCPUs,Memory (GB)\nplum01,2,4\n"),
            ("stills.csv", "Plum,Still of\nplum01,May\nplum01,June\n"),
            ("jars.csv", "Jar,Shelf,Lid\nplumjar,westeurope,Standard_LRS\n"),
        ];
        let sources = files.map(|(path, text)| Source {
            path: path.to_owned(),
            bytes: text.as_bytes().to_vec(),
            sha256: String::new(),
        });
        let estate = klar::ingest::read(&sources, &dialects);
        (
            estate.vms[0].checkpoints.value().copied(),
            estate.azure.storage_accounts.len(),
            estate.azure.listed.storage_accounts,
        )
    };
    assert_eq!(read(checkpoints, accounts), (Some(2), 1, true));
    let unsaid = |text: &str, line: &str| text.replace(line, "");
    let without =
        read(&unsaid(checkpoints, "checkpoints = true\n"), &unsaid(accounts, "lists = \"storage-account\"\n"));
    assert_eq!(without, (None, 0, false));
    let wrong =
        Dialects::with(&[("plum-jars", &accounts.replace("storage-account", "jar"))]).expect_err("no such type");
    assert!(wrong.1.contains("storage-account"), "{wrong:?}");
}

#[test]
fn long_texts_in_other_encodings_are_read_whole() {
    // Letters that stand across the pieces in which a text is decoded.
    let long = "å€".repeat(50_000);
    let csv = format!("VM,Note\nweb,{long}\n");
    let wide: Vec<u8> = [0xFEFF].into_iter().chain(csv.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let narrow: Vec<u8> =
        csv.chars().map(|letter| if letter == '€' { 0x80 } else { u8::try_from(letter as u32).unwrap() }).collect();
    for bytes in [wide, narrow] {
        assert_eq!(crate::hostile::shown(&read("a.csv", bytes)), format!("1| 0=VM 1=Note\n2| 0=web 1={long}\n"));
    }
}

#[test]
fn a_cell_is_found_by_its_column_in_full_and_in_sparse_rows() {
    let mut grid = Grid::default();
    for (row, columns) in (1_u32..).zip([&[0, 1, 2, 3][..], &[1, 3, 900], &[5], &[]]) {
        grid.begin_row(row);
        for column in columns {
            grid.push_number(*column, f64::from(*column));
        }
        let found: Vec<u16> = (0..1_000).filter(|column| grid.row(row as usize - 1).get(*column).is_some()).collect();
        assert_eq!(found, columns);
    }
}
