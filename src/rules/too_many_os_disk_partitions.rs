//! A UEFI machine's operating system disk must not have more partitions than the conversion to BIOS takes.

use super::prelude::*;
use crate::model::Generation;

pub(super) static RULE: Rule = Rule {
    name: "too-many-os-disk-partitions",
    summary: "The operating system disk of the UEFI machine has too many partitions.",
    remedy: "Remove surplus recovery partitions from the operating system disk.",
    why: "The machine is turned from UEFI to BIOS in Azure, which a disk with many partitions does not survive.",
    needs: &[Field::Generation, Field::OsDiskPartitions],
    limits: &[("maximum", Kind::Count)],
    examples: &[
        Example::met(&[table(&["VM", "Generation", "OS disk partitions"], &[&["web-01", "2", "3"]])]),
        Example::not_met(&[table(&["VM", "Generation", "OS disk partitions"], &[&["app-01", "2", "7"]])]),
        Example::unknown(&[table(&["VM", "Generation"], &[&["web-01", "2"]])]),
        Example::not_applicable(&[table(&["VM", "Generation", "OS disk partitions"], &[&["web-02", "1", "7"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, limits: &Limits, _: &Context<'_>) -> Answer {
    let Some(limit) = limits.count("maximum") else { return Ok(Verdict::NotApplicable) };
    match vm.generation.need()?.value {
        Generation::One => return Ok(Verdict::NotApplicable),
        Generation::Two => {}
    }
    let partitions = vm.os_disk_partitions.need()?;
    if u64::from(partitions.value) <= limit {
        return Ok(Verdict::Met);
    }
    Ok(Verdict::not_met(partitions, say!("at most {limit}", limit)))
}
