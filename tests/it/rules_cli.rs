//! `klar rules diff` and `klar rules test`: every edition against the one before it, and rules that fail an example.
//!
//! `UPDATE_GOLDEN=1 cargo test --locked rules_cli` writes the differences anew; read them before you keep them.

use super::binary::Folder;
use super::golden;

mod catalogue;

/// Every edition with the one before it, by target.
const PAIRS: &[(&str, &str, &str)] = &[
    ("site-recovery", "2017-07", "2018-08"),
    ("site-recovery", "2018-08", "2020-12"),
    ("site-recovery", "2020-12", "2026-05"),
    ("site-recovery", "2026-05", "2026-10"),
    ("azure-migrate", "2020-04", "2023-10"),
    ("azure-migrate", "2023-10", "2026-03"),
    ("azure-vm", "2018-05", "2020-01"),
    ("azure-vm", "2020-01", "2024-06"),
    ("azure-vm", "2024-06", "2025-02"),
];

#[test]
fn every_edition_differs_from_the_one_before_as_it_did() {
    let folder = Folder::new("rules-diff");
    for (target, old, new) in PAIRS {
        let run = folder.run(&["rules", "diff", &format!("{target}@{old}"), &format!("{target}@{new}")]);
        assert_eq!(run.code, 0, "{}", run.err);
        golden::stays(&format!("tests/it/golden/diff-{target}-{old}-{new}.txt"), run.out.as_bytes());
        assert!(run.out.lines().all(|line| line.chars().count() <= 80), "wider than 80 columns:\n{}", run.out);
    }
}

