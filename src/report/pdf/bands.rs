//! Tables in bands: headings across the table, each with what is said of it above its rows.

use std::sync::Arc;

use super::area::{Area, Length};
use super::flow::Flow;
use super::grid::Grid;
use super::palette::{self, BAND, BODY, FAINT, INK, SMALL};
use super::style::Style;
use super::table::{open_head, place_band, place_head};
use super::text::{MARK, MARK_PADDING};
use super::tree::Kind;
use crate::model::{Arg, say};
use crate::report::document::{Band, Bands};

const TITLE: Style = BODY.sized(950).bold();
const NOTE: Style = SMALL.sized(800).coloured(INK);
const MORE: Style = SMALL.sized(800).coloured(FAINT);
const GAP: Length = 650;
/// Between a band's edge and its words.
const SIDE: Length = 420;
const PADDING: Length = 200;

/// A band's words, broken into lines.
struct Words {
    indent: Length,
    title: Vec<String>,
    notes: Vec<Vec<String>>,
}

impl Words {
    fn of(flow: &Flow<'_, '_>, band: &Band) -> Self {
        let width = flow.sheet.measure() - 2 * SIDE;
        let indent = band.mark.as_ref().map_or(0, |(word, _)| {
            let word = flow.setting.faces.shown(MARK.face, word);
            flow.setting.faces.width(MARK, &word).min(20_000) + 2 * MARK_PADDING + 600
        });
        let title = flow.setting.lines(TITLE, &band.title, width - indent);
        let notes = band.notes.iter().map(|note| flow.setting.lines(NOTE, note, width)).collect();
        Self { indent, title, notes }
    }

    fn height(&self) -> Length {
        let notes: usize = self.notes.iter().map(Vec::len).sum();
        2 * PADDING + lines_height(TITLE, self.title.len()) + lines_height(NOTE, notes) + 150
    }
}

fn lines_height(style: Style, lines: usize) -> Length {
    Length::try_from(lines).unwrap_or(1_000) * style.leading()
}

/// Puts the bands on the pages that they need; a band's words stand on the page of its first rows.
pub(super) fn place<'d>(flow: &mut Flow<'d, '_>, grid: &Arc<Grid<'d>>, bands: &'d Bands<'d>) {
    let half = (flow.sheet.bottom() - flow.sheet.top()) / 2;
    let first = bands.parts().next().map_or(0, |(band, rows)| Words::of(flow, band).height() + grid.first_rows(rows));
    flow.need((GAP + grid.head_height() + first).min(half));
    flow.gap(GAP);
    flow.tree.open(Kind::Table);
    let columns = u16::try_from(bands.table.columns.len()).expect("a table has few columns");
    let head = open_head(flow, grid);
    place_head(flow, grid, Some(head));
    for (at, (band, rows)) in bands.parts().enumerate() {
        let words = Words::of(flow, band);
        if at > 0 {
            flow.y += GAP;
        }
        if flow.room() < (words.height() + grid.first_rows(rows.clone())).min(half) {
            flow.turn_page();
            place_head(flow, grid, None);
        }
        flow.tree.open(Kind::TableBody);
        place_words(flow, band, &words, columns);
        place_band(flow, grid, rows, &|flow| continued(flow, band));
        if let Some(more) = &band.more {
            let lines = flow.setting.lines(MORE, more, flow.sheet.measure() - 2 * SIDE);
            if flow.room() < lines_height(MORE, lines.len()) {
                flow.turn_page();
                place_head(flow, grid, None);
                continued(flow, band);
            }
            flow.y += 150;
            flow.tree.open(Kind::Row);
            let cell = flow.tree.add(Kind::WideCell(columns));
            flow.tree.close();
            flow.write(cell, flow.sheet.left() + SIDE, MORE, &lines);
        }
        flow.tree.close();
    }
    flow.tree.close();
    flow.y += 400;
}

fn place_words<'d>(flow: &mut Flow<'d, '_>, band: &'d Band, words: &Words, columns: u16) {
    let (x, y, width) = (flow.sheet.left(), flow.y, flow.sheet.measure());
    flow.enter(&band.id, &band.title, false);
    flow.tree.open(Kind::Row);
    flow.tree.open(Kind::BandCell(columns));
    let title = flow.tree.add(Kind::Heading(flow.level + 1));
    let height = PADDING + lines_height(TITLE, words.title.len()) + 100;
    flow.canvas().rectangle(Area { x, y, width, height }, BAND);
    flow.y += PADDING;
    if let Some((word, tone)) = &band.mark {
        let word = flow.setting.faces.shown(MARK.face, word).into_owned();
        let area = Area { x: x + SIDE, y: flow.y + 120, width: words.indent - 600, height: TITLE.leading() - 240 };
        let base = flow.y + MARK.rise_within(TITLE.leading());
        flow.canvas().rectangle(area, palette::fill(*tone));
        let style = MARK.coloured(palette::on(*tone));
        flow.canvas().text(Some(title), (x + SIDE + MARK_PADDING, base), style, &format!("{word} "));
    }
    flow.write(title, x + SIDE + words.indent, TITLE, &words.title);
    flow.y += 150;
    for note in &words.notes {
        let paragraph = flow.tree.add(Kind::Paragraph);
        flow.write(paragraph, x + SIDE, NOTE, note);
    }
    flow.tree.close();
    flow.tree.close();
    flow.y += PADDING;
}

/// What tells a reader on the next page whose rows go on there.
fn continued(flow: &mut Flow<'_, '_>, band: &Band) {
    let title = Arg::text(&band.title);
    let text = flow.setting.language.said(&say!("Continued: {title}", title = title));
    let lines = flow.setting.lines(MORE, &text, flow.sheet.measure() - 2 * SIDE);
    flow.y += 150;
    flow.repeat(flow.sheet.left() + SIDE, MORE, &lines[..1]);
    flow.y += 150;
}
