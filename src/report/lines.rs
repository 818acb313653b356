//! Words as lines for the terminal: the one place that folds them.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The width a line keeps to.
pub const WIDTH: usize = 80;
/// The gap between columns.
const GAP: usize = 2;

/// What becomes of a word that is wider than a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Long {
    /// It is left whole, so that a path or an address can be copied.
    Whole,
    /// It is broken, so that columns stay columns.
    Broken,
}

/// Words in lines that fit a width, the first line's and that of the later ones; at least one line.
pub fn fold<'t>(words: impl Iterator<Item = &'t str>, first: usize, later: usize, long: Long) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut is_begun = false;
    for word in words {
        let width = if lines.len() == 1 { first } else { later }.max(1);
        let line = lines.last_mut().expect("there is a line from the start");
        if is_begun && line.width() + 1 + word.width() <= width {
            line.push(' ');
            line.push_str(word);
            continue;
        }
        let pieces = match long {
            Long::Whole => vec![word.to_owned()],
            Long::Broken => pieces(word, width),
        };
        for piece in pieces {
            match lines.last_mut() {
                Some(line) if !is_begun => line.push_str(&piece),
                Some(_) | None => lines.push(piece),
            }
            is_begun = true;
        }
    }
    lines
}

/// A word in pieces that fit a width.
fn pieces(word: &str, width: usize) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut filled = 0;
    for letter in word.chars() {
        let wide = letter.width().unwrap_or(0);
        if filled + wide > width && filled > 0 {
            pieces.push(String::new());
            filled = 0;
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push(letter);
        }
        filled += wide;
    }
    pieces
}

/// Writes words as lines of at most 80 columns, the later ones indented by two more.
pub fn line(text: &mut String, indent: usize, words: &str) {
    hanging(text, indent, indent + GAP, words);
}

/// Writes words as lines of at most 80 columns that begin alike.
pub fn paragraph(text: &mut String, indent: usize, words: &str) {
    hanging(text, indent, indent, words);
}

fn hanging(text: &mut String, first: usize, later: usize, words: &str) {
    let words = words.split([' ', '\n', '\r', '\t']);
    let lines = fold(words, WIDTH.saturating_sub(first), WIDTH.saturating_sub(later), Long::Whole);
    for (place, line) in lines.iter().enumerate() {
        text.push_str(&" ".repeat(if place == 0 { first } else { later }));
        text.push_str(line);
        text.push('\n');
    }
}

/// The width that rows keep to; a single word longer than it is left whole.
const WIDTH_OF_ROWS: usize = 100;

/// Writes rows with their columns aligned, within 100 columns; the last column is folded under itself.
pub fn aligned(text: &mut String, indent: usize, rows: &[Vec<String>]) {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns)
        .map(|column| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0))
        .collect();
    for row in rows {
        let Some((last, before)) = row.split_last() else { continue };
        let mut start = " ".repeat(indent);
        for (cell, width) in before.iter().zip(&widths) {
            start.push_str(cell);
            start.push_str(&" ".repeat(width - cell.width() + GAP));
        }
        let hanging = " ".repeat(start.width());
        let room = WIDTH_OF_ROWS.saturating_sub(hanging.len());
        for (place, line) in fold(last.split_whitespace(), room, room, Long::Whole).iter().enumerate() {
            let begun = if place == 0 { &start } else { &hanging };
            text.push_str(format!("{begun}{line}").trim_end());
            text.push('\n');
        }
    }
}
