//! What `.xls` and `.xlsb` workbooks may ask for: small ones that would be unpacked into gigabytes are refused in words.

use klar::ingest::limits::Limits;

use crate::binary::{Folder, Run};
use crate::craft::{binary_workbook_of, old_workbook, row, wide};
use crate::hostile::{check_refused, shown};
use crate::limits::within;
use crate::readers::read;

/// A record's kind and what it holds.
type Record = (u16, Vec<u8>);

const SHARED_TEXTS: u16 = 0xFC;
const CONTINUED: u16 = 0x3C;
const SHARED_TEXT: u16 = 0xFD;
const NUMBERS: u16 = 0xBD;
const LABEL: u16 = 0x204;
const TEXT_OF_FORMULA: u16 = 0x207;
const FORMULA: u16 = 0x06;

fn place(row: u16, column: u16) -> Vec<u8> {
    [row.to_le_bytes(), column.to_le_bytes(), [0, 0]].concat()
}

/// Texts that sheets share, after the two counts before them.
fn texts(texts: &[&str]) -> Record {
    let one = |text: &&str| [&u16::try_from(text.len()).unwrap().to_le_bytes()[..], &[0], text.as_bytes()].concat();
    (SHARED_TEXTS, [vec![0; 8], texts.iter().flat_map(one).collect()].concat())
}

fn shared_text(row: u16, number: u32) -> Record {
    (SHARED_TEXT, [place(row, 0), number.to_le_bytes().to_vec()].concat())
}

fn formula(row: u16, value: f64, expression: &[u8]) -> Record {
    let length = u16::try_from(expression.len()).unwrap().to_le_bytes();
    (FORMULA, [&place(row, 0)[..], &value.to_le_bytes(), &[0; 6], &length, expression].concat())
}

const TEXT: &str = "bytes of text, repetitions included, in its sheets";

#[test]
fn a_text_of_an_old_workbook_is_counted_as_often_as_cells_name_it() {
    let long = "x".repeat(60_000);
    let named =
        |cells: u16| old_workbook(&[texts(&[&long])], &(0..cells).map(|at| shared_text(at, 0)).collect::<Vec<_>>());
    assert_eq!(read("a.xls", named(100)).grids[0].cell_count(), 100);
    check_refused(&read("a.xls", named(3000)), "a.xls", TEXT);
    // To the byte: two texts, and one of them three times more.
    let in_rows: Vec<Record> = [0, 1, 0, 0].iter().zip(0..).map(|(text, row)| shared_text(row, *text)).collect();
    let book = || old_workbook(&[texts(&["abcd", "ef"])], &in_rows);
    let at = Limits { file_text: 6 + 14, ..Limits::default() };
    assert_eq!(shown(&within(book(), &at)), "1| 0=abcd\n2| 0=ef\n3| 0=abcd\n4| 0=abcd\n");
    check_refused(&within(book(), &Limits { file_text: 19, ..at }), "in.x", "more than 19 bytes of text");
}

#[test]
fn shared_texts_of_an_old_workbook_are_counted_in_every_way_they_are_written() {
    let part = |pieces: &[&[u8]]| pieces.concat();
    // Plain; wide; with formats after it; with more after it; and one that runs on in another width.
    let first = part(&[
        &[0; 8],
        b"\x02\0\0ab",
        b"\x02\0\x01\xE5\0\xF6\0",
        b"\x01\0\x08\x01\0c\0\0\0\0",
        b"\x01\0\x04\x03\0\0\0dXYZ",
        b"\x04\0\0ef",
    ]);
    let shared = [(SHARED_TEXTS, first), (CONTINUED, b"\x01g\0h\0".to_vec()), (CONTINUED, b"\x01\0\0i".to_vec())];
    let cells: Vec<Record> = (0..6).map(|row| shared_text(row, u32::from(row))).collect();
    let book = || old_workbook(&shared, &cells);
    let read = "1| 0=ab\n2| 0=åö\n3| 0=c\n4| 0=d\n5| 0=efgh\n6| 0=i\n";
    // Texts as long as they are written, once for themselves and once for the cell.
    let at = Limits { texts: 6, file_text: 2 * (2 + 4 + 1 + 1 + 2 + 4 + 1), ..Limits::default() };
    assert_eq!(shown(&within(book(), &at)), read);
    check_refused(&within(book(), &Limits { texts: 5, ..at }), "in.x", "more than 5 shared texts");
    check_refused(&within(book(), &Limits { file_text: at.file_text - 1, ..at }), "in.x", TEXT);
    let cut = old_workbook(&[(SHARED_TEXTS, part(&[&[0; 8], b"\x09\0\0ab"]))], &cells);
    check_refused(&within(cut, &at), "in.x", "a text that its sheets share is cut off");
}

