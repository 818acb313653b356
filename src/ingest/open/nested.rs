//! Disks, adapters and hosts that stand inside a machine become tables of their own, each row with its machine's name.

use std::borrow::Cow;

use super::json_tree::{Json, plain};
use crate::ingest::cell::is_guid;

/// A list of items on the way to becoming a grid.
#[derive(Debug)]
pub(super) struct ItemList<'a> {
    pub(super) sheet: String,
    /// The .NET type of the items, where the file or the key tells it.
    pub(super) type_name: Option<String>,
    pub(super) items: Vec<Json<'a>>,
}

/// The members of a machine that list parts of it, in lower case, with the type of the parts: that of VMM or Hyper-V where the
/// key tells it, else one of our own.
const PARTS: &[(&str, &str)] = &[
    ("disks", DISK),
    ("disk", DISK),
    ("vhds", DISK),
    ("vhd", DISK),
    ("harddisks", DISK),
    ("virtualdisks", DISK),
    ("diskdetails", DISK),
    ("storage", DISK),
    ("drives", DISK),
    ("harddrives", "Microsoft.HyperV.PowerShell.HardDiskDrive"),
    ("harddiskdrives", "Microsoft.HyperV.PowerShell.HardDiskDrive"),
    ("virtualdiskdrives", "Microsoft.SystemCenter.VirtualMachineManager.VirtualDiskDrive"),
    ("virtualharddisks", "Microsoft.SystemCenter.VirtualMachineManager.StandaloneVirtualHardDisk"),
    ("networkadapters", "Nested.Adapter"),
    ("nics", "Nested.Adapter"),
    ("adapters", "Nested.Adapter"),
    ("networkinterfaces", "Nested.Adapter"),
    ("checkpoints", "Nested.Checkpoint"),
    ("snapshots", "Nested.Checkpoint"),
    ("vmcheckpoints", "Nested.Checkpoint"),
    ("virtualnetworkadapters", "Microsoft.SystemCenter.VirtualMachineManager.VirtualNetworkAdapter"),
];

/// How a machine is named, in lower case without blanks, the plainest first.
const NAMES: &[&str] = &["vmname", "name", "displayname", "machinename", "computername"];
/// How a machine's GUID is named.
const IDS: &[&str] = &["vmid", "id", "vmguid", "guid"];
/// How the host of a machine is named where the machine's own name is another member.
pub(super) const HOSTS: &[&str] =
    &["vmhost", "hostname", "hvhost", "host", "hypervisorhost", "computername", "ownernode"];
/// Members that hold all there is of a machine.
const WRAPPERS: &[&str] = &["properties", "vm", "virtualmachine"];

/// The ends of the .NET types whose parts are disks and adapters of a machine; a host lists disks of its own.
const MACHINES: &[&str] = &["VirtualMachineManager.VM", "VirtualMachineManager.Template", "PowerShell.VirtualMachine"];
/// Members that only a host has.
const OF_HOSTS: &[&str] = &[
    "logicalprocessorcount",
    "logicalcpucount",
    "hypervversion",
    "hypervstate",
    "virtualharddiskpath",
    "memorycapacity",
    "virtualmachinepath",
    "clusternodestatus",
];

/// The type of a disk that says all there is to know of it.
const DISK: &str = "Nested.Disk";

/// What names the machine on every row of its parts.
struct Owner<'a> {
    name: Cow<'a, str>,
    id: Option<Cow<'a, str>>,
    host: Option<Cow<'a, str>>,
}

/// Parts a list into itself without what its items list of their own, and a list for each kind of that.
pub(super) fn part(mut whole: ItemList<'_>) -> Vec<ItemList<'_>> {
    let mut parts: Vec<ItemList<'_>> = Vec::new();
    let is_machine = |name: &String| MACHINES.iter().any(|tail| name.ends_with(tail));
    if !whole.type_name.as_ref().is_none_or(is_machine) {
        return vec![whole];
    }
    for item in &mut whole.items {
        let Json::Object(members) = item else { continue };
        if is_resource_of_azure(members) || members.iter().any(|(key, _)| OF_HOSTS.contains(&plain(key).as_str())) {
            continue;
        }
        let Some(holder) = holder(members) else { continue };
        let Some(owner) = Owner::of(holder) else { continue };
        // Disk files stand for the disks of their machine where no drives are listed that they belong to.
        let has_drives = holder.iter().any(|(key, _)| plain(key) == "virtualdiskdrives");
        let mut index = 0;
        while index < holder.len() {
            let Some((_, type_name)) = listed(&holder[index]) else {
                index += 1;
                continue;
            };
            let (key, value) = holder.remove(index);
            let is_whole = !has_drives && plain(&key) == "virtualharddisks";
            let type_name = if is_whole { DISK } else { type_name };
            let sheet = if whole.sheet.is_empty() { key.to_string() } else { format!("{}.{key}", whole.sheet) };
            let place = parts.iter().position(|part| part.sheet == sheet).unwrap_or_else(|| {
                parts.push(ItemList { sheet, type_name: Some((*type_name).to_owned()), items: Vec::new() });
                parts.len() - 1
            });
            parts[place].items.extend(objects(value).into_iter().map(|part| owner.name(part)));
        }
    }
    parts.insert(0, whole);
    parts
}

/// What a member lists of its machine, when it lists objects.
fn listed(member: &(Cow<'_, str>, Json<'_>)) -> Option<&'static (&'static str, &'static str)> {
    let (key, value) = member;
    let holds = match value {
        Json::List(items) => items.iter().any(|item| matches!(item, Json::Object(_))),
        Json::Object(members) => members.len() > 1,
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::Text(_) => false,
    };
    if !holds {
        return None;
    }
    let key = plain(key);
    PARTS.iter().find(|(name, _)| *name == key)
}

