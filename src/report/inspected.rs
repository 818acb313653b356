//! How inputs were understood, as a document for a person.

use super::phrased::{Block, Column, Document, Fact, Section, Table, Tone};
use crate::model::{Arg, Identity, Phrase, say};
use crate::record::{
    InspectedColumn, InspectedFile, InspectedNote, InspectedTable, Inspection, MissingFact, RivalColumn, UnusedColumn,
};

/// What was gathered, for a person.
#[must_use]
pub fn document<'a>(inspection: &'a Inspection<'_>) -> Document<'a> {
    let mut sections: Vec<Section<'a>> = inspection.files.iter().map(file_section).collect();
    let mut blocks: Vec<Block<'a>> = inspection.notes.iter().map(note_block).collect();
    blocks.extend(missing_blocks(inspection));
    if !blocks.is_empty() {
        sections.push(Section {
            id: "missing".to_owned(),
            title: "What is missing".into(),
            blocks,
            ..Section::default()
        });
    }
    Document { sections, ..Document::default() }
}

/// A text of what was gathered, which is said already.
fn told(text: &str) -> Arg {
    Arg::named(Identity::Free, text)
}

fn note_block<'a>(note: &InspectedNote<'_>) -> Block<'a> {
    let gravity = told(&note.gravity);
    let place = match note.row {
        Some(row) => say!("{gravity}, row {row}", gravity = gravity, row = Arg::at(row)),
        None => gravity.into(),
    };
    Block::Callout { tone: Tone::Plain, text: say!("{place}: {note}", place = place, note = told(&note.text)) }
}

fn file_section<'a>(file: &'a InspectedFile<'_>) -> Section<'a> {
    let mut blocks = Vec::new();
    if let (Some(day), Some(by)) = (&file.exported, &file.exported_by) {
        let day = told(day);
        blocks.push(Block::Text(match &**by {
            "data" => say!("exported on {day}, by its data", day = day),
            _ => say!("exported on {day}, by its name", day = day),
        }));
    }
    blocks.extend(file.notes.iter().map(note_block));
    for table in &file.tables {
        if !table.sheet.is_empty() {
            blocks.push(Block::Heading { id: String::new(), text: told(&table.sheet).into(), mark: None });
        }
        blocks.extend(table_blocks(table));
        blocks.extend(table.notes.iter().map(note_block));
    }
    let title = say!("{file} ({bytes} {bytes:byte|bytes})", file = told(&file.file), bytes = file.bytes);
    Section { title, blocks, ..Section::default() }
}

fn table_blocks<'a>(table: &'a InspectedTable<'_>) -> Vec<Block<'a>> {
    let mut blocks = Vec::new();
    if table.taken_for.is_empty() {
        return blocks;
    }
    let (kind, rows) = (told(&table.taken_for), table.rows_read);
    if table.used {
        let mut parts: Vec<Arg> = Vec::new();
        if table.rows_subjects > 0 {
            parts.push(say!("{count} began a subject", count = table.rows_subjects).into());
        }
        if table.rows_joined > 0 {
            parts.push(say!("{count} told more of one", count = table.rows_joined).into());
        }
        let left_out = table.left_out.iter();
        parts.extend(left_out.map(|(reason, count)| {
            Arg::from(say!("{count} left out: {reason}", count = *count, reason = told(reason)))
        }));
        blocks.push(Block::Text(say!("taken for {kind}, {rows} {rows:row|rows}", kind = kind, rows = rows)));
        blocks.push(Block::Text(Arg::Items(parts.into()).into()));
        blocks.push(Block::Table(candidates(table)));
        blocks.push(Block::Table(used(table)));
        let rivals = rivals(table);
        if rivals.len > 0 {
            blocks.push(Block::Text("What could have been read otherwise, and why it was not:".into()));
            blocks.push(Block::Table(rivals));
        }
    } else {
        blocks.push(Block::Text(say!("{kind}, {rows} {rows:row|rows} not used", kind = kind, rows = rows)));
    }
    blocks.extend(not_used(table));
    blocks
}

