//! The columns of the inputs that are carried through, at the end of the table of machines.

use std::borrow::Cow;

use super::{Cells, EXPORTED_SITE, Head, Kind, Table, Value};
use crate::model::{CarriedColumn, Estate, Identity};

/// The table of machines with the columns that are carried through after its own, in the order of the configuration.
pub(super) fn onto<'a>(table: Table<'a>, estate: &'a Estate) -> Table<'a> {
    if estate.carried.is_empty() {
        return table;
    }
    let heads: Vec<Head> = estate.carried.iter().map(|column| head(column, &table.heads)).collect();
    let told = heads.clone();
    table.with_more(heads, move |index, cells: &mut dyn Cells| {
        for (place, head) in told.iter().enumerate() {
            let value = estate.vms[index].carried(place).map(|known| &*known.value);
            cells.cell(head, Value::named(Identity::Customer, value));
        }
    })
}

/// A column under its heading; one that is called as a column of ours says that it is carried.
fn head(column: &CarriedColumn, own: &[Head]) -> Head {
    let heading = &*column.heading;
    let is_taken =
        own.iter().map(|head| &*head.name).chain([EXPORTED_SITE]).any(|name| name.eq_ignore_ascii_case(heading));
    let name = if is_taken { format!("{heading} (carried)") } else { heading.to_owned() };
    Head { name: Cow::Owned(name), kind: Kind::Text, field: None }
}
