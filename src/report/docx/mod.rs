//! The report as a Word document that a consultant goes on writing in: real styles and headings, a table of contents, the
//! words of the PDF.

use std::io::{self, Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::document::Document;
use super::language::Language;
use super::logo::Pixels;
use super::markup::Markup;
use super::story;
use super::view::View;
use super::writer::{Report, Writer};
use crate::model::{Arg, say};
use text::{Body, HEAD};

mod blocks;
mod body;
mod paper;
mod text;

/// The document to edit.
pub(super) const WRITER: Writer =
    Writer { name: "docx", about: "report.docx, the report to edit in Word", usual: false, files };

/// The parts that are the same in every document: where each stands, and its content.
const FIXED: [(&str, &str); 2] = [
    ("[Content_Types].xml", include_str!("../../../templates/report/word/content-types.xml")),
    ("_rels/.rels", include_str!("../../../templates/report/word/package-rels.xml")),
];

/// The styles, which tell the language of the text.
const STYLES: &str = include_str!("../../../templates/report/word/styles.xml");
const SETTINGS: &str = include_str!("../../../templates/report/word/settings.xml");

/// The language that the styles tell as they stand.
const ENGLISH: &str = "en-GB";

fn files<'a>(view: &'a View<'a>) -> Vec<Report<'a>> {
    let report = |out: &mut (dyn Write + Send)| {
        write(&story::tell(view), out).map(|listed| Some(listed + story::machines_told(view)))
    };
    vec![Report { name: "report.docx".to_owned(), write: Box::new(report) }]
}

/// Writes the document, and returns how many machines its tables hold. The same document gives the same bytes.
///
/// # Errors
/// What `out` fails with.
pub fn write(document: &Document<'_>, out: &mut (dyn Write + Send)) -> io::Result<u64> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let begin = |zip: &mut ZipWriter<_>, name: &str| {
        // A part without a day of its own gets the first that a zip can tell.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        zip.start_file(name, options).map_err(io::Error::other)
    };
    for (name, content) in FIXED {
        begin(&mut zip, name)?;
        zip.write_all(content.as_bytes())?;
    }
    begin(&mut zip, "word/styles.xml")?;
    let language = document.language;
    let spoken = if language == Language::english() { ENGLISH } else { language.code() };
    zip.write_all(STYLES.replace(ENGLISH, spoken).as_bytes())?;
    begin(&mut zip, "word/settings.xml")?;
    zip.write_all(SETTINGS.as_bytes())?;
    begin(&mut zip, "word/footer.xml")?;
    footer(&mut Markup::new(&mut zip), language)?;
    begin(&mut zip, "docProps/core.xml")?;
    properties(&mut Markup::new(&mut zip), document)?;
    if logo(document).is_some() {
        begin(&mut zip, "word/media/logo.png")?;
        zip.write_all(document.cover.logo.as_ref().map_or(&[], |logo| &logo.bytes))?;
    }
    begin(&mut zip, "word/document.xml")?;
    let mut body = Body::new(document);
    let mut content = io::BufWriter::with_capacity(1 << 16, zip);
    let machines = body.write(&mut Markup::new(&mut content))?;
    let mut zip = content.into_inner().map_err(io::IntoInnerError::into_error)?;
    begin(&mut zip, "word/_rels/document.xml.rels")?;
    relations(&mut Markup::new(&mut zip), &body.addresses, logo(document).is_some())?;
    let whole = zip.finish().map_err(io::Error::other)?;
    out.write_all(whole.get_ref())?;
    Ok(machines)
}

/// The pixels of the customer's logo, which are all that Word draws of one.
fn logo<'d>(document: &'d Document<'_>) -> Option<&'d Pixels> {
    document.cover.logo.as_ref()?.pixels()
}

/// The foot of every page: its number and how many there are, both filled in by Word.
fn footer(markup: &mut Markup<'_>, language: Language) -> io::Result<()> {
    markup.tag(HEAD)?;
    markup.tag(
        "<w:ftr xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\n<w:p><w:pPr>\
         <w:pStyle w:val=\"Footer\"/></w:pPr>",
    )?;
    // The places are found again by letters that no language has.
    let (page, pages) = ('\u{1}', '\u{2}');
    let said = say!("Page {number} of {of}", number = Arg::Word("\u{1}"), of = Arg::Word("\u{2}"));
    let mut rest = &*language.said(&said);
    while let Some(place) = rest.find([page, pages]) {
        words_of(markup, &rest[..place])?;
        let field = if rest[place..].starts_with(page) { " PAGE " } else { " NUMPAGES " };
        markup.tag("<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\">")?;
        markup.tag(field)?;
        markup.tag(
            "</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r>\
             <w:r><w:fldChar w:fldCharType=\"end\"/></w:r>",
        )?;
        rest = &rest[place + 1..];
    }
    words_of(markup, rest)?;
    markup.tag("</w:p>\n</w:ftr>\n")
}

fn words_of(markup: &mut Markup<'_>, text: &str) -> io::Result<()> {
    if text.is_empty() {
        return Ok(());
    }
    markup.within("<w:r><w:t xml:space=\"preserve\">", text, "</w:t></w:r>")
}

/// What the document says of itself. The only day in it is the one that everything is judged as of.
fn properties(markup: &mut Markup<'_>, document: &Document<'_>) -> io::Result<()> {
    let cover = &document.cover;
    markup.tag(HEAD)?;
    markup.tag(
        "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">",
    )?;
    let whose: Vec<&str> = [cover.customer.as_deref(), cover.site.as_deref()].into_iter().flatten().collect();
    markup.within("<dc:title>", &cover.title, "</dc:title>")?;
    markup.within("<dc:subject>", &whose.join(", "), "</dc:subject>")?;
    markup.within("<dc:creator>", &cover.producer, "</dc:creator>")?;
    markup.within("<dcterms:created xsi:type=\"dcterms:W3CDTF\">", &cover.as_of, "T00:00:00Z</dcterms:created>")?;
    markup.tag("</cp:coreProperties>")
}

/// What the document leads to: its own parts, and the addresses of its links.
fn relations(markup: &mut Markup<'_>, addresses: &[String], has_logo: bool) -> io::Result<()> {
    markup.tag(HEAD)?;
    markup.tag("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">")?;
    markup.tag(
        "<Relationship Id=\"styles\" Target=\"styles.xml\" \
         Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\"/>\
         <Relationship Id=\"settings\" Target=\"settings.xml\" \
         Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings\"/>\
         <Relationship Id=\"footer\" Target=\"footer.xml\" \
         Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer\"/>",
    )?;
    if has_logo {
        markup.tag(
            "<Relationship Id=\"logo\" Target=\"media/logo.png\" \
             Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image\"/>",
        )?;
    }
    for (number, address) in addresses.iter().enumerate() {
        markup.within("<Relationship Id=\"link", &number.to_string(), "\" TargetMode=\"External\" Target=\"")?;
        markup.within(
            "",
            address,
            "\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink\"/>",
        )?;
    }
    markup.tag("</Relationships>")
}
