//! How inputs were understood: gathered once, for a program as JSON and for a person as a document.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::document::{Block, Column, Document, Fact, Section, Table, Tone};
use super::words;
use crate::evaluate::{Assessment, Because, Outcome, machines_of};
use crate::model::{ColumnSeen, Estate, Field, Note, TableInfo, Why};
use crate::record::{
    Candidate, INSPECTION, InspectedColumn, InspectedFile, InspectedNote, InspectedTable, Inspection, MissingFact,
    RivalColumn, UnusedColumn,
};
use crate::rules::RULES;

/// Gathers how the inputs of an estate were understood, and what its assessment could not tell.
#[must_use]
pub fn inspection<'a>(estate: &'a Estate, assessment: &Assessment<'_>, version: &'a str) -> Inspection<'a> {
    let (may_be_there, missing) =
        missing(estate, assessment).into_iter().partition(|fact: &MissingFact<'_>| !fact.columns.is_empty());
    Inspection {
        schema: INSPECTION.into(),
        klar_version: version.into(),
        files: (0..estate.files.len()).map(|index| file(estate, index)).collect(),
        notes: notes(estate, |note| note.file.is_empty()),
        machines: estate.vms.len() as u64,
        may_be_there,
        missing,
    }
}

fn notes<'a>(estate: &'a Estate, of: impl Fn(&Note) -> bool) -> Vec<InspectedNote<'a>> {
    let note = |note: &'a Note| InspectedNote {
        gravity: note.gravity.as_str().into(),
        row: note.origin.map(|origin| origin.row),
        text: note.text.to_string().into(),
    };
    estate.notes.iter().filter(|one| of(one)).map(note).collect()
}

fn file(estate: &Estate, index: usize) -> InspectedFile<'_> {
    let info = &estate.files[index];
    let numbered = estate.tables.iter().enumerate().filter(|(_, table)| table.file == index);
    let mut tables: Vec<InspectedTable<'_>> = numbered.map(|(number, _)| table(estate, number)).collect();
    // Sheets that gave no table, and of which there is something to say.
    let read: BTreeSet<&str> = tables.iter().map(|table| &*table.sheet).chain([""]).collect();
    let of_file = estate.notes.iter().filter(|note| note.file == info.path);
    let unread: BTreeSet<&str> = of_file.map(|note| &*note.sheet).filter(|sheet| !read.contains(sheet)).collect();
    tables.extend(unread.into_iter().map(|sheet| InspectedTable {
        sheet: sheet.into(),
        notes: notes(estate, |note| note.file == info.path && note.sheet == sheet),
        ..InspectedTable::default()
    }));
    InspectedFile {
        file: (&info.path).into(),
        bytes: info.bytes,
        sha256: (&info.sha256).into(),
        refused: info.refused.as_ref().map(|why| why.to_string().into()),
        exported: info.exported.map(|exported| exported.day.to_string().into()),
        exported_by: info.exported.map(|exported| Cow::Borrowed(if exported.by_data { "data" } else { "name" })),
        notes: notes(estate, |note| note.file == info.path && note.sheet.is_empty()),
        tables,
    }
}

fn table(estate: &Estate, number: usize) -> InspectedTable<'_> {
    let TableInfo { file, sheet, taken_for, read_as, rows, .. } = &estate.tables[number];
    let path = &estate.files[*file].path;
    let candidates = estate.readings.iter().filter(|reading| reading.table == number).map(|reading| Candidate {
        title: (&reading.title).into(),
        rows: reading.rows.into(),
        taken: reading.taken,
        facts: reading.facts,
        values_that_fit: reading.fit,
        values_that_do_not: reading.unfit,
        columns_dropped: reading.dropped,
        why: reading.why.to_string().into(),
    });
    let columns = estate.columns.iter().filter(|column| column.table == number);
    InspectedTable {
        sheet: sheet.into(),
        taken_for: taken_for.into(),
        used: !read_as.is_empty(),
        rows_read: rows.read,
        rows_subjects: rows.subjects,
        rows_joined: rows.joined,
        left_out: rows.left_out.iter().map(|(reason, count)| ((*reason).into(), *count)).collect(),
        candidates: candidates.collect(),
        columns: columns.map(column).collect(),
        // What a text file's only table has to say stands with the file.
        notes: notes(estate, |note| !sheet.is_empty() && note.file == *path && note.sheet == *sheet),
    }
}

