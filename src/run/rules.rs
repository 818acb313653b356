//! `klar rules`: what is required, by whom, since when.

use anyhow::{Result, anyhow};

use super::assess::select;
use super::{DONE, print};
use crate::catalogue::{Catalogue, Edition, Requirement, Severity};
use crate::cli::{Rules, SeverityName};
use crate::report::text::{line, paragraph};
use crate::report::words;
use crate::rules::{self, Example, Expect, Rule};

/// The names suggested for one that is not known.
const NEAR: usize = 6;

/// Lists or explains requirements.
///
/// # Errors
/// When an edition or a requirement of the name given does not exist.
pub(super) fn rules(arguments: &Rules) -> Result<u8> {
    let catalogue = Catalogue::embedded()?;
    match arguments {
        Rules::List { against, severity } => {
            let editions =
                if against.is_empty() { catalogue.editions.iter().collect() } else { select(&catalogue, against)? };
            print(&list(&editions, severity.map(severity_of)))?;
        }
        Rules::Explain { name } => {
            let rule = rules::find(name).ok_or_else(|| unknown_rule(name))?;
            print(&explain(&catalogue, rule))?;
        }
    }
    Ok(DONE)
}

fn unknown_rule(name: &str) -> anyhow::Error {
    let shares = |known: &&str| name.split('-').any(|word| word.len() > 2 && known.contains(word));
    let mut near: Vec<&str> = rules::RULES.iter().map(|rule| rule.name).filter(shares).collect();
    near.sort_by_key(|known| (!known.starts_with(name), !known.contains(name)));
    near.truncate(NEAR);
    let hint = if near.is_empty() {
        "klar rules list shows them all".to_owned()
    } else {
        format!("near it: {}; klar rules list shows them all", near.join(", "))
    };
    anyhow!("{name}: no requirement of that name; {hint}")
}

const fn severity_of(name: SeverityName) -> Severity {
    match name {
        SeverityName::Blocker => Severity::Blocker,
        SeverityName::Condition => Severity::Condition,
        SeverityName::Warning => Severity::Warning,
        SeverityName::Info => Severity::Info,
    }
}

fn list(editions: &[&Edition], severity: Option<Severity>) -> String {
    let mut text = String::new();
    for edition in editions {
        let all = words::count(edition.requirements.len() as u64, "requirement", "requirements");
        let listed: Vec<&Requirement> =
            edition.requirements.iter().filter(|item| severity.is_none_or(|wanted| item.severity == wanted)).collect();
        let count = if listed.len() < edition.requirements.len() { format!("{} of {all}", listed.len()) } else { all };
        line(&mut text, 0, &format!("{} ({count})", edition.id()));
        line(&mut text, 0, &edition.title);
        for requirement in listed {
            line(&mut text, 2, &format!("{:<10} {}", requirement.severity.as_str(), requirement.check));
        }
        text.push('\n');
    }
    text
}

fn explain(catalogue: &Catalogue, rule: &Rule) -> String {
    let mut text = String::new();
    line(&mut text, 0, &format!("{} (judges each {})", rule.name, rule.check.scope()));
    text.push('\n');
    for part in [rule.summary, rule.why] {
        paragraph(&mut text, 0, part);
    }
    paragraph(&mut text, 0, &format!("What to do: {}", rule.remedy));
    text.push_str("\nBy edition:\n");
    for edition in &catalogue.editions {
        let Some(requirement) = edition.requirements.iter().find(|item| item.check == rule.name) else { continue };
        let limits: Vec<String> = requirement.limits.iter().map(|(key, limit)| format!("{key} {limit}")).collect();
        let limits = if limits.is_empty() { String::new() } else { format!(": {}", limits.join(", ")) };
        line(&mut text, 2, &format!("{} {}{limits}", edition.id(), requirement.severity));
        let document = edition.document(&requirement.source);
        line(&mut text, 4, &format!("{}, {}, {}", document.document, requirement.section, document.date));
        line(&mut text, 4, &document.url);
        if let Some(remark) = &requirement.remark {
            line(&mut text, 4, &format!("Remark: {remark}"));
        }
    }
    text.push_str("\nFacts it needs, and what exports them:\n");
    for field in rule.needs {
        line(&mut text, 2, &format!("{}: {}", field.title(), field.export()));
    }
    text.push_str("\nExamples:\n");
    for example in rule.examples {
        example_lines(&mut text, example);
    }
    text
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
