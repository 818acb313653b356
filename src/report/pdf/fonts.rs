//! The typefaces of the report, and the part of them that a file embeds.

use std::io;

use allsorts::binary::read::ReadScope;
use allsorts::font_data::FontData;
use allsorts::subset::{CmapTarget, SubsetProfile, subset};
use printpdf::ParsedFont;
use sha2::{Digest, Sha256};

use super::style::Face;

static REGULAR: &[u8] = include_bytes!("../../../templates/report/fonts/SourceSans3-Regular.ttf");
static BOLD: &[u8] = include_bytes!("../../../templates/report/fonts/SourceSans3-SemiBold.ttf");

/// The whole typeface, as it is shipped.
pub(super) fn whole(face: Face) -> io::Result<ParsedFont> {
    ParsedFont::from_bytes(bytes(face), 0, &mut Vec::new())
        .ok_or_else(|| io::Error::other(format!("the typeface {} cannot be read", name(face))))
}

/// The typeface with nothing but the outlines of the characters given, in ascending order.
pub(super) fn part(face: Face, whole: &ParsedFont, characters: &[char]) -> io::Result<ParsedFont> {
    let failed = |why: String| io::Error::other(format!("the typeface {} cannot be reduced: {why}", name(face)));
    let glyph = |&c: &char| whole.lookup_glyph_index(u32::from(c));
    let mut glyphs: Vec<u16> = std::iter::once(0).chain(characters.iter().filter_map(glyph)).collect();
    glyphs.sort_unstable();
    glyphs.dedup();

    let font = ReadScope::new(bytes(face)).read::<FontData<'_>>().map_err(|why| failed(why.to_string()))?;
    let tables = font.table_provider(0).map_err(|why| failed(why.to_string()))?;
    let reduced = subset(&tables, &glyphs, &SubsetProfile::Pdf, CmapTarget::Unrestricted)
        .map_err(|why| failed(why.to_string()))?;

    // The reduced font numbers its glyphs in the order they were asked for.
    let renumbered = |old: u16| glyphs.binary_search(&old).ok().and_then(|new| u16::try_from(new).ok());
    let mapping = characters.iter().filter_map(|c| Some((u32::from(*c), renumbered(glyph(c)?)?))).collect();
    let widths = glyphs.iter().filter_map(|&old| Some((renumbered(old)?, whole.get_glyph_width(old)?))).collect();
    let name = format!("{}+{}", tag(characters), name(face));
    let metrics = whole.font_metrics.clone();
    let mut font = ParsedFont::with_glyph_data(reduced, 0, Some(name), mapping, widths, whole.units_per_em, metrics);
    font.pdf_font_metrics = whole.pdf_font_metrics.clone();
    Ok(font)
}

/// Six capitals that differ between subsets, as the format asks for, and are the same for the same characters.
fn tag(characters: &[char]) -> String {
    let digest = Sha256::digest(characters.iter().collect::<String>());
    digest.iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
}

fn bytes(face: Face) -> &'static [u8] {
    match face {
        Face::Regular => REGULAR,
        Face::Bold => BOLD,
    }
}

fn name(face: Face) -> &'static str {
    match face {
        Face::Regular => "SourceSans3-Regular",
        Face::Bold => "SourceSans3-SemiBold",
    }
}
