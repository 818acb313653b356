//! Every edition file is whole: its checks exist, its sources are named, its limits carry their units.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use klar::catalogue::{Catalogue, Edition, Limit, Requirement, Target};
use klar::rules;

/// Checks that read limits and judge without any too.
const LIMITS_OPTIONAL: &[&str] = &["guest-32-bit"];

/// Every edition file, with its text.
fn edition_files() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/requirements");
    let mut files = Vec::new();
    for target in folder(&root) {
        for path in folder(&target).into_iter().filter(|path| path.extension().is_some_and(|found| found == "toml")) {
            let text = read(&path).expect("an edition file is UTF-8 text");
            files.push((path, text));
        }
    }
    files
}

#[expect(clippy::disallowed_methods, reason = "a test reads the files it checks")]
fn read(path: &Path) -> std::io::Result<String> {
    std::fs::read_to_string(path)
}

fn folder(path: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(path).expect("the templates are part of the project");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("a readable folder entry").path()).collect();
    paths.sort();
    paths
}

/// What is wrong with the text of an edition file.
fn faults(text: &str, target: &str, name: &str) -> Vec<String> {
    let edition: Edition = match toml::from_str(text) {
        Ok(edition) => edition,
        Err(error) => return vec![error.to_string()],
    };
    let mut faults = Vec::new();
    if edition.target.as_str() != target || edition.edition != name {
        faults.push(format!("says that it is {}", edition.id()));
    }
    if !edition.published.to_string().starts_with(name) || edition.retrieved < edition.published {
        faults.push(format!("published {} and retrieved {}", edition.published, edition.retrieved));
    }
    faults.extend(source_faults(&edition));
    faults.extend(requirement_faults(&edition));
    faults
}

fn source_faults(edition: &Edition) -> Vec<String> {
    let mut faults = Vec::new();
    let mut keys = BTreeSet::new();
    for source in &edition.sources {
        if !keys.insert(source.key.as_str()) {
            faults.push(format!("source {} twice", source.key));
        }
        if !source.url.starts_with("https://") {
            faults.push(format!("source {} has no https address", source.key));
        }
        if source.document.trim().is_empty() || source.date > edition.retrieved {
            faults.push(format!("source {} without title, or dated after it was retrieved", source.key));
        }
    }
    let cited = edition.requirements.iter().map(|requirement| (&requirement.check, &requirement.source));
    let noted = edition.notices.iter().map(|notice| (&notice.name, &notice.source));
    for (name, source) in cited.chain(noted) {
        if !keys.contains(source.as_str()) {
            faults.push(format!("{name} names the source {source}, which is not listed"));
        }
    }
    faults
}

fn requirement_faults(edition: &Edition) -> Vec<String> {
    let mut faults = Vec::new();
    let mut names = BTreeSet::new();
    for requirement in &edition.requirements {
        let name = requirement.check.as_str();
        if !names.insert(name) {
            faults.push(format!("{name} twice"));
        }
        if rules::find(name).is_none() {
            faults.push(format!("{name} is no check"));
        }
        faults.extend(limit_faults(requirement));
        if requirement.section.trim().is_empty() {
            faults.push(format!("{name} names no section"));
        }
        for (key, limit) in requirement.limits.iter().filter(|(_, limit)| lacks_unit(limit)) {
            faults.push(format!("{name}: the limit {key} = \"{limit}\" has no unit that is known"));
        }
    }
    for notice in &edition.notices {
        if !names.insert(notice.name.as_str()) {
            faults.push(format!("notice {} twice", notice.name));
        }
        if notice.text.trim().is_empty() || notice.section.trim().is_empty() {
            faults.push(format!("notice {} without text or section", notice.name));
        }
    }
    faults
}

