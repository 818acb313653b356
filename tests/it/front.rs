//! What is read first: the summary, the numbers that must agree with every other page, and the last screen of the terminal.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use klar::catalogue::Effort;
use klar::evaluate::Readiness;
use klar::plan::Wishes;
use klar::report::document::{Block, Cell, Document, Section, Table};
use klar::report::remedies::{best, remedies};
use klar::report::view::{Options, PdfDetail, View};
use klar::report::{brief, story, text, words};
use klar::rules::RULES;
use unicode_width::UnicodeWidthStr;

use crate::binary::Folder;
use crate::plan::tables::{rows, with_sample, written};

const SAMPLES: [&str; 3] = ["tallvik", "almby", "lindas"];
const ROADS: [(&str, &str); 3] =
    [("site_recovery", "Azure Site Recovery"), ("azure_migrate", "Azure Migrate"), ("azure_vm", "Azure VM")];

#[test]
fn every_remedy_has_an_effort() {
    let checks: BTreeSet<&str> = RULES.iter().map(|rule| rule.name).collect();
    let classed: BTreeSet<&str> = Effort::all().map(|(check, _)| check).collect();
    assert_eq!(classed, checks);
    let file = include_str!("../../templates/effort.toml");
    let lines = file.lines().filter(|line| line.starts_with("  \"")).count();
    assert_eq!(lines, checks.len(), "a check stands in two classes");
}

/// How many machines have which readiness on each road, as `vms.csv` has it.
fn counts(view: &View<'_>) -> BTreeMap<&'static str, BTreeMap<String, u64>> {
    let vms = rows(&written(view, "csv")["vms.csv"]);
    let mut counts = BTreeMap::new();
    for (column, road) in ROADS {
        let of_road: &mut BTreeMap<String, u64> = counts.entry(road).or_default();
        for vm in &vms {
            *of_road.entry(vm[column].clone()).or_default() += 1;
        }
    }
    counts
}

fn section<'d, 'a>(document: &'d Document<'a>, id: &str) -> &'d Section<'a> {
    document.sections.iter().find(|section| section.id == id).unwrap_or_else(|| panic!("no section {id}"))
}

fn tables<'d, 'a>(section: &'d Section<'a>) -> impl Iterator<Item = &'d Table<'a>> {
    section.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        Block::Heading { .. }
        | Block::Text(_)
        | Block::Callout { .. }
        | Block::Facts(_)
        | Block::Chart(_)
        | Block::Bands(_) => None,
    })
}

fn cells(table: &Table<'_>) -> Vec<Vec<Cell>> {
    (0..table.len).map(|row| (table.row)(row)).collect()
}

/// Every text of a document, a cell, a sentence or a heading each.
fn texts(document: &Document<'_>) -> Vec<String> {
    let mut texts: Vec<String> = document.cover.facts.iter().map(|(_, value)| value.clone()).collect();
    for block in document.sections.iter().flat_map(|section| &section.blocks) {
        match block {
            Block::Heading { text, .. } | Block::Text(text) | Block::Callout { text, .. } => texts.push(text.clone()),
            Block::Facts(facts) => texts.extend(facts.iter().map(|fact| fact.value.text.clone())),
            Block::Chart(_) => {}
            Block::Table(table) => texts.extend(cells(table).into_iter().flatten().map(|cell| cell.text)),
            Block::Bands(bands) => {
                texts.extend(cells(&bands.table).into_iter().flatten().map(|cell| cell.text));
                texts.extend(bands.bands.iter().flat_map(|band| band.notes.clone()));
            }
        }
    }
    texts
}

fn number(text: &str) -> u64 {
    text.replace('\u{a0}', "").parse().unwrap_or_else(|_| panic!("{text:?} is no number"))
}

/// The numbers that stand at most two words before some words.
fn before(text: &str, words: &str) -> Vec<u64> {
    let text = text.to_lowercase();
    let near = |at: usize| text[..at].split(' ').rev().filter(|word| !word.is_empty()).take(2).collect::<Vec<_>>();
    let numbers = text.match_indices(words).flat_map(|(at, _)| near(at));
    numbers.filter_map(|word| word.replace('\u{a0}', "").parse().ok()).collect()
}

