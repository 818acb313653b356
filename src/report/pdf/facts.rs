//! Labels with their values, a rule between each.

use std::ops::Range;

use super::area::{Area, Length};
use super::flow::Flow;
use super::marks::{has_square, square};
use super::palette::{self, ACCENT, BODY, FAINT, RULE};
use super::setting::is_address;
use super::style::{Face, Style};
use super::tree::{Element, Kind};
use crate::report::document::{Cell, Fact, Link, Tone};

const LABEL: Style = Style { face: Face::Regular, size: 950, colour: FAINT };
const GAP: Length = 800;
const PADDING: Length = 240;
/// The small square before a toned value, with the space after it.
const SQUARE: Length = 1_000;

/// A label and a value broken into lines.
struct Row {
    label: Vec<String>,
    value: Vec<String>,
    style: Style,
    tone: Tone,
    link: Option<Link>,
}

impl Row {
    fn new(flow: &Flow<'_, '_>, label: &str, cell: &Cell) -> Self {
        let link = flow.setting.link(cell).or_else(|| {
            let is_linked = cell.link.is_none() && is_address(&cell.text);
            is_linked.then(|| Link::Outside(cell.text.clone()))
        });
        let colour = if link.is_some() { ACCENT } else { palette::ink(cell.tone) };
        let style = BODY.coloured(colour);
        let label = flow.setting.lines(LABEL, label, label_width(flow) - 800);
        let indent = if has_square(cell.tone) { SQUARE } else { 0 };
        let value = flow.setting.lines(style, &cell.text, flow.sheet.column() - label_width(flow) - indent);
        Self { label, value, style, tone: cell.tone, link }
    }

    fn len(&self) -> usize {
        self.label.len().max(self.value.len())
    }

    fn height(&self) -> Length {
        2 * PADDING + Length::try_from(self.len()).unwrap_or(Length::MAX / 10_000) * BODY.leading()
    }
}

pub(super) fn place(flow: &mut Flow<'_, '_>, facts: &[Fact]) {
    flow.gap(GAP);
    flow.tree.open(Kind::List);
    for fact in facts {
        row(flow, &fact.label, &fact.value);
    }
    flow.tree.close();
    flow.y += 200;
}

/// One label with its value; what does not fit a page goes on at the top of the next.
pub(super) fn row(flow: &mut Flow<'_, '_>, label: &str, cell: &Cell) {
    let row = Row::new(flow, label, cell);
    if row.height() <= flow.sheet.bottom() - flow.sheet.top() {
        flow.need(row.height());
    } else {
        flow.need(2 * PADDING + 4 * BODY.leading());
    }
    flow.tree.open(Kind::Item);
    let elements = [flow.tree.add(Kind::Label), flow.tree.add(Kind::Body)];
    flow.tree.close();
    let mut from = 0;
    while from < row.len() {
        if from > 0 {
            flow.turn_page();
        }
        let fitting = usize::try_from((flow.room() - 2 * PADDING) / BODY.leading()).unwrap_or(0).max(1);
        let to = row.len().min(from + fitting);
        draw(flow, &row, elements, from..to);
        from = to;
    }
}

fn draw(flow: &mut Flow<'_, '_>, row: &Row, [label, body]: [Element; 2], shown: Range<usize>) {
    let (x, top) = (flow.sheet.left(), flow.y + PADDING);
    let mut left = x + label_width(flow);
    if has_square(row.tone) {
        if shown.start == 0 {
            square(flow.canvas(), left, top + row.style.rise(), row.tone);
        }
        left += SQUARE;
    }
    let part = |lines: &[String]| lines.iter().take(shown.end).skip(shown.start).cloned().collect::<Vec<_>>();
    for (line, index) in part(&row.label).iter().zip(0..) {
        flow.canvas().text(Some(label), (x, top + BODY.rise() + index * BODY.leading()), LABEL, line);
    }
    flow.y = top;
    let value = part(&row.value);
    flow.write(body, left, row.style, &value);
    let height = Length::try_from(shown.len()).expect("a page holds few lines") * BODY.leading();
    if let Some(link) = &row.link {
        let width = value.iter().map(|line| flow.setting.faces.width(row.style, line)).max().unwrap_or(0);
        flow.canvas().link(body, Area { x: left, y: top, width, height }, link.clone());
    }
    flow.y = top + height + PADDING;
    let (y, width) = (flow.y, flow.sheet.column());
    flow.canvas().rectangle(Area { x, y, width, height: 50 }, RULE);
}

/// The height of all of them.
pub(super) fn height(flow: &Flow<'_, '_>, facts: &[Fact]) -> Length {
    GAP + facts.iter().map(|fact| Row::new(flow, &fact.label, &fact.value).height()).sum::<Length>() + 200
}

fn label_width(flow: &Flow<'_, '_>) -> Length {
    flow.sheet.column() * 22 / 100
}
