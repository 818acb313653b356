//! The report as sections of blocks: all words and numbers decided, no layout.
//!
//! Its texts are phrases until it is said in a language, and a text of an input is none by itself; writers get it said.

use std::sync::Arc;

use super::language::Language;
use super::logo::Logo;
use crate::model::{Arg, Phrase, say};

/// What a report is about, for its cover and metadata.
#[derive(Clone, Debug, Default)]
pub struct Cover<T = String> {
    /// The report's title.
    pub title: T,
    /// The customer, when one is named.
    pub customer: Option<T>,
    /// The site, when one is named.
    pub site: Option<T>,
    /// The customer's logo, when there is one.
    pub logo: Option<Arc<Logo>>,
    /// To whom it may go, when that is said; it stands in the head of every page.
    pub distribution: Option<T>,
    /// Label and value pairs below the title: date, editions, machines, inputs.
    pub facts: Vec<(T, T)>,
    /// The program's name and version, for the metadata and the foot of the cover.
    pub producer: String,
    /// The date that all judgements hold for, ISO form; the only date in the file.
    pub as_of: String,
}

impl Cover {
    /// The day that all judgements hold for, as it is told.
    #[must_use]
    pub fn day(&self, language: Language) -> String {
        let day = self.as_of.parse().map_or_else(|_| Arg::text(&self.as_of), Arg::Date);
        language.said(&say!("As of {day}", day = day))
    }

    /// What is said of the logo to who does not see it.
    #[must_use]
    pub fn logo_words(&self, language: Language) -> String {
        match &self.customer {
            Some(customer) => language.said(&say!("Logo of {customer}", customer = Arg::text(customer))),
            None => language.words("Logo").to_owned(),
        }
    }
}

/// The whole report.
#[derive(Debug, Default)]
pub struct Document<'a, T = String> {
    /// The cover page.
    pub cover: Cover<T>,
    /// The sections, in order; each is an entry of the outline.
    pub sections: Vec<Section<'a, T>>,
    /// The language that it is said in, for what writers say themselves.
    pub language: Language,
}

/// A section of the report.
#[derive(Debug, Default)]
pub struct Section<'a, T = String> {
    /// A stable identifier that links point to.
    pub id: String,
    /// Its title.
    pub title: T,
    /// Where it begins.
    pub start: Start,
    /// What it holds.
    pub blocks: Vec<Block<'a, T>>,
}

impl Section<'_> {
    /// The identifiers and texts of its headings, those of bands among them.
    pub fn headings(&self) -> impl Iterator<Item = (&str, &str)> {
        self.blocks.iter().flat_map(|block| {
            let (one, many) = match block {
                Block::Heading { id, text, .. } => (Some((id.as_str(), text.as_str())), None),
                Block::Bands(Bands { bands, .. }) => (None, Some(bands)),
                Block::Text(_) | Block::Callout { .. } | Block::Facts(_) | Block::Chart(_) | Block::Table(_) => {
                    (None, None)
                }
            };
            let of_bands = many.into_iter().flatten().map(|band| (band.id.as_str(), band.title.as_str()));
            one.into_iter().chain(of_bands)
        })
    }
}

/// Where a section begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Start {
    /// On a page of its own.
    #[default]
    Page,
    /// Below the section before it, where there is room.
    Room,
}

/// A piece of a section.
#[derive(Debug)]
pub enum Block<'a, T = String> {
    /// A heading below the section's title, with an identifier that links point to and an outline entry.
    Heading {
        /// Identifier.
        id: String,
        /// Text.
        text: T,
        /// A word shown as a coloured mark before the text, such as a severity.
        mark: Option<(T, Tone)>,
    },
    /// A paragraph.
    Text(T),
    /// A paragraph that stands out.
    Callout {
        /// How it is coloured.
        tone: Tone,
        /// Its text.
        text: T,
    },
    /// Label and value pairs; a value may be an address that the writer makes a link.
    Facts(Vec<Fact<T>>),
    /// A bar per row, each divided in coloured parts.
    Chart(Chart<T>),
    /// A table.
    Table(Table<'a, T>),
    /// A table in bands.
    Bands(Bands<'a, T>),
}

/// A table whose rows stand in bands, each below a heading of its own that goes across the table.
#[derive(Debug)]
pub struct Bands<'a, T = String> {
    /// The rows of all bands.
    pub table: Table<'a, T>,
    /// The bands, in the order of their rows.
    pub bands: Vec<Band<T>>,
}

