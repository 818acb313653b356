//! The report goes into its file while it is drawn: what was written is not held, whatever the number of machines.

use std::io::{self, Write};
use std::sync::atomic::{AtomicUsize, Ordering};

use klar::report::document::{Block, Cell, Column, Link, Table};
use klar::report::pdf;

use super::{bands, read_bytes, section};

/// A file that notes how many rows were made for what it got.
struct Noted<'r> {
    made: &'r AtomicUsize,
    bytes: Vec<u8>,
    /// How many rows were made when as many bytes were there.
    steps: Vec<(usize, usize)>,
}

impl Write for Noted<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.extend_from_slice(bytes);
        self.steps.push((self.bytes.len(), self.made.load(Ordering::Relaxed)));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A table of so many rows that counts how often one is made; each leads somewhere.
fn counted(len: usize, made: &AtomicUsize) -> Table<'_> {
    let column = |title: &str| Column { title: title.to_owned(), weight: 1, numeric: false };
    let row = |row: usize| {
        made.fetch_add(1, Ordering::Relaxed);
        let link = Some(Link::Inside("one".to_owned()));
        vec![Cell { link, ..Cell::from(format!("machine-{row:06}")) }, format!("{}", row * 7919 % 1_000_003).into()]
    };
    let columns = vec![column("Machine"), column("Number")];
    Table { columns, len, row: Box::new(row), empty: String::new(), of_machines: true }
}

fn noted(len: usize) -> (usize, Vec<u8>, Vec<(usize, usize)>) {
    let made = AtomicUsize::new(0);
    let document = section(vec![Block::Table(counted(len, &made))]);
    let mut file = Noted { made: &made, bytes: Vec::new(), steps: Vec::new() };
    // As many pages are drawn at once as there are processors for them.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build().unwrap();
    assert_eq!(pool.install(|| pdf::write(&document, &mut file)).unwrap(), len as u64);
    let (bytes, steps) = (file.bytes, file.steps);
    (made.load(Ordering::Relaxed), bytes, steps)
}

#[test]
fn pages_are_in_the_file_before_later_ones_are_drawn() {
    let len = 20_000;
    let (made, bytes, steps) = noted(len);
    let drawn_when_begun = steps.first().unwrap().1 + len - made;
    assert!(drawn_when_begun < len / 2, "{drawn_when_begun} of {len} rows were drawn before a byte was written");
    // The rest follows step by step, and the structure comes last, without a row made for it.
    let read = read_bytes(&bytes);
    assert!(read.pages.len() > 300);
    let kinds = steps.windows(2).filter(|pair| pair[0].1 < pair[1].1).count();
    assert!(kinds >= 2, "all rows were made at once: {steps:?}");
}

#[test]
fn the_bytes_do_not_depend_on_how_many_processors_draw() {
    let made = AtomicUsize::new(0);
    let document = section(vec![
        Block::Table(counted(9_000, &made)),
        Block::Bands(bands(&[3, 900, 1, 40])),
        Block::Table(counted(0, &made)),
    ]);
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let mut bytes = Vec::new();
        pool.install(|| pdf::write(&document, &mut bytes)).unwrap();
        bytes
    };
    let one = with(1);
    assert!(one == with(2) && one == with(5));
}

#[test]
fn the_structure_takes_little_room() {
    let (_, few, _) = noted(1_000);
    let (_, many, _) = noted(5_000);
    let of_a_row = (many.len() - few.len()) / 4_000;
    assert!(of_a_row < 150, "{of_a_row} bytes for a row of two cells and a link");
}
