//! `klar rollup`: one report over many sites, from their written sets of reports.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};

use super::against::today;
use super::exit::DONE;
use super::load::{self, place, shown};
use super::manifest::{self, Entry, Manifest};
use super::query::put;
use super::save::Folder;
use super::sets::{self, Found, Set, TableFile};
use super::terminal::{print, tell};
use super::unable::unable;
use crate::catalogue::Target;
use crate::cli;
use crate::evaluate::Readiness;
use crate::model::{SubjectKind, say};
use crate::query::{Answer, Cell};
use crate::record::Recorded;
use crate::report::language::Language;
use crate::report::rollup::{Told, tables, tell as told_as};
use crate::report::{docx, pdf, words, xlsx};
use crate::rollup::{Finding, Held, Rollup, Site};

/// The largest record read.
const LARGEST_RECORD: u64 = 4 << 30;

/// Writes the report.
///
/// # Errors
/// When a folder holds no set of reports, a set cannot be read, or the report cannot be written.
pub(super) fn rollup(arguments: &cli::Rollup) -> Result<u8> {
    let language = Language::of(&arguments.spoken.lang, None)?;
    let asked = manifest::arguments(std::env::args_os());
    let names: Vec<String> = arguments.format.iter().map(|form| format!("rollup.{form}")).collect();
    let mut folder = Folder::open(&arguments.output, &names)?;
    folder.spare_others()?;
    let Found { sets, others, beside: _ } = sets::find(&arguments.folders)?;
    if let Some(other) = others.first() {
        return Err(unable!(
            "{place}: holds no set of reports with tables; klar assess --each writes one for each site, and --format parquet \
             the smallest",
            place = place(other)
        ));
    }
    let Gathered { sites, read, inputs } = gather(&sets, &arguments.folders)?;
    tell_twins(&sets);
    let rollup = Rollup::of(sites);
    let newest = sets.iter().filter_map(|set| set.as_of).max();
    let as_of = arguments.as_of.or(newest).unwrap_or_else(today);
    let told = Told { rollup: &rollup, customer: arguments.customer.as_deref(), as_of, read: &read, language };
    for (form, name) in arguments.format.iter().zip(&names) {
        folder.save(name, |out| match form.as_str() {
            "pdf" => pdf::write(&told_as(&told), out).map(drop),
            "docx" => docx::write(&told_as(&told), out).map(drop),
            _ => {
                let book = xlsx::of_tables("Readiness for Azure, all sites", as_of, &tables(&told), language);
                out.write_all(&book.map_err(io::Error::other)?)
            }
        })?;
    }
    folder.finish(Manifest::over(as_of, asked, inputs), None)?;
    if !arguments.quiet {
        let written: Vec<PathBuf> = names.iter().map(|name| folder.path(name)).collect();
        print(&summary(&rollup, &written, language))?;
    }
    Ok(DONE)
}

