//! A table read as a whole in one way: what each column gives, and how much of it that explains.

use std::collections::BTreeSet;

use super::chosen::{Chosen, Lost};
use super::claims::{Base, Claim, Source, claims};
use super::dialect::Dialects;
use super::fit::{Fit, Sample};
use super::found::Tally;
use super::generic::is_own;
use super::identify::Candidate;
use super::mapping::Mapping;
use super::meaning::usual_unit;
use super::{by_cells, computer_name, rivals, sockets};
use crate::ingest::cell::form::{Form, is_weighed};
use crate::ingest::columns::ColumnUse;
use crate::ingest::table::Value;
use crate::model::{Arg, Field, Identity, Phrase, say};

/// A table read in one way.
#[derive(Debug)]
pub(super) struct Reading<'a> {
    pub(super) base: Base<'a>,
    pub(super) title: &'a str,
    /// The candidate whose headings it reads.
    pub(super) at: usize,
    pub(super) columns: Vec<Chosen>,
    pub(super) lost: Vec<Lost>,
    pub(super) notes: Vec<Phrase>,
    pub(super) tally: Tally,
    /// Whether it is of computers, and of machines where no other list is.
    pub(super) yields: bool,
}

/// Where a table is, for what is mapped.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) file: &'a str,
    pub(super) sheet: &'a str,
}

/// Reads the columns below a row of headings in one way.
pub(super) fn read<'a>(
    base: Base<'a>,
    at: usize,
    candidate: &Candidate,
    sample: &Sample<'_>,
    dialects: &'a Dialects,
    place: Place<'_>,
) -> Reading<'a> {
    let title = base.dialect.map_or_else(|| base.kind.map_or("", |kind| kind.title.as_str()), |known| &known.title);
    let mut reading = Reading {
        base,
        title,
        at,
        columns: vec![],
        lost: vec![],
        notes: vec![],
        tally: Tally::default(),
        yields: base.dialect.is_some_and(|dialect| dialect.yields),
    };
    for (column, heading) in &candidate.headings {
        let mapping = dialects.mappings.iter().find(|one| one.speaks_of(place.file, place.sheet, &heading.text));
        let meanings = claims(heading, &base, &dialects.generic, mapping);
        let is_repeated = candidate
            .headings
            .iter()
            .take_while(|(other, _)| other < column)
            .any(|(_, other)| other.text == heading.text);
        if is_repeated && !meanings.first().is_some_and(|claim| is_weighed(claim.field)) {
            if let Some(claim) = meanings.first() {
                let why = "its heading stands over a column before it".into();
                reading.lost.push(Lost { column: *column, field: claim.field, why });
                reading.notes.push(say!(
                    "The heading `{heading}` stands over more than one column; the first is read.",
                    heading = Arg::named(Identity::Heading, &heading.text)
                ));
            }
            continue;
        }
        reading.take(*column, &heading.text, &meanings, sample, mapping);
    }
    computer_name::settle(&mut reading.columns, &base, candidate, sample, &dialects.generic);
    by_cells::take(&mut reading.columns, &mut reading.lost, base.rows, candidate, sample);
    rivals::settle(&mut reading.columns, &mut reading.lost, base.rows, candidate, sample);
    sockets::settle(&mut reading.columns, &mut reading.lost, base.rows, candidate, sample);
    reading.settle(candidate);
    reading.count(candidate, sample);
    reading
}

