//! A machine must start from one operating system disk.

use super::prelude::*;
use crate::model::DiskRole;

pub(super) static RULE: Rule = Rule {
    name: "several-os-disks",
    summary: "The boot and system volumes are spread over several disks.",
    remedy: "Bring the boot and system volumes together on one disk.",
    why: "Azure starts a machine from a single operating system disk.",
    needs: &[Field::DiskRole, Field::DiskSize],
    limits: &[("maximum", Kind::Count)],
    examples: &[
        Example::met(&[table(
            &["VM", "Disk path", "Disk size (GB)", "Volume type of the disk"],
            &[
                &["web-01", "D:\\vm\\web-01-os.vhdx", "127", "OS"],
                &["web-01", "D:\\vm\\web-01-data.vhdx", "64", "Data"],
            ],
        )]),
        Example::not_met(&[table(
            &["VM", "Disk path", "Disk size (GB)", "Volume type of the disk"],
            &[&["old-01", "D:\\vm\\old-01-boot.vhd", "1", "OS"], &["old-01", "D:\\vm\\old-01-system.vhd", "60", "OS"]],
        )]),
        Example::unknown(&[table(&["VM", "Number of disks"], &[&["web-01", "2"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, limits: &Limits, _: &Context<'_>) -> Answer {
    let Some(limit) = limits.count("maximum") else { return Ok(Verdict::NotApplicable) };
    let marks = vm.os_disk_marks();
    if marks as u64 <= limit {
        vm.need_os_disk()?;
        return Ok(Verdict::Met);
    }
    let last = vm.disks.iter().rev().find(|disk| disk.role.value() == Some(&DiskRole::OperatingSystem));
    let origin = last.and_then(|disk| disk.role.need().ok()).map(|role| role.origin);
    Ok(Verdict::observed(say!("{marks} operating system disks", marks), say!("at most {limit}", limit), origin))
}
