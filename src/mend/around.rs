//! The part of an estate that what is judged of one machine rests on.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Estate, Vm};

/// An estate of a machine, which is its first, with those that bear its name or attach a disk of its: what a check may ask
/// of other machines. Whatever it stands on is as it was.
pub(super) fn around(estate: &Estate, machine: usize) -> Estate {
    let vm = &estate.vms[machine];
    let name = vm.shown_name().to_lowercase();
    let disks: BTreeSet<String> = paths(vm).collect();
    let is_near = |other: &Vm| {
        other.shown_name().to_lowercase() == name
            || (!disks.is_empty() && paths(other).any(|path| disks.contains(&path)))
    };
    let others = (0..estate.vms.len()).filter(|index| *index != machine && is_near(&estate.vms[*index]));
    let picked: Vec<usize> = std::iter::once(machine).chain(others).collect();
    let places: BTreeMap<usize, usize> = picked.iter().enumerate().map(|(place, index)| (*index, place)).collect();
    let mut part = Estate {
        vms: picked.iter().map(|index| estate.vms[*index].clone()).collect(),
        hosts: estate.hosts.clone(),
        clusters: estate.clusters.clone(),
        clouds: estate.clouds.clone(),
        host_groups: estate.host_groups.clone(),
        vmm_servers: estate.vmm_servers.clone(),
        azure: estate.azure.clone(),
        files: estate.files.clone(),
        tables: estate.tables.clone(),
        ..Estate::default()
    };
    let lists = (part.hosts.iter_mut().map(|host| &mut host.vms))
        .chain(part.clusters.iter_mut().map(|cluster| &mut cluster.vms))
        .chain(part.clouds.iter_mut().map(|cloud| &mut cloud.vms))
        .chain(part.vmm_servers.iter_mut().map(|server| &mut server.vms));
    for list in lists {
        *list = list.iter().filter_map(|index| places.get(index).copied()).collect();
    }
    part
}

fn paths(vm: &Vm) -> impl Iterator<Item = String> {
    vm.disks.iter().filter_map(|disk| disk.path.value()).map(|path| path.to_lowercase())
}
