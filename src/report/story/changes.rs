//! What changed since an earlier assessment: for the reports of the later one, and for a comparison of its own.

mod parts;
mod plan;

use std::collections::BTreeMap;

use self::parts::{GROUPS, MACHINES, column, heading, made_by, more, table};
use super::super::phrased::{Block, Cell, Document, Section, Start, Tone};
use super::super::view::View;
use super::super::words;
use crate::catalogue::Target;
use crate::evaluate::Readiness;
use crate::model::{Arg, Identity, Phrase, say};
use crate::record::{
    Cause, Changes, FactChange, FindingChange, Findings, Named, ReadinessChange, Road, Turn, Way, Word,
};

/// The names told of a group.
const NAMES: usize = 3;

/// The section of the changes, when an earlier assessment was named.
pub(super) fn section<'a>(view: &'a View<'a>) -> Option<Section<'a>> {
    let changes = view.changes?;
    Some(tell(changes, "changes.csv"))
}

/// A comparison as a document; `rest` says what holds all of what is shortened.
#[must_use]
pub fn document<'a>(changes: &'a Changes, rest: &'static str) -> Document<'a> {
    Document { sections: vec![tell(changes, rest)], ..Document::default() }
}

fn tell<'a>(changes: &'a Changes, rest: &'static str) -> Section<'a> {
    let mut blocks = vec![Block::Text(between(changes))];
    blocks.extend(rulebook(changes).map(|text| Block::Callout { tone: Tone::Doubt, text }));
    if changes.is_empty() {
        blocks.push(Block::Text("Nothing changed.".into()));
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
    blocks.extend(plan::blocks(changes, rest));
    Section { id: "changes".to_owned(), title: "What changed".into(), blocks, start: Start::Room }
}

/// What is compared with what.
fn between(changes: &Changes) -> Phrase {
    let of = |visit: &crate::record::Visit| {
        let machines = visit.machines;
        say!("{machines} {machines:machine|machines} of {day}", machines = machines, day = day(&visit.as_of))
    };
    let (old, new) = (of(&changes.old), of(&changes.new));
    if changes.same_inputs {
        return say!("Compared: {old} and {new}, which rest on the same files.", old = old, new = new);
    }
    say!("Compared: {old} and {new}.", old = old, new = new)
}

/// A day as the record has it.
fn day(text: &str) -> Arg {
    text.parse().map_or_else(|_| Arg::text(text), Arg::Date)
}

/// What of the rulebook is otherwise, and what that means for what follows.
fn rulebook(changes: &Changes) -> Option<Phrase> {
    let mut sentences: Vec<Arg> = Vec::new();
    for road in changes.roads.iter().filter(|road| !road.same_edition) {
        let (title, old, new) = (target(&road.target), Arg::text(&road.old_edition), Arg::text(&road.new_edition));
        sentences.push(if road.old_edition == road.new_edition {
            say!("{road} {edition} was changed in between.", road = title, edition = new).into()
        } else {
            say!("{road} was judged by {old} and is judged by {new}.", road = title, old = old, new = new).into()
        });
    }
    if !changes.not_compared.is_empty() {
        let roads = Arg::texts(", ", &changes.not_compared);
        sentences.push(say!("Judged only once, and so not compared: {roads}.", roads = roads).into());
    }
    let (old, new) = (&changes.old.klar_version, &changes.new.klar_version);
    if old != new {
        let (old, new) = (Arg::text(old), Arg::text(new));
        sentences
            .push(say!("The one was written by Klar {old}, the other by Klar {new}.", old = old, new = new).into());
    }
    if sentences.is_empty() && !changes.same_rulebook {
        sentences.push("The catalogue that was carried in is not the same.".into());
    }
    if sentences.is_empty() {
        return None;
    }
    if !changes.is_empty() {
        sentences.push("What the rulebook changed, and not the site, is marked.".into());
    }
    Some(Arg::Joined(" ", sentences.into()).into())
}

/// Where the machines and the findings went, in two sentences.
fn in_all(changes: &Changes) -> Phrase {
    let machines = changes.machines;
    let parts = [
        (machines.worse, say!("{count} less ready", count = machines.worse)),
        (machines.better, say!("{count} more ready", count = machines.better)),
        (machines.mixed, say!("{count} more ready on one road and less on another", count = machines.mixed)),
        (machines.unchanged, say!("{count} as ready as before", count = machines.unchanged)),
        (machines.came, say!("{count} new", count = machines.came)),
        (machines.gone, say!("{count} gone", count = machines.gone)),
    ];
    let told = parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, told)| Arg::from(told)).collect();
    let findings = changes.findings;
    let kinds = [
        say!("{count} new", count = findings.new),
        say!("{count} worse", count = findings.worse),
        say!("{count} no longer told", count = findings.no_longer_told),
        say!("{count} eased", count = findings.eased),
        say!("{count} fixed", count = findings.fixed),
        say!("{count} unchanged", count = findings.unchanged),
    ];
    say!(
        "Machines: {machines}. Findings: {findings}.",
        machines = Arg::List(told),
        findings = Arg::List(kinds.map(Arg::from).into())
    )
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
        let (name, of) =
            changes.roads.get(index).map_or(("In all", changes.findings), |road| (target(&road.target), road.findings));
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
    let names = |machines: &[Named]| {
        let names: Vec<&str> = machines.iter().map(|machine| machine.vm.as_str()).collect();
        (!names.is_empty()).then(|| some(&names, MACHINES))
    };
    let came = names(&changes.came).map(|names| say!("Machines that are new: {names}.", names = names));
    let gone = names(&changes.gone).map(|names| say!("Machines that are gone: {names}.", names = names));
    [came, gone].into_iter().flatten().map(Block::Text).collect()
}

