//! The cover: wordmark, title, whom it is for, and the facts of the report.

use super::area::{Area, Length};
use super::canvas::Canvas;
use super::facts;
use super::flow::Flow;
use super::image;
use super::page::Page;
use super::palette::{ACCENT, FAINT, INK, Sheet};
use super::setting::Setting;
use super::style::{Face, Style};
use super::tree::{Kind, Picture, Tree};
use crate::report::document::{Cell, Cover};

const WORDMARK: Style = Style { face: Face::Bold, size: 2_800, colour: ACCENT };
const TITLE: Style = Style { face: Face::Bold, size: 3_200, colour: INK };
const CUSTOMER: Style = Style { face: Face::Regular, size: 1_800, colour: INK };
const SITE: Style = Style { face: Face::Regular, size: 1_300, colour: FAINT };
const FOOT: Style = Style { face: Face::Regular, size: 900, colour: FAINT };

/// Where the middle of the customer's logo stands, which is that of the wordmark, and how high it may reach.
const LOGO_MIDDLE: Length = 7_900;
const LOGO_TOP: Length = 4_000;

/// The cover; what it has no room for goes on a second page.
pub(super) fn lay_out<'d>(cover: &Cover, setting: &Setting<'d>) -> (Vec<Page<'d>>, Tree) {
    let mut flow = Flow::new(setting, 0, Tree::new());
    flow.turn_page();
    flow.tree.open(Kind::Section);
    let sheet = Sheet::Portrait;
    let left = sheet.left();
    let band = Area { x: 0, y: 0, width: 1_400, height: sheet.height() };
    flow.canvas().rectangle(band, ACCENT);
    wordmark(&mut flow);
    logo(&mut flow, cover);

    flow.y = 21_000;
    let column = sheet.column();
    let lines = setting.lines(TITLE, &cover.title, column);
    let element = flow.tree.add(Kind::Paragraph);
    flow.write(element, left, TITLE, &lines);
    flow.y += 600;
    let rule = Area { x: left, y: flow.y, width: 6_000, height: 260 };
    flow.canvas().rectangle(rule, ACCENT);
    flow.y += 1_600;
    for (style, text) in [(CUSTOMER, &cover.customer), (SITE, &cover.site)] {
        if let Some(text) = text {
            let lines = setting.lines(style, text, column);
            let element = flow.tree.add(Kind::Paragraph);
            flow.write(element, left, style, &lines);
            flow.y += 200;
        }
    }
    flow.y = facts_place(&flow, cover);
    flow.tree.open(Kind::List);
    for (label, value) in &cover.facts {
        facts::row(&mut flow, label, &Cell::from(value.as_str()));
    }
    flow.tree.close();
    foot(&mut flow.pages[0].canvas, setting, cover);
    flow.tree.close();
    (flow.pages, flow.tree)
}

fn wordmark(flow: &mut Flow<'_, '_>) {
    let (x, y) = (Sheet::Portrait.left(), 8_800);
    let faces = &flow.setting.faces;
    let word = faces.shown(WORDMARK.face, "klar").into_owned();
    let width = faces.width(WORDMARK, &word);
    flow.canvas().text(None, (x, y), WORDMARK, &word);
    // The full stop of "ready." is a square, like the marks in the tables.
    flow.canvas().rectangle(Area { x: x + width + 150, y: y - 520, width: 520, height: 520 }, INK);
}

/// The customer's logo at the right edge, beside the wordmark.
fn logo(flow: &mut Flow<'_, '_>, cover: &Cover) {
    let Some(pixels) = cover.logo.as_ref().and_then(|logo| logo.pixels()) else { return };
    let (width, height) = pixels.on_paper();
    let length = |side: u64| Length::try_from(side).expect("a logo fits its cover");
    let (width, height, sheet) = (length(width), length(height), Sheet::Portrait);
    let (x, y) = (sheet.width() - sheet.left() - width, (LOGO_MIDDLE - height / 2).max(LOGO_TOP));
    let area = Area { x, y, width, height };
    let element = flow.tree.add(Kind::Figure);
    flow.tree.picture(element, Picture { words: cover.logo_words(flow.setting.language), sheet, area });
    flow.canvas().image(element, area, image::NAME);
}

fn foot(canvas: &mut Canvas, setting: &Setting<'_>, cover: &Cover) {
    let faces = &setting.faces;
    let sheet = Sheet::Portrait;
    let y = sheet.height() - 3_600;
    let producer = faces.shown(FOOT.face, &cover.producer).into_owned();
    let date = faces.shown(FOOT.face, &cover.day(setting.language)).into_owned();
    let right = sheet.width() - sheet.left() - faces.width(FOOT, &date);
    canvas.text(None, (sheet.left(), y), FOOT, &producer);
    canvas.text(None, (right, y), FOOT, &date);
}

/// The facts stand in the lower half, higher up if they are many.
fn facts_place(flow: &Flow<'_, '_>, cover: &Cover) -> Length {
    let bottom = Sheet::Portrait.bottom() - 1_000;
    let rows = Length::try_from(cover.facts.len()).unwrap_or(100).min(100) * 2_000;
    (bottom - rows).min(48_000).max(flow.y + 3_000)
}
