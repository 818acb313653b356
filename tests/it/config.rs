//! The configuration file: what is declared fills what no export says, what is waived stays in sight, errors name their line.

use std::path::Path;

use jiff::civil::date;
use klar::catalogue::{Catalogue, Target};
use klar::cli::Config;
use klar::evaluate::evaluate_waiving;
use klar::ingest::source::Source;
use klar::ingest::{Dialects, read_declared};
use klar::report::document::{Block, Section};
use klar::report::stamp::Stamp;
use klar::report::story;
use klar::report::view::{Options, View};
use serde_json::Value;

use super::binary::{Folder, Run};
use super::outputs::schema;

const MACHINES: &str = "\
VM name,VM host,Guest OS,OS architecture,Generation,vCPUs,Memory MB,OS disk (GB),Number of disks,NIC count,BitLocker
web01,HV01,Windows Server 2012 R2,x64,1,2,4096,80,1,1,no
db01,HV01,Windows Server 2012 R2,x64,1,4,8192,80,1,1,
file01,HV02,Windows Server 2012 R2,x64,1,2,4096,80,1,1,
";
const HOSTS: &str = "\
Host name,Host operating system,Host OS version
HV01.corp.example,Windows Server 2012 R2 Datacenter,6.3.9600
HV02.corp.example,Windows Server 2012 R2 Datacenter,6.3.9600
";
/// Both hosts lack updates, which is a condition of the edition judged against.
const OUTDATED: &str = "\
[[declaration]]
subject = \"host\"
name = \"hv0*\"
fact = \"host_up_to_date\"
value = false
who = \"Anna Berg\"
when = 2026-11-20
";

/// An estate of two hosts and three machines, with a configuration file among its exports.
fn estate(name: &str, config: &str) -> Folder {
    let folder = Folder::new(name);
    folder.put("in/machines.csv", MACHINES).put("in/hosts.csv", HOSTS).put("in/klar.toml", config);
    folder
}

fn assess(folder: &Folder, more: &[&str]) -> Run {
    let fixed = ["assess", "in", "-o", "out", "--against", "site-recovery@2017-07", "--as-of", "2026-11-22"];
    folder.run(&[&fixed, more].concat())
}

