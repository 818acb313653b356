//! What is wrong with a host, cluster, cloud or VMM server holds for each machine on it.

use std::collections::BTreeSet;

use super::finding::Finding;
use super::outcome::Outcome;
use super::results::Run;
use super::subject::Subject;
use super::vm_result::VmResult;
use crate::catalogue::Edition;
use crate::model::Estate;

/// Counts the findings of other subjects for the machines they hold for, and settles those machines again.
pub(super) fn inherit(estate: &Estate, edition: &Edition, findings: &[Finding], vms: &mut [VmResult]) {
    for finding in findings {
        let severity = edition.requirements[usize::from(finding.requirement)].severity;
        for machine in machines_of(estate, finding.subject) {
            let result = &mut vms[machine];
            match finding.outcome {
                Outcome::NotMet if finding.waiver.is_some() => result.waived += 1,
                Outcome::NotMet => result.count_not_met(severity),
                Outcome::Unknown => result.unknown += 1,
                Outcome::Met | Outcome::Unverified | Outcome::NotApplicable => continue,
            }
            result.settle();
        }
    }
}

/// The machines that what is said of a subject holds for: indexes into the estate's machines.
///
/// Azure resources and the estate as a whole hold for no single machine; their findings stand for themselves.
#[must_use]
pub fn machines_of(estate: &Estate, subject: Subject) -> Vec<usize> {
    match subject {
        Subject::Host(index) => estate.hosts[index as usize].vms.clone(),
        Subject::Cluster(index) => estate.clusters[index as usize].vms.clone(),
        Subject::Cloud(index) => estate.clouds[index as usize].vms.clone(),
        Subject::VmmServer(index) => estate.vmm_servers[index as usize].vms.clone(),
        Subject::Vm(index) => vec![index as usize],
        Subject::Estate
        | Subject::Vault(_)
        | Subject::StorageAccount(_)
        | Subject::Network(_)
        | Subject::Quota(_)
        | Subject::HostGroup(_) => Vec::new(),
    }
}

/// For each requirement of a run, how many machines an outcome holds for and is not waived, inherited ones counted once.
#[must_use]
pub fn machines_held(estate: &Estate, run: &Run<'_>, outcome: Outcome) -> Vec<u64> {
    let mut held: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); run.edition.requirements.len()];
    let mut own = vec![0_u64; run.edition.requirements.len()];
    for finding in run.findings.iter().filter(|finding| finding.outcome == outcome && finding.waiver.is_none()) {
        let requirement = usize::from(finding.requirement);
        match finding.subject {
            Subject::Vm(_) => own[requirement] += 1,
            subject => held[requirement].extend(machines_of(estate, subject)),
        }
    }
    own.into_iter().zip(held).map(|(own, held)| own + held.len() as u64).collect()
}