#[test]
fn an_edition_requires_the_same_as_itself() {
    let run = Folder::new("rules-same").run(&["rules", "diff", "azure-vm@2025-02", "azure-vm"]);
    let expected = "azure-vm@2025-02 -> azure-vm@2025-02\n  published ";
    assert!(run.out.starts_with(expected) && run.out.ends_with("\n  The same is required.\n"), "{}", run.out);
    let run = Folder::new("rules-no-edition").run(&["rules", "diff", "azure-vm@1999-01", "azure-vm"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("there are 2018-05, 2020-01, 2024-06, 2025-02"), "{}", run.err);
}

#[test]
fn an_estate_shows_whose_readiness_changes_and_why() {
    let folder = Folder::new("rules-estate");
    let heading = "VM,Guest OS,Architecture,Generation,vCPUs,Memory MB,OS disk size (GB),Disk count,NIC count\n";
    let machines = [
        "small-01,Windows Server 2019,x64,1,2,4096,127,1,1",
        "wide-01,Windows Server 2019,x64,1,64,4096,127,1,1",
        "wide-02,Windows Server 2019,x64,1,100,4096,127,1,1",
        "old-01,Windows Server 2019,x86,1,2,4096,127,1,1",
    ];
    folder.put("in/machines.csv", format!("{heading}{}\n", machines.join("\n")));
    let run = folder.run(&[
        "rules",
        "diff",
        "azure-vm@2018-05",
        "azure-vm@2020-01",
        "--estate",
        "in",
        "--as-of",
        "2026-11-22",
    ]);
    assert_eq!(run.code, 0, "{}", run.err);
    let (_, readiness) = run.out.split_once("Readiness: ").expect("the estate is compared");
    let expected = "2 of 4 machines changed\n\
        \x20 not ready -> ready with conditions, 2 machines:\n\
        \x20   - cores-over-limit (blocker)\n\
        \x20   wide-01, wide-02\n";
    assert_eq!(readiness, expected, "{}", run.out);
    let nowhere = folder.run(&["rules", "diff", "azure-vm@2018-05", "azure-vm", "--estate", "nowhere"]);
    assert_eq!(nowhere.code, 2);
    assert!(nowhere.err.contains("nowhere"), "{}", nowhere.err);
}

const RULES: &str = "[[rule]]\nname = \"stor\"\nwhen = \"memory_mib > 64\"\nseverity = \"info\"\n\
    message = \"Stor.\"\nremedy = \"Minska.\"\n\n\
    [[rule.example]]\nrows = [{ memory_mib = 65 }, { memory_mib = 66 }]\nexpect = \"not-met\"\n\n\
    [[rule.example]]\nrows = [{ vm = \"Å\" }]\nexpect = \"unknown\"\n";

#[test]
fn examples_of_rules_are_run() {
    let folder = Folder::new("rules-test");
    folder.put("good.toml", RULES).put("bad.toml", RULES.replace("memory_mib = 66", "memory_mib = 64"));
    folder.put("bare.toml", RULES.split("[[rule.example]]").next().unwrap());
    let good = folder.run(&["rules", "test", "good.toml"]);
    assert_eq!((good.code, good.out.as_str()), (0, "2 examples of 1 rule: as expected\n"), "{}", good.err);
    let bad = folder.run(&["rules", "test", "bad.toml"]);
    let said = "bad.toml, line 10: stor: row 2 comes out met, expected not-met: memory_mib 64\n";
    assert_eq!((bad.code, bad.out.as_str()), (1, &*format!("{said}2 examples of 1 rule: 1 failed\n")), "{}", bad.err);
    let bare = folder.run(&["rules", "test", "bare.toml"]);
    assert_eq!((bare.code, bare.out.as_str()), (0, "Without an example: stor\n0 examples of 1 rule: as expected\n"));
    let both = folder.run(&["rules", "test", "good.toml", "bad.toml"]);
    assert_eq!(both.code, 2);
    assert!(
        both.err.contains("bad.toml, line 2: a rule named stor stands already in good.toml, line 2"),
        "{}",
        both.err
    );
}

#[test]
fn the_example_file_is_one() {
    let folder = Folder::new("rules-template");
    let printed = folder.run(&["template", "rules"]);
    assert_eq!(printed.code, 0, "{}", printed.err);
    folder.put("rules.toml", &printed.out);
    let run = folder.run(&["rules", "test", "rules.toml"]);
    assert_eq!((run.code, run.out.as_str()), (0, "5 examples of 2 rules: as expected\n"), "{}", run.err);
}

#[test]
fn requirements_are_told_in_swedish_where_that_is_asked_for() {
    let folder = Folder::new("rules-swedish");
    let told = |arguments: &[&str]| {
        let run = folder.run(&[&["rules"], arguments, &["--lang", "sv"]].concat());
        assert_eq!(run.code, 0, "{}", run.err);
        run.out
    };
    let list = told(&["list", "--target", "azure-vm", "--severity", "warning"]);
    assert!(list.starts_with("azure-vm@2025-02 (4 av 32 krav)\n"), "{list}");
    assert!(list.contains("Allvarsgrad  Krav ") && list.contains("  varning "), "{list}");
    let explained = told(&["explain", "os-disk-over-limit"]);
    for part in [
        "os-disk-over-limit (bedömer varje maskin)\n",
        "  Åtgärd: ",
        "  Per utgåva:\n",
        "  Källor:\n",
        "    uppfyllt: ",
    ] {
        assert!(explained.contains(part), "{part} is not in:\n{explained}");
    }
    let differ = told(&["diff", "azure-vm@2024-06", "azure-vm@2025-02"]);
    for part in ["  utgivna 2024-06-24 -> 2025-02-06\n", "  Tillagt:\n", "  Gränser:\n", "  Tillagda upplysningar:\n"]
    {
        assert!(differ.contains(part), "{part} is not in:\n{differ}");
    }
    folder.put("in/machines.csv", "VM,Guest OS,Generation,vCPUs,Memory MB\nwide-01,Windows Server 2019,1,64,4096\n");
    let differ = told(&["diff", "azure-vm@2018-05", "azure-vm@2020-01", "--estate", "in", "--as-of", "2026-11-22"]);
    assert!(differ.contains("\nBeredskap: ") && !differ.contains("Readiness"), "{differ}");
}

#[test]
fn what_cannot_be_done_is_told_in_swedish_where_that_is_asked_for() {
    let folder = Folder::new("refused-swedish");
    folder.put("in/machines.csv", "VM,Guest OS\nwide-01,Windows Server 2019\n").put("a-file", "").put("empty/x/y", "");
    for (arguments, said) in [
        (&["assess", "nowhere"][..], "nowhere: kan inte öppnas; kontrollera sökvägen"),
        (&["assess", "in", "-o", "a-file"], "a-file: är en fil, där en mapp för rapporterna behövs"),
        (&["assess", "in", "-o", "in"], "in: skulle både läsas och skrivas till"),
        (
            &["assess", "in", "--against", "azure-vm@1999-01"],
            "--against azure-vm@1999-01: utgåvan finns inte; det finns 2018-05",
        ),
        (&["assess", "in", "--region", "atlantis"], "--region atlantis: det är ingen Azure-region"),
        (&["assess", "in", "--config", "gone.toml"], "gone.toml: kan inte öppnas"),
        (&["assess", "in", "--catalogue", "gone"], "gone: mappens innehåll kan inte läsas"),
        (&["assess", "--each", "in"], "in: innehåller ingen mapp"),
        (&["inspect", "nowhere"], "nowhere: kan inte öppnas"),
        (&["explain", "wide-1", "in"], "wide-1: ingen maskin med det namnet; snarlika: wide-01"),
        (&["diff", "in", "in"], "in: innehåller ingen assessment.json"),
        (&["rules", "explain", "os-disk"], "os-disk: inget krav med det namnet; snarlika: lvm-on-os-disk"),
    ] {
        let run = folder.run(&[arguments, &["--lang", "sv"]].concat());
        assert_eq!(run.code, 2, "{arguments:?}: {}", run.err);
        assert!(run.err.starts_with(&format!("klar: {said}")), "{arguments:?} says: {}\nexpected {said}", run.err);
    }
    let declared = |fact: &str, value: &str| {
        format!(
            "[[declaration]]\nsubject = \"host\"\nname = \"*\"\nfact = \"{fact}\"\nvalue = {value}\nwho = \"A\"\nwhen = 2026-11-20\n"
        )
    };
    for (text, said) in [
        (declared("host_internett", "true"), "klar.toml, rad 4, fact: `host_internett` är ingen uppgift; snarlika: "),
        (declared("generation", "1"), "klar.toml, rad 5, value: `generation` är ingen uppgift om "),
        (declared("host_internet", "\"sometimes\""), "klar.toml, rad 5, value: \"sometimes\" kan inte läsas som "),
        ("[plan]\nwave_size = 0\n".to_owned(), "klar.toml, rad 2, wave_size: ska vara ett heltal från 1 till 100"),
        (
            "[catalogue]\npublic_key = \"x\"\n".to_owned(),
            "klar.toml, rad 2, public_key: är ingen publik minisign-nyckel",
        ),
        ("[report]\ncustumer = \"x\"\n".to_owned(), "klar.toml, rad 2, custumer: unknown field"),
    ] {
        folder.put("klar.toml", text);
        let run = folder.run(&["assess", "in", "--config", "klar.toml", "--lang", "sv"]);
        assert!(run.code == 2 && run.err.starts_with(&format!("klar: {said}")), "{}\nexpected {said}", run.err);
    }
    // What the system says comes behind it, as it says it.
    let run = folder.run(&["inspect", "nowhere", "--lang", "sv"]);
    assert!(run.err.contains("sökvägen: No such file") || cfg!(not(target_os = "linux")), "{}", run.err);
}

#[test]
fn lists_can_be_narrowed_to_a_target_and_a_severity() {
    let folder = Folder::new("rules-list");
    let run = folder.run(&["rules", "list", "--target", "azure-vm", "--severity", "warning"]);
    assert!(run.out.starts_with("azure-vm@2025-02 ("), "{}", run.out);
    assert!(run.out.contains("  Severity  Requirement") && run.out.contains("Judges each\n"), "{}", run.out);
    assert!(run.out.contains("  warning   guest-os-out-of-support") && run.out.contains(" machine\n"), "{}", run.out);
    assert!(!run.out.contains("blocker") && !run.out.contains("2018-05"), "{}", run.out);
}
