//! A machine must not have more memory than the largest Azure size.

use super::prelude::*;
use crate::model::MIB;

pub(super) static RULE: Rule = Rule {
    name: "memory-over-largest-size",
    summary: "The machine has more memory than the largest Azure size.",
    remedy: "Reduce its memory or divide the workload.",
    why: "No Azure size holds such a machine. Azure Migrate reports NoSuitableVmSizeFound. The largest size has grown \
          past the limit of the readiness table, which memory-over-limit checks.",
    needs: &[Field::Memory],
    limits: &[("maximum", Kind::Size)],
    examples: &[
        Example::met(&[table(&["VM", "Memory (GB)"], &[&["db-01", "6144"]])]),
        Example::not_met(&[table(&["VM", "Memory (GB)"], &[&["db-01", "20000"]])]),
        Example::unknown(&[table(&["VM", "vCPUs"], &[&["web-01", "2"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, limits: &Limits, _: &Context<'_>) -> Answer {
    let Some(limit) = limits.size("maximum") else { return Ok(Verdict::NotApplicable) };
    let memory = vm.memory.need()?;
    if memory.value.0.saturating_mul(MIB) <= limit.0 {
        return Ok(Verdict::Met);
    }
    Ok(Verdict::not_met(memory, say!("at most {limit}", limit)))
}