fn assess_with_config(folder: &Folder) -> Run {
    let run = assess(folder, &["--config", "in/klar.toml", "--format", "csv,json"]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    run
}

/// The cells of some columns, a line for each row that a test keeps.
fn cells(folder: &Folder, report: &str, columns: &[&str], keep: impl Fn(&str) -> bool) -> Vec<String> {
    let rows = folder.rows(report);
    let place = |column: &&str| rows[0].iter().position(|known| known == column).expect("the column is there");
    let places: Vec<usize> = columns.iter().map(place).collect();
    let line = |row: &Vec<String>| places.iter().map(|place| row[*place].as_str()).collect::<Vec<_>>().join("|");
    rows[1..].iter().map(line).filter(|line| keep(line)).collect()
}

fn findings(folder: &Folder, requirement: &str) -> Vec<String> {
    let columns = [
        "requirement",
        "subject",
        "outcome",
        "source_file",
        "source_row",
        "waived_by",
        "waived_until",
        "waived_reason",
        "inherited_from",
    ];
    let about = |line: &str| line.starts_with(&format!("{requirement}|")) && line.ends_with('|');
    let lines = cells(folder, "out/findings.csv", &columns, about);
    lines.iter().map(|line| line[requirement.len() + 1..line.len() - 1].to_owned()).collect()
}

fn machines(folder: &Folder) -> Vec<String> {
    cells(folder, "out/vms.csv", &["vm", "site_recovery", "blockers", "conditions", "waived"], |_| true)
}

fn json(folder: &Folder) -> Value {
    let value: Value = serde_json::from_str(&folder.text("out/assessment.json")).expect("it is JSON");
    let schema: Value = serde_json::from_str(&klar::record::Recorded::schema()).expect("it is JSON");
    assert_eq!(schema::breaches(&schema, &value), Vec::<String>::new());
    value
}

fn waiver(requirement: &str, subject: &str, expires: &str) -> String {
    format!(
        "[[waiver]]\nrequirement = \"{requirement}\"\nsubject = \"{subject}\"\nreason = \"Patched later\"\n\
         owner = \"Bo Ek\"\nexpires = {expires}\n"
    )
}

#[test]
fn a_configuration_is_read_only_when_it_is_named() {
    let folder = estate("config-named", OUTDATED);
    folder.put("klar.toml", OUTDATED);
    assert_eq!(assess(&folder, &["--format", "csv", "--findings", "all"]).code, 0);
    assert_eq!(findings(&folder, "host-not-up-to-date").len(), 2);
    assert!(findings(&folder, "host-not-up-to-date").iter().all(|line| line.contains("unverified")));
}

#[test]
fn a_machine_s_own_finding_says_who_declared_what_it_rests_on() {
    let declared = "\
[[declaration]]
subject = \"vm\"
name = \"db01\"
fact = \"bitlocker\"
value = true
who = \"Anna Berg\"
when = 2026-11-20
";
    let folder = estate("config-declared-machine", declared);
    assess_with_config(&folder);
    let messages = cells(&folder, "out/findings.csv", &["subject", "requirement", "message"], |line| {
        line.starts_with("db01|bitlocker-on|")
    });
    assert_eq!(messages.len(), 1);
    assert!(messages[0].ends_with("Declared by Anna Berg on 2026-11-20."), "{messages:?}");
}

#[test]
fn a_declared_fact_stands_where_no_export_tells_and_shows_who_declared_it() {
    let folder = estate("config-declared", OUTDATED);
    assess_with_config(&folder);
    assert_eq!(
        findings(&folder, "host-not-up-to-date"),
        ["HV01.corp.example|not-met|klar.toml|5|||", "HV02.corp.example|not-met|klar.toml|5|||"]
    );
    let messages = cells(&folder, "out/findings.csv", &["requirement", "message", "source_column"], |line| {
        line.starts_with("host-not-up-to-date")
    });
    assert!(messages[0].ends_with("Declared by Anna Berg on 2026-11-20.|value"), "{messages:?}");
    assert_eq!(
        machines(&folder),
        ["web01|ready-with-conditions|0|1|0", "db01|ready-with-conditions|0|1|0", "file01|ready-with-conditions|0|1|0"]
    );
    let columns = ["file", "sheet", "taken_for", "rows_read", "rows_joined", "refused"];
    let inputs = cells(&folder, "out/inputs.csv", &columns, |line| line.contains("klar.toml"));
    assert_eq!(inputs, ["klar.toml|declaration|declarations|1|1|"]);
    let json = json(&folder);
    assert_eq!(json["declarations"][0]["filled"], 2);
    assert_eq!(json["declarations"][0]["who"], "Anna Berg");
}

#[test]
fn an_export_goes_before_a_declaration_and_the_contradiction_is_noted() {
    let declared = OUTDATED
        .replace("\"host\"", "\"vm\"")
        .replace("hv0*", "*01")
        .replace("host_up_to_date", "bitlocker")
        .replace("false", "\"yes\"");
    let folder = estate("config-contradicted", &declared);
    let run = assess_with_config(&folder);
    assert_eq!(findings(&folder, "bitlocker-on"), ["db01|not-met|klar.toml|5|||", "file01|not-met|klar.toml|5|||"]);
    let printed = run.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(printed.contains("in/machines.csv row 2 says otherwise for web01; what was exported is kept"), "{printed}");
}

#[test]
fn a_declaration_that_concerns_nothing_is_noted_and_left_out() {
    let folder = estate("config-unfitting", &OUTDATED.replace("hv0*", "srv?"));
    let run = assess_with_config(&folder);
    assert!(run.out.contains("no host has such a name"), "{}", run.out);
    let columns = ["file", "rows_read", "rows_left_out", "left_out_reasons"];
    let inputs = cells(&folder, "out/inputs.csv", &columns, |line| line.contains("klar.toml"));
    assert_eq!(inputs, ["klar.toml|1|1|declared of a name that no subject has: 1"]);
}

#[test]
fn a_subscription_may_be_declared_with_the_role_in_it() {
    let account = |fact: &str, value: &str| {
        OUTDATED
            .replace("\"host\"", "\"azure-account\"")
            .replace("hv0*", "*")
            .replace("host_up_to_date", fact)
            .replace("false", value)
    };
    let config = account("azure_subscription", "\"tallvik-dr\"") + &account("azure_role", "[\"Owner\"]");
    let folder = estate("config-account", &config);
    let run = assess_with_config(&folder);
    assert!(run.out.contains("Azure account           met"), "{}", run.out);
    assert_eq!(findings(&folder, "azure-account-missing"), Vec::<String>::new());
}

#[test]
fn a_waived_finding_holds_no_machine_back_and_stays_in_every_report() {
    let config = format!("{OUTDATED}{}", waiver("host-not-up-to-date", "hv01", "2026-11-22"));
    let folder = estate("config-waived", &config);
    let run = assess_with_config(&folder);
    assert!(run.out.contains("host-not-up-to-date: 1 finding waived until 2026-11-22"), "{}", run.out);
    assert_eq!(
        findings(&folder, "host-not-up-to-date"),
        [
            "HV01.corp.example|not-met|klar.toml|5|Bo Ek|2026-11-22|Patched later",
            "HV02.corp.example|not-met|klar.toml|5|||"
        ]
    );
    assert_eq!(machines(&folder), ["web01|ready|0|0|1", "db01|ready|0|0|1", "file01|ready-with-conditions|0|1|0"]);
    let counted = cells(&folder, "out/requirements.csv", &["requirement", "not_met", "waived"], |line| {
        line.starts_with("host-not-up-to-date")
    });
    assert_eq!(counted, ["host-not-up-to-date|2|1"]);
    let json = json(&folder);
    assert_eq!(json["waivers"][0]["state"], "in-force");
    assert_eq!(json["waivers"][0]["findings"], 1);
    let finding = &json["findings"].as_array().expect("a list").iter().find(|item| item["waived_by"] == "Bo Ek");
    assert_eq!(finding.expect("the finding is there")["waived_until"], "2026-11-22");
    assert_eq!(json["machines"][0]["results"][0]["waived"], 1);
}

#[test]
fn a_machines_own_blocker_may_be_waived_by_kind() {
    let declared = OUTDATED
        .replace("\"host\"", "\"vm\"")
        .replace("hv0*", "db01")
        .replace("host_up_to_date", "bitlocker")
        .replace("false", "true");
    let blocked =
        estate("config-blocked", &format!("{declared}{}kind = \"host\"\n", waiver("bitlocker-on", "*", "2027-01-01")));
    let run = assess_with_config(&blocked);
    assert!(run.out.contains("bitlocker-on: unused"), "{}", run.out);
    assert_eq!(machines(&blocked)[1], "db01|not-ready|1|0|0");
    assert_eq!(json(&blocked)["waivers"][0]["state"], "unused");
    let fail = ["--config", "in/klar.toml", "--format", "csv", "--fail-on", "not-ready"];
    assert_eq!(assess(&blocked, &fail).code, 1);
    let waived =
        estate("config-blocker", &format!("{declared}{}kind = \"vm\"\n", waiver("bitlocker-on", "DB??", "2027-01-01")));
    assert_eq!(assess(&waived, &fail).code, 0);
    assert_eq!(machines(&waived)[1], "db01|ready|0|0|1");
}

#[test]
fn an_expired_waiver_bites_again() {
    let config = format!("{OUTDATED}{}", waiver("host-not-up-to-date", "*", "2026-11-21"));
    let folder = estate("config-expired", &config);
    let run = assess_with_config(&folder);
    assert!(run.out.contains("host-not-up-to-date: expired on 2026-11-21; 2 findings no longer waived"), "{}", run.out);
    assert_eq!(machines(&folder)[0], "web01|ready-with-conditions|0|1|0");
    assert!(findings(&folder, "host-not-up-to-date").iter().all(|line| line.ends_with("|||")));
    assert_eq!(json(&folder)["waivers"][0]["state"], "expired");
}

#[test]
fn a_waiver_of_no_requirement_is_refused_by_its_line() {
    let folder = estate("config-no-requirement", &waiver("host-too-old", "*", "2027-01-01"));
    let run = assess(&folder, &["--config", "in/klar.toml"]);
    assert_eq!(run.code, 2);
    assert!(
        run.err.contains("in/klar.toml, line 2, requirement: no requirement is named `host-too-old`"),
        "{}",
        run.err
    );
    assert!(!folder.path("out").exists());
}

#[test]
fn the_document_tells_of_waivers_and_declarations_only_when_there_are_any() {
    let config = format!("{OUTDATED}{}", waiver("host-not-up-to-date", "hv01", "2026-12-31"));
    let told = policy_section(&config).expect("there is something to tell");
    let tables = told.iter().filter_map(|block| match block {
        Block::Table(table) => Some((table.row)(0).into_iter().map(|cell| cell.text).collect::<Vec<_>>()),
        Block::Heading { .. }
        | Block::Text(_)
        | Block::Callout { .. }
        | Block::Facts(_)
        | Block::Chart(_)
        | Block::Bands(_) => None,
    });
    let expected = [
        vec!["host-not-up-to-date", "hv01", "In force", "1", "Patched later", "Bo Ek", "2026-12-31"],
        vec!["Latest updates installed", "host hv0*", "false", "Anna Berg", "2026-11-20", "used for 2"],
    ];
    assert_eq!(tables.collect::<Vec<_>>(), expected);
    assert!(policy_section("[report]\nsite = \"S\"\n").is_none());
}

/// The first rows of the document's section of waivers and declarations.
fn policy_section(config: &str) -> Option<Vec<Block<'static>>> {
    let config = Config::parse(Path::new("klar.toml"), config).expect("it is sound");
    let source = |path: &str, text: &str| Source {
        path: path.to_owned(),
        sha256: String::new(),
        bytes: text.as_bytes().to_vec(),
    };
    let sources = [source("machines.csv", MACHINES), source("hosts.csv", HOSTS)];
    let estate = Box::leak(Box::new(read_declared(&sources, &Dialects::embedded(), Some(&config.declarations))));
    let catalogue = Box::leak(Box::new(Catalogue::embedded().expect("the catalogue is whole")));
    let edition = catalogue.edition(Target::SiteRecovery, "2017-07").expect("an edition");
    let assessment = evaluate_waiving(estate, catalogue, &[edition], date(2026, 11, 22), &config.waivers);
    let (assessment, stamp) = (Box::leak(Box::new(assessment)), Box::leak(Box::default()));
    let organisation = Box::leak(Box::default());
    let view = Box::leak(Box::new(View {
        estate,
        assessment,
        organisation,
        plan: None,
        changes: None,
        stamp: stamp as &Stamp,
        options: Options::default(),
        kept: Box::leak(Box::default()),
    }));
    let document = story::tell(view);
    let mut sections = document.sections.into_iter();
    sections.find(|section| section.id == "policy").map(|Section { blocks, .. }| blocks)
}

