//! Writes the structure of the report into the file: what each mark on a page belongs to, and what that is.

use std::io;

use lopdf::{Dictionary, Document, Object, ObjectId, text_string};

use super::canvas::placed;
use super::tree::{Element, Kind, Picture, Tree};

/// A page of the file, with what its marks and links belong to.
pub(super) struct Tagged {
    pub(super) page: ObjectId,
    /// The number of the element of each mark.
    pub(super) marks: Vec<u32>,
    /// Each link with the number of its element.
    pub(super) links: Vec<(ObjectId, u32)>,
}

/// A piece of an element on a page.
#[derive(Clone, Copy)]
enum Piece {
    Mark { page: ObjectId, number: usize },
    Link { page: ObjectId, link: ObjectId },
}

/// The pieces of every element, in the order of the pages, one element after the other.
struct Pieces {
    all: Vec<Piece>,
    ends: Vec<usize>,
}

impl Pieces {
    fn new(elements: usize, pages: &[Tagged]) -> Self {
        let of_page = |page: &Tagged| -> Vec<(u32, Piece)> {
            let mark = |(number, &of): (usize, &u32)| (of, Piece::Mark { page: page.page, number });
            let link = |&(link, of): &(ObjectId, u32)| (of, Piece::Link { page: page.page, link });
            page.marks.iter().enumerate().map(mark).chain(page.links.iter().map(link)).collect()
        };
        let mut pieces: Vec<(u32, Piece)> = pages.iter().flat_map(of_page).collect();
        pieces.sort_by_key(|&(of, _)| of);
        let mut ends = Vec::with_capacity(elements);
        for number in (0..).take(elements) {
            let start = ends.last().copied().unwrap_or(0);
            ends.push(start + pieces[start..].partition_point(|&(of, _)| of == number));
        }
        Self { all: pieces.into_iter().map(|(_, piece)| piece).collect(), ends }
    }

    fn of(&self, element: usize) -> &[Piece] {
        let start = element.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.all[start..self.ends[element]]
    }
}

/// Adds the structure to the file, and gives the number of its root.
pub(super) fn add(file: &mut Document, tree: &Tree, pages: &[Tagged]) -> io::Result<ObjectId> {
    let root = file.new_object_id();
    let ids: Vec<ObjectId> = (0..tree.len()).map(|_| file.new_object_id()).collect();
    let pieces = Pieces::new(tree.len(), pages);
    let mut kids: Vec<Vec<Object>> = vec![Vec::new(); tree.len()];
    for (element, parent, _) in tree.elements().skip(1) {
        kids[index(parent)].push(ids[index(element.number)].into());
    }
    // What the marks of an element belong to: itself, or the link that stands within it.
    let mut owners = ids.clone();
    let mut parents_of_links = Vec::new();
    for (element, parent, picture) in tree.elements() {
        let at = index(element.number);
        let pieces = pieces.of(at);
        let mut kids = std::mem::take(&mut kids[at]);
        let has_link = pieces.iter().any(|piece| matches!(piece, Piece::Link { .. }));
        let mut own = dictionary(element.kind, if at == 0 { root } else { ids[index(parent)] });
        if has_link {
            let mut link = dictionary(Kind::Link, ids[at]);
            set_kids(&mut link, Vec::new(), pieces);
            let link = file.add_object(link);
            kids.push(link.into());
            set_kids(&mut own, kids, &[]);
            owners[at] = link;
            for piece in pieces {
                if let Piece::Link { link: annotation, .. } = piece {
                    parents_of_links.push((*annotation, link));
                }
            }
        } else {
            set_kids(&mut own, kids, pieces);
        }
        set_attributes(&mut own, element, picture);
        file.objects.insert(ids[at], Object::Dictionary(own));
    }
    let parents = parent_tree(file, pages, &owners, &parents_of_links)?;
    let mut dictionary = Dictionary::new();
    dictionary.set("Type", "StructTreeRoot");
    dictionary.set("K", ids[0]);
    dictionary.set("ParentTree", parents);
    dictionary.set("ParentTreeNextKey", integer(pages.len() + parents_of_links.len()));
    file.objects.insert(root, Object::Dictionary(dictionary));
    Ok(root)
}

