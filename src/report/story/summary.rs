//! The summary page: readiness per target, what holds the estate back, and what the estate is made of.

use super::super::document::{Bar, Block, Cell, Chart, Column, Fact, Link, Section, Table, Tone};
use super::super::groups::{self, Group, GroupBy};
use super::super::view::View;
use super::super::words;
use super::{edition_title, findings, organisation, policy};
use crate::catalogue::Severity;
use crate::evaluate::{Outcome, Readiness, Run, machines_held};

/// The findings shown as what holds the estate back.
const HOLDBACKS: usize = 5;
/// The groups shown of each kind; the rest are added up in one row.
const GROUPS: usize = 12;

pub(super) fn section<'a>(view: &'a View<'a>) -> Section<'a> {
    let mut blocks = vec![Block::Chart(readiness_chart(view))];
    blocks.extend(doubt(view));
    blocks.extend(organisation::callout(view));
    blocks.extend(policy::callouts(view));
    blocks.push(heading("holdbacks", "What holds the estate back"));
    blocks.push(Block::Table(holdback_table(view)));
    blocks.push(heading("estate", "The estate"));
    blocks.push(Block::Facts(sizes(view)));
    let frame = groups::machines(view).expect("every column has a row per machine");
    for (by, id, title, unnamed) in [
        (GroupBy::GuestOs, "by-guest-os", "By guest operating system", "not given"),
        (GroupBy::Cloud, "by-cloud", "By cloud", "in no cloud, or not given"),
        (GroupBy::Host, "by-host", "By host", "not given"),
    ] {
        let groups = groups::groups(&frame, by).expect("the frame has every column asked for");
        if groups.iter().any(|group| !group.name.is_empty()) {
            blocks.push(heading(id, title));
            blocks.push(Block::Table(group_table(groups, unnamed)));
        }
    }
    Section { id: "summary".to_owned(), title: "Summary".to_owned(), blocks }
}

fn heading<'a>(id: &str, text: &str) -> Block<'a> {
    Block::Heading { id: id.to_owned(), text: text.to_owned(), mark: None }
}

fn readiness_chart(view: &View<'_>) -> Chart {
    let bars = view.assessment.runs.iter().map(|run| {
        let parts = run
            .readiness_counts()
            .into_iter()
            .rev()
            .map(|(readiness, count)| (words::readiness(readiness).to_owned(), count, tone(readiness)));
        Bar { label: edition_title(run.edition), parts: parts.collect() }
    });
    Chart { title: "Machines by readiness".to_owned(), bars: bars.collect() }
}

/// The colour of a readiness.
pub(super) const fn tone(readiness: Readiness) -> Tone {
    match readiness {
        Readiness::NotReady => Tone::Bad,
        Readiness::Unknown => Tone::Doubt,
        Readiness::ReadyWithConditions => Tone::Fair,
        Readiness::Ready => Tone::Good,
    }
}

/// Says plainly how much could not be told.
fn doubt<'a>(view: &View<'_>) -> Option<Block<'a>> {
    let unknown: u64 =
        view.assessment.runs.iter().map(|run| run.readiness_counts()[Readiness::Unknown as usize].1).max()?;
    let (checked, applicable) = view
        .assessment
        .runs
        .iter()
        .flat_map(|run| &run.vms)
        .fold((0_u64, 0_u64), |sum, vm| (sum.0 + u64::from(vm.checked), sum.1 + u64::from(vm.applicable)));
    if applicable == 0 {
        return None;
    }
    let share = checked * 100 / applicable;
    let missing = if unknown > 0 {
        let machines = words::count(unknown, "machine", "machines");
        format!(" For {machines} an essential fact is missing, so nothing is claimed of them.")
    } else {
        String::new()
    };
    let text = format!(
        "{share} % of the machine requirements that apply could be checked.{missing} What to export next stands under \
         Unknowns."
    );
    Some(Block::Callout { tone: if unknown > 0 { Tone::Doubt } else { Tone::Faint }, text })
}

/// A requirement that keeps machines from being ready.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holdback {
    /// Index into the assessment's runs.
    pub run: usize,
    /// Index into the edition's requirements.
    pub requirement: usize,
    /// Not met or unknown.
    pub outcome: Outcome,
    /// How many machines it concerns, inherited ones counted once.
    pub machines: u64,
}

/// The blockers, unknowns and conditions that concern the most machines, worst kind first.
#[must_use]
pub fn holdbacks(view: &View<'_>) -> Vec<Holdback> {
    let mut found = Vec::new();
    for (number, run) in view.assessment.runs.iter().enumerate() {
        for outcome in [Outcome::NotMet, Outcome::Unknown] {
            let held = machines_held(view.estate, run, outcome);
            for (requirement, machines) in held.into_iter().enumerate() {
                if machines > 0 && weighs(run, requirement) {
                    found.push(Holdback { run: number, requirement, outcome, machines });
                }
            }
        }
    }
    found.sort_by_key(|holdback| {
        let severity = view.assessment.runs[holdback.run].edition.requirements[holdback.requirement].severity;
        let rank = match (holdback.outcome, severity) {
            (Outcome::NotMet, Severity::Blocker) => 0,
            (Outcome::NotMet, _) => 2,
            (_, _) => 1,
        };
        (rank, std::cmp::Reverse(holdback.machines), holdback.run, holdback.requirement)
    });
    found.truncate(HOLDBACKS);
    found
}

