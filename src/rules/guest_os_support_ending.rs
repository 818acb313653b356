//! The guest operating system's support ends soon.

use super::prelude::*;
use crate::catalogue::Lifecycle;

pub(super) static RULE: Rule = Rule {
    name: "guest-os-support-ending",
    summary: "Support of the guest operating system ends soon.",
    remedy: "Plan the upgrade of the guest together with the move.",
    why: "A machine that moves now may be out of support soon after it has landed.",
    needs: &[Field::GuestOs, Field::GuestOsVersion],
    examples: &[
        Example::met(&[table(&["VM", "Guest OS"], &[&["web-01", "Windows Server 2025 Standard"]])]),
        Example::not_met(&[table(&["VM", "Guest OS"], &[&["app-01", "Windows Server 2016 Standard"]])]),
        Example::unknown(&[table(&["VM", "Guest OS"], &[&["web-01", "Unknown"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, _: &Limits, ctx: &Context<'_>) -> Answer {
    let Some(lifecycle) = vm.need_lifecycle(ctx.as_of)? else { return Ok(Verdict::NotApplicable) };
    match lifecycle {
        Lifecycle::Supported => Ok(Verdict::Met),
        Lifecycle::EndingSoon(end) => {
            let observed = format!("{}, supported until {end}", vm.need_product()?.title);
            let expected = format_args!("supported for more than a year from {}", ctx.as_of);
            Ok(Verdict::observed(observed, expected, Some(vm.guest?.origin)))
        }
        // Support has ended, which is another requirement's finding.
        Lifecycle::PaidOnly { .. } | Lifecycle::Ended(_) => Ok(Verdict::NotApplicable),
        Lifecycle::Unknown => Err(vm.release_missing()),
    }
}
