//! Which export a table is.

use crate::ingest::cell::culture::{Culture, Evidence};
use crate::ingest::columns::{ColumnUse, Unit};
use crate::ingest::table::Grid;
use crate::model::{Arg, Field, Identity, Phrase, Vocabulary, say};

mod advice;
mod azure_list;
mod bag;
mod begin;
mod beside;
mod blockers;
mod by_cells;
mod candidate;
mod choose;
mod chosen;
mod claims;
mod computer_name;
mod computers;
pub mod dialect;
mod doings;
mod enough;
mod fit;
mod foreign;
mod found;
mod generic;
mod heading;
mod identify;
pub mod mapping;
pub(super) mod meaning;
mod mention;
mod nameless;
mod naming;
mod near;
mod reading;
mod rivals;
pub(super) mod seen;
mod sockets;
pub(super) mod split;
mod summaries;
mod summary;
mod turned;
mod units;
mod unnamed;
mod weigh;
mod written;

use choose::{Found, choose};
use claims::Source;
use dialect::Dialects;
use foreign::{foreign_type, with_rows};
pub use found::{Recognised, Recognition, Tally, Told};
pub use generic::reads;
pub use heading::key as heading_key;
use identify::{Candidate, by_signature, candidates};
use reading::Reading;
use units::{Bare, Said, settle};
use weigh::weighed;

/// Tells what a table is and what its columns give; `file` is its path, whose name breaks ties.
#[must_use]
pub fn recognise(grid: &Grid, file: &str, dialects: &Dialects) -> Recognition {
    let candidates = candidates(grid);
    if let Some(not_inventory) = foreign_type(grid, dialects)
        && !by_signature(file, &candidates, dialects).iter().any(|(dialect, _)| dialect.is_given)
    {
        return not_inventory;
    }
    match choose(grid, file, &candidates, dialects) {
        Found::Table(found) => {
            let (reading, runner_up) = *found;
            let candidate = &candidates[reading.at];
            Recognition::Table(Box::new(finish(grid, candidate, &reading, runner_up.as_ref())))
        }
        Found::NotInventory(dialect, at) => match &dialect.rows {
            Err(why) => Recognition::NotInventory {
                taken_for: dialect.title.clone(),
                why: Arg::wording(why).into(),
                doubt: dialect.caution.as_ref().map(|caution| with_rows(caution, grid, candidates[at].first_data_row)),
            },
            Ok(_) => Recognition::NotRecognised { why: "".into() },
        },
        Found::Summary => Recognition::NotInventory {
            taken_for: "a sum of machines".to_owned(),
            why: "It counts machines by what they have in common and names none, so nothing is read from it.".into(),
            doubt: None,
        },
        Found::Nothing(why) => Recognition::NotRecognised { why },
    }
}

fn finish(grid: &Grid, candidate: &Candidate, reading: &Reading<'_>, runner_up: Option<&Reading<'_>>) -> Recognised {
    let caution = reading.base.dialect.and_then(|dialect| dialect.caution.as_deref());
    let mut notes: Vec<Phrase> = caution.map(|caution| Arg::wording(caution).into()).into_iter().collect();
    notes.extend(reading.notes.iter().cloned());
    notes.extend(runner_up.and_then(|other| tie(reading, other)));
    let mut columns = reading.uses();
    let unnamed_sizes = unnamed::unnamed_sizes(grid, candidate, reading);
    notes.extend(unnamed_sizes.iter().map(|column| unnamed(candidate.text(*column))));
    let culture = settle_cultures(grid, candidate, reading, &mut columns, &mut notes);
    settle_units(grid, candidate, reading, &mut columns, &mut notes);
    let mut seen = std::collections::BTreeSet::new();
    notes.retain(|note| seen.insert(note.clone()));
    Recognised {
        title: reading.title.to_owned(),
        vocabulary: reading.base.dialect.map_or(Vocabulary::Any, |dialect| dialect.vocabulary),
        rows: reading.base.rows,
        checkpoints: reading.base.dialect.is_some_and(|dialect| dialect.checkpoints),
        yields: reading.yields,
        says: reading.base.dialect.map_or_else(Vec::new, |dialect| dialect.says.clone()),
        of_checkpoints: of_checkpoints(candidate, reading),
        lists: reading.base.dialect.and_then(|dialect| dialect.lists),
        header: candidate.header.clone(),
        first_data_row: candidate.first_data_row,
        columns,
        unnamed_sizes,
        culture,
        notes,
        tally: reading.tally,
        runner_up: runner_up.map(|other| (other.title.to_owned(), other.tally)),
        readings: weighed(reading, runner_up),
        told: told(reading, candidate),
    }
}