#[test]
fn errors_name_the_file_the_line_and_the_key() {
    let broken = |from: &str, to: &str| OUTDATED.replace(from, to);
    let waived = |from: &str, to: &str| waiver("bitlocker-on", "*", "2027-01-01").replace(from, to);
    for (text, expected) in [
        ("[report]\ncustumer = \"x\"\n".to_owned(), "klar.toml, line 2, custumer: unknown field `custumer`"),
        ("[report\n".to_owned(), "klar.toml, line 1, report: "),
        (broken("\"host\"", "\"hosts\""), "klar.toml, line 2, subject: `hosts` is none of vm, host, cluster"),
        (broken("\"host\"", "\"estate\""), "klar.toml, line 5, value: nothing can be declared of the estate"),
        (broken("\"hv0*\"", "\"\""), "klar.toml, line 3, name: is empty"),
        (broken("host_up_to_date", "host_internets"), "klar.toml, line 4, fact: `host_internets` is no fact; near it: "),
        (broken("host_up_to_date", "bitlocker"), "klar.toml, line 5, value: `bitlocker` is no fact of a host; its facts are host_name"),
        (broken("false", "\"perhaps\""), "klar.toml, line 5, value: \"perhaps\" cannot be read as Latest updates installed"),
        (broken("false", "2026-11-20"), "klar.toml, line 5, value: is no text, true or false"),
        (broken("Anna Berg", " "), "klar.toml, line 6, who: is empty"),
        (broken("2026-11-20", "\"last week\""), "klar.toml, line 7, when: `last week` is no date"),
        (broken("who = \"Anna Berg\"\n", ""), "klar.toml, line 1, declaration: missing field `who`"),
        (waived("expires = 2027-01-01", "expires = \"soon\""), "klar.toml, line 6, expires: `soon` is no date"),
        (waived("Bo Ek", ""), "klar.toml, line 5, owner: is empty"),
        ("[catalogue]\npublic_key = \"RWxyz\"\n".to_owned(), "klar.toml, line 2, public_key: is no minisign public key"),
        (
            "declaration = [{subject='host',name='a',fact='host_ipv6',value=true,who='A',when='2026-01-01'}, {subject='host',name='b',fact='host_ipv6',value=true,who='A',when='2026-01-01'}]".to_owned(),
            "klar.toml, line 1, declaration: two declarations share a line",
        ),
    ] {
        let error = Config::parse(Path::new("klar.toml"), &text).expect_err("it is unsound").to_string();
        assert!(error.starts_with(expected), "{error}\nexpected {expected}");
    }
}

