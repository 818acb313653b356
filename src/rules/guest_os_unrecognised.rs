//! The guest operating system must be known by name, or the machine's readiness is unknown.

use super::prelude::*;
use crate::catalogue::Family;
use crate::model::{Missing, Why};

pub(super) static RULE: Rule = Rule {
    name: "guest-os-unrecognised",
    summary: "The guest operating system is not told, or not one that Klar knows.",
    remedy: "Enter the guest operating system by its full name and version, and assess again.",
    why: "Nothing can be said of a machine whose operating system is blank or \"Other\". Azure Migrate calls its readiness \
          unknown and reports GuestOperatingSystemUnknown or NoGuestOperatingSystemConditionallySupported. This is \
          answered met or unknown, never not met.",
    needs: &[Field::GuestOs],
    limits: &[("distribution_is_enough", Kind::Flag)],
    examples: &[
        Example::met(&[table(&["VM", "Guest OS"], &[&["web-01", "Windows Server 2016 Standard"]])]),
        Example::unknown(&[table(&["VM", "Guest OS"], &[&["app-01", "Other Linux (64 bit)"]])]),
        Example::unknown(&[table(&["VM", "vCPUs"], &[&["web-01", "2"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, limits: &Limits, _: &Context<'_>) -> Answer {
    let guest = vm.guest?;
    let is_distribution = guest.value.family == Some(Family::Linux) && guest.value.line.is_some();
    match guest.value.product {
        Some(_) => Ok(Verdict::Met),
        // That its version is not told is a requirement of its own: linux-version-not-told.
        None if is_distribution && limits.flag("distribution_is_enough") == Some(true) => Ok(Verdict::Met),
        None => Err(Missing { field: Field::GuestOs, why: Why::Unsaid(guest.origin) }),
    }
}
