//! A file of wording to be filled in for a further language.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::language::{LanguageError, codes, own, texts};

/// The file of a language to be filled in: every text, with what the program knows of it already.
///
/// # Errors
/// When a file that the program carries cannot be used, which the tests rule out.
pub fn file(code: &str) -> Result<String, LanguageError> {
    let mut every: BTreeMap<String, String> = BTreeMap::new();
    for known in codes() {
        let Some((name, text)) = own(&known) else { continue };
        for (english, said) in texts(name, text)? {
            let kept = every.entry(english).or_default();
            if known == code {
                *kept = said;
            }
        }
    }
    let mut text = String::new();
    for line in FILE_HEAD {
        writeln!(text, "# {line}").expect("writing to a String does not fail");
    }
    for (english, said) in every {
        writeln!(text, "{} = {}", quoted(&english), quoted(&said)).expect("writing to a String does not fail");
    }
    Ok(text)
}

/// What stands first in a file of wording.
const FILE_HEAD: &[&str] = &[
    "The texts of Klar's reports in another language: each English text with its translation, in the order of the English.",
    "Places such as {machines} stay as they are; {machines:machine|machines} chooses the word for one and that for several by",
    "the number of that place, and takes the words of the language: {machines:maskin|maskiner}. What is left empty is said in",
    "English. The number and the day at the top tell the form of numbers and days in the language.",
    "Put the file into wording/LANGUAGE.toml of the folder of --catalogue, and ask for it with --lang LANGUAGE.",
];

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("a text is JSON, and quoted as TOML quotes")
}
