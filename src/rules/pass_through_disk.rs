//! A disk must be a virtual hard disk, not a disk of the host passed through.

use super::prelude::*;
use crate::model::{Disk, DiskKind, Origin};

pub(super) static RULE: Rule = Rule {
    name: "pass-through-disk",
    summary: "A disk of the host is passed through to the machine.",
    remedy: "Convert the pass-through disk to a VHDX disk, or exclude it from replication.",
    why: "Hyper-V Replica follows writes to VHD files only; a pass-through disk is invisible to it.",
    needs: &[Field::DiskPassThrough, Field::DiskType, Field::PassThrough],
    limits: &[],
    examples: &[
        Example::met(&[table(&["VM", "Pass-through disks"], &[&["web-01", "No"]])]),
        Example::not_met(&[table(&["VM", "Pass-through disks"], &[&["sql-01", "Yes"]])]),
        Example::not_met(&[table(
            &["VM", "Disk path", "Disk is pass-through"],
            &[&["sql-02", "D:\\vm\\sql-02.vhdx", "No"], &["sql-02", "Disk 4 600.00 GB", "Yes"]],
        )]),
        Example::unknown(&[table(&["VM", "vCPUs"], &[&["web-01", "2"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, _: &Limits, _: &Context<'_>) -> Answer {
    for disk in &vm.disks {
        if let Some(origin) = passed_through(disk) {
            let observed = say!("{disk} is passed through", disk = disk.shown());
            return Ok(Verdict::observed(observed, "virtual hard disks only", Some(origin)));
        }
    }
    if !vm.pass_through.is_known() {
        vm.every_kind_readable()?;
    }
    match vm.pass_through.need() {
        Ok(known) => Ok(Verdict::refusing(known, "a pass-through disk", "virtual hard disks only")),
        Err(missing) => every_disk_is_virtual(vm).map_err(|_| missing),
    }
}

/// The cell that says that a disk is passed through.
fn passed_through(disk: &Disk) -> Option<Origin> {
    let stated = disk.pass_through.need().ok().filter(|known| known.value).map(|known| known.origin);
    stated.or_else(|| disk.kind.need().ok().filter(|kind| kind.value == DiskKind::Physical).map(|kind| kind.origin))
}

fn every_disk_is_virtual(vm: &Machine<'_>) -> Answer {
    for disk in vm.every_disk(Field::DiskPassThrough)? {
        if !disk.kind.is_known() {
            disk.pass_through.need()?;
        }
    }
    Ok(Verdict::Met)
}
