//! What every part of the layout needs to know.

use rustc_hash::FxHashSet;

use super::area::Length;
use super::measure::Faces;
use super::style::Style;
use super::wrap::lines;
use crate::report::document::{Cell, Link};
use crate::report::language::Language;

/// What every part of the layout needs to know.
pub(super) struct Setting<'d> {
    pub(super) faces: Faces,
    /// The language that the report is told in.
    pub(super) language: Language,
    /// The identifiers that links inside can lead to.
    pub(super) known: FxHashSet<&'d str>,
}

impl Setting<'_> {
    /// Where a cell leads, if that place exists.
    pub(super) fn link(&self, cell: &Cell) -> Option<Link> {
        match &cell.link {
            Some(Link::Inside(id)) => self.known.contains(id.as_str()).then(|| Link::Inside(id.clone())),
            Some(Link::Outside(address)) => is_address(address).then(|| Link::Outside(address.clone())),
            None => None,
        }
    }

    /// The text as it can be shown, broken into lines.
    pub(super) fn lines(&self, style: Style, text: &str, width: Length) -> Vec<String> {
        let shown = self.faces.shown(style.face, text);
        lines(&self.faces, style, &shown, width).map(str::to_owned).collect()
    }
}

/// Whether a reader may be sent there: never to a script or a file.
pub(super) fn is_address(text: &str) -> bool {
    ["https://", "http://", "mailto:"].iter().any(|scheme| text.starts_with(scheme)) && !text.contains(' ')
}
