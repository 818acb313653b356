//! The contents: every section with its page, and the headings of sections that have not too many.

use super::area::{Area, Length};
use super::flow::Entry;
use super::page::Page;
use super::palette::{ACCENT, BODY, INK, RULE, Sheet, TITLE};
use super::setting::Setting;
use super::style::Style;
use super::tree::{Element, Kind, Tree};
use crate::report::document::{Document, Link};

const SECTION: Style = BODY.sized(1_050).bold();
const HEADING: Style = BODY.sized(950);
const INDENT: Length = 1_400;
/// The room right of the titles for page numbers.
const NUMBERS: Length = 4_500;
/// As many lines fit two pages; contents that would be longer list only the headings of sections that have few.
const LINES: usize = 80;
/// How many headings are few; the outline has them all.
const FEW_HEADINGS: usize = 12;
const SHEET: Sheet = Sheet::Portrait;

/// A line of the contents, without its page number.
pub(super) struct Row<'d> {
    id: &'d str,
    is_section: bool,
    lines: Vec<String>,
    element: Element,
}

/// The contents page by page, before any page number is known.
pub(super) struct Plan<'d> {
    /// None where there is nothing to list.
    title: Option<Element>,
    pub(super) pages: Vec<Vec<Row<'d>>>,
}

impl Row<'_> {
    fn style(&self) -> Style {
        if self.is_section { SECTION } else { HEADING }
    }

    fn above(&self) -> Length {
        if self.is_section { 900 } else { 150 }
    }

    fn height(&self) -> Length {
        let lines = Length::try_from(self.lines.len()).expect("a title has few lines");
        self.above() + lines * self.style().leading() + 150
    }
}

/// Plans the contents, and puts them into the structure of the report.
pub(super) fn plan<'d>(document: &'d Document<'d>, setting: &Setting<'d>, tree: &mut Tree) -> Plan<'d> {
    // Page numbers are written when all pages are known, which is after the characters in use were counted.
    let title = setting.language.words("Contents");
    setting.faces.shown(SECTION.face, &format!("0123456789 {title}"));
    setting.faces.shown(HEADING.face, "0123456789");
    let sections = &document.sections;
    let lines = sections.len() + sections.iter().map(|section| section.headings().count()).sum::<usize>();
    let listed = if lines <= LINES { LINES } else { FEW_HEADINGS };
    if sections.is_empty() {
        return Plan { title: None, pages: Vec::new() };
    }
    tree.open(Kind::Section);
    let title = Some(tree.add(Kind::Heading(1)));
    tree.open(Kind::Contents);
    let mut rows = Vec::new();
    for section in sections {
        rows.push(row(setting, (&section.id, &section.title, true), tree));
        if section.headings().count() <= listed && section.headings().next().is_some() {
            tree.open(Kind::Contents);
            rows.extend(section.headings().map(|(id, text)| row(setting, (id, text, false), tree)));
            tree.close();
        }
    }
    tree.close();
    tree.close();

    let mut pages = Vec::new();
    let mut y = Length::MAX;
    for row in rows {
        // A section's title does not stand alone at the foot of a page.
        let least = if row.is_section { row.height() + 2_000 } else { row.height() };
        if y.saturating_add(least) > SHEET.bottom() {
            y = if pages.is_empty() { first_row() } else { SHEET.top() };
            pages.push(Vec::new());
        }
        y += row.height();
        pages.last_mut().expect("the first row turns a page").push(row);
    }
    Plan { title, pages }
}

fn row<'d>(setting: &Setting<'d>, (id, title, is_section): (&'d str, &str, bool), tree: &mut Tree) -> Row<'d> {
    let style = if is_section { SECTION } else { HEADING };
    let indent = if is_section { 0 } else { INDENT };
    tree.open(Kind::ContentsItem);
    let element = tree.add(Kind::Reference);
    tree.close();
    Row { id, is_section, lines: setting.lines(style, title, SHEET.measure() - NUMBERS - indent), element }
}

/// Where the first row stands, below the title.
fn first_row() -> Length {
    SHEET.top() + TITLE.leading() + 1_600
}

/// Draws the contents. The entries are those that the sections made, in the same order as the rows.
pub(super) fn draw<'d>(plan: &Plan<'d>, entries: &[Entry<'d>], setting: &Setting<'d>) -> Vec<Page<'d>> {
    let mut entries = entries.iter();
    let mut pages = Vec::new();
    for (number, rows) in plan.pages.iter().enumerate() {
        let mut page = Page::new(SHEET);
        let mut y = SHEET.top();
        if number == 0 {
            let title = setting.faces.shown(TITLE.face, setting.language.words("Contents"));
            page.canvas.text(plan.title, (SHEET.left(), y + TITLE.rise()), TITLE, &title);
            let rule = Area { x: SHEET.left(), y: y + TITLE.leading() + 300, width: 4_000, height: 220 };
            page.canvas.rectangle(rule, ACCENT);
            y = first_row();
        }
        for row in rows {
            let entry = entries.find(|entry| entry.id == row.id && entry.is_section == row.is_section);
            draw_row(&mut page, row, y, entry.map(|entry| entry.page + 1), setting);
            y += row.height();
        }
        pages.push(page);
    }
    pages
}

fn draw_row(page: &mut Page<'_>, row: &Row<'_>, top: Length, number: Option<usize>, setting: &Setting<'_>) {
    let style = row.style();
    let left = if row.is_section { SHEET.left() } else { SHEET.left() + INDENT };
    let right = SHEET.left() + SHEET.measure();
    let mut base = top + row.above() + style.rise();
    let first = base;
    for (line, at) in row.lines.iter().zip(1..) {
        // Between the title and its page number stands the width of the page, and a space for who does not see it.
        let line = if at == row.lines.len() { &format!("{} ", line.trim_end()) } else { line };
        page.canvas.text(Some(row.element), (left, base), style, line);
        base += style.leading();
    }
    if let Some(number) = number {
        let number = number.to_string();
        let place = (right - setting.faces.width(style, &number), first);
        page.canvas.text(Some(row.element), place, style.coloured(INK), &number);
    }
    let y = top + row.above();
    let height = row.height() - row.above();
    if row.is_section {
        let width = right - left;
        page.canvas.rectangle(Area { x: left, y: top + row.height() - 40, width, height: 40 }, RULE);
    }
    let area = Area { x: left, y, width: right - left, height };
    page.canvas.link(row.element, area, Link::Inside(row.id.to_owned()));
}
