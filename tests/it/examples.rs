//! Every example of every check, through the real reader.

use std::sync::LazyLock;

use jiff::civil::date;
use klar::catalogue::{Catalogue, Edition, Limits};
use klar::evaluate::Guests;
use klar::ingest::source::Source;
use klar::ingest::{self, Dialects};
use klar::model::Estate;
use klar::rules::{Answer, Check, Context, Example, Expect, Machine, RULES, Rule, Verdict};

/// The date examples are judged at.
const AS_OF: jiff::civil::Date = date(2026, 11, 22);

static DIALECTS: LazyLock<Dialects> = LazyLock::new(Dialects::embedded);

/// Reads the tables of an example as files of one folder.
fn read(example: &Example) -> Estate {
    let sources: Vec<Source> = example
        .tables
        .iter()
        .enumerate()
        .map(|(number, table)| {
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.write_record(table.header).expect("in memory");
            for row in table.rows {
                writer.write_record(*row).expect("as many cells as headings");
            }
            let bytes = writer.into_inner().expect("in memory");
            Source { path: format!("example-{number}.csv"), sha256: String::new(), bytes }
        })
        .collect();
    ingest::read(&sources, &DIALECTS)
}

/// What a check answers for the first subject of its kind.
fn answer(rule: &Rule, limits: &Limits, estate: &Estate, catalogue: &Catalogue) -> Option<Answer> {
    let context = Context::new(estate, AS_OF);
    let guests = Guests::of(estate, catalogue, AS_OF);
    Some(match rule.check {
        Check::Vm(check) => {
            let vm = estate.vms.first()?;
            let (guest, lifecycle) = (guests.of_machine(0, vm), guests.lifecycle_of(0));
            check(&Machine { vm, index: 0, guest, lifecycle }, limits, &context)
        }
        Check::Host(check) => check(estate.hosts.first()?, limits, &context),
        Check::Cluster(check) => check(estate.clusters.first()?, limits, &context),
        Check::Cloud(check) => check(estate.clouds.first()?, limits, &context),
        Check::HostGroup(check) => check(estate.host_groups.first()?, limits, &context),
        Check::VmmServer(check) => check(estate.vmm_servers.first()?, limits, &context),
        Check::Vault(check) => check(estate.azure.vaults.first()?, limits, &context),
        Check::StorageAccount(check) => check(estate.azure.storage_accounts.first()?, limits, &context),
        Check::Network(check) => check(estate.azure.networks.first()?, limits, &context),
        Check::Quota(check) => check(estate.azure.quotas.first()?, limits, &context),
        Check::Estate(check) => check(limits, &context),
    })
}

fn outcome(answer: &Answer) -> Expect {
    match answer {
        Ok(Verdict::Met) => Expect::Met,
        Ok(Verdict::NotMet(_)) => Expect::NotMet,
        Ok(Verdict::NotApplicable) => Expect::NotApplicable,
        Err(_) => Expect::Unknown,
    }
}

/// The limits of the newest edition that asks for a check, target by target.
fn editions<'a>(catalogue: &'a Catalogue, rule: &Rule) -> Vec<(&'a Edition, &'a Limits)> {
    let asks = |edition: &'a Edition| {
        let requirement = edition.requirements.iter().find(|requirement| requirement.check == rule.name)?;
        Some((edition, &requirement.limits))
    };
    catalogue.editions.iter().rev().filter_map(asks).collect()
}

#[test]
fn every_example_comes_out_as_it_says() {
    let catalogue = Catalogue::embedded().expect("the catalogue it carries");
    let mut wrong = Vec::new();
    for rule in RULES {
        let editions = editions(&catalogue, rule);
        if editions.is_empty() {
            wrong.push(format!("{}: no edition asks for it", rule.name));
            continue;
        }
        for (number, example) in rule.examples.iter().enumerate() {
            let estate = read(example);
            // Examples show a rule's kinds of answer; some edition must give each.
            let answers: Vec<_> = editions
                .iter()
                .map(|(edition, limits)| (edition.id(), answer(rule, limits, &estate, &catalogue)))
                .collect();
            let fits = answers.iter().any(|(_, answer)| answer.as_ref().map(outcome) == Some(example.expect));
            if !fits {
                let (edition, answer) = &answers[0];
                wrong.push(format!(
                    "{} example {number}: expected {:?}, {edition} says {answer:?}",
                    rule.name, example.expect
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// Checks whose answer can never be one of the three, each for a reason.
const EXCEPTIONS: &[(&str, Expect)] = &[
    // Without a subscription in any export nobody can tell that there is none.
    ("azure-account-missing", Expect::NotMet),
    // A resource is only read when its type is known.
    ("classic-storage", Expect::Unknown),
    ("classic-network", Expect::Unknown),
    // A row without a name is no machine.
    ("duplicate-vm-name", Expect::Unknown),
    ("vm-name-breaks-planner", Expect::Unknown),
    ("vm-name-not-allowed", Expect::Unknown),
    ("vm-name-reserved", Expect::Unknown),
    ("vm-resource-name-not-allowed", Expect::Unknown),
    // A name that is given and means nothing is the answer unknown itself.
    ("guest-os-unrecognised", Expect::NotMet),
];

#[test]
fn every_check_shows_met_not_met_and_unknown() {
    let mut missing = Vec::new();
    for rule in RULES {
        for wanted in [Expect::Met, Expect::NotMet, Expect::Unknown] {
            let shown = rule.examples.iter().any(|example| example.expect == wanted);
            if !shown && !EXCEPTIONS.contains(&(rule.name, wanted)) {
                missing.push(format!("{} shows no example of {wanted:?}", rule.name));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn a_missing_fact_is_one_that_the_check_says_it_needs() {
    let catalogue = Catalogue::embedded().expect("the catalogue it carries");
    let mut wrong = Vec::new();
    for rule in RULES {
        for (edition, limits) in editions(&catalogue, rule) {
            for example in rule.examples {
                let estate = read(example);
                if let Some(Err(missing)) = answer(rule, limits, &estate, &catalogue)
                    && !rule.needs.contains(&missing.field)
                {
                    wrong.push(format!(
                        "{} in {}: {:?} is not among its needs",
                        rule.name,
                        edition.id(),
                        missing.field
                    ));
                }
            }
        }
    }
    wrong.dedup();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
