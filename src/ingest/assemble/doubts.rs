//! What is doubtful about cells and joins, gathered so that a column is noted once and not for every row.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::seen::Trouble;
use crate::ingest::table::{Grid, Value};
use crate::model::{Arg, Estate, Field, Gravity, Identity, Origin, Phrase, say};

/// Doubts met while tables are assembled, by where they arise.
#[derive(Default)]
pub(super) struct Doubts {
    cells: BTreeMap<(u16, u16, Trouble), Tally<Origin>>,
    conflicts: BTreeMap<(Field, u16, u16), Tally<Conflict>>,
    several: BTreeMap<u16, Tally<Origin>>,
    unlisted: BTreeMap<u16, Tally<Origin>>,
    crowded: BTreeMap<u16, Tally<Origin>>,
    same_ids: BTreeMap<(u16, u16), Tally<Pair>>,
    renamed: BTreeMap<(u16, u16), Tally<Pair>>,
}

/// Two rows that bear one identifier, with the machines' names.
struct Pair {
    id: String,
    names: [String; 2],
    rows: [Origin; 2],
}

/// How often something was met, and its first case.
struct Tally<T> {
    count: u64,
    first: T,
}

struct Conflict {
    subject: Phrase,
    kept: (Arg, Origin),
    other: (Arg, Origin),
    /// The day of the export that is believed, when it is so for being newer.
    newer: Option<Date>,
}

fn tally<K: Ord, T>(tallies: &mut BTreeMap<K, Tally<T>>, key: K, first: impl FnOnce() -> T) {
    tallies.entry(key).and_modify(|tally| tally.count += 1).or_insert_with(|| Tally { count: 1, first: first() });
}

impl Doubts {
    /// A cell that was not read, or read with doubt.
    pub(super) fn cell(&mut self, origin: Origin, trouble: Trouble) {
        tally(&mut self.cells, (origin.table, origin.column, trouble), || origin);
    }

    /// A row that several machines may own.
    pub(super) fn several(&mut self, row: Origin) {
        tally(&mut self.several, row.table, || row);
    }

    /// A disk that a machine's row states and no table of drives lists.
    pub(super) fn unlisted(&mut self, cell: Origin) {
        tally(&mut self.unlisted, cell.table, || cell);
    }

    /// A drive at the place of another drive of its machine.
    pub(super) fn crowded(&mut self, row: Origin) {
        tally(&mut self.crowded, row.table, || row);
    }

    /// Two values for one fact: of what it is, the value kept and the other.
    pub(super) fn conflict(
        &mut self,
        field: Field,
        kept: Origin,
        other: Origin,
        newer: Option<Date>,
        words: impl FnOnce() -> (Phrase, Arg, Arg),
    ) {
        tally(&mut self.conflicts, (field, kept.table, other.table), || {
            let (subject, mine, theirs) = words();
            Conflict { subject, kept: (mine, kept), other: (theirs, other), newer }
        });
    }

    /// Two machines that bear one identifier.
    pub(super) fn same_id(&mut self, id: &str, names: [&str; 2], rows: [Origin; 2]) {
        let pair = || Pair { id: id.to_owned(), names: names.map(str::to_owned), rows };
        tally(&mut self.same_ids, (rows[0].table, rows[1].table), pair);
    }

    /// A machine that bears another name in another export.
    pub(super) fn renamed(&mut self, names: [&str; 2], rows: [Origin; 2]) {
        let pair = || Pair { id: String::new(), names: names.map(str::to_owned), rows };
        tally(&mut self.renamed, (rows[0].table, rows[1].table), pair);
    }

    /// Takes in doubts gathered meanwhile, none of which concern the same cells.
    pub(super) fn append(&mut self, other: &mut Self) {
        self.cells.append(&mut other.cells);
        self.conflicts.append(&mut other.conflicts);
        self.several.append(&mut other.several);
        self.unlisted.append(&mut other.unlisted);
        self.crowded.append(&mut other.crowded);
        self.same_ids.append(&mut other.same_ids);
        self.renamed.append(&mut other.renamed);
    }

