//! Dynamic and striped volumes allow no application-consistent snapshots.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "guest-dynamic-data-disk",
    summary: "The guest has dynamic or striped data disks.",
    remedy: "Set the frequency of application-consistent snapshots to zero in the replication policy, or convert the disks to basic.",
    why: "Application-consistent snapshots fail on dynamic and striped volumes.",
    needs: &[Field::DynamicDataDisk],
    limits: &[],
    examples: &[
        Example::met(&[table(&["VM", "Dynamic data disks in the guest"], &[&["app-01", "No"]])]),
        Example::not_met(&[table(&["VM", "Dynamic data disks in the guest"], &[&["app-02", "Yes"]])]),
        Example::unknown(&[table(&["VM", "vCPUs"], &[&["app-01", "2"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, _: &Limits, _: &Context<'_>) -> Answer {
    Ok(Verdict::refusing(vm.dynamic_data_disk.need()?, "dynamic or striped data disks", "basic data disks"))
}
