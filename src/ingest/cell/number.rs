//! Decimal numbers as exact digits and a power of ten, so that no rounding of floats reaches a size.

use std::fmt::Write as _;

use super::culture::{Culture, groups_of_three};
use super::unread::Unread;
use crate::model::{GIB, MIB};

/// A number as it stands in a cell: `digits` × 10^`exponent`, negated or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Exact {
    digits: u128,
    exponent: i32,
    negative: bool,
}

impl Exact {
    /// Nothing, in no unit.
    pub(super) const ZERO: Self = Self { digits: 0, exponent: 0, negative: false };

    /// Whether the number is below zero.
    pub(super) fn is_negative(self) -> bool {
        self.negative && self.digits != 0
    }

    /// The number as a whole one; `None` when it has a fraction, is negative or is too large.
    pub(super) fn whole(self) -> Option<u64> {
        let (scaled, rest) = self.scale(1)?;
        (rest == 0 && !self.is_negative()).then_some(scaled)
    }

    /// The number times a unit, rounded up to a whole one; `None` when it is negative or too large.
    pub(super) fn times(self, unit: u64) -> Option<u64> {
        let (scaled, rest) = self.scale(unit)?;
        if self.is_negative() {
            return None;
        }
        if rest == 0 { Some(scaled) } else { scaled.checked_add(1) }
    }

    /// A number of bytes that a program shortened to a few digits and a power of ten, as the whole size that it stands for.
    pub(super) fn unshortened(self) -> Option<u64> {
        let bytes = self.times(1)?;
        if self.exponent <= 0 || self.digits < LEAST_SHORTENED {
            return None;
        }
        let last_digit = 10_u64.checked_pow(self.exponent.unsigned_abs())?;
        let nearest = |unit: u64| (bytes + unit / 2) / unit * unit;
        [GIB, MIB].into_iter().map(nearest).find(|whole| *whole > 0 && whole.abs_diff(bytes) <= last_digit / 2)
    }

    /// The whole part of the number times a unit, and what is left over.
    fn scale(self, unit: u64) -> Option<(u64, u128)> {
        let product = self.digits.checked_mul(u128::from(unit))?;
        let power = 10_u128.checked_pow(self.exponent.unsigned_abs())?;
        if self.exponent >= 0 {
            return Some((u64::try_from(product.checked_mul(power)?).ok()?, 0));
        }
        Some((u64::try_from(product / power).ok()?, product % power))
    }
}

/// Numbers with fewer digits than this were written so by a person.
const LEAST_SHORTENED: u128 = 10_000;

/// Reads a number written in a culture: "1,546.6", "1 546,6", "1'546.6", "1,36365E+11".
pub(super) fn parse(text: &str, culture: Culture) -> Result<Exact, Unread> {
    let (negative, text) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, power) = split_exponent(text)?;
    let marks = Marks::of(mantissa);
    let decimal = marks.decimal(mantissa, culture)?;
    let mut digits = 0_u128;
    let mut exponent = power;
    for (at, ch) in mantissa.char_indices() {
        if let Some(digit) = ch.to_digit(10) {
            digits = digits.checked_mul(10).and_then(|d| d.checked_add(u128::from(digit))).ok_or(Unread::Unreadable)?;
            if decimal.is_some_and(|mark| at > mark) {
                exponent -= 1;
            }
        } else if Some(at) != decimal && !is_group_mark(mantissa, at, decimal) {
            return Err(Unread::Unreadable);
        }
    }
    if marks.digits == 0 {
        return Err(Unread::Unreadable);
    }
    while exponent < 0 && digits.is_multiple_of(10) && digits != 0 {
        digits /= 10;
        exponent += 1;
    }
    Ok(Exact { digits, exponent: if digits == 0 { 0 } else { exponent }, negative })
}

/// From here on a double may stand for several whole numbers.
const LEAST_INEXACT: f64 = 9_007_199_254_740_992.0;