fn machines<'a>(
    blocks: &mut Vec<Block<'a>>,
    title: &'static str,
    changes: Vec<&'a ReadinessChange>,
    rest: &'static str,
) {
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
            Cell::from(Arg::named(Identity::Machine, &change.vm)),
            Cell::from(target(&change.target)),
            ready(change.before),
            ready(change.after),
            Cell::from(made_by(change.cause.0)),
        ]
    };
    blocks.push(table(columns, len.min(MACHINES), row));
    blocks
        .extend(more(len, MACHINES, |left| say!("And {more} more, in {place}.", more = left, place = Arg::Word(rest))));
}

/// What makes findings one group: how they turned, what is required how severely, and who made them otherwise.
type Group<'a> = (Word<Turn>, Word<crate::catalogue::Severity>, &'a str, &'a str, Word<Cause>);

fn findings<'a>(blocks: &mut Vec<Block<'a>>, changes: &'a Changes, rest: &'static str) {
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
            Cell { text: turn_word(turn.0).into(), tone, link: None },
            Cell::from(say!("{requirement} ({severity})", requirement = Arg::text(requirement), severity = severity.0)),
            Cell::from(target(road)),
            Cell::from(some(names, NAMES)),
            Cell::from(made_by(cause.0)),
        ]
    };
    blocks.push(table(columns, len.min(GROUPS), row));
    let told = |left| say!("And {more} more groups, in {place}.", more = left, place = Arg::Word(rest));
    blocks.extend(more(len, GROUPS, told));
}

fn facts<'a>(blocks: &mut Vec<Block<'a>>, changes: &'a [FactChange], rest: &'static str) {
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
        let value = |value: &Option<String>| match value {
            Some(value) => Arg::named(Identity::Free, value),
            None => Arg::Word("not told"),
        };
        let subject = Arg::named(Identity::Machine, &first.subject);
        let subject = match first.part.as_str() {
            "" => subject.into(),
            part => say!("{subject}, {part}", subject = subject, part = Arg::named(Identity::Free, part)),
        };
        let told = say!(
            "{subject}: {before} -> {after}",
            subject = subject,
            before = value(&first.before),
            after = value(&first.after)
        );
        vec![Cell::from(Arg::text(fact)), number(changes.len() as u64, Tone::Plain), Cell::from(told)]
    };
    blocks.push(table(columns, len.min(GROUPS), row));
    let told = |left| say!("And {more} more facts, in {place}.", more = left, place = Arg::Word(rest));
    blocks.extend(more(len, GROUPS, told));
}

/// The first of some names, and how many more there are; a name once, however often it comes.
fn some(names: &[&str], most: usize) -> Phrase {
    let mut told: Vec<&str> = names.to_vec();
    told.sort_unstable();
    told.dedup();
    let rest = told.len().saturating_sub(most);
    told.truncate(most);
    let list = Arg::names(Identity::Machine, told);
    match rest {
        0 => list.into(),
        more => say!("{names} and {more} more", names = list, more = more),
    }
}

fn from_to(before: u64, after: u64) -> Phrase {
    if before == after {
        return after.into();
    }
    say!("{before} -> {after}", before = before, after = after)
}

fn number(count: u64, tone: Tone) -> Cell {
    Cell { text: count.into(), tone: if count == 0 { Tone::Faint } else { tone }, link: None }
}

fn ready(readiness: Word<Readiness>) -> Cell {
    let tone = match readiness.0 {
        Readiness::Ready => Tone::Good,
        Readiness::ReadyWithConditions => Tone::Fair,
        Readiness::Unknown => Tone::Doubt,
        Readiness::NotReady => Tone::Bad,
    };
    Cell { text: words::readiness(readiness.0).into(), tone, link: None }
}

/// A target for people; what is none of ours is called the organisation's own.
fn target(key: &str) -> &'static str {
    key.parse::<Target>().map_or("Own rules", words::target)
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
