//! Secure Boot must be off on the source machine.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "secure-boot-on",
    summary: "Secure Boot is on.",
    remedy: "Turn Secure Boot off on the machine before protecting it.",
    why: "The target does not take UEFI Secure Boot, which Hyper-V turns on in every new generation 2 machine.",
    needs: &[Field::Generation, Field::SecureBoot],
    limits: &[],
    examples: &[
        Example::met(&[table(&["VM", "Generation", "Secure Boot"], &[&["web-01", "2", "Off"]])]),
        Example::not_met(&[table(&["VM", "Generation", "Secure Boot"], &[&["web-02", "2", "On"]])]),
        Example::unknown(&[table(&["VM", "Generation"], &[&["web-01", "2"]])]),
        Example::not_applicable(&[table(&["VM", "Generation"], &[&["web-03", "1"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, _: &Limits, _: &Context<'_>) -> Answer {
    if vm.is_generation_1() {
        return Ok(Verdict::NotApplicable);
    }
    Ok(Verdict::refusing(vm.secure_boot.need()?, "on", "off"))
}
