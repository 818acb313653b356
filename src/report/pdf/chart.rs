//! Stacked bars, each as long as its count, with a legend and every number in figures.

use super::area::{Area, Length};
use super::flow::Flow;
use super::marks::{block, square};
use super::palette::{self, BODY, FAINT, INK, SMALL, ZEBRA};
use super::style::Style;
use super::tree::{Element, Kind, Picture};
use crate::report::document::{Bar, Chart, Tone};

const GAP: Length = 1_000;
const LABEL: Style = BODY.sized(950);
const FIGURE: Style = SMALL.sized(850).bold();
const NOTE: Style = SMALL.sized(850);
const THICKNESS: Length = 1_500;
/// The least length of a part, so that one machine in ten thousand is still seen.
const SLIVER: Length = 150;
const SEAM: Length = 60;
/// The room right of the bars for their totals.
const TOTAL: Length = 4_500;
const BELOW_BAR: Length = 900;

type Part = (String, u64, Tone);

pub(super) fn place(flow: &mut Flow<'_, '_>, chart: &Chart) {
    let first = chart.bars.first().map_or(0, |bar| bar_height(flow, bar, longest(chart)));
    let head = head_height(flow, chart);
    flow.need(GAP + head + first);
    flow.gap(GAP);
    let x = flow.sheet.left();
    let title = flow.setting.lines(BODY.bold(), &chart.title, flow.sheet.column());
    let element = flow.tree.add(Kind::Paragraph);
    flow.write(element, x, BODY.bold(), &title);
    let mut figure = Figure::begin(flow);
    legend(flow, chart, figure.element);
    for bar in &chart.bars {
        let height = bar_height(flow, bar, longest(chart));
        if flow.room() < height {
            figure.end(flow);
            flow.need(height);
            figure = Figure::begin(flow);
        }
        figure.words.push(said(bar));
        place_bar(flow, bar, longest(chart), figure.element);
    }
    figure.end(flow);
}

/// What stands of a chart on one page, and what it says in words.
struct Figure {
    element: Element,
    top: Length,
    words: Vec<String>,
}

impl Figure {
    fn begin(flow: &mut Flow<'_, '_>) -> Self {
        Self { element: flow.tree.add(Kind::Figure), top: flow.y, words: Vec::new() }
    }

    fn end(self, flow: &mut Flow<'_, '_>) {
        let (x, y, width, sheet) = (flow.sheet.left(), self.top, flow.sheet.column(), flow.sheet);
        let area = Area { x, y, width, height: flow.y - y };
        flow.tree.picture(self.element, Picture { words: self.words.join(" "), sheet, area });
    }
}

/// A bar in words.
fn said(bar: &Bar) -> String {
    let parts: Vec<String> =
        bar.parts.iter().filter(|part| part.1 > 0).map(|(label, count, _)| format!("{label} {count}")).collect();
    if parts.is_empty() { format!("{}: 0.", bar.label) } else { format!("{}: {}.", bar.label, parts.join(", ")) }
}

/// The heading above stands with the title, the legend and the first bar.
pub(super) fn least(flow: &Flow<'_, '_>, chart: &Chart) -> Length {
    let first = chart.bars.first().map_or(0, |bar| bar_height(flow, bar, longest(chart)));
    GAP + head_height(flow, chart) + first
}

/// The labels of all parts that are something, each once, in the order they come in.
fn legend_parts(chart: &Chart) -> Vec<(&str, Tone)> {
    let mut parts: Vec<(&str, Tone)> = Vec::new();
    for (label, count, tone) in chart.bars.iter().flat_map(|bar| &bar.parts) {
        if *count > 0 && !parts.contains(&(label.as_str(), *tone)) {
            parts.push((label, *tone));
        }
    }
    parts
}

/// The places of the legend's parts: right of the margin, line, text.
fn legend_places(flow: &Flow<'_, '_>, chart: &Chart) -> Vec<(Length, Length, String, Tone)> {
    let (mut x, mut line) = (0, 0);
    let mut places = Vec::new();
    for (label, tone) in legend_parts(chart) {
        let label = flow.setting.faces.shown(NOTE.face, label).into_owned();
        let width = 900 + flow.setting.faces.width(NOTE, &label) + 1_400;
        if x > 0 && x + width > flow.sheet.column() {
            (x, line) = (0, line + 1);
        }
        places.push((x, line, label, tone));
        x += width;
    }
    places
}

fn legend(flow: &mut Flow<'_, '_>, chart: &Chart, figure: Element) {
    let places = legend_places(flow, chart);
    flow.y += 300;
    let (left, top) = (flow.sheet.left(), flow.y);
    flow.canvas().shapes_of(Some(figure));
    for (x, line, label, tone) in &places {
        let y = top + NOTE.rise() + line * NOTE.leading();
        square(flow.canvas(), left + x, y, *tone);
        flow.canvas().text(Some(figure), (left + x + 900, y), NOTE.coloured(INK), &format!("{label} "));
    }
    flow.canvas().shapes_of(None);
    flow.y += places.last().map_or(0, |(_, line, _, _)| (line + 1) * NOTE.leading()) + 700;
}

