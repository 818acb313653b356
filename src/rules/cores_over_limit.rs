//! A machine must not have more vCPUs than the assessment accepts.

use super::prelude::*;
use super::smallest_size::smallest_size;

pub(super) static RULE: Rule = Rule {
    name: "cores-over-limit",
    summary: "The machine has more vCPUs than the assessment accepts.",
    remedy: "Reduce its vCPUs, if it does not use them all, or divide the workload.",
    why: "The readiness table names a largest number of cores. The service compares used cores where it has measured \
          them; an inventory only has allocated ones. The number is older than today's largest sizes: see \
          cores-over-largest-size. What is expected names the smallest size of today that takes the machine.",
    needs: &[Field::Vcpus],
    limits: &[("maximum", Kind::Count)],
    examples: &[
        Example::met(&[table(&["VM", "vCPUs"], &[&["web-01", "8"]])]),
        Example::not_met(&[table(&["VM", "vCPUs"], &[&["db-01", "160"]])]),
        Example::unknown(&[table(&["VM", "Generation"], &[&["web-01", "1"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, limits: &Limits, context: &Context<'_>) -> Answer {
    let Some(limit) = limits.count("maximum") else { return Ok(Verdict::NotApplicable) };
    let vcpus = vm.vcpus.need()?;
    if u64::from(vcpus.value) <= limit {
        return Ok(Verdict::Met);
    }
    Ok(Verdict::not_met(vcpus, say!("at most {limit}; {smallest}", limit, smallest = smallest_size(vm, context))))
}
