//! Which machine a row means: by GUID, then by name and host, then by name alone.

use std::hash::BuildHasher;

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::exclude::Reason;
use crate::model::{AnyCase, Name};

/// The most machines of one name or GUID that are told apart; beyond it a row's machine is not settled.
const MOST_ALIKE: usize = 32;

/// Every machine that rows can mean, those left out included.
#[derive(Default)]
pub(super) struct Registry {
    entries: Vec<Entry>,
    by_id: FxHashMap<Name, u32>,
    /// By the hash of a name without regard to case; the entries that follow are compared.
    by_name: FxHashMap<u64, u32>,
}

struct Entry {
    id: Option<Name>,
    name: Option<Name>,
    host: Option<Name>,
    /// The title of the export that listed it, which tells whose GUIDs it uses.
    title: Name,
    target: Target,
    /// The next entry of the same GUID and of the same name.
    next_id: Option<u32>,
    next_name: Option<u32>,
}

/// What a row's machine came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// An index into the estate's machines.
    Machine(usize),
    /// Left out for a reason.
    Out(Reason),
}

/// How a row names its machine.
#[derive(Clone, Copy)]
pub(super) struct Key<'a> {
    pub id: Option<&'a Name>,
    pub name: Option<&'a Name>,
    pub host: Option<&'a Name>,
}

/// The machine a row means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Match {
    /// One machine, and by which key; the number is its entry.
    One(u32, By),
    /// Several, and nothing tells which.
    Several,
    /// None.
    None,
}

/// The key that settled a row's machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// Its GUID, on a host that agrees or is not given.
    Id,
    /// Its GUID, on another host: moved meanwhile, or a replica.
    IdElsewhere,
    /// Its name and host.
    NameAndHost,
    /// Its name alone.
    Name,
}

/// Whether two names mean one server: equal, or one is the other's first label.
pub(super) fn same_server(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
        || (one.contains('.') != other.contains('.') && label(one).eq_ignore_ascii_case(label(other)))
}

/// A server's name without its domain.
pub(super) fn label(name: &str) -> &str {
    name.split('.').next().unwrap_or(name)
}

impl Registry {
    /// Registers a machine; its entry's number.
    pub(super) fn add(&mut self, key: Key<'_>, title: &Name, target: Target) -> u32 {
        let number = u32::try_from(self.entries.len()).expect("rows are fewer than 2^32");
        let next_id = key.id.and_then(|id| self.by_id.insert(id.clone(), number));
        let next_name = key.name.and_then(|name| self.by_name.insert(hash(name), number));
        let (id, name, host) = (key.id.cloned(), key.name.cloned(), key.host.cloned());
        self.entries.push(Entry { id, name, host, title: title.clone(), target, next_id, next_name });
        number
    }

    /// Registers a further GUID of a machine, under an entry of its own.
    pub(super) fn add_id(&mut self, entry: u32, id: &Name) {
        let Entry { host, title, target, .. } = &self.entries[entry as usize];
        let (host, title, target) = (host.clone(), title.clone(), target.clone());
        self.add(Key { id: Some(id), name: None, host: host.as_ref() }, &title, target);
    }

    pub(super) fn target(&self, entry: u32) -> &Target {
        &self.entries[entry as usize].target
    }

    pub(super) fn retarget(&mut self, entry: u32, target: Target) {
        self.entries[entry as usize].target = target;
    }

    /// What the entry does not know yet and a joined row tells.
    pub(super) fn learn(&mut self, entry: u32, key: Key<'_>) {
        let known = &mut self.entries[entry as usize];
        if known.host.is_none() {
            known.host = key.host.cloned();
        }
        if let Some(id) = key.id.filter(|_| known.id.is_none()) {
            known.id = Some(id.clone());
            known.next_id = self.by_id.insert(id.clone(), entry);
        }
    }

    /// The machine that a row of an export means.
    pub(super) fn find(&self, key: Key<'_>, title: &str) -> Match {
        let by_id = key.id.and_then(|id| self.find_by_id(id, key.host));
        if let Some(found @ Match::One(_, By::Id)) = by_id {
            return found;
        }
        let (mut on_host, mut anywhere) = (Vec::new(), Vec::new());
        for (number, entry) in self.entries(key.name) {
            let conflict = matches!((key.id, &entry.id), (Some(mine), Some(theirs)) if mine != theirs);
            let agrees = key.host.zip(entry.host.as_ref()).map(|(mine, theirs)| same_server(mine, theirs));
            match agrees {
                // On one host two GUIDs of one export are two machines; two exports may each have GUIDs of their own.
                Some(true) if !(conflict && *entry.title == *title) => on_host.push(number),
                None if !conflict => anywhere.push(number),
                Some(_) | None => {}
            }
        }
        if let Some(found) = by_id.filter(|_| on_host.len() != 1) {
            return found;
        }
        let by = if on_host.is_empty() { By::Name } else { By::NameAndHost };
        match if on_host.is_empty() { anywhere } else { on_host }[..] {
            [] => Match::None,
            [one] => Match::One(one, by),
            _ => Match::Several,
        }
    }

    fn find_by_id(&self, id: &Name, host: Option<&Name>) -> Option<Match> {
        let only = self.by_id.get(id).copied()?;
        if self.entries[only as usize].next_id.is_none() {
            let agrees = host.zip(self.entries[only as usize].host.as_ref()).is_none_or(|(a, b)| same_server(a, b));
            return Some(Match::One(only, if agrees { By::Id } else { By::IdElsewhere }));
        }
        let mut agreeing = Vec::new();
        let mut elsewhere = Vec::new();
        let mut next = self.by_id.get(id).copied();
        while let Some(number) = next.filter(|_| agreeing.len() + elsewhere.len() < MOST_ALIKE) {
            let entry = &self.entries[number as usize];
            match (host, &entry.host) {
                (Some(mine), Some(theirs)) if !same_server(mine, theirs) => elsewhere.push(number),
                _ => agreeing.push(number),
            }
            next = entry.next_id;
        }
        let by = if agreeing.is_empty() { By::IdElsewhere } else { By::Id };
        let candidates = if agreeing.is_empty() { elsewhere } else { agreeing };
        // A replica has its primary's GUID: of several the one that is counted is meant.
        let counted = candidates.iter().find(|number| matches!(self.target(**number), Target::Machine(_)));
        counted.or_else(|| candidates.first()).map(|number| Match::One(*number, by))
    }

    /// The numbers of the entries of a name, newest first.
    pub(super) fn named<'a>(&'a self, name: Option<&'a Name>) -> impl Iterator<Item = u32> {
        self.entries(name).map(|(number, _)| number)
    }

    /// The entries of a name, newest first.
    fn entries<'a>(&'a self, name: Option<&'a Name>) -> impl Iterator<Item = (u32, &'a Entry)> {
        let mut next = name.and_then(|name| self.by_name.get(&hash(name))).copied();
        let with_its_hash = std::iter::from_fn(move || {
            let number = next?;
            let entry = &self.entries[number as usize];
            next = entry.next_name;
            Some((number, entry))
        });
        let is_alike =
            move |entry: &Entry| entry.name.as_ref().zip(name).is_some_and(|(a, b)| AnyCase(a) == AnyCase(b));
        with_its_hash.filter(move |(_, entry)| is_alike(entry)).take(MOST_ALIKE)
    }
}

fn hash(name: &str) -> u64 {
    FxBuildHasher.hash_one(AnyCase(name))
}
