//! VMM clouds, host groups and management servers.

use rustc_hash::FxHashMap;

use super::assembly::{Assembly, Fate};
use super::exclude;
use super::servers::Servers;
use super::stage::{Label, Part, Put, Table, readers};
use crate::ingest::columns::{ColumnUse, RowKind};
use crate::model::{Cloud, Estate, Fact, HostGroup, LeftOutKind, Name, Origin, VmmServer};

impl Part for Cloud {
    fn start(seen: Origin) -> Self {
        Self::seen_at(seen)
    }

    fn label(&self) -> Label {
        Label::of(LeftOutKind::Cloud, &self.name)
    }

    fn reader(used: ColumnUse) -> Option<Put<Self>> {
        readers! { used.field;
            CloudName => name = name;
            CloudId => id = guid;
            CloudHostGroups => host_groups = list;
            CloudVmmServer => vmm_server = server;
        }
    }
}

impl Part for HostGroup {
    fn start(seen: Origin) -> Self {
        Self::seen_at(seen)
    }

    fn label(&self) -> Label {
        Label::of(LeftOutKind::HostGroup, if self.path.is_known() { &self.path } else { &self.name })
    }

    fn reader(used: ColumnUse) -> Option<Put<Self>> {
        readers! { used.field;
            GroupName => name = name;
            GroupPath => path = text;
            GroupVmmServer => vmm_server = server;
        }
    }
}

impl Part for VmmServer {
    fn start(seen: Origin) -> Self {
        Self::seen_at(seen)
    }

    fn label(&self) -> Label {
        Label::of(LeftOutKind::VmmServer, &self.name)
    }

    fn reader(used: ColumnUse) -> Option<Put<Self>> {
        readers! { used.field;
            VmmName => name = server;
            VmmVersion => version = text;
            VmmOs => os = text;
            VmmInternet => internet = yes_no;
            VmmUpgraded => upgraded = yes_no;
        }
    }
}

/// Takes every table of clouds, host groups and VMM servers.
pub(super) fn take(assembly: &mut Assembly, tables: &[Table<'_>]) {
    let of = |kind: RowKind| tables.iter().filter(move |table| table.recognised.rows == kind);
    let mut clouds = FxHashMap::default();
    of(RowKind::Cloud).for_each(|table| {
        assembly.rows(table, |assembly, row, _| place_cloud(&mut assembly.estate.clouds, row, &mut clouds));
    });
    let mut groups = FxHashMap::default();
    of(RowKind::HostGroup).for_each(|table| {
        assembly.rows(table, |assembly, row, _| place_group(&mut assembly.estate.host_groups, row, &mut groups));
    });
    let mut servers = Servers::default();
    of(RowKind::VmmServer).for_each(|table| {
        assembly.rows(table, |assembly, row, _| place_server(&mut assembly.estate.vmm_servers, row, &mut servers));
    });
    if assembly.estate.vmm_servers.is_empty() {
        name_servers(&mut assembly.estate);
    }
}

/// A cloud is known by its GUID, else by its name and VMM server.
fn place_cloud(known: &mut Vec<Cloud>, cloud: Cloud, index: &mut FxHashMap<String, usize>) -> Fate {
    let Some(name) = cloud.name.value() else { return Fate::Out(exclude::NAMELESS.into()) };
    let server = cloud.vmm_server.value().map_or("", |server| server);
    let name = format!("{}\n{}", name.to_lowercase(), server.to_lowercase());
    let id = cloud.id.value().map(ToString::to_string);
    let found = id.as_ref().and_then(|id| index.get(id)).or_else(|| {
        let found = index.get(&name)?;
        (id.is_none() || !known[*found].id.is_known()).then_some(found)
    });
    match found.copied() {
        Some(number) if known[number].seen.table == cloud.seen.table => {
            Fate::Out(if id.is_some() { exclude::DUPLICATE_ID } else { exclude::DUPLICATE_NAME }.into())
        }
        Some(number) => {
            index.extend(id.map(|id| (id, number)));
            known[number].fill(cloud);
            Fate::Joined
        }
        None => {
            index.extend(id.into_iter().chain([name]).map(|key| (key, known.len())));
            known.push(cloud);
            Fate::Subject
        }
    }
}

/// A host group is known by its path, else by its name.
fn place_group(known: &mut Vec<HostGroup>, group: HostGroup, index: &mut FxHashMap<String, usize>) -> Fate {
    let Some(shown) = group.path.value().or(group.name.value()) else { return Fate::Out(exclude::NAMELESS.into()) };
    let server = group.vmm_server.value().map_or("", |server| server);
    let key = format!("{}\n{}", shown.to_lowercase(), server.to_lowercase());
    match index.get(&key).copied() {
        Some(number) if known[number].seen.table == group.seen.table => Fate::Out(exclude::DUPLICATE_NAME.into()),
        Some(number) => {
            known[number].fill(group);
            Fate::Joined
        }
        None => {
            index.insert(key, known.len());
            known.push(group);
            Fate::Subject
        }
    }
}

fn place_server(known: &mut Vec<VmmServer>, server: VmmServer, servers: &mut Servers) -> Fate {
    let Some(name) = server.name.value().cloned() else { return Fate::Out(exclude::NAMELESS.into()) };
    match servers.find(&name) {
        Some(number) if known[number].seen.table == server.seen.table => Fate::Out(exclude::DUPLICATE_NAME.into()),
        Some(number) => {
            known[number].fill(server);
            Fate::Joined
        }
        None => {
            servers.add(&name, known.len());
            known.push(server);
            Fate::Subject
        }
    }
}

/// Where no table lists VMM servers, those that clouds, hosts, host groups and machines name.
fn name_servers(estate: &mut Estate) {
    let named: Vec<Fact<Name>> = (estate.clouds.iter().map(|cloud| &cloud.vmm_server))
        .chain(estate.hosts.iter().map(|host| &host.vmm_server))
        .chain(estate.host_groups.iter().map(|group| &group.vmm_server))
        .chain(estate.vms.iter().map(|vm| &vm.vmm_server))
        .filter(|server| server.is_known())
        .cloned()
        .collect();
    let mut servers = Servers::default();
    for fact in named {
        if let Fact::Known(name) = &fact
            && !name.value.eq_ignore_ascii_case("localhost")
            && servers.find(&name.value).is_none()
        {
            servers.add(&name.value, estate.vmm_servers.len());
            let mut server = VmmServer::seen_at(name.origin);
            server.name = fact;
            estate.vmm_servers.push(server);
        }
    }
}
