//! The one place that writes text into markup: tags are written in the program, and everything else is escaped.

use std::io::{self, Write};

use super::visible::visible;

/// Writes tags as they are, and texts so that they are only text, between tags as well as in attributes.
pub(super) struct Markup<'w> {
    out: &'w mut (dyn Write + Send),
}

impl<'w> Markup<'w> {
    pub(super) fn new(out: &'w mut (dyn Write + Send)) -> Self {
        Self { out }
    }

    /// Writes markup; that it is static is what keeps text of an input out.
    pub(super) fn tag(&mut self, markup: &'static str) -> io::Result<()> {
        self.out.write_all(markup.as_bytes())
    }

    /// Writes a text, in which nothing can be markup.
    pub(super) fn text(&mut self, text: &str) -> io::Result<()> {
        let shown = visible(text);
        let mut rest = shown.as_ref();
        while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
            let (before, after) = rest.split_at(at);
            self.out.write_all(before.as_bytes())?;
            let escaped: &[u8] = match after.as_bytes()[0] {
                b'&' => b"&amp;",
                b'<' => b"&lt;",
                b'>' => b"&gt;",
                b'"' => b"&quot;",
                _ => b"&#39;",
            };
            self.out.write_all(escaped)?;
            rest = &after[1..];
        }
        self.out.write_all(rest.as_bytes())
    }

    /// Writes a text between two tags.
    pub(super) fn within(&mut self, open: &'static str, text: &str, close: &'static str) -> io::Result<()> {
        self.tag(open)?;
        self.text(text)?;
        self.tag(close)
    }
}
