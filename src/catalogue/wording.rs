//! Wording carried in beside the catalogue: the program's own sentences in another language, and a customer's own words for
//! what checks say.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Catalogue;
use super::folder::{CarriedError, CatalogueFile};
use crate::model::{Arg, Identity, Phrase, say};

/// The words for one check; what is left out stays as the program says it.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct CheckWords {
    /// The defect, in a sentence.
    pub summary: Option<String>,
    /// What to do about it.
    pub remedy: Option<String>,
}

/// The wording of a language other than English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// The language, "de".
    pub language: String,
    /// The file that it stands in.
    pub path: String,
    /// The program's sentences, by their English text.
    pub said: BTreeMap<String, String>,
    /// A customer's own words, by check.
    pub checks: BTreeMap<String, CheckWords>,
}

/// A key of a file of wording: a sentence of the program, or a check.
#[derive(Deserialize)]
#[serde(untagged)]
enum Entry {
    Said(String),
    Check(CheckWords),
}

/// The language that every text is written in first.
pub const ENGLISH: &str = "en";

/// Takes the words of a file in: those in English are put into every requirement they are for, those of another language
/// are kept for reports in it.
///
/// # Errors
/// When the file is no list of words, names a check that no edition asks for, or words the program's own English.
pub(super) fn apply(catalogue: &mut Catalogue, file: &CatalogueFile) -> Result<(), CarriedError> {
    let wrong = |problem: String| CarriedError::Wording { file: file.path.clone(), problem };
    let all: BTreeMap<String, Entry> = toml::from_str(file.text()?).map_err(|error| wrong(error.to_string()))?;
    let language = file.language().unwrap_or(ENGLISH);
    let (mut said, mut checks) = (BTreeMap::new(), BTreeMap::new());
    for (key, entry) in all {
        match entry {
            Entry::Said(_) if language == ENGLISH => {
                return Err(wrong(format!("`{key}` is English already; only the words of checks can be other ones")));
            }
            Entry::Said(text) => drop(said.insert(key, text)),
            Entry::Check(words) => {
                let mut asked = catalogue.editions.iter().flat_map(|edition| &edition.requirements);
                if !asked.any(|requirement| requirement.check == key) {
                    return Err(wrong(format!("no edition asks for {key}; klar rules list shows the names")));
                }
                checks.insert(key, words);
            }
        }
    }
    if language == ENGLISH {
        let requirements = catalogue.editions.iter_mut().flat_map(|edition| &mut edition.requirements);
        for requirement in requirements {
            if let Some(words) = checks.get(&requirement.check) {
                requirement.summary = words.summary.clone().or(requirement.summary.take());
                requirement.remedy = words.remedy.clone().or(requirement.remedy.take());
            }
        }
    } else {
        catalogue.wordings.push(Wording { language: language.to_owned(), path: file.path.clone(), said, checks });
    }
    Ok(())
}

impl Catalogue {
    /// The files whose words stand nowhere in reports of a language, a sentence each.
    #[must_use]
    pub fn unused(&self, spoken: &str) -> Vec<Phrase> {
        let others = self.wordings.iter().filter(|wording| wording.language != spoken);
        let told = |wording: &Wording| {
            say!(
                "{file}: its words are in another language than the reports, which are in {language}, and stand nowhere.",
                file = Arg::named(Identity::File, &wording.path),
                language = Arg::text(spoken)
            )
        };
        others.map(told).collect()
    }
}