/// The columns that say of a row that it is of a checkpoint.
fn of_checkpoints(candidate: &Candidate, reading: &Reading<'_>) -> Vec<u16> {
    let known = reading.base.dialect.map_or(&[][..], |dialect| &dialect.of_checkpoints);
    let headings = candidate.headings.iter().filter(|(_, heading)| known.contains(&heading.key));
    headings.map(|(column, _)| *column).collect()
}

/// What to say when two readings explain equally much.
fn tie(reading: &Reading<'_>, other: &Reading<'_>) -> Option<Phrase> {
    let is_known = reading.base.dialect.is_some() || other.base.dialect.is_some();
    let is_tie = reading.tally == other.tally && reading.tally.fit > 0 && !is_known;
    is_tie.then(|| {
        say!(
            "It could be a {one} or a {other}: each explains {facts} facts and drops {dropped} columns. It is read as the first; name machines in a column `VM` or hosts in a column `Host name` to settle it.",
            one = Arg::wording(reading.title),
            other = Arg::wording(other.title),
            facts = reading.tally.facts,
            dropped = reading.tally.dropped
        )
    })
}

/// What to say of a column of sizes that nothing explains.
fn unnamed(heading: &str) -> Phrase {
    say!(
        "The column `{heading}` holds sizes, and nothing tells of what: it may be one more disk of its machine, so that the disks of machines with a size there are not all known. Call it `Data disk 1 (GB)` or the like if it is one, or map it in the configuration file.",
        heading = Arg::named(Identity::Heading, heading)
    )
}

fn told(reading: &Reading<'_>, candidate: &Candidate) -> Vec<Told> {
    let title = reading.title;
    let mut told: Vec<Told> = Vec::new();
    for one in &reading.columns {
        let why = match one.claim.source {
            Source::Mapping => "the configuration file maps it".into(),
            Source::Export => say!("a heading of {export}", export = Arg::wording(title)),
            Source::Own => "Klar's own name of it".into(),
            Source::Plain => "a heading that means it in any table".into(),
            Source::Kind => say!("a heading that means it in a {export}", export = Arg::wording(title)),
            Source::Words => "the words of its heading".into(),
        };
        told.push(Told { column: one.column, why, nearest: None });
    }
    for lost in &reading.lost {
        told.push(Told { column: lost.column, why: lost.why.clone(), nearest: Some(lost.field) });
    }
    let ignored = reading.base.dialect.map_or(&[][..], |dialect| &dialect.ignored);
    for (column, _) in candidate.headings.iter().filter(|(_, heading)| ignored.contains(&heading.key)) {
        if told.iter().all(|one| one.column != *column) {
            let why = say!("in {export} its heading means something else than elsewhere", export = Arg::wording(title));
            told.push(Told { column: *column, why, nearest: None });
        }
    }
    told
}

