//! Requirements for the terminal: which there are, what each asks since when, and how an organisation's own rules
//! answer their examples.

use super::lines::{aligned, line, paragraph};
use super::words;
use crate::catalogue::{Catalogue, Edition, Limits, Requirement, Severity};
use crate::organisation::{self, Failure};
use crate::rules::{self, Example, Expect, Rule};

/// Lists the requirements of editions, of one severity or of all.
#[must_use]
pub fn list(editions: &[&Edition], severity: Option<Severity>) -> String {
    let mut text = String::new();
    for edition in editions {
        let all = words::count(edition.requirements.len() as u64, "requirement", "requirements");
        let listed: Vec<&Requirement> =
            edition.requirements.iter().filter(|item| severity.is_none_or(|wanted| item.severity == wanted)).collect();
        let count = if listed.len() < edition.requirements.len() { format!("{} of {all}", listed.len()) } else { all };
        line(&mut text, 0, &format!("{} ({count})", edition.id()));
        line(&mut text, 0, &edition.title);
        let mut rows = vec![["severity", "requirement", "judges each"].map(str::to_owned).to_vec()];
        rows.extend(listed.iter().map(|requirement| {
            let severity = requirement.severity.as_str().to_owned();
            vec![severity, requirement.check.clone(), scope(requirement).to_owned()]
        }));
        aligned(&mut text, 2, &rows);
        text.push('\n');
    }
    text
}

/// What a requirement judges, in a word.
pub(super) fn scope(requirement: &Requirement) -> &'static str {
    rules::find(&requirement.check).map_or("", |rule| rule.check.scope())
}

/// Limits in short: "`generation_1` 1023 GiB; `generation_2` 300 GiB".
fn limits(limits: &Limits) -> String {
    let limits: Vec<String> = limits.iter().map(|(key, limit)| format!("{key} {limit}")).collect();
    limits.join("; ")
}

/// Explains a requirement: what, why, limits by edition, what to do, what to export, where it is published, examples.
#[must_use]
pub fn explain(catalogue: &Catalogue, rule: &Rule) -> String {
    let mut text = String::new();
    line(&mut text, 0, &format!("{} (judges each {})", rule.name, rule.check.scope()));
    text.push('\n');
    for part in [rule.summary, rule.why] {
        paragraph(&mut text, 0, part);
    }
    paragraph(&mut text, 0, &format!("What to do: {}", rule.remedy));
    let editions: Vec<(&Edition, &Requirement)> = catalogue
        .editions
        .iter()
        .filter_map(|edition| Some((edition, edition.requirements.iter().find(|item| item.check == rule.name)?)))
        .collect();
    text.push_str("\nBy edition:\n");
    let mut rows = vec![["edition", "severity", "if not known", "limits"].map(str::to_owned).to_vec()];
    rows.extend(editions.iter().map(|(edition, requirement)| {
        let severity = requirement.severity.as_str().to_owned();
        let when_missing = requirement.when_missing.as_str().to_owned();
        vec![edition.id(), severity, when_missing, limits(&requirement.limits)]
    }));
    aligned(&mut text, 2, &rows);
    text.push_str("\nWhat settles it, and what exports that:\n");
    let needs: Vec<Vec<String>> =
        rule.needs.iter().map(|field| vec![field.title().to_owned(), field.export().to_owned()]).collect();
    aligned(&mut text, 2, &needs);
    text.push_str("\nSources:\n");
    for (edition, requirement) in editions {
        let document = edition.document(&requirement.source);
        let source = format!("{}, {}, {}", document.document, requirement.section, document.date);
        line(&mut text, 2, &format!("{}: {source}", edition.id()));
        line(&mut text, 4, &document.url);
        for more in more_on_source(edition, requirement) {
            line(&mut text, 4, &more);
        }
    }
    text.push_str("\nExamples:\n");
    for example in rule.examples {
        example_lines(&mut text, example);
    }
    text
}

/// What an auditor may want to know beside the address: what decides, where the dated text was read, and what carries over.
fn more_on_source(edition: &Edition, requirement: &Requirement) -> Vec<String> {
    let document = edition.document(&requirement.source);
    let parts = [
        ("What decides", &requirement.line),
        ("Read in the copy", &document.copy),
        ("SHA-256", &document.sha256),
        ("Remark", &requirement.remark),
    ];
    let told = parts.iter().filter_map(|(what, text)| Some(format!("{what}: {}", text.as_ref()?)));
    let carried = requirement.carried_from.as_ref().map(|from| {
        let (old, new) = (document.date, edition.published);
        format!("Carried over from {}@{from}: the text of {old}, which those of {new} do not restate", edition.target)
    });
    told.chain(carried).collect()
}

fn example_lines(text: &mut String, example: &Example) {
    let expect = match example.expect {
        Expect::Met => "met",
        Expect::NotMet => "not met",
        Expect::Unknown => "unknown",
        Expect::NotApplicable => "not applicable",
    };
    line(text, 2, &format!("{expect}:"));
    for table in example.tables {
        for row in table.rows {
            let cells: Vec<String> =
                table.header.iter().zip(*row).map(|(heading, cell)| format!("{heading} = {cell}")).collect();
            line(text, 4, &cells.join(", "));
        }
    }
}

/// Tells how an organisation's own rules answered their examples: each that failed, and how many there are.
#[must_use]
pub fn tried(
    rules: &[organisation::Rule],
    tried: &[(&organisation::Rule, &organisation::Example, Vec<Failure>)],
) -> String {
    let mut text = String::new();
    for (rule, example, failures) in tried {
        for Failure { row, outcome, observed } in failures {
            let place = format!("{}, line {}", rule.file, example.line);
            let said = format!("{}: row {row} comes out {outcome}, expected {}: {observed}", rule.name, example.expect);
            line(&mut text, 0, &format!("{place}: {said}"));
        }
    }
    let failed = tried.iter().filter(|(_, _, failures)| !failures.is_empty()).count() as u64;
    let bare: Vec<&str> = rules.iter().filter(|rule| rule.examples.is_empty()).map(|rule| rule.name.as_str()).collect();
    if !bare.is_empty() {
        line(&mut text, 0, &format!("Without an example: {}", bare.join(", ")));
    }
    let examples = words::count(tried.len() as u64, "example", "examples");
    let rules = words::count(rules.len() as u64, "rule", "rules");
    let end = if failed == 0 { "as expected".to_owned() } else { format!("{} failed", words::grouped(failed)) };
    line(&mut text, 0, &format!("{examples} of {rules}: {end}"));
    text
}
