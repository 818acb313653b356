//! One machine's sheet, for the owner who asks why.

use super::super::document::{Block, Cell, Column, Cover, Document, Fact, Section, Start, Table, Tone};
use super::super::explain::{Answered, ChangeTold, Explanation, FactTold, Place, Road};
use super::super::words;
use crate::catalogue::Target;
use crate::evaluate::Readiness;

/// A machine explained, as a document.
#[must_use]
pub fn document(explanation: &Explanation) -> Document<'_> {
    let mut sections = vec![first(explanation)];
    sections.extend(explanation.roads.iter().map(road));
    sections.push(facts(explanation));
    Document { cover: Cover::default(), sections }
}

/// Who the machine is, and how ready for each road.
fn first(explanation: &Explanation) -> Section<'_> {
    let mut told = Vec::new();
    let mut add = |label: &str, value: Option<&str>| {
        if let Some(value) = value {
            told.push(Fact { label: label.to_owned(), value: Cell::from(value) });
        }
    };
    add("ID", explanation.vm_id.as_deref());
    add("Host", explanation.host.as_deref());
    add("As of", Some(&explanation.as_of));
    for road in &explanation.roads {
        add(&title(road), Some(readiness(road)));
    }
    Section {
        id: "machine".to_owned(),
        title: explanation.vm.clone(),
        blocks: vec![Block::Facts(told)],
        start: Start::Room,
    }
}

fn title(road: &Road) -> String {
    let target = road.target.parse().map_or(road.target, |target: Target| words::target(target));
    format!("{target} {}", road.edition)
}

fn readiness(road: &Road) -> &'static str {
    road.readiness.parse().map_or(road.readiness, |known: Readiness| words::readiness(known))
}

fn road(road: &Road) -> Section<'_> {
    let mut blocks = Vec::new();
    changes(&mut blocks, road);
    let is_open = |answered: &&Answered| !matches!(answered.outcome, "met" | "not-applicable");
    let rank = |answered: &Answered| match (answered.outcome, answered.severity) {
        ("not-met", "blocker") => 0,
        ("unknown", _) => 1,
        ("not-met", "condition") => 2,
        ("not-met", _) => 3,
        _ => 4,
    };
    let mut sources: Vec<String> = Vec::new();
    let mut open: Vec<&Answered> = road.requirements.iter().filter(is_open).collect();
    open.sort_by_key(|answered| rank(answered));
    for answered in open.iter().filter(|answered| rank(answered) < 4) {
        blocks.extend(one(answered, number_of(&mut sources, answered)));
    }
    let rest: Vec<&Answered> = road.requirements.iter().filter(|answered| rank(answered) == 4).collect();
    if !rest.is_empty() {
        blocks.push(heading(&format!("rest-{}", road.target), "The other requirements"));
        let numbers = rest.iter().map(|answered| number_of(&mut sources, answered)).collect();
        blocks.push(Block::Table(others(rest, numbers)));
    }
    blocks.push(heading(&format!("sources-{}", road.target), "Sources"));
    let numbered =
        |(place, source): (usize, String)| Fact { label: format!("[{}]", place + 1), value: Cell::from(source) };
    blocks.push(Block::Facts(sources.into_iter().enumerate().map(numbered).collect()));
    Section {
        id: road.target.to_owned(),
        title: format!("{}: {}", title(road), readiness(road)),
        blocks,
        start: Start::Room,
    }
}

/// What would make the machine ready.
fn changes<'a>(blocks: &mut Vec<Block<'a>>, road: &'a Road) {
    if road.changes.is_empty() && road.not_answered.is_empty() {
        return;
    }
    if !road.changes.is_empty() {
        let count = words::count(road.changes.len() as u64, "change", "changes");
        let end = if road.not_answered.is_empty() {
            let each = if road.changes.len() == 1 { "" } else { "; none of them can be spared" };
            format!("{count} would make it ready{each}:")
        } else {
            format!("{count} would bring it nearer:")
        };
        blocks.push(Block::Text(end));
        let row = |index: usize| {
            let change = &road.changes[index];
            vec![Cell::from(change.of.as_str()), Cell::from(change.title), Cell::from(becomes(change))]
        };
        let columns = vec![column("Of", 20), column("Fact", 20), column("Change", 40)];
        blocks.push(table(columns, road.changes.len(), row));
    }
    if !road.not_answered.is_empty() {
        let names = road.not_answered.join(", ");
        blocks.push(Block::Text(format!("No change of its facts answers: {names}. See what to do there.")));
    }
}

fn becomes(change: &ChangeTold) -> String {
    let before = change.before.as_deref().unwrap_or("not told");
    let how = match (&change.before, change.is_limit) {
        (_, true) => "no more than ",
        (_, false) => "such as ",
    };
    format!("{before} -> {how}{}", change.after)
}

