//! What to do about a column: what to write into its heading or cells, or the `[[column]]` of klar.toml that maps it.

use super::fit::Fit;
use super::found::Recognised;
use super::generic::reads;
use super::heading::Heading;
use super::mapping::lines;
use super::meaning::usual_unit;
use crate::ingest::cell::form::Form;
use crate::ingest::columns::Unit;
use crate::ingest::table::Value;
use crate::model::{Arg, ColumnSeen, Field, Identity, Phrase, say};

/// Where a column stands, for the section that maps it.
pub(super) struct Placed<'a> {
    pub(super) file: &'a str,
    pub(super) sheet: &'a str,
}

/// What to do about a column, as sentences; empty where all of it is read. `bad` is its first cell that cannot be read.
pub(super) fn advice(
    seen: &ColumnSeen,
    found: Option<&Recognised>,
    cells: &[Value<'_>],
    bad: Option<&str>,
    place: &Placed<'_>,
) -> Phrase {
    match (seen.field, seen.nearest) {
        (Some(field), _) if seen.unit == Unit::Unsettled.title() => {
            let unit = spelled(unit_of(seen, field)).unwrap_or("GB");
            say!(
                "Write the unit of its numbers into the heading, such as `{heading} ({unit})`, or map it: {mapped}",
                heading = Arg::named(Identity::Heading, seen.heading.trim()),
                unit,
                mapped = mapped(seen, field.key(), Some(unit), place)
            )
        }
        (Some(field), _) => bad.map_or("".into(), |bad| {
            say!(
                "Write {form} into its cells or leave them empty; `{bad}` cannot be read (cells: {cells}).",
                form = form(field),
                bad = Arg::named(Identity::Free, bad),
                cells = seen.unreadable
            )
        }),
        (None, _) if seen.values == 0 => "Nothing is to be done; it holds nothing.".into(),
        (None, Some(field)) => near(seen, field, found, cells, place),
        (None, None) => say!(
            "Leave it, or map it if it holds a fact; klar template columns lists the keys: {mapped}",
            mapped = mapped(seen, "KEY", None, place)
        ),
    }
}

/// What to do about a column that is not used and comes near to a field.
fn near(
    seen: &ColumnSeen,
    field: Field,
    found: Option<&Recognised>,
    cells: &[Value<'_>],
    place: &Placed<'_>,
) -> Phrase {
    let unit = unit_of(seen, field);
    let size = spelled(unit);
    let mapped = mapped(seen, field.key(), size, place);
    let other = found.and_then(|found| found.columns.iter().find(|used| used.field == field));
    if let Some((found, other)) = found.zip(other) {
        let other = found.header.get(usize::from(other.column)).map_or("", |text| text.trim());
        let other = Arg::named(Identity::Heading, other);
        return say!("Leave it if `{other}` gives {field}; if this one does, map it: {mapped}", other, field, mapped);
    }
    if found.is_some_and(|found| !reads(found.rows, field)) {
        return say!("Leave it; a row here has no {field}.", field);
    }
    let fit = Fit::of(cells, field, unit);
    if fit.read == 0 && fit.unread > 0 {
        let are_numbers = cells.iter().all(|value| matches!(value, Value::Number(_)) || is_digits(*value));
        if matches!(Form::of(field), Form::Word(_)) && field != Field::Vcpus && are_numbers {
            return say!("Export it as words, not as numbers; then it gives {field}.", field);
        }
        let form = form(field);
        return say!("Leave it, or write {form} into its cells; then it gives {field}.", form, field);
    }
    let own = if size.is_some() { ", with the unit of its numbers," } else { "" };
    let name = named(field, size);
    say!("If it holds {field}, call it `{name}`{own} or map it: {mapped}", field, name, own, mapped)
}

/// The unit that a column's heading says, or that which numbers of a field are usually in.
fn unit_of(seen: &ColumnSeen, field: Field) -> Unit {
    let usual = usual_unit(field);
    let said = Heading::of(&seen.heading).stem.map(|(_, unit)| unit);
    said.filter(|unit| usual.bytes().is_some() && unit.bytes().is_some()).unwrap_or(usual)
}

/// A unit as people write it into headings; `None` for what is no size.
const fn spelled(unit: Unit) -> Option<&'static str> {
    match unit {
        Unit::Bytes => Some("bytes"),
        Unit::KiB => Some("KB"),
        Unit::MiB => Some("MB"),
        Unit::GiB => Some("GB"),
        Unit::TiB => Some("TB"),
        Unit::BytesPerSecond => Some("bytes/s"),
        Unit::MBPerSecond => Some("MB/s"),
        Unit::None | Unit::Text | Unit::Unsettled | Unit::ZeroIsOn => None,
    }
}

/// What the cells of a field hold, for people.
fn form(field: Field) -> &'static str {
    // A number of processors is read with words beside it ("8 cores"), and is a number all the same.
    if field == Field::Vcpus { Form::Count.title() } else { Form::of(field).title() }
}

/// A heading that means a field in every table.
fn named(field: Field, unit: Option<&'static str>) -> Phrase {
    let is_shared = Field::ALL.iter().any(|other| *other != field && other.title() == field.title());
    // Headings are in the language of the input, and these are known whatever that is.
    let name = if is_shared { field.key() } else { field.title() };
    match unit {
        Some(unit) => say!("{name} ({unit})", name = Arg::text(name), unit),
        None => Arg::text(name).into(),
    }
}

/// The section that maps a column, on one line.
fn mapped(seen: &ColumnSeen, field: &'static str, unit: Option<&'static str>, place: &Placed<'_>) -> Phrase {
    let keys = lines(place.file, place.sheet, &seen.heading, field, unit);
    say!("[[column]] {keys}", keys = Arg::List(keys.into_iter().map(Arg::from).collect()))
}

fn is_digits(value: Value<'_>) -> bool {
    matches!(value, Value::Text(text) if text.trim().bytes().all(|byte| byte.is_ascii_digit()))
}
