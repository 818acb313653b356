//! Damaged inputs for as long as asked, from reading to reports: `just fuzz MINUTES`. A fuzzer of one's own gives its inputs
//! one by one, as the file that `KLAR_FUZZ_INPUT` names.

use std::path::Path;
use std::time::{Duration, Instant};

use klar::catalogue::{Catalogue, Edition, Target};
use klar::evaluate::evaluate;
use klar::ingest::Dialects;
use klar::ingest::source::Source;
use klar::model::Estate;
use klar::organisation::Organisation;
use klar::report::stamp::Stamp;
use klar::report::view::{Options, View};
use klar::report::writers::WRITERS;
use klar::report::xlsx::Kept;

use super::fixtures::fixtures;
use super::mutators::{Dice, MUTATORS};
use super::{fault, read};

/// Forms that are written of every input; the others take longer, and are written of one in so many.
const OF_EVERY: &[&str] = &["csv", "json"];
const OTHERS_OF: u64 = 40;
/// No small file may take longer.
const LONGEST: Duration = Duration::from_secs(20);

/// What a run judges by.
struct By {
    dialects: Dialects,
    catalogue: Catalogue,
}

impl By {
    fn embedded() -> Self {
        Self { dialects: Dialects::embedded(), catalogue: Catalogue::embedded().unwrap() }
    }

    /// What is wrong with a run over one file, from reading it to reports in every form or in the quick ones.
    fn try_one(&self, source: &Source, every_form: bool) -> Option<String> {
        let begun = Instant::now();
        let whole = |sources: &[Source]| {
            let estate = read(sources, &self.dialects);
            self.write(&estate, every_form);
            estate
        };
        fault(whole, source)
            .or_else(|| (begun.elapsed() > LONGEST).then(|| format!("it takes {} s", begun.elapsed().as_secs())))
    }

    fn write(&self, estate: &Estate, every_form: bool) {
        let editions: Vec<&Edition> = Target::ALL.iter().filter_map(|target| self.catalogue.newest(*target)).collect();
        let assessment = evaluate(estate, &self.catalogue, &editions, jiff::civil::date(2026, 11, 22));
        let view = View {
            estate,
            assessment: &assessment,
            organisation: &Organisation::default(),
            plan: None,
            changes: None,
            stamp: &Stamp::default(),
            options: Options::default(),
            kept: &Kept::default(),
        };
        for writer in WRITERS.iter().filter(|writer| every_form || OF_EVERY.contains(&writer.name)) {
            for report in (writer.files)(&view) {
                let written = (report.write)(&mut Vec::new()).unwrap();
                let machines = estate.vms.len() as u64;
                assert!(written.is_none_or(|written| written == machines), "{}: {written:?}", report.name);
            }
        }
    }
}

fn asked(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

fn number(name: &str, otherwise: u64) -> u64 {
    asked(name).map_or(otherwise, |text| text.parse().unwrap_or_else(|_| panic!("{name} is no number: {text}")))
}

/// An input that was damaged one to four times over.
fn damaged(files: &[(&'static str, Vec<u8>)], seed: u64) -> Source {
    let mut dice = Dice::new(seed);
    let (path, whole) = &files[dice.below(files.len())];
    let mut bytes = whole.clone();
    for _ in 0..=dice.below(4) {
        let other = &files[dice.below(files.len())].1;
        bytes = MUTATORS[dice.below(MUTATORS.len())].1(&bytes, other, &mut dice);
        bytes.truncate(1 << 20);
    }
    Source { path: (*path).to_owned(), bytes, sha256: String::new() }
}

#[test]
#[expect(clippy::print_stdout, reason = "who lets it run wants to know what was tried")]
#[ignore = "it runs for as long as it is asked to, by `just fuzz MINUTES`"]
fn damaged_inputs_for_as_long_as_asked() {
    let by = By::embedded();
    // Readers give up on damaged workbooks by the thousand; the places would hide what matters.
    std::panic::set_hook(Box::new(|_| {}));
    if let Some(path) = asked("KLAR_FUZZ_INPUT") {
        let bytes = std::fs::read(&path).unwrap();
        let fault = by.try_one(&Source { path, bytes, sha256: String::new() }, true);
        drop(std::panic::take_hook());
        assert_eq!(fault, None);
        return;
    }
    let (minutes, first) = (number("KLAR_FUZZ_MINUTES", 1), number("KLAR_FUZZ_SEED", 1));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fuzz");
    std::fs::create_dir_all(&folder).unwrap();
    let files = fixtures();
    let (end, mut faults, mut seed) = (Instant::now() + Duration::from_secs(minutes * 60), Vec::new(), first << 32);
    while Instant::now() < end {
        let source = damaged(&files, seed);
        if let Some(fault) = by.try_one(&source, seed.is_multiple_of(OTHERS_OF)) {
            let kept = folder.join(format!("{seed}-{}", source.path));
            std::fs::write(&kept, &source.bytes).unwrap();
            faults.push(format!("{}: {fault}", kept.display()));
        }
        seed += 1;
    }
    drop(std::panic::take_hook());
    println!("{} inputs in {minutes} minutes, seed {first}: {} faults", seed - (first << 32), faults.len());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_damaged_input_goes_all_the_way_to_reports() {
    let by = By::embedded();
    let files = fixtures();
    let source = Source { path: files[0].0.to_owned(), bytes: files[0].1.clone(), sha256: String::new() };
    assert_eq!(by.try_one(&source, true), None);
    for seed in 0..40 {
        assert_eq!(by.try_one(&damaged(&files, seed), false), None, "seed {seed}");
    }
}
