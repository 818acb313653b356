//! Exports of one site that were made so far apart that together they tell of no one day.

use crate::model::{Arg, Estate, Gravity, Identity, Note, say};

/// The most days that exports of one site may lie apart.
const MOST_DAYS: i32 = 30;

/// Notes the oldest and the newest export, when more days than that lie between them.
pub(super) fn note(estate: &mut Estate) {
    let oldest = estate.exported().min_by_key(|(_, exported)| exported.day);
    let newest = estate.exported().max_by_key(|(_, exported)| exported.day);
    let Some(((old, first), (new, last))) = oldest.zip(newest) else { return };
    let days = (last.day - first.day).get_days();
    if days <= MOST_DAYS {
        return;
    }
    let text = say!(
        "{old} is of {first} and {new} of {last}, {days} days apart, so together they tell of no one day. Export what is old again.",
        old = Arg::named(Identity::File, &old.path),
        first = first.day,
        new = Arg::named(Identity::File, &new.path),
        last = last.day,
        days = days.unsigned_abs()
    );
    let note = Note { gravity: Gravity::Doubt, file: old.path.clone(), sheet: String::new(), origin: None, text };
    estate.notes.push(note);
}
