//! Text to size, count, yes or no: the only place that parses cells.

use crate::ingest::columns::Unit;
use crate::ingest::table::Value;
use crate::model::{Bytes, Fact, Field, GIB, MIB, Mebibytes, Missing, Name, Origin, Percent, Why};

mod azure;
pub mod culture;
pub mod form;
mod guid;
mod list;
mod number;
mod row_kind;
mod sizes;
mod unread;
mod word;
mod words;

pub use azure::{is_anyones_type, is_azure_type, is_like_region};
use culture::Culture;
pub use form::{is_disk_file, is_path, is_platform};
pub use guid::is_guid;
pub use list::{addresses, list};
use number::Exact;
pub use row_kind::{RowIs, is_hardware, is_of_model, is_physical, row_is};
pub use sizes::sizes;
pub use unread::Unread;
pub use word::{
    DiskType, architecture, assignment, checkpoints, disk_format, disk_kind, disk_role, disk_type, encrypted,
    generation, has_any, is_power_state, legacy, pass_through, power_state, replication_mode, says_none, yes_no,
};
use words::WORDS;

/// A fact from what reading its cell gave.
pub fn fact<T>(read: Result<T, Unread>, field: Field, origin: Origin) -> Fact<T> {
    let why = match read {
        Ok(value) => return Fact::known(value, origin),
        Err(Unread::Blank) => Why::Absent,
        Err(Unread::Unsaid) => Why::Unsaid(origin),
        Err(Unread::Unreadable) => Why::Unreadable(origin),
    };
    Fact::Missing(Missing { field, why })
}

/// A text other than a name: trimmed, NBSP as a space, without ® and ™; a number is written without decimals if it has none.
///
/// # Errors
/// Unsaid for a word such as "Unknown" or "NULL" and for the name of a .NET type.
pub fn text(value: Value<'_>) -> Result<Name, Unread> {
    let name = any_text(value)?;
    if is_unsaid(&name) { Err(Unread::Unsaid) } else { Ok(name) }
}

/// The name of a thing, as [`text`]; a machine may be named "NULL".
///
/// # Errors
/// As [`text`], but "NULL" is a name.
pub fn name(value: Value<'_>) -> Result<Name, Unread> {
    let name = any_text(value)?;
    if is_unsaid(&name) && !name.eq_ignore_ascii_case("null") { Err(Unread::Unsaid) } else { Ok(name) }
}

/// The name of a place or server, as [`text`].
///
/// # Errors
/// As [`text`], and unsaid for the path of a file, which says nothing of either.
pub fn place(value: Value<'_>) -> Result<Name, Unread> {
    let name = text(value)?;
    if is_path(&name) { Err(Unread::Unsaid) } else { Ok(name) }
}

/// A disk or file size. A unit in the cell ("127.00 GiB") goes before the column's; a fraction of a byte is rounded up.
///
/// # Errors
/// Unsaid for -1 and missing words; unreadable without any unit, or where "1,234" could be either number.
pub fn size(value: Value<'_>, unit: Unit, culture: &Culture) -> Result<Bytes, Unread> {
    sized(value, unit, *culture).map(Bytes)
}

/// A sector's size; zero is none.
///
/// # Errors
/// As [`size`], and unsaid for zero.
pub fn sector(value: Value<'_>, unit: Unit, culture: &Culture) -> Result<Bytes, Unread> {
    match size(value, unit, culture)? {
        Bytes(0) => Err(Unread::Unsaid),
        size => Ok(size),
    }
}

/// An amount of memory; a fraction of a mebibyte is rounded up and zero is what a machine out of reach reports.
///
/// # Errors
/// As [`size`], and unsaid for zero.
pub fn memory(value: Value<'_>, unit: Unit, culture: &Culture) -> Result<Mebibytes, Unread> {
    match sized(value, unit, *culture)? {
        0 => Err(Unread::Unsaid),
        bytes => Ok(Mebibytes(bytes.div_ceil(MIB))),
    }
}

/// Whether a machine's memory is outside 32 MiB to 24 TiB, so that its unit is in doubt.
#[must_use]
pub fn suspect_memory(memory: Mebibytes) -> bool {
    !(32..=24 * 1024 * 1024).contains(&memory.0)
}

