//! Rules put to the rows of an estate, and to their own examples.

use std::collections::BTreeSet;

use polars::prelude::{AnyValue, DataFrame};
use rayon::prelude::*;

use super::file::{Example, Rule};
use crate::catalogue::Severity;
use crate::evaluate::{Assessment, Outcome, Tally, machines_of};
use crate::model::{Estate, Origin};
use crate::tables::{self, Inventory, Item};

/// Rules whose answers for every row are held at once.
const RULES_PER_WAVE: usize = 64;

/// What an organisation's own rules came to.
#[derive(Clone, Debug, Default)]
pub struct Organisation {
    /// Each rule with its answers, in the order of the files.
    pub rules: Vec<Answered>,
}

/// A rule and what it came to.
#[derive(Clone, Debug)]
pub struct Answered {
    /// The rule.
    pub rule: Rule,
    /// How many rows came out how.
    pub tally: Tally,
    /// The rows that are not met or unknown, in the table's order.
    pub found: Vec<Found>,
}

/// A row that does not meet a rule, or cannot be told.
#[derive(Clone, Debug)]
pub struct Found {
    /// What it is about.
    pub item: Item,
    /// Not met or unknown.
    pub outcome: Outcome,
    /// The columns that the condition names, with their values: "`memory_mib` 70000, cloud Production".
    pub observed: String,
    /// The columns among them whose value is not known.
    pub unknown: Vec<&'static str>,
    /// The row it was read from.
    pub origin: Origin,
}

/// An example that does not come out as it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The example's row, from 1.
    pub row: usize,
    /// What it came to.
    pub outcome: Outcome,
    /// The columns that the condition names, with their values.
    pub observed: String,
}

impl Organisation {
    /// How many machines break at least one blocker, by themselves, a disk, an adapter or their host.
    #[must_use]
    pub fn machines_blocked(&self, estate: &Estate) -> u64 {
        let blockers = self.rules.iter().filter(|answered| answered.rule.severity == Severity::Blocker);
        let broken = blockers.flat_map(|answered| &answered.found).filter(|found| found.outcome == Outcome::NotMet);
        let machines: BTreeSet<usize> = broken.flat_map(|found| machines_of(estate, found.item.subject())).collect();
        machines.len() as u64
    }
}

/// Puts rules to an estate.
///
/// # Panics
/// When a condition that was checked as it was read cannot be evaluated, which would be a defect.
#[must_use]
pub fn judge(rules: Vec<Rule>, estate: &Estate, assessment: &Assessment<'_>) -> Organisation {
    let mut frames = Vec::new();
    for table in Inventory::ALL {
        let mut wanted: Vec<&str> = Vec::new();
        for rule in rules.iter().filter(|rule| rule.table == *table) {
            wanted.extend(&rule.condition.columns);
        }
        let items = if wanted.is_empty() { Vec::new() } else { table.items(estate) };
        let frame = tables::frame(&table.table(estate, assessment), &wanted).expect("a column has a value per row");
        frames.push((items, frame));
    }
    // A condition is shared out over threads of polars' own. A thread of ours that waited for them would meanwhile begin
    // the next rule on top of this one, and so on until its stack is full.
    let put = |rule: Rule| {
        let answers = rule.condition.put_to(&frames[rule.table as usize].1);
        (rule, answers.expect("a condition is checked as it is read"))
    };
    let mut organisation = Organisation::default();
    let mut rules = rules.into_iter();
    loop {
        let wave: Vec<(Rule, Vec<Option<bool>>)> = rules.by_ref().take(RULES_PER_WAVE).map(put).collect();
        if wave.is_empty() {
            return organisation;
        }
        organisation.rules.par_extend(wave.into_par_iter().map(|(rule, answers)| {
            let (items, frame) = &frames[rule.table as usize];
            answer(rule, answers, items, frame, estate)
        }));
    }
}

fn answer(rule: Rule, answers: Vec<Option<bool>>, items: &[Item], frame: &DataFrame, estate: &Estate) -> Answered {
    assert_eq!(answers.len(), items.len(), "a condition has an answer per row");
    let mut tally = Tally::default();
    let mut found = Vec::new();
    for (row, (item, answer)) in items.iter().zip(answers).enumerate() {
        let outcome = outcome(answer);
        tally.count(outcome);
        if outcome == Outcome::Met {
            continue;
        }
        let (observed, unknown) = observe(&rule, frame, row);
        found.push(Found { item: *item, outcome, observed, unknown, origin: item.seen(estate) });
    }
    Answered { rule, tally, found }
}

/// The condition states the defect, so true is not met.
const fn outcome(answer: Option<bool>) -> Outcome {
    match answer {
        Some(true) => Outcome::NotMet,
        Some(false) => Outcome::Met,
        None => Outcome::Unknown,
    }
}

/// The values that a condition saw in a row, and the columns that had none.
fn observe(rule: &Rule, frame: &DataFrame, row: usize) -> (String, Vec<&'static str>) {
    let mut unknown = Vec::new();
    let mut seen = Vec::new();
    for name in &rule.condition.columns {
        let value =
            frame.column(name).and_then(|column| column.get(row)).expect("the frame has the condition's columns");
        seen.push(match value {
            AnyValue::Null => {
                unknown.push(*name);
                format!("{name} not known")
            }
            AnyValue::String("") => format!("{name} empty"),
            AnyValue::String(text) => format!("{name} {text}"),
            AnyValue::Boolean(true) => format!("{name} yes"),
            AnyValue::Boolean(false) => format!("{name} no"),
            number => format!("{name} {number}"),
        });
    }
    (seen.join(", "), unknown)
}

/// The rows of a rule's example that do not come out as it says.
///
/// # Panics
/// When a condition that was checked as it was read cannot be evaluated, which would be a defect.
#[must_use]
pub fn try_examples(rule: &Rule, example: &Example) -> Vec<Failure> {
    let answers = rule.condition.put_to(&example.rows).expect("a condition is checked as it is read");
    let rows = answers.into_iter().map(outcome).enumerate().filter(|(_, outcome)| *outcome != example.expect);
    rows.map(|(row, outcome)| Failure { row: row + 1, outcome, observed: observe(rule, &example.rows, row).0 })
        .collect()
}
