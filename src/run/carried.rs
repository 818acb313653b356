//! Columns that were to be carried through and stand in no table of machines, told with what comes near.

use std::collections::BTreeMap;

use crate::model::{Arg, CarriedColumn, Estate, Gravity, Identity, Note, Phrase, Stands, say};
use crate::near::near;

/// Notes each column of the configuration that no table of machines has.
pub(super) fn note(estate: &mut Estate, file: &str) {
    let missing: Vec<&CarriedColumn> =
        estate.carried.iter().filter(|column| column.stands != Stands::AtMachines).collect();
    if missing.is_empty() {
        return;
    }
    // Compared without regard to case, and told as they stand.
    let headings: BTreeMap<String, &str> =
        estate.columns.iter().map(|seen| (seen.heading.to_lowercase(), seen.heading.as_str())).collect();
    let known: Vec<&str> = headings.keys().map(String::as_str).collect();
    let texts: Vec<Phrase> = missing.into_iter().map(|column| text(column, &headings, &known)).collect();
    for text in texts {
        let (file, sheet) = (file.to_owned(), String::new());
        estate.notes.push(Note { gravity: Gravity::Doubt, file, sheet, origin: None, text });
    }
}

fn text(column: &CarriedColumn, headings: &BTreeMap<String, &str>, known: &[&str]) -> Phrase {
    let heading = Arg::named(Identity::Heading, &column.heading);
    match column.stands {
        Stands::Elsewhere => say!(
            "[carry] names the column {heading}, which stands only in tables that do not tell of machines; nothing is carried through. Put it beside the machines' names, or take it out.",
            heading
        ),
        Stands::AtMachines | Stands::Nowhere => {
            let nearest = near(&column.heading, known);
            if nearest.is_empty() {
                return say!(
                    "[carry] names the column {heading}, which no input has; nothing is carried through. klar inspect shows every heading.",
                    heading
                );
            }
            let nearest = nearest.iter().filter_map(|key| headings.get(*key));
            say!(
                "[carry] names the column {heading}, which no input has; nothing is carried through. Near it: {nearest}. Write it as it stands.",
                heading,
                nearest = Arg::names(Identity::Heading, nearest.copied())
            )
        }
    }
}
