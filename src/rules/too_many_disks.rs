//! A machine must not have more disks than the target replicates.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "too-many-disks",
    summary: "The machine has more disks than the target takes.",
    remedy: "Exclude, merge or split disks until the machine is within the limit, and choose a size that takes as many.",
    why: "The prerequisites check counts the disks; a smaller target size may take fewer still.",
    needs: &[Field::DiskCount],
    limits: &[("data_disks", Kind::Count), ("total_disks", Kind::Count)],
    examples: &[
        Example::met(&[table(&["VM", "Number of disks"], &[&["web-01", "3"]])]),
        Example::not_met(&[table(&["VM", "Number of disks"], &[&["file-01", "99"]])]),
        Example::unknown(&[table(&["VM", "vCPUs"], &[&["web-01", "2"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, limits: &Limits, _: &Context<'_>) -> Answer {
    let (data, total) = (limits.count("data_disks"), limits.count("total_disks"));
    if data.is_none() && total.is_none() {
        return Ok(Verdict::NotApplicable);
    }
    let count = vm.disk_count()?;
    let seen = u64::from(count.value);
    // One of the disks holds the operating system, whichever it is; the others are data disks.
    let data_seen = seen.saturating_sub(1);
    if let Some(limit) = total.filter(|limit| seen > *limit) {
        return Ok(Verdict::observed(
            say!("{seen} disks", seen),
            say!("at most {limit} in total", limit),
            Some(count.origin),
        ));
    }
    if let Some(limit) = data.filter(|limit| data_seen > *limit) {
        return Ok(Verdict::observed(
            say!("{count} data disks", count = data_seen),
            say!("at most {limit} data disks", limit),
            Some(count.origin),
        ));
    }
    Ok(Verdict::Met)
}