impl Reading<'_> {
    /// Takes the first meaning that the column's cells bear out.
    fn take(&mut self, column: u16, heading: &str, meanings: &[Claim], sample: &Sample<'_>, mapping: Option<&Mapping>) {
        let cells = sample.cells(column);
        let mut lost: Option<Lost> = None;
        let may_be_sizes = meanings.iter().any(|claim| claim.field == Field::DiskTotal);
        for claim in meanings {
            if claim.words_only && cells.iter().any(|value| is_integer(*value)) {
                self.notes.push(say!(
                    "The column `{heading}` holds integers whose meaning differs between exports and is not read; export it as words.",
                    heading = Arg::named(Identity::Heading, heading)
                ));
                let why = "it holds integers whose meaning differs between exports".into();
                lost.get_or_insert(Lost { column, field: claim.field, why });
                break;
            }
            let fit = match claim.field {
                Field::ServerType => Fit::of_kinds(cells, heading),
                field => Fit::of(cells, field, claim.unit),
            };
            // Sizes of disks stand under "Disks" as often as how many there are.
            let are_sizes = || Fit::of(cells, Field::DiskTotal, usual_unit(Field::DiskTotal)).read > fit.read;
            if claim.field == Field::DiskCount && may_be_sizes && fit.unread > fit.read && are_sizes() {
                continue;
            }
            // Beside an export's own headings a column must have something to say.
            let is_added = self.base.dialect.is_some() && claim.source > Source::Own;
            let is_mute = is_added && fit.read == 0 && !sample.is_blank(column);
            if is_mute && fit.unread == 0 {
                let why = "its cells say nothing".into();
                lost.get_or_insert(Lost { column, field: claim.field, why });
                continue;
            }
            if fit.bears_out(claim, heading) && !is_mute {
                let has_noughts = claim.field == Field::Memory && cells.iter().any(|value| is_nought(*value));
                let is_blank = sample.is_blank(column);
                self.columns.push(Chosen { column, claim: *claim, fit, is_blank, has_noughts, times: None });
                break;
            }
            let why = say!("its cells hold no {form}", form = Form::of(claim.field).title());
            lost.get_or_insert(Lost { column, field: claim.field, why });
        }
        if mapping.is_none() {
            self.lost.extend(lost);
        }
    }

    /// Settles which of several columns gives a field.
    fn settle(&mut self, candidate: &Candidate) {
        let is_export = self.base.dialect.is_some();
        let is_closed = self.base.dialect.is_some_and(|dialect| dialect.closed);
        // A column that holds something goes before one that holds nothing, then the surer one.
        self.columns.sort_by_key(|one| {
            let claim = &one.claim;
            (claim.field, claim.number, one.is_blank, class(claim.source), one.has_noughts, claim.rank, one.column)
        });
        let mut kept: Vec<Chosen> = Vec::new();
        for one in std::mem::take(&mut self.columns) {
            let first = kept
                .iter()
                .find(|known| (known.claim.field, known.claim.number) == (one.claim.field, one.claim.number));
            let Some(first) = first else {
                kept.push(one);
                continue;
            };
            // Each of several columns may call a row what it is.
            if one.claim.field == Field::ServerType {
                kept.push(one);
                continue;
            }
            // Of what an export says twice the column that says more is taken.
            if is_closed && is_weighed(one.claim.field) {
                let heading = Arg::named(Identity::Heading, candidate.text(first.column));
                let why = say!("`{heading}` gives it already", heading = heading);
                self.lost.push(Lost { column: one.column, field: one.claim.field, why });
                continue;
            }
            // Two columns of one fact of a machine are held against each other, row by row.
            if is_weighed(one.claim.field) && !one.is_blank {
                let [mine, theirs] =
                    [first.column, one.column].map(|column| Arg::named(Identity::Heading, candidate.text(column)));
                if !is_export {
                    self.notes.push(say!(
                        "Both `{mine}` and `{theirs}` give {fact}; where the two differ it counts as not known, if it decides anything.",
                        mine,
                        theirs,
                        fact = one.claim.field
                    ));
                }
                kept.push(one);
                continue;
            }
            // In a known export the further column stands in where the preferred one is blank.
            if is_export && one.claim.source <= Source::Own {
                kept.push(one);
                continue;
            }
            let [mine, theirs] =
                [first.column, one.column].map(|column| Arg::named(Identity::Heading, candidate.text(column)));
            if !is_export && !one.is_blank {
                self.notes.push(say!(
                    "Both `{mine}` and `{theirs}` could give {fact}; the first is read.",
                    mine = mine.clone(),
                    theirs,
                    fact = one.claim.field
                ));
            }
            self.lost.push(Lost {
                column: one.column,
                field: one.claim.field,
                why: say!("`{heading}` gives it already", heading = mine),
            });
        }
        self.columns = kept;
    }

    /// Counts what it explains.
    pub(super) fn count(&mut self, candidate: &Candidate, sample: &Sample<'_>) {
        let gives = |one: &&Chosen| one.fit.read > 0 || one.is_blank || one.claim.source <= Source::Plain;
        let facts: BTreeSet<(Field, Option<u16>)> = self
            .columns
            .iter()
            .filter(gives)
            .map(|one| (one.claim.field, one.claim.number))
            .filter(|(field, number)| is_own(self.base.rows, *field, *number))
            .collect();
        let is_used = |column: u16| self.columns.iter().any(|one| one.column == column);
        let dropped = candidate.headings.iter().filter(|(column, _)| !is_used(*column) && !sample.is_blank(*column));
        self.tally = Tally {
            facts: facts.len(),
            fit: self.columns.iter().map(|one| one.fit.read).sum(),
            unfit: self.columns.iter().map(|one| one.fit.unread).sum(),
            dropped: dropped.count(),
        };
    }

    /// The columns in order, but a stand-in right after the column it stands in for.
    pub(super) fn uses(&self) -> Vec<ColumnUse> {
        let place = |one: &Chosen| {
            let same = |other: &&Chosen| (other.claim.field, other.claim.number) == (one.claim.field, one.claim.number);
            self.columns.iter().find(same).map_or(one.column, |first| first.column)
        };
        let mut placed: Vec<(u16, ColumnUse)> = self.columns.iter().map(|one| (place(one), one.used())).collect();
        placed.sort_by_key(|(place, _)| *place);
        placed.into_iter().map(|(_, column)| column).collect()
    }

    /// The column that gives a field, of those without a number.
    pub(super) fn giving(&self, field: Field) -> Option<&Chosen> {
        self.columns.iter().find(|one| one.claim.field == field && one.claim.number.is_none())
    }
}

/// Sources that go before others whatever the rank of their headings.
const fn class(source: Source) -> u8 {
    match source {
        Source::Mapping => 0,
        Source::Export => 1,
        Source::Own | Source::Plain | Source::Kind => 2,
        Source::Words => 3,
    }
}

fn is_integer(value: Value<'_>) -> bool {
    match value {
        Value::Number(_) => true,
        Value::Text(text) => !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()),
        Value::Bool(_) | Value::Date(_) | Value::Error(_) => false,
    }
}

fn is_nought(value: Value<'_>) -> bool {
    match value {
        Value::Number(number) => number == 0.0,
        Value::Text(text) => text.trim() == "0",
        Value::Bool(_) | Value::Date(_) | Value::Error(_) => false,
    }
}