/// Reads the number of a workbook's cell by its shortest exact decimal text.
pub(super) fn from_cell(number: f64) -> Result<Exact, Unread> {
    // Nearly every number of an export is whole and small enough to be exact without its text.
    if number.fract() == 0.0 && number.abs() < LEAST_INEXACT {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole, positive and below 2^53")]
        let digits = u128::from(number.abs() as u64);
        return Ok(Exact { digits, exponent: 0, negative: number.is_sign_negative() });
    }
    let mut text = ShortText { bytes: [0; 40], length: 0 };
    write!(text, "{number}").map_err(|_| Unread::Unreadable)?;
    parse(text.as_str(), Culture::Point)
}

/// Splits "1.36E+11" into its mantissa and its power of ten.
fn split_exponent(text: &str) -> Result<(&str, i32), Unread> {
    match text.split_once(['e', 'E']) {
        None => Ok((text, 0)),
        Some((mantissa, power)) => {
            let power: i32 = power.parse().map_err(|_| Unread::Unreadable)?;
            if power.abs() > 30 { Err(Unread::Unreadable) } else { Ok((mantissa, power)) }
        }
    }
}

/// How many of each mark a number has, and where its last ones stand.
struct Marks {
    digits: usize,
    commas: usize,
    points: usize,
}

impl Marks {
    fn of(text: &str) -> Self {
        let count = |mark: char| text.chars().filter(|&ch| ch == mark).count();
        Self { digits: text.chars().filter(char::is_ascii_digit).count(), commas: count(','), points: count('.') }
    }

    /// Where the decimal mark stands, if there is one.
    fn decimal(&self, text: &str, culture: Culture) -> Result<Option<usize>, Unread> {
        match (self.commas, self.points) {
            (0, 0) => Ok(None),
            (1, 0) => match culture {
                Culture::Comma => Ok(text.find(',')),
                Culture::Point if groups_of_three(text, ',') => Ok(None),
                Culture::Unsettled if has_short_fraction(text) => Ok(text.find(',')),
                Culture::Point | Culture::Parted | Culture::Unsettled => Err(Unread::Unreadable),
            },
            (0, 1) if groups_of_three(text, '.') => match culture {
                Culture::Comma => Ok(None),
                Culture::Point | Culture::Parted => Ok(text.find('.')),
                Culture::Unsettled => Err(Unread::Unreadable),
            },
            (0, 1) => Ok(text.find('.')),
            (1.., 0) if culture == Culture::Parted => Err(Unread::Unreadable),
            (_, 0) if groups_of_three(text, ',') => Ok(None),
            (0, _) if groups_of_three(text, '.') => Ok(None),
            (1.., 1) if text.rfind(',') < text.find('.') => Ok(text.find('.')),
            (1, 1..) => Ok(text.find(',')),
            _ => Err(Unread::Unreadable),
        }
    }
}

/// Whether what follows the comma can only be decimals: "0,5", "60,25", "0,125", but neither "1,234" nor "40,4096".
fn has_short_fraction(text: &str) -> bool {
    text.split_once(',').is_some_and(|(whole, rest)| {
        whole.trim_start_matches('0').is_empty() || (rest.len() < 3 && !groups_of_three(text, ','))
    })
}

/// Whether the character parts thousands: three digits follow it, then no further one, and a digit comes before.
fn is_group_mark(text: &str, at: usize, decimal: Option<usize>) -> bool {
    let mut rest = text[at..].chars();
    let mark = rest.next();
    if !matches!(mark, Some(',' | '.' | ' ' | '\'' | '\u{2019}' | '\u{a0}' | '\u{202f}'))
        || decimal.is_some_and(|d| at > d)
    {
        return false;
    }
    let digits = rest.take_while(char::is_ascii_digit).count();
    digits == 3 && text[..at].ends_with(|ch: char| ch.is_ascii_digit())
}

/// A short text on the stack, for a number's decimal form.
struct ShortText {
    bytes: [u8; 40],
    length: usize,
}

impl ShortText {
    fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.length]).expect("only whole texts are added")
    }
}

impl std::fmt::Write for ShortText {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        let end = self.length + text.len();
        self.bytes.get_mut(self.length..end).ok_or(std::fmt::Error)?.copy_from_slice(text.as_bytes());
        self.length = end;
        Ok(())
    }
}
