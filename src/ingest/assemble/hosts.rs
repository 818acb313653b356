//! Hosts and failover clusters, and the rows that tell more of them.

use super::assembly::{Assembly, Fate};
use super::computers::Begins;
use super::conflicts;
use super::exclude;
use super::servers::Servers;
use super::stage::{Label, Part, Put, Table, readers};
use crate::ingest::columns::{ColumnUse, RowKind};
use crate::model::{Cluster, Fact, Field, Host, LeftOutKind, Missing, Name, Origin, Why};

impl Part for Host {
    fn start(seen: Origin) -> Self {
        Self::seen_at(seen)
    }

    fn label(&self) -> Label {
        Label::of(LeftOutKind::Host, &self.name)
    }

    fn reader(used: ColumnUse) -> Option<Put<Self>> {
        readers! { used.field;
            HostName => name = name;
            HostId => id = guid;
            HostOs => os = text;
            HostOsVersion => os_version = version;
            HyperVVersion => hyperv_version = version;
            HostState => state = text;
            HostGroupOfHost => group = text;
            HostCluster => cluster = text;
            HostVmmServer => vmm_server = server;
            HostPlatform => platform = text;
            HostFixes => fixes = upper_list;
            HostUpToDate => up_to_date = yes_no;
            HostDotNet => dotnet = text;
            HostInternet => internet = yes_no;
            HostIpv6 => ipv6 = yes_no;
            HostProvider => provider = text;
            HostBackupTool => backup_tool = text;
            HostMemory => memory = memory;
            HostProcessors => processors = positive;
            HostAgent => agent = text;
        }
    }
}

/// A row of a cluster table; a table of nodes has one node in each row.
pub(super) struct ClusterRow {
    pub cluster: Cluster,
    node: Fact<Name>,
}

impl Part for ClusterRow {
    fn start(seen: Origin) -> Self {
        Self { cluster: Cluster::seen_at(seen), node: Fact::absent(Field::HostName) }
    }

    fn label(&self) -> Label {
        Label {
            name: self.cluster.name.value().or(self.node.value()).cloned(),
            ..Label::of(LeftOutKind::Cluster, &self.node)
        }
    }

    fn reader(used: ColumnUse) -> Option<Put<Self>> {
        readers! { used.field;
            ClusterName => cluster.name = name;
            ClusterHostGroup => cluster.group = text;
            ClusterNodes => cluster.nodes = list;
            ClusterBroker => cluster.replica_broker = yes_no;
            HostName => node = text;
        }
    }
}

