//! The running head and foot of every page but the cover.

use super::measure::Faces;
use super::page::{Area, Canvas, Style};
use super::palette::{ACCENT, Length, RULE, SMALL, Sheet};
use super::wrap::lines;
use crate::report::document::Cover;

const HEAD: Style = SMALL;
const WORDMARK: Style = SMALL.sized(1_000).bold().coloured(ACCENT);

/// The words of the running head.
pub(super) struct Furniture {
    title: String,
    date: String,
}

impl Furniture {
    pub(super) fn new(cover: &Cover, faces: &Faces) -> Self {
        // The numbers are written when all pages are known, which is after the characters in use were counted.
        faces.shown(HEAD.face, "Page 0123456789 of");
        faces.shown(WORDMARK.face, "klar");
        let title: Vec<&str> = std::iter::once(cover.title.as_str()).chain(cover.customer.as_deref()).collect();
        Self {
            title: faces.shown(HEAD.face, &title.join("  \u{b7}  ")).into_owned(),
            date: faces.shown(HEAD.face, &format!("As of {}", cover.as_of)).into_owned(),
        }
    }

    /// Draws the head and foot of the page with this number of so many.
    pub(super) fn draw(&self, canvas: &mut Canvas, faces: &Faces, sheet: Sheet, number: usize, of: usize) {
        let (left, right) = (sheet.left(), sheet.left() + sheet.measure());
        let date = right - faces.width(HEAD, &self.date);
        // A title too long for one line is cut here; the cover has the whole of it.
        let title = lines(faces, HEAD, &self.title, date - left - 1_500).next().unwrap_or_default();
        let head = sheet.top() - 3_000;
        canvas.text(left, head, HEAD, title);
        canvas.text(date, head, HEAD, &self.date);
        rule(canvas, sheet, head + 550);

        let foot = sheet.height() - 3_000;
        let page = format!("Page {number} of {of}");
        canvas.text(left, foot, WORDMARK, "klar");
        canvas.text(right - faces.width(HEAD, &page), foot, HEAD, &page);
        rule(canvas, sheet, foot - 1_300);
    }
}

fn rule(canvas: &mut Canvas, sheet: Sheet, y: Length) {
    canvas.rectangle(Area { x: sheet.left(), y, width: sheet.measure(), height: 50 }, RULE);
}
