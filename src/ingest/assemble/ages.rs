//! The day of each export, as its data or its name tells, and which of two cells is believed.

use jiff::civil::{Date, date};

use crate::ingest::table::{Grid, Value};
use crate::model::{Exported, Origin};

/// Headings over the day or time at which an export was made.
const HEADINGS: &[&str] = &[
    "exported",
    "exported at",
    "exported on",
    "export date",
    "export time",
    "collected",
    "collected at",
    "collected on",
    "collection date",
    "collection time",
    "date collected",
    "report date",
    "report time",
    "run date",
    "scan date",
    "inventory date",
    "generated at",
    "generated on",
    "xlsx creation datetime",
    "exportdatum",
    "exporterad",
    "insamlad",
    "insamlingsdatum",
    "rapportdatum",
    "exportiert am",
    "erhoben am",
    "erstellungsdatum des exports",
    "exporteret",
    "eksportert",
    "date d'export",
    "fecha de exportación",
    "data de exportação",
];

/// How many rows that hold something are looked at for such a heading.
const ROWS_SEARCHED: usize = 40;
/// How many days below it are looked at.
const DAYS_READ: usize = 200;

/// How old each table is, and in which order tables are asked where nothing tells.
#[derive(Debug, Default)]
pub(super) struct Ages {
    tables: Vec<(Option<Date>, u32)>,
}

impl Ages {
    /// Adds the next table: its day, and its place in the order of asking.
    pub(super) fn add(&mut self, day: Option<Date>, rank: u32) {
        self.tables.push((day, rank));
    }

    fn of(&self, origin: Origin) -> (Option<Date>, u32) {
        self.tables.get(usize::from(origin.table)).copied().unwrap_or((None, u32::MAX))
    }

    /// The place of a cell's table in the order of asking.
    pub(super) fn rank(&self, origin: Origin) -> u32 {
        self.of(origin).1
    }

    /// Whether a cell is believed over another that was read before: it is of a newer export, or, where no day tells, of
    /// a table that is asked first.
    pub(super) fn believes(&self, theirs: Origin, mine: Origin) -> bool {
        match (self.of(theirs), self.of(mine)) {
            ((Some(their_day), _), (Some(my_day), _)) if their_day != my_day => their_day > my_day,
            ((_, their_rank), (_, my_rank)) => their_rank < my_rank,
        }
    }

    /// Whether a cell is of a newer export than another, by the days of both.
    pub(super) fn is_newer(&self, theirs: Origin, mine: Origin) -> bool {
        matches!((self.of(theirs).0, self.of(mine).0), (Some(theirs), Some(mine)) if theirs > mine)
    }

    /// The day of the newer of two cells' exports, where their days differ.
    pub(super) fn newer(&self, one: Origin, other: Origin) -> Option<Date> {
        let (one, other) = (self.of(one).0?, self.of(other).0?);
        (one != other).then(|| one.max(other))
    }
}

/// The day of an export: what a column of its data tells, else what its name or its folder's name holds.
pub(super) fn exported<'a>(path: &str, grids: impl Iterator<Item = &'a Grid>) -> Option<Exported> {
    let in_data = grids.filter_map(day_in_data).max().map(|day| Exported { day, by_data: true });
    in_data.or_else(|| {
        let day = path.rsplit('/').find_map(|part| dates_in(part).next())?;
        Some(Exported { day, by_data: false })
    })
}

/// The newest day under a heading of the day of export.
fn day_in_data(grid: &Grid) -> Option<Date> {
    if let Some(header) = &grid.header {
        let column = header.iter().position(|heading| is_heading(heading))?;
        return newest(grid, 0, u16::try_from(column).ok()?);
    }
    let rows = (0..grid.row_count()).filter(|index| !grid.row(*index).is_blank()).take(ROWS_SEARCHED);
    rows.into_iter().find_map(|index| {
        let (column, _) = grid.row(index).cells().find(|(_, cell)| match cell {
            Value::Text(text) => is_heading(text),
            Value::Number(_) | Value::Bool(_) | Value::Date(_) | Value::Error(_) => false,
        })?;
        newest(grid, index + 1, column)
    })
}

