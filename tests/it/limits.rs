//! Every limit: a file at it is read, one past it is refused.

#![allow(clippy::unwrap_used, reason = "what a test cannot make is a failed test")]

use klar::ingest::limits::Limits;
use klar::ingest::open::open_within;
use klar::ingest::source::{Reading, Source};

use crate::craft::{HOSTS, RELATIONS, ROOT, TYPES, WORKBOOK, workbook, workbook_of};
use crate::hostile::{check_refused, shown};
use crate::readers::read;

/// Reads bytes as `in.x` within limits.
pub fn within(bytes: impl Into<Vec<u8>>, limits: &Limits) -> Reading {
    open_within(&Source { path: "in.x".to_owned(), bytes: bytes.into(), sha256: String::new() }, limits)
}

#[test]
fn text_limits_hold_exactly() {
    let csv = "Name,OS\nweb,x\n";
    let ordinary = Limits::default();
    for (limits, one_less, what) in [
        (Limits { file_bytes: 14, ..ordinary }, Limits { file_bytes: 13, ..ordinary }, "more than 13 bytes"),
        (Limits { rows: 2, ..ordinary }, Limits { rows: 1, ..ordinary }, "more than 1 rows"),
        (Limits { columns: 2, ..ordinary }, Limits { columns: 1, ..ordinary }, "more than 1 columns"),
        (Limits { sheet_cells: 4, ..ordinary }, Limits { sheet_cells: 3, ..ordinary }, "more than 3 cells"),
        (Limits { file_cells: 4, ..ordinary }, Limits { file_cells: 3, ..ordinary }, "more than 3 cells"),
        (
            Limits { text_bytes: 4, ..ordinary },
            Limits { text_bytes: 3, ..ordinary },
            "a cell of more than 3 bytes at line 1",
        ),
    ] {
        assert_eq!(shown(&within(csv, &limits)), "1| 0=Name 1=OS\n2| 0=web 1=x\n");
        check_refused(&within(csv, &one_less), "in.x", what);
    }
}

#[test]
fn json_limits_hold_exactly() {
    let json = r#"[{"a":{"b":"text"},"c":1},{"c":2}]"#;
    let ordinary = Limits::default();
    for (limits, one_less, what) in [
        (Limits { json_depth: 3, ..ordinary }, Limits { json_depth: 2, ..ordinary }, "more than 2 levels"),
        (Limits { rows: 2, ..ordinary }, Limits { rows: 1, ..ordinary }, "more than 1 items"),
        (Limits { columns: 2, ..ordinary }, Limits { columns: 1, ..ordinary }, "more than 1 columns"),
        (Limits { sheet_cells: 3, ..ordinary }, Limits { sheet_cells: 2, ..ordinary }, "more than 2 cells"),
        (Limits { file_cells: 3, ..ordinary }, Limits { file_cells: 2, ..ordinary }, "more than 2 cells"),
        (Limits { text_bytes: 4, ..ordinary }, Limits { text_bytes: 3, ..ordinary }, "more than 3 bytes"),
    ] {
        assert_eq!(shown(&within(json, &limits)), "1| 0=text 1=n1\n2| 1=n2\n");
        check_refused(&within(json, &one_less), "in.x", what);
    }
}

#[test]
fn workbook_limits_hold_exactly() {
    let book = workbook(r#"<row r="3"><c r="A3" t="str"><v>text</v></c><c r="D3"><v>1</v></c></row>"#);
    let largest = [TYPES, WORKBOOK, RELATIONS].iter().map(|part| part.len() as u64).max().unwrap();
    let ordinary = Limits::default();
    for (limits, one_less, what) in [
        (Limits { entries: 6, ..ordinary }, Limits { entries: 5, ..ordinary }, "more than 5 entries"),
        (
            Limits { part_bytes: largest, ..ordinary },
            Limits { part_bytes: largest - 1, ..ordinary },
            "bytes in one part",
        ),
        (Limits { file_cells: 3, ..ordinary }, Limits { file_cells: 2, ..ordinary }, "more than 2 cells in one file"),
    ] {
        assert_eq!(shown(&within(book.clone(), &limits)), "3| 0=text 3=n1\n1| 0=h1\n");
        check_refused(&within(book.clone(), &one_less), "in.x", what);
    }
    for (limits, one_less) in [
        (Limits { rows: 3, ..ordinary }, Limits { rows: 2, ..ordinary }),
        (Limits { columns: 4, ..ordinary }, Limits { columns: 3, ..ordinary }),
        (Limits { sheet_cells: 2, ..ordinary }, Limits { sheet_cells: 1, ..ordinary }),
        (Limits { text_bytes: 4, ..ordinary }, Limits { text_bytes: 3, ..ordinary }),
    ] {
        assert_eq!(shown(&within(book.clone(), &limits)), "3| 0=text 3=n1\n1| 0=h1\n");
        let reading = within(book.clone(), &one_less);
        assert_eq!(shown(&reading), "1| 0=h1\n");
        assert!(reading.notes[0].text.starts_with("not read: sheet VMs of in.x has more than "));
    }
}

#[test]
fn container_limits_hold_exactly() {
    let blank = vec![b' '; usize::try_from(Limits::FREE_RATIO_BYTES).unwrap()];
    let book = workbook_of(b"<worksheet><sheetData/></worksheet>", &[("xl/blank.xml", &blank)]);
    assert_eq!(shown(&read("a.xlsx", book.clone())), "1| 0=h1\n");
    let total: u64 = Limits::FREE_RATIO_BYTES
        + (TYPES.len()
            + ROOT.len()
            + WORKBOOK.len()
            + RELATIONS.len()
            + HOSTS.len()
            + "<worksheet><sheetData/></worksheet>".len()) as u64;
    let ordinary = Limits::default();
    assert_eq!(shown(&within(book.clone(), &Limits { container_bytes: total, ..ordinary })), "1| 0=h1\n");
    check_refused(&within(book, &Limits { container_bytes: total - 1, ..ordinary }), "in.x", "zip container, unpacked");
    let bomb = [&blank[..], b" "].concat();
    let book = workbook_of(b"<worksheet><sheetData/></worksheet>", &[("xl/blank.xml", &bomb)]);
    check_refused(&read("a.xlsx", book), "a.xlsx", "for its packed size");
}