fn column(seen: &ColumnSeen) -> InspectedColumn<'_> {
    let rivals = seen.rivals.iter().map(|rival| RivalColumn {
        heading: (&rival.heading).into(),
        field: rival.field.key().into(),
        title: rival.field.title().into(),
        why: rival.why.to_string().into(),
    });
    InspectedColumn {
        column: u32::from(seen.column) + 1,
        heading: (&seen.heading).into(),
        field: seen.field.map(|field| field.key().into()),
        title: seen.field.map(|field| field.title().into()),
        unit: seen.unit.into(),
        why: seen.why.to_string().into(),
        values: seen.values,
        blank: seen.blank,
        unreadable: seen.unreadable,
        samples: seen.samples.iter().map(Into::into).collect(),
        nearest: seen.nearest.map(|field| field.key().into()),
        advice: seen.advice.to_string().into(),
        rivals: rivals.collect(),
    }
}

/// The machines that a fact leaves unknown, and those of which less can be checked without it.
#[derive(Default)]
struct Open {
    unknown: BTreeSet<usize>,
    concerned: BTreeSet<usize>,
}

/// The facts that checks need and some machine or host lacks or no column gives, the worst first.
fn missing<'a>(estate: &'a Estate, assessment: &Assessment<'_>) -> Vec<MissingFact<'a>> {
    let given = |field: Field| estate.columns.iter().any(|column| column.field == Some(field));
    let needed = |field: &Field| RULES.iter().any(|rule| rule.needs.contains(field));
    let of_site = Field::ALL.iter().filter(|field| field.is_judged() && needed(field) && !given(**field));
    let mut open: BTreeMap<Field, Open> = of_site.map(|field| (*field, Open::default())).collect();
    for finding in assessment.runs.iter().flat_map(|run| &run.findings) {
        let Because::Missing(missing) = &finding.because else { continue };
        // Nothing that is exported makes a machine of a template or a replica.
        if matches!(missing.why, Why::StandIn(_)) || !missing.field.is_judged() {
            continue;
        }
        let machines = machines_of(estate, finding.subject);
        let of_fact = open.entry(missing.field).or_default();
        if finding.outcome == Outcome::Unknown {
            of_fact.unknown.extend(&machines);
        }
        of_fact.concerned.extend(machines);
    }
    let mut facts: Vec<(Field, Open)> = open.into_iter().collect();
    facts.sort_by_key(|(field, open)| {
        (std::cmp::Reverse(open.unknown.len()), std::cmp::Reverse(open.concerned.len()), *field)
    });
    let fact = |(field, open): (Field, Open)| MissingFact {
        field: field.key().into(),
        title: field.title().into(),
        machines_unknown: open.unknown.len() as u64,
        machines_concerned: open.concerned.len() as u64,
        export: field.export().into(),
        columns: estate
            .columns
            .iter()
            .filter(|column| column.nearest == Some(field))
            .map(|column| unused(estate, column))
            .collect(),
    };
    facts.into_iter().map(fact).collect()
}

fn unused<'a>(estate: &'a Estate, column: &'a ColumnSeen) -> UnusedColumn<'a> {
    let table = &estate.tables[column.table];
    UnusedColumn {
        file: (&estate.files[table.file].path).into(),
        sheet: (&table.sheet).into(),
        heading: (&column.heading).into(),
        advice: column.advice.to_string().into(),
    }
}

/// What was gathered, for a person.
#[must_use]
pub fn document<'a>(inspection: &'a Inspection<'_>) -> Document<'a> {
    let mut sections: Vec<Section<'a>> = inspection.files.iter().map(file_section).collect();
    let mut blocks: Vec<Block<'a>> = inspection.notes.iter().map(note_block).collect();
    blocks.extend(missing_blocks(inspection));
    if !blocks.is_empty() {
        sections.push(Section {
            id: "missing".to_owned(),
            title: "What is missing".to_owned(),
            blocks,
            ..Section::default()
        });
    }
    Document { sections, ..Document::default() }
}

fn note_block<'a>(note: &InspectedNote<'_>) -> Block<'a> {
    let row = note.row.map_or(String::new(), |row| format!(", row {row}"));
    Block::Callout { tone: Tone::Plain, text: format!("{}{row}: {}", note.gravity, note.text) }
}

fn file_section<'a>(file: &'a InspectedFile<'_>) -> Section<'a> {
    let mut blocks = Vec::new();
    if let (Some(day), Some(by)) = (&file.exported, &file.exported_by) {
        blocks.push(Block::Text(format!("exported on {day}, by its {by}")));
    }
    blocks.extend(file.notes.iter().map(note_block));
    for table in &file.tables {
        if !table.sheet.is_empty() {
            blocks.push(Block::Heading { id: String::new(), text: table.sheet.to_string(), mark: None });
        }
        blocks.extend(table_blocks(table));
        blocks.extend(table.notes.iter().map(note_block));
    }
    let title = format!("{} ({})", file.file, words::count(file.bytes, "byte", "bytes"));
    Section { title, blocks, ..Section::default() }
}