#[test]
fn a_cell_that_stands_there_twice_is_counted_twice() {
    let numbers = |count: usize| {
        let last = u16::try_from(count - 1).unwrap().to_le_bytes();
        (NUMBERS, [&[0; 4][..], &[0, 0, 0, 0, 0x1C, 0x40].repeat(count), &last].concat())
    };
    let limits = Limits { dense_cells: 4, ..Limits::default() };
    let book = |records: &[Record]| old_workbook(&[], records);
    assert_eq!(shown(&within(book(&[numbers(4)]), &limits)), "1| 0=n7 1=n7 2=n7 3=n7\n");
    check_refused(&within(book(&[numbers(4), numbers(1)]), &limits), "in.x", "more than 4 cells");
    check_refused(&within(book(&[numbers(5)]), &limits), "in.x", "more than 4 cells");
    // A formula and the text that it gave are one cell.
    let text = f64::from_le_bytes([0, 0, 0, 0, 0, 0, 0xFF, 0xFF]);
    let given = |row| [formula(row, text, &[0x1E, 1, 0]), (TEXT_OF_FORMULA, b"\x01\0\0a".to_vec())];
    let rows: Vec<Record> = (0..4).flat_map(given).collect();
    assert_eq!(shown(&within(book(&rows), &limits)), "1| 0=a\n2| 0=a\n3| 0=a\n4| 0=a\n");
    let rows: Vec<Record> = (0..5).flat_map(given).collect();
    check_refused(&within(book(&rows), &limits), "in.x", "more than 4 cells");
}

#[test]
fn letters_that_do_not_follow_are_counted_all_the_same() {
    let label = |row| (LABEL, [&place(row, 0)[..], b"\xFF\xFF\0"].concat());
    let given = |row| [formula(row, 1.0, &[0x1E, 1, 0]), (TEXT_OF_FORMULA, b"\xFF\xFF\0".to_vec())];
    check_refused(&read("a.xls", old_workbook(&[], &(0..3000).map(label).collect::<Vec<_>>())), "a.xls", TEXT);
    check_refused(&read("a.xls", old_workbook(&[], &(0..3000).flat_map(given).collect::<Vec<_>>())), "a.xls", TEXT);
    check_refused(&read("a.xls", old_workbook(&vec![(0x18, vec![0; 14]); 200_000], &[])), "a.xls", TEXT);
}

/// Runs `klar inspect` in no more memory than an ordinary input may ask for.
fn inspect(name: &str, file: &str, bytes: &[u8]) -> Run {
    let folder = Folder::new(name);
    folder.put(file, bytes);
    if cfg!(unix) {
        let mut command = std::process::Command::new("sh");
        command.args(["-c", "ulimit -v 2097152; exec \"$0\" inspect \"$1\"", env!("CARGO_BIN_EXE_klar"), file]);
        return Run::of(command.current_dir(folder.path("")));
    }
    folder.run(&["inspect", file])
}

