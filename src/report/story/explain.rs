//! One machine's sheet, for the owner who asks why.

use super::super::explain::{Answered, ChangeTold, Explanation, FactTold, Place, Road};
use super::super::phrased::{Block, Cell, Column, Document, Fact, Section, Start, Table, Tone};
use super::super::words;
use super::parts::heading;
use crate::catalogue::Target;
use crate::evaluate::Readiness;
use crate::model::{Arg, Identity, Phrase, say};

/// A machine explained, as a document.
#[must_use]
pub fn document(explanation: &Explanation) -> Document<'_> {
    let mut sections = vec![first(explanation)];
    sections.extend(explanation.roads.iter().map(road));
    sections.push(facts(explanation));
    Document { sections, ..Document::default() }
}

/// Who the machine is, and how ready for each road.
fn first(explanation: &Explanation) -> Section<'_> {
    let mut told = Vec::new();
    let mut add = |label: Phrase, value: Option<Phrase>| {
        told.extend(value.map(|value| Fact { label, value: value.into() }));
    };
    let named =
        |identity: Identity, name: &Option<String>| name.as_ref().map(|name| Phrase::from(Arg::named(identity, name)));
    add("ID".into(), named(Identity::Id, &explanation.vm_id));
    add("Host".into(), named(Identity::Host, &explanation.host));
    add("As of".into(), Some(day(&explanation.as_of).into()));
    for road in &explanation.roads {
        add(title(road), Some(readiness(road).into()));
    }
    Section {
        id: "machine".to_owned(),
        title: Arg::named(Identity::Machine, &explanation.vm).into(),
        blocks: vec![Block::Facts(told)],
        start: Start::Room,
    }
}

/// A day as the sheet has it.
fn day(text: &str) -> Arg {
    text.parse().map_or_else(|_| Arg::text(text), Arg::Date)
}

fn title(road: &Road) -> Phrase {
    let target = road.target.parse().map_or(road.target, |target: Target| words::target(target));
    say!("{target} {edition}", target = Arg::Word(target), edition = Arg::text(&road.edition))
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
    let mut sources: Vec<Phrase> = Vec::new();
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
    let numbered = |(place, source): (usize, Phrase)| {
        let number = say!("[{number}]", number = Arg::at(place + 1));
        Fact { label: number, value: source.into() }
    };
    blocks.push(Block::Facts(sources.into_iter().enumerate().map(numbered).collect()));
    Section {
        id: road.target.to_owned(),
        title: say!("{road}: {readiness}", road = title(road), readiness = Arg::Word(readiness(road))),
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
        let count = road.changes.len();
        blocks.push(Block::Text(match (road.not_answered.is_empty(), count) {
            (true, 1) => say!("1 change would make it ready:"),
            (true, _) => {
                say!("{count} changes would make it ready; none of them can be spared:", count = count)
            }
            (false, _) => say!("{count} {count:change|changes} would bring it nearer:", count = count),
        }));
        let row = |index: usize| {
            let change = &road.changes[index];
            vec![
                Cell::from(Arg::named(Identity::Free, &change.of)),
                Cell::from(change.title),
                Cell::from(becomes(change)),
            ]
        };
        let columns = vec![column("Of", 20), column("Fact", 20), column("Change", 40)];
        blocks.push(table(columns, road.changes.len(), row));
    }
    if !road.not_answered.is_empty() {
        let names = Arg::texts(", ", &road.not_answered);
        blocks.push(Block::Text(say!("No change of its facts answers: {names}. See what to do there.", names = names)));
    }
}

fn becomes(change: &ChangeTold) -> Phrase {
    let value = |text: &str| Arg::named(Identity::Free, text);
    let before = change.before.as_deref().map_or(Arg::Word("not told"), value);
    let after = value(&change.after);
    if change.is_limit {
        say!("{before} -> no more than {after}", before = before, after = after)
    } else {
        say!("{before} -> such as {after}", before = before, after = after)
    }
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
        text: Arg::text(&answered.requirement).into(),
        mark: Some((mark.into(), tone)),
    };
    let mut facts = Vec::new();
    let mut add = |label: &'static str, value: Phrase| {
        facts.push(Fact { label: label.into(), value: value.into() });
    };
    let said = |text: &str| Phrase::from(Arg::named(Identity::Free, text));
    for (label, text) in [
        ("Inherited from", answered.inherited_from.as_deref().unwrap_or_default()),
        ("Seen", &answered.observed),
        ("Expected", &answered.expected),
    ] {
        if !text.is_empty() {
            add(label, said(text));
        }
    }
    if let Some(place) = &answered.evidence {
        add("Read from", shown(place));
    }
    for (label, text) in
        [("Waived by", answered.waived_by.as_deref().unwrap_or_default()), ("What to do", &answered.remedy)]
    {
        if !text.is_empty() {
            add(label, said(text));
        }
    }
    let section = Arg::text(&answered.section);
    add("Required by", say!("[{number}] {section}", number = Arg::at(source), section = section));
    vec![heading, Block::Text(said(&answered.message)), Block::Facts(facts)]
}

