//! The tables that are published, beside those of the inventory.

mod actions;
mod changes;
mod columns;
mod findings;
pub(super) mod gaps;
mod groups;
mod inputs;
mod left_out;
mod plan;
mod plan_disks;
mod plan_sides;
mod plan_sums;
mod plan_waves;
mod published;
mod requirements;
mod unresolved;

pub(super) use actions::actions;
pub(super) use changes::table as changes;
pub(super) use columns::columns;
pub(super) use findings::findings;
pub(super) use gaps::table as gap_table;
pub(super) use groups::groups;
pub(super) use inputs::inputs;
pub(super) use left_out::rows_left_out;
pub(super) use plan::plan;
pub(super) use plan_disks::plan_disks;
pub(super) use plan_sides::{accounts, network, quota, volumes};
pub(super) use plan_sums::{plan_cost, plan_line, plan_sizes};
pub(super) use plan_waves::{before, waves};
pub(super) use requirements::requirements;
pub(super) use unresolved::unresolved;
