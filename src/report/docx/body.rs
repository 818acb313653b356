//! The document's text: cover, table of contents, sections on pages of their own.

use std::io;

use super::super::document::{Cell, Cover};
use super::super::markup::Markup;
use super::blocks;
use super::paper::Paper;
use super::text::{Body, HEAD, entries, paragraph, run};

/// How many of Word's units of length go into a hundredth of a point.
const UNITS: u64 = 127;

impl Body<'_> {
    /// Writes the text, and returns how many machines its tables hold.
    pub(super) fn write(&mut self, markup: &mut Markup<'_>) -> io::Result<u64> {
        markup.tag(HEAD)?;
        markup.tag(
            "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
             xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><w:body>\n",
        )?;
        let document = self.document;
        self.cover(markup, &document.cover)?;
        self.contents(markup)?;
        let mut machines = 0;
        let mut paper = Paper::Portrait;
        for section in &document.sections {
            let own = Paper::of(section);
            if own != paper {
                markup.tag("<w:p><w:pPr>")?;
                markup.tag(paper.layout())?;
                markup.tag("</w:pPr></w:p>\n")?;
                paper = own;
            }
            self.heading(markup, "Heading1", &section.id, None, &section.title)?;
            for block in &section.blocks {
                machines += blocks::write(self, markup, block, paper)?;
            }
        }
        markup.tag(paper.layout())?;
        markup.tag("</w:body></w:document>")?;
        Ok(machines)
    }

    fn cover(&mut self, markup: &mut Markup<'_>, cover: &Cover) -> io::Result<()> {
        if let Some(pixels) = super::logo(self.document) {
            logo(markup, pixels.on_paper(), &cover.logo_words(self.language()))?;
        }
        paragraph(markup, "Title", &cover.title)?;
        for (style, text) in [("Subtitle", &cover.customer), ("Subtitle", &cover.site)] {
            if let Some(text) = text {
                paragraph(markup, style, text)?;
            }
        }
        let facts: Vec<(&str, Cell)> =
            cover.facts.iter().map(|(label, value)| (label.as_str(), Cell::from(value.as_str()))).collect();
        blocks::facts(self, markup, facts.iter().map(|(label, value)| (*label, value)), Paper::Portrait)?;
        paragraph(markup, "Producer", &cover.producer)
    }

    /// A table of contents that Word brings up to date, with numbers of pages then; until that it leads to every heading.
    fn contents(&self, markup: &mut Markup<'_>) -> io::Result<()> {
        markup.tag(
            "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val=\"Table of Contents\"/><w:docPartUnique/>\
             </w:docPartObj></w:sdtPr><w:sdtContent>\n",
        )?;
        paragraph(markup, "TOCHeading", self.document.language.words("Contents"))?;
        let begin = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> \
                     TOC \\o \"1-2\" \\h \\z \\u </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>";
        let mut before = begin;
        for (id, level, text) in entries(self.document) {
            markup.tag(if level == 1 {
                "<w:p><w:pPr><w:pStyle w:val=\"TOC1\"/></w:pPr>"
            } else {
                "<w:p><w:pPr><w:pStyle w:val=\"TOC2\"/></w:pPr>"
            })?;
            markup.tag(std::mem::take(&mut before))?;
            markup.within("<w:hyperlink w:history=\"1\" w:anchor=\"", &self.places[id], "\">")?;
            run(markup, None, &text)?;
            markup.tag("</w:hyperlink></w:p>\n")?;
        }
        markup.tag("<w:p>")?;
        markup.tag(before)?;
        markup.tag("<w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p></w:sdtContent></w:sdt>\n")
    }
}

/// The customer's logo at the right edge, with its width and height in hundredths of a point.
fn logo(markup: &mut Markup<'_>, (width, height): (u64, u64), words: &str) -> io::Result<()> {
    let (width, height) = ((width * UNITS).to_string(), (height * UNITS).to_string());
    markup.within(
        "<w:p><w:pPr><w:jc w:val=\"right\"/></w:pPr><w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" \
         distR=\"0\" xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\">\
         <wp:extent cx=\"",
        &width,
        "\" cy=\"",
    )?;
    markup.within("", &height, "\"/><wp:docPr id=\"1\" name=\"Logo\" descr=\"")?;
    markup.within(
        "",
        words,
        "\"/><a:graphic xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><a:graphicData \
         uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic \
         xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:nvPicPr><pic:cNvPr id=\"1\" \
         name=\"logo.png\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed=\"logo\"/><a:stretch>\
         <a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"",
    )?;
    markup.within("", &width, "\" cy=\"")?;
    markup.within(
        "",
        &height,
        "\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>\
         </a:graphic></wp:inline></w:drawing></w:r></w:p>\n",
    )
}
