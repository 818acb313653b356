//! A page with what stands on it.

use std::sync::Arc;

use super::canvas::Canvas;
use super::grid::{Grid, Stretch};
use super::palette::Sheet;

/// A page that is laid out, though the rows of its tables are not drawn yet.
pub(super) struct Page<'d> {
    pub(super) sheet: Sheet,
    pub(super) canvas: Canvas,
    pub(super) stretches: Vec<(Arc<Grid<'d>>, Stretch)>,
}

impl Page<'_> {
    pub(super) fn new(sheet: Sheet) -> Self {
        Self { sheet, canvas: Canvas::new(sheet), stretches: Vec::new() }
    }
}
