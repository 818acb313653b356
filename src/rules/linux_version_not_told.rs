//! A Linux guest named without the version that the endorsed list asks for is endorsed with conditions.

use super::prelude::*;
use crate::catalogue::Family;
use crate::model::{Missing, Why};

pub(super) static RULE: Rule = Rule {
    name: "linux-version-not-told",
    summary: "The Linux distribution is named without the version that decides whether Azure endorses it.",
    remedy: "Look up the version inside the guest (cat /etc/os-release), compare it with the endorsed list, and enter it.",
    why: "Azure endorses versions of distributions. To a distribution without any version Azure Migrate itself answers \
          \"endorsed with conditions\": check the version by hand. In 2020 it answered so for some distributions named with \
          their major version as well, because a hypervisor tells no more.",
    needs: &[Field::GuestOs, Field::GuestOsVersion],
    limits: &[("minor_version_of", Kind::List)],
    examples: &[
        Example::met(&[table(&["VM", "Guest OS"], &[&["lnx-01", "Red Hat Enterprise Linux 8.6"]])]),
        Example::not_met(&[table(&["VM", "Guest OS"], &[&["lnx-02", "Ubuntu Linux (64 bit)"]])]),
        Example::unknown(&[table(&["VM", "Guest OS"], &[&["lnx-03", "Other Linux (64 bit)"]])]),
        Example::not_applicable(&[table(&["VM", "Guest OS"], &[&["web-01", "Windows Server 2019 Standard"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, limits: &Limits, _: &Context<'_>) -> Answer {
    if vm.need_family()? != Family::Linux {
        return Ok(Verdict::NotApplicable);
    }
    let guest = vm.guest?;
    let unsaid = Missing { field: Field::GuestOs, why: Why::Unsaid(guest.origin) };
    let line = guest.value.line.as_ref().ok_or(unsaid)?;
    let name = vm.guest_as_written("a Linux guest");
    if guest.value.product.is_none() {
        return Ok(Verdict::observed(
            say!("{name}, version not told", name),
            "an endorsed version",
            Some(guest.origin),
        ));
    }
    let asked = limits.list("minor_version_of").unwrap_or_default();
    if asked.contains(line) && guest.value.minor_version.is_none() {
        let observed = say!("{name}, minor version not told", name);
        return Ok(Verdict::observed(observed, "an endorsed minor version", Some(guest.origin)));
    }
    Ok(Verdict::Met)
}
