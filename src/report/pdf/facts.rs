//! Labels with their values, a rule between each.

use super::flow::{Flow, is_address};
use super::page::{Area, Canvas, Style};
use super::palette::{self, ACCENT, BODY, FAINT, Length, RULE};
use crate::report::document::{Cell, Fact, Link, Tone};

const LABEL: Style = Style { face: super::measure::Face::Regular, size: 950, colour: FAINT };
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
    for fact in facts {
        row(flow, &fact.label, &fact.value);
    }
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
    let mut from = 0;
    while from < row.len() {
        if from > 0 {
            flow.turn_page();
        }
        let fitting = usize::try_from((flow.room() - 2 * PADDING) / BODY.leading()).unwrap_or(0).max(1);
        let to = row.len().min(from + fitting);
        draw(flow, &row, from, to);
        from = to;
    }
}

fn draw(flow: &mut Flow<'_, '_>, row: &Row, from: usize, to: usize) {
    let (x, top) = (flow.sheet.left(), flow.y + PADDING);
    let mut left = x + label_width(flow);
    if has_square(row.tone) {
        if from == 0 {
            square(flow.canvas(), left, top + row.style.rise(), row.tone);
        }
        left += SQUARE;
    }
    let part = |lines: &[String]| lines.iter().take(to).skip(from).cloned().collect::<Vec<_>>();
    for (line, index) in part(&row.label).iter().zip(0..) {
        flow.canvas().text(x, top + BODY.rise() + index * BODY.leading(), LABEL, line);
    }
    flow.y = top;
    let value = part(&row.value);
    flow.write(left, row.style, &value);
    let height = Length::try_from(to - from).expect("a page holds few lines") * BODY.leading();
    if let Some(link) = &row.link {
        let width = value.iter().map(|line| flow.setting.faces.width(row.style, line)).max().unwrap_or(0);
        flow.canvas().link(Area { x: left, y: top, width, height }, link.clone());
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

/// Whether a tone is shown by a square as well as by the text's colour.
pub(super) fn has_square(tone: Tone) -> bool {
    match tone {
        Tone::Good | Tone::Fair | Tone::Bad | Tone::Doubt => true,
        Tone::Plain | Tone::Faint => false,
    }
}

/// A small square on a base line.
pub(super) fn square(canvas: &mut Canvas, x: Length, base: Length, tone: Tone) {
    const SIDE: Length = 560;
    let area = Area { x, y: base - SIDE - 10, width: SIDE, height: SIDE };
    block(canvas, area, tone);
}

/// An area in the colour of a tone; for doubt only its outline, so that it differs without colour too.
pub(super) fn block(canvas: &mut Canvas, area: Area, tone: Tone) {
    const OUTLINE: Length = 110;
    canvas.rectangle(area, palette::fill(tone));
    if tone == Tone::Doubt && area.width > 3 * OUTLINE {
        let (width, height) = (area.width - 2 * OUTLINE, area.height - 2 * OUTLINE);
        canvas.rectangle(Area { x: area.x + OUTLINE, y: area.y + OUTLINE, width, height }, palette::WHITE);
    }
}
