//! In which language people are told.

use clap::Args;

/// In which language people are told.
#[derive(Args, Clone, Debug)]
pub struct Spoken {
    /// The language of what people read: en, sv, or one that the catalogue folder has a wording/LANGUAGE.toml for. CSV, JSON
    /// and Parquet stay English, as programs compare and query them.
    #[arg(long, value_name = "LANGUAGE", default_value = "en", value_parser = code)]
    pub lang: String,
}

/// The code of a language.
pub(super) fn code(text: &str) -> Result<String, String> {
    let is_code = text.len() == 2 && text.bytes().all(|letter| letter.is_ascii_lowercase());
    if is_code { Ok(text.to_owned()) } else { Err("a language is two small letters, such as sv".to_owned()) }
}
