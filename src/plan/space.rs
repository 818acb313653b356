//! Free space on the source side: what replication needs beside the disks of each volume, and how much is wanting.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::basis::{Amount, From};
use super::wave::Wave;
use crate::catalogue::Planning;
use crate::model::{Bytes, Estate, Field, Host, Missing, Name, Vm, Volume, Why};

/// What a volume has to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VolumePlan {
    /// The volume: its path, and where it is valid.
    pub path: Name,
    /// The host or cluster, as the export spells it; none for a share.
    pub host: Option<Name>,
    /// What is free on it.
    pub free: Result<Bytes, Missing>,
    /// What it needs in each wave that has a disk on it.
    pub waves: Vec<VolumeNeed>,
    /// Disks on it whose size is not known, so that it needs more than is said.
    pub unknown_disks: u32,
    /// How many waves its machines would take if as many were copied at a time as it has room for; none when a single
    /// machine is too much for it, or its free space is not known.
    pub batches_that_fit: Option<u32>,
}

/// What a wave needs of a volume.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VolumeNeed {
    /// The wave, from 1.
    pub wave: u32,
    /// What the changes of earlier waves may take by then.
    pub held: Bytes,
    /// What the first copy of the wave's disks may take.
    pub initial: Amount<Bytes>,
    /// What the changes of the wave's disks may take.
    pub delta: Amount<Bytes>,
    /// The same by the change of a day over the days of the first copy, where it is known.
    pub by_change: Option<Amount<Bytes>>,
    /// What is wanting; none while the free space is not known.
    pub short: Option<Bytes>,
}

const WORST: &[From] = &[From::Fact(Field::DiskSize), From::Document("planner-report")];
const BY_CHANGE: &[From] = &[From::Fact(Field::DailyChange), From::Wish("bandwidth_mbit")];

/// Where a disk lies: the volume's scope and path, both in lower case, and as spelled.
type Key = (String, String);

/// The volumes that hold disks of the machines planned.
#[derive(Debug, Default)]
struct Volumes {
    known: BTreeMap<Key, Held>,
}

/// What lies on a volume.
#[derive(Debug, Default)]
struct Held {
    path: Option<Name>,
    host: Option<Name>,
    /// By wave: the bytes of its disks, and of each machine.
    waves: BTreeMap<u32, Vec<(u32, u64)>>,
    unknown: u32,
}

/// Plans the volumes of an estate. `change` gives the change of a machine in a day, `days` the days of a wave's copy.
pub(super) fn plan(
    estate: &Estate,
    waves: &[Wave],
    facts: &Planning,
    change: impl Fn(u32) -> Option<u64>,
    days: impl Fn(u32) -> Option<u64>,
) -> Vec<VolumePlan> {
    let places = Places::of(estate);
    let mut volumes = Volumes::default();
    for wave in waves {
        for seat in &wave.machines {
            volumes.add(estate, &places, &estate.vms[seat.machine as usize], seat.machine, wave.number);
        }
    }
    let exported = index(estate, &places);
    let plans = volumes.known.into_iter().map(|(key, held)| {
        let free = exported.get(&key).map_or(Err(ABSENT), |volume| volume.free.need().map(|known| known.value));
        volume(held, free, facts, &change, &days)
    });
    plans.collect()
}

const ABSENT: Missing = Missing { field: Field::VolumeFree, why: Why::Absent };

/// The volumes of the export by scope and path; a volume of no host is one that every host has.
fn index<'e>(estate: &'e Estate, places: &Places) -> BTreeMap<Key, &'e Volume> {
    let mut index = BTreeMap::new();
    for volume in &estate.volumes {
        let Some(path) = volume.name.value() else { continue };
        let scope = volume.host.value().map_or(String::new(), |host| places.scope(host, path));
        index.entry((scope, volume_path(path))).or_insert(volume);
    }
    index
}

/// The cluster of each host, both by the first part of their names in lower case.
#[derive(Debug)]
struct Places(FxHashMap<String, String>);

impl Places {
    fn of(estate: &Estate) -> Self {
        let pair = |host: &Host| Some((label(host.name.value()?), label(host.cluster.value()?)));
        Self(estate.hosts.iter().filter_map(pair).collect())
    }

    /// The scope in which a path of a host is valid: a share everywhere, cluster storage in the cluster, else the host.
    fn scope(&self, host: &str, path: &str) -> String {
        if path.starts_with(r"\\") && !path.starts_with(r"\\?\") && !path.starts_with(r"\\.\") {
            return String::new();
        }
        let host = label(host);
        let cluster = self.0.get(&host).filter(|_| is_cluster_storage(path));
        cluster.cloned().unwrap_or(host)
    }
}

fn label(name: &str) -> String {
    name.split('.').next().unwrap_or(name).to_lowercase()
}

