//! Draws the pages in batches on all processors and joins them to one file.

use std::io::{self, BufWriter, Write};
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::{Dictionary, Object, ObjectId, SaveOptions, Stream, StringFormat, text_string};
use printpdf::{FontId, Mm, Op, ParsedFont, PdfDocument, PdfFont, PdfPage, PdfSaveOptions, Pt, Rect, TextItem};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};

use super::canvas::{Finished, font_id, handle, points};
use super::flow::Entry;
use super::furniture::Furniture;
use super::outline;
use super::page::Page;
use super::palette::Sheet;
use super::setting::Setting;
use super::style::Face;
use super::tags::{self, Tagged};
use super::tree::{Element, Tree};
use crate::report::document::{Cover, Link};
use crate::report::language::Language;

/// How many pages are drawn before they are packed: enough to share the cost of a batch, few enough to hold.
const BATCH: usize = 16;
/// How many objects are packed together: enough to be alike, few enough to unpack for one of them.
const OBJECTS: usize = 200;

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
    let numbered: Vec<(usize, Page<'_>)> = (1..).zip(pages).collect();
    let machines = AtomicU64::new(0);
    let batches = numbered
        .into_par_iter()
        .chunks(BATCH)
        .map(|batch| {
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
        })
        .collect::<io::Result<Vec<_>>>()?;
    let packed = batches.into_iter().flatten().collect();
    let mut file = join(book, &fonts, packed)?;
    let mut out = BufWriter::with_capacity(1 << 16, out);
    // The structure is many small objects that are much alike; packed together they take a tenth of the room.
    let options = SaveOptions::builder().use_object_streams(true).use_xref_streams(true);
    file.save_with_options(&mut out, options.max_objects_per_stream(OBJECTS).compression_level(6).build())?;
    out.flush()?;
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
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(5));
        encoder.write_all(&stream.as_stream().map_err(io::Error::other)?.content)?;
        packed.push(Packed { sheet, content: encoder.finish()?, links, marks });
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

/// One file of all pages.
fn join(book: &Book<'_>, fonts: &[Embedded], pages: Vec<Packed>) -> io::Result<lopdf::Document> {
    // The library describes the glyphs of a font that its pages show, so a page that shows all of them comes first, and
    // gives way to the real ones.
    let mut file = library_file(fonts, vec![sampler(fonts)])?;
    let sampler = file.page_iter().next().ok_or_else(|| io::Error::other("the fonts came without their page"))?;
    let dictionary = file.get_dictionary(sampler).cloned().map_err(io::Error::other)?;
    let of = |key: &[u8]| dictionary.get(key).and_then(Object::as_reference).map_err(io::Error::other);
    let (parent, resources, content) = (of(b"Parent")?, of(b"Resources")?, of(b"Contents")?);
    file.compress();

    // No number may go unused: readers distrust a table of objects with gaps in it.
    let mut digest = Sha256::new();
    let number = |file: &mut lopdf::Document, at, first| if at == 0 { first } else { file.new_object_id() };
    let sheets = pages.iter().map(|page| page.sheet).enumerate();
    let ids: Vec<(ObjectId, Sheet)> = sheets.map(|(at, sheet)| (number(&mut file, at, sampler), sheet)).collect();
    let places: FxHashMap<&str, &Entry<'_>> = book.entries.iter().rev().map(|entry| (entry.id, entry)).collect();
    let mut tagged = Vec::new();
    for (at, (page, &(id, _))) in pages.into_iter().zip(&ids).enumerate() {
        digest.update(&page.content);
        let mut stream = Dictionary::new();
        stream.set("Filter", "FlateDecode");
        let content = number(&mut file, at, content);
        file.objects.insert(content, Object::Stream(Stream::new(stream, page.content)));
        let mut dictionary = page_dictionary(page.sheet, parent, resources);
        dictionary.set("Contents", content);
        dictionary.set("StructParents", i64::try_from(at).unwrap_or(i64::MAX));
        let links = page.links.iter().filter_map(|(area, link, of)| Some((annotation(area, link, &places, &ids)?, of)));
        let links: Vec<(ObjectId, u32)> = links.map(|(link, of)| (file.add_object(link), of.number)).collect();
        if !links.is_empty() {
            dictionary.set("Annots", links.iter().map(|&(link, _)| link.into()).collect::<Vec<Object>>());
            // From link to link in the order of the text.
            dictionary.set("Tabs", "S");
        }
        file.objects.insert(id, Object::Dictionary(dictionary));
        tagged.push(Tagged { page: id, marks: page.marks, links });
    }

    let tree = file.get_dictionary_mut(parent).map_err(io::Error::other)?;
    tree.set("Count", i64::try_from(ids.len()).unwrap_or(i64::MAX));
    tree.set("Kids", ids.iter().map(|&(id, _)| id.into()).collect::<Vec<Object>>());
    let structure = tags::add(&mut file, book.tree, &tagged)?;
    let outline = outline::add(&mut file, book.entries, &ids);
    describe(&mut file, book, outline, &digest.finalize())?;
    let catalog = file.catalog_mut().map_err(io::Error::other)?;
    catalog.set("StructTreeRoot", structure);
    let mut marked = Dictionary::new();
    marked.set("Marked", true);
    catalog.set("MarkInfo", marked);
    Ok(file)
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

/// A place that leads elsewhere; none if there is no such place.
fn annotation(
    area: &Rect,
    link: &Link,
    places: &FxHashMap<&str, &Entry<'_>>,
    pages: &[(ObjectId, Sheet)],
) -> Option<Dictionary> {
    let mut action = Dictionary::new();
    let told = match link {
        Link::Inside(id) => {
            let entry = places.get(id.as_str())?;
            action.set("S", "GoTo");
            action.set("D", outline::destination(pages[entry.page], entry.y));
            entry.title.to_owned()
        }
        Link::Outside(address) => {
            action.set("S", "URI");
            action.set("URI", Object::String(ascii(address), StringFormat::Literal));
            address.clone()
        }
    };
    let (x, y) = (area.x.0, area.y.0);
    let corners: Vec<Object> = [x, y, x + area.width.0, y + area.height.0].into_iter().map(Object::from).collect();
    let mut annotation = Dictionary::new();
    annotation.set("Type", "Annot");
    annotation.set("Subtype", "Link");
    annotation.set("Rect", corners);
    annotation.set("Border", vec![0.into(), 0.into(), 0.into()]);
    annotation.set("A", action);
    annotation.set("Contents", text_string(&told));
    Some(annotation)
}

/// An address with everything that is not plain ASCII escaped, as the format asks for.
fn ascii(address: &str) -> Vec<u8> {
    let mut escaped = Vec::new();
    for byte in address.bytes() {
        match byte {
            b'!'..=b'~' => escaped.push(byte),
            _ => escaped.extend(format!("%{byte:02X}").into_bytes()),
        }
    }
    escaped
}

/// Title, producer, date and identity of the file, and how a reader should open it.
fn describe(file: &mut lopdf::Document, book: &Book<'_>, outline: Option<ObjectId>, digest: &[u8]) -> io::Result<()> {
    let cover = book.cover;
    "1.7".clone_into(&mut file.version);
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
        catalog.set("Outlines", outline);
        catalog.set("PageMode", "UseOutlines");
    }
    Ok(())
}