/// A heading across a table, and the rows below it.
#[derive(Clone, Debug, Default)]
pub struct Band<T = String> {
    /// The first of its rows; they end where the next band begins.
    pub first: usize,
    /// A stable identifier that links point to.
    pub id: String,
    /// Its heading.
    pub title: T,
    /// A word shown as a coloured mark before the heading, such as a severity.
    pub mark: Option<(T, Tone)>,
    /// What is said below the heading, a paragraph each.
    pub notes: Vec<T>,
    /// What is said below its rows, such as how many more there are.
    pub more: Option<T>,
}

impl<T> Bands<'_, T> {
    /// Each band with its rows.
    pub fn parts(&self) -> impl Iterator<Item = (&Band<T>, std::ops::Range<usize>)> {
        let ends = self.bands.iter().skip(1).map(|band| band.first).chain([self.table.len]);
        self.bands.iter().zip(ends).map(|(band, end)| (band, band.first..end))
    }
}

/// A label with its value.
#[derive(Clone, Debug)]
pub struct Fact<T = String> {
    /// The label.
    pub label: T,
    /// The value.
    pub value: Cell<T>,
}

/// A chart of horizontal stacked bars.
#[derive(Clone, Debug)]
pub struct Chart<T = String> {
    /// What it shows.
    pub title: T,
    /// Its bars.
    pub bars: Vec<Bar<T>>,
}

/// A bar of a chart.
#[derive(Clone, Debug)]
pub struct Bar<T = String> {
    /// Its label, "Azure Site Recovery 2026-10".
    pub label: T,
    /// Its parts in order: label, count, colour. Parts of nothing are left out by the writer.
    pub parts: Vec<(T, u64, Tone)>,
}

/// A table whose rows are made as they are written, so that a million rows take no memory.
pub struct Table<'a, T = String> {
    /// Its columns.
    pub columns: Vec<Column<T>>,
    /// How many rows it has.
    pub len: usize,
    /// Makes a row: as many cells as there are columns.
    pub row: Box<dyn Fn(usize) -> Vec<Cell<T>> + Sync + Send + 'a>,
    /// What to say instead of an empty table.
    pub empty: T,
    /// Whether each row is a machine, so that what is written can be counted.
    pub of_machines: bool,
}

impl<T: std::fmt::Debug> std::fmt::Debug for Table<'_, T> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Table").field("columns", &self.columns).field("len", &self.len).finish_non_exhaustive()
    }
}

/// A column of a table.
#[derive(Clone, Debug)]
pub struct Column<T = String> {
    /// Its heading.
    pub title: T,
    /// Its share of the width, relative to the other columns.
    pub weight: u16,
    /// Whether it holds numbers, which align right.
    pub numeric: bool,
}

/// A cell of a table.
#[derive(Clone, Debug, Default)]
pub struct Cell<T = String> {
    /// Its text.
    pub text: T,
    /// Its colour.
    pub tone: Tone,
    /// Where it leads.
    pub link: Option<Link>,
}

/// Where a cell leads.
#[derive(Clone, Debug)]
pub enum Link {
    /// A section or heading of the report, by identifier.
    Inside(String),
    /// An address.
    Outside(String),
}

/// What a colour says; each writer has its own shade for it, and never colour alone: the text says it too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tone {
    /// Ordinary.
    #[default]
    Plain,
    /// Ready, met.
    Good,
    /// Ready with conditions, a condition.
    Fair,
    /// Not ready, a blocker.
    Bad,
    /// Unknown.
    Doubt,
    /// Of less weight.
    Faint,
}

impl From<&str> for Cell {
    /// A text that is said already.
    fn from(text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::default() }
    }
}

impl From<String> for Cell {
    /// A text that is said already.
    fn from(text: String) -> Self {
        Self { text, ..Self::default() }
    }
}

impl<P: Into<Phrase>> From<P> for Cell<Phrase> {
    fn from(text: P) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}
