//! A limit that a check cannot read is refused: else the check would be switched off, and every machine would pass.

use klar::catalogue::{Catalogue, read_edition};
use klar::rules::unreadable_limits;

use super::binary::Folder;

const HEAD: &str = r#"
target = "site-recovery"
edition = "2027-01"
title = "An edition with one limit"
published = "2027-01-04"
retrieved = "2027-01-05"

[[source]]
key = "DOC"
document = "A support matrix"
date = "2027-01-04"
url = "https://learn.microsoft.com/azure/site-recovery/hyper-v-azure-support-matrix"

"#;

fn requirement(check: &str, limit: &str) -> String {
    format!(
        "{HEAD}[[requirement]]\ncheck = \"{check}\"\nseverity = \"blocker\"\nwhen_missing = \"unknown\"\n\
         source = \"DOC\"\nsection = \"Disks\"\n[requirement.limits]\n{limit}\n"
    )
}

/// What the program says of an edition whose only requirement is the given check with the given limit.
fn said_of(name: &str, check: &str, limit: &str) -> (i32, String) {
    let folder = Folder::new(name);
    folder.put("in/v.csv", "VM,Generation,OS disk (GB)\nvm1,2,5120\n");
    folder.put("cat/requirements/site-recovery/2027-01.toml", requirement(check, limit));
    let run = folder.run(&["assess", "in", "-o", "out", "--catalogue", "cat", "--against", "site-recovery@2027-01"]);
    (run.code, run.err)
}

#[test]
fn a_limit_of_another_kind_is_refused_with_file_key_and_what_it_should_look_like() {
    let cases = [
        ("os-disk-over-limit", "generation_2 = \"4095 GB\"", "`generation_2`", "such as \"4095 GiB\""),
        ("os-disk-over-limit", "generation_2 = 4095", "`generation_2`", "such as \"4095 GiB\""),
        ("os-disk-over-limit", "generation_2 = \"4,095 GiB\"", "`generation_2`", "such as \"4095 GiB\""),
        ("too-many-disks", "total_disks = \"64\"", "`total_disks`", "without quotes, such as 64"),
        ("guest-os-unsupported", "nano_server = \"no\"", "`nano_server`", "true or false"),
        ("host-dotnet-too-old", "minimum = \"newest\"", "`minimum`", "numbers with points"),
        ("disk-format-unsupported", "formats = \"VHD\"", "`formats`", "between brackets"),
        ("os-disk-over-limit", "generation_3 = \"4095 GiB\"", "`generation_3`", "would not be judged"),
        ("bitlocker-on", "maximum = 1", "`maximum`", "would not be judged"),
    ];
    for (number, (check, limit, key, looks)) in cases.into_iter().enumerate() {
        let (code, err) = said_of(&format!("limit-kind-{number}"), check, limit);
        assert_eq!(code, 2, "{limit}: {err}");
        let words = err.split_whitespace().collect::<Vec<_>>().join(" ");
        for part in ["cat/requirements/site-recovery/2027-01.toml", check, key, looks] {
            assert!(words.contains(part), "{limit}: {err}\nexpected {part}");
        }
    }
}

#[test]
fn a_limit_that_cannot_be_read_is_told_before_one_that_has_another_name_now() {
    let folder = Folder::new("limit-kind-first");
    let renamed = requirement("provider-too-old-for-large-disk", "provider = \"2.0.9214.0\"");
    let unreadable = requirement("os-disk-over-limit", "generation_2 = \"4095 GB\"").replace(HEAD, "");
    folder.put("in/v.csv", "VM,Generation,OS disk (GB)\nvm1,2,5120\n");
    folder.put("cat/requirements/site-recovery/2027-01.toml", renamed + &unreadable);
    let run = folder.run(&["assess", "in", "-o", "out", "--catalogue", "cat"]);
    let words = run.err.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(run.code == 2 && words.contains("`generation_2` of os-disk-over-limit is \"4095 GB\""), "{}", run.err);
    assert!(words.contains("such as \"4095 GiB\""), "{}", run.err);
}

#[test]
fn a_limit_of_its_kind_is_judged_by() {
    let (code, err) = said_of("limit-kind-right", "os-disk-over-limit", "generation_2 = \"4095 GiB\"");
    assert_eq!(code, 0, "{err}");
}

#[test]
fn a_limit_that_no_check_looks_for_is_told_with_those_it_does() {
    let told = |check, limit| {
        let edition = read_edition("an edition", &requirement(check, limit)).expect("it is an edition");
        unreadable_limits(&edition).join(" ")
    };
    let said = told("os-disk-over-limit", "generation_3 = \"4095 GiB\"");
    assert!(said.contains("`generation_3`") && said.contains("`generation_1`, `generation_2`"), "{said}");
    assert!(told("bitlocker-on", "maximum = 1").ends_with("it has no limits."));
    let renamed = told("provider-too-old-for-large-disk", "provider = \"2.0.9214.0\"");
    assert!(
        renamed.ends_with(
            "`provider` of provider-too-old-for-large-disk is none that the check looks for; it is called `agent` now."
        ),
        "{renamed}"
    );
    // What switches a check off is told before what changes nothing.
    let both = format!(
        "{}\n{}",
        requirement("provider-too-old-for-large-disk", "provider = \"2.0.9214.0\""),
        requirement("os-disk-over-limit", "generation_2 = \"4095 GB\"").replace(HEAD, "")
    );
    let said = unreadable_limits(&read_edition("an edition", &both).expect("it is an edition"));
    assert!(said.len() == 2 && said[0].contains("`generation_2`") && said[1].contains("`provider`"), "{said:?}");
}

#[test]
fn every_limit_of_the_editions_is_one_that_its_check_reads() {
    let catalogue = Catalogue::embedded().expect("the catalogue it carries");
    for edition in &catalogue.editions {
        assert_eq!(unreadable_limits(edition), Vec::<String>::new(), "{}", edition.id());
    }
}