    /// Writes the doubts as notes, in order of tables and columns.
    pub(super) fn write(self, estate: &mut Estate, grids: &[Option<&Grid>]) {
        for ((table, column, trouble), Tally { count, first }) in self.cells {
            let text = match trouble {
                Trouble::Unreadable => unreadable(estate, grids, first, count),
                Trouble::SuspectUnit => suspect(estate, grids, first, count),
            };
            debug_assert_eq!((first.table, first.column), (table, column));
            estate.note_at(Gravity::Doubt, first, text);
        }
        for ((field, ..), Tally { count, first }) in self.conflicts {
            let text = conflict(estate, field, &first, count);
            estate.note_at(Gravity::Doubt, first.other.1, text);
        }
        for Tally { count, first: Pair { id, names: [one, other], rows } } in self.same_ids.into_values() {
            let [here, there] = rows.map(|row| row_of(estate, row));
            let text = say!(
                "one ID stands at two machines: {id} at {one} ({here}) and {other} ({there}).{further} Both are counted; check whether one is a clone, or a row was copied.",
                id = Arg::named(Identity::Id, &id),
                one = Arg::named(Identity::Machine, &one),
                here,
                other = Arg::named(Identity::Machine, &other),
                there,
                further = further(count)
            );
            estate.note_at(Gravity::Doubt, rows[1], text);
        }
        for Tally { count, first: Pair { names: [one, other], rows, .. } } in self.renamed.into_values() {
            let [here, there] = rows.map(|row| row_of(estate, row));
            let text = say!(
                "{one} ({here}) and {other} ({there}) bear one ID, and neither file knows the other's name: counted as one machine that was renamed.{further} Export both sides again if they are two.",
                one = Arg::named(Identity::Machine, &one),
                here,
                other = Arg::named(Identity::Machine, &other),
                there,
                further = further(count)
            );
            estate.note_at(Gravity::Doubt, rows[1], text);
        }
        for Tally { count, first } in self.several.into_values() {
            let text = say!(
                "{count} {count:row belongs to a machine|rows belong to machines} by a name that several machines bear, first row {row}; not joined. Export the VM ID or the host beside the name.",
                count,
                row = Arg::at(first.row)
            );
            estate.note_at(Gravity::Doubt, first, text);
        }
        for Tally { count, first } in self.unlisted.into_values() {
            let text = say!(
                "{count} {count:disk is|disks are} stated here that no table of drives lists, first in {spot}; the drives listed were kept. Check which of the two is up to date.",
                count,
                spot = estate.place(first).spot()
            );
            estate.note_at(Gravity::Doubt, first, text);
        }
        for Tally { count, first } in self.crowded.into_values() {
            let text = say!(
                "{count} {count:drive stands|drives stand} at a place on the controller that another drive of its machine has, first row {row}; both are kept. Two machines or templates may bear one name: export the VM ID beside it.",
                count,
                row = Arg::at(first.row)
            );
            estate.note_at(Gravity::Doubt, first, text);
        }
    }
}

/// How many more cases there are than the one told.
fn further(count: u64) -> Arg {
    if count == 1 { Arg::Word("") } else { say!(" So for {more} more.", more = count - 1).into() }
}

/// A row with its file.
fn row_of(estate: &Estate, origin: Origin) -> Phrase {
    let place = estate.place(origin);
    let (file, row) = (place.in_file(), Arg::at(place.row));
    if place.sheet.is_empty() {
        return say!("{file}, row {row}", file, row);
    }
    say!("{file}, {sheet}, row {row}", file, sheet = Arg::named(Identity::Sheet, place.sheet), row)
}

fn unreadable(estate: &Estate, grids: &[Option<&Grid>], first: Origin, count: u64) -> Phrase {
    say!(
        "{count} {count:cell|cells} of column \"{column}\" could not be read, first {spot}: \"{cell}\". What it says is taken as not known; correct the cells or leave them empty.",
        count,
        column = Arg::named(Identity::Heading, estate.place(first).column),
        spot = estate.place(first).spot(),
        cell = Arg::named(Identity::Free, &cell_text(grids, first))
    )
}

fn suspect(estate: &Estate, grids: &[Option<&Grid>], first: Origin, count: u64) -> Phrase {
    say!(
        "{count} {count:size|sizes} of column \"{column}\" {count:is|are} so small or large that the unit may be wrong, first {spot}: \"{cell}\". Put the unit into the heading, such as \"(GB)\" or \"(MB)\".",
        count,
        column = Arg::named(Identity::Heading, estate.place(first).column),
        spot = estate.place(first).spot(),
        cell = Arg::named(Identity::Free, &cell_text(grids, first))
    )
}

fn conflict(estate: &Estate, field: Field, first: &Conflict, count: u64) -> Phrase {
    let Conflict { subject, kept, other, newer } = first;
    let rest = further(count);
    let which = newer.map_or(Arg::Word("first"), |day| say!("newer, of {day},", day).into());
    let (mine, theirs) = (estate.place(kept.1), estate.place(other.1));
    let (mine, theirs, remedy) = if field == Field::VmHost && mine.file != theirs.file {
        (mine.in_file(), theirs.in_file(), "It may have moved meanwhile: export all hosts again at one time.")
    } else if mine.file == theirs.file {
        (mine.spot(), theirs.spot(), "Correct the row that is out of date.")
    } else {
        (mine.in_file(), theirs.in_file(), "Leave out the file that is out of date.")
    };
    say!(
        "{subject}: {fact} is {kept} in {mine} and {other} in {theirs}; the {which} is kept.{rest} {remedy}",
        subject = subject.clone(),
        fact = field,
        kept = kept.0.clone(),
        mine,
        other = other.0.clone(),
        theirs,
        which,
        rest,
        remedy
    )
}

/// What a cell holds, shortened.
fn cell_text(grids: &[Option<&Grid>], origin: Origin) -> String {
    let value = grids
        .get(usize::from(origin.table))
        .copied()
        .flatten()
        .and_then(|grid| grid.row_numbered(origin.row))
        .and_then(|row| row.get(origin.column));
    match value {
        None => String::new(),
        Some(Value::Text(text) | Value::Error(text)) => text.chars().take(60).collect(),
        Some(Value::Number(number) | Value::Date(number)) => number.to_string(),
        Some(Value::Bool(truth)) => truth.to_string(),
    }
}
