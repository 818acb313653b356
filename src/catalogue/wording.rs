//! A customer's own words for what checks say, carried in beside the catalogue.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Catalogue;
use super::folder::{CarriedError, CatalogueFile};

/// The words for one check; what is left out stays as the program says it.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
struct Words {
    summary: Option<String>,
    remedy: Option<String>,
}

/// The language that reports are written in.
const LANGUAGE: &str = "en";

/// Puts the words of a file into every requirement they are for; those in another language than the reports are kept
/// aside, and the catalogue says so.
///
/// # Errors
/// When the file is no list of words by check, or names a check that no edition asks for.
pub(super) fn apply(catalogue: &mut Catalogue, file: &CatalogueFile) -> Result<(), CarriedError> {
    let wrong = |problem: String| CarriedError::Wording { file: file.path.clone(), problem };
    let all: BTreeMap<String, Words> = toml::from_str(file.text()?).map_err(|error| wrong(error.to_string()))?;
    let is_spoken = file.language() == Some(LANGUAGE);
    for (check, words) in all {
        let mut known = false;
        let requirements = catalogue.editions.iter_mut().flat_map(|edition| &mut edition.requirements);
        for requirement in requirements.filter(|requirement| requirement.check == check) {
            known = true;
            if is_spoken {
                requirement.summary = words.summary.clone().or(requirement.summary.take());
                requirement.remedy = words.remedy.clone().or(requirement.remedy.take());
            }
        }
        if !known {
            return Err(wrong(format!("no edition asks for {check}; klar rules list shows the names")));
        }
    }
    if !is_spoken {
        catalogue.unused.push(format!(
            "{}: its words are in another language than the reports, which are in {LANGUAGE}, and stand nowhere.",
            file.path
        ));
    }
    Ok(())
}
