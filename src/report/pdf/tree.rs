//! The structure of the report behind its pages: what each piece of text is, in the order that it is read.

use std::collections::BTreeMap;

use super::area::Area;
use super::palette::Sheet;

/// What an element of the structure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Document,
    Section,
    /// A title or heading, counted from one for a section's title.
    Heading(u8),
    Paragraph,
    List,
    Item,
    Label,
    Body,
    Contents,
    ContentsItem,
    Reference,
    Table,
    TableHead,
    TableBody,
    Row,
    /// The heading of a column.
    HeadCell,
    /// A heading across so many columns.
    BandCell(u16),
    /// A cell across so many columns.
    WideCell(u16),
    Cell,
    Figure,
    Link,
}

impl Kind {
    /// Its name in the format.
    pub(super) const fn tag(self) -> &'static str {
        match self {
            Self::Document => "Document",
            Self::Section => "Sect",
            Self::Heading(1) => "H1",
            Self::Heading(2) => "H2",
            Self::Heading(_) => "H3",
            Self::Paragraph => "P",
            Self::List => "L",
            Self::Item => "LI",
            Self::Label => "Lbl",
            Self::Body => "LBody",
            Self::Contents => "TOC",
            Self::ContentsItem => "TOCI",
            Self::Reference => "Reference",
            Self::Table => "Table",
            Self::TableHead => "THead",
            Self::TableBody => "TBody",
            Self::Row => "TR",
            Self::HeadCell | Self::BandCell(_) => "TH",
            Self::WideCell(_) | Self::Cell => "TD",
            Self::Figure => "Figure",
            Self::Link => "Link",
        }
    }
}

/// An element of the structure, by its place in the order that the report is read in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Element {
    pub(super) number: u32,
    pub(super) kind: Kind,
}

/// What stands for a picture, and where it is.
#[derive(Debug)]
pub(super) struct Picture {
    pub(super) words: String,
    pub(super) sheet: Sheet,
    pub(super) area: Area,
}

/// All elements, each after the one that holds it.
pub(super) struct Tree {
    kinds: Vec<Kind>,
    parents: Vec<u32>,
    open: Vec<u32>,
    pictures: BTreeMap<u32, Picture>,
}

impl Tree {
    pub(super) fn new() -> Self {
        Self { kinds: vec![Kind::Document], parents: vec![0], open: vec![0], pictures: BTreeMap::new() }
    }

    /// A new element within the innermost one that is open.
    pub(super) fn add(&mut self, kind: Kind) -> Element {
        let number = self.next();
        self.kinds.push(kind);
        self.parents.push(self.open.last().copied().unwrap_or(0));
        Element { number, kind }
    }

    /// A new element, which holds those that come until it is closed.
    pub(super) fn open(&mut self, kind: Kind) -> Element {
        let element = self.add(kind);
        self.open.push(element.number);
        element
    }

    pub(super) fn close(&mut self) {
        self.open.pop();
    }

    /// Rows of cells, numbered one after the other so that the number of each follows from its place; gives the first row's.
    pub(super) fn rows(&mut self, rows: usize, columns: usize, cell: Kind) -> u32 {
        let first = self.next();
        for _ in 0..rows {
            self.open(Kind::Row);
            for _ in 0..columns {
                self.add(cell);
            }
            self.close();
        }
        first
    }

    pub(super) fn picture(&mut self, element: Element, picture: Picture) {
        self.pictures.insert(element.number, picture);
    }

    pub(super) fn len(&self) -> usize {
        self.kinds.len()
    }

    /// Every element with the number of the one that holds it, and what stands for it where it is a picture.
    pub(super) fn elements(&self) -> impl Iterator<Item = (Element, u32, Option<&Picture>)> {
        (0..)
            .zip(self.kinds.iter().zip(&self.parents))
            .map(|(number, (&kind, &parent))| (Element { number, kind }, parent, self.pictures.get(&number)))
    }

    fn next(&self) -> u32 {
        u32::try_from(self.kinds.len()).expect("a report has fewer than four thousand million pieces")
    }
}
