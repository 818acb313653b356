//! Machines of whose disks only a total is known, which bounds each of them.

use rustc_hash::FxHashMap;

use crate::model::{Arg, Estate, Fact, Field, Gravity, Identity, Vm, say};

/// Takes the totals of machines of which one list has several rows of a name for totals that say not of what: the rows may be
/// of parts of one machine, each with a part of its total.
pub(super) fn doubt(estate: &mut Estate) {
    let key = |vm: &Vm| (vm.seen.table, vm.shown_name().to_lowercase());
    let mut rows: FxHashMap<(u16, String), u32> = FxHashMap::default();
    for vm in estate.vms.iter().filter(|vm| vm.stated_disk_provisioned.is_known()) {
        *rows.entry(key(vm)).or_default() += 1;
    }
    for vm in estate.vms.iter_mut().filter(|vm| rows.get(&key(vm)).is_some_and(|rows| *rows > 1)) {
        let total = std::mem::replace(&mut vm.stated_disk_provisioned, Fact::absent(Field::DiskProvisioned));
        vm.stated_disk_total.fill(total);
    }
}

/// Notes once that the provisioned total decides where sizes of single disks are missing.
pub(super) fn note(estate: &mut Estate) {
    let is_bounded = |vm: &&Vm| vm.disks.is_empty() || vm.disks.iter().any(|disk| !disk.size.is_known());
    let mut bounds =
        estate.vms.iter().filter(is_bounded).filter_map(|vm| Some((vm.shown_name().to_owned(), vm.disk_bound()?)));
    let Some((name, bound)) = bounds.next() else { return };
    let more = bounds.count();
    let machine = Arg::named(Identity::Machine, &name);
    let others = match more {
        0 => Arg::Word(""),
        more => say!(", and likewise {more} more machines", more).into(),
    };
    let text = say!(
        "The disks of {machine} have no sizes of their own here{others}: none is taken to be larger than what all may grow to, {total} for {machine}. Export the disks to know each.",
        machine,
        others,
        total = bound.value
    );
    estate.note_at(Gravity::Remark, bound.origin, text);
}
