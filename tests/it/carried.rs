//! A catalogue from outside: it replaces and adds files, is listed in the reports, and is refused when its signature does not fit.

use klar::catalogue::{Catalogue, CatalogueFile, Target};
use serde_json::Value;

use super::binary::{Folder, Run};
use super::outputs::schema;

mod lists;

const EDITION: &str = include_str!("fixtures/catalogue/requirements/azure-vm/2027-03.toml");
const EDITION_SIGNATURE: &str = include_str!("fixtures/catalogue/requirements/azure-vm/2027-03.toml.minisig");
const GUESTS: &str = include_str!("fixtures/catalogue/guest_os.toml");
/// Signed in the form that minisign had before it hashed first.
const GUESTS_SIGNATURE: &str = include_str!("fixtures/catalogue/guest_os.toml.minisig");
const OTHER_KEY: &str = include_str!("fixtures/catalogue/another-key.minisig");
const PUBLIC_KEY: &str = include_str!("fixtures/catalogue/klar-test.pub");

const EDITION_PLACE: &str = "newer/requirements/azure-vm/2027-03.toml";
const MACHINES: &str = "\
VM name,Guest OS,OS architecture,Generation,vCPUs,Memory MB,OS disk (GB),Number of disks
plum01,Plum OS 2.4,x64,1,2,4096,80,1
";

/// An estate of one machine, with the signed catalogue of the fixtures beside it.
fn estate(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.put("in/machines.csv", MACHINES);
    folder.put(EDITION_PLACE, EDITION).put(&format!("{EDITION_PLACE}.minisig"), EDITION_SIGNATURE);
    folder.put("newer/guest_os.toml", GUESTS).put("newer/guest_os.toml.minisig", GUESTS_SIGNATURE);
    let key = PUBLIC_KEY.lines().nth(1).expect("the key follows its comment");
    folder.put("klar.toml", format!("[catalogue]\npath = \"newer\"\npublic_key = \"{key}\"\n"));
    folder
}

fn assess(folder: &Folder, as_of: &str, more: &[&str]) -> Run {
    let fixed = ["assess", "in", "-o", "out", "--as-of", as_of, "--format", "csv,json"];
    folder.run(&[&fixed, more].concat())
}

fn json(folder: &Folder) -> Value {
    let value: Value = serde_json::from_str(&folder.text("out/assessment.json")).expect("it is JSON");
    let schema: Value = serde_json::from_str(&klar::record::Recorded::schema()).expect("it is JSON");
    assert_eq!(schema::breaches(&schema, &value), Vec::<String>::new());
    value
}

/// Assesses by the signed catalogue and expects it to be refused.
fn refused(folder: &Folder, expected: &str) {
    let run = assess(folder, "2027-03-22", &["--config", "klar.toml"]);
    assert_eq!(run.code, 2, "{}", run.out);
    assert!(run.err.contains(expected), "{}\nexpected {expected}", run.err);
    assert!(!folder.path("out").exists(), "something was written all the same");
}

