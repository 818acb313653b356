//! The document's sections as HTML that reads without script.

use std::collections::BTreeSet;
use std::io;
use std::ops::Range;

use super::super::document::{Bar, Block, Cell, Chart, Cover, Document, Fact, Link, Section, Table, Tone};
use super::super::language::Language;
use super::super::markup::Markup;
use super::base64::base64;
use crate::model::say;

/// The longest table of the document that is written whole; what is longer stands whole among the tables to search.
const WHOLE: usize = 2_000;
/// Rows of a longer one that are written.
const BEGINNING: usize = 200;

/// The title of the window.
pub(super) fn title(cover: &Cover) -> String {
    let whose = [cover.customer.as_deref(), cover.site.as_deref()];
    let parts: Vec<&str> = [Some(cover.title.as_str())].into_iter().chain(whose).flatten().collect();
    parts.join(" – ")
}

/// The head of the page.
pub(super) fn cover(markup: &mut Markup<'_>, cover: &Cover, language: Language) -> io::Result<()> {
    if let Some(logo) = &cover.logo {
        markup.within("<img class=\"logo\" alt=\"", &cover.logo_words(language), "\" src=\"data:")?;
        markup.within("", logo.media_type(), ";base64,")?;
        markup.within("", &base64(&logo.bytes), "\">\n")?;
    }
    markup.within("<h1>", &cover.title, "</h1>\n")?;
    let whose: Vec<&str> = [cover.customer.as_deref(), cover.site.as_deref()].into_iter().flatten().collect();
    if !whose.is_empty() {
        markup.within("<p class=\"whose\">", &whose.join(", "), "</p>\n")?;
    }
    markup.tag("<dl class=\"cover\">\n")?;
    for (label, value) in &cover.facts {
        markup.within("<div><dt>", label, "</dt><dd>")?;
        markup.within("", value, "</dd></div>\n")?;
    }
    markup.within("</dl>\n<p class=\"producer\">", &cover.producer, "</p>\n")
}

/// Links to the sections.
pub(super) fn contents(markup: &mut Markup<'_>, document: &Document<'_>) -> io::Result<()> {
    for section in &document.sections {
        markup.within("<li><a href=\"#", &section.id, "\">")?;
        markup.within("", &section.title, "</a></li>\n")?;
    }
    Ok(())
}

/// The sections.
pub(super) fn sections(markup: &mut Markup<'_>, document: &Document<'_>) -> io::Result<()> {
    let known: Known<'_> = document.sections.iter().flat_map(identifiers).collect();
    for section in &document.sections {
        markup.within("<section aria-labelledby=\"", &section.id, "\">\n<h2 id=\"")?;
        markup.within("", &section.id, "\">")?;
        markup.within("", &section.title, "</h2>\n")?;
        for part in &section.blocks {
            block(markup, part, &known, document.language)?;
        }
        markup.tag("</section>\n")?;
    }
    Ok(())
}

/// What links can lead to.
type Known<'d> = BTreeSet<&'d str>;

/// What links can lead to in a section.
fn identifiers<'d>(section: &'d Section<'_>) -> impl Iterator<Item = &'d str> {
    std::iter::once(section.id.as_str()).chain(section.headings().map(|(id, _)| id))
}

fn block(markup: &mut Markup<'_>, block: &Block<'_>, known: &Known<'_>, language: Language) -> io::Result<()> {
    match block {
        Block::Heading { id, text, mark } => heading(markup, id, text, mark.as_ref()),
        Block::Text(text) => markup.within("<p>", text, "</p>\n"),
        Block::Callout { tone, text } => {
            markup.within("<p class=\"callout ", class(*tone), "\">")?;
            markup.within("", text, "</p>\n")
        }
        Block::Facts(facts) => facts_of(markup, facts, known),
        Block::Chart(chart) => chart_of(markup, chart, language),
        Block::Table(table) => table_of(markup, table, 0..table.len, known, language),
        Block::Bands(bands) => {
            for (band, rows) in bands.parts() {
                heading(markup, &band.id, &band.title, band.mark.as_ref())?;
                for note in &band.notes {
                    markup.within("<p>", note, "</p>\n")?;
                }
                table_of(markup, &bands.table, rows, known, language)?;
                if let Some(more) = &band.more {
                    markup.within("<p class=\"rest\">", more, "</p>\n")?;
                }
            }
            Ok(())
        }
    }
}

fn heading(markup: &mut Markup<'_>, id: &str, text: &str, mark: Option<&(String, Tone)>) -> io::Result<()> {
    markup.within("<h3 id=\"", id, "\">")?;
    if let Some((word, tone)) = mark {
        markup.within("<span class=\"mark ", class(*tone), "\">")?;
        markup.within("", word, "</span> ")?;
    }
    markup.within("", text, "</h3>\n")
}

