//! A disk must not be smaller than the target replicates.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "disk-under-minimum",
    summary: "A disk is smaller than the target takes.",
    remedy: "Grow the disk, or exclude it from replication.",
    why: "The smallest Azure managed disk sets the smallest size that can be replicated.",
    needs: &[Field::DiskSize],
    limits: &[("minimum", Kind::Size)],
    examples: &[
        Example::met(&[table(&["VM", "OS disk (GB)", "Disk 2 size (GB)"], &[&["db-01", "127", "64"]])]),
        Example::not_met(&[table(&["VM", "OS disk (GB)", "Disk 2 size (GB)"], &[&["sql-02", "127", "0.5"]])]),
        Example::unknown(&[table(&["VM", "Number of disks"], &[&["db-01", "3"]])]),
        Example::not_met(&[table(&["VM", "Number of disks", "Provisioned (MB)"], &[&["db-01", "1", "512"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, limits: &Limits, _: &Context<'_>) -> Answer {
    let Some(limit) = limits.size("minimum") else { return Ok(Verdict::NotApplicable) };
    for disk in &vm.disks {
        if let Ok(size) = disk.size.need()
            && size.value < limit
        {
            let observed = say!("{disk} of {size}", disk = disk.shown(), size = size.value);
            return Ok(Verdict::observed(observed, say!("at least {limit}", limit), Some(size.origin)));
        }
    }
    let missing = vm.every_disk(Field::DiskSize).err().or_else(|| vm.size_missing());
    // A part is never larger than what all of them may grow to.
    if let Some(bound) = vm.disk_bound().filter(|bound| missing.is_some() && bound.value < limit) {
        let observed = say!("disks of {size} in all, provisioned", size = bound.value);
        return Ok(Verdict::observed(observed, say!("at least {limit}", limit), Some(bound.origin)));
    }
    missing.map_or(Ok(Verdict::Met), Err)
}
