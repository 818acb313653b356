//! Tables: their columns, the heights of their rows, and which rows go on which page.

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::facts::{has_square, square};
use super::flow::{Flow, Setting};
use super::measure::Faces;
use super::page::{Area, Canvas, Style};
use super::palette::{self, ACCENT, BAND, BODY, INK, Length, RULE, SMALL, Sheet, ZEBRA};
use super::wrap::lines;
use crate::report::document::{Cell, Column, Table};

const GAP: Length = 1_000;
const PADDING: Length = 220;
/// Left and right of a cell's text.
const SIDE: Length = 420;
/// The small square before a toned text, with the space after it.
const SQUARE: Length = 900;
/// How many rows are looked at to see how wide the columns want to be.
const SAMPLE: usize = 200;
/// Beyond this a column's wish for width is as good as any.
const WIDEST: Length = 100_000;
/// Above the headings where the first row is the rest of one.
const CONTINUED: &str = "The first row continues from the page before.";
const NOTE: Style = SMALL.sized(750);

/// A table measured for a sheet.
pub(super) struct Grid<'d> {
    table: &'d Table<'d>,
    style: Style,
    sheet: Sheet,
    widths: Vec<Length>,
    headings: Vec<Vec<String>>,
    /// How many lines each row takes.
    lines: Vec<u32>,
}

/// Rows of a table that stand together on a page.
#[derive(Clone, Debug)]
pub(super) struct Stretch {
    /// Where it begins.
    y: Length,
    /// Whether the headings stand above its rows.
    has_head: bool,
    rows: Range<usize>,
    /// How many lines of the first row stood on the page before.
    start: usize,
    /// The line of the last row that the next page goes on with.
    end: Option<usize>,
}

impl Stretch {
    /// An empty stretch at the present place, which moves below its headings.
    fn new(flow: &mut Flow<'_, '_>, grid: &Arc<Grid<'_>>, row: usize, start: usize) -> Self {
        let y = flow.y;
        flow.y += grid.head_height();
        Self { y, has_head: true, rows: row..row, start, end: None }
    }

    /// An empty stretch at the present place, below headings that stand on the page already.
    fn without_head(flow: &Flow<'_, '_>, row: usize, start: usize) -> Self {
        Self { y: flow.y, has_head: false, rows: row..row, start, end: None }
    }

    fn close<'d>(self, flow: &mut Flow<'d, '_>, grid: &Arc<Grid<'d>>) {
        if !self.rows.is_empty() || self.has_head {
            flow.page().stretches.push((Arc::clone(grid), self));
        }
    }
}

impl<'d> Grid<'d> {
    pub(super) fn new(faces: &Faces, table: &'d Table<'d>, sheet: Sheet) -> Self {
        let size = match table.columns.len() {
            0..=4 => 900,
            5..=8 => 800,
            9..=12 => 750,
            _ => 675,
        };
        let style = BODY.sized(size);
        let widths = widths(faces, table, style, sheet);
        let heading = |(column, &width): (&Column, &Length)| {
            let shown = faces.shown(style.bold().face, &column.title);
            lines(faces, style.bold(), &shown, width - 2 * SIDE).map(str::to_owned).collect()
        };
        let headings = table.columns.iter().zip(&widths).map(heading).collect();
        faces.shown(NOTE.face, CONTINUED);
        let mut grid = Self { table, style, sheet, widths, headings, lines: Vec::new() };
        grid.lines = (0..table.len).into_par_iter().with_min_len(64).map(|row| grid.count_lines(faces, row)).collect();
        grid
    }

    /// How many lines the tallest cell of a row takes.
    fn count_lines(&self, faces: &Faces, row: usize) -> u32 {
        let cells = (self.table.row)(row);
        let count = |(cell, &width): (&Cell, &Length)| {
            let shown = faces.shown(self.style.face, &cell.text);
            lines(faces, self.style, &shown, text_width(cell, width)).count()
        };
        u32::try_from(cells.iter().zip(&self.widths).map(count).max().unwrap_or(1)).unwrap_or(u32::MAX)
    }

