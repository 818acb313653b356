//! Where the requirements come from: editions, documents with dates and addresses, notices, and contradictions.

use super::super::document::{Block, Cell, Fact, Link, Section, Table, Tone};
use super::super::stamp::Stamp;
use super::super::view::{PdfDetail, View};
use super::edition_title;
use super::summary::columns;
use crate::catalogue::Edition;

pub(super) fn section<'a>(view: &'a View<'a>) -> Section<'a> {
    let mut blocks = Vec::new();
    for (number, run) in view.assessment.runs.iter().enumerate() {
        let edition = run.edition;
        blocks.push(Block::Heading { id: format!("edition-{number}"), text: edition_title(edition), mark: None });
        blocks.push(Block::Text(edition.title.clone()));
        blocks.push(Block::Facts(facts(edition)));
        blocks.push(Block::Table(documents(edition)));
        if edition.requirements.iter().any(|requirement| requirement.remark.is_some()) {
            blocks.push(sub_heading(number, "remarks", "Where documents contradict each other, and other remarks"));
            blocks.push(match view.options.pdf {
                PdfDetail::Short => Block::Text("They stand with each requirement in requirements.csv.".to_owned()),
                PdfDetail::Full => Block::Table(remarks(edition)),
            });
        }
        if !edition.notices.is_empty() {
            blocks.push(sub_heading(number, "notices", "Also published, and not to be judged from an export"));
            blocks.push(Block::Table(notices(edition)));
        }
    }
    if !view.stamp.carried.is_empty() {
        blocks.push(Block::Heading {
            id: "carried".to_owned(),
            text: "Catalogue files carried in".to_owned(),
            mark: None,
        });
        blocks.push(Block::Text(carried_words(view.stamp)));
        blocks.push(Block::Table(carried(view.stamp)));
    }
    Section { id: "sources".to_owned(), title: "Requirement editions and sources".to_owned(), blocks }
}

fn carried_words(stamp: &Stamp) -> String {
    let signed = match &stamp.signed_with {
        Some(key) => format!("Each is signed with the minisign key {key}."),
        None => "Their signatures were not asked for.".to_owned(),
    };
    format!("These files came from outside the program and stand in place of its own of the same name. {signed}")
}

fn carried(stamp: &Stamp) -> Table<'_> {
    Table {
        columns: columns(&[("File", 40, false), ("Gathered", 12, false), ("SHA-256", 60, false)]),
        len: stamp.carried.len(),
        row: Box::new(|index| {
            let file = &stamp.carried[index];
            let date = file.date.map_or_else(|| "not said".to_owned(), |date| date.to_string());
            let sha256 = Cell { text: file.sha256.clone(), tone: Tone::Faint, link: None };
            vec![file.path.as_str().into(), date.into(), sha256]
        }),
        empty: String::new(),
        of_machines: false,
    }
}

fn sub_heading<'a>(number: usize, id: &str, text: &str) -> Block<'a> {
    Block::Heading { id: format!("edition-{number}-{id}"), text: text.to_owned(), mark: None }
}

fn facts(edition: &Edition) -> Vec<Fact> {
    let fact = |label: &str, value: String| Fact { label: label.to_owned(), value: value.into() };
    vec![
        fact("Requirements", edition.requirements.len().to_string()),
        fact("Published", edition.published.to_string()),
        fact("Facts gathered", edition.retrieved.to_string()),
        fact("SHA-256", edition.digest.clone()),
    ]
}

fn documents(edition: &Edition) -> Table<'_> {
    Table {
        columns: columns(&[("Document", 52, false), ("Date", 13, false), ("Address", 60, false)]),
        len: edition.sources.len(),
        row: Box::new(|index| {
            let document = &edition.sources[index];
            let link = Some(Link::Outside(document.url.clone()));
            vec![
                document.document.as_str().into(),
                document.date.to_string().into(),
                Cell { text: document.url.clone(), tone: Tone::Faint, link },
            ]
        }),
        empty: String::new(),
        of_machines: false,
    }
}

fn remarks(edition: &Edition) -> Table<'_> {
    let remarks: Vec<(&str, &str)> = edition
        .requirements
        .iter()
        .filter_map(|requirement| Some((requirement.check.as_str(), requirement.remark.as_deref()?)))
        .collect();
    Table {
        columns: columns(&[("Requirement", 28, false), ("Remark", 72, false)]),
        len: remarks.len(),
        row: Box::new(move |index| vec![remarks[index].0.into(), remarks[index].1.into()]),
        empty: String::new(),
        of_machines: false,
    }
}

fn notices(edition: &Edition) -> Table<'_> {
    Table {
        columns: columns(&[("Notice", 26, false), ("What should be known", 54, false), ("Source", 20, false)]),
        len: edition.notices.len(),
        row: Box::new(|index| {
            let notice = &edition.notices[index];
            let document = edition.document(&notice.source);
            let source = format!("{}, {}", notice.section, document.date);
            let link = Some(Link::Outside(document.url.clone()));
            vec![
                notice.name.as_str().into(),
                notice.text.as_str().into(),
                Cell { text: source, tone: Tone::Faint, link },
            ]
        }),
        empty: String::new(),
        of_machines: false,
    }
}
