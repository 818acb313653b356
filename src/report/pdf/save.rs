//! Draws the pages in batches on all processors and writes each as soon as those before it are written.

use std::io::{self, Write};
use std::sync::atomic::{AtomicU64, Ordering};

use lopdf::{Dictionary, Object, ObjectId, StringFormat, text_string};
use printpdf::{FontId, Mm, Op, ParsedFont, PdfDocument, PdfFont, PdfPage, PdfSaveOptions, Pt, Rect, TextItem};
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::canvas::{Finished, font_id, handle, points};
use super::flow::Entry;
use super::furniture::Furniture;
use super::image;
use super::links::Places;
use super::objects::{Objects, compressed, integer};
use super::outline;
use super::page::Page;
use super::palette::Sheet;
use super::setting::Setting;
use super::style::Face;
use super::tags::{self, Tags};
use super::tree::{Element, Tree};
use crate::report::document::{Cover, Link};
use crate::report::language::Language;

/// How many pages are drawn before they are packed: enough to share the cost of a batch, few enough to hold.
const BATCH: usize = 16;
/// How many batches a processor has at once; all are held until they are written.
const BATCHES: usize = 4;

/// A typeface as the file embeds it, and every character in it.
struct Embedded {
    id: FontId,
    face: Face,
    font: PdfFont,
    characters: String,
}

/// What the file holds beside its pages.
pub(super) struct Book<'b> {
    pub(super) cover: &'b Cover,
    pub(super) entries: &'b [Entry<'b>],
    pub(super) tree: &'b Tree,
    /// The language that it is told in.
    pub(super) language: Language,
}

/// A page as the library takes it, with what only the file as a whole can place.
struct Drawn {
    sheet: Sheet,
    finished: Finished,
}

/// A page as the file has it.
struct Packed {
    sheet: Sheet,
    content: Vec<u8>,
    links: Vec<(Rect, Link, Element)>,
    marks: Vec<u32>,
}

/// What the fonts are to the file: objects that are numbered from one on, and those among them that the pages need.
struct Library {
    file: lopdf::Document,
    /// What holds all pages.
    parent: ObjectId,
    /// What all pages draw with.
    resources: ObjectId,
}

impl Library {
    /// The images that pages draw, by their names.
    fn images(&mut self) -> lopdf::Result<&mut Dictionary> {
        let images = self.file.get_dictionary(self.resources)?.get(b"XObject")?.as_reference()?;
        self.file.get_dictionary_mut(images)
    }
}

