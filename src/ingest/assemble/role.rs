//! What the rows of a list may begin: machines, or only disks and adapters of machines that another list begins.

use super::exclude;
use super::stage::Table;
use crate::ingest::columns::RowKind;
use crate::model::Field;

/// Whether a table's rows may begin machines, and which items they list beside them.
pub(super) fn role(table: &Table<'_>, another_list: bool) -> (bool, Option<RowKind>) {
    match table.recognised.rows {
        RowKind::Machine => (true, None),
        kind @ (RowKind::MachineDisk | RowKind::MachineNic) => {
            (!another_list || gives_machine_facts(table) && !table.recognised.yields, Some(kind))
        }
        _ => (false, None),
    }
}

/// Why a row is left out that tells more of a machine which no list has.
pub(super) fn unmatched(table: &Table<'_>) -> &'static str {
    if tells_owners_only(table) { exclude::OWNED } else { exclude::NO_MACHINE }
}

/// Whether a table tells whose machines are and nothing else of them, so that its names may be those of anything.
fn tells_owners_only(table: &Table<'_>) -> bool {
    use crate::model::Field::{
        Application, CostCentre, Department, Description, Environment, Owner, Site, Tags, VmName, Wave,
    };
    let is_of_owners = |field: Field| {
        matches!(
            field,
            VmName | Application | CostCentre | Department | Description | Environment | Owner | Site | Tags | Wave
        )
    };
    table.recognised.rows == RowKind::MachineDetail && !table.gives(|used| !is_of_owners(used.field))
}

/// Whether a table has columns of the machine itself beside those that name it.
fn gives_machine_facts(table: &Table<'_>) -> bool {
    use crate::model::Field::{Generation, GuestOs, Memory, PowerState, Vcpus, VmCloud};
    table.gives(|used| matches!(used.field, GuestOs | Generation | Memory | PowerState | Vcpus | VmCloud))
}
