//! Which export a table is.

use crate::ingest::cell;
use crate::ingest::cell::culture::{Culture, Evidence};
use crate::ingest::columns::{ColumnUse, RowKind, Unit};
use crate::ingest::table::{Grid, Value};
use crate::model::{Field, Vocabulary};

pub mod dialect;
mod generic;
mod heading;
mod identify;
pub(super) mod meaning;
pub(super) mod seen;
pub(super) mod split;

use dialect::{Dialect, Dialects};
use generic::{Kind, kinds_of};
use heading::Form;
use identify::{Candidate, Found, candidates, identify};
use meaning::{Meaning, look_up};

/// What a table was found to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recognition {
    /// A table of the inventory.
    Table(Recognised),
    /// A known export that says nothing Klar reads.
    NotInventory {
        /// What the table is.
        taken_for: String,
        /// Why it is not read.
        why: String,
        /// What its rows say that the user should settle, as a sentence.
        doubt: Option<String>,
    },
    /// No known export.
    NotRecognised {
        /// The nearest match and the headings it lacks.
        why: String,
    },
}

/// A table of the inventory with its headings understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recognised {
    /// The export's name for people: "Get-SCVirtualMachine", "machine list".
    pub title: String,
    /// Whose words its names of guest operating systems are in.
    pub vocabulary: Vocabulary,
    /// What a row speaks of.
    pub rows: RowKind,
    /// The headings as written, by column.
    pub header: Vec<String>,
    /// The first row of data, as an index into the grid's rows.
    pub first_data_row: usize,
    /// The columns that give a field, in order of column; where several give one field, the preferred one comes first
    /// and the others stand in where it is blank.
    pub columns: Vec<ColumnUse>,
    /// How the table writes its numbers.
    pub culture: Culture,
    /// What there is to say about it, each a sentence.
    pub notes: Vec<String>,
}

/// Tells what a table is and what its columns give; `file` is its path, whose name breaks ties.
#[must_use]
pub fn recognise(grid: &Grid, file: &str, dialects: &Dialects) -> Recognition {
    if let Some(not_inventory) = foreign_type(grid, dialects) {
        return not_inventory;
    }
    let candidates = candidates(grid);
    match identify(grid, file, &candidates, dialects) {
        Found::Dialect(dialect, at) => match &dialect.rows {
            Ok(rows) => {
                let mut notes: Vec<String> = dialect.caution.iter().cloned().collect();
                let columns = dialect_columns(grid, dialect, *rows, &candidates[at], dialects, &mut notes);
                finish(grid, (&dialect.title, dialect.vocabulary, *rows), &candidates[at], columns, notes)
            }
            Err(why) => Recognition::NotInventory {
                taken_for: dialect.title.clone(),
                why: why.clone(),
                doubt: dialect.caution.as_ref().map(|caution| with_rows(caution, grid, candidates[at].first_data_row)),
            },
        },
        Found::Kind(kind, at) => {
            let mut notes = vec![];
            let columns = kind_columns(kind, &candidates[at], dialects, &mut notes);
            finish(grid, (&kind.title, Vocabulary::Any, kind.rows), &candidates[at], columns, notes)
        }
        Found::Nothing(why) => Recognition::NotRecognised { why },
    }
}

/// The namespaces of VMM and Hyper-V: what has a type of theirs is a list of nothing else.
const NAMESPACES: &[&str] =
    &["Microsoft.SystemCenter.VirtualMachineManager.", "Microsoft.HyperV.", "Microsoft.VirtualManager."];

/// Says of a table of VMM's or Hyper-V's own objects, such as boot orders, that nothing is read from its type.
fn foreign_type(grid: &Grid, dialects: &Dialects) -> Option<Recognition> {
    let name = grid.type_name.as_deref()?;
    let is_theirs = NAMESPACES.iter().any(|namespace| name.starts_with(namespace));
    let is_known =
        dialects.known.iter().flat_map(|dialect| &dialect.type_names).any(|tail| name.ends_with(tail.as_str()));
    (is_theirs && !is_known).then(|| Recognition::NotInventory {
        taken_for: format!("objects of type {}", name.rsplit('.').next().unwrap_or(name)),
        why: format!("Objects of type {name} say nothing of machines, hosts or clouds that is read."),
        doubt: None,
    })
}

