//! The guest operating system's vendor should still support it.

use super::prelude::*;
use crate::catalogue::Lifecycle;

pub(super) static RULE: Rule = Rule {
    name: "guest-os-out-of-support",
    summary: "The vendor no longer supports the guest operating system, not even for money.",
    remedy: "Upgrade the guest, before the move if possible, or settle a custom support agreement.",
    why: "A guest past its end of support gets no security updates, and no operating system support in Azure either.",
    needs: &[Field::GuestOs, Field::GuestOsVersion],
    limits: &[],
    examples: &[
        Example::met(&[table(&["VM", "Guest OS"], &[&["web-01", "Windows Server 2022 Standard"]])]),
        Example::not_met(&[table(&["VM", "Guest OS"], &[&["old-01", "Windows Server 2003 Standard"]])]),
        Example::unknown(&[table(&["VM", "Guest OS"], &[&["web-01", "Unknown"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, _: &Limits, ctx: &Context<'_>) -> Answer {
    let Some(lifecycle) = vm.need_lifecycle()? else { return Ok(Verdict::NotApplicable) };
    match lifecycle {
        Lifecycle::Supported | Lifecycle::EndingSoon(_) | Lifecycle::PaidOnly { .. } => Ok(Verdict::Met),
        Lifecycle::Ended(end) => {
            let observed =
                say!("{product}, supported until {end}", product = Arg::text(&vm.need_product()?.title), end);
            Ok(Verdict::observed(observed, say!("supported on {day}", day = ctx.as_of), Some(vm.guest?.origin)))
        }
        Lifecycle::Unknown => Err(vm.release_missing()),
    }
}
