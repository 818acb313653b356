//! What a check sees beside its subject: the estate, the catalogue, the date, and indexes over them.

use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use crate::catalogue::Sizes;
use crate::model::{Cloud, Estate, Host, Name, Vm, VmmServer};

/// What a check sees beside its subject.
#[derive(Debug)]
pub struct Context<'a> {
    /// The whole estate.
    pub estate: &'a Estate,
    /// The date that lifecycles are compared with.
    pub as_of: Date,
    /// The Azure sizes that a machine may become.
    pub sizes: &'a Sizes,
    /// For each disk path or ID, lower case, how many machines have it.
    disk_owners: FxHashMap<String, u32>,
    /// For each machine name, lower case, how many machines bear it.
    names: FxHashMap<String, u32>,
    /// For each MAC address, how many adapters have it.
    macs: FxHashMap<Name, u32>,
}

impl<'a> Context<'a> {
    /// Indexes an estate, with the sizes built into Klar.
    #[must_use]
    pub fn new(estate: &'a Estate, as_of: Date) -> Self {
        let mut context = Self {
            estate,
            as_of,
            sizes: Sizes::embedded(),
            disk_owners: FxHashMap::default(),
            names: FxHashMap::default(),
            macs: FxHashMap::default(),
        };
        for vm in &estate.vms {
            *context.names.entry(vm.shown_name().to_lowercase()).or_default() += 1;
            for nic in &vm.nics {
                if let Some(mac) = nic.mac.value() {
                    *context.macs.entry(Arc::clone(mac)).or_default() += 1;
                }
            }
            for disk in &vm.disks {
                if let Some(path) = disk.path.value() {
                    *context.disk_owners.entry(path.to_lowercase()).or_default() += 1;
                }
            }
        }
        context
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

    /// How many adapters have a MAC address.
    #[must_use]
    pub fn adapters_with(&self, mac: &str) -> u32 {
        self.macs.get(mac).copied().unwrap_or(0)
    }

    /// How many times machines attach a disk path, whatever its case.
    #[must_use]
    pub fn attachments_of(&self, path: &str) -> u32 {
        self.disk_owners.get(&path.to_lowercase()).copied().unwrap_or(0)
    }
}
