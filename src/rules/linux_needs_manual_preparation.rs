//! A Linux guest that the migration does not prepare by itself must be prepared by hand.

use super::prelude::*;
use crate::catalogue::{Family, guest_is_listed};
use crate::model::{Missing, Why};

pub(super) static RULE: Rule = Rule {
    name: "linux-needs-manual-preparation",
    summary: "The migration does not prepare this Linux guest for Azure by itself.",
    remedy: "Prepare the guest by hand: Hyper-V drivers in the initial RAM disk, UUIDs in fstab, DHCP, the serial \
             console, the Azure Linux agent.",
    why: "Azure Migrate makes these changes itself for the distributions and versions it lists, and leaves the others to \
          their administrators.",
    needs: &[Field::GuestOs, Field::GuestOsVersion],
    limits: &[("products", Kind::List)],
    examples: &[
        Example::met(&[table(&["VM", "Guest OS"], &[&["app-01", "Red Hat Enterprise Linux 8 (64 bit)"]])]),
        Example::not_met(&[table(&["VM", "Guest OS"], &[&["app-01", "Debian GNU/Linux 12 (64 bit)"]])]),
        Example::unknown(&[table(&["VM", "Guest OS"], &[&["app-01", "Red Hat Enterprise Linux 7 (64 bit)"]])]),
        Example::not_applicable(&[table(&["VM", "Guest OS"], &[&["web-01", "Windows Server 2019 Standard"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, limits: &Limits, _: &Context<'_>) -> Answer {
    let Some(prepared) = limits.list("products") else { return Ok(Verdict::NotApplicable) };
    let guest = vm.guest?;
    let unsaid = Missing { field: Field::GuestOs, why: Why::Unsaid(guest.origin) };
    if guest.value.family.ok_or(unsaid)? != Family::Linux {
        return Ok(Verdict::NotApplicable);
    }
    if guest_is_listed(prepared, guest)? {
        return Ok(Verdict::Met);
    }
    let name = vm.guest_as_written("a Linux guest");
    Ok(Verdict::observed(name, "a distribution that is prepared automatically", Some(guest.origin)))
}
