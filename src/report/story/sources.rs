//! Where the requirements come from: editions, documents with dates and addresses, notices, and contradictions.

use super::super::document::{Block, Cell, Fact, Link, Section, Table, Tone};
use super::super::view::View;
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
            blocks.push(Block::Table(remarks(edition)));
        }
        if !edition.notices.is_empty() {
            blocks.push(sub_heading(number, "notices", "Also published, and not to be judged from an export"));
            blocks.push(Block::Table(notices(edition)));
        }
    }
    Section { id: "sources".to_owned(), title: "Requirement editions and sources".to_owned(), blocks }
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
    }
}
