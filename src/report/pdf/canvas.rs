//! What is drawn on a page: shapes below, words above, and the places that lead elsewhere.

use printpdf::matrix::CurTransMat;
use printpdf::{
    Color, DictItem, FontId, Mm, Op, PaintMode, PdfFontHandle, PdfPage, Pt, Rect, Rgb, TextItem, TextMatrix, XObjectId,
    XObjectTransform,
};

use super::area::{Area, Length};
use super::palette::Sheet;
use super::style::{Colour, Face, Style};
use super::tree::Element;
use crate::report::document::Link;

impl From<Colour> for Color {
    fn from(Colour(r, g, b): Colour) -> Self {
        let share = |part: u8| f32::from(part) / 255.0;
        Self::Rgb(Rgb { r: share(r), g: share(g), b: share(b), icc_profile: None })
    }
}

/// What is drawn on a page.
pub(super) struct Canvas {
    sheet: Sheet,
    shapes: Vec<Op>,
    words: Vec<Word>,
    links: Vec<(Area, Link, Element)>,
    fill: Option<Colour>,
    /// The picture that shapes are drawn for; all others are ornament.
    picture: Option<Element>,
    /// What the last shape belongs to, once there is one.
    within: Within,
    marks: Vec<u32>,
}

/// Where a shape is put.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    /// No mark was begun.
    Nothing,
    /// A mark of an element, or of ornament.
    Mark(Option<Element>),
}

/// A line of text at its place, and what it belongs to; the running head and foot belong to nothing.
struct Word {
    of: Option<Element>,
    x: Length,
    y: Length,
    style: Style,
    text: String,
}

/// A page in the terms of the PDF library, with what only the file as a whole can place.
pub(super) struct Finished {
    pub(super) page: PdfPage,
    pub(super) links: Vec<(Rect, Link, Element)>,
    /// The number of the element that each mark belongs to.
    pub(super) marks: Vec<u32>,
}

impl Canvas {
    pub(super) fn new(sheet: Sheet) -> Self {
        let (shapes, words, links, marks) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { sheet, shapes, words, links, fill: None, picture: None, within: Within::Nothing, marks }
    }

    /// Makes the shapes that follow part of a picture, or ornament again.
    pub(super) fn shapes_of(&mut self, picture: Option<Element>) {
        self.picture = picture;
    }

    /// Makes what is drawn next belong to a picture, or be ornament.
    fn enter(&mut self, of: Option<Element>) {
        if self.within != Within::Mark(of) {
            if self.within != Within::Nothing {
                self.shapes.push(Op::EndMarkedContent);
            }
            self.shapes.push(mark(of, &mut self.marks));
            self.within = Within::Mark(of);
        }
    }

    pub(super) fn rectangle(&mut self, area: Area, colour: Colour) {
        self.enter(self.picture);
        if self.fill != Some(colour) {
            self.shapes.push(Op::SetFillColor { col: colour.into() });
            self.fill = Some(colour);
        }
        let rectangle = Rect { mode: Some(PaintMode::Fill), ..self.placed(area) };
        self.shapes.push(Op::DrawRectangle { rectangle });
    }

    /// An image of the file by its name.
    pub(super) fn image(&mut self, of: Element, area: Area, name: &str) {
        self.enter(Some(of));
        let Rect { x, y, width, height, .. } = self.placed(area);
        let matrix = CurTransMat::Raw([width.0, 0.0, 0.0, height.0, x.0, y.0]);
        let transform = XObjectTransform { no_auto_scale: true, ..XObjectTransform::default() };
        self.shapes.push(Op::SaveGraphicsState);
        self.shapes.push(Op::SetTransformationMatrix { matrix });
        self.shapes.push(Op::UseXobject { id: XObjectId(name.to_owned()), transform });
        self.shapes.push(Op::RestoreGraphicsState);
    }

    /// A line of text with its base line at `y`. The white space that it was broken at is written too, for whoever reads the
    /// text and not the page.
    pub(super) fn text(&mut self, of: Option<Element>, (x, y): (Length, Length), style: Style, line: &str) {
        let mut text = line.trim_end().to_owned();
        if text.is_empty() {
            return;
        }
        if text.len() < line.len() {
            text.push(' ');
        }
        self.words.push(Word { of, x, y, style, text });
    }

    pub(super) fn link(&mut self, of: Element, area: Area, link: Link) {
        self.links.push((area, link, of));
    }

    pub(super) fn placed(&self, area: Area) -> Rect {
        placed(self.sheet, area)
    }

    /// The page for the library. Its text stands in the order in which it is read.
    pub(super) fn finish(mut self) -> Finished {
        let links = std::mem::take(&mut self.links);
        let links = links.into_iter().map(|(area, link, of)| (self.placed(area), link, of)).collect();
        let mut ops = self.shapes;
        if self.within != Within::Nothing {
            ops.push(Op::EndMarkedContent);
        }
        ops.push(Op::StartTextSection);
        self.words.sort_by_key(|word| word.of.map_or(u32::MAX, |element| element.number));
        let mut pen: Option<Style> = None;
        for words in self.words.chunk_by_mut(|one, next| one.of == next.of) {
            ops.extend(words.first().map(|word| mark(word.of, &mut self.marks)));
            for word in words {
                let (before, style) = (pen.replace(word.style), word.style);
                if before.is_none_or(|before| before.coloured(style.colour) != style) {
                    ops.push(Op::SetFont { font: handle(style.face), size: points(style.size) });
                }
                if before.is_none_or(|before| before.colour != style.colour) {
                    ops.push(Op::SetFillColor { col: style.colour.into() });
                }
                let matrix = TextMatrix::Translate(points(word.x), points(self.sheet.height() - word.y));
                ops.push(Op::SetTextMatrix { matrix });
                ops.push(Op::ShowText { items: vec![TextItem::Text(std::mem::take(&mut word.text))] });
            }
            ops.push(Op::EndMarkedContent);
        }
        ops.push(Op::EndTextSection);
        Finished { page: PdfPage::new(Mm(0.0), Mm(0.0), ops), links, marks: self.marks }
    }
}

/// Begins what belongs to an element, under the next number of the page, or ornament.
fn mark(of: Option<Element>, marks: &mut Vec<u32>) -> Op {
    let Some(element) = of else { return Op::BeginMarkedContent { tag: "Artifact".to_owned() } };
    let number = i64::try_from(marks.len()).expect("a page has few marks");
    marks.push(element.number);
    let map = [("MCID".to_owned(), DictItem::Int(number))].into();
    Op::BeginMarkedContentWithProperties { tag: element.kind.tag().to_owned(), properties: DictItem::Dict { map } }
}

/// An area in the terms of the format, which counts from the lower left corner.
pub(super) fn placed(sheet: Sheet, area: Area) -> Rect {
    Rect {
        x: points(area.x),
        y: points(sheet.height() - area.y - area.height),
        width: points(area.width),
        height: points(area.height),
        mode: None,
        winding_order: None,
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
