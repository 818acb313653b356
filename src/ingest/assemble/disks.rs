//! Disks to machines: drives by machine, disks in columns, and which disk a machine starts from.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::attached::{DriveRow, Owner};
use super::doubts::Doubts;
use super::exclude;
use super::registry::{Key, Match, Target};
use super::stage::{Staged, Table};
use super::{Assembly, Fate};
use crate::model::{Disk, DiskFormat, DiskKind, DiskRole, Estate, Fact, Generation, Name, Vm};

/// The most disks of one machine that are compared with a further one.
const MOST_COMPARED: usize = 300;

/// A disk that a machine's own row gave.
pub(super) struct Held {
    vm: usize,
    /// The number in its heading, 0 for the operating system disk.
    number: Option<u16>,
    disk: Disk,
}

impl Assembly {
    /// Keeps a row's disks: one with a path is attached, others wait for the tables of drives.
    pub(super) fn hold_disks(&mut self, vm: usize, disk: Option<Disk>, mut columns: Vec<(u16, Disk)>) {
        if let Some(disk) = disk {
            if disk.path.is_known() || disk.id.is_known() {
                self.files_claimed = true;
                attach(&mut self.estate.vms[vm], disk);
            } else {
                self.held_disks.push(Held { vm, number: None, disk });
            }
        }
        columns.sort_by_key(|(number, _)| *number);
        self.held_disks.extend(columns.into_iter().map(|(number, disk)| Held { vm, number: Some(number), disk }));
    }

    /// Gives the disks held to machines whose disks no table lists; else they tell more of those listed.
    pub(super) fn release_disks(&mut self) {
        let mut held = std::mem::take(&mut self.held_disks);
        held.sort_by_key(|held| held.vm);
        let mut held = held.into_iter().peekable();
        while let Some(first) = held.next() {
            let number = first.vm;
            let mut own = vec![first];
            while let Some(next) = held.next_if(|next| next.vm == number) {
                own.push(next);
            }
            let vm = &mut self.estate.vms[number];
            if vm.disks.is_empty() {
                own.sort_by_key(|held| held.number);
                own.into_iter().for_each(|held| hold_or_fill(vm, held));
            } else {
                reconcile(vm, own, &mut self.doubts);
            }
        }
    }

    /// The machine that a row of drives or adapters belongs to, or why there is none.
    pub(super) fn owner(&mut self, owner: &Owner, title: &str, row: crate::model::Origin) -> Result<usize, Fate> {
        let key = Key { id: owner.id.value(), name: owner.name.value(), host: owner.host.value() };
        if key.id.is_none() && key.name.is_none() {
            return Err(Fate::Out(exclude::NAMELESS.into()));
        }
        match self.registry.find(key, title) {
            Match::One(entry, _) => match self.registry.target(entry) {
                Target::Machine(number) => Ok(*number),
                Target::Out(reason) => Err(Fate::Out(Arc::clone(reason))),
            },
            Match::Several => {
                self.doubts.several(row);
                Err(Fate::Out(exclude::SEVERAL_MACHINES.into()))
            }
            Match::None => Err(Fate::Out(exclude::NO_MACHINE.into())),
        }
    }
}

/// A disk in a column of its own, which two tables may give under the same number.
fn hold_or_fill(vm: &mut Vm, held: Held) {
    let Held { number, disk, .. } = held;
    let same = number
        .is_some()
        .then(|| vm.disks.iter_mut().find(|known| known.seen.table != disk.seen.table && known.size == disk.size));
    match same.flatten() {
        Some(known) => known.fill(disk),
        None => vm.disks.push(disk),
    }
}

