//! A disk must belong to one machine only.

use super::prelude::*;
use crate::model::{Disk, DiskFormat, Origin};

pub(super) static RULE: Rule = Rule {
    name: "shared-disk",
    summary: "A virtual hard disk is shared between machines.",
    remedy: "Replace the shared disk: give each machine disks of its own and replicate with the application's own means.",
    why: "Shared VHDX files, VHD sets and guest clusters on them cannot be replicated.",
    needs: &[Field::DiskShared, Field::DiskFormat, Field::DiskPath, Field::SharedStorage],
    limits: &[],
    examples: &[
        Example::met(&[table(&["VM", "Shared disks"], &[&["web-01", "No"]])]),
        Example::not_met(&[table(
            &["VM", "VM host", "Disk path", "Disk size (GB)"],
            &[
                &["sql-01", "hv-01", "C:\\ClusterStorage\\Volume1\\quorum.vhdx", "1"],
                &["sql-02", "hv-01", "C:\\ClusterStorage\\Volume1\\Quorum.vhdx", "1"],
            ],
        )]),
        Example::not_met(&[table(&["VM", "Disk path", "Disk format"], &[&["sql-03", "D:\\vm\\data.vhds", "VHDS"]])]),
        Example::unknown(&[table(
            &["VM", "Disk path", "Disk size (GB)"],
            &[&["web-01", "D:\\vm\\web-01.vhdx", "127"]],
        )]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, _: &Limits, ctx: &Context<'_>) -> Answer {
    for disk in &vm.disks {
        if let Some((reason, origin)) = marked_shared(disk) {
            return Ok(refuse(disk, reason.into(), origin));
        }
    }
    if ctx.attaches_a_disk_of_another(vm.index)
        && let Some((disk, count)) = vm.disks.iter().map(|disk| (disk, ctx.attachments(vm, disk))).find(|(_, n)| *n > 1)
    {
        let origin = disk.path.need()?.origin;
        return Ok(refuse(disk, say!("attached {count} times", count).into(), origin));
    }
    if !vm.shared_storage.is_known() {
        vm.every_kind_readable()?;
    }
    match vm.shared_storage.need() {
        Ok(known) => Ok(Verdict::refusing(known, "shared storage", "disks of its own")),
        Err(missing) => every_disk_is_its_own(vm).map_err(|_| missing),
    }
}

/// Why a disk by itself is known to be shared, and the cell that says so.
fn marked_shared(disk: &Disk) -> Option<(&'static str, Origin)> {
    if let Ok(shared) = disk.shared.need()
        && shared.value
    {
        return Some(("shared", shared.origin));
    }
    let format = disk.format.need().ok().filter(|format| format.value == DiskFormat::VhdSet)?;
    Some(("a VHD set", format.origin))
}

fn refuse(disk: &Disk, reason: Arg, origin: Origin) -> Verdict {
    Verdict::observed(say!("{disk}: {reason}", disk = disk.shown(), reason), "disks of its own", Some(origin))
}

fn every_disk_is_its_own(vm: &Machine<'_>) -> Answer {
    for disk in vm.every_disk(Field::DiskShared)? {
        disk.shared.need()?;
    }
    Ok(Verdict::Met)
}
