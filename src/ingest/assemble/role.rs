//! What the rows of a list may begin: machines, or only disks and adapters of machines that another list begins.

use super::stage::Table;
use crate::ingest::columns::RowKind;

/// Whether a table's rows may begin machines, and which items they list beside them.
pub(super) fn role(table: &Table<'_>, another_list: bool) -> (bool, Option<RowKind>) {
    match table.recognised.rows {
        RowKind::Machine => (true, None),
        kind @ (RowKind::MachineDisk | RowKind::MachineNic) => {
            (!another_list || gives_machine_facts(table), Some(kind))
        }
        _ => (false, None),
    }
}

/// Whether a table has columns of the machine itself beside those that name it.
fn gives_machine_facts(table: &Table<'_>) -> bool {
    use crate::model::Field::{Generation, GuestOs, Memory, PowerState, Vcpus, VmCloud};
    table.gives(|used| matches!(used.field, GuestOs | Generation | Memory | PowerState | Vcpus | VmCloud))
}
