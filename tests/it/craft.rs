//! Small files made part by part, so that each fault is exactly the one a test is about.

#![allow(clippy::unwrap_used, reason = "what a test cannot make is a failed test")]

use std::io::{Cursor, Write as _};

use zip::write::{SimpleFileOptions, ZipWriter};

/// A zip container of the given parts.
pub fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

pub const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#;
pub const WORKBOOK: &str = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="VMs" sheetId="1" r:id="rId1"/><sheet name="Hosts" sheetId="2" r:id="rId2"/></sheets></workbook>"#;
pub const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet2.xml"/></Relationships>"#;
pub const ROOT: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
pub const HOSTS: &str =
    r#"<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>h1</t></is></c></row></sheetData></worksheet>"#;

/// A workbook whose first sheet is the given part and whose second holds `h1`.
pub fn workbook_of(sheet: &[u8], more: &[(&str, &[u8])]) -> Vec<u8> {
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", ROOT.as_bytes()),
        ("xl/workbook.xml", WORKBOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet),
        ("xl/worksheets/sheet2.xml", HOSTS.as_bytes()),
    ];
    parts.extend_from_slice(more);
    zipped(&parts)
}

/// A workbook whose first sheet has the given rows.
pub fn workbook(rows: &str) -> Vec<u8> {
    workbook_of(format!("<worksheet><sheetData>{rows}</sheetData></worksheet>").as_bytes(), &[])
}

/// A spreadsheet document with the given rows.
pub fn open_document(rows: &str) -> Vec<u8> {
    let content = format!(
        r#"<office:document-content><office:body><office:spreadsheet><table:table table:name="T">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"#
    );
    zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<manifest:manifest></manifest:manifest>"),
        ("content.xml", content.as_bytes()),
    ])
}

