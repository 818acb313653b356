//! The blocks of a section: paragraphs, and tables with widths that fit the paper.

use std::io;
use std::ops::Range;

use super::super::document::{Bands, Block, Cell, Chart, Table, Tone};
use super::super::language::Language;
use super::super::markup::Markup;
use super::paper::Paper;
use super::text::{Body, paragraph, run};

/// Writes a block, and returns how many machines it lists.
pub(super) fn write(body: &mut Body<'_>, markup: &mut Markup<'_>, block: &Block<'_>, paper: Paper) -> io::Result<u64> {
    match block {
        Block::Heading { id, text, mark } => body.heading(markup, "Heading2", id, mark.as_ref(), text)?,
        Block::Text(text) => paragraph(markup, "BodyText", text)?,
        Block::Callout { tone, text } => paragraph(markup, callout(*tone), text)?,
        Block::Facts(given) => facts(body, markup, given.iter().map(|fact| (fact.label.as_str(), &fact.value)), paper)?,
        Block::Chart(given) => chart(body.language(), markup, given, paper)?,
        Block::Table(given) => return table(body, markup, given, 0..given.len, paper),
        Block::Bands(given) => return bands(body, markup, given, paper),
    }
    Ok(0)
}

/// Writes each band as a heading, what is said of it and a table of its rows.
fn bands(body: &mut Body<'_>, markup: &mut Markup<'_>, bands: &Bands<'_>, paper: Paper) -> io::Result<u64> {
    let mut machines = 0;
    for (band, rows) in bands.parts() {
        body.heading(markup, "Heading2", &band.id, band.mark.as_ref(), &band.title)?;
        for note in &band.notes {
            paragraph(markup, "BodyText", note)?;
        }
        machines += table(body, markup, &bands.table, rows, paper)?;
        if let Some(more) = &band.more {
            paragraph(markup, "BodyText", more)?;
        }
    }
    Ok(machines)
}

const fn callout(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "CalloutPlain",
        Tone::Good => "CalloutGood",
        Tone::Fair => "CalloutFair",
        Tone::Bad => "CalloutBad",
        Tone::Doubt => "CalloutDoubt",
        Tone::Faint => "CalloutFaint",
    }
}

/// Writes labels with their values.
pub(super) fn facts<'f>(
    body: &mut Body<'_>,
    markup: &mut Markup<'_>,
    facts: impl Iterator<Item = (&'f str, &'f Cell)>,
    paper: Paper,
) -> io::Result<()> {
    let widths = widths(&[3, 7], paper);
    begin(markup, "KlarFacts", &widths)?;
    for (label, value) in facts {
        markup.tag("<w:tr><w:trPr><w:cantSplit/></w:trPr>")?;
        begin_cell(markup, widths[0], "FactLabel", None)?;
        run(markup, None, label)?;
        end_cell(markup)?;
        begin_cell(markup, widths[1], "TableText", None)?;
        body.cell(markup, value)?;
        end_cell(markup)?;
        markup.tag("</w:tr>\n")?;
    }
    end(markup)
}

/// Writes a chart as the table of its numbers: what can be edited, and read aloud.
fn chart(language: Language, markup: &mut Markup<'_>, chart: &Chart, paper: Paper) -> io::Result<()> {
    let mut parts: Vec<(&str, Tone)> = Vec::new();
    for (label, count, tone) in chart.bars.iter().flat_map(|bar| &bar.parts) {
        if *count > 0 && !parts.contains(&(label.as_str(), *tone)) {
            parts.push((label, *tone));
        }
    }
    paragraph(markup, "Caption", &chart.title)?;
    let weights: Vec<u16> = std::iter::once(4).chain(parts.iter().map(|_| 2)).collect();
    let widths = widths(&weights, paper);
    begin(markup, "KlarTable", &widths)?;
    markup.tag("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>")?;
    begin_cell(markup, widths[0], "TableHead", None)?;
    end_cell(markup)?;
    for ((label, tone), width) in parts.iter().zip(&widths[1..]) {
        begin_cell(markup, *width, "TableHeadNumber", Some(shade(*tone)))?;
        run(markup, None, label)?;
        end_cell(markup)?;
    }
    markup.tag("</w:tr>\n")?;
    for bar in &chart.bars {
        markup.tag("<w:tr><w:trPr><w:cantSplit/></w:trPr>")?;
        begin_cell(markup, widths[0], "TableText", None)?;
        run(markup, None, &bar.label)?;
        end_cell(markup)?;
        for ((label, tone), width) in parts.iter().zip(&widths[1..]) {
            let counts = bar.parts.iter().filter(|part| part.0 == *label && part.2 == *tone).map(|part| part.1);
            begin_cell(markup, *width, "TableNumber", None)?;
            run(markup, None, &language.count(counts.sum()))?;
            end_cell(markup)?;
        }
        markup.tag("</w:tr>\n")?;
    }
    end(markup)
}

