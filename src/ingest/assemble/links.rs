//! Which machine is on which host, in which cluster, cloud and group: indexes between the subjects.

use rustc_hash::FxHashMap;

use super::servers::Servers;
use crate::model::{Cloud, Estate, Fact, Name};

/// Links the subjects of a whole estate.
pub(super) fn link(estate: &mut Estate) {
    link_hosts(estate);
    link_groups(estate);
    link_clouds(estate);
    link_machines(estate);
}

fn servers<'a>(names: impl Iterator<Item = &'a Fact<Name>>) -> Servers {
    let mut servers = Servers::default();
    for (number, name) in names.enumerate() {
        if let Some(name) = name.value() {
            servers.add(name, number);
        }
    }
    servers
}

fn find(servers: &Servers, name: &Fact<Name>) -> Option<usize> {
    name.value().and_then(|name| servers.find(name))
}

fn link_hosts(estate: &mut Estate) {
    let clusters = servers(estate.clusters.iter().map(|cluster| &cluster.name));
    let vmm = servers(estate.vmm_servers.iter().map(|server| &server.name));
    let hosts = servers(estate.hosts.iter().map(|host| &host.name));
    let mut cluster_of_node: FxHashMap<usize, usize> = FxHashMap::default();
    for (number, cluster) in estate.clusters.iter().enumerate() {
        for node in cluster.nodes.value().into_iter().flatten() {
            if let Some(host) = hosts.find(node) {
                cluster_of_node.entry(host).or_insert(number);
            }
        }
    }
    for (number, host) in estate.hosts.iter_mut().enumerate() {
        host.cluster_index = find(&clusters, &host.cluster).or_else(|| cluster_of_node.get(&number).copied());
        if let Some(cluster) = host.cluster_index {
            estate.clusters[cluster].hosts.push(number);
        }
        host.vmm_index = find(&vmm, &host.vmm_server);
        if let Some(server) = host.vmm_index {
            estate.vmm_servers[server].hosts.push(number);
        }
    }
}

/// Hosts to the host groups that their paths name.
fn link_groups(estate: &mut Estate) {
    let mut by_name: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (number, group) in estate.host_groups.iter().enumerate() {
        let path = group.path.value().map(|path| path.to_lowercase());
        let name = group.name.value().map(|name| name.to_lowercase()).filter(|name| Some(name) != path.as_ref());
        for key in path.into_iter().chain(name) {
            by_name.entry(key).or_default().push(number);
        }
    }
    let only = |name: &str| by_name.get(name).filter(|alike| alike.len() == 1).map(|alike| alike[0]);
    for (number, host) in estate.hosts.iter_mut().enumerate() {
        let Some(path) = host.group.value().map(|path| path.to_lowercase()) else { continue };
        host.group_index = only(&path).or_else(|| {
            let last = last_part(&path);
            only(last).filter(|group| last == path || !estate.host_groups[*group].path.is_known())
        });
        if let Some(group) = host.group_index {
            estate.host_groups[group].hosts.push(number);
        }
    }
    for group in &mut estate.host_groups {
        let Some(path) = group.path.value().or(group.name.value()).cloned() else { continue };
        group.clouds = holding(&estate.clouds, &path);
    }
}

fn last_part(path: &str) -> &str {
    path.rsplit('\\').next().unwrap_or(path)
}

/// The clouds that hold a host group or one of its parents.
fn holding(clouds: &[Cloud], path: &str) -> Vec<usize> {
    let holds = |cloud: &Cloud| cloud.host_groups.value().into_iter().flatten().any(|group| is_within(path, group));
    clouds.iter().enumerate().filter(|(_, cloud)| holds(cloud)).map(|(number, _)| number).collect()
}

/// Whether a host group path is a group's own or below it; a group given by name alone is any part of the path.
fn is_within(path: &str, group: &str) -> bool {
    let (path, group) = (path.to_lowercase(), group.to_lowercase());
    if !group.contains('\\') {
        return path.split('\\').any(|part| part == group);
    }
    if !path.contains('\\') {
        return last_part(&group) == path;
    }
    path.strip_prefix(&group).is_some_and(|rest| rest.is_empty() || rest.starts_with('\\'))
}

fn link_clouds(estate: &mut Estate) {
    let vmm = servers(estate.vmm_servers.iter().map(|server| &server.name));
    for (number, cloud) in estate.clouds.iter_mut().enumerate() {
        cloud.vmm_index = find(&vmm, &cloud.vmm_server);
        if let Some(server) = cloud.vmm_index {
            estate.vmm_servers[server].clouds.push(number);
        }
    }
    let mut known: FxHashMap<Name, Vec<usize>> = FxHashMap::default();
    for (number, host) in estate.hosts.iter_mut().enumerate() {
        if let Some(path) = host.group.value() {
            host.cloud_indexes = known.entry(path.clone()).or_insert_with(|| holding(&estate.clouds, path)).clone();
        }
        for cloud in &host.cloud_indexes {
            estate.clouds[*cloud].hosts.push(number);
        }
    }
}

fn link_machines(estate: &mut Estate) {
    let hosts = servers(estate.hosts.iter().map(|host| &host.name));
    let clusters = servers(estate.clusters.iter().map(|cluster| &cluster.name));
    let vmm = servers(estate.vmm_servers.iter().map(|server| &server.name));
    let mut clouds: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (number, cloud) in estate.clouds.iter().enumerate() {
        if let Some(name) = cloud.name.value() {
            clouds.entry(name.to_lowercase()).or_default().push(number);
        }
    }
    for (number, vm) in estate.vms.iter_mut().enumerate() {
        vm.host_index = find(&hosts, &vm.host);
        let host = vm.host_index.map(|host| &mut estate.hosts[host]);
        vm.vmm_index = find(&vmm, &vm.vmm_server).or_else(|| host.as_ref().and_then(|host| host.vmm_index));
        vm.cluster_index = find(&clusters, &vm.cluster).or_else(|| host.as_ref().and_then(|host| host.cluster_index));
        if let Some(host) = host {
            host.vms.push(number);
        }
        if let Some(cluster) = vm.cluster_index {
            estate.clusters[cluster].vms.push(number);
        }
        if let Some(server) = vm.vmm_index {
            estate.vmm_servers[server].vms.push(number);
        }
        let alike = vm.cloud.value().and_then(|name| clouds.get(&name.to_lowercase()));
        vm.cloud_index = match alike.map(Vec::as_slice) {
            None | Some([]) => None,
            Some([one]) => Some(*one),
            Some(several) => {
                let mut on_server = several
                    .iter()
                    .filter(|cloud| vm.vmm_index.is_some() && estate.clouds[**cloud].vmm_index == vm.vmm_index);
                on_server.next().filter(|_| on_server.next().is_none()).copied()
            }
        };
        if let Some(cloud) = vm.cloud_index {
            estate.clouds[cloud].vms.push(number);
        }
    }
}
