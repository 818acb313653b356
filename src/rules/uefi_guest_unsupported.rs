//! A machine that starts by UEFI must be one that Azure starts by UEFI, or that can be converted to BIOS.

use super::prelude::*;
use crate::catalogue::{Family, guest_is_listed};
use crate::model::Generation;

pub(super) static RULE: Rule = Rule {
    name: "uefi-guest-unsupported",
    summary: "The machine starts by UEFI, which the target does not support for it.",
    remedy: "Upgrade the guest operating system, or convert the machine to BIOS (generation 1) first.",
    why: "A generation 2 machine starts by UEFI. Early documents convert it to BIOS, which only some guests with a small \
          operating system disk allow; later ones keep UEFI and refuse Windows Server 2003 and 2008. Azure Migrate \
          reports BootTypeNotSupported, or BootTypeUnknown where the boot type is not known.",
    needs: &[Field::Generation, Field::GuestOs, Field::DiskSize],
    limits: &[
        ("supported", Kind::Flag),
        ("os_disk_below", Kind::Size),
        ("products", Kind::List),
        ("unsupported_products", Kind::List),
    ],
    examples: &[
        Example::met(&[table(
            &["VM", "Generation", "Guest OS", "OS disk (GB)"],
            &[&["web-01", "1", "Windows Server 2019 Standard", "127"]],
        )]),
        Example::not_met(&[table(
            &["VM", "Generation", "Guest OS", "OS disk (GB)"],
            &[&["old-01", "2", "Windows Server 2008 R2 Standard", "127"]],
        )]),
        Example::unknown(&[table(&["VM", "Guest OS"], &[&["old-01", "Windows Server 2008 R2 Standard"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, limits: &Limits, _: &Context<'_>) -> Answer {
    let generation = vm.generation.need();
    if generation.is_ok_and(|known| known.value == Generation::One) {
        return Ok(Verdict::Met);
    }
    let by_uefi = start_by_uefi(vm, limits);
    match (generation, &by_uefi) {
        (Ok(_), _) | (Err(_), Ok(Verdict::Met)) => by_uefi,
        (Err(missing), _) => Err(missing),
    }
}

/// The answer for a machine that starts by UEFI.
fn start_by_uefi(vm: &Machine<'_>, limits: &Limits) -> Answer {
    if limits.flag("supported") == Some(false) {
        let origin = vm.generation.need()?.origin;
        return Ok(Verdict::observed("generation 2", "generation 1", Some(origin)));
    }
    if let Some(limit) = limits.size("os_disk_below")
        && let Ok(size) = vm.need_os_disk().and_then(|disk| disk.size.need())
        && size.value >= limit
    {
        return Ok(Verdict::not_met(size, say!("an operating system disk smaller than {limit}", limit)));
    }
    let guest = vm.guest?;
    let is_linux = guest.value.family == Some(Family::Linux);
    if let Some(allowed) = limits.list("products")
        && (is_linux || !guest_is_listed(allowed, guest)?)
    {
        return Ok(unsupported(vm, "one of the guests that can be converted to BIOS"));
    }
    if let Some(refused) = limits.list("unsupported_products")
        && !is_linux
        && guest_is_listed(refused, guest)?
    {
        return Ok(unsupported(vm, "a guest that Azure starts by UEFI"));
    }
    if limits.size("os_disk_below").is_some() {
        vm.need_os_disk()?.size.need()?;
    }
    Ok(Verdict::Met)
}

fn unsupported(vm: &Machine<'_>, expected: &'static str) -> Verdict {
    let name = vm.guest_as_written("a guest");
    let origin = vm.guest.ok().map(|guest| guest.origin);
    Verdict::observed(say!("{name}, generation 2", name), expected, origin)
}
