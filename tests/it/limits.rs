//! Every limit: a file at it is read, one past it is refused.

#![allow(clippy::unwrap_used, reason = "what a test cannot make is a failed test")]

use std::io::Cursor;

use klar::ingest::limits::Limits;
use klar::ingest::open::open_within;
use klar::ingest::source::{Reading, Source};

use crate::binary::{Folder, Run};
use crate::craft::{HOSTS, RELATIONS, ROOT, TYPES, WORKBOOK, open_document, workbook, workbook_of};
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
        assert!(reading.notes[0].text.to_string().starts_with("not read: sheet VMs of in.x has more than "));
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

/// Two machines with two cells each.
const MACHINES: &str = "VM,OS\nweb,x\napp,y\n";

/// A limit by its name, files that reach it, and what it then is. One less refuses them.
type Case = (&'static str, Vec<(&'static str, Vec<u8>)>, u64);

fn cases() -> Vec<Case> {
    let csv = || vec![("in/a.csv", MACHINES.as_bytes().to_vec())];
    let two =
        || vec![("in/a.csv", MACHINES.as_bytes().to_vec()), ("in/b.csv", MACHINES.replace('w', "v").into_bytes())];
    let json = |text: &str| vec![("in/a.json", text.as_bytes().to_vec())];
    let rows = r#"<row r="1"><c r="A1" t="str"><v>VM</v></c><c r="B1" t="str"><v>OS</v></c></row><row r="2"><c r="A2" t="str"><v>web</v></c></row>"#;
    let book = || vec![("in/a.xlsx", workbook(rows))];
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    let parts: Vec<usize> = [TYPES, ROOT, WORKBOOK, RELATIONS, HOSTS, &sheet].iter().map(|part| part.len()).collect();
    let (largest, all) = (*parts.iter().max().unwrap() as u64, parts.iter().sum::<usize>() as u64);
    let texts: &[u8] = b"<sst><si><t>a</t></si><si><t>b</t></si></sst>";
    let styles: &[u8] = b"<styleSheet><fonts><font/></fonts></styleSheet>";
    let blank = vec![b' '; usize::try_from(Limits::FREE_RATIO_BYTES).unwrap() + 1];
    let packed = workbook_of(sheet.as_bytes(), &[("xl/blank.xml", &[b"<a>", &blank[..], b"</a>"].concat())]);
    let mut archive = zip::ZipArchive::new(Cursor::new(&packed[..])).unwrap();
    let part = archive.by_name("xl/blank.xml").unwrap();
    let ratio = part.size().div_ceil(part.compressed_size());
    drop(part);
    let cell = |text: &str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let document = |text: &str| {
        let row = |cells: &str| format!("<table:table-row>{cells}</table:table-row>");
        vec![("in/a.ods", open_document(&(row(&(cell("VM") + &cell("OS"))) + &row(&(cell(text) + &cell("x"))))))]
    };
    let bytes = MACHINES.len() as u64;
    vec![
        ("file-bytes", csv(), bytes),
        ("all-bytes", two(), 2 * bytes),
        ("folders", vec![("in/d/e/a.csv", MACHINES.as_bytes().to_vec())], 3),
        ("entries", book(), 6),
        ("part-bytes", book(), largest),
        ("container-bytes", book(), all),
        ("zip-ratio", vec![("in/a.xlsx", packed)], ratio),
        ("sheets", book(), 2),
        ("shared-texts", vec![("in/a.xlsx", workbook_of(sheet.as_bytes(), &[("xl/sharedStrings.xml", texts)]))], 2),
        (
            "style-bytes",
            vec![("in/a.xlsx", workbook_of(sheet.as_bytes(), &[("xl/styles.xml", styles)]))],
            styles.len() as u64,
        ),
        ("sheet-cells", book(), 3),
        ("file-cells", book(), 4),
        ("all-cells", two(), 12),
        ("dense-cells", document("web"), 4),
        ("rows", csv(), 3),
        ("columns", csv(), 2),
        ("cell-bytes", csv(), 3),
        // Each cell with a paragraph, and each row as written and once more.
        ("file-text", document("web"), (2 + 2 + 3 + 1 + 4 * 4) * 2),
        ("all-text", csv(), (2 + 2 + 3 + 1 + 3 + 1) + 6 * 96),
        ("json-depth", json(r#"[{"Name":"web","a":{"b":1}}]"#), 3),
        ("json-values", json(r#"[{"Name":"web"},{"Name":"app"}]"#), 5),
        ("xml-depth", book(), 6),
        ("machines", csv(), 2),
        ("records", csv(), 3),
    ]
}

/// Runs `klar inspect` in little more memory than an ordinary limit may ask for.
fn inspect(folder: &Folder, limit: &str) -> Run {
    let arguments = ["inspect", "in", "--limit", limit];
    if cfg!(unix) {
        let mut command = std::process::Command::new("sh");
        command.args(["-c", "ulimit -v 2097152; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_klar")]);
        return Run::of(command.args(arguments).current_dir(folder.path("")));
    }
    folder.run(&arguments)
}

/// What is told of the files, without the facts that are missing.
fn told(out: &str) -> &str {
    out.split("Facts that checks need").next().unwrap_or(out)
}

#[test]
fn every_limit_is_kept_exactly_and_can_be_raised_by_its_name() {
    let mut tried = Vec::new();
    for (name, files, at) in cases() {
        let folder = Folder::new(&format!("limits-{name}"));
        for (path, bytes) in files {
            folder.put(path, bytes);
        }
        let run = inspect(&folder, &format!("{name}={at}"));
        assert_eq!(run.code, 0, "{name} at {at}: {}", run.err);
        assert!(!run.out.contains("not read:"), "{name} at {at}: {}", told(&run.out));
        let run = inspect(&folder, &format!("{name}={}", at - 1));
        let is_refused = run.code == 0 && run.out.contains("not read: ");
        let is_over_all = run.code == 2 && run.err.contains(&format!("--limit {name}=N"));
        assert!(is_refused || is_over_all, "{name} at {}: {}{}", at - 1, told(&run.out), run.err);
        tried.push(name);
    }
    let names: Vec<&str> = Limits::ALL.iter().map(|limit| limit.name).collect();
    assert_eq!(tried, names, "each limit has its case, in order");
}

#[test]
fn every_limit_stands_in_the_readme_with_its_value() {
    let readme = include_str!("../../README.md");
    for limit in Limits::ALL {
        let row = format!("| `{}` | {} | {} |", limit.name, limit.usual, limit.what.trim_end_matches('.'));
        assert!(readme.contains(&row), "{row}");
    }
}

#[test]
fn a_limit_that_is_none_is_told_with_those_that_are() {
    let folder = Folder::new("limits-names");
    folder.put("in/a.csv", MACHINES);
    for (limit, said) in [
        ("cell=5", "there are file-bytes, all-bytes"),
        ("rows", "file-bytes=1000000000"),
        ("rows=x", "no whole number"),
    ] {
        let run = inspect(&folder, limit);
        assert!(run.code == 2 && run.err.contains(said), "{limit}: {}", run.err);
    }
}

#[test]
fn disks_and_adapters_of_a_machine_are_no_further_machines() {
    let folder = Folder::new("limits-machines-once");
    folder
        .put("in/machines.csv", MACHINES)
        .put("in/disks.csv", "VM name,Disk path,Disk size (GB)\nweb,a,1\nweb,b,2\napp,c,3\n");
    let run = inspect(&folder, "machines=2");
    assert!(run.code == 0 && run.out.contains("list of machines and their disks"), "{}{}", run.out, run.err);
}