#[test]
fn a_configuration_that_cannot_be_opened_stops_the_run() {
    let folder = estate("config-absent", "");
    let run = assess(&folder, &["--config", "other.toml"]);
    assert_eq!((run.code, run.err.contains("other.toml: cannot be opened")), (2, true), "{}", run.err);
}

#[test]
fn paths_in_a_configuration_start_at_its_folder_and_flags_go_before_it() {
    let text =
        "rules = [\"house.toml\"]\n[report]\ncustomer = \"Tallvik\"\nsite = \"Ort\"\n[catalogue]\npath = \"newer\"\n";
    let config = Config::parse(Path::new("site/klar.toml"), text).expect("it is sound");
    assert_eq!(config.rules, [Path::new("site/house.toml")]);
    assert_eq!(config.catalogue.as_deref(), Some(Path::new("site/newer")));
    let folder = estate("config-cover", "[report]\ncustomer = \"Tallvik\"\nsite = \"Ort\"\n");
    let run = assess(&folder, &["--config", "in/klar.toml", "--format", "json", "--site", "Umeå"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let json = json(&folder);
    assert_eq!((&json["customer"], &json["site"]), (&Value::from("Tallvik"), &Value::from("Umeå")));
}

#[test]
fn the_template_is_a_configuration_once_its_marks_are_taken_away() {
    let folder = Folder::new("config-template");
    let template = folder.run(&["template", "config"]).out;
    let empty = Config::parse(Path::new("klar.toml"), &template).expect("comments are no faults");
    assert!(empty.waivers.is_empty() && empty.declarations.list.is_empty());
    let bare: Vec<&str> = template.lines().map(|line| line.strip_prefix('#').unwrap_or(line)).collect();
    let full = Config::parse(Path::new("klar.toml"), &bare.join("\n")).expect("the examples are sound");
    assert_eq!((full.rules.len(), full.declarations.list.len(), full.waivers.len()), (1, 2, 1));
    assert!(full.customer.is_some() && full.site.is_some() && full.public_key.is_some() && full.catalogue.is_some());
    full.check_waivers(|name| klar::rules::find(name).is_some())
        .expect("the example waives a requirement that there is");
}
