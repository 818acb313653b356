//! What was read: every file and table, and the sum that accounts for every row.

use super::super::document::{Block, Cell, Fact, Section, Start, Table, Tone};
use super::super::tables::left_out;
use super::super::view::View;
use super::super::words;
use super::parts::columns;
use crate::model::{Exported, Gravity, LeftOut, LeftOutKind, RowCount};

/// Rows shown of each table, unless all are asked for.
const SHOWN: usize = 8;

pub(super) fn section<'a>(view: &'a View<'a>) -> Section<'a> {
    let fact = |label: &str, value: &str| Fact { label: label.to_owned(), value: value.into() };
    let mut facts = vec![fact("Reconciliation", &reconciliation(view))];
    if let Some(exports) = exports(view) {
        facts.push(fact("Exported", &exports));
    }
    let folder = folder(view);
    if !folder.is_empty() {
        facts.push(fact("Folder of the inputs", folder));
    }
    let most = |len: usize| view.options.pdf.most(SHOWN).min(len);
    let more = |len: usize, place: &str| words::and_more(len - most(len), place).map(Block::Text);
    let (inputs, read, notes) = (view.estate.tables.len(), view.estate.files.len(), view.estate.notes.len());
    let mut blocks = vec![Block::Facts(facts), heading("tables", "Tables")];
    blocks.push(Block::Table(tables(view, most(inputs))));
    blocks.extend(more(inputs, "report.xlsx and inputs.csv"));
    blocks.push(heading("files", "Files"));
    blocks.push(Block::Table(files(view, most(read))));
    blocks.extend(more(read, "report.xlsx and inputs.csv"));
    blocks.extend(machines_left_out(view));
    if notes > 0 {
        blocks.push(heading("notes", "What reading had to say"));
        blocks.push(Block::Table(self::notes(view, most(notes))));
        blocks.extend(more(notes, "assessment.json; klar inspect shows all"));
    }
    Section { id: "inputs".to_owned(), title: "Inputs and reconciliation".to_owned(), blocks, start: Start::Room }
}

/// The machines that were read and not judged, with why.
fn machines_left_out<'a>(view: &'a View<'a>) -> Vec<Block<'a>> {
    let is_machine = |row: &&LeftOut| matches!(row.kind, LeftOutKind::Vm | LeftOutKind::AzureVm);
    let rows: Vec<&LeftOut> = view.estate.left_out.iter().filter(is_machine).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let shown = rows.len().min(view.options.pdf.most(SHOWN));
    let more = words::and_more(rows.len() - shown, "report.xlsx and left_out.csv");
    let table = Table {
        columns: columns(&[("Machine", 36, false), ("Why it was not judged", 64, false)]),
        len: shown,
        row: Box::new(move |index| vec![(*rows[index].name).into(), rows[index].reason.to_string().into()]),
        empty: String::new(),
        of_machines: false,
    };
    let mut blocks = vec![heading("left-out", "Machines left out"), Block::Table(table)];
    blocks.extend(more.map(Block::Text));
    blocks
}

fn heading<'a>(id: &str, text: &str) -> Block<'a> {
    Block::Heading { id: id.to_owned(), text: text.to_owned(), mark: None }
}

/// The folder that every input lies below, with the `/` that ends it; empty when they share none.
fn folder<'a>(view: &'a View<'_>) -> &'a str {
    let mut files = view.estate.files.iter().map(|file| file.path.as_str());
    let parent = |path: &'a str| &path[..path.rfind('/').map_or(0, |at| at + 1)];
    let Some(first) = files.next().map(parent) else { return "" };
    files.fold(first, |mut folder, path| {
        while !path.starts_with(folder) {
            folder = parent(folder.trim_end_matches('/'));
        }
        folder
    })
}

/// A path as it stands below that folder.
fn below<'a>(path: &'a str, folder: &str) -> &'a str {
    path.strip_prefix(folder).unwrap_or(path)
}

/// "312 rows read = 61 machines, hosts, clouds and Azure resources + 240 rows that tell more of them + 11 left out".
#[must_use]
pub fn reconciliation(view: &View<'_>) -> String {
    let mut total = RowCount::default();
    for table in &view.estate.tables {
        total.read += table.rows.read;
        total.subjects += table.rows.subjects;
        total.joined += table.rows.joined;
        for (reason, count) in &table.rows.left_out {
            match total.left_out.iter_mut().find(|(known, _)| known == reason) {
                Some((_, sum)) => *sum += count,
                None => total.left_out.push((*reason, *count)),
            }
        }
    }
    let reasons: Vec<String> = total.left_out.iter().map(|(reason, count)| format!("{reason}: {count}")).collect();
    let reasons = if reasons.is_empty() { String::new() } else { format!(" ({})", reasons.join("; ")) };
    format!(
        "{} = {} machines, hosts, clouds and Azure resources + {} rows that tell more of them + {} left out{reasons}",
        words::count(total.read, "row read", "rows read"),
        words::grouped(total.subjects),
        words::grouped(total.joined),
        words::grouped(total.left_out_total()),
    )
}

