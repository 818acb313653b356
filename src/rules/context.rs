//! What a check sees beside its subject: the estate, the catalogue, the date, and indexes over them.

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::estate_index::EstateIndex;
use crate::catalogue::Sizes;
use crate::model::{Cloud, Disk, Estate, Host, Vm, VmmServer};

/// What a check sees beside its subject.
#[derive(Debug)]
pub struct Context<'a> {
    /// The whole estate.
    pub estate: &'a Estate,
    /// The date that lifecycles are compared with.
    pub as_of: Date,
    /// The Azure sizes that a machine may become.
    pub sizes: &'a Sizes,
    /// For each disk file, by where its path is valid and its path in lower case, how many times it is attached.
    attachments: FxHashMap<(String, String), u32>,
    /// For each machine name, lower case, how many machines bear it.
    names: FxHashMap<String, u32>,
    /// What checks ask of the estate as a whole.
    pub(super) whole: EstateIndex,
    /// For each machine, what it has in common with another.
    shared: Vec<Shared>,
}

/// What a machine has in common with another.
#[derive(Clone, Copy, Debug, Default)]
struct Shared {
    name: bool,
    disk: bool,
}

impl<'a> Context<'a> {
    /// Indexes an estate, with the sizes built into Klar.
    #[must_use]
    pub fn new(estate: &'a Estate, as_of: Date) -> Self {
        let mut context = Self {
            estate,
            as_of,
            sizes: Sizes::embedded(),
            attachments: FxHashMap::default(),
            names: FxHashMap::default(),
            whole: EstateIndex::new(estate),
            shared: Vec::new(),
        };
        for vm in &estate.vms {
            *context.names.entry(vm.shown_name().to_lowercase()).or_default() += 1;
            for disk in &vm.disks {
                if let Some(file) = disk_file(estate, vm, disk) {
                    *context.attachments.entry(file).or_default() += 1;
                }
            }
        }
        context.shared = estate.vms.iter().map(|vm| context.shared_by(vm)).collect();
        context
    }

    fn shared_by(&self, vm: &Vm) -> Shared {
        Shared {
            name: self.machines_named(vm.shown_name()) > 1,
            disk: vm.disks.iter().any(|disk| self.attachments(vm, disk) > 1),
        }
    }

    /// The host a machine runs on, when an export describes it.
    #[must_use]
    pub fn host(&self, vm: &Vm) -> Option<&'a Host> {
        self.estate.hosts.get(vm.host_index?)
    }

    /// The cloud a machine is in, when an export describes it.
    #[must_use]
    pub fn cloud(&self, vm: &Vm) -> Option<&'a Cloud> {
        self.estate.clouds.get(vm.cloud_index?)
    }

    /// The VMM server that manages a machine, when an export describes it.
    #[must_use]
    pub fn vmm_server(&self, vm: &Vm) -> Option<&'a VmmServer> {
        self.estate.vmm_servers.get(vm.vmm_index?)
    }

    /// How many machines bear a name, whatever its case.
    #[must_use]
    pub fn machines_named(&self, name: &str) -> u32 {
        self.names.get(&name.to_lowercase()).copied().unwrap_or(0)
    }

    /// How many times machines attach a disk's file; 0 while its path is not known.
    #[must_use]
    pub fn attachments(&self, vm: &Vm, disk: &Disk) -> u32 {
        let file = disk_file(self.estate, vm, disk);
        file.and_then(|file| self.attachments.get(&file)).copied().unwrap_or(0)
    }

    /// Whether the machine of an index attaches a disk file that is attached elsewhere as well.
    #[must_use]
    pub fn attaches_a_disk_of_another(&self, index: usize) -> bool {
        self.shared.get(index).is_some_and(|shared| shared.disk)
    }

    /// Whether another machine bears the name of the machine of an index.
    #[must_use]
    pub fn shares_its_name(&self, index: usize) -> bool {
        self.shared.get(index).is_some_and(|shared| shared.name)
    }
}

/// Where a disk's path is valid, and the path, both in lower case.
///
/// The same local path on two hosts names two files; on a share, or on one cluster's storage, it names one.
fn disk_file(estate: &Estate, vm: &Vm, disk: &Disk) -> Option<(String, String)> {
    let path = disk.path.value()?.to_lowercase();
    let host = vm.host_index.and_then(|index| estate.hosts.get(index));
    let cluster = vm.cluster.value().or_else(|| host?.cluster.value());
    let scope = if path.starts_with(r"\\") {
        None
    } else if path.get(1..).is_some_and(|rest| rest.starts_with(r":\clusterstorage\")) && cluster.is_some() {
        cluster
    } else {
        vm.host.value()
    };
    Some((scope.map_or_else(String::new, |name| name.to_lowercase()), path))
}