#[test]
fn no_number_of_readiness_contradicts_another() {
    for sample in SAMPLES {
        with_sample(sample, &Wishes::default(), |view| {
            let counts = counts(view);
            let of = |road: &str, readiness: Readiness| counts[road].get(readiness.as_str()).copied().unwrap_or(0);
            let document = story::tell(view);
            let machines = view.estate.vms.len() as u64;

            let summary = &section(&document, "summary").blocks;
            let chart =
                summary.iter().find_map(|block| if let Block::Chart(chart) = block { Some(chart) } else { None });
            for (bar, (_, road)) in chart.unwrap().bars.iter().zip(ROADS) {
                let told: Vec<u64> = bar.parts.iter().map(|(_, count, _)| *count).collect();
                let kept: Vec<u64> = Readiness::ALL.iter().rev().map(|readiness| of(road, *readiness)).collect();
                assert_eq!(told, kept, "{sample}: {}", bar.label);
            }

            let cover = document.cover.facts.iter().find(|(label, _)| label == "Machines").unwrap();
            assert_eq!(number(&cover.1), machines, "{sample}: the cover");

            let groups = tables(section(&document, "estate"));
            for table in groups.filter(|table| table.columns.iter().any(|column| column.title == "Ready")) {
                let sum = |column: usize| cells(table).iter().map(|row| number(&row[column].text)).sum::<u64>();
                assert_eq!(sum(1), machines, "{sample}: {}", table.columns[0].title);
                let ready = of(ROADS[0].1, Readiness::Ready) + of(ROADS[0].1, Readiness::ReadyWithConditions);
                assert_eq!(sum(2), ready, "{sample}: {}", table.columns[0].title);
            }

            let known: Vec<u64> = ROADS.iter().map(|(_, road)| of(road, Readiness::NotReady)).collect();
            for text in texts(&document) {
                for told in before(&text, "not ready") {
                    assert!(known.contains(&told), "{sample}: {told} not ready, and {known:?} elsewhere: {text}");
                }
            }
            let plan = texts(&document).into_iter().find(|text| text.contains("planned for")).unwrap();
            assert_eq!(before(&plan, "not ready"), [known[0]], "{sample}: the plan is for the first road");
            if sample == "tallvik" {
                assert!(known[0] > 0 && known[0] != known[1] && known[1] != known[2], "the sample tells roads apart");
            }

            let summary = text::summary(view);
            let printed: Vec<&str> = summary.lines().filter(|line| line.starts_with("  not ready  ")).collect();
            let printed: Vec<u64> =
                printed.iter().map(|line| number(line.split_whitespace().nth(2).unwrap())).collect();
            assert_eq!(printed, known, "{sample}: the terminal");

            in_full(view, &counts, sample);
            verdict_fits(view, sample);
        });
    }
}

/// Every machine of the table of machines has the readiness that `vms.csv` gives it.
fn in_full(view: &View<'_>, counts: &BTreeMap<&str, BTreeMap<String, u64>>, sample: &str) {
    let options = Options { pdf: PdfDetail::Full, ..Options::default() };
    let view = View { options, ..View { ..*view } };
    let document = story::tell(&view);
    let table = tables(section(&document, "machines")).next().unwrap();
    for (_, road) in ROADS {
        let column = table.columns.iter().position(|column| column.title == road).unwrap();
        let mut told: BTreeMap<String, u64> = BTreeMap::new();
        for row in cells(table) {
            let (name, _) = row[column].text.rsplit_once(' ').unwrap();
            let name = if name == "Conditions" { "ready-with-conditions" } else { name };
            *told.entry(name.to_lowercase().replace(' ', "-")).or_default() += 1;
        }
        assert_eq!(told, counts[road], "{sample}: {road}");
    }
}

/// The verdict counts each machine once, by the better of the two roads that move it.
fn verdict_fits(view: &View<'_>, sample: &str) {
    let vms = rows(&written(view, "csv")["vms.csv"]);
    let rank = |name: &str| Readiness::ALL.iter().position(|readiness| readiness.as_str() == name).unwrap();
    let mut kept = [0_u64; 4];
    for vm in &vms {
        kept[rank(&vm["site_recovery"]).max(rank(&vm["azure_migrate"]))] += 1;
    }
    let best = best(view);
    assert_eq!([best.not_ready, best.unknown, best.conditions, best.ready], kept, "{sample}");
    let said = words::said(&story::verdict(view)[0]);
    for count in kept {
        assert!(said.contains(&count.to_string()), "{sample}: {count} in {said}");
    }
}

