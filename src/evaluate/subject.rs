//! What a finding is about.

use crate::model::{Estate, Fact, Host, Name, Origin, SubjectKind, Vm};

/// What a finding is about; the number is an index into the estate's list of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// The estate as a whole.
    Estate,
    /// A Recovery Services vault.
    Vault(u32),
    /// A storage account.
    StorageAccount(u32),
    /// A virtual network.
    Network(u32),
    /// A vCPU quota.
    Quota(u32),
    /// A VMM server.
    VmmServer(u32),
    /// A VMM cloud.
    Cloud(u32),
    /// A VMM host group.
    HostGroup(u32),
    /// A failover cluster.
    Cluster(u32),
    /// A host.
    Host(u32),
    /// A machine.
    Vm(u32),
}

impl Subject {
    /// The machine of an index.
    #[must_use]
    pub fn of_machine(index: usize) -> Self {
        Self::Vm(number(index))
    }

    /// The host of an index.
    #[must_use]
    pub fn of_host(index: usize) -> Self {
        Self::Host(number(index))
    }

    /// The machine that it is, when it is one.
    #[must_use]
    pub fn machine(self, estate: &Estate) -> Option<&Vm> {
        if let Self::Vm(index) = self { estate.vms.get(index as usize) } else { None }
    }

    /// The host that it is, when it is one.
    #[must_use]
    pub fn host(self, estate: &Estate) -> Option<&Host> {
        if let Self::Host(index) = self { estate.hosts.get(index as usize) } else { None }
    }

    /// The row that it was first read from, when it has one.
    #[must_use]
    pub fn seen(self, estate: &Estate) -> Option<Origin> {
        Some(match self {
            Self::Estate => return None,
            Self::Vault(index) => estate.azure.vaults[index as usize].seen,
            Self::StorageAccount(index) => estate.azure.storage_accounts[index as usize].seen,
            Self::Network(index) => estate.azure.networks[index as usize].seen,
            Self::Quota(index) => estate.azure.quotas[index as usize].seen,
            Self::VmmServer(index) => estate.vmm_servers[index as usize].seen,
            Self::Cloud(index) => estate.clouds[index as usize].seen,
            Self::HostGroup(index) => estate.host_groups[index as usize].seen,
            Self::Cluster(index) => estate.clusters[index as usize].seen,
            Self::Host(index) => estate.hosts[index as usize].seen,
            Self::Vm(index) => estate.vms[index as usize].seen,
        })
    }

    /// Every subject of an estate, in order.
    pub fn all(estate: &Estate) -> impl Iterator<Item = Self> {
        let azure = &estate.azure;
        let upto = |len: usize| 0..u32::try_from(len).expect("the row limit is below 2^32");
        std::iter::once(Self::Estate)
            .chain(upto(azure.vaults.len()).map(Self::Vault))
            .chain(upto(azure.storage_accounts.len()).map(Self::StorageAccount))
            .chain(upto(azure.networks.len()).map(Self::Network))
            .chain(upto(azure.quotas.len()).map(Self::Quota))
            .chain(upto(estate.vmm_servers.len()).map(Self::VmmServer))
            .chain(upto(estate.clouds.len()).map(Self::Cloud))
            .chain(upto(estate.host_groups.len()).map(Self::HostGroup))
            .chain(upto(estate.clusters.len()).map(Self::Cluster))
            .chain(upto(estate.hosts.len()).map(Self::Host))
            .chain(upto(estate.vms.len()).map(Self::Vm))
    }

    /// Its kind.
    #[must_use]
    pub const fn kind(self) -> SubjectKind {
        match self {
            Self::Estate => SubjectKind::Estate,
            Self::Vault(_) => SubjectKind::Vault,
            Self::StorageAccount(_) => SubjectKind::StorageAccount,
            Self::Network(_) => SubjectKind::Network,
            Self::Quota(_) => SubjectKind::Quota,
            Self::VmmServer(_) => SubjectKind::VmmServer,
            Self::Cloud(_) => SubjectKind::Cloud,
            Self::HostGroup(_) => SubjectKind::HostGroup,
            Self::Cluster(_) => SubjectKind::Cluster,
            Self::Host(_) => SubjectKind::Host,
            Self::Vm(_) => SubjectKind::Vm,
        }
    }

    /// Its name; empty while no export gives one.
    #[must_use]
    pub fn name(self, estate: &Estate) -> &str {
        fn known(name: &Fact<Name>) -> &str {
            name.value().map_or("", |name| name)
        }
        match self {
            Self::Estate => "estate",
            Self::Vault(index) => known(&estate.azure.vaults[index as usize].name),
            Self::StorageAccount(index) => known(&estate.azure.storage_accounts[index as usize].name),
            Self::Network(index) => known(&estate.azure.networks[index as usize].name),
            Self::Quota(index) => known(&estate.azure.quotas[index as usize].name),
            Self::VmmServer(index) => known(&estate.vmm_servers[index as usize].name),
            Self::Cloud(index) => known(&estate.clouds[index as usize].name),
            Self::HostGroup(index) => {
                let group = &estate.host_groups[index as usize];
                if group.path.is_known() { known(&group.path) } else { known(&group.name) }
            }
            Self::Cluster(index) => known(&estate.clusters[index as usize].name),
            Self::Host(index) => known(&estate.hosts[index as usize].name),
            Self::Vm(index) => estate.vms[index as usize].shown_name(),
        }
    }
}

/// The number of a subject, from its index in the estate.
pub(super) fn number(index: usize) -> u32 {
    u32::try_from(index).expect("the row limit is below 2^32")
}
