//! On a cluster, a machine must be highly available and its disks must be on shared storage.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "clustered-vm-on-local-disk",
    summary: "The machine is on a failover cluster, and is not highly available or has a disk on a node's local drive.",
    remedy: "Move the disks to cluster storage or an SMB share, and make the machine highly available.",
    why: "The machine cannot move with the cluster's roles, so replication breaks when its node stops.",
    needs: &[Field::HighlyAvailable, Field::VmCluster, Field::HostCluster, Field::DiskPath],
    limits: &[("shared_root", Kind::Text)],
    examples: &[
        Example::met(&[table(
            &["VM", "Cluster of the VM", "Highly available", "Disk path"],
            &[&["web-01", "cl-01", "Yes", "C:\\ClusterStorage\\Volume1\\web-01.vhdx"]],
        )]),
        Example::not_met(&[table(
            &["VM", "Cluster of the VM", "Highly available", "Disk path"],
            &[&["web-02", "cl-01", "Yes", "C:\\VMs\\web-02.vhdx"]],
        )]),
        Example::not_met(&[table(
            &["VM", "Cluster of the VM", "Highly available", "Disk path"],
            &[&["web-03", "cl-01", "No", "C:\\ClusterStorage\\Volume1\\web-03.vhdx"]],
        )]),
        Example::unknown(&[table(&["VM", "vCPUs"], &[&["web-01", "2"]])]),
        Example::not_applicable(&[table(&["VM", "Highly available"], &[&["web-01", "No"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, limits: &Limits, ctx: &Context<'_>) -> Answer {
    let available = vm.highly_available.need();
    if !is_clustered(vm, ctx) {
        return match available {
            Ok(known) if !known.value => Ok(Verdict::NotApplicable),
            Ok(_) => on_shared_storage(vm, limits),
            Err(missing) => Err(missing),
        };
    }
    match available {
        Ok(known) if !known.value => {
            Ok(Verdict::observed("not highly available", "highly available", Some(known.origin)))
        }
        Ok(_) => on_shared_storage(vm, limits),
        Err(missing) => match on_shared_storage(vm, limits)? {
            Verdict::NotMet(evidence) => Ok(Verdict::NotMet(evidence)),
            Verdict::Met | Verdict::NotApplicable => Err(missing),
        },
    }
}

fn is_clustered(vm: &Machine<'_>, ctx: &Context<'_>) -> bool {
    let host_is = || ctx.host(vm).is_some_and(|host| host.cluster_index.is_some() || host.cluster.is_known());
    vm.cluster_index.is_some() || vm.cluster.is_known() || host_is()
}

fn on_shared_storage(vm: &Machine<'_>, limits: &Limits) -> Answer {
    let Some(shared_root) = limits.text("shared_root") else { return Ok(Verdict::NotApplicable) };
    for disk in &vm.disks {
        if let Ok(path) = disk.path.need()
            && is_local(&path.value, shared_root)
        {
            return Ok(Verdict::refused(
                Identity::Path,
                path,
                say!("under {root}, or on an SMB share", root = Arg::text(shared_root)),
            ));
        }
    }
    for disk in vm.every_disk(Field::DiskPath)? {
        disk.path.need()?;
    }
    Ok(Verdict::Met)
}

/// Whether a path is on the same drive as the cluster's shared root and outside it: that drive is each node's own.
/// Another drive letter may be a cluster disk.
fn is_local(path: &str, shared_root: &str) -> bool {
    let starts = |start: &str| path.get(..start.len()).is_some_and(|part| part.eq_ignore_ascii_case(start));
    let drive = shared_root.get(..3).unwrap_or(shared_root);
    starts(drive) && !starts(shared_root)
}
