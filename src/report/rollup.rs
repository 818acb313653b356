//! Many sites as one report: how far each is on each road, and the findings they share, worst first.

use jiff::civil::Date;

use super::document;
use super::language::Language;
use super::phrased::{self, Bar, Block, Cell, Chart, Cover, Document, Section, Start, Tone};
use super::story::{columns, heading, readiness_tone, severity_tone};
use super::words;
use crate::catalogue::Target;
use crate::evaluate::{Outcome, Readiness};
use crate::model::{Arg, Identity, Phrase, say};
use crate::rollup::{Across, Counts, Rollup, Site, can_go};
use crate::rules;
use crate::tables::{Column, Shape, Table, Value};

/// Sites named with a finding.
const SITES_NAMED: usize = 5;
/// Sites and findings on the summary.
const ON_SUMMARY: usize = 10;

/// What a report over many sites tells beside the sites.
#[derive(Clone, Debug)]
pub struct Told<'a> {
    /// The sites.
    pub rollup: &'a Rollup,
    /// The customer, when one is named.
    pub customer: Option<&'a str>,
    /// The day of the report.
    pub as_of: Date,
    /// What was read: each set, and what of it.
    pub read: &'a [(String, &'static str)],
    /// The language that it is told in.
    pub language: Language,
}

/// A row of the table of sites: a site on a road.
struct Sites;

impl Shape for Sites {
    type Row<'a> = (Target, &'a Site);
}

const SITES: &[Column<Sites>] = &[
    Column::text("site", |row| Value::named(Identity::Customer, Some(&row.1.name))),
    Column::text("target", |row| Value::Word(row.0.as_str())),
    Column::number("machines", |row| Value::number(Some(row.1.machines))),
    Column::number("ready", |row| count(row, Readiness::Ready)),
    Column::number("ready_with_conditions", |row| count(row, Readiness::ReadyWithConditions)),
    Column::number("unknown", |row| count(row, Readiness::Unknown)),
    Column::number("not_ready", |row| count(row, Readiness::NotReady)),
];

fn count(row: &(Target, &Site), readiness: Readiness) -> Value<'static> {
    Value::number(row.1.roads.get(&row.0).map(|counts| counts[readiness as usize]))
}

/// A row of the table of findings: one at all sites.
struct Findings;

impl Shape for Findings {
    type Row<'a> = (&'a Rollup, &'a Across);
}

const FINDINGS: &[Column<Findings>] = &[
    Column::text("target", |row| Value::Word(row.1.finding.target.as_str())),
    Column::text("requirement", |row| Value::text(Some(&row.1.finding.requirement))),
    Column::text("severity", |row| Value::Word(row.1.finding.severity.as_str())),
    Column::text("outcome", |row| Value::Word(row.1.finding.outcome.as_str())),
    Column::number("sites", |row| Value::number(Some(row.1.sites.len()))),
    Column::number("machines", |row| Value::number(Some(row.1.held.machines))),
    Column::number("others", |row| Value::number(Some(row.1.held.others))),
    Column::text("summary", |row| wording(rules::find(&row.1.finding.requirement).map(|rule| rule.summary))),
    Column::text("remedy", |row| wording(rules::find(&row.1.finding.requirement).map(|rule| rule.remedy))),
    Column::text("worst_sites", |row| Value::said(worst_sites(row.0, row.1))),
];

/// The sites that a finding holds back most.
fn worst_sites(rollup: &Rollup, across: &Across) -> Phrase {
    let named = across.sites.iter().take(SITES_NAMED).map(|place| rollup.sites[*place].name.as_str());
    let named = Arg::names(Identity::Customer, named);
    match across.sites.len().saturating_sub(SITES_NAMED) {
        0 => named.into(),
        more => say!("{names} and {more} more", names = named, more = more),
    }
}

