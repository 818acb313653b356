//! LVM should be on data disks only.

use super::prelude::*;
use crate::catalogue::Family;

pub(super) static RULE: Rule = Rule {
    name: "lvm-on-os-disk",
    summary: "The Linux guest has LVM on its operating system disk.",
    remedy: "Move root and boot off LVM, or keep the volume group within the single operating system disk.",
    why: "LVM is supported on data disks; Azure gives a machine one operating system disk, which a volume group may outgrow.",
    needs: &[Field::GuestOs, Field::LvmOnOsDisk],
    limits: &[],
    examples: &[
        Example::met(&[table(
            &["VM", "Guest OS", "LVM on the OS disk"],
            &[&["lnx-01", "Ubuntu Linux 22.04 (64 bit)", "No"]],
        )]),
        Example::not_met(&[table(
            &["VM", "Guest OS", "LVM on the OS disk"],
            &[&["lnx-02", "Red Hat Enterprise Linux 8 (64 bit)", "Yes"]],
        )]),
        Example::unknown(&[table(&["VM", "Guest OS"], &[&["lnx-01", "Ubuntu Linux 22.04 (64 bit)"]])]),
        Example::not_applicable(&[table(&["VM", "Guest OS"], &[&["web-01", "Windows Server 2019 Standard"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, _: &Limits, _: &Context<'_>) -> Answer {
    match vm.need_family() {
        Ok(Family::WindowsServer | Family::WindowsClient | Family::Other) => return Ok(Verdict::NotApplicable),
        Ok(Family::Linux) | Err(_) => {}
    }
    Ok(Verdict::refusing(vm.lvm_on_os_disk.need()?, "LVM on the operating system disk", "LVM on data disks only"))
}
