//! A guest operating system past its support starts in Azure without support for it.

use super::prelude::*;
use crate::catalogue::{Family, guest_is_listed};

pub(super) static RULE: Rule = Rule {
    name: "guest-os-conditionally-supported",
    summary: "The guest operating system may start in Azure, but without full support.",
    remedy: "Upgrade the guest operating system, or agree custom support with its maker.",
    why: "The readiness table calls such machines conditionally ready. Azure Migrate reports \
          WindowsServerVersionConditionallySupported, WindowsOSNoLongerUnderMSSupport or \
          WindowsServerVersionsSupportedWithCaveat.",
    needs: &[Field::GuestOs],
    limits: &[("products", Kind::List), ("other_systems", Kind::Flag)],
    examples: &[
        Example::met(&[table(&["VM", "Guest OS"], &[&["web-01", "Windows Server 2016 Standard"]])]),
        Example::not_met(&[table(&["VM", "Guest OS"], &[&["old-01", "Windows Server 2003 Standard Edition"]])]),
        Example::unknown(&[table(&["VM", "vCPUs"], &[&["web-01", "2"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, limits: &Limits, _: &Context<'_>) -> Answer {
    let Some(products) = limits.list("products") else { return Ok(Verdict::NotApplicable) };
    let guest = vm.guest?;
    let conditional = match guest.value.family {
        Some(Family::Linux) => false,
        Some(Family::Other) => limits.flag("other_systems") == Some(true),
        Some(Family::WindowsServer | Family::WindowsClient) | None => guest_is_listed(products, guest)?,
    };
    if !conditional {
        return Ok(Verdict::Met);
    }
    let name = vm.guest_as_written("a guest");
    Ok(Verdict::observed(name, "an operating system with full support in Azure", Some(guest.origin)))
}
