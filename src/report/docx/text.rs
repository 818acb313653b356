//! The text under way: its headings, paragraphs, cells and links.

use std::collections::BTreeMap;
use std::io;

use super::super::document::{Block, Cell, Document, Link, Tone};
use super::super::language::Language;
use super::super::markup::Markup;

/// How a part of the document begins.
pub(super) const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// The text under way.
pub(super) struct Body<'d> {
    pub(super) document: &'d Document<'d>,
    /// The bookmark of each place that links lead to.
    pub(super) places: BTreeMap<&'d str, String>,
    /// The addresses outside that links lead to, in the order of their numbers.
    pub(super) addresses: Vec<String>,
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

    /// The language that it is told in.
    pub(super) fn language(&self) -> Language {
        self.document.language
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
pub(super) fn entries<'d>(document: &'d Document<'_>) -> Vec<(&'d str, u8, String)> {
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
