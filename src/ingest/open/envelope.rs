//! Where in a value the lists of objects stand: under one key, under several, by name, or deep inside what is said of a host.

use std::borrow::Cow;

use super::json_tree::{Json, plain};
use super::nested::{self, ItemList};

type Members<'a> = Vec<(Cow<'a, str>, Json<'a>)>;

/// Keys under which a page of a result stands, in lower case without marks.
pub(super) const PAGES: &[&str] = &["value", "data", "items"];
/// Keys of lists of machines.
const MACHINES: &[&str] = &[
    "vms",
    "vm",
    "virtualmachines",
    "virtualmachine",
    "machines",
    "guests",
    "guestvms",
    "virtualservers",
    "hypervvms",
];
/// Keys of what holds the machines that are listed beside it.
const HOSTS: &[&str] = &["host", "hypervhost", "vmhost", "hypervisor", "node", "hardware"];
/// Keys of lists of what machines are made from.
const TEMPLATES: &[&str] = &["images", "templates", "vmtemplates"];
/// How a host is named in an object of its own.
const HOST_NAMES: &[&str] = &["hostname", "computername", "fqdn", "fullyqualifieddomainname", "name", "host", "node"];
/// The type of an object that tells of a host and not of a machine.
const HOST: &str = "Nested.Host";
/// The member in which Ansible puts all it found out about a computer.
const FACTS: &str = "ansible_facts";
/// How deep an object is looked into for lists.
const DEEPEST: u8 = 5;

/// The lists of objects in the values of a file, each with the key it stands under.
pub(super) fn lists(values: Vec<Json<'_>>) -> Vec<ItemList<'_>> {
    let mut loose = Vec::new();
    let mut lists = Vec::new();
    for value in values {
        match value {
            Json::List(_) => loose.extend(items(value)),
            Json::Object(members) => open(members, &mut lists, &mut loose),
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::Text(_) => {}
        }
    }
    if !loose.is_empty() {
        lists.insert(0, ItemList { sheet: String::new(), type_name: None, items: loose });
    }
    lists.retain(|list| !list.items.is_empty());
    lists.into_iter().flat_map(part_hosts).collect()
}

/// Parts a list of hosts, each with its machines inside it, into the hosts and the machines.
fn part_hosts(mut list: ItemList<'_>) -> Vec<ItemList<'_>> {
    let holds =
        |item: &Json<'_>| matches!(item, Json::Object(members) if !is_of_ours(members) && holds_machines(members, 0));
    if list.type_name.is_some() || !list.items.iter().any(holds) {
        return vec![list];
    }
    let (hosts, others): (Vec<_>, Vec<_>) = std::mem::take(&mut list.items).into_iter().partition(holds);
    let mut parts: Vec<ItemList<'_>> = Vec::new();
    for part in hosts.into_iter().flat_map(|host| part_host(host, &list.sheet)) {
        let same = |known: &&mut ItemList<'_>| known.sheet == part.sheet && known.type_name == part.type_name;
        match parts.iter_mut().find(same) {
            Some(known) => known.items.extend(part.items),
            None => parts.push(part),
        }
    }
    list.items = others;
    if !list.items.is_empty() {
        parts.insert(0, list);
    }
    parts
}

/// A host by what it says of itself, and the lists inside it, whose machines name it.
fn part_host<'a>(host: Json<'a>, sheet: &str) -> Vec<ItemList<'a>> {
    let Json::Object(members) = host else { return Vec::new() };
    let (inside, own): (Members<'a>, Members<'a>) = members.into_iter().partition(|(_, value)| holds_lists(value));
    let mut parts =
        vec![ItemList { sheet: sheet.to_owned(), type_name: Some(HOST.to_owned()), items: vec![Json::Object(own)] }];
    take_out(inside, sheet, 0, &mut parts);
    tell_host(&mut parts);
    parts
}

/// Whether a value is a list of objects or holds one.
fn holds_lists(value: &Json<'_>) -> bool {
    match value {
        Json::List(_) => is_list(value),
        Json::Object(members) => members.iter().any(|(_, value)| holds_lists(value)),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::Text(_) => false,
    }
}

/// The lists of an object; an object that is itself an item goes to the loose ones.
fn open<'a>(members: Members<'a>, lists: &mut Vec<ItemList<'a>>, loose: &mut Vec<Json<'a>>) {
    if is_of_ours(&members) {
        loose.push(Json::Object(members));
    } else if let Some(index) = page(&members) {
        let (key, value) = members.into_iter().nth(index).expect("the index was found in these members");
        lists.push(ItemList { sheet: key.into_owned(), type_name: None, items: items(value) });
    } else if is_keyed_by_name(&members) {
        loose.extend(members.into_iter().map(|(key, value)| named(key, value)));
    } else if holds_machines(&members, 0) {
        let first = lists.len();
        take_out(members, "", 0, lists);
        tell_host(&mut lists[first..]);
    } else if members.iter().all(|(_, value)| is_nest(value)) && members.iter().any(|(_, value)| is_list(value)) {
        lists.extend(members.into_iter().map(|(key, value)| list_of(key.into_owned(), value)));
    } else if !nested::names_something(&members) && count_lists(&members, 0) == 1 {
        take_out(members, "", 0, lists);
    } else {
        loose.push(Json::Object(members));
    }
}

/// Whether an object is a document that Klar wrote: a report, and no inventory.
fn is_of_ours(members: &Members<'_>) -> bool {
    nested::text(members, &["schema"]).is_some_and(|schema| schema.starts_with("klar."))
}

