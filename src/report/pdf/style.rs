//! How text looks: typeface, size and colour.

use super::area::Length;

/// Red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Colour(pub(super) u8, pub(super) u8, pub(super) u8);

/// A typeface of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Face {
    /// For reading.
    Regular,
    /// For headings and labels.
    Bold,
}

impl Face {
    pub(super) const ALL: [Self; 2] = [Self::Regular, Self::Bold];
}

/// How a piece of text looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) face: Face,
    pub(super) size: Length,
    pub(super) colour: Colour,
}

impl Style {
    pub(super) const fn coloured(self, colour: Colour) -> Self {
        Self { colour, ..self }
    }

    pub(super) const fn sized(self, size: Length) -> Self {
        Self { size, ..self }
    }

    pub(super) const fn bold(self) -> Self {
        Self { face: Face::Bold, ..self }
    }

    /// From one base line to the next.
    pub(super) fn leading(self) -> Length {
        self.size * 135 / 100
    }

    /// From the top of a line to its base line, so that capitals stand in the middle of the line.
    pub(super) fn rise(self) -> Length {
        self.rise_within(self.leading())
    }

    /// From the top of a strip to the base line of text in the middle of it.
    pub(super) fn rise_within(self, height: Length) -> Length {
        Length::midpoint(height, self.size * 66 / 100)
    }
}
