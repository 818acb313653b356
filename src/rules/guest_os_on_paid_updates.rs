//! The guest operating system gets security updates only for those who pay for them.

use super::prelude::*;
use crate::catalogue::Lifecycle;

pub(super) static RULE: Rule = Rule {
    name: "guest-os-on-paid-updates",
    summary: "The guest operating system gets security updates only under a paid extension.",
    remedy: "Make sure that the paid updates are bought, or upgrade the guest.",
    why: "Free support has ended; vendors sell updates for some years more, some of them free of charge in Azure.",
    needs: &[Field::GuestOs, Field::GuestOsVersion],
    limits: &[],
    examples: &[
        Example::met(&[table(&["VM", "Guest OS"], &[&["web-01", "Windows Server 2022 Standard"]])]),
        Example::not_met(&[table(&["VM", "Guest OS"], &[&["lnx-01", "Red Hat Enterprise Linux 7 (64 bit)"]])]),
        Example::unknown(&[table(&["VM", "Guest OS"], &[&["web-01", "Unknown"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, _: &Limits, _: &Context<'_>) -> Answer {
    let Some(lifecycle) = vm.need_lifecycle()? else { return Ok(Verdict::NotApplicable) };
    match lifecycle {
        Lifecycle::Supported | Lifecycle::EndingSoon(_) => Ok(Verdict::Met),
        Lifecycle::PaidOnly { since, until } => {
            let product = vm.need_product()?;
            let offer = product.paid_name.as_deref().map_or(Arg::Word("paid updates"), Arg::text);
            let observed = say!(
                "{product}: free updates until {since}, {offer} until {until}",
                product = Arg::text(&product.title),
                since,
                offer,
                until
            );
            Ok(Verdict::observed(observed, "free security updates", Some(vm.guest?.origin)))
        }
        // Past the paid updates as well, which is another requirement's finding.
        Lifecycle::Ended(_) => Ok(Verdict::NotApplicable),
        Lifecycle::Unknown => Err(vm.release_missing()),
    }
}
