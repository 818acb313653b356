//! The directory at the end of a zip container: each name stands in it once, and nothing before the first entry.

use std::collections::BTreeSet;

use crate::ingest::refusal::Refusal;

/// What each entry of a directory begins with, and how long it is without its names.
const ENTRY: &[u8] = b"PK\x01\x02";
const LENGTH: usize = 46;

/// A part's name as readers look it up: in small letters, with `/` between folders.
pub(super) fn looked_up(name: &str) -> String {
    name.replace('\\', "/").to_ascii_lowercase()
}

/// Makes sure that nobody could read another part under a name than was checked; `twice` says that two have a name.
///
/// # Errors
/// When two entries have the same name, of which a reader would take one in silence, or when another container or anything
/// else stands before the first entry.
pub(super) fn check(
    bytes: &[u8],
    directory: u64,
    offset: u64,
    twice: impl Fn(String) -> Refusal,
) -> Result<(), Refusal> {
    let mut at = usize::try_from(directory).map_err(|_| Refusal::damaged("its directory lies beyond its end"))?;
    let mut names = BTreeSet::new();
    let mut first = u64::MAX;
    while let Some(entry) = bytes.get(at..at.saturating_add(LENGTH)).filter(|entry| entry.starts_with(ENTRY)) {
        let length = |place: usize| usize::from(u16::from_le_bytes([entry[place], entry[place + 1]]));
        let begins = u32::from_le_bytes([entry[42], entry[43], entry[44], entry[45]]);
        let name = bytes.get(at + LENGTH..at + LENGTH + length(28)).unwrap_or_default();
        let name = looked_up(&String::from_utf8_lossy(name));
        if names.contains(&name) {
            return Err(twice(name));
        }
        names.insert(name);
        // An offset beyond 32 bits stands elsewhere, and is not that of the first entry.
        first = first.min(u64::from(begins));
        at += LENGTH + length(28) + length(30) + length(32);
    }
    if !names.is_empty() && first.saturating_add(offset) > 0 {
        return Err(Refusal::damaged("something stands before its first part, as when two files were joined"));
    }
    Ok(())
}
