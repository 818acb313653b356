//! Which reading of a table is taken: whole readings are compared, by what they explain.

use super::azure_list::is_azure;
use super::candidate::{is_data, lists_hosts_only, tells_of_hosts};
use super::chosen::Chosen;
use super::claims::{Base, Source, claims};
use super::computers::{Computers, of_computers};
use super::dialect::{Dialect, Dialects};
use super::enough::{bears_signs, is_enough, is_of_what_it_tells};
use super::fit::Sample;
use super::generic::Kind;
use super::identify::{Candidate, by_signature, by_type, nearest};
use super::mention::tells_of;
use super::nameless::adopt;
use super::naming::Naming;
use super::reading::{Place, Reading, read};
use super::summary::{is_pivot, sums_up};
use crate::ingest::columns::RowKind;
use crate::ingest::table::{Grid, Value};
use crate::model::{Field, Phrase};

/// What a table turned out to be.
pub(super) enum Found<'a> {
    /// A table of the inventory, with the reading that comes next to it.
    Table(Box<(Reading<'a>, Option<Reading<'a>>)>),
    /// A known export that says nothing Klar reads, with its headings in the candidate of that index.
    NotInventory(&'a Dialect, usize),
    /// Counts of machines, of which none is named.
    Summary,
    /// Nothing, and why.
    Nothing(Phrase),
}

/// How many facts a reading by general headings must have more than that of a known export to be taken instead.
const CLEARLY_MORE: usize = 3;

/// Compares the ways in which a table can be read.
pub(super) fn choose<'a>(grid: &Grid, file: &str, candidates: &[Candidate], dialects: &'a Dialects) -> Found<'a> {
    if candidates.is_empty() {
        return Found::Nothing("The table is empty: it holds no headings and no rows.".into());
    }
    let place = Place { file, sheet: &grid.sheet };
    let typed = grid.type_name.as_deref().and_then(|name| by_type(name, candidates, dialects));
    let told = by_signature(file, candidates, dialects);
    // Who gives headings of their own knows what the objects of that type hold here.
    let given = told.iter().copied().find(|(dialect, _)| dialect.is_given);
    let best = given.or(typed).or_else(|| told.first().copied());
    if let Some((dialect, at)) = best.filter(|(dialect, _)| dialect.rows.is_err() && !dialect.weak) {
        return Found::NotInventory(dialect, at);
    }
    let mut others = by_kinds(grid, candidates, dialects, place);
    let mut known: Vec<Reading<'a>> = Vec::new();
    for (dialect, at) in best
        .into_iter()
        .chain(told.iter().copied().filter(|(other, _)| best.is_none_or(|(best, _)| best.title != other.title)).take(1))
    {
        let sample = Sample::of(grid, &candidates[at]);
        known.extend(as_export(dialect, at, &candidates[at], &sample, dialects, place));
    }
    let first = (!known.is_empty()).then(|| known.remove(0));
    let taken = match first {
        Some(reading) if others.first().is_none_or(|other| !beats(other, &reading)) => reading,
        first => {
            known.extend(first);
            if others.is_empty() && candidates.iter().any(|one| is_summary(grid, one, dialects, place)) {
                return Found::Summary;
            }
            if others.is_empty() {
                return Found::Nothing(why_nothing(grid, candidates, dialects));
            }
            others.remove(0)
        }
    };
    let is_other = |other: &Reading<'_>| other.title != taken.title || other.base.rows != taken.base.rows;
    let runner_up = known.into_iter().chain(others).filter(is_other).max_by_key(|other| other.tally.facts);
    Found::Table(Box::new((taken, runner_up)))
}

/// Whether a reading by general headings is taken before that of a known export.
fn beats(other: &Reading<'_>, known: &Reading<'_>) -> bool {
    let is_weak = known.base.dialect.is_some_and(|dialect| dialect.weak);
    let (mine, theirs) = (other.tally.facts, known.tally.facts);
    if known.base.dialect.is_some_and(|dialect| dialect.closed) {
        return false;
    }
    if is_weak { mine > theirs } else { mine >= theirs * 2 && mine >= theirs + CLEARLY_MORE }
}

/// Whether a row of headings makes a table by itself.
pub(super) fn names_table(candidate: &Candidate, dialects: &Dialects) -> bool {
    let place = Place { file: "", sheet: "" };
    let alone = std::slice::from_ref(candidate);
    !by_signature("", alone, dialects).is_empty()
        || !of_kinds(candidate, 0, &Sample::empty(), dialects, place).is_empty()
}

