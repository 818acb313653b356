//! How a table writes its numbers: what stands before the decimals and what between the thousands.

use crate::ingest::table::{Grid, Value};

/// How the numbers of a table or a column are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Culture {
    /// The decimal mark is a point and a comma parts thousands: "1,546.6".
    Point,
    /// The decimal mark is a comma and a point parts thousands: "1.546,6".
    Comma,
    /// A comma parts several numbers: "60,100,200".
    Parted,
    /// Nothing settles it: neither "1,234" nor "1.234" can be read.
    #[default]
    Unsettled,
}

/// What the numbers of a table or a column say of its culture.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::ingest) struct Evidence {
    point: usize,
    comma: usize,
    /// Cells such as "1,234", which either culture could have written.
    commas: usize,
    /// Cells such as "1.234", likewise.
    points: usize,
    /// Cells such as "40,4096", a fraction or two numbers.
    long_fractions: usize,
    /// Cells such as "60,100,200", a large number or several.
    grouped: usize,
    /// Cells such as "127,5120,300", which are several numbers.
    parted: usize,
    /// Whole numbers above 999 without a mark.
    unmarked: usize,
}

impl Evidence {
    /// Looks at the texts of some columns from a row on, each column by itself.
    pub(in crate::ingest) fn gather(grid: &Grid, first_row: usize, columns: &[u16]) -> Vec<Self> {
        let mut evidence = vec![Self::default(); columns.len()];
        for index in first_row..grid.row_count() {
            for (column, value) in grid.row(index).cells() {
                if let Value::Text(text) = value
                    && let Some(at) = columns.iter().position(|known| *known == column)
                {
                    evidence[at].weigh(text);
                }
            }
        }
        evidence
    }

    /// What several columns say together.
    pub(in crate::ingest) fn together(all: &[Self]) -> Self {
        all.iter().fold(Self::default(), |sum, one| Self {
            point: sum.point + one.point,
            comma: sum.comma + one.comma,
            commas: sum.commas + one.commas,
            points: sum.points + one.points,
            long_fractions: sum.long_fractions + one.long_fractions,
            grouped: sum.grouped + one.grouped,
            parted: sum.parted + one.parted,
            unmarked: sum.unmarked + one.unmarked,
        })
    }

    /// The culture that the evidence of a whole table settles; texts that contradict each other settle nothing.
    pub(in crate::ingest) fn culture(self, delimiter: Option<char>) -> Culture {
        match (self.point + self.grouped, self.comma) {
            (1.., 0) => Culture::Point,
            (0, 1..) => Culture::Comma,
            // A semicolon parts cells where the comma is taken; it does not outweigh a number that may be a fraction.
            (0, 0) if delimiter == Some(';') && self.points == 0 => Culture::Comma,
            (0, 0) | (1.., 1..) => Culture::Unsettled,
        }
    }

    /// The culture of one column in a table of some culture.
    ///
    /// A column goes by its own numbers first: a table may be put together from two sources. `are_huge` says that a number
    /// of seven digits or more would be too large for the column, so that "60,100,200" is several numbers.
    pub(in crate::ingest) fn culture_within(self, table: Culture, delimiter: Option<char>, are_huge: bool) -> Culture {
        let parted = self.parted + if are_huge { self.grouped } else { 0 };
        if parted > 0 && self.point == 0 && self.comma == 0 && self.points == 0 {
            return Culture::Parted;
        }
        match (self.point + self.grouped, self.comma) {
            (1.., 0) => return Culture::Point,
            (0, 1..) => return Culture::Comma,
            (0, 0) | (1.., 1..) => {}
        }
        // Points before three digits everywhere, in a file that parts its cells by semicolons, part thousands; whole
        // numbers above 999 without a mark speak against it.
        let parts_thousands = self.points > 0 && self.commas == 0 && self.unmarked == 0 && delimiter == Some(';');
        if table == Culture::Unsettled && parts_thousands { Culture::Comma } else { table }
    }

    /// The culture in which all marks before three digits part thousands, where they are of one kind.
    pub(in crate::ingest) const fn of_thousands(self) -> Option<Culture> {
        match (self.commas, self.points) {
            (1.., 0) => Some(Culture::Point),
            (0, 1..) => Some(Culture::Comma),
            _ => None,
        }
    }

    /// Cells that cannot be read in a culture that nothing settles.
    pub(in crate::ingest) const fn unread(self) -> usize {
        self.commas + self.points + self.long_fractions
    }

    /// Whether some texts speak for a point and others for a comma.
    pub(in crate::ingest) const fn is_mixed(self) -> bool {
        self.point + self.grouped > 0 && self.comma > 0
    }

    fn weigh(&mut self, text: &str) {
        let number = text.trim().trim_start_matches(['-', '+']);
        let number = number.trim_end_matches(|ch: char| ch.is_ascii_alphabetic()).trim_end();
        let (number, has_exponent) =
            number.split_once(['e', 'E']).map_or((number, false), |(mantissa, _)| (mantissa, true));
        if !number.starts_with(|ch: char| ch.is_ascii_digit()) || number.contains(|ch: char| ch.is_alphabetic()) {
            return;
        }
        let commas = number.matches(',').count();
        let points = number.matches('.').count();
        match (commas, points) {
            (0, 0) => {
                self.unmarked += usize::from(number.len() > 3 && !number.contains([' ', '\'', '\u{a0}', '\u{202f}']));
            }
            (1, 0) if groups_of_three(number, ',') => self.commas += 1,
            (1, 0) if !has_exponent && is_long_fraction(number) => self.long_fractions += 1,
            (1, 0) => self.comma += 1,
            (0, 1) if groups_of_three(number, '.') => self.points += 1,
            (0, 1) => self.point += 1,
            (_, 0) if groups_of_three(number, ',') => self.grouped += 1,
            (0, _) if groups_of_three(number, '.') => self.comma += 1,
            (2.., 0) if is_parted(number) => self.parted += 1,
            (1.., 1) if number.rfind(',') < number.find('.') => self.point += 1,
            (1, 1..) if number.rfind('.') < number.find(',') => self.comma += 1,
            _ => {}
        }
    }
}

/// Whether four digits or more follow the comma: "40,4096" is hardly a fraction.
fn is_long_fraction(number: &str) -> bool {
    number.split_once(',').is_some_and(|(whole, rest)| rest.len() > 3 && whole != "0" && is_parted(number))
}

/// Whether commas part whole numbers: "127,5120,300".
fn is_parted(number: &str) -> bool {
    number.split(',').all(|part| {
        let part = part.trim();
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// Whether a mark parts the text into a first group of one to three digits, not "0", and further groups of three.
pub(super) fn groups_of_three(text: &str, mark: char) -> bool {
    let mut groups = text.split(mark);
    let first = groups.next().unwrap_or_default();
    let is_number = |group: &str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
    is_number(first) && first.len() <= 3 && !first.starts_with('0') && groups.all(|g| g.len() == 3 && is_number(g))
}