/// Matches disks that the machine's row states with the disks that tables list.
fn reconcile(vm: &mut Vm, own: Vec<Held>, doubts: &mut Doubts) {
    let mut free: Vec<bool> = vec![true; vm.disks.len()];
    let surplus = own.len() > vm.disks.len();
    for Held { disk, .. } in own {
        let name = disk.name.value().cloned();
        let is_named = |known: &Disk| {
            let names = [known.name.value(), known.path.value()];
            name.as_deref()
                .is_some_and(|name| names.into_iter().flatten().any(|known| file_stem(known) == file_stem(name)))
        };
        let is_as_large = |known: &Disk| disk.size.is_known() && known.size.value() == disk.size.value();
        let position = |fits: &dyn Fn(&Disk) -> bool| (0..free.len()).find(|at| free[*at] && fits(&vm.disks[*at]));
        let same = position(&is_named).or_else(|| position(&is_as_large)).or_else(|| {
            let is_os = disk.role.value() == Some(&DiskRole::OperatingSystem);
            boot_disk(vm).filter(|at| is_os && free[*at] && !vm.disks[*at].size.is_known())
        });
        match same {
            Some(at) => {
                free[at] = false;
                vm.disks[at].fill(disk);
            }
            None if surplus => {
                free.push(false);
                vm.disks.push(disk);
            }
            None => doubts.unlisted(disk.size.need().map_or(disk.seen, |size| size.origin)),
        }
    }
}

/// A file's name without folder and extension, in lower case.
fn file_stem(path: &str) -> String {
    let name = path.rsplit(['\\', '/']).next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_lowercase()
}

/// Adds a disk to a machine, or tells more of one it has already.
pub(super) fn attach(vm: &mut Vm, disk: Disk) {
    match vm.disks.iter_mut().rev().take(MOST_COMPARED).find(|known| is_same(known, &disk)) {
        Some(known) => known.fill(disk),
        None => vm.disks.push(disk),
    }
}

/// Joins disks of a machine that turn out to be one file: one table knew its path only, another its GUID only, and a
/// table of VHD files told both.
pub(super) fn join_same_files(vm: &mut Vm) {
    let by_path_alone = |disk: &Disk| disk.path.is_known() && !disk.id.is_known();
    let by_both = |disk: &Disk| disk.path.is_known() && disk.id.is_known();
    if !vm.disks.iter().any(by_path_alone) || !vm.disks.iter().any(by_both) {
        return;
    }
    let mut at_path: FxHashMap<String, usize> = FxHashMap::default();
    for disk in std::mem::take(&mut vm.disks) {
        let path = disk.path.value().map(|path| path.to_lowercase());
        if let Some(known) = path.as_ref().and_then(|path| at_path.get(path)) {
            vm.disks[*known].fill(disk);
            continue;
        }
        at_path.extend(path.map(|path| (path, vm.disks.len())));
        vm.disks.push(disk);
    }
}

/// Whether two disks of a machine are one: the same file, or in two tables the same place on the same controller.
fn is_same(one: &Disk, other: &Disk) -> bool {
    let equal = |a: &Fact<Name>, b: &Fact<Name>| {
        a.value().zip(b.value()).is_some_and(|(a, b)| Arc::ptr_eq(a, b) || a.eq_ignore_ascii_case(b))
    };
    let place = |disk: &Disk| Some((*disk.bus.value()?, *disk.lun.value()?));
    equal(&one.id, &other.id)
        || equal(&one.path, &other.path)
        || (one.seen.table != other.seen.table
            && equal(&one.controller, &other.controller)
            && place(one).is_some_and(|at| place(other) == Some(at)))
}

/// Takes the rows of a table of drives.
pub(super) fn take_drives(assembly: &mut Assembly, table: Table<'_>) {
    let title = table.recognised.title.as_str();
    let mut doubts = std::mem::take(&mut assembly.doubts);
    assembly.files_claimed = true;
    table.stage(
        |row: Staged<DriveRow>| {
            let fate = match row.part {
                Ok(drive) => take_drive(assembly, drive, title),
                Err(reason) => Fate::Out(reason.into()),
            };
            assembly.count(table.index, fate);
        },
        |origin, trouble| doubts.cell(origin, trouble),
    );
    doubts.append(&mut assembly.doubts);
    assembly.doubts = doubts;
}

fn take_drive(assembly: &mut Assembly, mut drive: DriveRow, title: &str) -> Fate {
    let row = drive.disk.seen;
    if let Fact::Known(is_vhd) = &drive.is_vhd
        && !is_vhd.value
    {
        drive.disk.pass_through.fill(Fact::known(true, is_vhd.origin));
    }
    match assembly.owner(&drive.owner, title, row) {
        Ok(number) => {
            attach(&mut assembly.estate.vms[number], drive.disk);
            Fate::Joined
        }
        Err(fate) => {
            let file = [drive.disk.id.value(), drive.disk.path.value()];
            assembly.foreign_files.extend(file.into_iter().flatten().map(|key| key.to_lowercase()));
            fate
        }
    }
}

