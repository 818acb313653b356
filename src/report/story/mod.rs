//! The report as a document: what it says in which order, for the PDF and every later paged form.

use super::phrased::{Cover, Document};
use super::view::View;
use crate::model::{Arg, Identity, Phrase, say};

mod changes;
mod estate;
mod explain;
mod findings;
mod groups;
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

/// Tells the results as a document, in the language that they are told in.
#[must_use]
pub fn tell<'a>(view: &'a View<'a>) -> super::document::Document<'a> {
    let mut sections = vec![summary::section(view)];
    sections.extend([guide::scope(view), guide::method(view), guide::definitions(), guide::next_steps(view)]);
    sections.extend(changes::section(view));
    sections.extend([prerequisites::section(view), estate::section(view), findings::section(view)]);
    sections.extend(organisation::section(view));
    sections.push(machines::section(view));
    sections.extend(plan::section(view));
    sections.push(unknowns::section(view));
    sections.extend(policy::section(view));
    sections.extend(groups::section(view));
    sections.extend([inputs::section(view), sources::section(view)]);
    let language = view.options.language;
    Document { cover: cover(view), sections, language }.said(language)
}

/// What comes next, in a sentence.
#[must_use]
pub fn next(view: &View<'_>) -> Option<Phrase> {
    guide::steps(view).into_iter().next().map(|step| step.what)
}

fn cover(view: &View<'_>) -> Cover {
    let estate = view.estate;
    let editions = view.assessment.runs.iter().map(|run| Arg::from(edition_title(run.edition)));
    let machines = match estate.vms.len() as u64 {
        0 => say!("none found, so nothing is judged of machines"),
        count => Phrase::from(count),
    };
    let inputs = say!(
        "{files} {files:file|files}, {tables} {tables:table|tables}",
        files = estate.files.len(),
        tables = estate.tables.len()
    );
    let mut facts = vec![
        ("As of".into(), view.assessment.as_of.into()),
        ("Judged against".into(), Arg::Joined("\n", editions.collect()).into()),
        ("Machines".into(), machines),
        ("Inputs".into(), inputs),
    ];
    facts.extend(exports(view).map(|exports| (Phrase::from("Exported"), exports)));
    let front = &view.stamp.front;
    for (label, identity, value) in [
        ("Author", Identity::Person, &front.author),
        ("Reviewer", Identity::Person, &front.reviewer),
        ("Version", Identity::Free, &front.version),
        ("Distribution", Identity::Person, &front.distribution),
    ] {
        facts.extend(value.as_ref().map(|value| (label.into(), Arg::named(identity, value).into())));
    }
    let named =
        |identity: Identity, name: &Option<String>| name.as_ref().map(|name| Phrase::from(Arg::named(identity, name)));
    Cover {
        title: "Readiness for Azure".into(),
        distribution: named(Identity::Person, &front.distribution),
        customer: named(Identity::Customer, &view.stamp.customer),
        site: named(Identity::Customer, &view.stamp.site),
        logo: front.logo.clone(),
        facts,
        producer: format!("Klar {}", view.stamp.version),
        as_of: view.assessment.as_of.to_string(),
    }
}
