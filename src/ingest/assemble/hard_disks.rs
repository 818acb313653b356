//! VHD files to the disks that use them, and the files that no machine uses.

use rustc_hash::{FxHashMap, FxHashSet};

use super::assembly::{Assembly, Fate};
use super::attached::{HardDiskRow, Owner};
use super::called::same_server;
use super::conflicts;
use super::disks::attach;
use super::exclude::{self, Reason, SEVERAL_HOSTS};
use super::paths::{path_key, same_path};
use super::registry::Export;
use super::stage::{Label, Table};
use crate::model::{Disk, Estate, Fact, LeftOutKind, Name};

/// Where a machine's disk stands: the machine and the disk.
type Spot = (usize, usize);

/// The disks of machines by the GUID and the path of their files; a file of several disks chains them.
#[derive(Default)]
struct Users {
    by_id: FxHashMap<Name, u32>,
    by_path: FxHashMap<String, u32>,
    chain: Vec<(Spot, Option<u32>)>,
}

/// A VHD file that no machine's disk names.
struct Spare {
    disk: Disk,
    /// Why it is not an orphan, when it is none.
    reason: Option<Reason>,
}

/// Files without a user, and how they are found again.
#[derive(Default)]
struct Spares {
    files: Vec<Spare>,
    by_key: FxHashMap<String, Vec<usize>>,
}

