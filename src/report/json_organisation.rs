//! The part `organisation` of `assessment.json`: an organisation's own rules and what they found.

use std::io::{self, Write};

use serde::Serialize;

use super::json::{SourceItem, write_items};
use super::organisation::{message, subject};
use super::view::View;
use crate::evaluate::Outcome;
use crate::organisation::{Answered, Found};

#[derive(Serialize)]
struct RuleItem<'a> {
    rule: &'a str,
    file: &'a str,
    sha256: &'a str,
    edition: &'a str,
    line: usize,
    table: &'static str,
    when: &'a str,
    severity: &'static str,
    message: &'a str,
    remedy: &'a str,
    met: u64,
    not_met: u64,
    unknown: u64,
}

#[derive(Serialize)]
struct FoundItem<'a> {
    subject_kind: &'static str,
    subject: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    subject_id: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    host: &'a str,
    outcome: &'static str,
    observed: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    source: SourceItem<'a>,
}

/// Writes the rules as items of an array, each with what it found.
///
/// # Errors
/// What `out` fails with.
pub(super) fn write(view: &View<'_>, out: &mut (dyn Write + Send)) -> io::Result<()> {
    for (number, answered) in view.organisation.rules.iter().enumerate() {
        out.write_all(if number == 0 { b"\n" } else { b",\n" })?;
        let head = serde_json::to_string(&RuleItem::of(answered))?;
        out.write_all(head.strip_suffix('}').expect("an object ends in a brace").as_bytes())?;
        out.write_all(b",\"findings\":[")?;
        write_items(answered.found.len(), out, |index| FoundItem::of(view, answered, &answered.found[index]))?;
        out.write_all(b"]}")?;
    }
    Ok(())
}

impl<'a> RuleItem<'a> {
    fn of(answered: &'a Answered) -> Self {
        let (rule, tally) = (&answered.rule, answered.tally);
        Self {
            rule: &rule.name,
            file: &rule.file,
            sha256: &rule.sha256,
            edition: &rule.edition,
            line: rule.line,
            table: rule.table.as_str(),
            when: &rule.when,
            severity: rule.severity.as_str(),
            message: &rule.message,
            remedy: &rule.remedy,
            met: tally.met,
            not_met: tally.not_met,
            unknown: tally.unknown,
        }
    }
}

impl<'a> FoundItem<'a> {
    fn of(view: &'a View<'_>, answered: &'a Answered, found: &'a Found) -> Self {
        let subject = subject(view, found.item);
        Self {
            subject_kind: subject.kind,
            subject: subject.name,
            subject_id: subject.id,
            host: subject.host,
            outcome: found.outcome.as_str(),
            observed: &found.observed,
            message: (found.outcome != Outcome::NotMet).then(|| message(answered, found).plain().into_owned()),
            source: SourceItem::of(view, found.origin),
        }
    }
}
