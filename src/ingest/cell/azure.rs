//! What tells Azure's own types and regions from those of anyone.

use super::words::WORDS;
use super::{region, text};
use crate::ingest::table::Value;

/// Whether a text is the type of an Azure resource: "Microsoft.Network/virtualNetworks", or the portal's name of it.
#[must_use]
pub fn is_azure_type(name: &str) -> bool {
    let is_path = name.split_once('/').is_some_and(|(provider, rest)| provider.contains('.') && !rest.is_empty());
    is_path || WORDS.azure_types.contains(&name.trim().to_lowercase())
}

/// Whether the portal's name of a type is one that others have as well: "Virtual machine", "Disk".
#[must_use]
pub fn is_anyones_type(name: &str) -> bool {
    WORDS.anyones_types.contains(&name.trim().to_lowercase())
}

/// A part of the world of so few letters is told as a word of its own only.
const SHORT: usize = 3;

/// Whether a cell is like the name of a region, in any language of the portal: a part of the world and a side of it.
#[must_use]
pub fn is_like_region(value: Value<'_>) -> bool {
    let (Ok(written), Ok(short)) = (text(value), region(value)) else { return false };
    let written = written.to_lowercase();
    let bare = short.trim_end_matches(|sign: char| sign.is_ascii_digit());
    let is_there = |word: &String| match word.len() {
        // "US" stands in too many other words.
        ..=SHORT if written.contains(char::is_whitespace) => written.split_whitespace().any(|part| part == word),
        ..=SHORT => bare.starts_with(word.as_str()) || bare.ends_with(word.as_str()),
        _ => bare.contains(word.as_str()) || written.contains(word.as_str()),
    };
    let has = |words: &[String]| words.iter().any(is_there);
    has(&WORDS.region_places) && has(&WORDS.region_sides) || bare == "global"
}
