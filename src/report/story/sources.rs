//! Where the requirements come from: editions, documents with dates and addresses, notices, and contradictions.

use super::super::phrased::{Block, Cell, Link, Section, Start, Table, Tone};
use super::super::stamp::Stamp;
use super::super::view::{PdfDetail, View};
use super::super::words;
use super::parts::{columns, heading};
use crate::catalogue::{Document, Edition, Notice};
use crate::model::{Arg, Identity, Phrase, say};

/// Notices shown, by their first sentences, unless all are asked for.
const NOTICES: usize = 3;

/// The documents of all roads, each once, with the numbers that findings name them by.
pub(super) struct Sources<'a> {
    documents: Vec<&'a Document>,
}

impl<'a> Sources<'a> {
    /// The documents that the editions judged against name.
    pub(super) fn of(view: &'a View<'a>) -> Self {
        let mut documents: Vec<&Document> = Vec::new();
        for document in view.assessment.runs.iter().flat_map(|run| &run.edition.sources) {
            if !documents.iter().any(|known| is_same(known, document)) {
                documents.push(document);
            }
        }
        documents.sort_by(|one, other| (&one.document, one.date).cmp(&(&other.document, other.date)));
        Self { documents }
    }

    /// The numbers of the documents that a check rests on, with the road where they differ: "3" or "3, 17".
    pub(super) fn numbers(&self, view: &View<'_>, check: &str) -> String {
        let mut numbers: Vec<usize> = Vec::new();
        for run in &view.assessment.runs {
            for requirement in run.edition.requirements.iter().filter(|requirement| requirement.check == check) {
                let document = run.edition.document(&requirement.source);
                let number = self.documents.iter().position(|known| is_same(known, document));
                numbers.extend(number.map(|number| number + 1).filter(|number| !numbers.contains(number)));
            }
        }
        numbers.sort_unstable();
        numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
    }
}

fn is_same(one: &Document, other: &Document) -> bool {
    (&one.document, one.date, &one.url) == (&other.document, other.date, &other.url)
}

pub(super) fn section<'a>(view: &'a View<'a>) -> Section<'a> {
    let mut blocks = vec![
        heading("editions", "Editions"),
        Block::Table(editions(view)),
        heading("documents", "Documents"),
        Block::Text("Findings name these documents by number. requirements.csv names the section of each, and where documents contradict each other.".into()),
        Block::Table(documents(Sources::of(view))),
    ];
    blocks.extend(remarks(view));
    let mut notices = all_notices(view);
    if !notices.is_empty() {
        let most = view.options.pdf.most(NOTICES);
        let more = notices.len().saturating_sub(most);
        notices.truncate(most);
        blocks.push(heading("notices", "Also published, and not to be judged from an export"));
        blocks.push(Block::Table(notice_table(view, notices)));
        blocks.extend(words::and_more(more, "assessment.json, where all of them stand whole").map(Block::Text));
    }
    if !view.stamp.carried.is_empty() {
        blocks.push(heading("carried", "Catalogue files carried in"));
        blocks.push(Block::Text(carried_words(view.stamp)));
        blocks.push(Block::Table(carried(view.stamp)));
    }
    let title = "Requirement editions and sources".into();
    Section { id: "sources".to_owned(), title, start: Start::Room, blocks }
}

fn editions<'a>(view: &'a View<'a>) -> Table<'a> {
    let runs = &view.assessment.runs;
    Table {
        columns: columns(&[
            ("Road", 22, false),
            ("Edition", 10, false),
            ("What it holds, and its SHA-256", 68, false),
            ("Requirements", 14, true),
            ("Gathered", 13, false),
        ]),
        len: runs.len(),
        row: Box::new(|index| {
            let edition = runs[index].edition;
            let (title, digest) = (Arg::wording(&edition.title), Arg::text(&edition.digest));
            vec![
                words::target(edition.target).into(),
                Arg::text(&edition.edition).into(),
                say!("{title}\n{digest}", title = title, digest = digest).into(),
                Arg::at(edition.requirements.len()).into(),
                edition.retrieved.into(),
            ]
        }),
        empty: Phrase::default(),
        of_machines: false,
    }
}

