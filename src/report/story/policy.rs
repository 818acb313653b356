//! What people vouch for and what they let stand: declarations and waivers, each with who, when and what became of it.

use super::super::document::{Block, Cell, Section, Start, Table, Tone};
use super::super::view::View;
use super::super::words;
use super::parts::columns;
use crate::evaluate::{WaiverResult, WaiverState};
use crate::model::Declared;

/// The section of waivers and declarations, when there are any.
pub(super) fn section<'a>(view: &'a View<'a>) -> Option<Section<'a>> {
    let mut blocks = Vec::new();
    if !view.assessment.waivers.is_empty() {
        blocks.push(heading("waivers", "Waivers"));
        let text = "A waived finding is not met and stays in every report. Until its waiver expires it counts neither as blocker, condition nor warning, for the subject or the machines that inherit it.";
        blocks.push(Block::Text(text.to_owned()));
        blocks.push(Block::Table(waivers(&view.assessment.waivers)));
    }
    if !view.estate.declarations.is_empty() {
        blocks.push(heading("declarations", "Declarations"));
        let text = "A declared fact stands where no export gives one. What an export says is never overwritten.";
        blocks.push(Block::Text(text.to_owned()));
        blocks.push(Block::Table(declarations(&view.estate.declarations)));
    }
    let title = "Waivers and declarations".to_owned();
    (!blocks.is_empty()).then(|| Section { id: "policy".to_owned(), title, blocks, start: Start::Room })
}

/// What the summary warns of: editions that may be out of date, and waivers that no longer hold.
pub(super) fn callouts<'a>(view: &View<'_>) -> Vec<Block<'a>> {
    let mut blocks: Vec<Block<'a>> =
        view.stamp.stale.iter().map(|text| Block::Callout { tone: Tone::Doubt, text: text.clone() }).collect();
    let waived: u64 = view.assessment.runs.iter().flat_map(|run| &run.tallies).map(|tally| tally.waived).sum();
    let bites = |result: &&WaiverResult| result.state == WaiverState::Expired && result.findings > 0;
    let expired = view.assessment.waivers.iter().filter(bites).count() as u64;
    let mut sentences = Vec::new();
    if waived > 0 {
        sentences.push(format!(
            "{} waived and left out of readiness.",
            words::count(waived, "finding that is not met is", "findings that are not met are")
        ));
    }
    if expired > 0 {
        sentences.push(format!(
            "{} expired, so that what was waived counts again.",
            words::count(expired, "waiver has", "waivers have")
        ));
    }
    if !sentences.is_empty() {
        sentences.push("See Waivers and declarations.".to_owned());
        let tone = if expired > 0 { Tone::Doubt } else { Tone::Faint };
        blocks.push(Block::Callout { tone, text: sentences.join(" ") });
    }
    blocks
}

fn heading<'a>(id: &str, text: &str) -> Block<'a> {
    Block::Heading { id: id.to_owned(), text: text.to_owned(), mark: None }
}

fn waivers(waivers: &[WaiverResult]) -> Table<'_> {
    Table {
        columns: columns(&[
            ("Requirement", 22, false),
            ("Subjects", 18, false),
            ("State", 11, false),
            ("Findings", 9, true),
            ("Reason", 24, false),
            ("Owner", 14, false),
            ("Expires", 12, false),
        ]),
        len: waivers.len(),
        row: Box::new(|index| {
            let WaiverResult { waiver, state, findings } = &waivers[index];
            let tone = match state {
                WaiverState::InForce => Tone::Fair,
                WaiverState::Expired => Tone::Bad,
                WaiverState::Unused => Tone::Faint,
            };
            let kind = waiver.kind.map_or(String::new(), |kind| format!("{kind} "));
            vec![
                waiver.requirement.as_str().into(),
                format!("{kind}{}", waiver.subject.as_str()).into(),
                Cell { text: words::waiver_state(*state).to_owned(), tone, link: None },
                words::grouped(*findings).into(),
                waiver.reason.as_str().into(),
                waiver.owner.as_str().into(),
                waiver.expires.to_string().into(),
            ]
        }),
        empty: String::new(),
        of_machines: false,
    }
}

fn declarations(declarations: &[Declared]) -> Table<'_> {
    Table {
        columns: columns(&[
            ("Fact", 22, false),
            ("Of", 20, false),
            ("Declared as", 14, false),
            ("Who", 16, false),
            ("When", 12, false),
            ("What became of it", 26, false),
        ]),
        len: declarations.len(),
        row: Box::new(|index| {
            let declared = &declarations[index];
            let declaration = &declared.declaration;
            let tone = if declared.filled > 0 { Tone::Plain } else { Tone::Doubt };
            vec![
                declaration.fact.title().into(),
                format!("{} {}", declaration.subject, declaration.name.as_str()).into(),
                declaration.value.to_string().into(),
                declaration.who.as_str().into(),
                declaration.when.to_string().into(),
                Cell { text: words::declaration_effect(declared), tone, link: None },
            ]
        }),
        empty: String::new(),
        of_machines: false,
    }
}
