//! Text from an input made harmless: what a terminal would obey, a reader could not see or a spreadsheet would run.

use std::borrow::Cow;
use std::fmt::Write as _;

/// What a spreadsheet takes for the beginning of a formula: plain signs, and the wide and small ones of East Asian text.
const FORMULA: &[char] = &['=', '+', '-', '@', '＝', '＋', '－', '＠', '﹦', '﹢', '﹣', '﹫'];

/// A text with every letter that cannot be seen written out, as in `\u{1b}`; lines, tabs and printed letters stay.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    written_out(text, |letter| matches!(letter, '\n' | '\t'))
}

/// A JSON text in which every letter that cannot be seen is written as JSON writes it out: `\u001b`.
#[must_use]
pub fn visible_json(text: &str) -> Cow<'_, str> {
    written(
        text,
        |letter| matches!(letter, '\n' | '\t'),
        |shown, letter| {
            for unit in letter.encode_utf16(&mut [0; 2]) {
                write!(shown, "\\u{unit:04x}").expect("writing to a String does not fail");
            }
        },
    )
}

/// A cell of a CSV file: what cannot be seen is written out, and what a spreadsheet would run begins with `'`.
#[must_use]
pub fn disarmed(cell: &str) -> Cow<'_, str> {
    let cell = written_out(cell, |letter| matches!(letter, '\n' | '\t' | '\r'));
    // Some spreadsheets take off what stands before the sign.
    let is_formula = cell.trim_start().starts_with(FORMULA) || cell.starts_with(['\t', '\r', '\n']);
    if is_formula { Cow::Owned(format!("'{cell}")) } else { cell }
}

fn written_out(text: &str, stays: impl Fn(char) -> bool) -> Cow<'_, str> {
    written(text, stays, |shown, letter| {
        write!(shown, "\\u{{{:x}}}", u32::from(letter)).expect("writing to a String does not fail");
    })
}

/// A text with its hidden letters written out in some way, but for those that stay.
fn written(text: &str, stays: impl Fn(char) -> bool, out: impl Fn(&mut String, char)) -> Cow<'_, str> {
    // Nearly every text is printed ASCII.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Cow::Borrowed(text);
    }
    let hidden = |letter: char| is_hidden(letter) && !stays(letter);
    if !text.contains(hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        if hidden(letter) {
            out(&mut shown, letter);
        } else {
            shown.push(letter);
        }
    }
    Cow::Owned(shown)
}

/// Control codes, what turns the direction of text, ends lines where no line ends, or takes no room.
const fn is_hidden(letter: char) -> bool {
    matches!(
        letter,
        '\0'..='\u{1f}'
            | '\u{7f}'..='\u{9f}'
            | '\u{61c}'
            | '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}
