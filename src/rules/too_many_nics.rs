//! A machine must not have more network adapters than an Azure size gives it.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "too-many-nics",
    summary: "The machine has more network adapters than any Azure size offers.",
    remedy: "Remove unused adapters, or choose a size with enough of them.",
    why: "Every size has its own number of adapters; no documented size has more than the limit.",
    needs: &[Field::NicCount],
    limits: &[("maximum", Kind::Count)],
    examples: &[
        Example::met(&[table(&["VM", "Number of network adapters"], &[&["web-01", "2"]])]),
        Example::not_met(&[table(&["VM", "Number of network adapters"], &[&["fw-01", "12"]])]),
        Example::unknown(&[table(&["VM", "vCPUs"], &[&["web-01", "2"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, limits: &Limits, _: &Context<'_>) -> Answer {
    let Some(limit) = limits.count("maximum") else { return Ok(Verdict::NotApplicable) };
    let count = vm.nic_count()?;
    if u64::from(count.value) <= limit {
        return Ok(Verdict::Met);
    }
    Ok(Verdict::observed(
        say!("{count} network adapters", count = count.value),
        say!("at most {limit}", limit),
        Some(count.origin),
    ))
}