fn dictionary(kind: Kind, parent: ObjectId) -> Dictionary {
    let mut element = Dictionary::new();
    element.set("S", kind.tag());
    element.set("P", parent);
    element
}

/// The elements within an element, or its pieces: marks on its first page by their numbers, those on further pages with the
/// page.
fn set_kids(element: &mut Dictionary, mut kids: Vec<Object>, pieces: &[Piece]) {
    let page_of = |piece: &Piece| match *piece {
        Piece::Mark { page, .. } | Piece::Link { page, .. } => page,
    };
    let first = pieces.first().map(page_of);
    if let Some(page) = first {
        element.set("Pg", page);
    }
    for piece in pieces {
        let is_elsewhere = Some(page_of(piece)) != first;
        let mut reference = Dictionary::new();
        match *piece {
            Piece::Mark { number, .. } if !is_elsewhere => {
                kids.push(integer(number));
                continue;
            }
            Piece::Mark { number, .. } => {
                reference.set("Type", "MCR");
                reference.set("MCID", integer(number));
            }
            Piece::Link { link, .. } => {
                reference.set("Type", "OBJR");
                reference.set("Obj", link);
            }
        }
        if is_elsewhere {
            reference.set("Pg", page_of(piece));
        }
        kids.push(Object::Dictionary(reference));
    }
    if kids.len() == 1 {
        element.set("K", kids.remove(0));
    } else if !kids.is_empty() {
        element.set("K", kids);
    }
}

fn set_attributes(dictionary: &mut Dictionary, element: Element, picture: Option<&Picture>) {
    let mut table = Dictionary::new();
    table.set("O", "Table");
    match element.kind {
        Kind::HeadCell => table.set("Scope", "Column"),
        Kind::BandCell(columns) => {
            table.set("Scope", "Column");
            table.set("ColSpan", i64::from(columns));
        }
        Kind::WideCell(columns) => table.set("ColSpan", i64::from(columns)),
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
    if table.len() > 1 {
        dictionary.set("A", table);
    }
    if let Some(Picture { words, sheet, area }) = picture {
        let area = placed(*sheet, *area);
        let (x, y) = (area.x.0, area.y.0);
        let corners: Vec<Object> = [x, y, x + area.width.0, y + area.height.0].into_iter().map(Object::from).collect();
        let mut layout = Dictionary::new();
        layout.set("O", "Layout");
        layout.set("Placement", "Block");
        layout.set("BBox", corners);
        dictionary.set("A", layout);
        dictionary.set("Alt", text_string(words));
    }
}

/// What the marks of each page belong to, under the page's number, and then what each link belongs to.
fn parent_tree(
    file: &mut Document,
    pages: &[Tagged],
    owners: &[ObjectId],
    links: &[(ObjectId, ObjectId)],
) -> io::Result<ObjectId> {
    let mut numbers = Vec::new();
    for (at, page) in pages.iter().enumerate() {
        let owners: Vec<Object> = page.marks.iter().map(|&of| owners[index(of)].into()).collect();
        numbers.push(integer(at));
        numbers.push(file.add_object(owners).into());
    }
    for (key, &(annotation, link)) in (pages.len()..).zip(links) {
        file.get_dictionary_mut(annotation).map_err(io::Error::other)?.set("StructParent", integer(key));
        numbers.push(integer(key));
        numbers.push(link.into());
    }
    let mut tree = Dictionary::new();
    tree.set("Nums", numbers);
    Ok(file.add_object(tree))
}

fn index(number: u32) -> usize {
    usize::try_from(number).expect("a machine counts further than this")
}

fn integer(number: usize) -> Object {
    Object::Integer(i64::try_from(number).expect("a machine counts further than this"))
}
