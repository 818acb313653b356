//! A disk that the deployment planner rejects cannot be profiled, even where replication would take it.

use super::prelude::*;
use crate::model::{Bytes, Generation};

pub(super) static RULE: Rule = Rule {
    name: "disk-over-planner-limit",
    summary: "The deployment planner rejects a disk of this size.",
    remedy: "Plan capacity for this machine by hand, or shrink the disk until the planner takes it.",
    why: "The planner's limits are older than the support matrix and lower in places; both are published.",
    needs: &[Field::DiskSize, Field::DiskRole, Field::Generation, Field::DiskCount],
    limits: &[("data_disk", Kind::Size), ("os_disk_generation_1", Kind::Size), ("os_disk_generation_2", Kind::Size)],
    examples: &[
        Example::met(&[table(&["VM", "Generation", "OS disk (GB)"], &[&["web-01", "1", "127"]])]),
        Example::not_met(&[table(
            &["VM", "Generation", "OS disk (GB)", "Disk 2 size (GB)"],
            &[&["file-01", "1", "127", "9000"]],
        )]),
        Example::unknown(&[table(&["VM", "Generation"], &[&["web-01", "1"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, limits: &Limits, _: &Context<'_>) -> Answer {
    if let Some(verdict) = limits.size("data_disk").and_then(|limit| any_disk_over(vm, limit)) {
        return Ok(verdict);
    }
    if fits_by_its_total(vm, limits) {
        return Ok(Verdict::Met);
    }
    let os_disk = vm.need_os_disk()?;
    let size = os_disk.size.need()?;
    let key = match vm.generation.need()?.value {
        Generation::One => "os_disk_generation_1",
        Generation::Two => "os_disk_generation_2",
    };
    if let Some(limit) = limits.size(key).filter(|limit| size.value > *limit) {
        let observed = say!("operating system disk of {size}", size = size.value);
        return Ok(Verdict::observed(observed, say!("at most {limit}", limit), Some(size.origin)));
    }
    for disk in vm.every_disk(Field::DiskSize)? {
        disk.size.need()?;
    }
    Ok(Verdict::Met)
}

/// Whether no disk can be over the smallest of the limits, by the provisioned total where single sizes are missing.
fn fits_by_its_total(vm: &Machine<'_>, limits: &Limits) -> bool {
    let keys = ["data_disk", "os_disk_generation_1", "os_disk_generation_2"];
    let Some(smallest) = keys.iter().filter_map(|key| limits.size(key)).min() else { return false };
    let fits = vm.disks.iter().filter_map(|disk| disk.size.value()).all(|size| *size <= smallest);
    fits && vm.disk_bound().is_some_and(|bound| bound.value <= smallest)
}

/// No operating system disk may be larger than a data disk may, so the limit holds for every disk.
fn any_disk_over(vm: &Machine<'_>, limit: Bytes) -> Option<Verdict> {
    for disk in &vm.disks {
        if let Ok(size) = disk.size.need()
            && size.value > limit
        {
            let observed = say!("{disk} of {size}", disk = disk.shown(), size = size.value);
            return Some(Verdict::observed(observed, say!("at most {limit}", limit), Some(size.origin)));
        }
    }
    None
}
