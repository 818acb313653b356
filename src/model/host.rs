//! Hyper-V hosts and failover clusters.

use super::entity::entity;
use super::{Mebibytes, Name};

entity! {
    /// A Hyper-V host.
    Host {
        /// Its name, as the export spells it (often a fully qualified name).
        name: Name = HostName,
        /// VMM's GUID of the host.
        id: Name = HostId,
        /// Its operating system, as written.
        os: Name = HostOs,
        /// Its operating system's version, such as "6.3.9600"; unsaid while the host does not answer VMM.
        os_version: Name = HostOsVersion,
        /// The version of its Hyper-V role, such as "6.3.9600.17039".
        hyperv_version: Name = HyperVVersion,
        /// What VMM last heard of it ("Responding").
        state: Name = HostState,
        /// The VMM host group path it belongs to.
        group: Name = HostGroupOfHost,
        /// Its failover cluster.
        cluster: Name = HostCluster,
        /// The VMM server that manages it.
        vmm_server: Name = HostVmmServer,
        /// The hypervisor platform, as VMM names it.
        platform: Name = HostPlatform,
        /// The identifiers of its installed updates ("KB2961977"), upper case.
        fixes: Vec<Name> = HostFixes,
        /// Whether the latest updates are installed.
        up_to_date: bool = HostUpToDate,
        /// The newest .NET Framework version on it, such as "4.8".
        dotnet: Name = HostDotNet,
        /// Whether it reaches the internet, directly or by a proxy.
        internet: bool = HostInternet,
        /// Whether IPv6 is in use on it.
        ipv6: bool = HostIpv6,
        /// The version of the Azure Site Recovery Provider on it, of the series 5.x.
        provider: Name = HostProvider,
        /// Another backup or disaster recovery tool that protects machines on it.
        backup_tool: Name = HostBackupTool,
        /// Its memory.
        memory: Mebibytes = HostMemory,
        /// Its logical processors.
        processors: u32 = HostProcessors,
        /// The version of the Azure Recovery Services agent on it, of the series 2.0.x.
        agent: Name = HostAgent,
    } plus {
        /// Its machines; indexes into the estate's machines.
        vms: Vec<usize> = Vec::new(),
        /// Its failover cluster; an index into the estate's clusters.
        cluster_index: Option<usize> = None,
        /// Its host group; an index into the estate's host groups.
        group_index: Option<usize> = None,
        /// The clouds its host group belongs to; indexes into the estate's clouds.
        cloud_indexes: Vec<usize> = Vec::new(),
        /// Its VMM server; an index into the estate's VMM servers.
        vmm_index: Option<usize> = None,
    }
}

entity! {
    /// A failover cluster of Hyper-V hosts.
    Cluster {
        /// Its name.
        name: Name = ClusterName,
        /// Its VMM host group path.
        group: Name = ClusterHostGroup,
        /// The names of its nodes.
        nodes: Vec<Name> = ClusterNodes,
        /// Whether the Hyper-V Replica Broker role is configured.
        replica_broker: bool = ClusterBroker,
    } plus {
        /// Its hosts; indexes into the estate's hosts.
        hosts: Vec<usize> = Vec::new(),
        /// Its machines; indexes into the estate's machines.
        vms: Vec<usize> = Vec::new(),
    }
}
