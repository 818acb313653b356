//! What is handed on beside a set: the bundle, the comparison with another visit, and one machine's sheet.

use super::{FIXED, Folder, KEY, SITE, leaks, signs, site, texts_of};

const REDACT: [&str; 3] = ["--redact", "--redact-key", "site.key"];

/// Makes sure that what was printed names nothing of the site.
fn tells_nobody(of: &str, text: &str) {
    let found = leaks(&[(of.to_owned(), text.as_bytes().to_vec())], &signs());
    assert!(found.is_empty(), "{} leaks:\n{}", found.len(), found.join("\n"));
}

#[test]
fn no_name_is_in_a_bundle_of_a_redacted_set() {
    let folder = site("redact-bundle");
    let forms = ["assess", "in", "--as-of", "2026-11-22", "--format", "csv,json,xlsx,docx,parquet"];
    let run = |more: &[&str]| {
        let run = folder.run(&[&forms[..], &SITE, more].concat());
        assert_eq!(run.code, 0, "{}", run.err);
        run
    };
    run(&["-o", "open", "--bundle", "open.zip", "--bundle-inputs"]);
    let bundle = |name: &str| texts_of(name, std::fs::read(folder.path(name)).unwrap());
    let open = bundle("open.zip");
    for place in [
        "open.zip: report.xlsx: xl/",
        "open.zip: report.docx: word/",
        "open.zip: vms.csv",
        "open.zip: the name inputs/",
    ] {
        let told = open.iter().filter(|one| one.0.starts_with(place)).cloned().collect::<Vec<_>>();
        assert!(!leaks(&told, &signs()).is_empty(), "without --redact, names are found in {place}");
    }
    let told = run(&[&["-o", "out", "--bundle", "out.zip"][..], &REDACT].concat());
    tells_nobody("the terminal", &format!("{}{}", told.out, told.err));
    let closed = bundle("out.zip");
    assert!(closed.iter().any(|(place, _)| place == "out.zip: parquet/vms.parquet: vm"), "tables are in it");
    let found = leaks(&closed, &signs());
    assert!(found.is_empty(), "{} leaks:\n{}", found.len(), found.into_iter().take(60).collect::<Vec<_>>().join("\n"));
    // The map of the names stays beside the set, and never in what is handed on.
    assert!(closed.iter().all(|(place, _)| !place.contains("names")));
    assert_eq!(folder.run(&["verify", "out.zip"]).code, 0);
    let refused =
        folder.run(&[&forms[..], &["-o", "more", "--bundle", "more.zip", "--bundle-inputs"], &REDACT].concat());
    assert_eq!(refused.code, 2, "inputs are not packed beside pseudonyms");
    assert!(!folder.path("more.zip").exists());
}

/// The site at a later visit: a machine that is gone, one that is new, and one with a larger disk.
fn later(folder: &Folder) {
    let table = folder.text("in/qvxzqj-mapp/qvxzqj-maskiner.csv");
    let table = table
        .replace("QVXZQJ-vm02,7a7e1111-0000-0000-0000-000000000002", "QVXZQJ-vm55,7a7e1111-0000-0000-0000-000000000055")
        .replace(",16,3000,", ",16,5000,");
    folder.put("in/qvxzqj-mapp/qvxzqj-maskiner.csv", table.replace("qvxzqjcloud", "qvxzqjcloud2"));
}

