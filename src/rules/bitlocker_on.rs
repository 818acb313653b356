//! Disks of the guest must not be encrypted by BitLocker or the like.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "bitlocker-on",
    summary: "BitLocker or another disk encryption is on in the guest.",
    remedy: "Decrypt the volumes before enabling replication; suspending BitLocker is not enough.",
    why: "Azure cannot start an encrypted disk whose key stays behind.",
    needs: &[Field::BitLocker],
    limits: &[],
    examples: &[
        Example::met(&[table(&["VM", "BitLocker"], &[&["app-01", "No"]])]),
        Example::not_met(&[table(&["VM", "BitLocker"], &[&["app-02", "Yes"]])]),
        Example::unknown(&[table(&["VM", "vCPUs"], &[&["app-01", "2"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, _: &Limits, _: &Context<'_>) -> Answer {
    Ok(Verdict::refusing(vm.bitlocker.need()?, "on", "off"))
}