/// A sentence of the catalogue that may not be known.
fn wording(text: Option<&'static str>) -> Value<'static> {
    text.map_or(Value::Nothing, Value::Wording)
}

/// A row of the table of a finding at a site.
struct AtSites;

impl Shape for AtSites {
    type Row<'a> = (&'a Site, &'a Across);
}

const AT_SITES: &[Column<AtSites>] = &[
    Column::text("site", |row| Value::named(Identity::Customer, Some(&row.0.name))),
    Column::text("target", |row| Value::Word(row.1.finding.target.as_str())),
    Column::text("requirement", |row| Value::text(Some(&row.1.finding.requirement))),
    Column::text("severity", |row| Value::Word(row.1.finding.severity.as_str())),
    Column::text("outcome", |row| Value::Word(row.1.finding.outcome.as_str())),
    Column::number("machines", |row| Value::number(Some(row.0.found[&row.1.finding].machines))),
    Column::number("others", |row| Value::number(Some(row.0.found[&row.1.finding].others))),
];

/// The tables, each with the name of its sheet.
#[must_use]
pub fn tables<'a>(told: &Told<'a>) -> Vec<(&'static str, Table<'a>)> {
    let rollup = told.rollup;
    let sites: Vec<(Target, &Site)> = rollup
        .roads()
        .into_iter()
        .flat_map(|road| rollup.worst_first(road).into_iter().map(move |site| (road, site)))
        .collect();
    let at: Vec<(&Site, &Across)> = rollup
        .across
        .iter()
        .flat_map(|across| across.sites.iter().map(move |place| (&rollup.sites[*place], across)))
        .collect();
    vec![
        ("Sites", Table::of("sites", SITES, sites.len(), move |row| sites[row])),
        ("Findings", Table::of("findings", FINDINGS, rollup.across.len(), move |row| (rollup, &rollup.across[row]))),
        ("By site", Table::of("by_site", AT_SITES, at.len(), move |row| at[row])),
    ]
}

/// The report as a document.
#[must_use]
pub fn tell<'a>(told: &Told<'a>) -> document::Document<'a> {
    let rollup = told.rollup;
    let mut sections = vec![summary(rollup)];
    sections.extend(rollup.roads().into_iter().map(|road| sites(rollup, road)));
    sections.push(findings(rollup));
    sections.push(read(told));
    let (sites, machines) = (rollup.sites.len() as u64, rollup.machines());
    let facts =
        vec![("As of".into(), told.as_of.into()), ("Sites".into(), sites.into()), ("Machines".into(), machines.into())];
    let cover = Cover {
        logo: None,
        title: "Readiness for Azure, all sites".into(),
        customer: told.customer.map(|customer| Arg::named(Identity::Customer, customer).into()),
        site: None,
        distribution: None,
        facts,
        producer: format!("Klar {}", env!("CARGO_PKG_VERSION")),
        as_of: told.as_of.to_string(),
    };
    Document { cover, sections, language: told.language }.said(told.language)
}

fn summary<'a>(rollup: &'a Rollup) -> Section<'a> {
    let mut blocks: Vec<Block<'a>> = Vec::new();
    let bar = |road: Target| {
        let counts = rollup.counts(road);
        let part = |readiness: &Readiness| {
            (words::readiness(*readiness).into(), counts[*readiness as usize], readiness_tone(*readiness))
        };
        Bar { label: words::target(road).into(), parts: Readiness::ALL.iter().rev().map(part).collect() }
    };
    blocks.extend(rollup.roads().into_iter().map(|road| Block::Text(stands(rollup, road))));
    let bars = rollup.roads().into_iter().map(bar).collect();
    blocks.push(Block::Chart(Chart { title: "Machines of all sites by readiness".into(), bars }));
    blocks.push(heading("worst-findings", "What holds the most machines back"));
    blocks.push(Block::Table(findings_table(rollup, rollup.across.len().min(ON_SUMMARY))));
    for road in rollup.roads() {
        let worst = say!("Furthest from ready: {road}", road = Arg::Word(words::target(road)));
        blocks.push(heading(&format!("worst-{road}"), worst));
        blocks.push(Block::Table(sites_table(rollup, road, ON_SUMMARY)));
    }
    Section { id: "summary".to_owned(), title: "Summary".into(), blocks, start: Start::Page }
}

/// Where all sites stand on a road, in a sentence.
fn stands(rollup: &Rollup, road: Target) -> Phrase {
    let counts = rollup.counts(road);
    let judged = rollup.worst_first(road);
    let whole = judged.iter().filter(|site| can_go(&site.roads[&road]) == site.machines).count();
    say!(
        "{road}: of {machines} {machines:machine|machines} at {sites} {sites:site|sites}, {ready} can go as they are and {conditions} after a change; {not_ready} cannot go until a blocker is fixed, and of {unknown} too little is known. At {whole} {whole:site|sites} every machine can go.",
        road = Arg::Word(words::target(road)),
        machines = counts.iter().sum::<u64>(),
        sites = judged.len(),
        ready = counts[Readiness::Ready as usize],
        conditions = counts[Readiness::ReadyWithConditions as usize],
        not_ready = counts[Readiness::NotReady as usize],
        unknown = counts[Readiness::Unknown as usize],
        whole = whole
    )
}

