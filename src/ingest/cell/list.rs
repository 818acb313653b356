//! Cells that hold several values: "a;b;", "[a,b]", "{a, b}", "a, b" or a value a line.

use core::net::IpAddr;

use super::{Unread, is_unsaid, text, trim};
use crate::ingest::table::Value;
use crate::model::Name;

/// The values of a list; where semicolons or line ends part them, a comma belongs to a value.
///
/// # Errors
/// Blank for an empty list, unsaid for a missing word or a type name.
pub fn list(value: Value<'_>) -> Result<Vec<Name>, Unread> {
    let whole = text(value)?;
    let items: Vec<Name> =
        parts(&whole).map(|part| if part.len() == whole.len() { whole.clone() } else { part.into() }).collect();
    if items.is_empty() { Err(Unread::Blank) } else { Ok(items) }
}

/// IP addresses; a port, prefix length or name beside them is not read as one.
///
/// # Errors
/// Unreadable when no part of the cell is an address.
pub fn addresses(value: Value<'_>) -> Result<Vec<IpAddr>, Unread> {
    let whole = text(value)?;
    let mut found = Vec::new();
    let mut anything = false;
    for part in parts(&whole).flat_map(|part| part.split([' ', '|', ','])).filter(|part| !part.is_empty()) {
        anything = true;
        let bare = part.split(['/', '%']).next().unwrap_or(part);
        if let Ok(address) = bare.parse::<IpAddr>()
            && !found.contains(&address)
        {
            found.push(address);
        }
    }
    match (found.is_empty(), anything) {
        (false, _) => Ok(found),
        (true, true) => Err(Unread::Unreadable),
        (true, false) => Err(Unread::Blank),
    }
}

/// The parts of a list that hold something.
fn parts(whole: &str) -> impl Iterator<Item = &str> {
    let has_strong_mark = whole.trim_end_matches(';').contains([';', '\n']);
    whole
        .split(move |ch: char| matches!(ch, ';' | '\n' | '\r') || (ch == ',' && !has_strong_mark))
        .map(|part| trim(part.trim_matches(|ch: char| matches!(ch, '[' | ']' | '{' | '}' | '"') || ch.is_whitespace())))
        .filter(|part| !part.is_empty() && !is_unsaid(part))
}