/// Whether a disk's size is outside 1 MiB to 256 TiB, so that its unit is in doubt.
///
/// A VHDX ends at 64 TiB; a disk that is passed through may be larger.
#[must_use]
pub fn suspect_disk(size: Bytes) -> bool {
    !(MIB..=256 * 1024 * GIB).contains(&size.0)
}

/// A count.
///
/// # Errors
/// Unsaid for -1 and missing words; unreadable for a fraction or a count beyond `u32`.
pub fn count(value: Value<'_>, culture: &Culture) -> Result<u32, Unread> {
    u32::try_from(long_count(value, culture)?).map_err(|_| Unread::Unreadable)
}

/// A number of processors, which may say so: "8 cores", "2 vCPU".
///
/// # Errors
/// As [`count`].
pub fn processors(value: Value<'_>, culture: &Culture) -> Result<u32, Unread> {
    let Value::Text(text) = value else { return count(value, culture) };
    let said = said(text)?;
    match said.trim_end_matches(|ch: char| ch.is_alphabetic() || matches!(ch, '.' | '(' | ')')) {
        number if number.len() < said.len() && WORDS.processors.contains(&said[number.len()..].to_lowercase()) => {
            count(Value::Text(&number.into()), culture)
        }
        _ => count(value, culture),
    }
}

/// A count that may be large.
///
/// # Errors
/// As [`count`], beyond `u64`.
pub fn long_count(value: Value<'_>, culture: &Culture) -> Result<u64, Unread> {
    measured(value, *culture)?.whole().ok_or(Unread::Unreadable)
}

/// A measured count, rounded up to a whole one.
///
/// # Errors
/// As [`count`].
pub fn rounded_count(value: Value<'_>, culture: &Culture) -> Result<u32, Unread> {
    let exact = measured(value, *culture)?;
    exact.times(1).and_then(|count| u32::try_from(count).ok()).ok_or(Unread::Unreadable)
}

/// A share, as "23.5" or "23.5 %", rounded up to the next hundredth of a percent.
///
/// # Errors
/// Unsaid for zero, which is what is written where nothing was measured; unreadable above 100 %, and for a bare number
/// of at most 1, which may be a share of one as well as a percentage.
pub fn percent(value: Value<'_>, culture: &Culture) -> Result<Percent, Unread> {
    let (bare, exact) = match value {
        Value::Text(text) => match said(text)?.strip_suffix('%') {
            Some(number) => (false, number::parse(number.trim_end(), *culture)?),
            None => (true, measured(value, *culture)?),
        },
        Value::Number(_) | Value::Bool(_) | Value::Date(_) | Value::Error(_) => (true, measured(value, *culture)?),
    };
    match exact.times(100).ok_or(Unread::Unreadable)? {
        0 => Err(Unread::Unsaid),
        1..=100 if bare => Err(Unread::Unreadable),
        hundredths @ 1..=10_000 => u32::try_from(hundredths).map(Percent).map_err(|_| Unread::Unreadable),
        _ => Err(Unread::Unreadable),
    }
}

/// A number that is not negative.
fn measured(value: Value<'_>, culture: Culture) -> Result<Exact, Unread> {
    let exact = match value {
        Value::Number(number) => number::from_cell(number)?,
        Value::Text(text) => number::parse(said(text)?, culture)?,
        Value::Bool(_) | Value::Date(_) => return Err(Unread::Unreadable),
        Value::Error(text) => return Err(error_value(text)),
    };
    if exact.is_negative() { Err(negative(value)) } else { Ok(exact) }
}

/// A GUID or another ID: upper case, without braces.
///
/// # Errors
/// Unsaid for missing words and for the GUID of zeros.
pub fn guid(value: Value<'_>) -> Result<Name, Unread> {
    let id = text(value)?;
    let bare = id.trim_start_matches('{').trim_end_matches('}').trim();
    if bare.bytes().all(|byte| matches!(byte, b'0' | b'-')) {
        return Err(Unread::Unsaid);
    }
    if bare.len() == id.len() && !bare.bytes().any(|byte| byte.is_ascii_lowercase()) {
        return Ok(id);
    }
    Ok(bare.to_ascii_uppercase().into())
}

