//! What an organisation's own rules came to, in the words and columns that every report shares.

use super::view::{SubjectWords, View};
use super::words;
use crate::evaluate::Outcome;
use crate::model::{Arg, Identity, Phrase, say};
use crate::organisation::{Answered, Found};
use crate::tables::{Item, Value};

/// What stands in the column of the target for an organisation's own rules.
pub(super) const TARGET: &str = "organisation";

/// How many rows break a rule or cannot be told, over all rules.
pub(super) fn found(view: &View<'_>) -> usize {
    view.organisation.rules.iter().map(|answered| answered.found.len()).sum()
}

/// The row of a number among them, with its rule.
pub(super) fn nth<'a>(view: &View<'a>, index: usize) -> Option<(&'a Answered, &'a Found)> {
    let mut rest = index;
    for answered in &view.organisation.rules {
        match answered.found.get(rest) {
            Some(found) => return Some((answered, found)),
            None => rest -= answered.found.len(),
        }
    }
    None
}

/// The kind, name, identifier and host of what a row is about; a disk or adapter is named after its machine.
pub(super) fn subject<'a>(view: &'a View<'_>, item: Item) -> SubjectWords<'a> {
    let of = view.subject(item.subject());
    let part = |kind, name, identity| SubjectWords { kind, name, identity, id: of.name, host: of.host };
    match item {
        Item::Vm(_) | Item::Host(_) => of,
        Item::Disk(vm, disk) => part("disk", view.estate.vms[vm].disks[disk].shown_name(), Identity::Path),
        Item::Nic(vm, nic) => {
            let nic = &view.estate.vms[vm].nics[nic];
            let name = nic.name.value().or_else(|| nic.mac.value()).map_or("a network adapter", |name| name);
            part("nic", name, Identity::Mac)
        }
    }
}

/// The rule's message, or which columns are not known.
pub(super) fn message<'a>(answered: &'a Answered, found: &Found) -> Value<'a> {
    if found.outcome == Outcome::NotMet {
        return Value::named(Identity::Free, Some(&answered.rule.message));
    }
    let columns = found.unknown.iter().map(|name| Arg::Word(name)).collect();
    Value::said(say!("Not known, so not told: {columns}.", columns = Arg::List(columns)))
}

/// The rule's remedy, or what to export.
pub(super) fn remedy<'a>(answered: &'a Answered, found: &Found) -> Value<'a> {
    if found.outcome == Outcome::NotMet {
        return Value::named(Identity::Free, Some(&answered.rule.remedy));
    }
    let facts = found.unknown.iter().filter_map(|name| answered.rule.table.head(name)?.field);
    facts
        .map(words::export)
        .reduce(|one, other| say!("{one} {other}", one = one, other = other))
        .map_or(Value::Nothing, Value::said)
}

/// Where a rule stands in its file: "line 12".
pub(super) fn section<'a>(answered: &Answered) -> Value<'a> {
    Value::said(say!("line {line}", line = answered.rule.line))
}

/// How many machines break a blocker of the organisation's own, in a sentence; none without rules.
pub(super) fn blocked(view: &View<'_>) -> Option<Phrase> {
    let rules = view.organisation.rules.len();
    if rules == 0 {
        return None;
    }
    Some(match view.organisation.machines_blocked(view.estate) {
        0 => {
            say!("No machine breaks a blocker among the organisation's own {rules} {rules:rule|rules}.", rules = rules)
        }
        machines => say!(
            "{machines} {machines:machine breaks|machines break} a blocker among the organisation's own {rules} {rules:rule|rules}.",
            machines = machines,
            rules = rules
        ),
    })
}