fn sites(rollup: &Rollup, road: Target) -> Section<'_> {
    let text = "The site of which the least part can go stands first.".into();
    Section {
        id: format!("sites-{road}"),
        title: say!("Sites: {road}", road = Arg::Word(words::target(road))),
        blocks: vec![Block::Text(text), Block::Table(sites_table(rollup, road, usize::MAX))],
        start: Start::Page,
    }
}

fn sites_table(rollup: &Rollup, road: Target, most: usize) -> phrased::Table<'_> {
    let mut sites = rollup.worst_first(road);
    sites.truncate(most);
    let titles = [
        ("Site", 34, false),
        ("Machines", 12, true),
        ("Ready", 11, true),
        ("With conditions", 13, true),
        ("Unknown", 12, true),
        ("Not ready", 12, true),
    ];
    phrased::Table {
        columns: columns(&titles),
        len: sites.len(),
        row: Box::new(move |row| {
            let site = sites[row];
            let counts: &Counts = &site.roads[&road];
            let of = |readiness: Readiness| {
                let count = counts[readiness as usize];
                let tone = if count > 0 { readiness_tone(readiness) } else { Tone::Faint };
                Cell { text: count.into(), tone, link: None }
            };
            vec![
                Arg::named(Identity::Customer, &site.name).into(),
                site.machines.into(),
                of(Readiness::Ready),
                of(Readiness::ReadyWithConditions),
                of(Readiness::Unknown),
                of(Readiness::NotReady),
            ]
        }),
        empty: "No site was judged for this road.".into(),
        of_machines: false,
    }
}

fn findings(rollup: &Rollup) -> Section<'_> {
    let text = "The same finding at all sites together: blockers first, then what could not be told, each by the machines \
                that it holds back. The workbook tells each site by itself.";
    let blocks = vec![Block::Text(text.into()), Block::Table(findings_table(rollup, rollup.across.len()))];
    Section { id: "findings".to_owned(), title: "Findings across sites".into(), blocks, start: Start::Room }
}

fn findings_table(rollup: &Rollup, len: usize) -> phrased::Table<'_> {
    let titles = [
        ("What", 40, false),
        ("Road", 18, false),
        ("Kind", 11, false),
        ("Sites", 8, true),
        ("Machines", 11, true),
        ("Most at", 24, false),
    ];
    phrased::Table {
        columns: columns(&titles),
        len,
        row: Box::new(move |row| {
            let across = &rollup.across[row];
            let finding = &across.finding;
            let summary = rules::find(&finding.requirement).map_or(finding.requirement.as_str(), |rule| rule.summary);
            let (what, kind, tone) = if finding.outcome == Outcome::NotMet {
                (Arg::wording(summary).into(), finding.severity.as_str(), severity_tone(finding.severity))
            } else {
                (say!("Could not be told: {summary}", summary = Arg::wording(summary)), "unknown", Tone::Doubt)
            };
            vec![
                what.into(),
                words::target(finding.target).into(),
                Cell { text: kind.into(), tone, link: None },
                across.sites.len().into(),
                across.held.machines.into(),
                worst_sites(rollup, across).into(),
            ]
        }),
        empty: "Nothing that was checked is amiss at any site.".into(),
        of_machines: false,
    }
}

fn read<'a>(told: &Told<'a>) -> Section<'a> {
    let read = told.read;
    let table = phrased::Table {
        columns: columns(&[("Set", 70, false), ("Read", 30, false)]),
        len: read.len(),
        row: Box::new(move |row| {
            let (place, what) = &read[row];
            vec![Arg::named(Identity::Path, place).into(), (*what).into()]
        }),
        empty: "Nothing was read.".into(),
        of_machines: false,
    };
    Section {
        id: "read".to_owned(),
        title: "What was read".into(),
        blocks: vec![Block::Table(table)],
        start: Start::Room,
    }
}
