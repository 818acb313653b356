//! What a machine has because one of its parts has it: an encrypted volume, a shared disk.

use crate::model::{Fact, Missing, Origin, Vm, Why};

/// Joins what rows of one table say of parts of a machine: what one part has the machine has, whatever the others say, and
/// while nobody knows it of one part it is not known that none has it.
pub(super) fn add_parts(known: &mut Vm, other: &mut Vm) {
    let facts = [
        (&mut known.bitlocker, &mut other.bitlocker),
        (&mut known.storage_spaces, &mut other.storage_spaces),
        (&mut known.guest_iscsi, &mut other.guest_iscsi),
        (&mut known.guest_smb, &mut other.guest_smb),
        (&mut known.guest_nfs, &mut other.guest_nfs),
        (&mut known.reiserfs, &mut other.reiserfs),
        (&mut known.dynamic_data_disk, &mut other.dynamic_data_disk),
        (&mut known.fibre_channel, &mut other.fibre_channel),
        (&mut known.pass_through, &mut other.pass_through),
        (&mut known.shared_storage, &mut other.shared_storage),
    ];
    for (mine, theirs) in facts {
        let Some((here, there)) = cell(mine).zip(cell(theirs)) else { continue };
        let is_no = |fact: &Fact<bool>| fact.value() == Some(&false);
        if here.table == there.table && !is_no(theirs) && is_no(mine) {
            mine.clone_from(theirs);
        } else if here.table == there.table && is_no(theirs) {
            theirs.clone_from(mine);
        }
    }
}

/// The cell that a fact was read from, or could not be.
const fn cell(fact: &Fact<bool>) -> Option<Origin> {
    match fact {
        Fact::Known(known) => Some(known.origin),
        Fact::Missing(Missing { why: Why::Unsaid(origin) | Why::Unreadable(origin), .. }) => Some(*origin),
        Fact::Missing(_) => None,
    }
}

/// Joins what two columns of one row say of disks and adapters of a machine: each tells of some of them.
pub(super) fn add_columns(known: &mut Vm, other: &mut Vm) {
    let facts = [
        (&mut known.fibre_channel, &mut other.fibre_channel),
        (&mut known.pass_through, &mut other.pass_through),
        (&mut known.shared_storage, &mut other.shared_storage),
    ];
    for (mine, theirs) in facts {
        if theirs.value() == Some(&true) {
            mine.clone_from(theirs);
        } else if mine.value() == Some(&true) {
            theirs.clone_from(mine);
        }
    }
}
