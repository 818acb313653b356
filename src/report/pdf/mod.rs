//! The report as a PDF file: pages are laid out first, then drawn and packed a batch at a time.

mod bands;
mod chart;
mod contents;
mod cover;
mod facts;
mod flow;
mod fonts;
mod furniture;
mod measure;
mod outline;
mod page;
mod palette;
mod save;
mod table;
mod text;
mod wrap;

use std::io::{self, Write};

use crate::report::document::{Document, Section};
use crate::report::story;
use crate::report::view::View;
use crate::report::writer::{Report, Writer};
use flow::{Flow, Setting};
use furniture::Furniture;
use measure::Faces;

/// The report to read.
pub(super) const WRITER: Writer = Writer { name: "pdf", about: "report.pdf, to read and to file", usual: true, files };

fn files<'a>(view: &'a View<'a>) -> Vec<Report<'a>> {
    let report = |out: &mut (dyn Write + Send)| {
        write(&story::tell(view), out).map(|listed| Some(listed + story::machines_told(view)))
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
    let known = document.sections.iter().flat_map(identifiers).collect();
    let setting = Setting { faces: Faces::load()?, known };
    let furniture = Furniture::new(&document.cover, &setting.faces);

    let mut pages = cover::lay_out(&document.cover, &setting);
    let covers = pages.len();
    let contents = contents::plan(document, &setting);
    let mut flow = Flow::new(&setting, covers + contents.len());
    for section in &document.sections {
        flow.section(section);
    }
    let Flow { pages: sections, entries, .. } = flow;
    pages.extend(contents::draw(&contents, &entries, &setting));
    pages.extend(sections);
    save::save(&document.cover, &setting, &furniture, &entries, pages, out)
}

/// What links can lead to in a section.
fn identifiers<'d>(section: &'d Section<'_>) -> impl Iterator<Item = &'d str> {
    std::iter::once(section.id.as_str()).chain(section.headings().map(|(id, _)| id))
}
