//! Rows that were read and not counted, each with its reason.

use super::{Name, Origin, Phrase};

words! {
    /// What a row that was not counted speaks of, in the words of `left_out.csv`.
    LeftOutKind {
        /// A machine.
        Vm = "vm",
        /// A disk or VHD file.
        Disk = "disk",
        /// A network adapter.
        Nic = "nic",
        /// A host.
        Host = "host",
        /// A failover cluster.
        Cluster = "cluster",
        /// A VMM private cloud.
        Cloud = "cloud",
        /// A VMM host group.
        HostGroup = "host-group",
        /// A VMM management server.
        VmmServer = "vmm-server",
        /// A machine that runs in Azure.
        AzureVm = "azure-vm",
        /// Another Azure resource.
        AzureResource = "azure-resource",
        /// A quota.
        Quota = "quota",
        /// A size of virtual machines.
        VmSize = "vm-size",
        /// A role of an account.
        Role = "role",
        /// A volume of a host.
        Volume = "volume",
        /// A connection between servers.
        Connection = "connection",
        /// A row that speaks of no subject.
        Row = "row",
    }
}

/// A row that was read, says something and was not counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// What it names, as written; empty when it names nothing.
    pub name: Name,
    /// What it speaks of.
    pub kind: LeftOutKind,
    /// Why it was not counted, in the words that [`super::RowCount`] counts by.
    pub reason: &'static str,
    /// What more there is to say of it: whose it is, or what its cells say.
    pub detail: Option<Phrase>,
    /// Its row.
    pub origin: Origin,
}
