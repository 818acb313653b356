//! What a reader needs beside the findings: what was looked at, how it was judged, what the words mean, and what comes next.

use super::super::phrased::{Block, Cell, Section, Start, Table};
use super::super::view::View;
use super::super::words;
use super::inputs::exports;
use super::parts::{columns, edition_title, fact, heading};
use super::verdict;
use crate::catalogue::Prerequisite;
use crate::evaluate::{Outcome, Readiness};
use crate::model::{Arg, Identity, Phrase, say};

/// What was looked at, and what was not.
pub(super) fn scope<'a>(view: &View<'_>) -> Section<'a> {
    let estate = view.estate;
    let roads = view.assessment.runs.iter().map(|run| Arg::from(edition_title(run.edition))).collect();
    let refused = estate.files.iter().filter(|file| file.refused.is_some()).count();
    let inputs = say!(
        "{files} {files:file|files} with {tables} {tables:table|tables}",
        files = estate.files.len(),
        tables = estate.tables.len()
    );
    let inputs = match exports(view) {
        Some(exported) => say!("{inputs}, exported {exported}", inputs = inputs, exported = exported),
        None => inputs,
    };
    let mut facts = vec![
        fact("Machines", estate.vms.len()),
        fact("Judged against", Arg::Items(roads)),
        fact("As of", view.assessment.as_of),
        fact("Inputs", inputs),
    ];
    if refused > 0 {
        facts.push(fact("Not read", say!("{count} {count:file|files}", count = refused)));
    }
    let text = "Only what the inputs say was looked at: nothing was scanned, no machine was signed in to, and no service was asked. What no input gives is told as unknown, never as met.";
    Section {
        id: "scope".to_owned(),
        title: "Scope".into(),
        start: Start::Page,
        blocks: vec![Block::Text(text.into()), Block::Facts(facts)],
    }
}

/// How it was judged.
pub(super) fn method<'a>(view: &View<'_>) -> Section<'a> {
    let documents: u64 = view.assessment.runs.iter().map(|run| run.edition.sources.len() as u64).sum();
    let requirements: u64 = view.assessment.runs.iter().map(|run| run.edition.requirements.len() as u64).sum();
    let texts: [Phrase; 4] = [
        say!(
            "Every machine, host, cluster, cloud and Azure resource was judged against {requirements} published {requirements:requirement|requirements} from {documents} {documents:document|documents}, listed with their dates under Requirement editions and sources.",
            requirements = requirements,
            documents = documents
        ),
        "What a host, cluster, cloud or VMM server does not meet holds for each machine on it, and is counted for that machine as inherited.".into(),
        "A requirement is met, not met, or could not be told because a fact is missing. A missing fact never counts as met: an essential one keeps the machine from being called ready, and any other lowers its coverage.".into(),
        "Every finding in report.xlsx and findings.csv names the file, sheet and cell that it rests on, and the document, section and date that the requirement comes from. The same inputs give the same report.".into(),
    ];
    Section {
        id: "method".to_owned(),
        title: "Method".into(),
        start: Start::Room,
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
    (
        "Freed",
        "A machine is freed by remedies when it can then take a road that it cannot take today, as it is or after a change.",
    ),
    (
        "Effort",
        "A rough class of the work that a remedy is, not of its hours. Small: a setting, a name or an order. Medium: work on one machine or host in a service window. Large: an upgrade, a rebuild or another design.",
    ),
    ("Wave", "Machines that the plan moves together."),
];

/// The words of the report.
pub(super) fn definitions<'a>() -> Section<'a> {
    let table = Table {
        columns: columns(&[("Word", 24, false), ("Meaning", 76, false)]),
        len: WORDS.len(),
        row: Box::new(|index| vec![Cell::from(WORDS[index].0), Cell::from(WORDS[index].1)]),
        empty: Phrase::default(),
        of_machines: false,
    };
    Section {
        id: "definitions".to_owned(),
        title: "Definitions".into(),
        start: Start::Room,
        blocks: vec![Block::Table(table)],
    }
}

