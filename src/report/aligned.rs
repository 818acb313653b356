//! Rows of short texts as aligned columns for the terminal, within 100 columns.

use unicode_width::UnicodeWidthStr;

/// The width that rows keep to; a single word longer than it is left whole.
const WIDTH: usize = 100;
/// The gap between columns.
const GAP: usize = 2;

/// Writes rows with their columns aligned; the last column is folded under itself.
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
        let lines = fold(last, WIDTH.saturating_sub(hanging.len()));
        for (place, line) in lines.iter().enumerate() {
            let begun = if place == 0 { &start } else { &hanging };
            text.push_str(format!("{begun}{line}").trim_end());
            text.push('\n');
        }
    }
}

/// The lines of a text folded between words; at least one.
fn fold(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().expect("there is a line from the start");
        if line.is_empty() {
            line.push_str(word);
        } else if line.width() + 1 + word.width() <= width {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}
