//! `klar template catalogue` and `klar rules lint`: the program's own catalogue as files, and what is wrong with another.

use crate::binary::Folder;

const MACHINES: &str = "\
VM name,Guest OS,OS architecture,Generation,vCPUs,Memory MB,OS disk (GB),Number of disks
plum01,Windows Server 2022,x64,2,4,8192,80,1
plum02,Red Hat Enterprise Linux 8.6,x64,1,200,8192,3000,70
plum03,Windows 11 Pro 24H2,x64,2,2,4096,127,1
";

#[test]
fn the_catalogue_written_out_is_sound_and_judges_alike() {
    let folder = Folder::new("template-catalogue");
    folder.put("in/machines.csv", MACHINES);
    let written = folder.run(&["template", "catalogue", "mine"]);
    assert_eq!(written.code, 0, "{}", written.err);
    assert!(written.out.ends_with(" files in mine\n"), "{}", written.out);
    let names = folder.names("mine");
    let expected = "dialects disks.csv guest_os.toml import_names.csv planning.toml regions.csv releases.toml requirements sizes.csv";
    assert_eq!(names.join(" "), expected);
    let own = concat!(env!("CARGO_MANIFEST_DIR"), "/templates/requirements");
    for target in ["site-recovery", "azure-migrate", "azure-vm"] {
        let count = std::fs::read_dir(format!("{own}/{target}")).expect("it is there").count();
        assert_eq!(folder.names(&format!("mine/requirements/{target}")).len(), count, "{target}");
    }
    let lint = folder.run(&["rules", "lint", "mine"]);
    assert_eq!(lint.code, 0, "{}{}", lint.out, lint.err);
    assert!(lint.out.ends_with("files: nothing is wrong\n"), "{}", lint.out);
    let reports = ["vms.csv", "findings.csv", "requirements.csv"];
    assert_eq!(folder.assess(&[]).code, 0);
    let before = reports.map(|name| folder.text(&format!("out/{name}")));
    let run = folder.assess(&["--catalogue", "mine"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(reports.map(|name| folder.text(&format!("out/{name}"))), before);
    let again = folder.run(&["template", "catalogue", "mine"]);
    assert_eq!(again.code, 2);
    assert!(again.err.contains("is there already"), "{}", again.err);
}

const EDITION: &str = r#"target = "azure-vm"
edition = "2027-03"
title = "A sound edition"
published = "2027-03-01"
retrieved = "2027-03-02"

[[source]]
key = "A"
document = "A document"
date = "2027-03-01"
url = "https://example.org/a"

[[requirement]]
check = "os-disk-over-limit"
severity = "blocker"
when_missing = "unknown"
source = "A"
section = "Disks"
[requirement.limits]
generation_1 = "1023 GiB"

[[requirement]]
check = "guest-os-not-supported-by-azure"
severity = "blocker"
when_missing = "unknown"
source = "A"
section = "Guests"
limits = { products = ["windows-nt", "windows-9x"] }

[[notice]]
name = "vault-move"
text = "A vault stays where it is."
source = "A"
section = "Vaults"
"#;

/// Lints a folder that holds one file.
fn lint(folder: &Folder, file: &str, text: &str) -> (i32, String) {
    if folder.path("mine").exists() {
        std::fs::remove_dir_all(folder.path("mine")).expect("it goes");
    }
    folder.put(&format!("mine/{file}"), text);
    let run = folder.run(&["rules", "lint", "mine"]);
    assert!(run.err.is_empty(), "{}", run.err);
    (run.code, run.out)
}

/// What is replaced in the edition, by what, and what is said of it.
const EDITION_FAULTS: &[(&str, &str, &str)] = &[
    (
        "1023 GiB",
        "1023 GB",
        "line 20: os-disk-over-limit: the limit `generation_1` of os-disk-over-limit is \"1023 GB\"",
    ),
    (
        "generation_1",
        "generation_3",
        "line 20: os-disk-over-limit: the limit `generation_3` of os-disk-over-limit is none",
    ),
    ("generation_1 = \"1023 GiB\"", "", "line 14: os-disk-over-limit: needs a limit and is given none"),
    ("os-disk-over-limit", "os-disk-too-blue", "line 14: os-disk-too-blue: is no check of this Klar"),
    (
        "source = \"A\"\nsection = \"Disks\"",
        "source = \"B\"\nsection = \"Disks\"",
        "line 17: os-disk-over-limit: names the source `B`",
    ),
    ("section = \"Disks\"", "section = \" \"", "line 18: os-disk-over-limit: names no section"),
    ("https://", "http://", "line 8: A: has no https address"),
    ("date = \"2027-03-01\"", "date = \"2028-03-01\"", "line 8: A: is dated 2028-03-01, after it was retrieved"),
    ("\"A document\"", "\"\"", "line 8: A: has no title"),
    ("edition = \"2027-03\"", "edition = \"2027-04\"", "line 2: edition: says that it is azure-vm@2027-04"),
    (
        "published = \"2027-03-01\"",
        "published = \"2027-02-01\"",
        "line 4: published: is published 2027-02-01, which is not in 2027-03",
    ),
    (
        "url = \"https://example.org/a\"",
        "url = \"https://example.org/a\"\ncopy = \"http://example.org/b\"",
        "line 8: A: has a copy without an https address",
    ),
    (
        "url = \"https://example.org/a\"",
        "url = \"https://example.org/a\"\nsha256 = \"0123\"",
        "line 8: A: has a sha256 that is neither",
    ),
    (
        "url = \"https://example.org/a\"",
        "url = \"https://example.org/a\"\n[[source]]\nkey = \"A\"\ndocument = \"B\"\ndate = \"2027-03-01\"\nurl = \"https://example.org/b\"",
        "line 13: A: is listed twice",
    ),
    (
        "text = \"A vault stays where it is.\"\nsource = \"A\"",
        "text = \"A vault stays where it is.\"\nsource = \"B\"",
        "line 33: vault-move: names the source `B`, which the file does not list",
    ),
    (
        "[\"windows-nt\", \"windows-9x\"]",
        "[\"Windows Server 2031\"]",
        "line 28: guest-os-not-supported-by-azure: the limit `products` names the release `Windows Server 2031`",
    ),
    ("retrieved = \"2027-03-02\"", "retrieved = \"2027-02-02\"", "line 5: retrieved: is before the day of publication"),
    ("\"blocker\"", "\"fatal\"", "line 15: "),
    ("vault-move", "os-disk-over-limit", "line 31: os-disk-over-limit: is the name of another notice"),
    ("A vault stays where it is.", " ", "line 31: vault-move: has no text"),
    (
        "windows-9x",
        "windows-9y",
        "line 28: guest-os-not-supported-by-azure: the limit `products` names the guest `windows-9y`",
    ),
    (
        "section = \"Guests\"",
        "section = \"Guests\"\ncarried_from = \"1999-01\"",
        "line 28: guest-os-not-supported-by-azure: is carried from 1999-01",
    ),
];

#[test]
fn every_fault_of_an_edition_is_named_with_file_line_and_key() {
    let folder = Folder::new("lint-edition");
    let place = "requirements/azure-vm/2027-03.toml";
    assert_eq!(lint(&folder, place, EDITION), (0, "1 file: nothing is wrong\n".to_owned()));
    for (from, to, expected) in EDITION_FAULTS {
        assert!(EDITION.contains(from), "nothing to replace: {from}");
        let (code, out) = lint(&folder, place, &EDITION.replacen(from, to, 1));
        assert_eq!(code, 1, "{from} -> {to}: {out}");
        assert!(out.contains(&format!("mine/{place}, {expected}")), "{from} -> {to}:\n{out}expected {expected}");
    }
    let twice = EDITION.replace("guest-os-not-supported-by-azure", "os-disk-over-limit");
    let (code, out) = lint(&folder, place, &twice);
    assert_eq!(code, 1);
    assert!(out.contains("line 23: os-disk-over-limit: stands twice"), "{out}");
    let begin = EDITION.find("[[requirement]]").expect("it requires something");
    let end = EDITION.find("[[notice]]").expect("it notes something");
    let empty = EDITION[..begin].replacen("[[source]]", "requirement = []\n[[source]]", 1);
    let (code, out) = lint(&folder, place, &format!("{empty}{}", &EDITION[end..]));
    assert_eq!(code, 1);
    assert!(out.contains("line 2: edition: requires nothing"), "{out}");
    let (code, out) = lint(&folder, "requirements/azure-vm/2027-05.toml", EDITION);
    assert_eq!(code, 1);
    assert!(out.contains("says that it is azure-vm@2027-03; put it where that belongs"), "{out}");
}

/// A list, what is replaced in it, by what, where the line then begins, and what is said of it.
const LIST_FAULTS: &[(&str, &str, &str, &str, &str)] = &[
    (
        "guest_os.toml",
        "mainstream_end = \"2024-01-09\"",
        "mainstream_end = \"2034-01-09\"",
        "key = \"windows-server-2019\"",
        "windows-server-2019: has dates out of order",
    ),
    (
        "guest_os.toml",
        "title = \"Windows Server 2019\"",
        "title = \"Windows 98\"",
        "title = \"Windows 98\"",
        "windows-server-2019: is not found by its own title",
    ),
    (
        "guest_os.toml",
        "support_end = \"2029-01-09\"",
        "support_ends = \"2029-01-09\"",
        "support_ends = \"2029-01-09\"",
        "unknown field",
    ),
    (
        "releases.toml",
        "manager = \"vmm-2016\"",
        "manager = \"vmm-2017\"",
        "key = \"windows-server-2016\"",
        "windows-server-2016: names the manager `vmm-2017`",
    ),
    (
        "releases.toml",
        "kind = \"client\"",
        "",
        "key = \"windows-client\"",
        "windows-client: is a host's release without `kind`",
    ),
    (
        "regions.csv",
        "northeurope,North Europe",
        "NorthEurope,North Europe",
        "NorthEurope,",
        "NorthEurope: is no short name",
    ),
    ("disks.csv", "premium-ssd,P2,8", "premium-ssd,P2,4", "premium-ssd,P2,", "P2: is as large as P1"),
    ("disks.csv", "premium-ssd,P2,8", "premium-sdd,P2,8", "premium-sdd,P2,", "premium-sdd"),
    (
        "sizes.csv",
        "Standard_A1_v2,standardAv2Family,1,",
        "Standard_A1_v2,standardAv2Family,0,",
        "Standard_A1_v2,",
        "Standard_A1_v2: has no vCPUs",
    ),
    ("sizes.csv", "Standard_A2_v2,", "Standard_A1_v2,", "Standard_A1_v2,", "are both of Standard_A1_v2"),
    ("sizes.csv", "Standard_A1_v2,standardAv2Family", "Standard_A1_v2,", "Standard_A1_v2,", "has no quota family"),
    ("sizes.csv", "Standard_A1_v2,", "A1_v2,", "A1_v2,", "A1_v2: is no name that Azure gives a size"),
    (
        "sizes.csv",
        "Standard_A1_v2,standardAv2Family,1,2048,2,x64,,",
        "Standard_A1_v2,standardAv2Family,1,2048,2,x64,0,",
        "Standard_A1_v2,",
        "Standard_A1_v2: takes no network adapter",
    ),
    (
        "regions.csv",
        "westeurope,West Europe",
        "westeurope,North Europe",
        "westeurope,",
        "westeurope: shares its long name with another region",
    ),
    (
        "guest_os.toml",
        "https://github.com/endoflife-date/",
        "http://github.com/endoflife-date/",
        "key = \"eol\"",
        "eol: has no https address",
    ),
    (
        "guest_os.toml",
        "paid_end = \"2030-01-12\"\npaid_name = \"ESU\"",
        "paid_end = \"2030-01-12\"",
        "key = \"windows-server-2016\"",
        "windows-server-2016: has paid updates without `paid_name`",
    ),
    (
        "guest_os.toml",
        "mainstream_end = \"2022-01-11\"\nsupport_end = \"2027-01-12\"\npaid_end = \"2030-01-12\"\npaid_name = \"ESU\"",
        "",
        "key = \"windows-server-2016\"",
        "windows-server-2016: has neither an end of support nor a remark",
    ),
    (
        "guest_os.toml",
        "paid_name = \"ESU\"\nonly_64_bit = true",
        "paid_name = \"ESU\"\nonly_64_bit = true\nonly_32_bit = true",
        "key = \"windows-server-2016\"",
        "windows-server-2016: is only 64-bit and only 32-bit",
    ),
    (
        "releases.toml",
        "paid_end = \"2030-01-12\"\npaid_name = \"ESU\"",
        "paid_end = \"2030-01-12\"",
        "key = \"windows-server-2016\"",
        "windows-server-2016: has paid updates without `paid_name`",
    ),
    (
        "releases.toml",
        "date = \"2026-10-07\"",
        "date = \"2027-10-07\"",
        "key = \"vmm-matrix\"",
        "vmm-matrix: is dated 2027-10-07, after it was retrieved",
    ),
    (
        "planning.toml",
        "value = 10\nsource = \"migrate-matrix\"",
        "value = 0\nsource = \"migrate-matrix\"",
        "[machines_at_a_time]",
        "machines_at_a_time: is nothing",
    ),
    (
        "planning.toml",
        "value = 30\nsource = \"planner-run\"",
        "value = 30\nsource = \"planner-walk\"",
        "[growth_percent]",
        "growth_percent: names the source `planner-walk`",
    ),
    (
        "planning.toml",
        "url = \"https://learn.microsoft.com/azure/migrate/tutorial-discover-import\"",
        "url = \"tutorial-discover-import\"",
        "key = \"import\"",
        "import: has no https address",
    ),
    ("planning.toml", "value = 95\n", "value = -95\n", "value = -95", "expected u64"),
    (
        "import_names.csv",
        "windows-server-2012-r2,Windows Server 2012 R2,yes\nwindows-server-2012,Windows Server 2012,yes",
        "windows-server-2012,Windows Server 2012,yes\nwindows-server-2012-r2,Windows Server 2012 R2,yes",
        "windows-server-2012-r2,",
        "windows-server-2012-r2: is never reached, as windows-server-2012 stands before it",
    ),
    ("import_names.csv", "ms-dos,MS-DOS", "ms-doss,MS-DOS", "ms-doss,", "ms-doss: begins the key of no guest"),
    ("import_names.csv", "ms-dos,MS-DOS", "ms-dos, ", "ms-dos,", "ms-dos: has no name"),
];

#[test]
fn every_fault_of_a_list_is_named_with_file_line_and_key() {
    let folder = Folder::new("lint-lists");
    let own = |name: &str| {
        let path = format!("{}/templates/{name}", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_to_string(path).expect("it is part of the project")
    };
    let line_of = |text: &str, start: &str| {
        let place = text.lines().position(|line| line.starts_with(start)).unwrap_or_else(|| panic!("no line {start}"));
        place + 1
    };
    for (file, from, to, at, expected) in LIST_FAULTS {
        let text = own(file);
        assert!(text.contains(from), "nothing to replace: {from}");
        let text = text.replacen(from, to, 1);
        let (code, out) = lint(&folder, file, &text);
        assert_eq!(code, 1, "{from} -> {to}: {out}");
        let place = format!("mine/{file}, line {}: ", line_of(&text, at));
        assert!(out.contains(&place) && out.contains(expected), "{from} -> {to}:\n{out}expected {place}{expected}");
    }
    let twice = own("planning.toml").replacen("key = \"disks\"", "key = \"import\"", 1);
    assert!(lint(&folder, "planning.toml", &twice).1.contains("import: is listed twice"));
    let wording = "# Ours.\n[os-disk-over-limitt]\nremedy = \"Ring.\"\n";
    for (file, text, expected) in [
        ("wording/en.toml", wording, "mine/wording/en.toml, line 2: os-disk-over-limitt: no edition asks for"),
        ("regions.csv", "name,display_name\n", "mine/regions.csv: it lists nothing"),
        (
            "disks.csv",
            "kind,tier,size_gib,iops,mb_per_second\npremium-ssd,P10,128,500,100\n",
            "mine/disks.csv: standard-ssd: has no tier",
        ),
        ("prices.csv", "a,b\n", "mine/prices.csv: no file of a catalogue has that place"),
        (
            "requirements/2027-03.toml",
            EDITION,
            "mine/requirements/2027-03.toml: says that it is azure-vm@2027-03. Put it at",
        ),
        ("dialects/mine.toml", "title = \"Mine\"", "mine/dialects/mine.toml: it needs either `rows`"),
    ] {
        let (code, out) = lint(&folder, file, text);
        assert_eq!(code, 1, "{out}");
        assert!(out.contains(expected), "{out}expected {expected}");
    }
    assert_eq!(folder.run(&["rules", "lint", "nowhere"]).code, 2);
}
