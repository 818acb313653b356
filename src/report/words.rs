//! The sentences that reports share.

use jiff::civil::Date;

use crate::catalogue::{Edition, Prerequisite, Requirement, STALE_AFTER_DAYS, Target};
use crate::evaluate::{Outcome, Readiness, Waiver, WaiverState};
use crate::model::{Arg, Declared, Field, Identity, Missing, Phrase, Speech, Why, say};
use crate::rules;

/// What is said of inputs that hold no machine.
pub const NO_MACHINE: &str = "No machine was found, so nothing was judged of machines. The prerequisites below rest on what else the inputs describe.";

/// Which fact is missing, and why.
#[must_use]
pub fn missing(missing: Missing) -> Phrase {
    let fact = missing.field;
    match missing.why {
        Why::Absent => say!("No input gives {fact}.", fact = fact),
        Why::Unsaid(_) => say!("The cell for {fact} does not say enough to tell.", fact = fact),
        Why::Unreadable(_) => say!("The cell for {fact} could not be read.", fact = fact),
        Why::StandIn(_) if fact == Field::Template => {
            say!(
                "By the cell for {fact} it is a template, which does not tell what a machine made from it is like.",
                fact = fact
            )
        }
        Why::StandIn(_) => {
            say!(
                "By the cell for {fact} it is a replica, which does not tell what the machine it is a copy of is like.",
                fact = fact
            )
        }
    }
}

/// What settles a missing fact.
#[must_use]
pub fn settle(missing: Missing) -> Phrase {
    let (fact, export) = (missing.field, Arg::Export(missing.field));
    match missing.why {
        Why::Absent => self::export(missing.field),
        Why::Unsaid(_) => {
            say!("Enter the value, or export the column {fact} again: {export}.", fact = fact, export = export)
        }
        Why::StandIn(_) if fact == Field::Template => say!("Judge a machine made from it instead."),
        Why::StandIn(_) => say!("Judge the machine it is a copy of instead."),
        Why::Unreadable(_) => {
            say!("Correct the cell, or export the column {fact} again: {export}.", fact = fact, export = export)
        }
    }
}

/// What to export for a fact.
#[must_use]
pub fn export(field: Field) -> Phrase {
    say!("Export the column {fact}: {export}.", fact = field, export = Arg::Export(field))
}

/// A defect of a host, cluster, cloud or VMM server, and how many machines it holds for.
#[must_use]
pub fn holds_for(summary: &str, machines: usize) -> Phrase {
    say!("{summary} It holds for {count} {count:machine|machines}.", summary = Arg::wording(summary), count = machines)
}

/// What is said, and who declared what it rests on, and when.
#[must_use]
pub fn and_declared(said: Arg, declared: &Declared) -> Phrase {
    let declaration = &declared.declaration;
    say!(
        "{said} Declared by {who} on {when}.",
        said = said,
        who = Arg::named(Identity::Person, &declaration.who),
        when = declaration.when
    )
}

/// What became of a declaration: "used for 2, contradicted by an export for 1".
#[must_use]
pub fn declaration_effect(declared: &Declared) -> String {
    let Declared { fitting, filled, contradicted, .. } = declared;
    let same = fitting.saturating_sub(filled + contradicted);
    if *fitting == 0 {
        return "unused; no subject has such a name".to_owned();
    }
    let parts = [
        (*filled, "used for"),
        (*contradicted, "contradicted by an export for"),
        (same, "said by an export as well for"),
    ];
    let said: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, words)| format!("{words} {count}")).collect();
    said.join(", ")
}

/// Who waives a finding, until when, and why.
#[must_use]
pub fn waived(waiver: &Waiver) -> String {
    format!("waived by {} until {}: {}", waiver.owner, waiver.expires, waiver.reason)
}

/// What a waiver does, for people.
#[must_use]
pub const fn waiver_state(state: WaiverState) -> &'static str {
    match state {
        WaiverState::InForce => "In force",
        WaiverState::Expired => "Expired",
        WaiverState::Unused => "Unused",
    }
}

