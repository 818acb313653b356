//! The table `requirements`: a row per requirement and target, with how often it came out how.

use super::super::organisation;
use super::super::view::View;
use super::super::words;
use crate::evaluate::{Run, Tally};
use crate::model::Identity;
use crate::organisation::Answered;
use crate::rules;
use crate::tables::{Column, Shape, Table, Value};

struct Requirements;

impl Shape for Requirements {
    type Row<'a> = Row<'a>;
}

struct Row<'a> {
    target: &'static str,
    edition: &'a str,
    requirement: &'a str,
    severity: &'static str,
    scope: &'static str,
    summary: &'a str,
    limits: String,
    tally: Tally,
    document: &'a str,
    section: Value<'a>,
    date: Option<jiff::civil::Date>,
    url: &'a str,
    remark: &'a str,
}

const COLUMNS: &[Column<Requirements>] = &[
    Column::text("target", |row| Value::Word(row.target)),
    Column::text("edition", |row| Value::text(Some(row.edition))),
    Column::text("requirement", |row| Value::text(Some(row.requirement))),
    Column::text("severity", |row| Value::Word(row.severity)),
    Column::text("scope", |row| Value::Word(row.scope)),
    Column::text("summary", |row| Value::Wording(row.summary)),
    Column::text("limits", |row| Value::named(Identity::Free, Some(&row.limits))),
    Column::number("met", |row| Value::number(Some(row.tally.met))),
    Column::number("not_met", |row| Value::number(Some(row.tally.not_met))),
    Column::number("unknown", |row| Value::number(Some(row.tally.unknown))),
    Column::number("unverified", |row| Value::number(Some(row.tally.unverified))),
    Column::number("not_applicable", |row| Value::number(Some(row.tally.not_applicable))),
    Column::text("document", |row| Value::text(Some(row.document))),
    Column::text("section", |row| row.section.as_ref()),
    Column::date("document_date", |row| Value::date(row.date)),
    Column::text("url", |row| Value::text(Some(row.url))),
    Column::text("remark", |row| Value::Wording(row.remark)),
    Column::number("waived", |row| Value::number(Some(row.tally.waived))),
];

/// The table of requirements: edition by edition, then the organisation's own rules.
pub fn requirements<'a>(view: &'a View<'a>) -> Table<'a> {
    let lines: Vec<(&Run<'a>, usize)> = view
        .assessment
        .runs
        .iter()
        .flat_map(|run| (0..run.edition.requirements.len()).map(move |index| (run, index)))
        .collect();
    let len = lines.len() + view.organisation.rules.len();
    Table::of("requirements", COLUMNS, len, move |line| match lines.get(line) {
        Some((run, index)) => published(run, *index),
        None => own(&view.organisation.rules[line - lines.len()]),
    })
}

fn published<'a>(run: &Run<'a>, index: usize) -> Row<'a> {
    let requirement = &run.edition.requirements[index];
    let document = run.edition.document(&requirement.source);
    let limits: Vec<String> = requirement.limits.iter().map(|(key, limit)| format!("{key}: {limit}")).collect();
    Row {
        target: run.edition.target.as_str(),
        edition: &run.edition.edition,
        requirement: &requirement.check,
        severity: requirement.severity.as_str(),
        scope: rules::find(&requirement.check).map_or("", |rule| rule.check.scope()),
        summary: words::summary(requirement),
        limits: limits.join("; "),
        tally: run.tallies[index],
        document: &document.document,
        section: Value::text(Some(&requirement.section)),
        date: Some(document.date),
        url: &document.url,
        remark: requirement.remark.as_deref().unwrap_or(""),
    }
}

fn own(answered: &Answered) -> Row<'_> {
    let rule = &answered.rule;
    Row {
        target: organisation::TARGET,
        edition: &rule.edition,
        requirement: &rule.name,
        severity: rule.severity.as_str(),
        scope: rule.table.scope(),
        summary: &rule.message,
        limits: rule.expected(),
        tally: answered.tally,
        document: &rule.file,
        section: organisation::section(answered),
        date: None,
        url: "",
        remark: "",
    }
}
