//! No disk, of the operating system or of data, may be larger than the assessment accepts.

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    name: "disk-over-limit",
    summary: "A disk is larger than the assessment accepts.",
    remedy: "Shrink the disk, or divide its volume over several disks and stripe them in Azure.",
    why: "The readiness table names a largest disk. Azure Migrate reports DiskSizeGreaterThanSupported for the disk and \
          OneOrMoreDisksNotSuitable for the machine.",
    needs: &[Field::DiskSize],
    limits: &[("maximum", Kind::Size)],
    examples: &[
        Example::met(&[table(&["VM", "OS disk (GB)", "Disk 2 size (GB)"], &[&["db-01", "127", "1024"]])]),
        Example::not_met(&[table(&["VM", "OS disk (GB)", "Disk 2 size (GB)"], &[&["db-01", "127", "65537"]])]),
        Example::unknown(&[table(&["VM", "Number of disks"], &[&["db-01", "3"]])]),
        Example::met(&[table(&["VM", "Number of disks", "Provisioned (GB)"], &[&["db-01", "3", "900"]])]),
        Example::unknown(&[table(&["VM", "Number of disks", "Used space (GB)"], &[&["db-01", "3", "900"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, limits: &Limits, _: &Context<'_>) -> Answer {
    let Some(limit) = limits.size("maximum") else { return Ok(Verdict::NotApplicable) };
    for disk in &vm.disks {
        if let Ok(size) = disk.size.need()
            && size.value > limit
        {
            let seen = say!("{disk} of {size}", disk = disk.shown(), size = size.value);
            return Ok(Verdict::observed(seen, say!("at most {limit}", limit), Some(size.origin)));
        }
    }
    vm.within_its_total(vm.size_missing(), limit)?;
    Ok(Verdict::Met)
}
