//! Stacked bars, each as long as its count, with a legend and every number in figures.

use super::facts::{block, square};
use super::flow::Flow;
use super::page::{Area, Style};
use super::palette::{self, BODY, FAINT, INK, Length, SMALL, ZEBRA};
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
    flow.write(x, BODY.bold(), &title);
    legend(flow, chart);
    for bar in &chart.bars {
        flow.need(bar_height(flow, bar, longest(chart)));
        place_bar(flow, bar, longest(chart));
    }
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

fn legend(flow: &mut Flow<'_, '_>, chart: &Chart) {
    let places = legend_places(flow, chart);
    flow.y += 300;
    let (left, top) = (flow.sheet.left(), flow.y);
    for (x, line, label, tone) in &places {
        let y = top + NOTE.rise() + line * NOTE.leading();
        square(flow.canvas(), left + x, y, *tone);
        flow.canvas().text(left + x + 900, y, NOTE.coloured(INK), label);
    }
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

fn place_bar(flow: &mut Flow<'_, '_>, bar: &Bar, longest: u64) {
    let (left, top, track) = (flow.sheet.left(), flow.y, track(flow));
    let bottom = top + bar_height(flow, bar, longest);
    let base = top + LABEL.rise_within(THICKNESS);
    let label = flow.setting.lines(LABEL, &bar.label, label_width(flow) - 800);
    for (line, index) in label.iter().zip(0..) {
        flow.canvas().text(left, base + index * LABEL.leading(), LABEL, line);
    }

    let start = left + label_width(flow);
    let mut x = start;
    flow.canvas().rectangle(Area { x, y: top, width: track, height: THICKNESS }, ZEBRA);
    for ((_, count, tone), length) in lengths(bar, longest, track) {
        let area = Area { x, y: top, width: (length - SEAM).max(SEAM), height: THICKNESS };
        block(flow.canvas(), area, *tone);
        if carries(flow, *count, length) {
            let count = count.to_string();
            let shown = flow.setting.faces.shown(FIGURE.face, &count);
            let centre = x + (length - SEAM - flow.setting.faces.width(FIGURE, &shown)) / 2;
            flow.canvas().text(centre, base, FIGURE.coloured(palette::on(*tone)), &shown);
        }
        x += length;
    }

    let total = total(bar).to_string();
    let total = flow.setting.faces.shown(FIGURE.face, &total);
    flow.canvas().text(start + track + 600, base, FIGURE.coloured(INK), &total);
    let notes = notes(flow, bar, longest);
    flow.y = top + THICKNESS + 100;
    flow.write(start, NOTE.coloured(FAINT), &notes);
    flow.y = bottom;
}