/// A table as the known export that it looks like, a row being what the facts in it make it.
fn as_export<'a>(
    dialect: &'a Dialect,
    at: usize,
    candidate: &Candidate,
    sample: &Sample<'_>,
    dialects: &'a Dialects,
    place: Place<'_>,
) -> Option<Reading<'a>> {
    let rows = *dialect.rows.as_ref().ok()?;
    let read_as = |rows: RowKind| {
        let kind = dialects.generic.kind_for(rows);
        let base = Base { dialect: Some(dialect), kind, rows, naming: Naming::Loose };
        read(base, at, candidate, sample, dialects, place)
    };
    let reading = read_as(rows);
    if dialect.weak && !is_azure(&reading, sample) {
        return None;
    }
    let adds = |reading: &Reading<'_>, fields: &[Field]| {
        let is_added =
            |one: &&Chosen| fields.contains(&one.claim.field) && one.claim.source > Source::Export && one.fit.read > 0;
        reading.columns.iter().filter(is_added).count()
    };
    let other = match rows {
        RowKind::Machine => {
            let with_disks = read_as(RowKind::MachineDisk);
            let signs: Vec<Field> = with_disks.base.kind.map(|kind| kind.signs.clone()).unwrap_or_default();
            let is_sign = |one: &&Chosen| {
                signs.contains(&one.claim.field)
                    && one.claim.number.is_none()
                    && one.fit.read > 0
                    && matches!(one.claim.source, Source::Own | Source::Plain | Source::Mapping)
            };
            (with_disks.columns.iter().any(|one| is_sign(&one)) || adds(&with_disks, &signs) >= 3).then_some(with_disks)
        }
        RowKind::Drive => Some(read_as(RowKind::MachineDisk)).filter(|other| adds(other, OF_MACHINES) >= 2),
        RowKind::HardDisk => Some(read_as(RowKind::MachineDisk)).filter(|other| names_every_machine(other, sample)),
        RowKind::Nic => Some(read_as(RowKind::MachineNic)).filter(|other| adds(other, OF_MACHINES) >= 2),
        _ => None,
    };
    Some(other.unwrap_or(reading))
}

/// Whether a list of files of disks names the machine of each, and tells the state of it.
fn names_every_machine(reading: &Reading<'_>, sample: &Sample<'_>) -> bool {
    let name = reading.giving(Field::VmName).filter(|one| !one.is_blank);
    let file = reading.giving(Field::DiskPath).or_else(|| reading.giving(Field::DiskName));
    let state = reading.giving(Field::PowerState).filter(|one| one.fit.read > 0);
    name.zip(file).is_some_and(|(name, file)| state.is_some() && !sample.has_without(file.column, name.column))
}

/// Facts of a machine that no table of its parts has.
const OF_MACHINES: &[Field] = &[Field::GuestOs, Field::Vcpus, Field::Memory, Field::Generation];

/// A table by general headings, in every way that its rows allow, the one that explains most first.
fn by_kinds<'a>(grid: &Grid, candidates: &[Candidate], dialects: &'a Dialects, place: Place<'_>) -> Vec<Reading<'a>> {
    let mut readings = Vec::new();
    for (at, candidate) in candidates.iter().enumerate() {
        if may_be_table(candidate, dialects, place) {
            let sample = Sample::of(grid, candidate);
            // Headings that end a sheet are none, unless they are all that it holds.
            let ends_sheet = sample.is_empty() && candidates.len() > 1;
            let is_data = || is_data(grid, candidates, at, &sample, dialects);
            if !ends_sheet && !is_data() && !lists_keys(grid, candidate, dialects) {
                readings.extend(of_kinds(candidate, at, &sample, dialects, place));
            }
        }
    }
    // Who owns a machine stands in lists of machines as well.
    if readings.iter().any(|reading| reading.base.rows != RowKind::MachineDetail) {
        readings.retain(|reading| reading.base.rows != RowKind::MachineDetail);
    }
    // The sort keeps the order of rows and kinds among equals.
    readings.sort_by_key(|reading| std::cmp::Reverse(reading.tally.facts));
    readings
}

/// Whether a row's headings alone have what some kind of table needs, or an operating system for what it does not name, so
/// that its cells are worth a look.
fn may_be_table(candidate: &Candidate, dialects: &Dialects, place: Place<'_>) -> bool {
    dialects.generic.kinds.iter().any(|kind| {
        let naming = dialects.generic.naming(&candidate.headings);
        let fields = claimed(candidate, kind, naming, dialects, place);
        kind.fits(&fields) || kind.rows == RowKind::Machine && fields.contains(&Field::GuestOs) && fields.len() > 2
    })
}

fn claimed(candidate: &Candidate, kind: &Kind, naming: Naming, dialects: &Dialects, place: Place<'_>) -> Vec<Field> {
    let base = Base { dialect: None, kind: Some(kind), rows: kind.rows, naming };
    let of = |text: &str| dialects.mappings.iter().find(|one| one.speaks_of(place.file, place.sheet, text));
    let all =
        candidate.headings.iter().flat_map(|(_, heading)| claims(heading, &base, &dialects.generic, of(&heading.text)));
    all.filter(|claim| claim.number.is_none()).map(|claim| claim.field).collect()
}

