//! A machine should have no checkpoints.

use super::prelude::*;
use crate::model::DiskFormat;

pub(super) static RULE: Rule = Rule {
    name: "checkpoints-present",
    summary: "The machine has checkpoints.",
    remedy: "Delete the checkpoints and let their disks merge.",
    why: "Failing back asks for a machine without snapshots, and every checkpoint's disk takes room on the host.",
    needs: &[Field::Checkpoints, Field::DiskFormat],
    limits: &[],
    examples: &[
        Example::met(&[table(&["VM", "Checkpoints"], &[&["web-01", "0"]])]),
        Example::not_met(&[table(&["VM", "Checkpoints"], &[&["dev-01", "3"]])]),
        Example::unknown(&[table(&["VM", "vCPUs"], &[&["web-01", "2"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, _: &Limits, _: &Context<'_>) -> Answer {
    for disk in &vm.disks {
        if let Ok(format) = disk.format.need()
            && format.value == DiskFormat::Avhd
        {
            let observed = say!("{disk} is a checkpoint's disk", disk = disk.shown());
            return Ok(Verdict::observed(observed, "no checkpoints", Some(format.origin)));
        }
    }
    let checkpoints = vm.checkpoints.need()?;
    if checkpoints.value == 0 {
        return Ok(Verdict::Met);
    }
    Ok(Verdict::not_met(checkpoints, "no checkpoints"))
}
