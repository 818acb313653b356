//! The guest operating system's support ends soon.

use jiff::civil::Date;

use super::prelude::*;
use crate::catalogue::Lifecycle;

pub(super) static RULE: Rule = Rule {
    name: "guest-os-support-ending",
    summary: "Support of the guest operating system ends soon.",
    remedy: "Plan the upgrade of the guest together with the move.",
    why: "A machine that moves now may be out of support soon after it has landed.",
    needs: &[Field::GuestOs, Field::GuestOsVersion],
    limits: &[("days", Kind::Count)],
    examples: &[
        Example::met(&[table(&["VM", "Guest OS"], &[&["web-01", "Windows Server 2025 Standard"]])]),
        Example::not_met(&[table(&["VM", "Guest OS"], &[&["app-01", "Windows Server 2016 Standard"]])]),
        Example::unknown(&[table(&["VM", "Guest OS"], &[&["web-01", "Unknown"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, limits: &Limits, ctx: &Context<'_>) -> Answer {
    let Some(days) = limits.count("days") else { return Ok(Verdict::NotApplicable) };
    let Some(lifecycle) = vm.need_lifecycle()? else { return Ok(Verdict::NotApplicable) };
    match lifecycle {
        Lifecycle::Supported => Ok(Verdict::Met),
        Lifecycle::EndingSoon(end) if days_between(ctx.as_of, end) > days => Ok(Verdict::Met),
        Lifecycle::EndingSoon(end) => {
            let observed =
                say!("{product}, supported until {end}", product = Arg::text(&vm.need_product()?.title), end);
            let expected = say!("supported for more than {days} days from {day}", days, day = ctx.as_of);
            Ok(Verdict::observed(observed, expected, Some(vm.guest?.origin)))
        }
        // Support has ended, which is another requirement's finding.
        Lifecycle::PaidOnly { .. } | Lifecycle::Ended(_) => Ok(Verdict::NotApplicable),
        Lifecycle::Unknown => Err(vm.release_missing()),
    }
}

fn days_between(first: Date, last: Date) -> u64 {
    u64::try_from((last - first).get_days()).unwrap_or(0)
}
