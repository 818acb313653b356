//! What was read: every file and table, and the sum that accounts for every row.

use super::super::phrased::{Block, Cell, Fact, Section, Start, Table, Tone};
use super::super::view::View;
use super::super::words;
use super::parts::{columns, heading};
use crate::model::{Arg, Exported, Gravity, Identity, LeftOut, LeftOutKind, Phrase, RowCount, say};

/// Rows shown of each table, unless all are asked for.
const SHOWN: usize = 8;

pub(super) fn section<'a>(view: &'a View<'a>) -> Section<'a> {
    let fact = |label: &'static str, value: Phrase| Fact { label: label.into(), value: value.into() };
    let mut facts = vec![fact("Reconciliation", reconciliation(view))];
    if let Some(exports) = exports(view) {
        facts.push(fact("Exported", exports));
    }
    let folder = folder(view);
    if !folder.is_empty() {
        facts.push(fact("Folder of the inputs", Arg::named(Identity::Path, folder).into()));
    }
    let most = |len: usize| view.options.pdf.most(SHOWN).min(len);
    let more = |len: usize, place: &'static str| words::and_more(len - most(len), place).map(Block::Text);
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
    Section { id: "inputs".to_owned(), title: "Inputs and reconciliation".into(), blocks, start: Start::Room }
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
        row: Box::new(move |index| {
            vec![Arg::named(Identity::Machine, &rows[index].name).into(), rows[index].reason.into()]
        }),
        empty: Phrase::default(),
        of_machines: false,
    };
    let mut blocks = vec![heading("left-out", "Machines left out"), Block::Table(table)];
    blocks.extend(more.map(Block::Text));
    blocks
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
pub fn reconciliation(view: &View<'_>) -> Phrase {
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
    let sum = say!(
        "{read} {read:row read|rows read} = {subjects} machines, hosts, clouds and Azure resources + {joined} rows that tell more of them + {left_out} left out",
        read = total.read,
        subjects = total.subjects,
        joined = total.joined,
        left_out = total.left_out_total()
    );
    if total.left_out.is_empty() {
        return sum;
    }
    say!("{sum} ({reasons})", sum = sum, reasons = words::left_out(&total.left_out))
}

/// "exported on 2026-10-20, 33 days before, by its name".
fn age(view: &View<'_>, Exported { day, by_data }: Exported) -> Phrase {
    let by = Arg::Word(if by_data { "its data" } else { "its name" });
    match (view.assessment.as_of - day).get_days() {
        days @ 1.. => {
            let days = days.unsigned_abs();
            say!("exported on {day}, {days} {days:day|days} before, by {by}", day = day, days = days, by = by)
        }
        _ => say!("exported on {day}, by {by}", day = day, by = by),
    }
}

/// When the exports were made, as far as they tell; `None` where none does.
#[must_use]
pub fn exports(view: &View<'_>) -> Option<Phrase> {
    let oldest = view.estate.exported().map(|(_, exported)| exported.day).min()?;
    let newest = view.estate.exported().map(|(_, exported)| exported.day).max()?;
    let days = (view.assessment.as_of - oldest).get_days();
    let range =
        if oldest == newest { oldest.into() } else { say!("{oldest} to {newest}", oldest = oldest, newest = newest) };
    let range = match days {
        1.. => {
            let days = days.unsigned_abs();
            say!("{range}, the oldest {days} {days:day|days} before", range = range, days = days)
        }
        _ => range,
    };
    let told = say!(
        "{range}; {known} of {files} {files:file|files} tell",
        range = range,
        known = view.estate.exported().count(),
        files = view.estate.files.len()
    );
    Some(match view.estate.exports_apart() {
        Some((_, days)) => say!(
            "{told}. They are {days} days apart, so together they tell of no one day: export what is old again",
            told = told,
            days = Arg::at(days)
        ),
        None => told,
    })
}

/// The place of a sheet in a file, both as an input names them.
fn place(file: &str, sheet: &str) -> Phrase {
    let file = Arg::named(Identity::File, file);
    if sheet.is_empty() {
        return file.into();
    }
    say!("{file}: {sheet}", file = file, sheet = Arg::named(Identity::Sheet, sheet))
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
            vec![
                place(file, &table.sheet).into(),
                Arg::wording(&table.taken_for).into(),
                table.rows.read.into(),
                table.rows.subjects.into(),
                table.rows.joined.into(),
                words::left_out(&table.rows.left_out).into(),
            ]
        }),
        empty: "No table was read.".into(),
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
            let digest = Arg::text(&file.sha256);
            let last = match &file.refused {
                Some(why) => {
                    let text = say!("{why}\n{digest}", why = why.clone(), digest = digest);
                    Cell { text, tone: Tone::Bad, link: None }
                }
                None => Cell { text: digest.into(), tone: Tone::Faint, link: None },
            };
            let name = Arg::named(Identity::File, below(&file.path, folder));
            let name = match file.exported {
                Some(exported) => say!("{name}\n{age}", name = name, age = age(view, exported)),
                None => name.into(),
            };
            vec![name.into(), file.bytes.into(), last]
        }),
        empty: "No file was read.".into(),
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
            let place = place(below(&note.file, folder), &note.sheet);
            let place = match note.origin {
                Some(origin) => say!("{place}, row {row}", place = place, row = Arg::at(origin.row)),
                None => place,
            };
            vec![Cell { text: note.gravity.as_str().into(), tone, link: None }, place.into(), note.text.clone().into()]
        }),
        empty: Phrase::default(),
        of_machines: false,
    }
}