fn head_height(flow: &Flow<'_, '_>, chart: &Chart) -> Length {
    let title = flow.setting.lines(BODY.bold(), &chart.title, flow.sheet.column()).len();
    let legend = legend_places(flow, chart).last().map_or(0, |(_, line, _, _)| (line + 1) * NOTE.leading());
    Length::try_from(title).unwrap_or(1) * BODY.leading() + 300 + legend + 700
}

fn longest(chart: &Chart) -> u64 {
    chart.bars.iter().map(total).max().unwrap_or(0)
}

fn total(bar: &Bar) -> u64 {
    bar.parts.iter().map(|(_, count, _)| count).sum()
}

fn label_width(flow: &Flow<'_, '_>) -> Length {
    flow.sheet.column() * 30 / 100
}

fn track(flow: &Flow<'_, '_>) -> Length {
    flow.sheet.column() - label_width(flow) - TOTAL
}

/// The parts that are something, with their lengths on the page.
fn lengths(bar: &Bar, longest: u64, track: Length) -> Vec<(&Part, Length)> {
    let parts: Vec<&Part> = bar.parts.iter().filter(|(_, count, _)| *count > 0).collect();
    let slivers = SLIVER * Length::try_from(parts.len()).unwrap_or(0);
    let room = u128::try_from(track - slivers).unwrap_or(0);
    let length = |count: u64| Length::try_from(u128::from(count) * room / u128::from(longest.max(1))).unwrap_or(track);
    parts.into_iter().map(|part| (part, SLIVER + length(part.1))).collect()
}

/// Whether a part is long enough to carry its number.
fn carries(flow: &Flow<'_, '_>, count: u64, length: Length) -> bool {
    flow.setting.faces.width(FIGURE, &count.to_string()) + 500 <= length
}

/// The numbers that do not fit on the bar, as a line below it.
fn notes(flow: &Flow<'_, '_>, bar: &Bar, longest: u64) -> Vec<String> {
    let is_note = |&(part, length): &(&Part, Length)| !carries(flow, part.1, length);
    let parts = lengths(bar, longest, track(flow));
    let notes: Vec<String> =
        parts.iter().copied().filter(is_note).map(|(part, _)| format!("{} {}", part.0, part.1)).collect();
    if notes.is_empty() { Vec::new() } else { flow.setting.lines(NOTE, &notes.join("  \u{b7}  "), track(flow)) }
}

fn bar_height(flow: &Flow<'_, '_>, bar: &Bar, longest: u64) -> Length {
    let label = flow.setting.lines(LABEL, &bar.label, label_width(flow) - 800).len();
    let notes = notes(flow, bar, longest).len();
    let label = Length::try_from(label).unwrap_or(1) * LABEL.leading();
    let right = THICKNESS + Length::try_from(notes).unwrap_or(0) * NOTE.leading();
    label.max(right) + BELOW_BAR
}

fn place_bar(flow: &mut Flow<'_, '_>, bar: &Bar, longest: u64, figure: Element) {
    let (left, top, track) = (flow.sheet.left(), flow.y, track(flow));
    let bottom = top + bar_height(flow, bar, longest);
    let base = top + LABEL.rise_within(THICKNESS);
    let label = flow.setting.lines(LABEL, &bar.label, label_width(flow) - 800);
    for (line, index) in label.iter().zip(0..) {
        let line = format!("{} ", line.trim_end());
        flow.canvas().text(Some(figure), (left, base + index * LABEL.leading()), LABEL, &line);
    }

    let start = left + label_width(flow);
    let mut x = start;
    flow.canvas().shapes_of(Some(figure));
    flow.canvas().rectangle(Area { x, y: top, width: track, height: THICKNESS }, ZEBRA);
    for ((_, count, tone), length) in lengths(bar, longest, track) {
        let area = Area { x, y: top, width: (length - SEAM).max(SEAM), height: THICKNESS };
        block(flow.canvas(), area, *tone);
        if carries(flow, *count, length) {
            let count = count.to_string();
            let shown = flow.setting.faces.shown(FIGURE.face, &count);
            let centre = x + (length - SEAM - flow.setting.faces.width(FIGURE, &shown)) / 2;
            let style = FIGURE.coloured(palette::on(*tone));
            flow.canvas().text(Some(figure), (centre, base), style, &format!("{shown} "));
        }
        x += length;
    }
    flow.canvas().shapes_of(None);

    let total = total(bar).to_string();
    let total = flow.setting.faces.shown(FIGURE.face, &total);
    let style = FIGURE.coloured(INK);
    flow.canvas().text(Some(figure), (start + track + 600, base), style, &format!("{total} "));
    let notes = notes(flow, bar, longest);
    flow.y = top + THICKNESS + 100;
    flow.write(figure, start, NOTE.coloured(FAINT), &notes);
    flow.y = bottom;
}
