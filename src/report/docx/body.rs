//! The document's text: cover, table of contents, sections on pages of their own.

use std::collections::BTreeMap;
use std::io;

use super::super::document::{Bands, Block, Cell, Cover, Document, Link, Section, Tone};
use super::super::markup::Markup;
use super::HEAD;
use super::blocks;

/// The columns from which a table needs the wide side of the paper.
const WIDE: usize = 6;

/// The text under way.
pub(super) struct Body<'d> {
    document: &'d Document<'d>,
    /// The bookmark of each place that links lead to.
    places: BTreeMap<&'d str, String>,
    /// The addresses outside that links lead to, in the order of their numbers.
    pub(super) addresses: Vec<String>,
}

/// Which way the paper lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Paper {
    Portrait,
    Landscape,
}

impl Paper {
    fn of(section: &Section<'_>) -> Self {
        let is_wide = |block: &Block<'_>| match block {
            Block::Table(table) | Block::Bands(Bands { table, .. }) => table.columns.len() >= WIDE,
            Block::Heading { .. } | Block::Text(_) | Block::Callout { .. } | Block::Facts(_) | Block::Chart(_) => false,
        };
        if section.blocks.iter().any(is_wide) { Self::Landscape } else { Self::Portrait }
    }

    /// The width of the text, in twentieths of a point.
    pub(super) const fn width(self) -> u32 {
        match self {
            Self::Portrait => 11_906 - 2 * 1_134,
            Self::Landscape => 16_838 - 2 * 1_134,
        }
    }

    /// How a part of the document is laid out that ends here.
    const fn layout(self) -> &'static str {
        match self {
            Self::Portrait => {
                "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"footer\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
                 <w:pgMar w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1134\" w:header=\"567\" \
                 w:footer=\"567\" w:gutter=\"0\"/></w:sectPr>"
            }
            Self::Landscape => {
                "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"footer\"/>\
                 <w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>\
                 <w:pgMar w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1134\" w:header=\"567\" \
                 w:footer=\"567\" w:gutter=\"0\"/></w:sectPr>"
            }
        }
    }
}

impl<'d> Body<'d> {
    pub(super) fn new(document: &'d Document<'d>) -> Self {
        let mut places = BTreeMap::new();
        for (id, _, _) in entries(document) {
            let number = places.len();
            places.entry(id).or_insert_with(|| format!("klar{number}"));
        }
        Self { document, places, addresses: Vec::new() }
    }

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
        paragraph(markup, "TOCHeading", "Contents")?;
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

    /// Writes a heading that links lead to.
    pub(super) fn heading(
        &self,
        markup: &mut Markup<'_>,
        style: &'static str,
        id: &str,
        mark: Option<&(String, Tone)>,
        text: &str,
    ) -> io::Result<()> {
        let place = self.places.get(id).map_or("", String::as_str);
        let number = place.trim_start_matches("klar");
        markup.within("<w:p><w:pPr><w:pStyle w:val=\"", style, "\"/></w:pPr><w:bookmarkStart w:id=\"")?;
        markup.within("", number, "\" w:name=\"")?;
        markup.within("", place, "\"/>")?;
        if let Some((word, tone)) = mark {
            run(markup, Some(mark_style(*tone)), word)?;
            run(markup, None, " ")?;
        }
        run(markup, None, text)?;
        markup.within("<w:bookmarkEnd w:id=\"", number, "\"/></w:p>\n")
    }

    /// Writes a cell's text in a paragraph that is begun, as a link where it leads somewhere.
    pub(super) fn cell(&mut self, markup: &mut Markup<'_>, cell: &Cell) -> io::Result<()> {
        let place = match &cell.link {
            Some(Link::Inside(id)) => self.places.get(id.as_str()),
            Some(Link::Outside(_)) | None => None,
        };
        if let Some(place) = place {
            markup.within("<w:hyperlink w:history=\"1\" w:anchor=\"", place, "\">")?;
            run(markup, Some("Hyperlink"), &cell.text)?;
            return markup.tag("</w:hyperlink>");
        }
        match &cell.link {
            // Whatever else an address could be, a reader's click must not run it.
            Some(Link::Outside(address)) if address.starts_with("https://") || address.starts_with("http://") => {
                markup.within("<w:hyperlink w:history=\"1\" r:id=\"link", &self.address(address), "\">")?;
                run(markup, Some("Hyperlink"), &cell.text)?;
                markup.tag("</w:hyperlink>")
            }
            Some(Link::Inside(_) | Link::Outside(_)) | None => run(markup, tone_style(cell.tone), &cell.text),
        }
    }

    /// The number of an address, as text.
    fn address(&mut self, address: &str) -> String {
        let known = self.addresses.iter().position(|known| known == address);
        let number = known.unwrap_or_else(|| {
            self.addresses.push(address.to_owned());
            self.addresses.len() - 1
        });
        number.to_string()
    }
}

/// The places that the contents lead to, each with its level and text.
fn entries<'d>(document: &'d Document<'_>) -> Vec<(&'d str, u8, String)> {
    let mut all = Vec::new();
    for section in &document.sections {
        all.push((section.id.as_str(), 1, section.title.clone()));
        for block in &section.blocks {
            let mut heading = |id: &'d str, text: &str, mark: Option<&(String, Tone)>| {
                all.push((id, 2, mark.map_or_else(|| text.to_owned(), |(word, _)| format!("{word} {text}"))));
            };
            match block {
                Block::Heading { id, text, mark } => heading(id, text, mark.as_ref()),
                Block::Bands(bands) => {
                    bands.bands.iter().for_each(|band| heading(&band.id, &band.title, band.mark.as_ref()));
                }
                Block::Text(_) | Block::Callout { .. } | Block::Facts(_) | Block::Chart(_) | Block::Table(_) => {}
            }
        }
    }
    all
}

/// Writes a paragraph of a style.
pub(super) fn paragraph(markup: &mut Markup<'_>, style: &'static str, text: &str) -> io::Result<()> {
    markup.within("<w:p><w:pPr><w:pStyle w:val=\"", style, "\"/></w:pPr>")?;
    run(markup, None, text)?;
    markup.tag("</w:p>\n")
}

/// Writes text in a paragraph that is begun, its lines below one another.
pub(super) fn run(markup: &mut Markup<'_>, style: Option<&'static str>, text: &str) -> io::Result<()> {
    markup.tag("<w:r>")?;
    if let Some(style) = style {
        markup.within("<w:rPr><w:rStyle w:val=\"", style, "\"/></w:rPr>")?;
    }
    for (place, line) in text.split('\n').enumerate() {
        if place > 0 {
            markup.tag("<w:br/>")?;
        }
        markup.within("<w:t xml:space=\"preserve\">", line, "</w:t>")?;
    }
    markup.tag("</w:r>")
}

/// The style of a word that marks a heading.
const fn mark_style(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "MarkPlain",
        Tone::Good => "MarkGood",
        Tone::Fair => "MarkFair",
        Tone::Bad => "MarkBad",
        Tone::Doubt => "MarkDoubt",
        Tone::Faint => "MarkFaint",
    }
}

/// The style of words of a tone.
const fn tone_style(tone: Tone) -> Option<&'static str> {
    match tone {
        Tone::Plain => None,
        Tone::Good => Some("ToneGood"),
        Tone::Fair => Some("ToneFair"),
        Tone::Bad => Some("ToneBad"),
        Tone::Doubt => Some("ToneDoubt"),
        Tone::Faint => Some("ToneFaint"),
    }
}
