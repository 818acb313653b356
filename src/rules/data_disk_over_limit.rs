//! A data disk must not be larger than the target can hold.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "data-disk-over-limit",
    summary: "A data disk is larger than the target can hold.",
    remedy: "Shrink the volume or split it over several disks.",
    why: "Each replicated disk becomes one Azure disk, which has a largest size.",
    needs: &[Field::DiskSize],
    limits: &[("maximum", Kind::Size)],
    examples: &[
        Example::met(&[table(&["VM", "OS disk (GB)", "Disk 2 size (GB)"], &[&["db-01", "127", "512"]])]),
        Example::not_met(&[table(&["VM", "OS disk (GB)", "Disk 2 size (GB)"], &[&["db-01", "127", "65536"]])]),
        Example::unknown(&[table(&["VM", "Disks"], &[&["db-01", "3"]])]),
        Example::met(&[table(&["VM", "Disks", "Provisioned (GB)"], &[&["db-01", "3", "900"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, limits: &Limits, _: &Context<'_>) -> Answer {
    let Some(limit) = limits.size("maximum") else { return Ok(Verdict::NotApplicable) };
    for disk in vm.data_disks() {
        if let Some(size) = disk.size.value().filter(|size| **size > limit) {
            let origin = disk.size.need()?.origin;
            return Ok(Verdict::observed(
                say!("{disk} of {size}", disk = disk.shown(), size = *size),
                say!("at most {limit}", limit),
                Some(origin),
            ));
        }
    }
    vm.within_its_total(vm.data_size_missing(), limit)?;
    Ok(Verdict::Met)
}
