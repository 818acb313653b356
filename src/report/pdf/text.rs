//! Headings, paragraphs and callouts.

use super::area::{Area, Length};
use super::flow::Flow;
use super::palette::{self, BODY, FAINT, HEADING};
use super::style::{Face, Style};
use super::tree::Kind;
use crate::report::document::Tone;

const GAP: Length = 800;
const GAP_ABOVE_HEADING: Length = 2_000;
const GAP_BELOW_HEADING: Length = 300;
pub(super) const MARK: Style = Style { face: Face::Bold, size: 800, colour: palette::WHITE };
/// Between a mark's edge and its word.
pub(super) const MARK_PADDING: Length = 500;
/// Between a callout's edge and its text.
const PADDING: Length = 900;
const BAR: Length = 300;

type Mark = (String, Tone);

pub(super) fn heading<'d>(flow: &mut Flow<'d, '_>, id: &'d str, text: &'d str, mark: Option<&Mark>, following: Length) {
    let (lines, indent) = heading_lines(flow, text, mark);
    let height = GAP_ABOVE_HEADING + lines_height(HEADING, lines.len()) + GAP_BELOW_HEADING;
    flow.need(height + following);
    flow.gap(GAP_ABOVE_HEADING);
    flow.enter(id, text, false);
    flow.level = 2;
    let element = flow.tree.add(Kind::Heading(2));
    let x = flow.sheet.left();
    if let Some((word, tone)) = mark {
        let word = flow.setting.faces.shown(MARK.face, word).into_owned();
        let area = Area { x, y: flow.y + 190, width: indent - 700, height: HEADING.leading() - 380 };
        let y = flow.y + MARK.rise_within(HEADING.leading());
        flow.canvas().rectangle(area, palette::fill(*tone));
        flow.canvas().text(
            Some(element),
            (x + MARK_PADDING, y),
            MARK.coloured(palette::on(*tone)),
            &format!("{word} "),
        );
    }
    flow.write(element, x + indent, HEADING, &lines);
    flow.y += GAP_BELOW_HEADING;
}

/// A heading's lines, and how far its mark moves them to the right.
fn heading_lines(flow: &Flow<'_, '_>, text: &str, mark: Option<&Mark>) -> (Vec<String>, Length) {
    let indent = mark.map_or(0, |(word, _)| {
        let word = flow.setting.faces.shown(MARK.face, word);
        flow.setting.faces.width(MARK, &word).min(20_000) + 2 * MARK_PADDING + 700
    });
    (flow.setting.lines(HEADING, text, flow.sheet.measure() - indent), indent)
}

pub(super) fn heading_height(flow: &Flow<'_, '_>, text: &str, mark: Option<&Mark>) -> Length {
    let (lines, _) = heading_lines(flow, text, mark);
    GAP_ABOVE_HEADING + lines_height(HEADING, lines.len()) + GAP_BELOW_HEADING
}

pub(super) fn paragraph(flow: &mut Flow<'_, '_>, text: &str) {
    let lines = flow.setting.lines(BODY, text, flow.sheet.column());
    flow.gap(GAP);
    let x = flow.sheet.left();
    let element = flow.tree.add(Kind::Paragraph);
    in_parts(flow, &lines, 0, |flow, part| flow.write(element, x, BODY, part));
}

/// What stands in the place of an empty table.
pub(super) fn remark(flow: &mut Flow<'_, '_>, text: &str) {
    let style = BODY.coloured(FAINT);
    let lines = flow.setting.lines(style, text, flow.sheet.column());
    flow.gap(GAP);
    let x = flow.sheet.left();
    let element = flow.tree.add(Kind::Paragraph);
    in_parts(flow, &lines, 0, |flow, part| flow.write(element, x, style, part));
}

pub(super) fn callout(flow: &mut Flow<'_, '_>, tone: Tone, text: &str) {
    let lines = callout_lines(flow, text);
    flow.gap(GAP + 200);
    if lines_height(BODY, lines.len()) + 2 * PADDING <= (flow.sheet.bottom() - flow.sheet.top()) / 2 {
        flow.need(lines_height(BODY, lines.len()) + 2 * PADDING);
    }
    let x = flow.sheet.left();
    let element = flow.tree.add(Kind::Paragraph);
    in_parts(flow, &lines, 2 * PADDING, |flow, part| {
        let height = lines_height(BODY, part.len()) + 2 * PADDING;
        let (y, width) = (flow.y, flow.sheet.column());
        flow.canvas().rectangle(Area { x, y, width, height }, palette::tint(tone));
        flow.canvas().rectangle(Area { x, y, width: BAR, height }, palette::fill(tone));
        flow.y += PADDING;
        flow.write(element, x + BAR + PADDING, BODY, part);
        flow.y += PADDING;
    });
    flow.y += 200;
}

fn callout_lines(flow: &Flow<'_, '_>, text: &str) -> Vec<String> {
    flow.setting.lines(BODY, text, flow.sheet.column() - BAR - 2 * PADDING)
}

pub(super) fn least(flow: &Flow<'_, '_>, text: &str) -> Length {
    let lines = flow.setting.lines(BODY, text, flow.sheet.column());
    GAP + lines_height(BODY, lines.len().min(3))
}

/// The height of a text of few lines.
pub(super) fn short(flow: &Flow<'_, '_>, text: &str) -> Option<Length> {
    let lines = flow.setting.lines(BODY, text, flow.sheet.column());
    (lines.len() <= 4).then(|| GAP + lines_height(BODY, lines.len()))
}

pub(super) fn least_callout(flow: &Flow<'_, '_>, text: &str) -> Length {
    GAP + 200 + 2 * PADDING + lines_height(BODY, callout_lines(flow, text).len())
}

fn lines_height(style: Style, lines: usize) -> Length {
    Length::try_from(lines).unwrap_or(Length::MAX / style.leading()).saturating_mul(style.leading())
}

/// Draws lines of body text in parts that fit their pages. A single line is left alone neither at the foot of a page nor
/// at the head of the next.
fn in_parts<'d, 's>(
    flow: &mut Flow<'d, 's>,
    lines: &[String],
    padding: Length,
    draw: impl Fn(&mut Flow<'d, 's>, &[String]),
) {
    let mut rest = lines;
    while !rest.is_empty() {
        let fitting = usize::try_from((flow.room() - padding) / BODY.leading()).unwrap_or(0);
        let taken = match rest.len().saturating_sub(fitting) {
            0 => rest.len(),
            1 => fitting.saturating_sub(1),
            _ => fitting,
        };
        if taken < 2.min(rest.len()) && !flow.is_at_top() {
            flow.turn_page();
            continue;
        }
        let (part, after) = rest.split_at(taken.max(1));
        draw(flow, part);
        rest = after;
        if !rest.is_empty() {
            flow.turn_page();
        }
    }
}
