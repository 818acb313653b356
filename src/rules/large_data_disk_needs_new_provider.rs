//! A data disk of more than 4,095 GiB needs a recent replication provider on the host.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "large-data-disk-needs-new-provider",
    summary: "A data disk is so large that only a recent replication provider takes it.",
    remedy: "Update the replication provider on the Hyper-V hosts before replicating, or split the disk.",
    why: "Azure Migrate takes data disks up to 32 TB, but projects made earlier need the newest replication provider \
          for it, and the same article's lower table still says 4,095 GB.",
    needs: &[Field::DiskSize],
    limits: &[("above", Kind::Size)],
    examples: &[
        Example::met(&[table(&["VM", "OS disk (GB)", "Disk 2 size (GB)"], &[&["db-01", "127", "4095"]])]),
        Example::not_met(&[table(&["VM", "OS disk (GB)", "Disk 2 size (GB)"], &[&["db-01", "127", "8192"]])]),
        Example::unknown(&[table(&["VM", "Number of disks"], &[&["db-01", "3"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, limits: &Limits, _: &Context<'_>) -> Answer {
    let Some(limit) = limits.size("above") else { return Ok(Verdict::NotApplicable) };
    for disk in vm.data_disks() {
        if let Ok(size) = disk.size.need()
            && size.value > limit
        {
            let seen = say!("{disk} of {size}", disk = disk.shown(), size = size.value);
            return Ok(Verdict::observed(seen, say!("at most {limit} with any provider", limit), Some(size.origin)));
        }
    }
    vm.within_its_total(vm.data_size_missing(), limit)?;
    Ok(Verdict::Met)
}