/// Something to do, and how.
pub(super) struct Step {
    /// What, in a sentence.
    pub(super) what: Phrase,
    how: &'static str,
}

/// What to do after reading, in order.
pub(super) fn steps(view: &View<'_>) -> Vec<Step> {
    let mut steps = Vec::new();
    let step = |what: Phrase, how: &'static str| Step { what, how };
    let open = open_prerequisites(view);
    if !open.is_empty() {
        let open = Arg::List(open.into_iter().map(Arg::Word).collect());
        let what = say!("Settle the prerequisites that are not met or not known: {open}.", open = open);
        steps.push(step(
            what,
            "The section Prerequisites says what each lacks, and what to export where nothing tells.",
        ));
    }
    if verdict::on_some_road(view, Readiness::NotReady) > 0 {
        let what = say!("Give each action an owner and a day, beginning with those that free the most machines.");
        let how =
            "report.xlsx, sheet Actions, has a row for each, with columns for owner, status, due day and comment.";
        steps.push(step(what, how));
    }
    let unknown = verdict::on_some_road(view, Readiness::Unknown);
    if unknown > 0 {
        let what = say!("Find out what is missing for {unknown} {unknown:machine|machines}.", unknown = unknown);
        let how =
            "Fill in unresolved.csv, or export what the section Unknowns names, and put it beside the other inputs.";
        steps.push(step(what, how));
    }
    if view.plan.is_some() && !view.estate.vms.is_empty() {
        let what = say!("Go through the plan and its waves with the owners of the machines.");
        steps.push(step(what, "The section Plan sums it up; plan.csv and waves.csv have each machine."));
    }
    let how = "With --keep report.xlsx, the next report carries over what was entered in the workbook.";
    steps.push(step(say!("Export and assess again after the changes."), how));
    steps
}

/// The prerequisites that are not met, or that no input tells, each once.
fn open_prerequisites(view: &View<'_>) -> Vec<&'static str> {
    let mut open = Vec::new();
    for row in view.assessment.runs.iter().flat_map(|run| &run.prerequisites) {
        let name = words::prerequisite(row.prerequisite);
        let is_machines = row.prerequisite == Prerequisite::VirtualMachines;
        if matches!(row.outcome, Outcome::NotMet | Outcome::Unknown) && !is_machines && !open.contains(&name) {
            open.push(name);
        }
    }
    open
}

/// What to do after reading, and how; and who signs, where someone is to.
pub(super) fn next_steps<'a>(view: &View<'_>) -> Section<'a> {
    let steps = steps(view);
    let table = Table {
        columns: columns(&[("", 4, true), ("What", 44, false), ("How", 52, false)]),
        len: steps.len(),
        row: Box::new(move |index| {
            let Step { what, how } = &steps[index];
            vec![Arg::at(index + 1).into(), what.clone().into(), (*how).into()]
        }),
        empty: Phrase::default(),
        of_machines: false,
    };
    let mut blocks = vec![Block::Table(table)];
    let signatures = view.stamp.front.signatures.clone();
    if !signatures.is_empty() {
        blocks.push(heading("signatures", "Signatures"));
        blocks.push(Block::Table(Table {
            columns: columns(&[("For", 30, false), ("Name", 26, false), ("Date", 14, false), ("Signature", 30, false)]),
            len: signatures.len(),
            // The lines above leave room to write.
            row: Box::new(move |index| {
                let room = say!("\n\n{name}", name = Arg::named(Identity::Customer, &signatures[index]));
                vec![room.into(), Cell::default(), Cell::default(), Cell::default()]
            }),
            empty: Phrase::default(),
            of_machines: false,
        }));
    }
    Section { id: "next-steps".to_owned(), title: "Next steps".into(), start: Start::Room, blocks }
}
