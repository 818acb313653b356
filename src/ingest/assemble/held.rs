//! Disks and adapters that machines' own rows give, held until the tables that list them are read.

use rustc_hash::FxHashSet;

use super::ages::Ages;
use super::assembly::{Assembly, HeldDisk};
use super::conflicts;
use super::disks::{MOST_COMPARED, attach, boot_disk, is_medium, make_room};
use super::doubts::Doubts;
use super::nics;
use crate::model::{Disk, DiskRole, Missing, Nic, Vm, Why};

impl Assembly {
    /// Keeps a row's disks: one with a path is attached, others wait for the tables of drives.
    pub(super) fn hold_disks(&mut self, vm: usize, disk: Option<Disk>, mut columns: Vec<(u16, Disk)>) {
        if let Some(disk) = disk.filter(|disk| !is_medium(disk)) {
            if tells_of(&columns, &disk) {
                for (_, known) in &mut columns {
                    known.fill(disk.clone());
                }
            } else if disk.path.is_known() || disk.id.is_known() {
                self.files_claimed = true;
                attach(&mut self.estate.vms[vm], disk, &self.ages, &mut self.doubts);
            } else {
                self.held_disks.push(HeldDisk { vm, number: None, disk });
            }
        }
        columns.sort_by_key(|(number, _)| *number);
        self.held_disks.extend(columns.into_iter().map(|(number, disk)| HeldDisk { vm, number: Some(number), disk }));
    }

    /// Gives the disks held to machines whose disks no table lists; else they tell more of those listed.
    pub(super) fn release_disks(&mut self) {
        let mut held = std::mem::take(&mut self.held_disks);
        held.sort_by_key(|held| (held.vm, held.disk.seen.table));
        // Which disks of the machine at hand came from numbered columns.
        let mut numbers: Vec<Option<u16>> = Vec::new();
        let mut last = None;
        for own in held.chunk_by(|one, other| (one.vm, one.disk.seen.table) == (other.vm, other.disk.seen.table)) {
            let number = own[0].vm;
            let vm = &mut self.estate.vms[number];
            if last != Some(number) {
                numbers = vec![None; vm.disks.len()];
                last = Some(number);
            }
            if vm.disks.is_empty() {
                numbers.extend(own.iter().map(|held| held.number));
                vm.disks.reserve_exact(own.len());
                vm.disks.extend(own.iter().map(|held| held.disk.clone()));
            } else {
                reconcile(vm, &mut numbers, own, &self.ages, &mut self.doubts);
            }
        }
    }

    /// Keeps the adapters that a machine's own row gives until the tables of adapters are read.
    pub(super) fn hold_nics(&mut self, vm: usize, nic: Option<Nic>, mut columns: Vec<(u16, Nic)>) {
        columns.sort_by_key(|(number, _)| *number);
        self.held_nics.extend(nic.into_iter().chain(columns.into_iter().map(|(_, nic)| nic)).map(|nic| (vm, nic)));
    }

    /// Gives the adapters held to their machines, unless another table lists them.
    pub(super) fn release_nics(&mut self) {
        let mut held = std::mem::take(&mut self.held_nics);
        // What a list tells with addresses of the hardware is known before what others add to it.
        let with_macs: FxHashSet<(usize, u16)> =
            held.iter().filter(|(_, nic)| nic.mac.is_known()).map(|(vm, nic)| (*vm, nic.seen.table)).collect();
        held.sort_by_key(|(vm, nic)| (*vm, !with_macs.contains(&(*vm, nic.seen.table)), nic.seen.table));
        for own in held.chunk_by(|one, other| (one.0, one.1.seen.table) == (other.0, other.1.seen.table)) {
            let vm = &mut self.estate.vms[own[0].0];
            let listed = vm.nics.len();
            for (_, nic) in own {
                match nics::same(vm, nic) {
                    Some(known) => {
                        let name = vm.name.value().map_or("", |name| name);
                        conflicts::take_nic(name, &mut vm.nics[known], nic.clone(), &self.ages, &mut self.doubts);
                    }
                    // One adapter listed and one stated are the same one; of several, only a MAC address tells which.
                    None if listed == 1 && own.len() == 1 => vm.nics[0].fill(nic.clone()),
                    None if listed == 0 || own.len() > listed => {
                        make_room(&mut vm.nics);
                        vm.nics.push(nic.clone());
                    }
                    None => {}
                }
            }
        }
    }
}

/// Whether a row's cells of a disk tell of the disks that have columns of their own: a format without a size or a file
/// is that of the only such disk, and of each of several while nothing singles one out.
fn tells_of(columns: &[(u16, Disk)], disk: &Disk) -> bool {
    // A size that could not be read is that of a disk all the same.
    let has_size = !matches!(disk.size.need(), Err(Missing { why: Why::Absent | Why::Unsaid(_), .. }));
    let is_a_file = has_size || disk.path.is_known() || disk.id.is_known() || disk.name.is_known();
    let singled_out = disk.bus.is_known() || disk.lun.is_known() || disk.role.is_known();
    match columns {
        [] => false,
        [_] => !is_a_file && disk.role.value() != Some(&DiskRole::Data),
        [_, _, ..] => !is_a_file && !singled_out,
    }
}

/// Matches disks that a row states with the disks the machine has from other tables.
fn reconcile(vm: &mut Vm, numbers: &mut Vec<Option<u16>>, own: &[HeldDisk], ages: &Ages, doubts: &mut Doubts) {
    let mut free: Vec<bool> = vec![true; vm.disks.len()];
    let surplus = own.len() > vm.disks.len();
    let all_numbered = numbers.iter().all(Option::is_some);
    for HeldDisk { number, disk, .. } in own {
        let is_numbered = number.is_some() && all_numbered;
        let same =
            if is_numbered { numbers.iter().position(|known| known == number) } else { same_disk(vm, &free, disk) };
        match same {
            Some(at) => {
                free[at] = false;
                let name = vm.name.value().map_or("", |name| name);
                conflicts::take_disk(name, &mut vm.disks[at], disk.clone(), ages, doubts);
            }
            None if is_numbered || surplus => {
                free.push(false);
                numbers.push(*number);
                vm.disks.push(disk.clone());
            }
            None => {
                conflicts::set_aside(vm, disk);
                doubts.unlisted(disk.size.need().map_or(disk.seen, |size| size.origin));
            }
        }
    }
}

/// The machine's disk that a stated one is: by file name, by size, or because both are the one it starts from.
fn same_disk(vm: &Vm, free: &[bool], disk: &Disk) -> Option<usize> {
    let is_named = |known: &Disk| {
        let names = [known.name.value(), known.path.value()];
        disk.name
            .value()
            .is_some_and(|name| names.into_iter().flatten().any(|known| file_stem(known) == file_stem(name)))
    };
    let is_as_large = |known: &Disk| disk.size.is_known() && known.size.value() == disk.size.value();
    let position =
        |fits: &dyn Fn(&Disk) -> bool| (0..free.len().min(MOST_COMPARED)).find(|at| free[*at] && fits(&vm.disks[*at]));
    position(&is_named).or_else(|| position(&is_as_large)).or_else(|| {
        let at = (disk.role.value() == Some(&DiskRole::OperatingSystem)).then(|| boot_disk(vm))??;
        (free[at] && !vm.disks[at].size.is_known()).then_some(at)
    })
}

/// A file's name without folder and extension, in lower case.
fn file_stem(path: &str) -> String {
    let name = path.rsplit(['\\', '/']).next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_lowercase()
}
