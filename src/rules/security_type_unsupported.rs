//! A machine with a virtual TPM asks for a security type in Azure that the target does not give.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "security-type-unsupported",
    summary: "The machine has a virtual TPM, and the target offers the standard security type only.",
    remedy: "Use the security type Standard in Azure, after removing what depends on the virtual TPM in the guest; or take a \
             road that makes Trusted Launch machines.",
    why: "Trusted Launch and confidential machines are the Azure counterparts, and replication does not create them. The \
          documents speak of the security type in Azure only, so the machine replicates and comes up without its virtual \
          TPM. Every Windows 11 machine has one. A shielded machine is judged by machine-shielded.",
    needs: &[Field::Generation, Field::VirtualTpm],
    limits: &[],
    examples: &[
        Example::met(&[table(&["VM", "Generation", "Virtual TPM"], &[&["web-01", "2", "No"]])]),
        Example::not_met(&[table(&["VM", "Generation", "Virtual TPM"], &[&["win11-01", "2", "Yes"]])]),
        Example::unknown(&[table(&["VM", "Generation"], &[&["web-01", "2"]])]),
        Example::not_applicable(&[table(&["VM", "Generation"], &[&["web-02", "1"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, _: &Limits, _: &Context<'_>) -> Answer {
    // A generation 1 machine has none; an export that tells of one all the same is not waved through.
    if vm.is_generation_1() && vm.virtual_tpm.value() != Some(&true) {
        return Ok(Verdict::NotApplicable);
    }
    Ok(Verdict::refusing(vm.virtual_tpm.need()?, "virtual TPM", "no virtual TPM"))
}
