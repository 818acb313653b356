//! The sentences that reports share.

use jiff::civil::Date;

use crate::catalogue::{Edition, Prerequisite, STALE_AFTER_DAYS, Target};
use crate::evaluate::{Outcome, Readiness, Waiver, WaiverState};
use crate::model::{Declared, Field, Missing, Why};

/// Which fact is missing, and why.
#[must_use]
pub fn missing(missing: Missing) -> String {
    let title = missing.field.title();
    match missing.why {
        Why::Absent => format!("No input gives {title}."),
        Why::Unsaid(_) => format!("The cell for {title} does not say enough to tell."),
        Why::Unreadable(_) => format!("The cell for {title} could not be read."),
    }
}

/// What settles a missing fact.
#[must_use]
pub fn settle(missing: Missing) -> String {
    let (title, export) = (missing.field.title(), missing.field.export());
    match missing.why {
        Why::Absent => self::export(missing.field),
        Why::Unsaid(_) => format!("Enter the value, or export the column {title} again: {export}."),
        Why::Unreadable(_) => format!("Correct the cell, or export the column {title} again: {export}."),
    }
}

/// What to export for a fact.
#[must_use]
pub fn export(field: Field) -> String {
    format!("Export the column {}: {}.", field.title(), field.export())
}

/// Who declared a fact, and when.
#[must_use]
pub fn declared(declared: &Declared) -> String {
    format!("Declared by {} on {}.", declared.declaration.who, declared.declaration.when)
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
