//! The guest operating system must be one that Azure supports.

use super::prelude::*;
use crate::catalogue::GuestOs;
use crate::model::Known;

pub(super) static RULE: Rule = Rule {
    name: "guest-os-unsupported",
    summary: "The target does not support the guest operating system.",
    remedy: "Upgrade the guest to an operating system that Azure supports, or move the workload.",
    why: "Site Recovery takes any guest that Azure supports: Windows Server 2003 and later, Windows clients and Linux.",
    needs: &[Field::GuestOs],
    limits: &[("nano_server", Kind::Flag), ("refused", Kind::List), ("families", Kind::List), ("products", Kind::List)],
    examples: &[
        Example::met(&[table(&["VM", "Guest OS"], &[&["web-01", "Windows Server 2019 Datacenter"]])]),
        Example::not_met(&[table(&["VM", "Guest OS"], &[&["nt-01", "Microsoft Windows 2000 Server"]])]),
        Example::unknown(&[table(&["VM", "Guest OS"], &[&["web-01", "Unknown"]])]),
        Example::unknown(&[table(&["VM", "vCPUs"], &[&["web-01", "2"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, limits: &Limits, _: &Context<'_>) -> Answer {
    let guest = vm.guest?;
    if guest.value.nano && limits.flag("nano_server") == Some(false) {
        return Ok(refuse(&guest, "Nano Server".into()));
    }
    let product = vm.need_product()?;
    if limits.list("refused").unwrap_or_default().contains(&product.key) {
        return Ok(refuse(&guest, Arg::text(&product.title)));
    }
    let families = limits.list("families").unwrap_or_default();
    let exceptions = limits.list("products").unwrap_or_default();
    if families.iter().any(|family| family == product.family.as_str()) || exceptions.contains(&product.key) {
        return Ok(Verdict::Met);
    }
    Ok(refuse(&guest, Arg::text(&product.title)))
}

fn refuse(guest: &Known<&GuestOs>, title: Arg) -> Verdict {
    Verdict::observed(title, "an operating system that Azure supports", Some(guest.origin))
}
