//! An organisation's own rules: SQL's true, false and unknown, errors that name their line, and what reports show.

use std::fmt::Write as _;

use klar::record::Recorded;
use klar::tables::Inventory;
use serde_json::Value;

use super::binary::{Folder, Run};
use super::outputs::schema;

/// Machines of which one has much memory, one has little and one does not say.
const MACHINES: &str = "VM,Memory MB,Cloud,vCPUs,Generation\n\
    big-01,70000,Production,4,2\n\
    small-01,4096,Production,2,1\n\
    quiet-01,,Production,,\n\
    homeless-01,70000,,8,2\n";

/// A file with one rule of the given condition.
fn rule(when: &str) -> String {
    format!(
        "[[rule]]\nname = \"own-rule\"\nwhen = '''{when}'''\nseverity = \"blocker\"\nmessage = \"Too big.\"\nremedy = \"Shrink it.\"\n"
    )
}

fn site(name: &str, rules: &str) -> Folder {
    let folder = Folder::new(name);
    folder.put("in/machines.csv", MACHINES).put("own.toml", rules);
    folder
}

/// Assesses the machines by a rule file; its findings by subject, outcome and what was observed.
fn findings(name: &str, rules: &str) -> Vec<[String; 3]> {
    let folder = site(name, rules);
    let run = folder.assess(&["--rules", "own.toml"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let rows = folder.rows("out/findings.csv");
    let of = |row: &Vec<String>, column: &str| {
        let place = rows[0].iter().position(|name| name == column).expect("a column of findings.csv");
        row[place].clone()
    };
    let own = rows.iter().filter(|row| of(row, "target") == "organisation");
    own.map(|row| ["subject", "outcome", "observed"].map(|column| of(row, column))).collect()
}

/// What reading a rule file complains of.
fn complaint(name: &str, rules: &str) -> String {
    let Run { code, out, err } = site(name, rules).assess(&["--rules", "own.toml"]);
    assert_eq!((code, out.as_str()), (2, ""), "{err}");
    err
}

#[test]
fn true_is_not_met_and_an_unknown_value_is_unknown() {
    let found = findings("own-kleene", &rule("memory_mib > 65536 AND cloud = 'Production'"));
    let expected = [
        ["big-01", "not-met", "cloud Production, memory_mib 70000"],
        ["quiet-01", "unknown", "cloud Production, memory_mib not known"],
        ["homeless-01", "unknown", "cloud not known, memory_mib 70000"],
    ];
    assert_eq!(found, expected.map(|row| row.map(str::to_owned)), "small-01 meets the rule, whatever its cloud");
}

/// Conditions with what they come to for each row of [`MACHINES`]: `+` true, `-` false, `?` unknown.
const TRUTH: &[(&str, &str)] = &[
    ("memory_mib > 65536", "+-?+"),
    ("NOT memory_mib > 65536", "-+?-"),
    ("memory_mib > 65536 AND vcpus > 2", "+-?+"),
    ("memory_mib > 65536 AND vm = 'nobody'", "----"),
    ("memory_mib > 65536 AND cloud = 'Lab'", "---?"),
    ("memory_mib > 65536 OR vm = 'quiet-01'", "+-++"),
    ("memory_mib > 65536 OR cloud = 'Lab'", "+-?+"),
    ("NOT (memory_mib > 65536 AND cloud = 'Lab')", "+++?"),
    ("NOT (memory_mib > 65536 OR vm = 'quiet-01')", "-+--"),
    ("memory_mib IS NULL", "--+-"),
    ("memory_mib IS NOT NULL", "++-+"),
    ("memory_mib IN (70000, 4096)", "++?+"),
    ("memory_mib NOT IN (70000)", "-+?-"),
    ("memory_mib BETWEEN 4096 AND 69999", "-+?-"),
    ("memory_mib NOT BETWEEN 4096 AND 69999", "+-?+"),
    ("memory_mib BETWEEN vcpus AND 5000", "-+?-"),
    ("cloud LIKE 'Prod%'", "+++?"),
    ("cloud NOT LIKE 'Prod%'", "---?"),
    ("cloud LIKE 'prod%'", "---?"),
    ("cloud ILIKE 'prod%'", "+++?"),
    ("cloud LIKE 'Produc_ion'", "+++?"),
    ("cloud LIKE 'Prod.*'", "---?"),
    ("LOWER(cloud) = 'production' AND LENGTH(vm) = 6", "+---"),
    ("STARTS_WITH(vm, 'big') OR ENDS_WITH(cloud, 'tion')", "+++?"),
    ("memory_mib <> 70000", "-+?-"),
    ("memory_mib != 70000", "-+?-"),
    ("memory_mib > 8192 * vcpus", "+-?+"),
    ("memory_mib // vcpus > 8192", "+-?+"),
    ("memory_mib % 1000 = 0", "+-?+"),
    ("memory_mib - 70000 = 0 AND -vcpus < 0", "+-?+"),
    ("memory_mib // (vcpus - vcpus) > 1", "????"),
    ("cloud IS DISTINCT FROM 'Production'", "---+"),
    ("cloud = 'Production' AND (memory_mib > 65536 OR memory_mib IS NULL)", "+-+?"),
    ("host = 'hv01'", "????"),
    ("site_recovery = 'ready' AND vm = 'nobody'", "----"),
];

#[test]
fn conditions_keep_true_false_and_unknown_apart() {
    let mut rules = String::new();
    for (number, (when, _)) in TRUTH.iter().enumerate() {
        rules.push_str(&rule(when).replace("own-rule", &format!("own-rule-{number}")));
    }
    let folder = site("own-truth", &rules);
    let run = folder.assess(&["--rules", "own.toml", "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let assessment: Value = serde_json::from_str(&folder.text("out/assessment.json")).expect("it is JSON");
    let mut wrong = Vec::new();
    for (number, (when, expected)) in TRUTH.iter().enumerate() {
        let own = &assessment["organisation"][number];
        let findings = own["findings"].as_array().expect("an array");
        let answer = |vm: &str| match findings.iter().find(|found| found["subject"] == vm) {
            Some(found) if found["outcome"] == "not-met" => '+',
            Some(_) => '?',
            None => '-',
        };
        let answers: String = ["big-01", "small-01", "quiet-01", "homeless-01"].map(answer).iter().collect();
        if answers != **expected {
            wrong.push(format!("{when}: {answers}, expected {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_does_not_keep_to_that_is_declined() {
    let many = |part: &str| part.repeat(60);
    for (number, (when, said)) in [
        ("memory > 65536", "line 3: rule own-rule: vms has no column `memory`; near it: memory_mib"),
        ("Memory_MiB > 65536", "near it: memory_mib"),
        ("cloud = \"Production\"", "A text stands between single quotes: 'Production'"),
        ("memory_mib > 'big'", "memory_mib holds whole numbers and 'big' holds texts"),
        ("cloud > 5", "cloud holds texts and 5 holds whole numbers"),
        ("memory_mib >", "not SQL: Expected: an expression, found: its end"),
        ("memory_mib > 5 AND", "not SQL"),
        ("memory_mib > 5 cloud", "goes on after its end"),
        ("memory_mib > 5, cloud = 'a'", "goes on after its end"),
        ("memory_mib > 5) OR (1 = 1", "closed that none opened"),
        ("(memory_mib > 5", "opened that none closes"),
        ("cloud = 'Production", "opened that none closes"),
        ("memory_mib > 5; DROP TABLE vms", "leave out the ;"),
        ("memory_mib > 5 -- and so on", "no comments"),
        ("memory_mib > 65.5", "numbers are whole"),
        ("memory_mib / 1024 > 64", "/ leaves decimals"),
        ("memory_mib", "gives whole numbers"),
        ("NOT memory_mib", "NOT is for what is true or false"),
        ("memory_mib AND cloud", "AND and OR join"),
        ("1 = 1", "names no column"),
        ("TRUE", "names no column"),
        ("cloud = NULL", "write IS NULL"),
        ("cloud IN ('Lab', NULL)", "NULL in a list"),
        ("cloud NOT IN (NULL)", "NULL in a list"),
        ("memory_mib IN ('a')", "the list holds texts"),
        ("memory_mib IN (1, 'a')", "not both"),
        ("memory_mib IN ('a', 1)", "not both"),
        ("(memory_mib > 5) IS TRUE", "hide what is unknown"),
        ("(memory_mib > 5) is not false", "hide what is unknown"),
        ("(vcpus = 4) XOR (generation = 2)", "a condition is made of"),
        ("MAX(memory_mib) > 5", "a condition is made of"),
        ("COALESCE(memory_mib, 0) > 5", "a condition is made of"),
        ("CASE WHEN memory_mib > 5 THEN TRUE ELSE FALSE END", "a condition is made of"),
        ("CAST(memory_mib AS VARCHAR) = '5'", "a condition is made of"),
        ("memory_mib > ALL(vcpus)", "a condition is made of"),
        ("memory_mib IN (SELECT memory_mib FROM vms)", "no SELECT"),
        ("RANDOM() > 5 OR vcpus > 1", "a condition is made of"),
        ("memory_mib * memory_mib * memory_mib > 5", "beyond what is exact"),
        ("memory_mib > 99999999999999999999", "cannot parse literal"),
        ("vms.memory_mib > 5", "without their table"),
        ("cloud || 'x' = 'ax'", "has no meaning"),
        ("cloud LIKE vm", "must be a string literal"),
        ("vcpus > 1,", "ends in a comma"),
        ("vm RLIKE '((('", "regex"),
        (&[many("("), "vcpus > 1".to_owned(), many(")")].concat(), "nested too deeply"),
        (&[many("vcpus + "), many("vcpus + "), "1 > 1".to_owned()].concat(), "at most 100"),
        ("", "the condition is empty"),
    ]
    .iter()
    .enumerate()
    {
        let err = complaint(&format!("own-declined-{number}"), &rule(when));
        assert!(err.starts_with("klar: own.toml, line 3: rule own-rule: "), "{when}: {err}");
        assert!(err.contains(said), "{when}: {err}");
    }
}

#[test]
fn a_mistake_in_the_file_is_named_with_its_line() {
    let good = rule("vcpus > 2");
    let twice = format!("{good}\n{good}");
    let long = rule(&format!("vcpus > 2{}", " OR vcpus > 2".repeat(400)));
    for (number, (rules, said)) in [
        (twice.as_str(), "line 9: a rule named own-rule stands already in own.toml, line 2"),
        (&good.replace("own-rule", "os-disk-over-limit"), "line 2: os-disk-over-limit is the name of a built-in"),
        (&good.replace("own-rule", "Own Rule"), "line 2: `Own Rule` is no name"),
        (&good.replace("own-rule", "own--rule"), "line 2: `own--rule` is no name"),
        (&good.replace("blocker", "bad"), "line 4: severity `bad` is none of blocker, condition, warning, info"),
        (&good.replace("severity", "table = \"findings\"\nseverity"), "line 4: table `findings` is none of vms, disks"),
        (&good.replace("remedy", "colour"), "line 6: unknown field `colour`"),
        (&good.replace("remedy = \"Shrink it.\"\n", ""), "line 1: missing field `remedy`"),
        (&good.replace("Shrink it.", " "), "line 6: the remedy of own-rule is empty"),
        (&good.replace("severity =", "severity"), "line 4: "),
        ("", "line 1: the file holds no [[rule]]"),
        (&long, "line 3: rule own-rule: the condition is 5209 bytes long"),
        (
            &format!("{good}[[rule.example]]\nrows = [{{ vcpu = 3 }}]\nexpect = \"met\"\n"),
            "line 8: an example of own-rule: vms has no column `vcpu`; near it: vcpus",
        ),
        (
            &format!("{good}[[rule.example]]\nrows = [{{ vcpus = \"3\" }}]\nexpect = \"met\"\n"),
            "line 8: an example of own-rule: vcpus holds whole numbers, and \"3\" is none",
        ),
        (&format!("{good}[[rule.example]]\nrows = [{{ vcpus = 3 }}]\nexpect = \"maybe\"\n"), "line 9: expect `maybe`"),
        (
            &format!("{good}[[rule.example]]\nrows = []\nexpect = \"met\"\n"),
            "line 8: an example of own-rule has no row",
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let err = complaint(&format!("own-mistake-{number}"), rules);
        assert!(err.starts_with("klar: own.toml, line "), "{rules}: {err}");
        assert!(err.contains(said), "{err} does not say: {said}");
    }
    let folder = site("own-not-there", &good);
    assert!(folder.assess(&["--rules", "other.toml"]).err.contains("other.toml: cannot be opened"));
    folder.put("latin.toml", b"[[rule]]\nname = \"f\xF6r-stor\"\n");
    assert!(folder.assess(&["--rules", "latin.toml"]).err.contains("latin.toml: is no UTF-8 text"));
    folder.put("more/own.toml", rule("vcpus > 2").replace("own-rule", "other-rule"));
    let run = folder.assess(&["--rules", "own.toml", "--rules", "more/own.toml"]);
    assert!(run.err.contains("another rules file is called own too"), "{}", run.err);
}

#[test]
fn every_column_can_be_named_in_a_condition() {
    let mut rules = String::new();
    for table in Inventory::ALL {
        for (number, column) in table.heads().enumerate() {
            let text = rule(&format!("{} IS NULL", column.name)).replace("own-rule", &format!("{table}-{number}"));
            rules.push_str(&text.replace("severity", &format!("table = \"{table}\"\nseverity")));
        }
    }
    let folder = site("own-columns", &rules);
    let run = folder.assess(&["--rules", "own.toml"]);
    assert_eq!(run.code, 0, "{}", run.err);
}

#[test]
fn the_table_of_machines_has_the_columns_of_vms_csv() {
    let folder = site("own-same-columns", &rule("vcpus > 2"));
    folder.assess(&[]);
    let names: Vec<&str> = Inventory::Vms.names().collect();
    assert_eq!(names, folder.rows("out/vms.csv")[0]);
}

#[test]
fn reports_show_the_rules_and_no_readiness_changes() {
    let rules =
        format!("\u{feff}{}", rule("memory_mib > 65536")).replace("Too big.", "För stor för Örebro: 64 GiB räcker.");
    let folder = site("own-reports", &rules.replace("own-rule", "för-stor"));
    // The file of rules lies among the exports and is no export.
    folder.put("in/regler.toml", rules.replace("own-rule", "för-stor"));
    folder.put("plain/machines.csv", MACHINES);
    let run =
        folder.run(&["assess", "in", "-o", "out", "--as-of", "2026-11-22", "--rules", "in/regler.toml", "--strict"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("2 machines break a blocker among the organisation's own 1 rule."), "{}", run.out);
    folder.run(&["assess", "plain", "-o", "without", "--as-of", "2026-11-22", "--format", "csv"]);
    let readiness =
        |name: &str| -> Vec<Vec<String>> { folder.rows(name).iter().map(|row| row[15..25].to_vec()).collect() };
    assert_eq!(readiness("out/vms.csv"), readiness("without/vms.csv"));

    let requirements = folder.rows("out/requirements.csv");
    let row = requirements.iter().find(|row| row[0] == "organisation").expect("the rule has a row");
    let shown: Vec<&str> = row[..15].iter().map(String::as_str).collect();
    let expected = [
        "organisation",
        "regler",
        "för-stor",
        "blocker",
        "machine",
        "För stor för Örebro: 64 GiB räcker.",
        "NOT (memory_mib > 65536)",
        "1",
        "2",
        "1",
        "0",
        "0",
        "in/regler.toml",
        "line 2",
        "",
    ];
    assert_eq!(shown, expected);
    let findings = folder.rows("out/findings.csv");
    assert!(findings.iter().all(|row| row.len() == findings[0].len()), "every row has every column");
    let quiet = findings.iter().find(|row| row[1] == "quiet-01" && row[4] == "organisation").expect("it is unknown");
    assert_eq!(quiet[11], "Not known, so not told: memory_mib.");
    assert!(quiet[12].starts_with("Export the column Memory: "), "{}", quiet[12]);
    assert_eq!(quiet[13..16], ["machines.csv", "", "4"]);

    let assessment: Value = serde_json::from_str(&folder.text("out/assessment.json")).expect("it is JSON");
    let own = &assessment["organisation"][0];
    assert_eq!((&own["rule"], &own["not_met"], &own["unknown"]), (&"för-stor".into(), &2.into(), &1.into()));
    let schema: Value = serde_json::from_str(&Recorded::schema()).expect("the schema is JSON");
    assert_eq!(schema::breaches(&schema, &assessment), Vec::<String>::new());
}

#[test]
fn a_configuration_file_names_rules_beside_itself() {
    let folder = site("own-config", &rule("vcpus > 2").replace("own-rule", "other-rule"));
    folder.put("in/klar.toml", "rules = [\"house.toml\"]\n").put("in/house.toml", rule("memory_mib > 65536"));
    let run = folder.assess(&["--config", "in/klar.toml", "--rules", "own.toml", "--strict"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let rows = folder.rows("out/requirements.csv");
    let own: Vec<&str> = rows.iter().filter(|row| row[0] == "organisation").map(|row| row[2].as_str()).collect();
    assert_eq!(own, ["own-rule", "other-rule"]);
    let findings = folder.rows("out/findings.csv");
    assert!(findings.iter().all(|row| row.len() == findings[0].len()), "every row has every column");
}

#[test]
fn disks_adapters_and_hosts_are_judged_as_well() {
    let rules = [("disks", "size_gib > 100"), ("nics", "network = 'Guest'"), ("hosts", "os LIKE '%2012%'")]
        .map(|(table, when)| {
            rule(when)
                .replace("own-rule", &format!("own-{table}"))
                .replace("severity", &format!("table = \"{table}\"\nseverity"))
        })
        .concat();
    let folder = Folder::new("own-tables");
    folder.put("own.toml", rules);
    folder.put(
        "in/disks.csv",
        "VM,VM host,Disk path,Disk size (GB)\na,hv01,C:\\a.vhdx,100\na,hv01,C:\\b.vhdx,101\nb,hv01,C:\\c.vhdx,\n",
    );
    folder.put("in/nics.csv", "VM,MAC address,VM network\na,00155D000001,Guest\nb,00155D000002,Office\n");
    folder.put(
        "in/hosts.csv",
        "Host name,Host operating system\nhv01,Windows Server 2012 R2\nhv02,Windows Server 2022\n",
    );
    let run = folder.assess(&["--rules", "own.toml"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let rows = folder.rows("out/findings.csv");
    let own: Vec<String> = rows
        .iter()
        .filter(|row| row[4] == "organisation")
        .map(|row| [&row[0], &row[1], &row[2], &row[3], &row[8], &row[9]].map(String::as_str).join("; "))
        .collect();
    let expected = [
        "disk; C:\\b.vhdx; a; hv01; not-met; size_gib 101",
        "disk; C:\\c.vhdx; b; hv01; unknown; size_gib not known",
        "nic; 00155D000001; a; hv01; not-met; network Guest",
        "host; hv01; ; ; not-met; os Windows Server 2012 R2",
    ];
    assert_eq!(own, expected);
    assert!(run.out.contains("2 machines break a blocker"), "{}", run.out);
}

#[test]
fn ten_thousand_rows_each_get_an_answer() {
    let mut machines = String::from("VM,Memory MB,Cloud\n");
    for number in 0..10_000_u32 {
        let memory = if number % 10 == 0 { String::new() } else { (number + 32).to_string() };
        writeln!(machines, "vm-{number:05},{memory},Ö{}", number % 3).unwrap();
    }
    let folder = Folder::new("own-many");
    folder.put("in/machines.csv", machines).put("own.toml", rule("memory_mib >= 5032 AND cloud IN ('Ö0', 'Ö1')"));
    let run = folder.assess(&["--rules", "own.toml", "--against", "azure-vm"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let rows = folder.rows("out/requirements.csv");
    let own = rows.iter().find(|row| row[0] == "organisation").expect("the rule has a row");
    let wanted = |number: u32| number % 3 != 2;
    let count = |of: &dyn Fn(u32) -> bool| (0..10_000).filter(|number| of(*number)).count().to_string();
    let not_met = count(&|number| number % 10 != 0 && number >= 5000 && wanted(number));
    let unknown = count(&|number| number % 10 == 0 && wanted(number));
    let met = count(&|number| !(wanted(number) && (number % 10 == 0 || number >= 5000)));
    assert_eq!(own[7..10], [met, not_met, unknown]);
}
