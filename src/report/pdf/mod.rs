//! The report as a PDF file: pages are laid out first, then drawn and packed a batch at a time.

mod area;
mod bands;
mod canvas;
mod chart;
mod contents;
mod cover;
mod facts;
mod flow;
mod fonts;
mod furniture;
mod grid;
mod image;
mod layout;
mod letters;
mod links;
mod marks;
mod measure;
mod objects;
mod outline;
mod page;
mod palette;
mod save;
mod setting;
mod style;
mod table;
mod tags;
mod text;
mod tree;
mod widths;
mod wrap;

use std::io::{self, Write};

use crate::report::document::{Document, Section};
use crate::report::story;
use crate::report::view::View;
use crate::report::writer::{Report, Writer};
use flow::Flow;
use furniture::Furniture;
pub use letters::note as letters_note;
use measure::Faces;
use setting::Setting;

/// The report to read.
pub(super) const WRITER: Writer = Writer { name: "pdf", about: "report.pdf, to read and to file", usual: true, files };

fn files<'a>(view: &'a View<'a>) -> Vec<Report<'a>> {
    let report = |out: &mut (dyn Write + Send)| {
        let faces = Faces::load()?;
        let mut document = story::tell(view);
        letters::tell(&mut document, view.estate, &faces);
        lay_out(&document, faces, out).map(|listed| Some(listed + story::machines_told(view)))
    };
    vec![Report { name: "report.pdf".to_owned(), write: Box::new(report) }]
}

/// Writes the report, and returns how many machines its tables hold. The same document gives the same bytes; the only date
/// in them is the cover's.
///
/// # Errors
///
/// Whatever writing to `out` fails with.
pub fn write(document: &Document<'_>, out: &mut dyn Write) -> io::Result<u64> {
    lay_out(document, Faces::load()?, out)
}

fn lay_out(document: &Document<'_>, faces: Faces, out: &mut dyn Write) -> io::Result<u64> {
    let known = document.sections.iter().flat_map(identifiers).collect();
    let setting = Setting { faces, language: document.language, known };
    let furniture = Furniture::new(&document.cover, &setting.faces, document.language);

    let (mut pages, mut tree) = cover::lay_out(&document.cover, &setting);
    let contents = contents::plan(document, &setting, &mut tree);
    let mut flow = Flow::new(&setting, pages.len() + contents.pages.len(), tree);
    for section in &document.sections {
        flow.section(section);
    }
    let Flow { pages: sections, entries, tree, .. } = flow;
    pages.extend(contents::draw(&contents, &entries, &setting));
    pages.extend(sections);
    let book = save::Book { cover: &document.cover, entries: &entries, tree: &tree, language: document.language };
    save::save(&book, &setting, &furniture, pages, out)
}

/// What links can lead to in a section.
fn identifiers<'d>(section: &'d Section<'_>) -> impl Iterator<Item = &'d str> {
    std::iter::once(section.id.as_str()).chain(section.headings().map(|(id, _)| id))
}
