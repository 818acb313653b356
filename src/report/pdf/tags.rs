//! Writes the structure of the report into the file: what each mark on a page belongs to, and what that is.

use std::io::{self, Write};

use lopdf::text_string;

use super::canvas::placed;
use super::objects::{Objects, index};
use super::tree::{Element, Kind, Picture, Tree};

/// What the marks and links of the pages belong to, page by page in the order of the file.
pub(super) struct Tags {
    /// The object of the first page; those of the others follow.
    first_page: u32,
    /// The number of the element of each mark.
    marks: Vec<u32>,
    /// Where the marks of each page end.
    ends: Vec<usize>,
    links: Vec<Place>,
}

/// A place that leads elsewhere.
#[derive(Clone, Copy)]
struct Place {
    /// The number of its element.
    of: u32,
    page: u32,
    annotation: u32,
}

impl Tags {
    /// Tags of pages, the first of which is this object.
    pub(super) fn new(first_page: u32) -> Self {
        Self { first_page, marks: Vec::new(), ends: Vec::new(), links: Vec::new() }
    }

    /// How many links there are so far, which numbers the next one.
    pub(super) fn links(&self) -> usize {
        self.links.len()
    }

    /// How many pages there are so far.
    pub(super) fn pages(&self) -> usize {
        self.ends.len()
    }

    /// The next page, with the element of each of its marks, and its links with theirs.
    pub(super) fn page(&mut self, marks: &[u32], links: &[(u32, u32)]) {
        let page = self.page_object(self.pages());
        self.links.extend(links.iter().map(|&(annotation, of)| Place { of, page, annotation }));
        self.marks.extend_from_slice(marks);
        self.ends.push(self.marks.len());
    }

    fn page_object(&self, page: usize) -> u32 {
        self.first_page + u32::try_from(page).expect("pages are objects, which have small numbers")
    }

    /// The object of the page of a mark, and the mark's number on it.
    fn place(&self, mark: u32) -> (u32, usize) {
        let mark = index(mark);
        let page = self.ends.partition_point(|&end| end <= mark);
        (self.page_object(page), mark - page.checked_sub(1).map_or(0, |before| self.ends[before]))
    }

    fn marks_of(&self, page: usize) -> &[u32] {
        &self.marks[page.checked_sub(1).map_or(0, |before| self.ends[before])..self.ends[page]]
    }
}

/// The marks of every element, one element after the other.
struct Pieces {
    all: Vec<u32>,
    /// Where those of each element begin, and at last where all end.
    starts: Vec<u32>,
}

impl Pieces {
    fn new(elements: usize, marks: &[u32]) -> Self {
        let mut starts = vec![0; elements + 1];
        for &of in marks {
            starts[index(of) + 1] += 1;
        }
        for element in 0..elements {
            starts[element + 1] += starts[element];
        }
        let mut next = starts.clone();
        let mut all = vec![0; marks.len()];
        for (mark, &of) in (0..).zip(marks) {
            let next = &mut next[index(of)];
            all[index(*next)] = mark;
            *next += 1;
        }
        Self { all, starts }
    }

    fn of(&self, element: u32) -> &[u32] {
        &self.all[index(self.starts[index(element)])..index(self.starts[index(element) + 1])]
    }
}

/// The numbers of the objects that elements are.
struct Numbers {
    root: u32,
    first: u32,
    /// The elements that have links, in order, and the object of the first one's link; those of the others follow.
    linked: Vec<u32>,
    first_link: u32,
}

impl Numbers {
    fn of(&self, element: u32) -> u32 {
        self.first + element
    }

    /// The link that stands within an element.
    fn link(&self, element: u32) -> Option<u32> {
        let at = self.linked.binary_search(&element).ok()?;
        Some(self.first_link + u32::try_from(at).expect("there are no more links than objects"))
    }

    /// What the marks of an element belong to: itself, or the link that stands within it.
    fn owner(&self, element: u32) -> u32 {
        self.link(element).unwrap_or_else(|| self.of(element))
    }
}

/// An element whose last kid was not seen yet.
struct Open<'t> {
    element: Element,
    parent: u32,
    picture: Option<&'t Picture>,
    kids: Vec<u32>,
}

/// Writes the structure, and gives the number of its root.
pub(super) fn write(objects: &mut Objects<'_>, tree: &Tree, tags: &Tags) -> io::Result<u32> {
    let mut links = tags.links.clone();
    links.sort_by_key(|link| link.of);
    let mut linked: Vec<u32> = links.iter().map(|link| link.of).collect();
    linked.dedup();
    let (root, first, first_link) = (objects.reserve(1), objects.reserve(tree.len()), objects.reserve(linked.len()));
    let numbers = Numbers { root, first, linked, first_link };
    let pieces = Pieces::new(tree.len(), &tags.marks);
    let writing = Writing { tags, links, pieces, numbers };

    // Every element comes after the one that holds it, which is written when all of its kids are known.
    let mut open: Vec<Open<'_>> = Vec::new();
    for (element, parent, picture) in tree.elements() {
        while open.last().is_some_and(|last| last.element.number != parent) {
            open.pop().map_or(Ok(()), |last| writing.element(objects, last))?;
        }
        if let Some(parent) = open.last_mut() {
            parent.kids.push(writing.numbers.of(element.number));
        }
        open.push(Open { element, parent, picture, kids: Vec::new() });
    }
    while let Some(last) = open.pop() {
        writing.element(objects, last)?;
    }
    let parents = writing.parent_tree(objects)?;
    let next = tags.pages() + tags.links();
    objects.pack(root, |out| {
        write!(out, "<</Type/StructTreeRoot/K {first} 0 R/ParentTree {parents} 0 R/ParentTreeNextKey {next}>>")
    })?;
    Ok(root)
}