#[test]
fn two_redacted_visits_are_compared_without_a_name() {
    let folder = site("redact-diff");
    let visit = |out: &str, key: &str| {
        let fixed = ["assess", "in", "-o", out, "--as-of", "2026-11-22", "--format", "csv,json", "--quiet"];
        let run = folder.run(&[&fixed[..], &SITE, &["--redact", "--redact-key", key]].concat());
        assert_eq!(run.code, 0, "{}", run.err);
    };
    visit("one", "site.key");
    later(&folder);
    visit("two", "site.key");
    visit("other", "other.key");
    for form in ["text", "csv", "json"] {
        let run = folder.run(&["diff", "one", "two", "--format", form]);
        assert_eq!(run.code, 0, "{}", run.err);
        tells_nobody(form, &format!("{}{}", run.out, run.err));
        assert!(run.out.contains("vm-"), "machines are told by their pseudonyms:\n{}", run.out);
    }
    let told = folder.run(&["diff", "one", "two", "--lang", "sv"]);
    tells_nobody("in Swedish", &told.out);
    assert!(told.out.contains("1 ny") && told.out.contains("1 borta"), "{}", told.out);
    // The same machine has the same pseudonym, so it is neither new nor gone; by another secret every one is.
    let count = |other: &str| {
        let run = folder.run(&["diff", "one", other, "--format", "json"]);
        let changes: serde_json::Value = serde_json::from_str(&run.out).unwrap();
        changes["came"].as_array().map_or(usize::MAX, Vec::len)
    };
    assert_eq!((count("two"), count("other") > 1), (1, true));
}

#[test]
fn an_open_set_of_an_earlier_visit_is_not_told_in_a_redacted_one() {
    let folder = site("redact-since");
    let fixed = ["assess", "in", "--as-of", "2026-11-22", "--format", "csv,json,docx", "--quiet"];
    assert_eq!(folder.run(&[&fixed[..], &SITE, &["-o", "open"]].concat()).code, 0);
    later(&folder);
    let run = folder.run(&[&fixed[..], &SITE, &REDACT, &["-o", "out", "--since", "open"]].concat());
    assert_eq!(run.code, 0, "{}", run.err);
    let found = leaks(&super::texts(&folder, "out"), &signs());
    assert!(found.is_empty(), "{} leaks:\n{}", found.len(), found.into_iter().take(60).collect::<Vec<_>>().join("\n"));
}

#[test]
fn a_machine_is_explained_by_its_pseudonym() {
    let folder = site("redact-explain");
    folder.put("in/site.key", KEY);
    let explain = |name: &str, more: &[&str]| {
        folder.run(&[&["explain", name, "in", "--as-of", "2026-11-22"], more, &SITE[..2]].concat())
    };
    let key = ["--redact", "--redact-key", "in/site.key"];
    let set = folder.run(&[&FIXED[..6], &SITE, &["--format", "csv"], &key].concat());
    assert_eq!(set.code, 0, "{}", set.err);
    let names = folder.rows("out-names.csv");
    for number in 1..=3 {
        let name = format!("QVXZQJ-vm{number:02}");
        let pseudonym = &names.iter().find(|row| row[2] == name && row[1] != "path").unwrap()[0];
        let open = explain(&name, &[]);
        assert!(open.code == 0 && open.out.contains("QVXZQJ") && open.out.contains("qvxzqjhost1"), "{}", open.out);
        for form in ["text", "json"] {
            let run = explain(&name, &[&key[..], &["--format", form]].concat());
            assert_eq!(run.code, 0, "{}", run.err);
            tells_nobody(form, &format!("{}{}", run.out, run.err));
            assert!(run.out.contains(pseudonym.as_str()), "{pseudonym} is not in:\n{}", run.out);
        }
        // What is judged and what would make it ready is the same.
        let road = |more: &[&str]| {
            let run = explain(&name, &[&["--format", "json"], more].concat());
            let sheet: serde_json::Value = serde_json::from_str(&run.out).unwrap();
            let roads = sheet["roads"].as_array().unwrap().clone();
            let told = |road: &serde_json::Value| {
                let after = road["changes"].as_array().unwrap().iter().map(|change| change["after"].to_string());
                (road["readiness"].to_string(), after.collect::<Vec<_>>())
            };
            roads.iter().map(told).collect::<Vec<_>>()
        };
        assert_eq!(road(&[]), road(&key), "{name}");
    }
    for name in ["QVXZQJ-vm0", "qvxzqjnobody"] {
        let run = explain(name, &key);
        assert_eq!(run.code, 2);
        tells_nobody("what is not found", &run.err);
    }
    assert_eq!(explain("QVXZQJ-vm01", &["--redact"]).code, 2, "a secret is needed");
}