    pub(super) fn head_height(&self) -> Length {
        let lines = self.headings.iter().map(Vec::len).max().unwrap_or(1);
        self.height(lines)
    }

    fn height(&self, lines: usize) -> Length {
        2 * PADDING + Length::try_from(lines).unwrap_or(100_000) * self.style.leading()
    }

    /// The heading above stands with the head and the first two rows.
    pub(super) fn least(&self) -> Length {
        GAP + self.head_height() + self.first_rows(0..self.lines.len())
    }

    /// The height of the first rows of some, which stand below what announces them.
    pub(super) fn first_rows(&self, rows: Range<usize>) -> Length {
        rows.take(2).map(|row| self.height(count(self.lines[row]))).sum()
    }

    /// Draws the head and the rows of a stretch, and returns how many machines it put on the page to their last line.
    pub(super) fn draw(&self, canvas: &mut Canvas, stretch: &Stretch, setting: &Setting<'_>) -> u64 {
        let left = self.sheet.left();
        let width = self.sheet.measure();
        if stretch.start > 0 && stretch.has_head {
            canvas.text(left, stretch.y - 350, NOTE, CONTINUED);
        }
        let mut y = stretch.y;
        if stretch.has_head {
            self.draw_head(canvas, y, setting);
            y += self.head_height();
        }
        let mut machines = 0;
        for row in stretch.rows.clone() {
            let start = if row == stretch.rows.start { stretch.start } else { 0 };
            let end = stretch.end.filter(|_| row + 1 == stretch.rows.end);
            let shown = start..end.unwrap_or_else(|| count(self.lines[row]));
            let height = self.height(shown.len());
            let is_odd = if stretch.has_head { row % 2 == 1 } else { (row - stretch.rows.start) % 2 == 1 };
            if is_odd {
                canvas.rectangle(Area { x: left, y, width, height }, ZEBRA);
            }
            self.draw_row(canvas, row, y, &shown, setting);
            y += height;
            machines += u64::from(self.table.of_machines && end.is_none());
        }
        if !stretch.rows.is_empty() {
            canvas.rectangle(Area { x: left, y: y - 25, width, height: 50 }, RULE);
        }
        machines
    }

    fn draw_head(&self, canvas: &mut Canvas, y: Length, setting: &Setting<'_>) {
        let (left, width, height) = (self.sheet.left(), self.sheet.measure(), self.head_height());
        canvas.rectangle(Area { x: left, y, width, height }, BAND);
        canvas.rectangle(Area { x: left, y: y + height - 60, width, height: 60 }, ACCENT);
        let style = self.style.bold().coloured(INK);
        let mut x = left;
        for ((column, heading), &width) in self.table.columns.iter().zip(&self.headings).zip(&self.widths) {
            let lines = Length::try_from(heading.len()).expect("a heading has few lines");
            let first = y + height - PADDING - lines * style.leading() + style.rise();
            for (line, index) in heading.iter().zip(0..) {
                let indent = if column.numeric { width - SIDE - setting.faces.width(style, line) } else { SIDE };
                canvas.text(x + indent, first + index * style.leading(), style, line);
            }
            x += width;
        }
    }

    fn draw_row(&self, canvas: &mut Canvas, row: usize, top: Length, part: &Range<usize>, setting: &Setting<'_>) {
        let faces = &setting.faces;
        let mut left = self.sheet.left();
        for ((cell, column), &width) in (self.table.row)(row).iter().zip(&self.table.columns).zip(&self.widths) {
            let link = setting.link(cell);
            let colour = if link.is_some() { ACCENT } else { palette::ink(cell.tone) };
            let style = self.style.coloured(colour);
            let shown = faces.shown(style.face, &cell.text);
            let room = text_width(cell, width);
            let mut longest = 0;
            let first = left + width - SIDE - room;
            let wrapped = lines(faces, style, &shown, room).take(part.end).skip(part.start);
            let mut base = top + PADDING + style.rise();
            for line in wrapped {
                let length = faces.width(style, line);
                let start = if column.numeric { left + width - SIDE - length } else { first };
                canvas.text(start, base, style, line);
                longest = longest.max(length);
                base += style.leading();
            }
            if has_square(cell.tone) && part.start == 0 && longest > 0 {
                let x = if column.numeric { left + width - SIDE - longest - SQUARE } else { left + SIDE };
                square(canvas, x, top + PADDING + style.rise(), cell.tone);
            }
            if let (Some(link), true) = (link, longest > 0) {
                let x = if column.numeric { left + width - SIDE - longest } else { first };
                let height = base - style.rise() - top - PADDING;
                canvas.link(Area { x, y: top + PADDING, width: longest, height }, link);
            }
            left += width;
        }
    }
}

