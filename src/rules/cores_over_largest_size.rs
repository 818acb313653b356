//! A machine must not have more vCPUs than the largest Azure size.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "cores-over-largest-size",
    summary: "The machine has more vCPUs than the largest Azure size.",
    remedy: "Reduce its vCPUs or divide the workload.",
    why: "No Azure size holds such a machine. Azure Migrate reports NoSuitableVmSizeFound. The largest size has grown \
          past the limit of the readiness table, which cores-over-limit checks.",
    needs: &[Field::Vcpus],
    limits: &[("maximum", Kind::Count)],
    examples: &[
        Example::met(&[table(&["VM", "vCPUs"], &[&["db-01", "160"]])]),
        Example::not_met(&[table(&["VM", "vCPUs"], &[&["db-01", "1024"]])]),
        Example::unknown(&[table(&["VM", "Generation"], &[&["web-01", "1"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, limits: &Limits, _: &Context<'_>) -> Answer {
    let Some(limit) = limits.count("maximum") else { return Ok(Verdict::NotApplicable) };
    let vcpus = vm.vcpus.need()?;
    if u64::from(vcpus.value) <= limit {
        return Ok(Verdict::Met);
    }
    Ok(Verdict::not_met(vcpus, say!("at most {limit}", limit)))
}