fn table_blocks<'a>(table: &'a InspectedTable<'_>) -> Vec<Block<'a>> {
    let mut blocks = Vec::new();
    let rows = words::count(table.rows_read, "row", "rows");
    if table.taken_for.is_empty() {
        return blocks;
    }
    if table.used {
        let fates = [(table.rows_subjects, "began a subject"), (table.rows_joined, "told more of one")];
        let fates = fates.into_iter().filter(|(count, _)| *count > 0);
        let mut parts: Vec<String> = fates.map(|(count, fate)| format!("{} {fate}", words::grouped(count))).collect();
        let left_out = table.left_out.iter();
        parts.extend(left_out.map(|(reason, count)| format!("{} left out: {reason}", words::grouped(*count))));
        blocks.push(Block::Text(format!("taken for {}, {rows}", table.taken_for)));
        blocks.push(Block::Text(parts.join("; ")));
        blocks.push(Block::Table(candidates(table)));
        blocks.push(Block::Table(used(table)));
        let rivals = rivals(table);
        if rivals.len > 0 {
            blocks.push(Block::Text("What could have been read otherwise, and why it was not:".to_owned()));
            blocks.push(Block::Table(rivals));
        }
    } else {
        blocks.push(Block::Text(format!("{}, {rows} not used", table.taken_for)));
    }
    blocks.extend(not_used(table));
    blocks
}

fn columns(titles: &[(&str, bool)]) -> Vec<Column> {
    titles.iter().map(|(title, numeric)| Column { title: (*title).to_owned(), weight: 1, numeric: *numeric }).collect()
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
            let title = if one.taken { one.title.to_string() } else { format!("not {}", one.title) };
            let numbers = numbers.map(|number| words::grouped(number).into());
            [title.into()].into_iter().chain(numbers).chain([(&*one.why).into()]).collect()
        }),
        empty: String::new(),
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
            let gives = if column.unit.is_empty() { title.to_owned() } else { format!("{title}, {}", column.unit) };
            vec![(&*column.heading).into(), gives.into(), samples(column).into()]
        }),
        empty: "No column is used.".to_owned(),
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
            vec![(&*rival.heading).into(), (&*rival.title).into(), (&*rival.why).into()]
        }),
        empty: String::new(),
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
            let held = samples(column);
            let held = if held.is_empty() { held } else { format!("It holds {held}. ") };
            let why = if column.field.is_none() { format!("{} ", column.why) } else { String::new() };
            facts.push(Fact {
                label: column.heading.to_string(),
                value: format!("{why}{held}{}", column.advice).into(),
            });
        }
    }
    let mut blocks = Vec::new();
    if !facts.is_empty() {
        blocks.push(Block::Text("Not read, or not all of it:".to_owned()));
        blocks.push(Block::Facts(facts));
    }
    if !others.is_empty() {
        blocks.push(Block::Text(format!("not used: {}", others.join(", "))));
    }
    blocks
}

fn missing_blocks<'a>(inspection: &'a Inspection<'_>) -> Vec<Block<'a>> {
    let mut blocks = Vec::new();
    let all = inspection.machines;
    let told = move |fact: &MissingFact<'_>| match (fact.machines_unknown, fact.machines_concerned) {
        (0, 0) => String::new(),
        (0, less) => format!("{} less checked", words::grouped(less)),
        (unknown, _) => format!("{} of {} unknown", words::grouped(unknown), words::grouped(all)),
    };
    if !inspection.may_be_there.is_empty() {
        blocks.push(Block::Text("Facts that checks need and a column names that is not read for them:".to_owned()));
        let fact = |fact: &MissingFact<'_>| {
            let machines = told(fact);
            let machines = if machines.is_empty() { machines } else { format!("{machines}. ") };
            let columns = fact.columns.iter().map(|column| {
                format!("Column `{}` of {} may hold it. {}", column.heading, place(column), column.advice)
            });
            let value = format!("{machines}{}", columns.collect::<Vec<_>>().join(" "));
            Fact { label: fact.title.to_string(), value: value.into() }
        };
        blocks.push(Block::Facts(inspection.may_be_there.iter().map(fact).collect()));
    }
    if !inspection.missing.is_empty() {
        let text = "Facts that checks need and no column gives, by how many machines they leave unknown, with what exports them:";
        blocks.push(Block::Text(text.to_owned()));
        blocks.push(Block::Table(Table {
            columns: columns(&[("Fact", false), ("Machines", false), ("Export", false)]),
            len: inspection.missing.len(),
            row: Box::new(move |index| {
                let fact = &inspection.missing[index];
                vec![(&*fact.title).into(), told(fact).into(), (&*fact.export).into()]
            }),
            empty: String::new(),
            of_machines: false,
        }));
    }
    blocks
}

fn place(column: &UnusedColumn<'_>) -> String {
    if column.sheet.is_empty() { column.file.to_string() } else { format!("{}: {}", column.file, column.sheet) }
}
