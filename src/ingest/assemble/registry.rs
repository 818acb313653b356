//! Which machine a row means: by GUID, by an identifier of its own export, by name and place, then by name alone.

use rustc_hash::{FxHashMap, FxHashSet};

use super::called::{hash, same_machine, same_server};
use super::exclude::Reason;
use crate::ingest::cell::is_guid;
use crate::model::{Fact, Name, Vm};

/// The most machines of one name or GUID that are told apart; beyond it a row's machine is not settled.
const MOST_ALIKE: usize = 32;

/// Every machine that rows can mean, those left out included.
#[derive(Default)]
pub(super) struct Registry {
    entries: Vec<Entry>,
    by_id: FxHashMap<Name, u32>,
    /// By the hash of what names of one machine have in common; the entries that follow are compared.
    by_name: FxHashMap<u64, u32>,
    /// By the hash of what a guest calls itself, the machine that does; `None` where several do.
    by_computer: FxHashMap<u64, Option<u32>>,
    /// The names of machines in each file, as hashes.
    named: FxHashSet<(usize, u64)>,
}

struct Entry {
    id: Option<Name>,
    name: Option<Name>,
    place: Place,
    export: Export,
    target: Target,
    /// The next entry of the same GUID and of the same name.
    next_id: Option<u32>,
    next_name: Option<u32>,
}

/// Whose identifiers a row uses.
#[derive(Clone)]
pub(super) struct Export {
    /// Its file, an index into the estate's files.
    pub file: usize,
    /// What its table was taken for.
    pub title: Name,
}

/// Where a row says that its machine is.
#[derive(Clone, Debug, Default)]
pub(super) struct Place {
    pub host: Option<Name>,
    cluster: Option<Name>,
    vmm_server: Option<Name>,
    vcenter: Option<Name>,
    site: Option<Name>,
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
pub(super) struct Key<'a> {
    pub id: Option<&'a Name>,
    pub name: Option<&'a Name>,
    pub place: Place,
    pub export: &'a Export,
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
    /// Its identifier, at a place that agrees or is not given.
    Id,
    /// Its GUID, at another place: moved meanwhile, or a replica.
    IdElsewhere,
    /// Its GUID, under another name that no row of the other file bears.
    Renamed,
    /// Its name and a place.
    NameAndPlace,
    /// Its name alone.
    Name,
}

impl Place {
    /// Where a machine's row says that it is.
    pub(super) fn of(vm: &Vm) -> Self {
        Self {
            host: vm.host.value().cloned(),
            cluster: vm.cluster.value().cloned(),
            vmm_server: vm.vmm_server.value().filter(|server| !server.eq_ignore_ascii_case("localhost")).cloned(),
            vcenter: vm.vcenter.value().cloned(),
            site: vm.site.value().cloned(),
        }
    }

    /// A host alone.
    pub(super) fn on(host: Option<&Name>) -> Self {
        Self { host: host.cloned(), ..Self::default() }
    }

    /// Whether the places that both give are the same; `None` where both give none.
    pub(super) fn agrees(&self, other: &Self) -> Option<bool> {
        let servers = [
            (&self.host, &other.host),
            (&self.cluster, &other.cluster),
            (&self.vmm_server, &other.vmm_server),
            (&self.vcenter, &other.vcenter),
        ];
        let servers =
            servers.into_iter().filter_map(|(mine, theirs)| Some(same_server(mine.as_ref()?, theirs.as_ref()?)));
        let sites = self.site.as_ref().zip(other.site.as_ref()).map(|(mine, theirs)| same_machine(mine, theirs));
        servers.chain(sites).reduce(|one, other| one && other)
    }

    fn learn(&mut self, other: Self) {
        self.host = self.host.take().or(other.host);
        self.cluster = self.cluster.take().or(other.cluster);
        self.vmm_server = self.vmm_server.take().or(other.vmm_server);
        self.vcenter = self.vcenter.take().or(other.vcenter);
        self.site = self.site.take().or(other.site);
    }
}

impl<'a> Key<'a> {
    /// How a machine's own row names it.
    pub(super) fn of(vm: &'a Vm, export: &'a Export) -> Self {
        Self { id: vm.id.value(), name: vm.name.value(), place: Place::of(vm), export }
    }
}

impl Registry {
    /// Notes that a file names a machine so, whatever becomes of the row.
    pub(super) fn note_name(&mut self, file: usize, name: &str) {
        self.named.insert((file, hash(name)));
    }

