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
        Why::Disputed(_) => say!(
            "Inputs contradict each other about {fact}, and one of them says what the target refuses.",
            fact = fact
        ),
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
        Why::Disputed(_) => say!("Find out which of the two is true, and correct or leave out the other."),
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
pub fn declaration_effect(declared: &Declared) -> Phrase {
    let Declared { fitting, filled, contradicted, .. } = declared;
    let same = fitting.saturating_sub(filled + contradicted);
    if *fitting == 0 {
        return say!("unused; no subject has such a name");
    }
    let mut said: Vec<Arg> = Vec::new();
    if *filled > 0 {
        said.push(say!("used for {count}", count = *filled).into());
    }
    if *contradicted > 0 {
        said.push(say!("contradicted by an export for {count}", count = *contradicted).into());
    }
    if same > 0 {
        said.push(say!("said by an export as well for {count}", count = same).into());
    }
    Arg::List(said.into()).into()
}

/// Who waives a finding, until when, and why.
#[must_use]
pub fn waived(waiver: &Waiver) -> Phrase {
    say!(
        "waived by {who} until {until}: {reason}",
        who = Arg::named(Identity::Person, &waiver.owner),
        until = waiver.expires,
        reason = Arg::named(Identity::Free, &waiver.reason)
    )
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
pub fn stale(edition: &Edition, as_of: Date) -> Phrase {
    say!(
        "The newest edition of {target} that was at hand, {edition}, was gathered on {gathered}, more than {days} days before {as_of}. What is published may have changed; carry in a newer one with --catalogue.",
        target = Arg::Word(target(edition.target)),
        edition = Arg::text(&edition.edition),
        gathered = edition.retrieved,
        days = Arg::at(STALE_AFTER_DAYS),
        as_of = as_of
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

/// A readiness within a sentence.
#[must_use]
pub const fn readiness_within(readiness: Readiness) -> &'static str {
    match readiness {
        Readiness::NotReady => "not ready",
        Readiness::Unknown => "unknown",
        Readiness::ReadyWithConditions => "ready with conditions",
        Readiness::Ready => "ready",
    }
}

/// An outcome within a sentence.
#[must_use]
pub const fn outcome_within(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Met => "met",
        Outcome::NotMet => "not met",
        Outcome::Unknown => "unknown",
        Outcome::Unverified => "not verified",
        Outcome::NotApplicable => "not applicable",
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
pub fn and_more(more: usize, place: &'static str) -> Option<Phrase> {
    (more > 0).then(|| say!("And {more} more, in {place}.", more = more, place = Arg::Word(place)))
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

/// Reasons with how many rows were left out for each: "template: 2; blank row: 4".
#[must_use]
pub fn left_out(left_out: &[(&'static str, u64)]) -> Arg {
    let reason = |(reason, count): &(&'static str, u64)| {
        Arg::from(say!("{reason}: {count}", reason = Arg::Word(reason), count = Arg::at(*count)))
    };
    Arg::Items(left_out.iter().map(reason).collect())
}

/// A count of subjects of a kind, as `findings.csv` names kinds, for people: "1 host", "12 machines".
#[must_use]
pub fn subjects(kind: &str, number: u64) -> Phrase {
    if kind == "estate" {
        return say!("the estate as a whole");
    }
    let (one, many) = subject_kind(kind);
    say!("{count} {subjects}", count = number, subjects = Arg::Word(if number == 1 { one } else { many }))
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