/// Takes the rows of every table of VHD files.
pub(super) fn take(assembly: &mut Assembly, tables: &[Table<'_>]) {
    if tables.is_empty() {
        return;
    }
    let users = Users::of(&assembly.estate);
    let mut spares = Spares::default();
    for table in tables {
        let export = table.export();
        assembly.rows(table, |assembly, file, _| place(assembly, &users, &mut spares, file, &export));
    }
    spares.find_parents(&assembly.estate);
    for Spare { disk, reason } in spares.files {
        let table = disk.seen.table;
        if reason.is_none() && assembly.files_claimed {
            assembly.estate.orphaned_disks.push(disk);
            assembly.count(table, Fate::Subject);
            continue;
        }
        let reason = reason.unwrap_or_else(|| "a VHD file, and no table says whose".into());
        let name = [&disk.path, &disk.name, &disk.id].into_iter().find_map(Fact::value).cloned();
        let label = Label { kind: LeftOutKind::Disk, name, machine: None };
        assembly.list(label, || None, &reason, disk.seen);
        assembly.count(table, Fate::Out(reason));
    }
}

/// What becomes of a file's row; open while it has no user, which every table has to be read for.
fn place(assembly: &mut Assembly, users: &Users, spares: &mut Spares, file: HardDiskRow, export: &Export) -> Fate {
    let HardDiskRow { owner, disk, host_type, status } = file;
    let mut spots = users.of_file(&disk, owner.host.value(), &assembly.estate);
    // Hosts may each have a file of one path; whose a row's is its machine's name tells.
    if spots.len() > 1
        && let Ok(number) = assembly.owner(&owner, export, disk.seen)
    {
        spots.retain(|(vm, _)| *vm == number);
    }
    if let Some(reason) = assembly.settle_hosts(&mut spots, &owner, &disk) {
        return Fate::Out(reason);
    }
    for (vm, _) in &spots {
        assembly.carry.row(*vm, disk.seen);
    }
    if let Some(((vm, at), rest)) = spots.split_last() {
        for (vm, at) in rest {
            take_file(assembly, (*vm, *at), disk.clone());
        }
        take_file(assembly, (*vm, *at), disk);
        return Fate::Joined;
    }
    if owner.name.is_known() || owner.id.is_known() {
        let row = disk.seen;
        return match assembly.owner(&owner, export, row) {
            Ok(number) => {
                assembly.files_claimed = true;
                attach(&mut assembly.estate.vms[number], disk, &assembly.ages, &mut assembly.doubts);
                Fate::Joined
            }
            Err(fate) => fate,
        };
    }
    if let Some(known) = spares.same_file(&disk) {
        let again = spares.files[known].disk.seen.table == disk.seen.table;
        spares.files[known].disk.fill(disk);
        return if again { Fate::Out(exclude::DUPLICATE_ID.into()) } else { Fate::Joined };
    }
    let is = |fact: &Fact<Name>, word: &str| fact.value().is_some_and(|text| text.eq_ignore_ascii_case(word));
    let is_foreign = keys(&disk).any(|key| assembly.foreign_files.contains(&key));
    let reason = if is(&host_type, "LibraryServer") {
        Some("stored in the VMM library")
    } else if is(&status, "Missing") {
        Some("missing in VMM")
    } else {
        is_foreign.then_some("a disk of a machine left out")
    };
    spares.add(disk, reason.map(Reason::from));
    Fate::Open
}

impl Assembly {
    /// Keeps of the disks at a path those whose host a file is on; why none is taken where nothing tells which that is.
    ///
    /// Lists of one host lie in one folder.
    fn settle_hosts(&self, spots: &mut Vec<Spot>, owner: &Owner, file: &Disk) -> Option<Reason> {
        let is_told = owner.host.is_known() || owner.name.is_known() || owner.id.is_known() || file.id.is_known();
        let is_shared = file.path.value().is_some_and(|path| on_shared_storage(&path_key(path)));
        let host = |spot: &Spot| self.estate.vms[spot.0].host.value();
        let are_apart = |spots: &[Spot]| {
            let mut hosts = spots.iter().filter_map(host);
            let first = hosts.next();
            first.is_some_and(|first| hosts.any(|other| !same_server(first, other)))
        };
        let folder = |table: u16| {
            let path = &self.estate.files[self.estate.tables[usize::from(table)].file].path;
            path.rsplit_once(['/', '\\']).map_or("", |(folder, _)| folder)
        };
        let folder_of = |(vm, at): &Spot| folder(self.estate.vms[*vm].disks[*at].seen.table);
        let are_in_folders = spots.windows(2).any(|pair| folder_of(&pair[0]) != folder_of(&pair[1]));
        if is_told || is_shared || !(are_apart(spots) || are_in_folders) {
            return None;
        }
        let here = folder(file.seen.table);
        spots.retain(|spot| folder_of(spot) == here);
        (spots.is_empty() || are_apart(spots)).then(|| SEVERAL_HOSTS.into())
    }
}

/// Whether a path, as its key, is on storage that hosts share.
fn on_shared_storage(path: &str) -> bool {
    path.starts_with(r"\\") || path.contains(r"\clusterstorage\")
}

/// Takes what a row says of the file of a machine's disk.
fn take_file(assembly: &mut Assembly, (vm, at): Spot, file: Disk) {
    let vm = &mut assembly.estate.vms[vm];
    let name = vm.name.value().map_or("", |name| name);
    conflicts::take_disk(name, &mut vm.disks[at], file, &assembly.ages, &mut assembly.doubts);
}

/// A file's GUID and path in lower case.
fn keys(disk: &Disk) -> impl Iterator<Item = String> {
    [disk.id.value(), disk.path.value()].into_iter().flatten().map(|key| path_key(key))
}

impl Users {
    fn of(estate: &Estate) -> Self {
        let mut users = Self::default();
        for (number, vm) in estate.vms.iter().enumerate() {
            for (at, disk) in vm.disks.iter().enumerate() {
                let link = users.next_link();
                if let Some(id) = disk.id.value() {
                    let next = users.by_id.insert(id.clone(), link);
                    users.chain.push(((number, at), next));
                }
                if let Some(path) = disk.path.value() {
                    let link = users.next_link();
                    let next = users.by_path.insert(path_key(path), link);
                    users.chain.push(((number, at), next));
                }
            }
        }
        users
    }

    fn next_link(&self) -> u32 {
        u32::try_from(self.chain.len()).expect("disks are fewer than 2^32")
    }

    fn spots(&self, first: Option<u32>) -> impl Iterator<Item = Spot> {
        let mut next = first;
        std::iter::from_fn(move || {
            let (spot, further) = self.chain[next? as usize];
            next = further;
            Some(spot)
        })
    }

    /// The disks that use a file: by GUID, else by path on the same host or on storage that hosts share.
    fn of_file(&self, file: &Disk, host: Option<&Name>, estate: &Estate) -> Vec<Spot> {
        if let Some(first) = file.id.value().and_then(|id| self.by_id.get(id)) {
            return self.spots(Some(*first)).collect();
        }
        let Some(path) = file.path.value().map(|path| path_key(path)) else { return Vec::new() };
        let is_shared = on_shared_storage(&path);
        let reaches = |spot: &Spot| match (host, estate.vms[spot.0].host.value()) {
            (Some(mine), Some(theirs)) => is_shared || same_server(mine, theirs),
            (None, _) | (_, None) => true,
        };
        self.spots(self.by_path.get(&path).copied()).filter(reaches).collect()
    }
}

impl Spares {
    fn add(&mut self, disk: Disk, reason: Option<Reason>) {
        let number = self.files.len();
        let name = disk.name.value().map(|name| path_key(name));
        for key in keys(&disk).chain(name) {
            self.by_key.entry(key).or_default().push(number);
        }
        self.files.push(Spare { disk, reason });
    }

    /// The spare that is the same file: by GUID, or by path if either has no GUID.
    fn same_file(&self, disk: &Disk) -> Option<usize> {
        let candidates = keys(disk).filter_map(|key| self.by_key.get(&key)).flatten().copied();
        candidates.into_iter().find(|number| {
            let known = &self.files[*number].disk;
            let same = |one: &Fact<Name>, other: &Fact<Name>| {
                one.value().zip(other.value()).map(|(one, other)| same_path(one, other))
            };
            same(&known.id, &disk.id).or_else(|| same(&known.path, &disk.path)).unwrap_or(false)
        })
    }

    /// Marks the files that a machine's disk builds on, through every level of its chain.
    fn find_parents(&mut self, estate: &Estate) {
        let own = estate.vms.iter().flat_map(|vm| &vm.disks).filter_map(|disk| disk.parent.value());
        let mut waiting: Vec<String> = own.map(|parent| path_key(parent)).collect();
        let mut followed: FxHashSet<String> = FxHashSet::default();
        while let Some(parent) = waiting.pop() {
            if !followed.insert(parent.clone()) {
                continue;
            }
            for number in self.by_key.get(&parent).into_iter().flatten() {
                let spare = &mut self.files[*number];
                spare.reason.get_or_insert_with(|| "the parent of a machine's disk".into());
                waiting.extend(spare.disk.parent.value().map(|parent| path_key(parent)));
            }
        }
    }
}
