//! A virtual hard disk that no machine uses is not replicated.

use super::prelude::*;
use crate::model::{Disk, Missing, Why};

pub(super) static RULE: Rule = Rule {
    name: "orphaned-disk",
    summary: "Virtual hard disks belong to no machine.",
    remedy: "Attach the disks to their machines, move them to a library, or delete them.",
    why: "Replication follows machines, so a disk that none claims is left behind. It may also mean that an export \
          left out its machine.",
    needs: &[Field::DiskPath],
    limits: &[],
    examples: &[
        Example::met(&[table(
            &["VM", "Disk path", "Disk size (GB)"],
            &[&["web-01", "C:\\ClusterStorage\\Volume1\\web-01.vhdx", "127"]],
        )]),
        Example::not_met(&[
            table(
                &["VM", "Disk path", "Disk size (GB)"],
                &[&["web-01", "C:\\ClusterStorage\\Volume1\\web-01.vhdx", "127"]],
            ),
            table(
                &["Name", "VHDType", "VHDFormatType", "MaximumSize", "Location", "State", "HostType", "Size", "ID"],
                &[&[
                    "old-01",
                    "DynamicallyExpanding",
                    "VHDX",
                    "136365211648",
                    "C:\\ClusterStorage\\Volume1\\old-01.vhdx",
                    "Normal",
                    "VMHost",
                    "9663676416",
                    "5d9c1a52-5f0e-4a4e-9a9c-7c1f0e2b6d11",
                ]],
            ),
        ]),
        Example::unknown(&[table(&["VM", "VM host"], &[&["web-01", "hv01"]])]),
    ],
    check: Check::Estate(check),
};

/// How many disks are named in the evidence.
const NAMED: usize = 3;

fn check(_: &Limits, context: &Context<'_>) -> Answer {
    let orphans = &context.estate.orphaned_disks;
    if let Some(first) = orphans.first() {
        let more = (orphans.len() > NAMED).then_some(Arg::Word("..."));
        let names = orphans.iter().take(NAMED).map(Disk::shown).chain(more);
        let observed =
            say!("{count} {count:disk|disks}: {names}", count = orphans.len(), names = Arg::List(names.collect()));
        return Ok(Verdict::observed(observed, "every disk attached to a machine", Some(first.seen)));
    }
    let mut disks = context.estate.vms.iter().flat_map(|vm| &vm.disks);
    if disks.any(|disk| disk.path.is_known() || disk.id.is_known()) {
        return Ok(Verdict::Met);
    }
    Err(Missing { field: Field::DiskPath, why: Why::Absent })
}