/// The number of the document that requires something, among those told, from 1.
fn number_of(sources: &mut Vec<Phrase>, answered: &Answered) -> usize {
    let date = answered.document_date.as_deref().unwrap_or_default();
    let parts = [
        (&*answered.document, Arg::text(&answered.document)),
        (date, day(date)),
        (&*answered.url, Arg::text(&answered.url)),
    ];
    let told = parts.into_iter().filter(|(text, _)| !text.is_empty()).map(|(_, part)| part);
    let source = Phrase::from(Arg::List(told.collect()));
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
        let whose = answered.inherited_from.as_deref().map(|whose| Arg::named(Identity::Free, whose));
        vec![
            Cell::from(answered.outcome),
            Cell::from(Arg::text(&answered.requirement)),
            Cell::from(whose.unwrap_or(Arg::Word("machine"))),
            Cell::from(say!("[{number}]", number = Arg::at(sources[index]))),
        ]
    };
    let columns = vec![column("Answer", 14), column("Requirement", 30), column("Of", 16), column("Required by", 16)];
    Table { columns, len, row: Box::new(row), empty: Phrase::default(), of_machines: false }
}

fn facts(explanation: &Explanation) -> Section<'_> {
    let row = |index: usize| {
        let FactTold { part, title, value, source, .. } = &explanation.facts[index];
        let title = Arg::Word(title);
        let name = match part.as_str() {
            "" => title.into(),
            part => say!("{part}: {fact}", part = Arg::named(Identity::Free, part), fact = title),
        };
        vec![Cell::from(name), Cell::from(Arg::named(Identity::Free, value)), Cell::from(shown(source))]
    };
    let columns = vec![column("Fact", 30), column("Value", 30), column("Read from", 40)];
    let mut blocks = vec![table(columns, explanation.facts.len(), row)];
    if !explanation.not_told.is_empty() {
        let absent = explanation.not_told.iter().filter(|gap| gap.is_absent);
        let titles: Vec<Arg> = absent.map(|gap| Arg::Word(gap.title)).collect();
        if !titles.is_empty() {
            blocks.push(Block::Text(say!("No input gives: {facts}.", facts = Arg::List(titles.into()))));
        }
        let others = explanation.not_told.iter().filter(|gap| !gap.is_absent);
        blocks.extend(others.map(|gap| Block::Text(Arg::named(Identity::Free, &gap.why).into())));
    }
    Section { id: "facts".to_owned(), title: "What the inputs say".into(), blocks, start: Start::Room }
}

/// A cell for people: "vms.xlsx, Sheet1, C7 (Memory)".
fn shown(place: &Place) -> Phrase {
    let mut parts: Vec<Arg> = Vec::new();
    if !place.file.is_empty() {
        parts.push(Arg::named(Identity::File, &place.file));
    }
    if !place.sheet.is_empty() {
        parts.push(Arg::named(Identity::Sheet, &place.sheet));
    }
    if place.cell.is_empty() {
        parts.push(say!("row {row}", row = Arg::at(place.row)).into());
    } else {
        parts.push(Arg::text(&place.cell));
    }
    if !place.column.is_empty() {
        parts.push(say!("column {heading}", heading = Arg::named(Identity::Heading, &place.column)).into());
    }
    Arg::List(parts.into()).into()
}

fn column(title: &'static str, weight: u16) -> Column {
    Column { title: title.into(), weight, numeric: false }
}

fn table<'a>(columns: Vec<Column>, len: usize, row: impl Fn(usize) -> Vec<Cell> + Sync + Send + 'a) -> Block<'a> {
    Block::Table(Table { columns, len, row: Box::new(row), empty: Phrase::default(), of_machines: false })
}
