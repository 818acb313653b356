//! VMM management servers, private clouds and host groups.

use super::Name;
use super::entity::entity;

entity! {
    /// A System Center VMM management server.
    VmmServer {
        /// Its name.
        name: Name = VmmName,
        /// Its version, such as "10.19.2591.0", or its product name.
        version: Name = VmmVersion,
        /// Its operating system, as written.
        os: Name = VmmOs,
        /// Whether it reaches the internet.
        internet: bool = VmmInternet,
        /// Whether it was upgraded in place from System Center 2012 R2.
        upgraded: bool = VmmUpgraded,
    } plus {
        /// Its clouds; indexes into the estate's clouds.
        clouds: Vec<usize> = Vec::new(),
        /// Its hosts; indexes into the estate's hosts.
        hosts: Vec<usize> = Vec::new(),
        /// Its machines; indexes into the estate's machines.
        vms: Vec<usize> = Vec::new(),
    }
}

entity! {
    /// A VMM private cloud.
    Cloud {
        /// Its name.
        name: Name = CloudName,
        /// VMM's GUID of the cloud.
        id: Name = CloudId,
        /// The paths of its host groups; absent when the export only holds a type name.
        host_groups: Vec<Name> = CloudHostGroups,
        /// The VMM server it lives on.
        vmm_server: Name = CloudVmmServer,
    } plus {
        /// The hosts in its host groups; indexes into the estate's hosts.
        hosts: Vec<usize> = Vec::new(),
        /// Its machines; indexes into the estate's machines.
        vms: Vec<usize> = Vec::new(),
        /// Its VMM server; an index into the estate's VMM servers.
        vmm_index: Option<usize> = None,
    }
}

entity! {
    /// A VMM host group.
    HostGroup {
        /// Its name.
        name: Name = GroupName,
        /// Its path from the root, "All Hosts\\Production".
        path: Name = GroupPath,
        /// The VMM server it lives on.
        vmm_server: Name = GroupVmmServer,
    } plus {
        /// The hosts directly in it; indexes into the estate's hosts.
        hosts: Vec<usize> = Vec::new(),
        /// The clouds that hold it or one of its parents; indexes into the estate's clouds.
        clouds: Vec<usize> = Vec::new(),
    }
}