fn is_cluster_storage(path: &str) -> bool {
    path.get(1..).is_some_and(|rest| rest.to_lowercase().starts_with(r":\clusterstorage\"))
}

/// The part of a path that names its volume: `c:\clusterstorage\volume1`, `d:`, `\\server\share`.
fn volume_path(path: &str) -> String {
    let lower = path.trim().to_lowercase().replace('/', "\\");
    let parts: Vec<&str> = lower.trim_end_matches('\\').split('\\').collect();
    if lower.starts_with(r"\\") {
        return parts.iter().take(4).copied().collect::<Vec<_>>().join("\\");
    }
    if is_cluster_storage(&lower) {
        return parts.iter().take(3).copied().collect::<Vec<_>>().join("\\");
    }
    let first = parts.first().copied().unwrap_or_default();
    if first.len() == 1 { format!("{first}:") } else { first.to_owned() }
}

impl Volumes {
    fn add(&mut self, estate: &Estate, places: &Places, vm: &Vm, machine: u32, wave: u32) {
        let cluster =
            vm.cluster_index.and_then(|index| estate.clusters.get(index)).and_then(|known| known.name.value());
        let host = vm.host.value();
        for disk in &vm.disks {
            let Some(path) = disk.path.value() else { continue };
            let owner = if is_cluster_storage(path) { vm.cluster.value().or(cluster).or(host) } else { host };
            let scope = owner.map_or(String::new(), |owner| places.scope(owner, path));
            let held = self.known.entry((scope, volume_path(path))).or_default();
            held.path.get_or_insert_with(|| volume_as_spelled(path).into());
            if held.host.is_none() && !path.starts_with(r"\\") {
                held.host = owner.cloned();
            }
            match disk.size.value() {
                Some(size) => {
                    let machines = held.waves.entry(wave).or_default();
                    match machines.iter_mut().find(|(known, _)| *known == machine) {
                        Some((_, bytes)) => *bytes = bytes.saturating_add(size.0),
                        None => machines.push((machine, size.0)),
                    }
                }
                None => held.unknown += 1,
            }
        }
    }
}

/// The volume's part of a path, in the path's own letters.
fn volume_as_spelled(path: &str) -> String {
    let length = volume_path(path).chars().count();
    path.trim().chars().take(length).collect()
}

fn share(bytes: u64, percent: u64) -> u64 {
    u64::try_from((u128::from(bytes) * u128::from(percent)).div_ceil(100)).unwrap_or(u64::MAX)
}

fn volume(
    held: Held,
    free: Result<Bytes, Missing>,
    facts: &Planning,
    change: &impl Fn(u32) -> Option<u64>,
    days: &impl Fn(u32) -> Option<u64>,
) -> VolumePlan {
    let (initial_share, delta_share) = (facts.initial_space_percent.value, facts.delta_space_percent.value);
    let mut taken = 0_u64;
    let mut needs = Vec::new();
    for (wave, machines) in &held.waves {
        let bytes: u64 = machines.iter().map(|(_, bytes)| bytes).sum();
        let (initial, delta) = (share(bytes, initial_share), share(bytes, delta_share));
        let by_change = days(*wave).and_then(|days| {
            let mut sum = 0_u64;
            for (machine, bytes) in machines {
                sum = sum.saturating_add(change(*machine)?.saturating_mul(days).min(share(*bytes, initial_share)));
            }
            Some(Amount::estimated(Bytes(sum), BY_CHANGE))
        });
        let short = free.ok().map(|free| {
            let left = free.0.saturating_sub(taken);
            Bytes(initial.max(delta).saturating_sub(left))
        });
        needs.push(VolumeNeed {
            wave: *wave,
            held: Bytes(taken),
            initial: Amount::estimated(Bytes(initial), WORST),
            delta: Amount::estimated(Bytes(delta), WORST),
            by_change,
            short,
        });
        taken = taken.saturating_add(delta);
    }
    let machines: Vec<u64> = held.waves.values().flatten().map(|(_, bytes)| *bytes).collect();
    let batches_that_fit = free.ok().and_then(|free| batches(&machines, free.0, initial_share, delta_share));
    VolumePlan {
        path: held.path.unwrap_or_else(|| Name::from("")),
        host: held.host,
        free,
        waves: needs,
        unknown_disks: held.unknown,
        batches_that_fit,
    }
}

/// How many batches machines take, in their order, when each batch's first copies must fit beside the changes of those
/// before; `None` when some machine never fits.
fn batches(machines: &[u64], free: u64, initial_share: u64, delta_share: u64) -> Option<u32> {
    let (mut count, mut held, mut copying, mut changing) = (0_u32, 0_u64, 0_u64, 0_u64);
    for bytes in machines {
        let (initial, delta) = (share(*bytes, initial_share), share(*bytes, delta_share));
        if count == 0 || held.saturating_add(copying).saturating_add(initial) > free {
            count += 1;
            held = held.saturating_add(changing);
            (copying, changing) = (0, 0);
            if held.saturating_add(initial.max(delta)) > free {
                return None;
            }
        }
        copying = copying.saturating_add(initial);
        changing = changing.saturating_add(delta);
    }
    Some(count)
}
