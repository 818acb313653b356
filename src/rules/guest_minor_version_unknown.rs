//! A Linux guest's minor version is not in the inventory and has to be looked up.

use super::prelude::*;
use crate::catalogue::Family;

pub(super) static RULE: Rule = Rule {
    name: "guest-minor-version-unknown",
    summary: "The inventory does not give the minor version of the Linux guest.",
    remedy: "Look up the minor version inside the guest (cat /etc/os-release) and compare it with the endorsed list.",
    why: "Hyper-V and VMM report a distribution's major version at best, and support is a matter of minor versions.",
    needs: &[Field::GuestOs, Field::GuestOsVersion],
    limits: &[],
    examples: &[
        Example::met(&[table(&["VM", "Guest OS"], &[&["lnx-01", "Red Hat Enterprise Linux 8.6"]])]),
        Example::not_met(&[table(&["VM", "Guest OS"], &[&["lnx-02", "Red Hat Enterprise Linux 8 (64 bit)"]])]),
        Example::unknown(&[table(&["VM", "Guest OS"], &[&["lnx-03", "Unknown"]])]),
        Example::not_applicable(&[table(&["VM", "Guest OS"], &[&["web-01", "Windows Server 2019 Standard"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, _: &Limits, _: &Context<'_>) -> Answer {
    if vm.need_family()? != Family::Linux {
        return Ok(Verdict::NotApplicable);
    }
    let guest = vm.guest?;
    if guest.value.minor_version.is_some() {
        return Ok(Verdict::Met);
    }
    let title = guest.value.product.as_ref().map_or(Arg::Word("Linux"), |product| Arg::text(&product.title));
    Ok(Verdict::observed(say!("{title}, minor version not given", title), "a minor version", Some(guest.origin)))
}
