//! An operating system disk must not be larger than the target can boot from.

use super::prelude::*;
use crate::model::{Bytes, Generation, Known};

pub(super) static RULE: Rule = Rule {
    name: "os-disk-over-limit",
    summary: "The operating system disk is larger than the target can boot from.",
    remedy: "Shrink the disk or move data off it, so that it fits the limit of its generation.",
    why: "The target starts the machine from one disk of limited size; replication is refused above the limit.",
    needs: &[Field::DiskSize, Field::DiskRole, Field::Generation, Field::DiskCount],
    limits: &[("generation_1", Kind::Size), ("generation_2", Kind::Size)],
    examples: &[
        Example::met(&[table(&["VM", "Generation", "OS disk (GB)"], &[&["web-01", "2", "127"]])]),
        Example::not_met(&[table(&["VM", "Generation", "OS disk (GB)"], &[&["file-01", "1", "4096"]])]),
        Example::unknown(&[table(&["VM", "Generation"], &[&["web-01", "1"]])]),
        Example::met(&[table(&["VM", "Generation", "Provisioned (GB)"], &[&["web-01", "1", "127"]])]),
    ],
    check: Check::Vm(check),
};

fn check(vm: &Machine<'_>, limits: &Limits, _: &Context<'_>) -> Answer {
    let disk = match vm.need_os_disk() {
        Ok(disk) => disk,
        Err(missing) => return any_disk_would_do(vm, limits).ok_or(missing),
    };
    let size = match disk.size.need() {
        Ok(size) => size,
        Err(missing) => return any_disk_would_do(vm, limits).ok_or(missing),
    };
    let generation = match vm.generation.need() {
        Ok(generation) => generation.value,
        Err(missing) => return either_generation(size, limits).ok_or(missing),
    };
    let key = match generation {
        Generation::One => "generation_1",
        Generation::Two => "generation_2",
    };
    match limits.size(key) {
        Some(limit) if size.value > limit => {
            Ok(Verdict::not_met(size, say!("at most {limit} for generation {generation}", limit, generation)))
        }
        Some(_) => Ok(Verdict::Met),
        None => Ok(Verdict::NotApplicable),
    }
}

/// The answer when it is the same for both generations.
fn either_generation(size: &Known<Bytes>, limits: &Limits) -> Option<Verdict> {
    let [one, two] = ["generation_1", "generation_2"].map(|key| limits.size(key));
    let (one, two) = one.zip(two)?;
    if size.value <= one.min(two) {
        return Some(Verdict::Met);
    }
    let largest = one.max(two);
    (size.value > largest).then(|| Verdict::not_met(size, say!("at most {largest} for either generation", largest)))
}

/// Met whichever disk it starts from, when every disk fits the limit: by its size, or by the provisioned total.
fn any_disk_would_do(vm: &Machine<'_>, limits: &Limits) -> Option<Verdict> {
    let limit = match vm.generation.value() {
        Some(Generation::One) => limits.size("generation_1"),
        Some(Generation::Two) => limits.size("generation_2"),
        None => ["generation_1", "generation_2"].iter().filter_map(|key| limits.size(key)).min(),
    }?;
    let fits = vm.disks.iter().filter_map(|disk| disk.size.value()).all(|size| *size <= limit);
    let is_within = vm.within_its_total(vm.size_missing(), limit).is_ok();
    (fits && is_within).then_some(Verdict::Met)
}
