//! The editions that the program carries are whole, and their sources are ones that an auditor can follow. What a whole
//! file is, the linter of the product says; a fault planted for each of its rules is in `rules_cli`.

use klar::catalogue::{Catalogue, CatalogueFile, Target, embedded_files};
use klar::ingest::Dialects;
use klar::rules::lint::lint;

#[test]
fn every_file_of_the_programs_own_catalogue_is_whole() {
    let dialects = Dialects::files().map(|(name, text)| (format!("dialects/{name}.toml"), text));
    let file =
        |(name, text): (String, &str)| CatalogueFile { path: name.clone(), name, bytes: text.as_bytes().to_vec() };
    let files: Vec<CatalogueFile> = embedded_files().into_iter().chain(dialects).map(file).collect();
    assert!(files.len() > 60, "{}", files.len());
    let faults: Vec<String> = lint(&files).iter().map(ToString::to_string).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
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

#[test]
fn an_explanation_shows_every_part_of_every_source() {
    let catalogue = Catalogue::embedded().expect("the catalogue it carries");
    let mut kinds = std::collections::BTreeMap::<&str, u32>::new();
    for edition in &catalogue.editions {
        for requirement in &edition.requirements {
            let rule =
                klar::rules::find(&requirement.check).expect("an embedded edition asks for checks that there are");
            // Lines are wrapped for a terminal.
            let told =
                klar::report::rulebook::explain(&catalogue, rule).said(klar::report::language::Language::english());
            let told = klar::report::terminal::write(&told);
            let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
            let of_edition = told.split(&format!("{}: ", edition.id())).nth(1).unwrap_or_default();
            let source = edition.document(&requirement.source);
            let date = source.date.to_string();
            for part in [&source.document, &requirement.section, &date, &source.url] {
                assert!(of_edition.contains(part.as_str()), "{} {}: {part}", edition.id(), requirement.check);
            }
            if let Some(copy) = &source.copy {
                assert!(
                    of_edition.contains(&format!("Read in the copy: {copy}")),
                    "{} {}",
                    edition.id(),
                    requirement.check
                );
            }
            let digest = source.sha256.as_deref().expect("a digest, or why there is none");
            assert!(of_edition.contains(&format!("SHA-256: {digest}")), "{} {}", edition.id(), requirement.check);
            let kind = match digest {
                _ if is_sha256(digest) => "with a digest",
                _ if digest.contains("was read") => "read through an index",
                _ if digest.contains("not read again") => "gathered before, not read again",
                _ if digest.contains("a repository of data or a package") => "data",
                other => panic!("{}: {other} is no kind of source", edition.id()),
            };
            *kinds.entry(kind).or_default() += 1;
        }
    }
    let all: u32 = kinds.values().sum();
    let requirements: usize = catalogue.editions.iter().map(|edition| edition.requirements.len()).sum();
    assert_eq!(all as usize, requirements, "{kinds:?}");
}