#[test]
fn what_formulas_of_an_old_workbook_say_is_not_spelled_out() {
    // A defined name of 255 letters, which a formula names in five bytes, over and over.
    let name = [
        &[0, 0, 0, 0xFF, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1][..],
        &"中".repeat(255).encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>(),
    ]
    .concat();
    let naming = [0x23, 1, 0, 0, 0].repeat(13_000);
    let mut cells = vec![(LABEL, [&place(0, 0)[..], b"\x02\0\0VM"].concat())];
    cells.extend((1..301).map(|row| formula(row, 0.0, &naming)));
    let run = inspect("old-formulas", "a.xls", &old_workbook(&[(0x18, name)], &cells));
    assert_eq!(run.code, 0, "{}", run.err);
    let words = run.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("There are 300 cells of sheet VM with a formula whose value"), "{}", run.out);
    // What is written once for many cells is no formula of the cell, and stays none.
    let elsewhere = [0x01, 0, 0, 0, 0, 0x23, 1, 0, 0, 0];
    let book = |expression: &[u8]| old_workbook(&[], &[formula(0, 0.0, expression), formula(1, 3.0, &[0x1E, 3, 0])]);
    for (expression, notes) in [(&elsewhere[..5], 0), (&elsewhere[..], 0), (&elsewhere[5..], 1)] {
        let reading = read("a.xls", book(expression));
        assert_eq!(shown(&reading), "1| 0=n0\n2| 0=n3\n");
        assert_eq!(reading.notes.len(), notes, "{expression:?}: {:?}", reading.notes);
    }
}

#[test]
fn records_of_a_binary_workbook_are_no_longer_than_a_cell() {
    let text = |letters: usize| (6, [&[0; 8][..], &wide(&"a".repeat(letters))].concat());
    let book = |letters| binary_workbook_of(&[], &[], &[row(0), text(letters)]);
    let limits = Limits { text_bytes: 1000, ..Limits::default() };
    assert_eq!(within(book(1000), &limits).grids[0].cell_count(), 1);
    check_refused(&within(book(1001), &limits), "in.x", "more than 1000 bytes in one cell");
    check_refused(&within(book(40_000), &limits), "in.x", "has a record of 80012 bytes, more than any cell may have");
}

#[test]
fn texts_that_a_binary_workbook_shares_are_counted() {
    let cells = [row(0), (7, vec![0; 12])];
    let book = || binary_workbook_of(&[], &["web", "app", ""], &cells);
    let limits = Limits { texts: 3, ..Limits::default() };
    assert_eq!(shown(&within(book(), &limits)), "1| 0=web\n");
    check_refused(&within(book(), &Limits { texts: 2, ..limits }), "in.x", "more than 2 shared texts");
}

#[test]
fn names_of_a_binary_workbook_are_not_spelled_out_beyond_the_limits() {
    let name = |text: &str, formula: &[u8]| {
        let length = u32::try_from(formula.len()).unwrap().to_le_bytes();
        (0x27, [&[0; 9][..], &wide(text), &length, formula].concat())
    };
    let book = |names: &[Record]| binary_workbook_of(names, &[], &[row(0), crate::craft::real(0, 0, 1.0)]);
    let naming = |times| [0x23, 1, 0, 0, 0].repeat(times);
    let long = "n".repeat(200_000);
    assert_eq!(shown(&read("a.xlsb", book(&[name("n", &[]), name("m", &naming(1))]))), "1| 0=n1\n");
    check_refused(
        &read("a.xlsb", book(&[name(&long, &[]), name("m", &naming(10_000))])),
        "a.xlsb",
        "in the names of its ranges",
    );
    let marks = [&[0x1E, 1, 0][..], &[0x15].repeat(200_000)].concat();
    check_refused(&read("a.xlsb", book(&[name("m", &marks)])), "a.xlsb", "longer than a program writes them");
    let sheets = [&10_000_u32.to_le_bytes()[..], &[0; 12].repeat(10_000)].concat();
    check_refused(&read("a.xlsb", book(&[name(&long, &[]), (0x16A, sheets)])), "a.xlsb", "in the names of its ranges");
}