fn columns(titles: &[(&'static str, bool)]) -> Vec<Column> {
    titles.iter().map(|(title, numeric)| Column { title: (*title).into(), weight: 1, numeric: *numeric }).collect()
}

fn candidates<'a>(table: &'a InspectedTable<'_>) -> Table<'a> {
    let titles =
        [("Could be", false), ("Facts", true), ("Fitting", true), ("Not", true), ("Dropped", true), ("Why", false)];
    Table {
        columns: columns(&titles),
        len: table.candidates.len(),
        row: Box::new(move |index| {
            let one = &table.candidates[index];
            let numbers = [one.facts, one.values_that_fit, one.values_that_do_not, one.columns_dropped];
            let title = told(&one.title);
            let title = if one.taken { title.into() } else { say!("not {kind}", kind = title) };
            let numbers = numbers.map(Into::into);
            [title.into()].into_iter().chain(numbers).chain([told(&one.why).into()]).collect()
        }),
        empty: Phrase::default(),
        of_machines: false,
    }
}

/// The columns that are used, each with what it gives, in which unit, and what it holds.
fn used<'a>(table: &'a InspectedTable<'_>) -> Table<'a> {
    let used: Vec<&InspectedColumn<'_>> = table.columns.iter().filter(|column| column.field.is_some()).collect();
    Table {
        columns: columns(&[("Column", false), ("Gives", false), ("Values", false)]),
        len: used.len(),
        row: Box::new(move |index| {
            let column = used[index];
            let title = column.title.as_deref().unwrap_or_default();
            let gives = match &*column.unit {
                "" => told(title).into(),
                unit => say!("{fact}, {unit}", fact = told(title), unit = told(unit)),
            };
            vec![told(&column.heading).into(), gives.into(), told(&samples(column)).into()]
        }),
        empty: "No column is used.".into(),
        of_machines: false,
    }
}

/// How much of a value is shown as an example.
const LONGEST_EXAMPLE: usize = 24;

fn samples(column: &InspectedColumn<'_>) -> String {
    let short: Vec<String> =
        column.samples.iter().map(|sample| sample.chars().take(LONGEST_EXAMPLE).collect()).collect();
    short.join(" | ")
}

fn rivals<'a>(table: &'a InspectedTable<'_>) -> Table<'a> {
    let rivals: Vec<&RivalColumn<'_>> = table.columns.iter().flat_map(|column| &column.rivals).collect();
    Table {
        columns: columns(&[("Column", false), ("Could give", false), ("Why not", false)]),
        len: rivals.len(),
        row: Box::new(move |index| {
            let rival = rivals[index];
            [&rival.heading, &rival.title, &rival.why].map(|text| told(text).into()).into()
        }),
        empty: Phrase::default(),
        of_machines: false,
    }
}

/// The columns of which nothing or not all is read: those of which there is something to do with it, the others by name.
fn not_used<'a>(table: &'a InspectedTable<'_>) -> Vec<Block<'a>> {
    let mut facts = Vec::new();
    let mut others = Vec::new();
    for column in &table.columns {
        if column.field.is_none() && column.nearest.is_none() {
            others.push(&*column.heading);
        } else if !column.advice.is_empty() {
            let mut parts: Vec<Arg> = Vec::new();
            if column.field.is_none() {
                parts.push(told(&column.why));
            }
            let held = samples(column);
            if !held.is_empty() {
                parts.push(say!("It holds {values}.", values = told(&held)).into());
            }
            parts.push(told(&column.advice));
            let value = Phrase::from(Arg::Joined(" ", parts.into()));
            facts.push(Fact { label: told(&column.heading).into(), value: value.into() });
        }
    }
    let mut blocks = Vec::new();
    if !facts.is_empty() {
        blocks.push(Block::Text("Not read, or not all of it:".into()));
        blocks.push(Block::Facts(facts));
    }
    if !others.is_empty() {
        let names = Arg::List(others.into_iter().map(told).collect());
        blocks.push(Block::Text(say!("not used: {headings}", headings = names)));
    }
    blocks
}

fn missing_blocks<'a>(inspection: &'a Inspection<'_>) -> Vec<Block<'a>> {
    let mut blocks = Vec::new();
    let all = inspection.machines;
    let lack = move |fact: &MissingFact<'_>| match (fact.machines_unknown, fact.machines_concerned) {
        (0, 0) => None,
        (0, less) => Some(say!("{less} less checked", less = less)),
        (unknown, _) => Some(say!("{unknown} of {all} unknown", unknown = unknown, all = all)),
    };
    if !inspection.may_be_there.is_empty() {
        let text = "Facts that checks need and a column names that is not read for them:";
        blocks.push(Block::Text(text.into()));
        let fact = |fact: &MissingFact<'_>| {
            let lack = lack(fact).map(|lack| Arg::from(say!("{machines}.", machines = lack)));
            let columns = fact.columns.iter().map(|column| {
                Arg::from(say!(
                    "Column `{heading}` of {place} may hold it. {advice}",
                    heading = told(&column.heading),
                    place = place(column),
                    advice = told(&column.advice)
                ))
            });
            let value = Phrase::from(Arg::Joined(" ", lack.into_iter().chain(columns).collect()));
            Fact { label: told(&fact.title).into(), value: value.into() }
        };
        blocks.push(Block::Facts(inspection.may_be_there.iter().map(fact).collect()));
    }
    if !inspection.missing.is_empty() {
        let text = "Facts that checks need and no column gives, by how many machines they leave unknown, with what exports them:";
        blocks.push(Block::Text(text.into()));
        blocks.push(Block::Table(Table {
            columns: columns(&[("Fact", false), ("Machines", false), ("Export", false)]),
            len: inspection.missing.len(),
            row: Box::new(move |index| {
                let fact = &inspection.missing[index];
                let lack = lack(fact).unwrap_or_default();
                vec![told(&fact.title).into(), lack.into(), told(&fact.export).into()]
            }),
            empty: Phrase::default(),
            of_machines: false,
        }));
    }
    blocks
}

fn place(column: &UnusedColumn<'_>) -> Phrase {
    let file = told(&column.file);
    match &*column.sheet {
        "" => file.into(),
        sheet => say!("{file}: {sheet}", file = file, sheet = told(sheet)),
    }
}
