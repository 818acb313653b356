//! A document for the terminal, within 80 columns.

use unicode_width::UnicodeWidthStr;

use super::document::{Bar, Block, Cell, Chart, Column, Document, Fact, Section, Table, Tone};
use super::language::Language;
use super::lines::{Long, WIDTH, fold, line, paragraph};
use super::visible::visible;

/// The gap between the columns of a table.
const GAP: usize = 2;
/// How far what belongs to a heading stands in.
const STEP: usize = 2;
/// The narrowest that a column is made where a table is too wide.
const NARROWEST: usize = 7;
/// The widest that a label is; a longer one stands on a line of its own.
const LABEL: usize = 28;

/// Writes the sections of a document, each below its title.
#[must_use]
pub fn write(document: &Document<'_>) -> String {
    let mut text = String::new();
    for Section { title, blocks, .. } in &document.sections {
        if !text.is_empty() {
            text.push('\n');
        }
        line(&mut text, 0, &visible(title));
        let mut indent = STEP;
        for block in blocks {
            if matches!(block, Block::Heading { .. }) {
                indent = STEP;
            }
            put(&mut text, indent, block, document.language);
            if matches!(block, Block::Heading { .. }) {
                indent = 2 * STEP;
            }
        }
    }
    text
}

fn put(text: &mut String, indent: usize, block: &Block<'_>, language: Language) {
    match block {
        Block::Heading { text: words, mark, .. } => heading(text, indent, words, mark.as_ref()),
        Block::Text(words) if words.is_empty() => {}
        Block::Text(words) | Block::Callout { text: words, .. } => line(text, indent, &visible(words)),
        Block::Facts(facts) => labels(text, indent, facts),
        Block::Chart(chart) => bars(text, indent, chart, language),
        Block::Table(table) => rows(text, indent, table, 0..table.len),
        Block::Bands(bands) => {
            for (band, range) in bands.parts() {
                heading(text, indent, &band.title, band.mark.as_ref());
                for words in &band.notes {
                    line(text, indent, &visible(words));
                }
                rows(text, indent, &bands.table, range);
                if let Some(words) = &band.more {
                    line(text, indent, &visible(words));
                }
            }
        }
    }
}

fn heading(text: &mut String, indent: usize, words: &str, mark: Option<&(String, Tone)>) {
    let mark = mark.map_or(String::new(), |(word, _)| format!("[{word}] "));
    line(text, indent, &visible(&format!("{mark}{words}:")));
}

/// Labels with their values beside them, folded under themselves.
fn labels(text: &mut String, indent: usize, facts: &[Fact]) {
    let width = facts.iter().map(|fact| fact.label.width()).filter(|width| *width <= LABEL).max().unwrap_or(0);
    for Fact { label, value } in facts {
        if label.width() > width {
            line(text, indent + STEP, &visible(label));
            row(text, indent + STEP, &[(width, false), (room(indent + STEP, width), false)], &["", &value.text]);
        } else {
            row(text, indent + STEP, &[(width, false), (room(indent + STEP, width), false)], &[label, &value.text]);
        }
    }
}

/// What is left of a line behind a column.
const fn room(indent: usize, width: usize) -> usize {
    WIDTH.saturating_sub(indent + width + GAP)
}

fn bars(text: &mut String, indent: usize, chart: &Chart, language: Language) {
    line(text, indent, &chart.title);
    for Bar { label, parts } in &chart.bars {
        let parts = parts.iter().filter(|(_, count, _)| *count > 0);
        let parts: Vec<String> = parts.map(|(name, count, _)| format!("{name} {}", language.count(*count))).collect();
        line(text, indent + STEP, &format!("{label}: {}", parts.join(", ")));
    }
}

fn rows(text: &mut String, indent: usize, table: &Table<'_>, range: std::ops::Range<usize>) {
    if range.is_empty() {
        paragraph(text, indent + STEP, &table.empty);
        return;
    }
    let cells: Vec<Vec<Cell>> = range.map(|index| (table.row)(index)).collect();
    let natural = |(place, column): (usize, &Column)| {
        let widths = cells.iter().filter_map(|row| row.get(place)).map(|cell| visible(&cell.text).width());
        widths.chain([column.title.width()]).max().unwrap_or(0)
    };
    let natural: Vec<usize> = table.columns.iter().enumerate().map(natural).collect();
    let gaps = GAP * natural.len().saturating_sub(1);
    let widths = within(natural, WIDTH.saturating_sub(indent + STEP + gaps));
    let shape: Vec<(usize, bool)> =
        widths.into_iter().zip(&table.columns).map(|(width, column)| (width, column.numeric)).collect();
    let titles: Vec<&str> = table.columns.iter().map(|column| column.title.as_str()).collect();
    row(text, indent + STEP, &shape, &titles);
    for cells in &cells {
        let texts: Vec<&str> = cells.iter().map(|cell| cell.text.as_str()).collect();
        row(text, indent + STEP, &shape, &texts);
    }
}

