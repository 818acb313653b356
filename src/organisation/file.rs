//! A file of rules, read from TOML and checked before anything is judged; every error names the file and the line.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::str::FromStr;

use polars::prelude::{Column, DataFrame};
use serde::Deserialize;
use thiserror::Error;
use toml::{Spanned, Value};

use super::condition::Condition;
use super::wording;
use crate::catalogue::{Severity, digest};
use crate::evaluate::Outcome;
use crate::near::near;
use crate::rules;
use crate::tables::{Inventory, Kind};

/// A rule of the organisation's own.
#[derive(Clone, Debug)]
pub struct Rule {
    /// The defect it finds, in kebab case.
    pub name: String,
    /// The file it stands in, as named on the command line.
    pub file: String,
    /// The length of the file in bytes.
    pub bytes: u64,
    /// SHA-256 of the file.
    pub sha256: String,
    /// The file's name without folder and ending, which stands for an edition.
    pub edition: String,
    /// The line of the file where its name stands, from 1.
    pub line: usize,
    /// The table whose rows it judges.
    pub table: Inventory,
    /// The condition as written: true is the defect.
    pub when: String,
    /// What not met means.
    pub severity: Severity,
    /// The defect in a sentence.
    pub message: String,
    /// What to do about it.
    pub remedy: String,
    /// What it answers to example rows.
    pub examples: Vec<Example>,
    pub(super) condition: Condition,
}

/// Example rows of a rule, all of which come out the same.
#[derive(Clone, Debug)]
pub struct Example {
    /// The line of the file where what is expected stands, from 1.
    pub line: usize,
    /// What each row comes to: met, not met or unknown.
    pub expect: Outcome,
    pub(super) rows: DataFrame,
}