/// A MAC address as twelve upper-case hexadecimal digits.
///
/// # Errors
/// Unsaid for an address of zeros, which an adapter has until it is first started; unreadable for other than twelve digits.
pub fn mac(value: Value<'_>) -> Result<Name, Unread> {
    let written = text(value)?;
    let mut digits = [0_u8; 12];
    let mut length = 0;
    for byte in written.bytes().filter(|byte| !matches!(byte, b':' | b'-' | b'.' | b' ')) {
        if length == 12 || !byte.is_ascii_hexdigit() {
            return Err(Unread::Unreadable);
        }
        digits[length] = byte.to_ascii_uppercase();
        length += 1;
    }
    // A spreadsheet takes an address of digits only for a number and drops its leading zeros.
    if length < 10 || (length < 12 && !matches!(value, Value::Number(_))) {
        return Err(Unread::Unreadable);
    }
    digits.rotate_right(12 - length);
    digits[..12 - length].fill(b'0');
    if digits == [b'0'; 12] {
        return Err(Unread::Unsaid);
    }
    Ok(digits.iter().map(|&digit| char::from(digit)).collect::<String>().into())
}

/// An Azure region in its short form: "North Europe" and "northeurope" are both "northeurope".
///
/// # Errors
/// As [`text`].
pub fn region(value: Value<'_>) -> Result<Name, Unread> {
    let written = text(value)?;
    if written.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) {
        return Ok(written);
    }
    let inner = written.split_once(") ").filter(|_| written.starts_with('(')).map_or(&*written, |(_, rest)| rest);
    Ok(inner.chars().filter(|ch| ch.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>().into())
}

/// A machine's host group: VMM's `HostGroupPath` ends with the machine's own name, which is taken off.
///
/// # Errors
/// As [`text`].
pub fn clean_host_group(value: Value<'_>, vm_name: &str) -> Result<Name, Unread> {
    let path = text(value)?;
    match path.rsplit_once('\\') {
        Some((group, last)) if last.eq_ignore_ascii_case(vm_name) && !group.is_empty() => Ok(group.into()),
        Some(_) | None => Ok(path),
    }
}

/// Bytes from a number in some unit.
fn sized(value: Value<'_>, unit: Unit, culture: Culture) -> Result<u64, Unread> {
    let (exact, unit) = match value {
        Value::Number(number) => (number::from_cell(number)?, unit),
        Value::Text(text) => {
            let (digits, written) = split_unit(said(text)?);
            (number::parse(digits, culture)?, written.unwrap_or(unit))
        }
        Value::Bool(_) | Value::Date(_) => return Err(Unread::Unreadable),
        Value::Error(text) => return Err(error_value(text)),
    };
    if exact.is_negative() {
        return Err(negative(value));
    }
    if exact == Exact::ZERO {
        return Ok(0);
    }
    if unit == Unit::Bytes
        && let Some(whole) = exact.unshortened()
    {
        return Ok(whole);
    }
    unit.bytes().and_then(|bytes| exact.times(bytes)).ok_or(Unread::Unreadable)
}

/// Parts "127.00 GiB" into its number and its unit.
fn split_unit(text: &str) -> (&str, Option<Unit>) {
    let end = text.rfind(|ch: char| ch.is_ascii_digit()).map_or(0, |at| at + 1);
    let behind = text[end..].trim();
    if let Some(unit) = Unit::named(behind) {
        return (&text[..end], Some(unit));
    }
    // What it is of may stand behind the unit: "16 GB RAM", "200GB SSD".
    let named = behind
        .split_once(char::is_whitespace)
        .filter(|(_, of)| of.split_whitespace().all(|word| WORDS.beside_sizes.contains(&word.to_lowercase())));
    match named.and_then(|(unit, _)| Unit::named(unit)) {
        Some(unit) => (&text[..end], Some(unit)),
        None => (text, None),
    }
}

/// The text of a cell trimmed, when it says something.
fn said(text: &Name) -> Result<&str, Unread> {
    let trimmed = trim(text);
    if trimmed.is_empty() {
        return Err(Unread::Blank);
    }
    if is_unsaid(trimmed) { Err(Unread::Unsaid) } else { Ok(trimmed) }
}