/// A requirement that is not met or not told, with all there is to say of it.
fn one<'a>(answered: &Answered, source: usize) -> Vec<Block<'a>> {
    let mark = if answered.outcome == "not-met" { answered.severity } else { answered.outcome };
    let tone = match mark {
        "blocker" => Tone::Bad,
        "condition" => Tone::Fair,
        _ => Tone::Doubt,
    };
    let heading = Block::Heading {
        id: format!("asked-{}", answered.requirement),
        text: answered.requirement.clone(),
        mark: Some((mark.to_owned(), tone)),
    };
    let mut facts = Vec::new();
    let mut add = |label: &str, value: &str| {
        if !value.is_empty() {
            facts.push(Fact { label: label.to_owned(), value: Cell::from(value) });
        }
    };
    add("Inherited from", answered.inherited_from.as_deref().unwrap_or(""));
    add("Seen", &answered.observed);
    add("Expected", &answered.expected);
    add("Read from", &answered.evidence.as_ref().map(shown).unwrap_or_default());
    add("Waived by", answered.waived_by.as_deref().unwrap_or(""));
    add("What to do", &answered.remedy);
    add("Required by", &format!("[{source}] {}", answered.section));
    vec![heading, Block::Text(answered.message.clone()), Block::Facts(facts)]
}

/// The number of the document that requires something, among those told, from 1.
fn number_of(sources: &mut Vec<String>, answered: &Answered) -> usize {
    let date = answered.document_date.as_deref().unwrap_or_default();
    let parts = [&*answered.document, date, &*answered.url];
    let told: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let source = told.join(", ");
    let known = sources.iter().position(|known| *known == source);
    let place = known.unwrap_or_else(|| {
        sources.push(source);
        sources.len() - 1
    });
    place + 1
}

/// Requirements that are met, of no concern or not verified.
fn others(rest: Vec<&Answered>, sources: Vec<usize>) -> Table<'_> {
    let len = rest.len();
    let row = move |index: usize| {
        let answered = rest[index];
        let whose = answered.inherited_from.as_deref().unwrap_or("machine");
        vec![
            Cell::from(answered.outcome),
            Cell::from(answered.requirement.as_str()),
            Cell::from(whose),
            Cell::from(format!("[{}]", sources[index])),
        ]
    };
    let columns = vec![column("Answer", 14), column("Requirement", 30), column("Of", 16), column("Required by", 16)];
    Table { columns, len, row: Box::new(row), empty: String::new(), of_machines: false }
}

fn facts(explanation: &Explanation) -> Section<'_> {
    let row = |index: usize| {
        let FactTold { part, title, value, source, .. } = &explanation.facts[index];
        let name = if part.is_empty() { (*title).to_owned() } else { format!("{part}: {title}") };
        vec![Cell::from(name), Cell::from(value.as_str()), Cell::from(shown(source))]
    };
    let columns = vec![column("Fact", 30), column("Value", 30), column("Read from", 40)];
    let mut blocks = vec![table(columns, explanation.facts.len(), row)];
    if !explanation.not_told.is_empty() {
        let absent = explanation.not_told.iter().filter(|gap| gap.why.starts_with("No input gives"));
        let titles: Vec<&str> = absent.map(|gap| gap.title).collect();
        if !titles.is_empty() {
            blocks.push(Block::Text(format!("No input gives: {}.", titles.join(", "))));
        }
        let others = explanation.not_told.iter().filter(|gap| !gap.why.starts_with("No input gives"));
        blocks.extend(others.map(|gap| Block::Text(gap.why.clone())));
    }
    Section { id: "facts".to_owned(), title: "What the inputs say".to_owned(), blocks, start: Start::Room }
}

/// A cell for people: "vms.xlsx, Sheet1, C7 (Memory)".
fn shown(place: &Place) -> String {
    let mut parts: Vec<String> = Vec::new();
    if !place.file.is_empty() {
        parts.push(place.file.clone());
    }
    if !place.sheet.is_empty() {
        parts.push(place.sheet.clone());
    }
    if place.cell.is_empty() {
        parts.push(format!("row {}", place.row));
    } else {
        parts.push(place.cell.clone());
    }
    if !place.column.is_empty() {
        parts.push(format!("column {}", place.column));
    }
    parts.join(", ")
}

fn heading<'a>(id: &str, text: &str) -> Block<'a> {
    Block::Heading { id: id.to_owned(), text: text.to_owned(), mark: None }
}

fn column(title: &str, weight: u16) -> Column {
    Column { title: title.to_owned(), weight, numeric: false }
}

fn table<'a>(columns: Vec<Column>, len: usize, row: impl Fn(usize) -> Vec<Cell> + Sync + Send + 'a) -> Block<'a> {
    Block::Table(Table { columns, len, row: Box::new(row), empty: String::new(), of_machines: false })
}