/// Takes every table of hosts and clusters.
pub(super) fn take(assembly: &mut Assembly, tables: &[Table<'_>]) {
    let of = |kind: RowKind| tables.iter().filter(move |table| table.recognised.rows == kind);
    let has = |kind: RowKind| of(kind).any(|table| !table.data().is_empty());
    let mut hosts = Servers::default();
    of(RowKind::Host).for_each(|table| take_hosts(assembly, table, &mut hosts, true));
    let begins = !has(RowKind::Host);
    assembly.take_listed_hosts(&mut hosts, |assembly, host, hosts| place_host(assembly, host, hosts, true));
    of(RowKind::HostDetail).for_each(|table| take_hosts(assembly, table, &mut hosts, begins));
    assembly.take_held_computers(&mut hosts, |assembly, host, hosts, begins| {
        place_host(assembly, host, hosts, begins == Begins::Yes)
    });
    let mut clusters = Servers::default();
    of(RowKind::Cluster).for_each(|table| take_clusters(assembly, table, &mut clusters, true));
    let begins = !has(RowKind::Cluster);
    of(RowKind::ClusterDetail).for_each(|table| take_clusters(assembly, table, &mut clusters, begins));
    name_clusters(assembly, &mut clusters);
}

fn take_hosts(assembly: &mut Assembly, table: &Table<'_>, hosts: &mut Servers, begins: bool) {
    assembly.rows(table, |assembly, row, _| place_host(assembly, row, hosts, begins));
}

fn place_host(assembly: &mut Assembly, mut host: Host, hosts: &mut Servers, begins: bool) -> Fate {
    unsay_placeholders(&mut host);
    let Some(name) = host.name.value().cloned() else { return Fate::Out(exclude::NAMELESS.into()) };
    let asked = assembly.include.contains(&exclude::asked_for_as(&host.platform));
    if let Some(reason) = exclude::other_hypervisor(&host.platform).filter(|_| !asked) {
        if let Some(platform) = host.platform.value() {
            assembly.foreign_hosts.push((name, platform.clone(), exclude::asked_for_as(&host.platform)));
        }
        return Fate::Out(reason);
    }
    let known = &mut assembly.estate.hosts;
    match hosts.find(&name) {
        Some(number) if begins && known[number].seen.table == host.seen.table => {
            Fate::Out(exclude::DUPLICATE_NAME.into())
        }
        Some(number) => {
            join_lists(&mut known[number].fixes, &mut host.fixes);
            conflicts::take_host(&mut known[number], host, &assembly.ages, &mut assembly.doubts);
            Fate::Joined
        }
        None if begins => {
            hosts.add(&name, known.len());
            known.push(host);
            Fate::Subject
        }
        None => Fate::Out("no host of that name".into()),
    }
}

/// Adds to a known list what another row's list has beside it.
fn join_lists(known: &mut Fact<Vec<Name>>, other: &mut Fact<Vec<Name>>) {
    if let (Fact::Known(known), Fact::Known(other)) = (known, other) {
        let new: Vec<Name> = other.value.drain(..).filter(|item| !known.value.contains(item)).collect();
        known.value.extend(new);
    }
}

/// A host that does not answer VMM shows placeholders for what VMM does not know.
fn unsay_placeholders(host: &mut Host) {
    let silent = host.state.value().is_some_and(|state| {
        let letters: String = state.chars().filter(char::is_ascii_alphabetic).collect();
        letters.eq_ignore_ascii_case("NotResponding")
    });
    let version_is_none = matches!(&host.hyperv_version, Fact::Missing(Missing { why: Why::Unsaid(_), .. }));
    if silent || version_is_none {
        unsay(&mut host.os, Field::HostOs);
        unsay(&mut host.os_version, Field::HostOsVersion);
        unsay(&mut host.hyperv_version, Field::HyperVVersion);
    }
}

fn unsay(fact: &mut Fact<Name>, field: Field) {
    if let Fact::Known(known) = fact {
        *fact = Fact::Missing(Missing { field, why: Why::Unsaid(known.origin) });
    }
}

fn take_clusters(assembly: &mut Assembly, table: &Table<'_>, clusters: &mut Servers, begins: bool) {
    assembly.rows(table, |assembly, row, _| place_cluster(&mut assembly.estate.clusters, row, clusters, begins));
}

fn place_cluster(known: &mut Vec<Cluster>, row: ClusterRow, clusters: &mut Servers, begins: bool) -> Fate {
    let ClusterRow { mut cluster, node } = row;
    if let Fact::Known(node) = node {
        cluster.nodes.fill(Fact::known(vec![node.value], node.origin));
    }
    let number = match cluster.name.value() {
        Some(name) => clusters.find(name),
        // A row about a cluster's node or resource that names none speaks of the only one there is.
        None if known.len() == 1 => Some(0),
        None => return Fate::Out(exclude::NAMELESS.into()),
    };
    match number {
        Some(number) => {
            join_lists(&mut known[number].nodes, &mut cluster.nodes);
            known[number].fill(cluster);
            Fate::Joined
        }
        None if begins => {
            let name = cluster.name.value().cloned().expect("a cluster without a name was left out above");
            clusters.add(&name, known.len());
            known.push(cluster);
            Fate::Subject
        }
        None => Fate::Out("no cluster of that name".into()),
    }
}

/// A cluster that only its hosts name is a cluster all the same.
fn name_clusters(assembly: &mut Assembly, clusters: &mut Servers) {
    let known = &mut assembly.estate.clusters;
    for host in &assembly.estate.hosts {
        if let Fact::Known(name) = &host.cluster
            && clusters.find(&name.value).is_none()
        {
            clusters.add(&name.value, known.len());
            let mut cluster = Cluster::seen_at(name.origin);
            cluster.name = host.cluster.clone();
            known.push(cluster);
        }
    }
}
