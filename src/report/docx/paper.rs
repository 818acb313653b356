//! How the paper of a section lies.

use super::super::document::{Bands, Block, Section};

/// The columns from which a table needs the wide side of the paper.
const WIDE: usize = 6;

/// Which way the paper lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Paper {
    Portrait,
    Landscape,
}

impl Paper {
    pub(super) fn of(section: &Section<'_>) -> Self {
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
    pub(super) const fn layout(self) -> &'static str {
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