/// Limits that the check of a requirement does not read, and the want of any for a check that reads some.
fn limit_faults(requirement: &Requirement) -> Vec<String> {
    let name = &requirement.check;
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules");
    let Ok(check) = read(&rules.join(format!("{}.rs", name.replace('-', "_")))) else { return Vec::new() };
    let shared: String = folder(&rules)
        .iter()
        .filter_map(|path| read(path).ok())
        .filter(|code| !code.contains("static RULE: Rule"))
        .collect();
    let read_by = |code: &str, key: &str| code.contains(&format!("\"{key}\""));
    let unread = requirement.limits.iter().filter(|(key, _)| !read_by(&check, key) && !read_by(&shared, key));
    let mut faults: Vec<_> = unread.map(|(key, _)| format!("{name} does not read the limit {key}")).collect();
    let optional = LIMITS_OPTIONAL.contains(&name.as_str());
    if !optional && check.contains(" limits: &Limits") && requirement.limits.iter().next().is_none() {
        faults.push(format!("{name} needs a limit and is given none"));
    }
    faults
}

/// Whether a limit was read as a text although it looks like a number; a version ("2.0.9214.0") is a text.
fn lacks_unit(limit: &Limit) -> bool {
    match limit {
        Limit::Text(text) => {
            let version = text.contains('.') && text.split('.').all(|part| part.parse::<u64>().is_ok());
            text.starts_with(|first: char| first.is_ascii_digit()) && !version
        }
        Limit::Size(_) | Limit::Count(_) | Limit::Flag(_) | Limit::List(_) => false,
    }
}