/// Which member is the page of a result, if the object is one.
fn page(members: &Members<'_>) -> Option<usize> {
    let has = |name: &str| members.iter().any(|(key, _)| key.eq_ignore_ascii_case(name));
    let is_template = has("$schema");
    let list = members.iter().position(|(key, value)| {
        matches!(value, Json::List(_)) && (PAGES.contains(&&*plain(key)) || (is_template && key == "resources"))
    });
    list.filter(|_| is_template || !(has("name") || has("id")))
}

/// Whether the keys are names: of several objects that say the same things.
fn is_keyed_by_name(members: &Members<'_>) -> bool {
    let mut objects = members.iter().map(|(_, value)| match value {
        Json::Object(inner) if inner.len() >= FEWEST_SHARED => Some(inner),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::Text(_) | Json::List(_) | Json::Object(_) => None,
    });
    let Some(Some(first)) = objects.next() else { return false };
    let says_the_same = |other: &Members<'_>| {
        let shared = first.iter().filter(|(key, _)| other.iter().any(|(its, _)| its == key)).count();
        shared >= FEWEST_SHARED && shared * 2 >= first.len().max(other.len())
    };
    members.len() > 1 && objects.all(|object| object.is_some_and(says_the_same))
}

/// How many members objects have in common at least, of which each is known by its key.
const FEWEST_SHARED: usize = 3;

/// An object with the name that it stands under, unless it names itself.
fn named<'a>(key: Cow<'a, str>, value: Json<'a>) -> Json<'a> {
    match value {
        Json::Object(mut members) if !nested::names_something(&members) => {
            members.insert(0, (Cow::Borrowed("Name"), Json::Text(key)));
            Json::Object(members)
        }
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::Text(_) | Json::List(_) | Json::Object(_) => value,
    }
}

/// Whether an object holds a list of machines, straight or in objects of its own.
fn holds_machines(members: &Members<'_>, depth: u8) -> bool {
    depth < DEEPEST
        && members.iter().any(|(key, value)| match value {
            Json::List(_) => is_list(value) && MACHINES.contains(&plain(key).as_str()),
            Json::Object(inner) => holds_machines(inner, depth + 1),
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::Text(_) => false,
        })
}

/// How many lists of objects an object holds, without the parts that a machine lists of itself.
fn count_lists(members: &Members<'_>, depth: u8) -> usize {
    let count = |(key, value): &(Cow<'_, str>, Json<'_>)| match value {
        Json::List(_) if nested::is_part(key) => 2,
        Json::List(_) => usize::from(is_list(value)),
        Json::Object(inner) if depth < DEEPEST => count_lists(inner, depth + 1),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::Text(_) | Json::Object(_) => 0,
    };
    members.iter().map(count).sum()
}

/// Every list of an object, and the objects that tell of a host.
fn take_out<'a>(members: Members<'a>, path: &str, depth: u8, lists: &mut Vec<ItemList<'a>>) {
    for (key, value) in members {
        let name = plain(&key);
        let path = if path.is_empty() { key.into_owned() } else { format!("{path}.{key}") };
        match value {
            Json::List(_) if is_list(&value) => {
                let mut list = list_of(path, value);
                if TEMPLATES.contains(&name.as_str()) {
                    list.items.iter_mut().for_each(mark_as_template);
                }
                lists.push(list);
            }
            Json::Object(inner) if HOSTS.contains(&name.as_str()) => {
                let items = vec![Json::Object(inner)];
                lists.push(ItemList { sheet: path, type_name: Some(HOST.to_owned()), items });
            }
            Json::Object(inner) if depth < DEEPEST => take_out(inner, &path, depth + 1, lists),
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::Text(_) | Json::List(_) | Json::Object(_) => {}
        }
    }
}

fn mark_as_template(item: &mut Json<'_>) {
    if let Json::Object(members) = item {
        members.push((Cow::Borrowed("MarkedAsTemplate"), Json::Bool(true)));
    }
}

/// Names the one host of a file on each of the machines beside it that names none.
fn tell_host(lists: &mut [ItemList<'_>]) {
    let is_host = |list: &&ItemList<'_>| list.type_name.as_deref() == Some(HOST);
    let mut hosts = lists.iter().filter(is_host).flat_map(|list| &list.items);
    let (Some(Json::Object(host)), None) = (hosts.next(), hosts.next()) else { return };
    let Some(name) = nested::text(host, HOST_NAMES).map(Cow::into_owned) else { return };
    let of_machines =
        |list: &&mut ItemList<'_>| list.sheet.rsplit('.').next().is_some_and(|key| MACHINES.contains(&&*plain(key)));
    for item in lists.iter_mut().filter(of_machines).flat_map(|list| &mut list.items) {
        if let Json::Object(members) = item
            && nested::text(members, nested::HOSTS).is_none()
        {
            members.push((Cow::Borrowed("VM host"), Json::Text(Cow::Owned(name.clone()))));
        }
    }
}

fn list_of(sheet: String, value: Json<'_>) -> ItemList<'_> {
    ItemList { sheet, type_name: None, items: items(value) }
}

fn is_nest(value: &Json<'_>) -> bool {
    matches!(value, Json::List(_) | Json::Object(_))
}

fn is_list(value: &Json<'_>) -> bool {
    matches!(value, Json::List(items) if items.iter().any(|item| matches!(item, Json::Object(_))))
}

/// The items of a list; a list of lists, which PowerShell writes for a command run per machine, counts as one list.
fn items(value: Json<'_>) -> Vec<Json<'_>> {
    match value {
        Json::List(list) => list.into_iter().flat_map(items).collect(),
        Json::Object(mut members) => {
            let facts = members.iter().position(|(key, value)| key == FACTS && matches!(value, Json::Object(_)));
            vec![facts.map(|at| members.swap_remove(at).1).unwrap_or(Json::Object(members))]
        }
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::Text(_) => vec![value],
    }
}
