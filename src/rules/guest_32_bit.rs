//! A 32-bit guest operating system is not fully supported in Azure.

use super::prelude::*;
use crate::catalogue::guest_is_listed;
use crate::model::{Architecture, Why};

pub(super) static RULE: Rule = Rule {
    name: "guest-32-bit",
    summary: "The guest operating system is a 32-bit one.",
    remedy: "Move the workload to a 64-bit operating system.",
    why: "Azure runs 64-bit machines; a 32-bit guest may start but is not fully supported, and the documents differ on \
          how much that matters. Azure Migrate reports GuestOperatingSystemArchitectureNotSupported.",
    needs: &[Field::Architecture, Field::GuestOs],
    limits: &[("allowed_products", Kind::List)],
    examples: &[
        Example::met(&[table(
            &["VM", "Guest OS", "OS architecture"],
            &[&["web-01", "Windows Server 2019 Standard", "x64"]],
        )]),
        Example::not_met(&[table(
            &["VM", "Guest OS", "OS architecture"],
            &[&["old-01", "Windows Server 2003 Standard Edition", "x86"]],
        )]),
        Example::unknown(&[table(&["VM", "vCPUs"], &[&["web-01", "2"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, limits: &Limits, _: &Context<'_>) -> Answer {
    let (architecture, origin) = match (vm.architecture.need(), vm.guest) {
        (Ok(known), _) => (known.value, known.origin),
        (Err(missing), _) if matches!(missing.why, Why::Unreadable(_)) => return Err(missing),
        (Err(missing), Ok(guest)) => (guest.value.architecture.ok_or(missing)?, guest.origin),
        (Err(missing), Err(_)) => return Err(missing),
    };
    match architecture {
        Architecture::X64 | Architecture::Arm64 | Architecture::Itanium => return Ok(Verdict::Met),
        Architecture::X86 => {}
    }
    if let Some(allowed) = limits.list("allowed_products")
        && guest_is_listed(allowed, vm.guest?)?
    {
        return Ok(Verdict::Met);
    }
    Ok(Verdict::observed("32-bit", "a 64-bit operating system", Some(origin)))
}
