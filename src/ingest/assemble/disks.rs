//! Drives to machines, and which of its disks a machine starts from.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::ages::Ages;
use super::assembly::{Assembly, Fate};
use super::attached::DriveRow;
use super::conflicts;
use super::doubts::Doubts;
use super::exclude::MEDIUM;
use super::paths::{path_key, same_path};
use super::registry::Export;
use super::stage::Table;
use crate::model::{Bytes, Disk, DiskFormat, DiskKind, DiskRole, Estate, Fact, Generation, Name, Origin, Vm};

/// The most disks of one machine that are compared with a further one.
pub(super) const MOST_COMPARED: usize = 300;

/// Adds a disk to a machine, or tells more of one it has already.
pub(super) fn attach(vm: &mut Vm, disk: Disk, ages: &Ages, doubts: &mut Doubts) {
    if let Some(at) = vm.disks.iter().rev().take(MOST_COMPARED).position(|known| is_same(known, &disk)) {
        let at = vm.disks.len() - 1 - at;
        conflicts::take_disk(vm.name.value().map_or("", |name| name), &mut vm.disks[at], disk, ages, doubts);
    } else {
        make_room(&mut vm.disks);
        vm.disks.push(disk);
    }
}

/// Makes room for one more; most machines have one or two disks and adapters, and vectors begin with room for four.
pub(super) fn make_room<T>(items: &mut Vec<T>) {
    if items.len() < 4 {
        items.reserve_exact(1);
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
        let path = disk.path.value().map(|path| path_key(path));
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
    let one_path = one.path.value().zip(other.path.value());
    equal(&one.id, &other.id)
        || one_path.is_some_and(|(one, other)| Arc::ptr_eq(one, other) || same_path(one, other))
        || (one.seen.table != other.seen.table
            && (place(one).is_some_and(|at| place(other) == Some(at))
                || ((is_bare(one) || is_bare(other)) && equal(&one.name, &other.name))))
}

/// Whether nothing says which file a disk is.
fn is_bare(disk: &Disk) -> bool {
    !disk.path.is_known() && !disk.id.is_known()
}

/// Joins two views of a machine's disks: a list that names no files, and disks with files of which each has the size of one in it.
fn join_views(vm: &mut Vm) {
    let (mut bare, mut files): (Vec<Disk>, Vec<Disk>) = std::mem::take(&mut vm.disks).into_iter().partition(is_bare);
    let is_one_list = bare.iter().all(|disk| disk.seen.table == bare[0].seen.table);
    let apart = files.iter().all(|file| bare.iter().all(|disk| disk.seen.table != file.seen.table));
    let sizes = |disks: &[Disk]| {
        let mut sizes: Vec<Option<Bytes>> = disks.iter().map(|disk| disk.size.value().copied()).collect();
        sizes.sort();
        sizes
    };
    let known = sizes(&bare);
    if !bare.is_empty() && is_one_list && apart && known[0].is_some() && known == sizes(&files) {
        for file in &mut files {
            let same = bare.iter().position(|disk| disk.size.value() == file.size.value());
            let same = same.expect("the sizes of both are the same");
            file.fill(bare.swap_remove(same));
        }
    }
    vm.disks = files;
    vm.disks.append(&mut bare);
    vm.disks.sort_by_key(|disk| (disk.seen.table, disk.seen.row));
}

/// Whether one table puts two files in one place, as happens when machines of one name are told apart by nothing.
fn is_crowded(one: &Disk, other: &Disk) -> bool {
    one.seen.table == other.seen.table && !is_same(one, other) && place(one).is_some_and(|at| place(other) == Some(at))
}

/// A disk's controller, its number and the location on it.
fn place(disk: &Disk) -> Option<(&str, u32, u32)> {
    Some((disk.controller.value()?, *disk.bus.value()?, *disk.lun.value()?))
}

/// Whether what a row lists among disks is a drive for discs or diskettes: an image is in it, or its name says so.
pub(super) fn is_medium(disk: &Disk) -> bool {
    let ends = |path: &Name| {
        let path = path.to_lowercase();
        [".iso", ".vfd", ".flp"].iter().any(|end| path.ends_with(end))
    };
    let is_called = |name: &Name| {
        let name = name.to_lowercase();
        ["dvd drive", "dvd-", "cd/dvd", "cd-rom", "floppy", "diskette drive"]
            .iter()
            .any(|start| name.starts_with(start))
    };
    match disk.path.value() {
        Some(path) => ends(path),
        None => disk.name.value().is_some_and(is_called) && !disk.size.is_known(),
    }
}

/// Takes the rows of a table of drives.
pub(super) fn take_drives(assembly: &mut Assembly, table: Table<'_>) {
    assembly.files_claimed = true;
    let export = table.export();
    assembly.rows(&table, |assembly, drive, _| take_drive(assembly, drive, &export));
}

fn take_drive(assembly: &mut Assembly, mut drive: DriveRow, export: &Export) -> Fate {
    let row = drive.disk.seen;
    if is_medium(&drive.disk) {
        return Fate::Out(MEDIUM.into());
    }
    if let Fact::Known(is_vhd) = &drive.is_vhd
        && !is_vhd.value
    {
        drive.disk.pass_through.fill(Fact::known(true, is_vhd.origin));
    }
    match assembly.owner(&drive.owner, export, row) {
        Ok(number) => {
            let vm = &mut assembly.estate.vms[number];
            if vm.disks.iter().take(MOST_COMPARED).any(|known| is_crowded(known, &drive.disk)) {
                assembly.doubts.crowded(row);
            }
            attach(vm, drive.disk, &assembly.ages, &mut assembly.doubts);
            Fate::Joined
        }
        Err(fate) => {
            let file = [drive.disk.id.value(), drive.disk.path.value()];
            assembly.foreign_files.extend(file.into_iter().flatten().map(|key| path_key(key)));
            fate
        }
    }
}

/// Adds to each machine what its disks tell by themselves.
pub(super) fn finish(estate: &mut Estate) {
    estate.vms.par_iter_mut().for_each(|vm| {
        if vm.disks.iter().any(is_bare) && !vm.disks.iter().all(is_bare) {
            join_views(vm);
        }
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
    let path = path.to_lowercase();
    let is_numbered = |rest: &str| rest.trim_start().starts_with(|sign: char| sign.is_ascii_digit());
    let device = path.trim_start_matches(['\\', '.', '?']);
    let begins = |start: &str| path.strip_prefix(start).is_some_and(is_numbered) && !path.contains('\\');
    device.strip_prefix("physicaldrive").is_some_and(is_numbered)
        || ["disk ", "physical disk ", "physischer datenträger ", "fysisk disk ", "disque physique ", "disco físico "]
            .into_iter()
            .any(begins)
}

/// Where a disk's path says that it is a checkpoint's.
fn checkpoint_path(disk: &Disk) -> Option<Origin> {
    let path = disk.path.need().ok()?;
    let extension = path.value.rsplit_once('.')?.1;
    (extension.eq_ignore_ascii_case("avhdx") || extension.eq_ignore_ascii_case("avhd")).then_some(path.origin)
}

/// The disk a machine starts from, when something settles it.
pub(super) fn boot_disk(vm: &Vm) -> Option<usize> {
    let at = |fits: &dyn Fn(&Disk) -> bool| -> Vec<usize> {
        vm.disks.iter().enumerate().filter(|(_, disk)| fits(disk)).map(|(at, _)| at).collect()
    };
    let marked = at(&|disk| disk.role.value() == Some(&DiskRole::OperatingSystem));
    let first = at(&|disk| is_first(disk, vm.generation.value().copied()));
    let only = || (vm.disks.len() == 1 && vm.stated_disk_count.value().is_none_or(|count| *count <= 1)).then_some(0);
    match (&marked[..], &first[..]) {
        ([one], _) | ([], [one]) => Some(*one),
        ([_, _, ..], [one]) => Some(*one).filter(|one| marked.contains(one)),
        ([], []) => only(),
        ([] | [_, _, ..], _) => None,
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
