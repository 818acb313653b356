//! A machine must not have more memory than the assessment accepts.

use super::prelude::*;
use super::smallest_size::smallest_size;
use crate::model::MIB;

pub(super) static RULE: Rule = Rule {
    name: "memory-over-limit",
    summary: "The machine has more memory than the assessment accepts.",
    remedy: "Reduce its memory, if it does not use it all, or divide the workload.",
    why: "The readiness table names a largest amount of memory. The service compares used memory where it has measured \
          it; an inventory only has the assigned amount. The number is older than today's largest sizes: see \
          memory-over-largest-size. What is expected names the smallest size of today that takes the machine.",
    needs: &[Field::Memory],
    limits: &[("maximum", Kind::Size)],
    examples: &[
        Example::met(&[table(&["VM", "Memory (GB)"], &[&["web-01", "64"]])]),
        Example::not_met(&[table(&["VM", "Memory (GB)"], &[&["db-01", "6144"]])]),
        Example::unknown(&[table(&["VM", "vCPUs"], &[&["web-01", "2"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, limits: &Limits, context: &Context<'_>) -> Answer {
    let Some(limit) = limits.size("maximum") else { return Ok(Verdict::NotApplicable) };
    let memory = vm.memory.need()?;
    if memory.value.0.saturating_mul(MIB) <= limit.0 {
        return Ok(Verdict::Met);
    }
    Ok(Verdict::not_met(memory, say!("at most {limit}; {smallest}", limit, smallest = smallest_size(vm, context))))
}
