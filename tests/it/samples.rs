//! The sample estates: what is read and concluded from each stays as it is, and together they show every requirement.
//!
//! `UPDATE_GOLDEN=1 cargo test --locked samples` writes what is expected anew; read the difference before you keep it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::golden;

/// Requirements that are not both met and broken in Tallvik, in an edition or in all, and why not.
const ONE_SIDED: &[(&str, Option<&str>, &str)] = &[
    ("disk-over-limit", Some("2025-02"), "the limit is 64 TiB, and a VHDX holds no more"),
    ("disk-over-limit", Some("2024-06"), "the limit is 64 TiB, and a VHDX holds no more"),
    ("guest-architecture-unsupported", Some("2026-03"), "only Arm guests are refused, and an x64 host runs none"),
    ("guest-architecture-unsupported", Some("2025-02"), "only Arm guests are refused, and an x64 host runs none"),
    ("host-not-hyper-v", None, "the VMware host is left out by its platform, before its system is looked at"),
    ("linux-version-not-told", Some("2024-06"), "VMM names no distribution without its version"),
    ("linux-version-not-told", Some("2025-02"), "VMM names no distribution without its version"),
    ("linux-without-hyper-v-drivers", None, "no guest of the estate is that old"),
    ("guest-os-unrecognised", None, "a name that tells no product leaves the answer unknown"),
    ("nics-over-limit", None, "the limit is 32, and Hyper-V gives a machine at most 12 before Windows Server 2025"),
];

/// A row of a report, by column.
type Record = BTreeMap<String, String>;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[expect(clippy::disallowed_methods, reason = "a test reads what was written")]
fn read(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Assesses a sample into a folder of the test's own; the folder, and what was printed with the folder's name taken out.
fn assess(story: &str, test: &str, further: &[&str]) -> (PathBuf, String) {
    let reports = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("samples-{story}-{test}"));
    if reports.exists() {
        std::fs::remove_dir_all(&reports).expect("the reports of an earlier run can be removed");
    }
    let run = Command::new(env!("CARGO_BIN_EXE_klar"))
        .current_dir(root())
        .args(["assess", &format!("samples/{story}"), "--as-of", "2026-11-22"])
        .arg("--output")
        .arg(&reports)
        .args(further)
        .output()
        .expect("the binary starts");
    let printed = String::from_utf8(run.stdout).expect("the summary is UTF-8");
    assert!(run.status.success(), "{}\n{}", printed, String::from_utf8_lossy(&run.stderr));
    let folder = reports.display().to_string();
    (reports, printed.replace(&folder, "REPORTS"))
}

