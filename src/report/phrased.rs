//! The report before it is said: the blocks of a document with phrases for texts, and the one pass that says them.
//!
//! What tells a story makes these. A text becomes one only if it is a word of ours, a number, or a text of an input that
//! says what it names, so that every sentence has a translation and no name escapes.

use super::document;
pub use super::document::{Link, Start, Tone};
use super::language::Language;
use crate::model::Phrase;

/// The cover.
pub type Cover = document::Cover<Phrase>;
/// The whole report.
pub type Document<'a> = document::Document<'a, Phrase>;
/// A section.
pub type Section<'a> = document::Section<'a, Phrase>;
/// A piece of a section.
pub type Block<'a> = document::Block<'a, Phrase>;
/// A table in bands.
pub type Bands<'a> = document::Bands<'a, Phrase>;
/// A heading across a table.
pub type Band = document::Band<Phrase>;
/// A label with its value.
pub type Fact = document::Fact<Phrase>;
/// A chart.
pub type Chart = document::Chart<Phrase>;
/// A bar of a chart.
pub type Bar = document::Bar<Phrase>;
/// A table.
pub type Table<'a> = document::Table<'a, Phrase>;
/// A column of a table.
pub type Column = document::Column<Phrase>;
/// A cell of a table.
pub type Cell = document::Cell<Phrase>;

impl<'a> Document<'a> {
    /// The document in a language, as writers take it.
    #[must_use]
    pub fn said(self, language: Language) -> document::Document<'a> {
        let Self { cover, sections, language: _ } = self;
        let sections = sections.into_iter().map(|section| section.said(language)).collect();
        document::Document { cover: cover.said(language), sections, language }
    }
}

impl Cover {
    fn said(self, language: Language) -> document::Cover {
        let Self { title, customer, site, logo, distribution, facts, producer, as_of } = self;
        let say = |text: &Phrase| language.said(text);
        document::Cover {
            title: say(&title),
            customer: customer.as_ref().map(say),
            site: site.as_ref().map(say),
            logo,
            distribution: distribution.as_ref().map(say),
            facts: facts.iter().map(|(label, value)| (say(label), say(value))).collect(),
            producer,
            as_of,
        }
    }
}

impl<'a> Section<'a> {
    /// The section in a language.
    #[must_use]
    pub fn said(self, language: Language) -> document::Section<'a> {
        let Self { id, title, start, blocks } = self;
        let blocks = blocks.into_iter().map(|block| block.said(language)).collect();
        document::Section { id, title: language.said(&title), start, blocks }
    }
}

impl<'a> Block<'a> {
    fn said(self, language: Language) -> document::Block<'a> {
        match self {
            Self::Heading { id, text, mark } => {
                let mark = mark.map(|(word, tone)| (language.said(&word), tone));
                document::Block::Heading { id, text: language.said(&text), mark }
            }
            Self::Text(text) => document::Block::Text(language.said(&text)),
            Self::Callout { tone, text } => document::Block::Callout { tone, text: language.said(&text) },
            Self::Facts(facts) => document::Block::Facts(facts.into_iter().map(|fact| fact.said(language)).collect()),
            Self::Chart(chart) => document::Block::Chart(chart.said(language)),
            Self::Table(table) => document::Block::Table(table.said(language)),
            Self::Bands(Bands { table, bands }) => document::Block::Bands(document::Bands {
                table: table.said(language),
                bands: bands.into_iter().map(|band| band.said(language)).collect(),
            }),
        }
    }
}

impl Band {
    fn said(self, language: Language) -> document::Band {
        let Self { first, id, title, mark, notes, more } = self;
        document::Band {
            first,
            id,
            title: language.said(&title),
            mark: mark.map(|(word, tone)| (language.said(&word), tone)),
            notes: notes.iter().map(|note| language.said(note)).collect(),
            more: more.map(|more| language.said(&more)),
        }
    }
}

impl Fact {
    fn said(self, language: Language) -> document::Fact {
        document::Fact { label: language.said(&self.label), value: self.value.said(language) }
    }
}

impl Chart {
    fn said(self, language: Language) -> document::Chart {
        let part = |(label, count, tone): &(Phrase, u64, Tone)| (language.said(label), *count, *tone);
        let bar =
            |bar: &Bar| document::Bar { label: language.said(&bar.label), parts: bar.parts.iter().map(part).collect() };
        document::Chart { title: language.said(&self.title), bars: self.bars.iter().map(bar).collect() }
    }
}

impl<'a> Table<'a> {
    /// The table in a language; a row is said as it is made.
    #[must_use]
    pub fn said(self, language: Language) -> document::Table<'a> {
        let Self { columns, len, row, empty, of_machines } = self;
        let column =
            |Column { title, weight, numeric }| document::Column { title: language.said(&title), weight, numeric };
        document::Table {
            columns: columns.into_iter().map(column).collect(),
            len,
            row: Box::new(move |index| row(index).into_iter().map(|cell| cell.said(language)).collect()),
            empty: language.said(&empty),
            of_machines,
        }
    }
}

impl Cell {
    fn said(self, language: Language) -> document::Cell {
        document::Cell { text: language.said(&self.text), tone: self.tone, link: self.link }
    }
}
