//! What people vouch for and what they let stand: declarations and waivers, each with who, when and what became of it.

use super::super::phrased::{Block, Cell, Section, Start, Table, Tone};
use super::super::view::View;
use super::super::words;
use super::parts::{columns, heading};
use crate::evaluate::{WaiverResult, WaiverState};
use crate::model::{Arg, Declared, Identity, Phrase, say};

/// The section of waivers and declarations, when there are any.
pub(super) fn section<'a>(view: &'a View<'a>) -> Option<Section<'a>> {
    let mut blocks = Vec::new();
    if !view.assessment.waivers.is_empty() {
        blocks.push(heading("waivers", "Waivers"));
        let text = "A waived finding is not met and stays in every report. Until its waiver expires it counts neither as blocker, condition nor warning, for the subject or the machines that inherit it.";
        blocks.push(Block::Text(text.into()));
        blocks.push(Block::Table(waivers(&view.assessment.waivers)));
    }
    if !view.estate.declarations.is_empty() {
        blocks.push(heading("declarations", "Declarations"));
        let text = "A declared fact stands where no export gives one. What an export says is never overwritten.";
        blocks.push(Block::Text(text.into()));
        blocks.push(Block::Table(declarations(&view.estate.declarations)));
    }
    let title = "Waivers and declarations".into();
    (!blocks.is_empty()).then(|| Section { id: "policy".to_owned(), title, blocks, start: Start::Room })
}

/// What the summary warns of: editions that may be out of date, and waivers that no longer hold.
pub(super) fn callouts<'a>(view: &View<'_>) -> Vec<Block<'a>> {
    let mut blocks: Vec<Block<'a>> =
        view.stamp.stale.iter().map(|text| Block::Callout { tone: Tone::Doubt, text: text.clone() }).collect();
    let waived: u64 = view.assessment.runs.iter().flat_map(|run| &run.tallies).map(|tally| tally.waived).sum();
    let bites = |result: &&WaiverResult| result.state == WaiverState::Expired && result.findings > 0;
    let expired = view.assessment.waivers.iter().filter(bites).count() as u64;
    let mut sentences: Vec<Arg> = Vec::new();
    if waived > 0 {
        let text = say!(
            "{waived} {waived:finding that is not met is|findings that are not met are} waived and left out of readiness.",
            waived = waived
        );
        sentences.push(text.into());
    }
    if expired > 0 {
        let text = say!(
            "{expired} {expired:waiver has|waivers have} expired, so that what was waived counts again.",
            expired = expired
        );
        sentences.push(text.into());
    }
    if !sentences.is_empty() {
        sentences.push("See Waivers and declarations.".into());
        let tone = if expired > 0 { Tone::Doubt } else { Tone::Faint };
        blocks.push(Block::Callout { tone, text: Arg::Joined(" ", sentences.into()).into() });
    }
    blocks
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
            let name = |identity| Arg::named(identity, waiver.subject.as_str());
            let subject = match waiver.kind {
                Some(kind) => say!("{kind} {name}", kind = kind, name = name(kind.identity())),
                None => name(Identity::Free).into(),
            };
            vec![
                Arg::text(&waiver.requirement).into(),
                subject.into(),
                Cell { text: words::waiver_state(*state).into(), tone, link: None },
                (*findings).into(),
                Arg::named(Identity::Free, &waiver.reason).into(),
                Arg::named(Identity::Person, &waiver.owner).into(),
                waiver.expires.into(),
            ]
        }),
        empty: Phrase::default(),
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
            let kind = declaration.subject;
            let of = Arg::named(kind.identity(), declaration.name.as_str());
            vec![
                declaration.fact.into(),
                say!("{kind} {name}", kind = kind, name = of).into(),
                Arg::named(declaration.fact.identity(), &declaration.value).into(),
                Arg::named(Identity::Person, &declaration.who).into(),
                declaration.when.into(),
                Cell { text: words::declaration_effect(declared), tone, link: None },
            ]
        }),
        empty: Phrase::default(),
        of_machines: false,
    }
}
