//! The guest operating system must be of a bitness that the target runs.

use super::prelude::*;
use crate::catalogue::Family;
use crate::model::{Architecture, Known, Missing, Why};

pub(super) static RULE: Rule = Rule {
    name: "guest-architecture-unsupported",
    summary: "The guest operating system is of a bitness or processor architecture that the target does not run.",
    remedy: "Move the workload to a 64-bit operating system.",
    why: "The prerequisites check refuses 32-bit guests; later editions make an exception for Windows Server 2008.",
    needs: &[Field::Architecture, Field::GuestOs],
    limits: &[("architectures", Kind::List), ("products_32_bit", Kind::List)],
    examples: &[
        Example::met(&[table(&["VM", "OS architecture"], &[&["web-01", "x64"]])]),
        Example::not_met(&[table(&["VM", "Guest OS", "OS architecture"], &[&["xp-01", "Windows XP", "x86"]])]),
        Example::unknown(&[table(&["VM", "vCPUs"], &[&["web-01", "2"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, limits: &Limits, _: &Context<'_>) -> Answer {
    let Some(allowed) = limits.list("architectures") else { return Ok(Verdict::NotApplicable) };
    let seen = architecture(vm)?;
    if allowed.iter().any(|name| name == seen.value.as_str()) {
        return Ok(Verdict::Met);
    }
    if seen.value == Architecture::X86
        && let Some(exceptions) = limits.list("products_32_bit")
        && may_be_windows_server(vm)
        && exceptions.contains(&vm.need_product()?.key)
    {
        return Ok(Verdict::Met);
    }
    Ok(Verdict::not_met(&seen, Arg::texts(" or ", allowed)))
}

/// Whether its guest may be a Windows Server, of which alone there are exceptions: "Ubuntu Linux (32 bit)" names no
/// product and is none all the same.
fn may_be_windows_server(vm: &Machine<'_>) -> bool {
    let family = vm.guest.ok().and_then(|guest| guest.value.family);
    family.is_none_or(|family| family == Family::WindowsServer)
}

/// What a column says, else what the guest's name says.
fn architecture(vm: &Machine<'_>) -> Result<Known<Architecture>, Missing> {
    let missing = match vm.vm.architecture.need() {
        Ok(known) => return Ok(*known),
        Err(missing) if matches!(missing.why, Why::Unreadable(_)) => return Err(missing),
        Err(missing) => missing,
    };
    let guest = vm.guest.map_err(|_| missing)?;
    let value = guest.value.architecture.ok_or(missing)?;
    Ok(Known { value, origin: guest.origin })
}
