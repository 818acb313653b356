//! A mounted NFS volume is not replicated.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "guest-nfs-volume",
    summary: "The guest has an NFS volume mounted, which is not replicated.",
    remedy: "Move the data to a virtual disk, or bring the NFS share to Azure by other means.",
    why: "Replication copies the machine's virtual disks; a volume on an NFS server stays behind.",
    needs: &[Field::GuestNfs],
    limits: &[],
    examples: &[
        Example::met(&[table(&["VM", "NFS volume in the guest"], &[&["app-01", "no"]])]),
        Example::not_met(&[table(&["VM", "NFS volume in the guest"], &[&["app-01", "yes"]])]),
        Example::unknown(&[table(&["VM", "vCPUs"], &[&["app-01", "2"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, _: &Limits, _: &Context<'_>) -> Answer {
    let nfs = vm.guest_nfs.need()?;
    if nfs.value {
        return Ok(Verdict::observed("an NFS volume is mounted", "no NFS volume", Some(nfs.origin)));
    }
    Ok(Verdict::Met)
}
