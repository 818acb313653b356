//! Many sites as one report: how far each is on each road, and the findings they share, worst first.

use jiff::civil::Date;

use super::document::{self, Bar, Block, Cell, Chart, Cover, Document, Section, Start};
use super::story::{columns, heading, readiness_tone, severity_tone};
use super::words;
use crate::catalogue::Target;
use crate::evaluate::{Outcome, Readiness};
use crate::model::Identity;
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
    Column::text("summary", |row| Value::text(rules::find(&row.1.finding.requirement).map(|rule| rule.summary))),
    Column::text("remedy", |row| Value::text(rules::find(&row.1.finding.requirement).map(|rule| rule.remedy))),
    Column::text("worst_sites", |row| Value::Named(Identity::Customer, worst_sites(row.0, row.1).into())),
];

/// The sites that a finding holds back most.
fn worst_sites(rollup: &Rollup, across: &Across) -> String {
    let named = across.sites.iter().take(SITES_NAMED).map(|place| rollup.sites[*place].name.as_str());
    let mut text = named.collect::<Vec<_>>().join(", ");
    if let Some(more) = across.sites.len().checked_sub(SITES_NAMED).filter(|more| *more > 0) {
        text.push_str(" and ");
        text.push_str(&words::grouped(more as u64));
        text.push_str(" more");
    }
    text
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
pub fn tell<'a>(told: &Told<'a>) -> Document<'a> {
    let rollup = told.rollup;
    let mut sections = vec![summary(rollup)];
    sections.extend(rollup.roads().into_iter().map(|road| sites(rollup, road)));
    sections.push(findings(rollup));
    sections.push(read(told));
    let (sites, machines) = (rollup.sites.len() as u64, rollup.machines());
    let facts = vec![
        ("As of".to_owned(), told.as_of.to_string()),
        ("Sites".to_owned(), words::grouped(sites)),
        ("Machines".to_owned(), words::grouped(machines)),
    ];
    let cover = Cover {
        title: "Readiness for Azure, all sites".to_owned(),
        customer: told.customer.map(str::to_owned),
        site: None,
        distribution: None,
        facts,
        producer: format!("Klar {}", env!("CARGO_PKG_VERSION")),
        as_of: told.as_of.to_string(),
    };
    Document { cover, sections }
}

fn summary<'a>(rollup: &'a Rollup) -> Section<'a> {
    let mut blocks: Vec<Block<'a>> = Vec::new();
    let bar = |road: Target| {
        let counts = rollup.counts(road);
        let part = |readiness: &Readiness| {
            (words::readiness(*readiness).to_owned(), counts[*readiness as usize], readiness_tone(*readiness))
        };
        Bar { label: words::target(road).to_owned(), parts: Readiness::ALL.iter().rev().map(part).collect() }
    };
    blocks.extend(rollup.roads().into_iter().map(|road| Block::Text(stands(rollup, road))));
    let bars = rollup.roads().into_iter().map(bar).collect();
    blocks.push(Block::Chart(Chart { title: "Machines of all sites by readiness".to_owned(), bars }));
    blocks.push(heading("worst-findings", "What holds the most machines back"));
    blocks.push(Block::Table(findings_table(rollup, rollup.across.len().min(ON_SUMMARY))));
    for road in rollup.roads() {
        let worst = format!("Furthest from ready: {}", words::target(road));
        blocks.push(heading(&format!("worst-{road}"), &worst));
        blocks.push(Block::Table(sites_table(rollup, road, ON_SUMMARY)));
    }
    Section { id: "summary".to_owned(), title: "Summary".to_owned(), blocks, start: Start::Page }
}

