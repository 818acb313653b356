//! `requirements.csv`: a row per requirement and target, with how often it came out how.

use super::organisation;
use super::sheet::{Record, Sheet};
use super::view::View;
use super::words;
use crate::evaluate::Run;
use crate::rules;

const COLUMNS: &[&str] = &[
    "target",
    "edition",
    "requirement",
    "severity",
    "scope",
    "summary",
    "limits",
    "met",
    "not_met",
    "unknown",
    "unverified",
    "not_applicable",
    "document",
    "section",
    "document_date",
    "url",
    "remark",
    "waived",
];

/// The sheet of requirements.
pub(super) fn sheet<'a>(view: &'a View<'_>) -> Sheet<'a> {
    let lines: Vec<(usize, usize)> = view
        .assessment
        .runs
        .iter()
        .enumerate()
        .flat_map(|(run, result)| (0..result.edition.requirements.len()).map(move |index| (run, index)))
        .collect();
    Sheet {
        name: "requirements",
        columns: COLUMNS,
        len: lines.len() + view.organisation.rules.len(),
        row: Box::new(move |line, record| match lines.get(line) {
            Some((run, index)) => row(&view.assessment.runs[*run], *index, record),
            None => organisation::push_requirement(&view.organisation.rules[line - lines.len()], record),
        }),
    }
}

fn row(run: &Run<'_>, index: usize, record: &mut Record) {
    let requirement = &run.edition.requirements[index];
    let rule = rules::find(&requirement.check);
    let tally = run.tallies[index];
    record.push(run.edition.target.as_str());
    record.push(&run.edition.edition);
    record.push(&requirement.check);
    record.push(requirement.severity.as_str());
    record.push(rule.map_or("", |rule| rule.check.scope()));
    record.push(words::summary(requirement));
    let limits: Vec<String> = requirement.limits.iter().map(|(key, limit)| format!("{key}: {limit}")).collect();
    record.push(&limits.join("; "));
    for count in [tally.met, tally.not_met, tally.unknown, tally.unverified, tally.not_applicable] {
        record.push_shown(count);
    }
    let document = run.edition.document(&requirement.source);
    record.push(&document.document);
    record.push(&requirement.section);
    record.push_shown(document.date);
    record.push(&document.url);
    record.push(requirement.remark.as_deref().unwrap_or(""));
    record.push_shown(tally.waived);
}