fn facts_of(markup: &mut Markup<'_>, facts: &[Fact], known: &Known<'_>) -> io::Result<()> {
    markup.tag("<dl class=\"facts\">\n")?;
    for fact in facts {
        markup.within("<div><dt>", &fact.label, "</dt><dd>")?;
        cell(markup, &fact.value, known)?;
        markup.tag("</dd></div>\n")?;
    }
    markup.tag("</dl>\n")
}

/// A bar each, as a list whose words say all that the colours say.
fn chart_of(markup: &mut Markup<'_>, chart: &Chart, language: Language) -> io::Result<()> {
    markup.within("<figure class=\"chart\"><figcaption>", &chart.title, "</figcaption>\n")?;
    for bar in &chart.bars {
        bar_of(markup, bar, language)?;
    }
    markup.tag("</figure>\n")
}

fn bar_of(markup: &mut Markup<'_>, bar: &Bar, language: Language) -> io::Result<()> {
    let sum: u64 = bar.parts.iter().map(|(_, count, _)| count).sum();
    let parts = || bar.parts.iter().filter(|(_, count, _)| *count > 0);
    markup.within(
        "<div class=\"bar\"><h4>",
        &bar.label,
        "</h4><svg viewBox=\"0 0 1000 24\" preserveAspectRatio=\"none\" aria-hidden=\"true\">",
    )?;
    let mut begun = 0;
    for (_, count, tone) in parts() {
        // Whole thousandths, each from the sum before it, so that the bar ends where it must.
        let at = |count: u64| (count * 1000 / sum.max(1)).to_string();
        let (from, to) = (at(begun), begun + count);
        let width = (to * 1000 / sum.max(1)) - (begun * 1000 / sum.max(1));
        markup.within("<rect class=\"", class(*tone), "\" y=\"0\" height=\"24\" x=\"")?;
        markup.within("", &from, "\" width=\"")?;
        markup.within("", &width.to_string(), "\"/>")?;
        begun = to;
    }
    markup.tag("</svg><ul>")?;
    for (label, count, tone) in parts() {
        markup.within("<li><span class=\"key ", class(*tone), "\"></span><span class=\"part\">")?;
        markup.within("", label, "</span> <b>")?;
        markup.within("", &language.count(*count), "</b></li>")?;
    }
    markup.tag("</ul></div>\n")
}

fn table_of(
    markup: &mut Markup<'_>,
    table: &Table<'_>,
    rows: Range<usize>,
    known: &Known<'_>,
    language: Language,
) -> io::Result<()> {
    if rows.is_empty() {
        return markup.within("<p class=\"empty\">", &table.empty, "</p>\n");
    }
    markup.tag("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"")?;
    let titles: Vec<&str> = table.columns.iter().map(|column| column.title.as_str()).collect();
    markup.within("", &titles.join(", "), "\"><table><thead><tr>")?;
    for column in &table.columns {
        markup.tag(if column.numeric { "<th scope=\"col\" class=\"number\">" } else { "<th scope=\"col\">" })?;
        markup.within("", &column.title, "</th>")?;
    }
    markup.tag("</tr></thead><tbody>\n")?;
    let shown = if rows.len() > WHOLE { BEGINNING } else { rows.len() };
    for index in rows.clone().take(shown) {
        markup.tag("<tr>")?;
        for (column, value) in table.columns.iter().zip((table.row)(index)) {
            markup.tag(if column.numeric { "<td class=\"number\">" } else { "<td>" })?;
            cell(markup, &value, known)?;
            markup.tag("</td>")?;
        }
        markup.tag("</tr>\n")?;
    }
    markup.tag("</tbody></table></div>\n")?;
    if shown < rows.len() {
        let text = say!(
            "The first {first} of {all}; all of them stand under Tables, and in the CSV files.",
            first = shown,
            all = rows.len()
        );
        markup.within("<p class=\"rest\">", &language.said(&text), "</p>\n")?;
    }
    Ok(())
}

fn cell(markup: &mut Markup<'_>, cell: &Cell, known: &Known<'_>) -> io::Result<()> {
    let is_link = match &cell.link {
        Some(Link::Inside(id)) if known.contains(id.as_str()) => {
            markup.within("<a href=\"#", id, "\">")?;
            true
        }
        // Whatever else an address could be, a reader's click must not run it.
        Some(Link::Outside(address)) if address.starts_with("https://") || address.starts_with("http://") => {
            markup.within("<a rel=\"noreferrer\" href=\"", address, "\">")?;
            true
        }
        Some(Link::Inside(_) | Link::Outside(_)) | None => false,
    };
    if cell.tone == Tone::Plain {
        markup.text(&cell.text)?;
    } else {
        markup.within("<span class=\"", class(cell.tone), "\">")?;
        markup.within("", &cell.text, "</span>")?;
    }
    if is_link { markup.tag("</a>") } else { Ok(()) }
}

/// The class that a tone has in the page's style.
const fn class(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "plain",
        Tone::Good => "good",
        Tone::Fair => "fair",
        Tone::Bad => "bad",
        Tone::Doubt => "doubt",
        Tone::Faint => "faint",
    }
}
