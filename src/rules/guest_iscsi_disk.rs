//! A guest must not reach its disks by iSCSI.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "guest-iscsi-disk",
    summary: "The guest has iSCSI disks.",
    remedy: "Move the data from the iSCSI disks into VHDX disks.",
    why: "iSCSI disks are invisible to the host: they are not replicated, and they break application-consistent snapshots.",
    needs: &[Field::GuestIscsi],
    limits: &[],
    examples: &[
        Example::met(&[table(&["VM", "iSCSI disks in the guest"], &[&["app-01", "No"]])]),
        Example::not_met(&[table(&["VM", "iSCSI disks in the guest"], &[&["app-02", "Yes"]])]),
        Example::unknown(&[table(&["VM", "vCPUs"], &[&["app-01", "2"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, _: &Limits, _: &Context<'_>) -> Answer {
    Ok(Verdict::refusing(vm.guest_iscsi.need()?, "iSCSI disks in the guest", "none"))
}