#[test]
fn every_edition_file_is_whole() {
    let files = edition_files();
    assert!(files.len() >= 5, "five editions of Site Recovery are part of the project, {} files found", files.len());
    let mut all = Vec::new();
    for (path, text) in &files {
        let name = path.file_stem().and_then(|name| name.to_str()).expect("an edition's file is named by its month");
        let target = path.parent().and_then(Path::file_name).and_then(|name| name.to_str()).expect("a target's folder");
        all.extend(faults(text, target, name).into_iter().map(|fault| format!("{target}/{name}: {fault}")));
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
}

#[test]
fn no_edition_is_empty() {
    for (path, text) in edition_files() {
        let edition: Edition = toml::from_str(&text).expect("every edition file is whole");
        assert!(!edition.requirements.is_empty(), "{} requires nothing", path.display());
    }
}

#[test]
fn the_linter_sees_each_fault() {
    let sound = r#"
target = "site-recovery"
edition = "2017-07"
title = "A sound edition"
published = "2017-07-24"
retrieved = "2026-11-22"

[[source]]
key = "A"
document = "A document"
date = "2017-07-04"
url = "https://example.org/a"

[[requirement]]
check = "os-disk-over-limit"
severity = "blocker"
when_missing = "unknown"
source = "A"
section = "Disks"
[requirement.limits]
generation_1 = "1023 GiB"

[[notice]]
name = "vault-move"
text = "A vault stays where it is."
source = "A"
section = "Vaults"
"#;
    let check = |from: &str, to: &str, expected: &str| {
        let faults = faults(&sound.replacen(from, to, 1), "site-recovery", "2017-07");
        assert_eq!(faults.len(), usize::from(!expected.is_empty()), "{from} -> {to}: {faults:?}");
        assert!(faults.iter().all(|fault| fault.contains(expected)), "{from} -> {to}: {faults:?}");
    };
    check("", "", "");
    check("1023 GiB", "1023 GB", "no unit");
    check("1023 GiB", "1023GiB", "no unit");
    check("1023 GiB", "2.0.9214.0", "");
    check("generation_1", "generation_3", "does not read the limit generation_3");
    check("generation_1 = \"1023 GiB\"", "", "given none");
    check("os-disk-over-limit", "os-disk-too-large", "no check");
    check("source = \"A\"", "source = \"B\"", "not listed");
    check("https://", "http://", "no https address");
    check("\"blocker\"", "\"fatal\"", "fatal");
    check("edition = \"2017-07\"", "edition = \"2018-08\"", "site-recovery@2018-08");
    check("\"2017-07-24\"", "\"2017-13-24\"", "month");
    check("\"2017-07-04\"", "\"2027-07-04\"", "dated after");
    check("A vault stays where it is.", " ", "without text");
    check("vault-move", "os-disk-over-limit", "notice os-disk-over-limit twice");
}

/// Whether a text is a SHA-256 in lower-case hexadecimal.
fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

#[test]
fn every_source_is_one_that_an_auditor_can_follow() {
    let catalogue = Catalogue::embedded().expect("the catalogue it carries");
    let mut wrong = Vec::new();
    for edition in &catalogue.editions {
        for source in &edition.sources {
            let place = format!("{}: source {}", edition.id(), source.key);
            let is_published = source.url.starts_with("https://learn.microsoft.com/");
            let is_data = source.url.starts_with("https://github.com/endoflife-date/endoflife.date/tree/")
                || source.url.starts_with("https://github.com/Azure/azqr/blob/");
            if !is_published && !is_data {
                wrong.push(format!("{place}: {} is no published address", source.url));
            }
            if is_published && source.url.contains(".md") {
                wrong.push(format!("{place}: {} names a file and no page", source.url));
            }
            if source
                .copy
                .as_ref()
                .is_some_and(|copy| !copy.starts_with("https://github.com/") || !copy.contains("/blob/"))
            {
                wrong.push(format!("{place}: its copy is no file at a commit"));
            }
            match source.sha256.as_deref() {
                Some(digest) if is_sha256(digest) && source.copy.is_some() => {}
                Some(reason) if reason.starts_with("not taken: ") && reason.len() > 30 => {}
                said => wrong.push(format!("{place}: its digest is {said:?}, neither one nor a reason")),
            }
        }
        for requirement in &edition.requirements {
            let place = format!("{}: {}", edition.id(), requirement.check);
            let source = edition.document(&requirement.source);
            let was_read = source.sha256.as_deref().is_some_and(|reason| reason.contains("was read"));
            if requirement.section.trim().len() < 4 {
                wrong.push(format!("{place}: no section"));
            }
            if requirement.line.as_ref().is_some_and(|line| !line.ends_with('.') || line.len() < 15) {
                wrong.push(format!("{place}: {:?} does not say what decides", requirement.line));
            }
            if requirement.line.is_some() && !was_read {
                wrong.push(format!("{place}: says what decides in a text that was not read"));
            }
            let from = requirement.carried_from.as_deref();
            if from.is_some_and(|from| catalogue.edition(edition.target, from).is_none()) {
                wrong.push(format!("{place}: carried over from {from:?}, which is no edition"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_was_read_for_the_newest_edition_says_what_decides() {
    let catalogue = Catalogue::embedded().expect("the catalogue it carries");
    let newest = catalogue.newest(Target::SiteRecovery).expect("it has editions");
    let matrix = newest.requirements.iter().filter(|requirement| requirement.source == "A26b");
    let silent: Vec<&str> =
        matrix.filter(|requirement| requirement.line.is_none()).map(|requirement| requirement.check.as_str()).collect();
    assert!(silent.is_empty(), "{silent:?}");
}

#[test]
fn a_requirement_that_carries_over_is_marked_with_both_dates() {
    let catalogue = Catalogue::embedded().expect("the catalogue it carries");
    for (target, name, from) in [(Target::AzureMigrate, "2026-03", "2023-10"), (Target::AzureVm, "2025-02", "2024-06")]
    {
        let edition = catalogue.edition(target, name).expect("it is embedded");
        let carried: Vec<_> = edition.requirements.iter().filter(|item| item.carried_from.is_some()).collect();
        assert!(carried.len() > 10, "{name}: {}", carried.len());
        assert!(carried.iter().all(|item| item.carried_from.as_deref() == Some(from)), "{name}");
        let asked_before = |check: &str| {
            let before = catalogue.edition(target, from).expect("it is embedded");
            before.requirements.iter().any(|item| item.check == check)
        };
        assert!(carried.iter().all(|item| asked_before(&item.check)), "{name} carries over what {from} does not ask");
    }
}
