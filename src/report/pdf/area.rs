//! Lengths, and places on a page.

/// Lengths are whole hundredths of a point, so that layout never depends on rounding.
pub(super) type Length = i32;

/// A rectangle, its place counted from the upper left corner of the page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Area {
    pub(super) x: Length,
    pub(super) y: Length,
    pub(super) width: Length,
    pub(super) height: Length,
}
