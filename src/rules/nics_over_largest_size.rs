//! A machine must not have more network adapters than any Azure size is documented to take.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "nics-over-largest-size",
    summary: "The machine has more network adapters than any Azure size is documented to take.",
    remedy: "Remove network adapters that are not used, or join networks before the move.",
    why: "The readiness table accepts 32 adapters; the size pages name none above 8. Azure Migrate reports \
          OneOrMoreAdaptersNotSuitable, or RecommendedSizeHasLessNetworkAdapters on the size it proposes.",
    needs: &[Field::NicCount],
    examples: &[
        Example::met(&[table(&["VM", "Number of network adapters"], &[&["web-01", "8"]])]),
        Example::not_met(&[table(&["VM", "Number of network adapters"], &[&["fw-01", "9"]])]),
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
    Ok(Verdict::not_met(&count, format_args!("at most {limit}")))
}
