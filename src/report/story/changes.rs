//! What changed since an earlier assessment: for the reports of the later one, and for a comparison of its own.

use std::collections::BTreeMap;

use super::super::document::{Block, Cell, Column, Cover, Document, Section, Start, Table, Tone};
use super::super::view::View;
use super::super::words;
use crate::catalogue::Target;
use crate::evaluate::Readiness;
use crate::record::{
    Cause, Changes, FactChange, FindingChange, Findings, Named, ReadinessChange, Road, Turn, Way, Word,
};

/// The machines whose readiness is told one by one.
const MACHINES: usize = 40;
/// The rows of groups of findings, and of facts.
const GROUPS: usize = 40;
/// The names told of a group.
const NAMES: usize = 3;

/// The section of the changes, when an earlier assessment was named.
pub(super) fn section<'a>(view: &'a View<'a>) -> Option<Section<'a>> {
    let changes = view.changes?;
    Some(tell(changes, "changes.csv"))
}

/// A comparison as a document; `rest` says what holds all of what is shortened.
#[must_use]
pub fn document<'a>(changes: &'a Changes, rest: &str) -> Document<'a> {
    Document { cover: Cover::default(), sections: vec![tell(changes, rest)] }
}

fn tell<'a>(changes: &'a Changes, rest: &str) -> Section<'a> {
    let mut blocks = vec![Block::Text(between(changes))];
    blocks.extend(rulebook(changes).map(|text| Block::Callout { tone: Tone::Doubt, text }));
    if changes.is_empty() {
        blocks.push(Block::Text("Nothing changed.".to_owned()));
    } else {
        blocks.push(Block::Text(in_all(changes)));
        blocks.extend(roads(changes));
        blocks.extend(came_and_gone(changes));
        for (way, title) in [(Way::Worse, "Less ready than before"), (Way::Better, "More ready than before")] {
            let of_way = changes.readiness.iter().filter(|change| change.way.0 == way).collect();
            machines(&mut blocks, title, of_way, rest);
        }
        findings(&mut blocks, changes, rest);
        facts(&mut blocks, &changes.facts, rest);
    }
    Section { id: "changes".to_owned(), title: "What changed".to_owned(), blocks, start: Start::Room }
}

/// What is compared with what.
fn between(changes: &Changes) -> String {
    let of = |visit: &crate::record::Visit| {
        format!("{} of {}", words::count(visit.machines, "machine", "machines"), visit.as_of)
    };
    let inputs = if changes.same_inputs { ", which rest on the same files" } else { "" };
    format!("Compared: {} and {}{inputs}.", of(&changes.old), of(&changes.new))
}

/// What of the rulebook is otherwise, and what that means for what follows.
fn rulebook(changes: &Changes) -> Option<String> {
    let mut sentences = Vec::new();
    for road in changes.roads.iter().filter(|road| !road.same_edition) {
        let title = target(&road.target);
        sentences.push(if road.old_edition == road.new_edition {
            format!("{title} {} was changed in between.", road.new_edition)
        } else {
            format!("{title} was judged by {} and is judged by {}.", road.old_edition, road.new_edition)
        });
    }
    if !changes.not_compared.is_empty() {
        sentences.push(format!("Judged only once, and so not compared: {}.", changes.not_compared.join(", ")));
    }
    if changes.old.klar_version != changes.new.klar_version {
        sentences.push(format!(
            "The one was written by Klar {}, the other by Klar {}.",
            changes.old.klar_version, changes.new.klar_version
        ));
    }
    if sentences.is_empty() && !changes.same_rulebook {
        sentences.push("The catalogue that was carried in is not the same.".to_owned());
    }
    if sentences.is_empty() {
        return None;
    }
    if !changes.is_empty() {
        sentences.push("What the rulebook changed, and not the site, is marked.".to_owned());
    }
    Some(sentences.join(" "))
}

/// Where the machines and the findings went, in two sentences.
fn in_all(changes: &Changes) -> String {
    let machines = changes.machines;
    let parts = [
        (machines.worse, "less ready"),
        (machines.better, "more ready"),
        (machines.mixed, "more ready on one road and less on another"),
        (machines.unchanged, "as ready as before"),
        (machines.came, "new"),
        (machines.gone, "gone"),
    ];
    let told: Vec<String> = parts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{} {what}", words::grouped(*count)))
        .collect();
    let findings = changes.findings;
    let kinds = [
        (findings.new, "new"),
        (findings.worse, "worse"),
        (findings.no_longer_told, "no longer told"),
        (findings.eased, "eased"),
        (findings.fixed, "fixed"),
        (findings.unchanged, "unchanged"),
    ];
    let of_findings: Vec<String> =
        kinds.iter().map(|(count, what)| format!("{} {what}", words::grouped(*count))).collect();
    format!("Machines: {}. Findings: {}.", told.join(", "), of_findings.join(", "))
}

