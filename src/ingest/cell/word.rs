//! Cells that hold one word of a few: yes or no, a generation, a disk format.

use super::culture::Culture;
use super::words::{Meanings, WORDS};
use super::{Unread, count, error_value, said, text};
use crate::ingest::table::Value;
use crate::model::{AddressAssignment, Architecture, DiskFormat, DiskKind, DiskRole, Generation, Name};

/// Yes or no, in the words and languages exports use.
///
/// # Errors
/// Unreadable for any other word.
pub fn yes_no(value: Value<'_>) -> Result<bool, Unread> {
    if let Value::Bool(truth) = value {
        return Ok(truth);
    }
    if is_doubt(value) {
        return Err(Unread::Unreadable);
    }
    one_of(value, &WORDS.yes_no)
}

/// Whether a cell says that someone did not know.
#[must_use]
pub fn is_doubt(value: Value<'_>) -> bool {
    matches!(value, Value::Text(text) if WORDS.doubt.contains(&super::trim(text).to_lowercase()))
}

/// Whether a cell of a list of things says that there is no such thing: "-", "n/a", "none".
#[must_use]
pub fn says_none(value: Value<'_>) -> bool {
    let is_word = matches!(value, Value::Text(text) if !text.bytes().any(|byte| byte.is_ascii_digit()));
    let is_silent = || text(value) == Err(Unread::Unsaid) && !is_doubt(value);
    is_word && (is_silent() || one_of(value, &WORDS.yes_no) == Ok(false))
}

/// Whether a disk is encrypted, from a yes or no or from what encrypts it: "BitLocker", "LUKS aktiv".
///
/// # Errors
/// Unreadable for any other words.
pub fn encrypted(value: Value<'_>) -> Result<bool, Unread> {
    const PRODUCTS: &[&str] = &["bitlocker", "luks", "luks2", "dm-crypt", "dmcrypt", "veracrypt", "truecrypt"];
    let (Err(Unread::Unreadable), Value::Text(written)) = (yes_no(value), value) else { return yes_no(value) };
    if is_doubt(value) {
        return Err(Unread::Unreadable);
    }
    let written = said(written)?.to_lowercase();
    let is_product = |word: &&str| PRODUCTS.contains(&word.trim_matches(|sign: char| !sign.is_alphanumeric()));
    let (products, rest): (Vec<&str>, Vec<&str>) = written.split_whitespace().partition(is_product);
    match (products.is_empty(), rest.is_empty()) {
        (true, _) => Err(Unread::Unreadable),
        (false, true) => Ok(true),
        (false, false) => yes_no(Value::Text(&rest.join(" ").into())),
    }
}

/// Whether there is any of something, from a yes or no or from how many there are: "2", "1 disk", "none".
///
/// # Errors
/// Blank and unsaid cells, and words that tell neither.
pub fn has_any(value: Value<'_>) -> Result<bool, Unread> {
    match yes_no(value) {
        Err(Unread::Unreadable) if is_doubt(value) => Err(Unread::Unreadable),
        Err(Unread::Unreadable) => {
            let counted = match value {
                Value::Text(text) => {
                    count(Value::Text(&text.split_whitespace().next().unwrap_or("").into()), &Culture::Unsettled)
                }
                other => count(other, &Culture::Unsettled),
            };
            counted.map(|count| count > 0)
        }
        read => read,
    }
}

/// Whether an adapter is a legacy one, from a yes or no or from its type.
///
/// # Errors
/// Unreadable for any other word.
pub fn legacy(value: Value<'_>) -> Result<bool, Unread> {
    match yes_no(value) {
        Err(Unread::Unreadable) => one_of(value, &WORDS.legacy),
        read => read,
    }
}

/// Whether a disk is passed through, from a yes or no or from the host's disk that stands there.
///
/// # Errors
/// Blank and unsaid cells, and words that name no disk of a host.
pub fn pass_through(value: Value<'_>) -> Result<bool, Unread> {
    match yes_no(value) {
        Err(Unread::Unreadable) if is_doubt(value) => Err(Unread::Unreadable),
        Err(Unread::Unreadable) => {
            let written = text(value)?;
            // A host's disk has a number: "Disk 2 10.00 GB Bus 0 Lun 1", "\\\\.\\PHYSICALDRIVE2", "3".
            if written.bytes().any(|byte| byte.is_ascii_digit()) { Ok(true) } else { Err(Unread::Unreadable) }
        }
        read => read,
    }
}

/// A Hyper-V generation; firmware tells it too, BIOS being 1 and UEFI 2.
///
/// # Errors
/// Unreadable for any other word.
pub fn generation(value: Value<'_>) -> Result<Generation, Unread> {
    one_of(value, &WORDS.generation)
}

/// A guest's bitness; VMM's integers are 0 for x86 and 1 for amd64.
///
/// # Errors
/// Unreadable for any other word.
pub fn architecture(value: Value<'_>) -> Result<Architecture, Unread> {
    one_of(value, &WORDS.architecture)
}

