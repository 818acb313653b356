//! Lines of a delimited text whose cells another sign parts than the heading's: rows typed by hand, or a list appended to
//! one of another program.

use csv::StringRecord;

use super::records::{DELIMITERS, open};

/// The fewest cells of a heading for which a line of one cell is odd.
const FEWEST: usize = 3;

/// What a line is whose cells another sign parts.
pub(super) enum Line {
    /// A row of the table.
    Row(StringRecord),
    /// The heading of another table, with the sign that parts its cells.
    Heading(u8, StringRecord),
}

/// What a line is that the delimiter does not part although the heading has many cells.
pub(super) fn parted(line: &str, next: Option<&str>, delimiter: u8, width: usize) -> Option<Line> {
    let line = line.trim();
    if width < FEWEST || line.contains(['\n', '\r']) || line.contains(char::from(delimiter)) {
        return None;
    }
    for other in DELIMITERS.into_iter().filter(|other| *other != delimiter) {
        let Some(cells) = cells(line, other).filter(|cells| cells.len() >= FEWEST) else { continue };
        let goes_on = next.and_then(|next| self::cells(next, other)).is_some_and(|next| next.len() == cells.len());
        if goes_on && cells.iter().all(is_heading) {
            return Some(Line::Heading(other, cells));
        }
        if cells.len() == width {
            return Some(Line::Row(cells));
        }
    }
    None
}

/// The cells of a line that a sign parts, as those of a table that the line belongs to have them.
pub(super) fn of_table(line: &str, sign: u8, width: Option<usize>) -> Option<StringRecord> {
    cells(line.trim(), sign).filter(|cells| Some(cells.len()) == width)
}

fn cells(line: &str, sign: u8) -> Option<StringRecord> {
    let mut cells = StringRecord::new();
    open(line, Some(sign)).read_record(&mut cells).is_ok_and(|is_read| is_read).then_some(cells)
}

/// Whether a cell is a heading rather than a value.
fn is_heading(cell: &str) -> bool {
    cell.trim_start().starts_with(char::is_alphabetic)
}
