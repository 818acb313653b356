//! Cells that hold the sizes of several disks: "60;100", "C: 60GB, D: 200GB", "100+200", "2 x 500 GB".

use std::borrow::Cow;

use super::culture::Culture;
use super::words::WORDS;
use super::{Unread, said, size, split_unit, trim};
use crate::ingest::columns::Unit;
use crate::ingest::table::Value;
use crate::model::{Bytes, Name};

/// More disks than a machine can have are no list of disks.
const MOST: usize = 260;

/// The sizes in a cell, one for each disk; a unit that stands once, behind the last, is that of all.
///
/// # Errors
/// As [`size`], for the first part that cannot be read.
pub fn sizes(value: Value<'_>, unit: Unit, culture: &Culture) -> Result<Vec<Bytes>, Unread> {
    let Value::Text(text) = value else { return Ok(vec![size(value, unit, culture)?]) };
    let text = without_remarks(said(text)?);
    let parts = by_drives(&text).unwrap_or_else(|| parts(&text, *culture));
    let [_, _, ..] = &parts[..] else {
        let (times, bare) = multiple(unlabelled(parts.first().copied().unwrap_or_default()));
        let one = size(Value::Text(&Name::from(bare)), unit, culture)?;
        return Ok(vec![one; times]);
    };
    let last = match parts.last().and_then(|part| split_unit(part).1) {
        None => unit,
        Some(last) if last == unit || unit.bytes().is_none() => last,
        // The column says one unit and the cell another: which of them the other parts are in is anyone's guess.
        Some(_) if parts.iter().any(|part| split_unit(part).1.is_none()) => return Err(Unread::Unreadable),
        Some(last) => last,
    };
    let mut sizes = Vec::new();
    for part in parts {
        let (times, bare) = multiple(unlabelled(part));
        let one = size(Value::Text(&Name::from(bare)), last, culture)?;
        sizes.extend(std::iter::repeat_n(one, times));
        if sizes.len() > MOST {
            return Err(Unread::Unreadable);
        }
    }
    Ok(sizes)
}

/// What may stand in brackets behind a size, beside words without a number: what of it is used or free.
const SHARES: &[&str] = &[
    "used",
    "free",
    "use",
    "full",
    "available",
    "använt",
    "använd",
    "ledigt",
    "belegt",
    "frei",
    "benutzt",
    "utilisé",
    "libre",
    "usado",
    "usados",
    "libres",
    "livre",
    "brukt",
    "brugt",
    "ledig",
    "fri",
];

/// A text without what stands in brackets behind sizes and is none: "80 GB (40 used)", "80 GB (SSD)".
fn without_remarks(text: &str) -> Cow<'_, str> {
    let mut kept = Cow::Borrowed(text);
    while let Some((start, inner)) = kept.find('(').and_then(|start| Some((start, kept[start..].find(')')?))) {
        let remark = &kept[start + 1..start + inner];
        let mut words = remark.split(|sign: char| !sign.is_alphanumeric());
        let is_share = words.any(|word| SHARES.contains(&word.to_lowercase().as_str()));
        let is_size = remark.contains(|sign: char| sign.is_ascii_digit());
        // A bare number before it may be what the brackets are about: "2 (100 GB)". What the disk is says more than its size.
        if start == 0 || (is_size && !is_share) || says_what_it_is(remark) {
            break;
        }
        kept = Cow::Owned(format!("{} {}", &kept[..start], &kept[start + inner + 1..]));
    }
    kept
}

/// Whether a remark on a size says that the disk is shared, encrypted or none of its machine's own.
fn says_what_it_is(remark: &str) -> bool {
    let remark = remark.to_lowercase();
    let kinds = WORDS.shared_disk.iter().chain(&WORDS.foreign_disk).chain(&WORDS.encrypted_disk);
    kinds.into_iter().any(|kind| remark.contains(kind.as_str()))
}

/// The parts of a list of sizes; a single size is one part.
fn parts(text: &str, culture: Culture) -> Vec<&str> {
    let strong = |ch: char| matches!(ch, ';' | '+' | '|' | '\n' | '\r' | '/' | '&');
    let marked: Vec<&str> = if is_in_powers_of_ten(text) {
        vec![text]
    } else if text.contains(strong) {
        text.split(strong).collect()
    } else if culture == Culture::Parted || text.split(',').all(stands_alone) {
        text.split(',').collect()
    } else {
        text.split(", ").collect()
    };
    marked.into_iter().map(trim).filter(|part| !part.is_empty()).collect()
}