/// A disk's file format; integers are those of the Hyper-V cmdlets.
///
/// # Errors
/// Unreadable for any other word.
pub fn disk_format(value: Value<'_>) -> Result<DiskFormat, Unread> {
    one_of(value, &WORDS.disk_format)
}

/// How a disk takes up space; integers are those of the Hyper-V cmdlets.
///
/// # Errors
/// Unreadable for any other word.
pub fn disk_kind(value: Value<'_>) -> Result<DiskKind, Unread> {
    one_of(value, &WORDS.disk_kind)
}

/// What a cell under a disk's type says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DiskType {
    /// How it takes up space, or that it is no file.
    Kind(DiskKind),
    /// In what format it is; that says nothing of its kind.
    Format(DiskFormat),
    /// That machines share it.
    Shared,
}

/// A disk's type, which may tell its kind, its format, or that it is shared: "Dynamic", "VHDX", "Shared VHDX".
///
/// # Errors
/// Unreadable for any other words.
pub fn disk_type(value: Value<'_>) -> Result<DiskType, Unread> {
    let kind = disk_kind(value).map(DiskType::Kind);
    let (Err(Unread::Unreadable), Value::Text(written)) = (kind, value) else { return kind };
    let written = said(written)?.to_lowercase();
    let begins = |words: &[String]| words.iter().any(|word| written.starts_with(word.as_str()));
    if begins(&WORDS.shared_disk) {
        return Ok(DiskType::Shared);
    }
    if begins(&WORDS.foreign_disk) {
        return Ok(DiskType::Kind(DiskKind::Physical));
    }
    disk_format(value).map(DiskType::Format)
}

/// What a disk holds, or whether it holds the operating system; VMM's "None" is said of operating system disks too, so
/// it settles nothing.
///
/// # Errors
/// Unsaid for "None"; unreadable for any other word.
pub fn disk_role(value: Value<'_>) -> Result<DiskRole, Unread> {
    match one_of(value, &WORDS.disk_role) {
        Err(Unread::Unreadable) => {}
        read => return read,
    }
    let is_none = match value {
        Value::Text(text) => super::trim(text).eq_ignore_ascii_case("none") || super::trim(text) == "0",
        Value::Number(number) => number == 0.0,
        Value::Bool(_) | Value::Date(_) | Value::Error(_) => false,
    };
    if is_none {
        return Err(Unread::Unsaid);
    }
    yes_no(value).map(|is_os| if is_os { DiskRole::OperatingSystem } else { DiskRole::Data })
}

/// How an adapter gets its address; integers are VMM's.
///
/// # Errors
/// Unreadable for any other word.
pub fn assignment(value: Value<'_>) -> Result<AddressAssignment, Unread> {
    one_of(value, &WORDS.assignment)
}

/// A power state in one vocabulary; a word of none is kept as written. Integers are those of the Hyper-V cmdlets.
///
/// # Errors
/// As [`text`].
pub fn power_state(value: Value<'_>) -> Result<Name, Unread> {
    match one_of(value, &WORDS.power_state) {
        Ok(Some(word)) => Ok(word.into()),
        Ok(None) | Err(Unread::Unreadable) => text(value),
        Err(unread) => Err(unread),
    }
}

/// Whether a cell holds a power state that Klar knows.
///
/// # Errors
/// Unreadable for any other word.
pub fn is_power_state(value: Value<'_>) -> Result<(), Unread> {
    one_of(value, &WORDS.power_state).map(|_| ())
}

/// A Hyper-V Replica mode, or "On" where the export says only that the machine is replicated; integers are those of
/// the Hyper-V cmdlets.
///
/// # Errors
/// Unreadable for any other word.
pub fn replication_mode(value: Value<'_>) -> Result<Name, Unread> {
    one_of(value, &WORDS.replication_mode).map(Name::from)
}

/// How many checkpoints a machine has: a count, or a yes that stands for one at least.
///
/// # Errors
/// Unreadable for any other word.
pub fn checkpoints(value: Value<'_>, culture: &Culture) -> Result<u32, Unread> {
    match count(value, culture) {
        Err(Unread::Unreadable) => yes_no(value).map(u32::from),
        read => read,
    }
}

/// The meaning of the cell's word; a small whole number counts as its digit.
fn one_of<T: Copy>(value: Value<'_>, meanings: &Meanings<T>) -> Result<T, Unread> {
    let meaning = |word: &str| meanings.get(word).copied().ok_or(Unread::Unreadable);
    match value {
        Value::Text(text) => {
            let said = said(text)?;
            if said.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
                return meaning(said);
            }
            meaning(&said.to_lowercase())
        }
        Value::Number(number) => {
            let whole = super::number::from_cell(number)?.whole().ok_or(Unread::Unreadable)?;
            meaning(&whole.to_string())
        }
        Value::Bool(true) => meaning("true"),
        Value::Bool(false) => meaning("false"),
        Value::Date(_) => Err(Unread::Unreadable),
        Value::Error(text) => Err(error_value(text)),
    }
}
