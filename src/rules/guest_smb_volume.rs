//! A guest's data volumes should not be on an SMB share.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "guest-smb-volume",
    summary: "A data volume of the guest is on an SMB share.",
    remedy: "Move the data into a VHDX disk, or make sure that the share can be reached from Azure.",
    why: "What is on a share is not replicated with the machine.",
    needs: &[Field::GuestSmb],
    limits: &[],
    examples: &[
        Example::met(&[table(&["VM", "Data volume on SMB"], &[&["app-01", "No"]])]),
        Example::not_met(&[table(&["VM", "Data volume on SMB"], &[&["app-02", "Yes"]])]),
        Example::unknown(&[table(&["VM", "vCPUs"], &[&["app-01", "2"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, _: &Limits, _: &Context<'_>) -> Answer {
    Ok(Verdict::refusing(vm.guest_smb.need()?, "a data volume on an SMB share", "none"))
}
