//! Finding a table's headings and the export they belong to.

use std::collections::BTreeSet;

use super::dialect::{Dialect, Dialects, Signature};
use super::heading::{Heading, key};
use super::meaning::look_up;
use crate::ingest::columns::RowKind;
use crate::ingest::table::{Grid, Row, Value};
use crate::model::{Arg, Field, Identity, Phrase, say};

/// How many rows that hold something are looked at for headings.
pub(super) const ROWS_SEARCHED: usize = 40;

/// A heading longer than this is a text, not a heading.
const LONGEST_HEADING: usize = 200;

/// A row that may hold the headings.
#[derive(Debug)]
pub(super) struct Candidate {
    /// The headings as written, by column.
    pub(super) header: Vec<String>,
    /// The row after it, as an index into the grid's rows.
    pub(super) first_data_row: usize,
    /// The headings that are not empty, with their column.
    pub(super) headings: Vec<(u16, Heading)>,
    /// How many of its cells hold a number, an address or a date, as those of a row of data do.
    pub(super) values: usize,
    /// Every form of every heading.
    keys: BTreeSet<String>,
}

impl Candidate {
    fn new(header: Vec<String>, first_data_row: usize) -> Self {
        let mut headings = vec![];
        let mut keys = BTreeSet::new();
        for (column, text) in (0_u16..).zip(&header) {
            if text.len() > LONGEST_HEADING {
                continue;
            }
            let heading = Heading::of(text);
            if !heading.key.is_empty() {
                keys.insert(heading.key.clone());
                keys.extend(heading.forms.iter().map(|form| form.key.clone()));
                headings.push((column, heading));
            }
        }
        Self { header, first_data_row, headings, values: 0, keys }
    }

    /// Headings that are known to be such, with the row after them as an index into the grid's rows.
    pub(super) fn under(header: Vec<String>, first_data_row: usize) -> Self {
        Self::new(header, first_data_row)
    }

    /// A row as headings, with the row after it as an index into the grid's rows.
    pub(super) fn of(row: Row<'_>, first_data_row: usize) -> Self {
        Self {
            values: row.cells().filter(|(_, value)| is_measured(*value)).count(),
            ..Self::new(written(row), first_data_row)
        }
    }

    /// The heading of a column as written.
    pub(super) fn text(&self, column: u16) -> &str {
        self.header.get(usize::from(column)).map_or("", |text| text.trim())
    }

    /// How many of a set of headings stand here.
    fn count(&self, dialect: &Dialect, set: &[(String, String)]) -> usize {
        set.iter().filter(|(key, _)| self.has(dialect, key)).count()
    }

    fn has(&self, dialect: &Dialect, key: &str) -> bool {
        let prefixed = |prefix: &String| self.keys.contains(&format!("{prefix}{key}"));
        self.keys.contains(key) || dialect.prefix.as_ref().is_some_and(prefixed)
    }

    /// The fields that an export's headings give here.
    fn fields(&self, dialect: &Dialect) -> BTreeSet<Field> {
        let read = |heading: &Heading| look_up(&dialect.columns, &heading.forms, dialect.prefix.as_deref());
        self.headings.iter().filter_map(|(_, heading)| Some(read(heading)?.0.field)).collect()
    }
}

/// The most letters that stand behind a number as its unit.
const UNIT_LETTERS: usize = 4;

/// Whether a cell holds what is measured or counted and no heading: "8192", "16,00 GB", "10.2.0.7", "2026-10-01".
fn is_measured(value: Value<'_>) -> bool {
    let Value::Text(text) = value else { return true };
    let text = text.trim();
    let letters = text.chars().filter(|sign| sign.is_alphabetic()).count();
    text.starts_with(|sign: char| sign.is_ascii_digit()) && letters <= UNIT_LETTERS
}

/// The rows that may hold the headings.
pub(super) fn candidates(grid: &Grid) -> Vec<Candidate> {
    if let Some(header) = &grid.header {
        return vec![Candidate::new(header.clone(), 0)];
    }
    let rows = (0..grid.row_count()).filter(|&index| !grid.row(index).is_blank()).take(ROWS_SEARCHED);
    rows.map(|index| Candidate::of(grid.row(index), index + 1)).collect()
}

/// A row's texts by column; what is no text is no heading.
fn written(row: Row<'_>) -> Vec<String> {
    let mut texts = vec![];
    for (column, value) in row.cells() {
        if let Value::Text(text) = value {
            texts.resize(usize::from(column), String::new());
            texts.push(text.to_string());
        }
    }
    texts
}

/// The export whose type's name ends as the table's does, if its headings name the subject too.
pub(super) fn by_type<'a>(
    name: &str,
    candidates: &[Candidate],
    dialects: &'a Dialects,
) -> Option<(&'a Dialect, usize)> {
    let ends = |tail: &String| name == tail || name.strip_suffix(tail.as_str()).is_some_and(|rest| rest.ends_with('.'));
    let dialect = dialects.known.iter().find(|dialect| dialect.type_names.iter().any(ends))?;
    if dialect.rows.is_err() {
        return Some((dialect, 0));
    }
    let (at, _) = candidates
        .iter()
        .enumerate()
        .map(|(at, candidate)| (at, candidate.fields(dialect)))
        .filter(|(_, fields)| names_subject(dialect, fields))
        .max_by_key(|(at, fields)| (fields.len(), candidates.len() - at))?;
    Some((dialect, at))
}

