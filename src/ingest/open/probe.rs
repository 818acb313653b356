//! A file as the readers look at it: what they ask is worked out once and only when one asks.

use std::cell::OnceCell;

use super::encoding::{self, Decoded};
use crate::ingest::source::Source;

/// A file that is not yet known to be of any form.
pub(super) struct Probe<'a> {
    pub(super) source: &'a Source,
    decoded: OnceCell<Option<Decoded<'a>>>,
}

impl<'a> Probe<'a> {
    pub(super) const fn new(source: &'a Source) -> Self {
        Self { source, decoded: OnceCell::new() }
    }

    pub(super) fn bytes(&self) -> &'a [u8] {
        &self.source.bytes
    }

    pub(super) fn is_zip(&self) -> bool {
        is_zip(self.bytes())
    }

    /// The file as text; nothing when its bytes are no text.
    pub(super) fn decoded(&self) -> Option<&Decoded<'a>> {
        self.decoded.get_or_init(|| encoding::decode(self.bytes())).as_ref()
    }

    /// The file's text, empty when its bytes are no text.
    pub(super) fn text(&self) -> &str {
        self.decoded().map_or("", |decoded| &*decoded.text)
    }

    /// How the file was decoded, when a reader had reason to.
    pub(super) fn known_decoding(&self) -> Option<&Decoded<'a>> {
        self.decoded.get().and_then(Option::as_ref)
    }
}

/// Whether bytes begin as a zip container.
pub(super) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}
