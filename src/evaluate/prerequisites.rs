//! The rows of the prerequisites article: each met, not met or unknown, drawn from the requirements that make it up.

use super::finding::{Finding, Tally};
use super::outcome::Outcome;
use super::subject::Subject;
use crate::catalogue::{Edition, Prerequisite, Severity};
use crate::model::Estate;

/// A row of the prerequisites article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrerequisiteResult {
    /// Which row.
    pub prerequisite: Prerequisite,
    /// Met, not met or unknown.
    pub outcome: Outcome,
    /// How many subjects the row concerns: machines, hosts, VMM servers, accounts.
    pub subjects: u64,
    /// How many of them break one of its requirements, those of mere information aside.
    pub broken: u64,
    /// The requirements that make it up.
    pub lines: Vec<PrerequisiteLine>,
}

/// A requirement of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PrerequisiteLine {
    /// Index into the edition's requirements.
    pub requirement: u16,
    /// Met, not met, unknown, or not applicable when it was put to nothing.
    pub outcome: Outcome,
    /// How often it came out how.
    pub tally: Tally,
}

/// Draws the rows from what an edition's requirements came to; empty for an edition that names none.
pub(super) fn of(
    estate: &Estate,
    edition: &Edition,
    tallies: &[Tally],
    findings: &[Finding],
) -> Vec<PrerequisiteResult> {
    if edition.requirements.iter().all(|requirement| requirement.prerequisite.is_none()) {
        return Vec::new();
    }
    let broken = broken(edition, findings);
    Prerequisite::ALL.iter().map(|row| result(estate, edition, *row, tallies, broken[*row as usize])).collect()
}

/// Whether a requirement that is not met breaks its row.
const fn weighs(severity: Severity) -> bool {
    match severity {
        Severity::Blocker | Severity::Condition | Severity::Warning => true,
        Severity::Info => false,
    }
}

/// For each row, how many subjects break one of its requirements; findings of one subject stand together.
fn broken(edition: &Edition, findings: &[Finding]) -> Vec<u64> {
    let rows: Vec<Option<Prerequisite>> = edition
        .requirements
        .iter()
        .map(|requirement| requirement.prerequisite.filter(|_| weighs(requirement.severity)))
        .collect();
    let mut last: Vec<Option<Subject>> = vec![None; Prerequisite::ALL.len()];
    let mut broken = vec![0; Prerequisite::ALL.len()];
    for finding in findings.iter().filter(|finding| finding.outcome == Outcome::NotMet) {
        let Some(row) = rows[usize::from(finding.requirement)] else { continue };
        if last[row as usize] != Some(finding.subject) {
            last[row as usize] = Some(finding.subject);
            broken[row as usize] += 1;
        }
    }
    broken
}

fn result(
    estate: &Estate,
    edition: &Edition,
    prerequisite: Prerequisite,
    tallies: &[Tally],
    broken: u64,
) -> PrerequisiteResult {
    let mut lines = Vec::new();
    for (index, requirement) in edition.requirements.iter().enumerate() {
        if requirement.prerequisite == Some(prerequisite) {
            let index = u16::try_from(index).expect("an edition has far fewer than 65,536 requirements");
            let tally = tallies[usize::from(index)];
            lines.push(PrerequisiteLine { requirement: index, outcome: outcome_of(tally), tally });
        }
    }
    let weighs = |line: &&PrerequisiteLine| weighs(edition.requirements[usize::from(line.requirement)].severity);
    let any = |outcome| lines.iter().filter(weighs).any(|line| line.outcome == outcome);
    let outcome = if any(Outcome::NotMet) {
        Outcome::NotMet
    } else if any(Outcome::Unknown) || !any(Outcome::Met) {
        Outcome::Unknown
    } else {
        Outcome::Met
    };
    PrerequisiteResult { prerequisite, outcome, subjects: subjects(estate, prerequisite), broken, lines }
}

/// What a requirement came to over all its subjects; never met while something is unknown.
fn outcome_of(tally: Tally) -> Outcome {
    if tally.not_met > 0 {
        Outcome::NotMet
    } else if tally.unknown + tally.unverified > 0 {
        Outcome::Unknown
    } else if tally.met > 0 {
        Outcome::Met
    } else {
        Outcome::NotApplicable
    }
}

fn subjects(estate: &Estate, prerequisite: Prerequisite) -> u64 {
    let count = match prerequisite {
        Prerequisite::AzureAccount => estate.azure.subscriptions.len(),
        Prerequisite::Storage => estate.azure.storage_accounts.len(),
        Prerequisite::Network => estate.azure.networks.len(),
        Prerequisite::VmmServers => estate.vmm_servers.len(),
        Prerequisite::HyperVHosts => estate.hosts.len(),
        Prerequisite::VirtualMachines => estate.vms.len(),
    };
    count as u64
}