fn roads(changes: &Changes) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let of_machines: Vec<&Road> = changes.roads.iter().filter(|road| !road.readiness.is_empty()).collect();
    if !of_machines.is_empty() {
        let mut columns = vec![column("Machines by road", 30, false)];
        columns.extend(Readiness::ALL.iter().rev().map(|word| column(words::readiness(*word), 16, true)));
        columns.extend(["Better", "Worse"].map(|title| column(title, 9, true)));
        let row = move |index: usize| {
            let road = of_machines[index];
            let mut cells = vec![Cell::from(target(&road.target))];
            cells.extend(road.readiness.iter().rev().map(|(_, before, after)| Cell::from(from_to(*before, *after))));
            cells.push(number(road.better, Tone::Good));
            cells.push(number(road.worse, Tone::Bad));
            cells
        };
        let len = changes.roads.iter().filter(|road| !road.readiness.is_empty()).count();
        blocks.push(table(columns, len, row));
    }
    let titles = ["New", "Worse", "No longer told", "Eased", "Fixed", "Unchanged"];
    let mut columns = vec![column("Findings by road", 30, false)];
    columns.extend(titles.map(|title| column(title, 12, true)));
    let row = |index: usize| {
        let (name, of) = changes
            .roads
            .get(index)
            .map_or(("In all".to_owned(), changes.findings), |road| (target(&road.target), road.findings));
        let mut cells = vec![Cell::from(name)];
        cells.extend(counts(of));
        cells
    };
    blocks.push(table(columns, changes.roads.len() + 1, row));
    blocks
}

fn counts(of: Findings) -> [Cell; 6] {
    [
        number(of.new, Tone::Bad),
        number(of.worse, Tone::Bad),
        number(of.no_longer_told, Tone::Doubt),
        number(of.eased, Tone::Fair),
        number(of.fixed, Tone::Good),
        number(of.unchanged, Tone::Plain),
    ]
}

fn came_and_gone<'a>(changes: &Changes) -> Vec<Block<'a>> {
    let told = |machines: &[Named], what: &str| {
        let names: Vec<&str> = machines.iter().map(|machine| machine.vm.as_str()).collect();
        (!names.is_empty()).then(|| Block::Text(format!("{what}: {}.", some(&names, MACHINES))))
    };
    [told(&changes.came, "Machines that are new"), told(&changes.gone, "Machines that are gone")]
        .into_iter()
        .flatten()
        .collect()
}

fn machines<'a>(blocks: &mut Vec<Block<'a>>, title: &str, changes: Vec<&'a ReadinessChange>, rest: &str) {
    if changes.is_empty() {
        return;
    }
    blocks.push(heading(title));
    let columns = vec![
        column("Machine", 30, false),
        column("Road", 24, false),
        column("Was", 20, false),
        column("Is", 20, false),
        column("Made by", 16, false),
    ];
    let len = changes.len();
    let row = move |index: usize| {
        let change = changes[index];
        vec![
            Cell::from(change.vm.as_str()),
            Cell::from(target(&change.target)),
            ready(change.before),
            ready(change.after),
            Cell::from(made_by(change.cause.0)),
        ]
    };
    blocks.push(table(columns, len.min(MACHINES), row));
    blocks.extend(more(len, MACHINES, "more", rest));
}

/// What makes findings one group: how they turned, what is required how severely, and who made them otherwise.
type Group<'a> = (Word<Turn>, Word<crate::catalogue::Severity>, &'a str, &'a str, Word<Cause>);

fn findings<'a>(blocks: &mut Vec<Block<'a>>, changes: &'a Changes, rest: &str) {
    if changes.changed.is_empty() {
        return;
    }
    blocks.push(heading("Findings"));
    let mut groups: Vec<(Group<'a>, Vec<&'a str>)> = Vec::new();
    let mut places: BTreeMap<(Turn, u8, &str, &str, Cause), usize> = BTreeMap::new();
    for change in &changes.changed {
        let FindingChange { turn, severity, requirement, target, cause, subject, .. } = change;
        let key = (turn.0, severity.0 as u8, requirement.as_str(), target.as_str(), cause.0);
        let place = *places.entry(key).or_insert_with(|| {
            groups.push(((*turn, *severity, requirement, target, *cause), Vec::new()));
            groups.len() - 1
        });
        groups[place].1.push(subject);
    }
    groups.sort_by_key(|((turn, severity, requirement, target, _), _)| (turn.0, severity.0, *requirement, *target));
    let columns = vec![
        column("What", 14, false),
        column("Requirement", 30, false),
        column("Road", 20, false),
        column("Of", 40, false),
        column("Made by", 16, false),
    ];
    let len = groups.len();
    let row = move |index: usize| {
        let ((turn, severity, requirement, road, cause), names) = &groups[index];
        let tone = match turn.0 {
            Turn::New | Turn::Worse => Tone::Bad,
            Turn::Untold => Tone::Doubt,
            Turn::Eased => Tone::Fair,
            Turn::Fixed => Tone::Good,
        };
        vec![
            Cell { text: turn_word(turn.0).to_owned(), tone, link: None },
            Cell::from(format!("{requirement} ({})", severity.0)),
            Cell::from(target(road)),
            Cell::from(some(names, NAMES)),
            Cell::from(made_by(cause.0)),
        ]
    };
    blocks.push(table(columns, len.min(GROUPS), row));
    blocks.extend(more(len, GROUPS, "more groups", rest));
}

