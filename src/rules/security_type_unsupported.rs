//! A machine with a virtual TPM or shielding asks for a security type that the target does not give.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "security-type-unsupported",
    summary: "The machine has a virtual TPM or is shielded, and the target offers the standard security type only.",
    remedy: "Remove the virtual TPM or the shielding, and use the security type Standard in Azure.",
    why: "Trusted Launch and confidential machines are the Azure counterparts, and replication does not create them.",
    needs: &[Field::Generation, Field::VirtualTpm, Field::Shielded],
    limits: &[],
    examples: &[
        Example::met(&[table(&["VM", "Generation", "Virtual TPM", "Shielded"], &[&["web-01", "2", "No", "No"]])]),
        Example::not_met(&[table(
            &["VM", "Generation", "Virtual TPM", "Shielded"],
            &[&["win11-01", "2", "Yes", "No"]],
        )]),
        Example::unknown(&[table(&["VM", "Generation", "Shielded"], &[&["web-01", "2", "No"]])]),
        Example::not_applicable(&[table(&["VM", "Generation"], &[&["web-02", "1"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, _: &Limits, _: &Context<'_>) -> Answer {
    if vm.is_generation_1() {
        return Ok(Verdict::NotApplicable);
    }
    for (fact, observed) in [(&vm.shielded, "shielded"), (&vm.virtual_tpm, "virtual TPM")] {
        if let Ok(known) = fact.need()
            && known.value
        {
            return Ok(Verdict::observed(observed, "neither a virtual TPM nor shielding", Some(known.origin)));
        }
    }
    vm.virtual_tpm.need()?;
    vm.shielded.need()?;
    Ok(Verdict::Met)
}