/// What it takes to write an element.
struct Writing<'t> {
    tags: &'t Tags,
    /// The links by their elements.
    links: Vec<Place>,
    pieces: Pieces,
    numbers: Numbers,
}

impl Writing<'_> {
    fn element(&self, objects: &mut Objects<'_>, open: Open<'_>) -> io::Result<()> {
        let Open { element, parent, picture, mut kids } = open;
        let number = self.numbers.of(element.number);
        let parent = if element.number == 0 { self.numbers.root } else { self.numbers.of(parent) };
        let link = self.numbers.link(element.number);
        kids.extend(link);
        objects.pack(number, |out| {
            write!(out, "<</S/{}/P {parent} 0 R", element.kind.tag())?;
            self.kids(out, &kids, element.number, link.is_none())?;
            attributes(out, element.kind, picture)?;
            write!(out, ">>")
        })?;
        let Some(link) = link else { return Ok(()) };
        objects.pack(link, |out| {
            write!(out, "<</S/{}/P {number} 0 R", Kind::Link.tag())?;
            self.kids(out, &[], element.number, true)?;
            write!(out, ">>")
        })
    }

    /// The elements within an element, and its pieces if they are its own: marks on its first page by their numbers, those on
    /// further pages with the page, and then its links.
    fn kids(&self, out: &mut Vec<u8>, kids: &[u32], element: u32, has_pieces: bool) -> io::Result<()> {
        let (marks, links) =
            if has_pieces { (self.pieces.of(element), self.links_of(element)) } else { Default::default() };
        let marks = marks.iter().map(|&mark| self.tags.place(mark));
        let first = marks.clone().map(|(page, _)| page).chain(links.iter().map(|link| link.page)).min();
        if let Some(page) = first {
            write!(out, "/Pg {page} 0 R")?;
        }
        let count = kids.len() + marks.len() + links.len();
        if count == 0 {
            return Ok(());
        }
        out.extend_from_slice(if count == 1 { b"/K " } else { b"/K[" });
        for kid in kids {
            write!(out, "{kid} 0 R ")?;
        }
        for (page, number) in marks {
            if Some(page) == first {
                write!(out, "{number} ")?;
            } else {
                write!(out, "<</Type/MCR/Pg {page} 0 R/MCID {number}>>")?;
            }
        }
        for Place { page, annotation, .. } in links {
            write!(out, "<</Type/OBJR/Pg {page} 0 R/Obj {annotation} 0 R>>")?;
        }
        if count > 1 {
            out.push(b']');
        }
        Ok(())
    }

    fn links_of(&self, element: u32) -> &[Place] {
        let start = self.links.partition_point(|link| link.of < element);
        let end = start + self.links[start..].partition_point(|link| link.of == element);
        &self.links[start..end]
    }

    /// What the marks of each page belong to, under the page's number, and then what each link belongs to.
    fn parent_tree(&self, objects: &mut Objects<'_>) -> io::Result<u32> {
        let mut keys = Vec::new();
        for page in 0..self.tags.pages() {
            let owners = objects.reserve(1);
            objects.pack(owners, |out| {
                out.push(b'[');
                for &of in self.tags.marks_of(page) {
                    write!(out, "{} 0 R ", self.numbers.owner(of))?;
                }
                out.push(b']');
                Ok(())
            })?;
            keys.push(owners);
        }
        keys.extend(self.tags.links.iter().map(|link| self.numbers.owner(link.of)));
        let tree = objects.reserve(1);
        objects.pack(tree, |out| {
            out.extend_from_slice(b"<</Nums[");
            for (key, owner) in keys.iter().enumerate() {
                write!(out, "{key} {owner} 0 R ")?;
            }
            out.extend_from_slice(b"]>>");
            Ok(())
        })?;
        Ok(tree)
    }
}

fn attributes(out: &mut Vec<u8>, kind: Kind, picture: Option<&Picture>) -> io::Result<()> {
    match kind {
        Kind::HeadCell => write!(out, "/A<</O/Table/Scope/Column>>")?,
        Kind::BandCell(columns) => write!(out, "/A<</O/Table/Scope/Column/ColSpan {columns}>>")?,
        Kind::WideCell(columns) => write!(out, "/A<</O/Table/ColSpan {columns}>>")?,
        Kind::Document
        | Kind::Section
        | Kind::Heading(_)
        | Kind::Paragraph
        | Kind::List
        | Kind::Item
        | Kind::Label
        | Kind::Body
        | Kind::Contents
        | Kind::ContentsItem
        | Kind::Reference
        | Kind::Table
        | Kind::TableHead
        | Kind::TableBody
        | Kind::Row
        | Kind::Cell
        | Kind::Figure
        | Kind::Link => {}
    }
    let Some(Picture { words, sheet, area }) = picture else { return Ok(()) };
    let area = placed(*sheet, *area);
    let (x, y) = (area.x.0, area.y.0);
    let (right, top) = (x + area.width.0, y + area.height.0);
    write!(out, "/A<</O/Layout/Placement/Block/BBox[{x} {y} {right} {top}]>>/Alt")?;
    out.extend(super::objects::text(text_string(words))?);
    Ok(())
}
