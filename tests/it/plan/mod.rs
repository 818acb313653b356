//! The plan: what to move where, in what order, and what must be there first.

mod reading;

use std::sync::LazyLock;

use klar::ingest::recognise::dialect::Dialects;
use klar::ingest::source::Source;
use klar::model::Estate;

static DIALECTS: LazyLock<Dialects> = LazyLock::new(Dialects::embedded);

/// Reads files given as name and text, and checks that the rows of each table add up.
fn read(files: &[(&str, &str)]) -> Estate {
    let sources: Vec<Source> = files
        .iter()
        .map(|(path, text)| Source { path: (*path).to_owned(), bytes: text.as_bytes().to_vec(), sha256: String::new() })
        .collect();
    let estate = klar::ingest::read(&sources, &DIALECTS);
    for table in &estate.tables {
        assert!(table.rows.adds_up(), "{}: {:?}", table.taken_for, table.rows);
    }
    estate
}