    /// The identifier that stands in the place of a machine's name, where another row has given it as that.
    pub(super) fn id_in_place_of_name(&self, vm: &Vm) -> Option<Fact<Name>> {
        let name = vm.name.need().ok().filter(|name| !vm.id.is_known() && is_guid(&name.value))?;
        let id: Name = name.value.trim_matches(['{', '}']).to_uppercase().into();
        self.by_id.contains_key(&id).then(|| Fact::known(id, name.origin))
    }

    /// Registers a machine; its entry's number.
    pub(super) fn add(&mut self, key: Key<'_>, target: Target) -> u32 {
        let number = u32::try_from(self.entries.len()).expect("rows are fewer than 2^32");
        let next_id = key.id.and_then(|id| self.by_id.insert(id.clone(), number));
        let next_name = key.name.and_then(|name| self.by_name.insert(hash(name), number));
        let (id, name, place, export) = (key.id.cloned(), key.name.cloned(), key.place, key.export.clone());
        self.entries.push(Entry { id, name, place, export, target, next_id, next_name });
        number
    }

    /// Registers a further identifier of a machine, under an entry of its own.
    pub(super) fn add_id(&mut self, entry: u32, id: &Name) {
        let Entry { place, export, target, .. } = &self.entries[entry as usize];
        let (place, export, target) = (place.clone(), export.clone(), target.clone());
        self.add(Key { id: Some(id), name: None, place, export: &export }, target);
    }

    /// Registers a further name of a machine, under an entry of its own.
    pub(super) fn add_name(&mut self, entry: u32, name: &Name, export: &Export) {
        let Entry { place, target, id, .. } = &self.entries[entry as usize];
        let (place, target, id) = (place.clone(), target.clone(), id.clone());
        self.add(Key { id: id.as_ref(), name: Some(name), place, export }, target);
    }

    /// Notes what the guest of a machine calls itself, where that is another name than the machine's.
    pub(super) fn add_computer(&mut self, entry: u32, computer: &Name) {
        if self.entries[entry as usize].name.as_ref().is_some_and(|name| same_machine(name, computer)) {
            return;
        }
        let known = self.by_computer.entry(hash(computer)).or_insert(Some(entry));
        if *known != Some(entry) {
            *known = None;
        }
    }

    /// The machine whose guest calls itself by a name that a row gives, in a file that does not name the machine itself.
    pub(super) fn by_computer(&self, key: &Key<'_>) -> Option<u32> {
        let entry = self.by_computer.get(&hash(key.name?)).copied().flatten()?;
        let Entry { name, place, .. } = &self.entries[entry as usize];
        let is_named = name.as_ref().is_some_and(|name| self.named.contains(&(key.export.file, hash(name))));
        (!is_named && key.id.is_none() && key.place.agrees(place) != Some(false)).then_some(entry)
    }

    pub(super) fn target(&self, entry: u32) -> &Target {
        &self.entries[entry as usize].target
    }

    /// The place that an entry is known to be at.
    pub(super) fn place(&self, entry: u32) -> &Place {
        &self.entries[entry as usize].place
    }

    pub(super) fn id(&self, entry: u32) -> Option<&Name> {
        self.entries[entry as usize].id.as_ref()
    }

    pub(super) fn retarget(&mut self, entry: u32, target: Target) {
        self.entries[entry as usize].target = target;
    }

    /// What the entry does not know yet and a joined row tells.
    pub(super) fn learn(&mut self, entry: u32, key: Key<'_>) {
        let known = &mut self.entries[entry as usize];
        known.place.learn(key.place);
        if let Some(id) = key.id.filter(|_| known.id.is_none()) {
            known.id = Some(id.clone());
            known.next_id = self.by_id.insert(id.clone(), entry);
        }
    }

    /// The machine that a row of an export means; `taken` are those of which the row is known to be another.
    pub(super) fn find(&self, key: &Key<'_>, taken: &dyn Fn(u32) -> bool) -> Match {
        let by_id = key.id.and_then(|id| {
            if is_guid(id) {
                self.by_guid(key, id)
            } else {
                self.by_own_id(key, id).filter(|found| !matches!(found, Match::One(one, _) if taken(*one)))
            }
        });
        if let Some(found @ (Match::One(_, By::Id) | Match::Several)) = by_id {
            return found;
        }
        let (mut placed, mut anywhere) = (Vec::new(), Vec::new());
        for (number, entry) in self.named(key.name).filter(|(number, _)| !taken(*number)) {
            let conflict = key.id.zip(entry.id.as_ref()).is_some_and(|(a, b)| a != b && is_guid(a) && is_guid(b));
            match key.place.agrees(&entry.place) {
                // At one place two GUIDs of one export are two machines; two exports may each have GUIDs of their own.
                Some(true) if !(conflict && *entry.export.title == *key.export.title) => placed.push(number),
                None if !conflict => anywhere.push(number),
                Some(_) | None => {}
            }
        }
        if let Some(found) = by_id.filter(|_| placed.len() != 1) {
            return found;
        }
        let by = if placed.is_empty() { By::Name } else { By::NameAndPlace };
        match if placed.is_empty() { anywhere } else { placed }[..] {
            [] => Match::None,
            [one] => Match::One(one, by),
            _ => Match::Several,
        }
    }