/// "exported on 2026-10-20, 33 days before, by its name".
fn age(view: &View<'_>, Exported { day, by_data }: Exported) -> String {
    let by = if by_data { "its data" } else { "its name" };
    let before = match (view.assessment.as_of - day).get_days() {
        days @ 1.. => format!(", {} before", words::count(u64::from(days.unsigned_abs()), "day", "days")),
        _ => String::new(),
    };
    format!("exported on {day}{before}, by {by}")
}

/// When the exports were made, as far as they tell; `None` where none does.
#[must_use]
pub fn exports(view: &View<'_>) -> Option<String> {
    let oldest = view.estate.exported().map(|(_, exported)| exported.day).min()?;
    let newest = view.estate.exported().map(|(_, exported)| exported.day).max()?;
    let known = words::grouped(view.estate.exported().count() as u64);
    let files = words::count(view.estate.files.len() as u64, "file", "files");
    let days = (view.assessment.as_of - oldest).get_days();
    let age = match days {
        1.. => format!(", the oldest {} before", words::count(u64::from(days.unsigned_abs()), "day", "days")),
        _ => String::new(),
    };
    let range = if oldest == newest { oldest.to_string() } else { format!("{oldest} to {newest}") };
    let apart = view.estate.exports_apart().map_or_else(String::new, |(_, days)| {
        format!(". They are {days} days apart, so together they tell of no one day: export what is old again")
    });
    Some(format!("{range}{age}; {known} of {files} tell{apart}"))
}

fn tables<'a>(view: &'a View<'a>, len: usize) -> Table<'a> {
    let folder = folder(view);
    Table {
        columns: columns(&[
            ("File and sheet", 34, false),
            ("Taken for", 24, false),
            ("Rows", 8, true),
            ("Subjects", 9, true),
            ("Joined", 8, true),
            ("Left out, and why", 28, false),
        ]),
        len,
        row: Box::new(move |index| {
            let table = &view.estate.tables[index];
            let file = below(&view.estate.files[table.file].path, folder);
            let name = if table.sheet.is_empty() { file.to_owned() } else { format!("{file}: {}", table.sheet) };
            vec![
                name.into(),
                table.taken_for.as_str().into(),
                words::grouped(table.rows.read).into(),
                words::grouped(table.rows.subjects).into(),
                words::grouped(table.rows.joined).into(),
                left_out(table).into(),
            ]
        }),
        empty: "No table was read.".to_owned(),
        of_machines: false,
    }
}

fn files<'a>(view: &'a View<'a>, len: usize) -> Table<'a> {
    let folder = folder(view);
    Table {
        columns: columns(&[("File", 24, false), ("Bytes", 10, true), ("SHA-256, or why it was refused", 66, false)]),
        len,
        row: Box::new(move |index| {
            let file = &view.estate.files[index];
            let last = match &file.refused {
                Some(why) => Cell { text: format!("{why}\n{}", file.sha256), tone: Tone::Bad, link: None },
                None => Cell { text: file.sha256.clone(), tone: Tone::Faint, link: None },
            };
            let name = below(&file.path, folder);
            let name = file.exported.map_or(name.to_owned(), |exported| format!("{name}\n{}", age(view, exported)));
            vec![name.into(), words::grouped(file.bytes).into(), last]
        }),
        empty: "No file was read.".to_owned(),
        of_machines: false,
    }
}

fn notes<'a>(view: &'a View<'a>, len: usize) -> Table<'a> {
    let folder = folder(view);
    Table {
        columns: columns(&[("Kind", 10, false), ("Where", 28, false), ("Note", 62, false)]),
        len,
        row: Box::new(move |index| {
            let note = &view.estate.notes[index];
            let tone = match note.gravity {
                Gravity::Refused | Gravity::Broken => Tone::Bad,
                Gravity::Doubt => Tone::Doubt,
                Gravity::Remark => Tone::Faint,
            };
            let mut place = below(&note.file, folder).to_owned();
            if !note.sheet.is_empty() {
                place = format!("{place}: {}", note.sheet);
            }
            if let Some(origin) = note.origin {
                place = format!("{place}, row {}", origin.row);
            }
            vec![
                Cell { text: note.gravity.as_str().to_owned(), tone, link: None },
                place.into(),
                note.text.to_string().into(),
            ]
        }),
        empty: String::new(),
        of_machines: false,
    }
}
