//! What an organisation's own rules came to, in the words and columns that every report shares.

use super::sheet::Record;
use super::view::{SubjectWords, View};
use super::words;
use crate::evaluate::{Outcome, Subject};
use crate::frame::Item;
use crate::organisation::{Answered, Found};

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
    let vms = &view.estate.vms;
    let number = |index: usize| u32::try_from(index).expect("the row limit is below 2^32");
    match item {
        Item::Vm(vm) => view.subject(Subject::Vm(number(vm))),
        Item::Host(host) => view.subject(Subject::Host(number(host))),
        Item::Disk(vm, disk) => {
            let machine = view.subject(Subject::Vm(number(vm)));
            SubjectWords { kind: "disk", name: vms[vm].disks[disk].shown_name(), id: machine.name, host: machine.host }
        }
        Item::Nic(vm, nic) => {
            let machine = view.subject(Subject::Vm(number(vm)));
            let nic = &vms[vm].nics[nic];
            let name = nic.name.value().or_else(|| nic.mac.value()).map_or("a network adapter", |name| name);
            SubjectWords { kind: "nic", name, id: machine.name, host: machine.host }
        }
    }
}

/// The rule's message, or which columns are not known.
pub(super) fn message(answered: &Answered, found: &Found) -> String {
    if found.outcome == Outcome::NotMet {
        return answered.rule.message.clone();
    }
    format!("Not known, so not told: {}.", found.unknown.join(", "))
}

/// The rule's remedy, or what to export.
pub(super) fn remedy(answered: &Answered, found: &Found) -> String {
    if found.outcome == Outcome::NotMet {
        return answered.rule.remedy.clone();
    }
    let columns = found.unknown.iter().filter_map(|name| answered.rule.table.column(name));
    let exports: Vec<String> = columns.filter_map(|column| column.field).map(words::export).collect();
    exports.join(" ")
}

/// Where a rule stands in its file: "line 12".
pub(super) fn section(answered: &Answered) -> String {
    format!("line {}", answered.rule.line)
}

/// Writes the row of `findings.csv`, up to the place where it was seen.
pub(super) fn push_finding(view: &View<'_>, answered: &Answered, found: &Found, record: &mut Record) {
    let rule = &answered.rule;
    let subject = subject(view, found.item);
    for cell in [subject.kind, subject.name, subject.id, subject.host, TARGET, &rule.edition, &rule.name] {
        record.push(cell);
    }
    record.push(rule.severity.as_str());
    record.push(found.outcome.as_str());
    record.push(&found.observed);
    record.push(&rule.expected());
    record.push(&message(answered, found));
    record.push(&remedy(answered, found));
}

/// Writes the document, which is the file without a date or address, as `findings.csv` and `requirements.csv` have it.
fn push_document(answered: &Answered, record: &mut Record) {
    for cell in [&answered.rule.file, &section(answered), "", ""] {
        record.push(cell);
    }
}

/// Writes the end of the row of `findings.csv`: the document, and no waiver, which is for published requirements.
pub(super) fn push_end(answered: &Answered, record: &mut Record) {
    push_document(answered, record);
    for _ in 0..3 {
        record.push("");
    }
}

/// Writes the row of `requirements.csv`.
pub(super) fn push_requirement(answered: &Answered, record: &mut Record) {
    let (rule, tally) = (&answered.rule, answered.tally);
    let expected = rule.expected();
    let cells =
        [TARGET, &rule.edition, &rule.name, rule.severity.as_str(), rule.table.scope(), &rule.message, &expected];
    for cell in cells {
        record.push(cell);
    }
    for count in [tally.met, tally.not_met, tally.unknown, tally.unverified, tally.not_applicable] {
        record.push_shown(count);
    }
    push_document(answered, record);
    record.push("");
    record.push_shown(tally.waived);
}

/// How many machines break a blocker of the organisation's own, in a sentence; none without rules.
pub(super) fn blocked(view: &View<'_>) -> Option<String> {
    let rules = &view.organisation.rules;
    if rules.is_empty() {
        return None;
    }
    let machines = match view.organisation.machines_blocked(view.estate) {
        0 => "No machine breaks".to_owned(),
        some => words::count(some, "machine breaks", "machines break"),
    };
    let rules = words::count(rules.len() as u64, "rule", "rules");
    Some(format!("{machines} a blocker among the organisation's own {rules}."))
}