    /// The machine of a GUID, which means one across files, but not under two names of one file.
    fn by_guid(&self, key: &Key<'_>, id: &Name) -> Option<Match> {
        let mut best: Option<(u32, By, bool)> = None;
        let mut alike = 0;
        for (number, entry) in self.of_id(id) {
            let by = match (key.name, &entry.name) {
                (Some(mine), Some(theirs)) if !same_machine(mine, theirs) => {
                    let has = |file: usize, name: &Name| self.named.contains(&(file, hash(name)));
                    if has(entry.export.file, mine) || has(key.export.file, theirs) {
                        continue;
                    }
                    By::Renamed
                }
                _ if key.place.agrees(&entry.place) == Some(false) => By::IdElsewhere,
                _ => By::Id,
            };
            // A replica has its primary's GUID: of several the one that is counted is meant.
            let counted = matches!(entry.target, Target::Machine(_));
            alike += usize::from(by == By::Id && counted && entry.name.is_some());
            let better =
                |(_, known, was_counted): (u32, By, bool)| (by == By::Id, counted) > (known == By::Id, was_counted);
            if best.is_none_or(better) {
                best = Some((number, by, counted));
            }
        }
        // A row that gives a GUID of two machines and no name joins neither.
        if alike > 1 && key.name.is_none() && key.place.host.is_none() {
            return Some(Match::Several);
        }
        best.map(|(number, by, _)| Match::One(number, by))
    }

    /// The machine of an identifier that means something in its own export only, when one machine bears it there.
    fn by_own_id(&self, key: &Key<'_>, id: &Name) -> Option<Match> {
        let mut own = self.of_id(id).filter(|(_, entry)| entry.export.file == key.export.file);
        let (number, entry) = own.next()?;
        if own.next().is_some() {
            return key.name.is_none().then_some(Match::Several);
        }
        let alike = key.name.zip(entry.name.as_ref()).is_none_or(|(mine, theirs)| same_machine(mine, theirs));
        (alike && key.place.agrees(&entry.place) != Some(false)).then_some(Match::One(number, By::Id))
    }

    /// Another machine that bears an identifier where it should be the only one.
    pub(super) fn other_bearer(&self, id: &Name, file: usize) -> Option<u32> {
        let mut bearers = self.of_id(id).filter(|(_, entry)| is_guid(id) || entry.export.file == file);
        bearers.find(|(_, entry)| matches!(entry.target, Target::Machine(_))).map(|(number, _)| number)
    }

    /// The entries of an identifier, newest first.
    fn of_id(&self, id: &Name) -> impl Iterator<Item = (u32, &Entry)> {
        let mut next = self.by_id.get(id).copied();
        let entries = std::iter::from_fn(move || {
            let number = next?;
            let entry = &self.entries[number as usize];
            next = entry.next_id;
            Some((number, entry))
        });
        entries.take(MOST_ALIKE)
    }

    /// The numbers of the entries that a name may mean, newest first.
    pub(super) fn numbers<'a>(&'a self, name: Option<&'a Name>) -> impl Iterator<Item = u32> {
        self.named(name).map(|(number, _)| number)
    }

    /// The entries that a name may mean, newest first.
    fn named<'a>(&'a self, name: Option<&'a Name>) -> impl Iterator<Item = (u32, &'a Entry)> {
        let mut next = name.and_then(|name| self.by_name.get(&hash(name))).copied();
        let with_its_hash = std::iter::from_fn(move || {
            let number = next?;
            let entry = &self.entries[number as usize];
            next = entry.next_name;
            Some((number, entry))
        });
        let is_alike =
            move |entry: &Entry| entry.name.as_ref().zip(name).is_some_and(|(one, other)| same_machine(one, other));
        with_its_hash.filter(move |(_, entry)| is_alike(entry)).take(MOST_ALIKE)
    }
}
