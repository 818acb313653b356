//! A guest operating system on no published list may start in Azure, without support.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "guest-os-not-listed",
    summary: "The guest operating system is on no list of what Azure supports; it may start there, without support.",
    remedy: "Try the machine in a test failover, or move the workload to a listed operating system.",
    why: "Azure Migrate calls such guests conditionally ready: they may start, and nobody supports them.",
    needs: &[Field::GuestOs],
    limits: &[("products", Kind::List)],
    examples: &[
        Example::met(&[table(&["VM", "Guest OS"], &[&["web-01", "Windows Server 2019 Standard"]])]),
        Example::not_met(&[table(&["VM", "Guest OS"], &[&["bsd-01", "FreeBSD 13 (64 bit)"]])]),
        Example::unknown(&[table(&["VM", "Guest OS"], &[&["web-01", "Unknown"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, limits: &Limits, _: &Context<'_>) -> Answer {
    let unlisted = limits.list("products").unwrap_or_default();
    let product = vm.need_product()?;
    if !unlisted.contains(&product.key) {
        return Ok(Verdict::Met);
    }
    Ok(Verdict::observed(Arg::text(&product.title), "a listed operating system", Some(vm.guest?.origin)))
}
