//! What the report says of names in letters that its fonts do not have.

use std::collections::BTreeSet;
use std::io;

use super::measure::Faces;
use crate::model::{Arg, Estate, Fact, Identity, Name, Phrase, Vm, say};
use crate::report::document::{Block, Document, Tone};

/// How many such names are listed; all stand in the other reports.
const LISTED: usize = 12;

/// The names of machines and hosts that cannot be shown as they are.
pub(super) fn lacking<'e>(estate: &'e Estate, faces: &Faces) -> BTreeSet<&'e str> {
    let machines = estate.vms.iter().map(Vm::shown_name);
    let hosts = estate.hosts.iter().filter_map(|host| host.name.value()).map(|name| &**name);
    machines.chain(hosts).filter(|name| !name.is_ascii() && faces.lacks(name)).collect()
}

/// What to note of an estate whose names cannot all be shown.
///
/// # Errors
///
/// When the fonts cannot be read, which are part of the program.
pub fn note(estate: &Estate) -> io::Result<Option<Phrase>> {
    let named = |name: &Fact<Name>| name.value().is_some_and(|name| !name.is_ascii());
    if !estate.vms.iter().map(|vm| &vm.name).chain(estate.hosts.iter().map(|host| &host.name)).any(named) {
        return Ok(None);
    }
    let count = lacking(estate, &Faces::load()?).len() as u64;
    let text = say!(
        "{count} {count:name holds|names hold} letters that the fonts of report.pdf do not have, and {count:stands|stand} there by \
         the Unicode numbers of those letters. report.xlsx and vms.csv have {count:it as it is|them as they are}.",
        count
    );
    Ok((count > 0).then_some(text))
}

/// Says above the machines which names are not shown as they are, and where they stand whole.
pub(super) fn tell(document: &mut Document<'_>, estate: &Estate, faces: &Faces) {
    let names = lacking(estate, faces);
    let Some(section) = document.sections.iter_mut().find(|section| section.id == "machines") else { return };
    if names.is_empty() {
        return;
    }
    let mut listed: Vec<Arg> = names.iter().take(LISTED).map(|name| Arg::named(Identity::Machine, name)).collect();
    let more = names.len().saturating_sub(LISTED);
    if more > 0 {
        listed.push(say!("and {more} more", more = more).into());
    }
    let text = say!(
        "{count} {count:name holds|names hold} letters that the fonts of this file do not have; each is given by its Unicode \
         number in square brackets: {names}. report.xlsx and vms.csv have the names as they are.",
        count = names.len(),
        names = Arg::List(listed.into())
    );
    let text = document.language.said(&text);
    section.blocks.insert(0, Block::Callout { tone: Tone::Plain, text });
}
