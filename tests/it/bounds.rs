//! Small files that ask for much: each is refused in words before memory or time is spent on it.

use klar::ingest::limits::Limits;
use klar::model::Gravity;

use crate::craft::{
    HOSTS, RELATIONS, ROOT, TYPES, WORKBOOK, compound, open_document, records, workbook, workbook_of, zipped,
};
use crate::hostile::{check_refused, shown};
use crate::limits::within;
use crate::readers::read;

#[track_caller]
fn refused(path: &str, bytes: impl Into<Vec<u8>>, part: &str) {
    check_refused(&read(path, bytes), path, part);
}

/// A document whose content is given whole.
fn document(content: &str) -> Vec<u8> {
    zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<manifest:manifest></manifest:manifest>"),
        ("content.xml", content.as_bytes()),
    ])
}

#[test]
fn an_open_document_that_ends_inside_a_table_is_damaged() {
    let begun = "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"T\">";
    let row = "<table:table-row><table:table-cell office:value-type=\"float\" office:value=\"1\"/></table:table-row>";
    for content in [
        begun.to_owned(),
        format!("{begun}{row}"),
        format!("{begun}{row}</table:table>"),
        format!("{begun}{row}</office:spreadsheet></office:body></office:document-content>"),
        format!("{begun}<table:table-row>"),
        format!("{begun}<table:table-row><table:table-cell office:value-type=\"string\"><text:p>a"),
    ] {
        refused("a.ods", document(&content), "is damaged");
    }
    let twice = format!(
        "{begun}{row}</table:table><table:table table:name=\"T\">{row}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    refused("a.ods", document(&twice), "two of its sheets have the name T");
}

#[test]
fn text_of_open_documents_is_counted_as_often_as_it_is_repeated() {
    let cell = |repeat: u32, text: &str| {
        format!(
            "<table:table-cell table:number-columns-repeated=\"{repeat}\" office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let row = |repeat: u32, cells: &str| {
        format!("<table:table-row table:number-rows-repeated=\"{repeat}\">{cells}</table:table-row>")
    };
    let long = "x".repeat(100_000);
    refused("a.ods", open_document(&row(4000, &cell(1, &long))), "bytes of text, repetitions included");
    refused("a.ods", open_document(&row(1, &cell(4000, &long))), "bytes of text, repetitions included");
    refused("a.ods", open_document(&row(100, &cell(40, &long))), "bytes of text, repetitions included");
    let spaces = cell(1, "<text:s text:c=\"1000000\"/>");
    refused("a.ods", open_document(&row(1, &spaces.repeat(500))), "bytes of text, repetitions included");
    refused("a.ods", open_document(&row(1, &cell(1, &"<text:s text:c=\"1000000\"/>".repeat(2)))), "bytes in one cell");
    let formula = format!(
        "<table:table-cell table:number-columns-repeated=\"4000\" table:formula=\"{long}\" office:value-type=\"float\" office:value=\"1\"/>"
    );
    refused("a.ods", open_document(&row(1, &formula)), "bytes of text, repetitions included");
    // At the limit and one past it: the row as written, and twice more, with four bytes for the paragraph.
    let book = open_document(&row(2, &cell(3, "abcdef")));
    let asked = (6 + 4) * 3 * 3;
    let limits = Limits { file_text: asked, ..Limits::default() };
    assert_eq!(shown(&within(book.clone(), &limits)), "1| 0=abcdef 1=abcdef 2=abcdef\n2| 0=abcdef 1=abcdef 2=abcdef\n");
    check_refused(&within(book, &Limits { file_text: asked - 1, ..limits }), "in.x", "bytes of text");
}

#[test]
fn sheets_that_are_one_part_or_have_one_name_are_refused() {
    let sheet = |number: usize, id: usize, name: &str| {
        format!("<sheet name=\"{name}\" sheetId=\"{number}\" r:id=\"rId{id}\"/>")
    };
    let book = |sheets: &str, relations: &str| {
        zipped(&[
            ("[Content_Types].xml", TYPES.as_bytes()),
            ("_rels/.rels", ROOT.as_bytes()),
            ("xl/workbook.xml", format!("<workbook xmlns:r=\"r\"><sheets>{sheets}</sheets></workbook>").as_bytes()),
            ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
            ("xl/worksheets/sheet1.xml", HOSTS.as_bytes()),
            ("xl/worksheets/sheet2.xml", HOSTS.as_bytes()),
        ])
    };
    assert_eq!(shown(&read("a.xlsx", book(&(sheet(1, 1, "A") + &sheet(2, 2, "B")), RELATIONS))), "1| 0=h1\n1| 0=h1\n");
    refused("a.xlsx", book(&(sheet(1, 1, "A") + &sheet(2, 1, "B")), RELATIONS), "its sheets A and B are the same part");
    refused("a.xlsx", book(&(sheet(1, 1, "A") + &sheet(2, 2, "A")), RELATIONS), "two of its sheets have the name A");
    let cased = RELATIONS.replace("worksheets/sheet2.xml", "/xl/Worksheets/SHEET1.xml");
    refused("a.xlsx", book(&(sheet(1, 1, "A") + &sheet(2, 2, "B")), &cased), "its sheets A and B are the same part");
    let nowhere = RELATIONS.replace("worksheets/sheet2.xml", "worksheets/sheet9.xml");
    refused(
        "a.xlsx",
        book(&(sheet(1, 1, "A") + &sheet(2, 2, "B")), &nowhere),
        "the part xl/worksheets/sheet9.xml of its sheet B is missing",
    );
    let many: String = (0..1001).map(|number| sheet(number + 1, 1, &format!("S{number}"))).collect();
    refused("a.xlsx", book(&many, RELATIONS), "more than 1000 sheets");
}

#[test]
fn a_part_is_checked_wherever_it_lies() {
    let blank = vec![b' '; usize::try_from(Limits::FREE_RATIO_BYTES).unwrap() + 1];
    let bomb = [&b"<worksheet><sheetData/>"[..], &blank, b"</worksheet>"].concat();
    for place in ["media/sheet1.xml", "media/image1.png", "drawings/x", "/customXml/item1.xml", "sheet"] {
        let relations = RELATIONS.replace("worksheets/sheet1.xml", place);
        let name = place.strip_prefix('/').map_or_else(|| format!("xl/{place}"), str::to_owned);
        let of = |sheet: &[u8]| {
            zipped(&[
                ("[Content_Types].xml", TYPES.as_bytes()),
                ("_rels/.rels", ROOT.as_bytes()),
                ("xl/workbook.xml", WORKBOOK.as_bytes()),
                ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
                (&name, sheet),
                ("xl/worksheets/sheet2.xml", HOSTS.as_bytes()),
            ])
        };
        refused("a.xlsx", of(&bomb), "for its packed size");
        assert_eq!(shown(&read("a.xlsx", of(HOSTS.as_bytes()))), "1| 0=h1\n1| 0=h1\n", "{place}");
    }
}

#[test]
fn no_decoy_hides_what_shared_texts_claim() {
    let honest: &[u8] = b"<sst uniqueCount=\"1\"><si><t>a</t></si></sst>";
    let claim: &[u8] = b"<sst uniqueCount=\"2000000000\"><si><t>a</t></si></sst>";
    for parts in [
        [("a/sharedStrings.xml", honest), ("xl/sharedStrings.xml", claim)],
        [("xl/sharedStrings.xml", claim), ("z/sharedStrings.xml", honest)],
        [("xl/SHAREDSTRINGS.xml", claim), ("xl/media/sharedStrings.xml", honest)],
    ] {
        let book = workbook_of(b"<worksheet><sheetData/></worksheet>", &parts);
        refused("a.xlsx", book, "it claims to have 2000000000 shared texts and has 1");
    }
    let three: &[u8] = b"<sst uniqueCount=\"3\"><si/><si/><si/></sst>";
    let book = workbook_of(b"<worksheet><sheetData/></worksheet>", &[("xl/sharedStrings.xml", three)]);
    let limits = Limits { texts: 3, ..Limits::default() };
    assert_eq!(shown(&within(book.clone(), &limits)), "1| 0=h1\n");
    check_refused(&within(book, &Limits { texts: 2, ..limits }), "in.x", "more than 2 shared texts");
}

#[test]
fn names_that_stand_twice_and_files_joined_are_refused() {
    // The library that writes zips refuses a name twice, so one is renamed in place to the length of the other.
    let mut twice = workbook_of(HOSTS.as_bytes(), &[("xl/worksheets/sheetX.xml", HOSTS.as_bytes())]);
    let places: Vec<usize> =
        (0..twice.len() - 24).filter(|&at| twice[at..].starts_with(b"xl/worksheets/sheetX.xml")).collect();
    for at in places {
        twice[at + 19] = b'1';
    }
    refused("a.xlsx", twice, "it holds two parts of the name xl/worksheets/sheet1.xml");
    let one = workbook("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>");
    let other = workbook("<row r=\"1\"><c r=\"A1\"><v>2</v></c></row>");
    refused("a.xlsx", [one.clone(), other].concat(), "something stands before its first part");
    refused("a.xlsx", [&one[..30], &one].concat(), "something stands before its first part");
    for json in [
        r#"[{"Name":"web","Memory":1,"Memory":2}]"#,
        r#"[{"Name":"web","sub":{"a":1,"b":2,"a":1}}]"#,
        &format!("[{{{},\"k7\":1}}]", (0..99).map(|key| format!("\"k{key}\":{key}")).collect::<Vec<_>>().join(",")),
    ] {
        refused("a.json", json, "stands twice in one object");
    }
    assert_eq!(shown(&read("a.json", r#"[{"Name":"a","name":"b"},{"Name":"c"}]"#)), "1| 0=a 1=b\n2| 0=c\n");
}

#[test]
fn every_end_tag_is_looked_at() {
    let rows = "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>a</v></c><c r=\"B1\"><v>1</v></c></row><row r=\"2\"><c r=\"A2\"><v>2</v></c></row>";
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData><cols><col/></cols></worksheet>");
    let ends: Vec<usize> = sheet.match_indices("</").map(|(at, _)| at).collect();
    assert_eq!(ends.len(), 11);
    for at in ends {
        let end = at + sheet[at..].find('>').unwrap() + 1;
        let broken = format!("{}{}", &sheet[..at], &sheet[end..]);
        let reading = read("a.xlsx", workbook_of(broken.as_bytes(), &[]));
        assert_eq!(shown(&reading), "1| 0=h1\n", "the other sheet is read: {broken}");
        let note = reading.notes.iter().find(|note| note.gravity == Gravity::Refused && note.sheet == "VMs");
        assert!(
            note.is_some_and(|note| note.text.to_string().contains("sheet VMs of a.xlsx is damaged")),
            "{broken}: {:?}",
            reading.notes
        );
    }
    assert_eq!(shown(&read("a.xlsx", workbook_of(sheet.as_bytes(), &[]))), "1| 0=a 1=n1\n2| 0=n2\n1| 0=h1\n");
    let texts = b"<sst><si><t>a</t></si><si><t>b</si></sst>";
    refused(
        "a.xlsx",
        workbook_of(HOSTS.as_bytes(), &[("xl/sharedStrings.xml", texts)]),
        "its part xl/sharedstrings.xml is broken",
    );
    let deep = format!("<worksheet>{}<sheetData/>{}</worksheet>", "<x>".repeat(100), "</x>".repeat(100));
    let reading = read("a.xlsx", workbook_of(deep.as_bytes(), &[]));
    assert!(
        reading.notes[0].text.to_string().contains("more than 100 levels inside each other"),
        "{:?}",
        reading.notes
    );
}

#[test]
fn sheets_of_old_workbooks_lie_beside_each_other() {
    let one = records([1, 1], &[(0, 0)]);
    assert_eq!(shown(&read("a.xls", compound(&["Workbook"], &one))), "1| 0=n7\n");
    // A second sheet that begins where the first does; its record is that of the first with another name.
    let at = (0..one.len()).find(|&at| one[at..].starts_with(&[0x85, 0])).unwrap();
    let length = 4 + usize::from(u16::from_le_bytes([one[at + 2], one[at + 3]]));
    let mut record = one[at..at + length].to_vec();
    let place = u32::from_le_bytes(record[4..8].try_into().unwrap()) + u32::try_from(length).unwrap();
    record[4..8].copy_from_slice(&place.to_le_bytes());
    let mut two = one;
    two[at + 4..at + 8].copy_from_slice(&place.to_le_bytes());
    for _ in 0..40 {
        two.splice(at..at, record.clone());
    }
    refused("a.xls", compound(&["Workbook"], &two), "is damaged");
}

#[test]
fn values_and_tables_of_a_text_are_counted_first() {
    let limits = Limits { json_values: 8, ..Limits::default() };
    // The list, two objects with two values each, and the marks between them.
    let json = r#"[{"a":1,"b":2},{"a":3,"b":4}]"#;
    let at = Limits { json_values: 7, ..limits };
    assert_eq!(shown(&within(json, &at)), "1| 0=n1 1=n2\n2| 0=n3 1=n4\n");
    check_refused(&within(json, &Limits { json_values: 6, ..limits }), "in.x", "more than 6 values");
    let most = Limits::default().json_values;
    let many = format!("[{{}}{}]", ",{}".repeat(usize::try_from(most).unwrap()));
    refused("a.json", many, &format!("more than {most} values"));
    let typed = |tables: usize| {
        let table = |number: usize| format!("#TYPE T{number}\nName\nweb{number}\n");
        (0..tables).map(table).collect::<Vec<_>>().concat()
    };
    assert_eq!(read("a.csv", typed(1000)).grids.len(), 1000);
    refused("a.csv", typed(1001), "more than 1000 tables in one file");
    refused("a.csv", typed(100_000), "more than 1000 tables in one file");
    let same = "#TYPE T\nName\nweb\n".repeat(100_000);
    assert_eq!(read("a.csv", same).grids[0].row_count(), 200_000);
}
