//! A large disk is only replicated by a recent replication provider on the host.

use super::prelude::*;
use crate::model::{Disk, Missing, Why};

pub(super) static RULE: Rule = Rule {
    name: "provider-too-old-for-large-disk",
    summary: "The replication provider of the host is too old for the machine's large disks.",
    remedy: "Upgrade the replication provider on every Hyper-V host that runs machines with large disks.",
    why: "Large disks replicate to managed disks only, which older providers do not do.",
    needs: &[Field::DiskSize, Field::HostProvider],
    limits: &[("provider", Kind::Version), ("os_disk_over", Kind::Size), ("data_disk_over", Kind::Size)],
    examples: &[
        Example::met(&[
            table(&["VM", "VM host", "OS disk (GB)", "Disk 2 size (GB)"], &[&["file-01", "hv-01", "127", "9000"]]),
            table(&["Host name", "Replication provider version"], &[&["hv-01", "2.0.9300.0"]]),
        ]),
        Example::not_met(&[
            table(&["VM", "VM host", "OS disk (GB)", "Disk 2 size (GB)"], &[&["file-01", "hv-01", "127", "9000"]]),
            table(&["Host name", "Replication provider version"], &[&["hv-01", "2.0.9214.0"]]),
        ]),
        Example::unknown(&[table(
            &["VM", "VM host", "OS disk (GB)", "Disk 2 size (GB)"],
            &[&["file-01", "hv-01", "127", "9000"]],
        )]),
        Example::not_applicable(&[table(
            &["VM", "VM host", "OS disk (GB)", "Disk 2 size (GB)"],
            &[&["web-01", "hv-01", "127", "64"]],
        )]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, limits: &Limits, ctx: &Context<'_>) -> Answer {
    let Some(newest_too_old) = limits.text("provider") else { return Ok(Verdict::NotApplicable) };
    let Some(large) = large_disk(vm, limits)? else { return Ok(Verdict::NotApplicable) };
    let host = ctx.host(vm).ok_or(Missing { field: Field::HostProvider, why: Why::Absent })?;
    let provider = host.provider.need()?;
    if version(&provider.value).gt(version(newest_too_old)) {
        return Ok(Verdict::Met);
    }
    let observed = format!("provider {} with {}", provider.value, large.shown_name());
    Ok(Verdict::observed(observed, format_args!("later than {newest_too_old}"), Some(provider.origin)))
}

/// A disk large enough to need the newer provider.
fn large_disk<'a>(vm: &'a Machine<'_>, limits: &Limits) -> Result<Option<&'a Disk>, Missing> {
    let (os_limit, data_limit) = (limits.size("os_disk_over"), limits.size("data_disk_over"));
    for (index, disk) in vm.disks.iter().enumerate() {
        let limit = if vm.os_disk == Some(index) { os_limit } else { data_limit };
        if disk.size.value().zip(limit).is_some_and(|(size, limit)| *size > limit) {
            return Ok(Some(disk));
        }
    }
    for disk in vm.every_disk(Field::DiskSize)? {
        disk.size.need()?;
    }
    Ok(None)
}

/// The numbers of a version, in order.
fn version(text: &str) -> impl Iterator<Item = u64> {
    text.split('.').map_while(|part| part.trim().parse().ok())
}