#[test]
fn remedies_free_machines_alone_and_together() {
    let folder = Folder::new("front-remedies");
    let machine = |name: &str, os_gb: u32, architecture: &str| {
        format!("{name},hv01,Windows Server 2022,{architecture},2,4,16,{os_gb}\n")
    };
    let mut list = "VM,VM host,Guest OS,OS architecture,Generation,vCPUs,Memory (GB),OS disk size (GB)\n".to_owned();
    for (name, os_gb, architecture) in
        [("a", 9000, "x64"), ("b", 9000, "x64"), ("c", 9000, "x86"), ("d", 100, "x86"), ("e", 100, "x64")]
    {
        list.push_str(&machine(name, os_gb, architecture));
    }
    let source = klar::ingest::source::Source {
        path: "machines.csv".to_owned(),
        sha256: String::new(),
        bytes: list.clone().into_bytes(),
    };
    let estate = klar::ingest::read(&[source], &klar::ingest::Dialects::embedded());
    let catalogue = klar::catalogue::Catalogue::embedded().unwrap();
    let edition = catalogue.edition(klar::catalogue::Target::SiteRecovery, "2026-10").unwrap();
    let mut wordy = edition.clone();
    for (number, requirement) in (0..).zip(&mut wordy.requirements) {
        requirement.remedy = Some(format!("{number} {}", "what a site may say at length, ".repeat(90)));
    }
    let day = jiff::civil::date(2026, 11, 22);
    let assessment = klar::evaluate::evaluate(&estate, &catalogue, &[edition], day);
    let view = View {
        estate: &estate,
        assessment: &assessment,
        organisation: &klar::organisation::Organisation::default(),
        plan: None,
        stamp: &klar::report::stamp::Stamp::default(),
        options: Options::default(),
        kept: &klar::report::xlsx::Kept::default(),
        changes: None,
    };
    let (found, all) = remedies(&view, 9);
    let told: Vec<(&str, u64, u64, u64)> =
        found.iter().map(|remedy| (remedy.text, remedy.machines, remedy.alone, remedy.together)).collect();
    assert_eq!(
        told,
        [
            ("Shrink the disk or move data off it, so that it fits the limit of its generation.", 3, 2, 2),
            ("Move the workload to a 64-bit operating system.", 2, 1, 4),
        ]
    );
    assert_eq!(all, 2);
    assert_eq!(found[0].effort, Some(Effort::Medium));
    assert_eq!(remedies(&view, 1).0.len(), 1);
    let long = klar::evaluate::evaluate(&estate, &catalogue, &[&wordy], day);
    let screen = brief::brief(&View { assessment: &long, ..view });
    assert!(screen.lines().count() <= 24 && screen.contains("  2. ") && screen.contains("Next: "), "{screen}");
    assert!(screen.lines().all(|line| line.width() <= 80), "{screen}");
    // The same comes out of the program, with what was asked last.
    folder.put("in/machines.csv", list);
    let run = folder.run(&["assess", "in", "-o", "out", "--against", "site-recovery@2026-10", "--format", "csv"]);
    assert!(run.out.contains("That frees 2 machines."), "{}", run.out);
}

#[test]
fn the_verdict_the_actions_and_the_next_step_fit_a_screen_and_come_last() {
    for sample in SAMPLES {
        let folder = Folder::new(&format!("front-screen-{sample}"));
        let site = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(sample);
        let site = site.to_str().unwrap();
        let run = folder.run(&["assess", site, "-o", "out", "--as-of", "2026-11-22", "--format", "csv"]);
        assert_eq!(run.code, 0, "{}", run.err);
        let lines: Vec<&str> = run.out.lines().collect();
        let screen = &lines[lines.len() - 24..];
        assert!(screen.iter().all(|line| line.width() <= 80), "{screen:#?}");
        let at = |begin: &str| screen.iter().position(|line| line.starts_with(begin));
        let (verdict, first, next) = (at("Of "), at("What to do first"), at("Next: "));
        assert!(verdict.is_some() && verdict < first && first < next, "{screen:#?}");
        for action in ["  1. ", "  2. ", "  3. "] {
            assert!(at(action) > first && at(action) < next, "{sample}: {action}\n{screen:#?}");
        }
        let rest = &screen[next.unwrap()..];
        assert!(rest.len() <= 3, "the next step comes last: {rest:#?}");
    }
}

#[test]
fn a_path_alone_is_assessed_beside_itself_unless_it_is_a_command() {
    const LIST: &str = "VM,Guest OS,vCPUs,Memory (GB)\nweb-01,Windows Server 2022,2,4\n";
    let folder = Folder::new("front-alone");
    folder.put("sites/norr/machines.csv", LIST).put("inspect/machines.csv", LIST);
    let run = folder.run(&["sites/norr"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(folder.names("sites/klar-report").iter().any(|name| name == "report.pdf"));
    assert_eq!(folder.names("sites/norr"), ["machines.csv"]);

    let file = folder.run(&["sites/norr/machines.csv"]);
    assert_eq!(file.code, 0, "{}", file.err);
    assert!(folder.names("sites/norr").contains(&"klar-report".to_owned()));

    let command = folder.run(&["inspect"]);
    assert_eq!(command.code, 2, "the command wins, and asks for its paths: {}", command.out);
    assert!(!folder.path("klar-report").exists());
    assert_eq!(folder.run(&["./inspect"]).code, 0);
    assert!(folder.path("klar-report").exists());

    let nothing = folder.run(&["no-such-site"]);
    assert_eq!(nothing.code, 2);
    assert!(nothing.err.contains("no-such-site"), "{}", nothing.err);
    assert!(folder.run(&["--help"]).out.contains("klar ./inspect"));
}
