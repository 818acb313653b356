//! How inputs were understood: gathered once, for a program and for a person.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::language::Language;
use crate::evaluate::{Assessment, Because, Outcome, machines_of};
use crate::model::{ColumnSeen, Estate, Field, Note, Speech, TableInfo, Why};
use crate::record::{
    Candidate, INSPECTION, InspectedColumn, InspectedFile, InspectedNote, InspectedTable, Inspection, MissingFact,
    RivalColumn, UnusedColumn,
};
use crate::rules::RULES;

/// How what is gathered is said.
type Said = &'static (dyn Speech + Sync);

/// Gathers how the inputs of an estate were understood, and what its assessment could not tell, in a language.
#[must_use]
pub fn inspection<'a>(
    estate: &'a Estate,
    assessment: &Assessment<'_>,
    version: &'a str,
    language: Language,
) -> Inspection<'a> {
    let speech = language.cells();
    let (may_be_there, missing) =
        missing(estate, assessment, speech).into_iter().partition(|fact: &MissingFact<'_>| !fact.columns.is_empty());
    Inspection {
        schema: INSPECTION.into(),
        klar_version: version.into(),
        files: (0..estate.files.len()).map(|index| file(estate, index, speech)).collect(),
        notes: notes(estate, speech, |note| note.file.is_empty()),
        machines: estate.vms.len() as u64,
        may_be_there,
        missing,
    }
}

fn notes<'a>(estate: &'a Estate, speech: Said, of: impl Fn(&Note) -> bool) -> Vec<InspectedNote<'a>> {
    let note = |note: &'a Note| InspectedNote {
        gravity: speech.words(note.gravity.as_str()).into(),
        row: note.origin.map(|origin| origin.row),
        text: note.text.said(speech).into(),
    };
    estate.notes.iter().filter(|one| of(one)).map(note).collect()
}

fn file(estate: &Estate, index: usize, speech: Said) -> InspectedFile<'_> {
    let info = &estate.files[index];
    let numbered = estate.tables.iter().enumerate().filter(|(_, table)| table.file == index);
    let mut tables: Vec<InspectedTable<'_>> = numbered.map(|(number, _)| table(estate, number, speech)).collect();
    // Sheets that gave no table, and of which there is something to say.
    let read: BTreeSet<&str> = tables.iter().map(|table| &*table.sheet).chain([""]).collect();
    let of_file = estate.notes.iter().filter(|note| note.file == info.path);
    let unread: BTreeSet<&str> = of_file.map(|note| &*note.sheet).filter(|sheet| !read.contains(sheet)).collect();
    tables.extend(unread.into_iter().map(|sheet| InspectedTable {
        sheet: sheet.into(),
        notes: notes(estate, speech, |note| note.file == info.path && note.sheet == sheet),
        ..InspectedTable::default()
    }));
    InspectedFile {
        file: (&info.path).into(),
        bytes: info.bytes,
        sha256: (&info.sha256).into(),
        refused: info.refused.as_ref().map(|why| why.said(speech).into()),
        exported: info.exported.map(|exported| speech.date(exported.day).into()),
        exported_by: info.exported.map(|exported| Cow::Borrowed(if exported.by_data { "data" } else { "name" })),
        notes: notes(estate, speech, |note| note.file == info.path && note.sheet.is_empty()),
        tables,
    }
}

fn table(estate: &Estate, number: usize, speech: Said) -> InspectedTable<'_> {
    let TableInfo { file, sheet, taken_for, read_as, rows, .. } = &estate.tables[number];
    let path = &estate.files[*file].path;
    let candidates = estate.readings.iter().filter(|reading| reading.table == number).map(|reading| Candidate {
        title: speech.words(&reading.title).into(),
        rows: reading.rows.into(),
        taken: reading.taken,
        facts: reading.facts,
        values_that_fit: reading.fit,
        values_that_do_not: reading.unfit,
        columns_dropped: reading.dropped,
        why: reading.why.said(speech).into(),
    });
    let columns = estate.columns.iter().filter(|column| column.table == number);
    InspectedTable {
        sheet: sheet.into(),
        taken_for: speech.words(taken_for).into(),
        used: !read_as.is_empty(),
        rows_read: rows.read,
        rows_subjects: rows.subjects,
        rows_joined: rows.joined,
        left_out: rows.left_out.iter().map(|(reason, count)| (speech.words(reason).into(), *count)).collect(),
        candidates: candidates.collect(),
        columns: columns.map(|seen| column(seen, speech)).collect(),
        // What a text file's only table has to say stands with the file.
        notes: notes(estate, speech, |note| !sheet.is_empty() && note.file == *path && note.sheet == *sheet),
    }
}

fn column(seen: &ColumnSeen, speech: Said) -> InspectedColumn<'_> {
    let rivals = seen.rivals.iter().map(|rival| RivalColumn {
        heading: (&rival.heading).into(),
        field: rival.field.key().into(),
        title: speech.words(rival.field.title()).into(),
        why: rival.why.said(speech).into(),
    });
    InspectedColumn {
        column: u32::from(seen.column) + 1,
        heading: (&seen.heading).into(),
        field: seen.field.map(|field| field.key().into()),
        title: seen.field.map(|field| speech.words(field.title()).into()),
        unit: seen.unit.into(),
        why: seen.why.said(speech).into(),
        values: seen.values,
        blank: seen.blank,
        unreadable: seen.unreadable,
        samples: seen.samples.iter().map(Into::into).collect(),
        nearest: seen.nearest.map(|field| field.key().into()),
        advice: seen.advice.said(speech).into(),
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
fn missing<'a>(estate: &'a Estate, assessment: &Assessment<'_>, speech: Said) -> Vec<MissingFact<'a>> {
    let given = |field: Field| estate.columns.iter().any(|column| column.field == Some(field));
    let needed = |field: &Field| RULES.iter().any(|rule| rule.needs.contains(field));
    let of_site = Field::ALL.iter().filter(|field| field.is_judged() && needed(field) && !given(**field));
    let mut open: BTreeMap<Field, Open> = of_site.map(|field| (*field, Open::default())).collect();
    for finding in assessment.runs.iter().flat_map(|run| &run.findings) {
        let Because::Missing(missing) = &finding.because else { continue };
        // Nothing that is exported makes a machine of a template or a replica, or settles which of two inputs is right.
        if matches!(missing.why, Why::StandIn(_) | Why::Disputed(_)) || !missing.field.is_judged() {
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
        title: speech.words(field.title()).into(),
        machines_unknown: open.unknown.len() as u64,
        machines_concerned: open.concerned.len() as u64,
        export: speech.words(field.export()).into(),
        columns: estate
            .columns
            .iter()
            .filter(|column| column.nearest == Some(field))
            .map(|column| unused(estate, column, speech))
            .collect(),
    };
    facts.into_iter().map(fact).collect()
}

fn unused<'a>(estate: &'a Estate, column: &'a ColumnSeen, speech: Said) -> UnusedColumn<'a> {
    let table = &estate.tables[column.table];
    UnusedColumn {
        file: (&estate.files[table.file].path).into(),
        sheet: (&table.sheet).into(),
        heading: (&column.heading).into(),
        advice: column.advice.said(speech).into(),
    }
}