/// What sets tell.
struct Gathered {
    sites: Vec<Site>,
    /// Each set, and what of it was read.
    read: Vec<(String, &'static str)>,
    inputs: Vec<Entry>,
}

fn gather(sets: &[Set], named: &[PathBuf]) -> Result<Gathered> {
    let mut gathered = Gathered { sites: Vec::new(), read: Vec::new(), inputs: Vec::new() };
    let mut with_tables = Vec::new();
    for set in sets {
        let place = manifest::portable(&shown(&set.place), named);
        let files: Vec<&Path> = TABLES.iter().filter_map(|name| set.tables.get(*name)).map(TableFile::path).collect();
        if files.len() == TABLES.len() {
            let is_typed = set.tables.values().any(|file| matches!(file, TableFile::Parquet(_)));
            gathered.read.push((place, if is_typed { "Parquet files" } else { "CSV files" }));
            with_tables.push(set);
        } else if let Some(record) = &set.record {
            gathered.sites.push(of_record(record, set)?);
            gathered.read.push((place, "the record"));
        } else {
            bail!("{}: holds neither the tables {} nor a record", shown(&set.place), TABLES.join(" and "));
        }
        let record = if files.is_empty() { set.record.as_deref() } else { None };
        for file in files.into_iter().chain(record) {
            gathered.inputs.push(manifest::entry_of(file, named)?);
        }
    }
    if !with_tables.is_empty() {
        gathered.sites.extend(of_tables(&with_tables)?);
    }
    Ok(gathered)
}

/// The tables that a site is told by.
const TABLES: [&str; 2] = ["vms", "findings"];

fn of_record(path: &Path, set: &Set) -> Result<Site> {
    let bytes = load::content(path, LARGEST_RECORD).with_context(|| format!("{}: cannot be read", shown(path)))?;
    let record = Recorded::read(&shown(path), &bytes)?;
    Ok(Site::of_record(&record, &set.site))
}

/// What the tables of many sets tell, a site each.
fn of_tables(sets: &[&Set]) -> Result<Vec<Site>> {
    let mut sites: BTreeMap<String, Site> = BTreeMap::new();
    let machines = put(
        "SELECT site, site_recovery, azure_migrate, azure_vm, COUNT(*) AS machines FROM vms \
         GROUP BY site, site_recovery, azure_migrate, azure_vm",
        sets,
    )?;
    for row in rows(&machines) {
        let [site, site_recovery, azure_migrate, azure_vm, machines] = &row[..] else { continue };
        let count = count(machines)?;
        let site = site_of(&mut sites, site);
        site.machines += count;
        for (road, readiness) in Target::ALL.iter().zip([site_recovery, azure_migrate, azure_vm]) {
            if let Some(readiness) = word::<Readiness>(readiness)? {
                site.roads.entry(*road).or_default()[readiness as usize] += count;
            }
        }
    }
    let findings = put(
        "SELECT site, target, requirement, severity, outcome, subject_kind, COUNT(*) AS subjects FROM findings \
         WHERE waived_by IS NULL AND target <> 'organisation' AND (outcome = 'not-met' OR outcome = 'unknown') \
         GROUP BY site, target, requirement, severity, outcome, subject_kind",
        sets,
    )?;
    for row in rows(&findings) {
        let [site, target, requirement, severity, outcome, kind, subjects] = &row[..] else { continue };
        let (Some(target), Some(severity), Some(outcome)) = (word(target)?, word(severity)?, word(outcome)?) else {
            continue;
        };
        let finding = Finding { target, requirement: requirement.plain(), severity, outcome };
        let count = count(subjects)?;
        let is_machine = kind.plain() == SubjectKind::Vm.as_str();
        let held = if is_machine { Held { machines: count, others: 0 } } else { Held { machines: 0, others: count } };
        site_of(&mut sites, site).found.entry(finding).or_default().add(held);
    }
    Ok(sites.into_values().collect())
}

fn rows(answer: &Answer) -> impl Iterator<Item = Vec<Cell>> {
    (0..answer.len()).map(|row| answer.row(row))
}

fn site_of<'s>(sites: &'s mut BTreeMap<String, Site>, name: &Cell) -> &'s mut Site {
    let name = name.plain();
    sites.entry(name.clone()).or_insert_with(|| Site { name, ..Site::default() })
}

fn count(cell: &Cell) -> Result<u64> {
    cell.plain().parse().context("internal error: a count is no number")
}

/// A word of a list that is known; none where nothing stands.
fn word<W: std::str::FromStr<Err = String>>(cell: &Cell) -> Result<Option<W>> {
    let text = cell.plain();
    if text.is_empty() {
        return Ok(None);
    }
    let told = |fault| anyhow!("a set was written by another Klar: {fault}; assess its inputs again with this one");
    text.parse().map(Some).map_err(told)
}

/// Tells of sets that name the same site, whose machines are counted together.
fn tell_twins(sets: &[Set]) {
    let mut seen = BTreeSet::new();
    let twins: BTreeSet<&str> =
        sets.iter().map(|set| set.site.as_str()).filter(|site| !site.is_empty() && !seen.insert(*site)).collect();
    for twin in twins {
        tell(&format!("{twin}: several sets name this site, and their machines are counted together.\n"));
    }
}

fn summary(rollup: &Rollup, written: &[PathBuf], language: Language) -> String {
    let holds = say!(
        "{machines} {machines:machine|machines} at {sites} {sites:site|sites}",
        machines = rollup.machines(),
        sites = rollup.sites.len()
    );
    let mut text = format!("{}\n\n", language.said(&holds));
    for road in rollup.roads() {
        let counts = rollup.counts(road);
        let count = |readiness: &Readiness| {
            let count = language.count(counts[*readiness as usize]);
            format!("{count} {}", language.words(words::readiness_within(*readiness)))
        };
        let counts: Vec<String> = Readiness::ALL.iter().rev().map(count).collect();
        let line = format!("{}: {}\n", language.words(words::target(road)), counts.join(", "));
        text.push_str(&line);
    }
    text.push('\n');
    for path in written {
        text.push_str(&path.display().to_string());
        text.push('\n');
    }
    text
}
