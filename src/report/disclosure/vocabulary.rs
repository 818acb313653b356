//! The words that Klar's own data uses of systems, sizes, regions and columns: what is written in them names nobody.

use rustc_hash::FxHashSet;

use crate::catalogue::embedded_files;
use crate::ingest::Dialects;

/// The files of the catalogue that hold words of vendors and no prose.
const FILES: &[&str] = &["guest_os.toml", "releases.toml", "sizes.csv", "regions.csv"];

/// Words, in small letters.
#[derive(Debug)]
pub(super) struct Vocabulary(FxHashSet<String>);

impl Vocabulary {
    /// The words of the data that the program carries.
    pub(super) fn embedded() -> Self {
        let files =
            embedded_files().into_iter().filter(|(name, _)| FILES.contains(&name.as_str())).map(|(_, text)| text);
        let texts = files.chain(Dialects::files().map(|(_, text)| text));
        Self(texts.flat_map(words).collect())
    }

    /// Whether every word of a text is one of them, or a number.
    pub(super) fn knows(&self, text: &str) -> bool {
        words(text).all(|word| self.0.contains(&word) || word.bytes().all(|byte| byte.is_ascii_digit()))
    }
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}