/// A compound file whose directory has the given names, and the given workbook stream if any.
pub fn compound(names: &[&str], stream: &[u8]) -> Vec<u8> {
    let mut file = vec![0_u8; 512];
    file[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    file[24..34].copy_from_slice(&[0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0]);
    file[44] = 1;
    file[48] = 1;
    file[56..60].copy_from_slice(&4096_u32.to_le_bytes());
    file[60..64].copy_from_slice(&0xFFFF_FFFE_u32.to_le_bytes());
    file[68..72].copy_from_slice(&0xFFFF_FFFE_u32.to_le_bytes());
    file[76..512].fill(0xFF);
    file[76..80].fill(0);
    let directory_sectors = u32::try_from(names.len() + 1).unwrap().div_ceil(4);
    let stream_sectors = u32::try_from(stream.len()).unwrap().div_ceil(512);
    let mut next = vec![0xFFFF_FFFD_u32];
    for length in [directory_sectors, stream_sectors] {
        let first = u32::try_from(next.len()).unwrap();
        next.extend((1..length).map(|at| first + at));
        next.extend((length > 0).then_some(0xFFFF_FFFE));
    }
    next.resize(128, 0xFFFF_FFFF);
    file.extend(next.iter().flat_map(|id| id.to_le_bytes()));
    for (index, name) in std::iter::once(&"Root Entry").chain(names).enumerate() {
        let mut entry = [0_u8; 128];
        for (at, unit) in name.encode_utf16().enumerate() {
            entry[at * 2..at * 2 + 2].copy_from_slice(&unit.to_le_bytes());
        }
        entry[66] = if index == 0 { 5 } else { 2 };
        let is_stream = *name == "Workbook";
        let start = if is_stream { 1 + directory_sectors } else { 0xFFFF_FFFE };
        entry[116..120].copy_from_slice(&start.to_le_bytes());
        let length = if is_stream { u32::try_from(stream.len()).unwrap() } else { 0 };
        entry[120..124].copy_from_slice(&length.to_le_bytes());
        file.extend(entry);
    }
    file.resize(512 * (2 + usize::try_from(directory_sectors).unwrap()), 0);
    file.extend(stream);
    file.resize(file.len().next_multiple_of(512), 0);
    file
}

/// A workbook stream with one sheet that declares its size and holds numbers in some cells.
pub fn records(declared: [u32; 2], cells: &[(u16, u16)]) -> Vec<u8> {
    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len()).unwrap();
        [&kind.to_le_bytes(), &length.to_le_bytes(), data].concat()
    }
    let begin = record(0x0809, &[0, 6, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let mut stream = begin.clone();
    let at = u32::try_from(stream.len() + 4 + 10 + 4).unwrap();
    stream.extend(record(0x0085, &[&at.to_le_bytes()[..], &[0, 0, 2, 0, b'V', b'M']].concat()));
    stream.extend(record(0x000A, &[]));
    stream.extend(begin);
    let size = [&[0; 4][..], &declared[0].to_le_bytes(), &[0, 0], &declared[1].to_le_bytes()[..2], &[0, 0]].concat();
    stream.extend(record(0x0200, &size));
    for (row, column) in cells {
        let data = [&row.to_le_bytes()[..], &column.to_le_bytes(), &[0, 0], &7.0_f64.to_le_bytes()].concat();
        stream.extend(record(0x0203, &data));
    }
    stream.extend(record(0x000A, &[]));
    stream.resize(stream.len().max(4096), 0);
    stream
}

/// A binary workbook, in the 1904 date system, whose only sheet has the given records after its beginning.
pub fn binary_workbook(cells: &[(u16, Vec<u8>)]) -> Vec<u8> {
    binary_workbook_of(&[], &[], cells)
}

/// Such a workbook with records of its own beside those of its sheet, and texts that its sheet may name.
pub fn binary_workbook_of(names: &[(u16, Vec<u8>)], texts: &[&str], cells: &[(u16, Vec<u8>)]) -> Vec<u8> {
    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let mut bytes = if kind < 0x80 {
            vec![u8::try_from(kind).unwrap()]
        } else {
            vec![u8::try_from(kind & 0x7F).unwrap() | 0x80, u8::try_from(kind >> 7).unwrap()]
        };
        let mut length = data.len();
        while length >= 0x80 {
            bytes.push(u8::try_from(length & 0x7F).unwrap() | 0x80);
            length >>= 7;
        }
        bytes.push(u8::try_from(length).unwrap());
        bytes.extend(data);
        bytes
    }
    let written = |records: &[(u16, Vec<u8>)]| -> Vec<u8> {
        records.iter().flat_map(|(kind, data)| record(*kind, data)).collect()
    };
    let sheet = [&[1, 0, 0, 0, 1, 0, 0, 0][..], &wide("rId1"), &wide("VMs")].concat();
    let book = [record(0x99, &[1; 12]), record(0x9C, &sheet), record(0x90, &[]), written(names), record(0x9D, &[])];
    let part = [record(0x94, &[0; 16]), record(0x91, &[]), written(cells), record(0x92, &[])].concat();
    let relations = r#"<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.bin"/></Relationships>"#;
    // The only cell format after the general one is that of a date.
    let styles = [record(0x269, &[2, 0, 0, 0]), record(0x2F, &[0; 16]), record(0x2F, &[0, 0, 14, 0])].concat();
    let count = u32::try_from(texts.len()).unwrap().to_le_bytes();
    let mut shared = record(0x9F, &[count, count].concat());
    shared.extend(texts.iter().flat_map(|text| record(0x13, &[&[0][..], &wide(text)].concat())));
    zipped(&[
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("xl/workbook.bin", &book.concat()),
        ("xl/_rels/workbook.bin.rels", relations.as_bytes()),
        ("xl/styles.bin", &styles),
        ("xl/sharedStrings.bin", &shared),
        ("xl/worksheets/sheet1.bin", &part),
    ])
}

/// A text in 16-bit units after its length.
pub fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let length = u32::try_from(units.len()).unwrap().to_le_bytes();
    length.into_iter().chain(units.into_iter().flat_map(u16::to_le_bytes)).collect()
}