fn carried_words(stamp: &Stamp) -> Phrase {
    match &stamp.signed_with {
        Some(key) => say!(
            "These files came from outside the program and stand in place of its own of the same name. Each is signed with the minisign key {key}.",
            key = Arg::text(key)
        ),
        None => say!(
            "These files came from outside the program and stand in place of its own of the same name. Their signatures were not asked for."
        ),
    }
}

fn carried(stamp: &Stamp) -> Table<'_> {
    Table {
        columns: columns(&[("File", 40, false), ("Gathered", 12, false), ("SHA-256", 60, false)]),
        len: stamp.carried.len(),
        row: Box::new(|index| {
            let file = &stamp.carried[index];
            let date = file.date.map_or_else(|| "not said".into(), Cell::from);
            let sha256 = Cell { text: Arg::text(&file.sha256).into(), tone: Tone::Faint, link: None };
            vec![Arg::named(Identity::File, &file.path).into(), date, sha256]
        }),
        empty: Phrase::default(),
        of_machines: false,
    }
}

fn documents(sources: Sources<'_>) -> Table<'_> {
    Table {
        columns: columns(&[("No.", 6, true), ("Document, with a link to it", 80, false), ("Date", 14, false)]),
        len: sources.documents.len(),
        row: Box::new(move |index| {
            let document = sources.documents[index];
            let link = Some(Link::Outside(document.url.clone()));
            vec![
                Arg::at(index + 1).into(),
                Cell { text: Arg::text(&document.document).into(), tone: Tone::Plain, link },
                document.date.into(),
            ]
        }),
        empty: Phrase::default(),
        of_machines: false,
    }
}

/// Where documents contradict each other; in short they stand in `requirements.csv` alone.
fn remarks<'a>(view: &'a View<'a>) -> Vec<Block<'a>> {
    if view.options.pdf == PdfDetail::Short {
        return Vec::new();
    }
    let remarks: Vec<(&str, &str)> = view
        .assessment
        .runs
        .iter()
        .flat_map(|run| &run.edition.requirements)
        .filter_map(|requirement| Some((requirement.check.as_str(), requirement.remark.as_deref()?)))
        .collect();
    let table = Table {
        columns: columns(&[("Requirement", 28, false), ("Remark", 72, false)]),
        len: remarks.len(),
        row: Box::new(move |index| vec![Arg::text(remarks[index].0).into(), Arg::wording(remarks[index].1).into()]),
        empty: "There are none.".into(),
        of_machines: false,
    };
    vec![heading("remarks", "Where documents contradict each other, and other remarks"), Block::Table(table)]
}

/// A notice with the edition it stands in.
type Noticed<'a> = (&'a Edition, &'a Notice);

/// The notices of all roads; a text that several say stands once.
fn all_notices<'a>(view: &'a View<'a>) -> Vec<Noticed<'a>> {
    let mut notices: Vec<Noticed<'a>> = Vec::new();
    for run in &view.assessment.runs {
        for notice in &run.edition.notices {
            if !notices.iter().any(|(_, known)| known.text == notice.text) {
                notices.push((run.edition, notice));
            }
        }
    }
    notices
}

fn notice_table<'a>(view: &View<'_>, notices: Vec<Noticed<'a>>) -> Table<'a> {
    let in_full = view.options.pdf == PdfDetail::Full;
    Table {
        columns: columns(&[("What should be known", 76, false), ("Source", 24, false)]),
        len: notices.len(),
        row: Box::new(move |index| {
            let (edition, notice) = notices[index];
            let document = edition.document(&notice.source);
            let source = say!("{section}, {date}", section = Arg::text(&notice.section), date = document.date);
            let link = Some(Link::Outside(document.url.clone()));
            let text = if in_full { Arg::wording(&notice.text) } else { Arg::First(notice.text.as_str().into()) };
            vec![text.into(), Cell { text: source, tone: Tone::Faint, link }]
        }),
        empty: Phrase::default(),
        of_machines: false,
    }
}
