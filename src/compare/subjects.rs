//! Which machines and hosts of two assessments are the same.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::record::{Host, Machine, Recorded};

/// The machines and hosts of two assessments.
pub(super) struct Subjects<'r> {
    pub(super) machines: Paired<'r, Machine<'r>>,
    pub(super) hosts: Paired<'r, Host<'r>>,
}

/// Subjects of a kind, each by what names it in the later assessment, else in the earlier one.
pub(super) struct Paired<'r, T> {
    pub(super) both: BTreeMap<String, (&'r T, &'r T)>,
    pub(super) came: BTreeMap<String, &'r T>,
    pub(super) gone: BTreeMap<String, &'r T>,
    /// What names a subject now, by what named it then, where the two differ.
    renamed: BTreeMap<String, String>,
}

/// What tells a subject from others of its kind.
struct Known<'r, T> {
    key: String,
    name: String,
    has_id: bool,
    of: &'r T,
}

impl<'r> Subjects<'r> {
    pub(super) fn of(old: &'r Recorded<'r>, new: &'r Recorded<'r>) -> Self {
        let machines = |record: &'r Recorded<'r>| {
            let known = record.machines.iter().map(|machine| Known {
                key: machine.key.to_string(),
                name: machine.vm.to_lowercase(),
                has_id: machine.vm_id.is_some(),
                of: machine,
            });
            known.collect::<Vec<_>>()
        };
        let hosts = |record: &'r Recorded<'r>| {
            let known = record.hosts.iter().map(|host| Known {
                key: host.host_id.as_ref().unwrap_or(&host.host).to_lowercase(),
                name: host.host.to_lowercase(),
                has_id: host.host_id.is_some(),
                of: host,
            });
            known.collect::<Vec<_>>()
        };
        Self { machines: pair(machines(old), machines(new)), hosts: pair(hosts(old), hosts(new)) }
    }

    /// What names a subject of the earlier assessment in the later one; a subject of the later one keeps its name.
    pub(super) fn now(&self, kind: &str, subject: &'r str) -> Cow<'r, str> {
        let renamed = match kind {
            "vm" => self.machines.renamed.get(subject),
            "host" => self.hosts.renamed.get(subject),
            _ => None,
        };
        renamed.map_or(Cow::Borrowed(subject), |now| Cow::Owned(now.clone()))
    }

    pub(super) fn came(&self, kind: &str, subject: &str) -> bool {
        match kind {
            "vm" => self.machines.came.contains_key(subject),
            "host" => self.hosts.came.contains_key(subject),
            _ => false,
        }
    }

    pub(super) fn gone(&self, kind: &str, subject: &str) -> bool {
        match kind {
            "vm" => self.machines.gone.contains_key(subject),
            "host" => self.hosts.gone.contains_key(subject),
            _ => false,
        }
    }
}

/// Pairs subjects by what names them, and the rest by a name that no other bears, unless both have an ID of their own: then
/// they are two.
fn pair<'r, T>(old: Vec<Known<'r, T>>, new: Vec<Known<'r, T>>) -> Paired<'r, T> {
    let names = |all: &[Known<'r, T>]| {
        let mut count: BTreeMap<String, usize> = BTreeMap::new();
        for known in all {
            *count.entry(known.name.clone()).or_default() += 1;
        }
        count
    };
    let (old_names, new_names) = (names(&old), names(&new));
    let mut left: BTreeMap<String, Known<'r, T>> = BTreeMap::new();
    for known in old {
        left.entry(known.key.clone()).or_insert(known);
    }
    let mut paired =
        Paired { both: BTreeMap::new(), came: BTreeMap::new(), gone: BTreeMap::new(), renamed: BTreeMap::new() };
    let mut alone = Vec::new();
    for known in new {
        match left.remove(&known.key) {
            Some(before) => drop(paired.both.insert(known.key, (before.of, known.of))),
            None => alone.push(known),
        }
    }
    let is_single = |name: &str| old_names.get(name) == Some(&1) && new_names.get(name) == Some(&1);
    let by_name: BTreeMap<String, String> = left
        .values()
        .filter(|known| is_single(&known.name))
        .map(|known| (known.name.clone(), known.key.clone()))
        .collect();
    for known in alone {
        let before = by_name.get(&known.name).and_then(|key| left.get(key));
        match before.filter(|before| !(before.has_id && known.has_id)).map(|before| before.key.clone()) {
            Some(key) => {
                let before = left.remove(&key).expect("it was there a moment ago");
                paired.renamed.insert(key, known.key.clone());
                paired.both.insert(known.key, (before.of, known.of));
            }
            None => drop(paired.came.entry(known.key).or_insert(known.of)),
        }
    }
    paired.gone = left.into_iter().map(|(key, known)| (key, known.of)).collect();
    paired
}