fn records(path: &Path) -> Vec<Record> {
    let bytes = read(path);
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    let mut reader = csv::Reader::from_reader(text);
    let records = reader.deserialize().collect::<Result<Vec<Record>, _>>();
    records.unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// How often each requirement came out how, without its words and sources.
fn tallies(requirements: &[Record]) -> String {
    let columns = ["target", "edition", "requirement", "severity", "scope"];
    let outcomes = ["met", "not_met", "unknown", "unverified", "not_applicable"];
    let mut text = String::new();
    for row in requirements {
        let shown: Vec<&str> = columns.iter().chain(&outcomes).map(|column| row[*column].as_str()).collect();
        text.push_str(&shown.join(";"));
        text.push('\n');
    }
    text
}

/// How many findings each requirement has of each outcome, and where the first of them was seen.
fn digest(findings: &[Record]) -> String {
    let mut groups: BTreeMap<[&str; 4], (usize, &Record)> = BTreeMap::new();
    for finding in findings {
        let key = ["target", "edition", "requirement", "outcome"].map(|column| finding[column].as_str());
        groups.entry(key).or_insert((0, finding)).0 += 1;
    }
    let mut text = String::new();
    for ([target, edition, requirement, outcome], (count, first)) in groups {
        let file = first["source_file"].rsplit('/').next().unwrap_or_default();
        let at = if first["source_cell"].is_empty() { &first["source_row"] } else { &first["source_cell"] };
        let place: Vec<&str> = [file, &first["source_sheet"], at].into_iter().filter(|part| !part.is_empty()).collect();
        writeln!(
            text,
            "{target} {edition} {requirement}: {count} {outcome}, first {} at {}",
            first["subject"],
            place.join(" ")
        )
        .expect("a string takes what is written");
    }
    text
}

/// Compares what a sample gives with what is kept, or keeps it.
fn stays_as_it_is(story: &str) {
    let (reports, printed) = assess(story, "golden", &["--format", "csv"]);
    let mut made = vec![
        ("summary.txt", printed.into_bytes()),
        ("requirements.txt", tallies(&records(&reports.join("requirements.csv"))).into_bytes()),
        ("findings.txt", digest(&records(&reports.join("findings.csv"))).into_bytes()),
    ];
    made.extend(
        ["vms.csv", "inputs.csv", "plan.csv", "waves.csv", "quota.csv"].map(|name| (name, read(&reports.join(name)))),
    );
    for (name, bytes) in made {
        golden::stays(&format!("tests/golden/{story}/{name}"), &bytes);
    }
}

#[test]
fn tallvik_gives_what_it_gave() {
    stays_as_it_is("tallvik");
}

#[test]
fn almby_gives_what_it_gave() {
    stays_as_it_is("almby");
}

#[test]
fn lindas_gives_what_it_gave() {
    stays_as_it_is("lindas");
}

/// Every edition there is, as `--against` takes it.
fn every_edition() -> Vec<String> {
    let folder = |path: &Path| -> Vec<PathBuf> {
        let entries = std::fs::read_dir(path).expect("the templates are part of the project");
        entries.map(|entry| entry.expect("a readable folder entry").path()).collect()
    };
    let stem = |path: &Path| path.file_stem().expect("a named file").to_string_lossy().into_owned();
    let targets = folder(&root().join("templates/requirements"));
    let editions = targets.iter().flat_map(|target| {
        folder(target).into_iter().map(move |edition| format!("{}@{}", stem(target), stem(&edition)))
    });
    editions.collect()
}

/// The rows of `requirements.csv` of a sample, judged against every edition.
fn against_every_edition(story: &str) -> Vec<Record> {
    let editions = every_edition();
    let mut further = vec!["--format", "csv"];
    further.extend(editions.iter().flat_map(|edition| ["--against", edition.as_str()]));
    let (reports, _) = assess(story, "editions", &further);
    records(&reports.join("requirements.csv"))
}

fn is_some(row: &Record, outcome: &str) -> bool {
    row[outcome] != "0"
}

/// A requirement of an edition.
fn place(row: &Record) -> (String, String, String) {
    (row["target"].clone(), row["edition"].clone(), row["requirement"].clone())
}

#[test]
fn tallvik_meets_and_breaks_every_requirement_of_every_edition() {
    let rows = against_every_edition("tallvik");
    let one_sided: BTreeSet<_> = rows
        .iter()
        .filter(|row| row["scope"] != "estate" && !(is_some(row, "met") && is_some(row, "not_met")))
        .map(place)
        .collect();
    let is_excepted = |(_, edition, requirement): &(String, String, String)| {
        ONE_SIDED.iter().any(|(name, of, _)| name == requirement && of.is_none_or(|of| of == edition))
    };
    let without_reason: Vec<_> = one_sided.iter().filter(|place| !is_excepted(place)).collect();
    assert!(without_reason.is_empty(), "not both met and broken: {without_reason:?}");
    for (name, of, reason) in ONE_SIDED {
        let still = one_sided.iter().any(|(_, edition, found)| found == name && of.is_none_or(|of| of == edition));
        assert!(still, "{name} is met and broken after all, so this is no reason: {reason}");
    }
}

#[test]
fn what_is_asked_of_a_whole_estate_is_told_in_some_sample() {
    let told = |rows: &[Record]| -> (BTreeSet<_>, BTreeSet<_>) {
        let of_estate = rows.iter().filter(|row| row["scope"] == "estate");
        let (told, untold): (Vec<_>, Vec<_>) =
            of_estate.partition(|row| is_some(row, "met") || is_some(row, "not_met"));
        (told.into_iter().map(place).collect(), untold.into_iter().map(place).collect())
    };
    let (in_tallvik, untold) = told(&against_every_edition("tallvik"));
    assert!(in_tallvik.len() >= 20, "only {} requirements of the estate", in_tallvik.len());
    let (in_almby, _) = told(&against_every_edition("almby"));
    let nowhere: Vec<_> = untold.difference(&in_almby).collect();
    assert!(nowhere.is_empty(), "told in no sample: {nowhere:?}");
}

#[test]
fn the_same_input_gives_the_same_bytes_whatever_the_threads() {
    let runs = [("first", "2"), ("again", "2"), ("alone", "1")].map(|(test, jobs)| {
        let (reports, printed) = assess("tallvik", test, &["--jobs", jobs]);
        let entries = std::fs::read_dir(&reports).expect("the reports are there");
        let files: BTreeMap<String, Vec<u8>> = entries
            .map(|entry| entry.expect("a readable folder entry"))
            .map(|entry| (entry.file_name().to_string_lossy().into_owned(), read(&entry.path())))
            .collect();
        (files, printed)
    });
    let [(first, printed), others @ ..] = runs;
    assert!(first.len() >= 5, "reports: {:?}", first.keys());
    for (files, summary) in others {
        assert_eq!(summary, printed);
        assert!(files.keys().eq(first.keys()), "{:?} and {:?}", first.keys(), files.keys());
        for (name, bytes) in &files {
            assert!(first[name] == *bytes, "{}", golden::difference(name, &first[name], bytes));
        }
    }
}
