//! The operating system disk must be a basic disk to the guest.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "guest-dynamic-os-disk",
    summary: "The operating system disk is a dynamic disk in the guest.",
    remedy: "Convert the operating system disk to a basic disk.",
    why: "Only basic operating system disks are replicated to Azure.",
    needs: &[Field::DynamicOsDisk],
    limits: &[],
    examples: &[
        Example::met(&[table(&["VM", "Dynamic OS disk in the guest"], &[&["app-01", "No"]])]),
        Example::not_met(&[table(&["VM", "Dynamic OS disk in the guest"], &[&["app-02", "Yes"]])]),
        Example::unknown(&[table(&["VM", "vCPUs"], &[&["app-01", "2"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, _: &Limits, _: &Context<'_>) -> Answer {
    Ok(Verdict::refusing(vm.dynamic_os_disk.need()?, "a dynamic disk", "a basic disk"))
}