/// That an edition may no longer say what is published.
#[must_use]
pub fn stale(edition: &Edition, as_of: Date) -> String {
    format!(
        "The newest edition of {} that was at hand, {}, was gathered on {}, more than {STALE_AFTER_DAYS} days before {as_of}. What is published may have changed; carry in a newer one with --catalogue.",
        target(edition.target),
        edition.edition,
        edition.retrieved,
    )
}

/// The defect that a requirement finds, in a sentence.
#[must_use]
pub fn summary(requirement: &Requirement) -> &str {
    let own = || rules::find(&requirement.check).map_or(requirement.check.as_str(), |rule| rule.summary);
    requirement.summary.as_deref().unwrap_or_else(own)
}

/// What to do where a requirement is not met.
#[must_use]
pub fn remedy(requirement: &Requirement) -> &str {
    let own = || rules::find(&requirement.check).map_or("", |rule| rule.remedy);
    requirement.remedy.as_deref().unwrap_or_else(own)
}

/// A target's name for people.
#[must_use]
pub const fn target(target: Target) -> &'static str {
    match target {
        Target::SiteRecovery => "Azure Site Recovery",
        Target::AzureMigrate => "Azure Migrate",
        Target::AzureVm => "Azure VM",
    }
}

/// A readiness for people.
#[must_use]
pub const fn readiness(readiness: Readiness) -> &'static str {
    match readiness {
        Readiness::NotReady => "Not ready",
        Readiness::Unknown => "Unknown",
        Readiness::ReadyWithConditions => "Ready with conditions",
        Readiness::Ready => "Ready",
    }
}

/// An outcome for people.
#[must_use]
pub const fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Met => "Met",
        Outcome::NotMet => "Not met",
        Outcome::Unknown => "Unknown",
        Outcome::Unverified => "Not verified",
        Outcome::NotApplicable => "Not applicable",
    }
}

/// A row of the prerequisites article for people.
#[must_use]
pub const fn prerequisite(prerequisite: Prerequisite) -> &'static str {
    match prerequisite {
        Prerequisite::AzureAccount => "Azure account",
        Prerequisite::Storage => "Azure storage account",
        Prerequisite::Network => "Azure network",
        Prerequisite::VmmServers => "VMM servers",
        Prerequisite::HyperVHosts => "Hyper-V hosts",
        Prerequisite::VirtualMachines => "Virtual machines",
    }
}

/// A sentence as the report writes it, with its numbers grouped.
#[must_use]
pub fn said(phrase: &Phrase) -> String {
    phrase.said(&Grouped)
}

/// That a list goes on elsewhere; none when it does not.
#[must_use]
pub fn and_more(more: usize, place: &str) -> Option<String> {
    (more > 0).then(|| format!("And {} more, in {place}.", grouped(more as u64)))
}

/// A count with its noun: "1 machine", "12 machines".
#[must_use]
pub fn count(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(number), if number == 1 { one } else { many })
}

/// A number with a thin gap between thousands: "12 345".
#[must_use]
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push('\u{a0}');
        }
        text.push(digit);
    }
    text
}

/// Plain English with numbers grouped, as reports for people write them.
#[derive(Clone, Copy, Debug)]
pub struct Grouped;

impl Speech for Grouped {
    fn number(&self, number: u64) -> String {
        grouped(number)
    }
}

/// A count of subjects of a kind, as `findings.csv` names kinds, for people: "1 host", "12 machines".
#[must_use]
pub fn subjects(kind: &str, number: u64) -> String {
    if kind == "estate" {
        return "the estate as a whole".to_owned();
    }
    let (one, many) = subject_kind(kind);
    count(number, one, many)
}

/// A kind of subject, as `findings.csv` names kinds, for people: one and several.
#[must_use]
pub fn subject_kind(kind: &str) -> (&'static str, &'static str) {
    match kind {
        "vm" => ("machine", "machines"),
        "vmm-server" => ("VMM server", "VMM servers"),
        "host-group" => ("host group", "host groups"),
        "storage-account" => ("storage account", "storage accounts"),
        "quota" => ("quota", "quotas"),
        "cluster" => ("cluster", "clusters"),
        "cloud" => ("cloud", "clouds"),
        "vault" => ("vault", "vaults"),
        "network" => ("network", "networks"),
        "host" => ("host", "hosts"),
        _ => ("subject", "subjects"),
    }
}
