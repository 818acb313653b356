//! A text as records of cells, however many each has.

use csv::{Reader, ReaderBuilder};

/// Delimiters in use; of two that fit a heading equally well the earlier wins, as it is the rarer one in names.
pub(super) const DELIMITERS: [u8; 4] = [b'\t', b';', b'|', b','];

/// Reads records with a delimiter; without one, those that a comma would part.
pub(super) fn open(text: &str, delimiter: Option<u8>) -> Reader<&[u8]> {
    ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .buffer_capacity(1 << 16)
        .delimiter(delimiter.unwrap_or(b','))
        .from_reader(text.as_bytes())
}