/// How many rows a caution quotes.
const QUOTED: usize = 5;

/// A caution with what the first rows below the headings say.
fn with_rows(caution: &str, grid: &Grid, first_row: usize) -> String {
    let said = |index: usize| {
        let texts = grid.row(index).cells().filter_map(|(_, value)| cell::text(value).ok());
        texts.map(|text| text.to_string()).collect::<Vec<_>>().join(", ")
    };
    let rows = first_row..grid.row_count();
    let quoted: Vec<String> = rows.clone().take(QUOTED).map(said).collect();
    let more = match rows.len().saturating_sub(QUOTED) {
        0 => String::new(),
        more => format!("; and {more} more"),
    };
    format!("{caution}: {}{more}", quoted.join("; "))
}

/// A column with its place among the columns of its field.
#[derive(Clone, Copy)]
struct Ranked {
    column: ColumnUse,
    rank: usize,
}

fn dialect_columns(
    grid: &Grid,
    dialect: &Dialect,
    rows: RowKind,
    candidate: &Candidate,
    dialects: &Dialects,
    notes: &mut Vec<String>,
) -> Vec<ColumnUse> {
    let mut found: Vec<Ranked> = vec![];
    for (column, heading) in &candidate.headings {
        let forms = &heading.forms;
        let own = |map| look_up(map, forms, None).filter(|(meaning, _)| kinds_of(meaning.field).contains(&rows));
        let known = look_up(&dialect.columns, forms, dialect.prefix.as_deref());
        let is_ignored = dialect.ignored.contains(&heading.key);
        let added = || {
            own(&dialects.generic.own)
                .filter(|_| !is_ignored)
                .map(|(meaning, form)| (Meaning { rank: usize::MAX, ..meaning }, form))
        };
        let Some((meaning, form)) = known.or_else(added) else { continue };
        if meaning.words_only && holds_numbers(grid, candidate.first_data_row, *column) {
            notes.push(format!(
                "The column `{}` holds integers whose meaning differs between exports and is not read; export it as words.",
                candidate.text(*column)
            ));
            continue;
        }
        let use_of = column_use(*column, meaning, &form);
        if is_repeated(candidate, *column, notes) {
            continue;
        }
        found.push(Ranked { column: use_of, rank: meaning.rank });
    }
    found.sort_by_key(|ranked| (ranked.rank, ranked.column.column));
    preferred_first(&found)
}

/// The columns in their order, but a stand-in right after the column it stands in for.
fn preferred_first(found: &[Ranked]) -> Vec<ColumnUse> {
    let place = |one: &Ranked| {
        let same = |other: &&Ranked| (other.column.field, other.column.number) == (one.column.field, one.column.number);
        found.iter().find(same).map_or(one.column.column, |first| first.column.column)
    };
    let mut placed: Vec<(u16, ColumnUse)> = found.iter().map(|one| (place(one), one.column)).collect();
    placed.sort_by_key(|(place, _)| *place);
    placed.into_iter().map(|(_, column)| column).collect()
}

