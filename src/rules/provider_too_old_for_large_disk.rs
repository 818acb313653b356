//! A large disk is only replicated by a recent Recovery Services agent on the host.

use super::prelude::*;
use crate::model::{Disk, Known, Missing, Name};

pub(super) static RULE: Rule = Rule {
    name: "provider-too-old-for-large-disk",
    summary: "The Recovery Services agent of the host is too old for the machine's large disks, or its version is not known.",
    remedy: "Look up the version of the Microsoft Azure Recovery Services agent on every host that runs machines with large \
             disks, and update it where it is older.",
    why: "Large disks replicate to managed disks only, which older agents do not do. The matrix writes \"replication \
          provider\" and gives a version of the agent's series (2.0.x); the Site Recovery Provider is another program with \
          versions of its own (5.x), so its version proves nothing here. With Virtual Machine Manager the Provider stands \
          on the VMM server, and the agent on each host.",
    needs: &[Field::DiskSize, Field::HostAgent, Field::HostProvider],
    limits: &[("agent", Kind::Version), ("os_disk_over", Kind::Size), ("data_disk_over", Kind::Size)],
    examples: &[
        Example::met(&[
            table(&["VM", "VM host", "OS disk (GB)", "Disk 2 size (GB)"], &[&["file-01", "hv-01", "127", "9000"]]),
            table(&["Host name", "Recovery Services agent version"], &[&["hv-01", "2.0.9300.0"]]),
        ]),
        Example::not_met(&[
            table(&["VM", "VM host", "OS disk (GB)", "Disk 2 size (GB)"], &[&["file-01", "hv-01", "127", "9000"]]),
            table(&["Host name", "Recovery Services agent version"], &[&["hv-01", "2.0.9214.0"]]),
        ]),
        Example::not_met(&[
            table(&["VM", "VM host", "OS disk (GB)", "Disk 2 size (GB)"], &[&["file-01", "hv-01", "127", "9000"]]),
            table(&["Host name", "Replication provider version"], &[&["hv-01", "5.1.2700.1"]]),
        ]),
        Example::not_met(&[table(
            &["VM", "VM host", "OS disk (GB)", "Disk 2 size (GB)"],
            &[&["file-01", "hv-01", "127", "9000"]],
        )]),
        Example::unknown(&[table(&["VM", "VM host", "Number of disks"], &[&["file-01", "hv-01", "2"]])]),
        Example::not_applicable(&[table(
            &["VM", "VM host", "OS disk (GB)", "Disk 2 size (GB)"],
            &[&["web-01", "hv-01", "127", "64"]],
        )]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, limits: &Limits, ctx: &Context<'_>) -> Answer {
    let Some(newest_too_old) = limits.text("agent") else { return Ok(Verdict::NotApplicable) };
    let Some(large) = large_disk(vm, limits)? else { return Ok(Verdict::NotApplicable) };
    let expected = say!("an agent later than {version}", version = Arg::text(newest_too_old));
    let size = large.size.need()?;
    let disk = say!("{disk} of {size}", disk = large.shown(), size = size.value);
    match agent(ctx.host(vm), newest_too_old) {
        Some(agent) if version(&agent.value).gt(version(newest_too_old)) => Ok(Verdict::Met),
        Some(agent) => Ok(Verdict::observed(
            say!("agent {agent} with {disk}", agent = Arg::named(Identity::Term, &agent.value), disk),
            expected,
            Some(agent.origin),
        )),
        None => Ok(Verdict::observed(say!("{disk}, the agent's version not known", disk), expected, Some(size.origin))),
    }
}

/// The version of the agent on a host: a version of the agent's own series, whichever of the two columns holds it.
fn agent<'a>(host: Option<&'a Host>, series: &str) -> Option<&'a Known<Name>> {
    let host = host?;
    let of_series = |text: &str| version(text).next().is_some_and(|first| version(series).next() == Some(first));
    [&host.agent, &host.provider].into_iter().filter_map(|fact| fact.need().ok()).find(|known| of_series(&known.value))
}

/// A disk large enough to need the newer agent.
fn large_disk<'a>(vm: &'a Machine<'_>, limits: &Limits) -> Result<Option<&'a Disk>, Missing> {
    let (os_limit, data_limit) = (limits.size("os_disk_over"), limits.size("data_disk_over"));
    for (index, disk) in vm.disks.iter().enumerate() {
        let limit = if vm.os_disk == Some(index) { os_limit } else { data_limit };
        if disk.size.value().zip(limit).is_some_and(|(size, limit)| *size > limit) {
            return Ok(Some(disk));
        }
    }
    let missing = vm.every_disk(Field::DiskSize).err().or_else(|| vm.size_missing());
    let (Some(os_limit), Some(data_limit)) = (os_limit, data_limit) else { return missing.map_or(Ok(None), Err) };
    vm.within_its_total(missing, os_limit.min(data_limit))?;
    Ok(None)
}

/// The numbers of a version, in order.
fn version(text: &str) -> impl Iterator<Item = u64> {
    text.split('.').map_while(|part| part.trim().parse().ok())
}