/// The record that begins a row of a binary sheet.
pub fn row(index: u32) -> (u16, Vec<u8>) {
    (0, [&index.to_le_bytes()[..], &[0; 13]].concat())
}

/// A number in a binary sheet, in a cell format.
pub fn real(column: u32, format: u32, number: f64) -> (u16, Vec<u8>) {
    (5, [&column.to_le_bytes()[..], &format.to_le_bytes(), &number.to_le_bytes()].concat())
}

/// A compound file that holds a workbook stream of any length.
pub fn large_compound(stream: &[u8]) -> Vec<u8> {
    const SECTOR: usize = 4096;
    const LAST: u32 = 0xFFFF_FFFE;
    let sectors = stream.len().div_ceil(SECTOR);
    // Each sector of the table tells of 1,024; the table's own, the directory and the stream follow each other.
    let tables = (1..=109).find(|tables| tables * SECTOR / 4 > tables + 1 + sectors).unwrap();
    assert!(stream.len() >= 4096, "it has sectors of its own");
    let number = |length: usize| u32::try_from(length).unwrap();
    let mut file = vec![0_u8; SECTOR];
    file[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    file[24..34].copy_from_slice(&[0x3E, 0, 4, 0, 0xFE, 0xFF, 12, 0, 6, 0]);
    file[40..44].copy_from_slice(&1_u32.to_le_bytes());
    file[44..48].copy_from_slice(&number(tables).to_le_bytes());
    file[48..52].copy_from_slice(&number(tables).to_le_bytes());
    file[56..60].copy_from_slice(&4096_u32.to_le_bytes());
    file[60..64].copy_from_slice(&LAST.to_le_bytes());
    file[68..72].copy_from_slice(&LAST.to_le_bytes());
    file[76..512].fill(0xFF);
    for table in 0..tables {
        file[76 + table * 4..80 + table * 4].copy_from_slice(&number(table).to_le_bytes());
    }
    let mut next = vec![0xFFFF_FFFD_u32; tables];
    next.push(LAST);
    next.extend((tables + 2..tables + 1 + sectors).map(number));
    next.push(LAST);
    next.resize(tables * SECTOR / 4, 0xFFFF_FFFF);
    file.extend(next.iter().flat_map(|id| id.to_le_bytes()));
    for (name, kind, start, length) in [("Root Entry", 5, 0, 0), ("Workbook", 2, tables + 1, stream.len())] {
        let mut entry = [0_u8; 128];
        for (at, unit) in name.encode_utf16().enumerate() {
            entry[at * 2..at * 2 + 2].copy_from_slice(&unit.to_le_bytes());
        }
        entry[66] = kind;
        entry[116..120].copy_from_slice(&number(start).to_le_bytes());
        entry[120..124].copy_from_slice(&number(length).to_le_bytes());
        file.extend(entry);
    }
    file.resize(SECTOR * (2 + tables), 0);
    file.extend(stream);
    file.resize(file.len().next_multiple_of(SECTOR), 0);
    file
}

/// An `.xls` workbook with records of its own before its only sheet, and records in that.
pub fn old_workbook(before: &[(u16, Vec<u8>)], cells: &[(u16, Vec<u8>)]) -> Vec<u8> {
    fn written(records: &[(u16, Vec<u8>)]) -> Vec<u8> {
        let one = |(kind, data): &(u16, Vec<u8>)| {
            let length = u16::try_from(data.len()).unwrap();
            [&kind.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
        };
        records.iter().flat_map(one).collect()
    }
    let begin = (0x0809, vec![0, 6, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let end = (0x000A, vec![]);
    let globals = written(&[std::slice::from_ref(&begin), before].concat());
    let at = u32::try_from(globals.len() + 4 + 10 + 4).unwrap();
    let sheet = (0x0085, [&at.to_le_bytes()[..], &[0, 0, 2, 0, b'V', b'M']].concat());
    let mut stream = [globals, written(&[sheet, end.clone(), begin])].concat();
    stream.extend(written(&[cells, &[end]].concat()));
    stream.resize(stream.len().max(4096), 0);
    large_compound(&stream)
}
