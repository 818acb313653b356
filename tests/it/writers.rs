//! Every form of report over every sample: the same machines, the same bytes, and columns that no form leaves out.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use klar::catalogue::{Catalogue, digest};
use klar::evaluate::evaluate;
use klar::ingest::source::Source;
use klar::ingest::{self, Dialects};
use klar::organisation::Organisation;
use klar::record::Recorded;
use klar::report::stamp::Stamp;
use klar::report::view::{Options, View};
use klar::report::writer::Report;
use klar::report::writers::WRITERS;
use klar::report::xlsx::Kept;
use klar::tables::{Cells, Head, Table, Value, frame};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Hands the view of a sample, judged against the newest edition of each target, to `look`.
pub fn with_sample(name: &str, look: impl Fn(&View<'_>)) {
    let sources: Vec<Source> = files(&root().join("samples").join(name))
        .into_iter()
        .map(|path| {
            let bytes = std::fs::read(&path).unwrap();
            Source { path: path.to_string_lossy().replace('\\', "/"), sha256: digest(&bytes), bytes }
        })
        .collect();
    let estate = ingest::read(&sources, &Dialects::embedded());
    let catalogue = Catalogue::embedded().unwrap();
    let targets = klar::catalogue::Target::ALL;
    let editions: Vec<_> = targets.iter().filter_map(|target| catalogue.newest(*target)).collect();
    let assessment = evaluate(&estate, &catalogue, &editions, jiff::civil::date(2026, 11, 22));
    let (organisation, stamp) = (Organisation::default(), Stamp::default());
    look(&View {
        estate: &estate,
        assessment: &assessment,
        organisation: &organisation,
        plan: None,
        changes: None,
        stamp: &stamp,
        options: Options::default(),
        kept: &Kept::default(),
    });
}

const SAMPLES: [&str; 3] = ["tallvik", "almby", "lindas"];

#[test]
fn every_form_holds_every_machine_and_is_written_alike_twice() {
    for sample in SAMPLES {
        with_sample(sample, |view| {
            for writer in WRITERS {
                let write = |Report { name, write }: Report<'_>| {
                    let mut bytes = Vec::new();
                    let machines = write(&mut bytes).unwrap();
                    (name, (machines, bytes))
                };
                let first: BTreeMap<_, _> = (writer.files)(view).into_iter().map(write).collect();
                let again: BTreeMap<_, _> = (writer.files)(view).into_iter().map(write).collect();
                let counts: Vec<u64> = first.values().filter_map(|(machines, _)| *machines).collect();
                // A form for handing over may part the machines over several files.
                let all = view.estate.vms.len() as u64;
                let each_once = counts == [all] || (!writer.usual && counts.is_empty());
                assert!(each_once, "{sample}: {} holds each machine once: {counts:?}", writer.name);
                assert!(first == again, "{sample}: {} is not the same twice", writer.name);
                assert!(first.values().all(|(_, bytes)| !bytes.is_empty()), "{sample}: {} is empty", writer.name);
            }
        });
    }
}

/// Takes rows in as texts.
#[derive(Default)]
struct Texts {
    names: Vec<String>,
    cells: Vec<String>,
}

impl Cells for Texts {
    fn cell(&mut self, head: &Head, value: Value<'_>) {
        assert!(value.fits(head.kind), "{}: {value:?} in a column of {}", head.name, head.kind);
        self.names.push(head.name.to_string());
        self.cells.push(value.plain().into_owned());
    }
}

fn row(table: &Table<'_>, index: usize) -> Texts {
    let mut texts = Texts::default();
    table.row(index, &mut texts);
    texts
}

#[test]
fn a_table_has_the_same_columns_in_every_form() {
    for sample in SAMPLES {
        with_sample(sample, |view| {
            let csv = WRITERS.iter().find(|writer| writer.name == "csv").unwrap();
            let written: BTreeMap<String, Vec<u8>> = (csv.files)(view)
                .into_iter()
                .map(|Report { name, write }| {
                    let mut bytes = Vec::new();
                    write(&mut bytes).unwrap();
                    (name, bytes)
                })
                .collect();
            for table in view.tables() {
                let names: Vec<&str> = table.heads.iter().map(|head| &*head.name).collect();
                let file = &written[&format!("{}.csv", table.name)];
                let mut reader = csv::Reader::from_reader(file.as_slice());
                assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>(), names, "{}", table.name);
                let frame = frame(&table, &names).unwrap();
                assert_eq!(frame.shape(), (table.len, names.len()), "{}", table.name);
                assert_eq!(frame.get_column_names_str(), names);
                let mut rows = 0;
                for (index, record) in reader.records().map(Result::unwrap).enumerate() {
                    let texts = row(&table, index);
                    assert_eq!(texts.names, names, "{}", table.name);
                    let undone: Vec<&str> = record
                        .iter()
                        .zip(&texts.cells)
                        .map(|(cell, _)| cell.strip_prefix('\'').unwrap_or(cell))
                        .collect();
                    let plain: Vec<&str> =
                        texts.cells.iter().map(|cell| cell.strip_prefix('\'').unwrap_or(cell)).collect();
                    assert_eq!(undone, plain, "{} row {index}", table.name);
                    rows += 1;
                }
                assert_eq!(rows, table.len, "{}", table.name);
            }
        });
    }
}

#[test]
fn an_assessment_is_read_back_as_it_was_written() {
    for sample in SAMPLES {
        with_sample(sample, |view| {
            let mut bytes = Vec::new();
            klar::report::json::write(view, &mut bytes).unwrap();
            let read = Recorded::read("assessment.json", &bytes).unwrap();
            let again = serde_json::to_vec(&read).unwrap();
            assert_eq!(Recorded::read("assessment.json", &again).unwrap(), read, "{sample}");
            let value = |bytes: &[u8]| serde_json::from_slice::<serde_json::Value>(bytes).unwrap();
            let (written, again) = (value(&bytes), value(&again));
            for (name, part) in written.as_object().unwrap() {
                let is_empty = part.as_array().is_some_and(Vec::is_empty);
                assert!(is_empty || again[name] == *part, "{sample}: {name} is not read back as it was written");
            }
            assert_eq!(read.machines.len(), view.estate.vms.len());
            assert!(read.editions.iter().all(|edition| !edition.requirements.is_empty()));
        });
    }
}

#[test]
fn an_assessment_of_another_version_is_refused_in_words() {
    let refused = |text: &str| Recorded::read("old/assessment.json", text.as_bytes()).unwrap_err().to_string();
    let earlier = refused(r#"{"schema":"klar.assessment/1","klar_version":"0.1.0"}"#);
    assert!(
        earlier.contains("old/assessment.json: is a klar.assessment/1") && earlier.contains("Assess the inputs again")
    );
    assert!(refused("{}").contains("does not say what it is"));
    assert!(refused(r#"{"schema":"klar.manifest/1"}"#).contains("it says to be klar.manifest/1"));
    assert!(refused("VM,Host").contains("is no assessment of Klar's"));
}

#[test]
fn the_readme_lists_every_form() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let listed: Vec<&str> = readme
        .split_once("| format | writes |")
        .unwrap()
        .1
        .lines()
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .collect();
    let forms: Vec<String> = WRITERS
        .iter()
        .map(|writer| {
            format!("| `{}` | {} | {} |", writer.name, writer.about, if writer.usual { "usual" } else { "" })
                .replace("|  |", "| |")
        })
        .collect();
    assert_eq!(listed, forms);
}
