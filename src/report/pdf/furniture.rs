//! The running head and foot of every page but the cover.

use std::borrow::Cow;

use super::area::{Area, Length};
use super::canvas::Canvas;
use super::measure::Faces;
use super::palette::{ACCENT, RULE, SMALL, Sheet};
use super::style::Style;
use super::wrap::lines;
use crate::model::{Arg, say};
use crate::report::document::Cover;
use crate::report::language::Language;

const HEAD: Style = SMALL;
const WORDMARK: Style = SMALL.sized(1_000).bold().coloured(ACCENT);

/// The words of the running head.
pub(super) struct Furniture {
    title: String,
    customer: String,
    date: String,
    language: Language,
}

impl Furniture {
    pub(super) fn new(cover: &Cover, faces: &Faces, language: Language) -> Self {
        // The numbers are written when all pages are known, which is after the characters in use were counted.
        faces.shown(HEAD.face, &format!("{}0123456789\u{2026}", page(language, 1, 1)));
        faces.shown(WORDMARK.face, "klar");
        let parts = [cover.customer.as_deref(), cover.distribution.as_deref()].into_iter().flatten();
        let customer = parts.flat_map(|part| ["  \u{b7}  ", part]).collect::<String>();
        Self {
            language,
            title: faces.shown(HEAD.face, &cover.title).into_owned(),
            customer: faces.shown(HEAD.face, &customer).into_owned(),
            date: faces.shown(HEAD.face, &cover.day(language)).into_owned(),
        }
    }

    /// Draws the head and foot of the page with this number of so many.
    pub(super) fn draw(&self, canvas: &mut Canvas, faces: &Faces, sheet: Sheet, number: usize, of: usize) {
        let (left, right) = (sheet.left(), sheet.left() + sheet.measure());
        let date = right - faces.width(HEAD, &self.date);
        let room = date - left - 2_500;
        let customer = shortened(faces, &self.customer, room / 2);
        let title = shortened(faces, &self.title, room - faces.width(HEAD, &customer));
        let head = sheet.top() - 3_000;
        canvas.text(None, (left, head), HEAD, &format!("{title}{customer}"));
        canvas.text(None, (date, head), HEAD, &self.date);
        rule(canvas, sheet, head + 550);

        let foot = sheet.height() - 3_000;
        let page = page(self.language, number, of);
        canvas.text(None, (left, foot), WORDMARK, "klar");
        canvas.text(None, (right - faces.width(HEAD, &page), foot), HEAD, &page);
        rule(canvas, sheet, foot - 1_300);
    }
}

/// Which page it is of how many.
fn page(language: Language, number: usize, of: usize) -> String {
    language.said(&say!("Page {number} of {of}", number = Arg::at(number), of = Arg::at(of)))
}

/// What does not fit on one line is cut here; the cover has the whole of it.
fn shortened<'t>(faces: &Faces, text: &'t str, width: Length) -> Cow<'t, str> {
    let mut lines = lines(faces, HEAD, text, width);
    let first = lines.next().unwrap_or_default();
    if lines.next().is_none() { text.into() } else { format!("{}\u{2026}", first.trim_end()).into() }
}

fn rule(canvas: &mut Canvas, sheet: Sheet, y: Length) {
    canvas.rectangle(Area { x: sheet.left(), y, width: sheet.measure(), height: 50 }, RULE);
}
