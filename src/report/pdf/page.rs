//! A page that is being drawn: shapes below, words above, and the places that lead elsewhere.

use std::sync::Arc;

use printpdf::{Color, FontId, Mm, Op, PaintMode, PdfFontHandle, Pt, Rect, Rgb, TextItem, TextMatrix};

use super::measure::Face;
use super::palette::{Length, Sheet};
use super::table::{Grid, Stretch};
use crate::report::document::Link;

/// Red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Colour(pub(super) u8, pub(super) u8, pub(super) u8);

impl From<Colour> for Color {
    fn from(Colour(r, g, b): Colour) -> Self {
        let share = |part: u8| f32::from(part) / 255.0;
        Self::Rgb(Rgb { r: share(r), g: share(g), b: share(b), icc_profile: None })
    }
}

/// How a piece of text looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) face: Face,
    pub(super) size: Length,
    pub(super) colour: Colour,
}

impl Style {
    pub(super) const fn coloured(self, colour: Colour) -> Self {
        Self { colour, ..self }
    }

    pub(super) const fn sized(self, size: Length) -> Self {
        Self { size, ..self }
    }

    pub(super) const fn bold(self) -> Self {
        Self { face: Face::Bold, ..self }
    }

    /// From one base line to the next.
    pub(super) fn leading(self) -> Length {
        self.size * 135 / 100
    }

    /// From the top of a line to its base line, so that capitals stand in the middle of the line.
    pub(super) fn rise(self) -> Length {
        self.rise_within(self.leading())
    }

    /// From the top of a strip to the base line of text in the middle of it.
    pub(super) fn rise_within(self, height: Length) -> Length {
        Length::midpoint(height, self.size * 66 / 100)
    }
}

/// A rectangle, its place counted from the upper left corner of the page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Area {
    pub(super) x: Length,
    pub(super) y: Length,
    pub(super) width: Length,
    pub(super) height: Length,
}

/// What is drawn on a page, in the terms of the PDF library.
pub(super) struct Canvas {
    sheet: Sheet,
    shapes: Vec<Op>,
    words: Vec<Op>,
    links: Vec<(Area, Link)>,
    fill: Option<Colour>,
    pen: Option<Style>,
}

impl Canvas {
    fn new(sheet: Sheet) -> Self {
        Self { sheet, shapes: Vec::new(), words: Vec::new(), links: Vec::new(), fill: None, pen: None }
    }

    pub(super) fn rectangle(&mut self, area: Area, colour: Colour) {
        if self.fill != Some(colour) {
            self.shapes.push(Op::SetFillColor { col: colour.into() });
            self.fill = Some(colour);
        }
        let rectangle = Rect { mode: Some(PaintMode::Fill), ..self.placed(area) };
        self.shapes.push(Op::DrawRectangle { rectangle });
    }

    /// A line of text with its base line at `y`.
    pub(super) fn text(&mut self, x: Length, y: Length, style: Style, text: &str) {
        if text.is_empty() {
            return;
        }
        let before = self.pen.replace(style);
        if before.is_none_or(|before| before.coloured(style.colour) != style) {
            self.words.push(Op::SetFont { font: handle(style.face), size: points(style.size) });
        }
        if before.is_none_or(|before| before.colour != style.colour) {
            self.words.push(Op::SetFillColor { col: style.colour.into() });
        }
        let matrix = TextMatrix::Translate(points(x), points(self.sheet.height() - y));
        self.words.push(Op::SetTextMatrix { matrix });
        self.words.push(Op::ShowText { items: vec![TextItem::Text(text.to_owned())] });
    }

    pub(super) fn link(&mut self, area: Area, link: Link) {
        self.links.push((area, link));
    }

    fn placed(&self, area: Area) -> Rect {
        Rect {
            x: points(area.x),
            y: points(self.sheet.height() - area.y - area.height),
            width: points(area.width),
            height: points(area.height),
            mode: None,
            winding_order: None,
        }
    }

    /// The page for the library, and its links with their places.
    pub(super) fn finish(mut self) -> (printpdf::PdfPage, Vec<(Rect, Link)>) {
        let links = std::mem::take(&mut self.links);
        let links = links.into_iter().map(|(area, link)| (self.placed(area), link)).collect();
        let mut ops = self.shapes;
        ops.push(Op::StartTextSection);
        ops.append(&mut self.words);
        ops.push(Op::EndTextSection);
        (printpdf::PdfPage::new(Mm(0.0), Mm(0.0), ops), links)
    }
}

/// The name a typeface has within the file.
pub(super) fn font_id(face: Face) -> FontId {
    FontId(match face {
        Face::Regular => "R".to_owned(),
        Face::Bold => "B".to_owned(),
    })
}

/// How the library is told to write in a typeface.
pub(super) fn handle(face: Face) -> PdfFontHandle {
    PdfFontHandle::External(font_id(face))
}

/// A length for the library.
#[expect(clippy::cast_precision_loss, reason = "a length on a page is far below what a float counts exactly")]
pub(super) fn points(length: Length) -> Pt {
    Pt(length as f32 / 100.0)
}

/// A page that is laid out, though the rows of its tables are not drawn yet.
pub(super) struct Page<'d> {
    pub(super) sheet: Sheet,
    pub(super) canvas: Canvas,
    pub(super) stretches: Vec<(Arc<Grid<'d>>, Stretch)>,
}

impl Page<'_> {
    pub(super) fn new(sheet: Sheet) -> Self {
        Self { sheet, canvas: Canvas::new(sheet), stretches: Vec::new() }
    }
}