/// Settles the unit of each column of sizes; the disks' columns of which nobody says it go together.
fn settle_units(
    grid: &Grid,
    candidate: &Candidate,
    reading: &Reading<'_>,
    columns: &mut [ColumnUse],
    notes: &mut Vec<Phrase>,
) {
    let said = |used: &ColumnUse| {
        reading.columns.iter().find(|one| one.column == used.column).map_or(Said::Nobody, |one| one.claim.said)
    };
    let goes_together = |used: &ColumnUse| family(used.field).filter(|_| said(used) == Said::Nobody);
    let mut together = [Bare::default(), Bare::default()];
    for used in columns.iter() {
        if let Some(family) = goes_together(used) {
            together[family].add(Bare::of(grid, candidate.first_data_row, used));
        }
    }
    for used in columns.iter_mut().filter(|used| units::is_settled(used.field)) {
        let own;
        let bare = if let Some(family) = goes_together(used) {
            &together[family]
        } else {
            own = Bare::of(grid, candidate.first_data_row, used);
            &own
        };
        let settled = settle(used.field, used.unit, said(used), candidate.text(used.column), bare);
        used.unit = settled.unit;
        notes.extend(settled.why);
    }
    // What a disk's file takes is in the unit of the disk's size, where nobody says another.
    let size = columns.iter().find(|used| used.field == Field::DiskSize).map(|used| used.unit);
    for used in columns.iter_mut().filter(|used| used.field == Field::DiskUsed) {
        if let Some(size) = size.filter(|_| said(used) == Said::Nobody) {
            used.unit = size;
        }
    }
}

/// Columns of one family are in one unit where nobody says which: the disks of a machine, and its amounts of memory.
const fn family(field: Field) -> Option<usize> {
    match field {
        Field::DiskSize | Field::OsDiskSize => Some(0),
        Field::Memory | Field::MemoryStartup | Field::MemoryMaximum => Some(1),
        _ => None,
    }
}

/// Settles how each column writes its numbers, and the table as a whole.
fn settle_cultures(
    grid: &Grid,
    candidate: &Candidate,
    reading: &Reading<'_>,
    columns: &mut [ColumnUse],
    notes: &mut Vec<Phrase>,
) -> Culture {
    let says_unit =
        |column: u16| reading.columns.iter().any(|one| one.column == column && one.claim.said != Said::Nobody);
    let is_number = |one: &&ColumnUse| one.unit != Unit::None || COUNTS.contains(&one.field);
    let numbers: Vec<u16> = columns.iter().filter(is_number).map(|one| one.column).collect();
    let all = Evidence::gather(grid, candidate.first_data_row, &numbers);
    let together = Evidence::together(&all);
    let culture = together.culture(grid.delimiter);
    if together.is_mixed() {
        notes.push("Some numbers have a decimal comma and some a decimal point; each is read by its own look.".into());
    }
    for (column, evidence) in numbers.iter().zip(&all) {
        let unit = columns.iter().find(|one| one.column == *column).map(|one| one.unit);
        let are_huge = matches!(unit, Some(Unit::GiB | Unit::TiB));
        let own = evidence.culture_within(culture, grid.delimiter, are_huge);
        // No size has thousandths of a mebibyte.
        let is_small = matches!(unit, Some(Unit::MiB | Unit::KiB | Unit::Bytes)) && says_unit(*column);
        let own = if own == Culture::Unsettled && is_small { evidence.of_thousands().unwrap_or(own) } else { own };
        for one in columns.iter_mut().filter(|one| one.column == *column) {
            one.culture = own;
        }
        let unread = evidence.unread();
        if own == Culture::Unsettled && unread > 0 {
            notes.push(say!(
                "Numbers of `{column}` such as 1,234 or 1.234 could be thousands or a fraction and nothing in the table settles which; they are not read (cells: {unread}). Write them without a mark between thousands.",
                column = Arg::named(Identity::Heading, candidate.text(*column)),
                unread
            ));
        }
    }
    culture
}

/// The counts in which a mark between thousands may stand.
const COUNTS: &[Field] =
    &[Field::Vcpus, Field::HostProcessors, Field::QuotaUsed, Field::QuotaLimit, Field::HostVmCount];