/// A resource of Azure keeps its parts, unless it stands for a machine of a site.
fn is_resource_of_azure(members: &[(Cow<'_, str>, Json<'_>)]) -> bool {
    let text = |name: &str| {
        members.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).and_then(|(_, value)| match value {
            Json::Text(text) => Some(text.to_lowercase()),
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::List(_) | Json::Object(_) => None,
        })
    };
    let is_of_site = |text: &String| text.contains("microsoft.offazure/") || text.contains("microsoft.scvmm/");
    let has_arm_id = text("id").is_some_and(|id| id.starts_with("/subscriptions/") && !is_of_site(&id));
    has_arm_id || text("type").is_some_and(|kind| kind.starts_with("microsoft.") && !is_of_site(&kind))
}

/// The members that hold a machine's name: the item's own, or those of the one member that holds all of it.
fn holder<'m, 'a>(members: &'m mut Vec<(Cow<'a, str>, Json<'a>)>) -> Option<&'m mut Vec<(Cow<'a, str>, Json<'a>)>> {
    if members.iter().any(|member| listed(member).is_some()) {
        return Some(members);
    }
    members.iter_mut().find_map(|(key, value)| match value {
        Json::Object(inner) if WRAPPERS.contains(&plain(key).as_str()) => Some(inner),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::Text(_) | Json::List(_) | Json::Object(_) => None,
    })
}

fn objects(value: Json<'_>) -> Vec<Json<'_>> {
    match value {
        Json::List(items) => items.into_iter().filter(|item| matches!(item, Json::Object(_))).collect(),
        Json::Object(_) => vec![value],
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::Text(_) => Vec::new(),
    }
}

impl<'a> Owner<'a> {
    fn of(members: &[(Cow<'a, str>, Json<'a>)]) -> Option<Self> {
        let name = text(members, NAMES)?;
        let host = text(members, HOSTS).filter(|host| *host != name);
        Some(Self { name, id: id(members), host })
    }

    /// A part with its machine's name, GUID and host before its own members, as far as it does not say them itself.
    fn name(&self, part: Json<'a>) -> Json<'a> {
        let Json::Object(own) = part else { return part };
        let says =
            |names: &[&str]| own.iter().any(|(key, value)| names.contains(&plain(key).as_str()) && is_text(value));
        let mut members: Vec<(Cow<'a, str>, Json<'a>)> = Vec::with_capacity(own.len() + 3);
        if !says(&["vmname"]) {
            members.push((Cow::Borrowed("VM name"), Json::Text(self.name.clone())));
        }
        if let Some(id) = self.id.as_ref().filter(|_| !says(&["vmid"])) {
            members.push((Cow::Borrowed("VM ID"), Json::Text(id.clone())));
        }
        if let Some(host) = self.host.as_ref().filter(|_| !says(&["computername", "vmhost", "hostname"])) {
            members.push((Cow::Borrowed("VM host"), Json::Text(host.clone())));
        }
        members.extend(own);
        Json::Object(members)
    }
}

/// The GUID of a machine, unless it bears two: which of them the machine itself is known by is not for its parts to say.
fn id<'a>(members: &[(Cow<'a, str>, Json<'a>)]) -> Option<Cow<'a, str>> {
    let bare = |id: &Cow<'a, str>| id.trim().trim_matches(['{', '}']).to_ascii_lowercase();
    let mut ids = IDS.iter().filter_map(|name| text(members, &[*name])).filter(|id| is_guid(&bare(id)));
    let first = ids.next()?;
    ids.all(|other| bare(&other) == bare(&first)).then_some(first)
}

/// The text of the first of several names that some member bears.
pub(super) fn text<'a>(members: &[(Cow<'a, str>, Json<'a>)], names: &[&str]) -> Option<Cow<'a, str>> {
    let bearing = |name: &&str| members.iter().find(|(key, value)| plain(key) == **name && is_text(value));
    names.iter().find_map(bearing).and_then(|(_, value)| match value {
        Json::Text(text) => Some(text.clone()),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::List(_) | Json::Object(_) => None,
    })
}

/// Whether an object says what it is called, as a machine does.
pub(super) fn names_something(members: &[(Cow<'_, str>, Json<'_>)]) -> bool {
    text(members, NAMES).is_some()
}

/// Whether what stands under a key is a part of the machine that lists it.
pub(super) fn is_part(key: &str) -> bool {
    let key = plain(key);
    PARTS.iter().any(|(name, _)| *name == key)
}

fn is_text(value: &Json<'_>) -> bool {
    matches!(value, Json::Text(text) if !text.trim().is_empty())
}
