//! In which unit a column's numbers are: settled for the column, from its heading, its export and its values together.

use crate::ingest::cell;
use crate::ingest::columns::{ColumnUse, Unit};
use crate::ingest::table::{Grid, Value};
use crate::model::{Arg, Field, GIB, Identity, MIB, Phrase, say};

const TIB: u64 = 1024 * GIB;

/// Who says a column's unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// Its heading, or a mapping.
    Heading,
    /// The export that the table is.
    Export,
    /// Nobody; it is what such columns usually hold.
    Nobody,
}

/// What was settled of a column's unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Settled {
    pub(super) unit: Unit,
    /// Why, when it is not what the heading or the export says.
    pub(super) why: Option<Phrase>,
}

/// What sizes of a field may be.
struct Range {
    /// Outside of this none is.
    possible: (u64, u64),
    /// Outside of this few are, by the unit that it would be.
    usual: fn(Unit) -> (u64, u64),
}

fn range(field: Field) -> Option<Range> {
    let memory = |unit| if unit == Unit::GiB { (256 * MIB, 768 * GIB) } else { (256 * MIB, 3 * TIB) };
    let disk = |unit| if unit == Unit::MiB { (8 * GIB, 64 * TIB) } else { (GIB, 64 * TIB) };
    let total = |unit| if unit == Unit::MiB { (8 * GIB, 256 * TIB) } else { (GIB, 1024 * TIB) };
    match field {
        Field::Memory | Field::MemoryStartup | Field::MemoryMaximum => {
            Some(Range { possible: (32 * MIB, 24 * TIB), usual: memory })
        }
        Field::HostMemory => Some(Range { possible: (GIB, 64 * TIB), usual: |_| (4 * GIB, 48 * TIB) }),
        Field::DiskSize | Field::OsDiskSize => Some(Range { possible: (MIB, 256 * TIB), usual: disk }),
        Field::DiskTotal | Field::DiskProvisioned => Some(Range { possible: (MIB, 4096 * TIB), usual: total }),
        Field::LogicalSector | Field::PhysicalSector => {
            Some(Range { possible: (512, 1 << 20), usual: |_| (512, 65_536) })
        }
        _ => None,
    }
}

/// The units that a column without one may be in.
const CANDIDATES: &[Unit] = &[Unit::MiB, Unit::GiB, Unit::Bytes];
/// Those that memory may be in: Windows counts it in KiB.
const OF_MEMORY: &[Unit] = &[Unit::MiB, Unit::GiB, Unit::Bytes, Unit::KiB];

fn candidates(field: Field) -> &'static [Unit] {
    match field {
        Field::Memory | Field::MemoryStartup | Field::MemoryMaximum => OF_MEMORY,
        _ => CANDIDATES,
    }
}

/// The numbers of a column that bear no unit of their own, each times 2^20.
#[derive(Default)]
pub(super) struct Bare {
    numbers: Vec<u64>,
    samples: Vec<String>,
}

/// Whether the unit of a field's numbers is settled by its values too.
pub(super) fn is_settled(field: Field) -> bool {
    range(field).is_some()
}

impl Bare {
    /// Takes in the numbers of a column that goes with this one.
    pub(super) fn add(&mut self, other: Self) {
        self.numbers.extend(other.numbers);
        self.samples.extend(other.samples);
        self.samples.truncate(3);
    }

    /// Reads a column from a row on.
    pub(super) fn of(grid: &Grid, first_row: usize, used: &ColumnUse) -> Self {
        let mut bare = Self::default();
        for row in (first_row..grid.row_count()).map(|index| grid.row(index)) {
            let Some(value) = row.get(used.column) else { continue };
            let has_its_own = matches!(value, Value::Text(_)) && cell::sizes(value, Unit::Text, &used.culture).is_ok();
            if has_its_own {
                continue;
            }
            let Ok(sizes) = cell::sizes(value, Unit::MiB, &used.culture) else { continue };
            let before = bare.numbers.len();
            bare.numbers.extend(sizes.iter().map(|size| size.0).filter(|size| *size > 0));
            if bare.samples.len() < 3 && bare.numbers.len() > before {
                let text = super::written::written(value);
                if !bare.samples.contains(&text) {
                    bare.samples.push(text);
                }
            }
        }
        bare
    }