/// The exports of which a whole set of headings stands in one row, the largest set first.
pub(super) fn by_signature<'a>(
    file: &str,
    candidates: &[Candidate],
    dialects: &'a Dialects,
) -> Vec<(&'a Dialect, usize)> {
    let file = key(file.rsplit('/').next().unwrap_or(file));
    let mut found = Vec::new();
    for (at, candidate) in candidates.iter().enumerate() {
        for (order, dialect) in dialects.known.iter().enumerate() {
            let whole = |set: &&Signature| {
                candidate.count(dialect, set) == set.len() && (!dialect.exact || candidate.headings.len() == set.len())
            };
            let Some(size) = dialect.signatures.iter().filter(whole).map(Vec::len).max() else { continue };
            let fields = candidate.fields(dialect);
            let is_decided = dialect.decisive.iter().any(|key| candidate.has(dialect, key));
            let weight = (is_decided, size, file.contains(&key(&dialect.title)), fields.len());
            if dialect.rows.is_err() || names_subject(dialect, &fields) {
                found.push((weight, at, order, dialect));
            }
        }
    }
    // The largest set first, of equals the row above and the file that comes first.
    found.sort_by_key(|(weight, at, order, _)| (std::cmp::Reverse(*weight), *at, *order));
    found.into_iter().map(|(_, at, _, dialect)| (dialect, at)).collect()
}

/// Whether some fields name what the rows of an export speak of.
fn names_subject(dialect: &Dialect, fields: &BTreeSet<Field>) -> bool {
    let Ok(rows) = &dialect.rows else { return false };
    subject(*rows).iter().any(|field| fields.contains(field))
}

/// The fields of which one must be there, for a row to be of anything.
const fn subject(rows: RowKind) -> &'static [Field] {
    match rows {
        RowKind::Machine
        | RowKind::MachineDisk
        | RowKind::MachineNic
        | RowKind::MachineDetail
        | RowKind::Computer
        | RowKind::Mention
        | RowKind::Drive
        | RowKind::Nic => &[Field::VmName, Field::VmId],
        RowKind::HardDisk => &[Field::DiskPath, Field::DiskId, Field::DiskName],
        RowKind::Host | RowKind::HostDetail => &[Field::HostName, Field::HostId],
        RowKind::Cluster | RowKind::ClusterDetail => &[Field::ClusterName],
        RowKind::Cloud => &[Field::CloudName],
        RowKind::HostGroup => &[Field::GroupName, Field::GroupPath],
        RowKind::VmmServer => &[Field::VmmName, Field::VmmVersion],
        RowKind::Volume => &[Field::VolumeName],
        RowKind::Connection => &[Field::ConnectionFrom, Field::ConnectionTo],
        RowKind::AzureResource => &[Field::AzureName, Field::AzureId],
        RowKind::Quota => &[Field::QuotaFamily],
        RowKind::Sku => &[Field::AzureSku, Field::SkuFamily],
        RowKind::RoleAssignment => &[Field::AzureRole],
    }
}

/// What a list of one's own needs, for a table that is none.
const NEEDED: &str = "A list of machines needs a heading such as `VM` or `VM name`, a list of hosts `Host name`.";

/// Says which export came nearest and what it lacks.
pub(super) fn nearest(candidates: &[Candidate], dialects: &Dialects) -> Phrase {
    let quoted = |arg: Arg| Arg::from(say!("`{heading}`", heading = arg));
    let Some(Near { dialect, set, candidate }) = nearest_signature(candidates, dialects) else {
        let widest = candidates.iter().rev().max_by_key(|candidate| candidate.headings.len());
        let headings =
            widest.into_iter().flat_map(|widest| widest.headings.iter().map(|(column, _)| widest.text(*column)));
        let seen: Vec<Arg> = headings.take(6).map(|text| quoted(Arg::named(Identity::Heading, text))).collect();
        let seen = if seen.is_empty() {
            Arg::Word("")
        } else {
            say!(" (seen: {headings})", headings = Arg::List(seen.into())).into()
        };
        return say!("No known heading stands in its first rows{seen}. {needed}", seen, needed = NEEDED);
    };
    let missing: Vec<&str> =
        set.iter().filter(|(key, _)| !candidate.has(dialect, key)).map(|(_, text)| text.as_str()).collect();
    if missing.is_empty() {
        return say!(
            "It looks like {export}, but no column names what its rows are about. {needed}",
            export = Arg::wording(&dialect.title),
            needed = NEEDED
        );
    }
    say!(
        "The nearest known export is {export}; it lacks the {count:heading|headings} {missing}. {needed}",
        export = Arg::wording(&dialect.title),
        count = missing.len(),
        missing = Arg::List(missing.into_iter().map(|text| quoted(Arg::text(text))).collect()),
        needed = NEEDED
    )
}

/// A signature of which some headings stand in a row.
struct Near<'a> {
    dialect: &'a Dialect,
    set: &'a Signature,
    candidate: &'a Candidate,
}

/// The signature of an inventory's export of which the largest share stands in one row; of equals the largest.
fn nearest_signature<'a>(candidates: &'a [Candidate], dialects: &'a Dialects) -> Option<Near<'a>> {
    let mut best = None;
    let mut most = (0, 0);
    for candidate in candidates {
        for dialect in dialects.known.iter().filter(|dialect| dialect.rows.is_ok()) {
            for set in &dialect.signatures {
                let found = candidate.count(dialect, set);
                let share = (found * 1000 / set.len(), found);
                // What lacks most of an export's headings is not nearly one.
                if found > 1 && found * 2 >= set.len() && share > most {
                    most = share;
                    best = Some(Near { dialect, set, candidate });
                }
            }
        }
    }
    best
}
