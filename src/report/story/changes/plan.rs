//! What changed of the plan, in words.

use super::parts::{GROUPS, MACHINES, column, heading, made_by, more, table};
use crate::model::{Arg, Identity, Phrase, say};
use crate::record::{Changes, PlanChange, PlanHeld, PlanPart, PlanTurn};
use crate::report::phrased::{Block, Cell, Tone};

/// What is told of the two plans; nothing where there is none.
pub(super) fn blocks<'a>(changes: &'a Changes, rest: &'static str) -> Vec<Block<'a>> {
    let Some(plan) = &changes.plan else { return Vec::new() };
    let one_sided = match plan.held_by.0 {
        PlanHeld::Neither => return Vec::new(),
        PlanHeld::Both => None,
        PlanHeld::Old => Some(say!("The later assessment holds no plan, so the plans are not compared.")),
        PlanHeld::New => Some(say!("The earlier assessment holds no plan, so the plans are not compared.")),
    };
    let mut blocks = Vec::new();
    if let Some(told) = one_sided {
        blocks.push(Block::Text(told));
        return blocks;
    }
    if plan.changes.is_empty() {
        return blocks;
    }
    blocks.push(heading("Plan"));
    let of = |parts: &[PlanPart]| -> Vec<&'a PlanChange> {
        plan.changes.iter().filter(|change| parts.contains(&change.part.0)).collect()
    };
    rows(&mut blocks, "Wish, and the plan in all", of(&[PlanPart::Wish, PlanPart::Total]), GROUPS, rest);
    rows(&mut blocks, "Machine in the plan", of(&[PlanPart::Machine]), MACHINES, rest);
    let sides = of(&[PlanPart::Wave, PlanPart::Quota, PlanPart::Account]);
    rows(&mut blocks, "Wave, quota or storage account", sides, GROUPS, rest);
    blocks
}

fn rows<'a>(
    blocks: &mut Vec<Block<'a>>,
    title: &'static str,
    changes: Vec<&'a PlanChange>,
    most: usize,
    rest: &'static str,
) {
    if changes.is_empty() {
        return;
    }
    let columns = vec![
        column(title, 30, false),
        column("What", 18, false),
        column("Was", 22, false),
        column("Is", 22, false),
        column("Made by", 16, false),
    ];
    let len = changes.len();
    let row = move |index: usize| {
        let change = changes[index];
        let tone = match change.turn.0 {
            PlanTurn::New | PlanTurn::Worse => Tone::Bad,
            PlanTurn::Untold => Tone::Doubt,
            PlanTurn::Eased => Tone::Fair,
            PlanTurn::Fixed => Tone::Good,
            PlanTurn::Came | PlanTurn::Gone | PlanTurn::Changed => Tone::Plain,
        };
        let untold = change.turn.0 == PlanTurn::Untold;
        vec![
            Cell { text: subject(change), tone: Tone::Plain, link: None },
            Cell::from(Arg::wording(&change.property.replace('_', " "))),
            Cell::from(value(change.before.as_deref(), false)),
            Cell { text: value(change.after.as_deref(), untold), tone, link: None },
            Cell::from(made_by(change.cause.0)),
        ]
    };
    blocks.push(table(columns, len.min(most), row));
    let told = |left| say!("And {more} more, in {place}.", more = left, place = Arg::Word(rest));
    blocks.extend(more(len, most, told));
}

/// What a change is about, for people.
fn subject(change: &PlanChange) -> Phrase {
    let name = &*change.subject;
    match (change.part.0, &change.place) {
        (PlanPart::Machine, _) => Arg::named(Identity::Machine, name).into(),
        (PlanPart::Wave, _) => say!("wave {number}", number = Arg::text(name)),
        (PlanPart::Quota, Some(region)) => {
            let (family, region) = (Arg::named(Identity::Term, name), Arg::named(Identity::Term, region));
            say!("{family} in {region}", family, region)
        }
        (PlanPart::Quota, None) => Arg::named(Identity::Term, name).into(),
        (PlanPart::Account, _) if name.is_empty() => say!("storage accounts to be made"),
        (PlanPart::Account, _) => Arg::named(Identity::Resource, name).into(),
        (PlanPart::Wish | PlanPart::Total, _) => Arg::wording(&name.replace('_', " ")).into(),
    }
}

fn value(value: Option<&str>, untold: bool) -> Phrase {
    match value {
        Some(value) => Arg::text(value).into(),
        None if untold => say!("not told"),
        None => say!("none"),
    }
}
