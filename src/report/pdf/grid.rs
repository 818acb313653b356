//! A table measured for a sheet, and how stretches of it are drawn.

use std::ops::Range;

use rayon::prelude::*;

use super::area::{Area, Length};
use super::canvas::Canvas;
use super::marks::{has_square, square};
use super::measure::Faces;
use super::palette::{self, ACCENT, BAND, BODY, INK, RULE, SMALL, Sheet, ZEBRA};
use super::setting::Setting;
use super::style::Style;
use super::tree::{Element, Kind};
use super::widths::{SIDE, SQUARE, widths};
use super::wrap::lines;
use crate::report::document::{Cell, Column, Table};

/// Above a table.
pub(super) const GAP: Length = 1_000;
pub(super) const PADDING: Length = 220;
/// Above the headings where the first row is the rest of one.
const CONTINUED: &str = "The first row continues from the page before.";
const NOTE: Style = SMALL.sized(750);

/// A table measured for a sheet.
pub(super) struct Grid<'d> {
    pub(super) table: &'d Table<'d>,
    pub(super) style: Style,
    sheet: Sheet,
    widths: Vec<Length>,
    headings: Vec<Vec<String>>,
    /// How many lines each row takes.
    pub(super) lines: Vec<u32>,
}

/// Rows of a table that stand together on a page.
#[derive(Clone, Debug)]
pub(super) struct Stretch {
    /// Where it begins.
    pub(super) y: Length,
    /// Whether the headings stand above its rows.
    pub(super) head: Head,
    pub(super) rows: Range<usize>,
    /// The element of its first row; those of the others follow.
    pub(super) element: u32,
    /// How many lines of the first row stood on the page before.
    pub(super) start: usize,
    /// The line of the last row that the next page goes on with.
    pub(super) end: Option<usize>,
}

/// The headings above a stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Head {
    /// They stand on the page already.
    None,
    /// For the first time; with the first of their elements.
    First(u32),
    /// They repeat what stands on a page before.
    Again,
}

impl<'d> Grid<'d> {
    pub(super) fn new(setting: &Setting<'_>, table: &'d Table<'d>, sheet: Sheet) -> Self {
        let (faces, language) = (&setting.faces, setting.language);
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
        faces.shown(NOTE.face, language.words(CONTINUED));
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

    pub(super) fn height(&self, lines: usize) -> Length {
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
        let has_head = stretch.head != Head::None;
        if stretch.start > 0 && has_head {
            canvas.text(None, (left, stretch.y - 350), NOTE, setting.language.words(CONTINUED));
        }
        let mut y = stretch.y;
        if has_head {
            self.draw_head(canvas, y, stretch.head, setting);
            y += self.head_height();
        }
        let mut machines = 0;
        let elements = (stretch.element..).step_by(self.table.columns.len() + 1);
        for (row, element) in stretch.rows.clone().zip(elements) {
            let start = if row == stretch.rows.start { stretch.start } else { 0 };
            let end = stretch.end.filter(|_| row + 1 == stretch.rows.end);
            let shown = start..end.unwrap_or_else(|| count(self.lines[row]));
            let height = self.height(shown.len());
            let is_odd = if has_head { row % 2 == 1 } else { (row - stretch.rows.start) % 2 == 1 };
            if is_odd {
                canvas.rectangle(Area { x: left, y, width, height }, ZEBRA);
            }
            self.draw_row(canvas, (row, element), y, &shown, setting);
            y += height;
            machines += u64::from(self.table.of_machines && end.is_none());
        }
        if !stretch.rows.is_empty() {
            canvas.rectangle(Area { x: left, y: y - 25, width, height: 50 }, RULE);
        }
        machines
    }

    fn draw_head(&self, canvas: &mut Canvas, y: Length, head: Head, setting: &Setting<'_>) {
        let (left, width, height) = (self.sheet.left(), self.sheet.measure(), self.head_height());
        canvas.rectangle(Area { x: left, y, width, height }, BAND);
        canvas.rectangle(Area { x: left, y: y + height - 60, width, height: 60 }, ACCENT);
        let style = self.style.bold().coloured(INK);
        let mut x = left;
        let columns = self.table.columns.iter().zip(&self.headings).zip(&self.widths);
        for (((column, heading), &width), index) in columns.zip(0..) {
            let element = match head {
                Head::First(first) => Some(Element { number: first + index, kind: Kind::HeadCell }),
                Head::None | Head::Again => None,
            };
            let lines = Length::try_from(heading.len()).expect("a heading has few lines");
            let first = y + height - PADDING - lines * style.leading() + style.rise();
            for (line, index) in heading.iter().zip(0..) {
                let indent = if column.numeric { width - SIDE - setting.faces.width(style, line) } else { SIDE };
                canvas.text(element, (x + indent, first + index * style.leading()), style, line);
            }
            x += width;
        }
    }

    /// Draws lines of a row, whose cells are the elements after its own.
    fn draw_row(
        &self,
        canvas: &mut Canvas,
        (row, element): (usize, u32),
        top: Length,
        part: &Range<usize>,
        setting: &Setting<'_>,
    ) {
        let faces = &setting.faces;
        let mut left = self.sheet.left();
        let cells = (self.table.row)(row);
        let cells = cells.iter().zip(&self.table.columns).zip(&self.widths);
        for (((cell, column), &width), number) in cells.zip(element + 1..) {
            let element = Element { number, kind: Kind::Cell };
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
                canvas.text(Some(element), (start, base), style, line);
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
                canvas.link(element, Area { x, y: top + PADDING, width: longest, height }, link);
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

pub(super) fn count(lines: u32) -> usize {
    usize::try_from(lines).expect("a machine counts further than this")
}
