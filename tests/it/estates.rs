//! Estates read from texts, as a run reads them from files.

use std::sync::LazyLock;

use klar::ingest::Dialects;
use klar::ingest::source::Source;
use klar::model::{Estate, Vm};

static DIALECTS: LazyLock<Dialects> = LazyLock::new(Dialects::embedded);

/// An estate of files, each a path and its text.
pub fn read(files: &[(&str, &str)]) -> Estate {
    of(&sources(files))
}

/// The same, in which every name that stands somewhere is counted or listed as left out.
pub fn read_and_listed(files: &[(&str, &str)]) -> Estate {
    let sources = sources(files);
    let estate = of(&sources);
    crate::left_out::check(&sources, &estate);
    estate
}

fn sources(files: &[(&str, &str)]) -> Vec<Source> {
    let source = |(path, text): &(&str, &str)| Source {
        path: (*path).to_owned(),
        bytes: text.as_bytes().to_vec(),
        sha256: String::new(),
    };
    files.iter().map(source).collect()
}

fn of(sources: &[Source]) -> Estate {
    let estate = klar::ingest::read(sources, &DIALECTS);
    for table in &estate.tables {
        assert!(table.rows.adds_up(), "{}: {:?}", table.taken_for, table.rows);
    }
    estate
}

/// The machines of an estate by name, in their order.
pub fn machines(estate: &Estate) -> Vec<&str> {
    estate.vms.iter().map(Vm::shown_name).collect()
}
