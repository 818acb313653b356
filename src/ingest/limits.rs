//! How much one input may ask for, so that no file can exhaust the machine that reads it.

use super::refusal::Refusal;

/// The most that one input file may hold. A file at a limit is read; one past it is refused and says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file itself.
    pub file_bytes: u64,
    /// Bytes of one part of a zip container, unpacked.
    pub part_bytes: u64,
    /// Bytes of all parts of a zip container that are read, unpacked.
    pub container_bytes: u64,
    /// Entries of a zip container.
    pub entries: u64,
    /// How many times larger than packed a part may be; parts of up to [`Limits::FREE_RATIO_BYTES`] may be any ratio.
    pub zip_ratio: u64,
    /// Cells with a value in one sheet, text file or JSON array.
    pub sheet_cells: u64,
    /// Cells with a value in one file.
    pub file_cells: u64,
    /// Cells, blank ones included, of the rectangles that an `.xls` or `.ods` workbook must be unpacked into.
    pub dense_cells: u64,
    /// Rows, by the row number of the last one.
    pub rows: u64,
    /// Columns, by the number of the last one; 16,384 is where spreadsheets end.
    pub columns: u64,
    /// Bytes of UTF-8 in one cell's text.
    pub text_bytes: u64,
    /// Objects and arrays inside each other in JSON.
    pub json_depth: u64,
    /// Values in one JSON text, objects and lists among them.
    pub json_values: u64,
    /// Elements inside each other in a document of a workbook.
    pub depth: u64,
    /// Sheets of a workbook, or tables of a text file.
    pub sheets: u64,
    /// Texts that the sheets of one workbook share.
    pub texts: u64,
    /// Bytes of text in one file, as often as it asks for them.
    pub file_text: u64,
}

impl Limits {
    /// Parts no larger than this are harmless however well they are packed.
    pub const FREE_RATIO_BYTES: u64 = 16 << 20;
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 1 << 30,
            part_bytes: 2 << 30,
            container_bytes: 4 << 30,
            entries: 10_000,
            zip_ratio: 250,
            sheet_cells: 100_000_000,
            file_cells: 200_000_000,
            dense_cells: 4_000_000,
            rows: 20_000_000,
            columns: 16_384,
            text_bytes: 1 << 20,
            json_depth: 100,
            json_values: 8_000_000,
            depth: 100,
            sheets: 1_000,
            texts: 4_000_000,
            file_text: 256 << 20,
        }
    }
}

/// Refuses what is past a limit; `what` completes "has more than 5 ...".
pub(super) fn within(seen: u64, limit: u64, what: &'static str) -> Result<(), Refusal> {
    if seen > limit { Err(Refusal::PastLimit { limit, what }) } else { Ok(()) }
}

/// A length as the limits count it.
pub(super) fn count(length: usize) -> u64 {
    u64::try_from(length).expect("lengths fit 64 bits")
}
