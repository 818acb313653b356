//! A generation 2 machine should have the simple disk layout that the documents describe.

use super::prelude::*;
use crate::model::Generation;

pub(super) static RULE: Rule = Rule {
    name: "generation-2-layout-unsupported",
    summary: "The generation 2 machine has more or larger disks than the documents describe as supported.",
    remedy: "Reduce the disks to the layout described, or replicate under a newer edition with a newer provider.",
    why: "Older documents take generation 2 machines with a small basic operating system disk and one or two data volumes.",
    needs: &[Field::Generation, Field::DiskSize, Field::DiskRole, Field::DiskCount],
    limits: &[("data_disks", Kind::Count), ("os_disk_under", Kind::Size)],
    examples: &[
        Example::met(&[table(&["VM", "Generation", "OS disk (GB)"], &[&["web-01", "2", "127"]])]),
        Example::not_met(&[table(&["VM", "Generation", "OS disk (GB)"], &[&["file-01", "2", "3000"]])]),
        Example::unknown(&[table(&["VM", "Generation"], &[&["web-01", "2"]])]),
        Example::not_applicable(&[table(&["VM", "Generation", "OS disk (GB)"], &[&["web-02", "1", "500"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, limits: &Limits, _: &Context<'_>) -> Answer {
    match vm.generation.need()?.value {
        Generation::One => return Ok(Verdict::NotApplicable),
        Generation::Two => {}
    }
    if let Some(limit) = limits.count("data_disks") {
        let count = vm.disk_count()?;
        let data = u64::from(count.value.saturating_sub(1));
        if data > limit {
            let observed = say!("{data} data disks on generation 2", data);
            return Ok(Verdict::observed(observed, say!("at most {limit}", limit), Some(count.origin)));
        }
    }
    let size = vm.need_os_disk()?.size.need()?;
    match limits.size("os_disk_under") {
        Some(limit) if size.value >= limit => Ok(Verdict::not_met(size, say!("less than {limit}", limit))),
        Some(_) | None => Ok(Verdict::Met),
    }
}
