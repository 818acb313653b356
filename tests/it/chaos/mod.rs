//! Damaged inputs by the thousand, always the same ones: each is read or refused, never a panic, a hang or a sum that does
//! not add up.

use std::panic::{AssertUnwindSafe, catch_unwind};

use klar::ingest::limits::{Budget, Limits};
use klar::ingest::source::Source;
use klar::ingest::{Dialects, read_spending};
use klar::model::{Estate, Gravity};

mod fixtures;
mod fuzz;
mod metamorphic;
mod mutators;

use fixtures::fixtures;
use mutators::{Dice, MUTATORS};

/// Limits that keep a damaged file's cost to that of a small one.
fn limits() -> Limits {
    Limits {
        file_cells: 20_000,
        sheet_cells: 20_000,
        dense_cells: 20_000,
        rows: 5_000,
        columns: 300,
        json_values: 50_000,
        file_text: 1 << 20,
        container_bytes: 4 << 20,
        ..Limits::default()
    }
}

fn read(sources: &[Source], dialects: &Dialects) -> Estate {
    read_spending(sources, dialects, None, &[], &Budget::new(limits()))
}

/// A way to read sources.
type Reader<'r> = &'r dyn Fn(&[Source]) -> Estate;

/// What is wrong with reading a source, if anything is.
fn fault(read: impl Fn(&[Source]) -> Estate, source: &Source) -> Option<String> {
    let Ok(estate) = catch_unwind(AssertUnwindSafe(|| read(std::slice::from_ref(source)))) else {
        return Some("reading panics".to_owned());
    };
    if estate.files.len() != 1 {
        return Some(format!("{} files for one", estate.files.len()));
    }
    if let Some(table) = estate.tables.iter().find(|table| !table.rows.adds_up()) {
        return Some(format!("the rows of {} do not add up: {:?}", table.sheet, table.rows));
    }
    let subjects: u64 = estate.tables.iter().map(|table| table.rows.subjects).sum();
    if estate.vms.len() as u64 > subjects {
        return Some(format!("{} machines of {subjects} rows", estate.vms.len()));
    }
    let is_silent = estate.tables.is_empty() && estate.notes.iter().all(|note| note.gravity == Gravity::Remark);
    // A text that only describes the folder is no table and nothing to tell of.
    (is_silent && estate.files[0].refused.is_none() && !source.bytes.starts_with(b"# "))
        .then(|| format!("nothing is read and nothing told: {:?}", estate.notes))
}

/// Puts every mutator to every fixture so many times, and returns how many inputs were tried and what went wrong.
fn run(rounds: u64, read: impl Fn(&[Source]) -> Estate) -> (u64, Vec<String>) {
    let fixtures = fixtures();
    let mut tried = 0;
    let mut faults = Vec::new();
    for (number, (path, bytes)) in (0_u64..).zip(&fixtures) {
        for (kind, (name, mutate)) in (0_u64..).zip(MUTATORS) {
            for round in 0..rounds {
                let mut dice = Dice::new(number << 32 | kind << 16 | round);
                let other = &fixtures[dice.below(fixtures.len())].1;
                let bytes = mutate(bytes, other, &mut dice);
                let source = Source { path: (*path).to_owned(), bytes, sha256: String::new() };
                tried += 1;
                if let Some(fault) = fault(&read, &source) {
                    faults.push(format!("{path}, {name}, round {round}: {fault}"));
                }
            }
        }
    }
    (tried, faults)
}

#[test]
fn thousands_of_damaged_inputs_are_read_or_refused() {
    let dialects = Dialects::embedded();
    let (tried, faults) = run(12, |sources| read(sources, &dialects));
    assert!(tried > 2000, "{tried} inputs");
    assert!(faults.is_empty(), "{} of {tried}:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn a_reader_that_is_broken_on_purpose_is_caught() {
    let dialects = Dialects::embedded();
    let loses_a_row = |sources: &[Source]| {
        let mut estate = read(sources, &dialects);
        for table in &mut estate.tables {
            table.rows.subjects = table.rows.subjects.saturating_sub(1);
        }
        estate
    };
    let invents_a_machine = |sources: &[Source]| {
        let mut estate = read(sources, &dialects);
        if let Some(vm) = estate.vms.first().cloned() {
            estate.vms.push(vm);
        }
        estate
    };
    let panics_on_a_byte = |sources: &[Source]| {
        assert!(!sources[0].bytes.contains(&0x7F), "a byte that no fixture has");
        read(sources, &dialects)
    };
    let says_nothing = |sources: &[Source]| {
        let mut estate = read(sources, &dialects);
        estate.notes.clear();
        estate.files[0].refused = None;
        estate
    };
    let broken: [(&str, Reader<'_>); 4] = [
        ("do not add up", &loses_a_row),
        ("machines of", &invents_a_machine),
        ("reading panics", &panics_on_a_byte),
        ("nothing told", &says_nothing),
    ];
    for (said, reader) in broken {
        let (_, faults) = run(2, reader);
        assert!(faults.iter().any(|fault| fault.contains(said)), "{said} is not noticed");
    }
}
