//! A machine must not have more network adapters than the assessment accepts.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "nics-over-limit",
    summary: "The machine has more network adapters than the assessment accepts.",
    remedy: "Remove network adapters that are not used.",
    why: "The readiness table names a largest number of adapters, far above what Azure sizes take: see \
          nics-over-largest-size. Azure Migrate reports OneOrMoreAdaptersNotSuitable.",
    needs: &[Field::NicCount],
    limits: &[("maximum", Kind::Count)],
    examples: &[
        Example::met(&[table(&["VM", "Number of network adapters"], &[&["web-01", "2"]])]),
        Example::not_met(&[table(&["VM", "Number of network adapters"], &[&["fw-01", "33"]])]),
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
    Ok(Verdict::not_met(&count, say!("at most {limit}", limit)))
}