/// Whether a text is one number that a program shortened: "1,36365E+11".
fn is_in_powers_of_ten(text: &str) -> bool {
    let Some((mantissa, power)) = text.split_once(['e', 'E']) else { return false };
    let is_number = |text: &str| text.starts_with(|sign: char| sign.is_ascii_digit());
    is_number(mantissa)
        && mantissa.chars().all(|sign| sign.is_ascii_digit() || matches!(sign, '.' | ','))
        && power.strip_prefix(['+', '-']).is_some_and(|digits| is_number(digits) && digits.parse::<u8>().is_ok())
}

/// Whether a part between commas bears a unit or a label of its own, so that the comma parts sizes.
fn stands_alone(part: &str) -> bool {
    let part = trim(part);
    part.contains([':', '=']) || (split_unit(part).1.is_some() && part.starts_with(|ch: char| ch.is_ascii_digit()))
}

/// The parts of a list that names the drive of each size: "C:100 D:200", "80 GB C:, 200 GB D:", "C 80 D 200".
fn by_drives(text: &str) -> Option<Vec<&str>> {
    let bytes = text.as_bytes();
    let is_label = |at: usize| {
        let begins = at == 0 || !bytes[at - 1].is_ascii_alphanumeric();
        begins && bytes[at].is_ascii_alphabetic() && matches!(bytes.get(at + 1), Some(b':' | b'='))
    };
    let labels: Vec<usize> = (0..bytes.len()).filter(|at| is_label(*at)).collect();
    let sign = |ch: char| ch.is_whitespace() || matches!(ch, ',' | ';' | '/' | '+' | '&' | '|');
    let cut = |starts: &[usize]| {
        let ends = starts.iter().copied().skip(1).chain([text.len()]);
        starts.iter().zip(ends).map(|(start, end)| text[*start..end].trim_matches(sign)).collect::<Vec<&str>>()
    };
    match labels[..] {
        [0, _, ..] => Some(cut(&labels)),
        [_, _, ..] if text.trim_end_matches(sign).ends_with(':') => {
            let starts: Vec<usize> =
                [0].into_iter().chain(labels[..labels.len() - 1].iter().map(|at| at + 2)).collect();
            Some(cut(&starts).into_iter().map(|part| part[..part.len() - 2].trim_end()).collect())
        }
        _ => by_letters(text),
    }
}

/// Sizes behind letters of drives without a colon.
fn by_letters(text: &str) -> Option<Vec<&str>> {
    let words: Vec<&str> = text.split_whitespace().map(|word| word.trim_end_matches([',', ';'])).collect();
    let is_drive = |word: &str| matches!(word.as_bytes(), [letter] if letter.is_ascii_uppercase() && *letter >= b'C');
    let is_size = |word: &str| word.starts_with(|ch: char| ch.is_ascii_digit());
    let are_pairs = words.len() >= 4
        && words.len().is_multiple_of(2)
        && words.chunks_exact(2).all(|pair| is_drive(pair[0]) && is_size(pair[1]));
    are_pairs.then(|| words.into_iter().skip(1).step_by(2).collect())
}

/// A part without the disk's label: "C: 60GB", "Disk 1 = 100", "D:\ 200 GB".
fn unlabelled(part: &str) -> &str {
    let rest = part.rsplit_once([':', '=']).map_or(part, |(_, rest)| rest);
    trim(rest.trim_start().trim_start_matches('\\'))
}

/// How many disks of one size a part stands for: "2 x 500 GB", "2*500".
fn multiple(part: &str) -> (usize, &str) {
    /// More disks of one size than a machine has, and less than a size is.
    const FEW: usize = 16;
    let Some((first, second)) = part.split_once(['x', 'X', '*', '×']) else { return (1, part) };
    let (first, second) = (trim(first), trim(second));
    match (first.parse::<usize>(), second.parse::<usize>()) {
        // "100 x 2" is two disks of a hundred.
        (Ok(size), Ok(times @ 2..=FEW)) if size > FEW => (times, first),
        (Ok(times @ 1..=MOST), _) => (times, second),
        (Err(_), Ok(times @ 1..=MOST)) if split_unit(first).1.is_some() => (times, first),
        (Ok(_) | Err(_), _) => (1, part),
    }
}
