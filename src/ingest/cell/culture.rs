//! How a table writes its numbers: what stands before the decimals and what between the thousands.

use crate::ingest::table::{Grid, Value};

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

/// What the numbers of a table say of its culture.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::ingest) struct Evidence {
    point: usize,
    comma: usize,
    /// Cells such as "1,234", which either culture could have written.
    pub(in crate::ingest) ambiguous: usize,
    /// Cells such as "1.234", which are read as a fraction unless something speaks for a comma.
    ambiguous_points: usize,
    semicolon: bool,
}

impl Evidence {
    /// Looks at the texts of some columns from a row on.
    pub(in crate::ingest) fn gather(grid: &Grid, first_row: usize, columns: &[u16]) -> Self {
        let mut evidence = Self { semicolon: grid.delimiter == Some(';'), ..Self::default() };
        for index in first_row..grid.row_count() {
            for (column, value) in grid.row(index).cells() {
                if let Value::Text(text) = value
                    && columns.contains(&column)
                {
                    evidence.weigh(text);
                }
            }
        }
        evidence
    }

    /// The culture that the evidence settles; texts that contradict each other settle nothing.
    pub(in crate::ingest) fn culture(self) -> Culture {
        match (self.point, self.comma) {
            (1.., 0) => Culture::Point,
            (0, 1..) => Culture::Comma,
            // A semicolon parts cells where the comma is taken; it does not outweigh a number that may be a fraction.
            (0, 0) if self.semicolon && self.ambiguous_points == 0 => Culture::Comma,
            (0, 0) | (1.., 1..) => Culture::Unsettled,
        }
    }

    /// Whether some texts speak for a point and others for a comma.
    pub(in crate::ingest) fn is_mixed(self) -> bool {
        self.point > 0 && self.comma > 0
    }

    fn weigh(&mut self, text: &str) {
        let number = text.trim().trim_start_matches(['-', '+']);
        let number = number.trim_end_matches(|ch: char| ch.is_ascii_alphabetic()).trim_end();
        let number = number.split_once(['e', 'E']).map_or(number, |(mantissa, _)| mantissa);
        if !number.starts_with(|ch: char| ch.is_ascii_digit()) || number.contains(|ch: char| ch.is_alphabetic()) {
            return;
        }
        let commas = number.matches(',').count();
        let points = number.matches('.').count();
        match (commas, points) {
            (0, 0) => {}
            (1, 0) if groups_of_three(number, ',') => self.ambiguous += 1,
            (1, 0) => self.comma += 1,
            (0, 1) if groups_of_three(number, '.') => self.ambiguous_points += 1,
            (0, 1) => self.point += 1,
            (_, 0) if groups_of_three(number, ',') => self.point += 1,
            (0, _) if groups_of_three(number, '.') => self.comma += 1,
            (1.., 1) if number.rfind(',') < number.find('.') => self.point += 1,
            (1, 1..) if number.rfind('.') < number.find(',') => self.comma += 1,
            _ => {}
        }
    }
}

/// Whether a mark parts the text into a first group of one to three digits, not "0", and further groups of three.
pub(super) fn groups_of_three(text: &str, mark: char) -> bool {
    let mut groups = text.split(mark);
    let first = groups.next().unwrap_or_default();
    let is_number = |group: &str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
    is_number(first) && first.len() <= 3 && !first.starts_with('0') && groups.all(|g| g.len() == 3 && is_number(g))
}