fn facts<'a>(blocks: &mut Vec<Block<'a>>, changes: &'a [FactChange], rest: &str) {
    if changes.is_empty() {
        return;
    }
    blocks.push(heading("Facts"));
    let mut of_fact: BTreeMap<&'a str, Vec<&'a FactChange>> = BTreeMap::new();
    for change in changes {
        of_fact.entry(&change.fact).or_default().push(change);
    }
    let mut of_fact: Vec<(&'a str, Vec<&'a FactChange>)> = of_fact.into_iter().collect();
    of_fact.sort_by_key(|(fact, changes)| (std::cmp::Reverse(changes.len()), *fact));
    let columns = vec![column("Fact", 20, false), column("Changes", 10, true), column("First of them", 60, false)];
    let len = of_fact.len();
    let row = move |index: usize| {
        let (fact, changes) = &of_fact[index];
        let first = changes[0];
        let value = |value: &Option<String>| value.clone().unwrap_or_else(|| "not told".to_owned());
        let part = if first.part.is_empty() { String::new() } else { format!(", {}", first.part) };
        let told = format!("{}{part}: {} -> {}", first.subject, value(&first.before), value(&first.after));
        vec![Cell::from(*fact), number(changes.len() as u64, Tone::Plain), Cell::from(told)]
    };
    blocks.push(table(columns, len.min(GROUPS), row));
    blocks.extend(more(len, GROUPS, "more facts", rest));
}

/// The first of some names, and how many more there are; a name once, however often it comes.
fn some(names: &[&str], most: usize) -> String {
    let mut told: Vec<&str> = names.to_vec();
    told.sort_unstable();
    told.dedup();
    let rest = told.len().saturating_sub(most);
    told.truncate(most);
    let list = told.join(", ");
    if rest == 0 { list } else { format!("{list} and {} more", words::grouped(rest as u64)) }
}

fn more<'a>(len: usize, most: usize, what: &str, rest: &str) -> Option<Block<'a>> {
    let left = len.checked_sub(most).filter(|left| *left > 0)?;
    Some(Block::Text(format!("And {} {what}, in {rest}.", words::grouped(left as u64))))
}

fn heading<'a>(text: &str) -> Block<'a> {
    let id = format!("changes-{}", text.to_lowercase().replace(' ', "-"));
    Block::Heading { id, text: text.to_owned(), mark: None }
}

fn column(title: &str, weight: u16, numeric: bool) -> Column {
    Column { title: title.to_owned(), weight, numeric }
}

fn table<'a>(columns: Vec<Column>, len: usize, row: impl Fn(usize) -> Vec<Cell> + Sync + Send + 'a) -> Block<'a> {
    Block::Table(Table { columns, len, row: Box::new(row), empty: String::new(), of_machines: false })
}

fn from_to(before: u64, after: u64) -> String {
    if before == after {
        words::grouped(after)
    } else {
        format!("{} -> {}", words::grouped(before), words::grouped(after))
    }
}

fn number(count: u64, tone: Tone) -> Cell {
    Cell { text: words::grouped(count), tone: if count == 0 { Tone::Faint } else { tone }, link: None }
}

fn ready(readiness: Word<Readiness>) -> Cell {
    let tone = match readiness.0 {
        Readiness::Ready => Tone::Good,
        Readiness::ReadyWithConditions => Tone::Fair,
        Readiness::Unknown => Tone::Doubt,
        Readiness::NotReady => Tone::Bad,
    };
    Cell { text: words::readiness(readiness.0).to_owned(), tone, link: None }
}

/// A target for people; what is none of ours is called the organisation's own.
fn target(key: &str) -> String {
    key.parse::<Target>().map_or_else(|_| "Own rules".to_owned(), |target| words::target(target).to_owned())
}

const fn turn_word(turn: Turn) -> &'static str {
    match turn {
        Turn::New => "New",
        Turn::Worse => "Worse",
        Turn::Untold => "No longer told",
        Turn::Eased => "Eased",
        Turn::Fixed => "Fixed",
    }
}

const fn made_by(cause: Cause) -> &'static str {
    match cause {
        Cause::Site => "site",
        Cause::Rulebook => "rulebook",
        Cause::Either => "site or rulebook",
        Cause::Date => "date",
        Cause::Waiver => "waiver",
    }
}
