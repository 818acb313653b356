//! What a reader needs beside the findings: what was looked at, how it was judged, what the words mean, and what comes next.

use super::super::document::{Block, Cell, Fact, Section, Table};
use super::super::view::View;
use super::super::words;
use super::summary::columns;
use super::{edition_title, reconciliation};
use crate::evaluate::Readiness;

fn fact(label: &str, value: impl Into<String>) -> Fact {
    Fact { label: label.to_owned(), value: value.into().into() }
}

/// What was looked at, and what was not.
pub(super) fn scope<'a>(view: &View<'_>) -> Section<'a> {
    let estate = view.estate;
    let roads: Vec<String> = view.assessment.runs.iter().map(|run| edition_title(run.edition)).collect();
    let refused = estate.files.iter().filter(|file| file.refused.is_some()).count() as u64;
    let mut facts = vec![
        fact("Machines", words::grouped(estate.vms.len() as u64)),
        fact("Judged against", roads.join("; ")),
        fact("As of", view.assessment.as_of.to_string()),
        fact("Rows read", reconciliation(view)),
    ];
    if refused > 0 {
        facts.push(fact("Not read", words::count(refused, "file", "files")));
    }
    let text = "Only what the inputs say was looked at: nothing was scanned, no machine was signed in to, and no service was asked. What no input gives is told as unknown, never as met.";
    Section {
        id: "scope".to_owned(),
        title: "Scope".to_owned(),
        blocks: vec![Block::Text(text.to_owned()), Block::Facts(facts)],
    }
}

/// How it was judged.
pub(super) fn method<'a>(view: &View<'_>) -> Section<'a> {
    let documents: u64 = view.assessment.runs.iter().map(|run| run.edition.sources.len() as u64).sum();
    let requirements: u64 = view.assessment.runs.iter().map(|run| run.edition.requirements.len() as u64).sum();
    let texts = [
        format!(
            "Every machine, host, cluster, cloud and Azure resource was judged against {} from {}, listed with their dates under Requirement editions and sources.",
            words::count(requirements, "published requirement", "published requirements"),
            words::count(documents, "document", "documents")
        ),
        "What a host, cluster, cloud or VMM server does not meet holds for each machine on it, and is counted for that machine as inherited.".to_owned(),
        "A requirement is met, not met, or could not be told because a fact is missing. A missing fact never counts as met: an essential one keeps the machine from being called ready, and any other lowers its coverage.".to_owned(),
        "Every finding names the file, sheet and cell that it rests on, and the document and date that the requirement comes from. The same inputs give the same report.".to_owned(),
    ];
    Section {
        id: "method".to_owned(),
        title: "Method".to_owned(),
        blocks: texts.into_iter().map(Block::Text).collect(),
    }
}

/// Every word that the report gives a meaning of its own.
const WORDS: &[(&str, &str)] = &[
    (
        "Road",
        "A way to Azure: Azure Site Recovery, Azure Migrate, or running as an Azure VM. Each machine has a readiness for each road.",
    ),
    ("Ready", "Nothing that could be checked stands in the way."),
    ("Ready with conditions", "Works after a change to the machine or to the chosen target."),
    ("Unknown", "An essential fact is missing, so that nothing is claimed of the machine."),
    ("Not ready", "A blocker is not met."),
    ("Blocker", "A requirement without which the machine cannot be replicated, moved or run until it is fixed."),
    ("Condition", "A requirement that asks for a change before or while the machine is moved."),
    ("Warning", "The machine works, but is not fully supported, or data or timing is at risk."),
    ("Coverage", "The requirements that could be checked, of those that apply to the machine."),
    ("Not verified", "A requirement that could not be checked and is not essential; it lowers coverage only."),
    (
        "Inherited",
        "Found at the host, cluster, cloud or VMM server that holds the machine, and counted for the machine.",
    ),
    ("Waived", "Not met, and someone answers for it until a day; it holds nothing back until then."),
    ("Gap", "A fact that no input gives."),
];

/// The words of the report.
pub(super) fn definitions<'a>() -> Section<'a> {
    let table = Table {
        columns: columns(&[("Word", 24, false), ("Meaning", 76, false)]),
        len: WORDS.len(),
        row: Box::new(|index| vec![Cell::from(WORDS[index].0), Cell::from(WORDS[index].1)]),
        empty: String::new(),
        of_machines: false,
    };
    Section { id: "definitions".to_owned(), title: "Definitions".to_owned(), blocks: vec![Block::Table(table)] }
}

/// What to do after reading, in order.
pub(super) fn next_steps<'a>(view: &View<'_>) -> Section<'a> {
    let worst = |readiness: Readiness| {
        view.assessment.runs.iter().map(|run| run.readiness_counts()[readiness as usize].1).max().unwrap_or(0)
    };
    let mut steps = Vec::new();
    let (blocked, unknown) = (worst(Readiness::NotReady), worst(Readiness::Unknown));
    if blocked > 0 {
        steps.push("Give each action an owner and a day in report.xlsx, sheet Actions, the ones that free most machines first.".to_owned());
    }
    if unknown > 0 {
        steps.push(format!(
            "Find out what is missing for {}: fill in unresolved.csv, or export what Unknowns names, and assess again.",
            words::count(unknown, "machine", "machines")
        ));
    }
    steps.push("Settle the prerequisites of the roads that will be used.".to_owned());
    if view.plan.is_some() {
        steps.push("Go through the plan and its waves with the owners of the machines.".to_owned());
    }
    steps.push(
        "Export and assess again after the changes; --keep carries over what was entered in the workbook.".to_owned(),
    );
    let numbered = (1..).zip(steps).map(|(number, step): (u32, String)| Block::Text(format!("{number}. {step}")));
    Section { id: "next-steps".to_owned(), title: "Next steps".to_owned(), blocks: numbered.collect() }
}
