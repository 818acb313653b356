//! Azure has no counterpart for a shielded machine.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "machine-shielded",
    summary: "The machine is shielded, which Azure does not support.",
    remedy: "Remove the shielding from the machine, or move its workload to a new machine in Azure.",
    why: "A shielded machine's disks are encrypted for the hosts that a guardian service trusts; Azure lists shielded \
          machines among the features of Hyper-V generation 2 that it does not support. Only generation 2 machines can be \
          shielded.",
    needs: &[Field::Generation, Field::Shielded],
    limits: &[],
    examples: &[
        Example::met(&[table(&["VM", "Generation", "Shielded"], &[&["web-01", "2", "No"]])]),
        Example::not_met(&[table(&["VM", "Generation", "Shielded"], &[&["dc-01", "2", "Yes"]])]),
        Example::unknown(&[table(&["VM", "Generation"], &[&["web-01", "2"]])]),
        Example::not_applicable(&[table(&["VM", "Generation"], &[&["web-02", "1"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, _: &Limits, _: &Context<'_>) -> Answer {
    if vm.is_generation_1() && vm.shielded.value() != Some(&true) {
        return Ok(Verdict::NotApplicable);
    }
    Ok(Verdict::refusing(vm.shielded.need()?, "shielded", "no shielding"))
}
