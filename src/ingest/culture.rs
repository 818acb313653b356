//! How a table writes its numbers: what stands before the decimals and what between the thousands.

/// How a table writes its numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Culture {
    /// The decimal mark is a point and a comma parts thousands: "1,546.6".
    Point,
    /// The decimal mark is a comma and a point parts thousands: "1.546,6".
    Comma,
    /// Nothing in the table settles it: a point is read as a decimal mark, and "1,234" cannot be read.
    #[default]
    Unsettled,
}
