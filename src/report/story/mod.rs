//! The report as a document: what it says in which order, for the PDF and every later paged form.

use super::document::{Cover, Document};
use super::view::View;
use super::words;

mod changes;
mod estate;
mod explain;
mod findings;
mod guide;
mod inputs;
mod machines;
mod organisation;
mod parts;
mod plan;
mod policy;
mod prerequisites;
mod sources;
mod summary;
mod unknowns;
mod verdict;

pub use changes::document as changes;
pub use explain::document as explanation;
pub(super) use findings::tone as severity_tone;
pub use inputs::{exports, reconciliation};
pub use machines::told as machines_told;
pub(super) use parts::{columns, edition_title, heading, tone as readiness_tone};
pub use summary::{Holdback, holdbacks};
pub use unknowns::essential as essential_gaps;
pub use verdict::verdict;

/// Tells the results as a document.
#[must_use]
pub fn tell<'a>(view: &'a View<'a>) -> Document<'a> {
    let mut sections = vec![summary::section(view)];
    sections.extend([guide::scope(view), guide::method(view), guide::definitions(), guide::next_steps(view)]);
    sections.extend(changes::section(view));
    sections.extend([prerequisites::section(view), estate::section(view), findings::section(view)]);
    sections.extend(organisation::section(view));
    sections.push(machines::section(view));
    sections.extend(plan::section(view));
    sections.push(unknowns::section(view));
    sections.extend(policy::section(view));
    sections.extend([inputs::section(view), sources::section(view)]);
    Document { cover: cover(view), sections }
}

/// What comes next, in a sentence.
#[must_use]
pub fn next(view: &View<'_>) -> Option<String> {
    guide::steps(view).into_iter().next().map(|step| step.what)
}

fn cover(view: &View<'_>) -> Cover {
    let estate = view.estate;
    let editions: Vec<String> = view.assessment.runs.iter().map(|run| edition_title(run.edition)).collect();
    let machines = match estate.vms.len() as u64 {
        0 => "none found, so nothing is judged of machines".to_owned(),
        count => words::grouped(count),
    };
    let mut facts = vec![
        ("As of".to_owned(), view.assessment.as_of.to_string()),
        ("Judged against".to_owned(), editions.join("\n")),
        ("Machines".to_owned(), machines),
    ];
    let files = words::count(estate.files.len() as u64, "file", "files");
    let tables = words::count(estate.tables.len() as u64, "table", "tables");
    facts.push(("Inputs".to_owned(), format!("{files}, {tables}")));
    facts.extend(exports(view).map(|exports| ("Exported".to_owned(), exports)));
    let front = &view.stamp.front;
    for (label, value) in [
        ("Author", &front.author),
        ("Reviewer", &front.reviewer),
        ("Version", &front.version),
        ("Distribution", &front.distribution),
    ] {
        facts.extend(value.as_ref().map(|value| (label.to_owned(), value.clone())));
    }
    Cover {
        title: "Readiness for Azure".to_owned(),
        distribution: front.distribution.clone(),
        customer: view.stamp.customer.clone(),
        site: view.stamp.site.clone(),
        facts,
        producer: format!("Klar {}", view.stamp.version),
        as_of: view.assessment.as_of.to_string(),
    }
}
