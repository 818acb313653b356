//! How wide the columns of a table are.

use super::area::Length;
use super::marks::has_square;
use super::measure::Faces;
use super::palette::Sheet;
use super::style::Style;
use crate::report::document::{Column, Table};

/// Left and right of a cell's text.
pub(super) const SIDE: Length = 420;
/// The small square before a toned text, with the space after it.
pub(super) const SQUARE: Length = 900;
/// How many rows are looked at to see how wide the columns want to be.
const SAMPLE: usize = 200;
/// Beyond this a column's wish for width is as good as any.
const WIDEST: Length = 100_000;

/// Divides the sheet by the columns' weights, then moves width from columns that have more than they need to columns that
/// have less: first so that no word of a heading is broken, then so that the rows take few lines.
pub(super) fn widths(faces: &Faces, table: &Table<'_>, style: Style, sheet: Sheet) -> Vec<Length> {
    let measure = sheet.measure();
    let weight = |weight: u16| i64::from(weight.max(1));
    let sum: i64 = table.columns.iter().map(|column| weight(column.weight)).sum();
    let mut widths: Vec<Length> =
        table.columns.iter().map(|column| share(measure, weight(column.weight), sum)).collect();
    let longest =
        |title: &str| title.split([' ', '-', '/']).map(|word| faces.width(style.bold(), word)).max().unwrap_or(0);
    let wanted = wanted(faces, table, style);
    let least = |(column, wanted): (&Column, &Wanted)| {
        let heading = longest(&column.title) + 2 * SIDE + 20;
        // A number on two lines is read as two numbers.
        if column.numeric { heading.max(wanted.every_cell) } else { heading.max(wanted.word) }
    };
    let least: Vec<Length> = table.columns.iter().zip(&wanted).map(least).collect();
    even_out(&mut widths, &least);
    let wanted = wanted.into_iter().map(|wanted| wanted.most_cells);
    let wanted: Vec<Length> = wanted.zip(&least).map(|(wanted, &least)| wanted.max(least)).collect();
    even_out(&mut widths, &wanted);
    let rest = measure - widths.iter().sum::<Length>();
    if let Some(last) = widths.last_mut() {
        *last += rest;
    }
    widths
}

/// Moves what some columns have above their needs to those that have less than theirs, in proportion.
fn even_out(widths: &mut [Length], needs: &[Length]) {
    let pairs = || widths.iter().zip(needs);
    let lack: Length = pairs().map(|(width, need)| (need - width).max(0)).sum();
    let spare: Length = pairs().map(|(width, need)| (width - need).max(0)).sum();
    let moved = lack.min(spare);
    for (width, &need) in widths.iter_mut().zip(needs) {
        if *width < need {
            *width += share(moved, (need - *width).into(), lack.into());
        } else {
            *width -= share(moved, (*width - need).into(), spare.max(1).into());
        }
    }
}

fn share(whole: Length, part: i64, of: i64) -> Length {
    Length::try_from(i64::from(whole) * part / of).expect("a share of a page's width is at most that")
}

/// The widths with which cells of a column stand on one line.
struct Wanted {
    /// Nine in ten of them.
    most_cells: Length,
    every_cell: Length,
    /// Those that are one coloured word.
    word: Length,
}

/// What each column wants, judged by rows from the whole table.
fn wanted(faces: &Faces, table: &Table<'_>, style: Style) -> Vec<Wanted> {
    // An odd step does not keep pace with what repeats every second or fourth row.
    let step = table.len.div_ceil(SAMPLE) | 1;
    let mut columns: Vec<Vec<Length>> = vec![Vec::new(); table.columns.len()];
    let mut words: Vec<Length> = vec![0; table.columns.len()];
    for row in (0..table.len).step_by(step) {
        for ((cell, widths), word) in (table.row)(row).iter().zip(&mut columns).zip(&mut words) {
            let square = if has_square(cell.tone) { SQUARE } else { 0 };
            let shown = faces.shown(style.face, &cell.text);
            // A coloured word is read at a glance, and not in two pieces.
            let needs_room = square > 0 && !shown.contains(' ');
            let width = faces.width(style, &shown).saturating_add(2 * SIDE + square + 20).min(WIDEST);
            widths.push(width);
            if needs_room {
                *word = (*word).max(width);
            }
        }
    }
    for widths in &mut columns {
        widths.sort_unstable();
    }
    let at = |widths: &[Length], index: usize| widths.get(index).copied().unwrap_or(0);
    let wanted = |(widths, word): (&Vec<Length>, Length)| Wanted {
        most_cells: at(widths, widths.len() * 9 / 10),
        every_cell: at(widths, widths.len().saturating_sub(1)),
        word,
    };
    columns.iter().zip(words).map(wanted).collect()
}
