//! Facts by name and value, a line each, as `Format-List` shows objects on the screen: `Name   : web01`.

use crate::ingest::limits::{Budget, count, within};
use crate::ingest::refusal::Refusal;
use crate::ingest::source::Reading;
use crate::ingest::table::Grid;

/// How many lines that are not blank are looked at.
const LOOK: usize = 24;
/// The longest name of a fact.
const LONGEST_NAME: usize = 60;

/// Whether a text is such a list: the first line and most of those after it are facts.
pub(super) fn claims(text: &str) -> bool {
    let lines: Vec<&str> = text.lines().map(str::trim_end).filter(|line| !line.trim().is_empty()).take(LOOK).collect();
    let facts = lines.iter().filter(|line| fact(line).is_some()).count();
    facts >= 3 && lines.first().is_some_and(|line| fact(line).is_some()) && facts * 4 >= lines.len() * 3
}

/// Reads the list as rows of two cells; what goes on in the next line is one with what stands before it.
pub(super) fn read(text: &str, limits: &Budget) -> Result<Reading, Refusal> {
    let mut grid = Grid::default();
    let mut open: Option<(u32, &str, String)> = None;
    let mut close = |open: &mut Option<(u32, &str, String)>| {
        if let Some((number, name, value)) = open.take() {
            grid.begin_row(number);
            grid.push_text(0, name);
            grid.push_text(1, &value);
        }
    };
    for (number, line) in (1_u32..).zip(text.lines()) {
        within(u64::from(number), limits.rows, "lines")?;
        within(count(line.len()), limits.text_bytes, "bytes in one line")?;
        match (fact(line), &mut open) {
            (Some((name, value)), _) => {
                close(&mut open);
                open = Some((number, name, value.to_owned()));
            }
            (None, _) if line.trim().is_empty() => close(&mut open),
            (None, Some((_, _, value))) if line.starts_with(char::is_whitespace) => {
                value.push(' ');
                value.push_str(line.trim());
                within(count(value.len()), limits.text_bytes, "bytes in one value")?;
            }
            (None, _) => {
                close(&mut open);
                open = Some((number, line.trim(), String::new()));
            }
        }
    }
    close(&mut open);
    limits.spend_table(&grid)?;
    Ok(Reading { grids: vec![grid], ..Reading::default() })
}

/// The name and the value of a line: `Name   : web01`, `RAM: 8 GB`.
fn fact(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(':')?;
    let name = name.trim_end();
    let is_name = name.starts_with(char::is_alphabetic)
        && name.chars().count() <= LONGEST_NAME
        && !name.contains([',', ';', '\t', '|', '"', '=', '\\', '/', '{', '<']);
    let is_parted = value.is_empty() || value.starts_with([' ', '\t']);
    (is_name && is_parted && !value.contains(['\t', ';'])).then(|| (name, value.trim()))
}
