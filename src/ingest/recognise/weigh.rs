//! The two best ways to read a table, side by side, and why the one was taken.

use super::found::Tally;
use super::reading::Reading;
use crate::ingest::limits::count;
use crate::model::{Phrase, ReadingSeen, say};

/// The reading that was taken and the one that comes next to it.
pub(super) fn weighed(taken: &Reading<'_>, other: Option<&Reading<'_>>) -> Vec<ReadingSeen> {
    let Some(other) = other else {
        return vec![seen(taken, true, "Nothing else fits its headings.".into())];
    };
    let (won, lost) = why(taken, other);
    vec![seen(taken, true, won), seen(other, false, lost)]
}

fn seen(reading: &Reading<'_>, taken: bool, why: Phrase) -> ReadingSeen {
    let Tally { facts, fit, unfit, dropped } = reading.tally;
    ReadingSeen {
        table: 0,
        title: reading.title.to_owned(),
        rows: reading.base.rows.word(),
        taken,
        facts: count(facts),
        fit: count(fit),
        unfit: count(unfit),
        dropped: count(dropped),
        why,
    }
}

/// Why the one was taken and the other was not, each a sentence.
fn why(taken: &Reading<'_>, other: &Reading<'_>) -> (Phrase, Phrase) {
    let text = |won: &'static str, lost: &'static str| (won.into(), lost.into());
    let fewer = |count: usize| say!("It gives {count} {count:fact|facts} fewer.", count);
    let less = taken.tally.facts.saturating_sub(other.tally.facts);
    match (taken.base.dialect.is_some(), other.base.dialect.is_some()) {
        (true, true) if less > 0 => (
            "More of the headings that tell this export from others stand here.".into(),
            say!("Fewer of its headings stand here. {fewer}", fewer = fewer(less)),
        ),
        (true, true) => text(
            "More of the headings that tell this export from others stand here.",
            "Fewer of the headings that tell it from others stand here.",
        ),
        (true, false) if less > 0 => ("Its headings are those of a known export.".into(), fewer(less)),
        (true, false) => text(
            "Its headings are those of a known export.",
            "It goes before a known export only where it gives twice as many facts.",
        ),
        (false, true) => {
            ("It gives clearly more facts than the known export whose headings stand here.".into(), fewer(less))
        }
        (false, false) if less > 0 => ("It gives the most facts.".into(), fewer(less)),
        (false, false) => text(
            "A tie: the other gives as many facts, and this kind of table is tried first.",
            "A tie: it gives as many facts, and its kind of table is tried later.",
        ),
    }
}