fn of_kinds<'a>(
    candidate: &Candidate,
    at: usize,
    sample: &Sample<'_>,
    dialects: &'a Dialects,
    place: Place<'_>,
) -> Vec<Reading<'a>> {
    let generic = &dialects.generic;
    let naming = generic.naming(&candidate.headings);
    let tells = tells_of(&generic.doings, candidate, sample);
    let computers = of_computers(candidate, sample, tells, dialects, place);
    let mut readings = Vec::new();
    let kinds = generic.kinds.iter().filter(|kind| kind.is_of_machines || naming == Naming::Loose);
    for kind in kinds.filter(|kind| Computers::admits(computers, kind.rows)) {
        let mut naming = naming;
        let mut is_nameless = false;
        if !kind.fits(&claimed(candidate, kind, naming, dialects, place)) {
            // A list of machines may call them hosts, as whoever watches them does.
            let is_list = matches!(kind.rows, RowKind::Machine | RowKind::MachineDisk | RowKind::MachineNic);
            naming = Naming::Hosts;
            if !is_list || tells_of_hosts(candidate, dialects) {
                continue;
            }
            is_nameless = !kind.fits(&claimed(candidate, kind, naming, dialects, place));
            if is_nameless && (kind.rows != RowKind::Machine || tells.is_some() || !readings.is_empty()) {
                continue;
            }
        }
        let base = Base { dialect: None, kind: Some(kind), rows: kind.rows, naming };
        let mut reading = read(base, at, candidate, sample, dialects, place);
        if is_nameless {
            if !adopt(&mut reading, candidate, sample) {
                continue;
            }
            reading.base.naming = Naming::Loose;
            reading.count(candidate, sample);
        }
        reading.yields = computers == Some(Computers::Counted);
        let plain: Vec<Field> =
            reading.columns.iter().filter(|one| one.claim.number.is_none()).map(|one| one.claim.field).collect();
        let is_of_hosts =
            kind.is_of_machines && naming != Naming::Plain && lists_hosts_only(&reading, sample, candidate);
        if kind.fits(&plain)
            && !is_of_hosts
            && !(kind.is_of_machines && sums_up(&generic.summaries, &reading, candidate, sample))
            && bears_signs(kind, &reading, sample)
            && is_enough(kind, &reading, candidate, sample, dialects)
            && is_of_what_it_tells(kind, &reading, candidate, sample, tells, dialects)
        {
            readings.push(reading);
        }
    }
    readings
}

/// Whether the rows below some headings are counts of machines.
fn is_summary(grid: &Grid, candidate: &Candidate, dialects: &Dialects, place: Place<'_>) -> bool {
    let generic = &dialects.generic;
    let sample = Sample::of(grid, candidate);
    if is_pivot(&generic.summaries, candidate, &sample) {
        return true;
    }
    let naming = generic.naming(&candidate.headings);
    let machines = generic.kinds.iter().filter(|kind| kind.rows == RowKind::Machine);
    machines.filter(|kind| kind.fits(&claimed(candidate, kind, naming, dialects, place))).any(|kind| {
        let base = Base { dialect: None, kind: Some(kind), rows: kind.rows, naming };
        let reading = read(base, 0, candidate, &sample, dialects, place);
        sums_up(&generic.summaries, &reading, candidate, &sample)
    })
}

/// Whether a sheet lists facts by name and value, one a row, so that its first row holds no headings.
fn lists_keys(grid: &Grid, candidate: &Candidate, dialects: &Dialects) -> bool {
    let [(first, _), .., (_, _)] = &candidate.headings[..] else { return false };
    if candidate.headings.len() > 3 {
        return false;
    }
    let rows = (candidate.first_data_row..grid.row_count()).map(|index| grid.row(index)).filter(|row| !row.is_blank());
    let texts: Vec<&str> = rows
        .take(40)
        .filter_map(|row| match row.get(*first) {
            Some(Value::Text(text)) => Some(&**text),
            Some(Value::Number(_) | Value::Bool(_) | Value::Date(_) | Value::Error(_)) | None => None,
        })
        .collect();
    let is_known = |text: &&&str| {
        let heading = super::heading::Heading::of(text);
        dialects.generic.kinds.iter().filter(|kind| kind.rows != RowKind::Mention).any(|kind| {
            let base = Base { dialect: None, kind: Some(kind), rows: kind.rows, naming: Naming::Loose };
            !claims(&heading, &base, &dialects.generic, None).is_empty()
        })
    };
    let known = texts.iter().filter(is_known).count();
    known >= 2 && known * 2 >= texts.len()
}

fn why_nothing(grid: &Grid, candidates: &[Candidate], dialects: &Dialects) -> Phrase {
    if candidates.iter().take(3).any(|candidate| lists_keys(grid, candidate, dialects)) {
        return "It lists facts by name and value, one below the other, and none of them is the name of a machine or host.".into();
    }
    nearest(candidates, dialects)
}
