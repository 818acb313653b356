//! Under VMM, a machine to be replicated must be in a private cloud.

use super::prelude::*;
use crate::model::Estate;

pub(super) static RULE: Rule = Rule {
    name: "vm-outside-cloud",
    summary: "The machine is managed by VMM and belongs to no private cloud.",
    remedy: "Assign the machine to a private cloud whose host groups hold its host.",
    why: "With VMM, protection is switched on cloud by cloud; a machine outside every cloud is not offered for protection.",
    needs: &[Field::VmCloud],
    limits: &[],
    examples: &[
        Example::met(&[table(&["VM", "Cloud of the VM", "Host group of the VM"], &[&["web-01", "Gold", "All Hosts"]])]),
        Example::not_met(&[table(
            &["VM", "Cloud of the VM", "Host group of the VM"],
            &[&["lab-01", "", "All Hosts"], &["web-01", "Gold", "All Hosts"]],
        )]),
        Example::unknown(&[table(&["VM", "VMM server of the VM"], &[&["web-01", "vmm-01"]])]),
        Example::not_applicable(&[table(&["VM", "VM host"], &[&["web-01", "hv-01"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, _: &Limits, ctx: &Context<'_>) -> Answer {
    let Err(missing) = vm.cloud.need() else { return Ok(Verdict::Met) };
    if vm.cloud_index.is_some() {
        return Ok(Verdict::Met);
    }
    if !vm.managed_by_vmm() {
        return Ok(Verdict::NotApplicable);
    }
    if has_cloud_column(ctx.estate, vm) {
        return Ok(Verdict::observed("no cloud", "a private cloud", Some(vm.seen)));
    }
    Err(missing)
}

/// Whether the machine's row had a cell for its cloud, so that the cell was blank.
fn has_cloud_column(estate: &Estate, vm: &Machine<'_>) -> bool {
    let table = estate.tables.get(usize::from(vm.seen.table));
    table.is_some_and(|table| table.read_as.iter().any(|key| key == Field::VmCloud.key()))
}