fn is_heading(text: &str) -> bool {
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || c == '_').filter(|word| !word.is_empty()).collect();
    HEADINGS.contains(&&*words.join(" ").to_lowercase())
}

fn newest(grid: &Grid, from: usize, column: u16) -> Option<Date> {
    let cells = (from..grid.row_count()).filter_map(|index| grid.row(index).get(column)).take(DAYS_READ);
    cells.filter_map(day_of).max()
}

/// The day of a cell.
pub(super) fn day_of(cell: Value<'_>) -> Option<Date> {
    match cell {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a day beyond the calendar is none, as adding it finds out"
        )]
        Value::Date(days) => date(1899, 12, 30).checked_add(jiff::Span::new().try_days(days.floor() as i64).ok()?).ok(),
        Value::Text(text) => dates_in(text).next(),
        Value::Number(_) | Value::Bool(_) | Value::Error(_) => None,
    }
}

/// The days that a text holds: 2026-11-20, 20261120, `2026_11_20`, 20.11.2026; not 11-12-2026, which may be either.
fn dates_in(text: &str) -> impl Iterator<Item = Date> {
    let mut groups: Vec<(&str, char)> = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let digits = &rest[start..];
        let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        groups.push((&digits[..end], digits[end..].chars().next().unwrap_or(' ')));
        rest = &digits[end..];
    }
    let mut days = Vec::new();
    for (at, (first, mark)) in groups.iter().enumerate() {
        days.extend(compact(first));
        let [(second, next), (third, _)] = groups[at + 1..] else {
            if let [(second, next), (third, _), ..] = groups[at + 1..] {
                days.extend(parted(first, second, third, *mark, next));
            }
            continue;
        };
        days.extend(parted(first, second, third, *mark, next));
    }
    days.into_iter()
}

/// Eight digits that begin a run, as a time may follow them.
fn compact(digits: &str) -> Option<Date> {
    if !matches!(digits.len(), 8 | 12 | 14) {
        return None;
    }
    day(&digits[..4], &digits[4..6], &digits[6..8])
}

/// Three numbers between equal marks.
fn parted(first: &str, second: &str, third: &str, mark: char, next: char) -> Option<Date> {
    if mark != next || !matches!(mark, '-' | '_' | '.' | '/') {
        return None;
    }
    match (first.len(), third.len()) {
        (4, 1 | 2) => day(first, second, third),
        (1 | 2, 4) if mark == '.' => day(third, second, first),
        // Between other marks the month may come first.
        (1 | 2, 4) => {
            let (one, other) = (day(third, second, first), day(third, first, second));
            if one.is_some() && other.is_some() && one != other { None } else { one.or(other) }
        }
        _ => None,
    }
}

/// A day that an export can be of.
fn day(year: &str, month: &str, day: &str) -> Option<Date> {
    let year: i16 = year.parse().ok().filter(|year| (2000..2100).contains(year))?;
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_found_in_a_name() {
        let first = |text: &str| dates_in(text).next();
        for text in [
            "2026-11-20_vms.csv",
            "vms_20261120.csv",
            "RVTools_export_all_2026-11-20_10.15.33.xlsx",
            "export 20.11.2026.xlsx",
            "20261120103000-hosts.csv",
            "hv01 2026_11_20",
            "11-20-2026.csv",
        ] {
            assert_eq!(first(text), Some(date(2026, 11, 20)), "{text}");
        }
        for text in ["vms.csv", "site-2024.csv", "11-12-2026.csv", "10.0.17763.1", "2026-13-45.csv", "12345678.csv"] {
            assert_eq!(first(text), None, "{text}");
        }
    }
}
