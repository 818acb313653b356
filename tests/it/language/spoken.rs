//! Every sample told in Swedish, in every form for people: nothing may be asked for that has no translation.

use std::collections::BTreeSet;

use klar::model::Field;
use klar::plan::Wishes;
use klar::record::Recorded;
use klar::report::language::Language;
use klar::report::view::{Options, PdfDetail, View};
use klar::report::writer::Report;
use klar::report::writers::WRITERS;
use klar::report::{brief, changes, inspected, inspection, json, text};

/// The forms that people read.
const FORMS: [&str; 4] = ["pdf", "xlsx", "html", "docx"];

/// What a view asks for in Swedish that has none.
fn unknown(view: &View<'_>) -> Vec<String> {
    let language = Language::listening("sv").unwrap();
    for pdf in [PdfDetail::Short, PdfDetail::Full] {
        let view = View { options: Options { language, pdf, ..view.options }, ..View { ..*view } };
        for writer in WRITERS.iter().filter(|writer| FORMS.contains(&writer.name)) {
            for Report { write, .. } in (writer.files)(&view) {
                write(&mut Vec::new()).unwrap();
            }
        }
        assert!(!text::summary(&view).is_empty() && !brief::brief(&view).is_empty());
        let told = inspection::inspection(view.estate, view.assessment, "0", language);
        assert!(!inspected::document(&told).said(language).sections.is_empty());
        let bytes = serde_json::to_vec(&json::of(&view)).unwrap();
        let same = Recorded::read("assessment.json", &bytes).unwrap();
        assert!(!changes::text(&klar::compare::assessments(&same, &same), language).is_empty());
    }
    // The key of a fact is what is written into a file, in every language.
    let is_key = |text: &String| Field::ALL.iter().any(|field| field.key() == text);
    language.unknown().into_iter().filter(|text| !is_key(text)).collect()
}

#[test]
fn every_sample_is_told_in_swedish_from_beginning_to_end() {
    let unknown_of = std::sync::Mutex::new(BTreeSet::new());
    for sample in ["tallvik", "almby", "lindas"] {
        crate::writers::with_sample(sample, |view| unknown_of.lock().unwrap().extend(unknown(view)));
    }
    let wishes = Wishes::default();
    crate::plan::tables::with_sample("tallvik", &wishes, |view| unknown_of.lock().unwrap().extend(unknown(view)));
    let missing = unknown_of.into_inner().unwrap();
    let lines: Vec<String> =
        missing.iter().map(|text| format!("{} = \"\"", serde_json::to_string(text).unwrap())).collect();
    assert!(missing.is_empty(), "no Swedish for {} texts:\n{}", missing.len(), lines.join("\n"));
}