/// Where all sites stand on a road, in a sentence.
fn stands(rollup: &Rollup, road: Target) -> String {
    let counts = rollup.counts(road);
    let judged = rollup.worst_first(road);
    let whole = judged.iter().filter(|site| can_go(&site.roads[&road]) == site.machines).count() as u64;
    let all: u64 = counts.iter().sum();
    format!(
        "{}: of {} at {}, {} can go as they are and {} after a change; {} cannot go until a blocker is fixed, and of {} \
         too little is known. At {} every machine can go.",
        words::target(road),
        words::count(all, "machine", "machines"),
        words::count(judged.len() as u64, "site", "sites"),
        words::grouped(counts[Readiness::Ready as usize]),
        words::grouped(counts[Readiness::ReadyWithConditions as usize]),
        words::grouped(counts[Readiness::NotReady as usize]),
        words::grouped(counts[Readiness::Unknown as usize]),
        words::count(whole, "site", "sites"),
    )
}

fn sites(rollup: &Rollup, road: Target) -> Section<'_> {
    let text = "The site of which the least part can go stands first.".to_owned();
    Section {
        id: format!("sites-{road}"),
        title: format!("Sites: {}", words::target(road)),
        blocks: vec![Block::Text(text), Block::Table(sites_table(rollup, road, usize::MAX))],
        start: Start::Page,
    }
}

fn sites_table(rollup: &Rollup, road: Target, most: usize) -> document::Table<'_> {
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
    document::Table {
        columns: columns(&titles),
        len: sites.len(),
        row: Box::new(move |row| {
            let site = sites[row];
            let counts: &Counts = &site.roads[&road];
            let of = |readiness: Readiness| {
                let count = counts[readiness as usize];
                let tone = if count > 0 { readiness_tone(readiness) } else { document::Tone::Faint };
                Cell { text: words::grouped(count), tone, link: None }
            };
            vec![
                site.name.as_str().into(),
                words::grouped(site.machines).into(),
                of(Readiness::Ready),
                of(Readiness::ReadyWithConditions),
                of(Readiness::Unknown),
                of(Readiness::NotReady),
            ]
        }),
        empty: "No site was judged for this road.".to_owned(),
        of_machines: false,
    }
}

fn findings(rollup: &Rollup) -> Section<'_> {
    let text = "The same finding at all sites together: blockers first, then what could not be told, each by the machines \
                that it holds back. The workbook tells each site by itself.";
    let blocks = vec![Block::Text(text.to_owned()), Block::Table(findings_table(rollup, rollup.across.len()))];
    Section { id: "findings".to_owned(), title: "Findings across sites".to_owned(), blocks, start: Start::Room }
}

fn findings_table(rollup: &Rollup, len: usize) -> document::Table<'_> {
    let titles = [
        ("What", 40, false),
        ("Road", 18, false),
        ("Kind", 11, false),
        ("Sites", 8, true),
        ("Machines", 11, true),
        ("Most at", 24, false),
    ];
    document::Table {
        columns: columns(&titles),
        len,
        row: Box::new(move |row| {
            let across = &rollup.across[row];
            let finding = &across.finding;
            let summary = rules::find(&finding.requirement).map_or(finding.requirement.as_str(), |rule| rule.summary);
            let (what, kind, tone) = if finding.outcome == Outcome::NotMet {
                (summary.to_owned(), finding.severity.as_str(), severity_tone(finding.severity))
            } else {
                (format!("Could not be told: {summary}"), "unknown", document::Tone::Doubt)
            };
            vec![
                what.into(),
                words::target(finding.target).into(),
                Cell { text: kind.to_owned(), tone, link: None },
                words::grouped(across.sites.len() as u64).into(),
                words::grouped(across.held.machines).into(),
                worst_sites(rollup, across).into(),
            ]
        }),
        empty: "Nothing that was checked is amiss at any site.".to_owned(),
        of_machines: false,
    }
}

fn read<'a>(told: &Told<'a>) -> Section<'a> {
    let read = told.read;
    let table = document::Table {
        columns: columns(&[("Set", 70, false), ("Read", 30, false)]),
        len: read.len(),
        row: Box::new(move |row| {
            let (place, what) = &read[row];
            vec![place.as_str().into(), (*what).into()]
        }),
        empty: "Nothing was read.".to_owned(),
        of_machines: false,
    };
    Section {
        id: "read".to_owned(),
        title: "What was read".to_owned(),
        blocks: vec![Block::Table(table)],
        start: Start::Room,
    }
}
