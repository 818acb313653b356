//! The guest operating system's support ends soon.

use jiff::{Span, civil::Date};

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "guest-os-support-ending",
    summary: "Support of the guest operating system ends soon.",
    remedy: "Plan the upgrade of the guest together with the move.",
    why: "A machine that moves now may be out of support soon after it has landed.",
    needs: &[Field::GuestOs],
    examples: &[
        Example::met(&[table(&["VM", "Guest OS"], &[&["web-01", "Windows Server 2025 Standard"]])]),
        Example::not_met(&[table(&["VM", "Guest OS"], &[&["app-01", "Windows Server 2016 Standard"]])]),
        Example::unknown(&[table(&["VM", "Guest OS"], &[&["web-01", "Unknown"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, limits: &Limits, ctx: &Context<'_>) -> Answer {
    let Some(days) = limits.count("days") else { return Ok(Verdict::NotApplicable) };
    let product = vm.need_product()?;
    let Some(end) = product.support_end else { return Ok(Verdict::NotApplicable) };
    if end < ctx.as_of {
        // Support has ended, which is another requirement's finding.
        return Ok(Verdict::NotApplicable);
    }
    if end > later(ctx.as_of, days) {
        return Ok(Verdict::Met);
    }
    let observed = format!("{}, supported until {end}", product.title);
    Ok(Verdict::observed(observed, format_args!("supported for {days} days more"), Some(vm.guest?.origin)))
}

fn later(date: Date, days: u64) -> Date {
    let span = i64::try_from(days).ok().and_then(|days| Span::new().try_days(days).ok());
    span.and_then(|span| date.checked_add(span).ok()).unwrap_or(Date::MAX)
}