    /// How many of the numbers are within bounds when they are in a unit.
    fn within(&self, unit: Unit, (least, most): (u64, u64)) -> usize {
        let Some(bytes) = unit.bytes() else { return 0 };
        let fits = |number: &&u64| {
            let size = u128::from(**number) * u128::from(bytes) / u128::from(MIB);
            (u128::from(least)..=u128::from(most)).contains(&size)
        };
        self.numbers.iter().filter(fits).count()
    }

    fn seen(&self) -> Arg {
        Arg::names(Identity::Free, self.samples.iter().map(String::as_str))
    }
}

/// Settles the unit of a column, or of columns that go together, from the bare numbers of all.
pub(super) fn settle(field: Field, unit: Unit, said: Said, heading: &str, bare: &Bare) -> Settled {
    let as_said = Settled { unit, why: None };
    let all = bare.numbers.len();
    let Some(range) = range(field).filter(|_| all > 0 && unit.bytes().is_some()) else { return as_said };
    let possible = |unit: Unit| bare.within(unit, range.possible);
    let usual = |unit: Unit| bare.within(unit, (range.usual)(unit)) == all;
    let others: Vec<Unit> = CANDIDATES.iter().copied().filter(|other| *other != unit && usual(*other)).collect();
    if said == Said::Nobody {
        return unsaid(field, unit, heading, bare, &possible, &usual);
    }
    let (fitting, source) = (possible(unit), if said == Said::Heading { "its heading" } else { "its export" });
    if fitting == all {
        return as_said;
    }
    if let [only] = others[..] {
        let why = say!(
            "The numbers of `{heading}` ({seen}) are read as {only}: in {unit}, as {source} says, they would be no {fact}.",
            heading = Arg::named(Identity::Heading, heading),
            seen = bare.seen(),
            only = only.title(),
            unit = unit.title(),
            source,
            fact = Arg::Small(field)
        );
        return Settled { unit: only, why: Some(why) };
    }
    // A few cells gone wrong in a long column are doubted one by one.
    if fitting * 10 >= all * 9 {
        return as_said;
    }
    let why = say!(
        "The numbers of `{heading}` ({seen}) cannot all be {unit}, as {source} says; the column is not read where a cell bears no unit. Write the unit that they are in into the heading, or map the column in klar.toml.",
        heading = Arg::named(Identity::Heading, heading),
        seen = bare.seen(),
        unit = unit.title(),
        source
    );
    Settled { unit: Unit::Unsettled, why: Some(why) }
}

/// Settles the unit of a column of which nobody says it.
fn unsaid(
    field: Field,
    unit: Unit,
    heading: &str,
    bare: &Bare,
    possible: &dyn Fn(Unit) -> usize,
    usual: &dyn Fn(Unit) -> bool,
) -> Settled {
    let all = bare.numbers.len();
    // Sector sizes are in bytes wherever they fit.
    if matches!(field, Field::LogicalSector | Field::PhysicalSector) && possible(unit) == all {
        return Settled { unit, why: None };
    }
    let usual_ones: Vec<Unit> = candidates(field).iter().copied().filter(|unit| usual(*unit)).collect();
    if let [only] = usual_ones[..] {
        return Settled { unit: only, why: None };
    }
    let possible_ones: Vec<Unit> = candidates(field).iter().copied().filter(|unit| possible(*unit) == all).collect();
    if let ([], [only]) = (&usual_ones[..], &possible_ones[..])
        && (*only == unit || bare.within(*only, (0, 3 * TIB)) == all)
    {
        return Settled { unit: *only, why: None };
    }
    let units: Box<[Arg]> = if usual_ones.is_empty() { &possible_ones } else { &usual_ones }
        .iter()
        .map(|unit| unit.title().into())
        .collect();
    let heading = Arg::named(Identity::Heading, heading);
    let seen = if units.is_empty() {
        say!("no one unit fits the numbers of `{heading}` ({seen})", heading = heading.clone(), seen = bare.seen())
    } else {
        say!(
            "the numbers of `{heading}` ({seen}) could be {units}",
            heading = heading.clone(),
            seen = bare.seen(),
            units = Arg::Joined(" or ", units)
        )
    };
    let why = say!(
        "No unit is said, and {seen}; the column is not read where a cell bears no unit. Write the unit into the heading, such as `{heading} (GB)`, or map the column in klar.toml.",
        seen,
        heading
    );
    Settled { unit: Unit::Unsettled, why: Some(why) }
}
