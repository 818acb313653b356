//! What every report shows, as sheets: every word, number and order is decided here and in the sheets beside it.

use super::sheet::Sheet;
use super::stamp::Stamp;
use super::{sheet_findings, sheet_inputs, sheet_machines, sheet_requirements};
use crate::evaluate::{Assessment, Run, Subject};
use crate::model::Estate;
use crate::organisation::Organisation;

/// The results of a run, ready to be written.
#[derive(Debug)]
pub struct View<'a> {
    /// What the inputs said.
    pub estate: &'a Estate,
    /// What was concluded.
    pub assessment: &'a Assessment<'a>,
    /// What the organisation's own rules came to.
    pub organisation: &'a Organisation,
    /// What the report rests on.
    pub stamp: &'a Stamp,
}

impl<'a> View<'a> {
    /// The sheets, in the order of their files.
    #[must_use]
    pub fn sheets(&self) -> [Sheet<'_>; 4] {
        [
            sheet_machines::sheet(self),
            sheet_findings::sheet(self),
            sheet_requirements::sheet(self),
            sheet_inputs::sheet(self),
        ]
    }

    /// The run of a target, when it was asked for.
    #[must_use]
    pub fn run(&self, target: crate::catalogue::Target) -> Option<&Run<'a>> {
        self.assessment.runs.iter().find(|run| run.edition.target == target)
    }

    /// The kind, name, identifier and host of what a finding is about.
    #[must_use]
    pub fn subject(&self, subject: Subject) -> SubjectWords<'_> {
        let (kind, name) = (subject.kind().as_str(), subject.name(self.estate));
        match subject {
            Subject::Vm(index) => {
                let vm = &self.estate.vms[index as usize];
                let id = vm.id.value().map_or("", |id| id);
                SubjectWords { kind, name, id, host: vm.host.value().map_or("", |host| host) }
            }
            Subject::Host(index) => {
                let id = self.estate.hosts[index as usize].id.value().map_or("", |id| id);
                SubjectWords { kind, name, id, host: "" }
            }
            Subject::Estate
            | Subject::Vault(_)
            | Subject::StorageAccount(_)
            | Subject::Network(_)
            | Subject::Quota(_)
            | Subject::VmmServer(_)
            | Subject::Cloud(_)
            | Subject::HostGroup(_)
            | Subject::Cluster(_) => SubjectWords { kind, name, ..SubjectWords::default() },
        }
    }

    /// The row a subject was first read from, when it has one.
    #[must_use]
    pub fn seen_at(&self, subject: Subject) -> Option<crate::model::Origin> {
        let estate = self.estate;
        match subject {
            Subject::Estate => None,
            Subject::Vault(index) => Some(estate.azure.vaults[index as usize].seen),
            Subject::StorageAccount(index) => Some(estate.azure.storage_accounts[index as usize].seen),
            Subject::Network(index) => Some(estate.azure.networks[index as usize].seen),
            Subject::Quota(index) => Some(estate.azure.quotas[index as usize].seen),
            Subject::VmmServer(index) => Some(estate.vmm_servers[index as usize].seen),
            Subject::Cloud(index) => Some(estate.clouds[index as usize].seen),
            Subject::HostGroup(index) => Some(estate.host_groups[index as usize].seen),
            Subject::Cluster(index) => Some(estate.clusters[index as usize].seen),
            Subject::Host(index) => Some(estate.hosts[index as usize].seen),
            Subject::Vm(index) => Some(estate.vms[index as usize].seen),
        }
    }
}

/// How a report names a subject.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SubjectWords<'a> {
    /// Its kind, in the words of `findings.csv`.
    pub kind: &'static str,
    /// Its name.
    pub name: &'a str,
    /// Its identifier, when it has one.
    pub id: &'a str,
    /// The host it runs on, for machines.
    pub host: &'a str,
}
