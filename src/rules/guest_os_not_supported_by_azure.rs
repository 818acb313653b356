//! A Windows Server guest must be a version that Azure supports.

use super::prelude::*;
use crate::catalogue::{Family, guest_is_listed};

pub(super) static RULE: Rule = Rule {
    name: "guest-os-not-supported-by-azure",
    summary: "The guest runs a version of Windows Server that the documents do not list for Azure.",
    remedy: "Upgrade the guest to a listed version of Windows Server.",
    why: "Azure supports selected versions of Windows Server only. Azure Migrate reports GuestOperatingSystemNotSupported.",
    needs: &[Field::GuestOs],
    limits: &[("products", Kind::List)],
    examples: &[
        Example::met(&[table(&["VM", "Guest OS"], &[&["web-01", "Windows Server 2016 Standard"]])]),
        Example::not_met(&[table(&["VM", "Guest OS"], &[&["old-01", "Windows Small Business Server 2003"]])]),
        Example::unknown(&[table(&["VM", "vCPUs"], &[&["web-01", "2"]])]),
        Example::not_applicable(&[table(&["VM", "Guest OS"], &[&["app-01", "Ubuntu 22.04 (64-bit)"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, limits: &Limits, _: &Context<'_>) -> Answer {
    let Some(products) = limits.list("products") else { return Ok(Verdict::NotApplicable) };
    let guest = vm.guest?;
    match guest.value.family {
        Some(Family::WindowsClient | Family::Linux | Family::Other) => return Ok(Verdict::NotApplicable),
        Some(Family::WindowsServer) | None => {}
    }
    if guest_is_listed(products, guest)? {
        return Ok(Verdict::Met);
    }
    let name = vm.guest_as_written("a guest");
    Ok(Verdict::observed(name, "a listed version of Windows Server", Some(guest.origin)))
}