/// The shade behind what a tone stands for; the words beside it say the same.
const fn shade(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain | Tone::Faint => "E6EDF1",
        Tone::Good => "DDEFE0",
        Tone::Fair => "FBEFD5",
        Tone::Bad => "F8DEDC",
        Tone::Doubt => "E4E6F5",
    }
}

fn table(
    body: &mut Body<'_>,
    markup: &mut Markup<'_>,
    table: &Table<'_>,
    rows: Range<usize>,
    paper: Paper,
) -> io::Result<u64> {
    if rows.is_empty() {
        return paragraph(markup, "BodyText", &table.empty).map(|()| 0);
    }
    let weights: Vec<u16> = table.columns.iter().map(|column| column.weight).collect();
    let widths = widths(&weights, paper);
    begin(markup, "KlarTable", &widths)?;
    markup.tag("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>")?;
    for (column, width) in table.columns.iter().zip(&widths) {
        begin_cell(markup, *width, if column.numeric { "TableHeadNumber" } else { "TableHead" }, None)?;
        run(markup, None, &column.title)?;
        end_cell(markup)?;
    }
    markup.tag("</w:tr>\n")?;
    let listed = rows.len() as u64;
    for index in rows {
        markup.tag("<w:tr><w:trPr><w:cantSplit/></w:trPr>")?;
        for ((column, width), cell) in table.columns.iter().zip(&widths).zip((table.row)(index)) {
            begin_cell(markup, *width, if column.numeric { "TableNumber" } else { "TableText" }, None)?;
            body.cell(markup, &cell)?;
            end_cell(markup)?;
        }
        markup.tag("</w:tr>\n")?;
    }
    end(markup)?;
    Ok(if table.of_machines { listed } else { 0 })
}

/// The width of each column, in twentieths of a point: its share of the paper's.
fn widths(weights: &[u16], paper: Paper) -> Vec<u32> {
    let sum: u32 = weights.iter().map(|weight| u32::from(*weight)).sum();
    weights.iter().map(|weight| u32::from(*weight) * paper.width() / sum.max(1)).collect()
}

fn begin(markup: &mut Markup<'_>, style: &'static str, widths: &[u32]) -> io::Result<()> {
    markup.within("<w:tbl><w:tblPr><w:tblStyle w:val=\"", style, "\"/><w:tblW w:type=\"dxa\" w:w=\"")?;
    markup.within("", &widths.iter().sum::<u32>().to_string(), "\"/><w:tblLayout w:type=\"fixed\"/>")?;
    markup.tag("<w:tblLook w:val=\"0420\"/></w:tblPr><w:tblGrid>")?;
    for width in widths {
        markup.within("<w:gridCol w:w=\"", &width.to_string(), "\"/>")?;
    }
    markup.tag("</w:tblGrid>\n")
}

/// Ends a table. What follows it keeps a distance, and two tables do not run into one.
fn end(markup: &mut Markup<'_>) -> io::Result<()> {
    markup.tag("</w:tbl>\n<w:p><w:pPr><w:pStyle w:val=\"AfterTable\"/></w:pPr></w:p>\n")
}

fn begin_cell(markup: &mut Markup<'_>, width: u32, style: &'static str, shade: Option<&'static str>) -> io::Result<()> {
    markup.within("<w:tc><w:tcPr><w:tcW w:type=\"dxa\" w:w=\"", &width.to_string(), "\"/>")?;
    if let Some(shade) = shade {
        markup.within("<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"", shade, "\"/>")?;
    }
    markup.within("</w:tcPr><w:p><w:pPr><w:pStyle w:val=\"", style, "\"/></w:pPr>")
}

fn end_cell(markup: &mut Markup<'_>) -> io::Result<()> {
    markup.tag("</w:p></w:tc>")
}
