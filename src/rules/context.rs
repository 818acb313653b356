//! What a check sees beside its subject: the estate, the catalogue, the date, and indexes over them.

use std::hash::Hash;

use jiff::civil::Date;
use rustc_hash::{FxBuildHasher, FxHashMap};

use super::estate_index::EstateIndex;
use crate::catalogue::{Catalogue, Regions, Releases, Sizes};
use crate::model::{AnyCase, Cloud, Disk, Estate, Host, Vm, VmmServer};

/// What a check sees beside its subject.
#[derive(Debug)]
pub struct Context<'a> {
    /// The whole estate.
    pub estate: &'a Estate,
    /// The date that lifecycles are compared with.
    pub as_of: Date,
    /// The Azure sizes that a machine may become.
    pub sizes: &'a Sizes,
    /// The Azure regions.
    pub regions: &'a Regions,
    /// The releases of hosts and of Virtual Machine Manager.
    pub releases: &'a Releases,
    /// For each disk file, by where its path is valid and its path, how many times it is attached.
    attachments: Tally<DiskFile<'a>>,
    /// For each machine name, how many machines bear it.
    names: Tally<AnyCase<'a>>,
    /// What checks ask of the estate as a whole.
    pub(super) whole: EstateIndex,
    /// For each machine, what it has in common with another.
    shared: Vec<Shared>,
}

/// The lists of a catalogue that checks ask.
type Lists<'a> = (&'a Sizes, &'a Regions, &'a Releases);

/// What a machine has in common with another.
#[derive(Clone, Copy, Debug, Default)]
struct Shared {
    name: bool,
    disk: bool,
}

impl<'a> Context<'a> {
    /// Indexes an estate, with what Klar itself knows of Azure and of hosts.
    #[must_use]
    pub fn new(estate: &'a Estate, as_of: Date) -> Self {
        let lists = (Sizes::embedded(), Regions::embedded(), Releases::embedded());
        Self::with_lists(estate, as_of, lists)
    }

    /// Indexes an estate, with the lists of a catalogue.
    #[must_use]
    pub fn with_catalogue(estate: &'a Estate, as_of: Date, catalogue: &'a Catalogue) -> Self {
        let lists = (&catalogue.sizes, &catalogue.regions, &catalogue.releases);
        Self::with_lists(estate, as_of, lists)
    }

    fn with_lists(estate: &'a Estate, as_of: Date, lists: Lists<'a>) -> Self {
        let (sizes, regions, releases) = lists;
        let mut shared = vec![Shared::default(); estate.vms.len()];
        let vms = || estate.vms.iter().enumerate();
        let borne = vms().map(|(index, vm)| (AnyCase(vm.shown_name()), index));
        let names = Tally::of(estate.vms.len(), borne, |_, _, _| true, |index| shared[index].name = true);
        let attached = vms().flat_map(|(index, vm)| {
            vm.disks.iter().filter_map(move |disk| Some((disk_file(estate, vm, disk)?, index)))
        });
        let attached_count = estate.vms.iter().map(|vm| vm.disks.len()).sum();
        // Machines of one name may be of two clusters, neither of which is named.
        let name = |index: usize| AnyCase(estate.vms[index].shown_name());
        let is_another = |file: &DiskFile<'_>, first, index| file.0 != UNNAMED_CLUSTER || name(first) != name(index);
        let attachments = Tally::of(attached_count, attached, is_another, |index| shared[index].disk = true);
        let whole = EstateIndex::new(estate);
        Self { estate, as_of, sizes, regions, releases, attachments, names, whole, shared }
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
        self.names.count(&AnyCase(name))
    }

    /// How many times machines attach a disk's file; 0 while its path is not known.
    #[must_use]
    pub fn attachments(&self, vm: &Vm, disk: &Disk) -> u32 {
        let file = disk_file(self.estate, vm, disk);
        file.map_or(0, |file| self.attachments.count(&file))
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

/// Stands for the cluster of hosts that no input gives a cluster.
const UNNAMED_CLUSTER: AnyCase<'static> = AnyCase("\u{0}");

/// A disk's file: where its path is valid, and the path.
type DiskFile<'a> = (AnyCase<'a>, AnyCase<'a>);

/// The file of a disk, when its path is known and what holds the file is known as well.
///
/// On a share, or on one cluster's storage, a path names one file; the same local path on two hosts names two, and one
/// whose host is not known may be any file.
fn disk_file<'a>(estate: &'a Estate, vm: &'a Vm, disk: &'a Disk) -> Option<DiskFile<'a>> {
    const CLUSTER_STORAGE: &str = r":\clusterstorage\";
    let path = disk.path.value()?;
    if path.starts_with(r"\\") {
        return Some((AnyCase(""), AnyCase(path)));
    }
    let host = vm.host_index.and_then(|index| estate.hosts.get(index));
    let is_clustered =
        path.get(1..=CLUSTER_STORAGE.len()).is_some_and(|part| AnyCase(part) == AnyCase(CLUSTER_STORAGE));
    let cluster = vm.cluster.value().or_else(|| host?.cluster.value()).filter(|_| is_clustered);
    let named = || host.and_then(|host| host.name.value()).or(vm.host.value());
    let scope = match cluster {
        Some(cluster) => AnyCase(cluster),
        None if is_clustered => named().map(|_| UNNAMED_CLUSTER)?,
        None => AnyCase(named()?),
    };
    Some((scope, AnyCase(path)))
}

/// How often each of some things was met.
#[derive(Debug)]
struct Tally<K>(FxHashMap<K, Met>);

/// How often a thing was met, and the machine it was met at first.
#[derive(Clone, Copy, Debug)]
struct Met {
    count: u32,
    first: usize,
}

impl<K: Eq + Hash> Tally<K> {
    /// Counts things, each with the index of its machine; `repeated` hears of each machine whose thing another has too.
    fn of(
        expected: usize,
        things: impl Iterator<Item = (K, usize)>,
        is_another: impl Fn(&K, usize, usize) -> bool,
        mut repeated: impl FnMut(usize),
    ) -> Self {
        let mut met: FxHashMap<K, Met> = FxHashMap::with_capacity_and_hasher(expected, FxBuildHasher);
        for (thing, index) in things {
            if met.get(&thing).is_some_and(|known| !is_another(&thing, known.first, index)) {
                continue;
            }
            let known = met.entry(thing).or_insert(Met { count: 0, first: index });
            known.count += 1;
            if known.count > 1 {
                repeated(known.first);
                repeated(index);
            }
        }
        Self(met)
    }

    fn count(&self, thing: &K) -> u32 {
        self.0.get(thing).map_or(0, |met| met.count)
    }
}
