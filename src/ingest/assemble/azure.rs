//! The Azure side: vaults, storage accounts and networks by resource, quotas, sizes and roles.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::arm::arm_id;
use super::assembly::{Assembly, Fate};
use super::azure_parts::{AzureRow, Kind, RoleRow, kind_of};
use super::exclude::{self, Reason};
use super::stage::Table;
use crate::ingest::columns::{Listed, RowKind};
use crate::model::{
    Arg, Azure, Fact, Field, Identity, Name, Network, Origin, Quota, Sku, StorageAccount, Subscription, Vault, say,
};

/// Azure subjects by their keys.
#[derive(Default)]
struct Index {
    /// By ARM ID, and by kind, name and group; both in lower case.
    resources: FxHashMap<String, usize>,
    subscriptions: FxHashMap<String, usize>,
    quotas: FxHashMap<(String, String), usize>,
}

/// Takes every table of the Azure side.
pub(super) fn take(assembly: &mut Assembly, tables: &[Table<'_>]) {
    let mut index = Index::default();
    for table in tables {
        match table.recognised.rows {
            RowKind::AzureResource => take_resources(assembly, table, &mut index),
            RowKind::Quota => take_quotas(assembly, table, &mut index),
            RowKind::Sku => assembly.rows(table, |assembly, sku, _| place_size(&mut assembly.estate.azure, sku)),
            RowKind::RoleAssignment => {
                assembly.rows(table, |assembly, row, _| place_role(&mut assembly.estate.azure, row, &mut index));
            }
            RowKind::Machine
            | RowKind::MachineDisk
            | RowKind::MachineNic
            | RowKind::Drive
            | RowKind::HardDisk
            | RowKind::Nic
            | RowKind::MachineDetail
            | RowKind::Computer
            | RowKind::Mention
            | RowKind::Host
            | RowKind::HostDetail
            | RowKind::Cluster
            | RowKind::ClusterDetail
            | RowKind::Cloud
            | RowKind::HostGroup
            | RowKind::VmmServer
            | RowKind::Volume
            | RowKind::Connection => {}
        }
    }
}

fn take_resources(assembly: &mut Assembly, table: &Table<'_>, index: &mut Index) {
    let titled = table.recognised.lists.map(kind_listed);
    let mut types = BTreeSet::new();
    let mut kinds = BTreeSet::new();
    assembly.rows(table, |assembly, mut row: AzureRow, _| {
        let azure = &mut assembly.estate.azure;
        complete(&mut row);
        let named = row.kind_of.value().cloned();
        let kind = match &named {
            Some(name) => kind_of(name),
            None => titled,
        };
        types.extend(named.as_ref().map(|name| name.to_lowercase()));
        kinds.extend(kind);
        note_subscription(azure, &row.subscription, index);
        match kind {
            None => Fate::Out(other_kind(named.as_deref())),
            Some(_) if !row.name.is_known() => Fate::Out(exclude::NAMELESS.into()),
            Some(kind) => place_resource(azure, row, kind, index),
        }
    });
    // A list of one type only may have been asked for that type; a list of several was not.
    let lists_all = titled.is_none() && types.len() > 1;
    let listed = &mut assembly.estate.azure.listed;
    let lists = |kind: Kind| lists_all || titled == Some(kind) || kinds.contains(&kind);
    listed.vaults |= lists(Kind::Vault);
    listed.storage_accounts |= lists(Kind::StorageAccount);
    listed.networks |= lists(Kind::Network);
}

const OTHER_KIND: &str = "an Azure resource of another kind";

/// Whether a type is that of Azure's own machines.
fn is_machine(name: &str) -> bool {
    let names = ["microsoft.compute/virtualmachines", "microsoft.classiccompute/virtualmachines", "virtual machine"];
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Why a resource is left out that is of no kind judged here.
fn other_kind(named: Option<&str>) -> Reason {
    match named {
        Some(name) if is_machine(name) => exclude::IN_AZURE.into(),
        Some(name) => Reason::with(OTHER_KIND, say!("it is a {kind}", kind = Arg::named(Identity::Term, name))),
        None => OTHER_KIND.into(),
    }
}

/// The kind that an export lists without naming it.
const fn kind_listed(listed: Listed) -> Kind {
    match listed {
        Listed::RecoveryVault => Kind::Vault,
        Listed::StorageAccount => Kind::StorageAccount,
        Listed::VirtualNetwork => Kind::Network,
    }
}

/// Takes from a resource's ID what the row does not say in columns of its own.
fn complete(row: &mut AzureRow) {
    if let Fact::Known(known) = &row.id {
        let id = arm_id(&known.value);
        let from_id = |text: &str| Fact::known(Name::from(text), known.origin);
        if let Some(resource_type) = id.resource_type {
            // The ID names the type in every language; what the portal shows does not.
            if row.kind_of.value().is_none_or(|shown| kind_of(shown).is_none()) {
                row.kind_of = from_id(&resource_type);
            }
        }
        if let Some(group) = id.group {
            row.group.fill(from_id(group));
        }
        if let Some(subscription) = id.subscription {
            // A GUID is surer than the display name beside it.
            row.subscription = from_id(subscription);
        }
    }
}

/// The subscription of a name or GUID, added if it is new.
fn note_subscription(azure: &mut Azure, name: &Fact<Name>, index: &mut Index) -> Option<(usize, Fate)> {
    let Fact::Known(known) = name else { return None };
    let number = azure.subscriptions.len();
    let found = *index.subscriptions.entry(known.value.to_lowercase()).or_insert(number);
    if found < number {
        return Some((found, Fate::Joined));
    }
    let mut subscription = Subscription::seen_at(known.origin);
    subscription.name = name.clone();
    azure.subscriptions.push(subscription);
    Some((number, Fate::Subject))
}

fn place_resource(azure: &mut Azure, row: AzureRow, kind: Kind, index: &mut Index) -> Fate {
    let lower = |fact: &Fact<Name>| fact.value().map(|text| text.to_lowercase());
    let name = lower(&row.name).unwrap_or_default();
    let id = lower(&row.id).map(|id| format!("{kind:?}\n{id}"));
    let named = match lower(&row.group) {
        Some(group) => format!("{kind:?}\n{name}\n{group}"),
        None => format!("{kind:?}\n{name}\n"),
    };
    let number = match kind {
        Kind::Vault => azure.vaults.len(),
        Kind::StorageAccount => azure.storage_accounts.len(),
        Kind::Network => azure.networks.len(),
    };
    let by_id = id.as_ref().and_then(|id| index.resources.get(id)).copied();
    // Two subscriptions may have a group and a network of one name each, and then their IDs differ.
    let by_name = index.resources.get(&named).copied().filter(|found| id.is_none() || !has_id(azure, kind, *found));
    let found = by_id.or(by_name);
    let at = found.unwrap_or(number);
    index.resources.extend(id.map(|id| (id, at)));
    index.resources.entry(named).or_insert(at);
    let table = row.seen.table;
    let (again, is_new) = match kind {
        Kind::Vault => put(&mut azure.vaults, at, vault(row), |known| known.seen, Vault::fill),
        Kind::StorageAccount => {
            put(&mut azure.storage_accounts, at, storage_account(row), |known| known.seen, StorageAccount::fill)
        }
        Kind::Network => put(&mut azure.networks, at, network(row), |known| known.seen, merge_network),
    };
    match (is_new, again.table == table && by_id.is_some() && kind != Kind::Network) {
        (true, _) => Fate::Subject,
        (false, true) => Fate::Out(exclude::DUPLICATE_ID.into()),
        (false, false) => Fate::Joined,
    }
}

fn has_id(azure: &Azure, kind: Kind, number: usize) -> bool {
    match kind {
        Kind::Vault => azure.vaults[number].id.is_known(),
        Kind::StorageAccount => azure.storage_accounts[number].id.is_known(),
        Kind::Network => azure.networks[number].id.is_known(),
    }
}

/// Adds a resource, or tells more of the one at a number; where it was first seen and whether it is new.
fn put<T>(
    known: &mut Vec<T>,
    at: usize,
    new: T,
    seen: impl Fn(&T) -> Origin,
    fill: impl Fn(&mut T, T),
) -> (Origin, bool) {
    let is_new = at == known.len();
    if is_new {
        known.push(new);
    } else {
        fill(&mut known[at], new);
    }
    (seen(&known[at]), is_new)
}

/// A network's rows may each give one of its subnets.
fn merge_network(known: &mut Network, other: Network) {
    let join = |known: &mut Fact<Vec<Name>>, other: &Fact<Vec<Name>>| {
        if let (Fact::Known(known), Fact::Known(other)) = (known, other) {
            let new: Vec<Name> = other.value.iter().filter(|item| !known.value.contains(item)).cloned().collect();
            known.value.extend(new);
        }
    };
    join(&mut known.prefixes, &other.prefixes);
    join(&mut known.subnets, &other.subnets);
    join(&mut known.subnet_prefixes, &other.subnet_prefixes);
    join(&mut known.outbound, &other.outbound);
    join(&mut known.nat_gateways, &other.nat_gateways);
    known.fill(other);
}

pub(super) fn vault(row: AzureRow) -> Vault {
    let mut vault = Vault::seen_at(row.seen);
    let AzureRow { name, id, location, group, subscription, .. } = row;
    (vault.name, vault.id, vault.location, vault.group, vault.subscription) = (name, id, location, group, subscription);
    vault
}

pub(super) fn storage_account(row: AzureRow) -> StorageAccount {
    StorageAccount {
        name: row.name,
        id: row.id,
        resource_type: row.kind_of,
        location: row.location,
        group: row.group,
        subscription: row.subscription,
        sku: row.sku,
        kind: row.kind,
        access_tier: row.access_tier,
        firewall: row.firewall,
        soft_delete: row.soft_delete,
        seen: row.seen,
    }
}

pub(super) fn network(row: AzureRow) -> Network {
    Network {
        name: row.name,
        id: row.id,
        resource_type: row.kind_of,
        location: row.location,
        group: row.group,
        subscription: row.subscription,
        prefixes: row.prefixes,
        subnets: row.subnets,
        subnet_prefixes: row.subnet_prefixes,
        outbound: row.outbound,
        nat_gateways: row.nat_gateways,
        seen: row.seen,
    }
}

fn take_quotas(assembly: &mut Assembly, table: &Table<'_>, index: &mut Index) {
    let file = assembly.estate.tables[usize::from(table.index)].file;
    let region = region_in(&assembly.estate.files[file].path);
    assembly.rows(table, |assembly, mut quota: Quota, _| {
        let known = &mut assembly.estate.azure.quotas;
        let Some(name) = quota.name.value().cloned() else { return Fate::Out(exclude::NAMELESS.into()) };
        if let (Some(region), Err(missing)) = (&region, quota.location.need())
            && missing.field == Field::AzureLocation
        {
            quota.location = Fact::known(region.clone(), quota.seen);
        }
        let location = quota.location.value().map_or(String::new(), |region| region.to_lowercase());
        let number = known.len();
        let found = *index.quotas.entry((name.to_lowercase(), location)).or_insert(number);
        if found == number {
            known.push(quota);
            return Fate::Subject;
        }
        let again = known[found].seen.table == quota.seen.table;
        known[found].fill(quota);
        if again { Fate::Out(exclude::DUPLICATE_NAME.into()) } else { Fate::Joined }
    });
}

fn place_size(azure: &mut Azure, size: Sku) -> Fate {
    if !size.name.is_known() {
        return Fate::Out(exclude::NAMELESS.into());
    }
    azure.skus.push(size);
    Fate::Subject
}

fn place_role(azure: &mut Azure, row: RoleRow, index: &mut Index) -> Fate {
    let RoleRow { seen, roles, mut subscription, id } = row;
    let Fact::Known(role) = roles else { return Fate::Out("no role".into()) };
    if let Fact::Known(known) = &id
        && let Some(guid) = arm_id(&known.value).subscription
    {
        subscription = Fact::known(guid.into(), known.origin);
    }
    let (number, fate) = match note_subscription(azure, &subscription, index) {
        Some(found) => found,
        // A role that names no subscription is in the only one there is.
        None if azure.subscriptions.len() == 1 => (0, Fate::Joined),
        None => {
            azure.subscriptions.push(Subscription::seen_at(seen));
            (azure.subscriptions.len() - 1, Fate::Subject)
        }
    };
    match &mut azure.subscriptions[number].roles {
        Fact::Known(roles) => {
            let new: Vec<Name> = role.value.into_iter().filter(|role| !roles.value.contains(role)).collect();
            roles.value.extend(new);
        }
        missing @ Fact::Missing(_) => *missing = Fact::Known(role),
    }
    fate
}

/// The Azure region that a file's name holds, such as "usage-northeurope.json".
fn region_in(path: &str) -> Option<Name> {
    let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
    let mut words = name.split(|c: char| !c.is_ascii_alphanumeric());
    words.find(|word| REGIONS.contains(word)).map(Name::from)
}

/// Azure's public regions in their short form, as `az account list-locations` names them.
const REGIONS: &[&str] = &[
    "australiacentral",
    "australiacentral2",
    "australiaeast",
    "australiasoutheast",
    "austriaeast",
    "belgiumcentral",
    "brazilsouth",
    "brazilsoutheast",
    "canadacentral",
    "canadaeast",
    "centralindia",
    "centralus",
    "chilecentral",
    "eastasia",
    "eastus",
    "eastus2",
    "francecentral",
    "francesouth",
    "germanynorth",
    "germanywestcentral",
    "indonesiacentral",
    "israelcentral",
    "italynorth",
    "japaneast",
    "japanwest",
    "jioindiacentral",
    "jioindiawest",
    "koreacentral",
    "koreasouth",
    "malaysiawest",
    "mexicocentral",
    "newzealandnorth",
    "northcentralus",
    "northeurope",
    "norwayeast",
    "norwaywest",
    "polandcentral",
    "qatarcentral",
    "southafricanorth",
    "southafricawest",
    "southcentralus",
    "southeastasia",
    "southindia",
    "spaincentral",
    "swedencentral",
    "swedensouth",
    "switzerlandnorth",
    "switzerlandwest",
    "uaecentral",
    "uaenorth",
    "uksouth",
    "ukwest",
    "westcentralus",
    "westeurope",
    "westindia",
    "westus",
    "westus2",
    "westus3",
];
