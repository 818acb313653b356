//! The squares and blocks that show a tone.

use super::area::{Area, Length};
use super::canvas::Canvas;
use super::palette;
use crate::report::document::Tone;

/// Whether a tone is shown by a square as well as by the text's colour.
pub(super) fn has_square(tone: Tone) -> bool {
    match tone {
        Tone::Good | Tone::Fair | Tone::Bad | Tone::Doubt => true,
        Tone::Plain | Tone::Faint => false,
    }
}

/// A small square on a base line.
pub(super) fn square(canvas: &mut Canvas, x: Length, base: Length, tone: Tone) {
    const SIDE: Length = 560;
    let area = Area { x, y: base - SIDE - 10, width: SIDE, height: SIDE };
    block(canvas, area, tone);
}

/// An area in the colour of a tone; for doubt only its outline, so that it differs without colour too.
pub(super) fn block(canvas: &mut Canvas, area: Area, tone: Tone) {
    const OUTLINE: Length = 110;
    canvas.rectangle(area, palette::fill(tone));
    if tone == Tone::Doubt && area.width > 3 * OUTLINE {
        let (width, height) = (area.width - 2 * OUTLINE, area.height - 2 * OUTLINE);
        canvas.rectangle(Area { x: area.x + OUTLINE, y: area.y + OUTLINE, width, height }, palette::WHITE);
    }
}
