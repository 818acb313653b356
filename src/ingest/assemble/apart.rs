//! Exports of one site that were made so far apart that together they tell of no one day.

use crate::model::{Arg, Estate, Gravity, Identity, Note, say};

/// Notes the oldest and the newest export, where too many days lie between them.
pub(super) fn note(estate: &mut Estate) {
    let Some(([(old, first), (new, last)], days)) = estate.exports_apart() else { return };
    let text = say!(
        "{old} is of {first} and {new} of {last}, {days} days apart, so together they tell of no one day. Export what is old again.",
        old = Arg::named(Identity::File, &old.path),
        first,
        new = Arg::named(Identity::File, &new.path),
        last,
        days = days.unsigned_abs()
    );
    let note = Note { gravity: Gravity::Doubt, file: old.path.clone(), sheet: String::new(), origin: None, text };
    estate.notes.push(note);
}