/// What is wrong with a file of rules.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("{file}, line {line}: {reason}")]
pub struct RuleError {
    file: String,
    line: usize,
    reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileShape {
    #[serde(rename = "rule", default)]
    rules: Vec<RuleShape>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleShape {
    name: Spanned<String>,
    table: Option<Spanned<String>>,
    when: Spanned<String>,
    severity: Spanned<String>,
    message: Spanned<String>,
    remedy: Spanned<String>,
    #[serde(rename = "example", default)]
    examples: Vec<ExampleShape>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExampleShape {
    rows: Spanned<Vec<toml::Table>>,
    expect: Spanned<String>,
}

/// A file under way: its path and where its lines end, which errors are placed by.
struct Text<'a> {
    file: &'a str,
    bytes: u64,
    line_ends: Vec<usize>,
}

impl<'a> Text<'a> {
    fn new(file: &'a str, text: &str) -> Self {
        Self { file, bytes: text.len() as u64, line_ends: text.match_indices('\n').map(|(at, _)| at).collect() }
    }

    fn line(&self, at: usize) -> usize {
        self.line_ends.partition_point(|end| *end < at) + 1
    }

    fn error(&self, at: usize, reason: impl Display) -> RuleError {
        RuleError { file: self.file.to_owned(), line: self.line(at), reason: reason.to_string() }
    }

    fn word<T: FromStr<Err = String>>(&self, what: &str, word: &Spanned<String>) -> Result<T, RuleError> {
        word.get_ref().parse().map_err(|reason| self.error(word.span().start, format!("{what} {reason}")))
    }
}

/// Reads files of rules, each given by its path and text.
///
/// # Errors
/// The first thing wrong, with its file and line.
pub fn read<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Vec<Rule>, RuleError> {
    let mut rules: Vec<Rule> = Vec::new();
    let mut places: BTreeMap<String, (String, usize)> = BTreeMap::new();
    let mut editions = BTreeSet::new();
    for (file, text) in files {
        let place = Text::new(file, text);
        let edition = stem(file);
        if !editions.insert(edition.to_owned()) {
            let reason =
                format!("another rules file is called {edition} too, and reports tell them apart by that name");
            return Err(place.error(0, reason));
        }
        let shape: FileShape = toml::from_str(text)
            .map_err(|error| place.error(error.span().map_or(0, |span| span.start), error.message()))?;
        if shape.rules.is_empty() {
            return Err(place.error(0, "the file holds no [[rule]]; klar template rules prints an example"));
        }
        let sha256 = digest(text.as_bytes());
        for shape in shape.rules {
            let rule = rule(&place, edition, &sha256, &shape)?;
            let name = shape.name.get_ref();
            if let Some((twin, line)) = places.insert(name.clone(), (file.to_owned(), rule.line)) {
                let reason = format!("a rule named {name} stands already in {twin}, line {line}");
                return Err(place.error(shape.name.span().start, reason));
            }
            rules.push(rule);
        }
    }
    Ok(rules)
}

fn stem(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn rule(place: &Text<'_>, edition: &str, sha256: &str, shape: &RuleShape) -> Result<Rule, RuleError> {
    let name = shape.name.get_ref();
    let at = shape.name.span().start;
    check_name(name).map_err(|reason| place.error(at, reason))?;
    for (key, text) in [("message", &shape.message), ("remedy", &shape.remedy)] {
        if text.get_ref().trim().is_empty() {
            return Err(place.error(text.span().start, format!("the {key} of {name} is empty")));
        }
    }
    let table = shape.table.as_ref().map_or(Ok(Inventory::Vms), |word| place.word("table", word))?;
    let when = shape.when.get_ref();
    let condition = Condition::read(when, table)
        .map_err(|reason| place.error(shape.when.span().start, format!("rule {name}: {reason}")))?;
    let mut examples = Vec::new();
    for example in &shape.examples {
        examples.push(read_example(place, name, example, table, &condition)?);
    }
    let rule = Rule {
        name: name.clone(),
        file: place.file.to_owned(),
        bytes: place.bytes,
        sha256: sha256.to_owned(),
        edition: edition.to_owned(),
        line: place.line(at),
        table,
        when: when.clone(),
        severity: place.word("severity", &shape.severity)?,
        message: shape.message.get_ref().trim().to_owned(),
        remedy: shape.remedy.get_ref().trim().to_owned(),
        examples,
        condition,
    };
    // A pattern too large shows only when it is put to a row.
    let blank = frame(&rule.condition, table, &[sample(&rule.condition, table)]);
    blank
        .and_then(|frame| rule.condition.put_to(&frame).map_err(|error| error.to_string()))
        .map_err(|reason| place.error(shape.when.span().start, format!("rule {name}: {reason}")))?;
    Ok(rule)
}

fn check_name(name: &str) -> Result<(), String> {
    let kebab = name
        .split('-')
        .all(|word| !word.is_empty() && word.chars().all(|letter| letter.is_alphanumeric() && !letter.is_uppercase()));
    if !kebab {
        return Err(format!(
            "`{name}` is no name: write small letters and digits with - between words, as in big-machine"
        ));
    }
    if rules::find(name).is_some() {
        return Err(format!("{name} is the name of a built-in requirement; choose another"));
    }
    Ok(())
}

fn read_example(
    place: &Text<'_>,
    name: &str,
    shape: &ExampleShape,
    table: Inventory,
    condition: &Condition,
) -> Result<Example, RuleError> {
    let at = shape.expect.span().start;
    let expect: Outcome = place.word("expect", &shape.expect)?;
    match expect {
        Outcome::Met | Outcome::NotMet | Outcome::Unknown => {}
        Outcome::Unverified | Outcome::NotApplicable => {
            return Err(place.error(at, "expect is met, not-met or unknown"));
        }
    }
    let rows = shape.rows.get_ref();
    if rows.is_empty() {
        return Err(place.error(shape.rows.span().start, format!("an example of {name} has no row")));
    }
    let rows = frame(condition, table, rows)
        .map_err(|reason| place.error(shape.rows.span().start, format!("an example of {name}: {reason}")))?;
    Ok(Example { line: place.line(at), expect, rows })
}

/// A row with a value in every column of a condition.
fn sample(condition: &Condition, table: Inventory) -> toml::Table {
    let columns = condition.columns.iter().filter_map(|name| table.column(name));
    let value = |kind| match kind {
        Kind::Text | Kind::Date => Value::String(String::new()),
        Kind::Number => Value::Integer(1),
        Kind::Flag => Value::Boolean(true),
    };
    columns.map(|(name, kind)| (name.to_owned(), value(kind))).collect()
}

/// The columns of a condition from rows written in TOML; what a row leaves out is not known.
fn frame(condition: &Condition, table: Inventory, rows: &[toml::Table]) -> Result<DataFrame, String> {
    for (key, value) in rows.iter().flatten() {
        let Some((_, kind)) = table.column(key) else {
            let known: Vec<&str> = table.names().collect();
            let nearest = near(key, &known);
            let hint = if nearest.is_empty() { known.join(", ") } else { nearest.join(", ") };
            return Err(format!("{table} has no column `{key}`; near it: {hint}"));
        };
        let fits = match kind {
            Kind::Text | Kind::Date => value.is_str(),
            Kind::Number => value.is_integer(),
            Kind::Flag => value.is_bool(),
        };
        if !fits {
            return Err(format!("{key} holds {kind}, and {value} is none"));
        }
    }
    let columns = condition.columns.iter().filter_map(|name| table.column(name)).map(|(name, kind)| {
        let values = rows.iter().map(|row| row.get(name));
        let name = name.into();
        match kind {
            Kind::Text | Kind::Date => Column::new(name, values.map(|value| value?.as_str()).collect::<Vec<_>>()),
            Kind::Number => Column::new(name, values.map(|value| value?.as_integer()).collect::<Vec<_>>()),
            Kind::Flag => Column::new(name, values.map(|value| value?.as_bool()).collect::<Vec<_>>()),
        }
    });
    DataFrame::new(columns.collect()).map_err(|error| error.to_string())
}

impl Rule {
    /// What the rule expects of a row, in words.
    #[must_use]
    pub fn expected(&self) -> String {
        wording::negated(&self.when)
    }
}