fn holdback_table<'a>(view: &'a View<'a>) -> Table<'a> {
    let found = holdbacks(view);
    Table {
        columns: columns(&[("What", 46, false), ("Target", 24, false), ("Kind", 14, false), ("Machines", 10, true)]),
        len: found.len(),
        row: Box::new(move |index| {
            let Holdback { run: number, requirement, outcome, machines } = found[index];
            let run = &view.assessment.runs[number];
            let requirement = &run.edition.requirements[requirement];
            let summary = findings::summary(requirement);
            let (what, kind, tone, link) = if outcome == Outcome::NotMet {
                let link = Link::Inside(findings::anchor(number, &requirement.check));
                (summary.to_owned(), requirement.severity.as_str(), findings::tone(requirement.severity), link)
            } else {
                let link = Link::Inside("unknowns".to_owned());
                (format!("Could not be told: {}", requirement.check), "unknown", Tone::Doubt, link)
            };
            vec![
                Cell { text: what, tone: Tone::Plain, link: Some(link) },
                edition_title(run.edition).into(),
                Cell { text: kind.to_owned(), tone, link: None },
                words::grouped(machines).into(),
            ]
        }),
        empty: "Nothing that was checked holds a machine back.".to_owned(),
    }
}

fn weighs(run: &Run<'_>, requirement: usize) -> bool {
    match run.edition.requirements[requirement].severity {
        Severity::Blocker | Severity::Condition => true,
        Severity::Warning | Severity::Info => false,
    }
}

fn sizes(view: &View<'_>) -> Vec<Fact> {
    let estate = view.estate;
    let vcpus: u64 = estate.vms.iter().filter_map(|vm| vm.vcpus.value()).map(|count| u64::from(*count)).sum();
    let memory: u64 = estate.vms.iter().filter_map(|vm| vm.memory.value()).map(|memory| memory.0).sum();
    let disks: u64 = estate.vms.iter().map(|vm| vm.disks.len() as u64).sum();
    let total: u64 = estate.vms.iter().filter_map(|vm| vm.disk_total().ok()).map(|total| total.0 >> 30).sum();
    let fact = |label: &str, value: String| Fact { label: label.to_owned(), value: value.into() };
    vec![
        fact("Machines", words::grouped(estate.vms.len() as u64)),
        fact("Hosts, clusters", format!("{}, {}", estate.hosts.len(), estate.clusters.len())),
        fact("VMM servers, clouds", format!("{}, {}", estate.vmm_servers.len(), estate.clouds.len())),
        fact("vCPUs", words::grouped(vcpus)),
        fact("Memory", format!("{} GiB", words::grouped(memory.div_ceil(1024)))),
        fact("Disks listed", words::grouped(disks)),
        fact("Disk capacity of machines whose disks are all known", format!("{} GiB", words::grouped(total))),
    ]
}

fn group_table(mut groups: Vec<Group>, unnamed: &str) -> Table<'_> {
    if groups.len() > GROUPS + 1 {
        let rest = groups.split_off(GROUPS);
        let mut others = Group {
            name: format!("{} others", rest.len()),
            machines: 0,
            vcpus: 0,
            memory_mib: 0,
            disk_gib: 0,
            ready: 0,
        };
        for group in rest {
            others.machines += group.machines;
            others.vcpus += group.vcpus;
            others.memory_mib += group.memory_mib;
            others.disk_gib += group.disk_gib;
            others.ready += group.ready;
        }
        groups.push(others);
    }
    Table {
        columns: columns(&[
            ("", 40, false),
            ("Machines", 12, true),
            ("Ready", 12, true),
            ("vCPUs", 12, true),
            ("Memory GiB", 14, true),
            ("Disk GiB", 14, true),
        ]),
        len: groups.len(),
        row: Box::new(move |index| {
            let group = &groups[index];
            let name = if group.name.is_empty() { unnamed } else { &group.name };
            let numbers = [group.machines, group.ready, group.vcpus, group.memory_mib.div_ceil(1024), group.disk_gib];
            std::iter::once(Cell::from(name)).chain(numbers.map(|number| words::grouped(number).into())).collect()
        }),
        empty: String::new(),
    }
}

/// Columns from heading, weight and whether they hold numbers.
pub(super) fn columns(columns: &[(&str, u16, bool)]) -> Vec<Column> {
    columns
        .iter()
        .map(|(title, weight, numeric)| Column { title: (*title).to_owned(), weight: *weight, numeric: *numeric })
        .collect()
}
