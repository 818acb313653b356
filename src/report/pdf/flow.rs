//! Places the blocks of the sections on pages, from the top down.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::measure::Faces;
use super::page::{Area, Canvas, Page, Style};
use super::palette::{ACCENT, Length, Sheet, TITLE};
use super::table::Grid;
use super::wrap::lines;
use super::{chart, facts, text};
use crate::report::document::{Bands, Block, Cell, Link, Section, Start};

/// A table with more columns than this turns its section's pages on their side.
const COLUMNS_OF_A_PORTRAIT: usize = 7;

/// The room that a section needs below the one before it; less would hold little more than its title.
const LEAST_ROOM: Length = 18_000;

/// What every part of the layout needs to know.
pub(super) struct Setting<'d> {
    pub(super) faces: Faces,
    /// The identifiers that links inside can lead to.
    pub(super) known: FxHashSet<&'d str>,
}

impl Setting<'_> {
    /// Where a cell leads, if that place exists.
    pub(super) fn link(&self, cell: &Cell) -> Option<Link> {
        match &cell.link {
            Some(Link::Inside(id)) => self.known.contains(id.as_str()).then(|| Link::Inside(id.clone())),
            Some(Link::Outside(address)) => is_address(address).then(|| Link::Outside(address.clone())),
            None => None,
        }
    }

    /// The text as it can be shown, broken into lines.
    pub(super) fn lines(&self, style: Style, text: &str, width: Length) -> Vec<String> {
        let shown = self.faces.shown(style.face, text);
        lines(&self.faces, style, &shown, width).map(str::to_owned).collect()
    }
}

/// Whether a reader may be sent there: never to a script or a file.
pub(super) fn is_address(text: &str) -> bool {
    ["https://", "http://", "mailto:"].iter().any(|scheme| text.starts_with(scheme)) && !text.contains(' ')
}

/// A section or heading with its place, for the contents, the outline and the links.
pub(super) struct Entry<'d> {
    pub(super) id: &'d str,
    pub(super) title: &'d str,
    /// Whether it is a section; otherwise it is a heading.
    pub(super) is_section: bool,
    /// Counted from nought, the cover included.
    pub(super) page: usize,
    pub(super) y: Length,
}

/// The pages made so far and the place where the next block goes.
pub(super) struct Flow<'d, 's> {
    pub(super) setting: &'s Setting<'d>,
    pub(super) pages: Vec<Page<'d>>,
    pub(super) entries: Vec<Entry<'d>>,
    pub(super) sheet: Sheet,
    pub(super) y: Length,
    before: usize,
}

impl<'d, 's> Flow<'d, 's> {
    /// A flow whose first page comes after as many pages as said.
    pub(super) fn new(setting: &'s Setting<'d>, before: usize) -> Self {
        let sheet = Sheet::Portrait;
        Self { setting, pages: Vec::new(), entries: Vec::new(), sheet, y: sheet.top(), before }
    }

    pub(super) fn turn_page(&mut self) {
        self.pages.push(Page::new(self.sheet));
        self.y = self.sheet.top();
    }

    pub(super) fn canvas(&mut self) -> &mut Canvas {
        &mut self.page().canvas
    }

    pub(super) fn page(&mut self) -> &mut Page<'d> {
        self.pages.last_mut().expect("a section begins by turning a page")
    }

    pub(super) fn room(&self) -> Length {
        self.sheet.bottom() - self.y
    }

    pub(super) fn is_at_top(&self) -> bool {
        self.y == self.sheet.top()
    }

    /// Leaves a gap, except at the top of a page.
    pub(super) fn gap(&mut self, height: Length) {
        if !self.is_at_top() {
            self.y += height;
        }
    }

    /// Turns the page unless as much is left of it.
    pub(super) fn need(&mut self, height: Length) {
        if self.room() < height && !self.is_at_top() {
            self.turn_page();
        }
    }

    pub(super) fn enter(&mut self, id: &'d str, title: &'d str, is_section: bool) {
        let page = self.before + self.pages.len() - 1;
        self.entries.push(Entry { id, title, is_section, page, y: self.y });
    }

    /// Lines from the present place on, which moves below them.
    pub(super) fn write(&mut self, x: Length, style: Style, lines: &[String]) {
        for line in lines {
            let y = self.y + style.rise();
            self.canvas().text(x, y, style, line);
            self.y += style.leading();
        }
    }

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
        let x = self.sheet.left();
        let lines = self.setting.lines(title, &section.title, self.sheet.measure());
        self.write(x, title, &lines);
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
                    Some(grid) => super::table::place(self, grid),
                    None => text::remark(self, &table.empty),
                },
                Block::Bands(bands) => match grid {
                    Some(grid) => super::bands::place(self, grid, bands),
                    None => text::remark(self, &bands.table.empty),
                },
            }
        }
    }

    fn grid(&self, block: &'d Block<'d>) -> Option<Arc<Grid<'d>>> {
        match block {
            Block::Table(table) | Block::Bands(Bands { table, .. }) if table.len > 0 && !table.columns.is_empty() => {
                Some(Arc::new(Grid::new(&self.setting.faces, table, self.sheet)))
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