/// Writes the file, and returns how many machines its tables hold.
pub(super) fn save(
    book: &Book<'_>,
    setting: &Setting<'_>,
    furniture: &Furniture,
    pages: Vec<Page<'_>>,
    out: &mut dyn Write,
) -> io::Result<u64> {
    let embed = |face| -> io::Result<Embedded> {
        let (font, characters): (ParsedFont, String) = setting.faces.embedded(face)?;
        Ok(Embedded { id: font_id(face), face, font: PdfFont::new(font), characters })
    };
    let fonts = Face::ALL.into_iter().map(embed).collect::<io::Result<Vec<_>>>()?;
    let of = pages.len();
    let sheets: Vec<Sheet> = pages.iter().map(|page| page.sheet).collect();
    let mut file = File::begin(out, library(&fonts)?, book, &sheets)?;
    let mut pages = (1..).zip(pages);
    let machines = AtomicU64::new(0);
    loop {
        let taken: Vec<(usize, Page<'_>)> =
            pages.by_ref().take(BATCH * BATCHES * rayon::current_num_threads()).collect();
        if taken.is_empty() {
            break;
        }
        let batches = taken.into_par_iter().chunks(BATCH).map(|batch| {
            let drawn = batch.into_iter().map(|(number, mut page)| {
                if number > 1 {
                    furniture.draw(&mut page.canvas, &setting.faces, page.sheet, number, of);
                }
                for (grid, stretch) in &page.stretches {
                    machines.fetch_add(grid.draw(&mut page.canvas, stretch, setting), Ordering::Relaxed);
                }
                Drawn { sheet: page.sheet, finished: page.canvas.finish() }
            });
            pack(&fonts, drawn.collect())
        });
        for batch in batches.collect::<io::Result<Vec<_>>>()? {
            batch.into_iter().try_for_each(|page| file.page(page))?;
        }
    }
    file.end(book)?;
    Ok(machines.into_inner())
}

/// The batch's operations as compressed content streams.
fn pack(fonts: &[Embedded], batch: Vec<Drawn>) -> io::Result<Vec<Packed>> {
    let mut pages = Vec::new();
    let mut places = Vec::new();
    for Drawn { sheet, finished: Finished { page, links, marks } } in batch {
        pages.push(page);
        places.push((sheet, links, marks));
    }
    let mut file = library_file(fonts, pages)?;
    let ids: Vec<ObjectId> = file.page_iter().collect();
    let mut packed = Vec::new();
    for (id, (sheet, links, marks)) in ids.into_iter().zip(places) {
        let content = file.get_dictionary(id).and_then(|page| page.get(b"Contents")?.as_reference());
        let content = content.map_err(io::Error::other)?;
        let stream =
            file.objects.remove(&content).ok_or_else(|| io::Error::other("a page came without its content"))?;
        let content = compressed(&[&stream.as_stream().map_err(io::Error::other)?.content], 5)?;
        packed.push(Packed { sheet, content, links, marks });
    }
    Ok(packed)
}

fn library_file(fonts: &[Embedded], pages: Vec<PdfPage>) -> io::Result<lopdf::Document> {
    let mut library = PdfDocument::new("");
    for embedded in fonts {
        library.resources.fonts.map.insert(embedded.id.clone(), embedded.font.clone());
    }
    library.with_pages(pages);
    let mut warnings = Vec::new();
    let file = library.to_lopdf_document(&PdfSaveOptions::default(), &mut warnings);
    match warnings.first() {
        Some(warning) => Err(io::Error::other(warning.msg.clone())),
        None => Ok(file),
    }
}

/// The fonts. The library describes the glyphs of a font that its pages show, so it gets a page that shows all of them,
/// which is then taken away.
fn library(fonts: &[Embedded]) -> io::Result<Library> {
    let mut file = library_file(fonts, vec![sampler(fonts)])?;
    let sampler = file.page_iter().next().ok_or_else(|| io::Error::other("the fonts came without their page"))?;
    let page = file.objects.remove(&sampler).unwrap_or(Object::Null);
    let of = |key: &[u8]| page.as_dict().and_then(|page| page.get(key)?.as_reference()).map_err(io::Error::other);
    let (parent, resources, content) = (of(b"Parent")?, of(b"Resources")?, of(b"Contents")?);
    file.objects.remove(&content);
    let pages = file.get_dictionary_mut(parent).map_err(io::Error::other)?;
    pages.set("Kids", Vec::new());
    pages.set("Resources", resources);
    file.compress();
    file.renumber_objects();
    let parent = file.catalog().and_then(|catalog| catalog.get(b"Pages")?.as_reference()).map_err(io::Error::other)?;
    let pages = file.get_dictionary_mut(parent).map_err(io::Error::other)?;
    let resources = pages.remove(b"Resources").unwrap_or(Object::Null).as_reference().map_err(io::Error::other)?;
    Ok(Library { file, parent, resources })
}

/// The file as far as it is written.
struct File<'b, 'o> {
    objects: Objects<'o>,
    library: Library,
    places: Places<'b>,
    /// The object of each page, with its sheet.
    pages: Vec<(ObjectId, Sheet)>,
    tags: Tags,
    digest: Sha256,
}

impl<'b, 'o> File<'b, 'o> {
    /// Begins the file with its fonts.
    fn begin(out: &'o mut dyn Write, mut library: Library, book: &'b Book<'b>, sheets: &[Sheet]) -> io::Result<Self> {
        let mut objects = Objects::new(out, library.file.objects.len())?;
        if let Some(pixels) = book.cover.logo.as_ref().and_then(|logo| logo.pixels()) {
            let logo = Object::Reference((image::write(&mut objects, pixels)?, 0));
            library.images().map_err(io::Error::other)?.set(image::NAME, logo);
        }
        let catalog = library.file.trailer.get(b"Root").and_then(Object::as_reference).map_err(io::Error::other)?;
        let info = library.file.trailer.get(b"Info").and_then(Object::as_reference).map_err(io::Error::other)?;
        let ends = |id: &ObjectId| [catalog, info, library.parent].contains(id);
        let whole = std::mem::take(&mut library.file.objects);
        for (id, object) in whole {
            if ends(&id) {
                library.file.objects.insert(id, object);
            } else {
                objects.put(id.0, object)?;
            }
        }
        let first = objects.reserve(sheets.len());
        let pages: Vec<(ObjectId, Sheet)> = (first..).zip(sheets).map(|(page, &sheet)| ((page, 0), sheet)).collect();
        let places = Places::new(book.entries);
        Ok(Self { objects, library, places, pages, tags: Tags::new(first), digest: Sha256::new() })
    }

    /// The next page.
    fn page(&mut self, page: Packed) -> io::Result<()> {
        let Packed { sheet, content, links, marks } = page;
        self.digest.update(&content);
        let contents = self.objects.reserve(1);
        let mut stream = Dictionary::new();
        stream.set("Filter", "FlateDecode");
        self.objects.stream(contents, stream, &content)?;
        let mut annotations = Vec::new();
        for (area, link, of) in &links {
            if let Some(mut annotation) = self.places.annotation(area, link, &self.pages) {
                let key = self.pages.len() + self.tags.links() + annotations.len();
                annotation.set("StructParent", integer(key));
                annotations.push((self.objects.add(annotation)?, of.number));
            }
        }
        let number = self.tags.pages();
        let mut dictionary = page_dictionary(sheet, self.library.parent, self.library.resources);
        dictionary.set("Contents", Object::Reference((contents, 0)));
        dictionary.set("StructParents", integer(number));
        if !annotations.is_empty() {
            dictionary
                .set("Annots", annotations.iter().map(|&(link, _)| Object::Reference((link, 0))).collect::<Vec<_>>());
            // From link to link in the order of the text.
            dictionary.set("Tabs", "S");
        }
        self.objects.put(self.pages[number].0.0, dictionary.into())?;
        self.tags.page(&marks, &annotations);
        Ok(())
    }

    /// Writes what leads to the pages, and what they are.
    fn end(mut self, book: &Book<'_>) -> io::Result<()> {
        let Library { mut file, parent, .. } = self.library;
        let pages = file.get_dictionary_mut(parent).map_err(io::Error::other)?;
        pages.set("Count", integer(self.pages.len()));
        pages.set("Kids", self.pages.iter().map(|&(id, _)| id.into()).collect::<Vec<Object>>());
        let structure = tags::write(&mut self.objects, book.tree, &self.tags)?;
        let outline = outline::write(&mut self.objects, book.entries, &self.pages)?;
        describe(&mut file, book, outline, &self.digest.finalize())?;
        let catalog = file.catalog_mut().map_err(io::Error::other)?;
        catalog.set("StructTreeRoot", Object::Reference((structure, 0)));
        let mut marked = Dictionary::new();
        marked.set("Marked", true);
        catalog.set("MarkInfo", marked);
        for (id, object) in std::mem::take(&mut file.objects) {
            self.objects.put(id.0, object)?;
        }
        let mut trailer = Dictionary::new();
        for key in ["Root", "Info", "ID"] {
            trailer.set(key, file.trailer.get(key.as_bytes()).map_err(io::Error::other)?.clone());
        }
        self.objects.finish(trailer)
    }
}

fn page_dictionary(sheet: Sheet, parent: ObjectId, resources: ObjectId) -> Dictionary {
    let corner = |length| points(length).0.into();
    let mut page = Dictionary::new();
    page.set("Type", "Page");
    page.set("Parent", parent);
    page.set("Resources", resources);
    page.set("MediaBox", vec![0.into(), 0.into(), corner(sheet.width()), corner(sheet.height())]);
    page
}

/// A page that shows every character of the fonts.
fn sampler(fonts: &[Embedded]) -> PdfPage {
    let mut ops = vec![Op::StartTextSection];
    for embedded in fonts {
        ops.push(Op::SetFont { font: handle(embedded.face), size: Pt(10.0) });
        ops.push(Op::ShowText { items: vec![TextItem::Text(embedded.characters.clone())] });
    }
    ops.push(Op::EndTextSection);
    PdfPage::new(Mm(210.0), Mm(297.0), ops)
}

/// Title, producer, date and identity of the file, and how a reader should open it.
fn describe(file: &mut lopdf::Document, book: &Book<'_>, outline: Option<u32>, digest: &[u8]) -> io::Result<()> {
    let cover = book.cover;
    let mut info = Dictionary::new();
    info.set("Title", text_string(&cover.title));
    if let Some(customer) = &cover.customer {
        info.set("Subject", text_string(customer));
    }
    info.set("Creator", text_string(&cover.producer));
    info.set("Producer", text_string(&cover.producer));
    let day: String = cover.as_of.chars().filter(char::is_ascii_digit).collect();
    if day.len() == 8 {
        let date = Object::string_literal(format!("D:{day}000000Z"));
        info.set("CreationDate", date.clone());
        info.set("ModDate", date);
    }
    let place = file.trailer.get(b"Info").and_then(Object::as_reference).map_err(io::Error::other)?;
    file.objects.insert(place, Object::Dictionary(info));
    let identity = Object::String(digest[..16].to_vec(), StringFormat::Hexadecimal);
    file.trailer.set("ID", vec![identity.clone(), identity]);

    let catalog = file.catalog_mut().map_err(io::Error::other)?;
    catalog.set("Lang", Object::string_literal(book.language.code()));
    let mut preferences = Dictionary::new();
    preferences.set("DisplayDocTitle", true);
    catalog.set("ViewerPreferences", preferences);
    if let Some(outline) = outline {
        catalog.set("Outlines", Object::Reference((outline, 0)));
        catalog.set("PageMode", "UseOutlines");
    }
    Ok(())
}
