//! The contents: every section with its page, and the headings of sections that have not too many.

use super::flow::{Entry, Setting};
use super::page::{Area, Page, Style};
use super::palette::{ACCENT, BODY, INK, Length, RULE, Sheet, TITLE};
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

/// The contents page by page, before any page number is known.
pub(super) fn plan<'d>(document: &'d Document<'d>, setting: &Setting<'d>) -> Vec<Vec<Row<'d>>> {
    // Page numbers are written when all pages are known, which is after the characters in use were counted.
    setting.faces.shown(SECTION.face, "0123456789 Contents");
    setting.faces.shown(HEADING.face, "0123456789");
    let sections = &document.sections;
    let lines = sections.len() + sections.iter().map(|section| section.headings().count()).sum::<usize>();
    let listed = if lines <= LINES { LINES } else { FEW_HEADINGS };
    let mut rows = Vec::new();
    for section in sections {
        rows.push(row(setting, &section.id, &section.title, true));
        if section.headings().count() <= listed {
            rows.extend(section.headings().map(|(id, text)| row(setting, id, text, false)));
        }
    }

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
    pages
}

fn row<'d>(setting: &Setting<'d>, id: &'d str, title: &str, is_section: bool) -> Row<'d> {
    let style = if is_section { SECTION } else { HEADING };
    let indent = if is_section { 0 } else { INDENT };
    Row { id, is_section, lines: setting.lines(style, title, SHEET.measure() - NUMBERS - indent) }
}

/// Where the first row stands, below the title.
fn first_row() -> Length {
    SHEET.top() + TITLE.leading() + 1_600
}

/// Draws the contents. The entries are those that the sections made, in the same order as the rows.
pub(super) fn draw<'d>(plan: &[Vec<Row<'d>>], entries: &[Entry<'d>], setting: &Setting<'d>) -> Vec<Page<'d>> {
    let mut entries = entries.iter();
    let mut pages = Vec::new();
    for (number, rows) in plan.iter().enumerate() {
        let mut page = Page::new(SHEET);
        let mut y = SHEET.top();
        if number == 0 {
            page.canvas.text(SHEET.left(), y + TITLE.rise(), TITLE, &setting.faces.shown(TITLE.face, "Contents"));
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
    if let Some(number) = number {
        let number = number.to_string();
        page.canvas.text(right - setting.faces.width(style, &number), base, style.coloured(INK), &number);
    }
    for line in &row.lines {
        page.canvas.text(left, base, style, line);
        base += style.leading();
    }
    let y = top + row.above();
    let height = row.height() - row.above();
    if row.is_section {
        let width = right - left;
        page.canvas.rectangle(Area { x: left, y: top + row.height() - 40, width, height: 40 }, RULE);
    }
    let area = Area { x: left, y, width: right - left, height };
    page.canvas.link(area, Link::Inside(row.id.to_owned()));
}