/// -1 stands for "not known" in several exports; any other negative number is a mistake.
fn negative(value: Value<'_>) -> Unread {
    let is_minus_one = match value {
        Value::Number(number) => number.to_bits() == (-1.0_f64).to_bits(),
        Value::Text(text) => trim(text) == "-1",
        Value::Bool(_) | Value::Date(_) | Value::Error(_) => false,
    };
    if is_minus_one { Unread::Unsaid } else { Unread::Unreadable }
}

fn any_text(value: Value<'_>) -> Result<Name, Unread> {
    let written = match value {
        Value::Text(text) => text,
        Value::Number(number) => return Ok(format!("{number}").into()),
        Value::Bool(true) => return Ok("True".into()),
        Value::Bool(false) => return Ok("False".into()),
        Value::Date(_) => return Err(Unread::Unreadable),
        Value::Error(text) => return Err(error_value(text)),
    };
    let trimmed = trim(written);
    if trimmed.is_empty() {
        return Err(Unread::Blank);
    }
    if !trimmed.is_ascii() && trimmed.contains(['\u{a0}', '\u{202f}', '®', '™', '\u{200b}']) {
        let clean = trimmed.replace(['\u{a0}', '\u{202f}'], " ").replace(['®', '™', '\u{200b}'], "");
        return Ok(clean.trim().into());
    }
    if trimmed.len() == written.len() { Ok(written.clone()) } else { Ok(trimmed.into()) }
}

/// Without blanks around, byte order marks, and the apostrophe that guards "=", "+", "-" and "@" from being a formula.
fn trim(text: &str) -> &str {
    let trimmed = text.trim_matches(|ch: char| ch.is_whitespace() || matches!(ch, '\u{feff}' | '\0'));
    match trimmed.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
        Some(_) | None => trimmed,
    }
}

fn is_unsaid(text: &str) -> bool {
    // Nearly every cell is asked this, and the first letter of most tells that they say something.
    let words = &*WORDS;
    let first = text.bytes().next().filter(u8::is_ascii);
    if first.is_some_and(|first| words.unsaid_starts & (1 << first.to_ascii_lowercase()) == 0) {
        return false;
    }
    // No word is longer, and none holds a digit.
    let may_be = text.len() <= 24 && !text.bytes().any(|byte| byte.is_ascii_digit());
    may_be && words.unsaid.contains(&text.to_lowercase()) || is_type_name(text)
}

/// Whether a word stands before the sum of the rows above: "Total", "Summe".
#[must_use]
pub fn is_total(word: &str) -> bool {
    WORDS.total.contains(&word.to_lowercase())
}

/// Whether a word begins a row that sums up a part of a list, which no machine is called by.
#[must_use]
pub fn is_subtotal(word: &str) -> bool {
    WORDS.subtotal.contains(&word.to_lowercase())
}

/// Whether a word names a figure of a whole list: "average", "capacity".
#[must_use]
pub fn is_figure(word: &str) -> bool {
    WORDS.figures.contains(&word.to_lowercase())
}

/// Whether a word is what an export counts its rows as: "rows", "machines".
#[must_use]
pub fn is_counted(word: &str) -> bool {
    WORDS.counted.contains(&word.to_lowercase())
}

/// Whether an operating system runs in guests and on no host of Hyper-V.
#[must_use]
pub fn is_guests_system(name: &str) -> bool {
    let name = name.to_lowercase();
    WORDS.guests_systems.iter().any(|word| name.contains(word.as_str()))
}

/// What PowerShell writes in place of a collection or an object it does not expand.
fn is_type_name(text: &str) -> bool {
    let dotted = ["Microsoft.", "System.", "Deserialized.", "Selected."].iter().any(|start| text.starts_with(start));
    let is_one_word = || !text.contains([' ', '/', '\\']) && (text.contains('[') || text.matches('.').count() >= 2);
    // A generic type's name goes on with the assemblies of its arguments: "System.Collections.Generic.List`1[[System.String, mscorlib, ...]]".
    dotted && (text.contains('`') || is_one_word()) || text == "System.Object"
}

/// "#N/A" says that there is no value; any other error value is one gone wrong.
fn error_value(text: &str) -> Unread {
    if is_unsaid(text) { Unread::Unsaid } else { Unread::Unreadable }
}