fn kind_columns(kind: &Kind, candidate: &Candidate, dialects: &Dialects, notes: &mut Vec<String>) -> Vec<ColumnUse> {
    let mut found: Vec<Ranked> = vec![];
    let naming = dialects.generic.naming(&candidate.headings);
    for (column, heading) in &candidate.headings {
        let Some((meaning, form)) = dialects.generic.meaning(kind, naming, heading) else { continue };
        if is_repeated(candidate, *column, notes) {
            continue;
        }
        found.push(Ranked { column: column_use(*column, meaning, &form), rank: meaning.rank });
    }
    found.sort_by_key(|ranked| (ranked.column.field, ranked.column.number, ranked.rank, ranked.column.column));
    let mut columns: Vec<ColumnUse> = vec![];
    for Ranked { column, .. } in found {
        match columns.last() {
            Some(last) if last.field == column.field && last.number == column.number => notes.push(format!(
                "Both `{}` and `{}` could give {}; the first is read.",
                candidate.text(last.column),
                candidate.text(column.column),
                column.field.title()
            )),
            Some(_) | None => columns.push(column),
        }
    }
    columns.sort_by_key(|column| column.column);
    columns
}

fn column_use(column: u16, meaning: Meaning, form: &Form) -> ColumnUse {
    ColumnUse {
        column,
        field: meaning.field,
        unit: form.unit.unwrap_or(meaning.unit),
        number: form.number,
        culture: Culture::Unsettled,
    }
}

/// Whether an earlier column has the same heading.
fn is_repeated(candidate: &Candidate, column: u16, notes: &mut Vec<String>) -> bool {
    let text = candidate.text(column);
    let repeated = candidate
        .headings
        .iter()
        .take_while(|(other, _)| *other < column)
        .any(|(other, _)| candidate.text(*other) == text);
    if repeated {
        notes.push(format!("The heading `{text}` stands over more than one column; the first is read."));
    }
    repeated
}

fn holds_numbers(grid: &Grid, first_row: usize, column: u16) -> bool {
    (first_row..grid.row_count()).any(|index| match grid.row(index).get(column) {
        Some(Value::Number(_)) => true,
        Some(Value::Text(text)) => !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()),
        Some(Value::Bool(_) | Value::Date(_) | Value::Error(_)) | None => false,
    })
}

fn finish(
    grid: &Grid,
    (title, vocabulary, rows): (&str, Vocabulary, RowKind),
    candidate: &Candidate,
    mut columns: Vec<ColumnUse>,
    mut notes: Vec<String>,
) -> Recognition {
    let culture = settle_cultures(grid, candidate, &mut columns, &mut notes);
    notes.dedup();
    Recognition::Table(Recognised {
        title: title.to_owned(),
        vocabulary,
        rows,
        header: candidate.header.clone(),
        first_data_row: candidate.first_data_row,
        columns,
        culture,
        notes,
    })
}

/// Settles how each column writes its numbers, and the table as a whole.
fn settle_cultures(grid: &Grid, candidate: &Candidate, columns: &mut [ColumnUse], notes: &mut Vec<String>) -> Culture {
    let is_number = |one: &&ColumnUse| one.unit != Unit::None || COUNTS.contains(&one.field);
    let numbers: Vec<u16> = columns.iter().filter(is_number).map(|one| one.column).collect();
    let all = Evidence::gather(grid, candidate.first_data_row, &numbers);
    let together = Evidence::together(&all);
    let culture = together.culture(grid.delimiter);
    if together.is_mixed() {
        notes.push(
            "Some numbers have a decimal comma and some a decimal point; each is read by its own look.".to_owned(),
        );
    }
    for (column, evidence) in numbers.iter().zip(&all) {
        let own = evidence.culture_within(culture, grid.delimiter);
        for one in columns.iter_mut().filter(|one| one.column == *column) {
            one.culture = own;
        }
        let unread = evidence.unread();
        if own == Culture::Unsettled && unread > 0 {
            notes.push(format!(
                "Numbers of `{}` such as 1,234 or 1.234 could be thousands or a fraction and nothing in the table settles which; they are not read (cells: {unread}). Write them without a mark between thousands.",
                candidate.text(*column),
            ));
        }
    }
    culture
}

/// The counts in which a mark between thousands may stand.
const COUNTS: &[Field] =
    &[Field::Vcpus, Field::HostProcessors, Field::QuotaUsed, Field::QuotaLimit, Field::HostVmCount];