/// The room for a cell's text within its column.
fn text_width(cell: &Cell, width: Length) -> Length {
    let square = if has_square(cell.tone) { SQUARE } else { 0 };
    width - 2 * SIDE - square
}

/// Divides the sheet by the columns' weights, then moves width from columns that have more than they need to columns that
/// have less: first so that no word of a heading is broken, then so that the rows take few lines.
fn widths(faces: &Faces, table: &Table<'_>, style: Style, sheet: Sheet) -> Vec<Length> {
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

/// Puts a table on the pages that it needs. Only a row that is taller than a page is divided.
pub(super) fn place<'d>(flow: &mut Flow<'d, '_>, grid: &Arc<Grid<'d>>) {
    let full = flow.sheet.bottom() - flow.sheet.top() - grid.head_height();
    flow.need(grid.least().min(full / 2));
    flow.gap(GAP);
    let stretch = Stretch::new(flow, grid, 0, 0);
    place_rows(flow, grid, 0..grid.lines.len(), stretch, &Stretch::new);
    flow.y += 400;
}

/// The headings alone, for rows that come below something else.
pub(super) fn place_head<'d>(flow: &mut Flow<'d, '_>, grid: &Arc<Grid<'d>>) {
    Stretch::new(flow, grid, 0, 0).close(flow, grid);
}

/// Rows below what stands on the page already; each further page begins with the headings and what `below` places.
pub(super) fn place_band<'d>(
    flow: &mut Flow<'d, '_>,
    grid: &Arc<Grid<'d>>,
    rows: Range<usize>,
    below: &dyn Fn(&mut Flow<'d, '_>),
) {
    let stretch = Stretch::without_head(flow, rows.start, 0);
    place_rows(flow, grid, rows, stretch, &|flow, grid, row, start| {
        place_head(flow, grid);
        below(flow);
        Stretch::without_head(flow, row, start)
    });
}

/// Begins a stretch on a new page, with a row and how many of its lines stood on the page before.
type Begin<'b, 'd, 's> = &'b dyn Fn(&mut Flow<'d, 's>, &Arc<Grid<'d>>, usize, usize) -> Stretch;

fn place_rows<'d, 's>(
    flow: &mut Flow<'d, 's>,
    grid: &Arc<Grid<'d>>,
    rows: Range<usize>,
    mut stretch: Stretch,
    begin: Begin<'_, 'd, 's>,
) {
    let full = flow.sheet.bottom() - flow.sheet.top() - grid.head_height();
    for row in rows {
        let lines = count(grid.lines[row]);
        let mut from = 0;
        while grid.height(lines - from) > flow.room() {
            let fitting = usize::try_from((flow.room() - 2 * PADDING) / grid.style.leading()).unwrap_or(0);
            if grid.height(lines - from) > full && fitting >= 3 {
                from += fitting;
                stretch.rows.end = row + 1;
                stretch.end = Some(from);
            }
            stretch.close(flow, grid);
            flow.turn_page();
            stretch = begin(flow, grid, row, from);
        }
        flow.y += grid.height(lines - from);
        stretch.rows.end = row + 1;
    }
    stretch.close(flow, grid);
}

fn count(lines: u32) -> usize {
    usize::try_from(lines).expect("a machine counts further than this")
}
