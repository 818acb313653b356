//! The pages made so far, and the place where the next block goes.

use super::area::Length;
use super::canvas::Canvas;
use super::page::Page;
use super::palette::Sheet;
use super::setting::Setting;
use super::style::Style;
use super::tree::{Element, Tree};

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
    /// What stands on the pages, in the order that it is read.
    pub(super) tree: Tree,
    /// How deep the last heading stands, the section's title being one.
    pub(super) level: u8,
    before: usize,
}

impl<'d, 's> Flow<'d, 's> {
    /// A flow whose first page comes after as many pages as said, and whose structure goes on from theirs.
    pub(super) fn new(setting: &'s Setting<'d>, before: usize, tree: Tree) -> Self {
        let sheet = Sheet::Portrait;
        Self { setting, pages: Vec::new(), entries: Vec::new(), sheet, y: sheet.top(), tree, level: 1, before }
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
    pub(super) fn write(&mut self, of: Element, x: Length, style: Style, lines: &[String]) {
        self.put(Some(of), x, style, lines);
    }

    /// The same for lines that repeat what stands elsewhere, and belong to nothing.
    pub(super) fn repeat(&mut self, x: Length, style: Style, lines: &[String]) {
        self.put(None, x, style, lines);
    }

    fn put(&mut self, of: Option<Element>, x: Length, style: Style, lines: &[String]) {
        for line in lines {
            let y = self.y + style.rise();
            self.canvas().text(of, (x, y), style, line);
            self.y += style.leading();
        }
    }
}
