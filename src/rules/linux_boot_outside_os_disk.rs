//! A Linux guest must have `/boot` and `/` on its operating system disk.

use super::prelude::*;
use crate::catalogue::Family;
use crate::model::{Missing, Why};

pub(super) static RULE: Rule = Rule {
    name: "linux-boot-outside-os-disk",
    summary: "The guest's /boot or / is not on the operating system disk alone.",
    remedy: "Move /boot and / to one disk before replicating.",
    why: "Azure starts a machine from one disk; the published limits want /boot, or the root partition that holds it, on \
          the operating system disk and not spread over several.",
    needs: &[Field::GuestOs, Field::BootOnOsDisk],
    limits: &[],
    examples: &[
        Example::met(&[table(
            &["VM", "Guest OS", "Number of disks", "/boot and / on the OS disk"],
            &[&["app-01", "Ubuntu 22.04 (64-bit)", "3", "yes"]],
        )]),
        Example::not_met(&[table(
            &["VM", "Guest OS", "Number of disks", "/boot and / on the OS disk"],
            &[&["app-01", "Ubuntu 22.04 (64-bit)", "3", "no"]],
        )]),
        Example::unknown(&[table(
            &["VM", "Guest OS", "Number of disks"],
            &[&["app-01", "Ubuntu 22.04 (64-bit)", "3"]],
        )]),
        Example::not_applicable(&[table(&["VM", "Guest OS"], &[&["web-01", "Windows Server 2019 Standard"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, _: &Limits, _: &Context<'_>) -> Answer {
    let guest = vm.guest?;
    let unsaid = Missing { field: Field::GuestOs, why: Why::Unsaid(guest.origin) };
    if guest.value.family.ok_or(unsaid)? != Family::Linux {
        return Ok(Verdict::NotApplicable);
    }
    if vm.disk_count().is_ok_and(|count| count.value == 1) {
        return Ok(Verdict::Met);
    }
    let together = vm.boot_on_os_disk.need()?;
    if together.value {
        return Ok(Verdict::Met);
    }
    Ok(Verdict::observed("/boot or / elsewhere", "/boot and / on the operating system disk", Some(together.origin)))
}