#[test]
fn files_from_outside_replace_those_of_the_same_name_and_add_others() {
    let folder = estate("carried-unsigned");
    let run = assess(&folder, "2027-03-22", &["--catalogue", "newer", "--against", "azure-vm"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let json = json(&folder);
    assert_eq!(json["editions"][0]["edition"], "2027-03");
    assert_eq!(json["machines"][0]["guest_os_product"], "Plum OS two");
    assert_eq!(json["machines"][0]["results"][0]["readiness"], "not-ready");
    assert_eq!(json["catalogue"]["signed_with"], Value::Null);
    let files = json["catalogue"]["files"].as_array().expect("a list");
    let listed: Vec<(&Value, &Value)> = files.iter().map(|file| (&file["file"], &file["gathered"])).collect();
    let expected = [("newer/guest_os.toml", "2027-02-01"), (EDITION_PLACE, "2027-03-02")]
        .map(|(file, day)| (Value::from(file), Value::from(day)));
    assert_eq!(listed, expected.iter().map(|(file, day)| (file, day)).collect::<Vec<_>>());
    let inputs = folder.rows("out/inputs.csv");
    let edition = inputs.iter().find(|row| row[0] == EDITION_PLACE).expect("it is listed");
    assert_eq!(edition[2], "catalogue file");
    assert_eq!(edition[12], klar::catalogue::digest(EDITION.as_bytes()));
}

#[test]
fn a_signed_catalogue_is_judged_by() {
    let folder = estate("carried-signed");
    let run = assess(&folder, "2027-03-22", &["--config", "klar.toml"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let key = PUBLIC_KEY.lines().nth(1).expect("the key follows its comment");
    assert_eq!(json(&folder)["catalogue"]["signed_with"], key);
}

#[test]
fn a_file_changed_after_signing_is_refused_by_name() {
    let folder = estate("carried-tampered");
    folder.put(EDITION_PLACE, EDITION.replace("64 GiB", "4095 GiB"));
    refused(&folder, &format!("{EDITION_PLACE}: does not fit its signature"));
    let folder = estate("carried-tampered-earlier");
    folder.put("newer/guest_os.toml", GUESTS.replace("2029-01-01", "2039-01-01"));
    refused(&folder, "newer/guest_os.toml: does not fit its signature");
}

#[test]
fn a_file_without_a_signature_or_with_a_wrong_one_is_refused_by_name() {
    let folder = estate("carried-missing");
    folder.put("newer/sizes.csv", "name\n");
    refused(&folder, "newer/sizes.csv: is not signed");
    let folder = estate("carried-malformed");
    folder.put("newer/guest_os.toml.minisig", "untrusted comment: none\nRW==\n");
    refused(&folder, "newer/guest_os.toml.minisig: is no minisign signature");
    let folder = estate("carried-other-key");
    folder.put("newer/guest_os.toml.minisig", OTHER_KEY);
    refused(&folder, "newer/guest_os.toml: is signed with another key");
    let folder = estate("carried-swapped");
    folder.put("newer/guest_os.toml.minisig", EDITION_SIGNATURE);
    refused(&folder, "newer/guest_os.toml: does not fit its signature");
}

/// What carrying one file in comes to.
fn carry(name: &str, text: &str) -> Result<Catalogue, String> {
    let file = CatalogueFile { name: name.to_owned(), path: format!("newer/{name}"), bytes: text.as_bytes().to_vec() };
    Catalogue::with(&[file]).map_err(|error| error.to_string())
}

#[test]
fn a_file_that_cannot_be_used_is_refused_by_name() {
    for (name, text, expected) in [
        ("sizes.csv", "name,vcpus\nBig,many\n", "newer/sizes.csv: CSV deserialize error"),
        ("guest_os.toml", "retrieved = 3", "newer/guest_os.toml is not a catalogue of guest operating systems"),
        (
            "requirements/azure-vm/2027-03.toml",
            "target = \"azure-vm\"",
            "newer/requirements/azure-vm/2027-03.toml: not a requirements edition",
        ),
        (
            "requirements/azure-vm/2027-04.toml",
            EDITION,
            "newer/requirements/azure-vm/2027-04.toml: says that it is azure-vm@2027-03",
        ),
        ("limits.toml", "a = 1", "newer/limits.toml: no file of a catalogue has that place"),
    ] {
        let error = carry(name, text).expect_err("it cannot be used");
        assert!(error.starts_with(expected), "{error}\nexpected {expected}");
    }
    for (from, to, expected) in [
        ("generation_2", "generation_3", "has the limit `generation_3`, which no edition at hand gives it"),
        ("limits =", "#", "has none of the limits generation_1, generation_2"),
    ] {
        let error = carry("requirements/azure-vm/2027-03.toml", &EDITION.replace(from, to))
            .expect_err("it would not be judged");
        assert!(error.contains(&format!("the requirement os-disk-over-limit {expected}")), "{error}");
    }
    let folder = estate("carried-unknown-check");
    folder.put(EDITION_PLACE, EDITION.replace("os-disk-over-limit", "os-disk-too-blue"));
    let run = assess(&folder, "2027-03-22", &["--catalogue", "newer"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("this Klar cannot check the requirement `os-disk-too-blue`"), "{}", run.err);
    let folder = estate("carried-dialect");
    folder.put("newer/dialects/mine.toml", "title = \"Mine\"");
    let run = assess(&folder, "2027-03-22", &["--catalogue", "newer"]);
    assert!(run.err.contains("newer/dialects/mine.toml: does not describe an export"), "{}", run.err);
}

#[test]
fn a_list_replaces_the_programs_own_and_tells_its_day() {
    let text = "# Regions, gathered 2027-01-05.\nname,display_name\nmars,Mars\n";
    let catalogue = carry("regions.csv", text).expect("it can be used");
    assert_eq!(catalogue.regions.iter().map(|region| region.name.as_str()).collect::<Vec<_>>(), ["mars"]);
    assert_eq!(catalogue.carried[0].date, Some(jiff::civil::date(2027, 1, 5)));
}

#[test]
fn an_export_may_be_described_from_outside() {
    let folder = Folder::new("carried-export");
    folder.put("in/maskiner.csv", "Maskinbeteckning,Kraft\nplum01,4\n");
    let dialect = "title = \"Plum list\"\nrows = \"machine\"\nsignatures = [[\"Maskinbeteckning\", \"Kraft\"]]\n\
                   [columns]\nvm_name = [\"Maskinbeteckning\"]\nvcpus = [\"Kraft\"]\n";
    folder.put("newer/dialects/plum.toml", dialect);
    assert_eq!(assess(&folder, "2026-11-22", &[]).code, 3);
    let run = assess(&folder, "2026-11-22", &["--catalogue", "newer"]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert_eq!(json(&folder)["machines"][0]["vcpus"], 4);
}

#[test]
fn an_edition_gathered_long_ago_is_warned_of() {
    let embedded = Catalogue::embedded().expect("the catalogue is whole");
    let gathered = embedded.newest(Target::AzureVm).expect("an edition").retrieved;
    let after = |days: i32| gathered.checked_add(jiff::Span::new().days(days)).expect("a day");
    assert!(embedded.stale(Target::AzureVm, after(180)).is_none());
    assert!(embedded.stale(Target::AzureVm, after(181)).is_some());
    let folder = estate("carried-stale");
    let run = assess(&folder, &after(181).to_string(), &["--against", "azure-vm"]);
    let printed = run.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(printed.contains("The newest edition of Azure VM that was at hand"), "{printed}");
    assert_eq!(json(&folder)["catalogue"]["stale"].as_array().map(Vec::len), Some(1));
    let newer = assess(&folder, &after(181).to_string(), &["--against", "azure-vm", "--catalogue", "newer"]);
    assert!(!newer.out.contains("that was at hand"), "{}", newer.out);
}

#[test]
fn words_from_outside_stand_in_every_report() {
    let folder = estate("carried-words");
    folder.put("newer/wording/en.toml", "[disk-over-limit]\nremedy = \"Ring the storage team.\"\n");
    let run = assess(&folder, "2027-03-22", &["--catalogue", "newer", "--against", "azure-vm@2024-06"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let json = json(&folder);
    let requirements = json["editions"][0]["requirements"].as_array().expect("a list");
    let requirement =
        requirements.iter().find(|item| item["requirement"] == "disk-over-limit").expect("it is asked for");
    assert_eq!(requirement["remedy"], "Ring the storage team.");
    let own = klar::rules::find("disk-over-limit").expect("a check").summary;
    assert_eq!(requirement["summary"], own, "what is left out stays as it is");
    folder.put("newer/wording/en.toml", "[disk-over-limitt]\nremedy = \"Ring.\"\n");
    let run = assess(&folder, "2027-03-22", &["--catalogue", "newer"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("newer/wording/en.toml: no edition asks for disk-over-limitt"), "{}", run.err);
}
