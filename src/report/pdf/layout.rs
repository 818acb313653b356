//! Places the blocks of the sections on pages, from the top down.

use std::sync::Arc;

use super::area::{Area, Length};
use super::flow::Flow;
use super::grid::Grid;
use super::palette::{ACCENT, Sheet, TITLE};
use super::style::Style;
use super::tree::Kind;
use super::{bands, chart, facts, table, text};
use crate::report::document::{Bands, Block, Section, Start};

/// A table with more columns than this turns its section's pages on their side.
const COLUMNS_OF_A_PORTRAIT: usize = 7;

/// The room that a section needs below the one before it; less would hold little more than its title.
const LEAST_ROOM: Length = 18_000;

impl<'d> Flow<'d, '_> {
    /// Turns to a section's sheet, or leaves a gap on the page before where the section may begin on it. Gives the style of its
    /// title.
    fn begin(&mut self, sheet: Sheet, start: Start) -> Style {
        let has_room = !self.pages.is_empty() && self.sheet == sheet && self.room() >= LEAST_ROOM;
        self.sheet = sheet;
        if start == Start::Room && has_room {
            self.gap(2_800);
            TITLE.sized(1_700)
        } else {
            self.turn_page();
            TITLE
        }
    }

    pub(super) fn section(&mut self, section: &'d Section<'d>) {
        let wide =
            |block: &Block<'_>| matches!(block, Block::Table(table) if table.columns.len() > COLUMNS_OF_A_PORTRAIT);
        let sheet = if section.blocks.iter().any(wide) { Sheet::Landscape } else { Sheet::Portrait };
        let title = self.begin(sheet, section.start);
        self.enter(&section.id, &section.title, true);
        self.tree.open(Kind::Section);
        self.level = 1;
        let element = self.tree.add(Kind::Heading(1));
        let x = self.sheet.left();
        let lines = self.setting.lines(title, &section.title, self.sheet.measure());
        self.write(element, x, title, &lines);
        let y = self.y + 250;
        self.canvas().rectangle(Area { x, y, width: 4_000, height: 220 }, ACCENT);
        self.y += title.size * 7 / 10;

        let grids: Vec<Option<Arc<Grid<'d>>>> = section.blocks.iter().map(|block| self.grid(block)).collect();
        for (at, (block, grid)) in section.blocks.iter().zip(&grids).enumerate() {
            match block {
                Block::Heading { id, text, mark } => {
                    let following = self.least_from(&section.blocks[at + 1..], &grids[at + 1..]);
                    text::heading(self, id, text, mark.as_ref(), following);
                }
                Block::Text(text) => text::paragraph(self, text),
                Block::Callout { tone, text } => text::callout(self, *tone, text),
                Block::Facts(facts) => facts::place(self, facts),
                Block::Chart(chart) => chart::place(self, chart),
                Block::Table(table) => match grid {
                    Some(grid) => table::place(self, grid),
                    None => text::remark(self, &table.empty),
                },
                Block::Bands(bands) => match grid {
                    Some(grid) => bands::place(self, grid, bands),
                    None => text::remark(self, &bands.table.empty),
                },
            }
        }
        self.tree.close();
    }

    fn grid(&self, block: &'d Block<'d>) -> Option<Arc<Grid<'d>>> {
        match block {
            Block::Table(table) | Block::Bands(Bands { table, .. }) if table.len > 0 && !table.columns.is_empty() => {
                Some(Arc::new(Grid::new(self.setting, table, self.sheet)))
            }
            Block::Table(_)
            | Block::Bands(_)
            | Block::Heading { .. }
            | Block::Text(_)
            | Block::Callout { .. }
            | Block::Facts(_)
            | Block::Chart(_) => None,
        }
    }

    /// How much of the blocks has to stand on the same page as a heading above them.
    fn least_from(&self, blocks: &[Block<'_>], grids: &[Option<Arc<Grid<'_>>>]) -> Length {
        let (Some(block), Some(grid)) = (blocks.first(), grids.first()) else { return 0 };
        let least = match block {
            Block::Heading { text, mark, .. } => {
                text::heading_height(self, text, mark.as_ref()) + self.least_from(&blocks[1..], &grids[1..])
            }
            // A short text is there for what follows it.
            Block::Text(text) => match text::short(self, text) {
                Some(height) => height + self.least_from(&blocks[1..], &grids[1..]),
                None => text::least(self, text),
            },
            Block::Callout { text, .. } => text::least_callout(self, text),
            // Facts are read with the table below them.
            Block::Facts(facts) => facts::height(self, facts) + self.least_from(&blocks[1..], &grids[1..]),
            Block::Chart(chart) => chart::least(self, chart),
            Block::Table(table) | Block::Bands(Bands { table, .. }) => match grid {
                Some(grid) => grid.least(),
                None => text::least(self, &table.empty),
            },
        };
        least.min((self.sheet.bottom() - self.sheet.top()) * 3 / 5)
    }
}
