//! The report as sections of blocks: all words and numbers decided, no layout.

/// What a report is about, for its cover and metadata.
#[derive(Clone, Debug, Default)]
pub struct Cover {
    /// The report's title.
    pub title: String,
    /// The customer, when one is named.
    pub customer: Option<String>,
    /// The site, when one is named.
    pub site: Option<String>,
    /// To whom it may go, when that is said; it stands in the head of every page.
    pub distribution: Option<String>,
    /// Label and value pairs below the title: date, editions, machines, inputs.
    pub facts: Vec<(String, String)>,
    /// The program's name and version, for the metadata and the foot of the cover.
    pub producer: String,
    /// The date that all judgements hold for, ISO form; the only date in the file.
    pub as_of: String,
}

/// The whole report.
#[derive(Debug, Default)]
pub struct Document<'a> {
    /// The cover page.
    pub cover: Cover,
    /// The sections, in order; each is an entry of the outline.
    pub sections: Vec<Section<'a>>,
}

/// A section of the report.
#[derive(Debug, Default)]
pub struct Section<'a> {
    /// A stable identifier that links point to.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Where it begins.
    pub start: Start,
    /// What it holds.
    pub blocks: Vec<Block<'a>>,
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
pub enum Block<'a> {
    /// A heading below the section's title, with an identifier that links point to and an outline entry.
    Heading {
        /// Identifier.
        id: String,
        /// Text.
        text: String,
        /// A word shown as a coloured mark before the text, such as a severity.
        mark: Option<(String, Tone)>,
    },
    /// A paragraph.
    Text(String),
    /// A paragraph that stands out.
    Callout {
        /// How it is coloured.
        tone: Tone,
        /// Its text.
        text: String,
    },
    /// Label and value pairs; a value may be an address that the writer makes a link.
    Facts(Vec<Fact>),
    /// A bar per row, each divided in coloured parts.
    Chart(Chart),
    /// A table.
    Table(Table<'a>),
    /// A table in bands.
    Bands(Bands<'a>),
}

/// A table whose rows stand in bands, each below a heading of its own that goes across the table.
#[derive(Debug)]
pub struct Bands<'a> {
    /// The rows of all bands.
    pub table: Table<'a>,
    /// The bands, in the order of their rows.
    pub bands: Vec<Band>,
}

/// A heading across a table, and the rows below it.
#[derive(Clone, Debug, Default)]
pub struct Band {
    /// The first of its rows; they end where the next band begins.
    pub first: usize,
    /// A stable identifier that links point to.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// A word shown as a coloured mark before the heading, such as a severity.
    pub mark: Option<(String, Tone)>,
    /// What is said below the heading, a paragraph each.
    pub notes: Vec<String>,
    /// What is said below its rows, such as how many more there are.
    pub more: Option<String>,
}

impl Bands<'_> {
    /// Each band with its rows.
    pub fn parts(&self) -> impl Iterator<Item = (&Band, std::ops::Range<usize>)> {
        let ends = self.bands.iter().skip(1).map(|band| band.first).chain([self.table.len]);
        self.bands.iter().zip(ends).map(|(band, end)| (band, band.first..end))
    }
}

/// A label with its value.
#[derive(Clone, Debug)]
pub struct Fact {
    /// The label.
    pub label: String,
    /// The value.
    pub value: Cell,
}

/// A chart of horizontal stacked bars.
#[derive(Clone, Debug)]
pub struct Chart {
    /// What it shows.
    pub title: String,
    /// Its bars.
    pub bars: Vec<Bar>,
}

/// A bar of a chart.
#[derive(Clone, Debug)]
pub struct Bar {
    /// Its label, "Azure Site Recovery 2026-10".
    pub label: String,
    /// Its parts in order: label, count, colour. Parts of nothing are left out by the writer.
    pub parts: Vec<(String, u64, Tone)>,
}

/// A table whose rows are made as they are written, so that a million rows take no memory.
pub struct Table<'a> {
    /// Its columns.
    pub columns: Vec<Column>,
    /// How many rows it has.
    pub len: usize,
    /// Makes a row: as many cells as there are columns.
    pub row: Box<dyn Fn(usize) -> Vec<Cell> + Sync + Send + 'a>,
    /// What to say instead of an empty table.
    pub empty: String,
    /// Whether each row is a machine, so that what is written can be counted.
    pub of_machines: bool,
}

impl std::fmt::Debug for Table<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Table").field("columns", &self.columns).field("len", &self.len).finish_non_exhaustive()
    }
}

/// A column of a table.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its heading.
    pub title: String,
    /// Its share of the width, relative to the other columns.
    pub weight: u16,
    /// Whether it holds numbers, which align right.
    pub numeric: bool,
}

/// A cell of a table.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// Its text.
    pub text: String,
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

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self { text, ..Self::default() }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}
