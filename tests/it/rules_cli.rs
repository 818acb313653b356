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
        assert!(run.out.lines().all(|line| line.chars().count() <= 100), "wider than 100 columns:\n{}", run.out);
    }
}

#[test]
fn an_edition_requires_the_same_as_itself() {
    let run = Folder::new("rules-same").run(&["rules", "diff", "azure-vm@2025-02", "azure-vm"]);
    let expected = "azure-vm@2025-02 -> azure-vm@2025-02\npublished ";
    assert!(run.out.starts_with(expected) && run.out.ends_with("\n\nThe same is required.\n"), "{}", run.out);
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
    let expected = "2 of 4 machines changed\n\n\
        \x20 not-ready -> ready-with-conditions: 2 machines\n\
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
fn lists_can_be_narrowed_to_a_target_and_a_severity() {
    let folder = Folder::new("rules-list");
    let run = folder.run(&["rules", "list", "--target", "azure-vm", "--severity", "warning"]);
    assert!(run.out.starts_with("azure-vm@2025-02 ("), "{}", run.out);
    assert!(run.out.contains("  severity  requirement") && run.out.contains("judges each\n"), "{}", run.out);
    assert!(run.out.contains("  warning   guest-os-out-of-support") && run.out.contains(" machine\n"), "{}", run.out);
    assert!(!run.out.contains("blocker") && !run.out.contains("2018-05"), "{}", run.out);
}
