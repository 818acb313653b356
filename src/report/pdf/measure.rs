//! How wide text is, and which characters a report shows.

use std::borrow::Cow;
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};

use printpdf::ParsedFont;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::area::Length;
use super::fonts;
use super::style::{Face, Style};

/// What is shown for a character that the typeface lacks, in a text with many of them.
const BOX: char = '\u{25a1}';
/// How many characters that the typeface lacks are told by their numbers, one after the other.
const MOST_NUMBERS: usize = 16;
/// The advance of a character that is not there.
const ABSENT: u16 = u16::MAX;
/// How many characters the tables cover: the whole basic plane.
const PLANE: usize = 0x1_0000;

/// A typeface with its widths laid out for speed.
pub(super) struct Typeface {
    advances: Vec<u16>,
    used: Vec<AtomicU64>,
    font: ParsedFont,
}

impl Typeface {
    fn load(face: Face) -> io::Result<Self> {
        let font = fonts::whole(face)?;
        let per_em = u32::from(font.units_per_em);
        let mut advances = vec![ABSENT; PLANE];
        for (&code, &glyph) in &font.codepoint_to_glyph {
            let width = font.get_glyph_width(glyph).map(|width| u32::from(width) * 1000 / per_em);
            if let (Some(slot), Some(width)) = (advances.get_mut(code as usize), width) {
                *slot = u16::try_from(width).unwrap_or(ABSENT);
            }
        }
        if advances[BOX as usize] == ABSENT {
            return Err(io::Error::other("the typeface has no box for missing characters"));
        }
        let used = std::iter::repeat_with(AtomicU64::default).take(PLANE / 64).collect();
        let typeface = Self { advances, used, font };
        // Lines that were broken at the end of a paragraph are parted by one too.
        typeface.note(" ");
        Ok(typeface)
    }

    /// The advance of a character in thousandths of the size.
    pub(super) fn advance(&self, c: char) -> u32 {
        self.advances.get(c as usize).copied().filter(|&advance| advance != ABSENT).map_or(0, u32::from)
    }

    fn has(&self, c: char) -> bool {
        self.advances.get(c as usize).is_some_and(|&advance| advance != ABSENT)
    }

    fn note(&self, text: &str) {
        for c in text.chars() {
            let bit = 1 << (c as usize % 64);
            let word = &self.used[c as usize / 64];
            // A union comes out the same whatever thread is first; reading first keeps the threads out of each other's way.
            if word.load(Ordering::Relaxed) & bit == 0 {
                word.fetch_or(bit, Ordering::Relaxed);
            }
        }
    }

    fn used(&self) -> Vec<char> {
        let is_used = |&c: &char| self.used[c as usize / 64].load(Ordering::Relaxed) >> (c as usize % 64) & 1 == 1;
        ('\0'..='\u{ffff}').filter(is_used).collect()
    }
}

/// The longest text that is shown whole, in bytes: as much as a cell of Excel holds.
const LONGEST: usize = 32_767;

/// The typefaces of a report.
pub(super) struct Faces {
    regular: Typeface,
    bold: Typeface,
}

impl Faces {
    pub(super) fn load() -> io::Result<Self> {
        Ok(Self { regular: Typeface::load(Face::Regular)?, bold: Typeface::load(Face::Bold)? })
    }

    pub(super) fn typeface(&self, face: Face) -> &Typeface {
        match face {
            Face::Regular => &self.regular,
            Face::Bold => &self.bold,
        }
    }

    /// The text as the typeface can show it, noted down so that the file embeds its characters. Only text that
    /// comes from here may be drawn.
    pub(super) fn shown<'t>(&self, face: Face, text: &'t str) -> Cow<'t, str> {
        let typeface = self.typeface(face);
        let text = shortened(text.trim_end());
        let shown = if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            text
        } else {
            Cow::Owned(typeface.substituted(&text))
        };
        typeface.note(&shown);
        shown
    }

    /// Whether a name has letters that the report cannot show.
    pub(super) fn lacks(&self, name: &str) -> bool {
        name.nfc().any(|c| !c.is_whitespace() && !self.regular.has(c))
    }

    /// How wide a line is, without the white space at its end.
    pub(super) fn width(&self, style: Style, line: &str) -> Length {
        let typeface = self.typeface(style.face);
        let units: u64 = line.trim_end().chars().map(|c| u64::from(typeface.advance(c))).sum();
        let size = u64::try_from(style.size).expect("sizes are positive");
        Length::try_from(units * size / 1000).unwrap_or(Length::MAX)
    }

    /// The part of a typeface that the report has shown so far.
    pub(super) fn embedded(&self, face: Face) -> io::Result<(ParsedFont, String)> {
        let typeface = self.typeface(face);
        let used = typeface.used();
        Ok((fonts::part(face, &typeface.font, &used)?, used.iter().collect()))
    }
}

/// A text as long as anyone reads on paper; of a longer one the beginning, and how much is left out.
fn shortened(text: &str) -> Cow<'_, str> {
    if text.len() <= LONGEST {
        return Cow::Borrowed(text);
    }
    let mut end = LONGEST;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let more = text[end..].chars().count();
    Cow::Owned(format!("{} [and {more} more letters, which the other reports have]", &text[..end]))
}

impl Typeface {
    /// Composed where the typeface has the composed form, white space made plain, and what is missing told by its numbers, so
    /// that two names stay two. Where many are missing in a row each is a box, since nobody reads a page of numbers.
    fn substituted(&self, text: &str) -> String {
        let composed: Cow<'_, str> = if is_nfc(text) { text.into() } else { text.nfc().collect::<String>().into() };
        let composed = if composed.contains('\r') { composed.replace("\r\n", "\n").into() } else { composed };
        let (mut shown, mut missing) = (String::with_capacity(composed.len()), Vec::new());
        for c in composed.chars() {
            match c {
                '\n' => write_missing(&mut shown, &mut missing, '\n'),
                '\t' | '\r' | '\u{a0}' => write_missing(&mut shown, &mut missing, ' '),
                c if self.has(c) => write_missing(&mut shown, &mut missing, c),
                c => missing.push(c),
            }
        }
        write_missing(&mut shown, &mut missing, None);
        shown
    }
}

/// Writes the letters that are missing before the next one: "[65E5 672C]".
fn write_missing(shown: &mut String, missing: &mut Vec<char>, next: impl Into<Option<char>>) {
    match missing.len() {
        0 => {}
        1..=MOST_NUMBERS => {
            let numbers: Vec<String> = missing.iter().map(|&c| format!("{:04X}", u32::from(c))).collect();
            shown.push('[');
            shown.push_str(&numbers.join(" "));
            shown.push(']');
        }
        many => shown.extend(std::iter::repeat_n(BOX, many)),
    }
    missing.clear();
    shown.extend(next.into());
}
