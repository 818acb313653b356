//! The colours, sizes and sheets that every page of the PDF shares.

use super::area::Length;
use super::style::{Colour, Face, Style};
use crate::report::document::Tone;

/// What ordinary text is written in.
pub(super) const INK: Colour = Colour(0x1b, 0x2a, 0x38);
/// The one colour that is not a tone: headings' rules, links, the wordmark.
pub(super) const ACCENT: Colour = Colour(0x0b, 0x5d, 0x74);
/// Labels, running heads and whatever is of less weight.
pub(super) const FAINT: Colour = Colour(0x5d, 0x6b, 0x79);
/// Rules between rows.
pub(super) const RULE: Colour = Colour(0xd3, 0xda, 0xe0);
/// Every second row of a table.
pub(super) const ZEBRA: Colour = Colour(0xf5, 0xf7, 0xf9);
/// The band behind a table's headings.
pub(super) const BAND: Colour = Colour(0xe6, 0xed, 0xf1);
/// The page itself.
pub(super) const WHITE: Colour = Colour(0xff, 0xff, 0xff);

pub(super) const BODY: Style = Style { face: Face::Regular, size: 1000, colour: INK };
pub(super) const TITLE: Style = Style { face: Face::Bold, size: 2200, colour: INK };
pub(super) const HEADING: Style = Style { face: Face::Bold, size: 1300, colour: INK };
pub(super) const SMALL: Style = Style { face: Face::Regular, size: 850, colour: FAINT };

/// A sheet of A4 and where its text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sheet {
    /// For text and narrow tables.
    Portrait,
    /// For wide tables.
    Landscape,
}

impl Sheet {
    pub(super) fn width(self) -> Length {
        match self {
            Self::Portrait => 59_528,
            Self::Landscape => 84_189,
        }
    }

    pub(super) fn height(self) -> Length {
        match self {
            Self::Portrait => 84_189,
            Self::Landscape => 59_528,
        }
    }

    pub(super) fn left(self) -> Length {
        match self {
            Self::Portrait => 5_600,
            Self::Landscape => 4_200,
        }
    }

    /// Where text begins below the running head, counted from the upper edge.
    pub(super) fn top(self) -> Length {
        match self {
            Self::Portrait => 7_600,
            Self::Landscape => 6_800,
        }
    }

    /// Where text ends above the foot, counted from the upper edge.
    pub(super) fn bottom(self) -> Length {
        self.height() - 5_600
    }

    /// The width between the margins.
    pub(super) fn measure(self) -> Length {
        self.width() - 2 * self.left()
    }

    /// The width of running text, which on a landscape sheet is not the whole one: such lines are hard to read.
    pub(super) fn column(self) -> Length {
        self.measure().min(56_000)
    }
}

/// The colour of a bar, a mark or a small square. The tones differ in lightness too, for print without colour.
pub(super) fn fill(tone: Tone) -> Colour {
    match tone {
        Tone::Plain => Colour(0x45, 0x61, 0x78),
        Tone::Good => Colour(0x3f, 0x8c, 0x69),
        Tone::Fair => Colour(0xee, 0xc3, 0x62),
        Tone::Bad => Colour(0x8f, 0x26, 0x26),
        Tone::Doubt => Colour(0x9f, 0x98, 0xc0),
        Tone::Faint => Colour(0xd8, 0xdf, 0xe5),
    }
}

/// The colour of text of a tone, dark enough to read on white.
pub(super) fn ink(tone: Tone) -> Colour {
    match tone {
        Tone::Plain => INK,
        Tone::Good => Colour(0x1c, 0x63, 0x45),
        Tone::Fair => Colour(0x80, 0x56, 0x00),
        Tone::Bad => Colour(0x8f, 0x26, 0x26),
        Tone::Doubt => Colour(0x57, 0x4f, 0x86),
        Tone::Faint => FAINT,
    }
}

/// The background of a callout.
pub(super) fn tint(tone: Tone) -> Colour {
    match tone {
        Tone::Plain => Colour(0xee, 0xf4, 0xf6),
        Tone::Good => Colour(0xeb, 0xf5, 0xf0),
        Tone::Fair => Colour(0xfd, 0xf6, 0xe4),
        Tone::Bad => Colour(0xf9, 0xec, 0xeb),
        Tone::Doubt => Colour(0xf2, 0xf0, 0xf8),
        Tone::Faint => ZEBRA,
    }
}

/// The colour of text on a bar or mark of the tone.
pub(super) fn on(tone: Tone) -> Colour {
    match tone {
        Tone::Plain | Tone::Good | Tone::Bad => WHITE,
        Tone::Fair | Tone::Doubt | Tone::Faint => INK,
    }
}