/// Adds to each machine what its disks tell by themselves.
pub(super) fn finish(estate: &mut Estate) {
    estate.vms.par_iter_mut().for_each(|vm| {
        vm.disks.iter_mut().for_each(read_path);
        if !vm.checkpoints.is_known()
            && let Some(path) = vm.disks.iter().find_map(checkpoint_path)
        {
            vm.checkpoints = Fact::known(1, path);
        }
        vm.os_disk = boot_disk(vm);
    });
    estate.orphaned_disks.iter_mut().for_each(read_path);
}

/// What a disk's path tells: its format, that it is shared, or that it is a disk of the host.
pub(super) fn read_path(disk: &mut Disk) {
    if let Fact::Known(path) = &disk.path {
        let origin = path.origin;
        let extension = path.value.rsplit_once('.').map_or("", |(_, extension)| extension);
        let format = [
            ("vhdx", DiskFormat::Vhdx),
            ("vhd", DiskFormat::Vhd),
            ("vhds", DiskFormat::VhdSet),
            ("avhdx", DiskFormat::Avhd),
            ("avhd", DiskFormat::Avhd),
            ("vmdk", DiskFormat::Vmdk),
        ];
        if let Some((_, format)) = format.into_iter().find(|(known, _)| extension.eq_ignore_ascii_case(known)) {
            disk.format.fill(Fact::known(format, origin));
        } else if is_host_disk(&path.value) {
            disk.pass_through.fill(Fact::known(true, origin));
        }
    }
    if let Fact::Known(kind) = &disk.kind
        && kind.value == DiskKind::Physical
    {
        disk.pass_through.fill(Fact::known(true, kind.origin));
    }
    if let Fact::Known(format) = &disk.format
        && format.value == DiskFormat::VhdSet
        && disk.shared.value() != Some(&true)
    {
        disk.shared = Fact::known(true, format.origin);
    }
}

/// Whether a path is that of a pass-through disk: "Disk 2 10.00 GB Bus 0 Lun 1 Target 0".
fn is_host_disk(path: &str) -> bool {
    path.strip_prefix("Disk ").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        && !path.contains('\\')
}

/// Where a disk's path says that it is a checkpoint's.
fn checkpoint_path(disk: &Disk) -> Option<crate::model::Origin> {
    let path = disk.path.need().ok()?;
    let extension = path.value.rsplit_once('.')?.1;
    (extension.eq_ignore_ascii_case("avhdx") || extension.eq_ignore_ascii_case("avhd")).then_some(path.origin)
}

/// The disk a machine starts from, when something settles it.
fn boot_disk(vm: &Vm) -> Option<usize> {
    let at = |fits: &dyn Fn(&Disk) -> bool| -> Vec<usize> {
        vm.disks.iter().enumerate().filter(|(_, disk)| fits(disk)).map(|(at, _)| at).collect()
    };
    let marked = at(&|disk| disk.role.value() == Some(&DiskRole::OperatingSystem));
    let first = at(&|disk| is_first(disk, vm.generation.value().copied()));
    match (&marked[..], &first[..]) {
        ([one], _) => Some(*one),
        ([_, _, ..], [one]) if marked.contains(one) => Some(*one),
        ([], [one]) => Some(*one),
        ([], []) if vm.disks.len() == 1 && vm.stated_disk_count.value().is_none_or(|count| *count <= 1) => Some(0),
        _ => None,
    }
}

/// Whether a disk is at the place a machine of the generation starts from.
fn is_first(disk: &Disk, generation: Option<Generation>) -> bool {
    let zero = disk.bus.value() == Some(&0) && disk.lun.value() == Some(&0);
    let controller = disk.controller.value().map(|name| name.to_ascii_uppercase());
    zero && match (generation, controller.as_deref()) {
        (Some(Generation::One), Some(controller)) => controller == "IDE",
        (Some(Generation::Two), Some(controller)) => controller == "SCSI",
        (None, _) => true,
        (Some(_), None) => false,
    }
}
