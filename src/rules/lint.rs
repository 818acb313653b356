//! What is wrong with a folder of catalogue files: everything that the program's own files are held to.

use super::lint_file::{Fault, Known, Linted};
use super::{lint_edition, lint_lists, lint_planning};
use crate::catalogue::{Catalogue, CatalogueFile, Edition, GuestOsCatalogue, Releases};
use crate::ingest::Dialects;

/// Says what is wrong with the files of a catalogue folder, in their order.
///
/// # Panics
/// Never: the tests read the catalogue that the program carries.
#[must_use]
pub fn lint(files: &[CatalogueFile]) -> Vec<Fault> {
    let embedded = Catalogue::embedded().expect("the embedded catalogue is tested");
    let text_of = |name: &str| files.iter().find(|file| file.name == name).and_then(|file| file.text().ok());
    let guests = text_of("guest_os.toml").and_then(|text| GuestOsCatalogue::parse("guest_os.toml", text).ok());
    let releases = text_of("releases.toml").and_then(|text| Releases::parse("releases.toml", text).ok());
    let of_folder = files
        .iter()
        .filter_map(|file| lint_edition::place(&file.name))
        .map(|(target, name)| format!("{target}@{name}"));
    let known = Known {
        guests: guests.unwrap_or(embedded.guest_os),
        releases: releases.unwrap_or(embedded.releases),
        editions: embedded.editions.iter().map(Edition::id).chain(of_folder).collect(),
    };
    files.iter().flat_map(|file| lint_file(file, &known)).collect()
}

fn lint_file(file: &CatalogueFile, known: &Known) -> Vec<Fault> {
    let text = match file.text() {
        Ok(text) => text,
        Err(error) => {
            let problem = error.to_string();
            return vec![Fault { file: file.path.clone(), line: None, key: String::new(), problem }];
        }
    };
    let mut linted = Linted { file, text, faults: Vec::new() };
    match file.name.as_str() {
        "guest_os.toml" => lint_lists::guests(&mut linted),
        "releases.toml" => lint_lists::releases(&mut linted),
        "sizes.csv" => lint_lists::sizes(&mut linted),
        "disks.csv" => lint_lists::disks(&mut linted),
        "regions.csv" => lint_lists::regions(&mut linted),
        "planning.toml" => lint_planning::planning(&mut linted),
        "import_names.csv" => lint_planning::import_names(&mut linted, known),
        name if file.is_dialect() => {
            let name = name.trim_start_matches("dialects/").trim_end_matches(".toml");
            if let Err((_, problem)) = Dialects::with(&[(name, text)]) {
                linted.whole(&problem);
            }
        }
        name => match lint_edition::place(name) {
            Some((target, edition)) => lint_edition::edition(&mut linted, target, edition, known),
            None => lint_lists::wording(&mut linted),
        },
    }
    linted.faults
}
