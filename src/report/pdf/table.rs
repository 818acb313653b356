//! Tables: which of their rows go on which page.

use std::ops::Range;
use std::sync::Arc;

use super::flow::Flow;
use super::grid::{GAP, Grid, Head, PADDING, Stretch, count};
use super::tree::Kind;

/// The rows of a table in the structure of the report.
#[derive(Clone, Copy)]
struct Body {
    /// The element of its first row.
    element: u32,
    /// Which row that is.
    first: usize,
    /// How many elements a row has: itself and its cells.
    step: usize,
}

impl Body {
    fn new(flow: &mut Flow<'_, '_>, grid: &Grid<'_>, rows: &Range<usize>) -> Self {
        let columns = grid.table.columns.len();
        let element = flow.tree.rows(rows.len(), columns, Kind::Cell);
        Self { element, first: rows.start, step: columns + 1 }
    }

    fn element(self, row: usize) -> u32 {
        self.element + number((row - self.first) * self.step)
    }
}

fn number(index: usize) -> u32 {
    u32::try_from(index).expect("the structure has as many elements")
}

impl Stretch {
    /// An empty stretch at the present place, which moves below its headings.
    fn new(
        flow: &mut Flow<'_, '_>,
        grid: &Arc<Grid<'_>>,
        head: Head,
        element: u32,
        (row, start): (usize, usize),
    ) -> Self {
        let y = flow.y;
        if head != Head::None {
            flow.y += grid.head_height();
        }
        Self { y, head, rows: row..row, element, start, end: None }
    }

    fn close<'d>(self, flow: &mut Flow<'d, '_>, grid: &Arc<Grid<'d>>) {
        if !self.rows.is_empty() || self.head != Head::None {
            flow.page().stretches.push((Arc::clone(grid), self));
        }
    }
}

/// Puts a table on the pages that it needs. Only a row that is taller than a page is divided.
pub(super) fn place<'d>(flow: &mut Flow<'d, '_>, grid: &Arc<Grid<'d>>) {
    let full = flow.sheet.bottom() - flow.sheet.top() - grid.head_height();
    flow.need(grid.least().min(full / 2));
    flow.gap(GAP);
    flow.tree.open(Kind::Table);
    let head = open_head(flow, grid);
    flow.tree.open(Kind::TableBody);
    let rows = 0..grid.lines.len();
    let body = Body::new(flow, grid, &rows);
    flow.tree.close();
    flow.tree.close();
    let stretch = Stretch::new(flow, grid, Head::First(head), body.element, (0, 0));
    place_rows(flow, grid, rows, stretch, &|flow, grid, row, start| {
        Stretch::new(flow, grid, Head::Again, body.element(row), (row, start))
    });
    flow.y += 400;
}

/// The headings of a table in the structure of the report; gives the first one's element.
pub(super) fn open_head(flow: &mut Flow<'_, '_>, grid: &Grid<'_>) -> u32 {
    flow.tree.open(Kind::TableHead);
    let row = flow.tree.rows(1, grid.table.columns.len(), Kind::HeadCell);
    flow.tree.close();
    row + 1
}

/// The headings alone, for rows that come below something else: for the first time with the first of their elements, else
/// repeated.
pub(super) fn place_head<'d>(flow: &mut Flow<'d, '_>, grid: &Arc<Grid<'d>>, first: Option<u32>) {
    let head = first.map_or(Head::Again, Head::First);
    Stretch::new(flow, grid, head, 0, (0, 0)).close(flow, grid);
}

/// Rows below what stands on the page already; each further page begins with the headings and what `below` places.
pub(super) fn place_band<'d>(
    flow: &mut Flow<'d, '_>,
    grid: &Arc<Grid<'d>>,
    rows: Range<usize>,
    below: &dyn Fn(&mut Flow<'d, '_>),
) {
    let body = Body::new(flow, grid, &rows);
    let stretch = Stretch::new(flow, grid, Head::None, body.element, (rows.start, 0));
    place_rows(flow, grid, rows, stretch, &|flow, grid, row, start| {
        place_head(flow, grid, None);
        below(flow);
        Stretch::new(flow, grid, Head::None, body.element(row), (row, start))
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
    let last = rows.end;
    for row in rows {
        let lines = count(grid.lines[row]);
        let mut from = 0;
        // A last row alone at the head of a page is easily overlooked, and takes the row before it along.
        if row + 2 == last && stretch.rows.len() > 1 {
            let both = grid.height(lines) + grid.height(count(grid.lines[row + 1]));
            if both > flow.room() && both <= full && grid.height(lines) <= flow.room() {
                stretch.close(flow, grid);
                flow.turn_page();
                stretch = begin(flow, grid, row, 0);
            }
        }
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