/// The widths of columns made to fit some room, the widest given way first.
fn within(mut widths: Vec<usize>, room: usize) -> Vec<usize> {
    while widths.iter().sum::<usize>() > room {
        let Some(widest) = widths.iter_mut().max() else { break };
        if *widest <= NARROWEST {
            break;
        }
        *widest -= 1;
    }
    widths
}

/// A row of cells, each folded within its width; numbers stand right.
fn row(text: &mut String, indent: usize, shape: &[(usize, bool)], cells: &[&str]) {
    let folded: Vec<Vec<String>> = cells
        .iter()
        .zip(shape)
        .map(|(cell, (width, _))| fold(visible(cell).split_whitespace(), *width, *width, Long::Broken))
        .collect();
    let height = folded.iter().map(Vec::len).max().unwrap_or(0);
    for at in 0..height {
        let mut line = " ".repeat(indent);
        for ((lines, (width, numeric)), place) in folded.iter().zip(shape).zip(0..) {
            let part = lines.get(at).map_or("", String::as_str);
            let pad = " ".repeat(width.saturating_sub(part.width()));
            if place > 0 {
                line.push_str(&" ".repeat(GAP));
            }
            if *numeric {
                line.push_str(&pad);
                line.push_str(part);
            } else {
                line.push_str(part);
                line.push_str(&pad);
            }
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &'static [[&'static str; 3]]) -> Block<'static> {
        let column = |(title, numeric): (&str, bool)| Column { title: title.to_owned(), weight: 1, numeric };
        Block::Table(Table {
            columns: [("Name", false), ("Count", true), ("Why", false)].into_iter().map(column).collect(),
            len: rows.len(),
            row: Box::new(|index| rows[index].iter().map(|text| (*text).into()).collect()),
            empty: "Nothing.".to_owned(),
            of_machines: false,
        })
    }

    fn written(blocks: Vec<Block<'static>>) -> String {
        let section = Section { id: String::new(), title: "Title".to_owned(), blocks, ..Section::default() };
        write(&Document { sections: vec![section], ..Document::default() })
    }

    #[test]
    fn a_table_stands_in_columns() {
        let text = written(vec![table(&[["one", "7", "short"], ["longer", "1234", "b"]]), table(&[])]);
        assert_eq!(
            text,
            "Title\n    Name    Count  Why\n    one         7  short\n    longer   1234  b\n    Nothing.\n"
        );
    }

    #[test]
    fn every_block_keeps_to_80_columns() {
        const WIDE: &str =
            "a-word-of-more-than-eighty-columns-that-nothing-parts-0123456789-0123456789-0123456789-0123456789";
        const LONG: &str =
            "many words that go on and on until the line is full and more of them follow on lines of their own";
        let fact = |label: &str| Fact { label: label.to_owned(), value: format!("{LONG} {WIDE}").into() };
        let bar = Bar {
            label: "All".to_owned(),
            parts: vec![("ready".to_owned(), 3, Tone::Good), ("none".to_owned(), 0, Tone::Bad)],
        };
        let text = written(vec![
            Block::Heading {
                id: String::new(),
                text: "Sheet".to_owned(),
                mark: Some(("blocker".to_owned(), Tone::Bad)),
            },
            Block::Text(LONG.to_owned()),
            Block::Callout { tone: Tone::Doubt, text: LONG.to_owned() },
            Block::Facts(vec![fact("Label"), fact("A label that is longer than labels are")]),
            Block::Chart(Chart { title: "Machines".to_owned(), bars: vec![bar] }),
            table(&[[WIDE, "12345678", LONG], ["名前名前名前名前名前名前名前名前名前名前名前名前", "1", WIDE]]),
        ]);
        let wide: Vec<&str> = text.lines().filter(|line| line.width() > 80).collect();
        assert!(wide.is_empty(), "{}", wide.join("\n"));
        assert!(text.contains("  [blocker] Sheet:\n") && text.contains("All: ready 3\n"), "{text}");
        let held: String = text.split_whitespace().collect();
        assert!(held.matches("linesoftheirown").count() >= 4, "{text}");
    }
}
