//! A disk's sectors must have sizes that the target replicates.

use super::prelude::*;
use crate::model::{Bytes, Disk, Missing, Phrase};

pub(super) static RULE: Rule = Rule {
    name: "native-4k-sectors",
    summary: "A disk has 4K sectors of a kind that the target does not take.",
    remedy: "Make a new disk with 512-byte logical sectors (New-VHD -LogicalSectorSizeBytes 512), and copy the content to it; \
             Set-VHD changes the physical sector size only.",
    why: "Disks with 4K logical sectors cannot be replicated; editions differ on 4K physical sectors.",
    needs: &[Field::LogicalSector, Field::PhysicalSector],
    limits: &[
        ("large_sector", Kind::Size),
        ("logical_and_physical_refused", Kind::Flag),
        ("logical_only_refused", Kind::Flag),
        ("physical_only_refused", Kind::Flag),
    ],
    examples: &[
        Example::met(&[table(
            &["VM", "Disk path", "Logical sector size", "Physical sector size"],
            &[&["web-01", "D:\\vm\\web-01.vhdx", "512", "512"]],
        )]),
        Example::not_met(&[table(
            &["VM", "Disk path", "Logical sector size", "Physical sector size"],
            &[&["sql-01", "D:\\vm\\sql-01.vhdx", "4096", "4096"]],
        )]),
        Example::unknown(&[table(&["VM", "Disk path"], &[&["web-01", "D:\\vm\\web-01.vhdx"]])]),
    ],
    check: Check::Vm(check),
};

/// Which disks with a large sector an edition refuses.
struct Refused {
    large: Bytes,
    large_logical_and_physical: bool,
    large_logical_only: bool,
    large_physical_only: bool,
}

fn check(vm: &Machine<'_>, limits: &Limits, _: &Context<'_>) -> Answer {
    let Some(large) = limits.size("large_sector") else { return Ok(Verdict::NotApplicable) };
    let refused = Refused {
        large,
        large_logical_and_physical: limits.flag("logical_and_physical_refused") == Some(true),
        large_logical_only: limits.flag("logical_only_refused") == Some(true),
        large_physical_only: limits.flag("physical_only_refused") == Some(true),
    };
    let mut unsettled = None;
    for disk in &vm.disks {
        match refused.has(disk) {
            Ok(true) => {
                let seen = disk.logical_sector.need().or_else(|_| disk.physical_sector.need())?;
                let observed = say!("{disk}: {sectors}", disk = disk.shown(), sectors = sectors(disk));
                return Ok(Verdict::observed(observed, "512-byte logical sectors", Some(seen.origin)));
            }
            Ok(false) => {}
            Err(missing) => unsettled = Some(missing),
        }
    }
    vm.every_disk(Field::LogicalSector)?;
    unsettled.map_or(Ok(Verdict::Met), Err)
}

impl Refused {
    /// Whether a disk is refused, whatever its unknown sector size may be.
    fn has(&self, disk: &Disk) -> Result<bool, Missing> {
        let logical = disk.logical_sector.need().map(|size| size.value >= self.large);
        let physical = disk.physical_sector.need().map(|size| size.value >= self.large);
        match (logical, physical) {
            (Ok(logical), Ok(physical)) => Ok(self.refuses(logical, physical)),
            (Ok(logical), Err(missing)) => agreed(self.refuses(logical, true), self.refuses(logical, false), missing),
            (Err(missing), Ok(physical)) => {
                agreed(self.refuses(true, physical), self.refuses(false, physical), missing)
            }
            (Err(missing), Err(_)) => Err(missing),
        }
    }

    fn refuses(&self, logical: bool, physical: bool) -> bool {
        match (logical, physical) {
            (true, true) => self.large_logical_and_physical,
            (true, false) => self.large_logical_only,
            (false, true) => self.large_physical_only,
            (false, false) => false,
        }
    }
}

/// The answer when it is the same for both sizes that the unknown sector may have.
fn agreed(if_large: bool, if_small: bool, missing: Missing) -> Result<bool, Missing> {
    if if_large == if_small { Ok(if_large) } else { Err(missing) }
}

fn sectors(disk: &Disk) -> Phrase {
    let shown = |size: Option<&Bytes>| {
        size.map_or(Arg::Word("unknown"), |size| say!("{count} bytes", count = Arg::text(&size.0.to_string())).into())
    };
    say!(
        "{logical} logical, {physical} physical",
        logical = shown(disk.logical_sector.value()),
        physical = shown(disk.physical_sector.value())
    )
}
