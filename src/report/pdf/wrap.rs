//! Where a text that is too wide for its place breaks into lines.

use super::area::Length;
use super::measure::{Faces, Typeface};
use super::style::Style;

/// The lines of a text: broken at spaces if possible, else after the marks that long names are built with, else anywhere.
/// Each but the last ends with the white space that it was broken at.
pub(super) struct Lines<'t, 'f> {
    rest: Option<&'t str>,
    typeface: &'f Typeface,
    limit: u32,
}

/// The lines of a text that [`Faces::shown`] gave. There is always one, if an empty one.
pub(super) fn lines<'t, 'f>(faces: &'f Faces, style: Style, text: &'t str, width: Length) -> Lines<'t, 'f> {
    let limit = i64::from(width.max(0)) * 1000 / i64::from(style.size);
    let limit = u32::try_from(limit).expect("a page's width in thousandths of a size is small");
    Lines { rest: Some(text), typeface: faces.typeface(style.face), limit }
}

impl<'t> Iterator for Lines<'t, '_> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        let text = self.rest.take()?;
        let mut units = 0;
        let mut space = None;
        let mut joint = None;
        for (at, c) in text.char_indices() {
            if c == '\n' {
                self.rest = Some(&text[at + 1..]);
                return Some(&text[..=at]);
            }
            let advance = self.typeface.advance(c);
            // A space may hang over the edge, where nobody sees it.
            if c != ' ' && units + advance > self.limit && at > 0 {
                let end = space.or(joint).unwrap_or(at);
                let rest = text[end..].trim_start_matches(' ');
                self.rest = (!rest.is_empty()).then_some(rest);
                return Some(if space.is_some() { &text[..=end] } else { &text[..end] });
            }
            units += advance;
            match c {
                ' ' if at > 0 => space = Some(at),
                '-' | '_' | '.' | '\\' | '/' | ':' | ';' | ',' | '@' => joint = Some(at + c.len_utf8()),
                _ => {}
            }
        }
        Some(text.trim_end_matches(' '))
    }
}
